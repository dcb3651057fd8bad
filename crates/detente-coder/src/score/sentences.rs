//! Scores the type of what one given span of a sentence does to another.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gold::{SentenceGold, is_mutual, label, merged, quad};
use super::output::{CodedAct, Output};
use super::tally::{Confusion, Share, Tally};
use super::{Fault, Mistake};

/// Figures over sentences with spans.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SentencesScore {
    /// Pairs for which an act was coded.
    pub found: Share,
    /// Right types, of all pairs.
    pub right: Share,
    /// Right types, of the pairs found.
    pub right_of_found: Share,
    /// Right quad classes, of all pairs.
    pub quad: Share,
    /// Right quad classes, of the pairs found.
    pub quad_of_found: Share,
    /// Right types of the pairs found, by the tenth that the act's confidence lies in: 0.9 holds 0.9 to 1.
    pub by_confidence: BTreeMap<String, Share>,
    /// By type.
    pub types: BTreeMap<&'static str, Tally>,
    /// How far pairs came that were not found: what the sentence's acts had of them.
    pub lost: BTreeMap<&'static str, usize>,
    /// Types of pairs against types coded.
    pub confusion: Confusion,
    /// What went wrong.
    #[serde(skip)]
    pub mistakes: Vec<Mistake>,
}

/// What the acts of a sentence have of a pair that was not found, from nothing to nearly all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    NoAct,
    NeitherSide,
    RecipientOnly,
    ActorOnly,
    Reversed,
}

impl Reach {
    fn as_str(self) -> &'static str {
        match self {
            Reach::NoAct => "no act in the sentence",
            Reach::NeitherSide => "acts of others only",
            Reach::RecipientOnly => "an act on the recipient, by another or nobody",
            Reach::ActorOnly => "an act of the actor, on another or nobody",
            Reach::Reversed => "an act of the recipient on the actor",
        }
    }
}

/// Scores each sentence's pair.
pub(super) fn score(sentences: &[SentenceGold], output: &Output) -> SentencesScore {
    let mut score = SentencesScore::default();
    for sentence in sentences {
        let Some(wanted) = label(&sentence.event).map(merged) else { continue };
        let wanted_quad = sentence.quad.unwrap_or_else(|| quad(wanted));
        let acts = || output.acts(&sentence.id).iter().filter(|act| act.content_of.is_none());
        let mut best: Option<&CodedAct> = None;
        for act in acts().filter(|act| belongs(act, sentence)) {
            if best.is_none_or(|best| act.confidence > best.confidence) {
                best = Some(act);
            }
        }
        let given = best.and_then(|act| act.event()).map(merged);
        let right = given == Some(wanted);
        score.found.count(given.is_some());
        score.right.count(right);
        score.quad.count(given.is_some_and(|given| quad(given) == wanted_quad));
        score.types.entry(wanted).or_default().gold += 1;
        if let Some(given) = given {
            let row = score.types.entry(given).or_default();
            row.given += 1;
            row.right += usize::from(right);
            score.right_of_found.count(right);
            let tenth = (best.map_or(0.0, |act| act.confidence) * 10.0).floor().min(9.0) / 10.0;
            score.by_confidence.entry(format!("{tenth:.1}")).or_default().count(right);
            score.quad_of_found.count(quad(given) == wanted_quad);
            score.confusion.count(wanted, given);
        }
        if right {
            continue;
        }
        let (fault, note) = match given {
            Some(given) => (Fault::WrongType, format!("coded: {given}")),
            None => {
                let reach = acts().map(|act| reach(act, sentence)).max().unwrap_or(Reach::NoAct);
                *score.lost.entry(reach.as_str()).or_default() += 1;
                let coded: Vec<&str> = acts().filter_map(CodedAct::event).collect();
                (Fault::Missing, format!("{} {}", reach.as_str(), coded.join(" ")).trim_end().to_owned())
            }
        };
        let span = |(start, end): (u32, u32)| -> String {
            sentence.text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect()
        };
        score.mistakes.push(Mistake {
            fault,
            id: sentence.id.clone(),
            act: format!("[{}] {wanted} [{}]", span(sentence.actor), span(sentence.recipient)),
            note,
            text: sentence.text.clone(),
            rule: best.and_then(|act| act.rule.clone()),
            confidence: best.map_or(0.0, |act| act.confidence),
        });
    }
    score
}

/// Tells whether an act is one of the pair's.
fn belongs(act: &CodedAct, sentence: &SentenceGold) -> bool {
    let Some(event) = act.event() else { return false };
    let (one, other) = (sentence.actor, sentence.recipient);
    if act.recipient.is_empty() {
        return act.actor.iter().enumerate().any(|(at, first)| {
            let rest = act.actor.iter().enumerate();
            first.overlaps(one) && rest.into_iter().any(|(place, second)| place != at && second.overlaps(other))
        });
    }
    let ties = |actor, recipient| {
        act.actor.iter().any(|party| party.overlaps(actor))
            && act.recipient.iter().any(|party| party.overlaps(recipient))
    };
    ties(one, other) || is_mutual(event) && ties(other, one)
}

/// Tells how near an act comes to a pair that it does not belong to.
fn reach(act: &CodedAct, sentence: &SentenceGold) -> Reach {
    let acts = |span| act.actor.iter().any(|party| party.overlaps(span));
    let suffers = |span| act.recipient.iter().any(|party| party.overlaps(span));
    if acts(sentence.recipient) && suffers(sentence.actor) {
        Reach::Reversed
    } else if acts(sentence.actor) {
        Reach::ActorOnly
    } else if suffers(sentence.recipient) {
        Reach::RecipientOnly
    } else {
        Reach::NeitherSide
    }
}
