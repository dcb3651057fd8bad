//! The state of which an article speaks first.

use std::ops::Range;

use detente_lexicon::{ActorKind, Form, Lexicon, Meaning};
use detente_text::{Article, Passage};

use super::{begins_sentence, first_of, names_in, signatory};
use crate::{act::Span, coder::char_span, entity::Entity};

/// Who acts for a state as a whole, before its name.
const GOVERNMENTS: &[&str] = &[
    "The Government of the ",
    "The Government of ",
    "The Ministry of Foreign Affairs of the ",
    "The Ministry of Foreign Affairs of ",
    "The Ministry for Foreign Affairs of ",
    "The Foreign Ministry of ",
    "The State of ",
    "The Republic of ",
    "The Kingdom of ",
];

/// What a state does by saying so: "Ruritania condemns the attack".
const PERFORMS: &[&str] = &[
    "calls",
    "condemns",
    "congratulates",
    "deplores",
    "expresses",
    "reaffirms",
    "regrets",
    "reiterates",
    "rejects",
    "strongly",
    "thanks",
    "underlines",
    "urges",
    "welcomes",
];

/// A state, and where it is named.
type Named = (Entity, Option<Span>);

/// The state that an article speaks of first: the government that acts in it, who condemns or thanks in it, or with whom its title or first
/// sentence begins: "The Government of Ruritania lodged a protest", "Ruritania thanks", "Ruritania expels an envoy", "the
/// Ruritania-Freedonia consultations".
pub(super) fn foremost(lexicon: &Lexicon, article: &Article) -> Option<Named> {
    let body = || article.body().map(|(_, passage)| passage);
    let title = || article.title().and_then(|title| at_start(lexicon, title, label_end(&title.text)));
    let first = || first_of(article).and_then(|passage| at_start(lexicon, passage, passage.body_start));
    let governs = body().find_map(|passage| who_governs(lexicon, passage));
    governs.or_else(|| body().find_map(|passage| who_performs(lexicon, passage))).or_else(title).or_else(first)
}

/// The state with which a passage begins, behind a byte, where it acts or stands first of two.
fn at_start(lexicon: &Lexicon, passage: &Passage, from: usize) -> Option<Named> {
    let (words, meanings) = names_in(lexicon, &passage.text, from..passage.text.len()).into_iter().next()?;
    let is_first = passage.text[from..words.start].trim().is_empty();
    let is_pair = passage.text[words.clone()].contains(['-', '–', '/']);
    let rest = passage.text[words.end..].strip_prefix(' ');
    let acts = rest.is_some_and(|rest| rest.starts_with(char::is_lowercase) && !rest.starts_with("and "));
    if is_first && acts || is_pair { state(lexicon, passage, words, meanings) } else { None }
}

/// The state whose government begins a sentence of a passage.
fn who_governs(lexicon: &Lexicon, passage: &Passage) -> Option<Named> {
    let places = GOVERNMENTS.iter().flat_map(|words| passage.text.match_indices(words));
    let mut begins = places.filter(|&(at, _)| at == passage.body_start || begins_sentence(&passage.text, at));
    begins.find_map(|(at, words)| at_start(lexicon, passage, at + words.len()))
}

/// The state or organisation that begins a sentence of a passage and does something by saying so: "The European Union condemns".
fn who_performs(lexicon: &Lexicon, passage: &Passage) -> Option<Named> {
    let names = names_in(lexicon, &passage.text, passage.body_start..passage.text.len());
    names.into_iter().find_map(|(words, meanings)| {
        let verb = passage.text[words.end..].split_whitespace().next()?;
        let before = passage.text[..words.start].trim_end_matches("The ");
        let begins = before.len() <= passage.body_start || begins_sentence(&passage.text, before.len());
        if begins && PERFORMS.contains(&verb) {
            named(lexicon, passage, words, meanings, &[ActorKind::State, ActorKind::Organisation])
        } else {
            None
        }
    })
}

/// The state of a name, where that is a state's own.
fn state(lexicon: &Lexicon, passage: &Passage, words: Range<usize>, meanings: &[Meaning]) -> Option<Named> {
    named(lexicon, passage, words, meanings, &[ActorKind::State])
}

/// Who bears a name as his own, where he is of some kinds.
fn named(
    lexicon: &Lexicon,
    passage: &Passage,
    words: Range<usize>,
    meanings: &[Meaning],
    kinds: &[ActorKind],
) -> Option<Named> {
    let [meaning @ Meaning::Actor(number, Form::Name), ..] = meanings else { return None };
    if !kinds.contains(&lexicon.actors[*number as usize].kind) {
        return None;
    }
    let (entity, _) = signatory(lexicon, std::slice::from_ref(meaning), None)?;
    Some((entity, Some(char_span(passage, words))))
}

/// Where a title begins behind what it is called: "Press release: ".
fn label_end(title: &str) -> usize {
    title.find(": ").map_or(0, |at| at + 2)
}
