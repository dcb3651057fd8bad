//! Confidence: how likely an act is right.

use crate::{
    act::{Epoch, Factuality, Via},
    entity::{Entity, Sort},
    matching::Match,
    rule::Rule,
};

/// The confidence of an act, 0 to 1, from how it was found.
pub fn of(
    found: &Match,
    rule: Option<&Rule>,
    opinion: Option<f32>,
    actors: &[Entity],
    recipients: &[Entity],
    factuality: Factuality,
    epoch: Epoch,
) -> f32 {
    let mut score: f32 = match (rule, opinion) {
        (Some(rule), Some(opinion)) => 0.62 + 0.05 * f32::from(rule.words.min(4) - 1) + 0.2 * opinion,
        (Some(rule), None) => 0.70 + 0.06 * f32::from(rule.words.min(4) - 1),
        (None, opinion) => 0.85 * opinion.unwrap_or(0.0),
    };
    if found.nominal {
        score -= 0.08;
    }
    let side = |entities: &[Entity]| -> f32 {
        entities
            .iter()
            .map(|e| match (e.sort, e.via, e.code.is_some()) {
                (Sort::State | Sort::Person | Sort::Body, Via::Name | Via::Office, true) => 0.06,
                (_, Via::Metonym, true) => 0.02,
                (_, Via::Pronoun, true) => -0.08,
                (_, Via::Context, true) => -0.08,
                (_, _, true) => 0.03,
                (Sort::Name, _, false) => -0.05,
                (Sort::Other, _, false) => -0.25,
                (_, _, false) => -0.1,
            })
            .fold(0.0, f32::min)
            + if entities.iter().any(|e| e.code.is_some()) { 0.04 } else { 0.0 }
    };
    score += side(actors);
    score += if recipients.is_empty() && !found.joint { -0.06 } else { side(recipients) };
    if actors.is_empty() {
        score -= 0.2;
    }
    if factuality != Factuality::Actual {
        score -= 0.05;
    }
    if epoch == Epoch::Background {
        score -= 0.03;
    }
    if actors.iter().chain(recipients).any(|e| e.unchecked) {
        score -= 0.03;
    }
    score.clamp(0.05, 0.98)
}
