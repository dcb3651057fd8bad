//! The coder as a whole: readable snapshots of passages, what must hold for any text, and the gate.

mod any_text;
mod deeds;
mod gate;
mod passages;

use std::{path::Path, sync::OnceLock};

use detente_coder::{Coder, Learned, ParsedExamples, Trust};
use detente_grammar::Grammar;
use detente_lexicon::Lexicon;
use detente_text::{Article, Format, read_article};

/// The coder that users have, made once for all tests.
pub fn coder() -> &'static Coder {
    static CODER: OnceLock<Coder> = OnceLock::new();
    CODER.get_or_init(|| {
        let grammar = || Grammar::from_bytes(detente_model::grammar_bytes()).expect("the model is whole");
        let lexicon = Lexicon::builtin().expect("the lexicon is whole");
        let examples = ParsedExamples::parse(&lexicon, &grammar());
        let learned = Learned::train(&Coder::with_examples(grammar(), whole_lexicon().clone(), &examples));
        let trust = Trust::from_bytes(detente_model::trust_bytes());
        let counterparts = Trust::from_bytes(detente_model::counterpart_bytes());
        let learned = learned.with_trust(trust).with_counterparts(counterparts);
        Coder::with_examples(grammar(), lexicon, &examples).with_learned(learned)
    })
}

/// The lexicon with its sentences, which the built-in one leaves out.
pub fn whole_lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon");
        Lexicon::from_folder(&folder).expect("the lexicon is whole")
    })
}

/// A record with a title, a date and a text; nothing where there is nothing to read.
pub fn article(title: &str, date: &str, text: &str) -> Option<Article> {
    let record = serde_json::json!({ "id": "record", "title": title, "date": date, "text": text });
    read_article(record.to_string().as_bytes(), Format::Jsonl, "record").ok()
}
