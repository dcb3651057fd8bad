//! The gate: sentences that it holds back have no acts.

use detente_coder::Act;
use detente_text::{Article, Field, Format, Kind, read_article};

use crate::{coder, passages, whole_lexicon};

/// A text as explanations read it: all of it body.
fn as_body(text: &str) -> Option<Article> {
    let mut article = read_article(text.as_bytes(), Format::Text, "sentence").ok()?;
    for passage in &mut article.passages {
        passage.kind = Kind::Body;
        passage.field = Field::Text;
    }
    Some(article)
}

/// Where acts stand, with their type; acts told again count once for each time.
fn places(acts: &[Act]) -> Vec<(u32, u32)> {
    let own = acts.iter().map(|act| (act.evidence.start, act.evidence.end));
    let again = acts.iter().flat_map(|act| act.repeats.iter().map(|repeat| (repeat.start, repeat.end)));
    let mut places: Vec<(u32, u32)> = own.chain(again).collect();
    places.sort_unstable();
    places
}

/// An explanation reads every sentence, the coder only those that the gate lets through.
fn check<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    let mut compared = 0;
    for text in texts {
        let Some(article) = as_body(text) else { continue };
        // An explanation reads a dateline with the sentence.
        if article.passages.iter().any(|passage| passage.body_start > 0) {
            continue;
        }
        let gated = coder().code(&article);
        let open = coder().explain(text, article.date.as_ref().map(|stated| stated.value));
        assert_eq!(places(&gated.acts), places(&open.acts), "the gate changes the acts of: {text}");
        for act in &gated.acts {
            assert!(open.acts.iter().any(|a| a.id == act.id), "the gate changes an act's id: {text}");
        }
        assert_eq!(gated.standings, open.standings, "the gate changes the standings of: {text}");
        compared += 1;
    }
    compared
}

#[test]
fn the_gate_changes_no_act_of_the_sentences() {
    // All of them in an optimised build, some in a slow one.
    let step = if cfg!(debug_assertions) { 7 } else { 1 };
    let samples = &whole_lexicon().samples;
    let compared = check(samples.iter().step_by(step).map(|sample| sample.text.as_str()));
    assert!(compared >= 500, "only {compared} sentences");
}

#[test]
fn the_gate_changes_no_act_of_the_passages() {
    let passages = passages::all();
    assert!(check(passages.iter().map(|passage| passage.text.as_str())) >= 20);
}

#[test]
fn whom_a_sentence_held_back_names_is_read_when_a_later_one_asks() {
    let code = |text: &str| coder().code(&as_body(text).expect("a text"));
    let coded = code("Norway is a mountainous kingdom. It condemned Chad.");
    assert_eq!((coded.sentences, coded.parsed), (2, 2));
    assert_eq!(coded.acts[0].actor[0].code.as_deref(), Some("NOR"), "{:?}", coded.acts);
    let coded = code("Norway is a mountainous kingdom. Chad condemned Niger.");
    assert_eq!((coded.sentences, coded.parsed), (2, 1), "nobody asks for the first");
}

#[test]
fn a_chain_of_pronouns_is_read_back_to_its_name_however_long() {
    let text = format!("Norway is a mountainous kingdom. {}It condemned Chad.", "It is mountainous. ".repeat(60));
    check(std::iter::once(text.as_str()));
    let coded = coder().code(&as_body(&text).expect("a text"));
    assert_eq!(coded.acts[0].actor[0].code.as_deref(), Some("NOR"));
}
