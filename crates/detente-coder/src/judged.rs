//! Acts of which it is known whether they are right, from verdicts and from the lexicon's marked sentences.

use std::{collections::HashMap, ops::Range};

use detente_lexicon::{Lexicon, Sample};
use detente_text::{Article, Format, read_article};
use smol_str::SmolStr;

use crate::{
    act::{Act, Party, Span, TextField},
    coder::{Coder, char_span},
    learned::Learned,
    score::GoldAct,
    trust::Ground,
    verdict::Verdict,
};

/// Marked sentences are coded by models that have learned from all the others: into so many parts they are cut.
const PARTS: usize = 4;
/// How much an act of a marked sentence counts beside one of the news.
const OF_SAMPLES: f32 = 0.25;

/// An act of which it is known whether it is right.
#[derive(Clone, Debug)]
pub struct Judged {
    pub(crate) ground: Ground,
    pub(crate) right: bool,
    /// How much it counts beside others.
    pub(crate) importance: f32,
    /// Where it stands: acts of one text are alike.
    pub text: String,
}

impl Judged {
    /// What speaks for it, and against it.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// Tells whether it is right.
    pub fn is_right(&self) -> bool {
        self.right
    }
}

/// The acts of an article on which there is a verdict.
pub fn judged_acts(coder: &Coder, article: &Article, verdicts: &HashMap<&str, Vec<&Verdict>>) -> Vec<Judged> {
    let Some(verdicts) = verdicts.get(article.id.as_str()) else { return Vec::new() };
    let mut found = Vec::new();
    for (act, ground) in coder.candidates(article) {
        if let Some(verdict) = verdicts.iter().find(|verdict| verdict.is_on(&act)) {
            found.push(Judged { ground, right: verdict.right, importance: 1.0, text: article.id.clone() });
        }
    }
    found
}

/// The acts between two states that could be in an article of which it is known what it tells. One on which its list is in doubt, or
/// right of some sides only, is left out.
pub fn acts_of_story(coder: &Coder, article: &Article, told: &[GoldAct]) -> Vec<Judged> {
    let story = Story::of(article, told);
    let judge = |(act, ground): (Act, Ground)| {
        let judged: Vec<bool> =
            pairs(&act).into_iter().map(|(actor, other)| story.tells(&act, actor, other)).collect::<Option<_>>()?;
        let right = *judged.first()?;
        judged.iter().all(|&other| other == right).then(|| story.judged(ground, right))
    };
    coder.candidates(article).into_iter().filter_map(judge).collect()
}

/// Those whom only such an article shows as the other side of an act.
pub fn counterparts_of_story(coder: &Coder, article: &Article, told: &[GoldAct]) -> Vec<Judged> {
    let story = Story::of(article, told);
    let judge = |(act, other, ground): (Act, SmolStr, Ground)| {
        let actor = act.actor.iter().find_map(|party| party.code.as_deref())?;
        Some(story.judged(ground, story.tells(&act, actor, &other)?))
    };
    coder.counterparts(article).into_iter().filter_map(judge).collect()
}

/// An article and the acts that it tells, each with the words that do.
struct Story<'a> {
    article: &'a Article,
    told: Vec<(&'a GoldAct, Option<(TextField, Span)>)>,
}

impl<'a> Story<'a> {
    fn of(article: &'a Article, told: &'a [GoldAct]) -> Story<'a> {
        let place = |act: &GoldAct| {
            let words = act.evidence.as_ref()?.as_str()?;
            article.body().find_map(|(_, passage)| {
                let at = passage.text.find(words)?;
                Some((TextField::of(passage.field), char_span(passage, at..at + words.len())))
            })
        };
        Story { article, told: told.iter().map(|act| (act, place(act))).collect() }
    }

    /// Tells whether an act's sentence tells it of these two; nothing where that is in doubt.
    fn tells(&self, act: &Act, actor: &str, other: &str) -> Option<bool> {
        let sentence = &act.text_info;
        let is_here = |place: &Option<(TextField, Span)>| {
            place.is_none_or(|(field, words)| {
                field == sentence.field && words.start < sentence.end && sentence.start < words.end
            })
        };
        let is_type = |known: &GoldAct| act.event.iter().chain(&act.about).any(|event| *event == known.event);
        let is_it = |known: &GoldAct| known.actor == actor && known.recipient == other && is_type(known);
        match self.told.iter().find(|(known, place)| is_it(known) && is_here(place)) {
            Some((known, _)) if !known.agreed => None,
            found => Some(found.is_some()),
        }
    }

    fn judged(&self, ground: Ground, right: bool) -> Judged {
        Judged { ground, right, importance: 1.0, text: self.article.id.clone() }
    }
}

/// The codes of each two of different states between whom an act is; of one that several do together, of each two of them.
fn pairs(act: &Act) -> Vec<(&str, &str)> {
    fn codes(side: &[Party]) -> impl Iterator<Item = &str> {
        side.iter().filter_map(|party| party.code.as_deref())
    }
    let others = if act.recipient.is_empty() { &act.actor } else { &act.recipient };
    let beside = |actor| codes(others).filter(move |&other| other != actor).map(move |other| (actor, other));
    codes(&act.actor).flat_map(beside).collect()
}

/// The acts of the lexicon's marked sentences between the two that are marked. What codes a sentence has not learned from it.
pub fn acts_of_samples(made: impl Fn(Lexicon) -> Coder, lexicon: &Lexicon) -> Vec<Judged> {
    let mut found = Vec::new();
    for part in 0..PARTS {
        let (held, taught): (Vec<_>, Vec<_>) =
            lexicon.samples.iter().enumerate().partition(|(number, _)| (number + 1) % PARTS == part);
        let mut others = lexicon.clone();
        others.samples = taught.into_iter().map(|(_, sample)| sample.clone()).collect();
        let coder = made(lexicon.clone()).with_learned(Learned::train(&made(others)));
        for (number, sample) in held {
            let Ok(article) = read_article(sample.text.as_bytes(), Format::Text, "sample") else { continue };
            let text = format!("sample {number}");
            found.extend(coder.candidates(&article).into_iter().filter(|(act, _)| is_between(act, sample)).map(
                |(act, ground)| {
                    let right = act.event.iter().chain(&act.about).any(|event| *event == sample.kind);
                    Judged { ground, right, importance: OF_SAMPLES, text: text.clone() }
                },
            ));
        }
    }
    found
}

/// Tells whether an act is one between the two that a sentence marks.
fn is_between(act: &Act, sample: &Sample) -> bool {
    let characters = |byte: usize| sample.text[..byte].chars().count() as u32;
    let place = |bytes: &Range<usize>| characters(bytes.start)..characters(bytes.end);
    let (actor, recipient) = (place(&sample.actor), place(&sample.recipient));
    let names = |side: &[Party], marked: &Range<u32>| {
        side.iter().any(|party| party.start < marked.end && marked.start < party.end)
    };
    let is_joint = act.recipient.is_empty() && act.actor.len() > 1;
    let undergoes = names(&act.recipient, &recipient) || is_joint && names(&act.actor, &recipient);
    names(&act.actor, &actor) && undergoes && act.content_of.is_none()
}
