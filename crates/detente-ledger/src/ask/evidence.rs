//! The sentences that show an act, with the words marked that made it.

use detente_coder::{Act, Span, TextField};
use detente_text::{Article, Field, Passage};
use serde::Serialize;

use crate::{
    brief::byte_at,
    store::{ArticleFacts, Error, Ledger},
};

/// A sentence that shows an act.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// Its article.
    pub article: ArticleFacts,
    /// Title or text.
    pub field: TextField,
    /// Where it stands, in characters of the field as it was given.
    pub place: Span,
    /// Its words.
    pub text: String,
    /// What made it an act.
    pub marks: Vec<Mark>,
}

/// Words of a sentence and what they are to the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// First character of the sentence's text.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
    /// `evidence`, `matched`, `actor`, `recipient`, `third`, `speaker`, `negation`, or a kind of cue.
    pub role: &'static str,
}

impl Shown {
    /// The sentence of an act, and where its article says it again.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger, act: &Act, facts: &ArticleFacts) -> Result<Vec<Shown>, Error> {
        let Some(article) = ledger.text(&facts.uid)? else { return Ok(Vec::new()) };
        let sentence = Span { start: act.text_info.start, end: act.text_info.end };
        let own = shown(&article, facts, act.text_info.field, sentence, &marks(act));
        let again = act.repeats.iter().filter_map(|repeat| {
            let place = Span { start: repeat.start, end: repeat.end };
            shown(&article, facts, repeat.field, place, &[("evidence", place)])
        });
        Ok(own.into_iter().chain(again).collect())
    }
}

impl Mark {
    /// The words of an act in a sentence of a passage, in characters of the sentence without space around it.
    pub fn of(act: &Act, passage: &Passage, sentence: Span) -> Vec<Mark> {
        placed(&marks(act), passage, sentence)
    }
}

/// The words of an act and what they are to it.
fn marks(act: &Act) -> Vec<(&'static str, Span)> {
    let mut marks = vec![("evidence", act.evidence)];
    marks.extend(act.matched.iter().map(|&place| ("matched", place)));
    for (role, parties) in [("actor", &act.actor), ("recipient", &act.recipient), ("third", &act.third)] {
        marks.extend(parties.iter().map(|party| (role, party.span())));
    }
    marks.extend(act.cues.iter().map(|cue| {
        let role = match cue.kind {
            "denied" => "negation",
            "reported" => "speaker",
            other => other,
        };
        (role, Span { start: cue.start, end: cue.end })
    }));
    marks
}

fn shown(
    article: &Article,
    facts: &ArticleFacts,
    field: TextField,
    place: Span,
    marks: &[(&'static str, Span)],
) -> Option<Shown> {
    let passage = holder(article, field, place)?;
    let (_, text) = sentence(passage, place)?;
    Some(Shown { article: facts.clone(), field, place, text: text.to_owned(), marks: placed(marks, passage, place) })
}

/// The words of a passage at a place, without space around them, and the byte where they begin.
fn sentence(passage: &Passage, place: Span) -> Option<(usize, &str)> {
    let from = byte_at(passage, place.start);
    let text = passage.text.get(from..byte_at(passage, place.end))?;
    Some((from + (text.len() - text.trim_start().len()), text.trim()))
}

/// The marks that lie within a sentence, in characters of its words.
fn placed(marks: &[(&'static str, Span)], passage: &Passage, place: Span) -> Vec<Mark> {
    let Some((from, text)) = sentence(passage, place) else { return Vec::new() };
    let mut found: Vec<Mark> = marks
        .iter()
        .filter(|(_, mark)| place.start <= mark.start && mark.end <= place.end)
        .filter_map(|&(role, mark)| {
            let start = byte_at(passage, mark.start).checked_sub(from)?;
            let end = byte_at(passage, mark.end).checked_sub(from)?.min(text.len());
            let characters = |byte: usize| text.get(..byte).map(|before| before.chars().count() as u32);
            let mark = Mark { start: characters(start)?, end: characters(end)?, role };
            (mark.start < mark.end).then_some(mark)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn holder(article: &Article, field: TextField, place: Span) -> Option<&Passage> {
    article.passages.iter().find(|passage| {
        let whole = passage.span();
        (passage.field == Field::Title) == (field == TextField::Title)
            && whole.start <= place.start as usize
            && (place.start as usize) < whole.end
    })
}
