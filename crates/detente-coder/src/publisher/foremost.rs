//! The state of which an article speaks first.

use detente_lexicon::{ActorKind, Form, Lexicon, Meaning};
use detente_text::{Article, Passage};

use super::{first_of, names_in, signatory};
use crate::{act::Span, coder::char_span, entity::Entity};

/// The state that an article speaks of first: the government that acts in it, who condemns or thanks in it, or with whom its title or first
/// sentence begins: "The Government of Ruritania lodged a protest", "Ruritania thanks", "Ruritania expels an envoy", "the
/// Ruritania-Freedonia consultations".
pub(super) fn foremost(lexicon: &Lexicon, article: &Article) -> Option<(Entity, Option<Span>)> {
    let begins = |passage: &Passage, from: usize| {
        let (words, meanings) = names_in(lexicon, &passage.text, from..passage.text.len()).into_iter().next()?;
        let (entity, is_group) = signatory(lexicon, state_alone(lexicon, meanings), None)?;
        let is_first = passage.text[from..words.start].trim().is_empty();
        let is_pair = passage.text[words.clone()].contains(['-', '–', '/']);
        let rest = passage.text[words.end..].strip_prefix(' ');
        let acts = rest.is_some_and(|rest| rest.starts_with(char::is_lowercase) && !rest.starts_with("and "));
        (!is_group && (is_first && acts || is_pair)).then(|| (entity, Some(char_span(passage, words))))
    };
    let governs = |passage: &Passage| {
        GOVERNMENTS.iter().find_map(|words| {
            let starts = passage.text.match_indices(words).map(|(at, _)| at);
            starts.filter(|&at| is_start(passage, at)).find_map(|at| begins(passage, at + words.len()))
        })
    };
    let title = article.title().and_then(|title| begins(title, label_end(&title.text)));
    let first = first_of(article).and_then(|passage| begins(passage, passage.body_start));
    let performs = |passage: &Passage| {
        names_in(lexicon, &passage.text, passage.body_start..passage.text.len()).into_iter().find_map(
            |(words, meanings)| {
                let verb = passage.text[words.end..].split_whitespace().next()?;
                let does = is_start(passage, words.start) && PERFORMS.contains(&verb);
                let (entity, is_group) = signatory(lexicon, state_alone(lexicon, meanings), None).filter(|_| does)?;
                (!is_group).then(|| (entity, Some(char_span(passage, words))))
            },
        )
    };
    let governing = article.body().find_map(|(_, passage)| governs(passage));
    governing.or_else(|| article.body().find_map(|(_, passage)| performs(passage))).or(title).or(first)
}

/// What a state does by saying so: "Ruritania condemns the attack."
const PERFORMS: &[&str] = &[
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
    "welcomes",
];

/// Who acts for a state as a whole, before its name.
const GOVERNMENTS: &[&str] =
    &["The Government of the ", "The Government of ", "The State of ", "The Republic of ", "The Kingdom of "];

/// Tells whether a sentence of a passage begins at a byte.
fn is_start(passage: &Passage, at: usize) -> bool {
    at == passage.body_start || passage.text[..at].trim_end().ends_with(['.', '!', '?'])
}

/// Where a title begins behind what it is called: "Press release: ".
fn label_end(title: &str) -> usize {
    title.find(": ").map_or(0, |at| at + 2)
}

/// The meanings of a name where it is a state's own.
fn state_alone<'m>(lexicon: &Lexicon, meanings: &'m [Meaning]) -> &'m [Meaning] {
    let is_state = |meaning: &Meaning| matches!(*meaning, Meaning::Actor(number, Form::Name) if lexicon.actors[number as usize].kind == ActorKind::State);
    if meanings.first().is_some_and(is_state) { &meanings[..1] } else { &[] }
}
