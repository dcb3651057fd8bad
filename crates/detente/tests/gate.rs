//! The gate holds back sentences that can hold no act: with all of them parsed, the examples hold the same acts.

use detente_coder::Act;
use detente_source::{Document, Sources};
use detente_text::{Field, Format, Kind, read_article};

/// Where acts stand; acts told again count once for each time.
fn places(acts: &[Act]) -> Vec<(u32, u32)> {
    let own = acts.iter().map(|act| (act.evidence.start, act.evidence.end));
    let again = acts.iter().flat_map(|act| act.repeats.iter().map(|repeat| (repeat.start, repeat.end)));
    let mut places: Vec<_> = own.chain(again).collect();
    places.sort_unstable();
    places
}

#[test]
fn the_gate_moves_no_act() {
    let coder = detente_builtin::coder(None).unwrap();
    // News alone: the page of the chain's ledger, which lies beside it, is no prose.
    let examples = |name: &str| format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"));
    let outlets =
        ["dorvak-tribune", "meridian-wire", "velmar-gazette"].map(|name| examples(&format!("chain/{name}.jsonl")));
    let news = ["strait.txt", "strait.html", "wire.jsonl"].map(&examples).into_iter().chain(outlets);
    let (mut acts, mut held_back) = (0, 0);
    for document in Sources::new(news.collect::<Vec<_>>()) {
        let Ok(article) = document.and_then(Document::read) else { continue };
        let texts: Vec<&str> =
            article.body().filter(|(_, p)| p.field == Field::Text).map(|(_, p)| p.text.as_str()).collect();
        // What holds nobody stands among what does.
        let text = texts.join("\n\nThe mountain is tall.\n\n");
        let Ok(mut plain) = read_article(text.as_bytes(), Format::Text, "article") else { continue };
        for passage in &mut plain.passages {
            (passage.kind, passage.field) = (Kind::Body, Field::Text);
        }
        // An explanation, which parses every sentence, reads a dateline with its sentence.
        if plain.passages.iter().any(|passage| passage.body_start > 0) {
            continue;
        }
        let coded = coder.code(&plain);
        let explained = coder.explain(&text, plain.date.as_ref().map(|stated| stated.value));
        assert_eq!(places(&coded.acts), places(&explained.acts), "{text}");
        acts += coded.acts.len();
        held_back += coded.sentences - coded.parsed;
    }
    assert!(acts > 20 && held_back > 0, "{acts} acts, {held_back} sentences held back");
}
