//! What is fuzzed: each reader of outside bytes as a function that must neither panic nor go on for ever.
//!
//! `fuzz_targets/` hands them to cargo-fuzz; the test `fuzz_seeds` of the crate `detente` runs them over the seeds and over damaged seeds.

use std::io::Cursor;
use std::sync::LazyLock;

use detente_coder::{Coded, Coder, Learned, ParsedExamples, TextField};
use detente_export::{Event, Exporter, Format as ExportFormat, Network, Options};
use detente_fetch::Robots;
use detente_grammar::Grammar;
use detente_ledger::store::Intake;
use detente_ledger::{Record, fold};
use detente_lexicon::{File, Lexicon};
use detente_source::Sources;
use detente_text::{Article, Fields, Format, Page, Records};

/// A reader of outside bytes.
pub type Target = fn(&[u8]);

/// Each reader by its name, which its folder of seeds has as well.
pub const TARGETS: [(&str, Target); 17] = [
    ("decode", decode),
    ("plain", plain),
    ("html", html),
    ("records", records),
    ("fields", fields),
    ("table", table),
    ("feed", feed),
    ("archive", archive),
    ("packed", packed),
    ("any", any),
    ("lexicon", lexicon),
    ("grammar", grammar),
    ("learned", learned),
    ("acts", acts),
    ("robots", robots),
    ("coder", coder),
    ("coded", coded),
];

static CODER: LazyLock<Coder> = LazyLock::new(|| detente_builtin::coder(None).expect("the built-in coder is read"));

/// What holds of any article: passages lie inside the source, in one piece.
fn sound(article: &Article) {
    for passage in &article.passages {
        let span = passage.span();
        assert!(span.start <= span.end, "{passage:?}");
        let chars = chars(article, passage.field == detente_text::Field::Title);
        assert!(span.end <= chars, "{passage:?} in {chars}");
        assert!(passage.text.is_char_boundary(passage.body_start), "{passage:?}");
    }
}

/// Characters of the title or the text; the title of a page is part of its text.
fn chars(article: &Article, of_title: bool) -> usize {
    if of_title && article.title_chars > 0 { article.title_chars } else { article.text_chars }
}

fn source(name: &str, bytes: &[u8]) {
    let sources = Sources::of_reader(name, Cursor::new(bytes.to_vec())).with_expansion(20, 1 << 16);
    for document in sources {
        match document.and_then(|document| document.read()) {
            Ok(article) => sound(&article),
            Err(error) => assert!(error.to_string().starts_with(name), "{error}"),
        }
    }
}

/// Bytes of any encoding; the first line is the encoding that is declared.
pub fn decode(bytes: &[u8]) {
    let _ = detente_text::decode(bytes, None);
    let _ = detente_text::declared_encoding(bytes);
    if let Some(at) = bytes.iter().position(|b| *b == b'\n') {
        let label = String::from_utf8_lossy(&bytes[..at]);
        let _ = detente_text::decode(&bytes[at + 1..], Some(&label));
    }
}

/// Plain text.
pub fn plain(bytes: &[u8]) {
    let page = Page { format: Format::Text, charset: None, url: None };
    if let Ok(article) = page.read(bytes, "x") {
        sound(&article);
    }
}

/// Pages.
pub fn html(bytes: &[u8]) {
    let page = Page { format: Format::Html, charset: None, url: None };
    if let Ok(article) = page.read(bytes, "x") {
        sound(&article);
    }
}

/// JSON records.
pub fn records(bytes: &[u8]) {
    for article in Records::new(bytes).with_max_record(1 << 16).flatten() {
        sound(&article);
    }
}

/// Fields one by one: title, date, address and text, one a line; dates and addresses are read for days.
pub fn fields(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.splitn(4, '\n').map(|line| Some(line.into()));
    let mut next = || lines.next().flatten();
    let fields = Fields { title: next(), date: next(), url: next(), text: next(), ..Fields::default() };
    if let Ok(article) = fields.read(|| "x".to_owned()) {
        sound(&article);
    }
}

/// Tables.
pub fn table(bytes: &[u8]) {
    source("x.csv", bytes);
    source("x.tsv", bytes);
}

/// RSS and Atom.
pub fn feed(bytes: &[u8]) {
    source("x.rss", bytes);
}

/// Web archives.
pub fn archive(bytes: &[u8]) {
    source("x.warc", bytes);
}

/// Packed data.
pub fn packed(bytes: &[u8]) {
    source("x.jsonl.gz", bytes);
}

/// Whatever it is.
pub fn any(bytes: &[u8]) {
    source("x", bytes);
}

/// Files of the lexicon; the first line is the path.
pub fn lexicon(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (path, text) = text.split_once('\n').unwrap_or(("words/contexts.txt", &text));
    let file = File { path: path.to_owned().into(), text: text.to_owned().into() };
    if let Ok(lexicon) = Lexicon::from_files(&[file]) {
        lexicon.check();
    }
}

/// The trained grammar: whatever is read as one parses a sentence.
pub fn grammar(bytes: &[u8]) {
    if let Ok(grammar) = Grammar::from_bytes(bytes) {
        grammar.parse("Ruritania's minister met her counterpart in Strelsau on Monday. She left.");
    }
}

/// What the build made: the models of types and sides, and the trees of the examples.
pub fn learned(bytes: &[u8]) {
    let _ = Learned::from_bytes(bytes);
    let _ = ParsedExamples::from_bytes(bytes);
}

/// Acts as JSON, written in all formats.
pub fn acts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(event) = Event::from_json(&text, Some(&text)) else { return };
    for format in [
        ExportFormat::Plover,
        ExportFormat::Csv,
        ExportFormat::Polecat,
        ExportFormat::Icews,
        ExportFormat::Gdelt,
        ExportFormat::Gexf,
        ExportFormat::GraphMl,
    ] {
        let exporter = Exporter::new(format, Options { all: true, ..Options::default() }, CODER.lexicon());
        let exported = exporter.export(std::slice::from_ref(&event));
        let mut network = Network::default();
        network.add(&exported);
        let _ = exporter.tail(&network);
        // No field brings a tab or a line end with it.
        let columns = match format {
            ExportFormat::Polecat => 40,
            ExportFormat::Icews => 20,
            ExportFormat::Gdelt => 61,
            _ => continue,
        };
        for line in exported.bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
            assert_eq!(line.iter().filter(|b| **b == b'\t').count() + 1, columns, "{format}");
        }
    }
}

/// What a site lets us fetch; the first line is the path that is asked for.
pub fn robots(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (path, rules) = text.split_once('\n').unwrap_or(("/", &text));
    let robots = Robots::read(rules, "detente");
    let _ = (robots.allows(path), robots.delay());
}

/// Text to acts and affairs.
pub fn coder(bytes: &[u8]) {
    let page = Page { format: Format::Text, charset: None, url: None };
    let Ok(article) = page.read(bytes, "x") else { return };
    let coded = CODER.code(&article);
    for act in &coded.acts {
        let chars = chars(&article, act.text_info.field == TextField::Title);
        assert!(act.evidence.start < act.evidence.end && act.evidence.end as usize <= chars, "{act:?}");
    }
    taken_in(&article, coded);
}

/// An article that says itself what it was coded to: the record is the first line, the text what follows.
pub fn coded(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some((record, text)) = text.split_once('\n') else { return };
    let Ok(record) = serde_json::from_str::<Record>(record) else { return };
    let page = Page { format: Format::Text, charset: None, url: None };
    if let Ok(article) = page.read(text.as_bytes(), "x") {
        taken_in(&article, record.into_coded());
    }
}

/// Makes an article ready for a ledger and folds what it says.
fn taken_in(article: &Article, coded: Coded) {
    let intake = Intake::new(CODER.lexicon(), detente_builtin::vintage(CODER.lexicon()));
    intake.prepare(article, "x", &coded).expect("it is made ready");
    fold(&[coded], CODER.lexicon());
}
