//! Scores where matters between states stand.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::gold::GoldAffair;
use super::output::CodedAffair;
use super::tally::{Share, Tally};
use super::{Fault, Mistake};

/// Figures over affairs.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AffairsScore {
    /// (kind, parties).
    pub affairs: Tally,
    /// Matched affairs in the right state.
    pub state: Share,
    /// By kind.
    pub kinds: BTreeMap<String, Tally>,
}

type Key<'a> = (&'a str, BTreeSet<&'a str>);

/// States of ours that a state of the gold allows, beside the one of the same name.
fn allowed(kind: &str, state: &str) -> &'static [&'static str] {
    match (kind, state) {
        ("negotiation", "withdrawn") => &["broken off", "suspended"],
        ("negotiation", "rejected") => &["broken off"],
        ("agreement", "concluded") => &["signed", "in force"],
        ("agreement", "withdrawn" | "rejected") => &["terminated"],
        ("membership", "held" | "concluded") => &["granted"],
        ("membership", "open") => &["sought"],
        ("claim", "claimed") => &["disputed"],
        ("conflict", "open" | "disputed") => &["ongoing"],
        ("presence", "ongoing" | "granted") => &["deployed"],
        ("presence", "blocked" | "rejected") => &["denied", "withdrawn"],
        ("relations", "ongoing" | "resumed") => &["normal", "restored"],
        ("sanction", "open") => &["threatened", "in force"],
        _ => &[],
    }
}

fn is_right(gold: &GoldAffair, given: &CodedAffair) -> bool {
    gold.state.iter().any(|state| *state == given.state || allowed(&gold.kind, state).contains(&given.state.as_str()))
}

/// Adds one article's affairs to the figures.
pub(super) fn score(
    article: &str,
    gold: &[GoldAffair],
    given: &[CodedAffair],
    total: &mut AffairsScore,
    mistakes: &mut Vec<Mistake>,
) {
    let mut groups: BTreeMap<Key<'_>, (Vec<&GoldAffair>, Vec<&CodedAffair>)> = BTreeMap::new();
    for affair in gold {
        let parties = affair.parties.iter().map(String::as_str).collect();
        groups.entry((&affair.kind, parties)).or_default().0.push(affair);
    }
    for affair in given {
        let parties: BTreeSet<&str> = affair.parties.iter().map(String::as_str).collect();
        if parties.len() > 1 {
            groups.entry((&affair.kind, parties)).or_default().1.push(affair);
        }
    }
    for ((kind, parties), (mut wanted, mut coded)) in groups {
        // First those in the right state, then the rest; agreed affairs before the others.
        wanted.sort_by_key(|affair| !affair.agreed);
        let mut matched = Vec::new();
        for strict in [true, false] {
            wanted.retain(|gold| match coded.iter().position(|given| !strict || is_right(gold, given)) {
                Some(at) => {
                    matched.push((*gold, coded.remove(at)));
                    false
                }
                None => true,
            });
        }
        let mut tally = Tally::default();
        let act = format!("{kind} {}", parties.iter().copied().collect::<Vec<_>>().join(", "));
        let mut report = |fault, note, subject: Option<&String>| {
            mistakes.push(Mistake {
                fault,
                id: article.to_owned(),
                act: act.clone(),
                note,
                text: subject.cloned().unwrap_or_default(),
                rule: None,
                confidence: 0.0,
            });
        };
        for (gold, given) in matched.into_iter().filter(|(gold, _)| gold.agreed) {
            tally += Tally { right: 1, given: 1, gold: 1 };
            let right = is_right(gold, given);
            total.state.count(right);
            if !right {
                let note = format!("{}, gold: {}", given.state, gold.state.join(" or "));
                report(Fault::WrongState, note, gold.subject.as_ref());
            }
        }
        for gold in wanted.into_iter().filter(|gold| gold.agreed) {
            tally.gold += 1;
            report(Fault::MissingAffair, gold.state.join(" or "), gold.subject.as_ref());
        }
        for given in coded {
            tally.given += 1;
            report(Fault::InventedAffair, given.state.clone(), given.subject.as_ref());
        }
        if tally != Tally::default() {
            total.affairs += tally;
            *total.kinds.entry(kind.to_owned()).or_default() += tally;
        }
    }
}
