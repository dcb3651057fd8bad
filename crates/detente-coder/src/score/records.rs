//! Scores sentences whose gold names the codes of actors and recipients.
//!
//! Where a record's gold has no code on some side, acts with an uncoded side count as well;
//! elsewhere acts with an uncoded side are left aside.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::gold::{RecordGold, is_mutual, label, merged, quad};
use super::output::{CodedAct, CodedParty, Output};
use super::tally::{Confusion, Tally};
use super::{Fault, Mistake};

/// Figures over plain records.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RecordsScore {
    /// Records in the gold.
    pub records: usize,
    /// (actor, type, recipient).
    pub acts: Tally,
    /// (actor, recipient).
    pub pairs: Tally,
    /// Type.
    pub events: Tally,
    /// Quad class.
    pub quads: Tally,
    /// Acts by type.
    pub types: BTreeMap<&'static str, Tally>,
    /// Types of missing acts against types invented for the same pair.
    pub confusion: Confusion,
    /// What went wrong.
    #[serde(skip)]
    pub mistakes: Vec<Mistake>,
}

/// A side without a code.
const NOBODY: &str = "---";

type Triple<'a> = (&'a str, &'static str, &'a str);

/// Scores each record by itself and sums up.
pub(super) fn score(records: &[RecordGold], output: &Output) -> RecordsScore {
    let mut score = RecordsScore { records: records.len(), ..RecordsScore::default() };
    let merge = records.iter().any(|record| record.event == "YIELD");
    let spell = |event: &'static str| if merge { merged(event) } else { event };
    for record in records {
        let Some(event) = label(&record.event).map(spell) else { continue };
        let mut gold = BTreeSet::new();
        for source in sides(record.source.iter().map(|code| Some(code.as_str()))) {
            for target in sides(record.target.iter().map(|code| Some(code.as_str()))) {
                gold.insert(undirected((source, event, target)));
            }
        }
        let uncoded = gold.iter().any(|triple| triple.0 == NOBODY || triple.2 == NOBODY);
        let mut given: BTreeMap<Triple<'_>, &CodedAct> = BTreeMap::new();
        for act in output.acts(&record.id).iter().filter(|act| act.content_of.is_none()) {
            let Some(event) = act.event().map(spell) else { continue };
            for triple in triples(act, event) {
                if uncoded || triple.0 != NOBODY && triple.2 != NOBODY {
                    given.entry(triple).or_insert(act);
                }
            }
        }
        let keys: BTreeSet<Triple<'_>> = given.keys().copied().collect();
        score.acts += Tally::of(&keys, &gold, &gold);
        score.pairs += part(&keys, &gold, |(actor, _, recipient)| (actor, recipient));
        score.events += part(&keys, &gold, |triple| triple.1);
        score.quads += part(&keys, &gold, |triple| quad(triple.1));
        for kind in keys.union(&gold).map(|triple| triple.1).collect::<BTreeSet<_>>() {
            let only = |set: &BTreeSet<Triple<'_>>| set.iter().copied().filter(|triple| triple.1 == kind).count();
            let right = keys.intersection(&gold).filter(|triple| triple.1 == kind).count();
            *score.types.entry(kind).or_default() += Tally { right, given: only(&keys), gold: only(&gold) };
        }
        report(record, &gold, &given, &mut score);
    }
    score
}

/// The distinct codes of a side, or nobody.
fn sides<'a>(codes: impl Iterator<Item = Option<&'a str>>) -> BTreeSet<&'a str> {
    let codes: BTreeSet<&str> = codes.map(|code| code.filter(|code| !code.is_empty()).unwrap_or(NOBODY)).collect();
    if codes.is_empty() { BTreeSet::from([NOBODY]) } else { codes }
}

/// A mutual act with its sides in the order of their codes.
fn undirected((actor, event, recipient): Triple<'_>) -> Triple<'_> {
    if is_mutual(event) && actor > recipient { (recipient, event, actor) } else { (actor, event, recipient) }
}

fn triples<'a>(act: &'a CodedAct, event: &'static str) -> BTreeSet<Triple<'a>> {
    let actors = sides(act.actor.iter().map(CodedParty::broad));
    if act.recipient.is_empty() && act.actor.len() > 1 && is_mutual(event) {
        // Two organisations share a code: one with itself is a pair here.
        let list: Vec<&str> = act.actor.iter().map(|party| party.broad().unwrap_or(NOBODY)).collect();
        let rest = |at: usize| list.iter().skip(at + 1);
        return list
            .iter()
            .enumerate()
            .flat_map(|(at, &one)| rest(at).map(move |&other| undirected((one.min(other), event, one.max(other)))))
            .collect();
    }
    let recipients = sides(act.recipient.iter().map(CodedParty::broad));
    // "expelled each other's envoys": nobody his own.
    let is_of_each_other = actors.len() > 1 && actors == recipients;
    let others = |actor| recipients.iter().copied().filter(move |&other| !(is_of_each_other && other == actor));
    actors.iter().flat_map(|&actor| others(actor).map(move |other| undirected((actor, event, other)))).collect()
}

fn part<'a, T: Ord>(
    given: &BTreeSet<Triple<'a>>,
    gold: &BTreeSet<Triple<'a>>,
    part: impl Fn(Triple<'a>) -> T,
) -> Tally {
    let each = |set: &BTreeSet<Triple<'a>>| set.iter().copied().map(&part).collect();
    let gold = each(gold);
    Tally::of(&each(given), &gold, &gold)
}

fn report(
    record: &RecordGold,
    gold: &BTreeSet<Triple<'_>>,
    given: &BTreeMap<Triple<'_>, &CodedAct>,
    score: &mut RecordsScore,
) {
    let name = |(actor, event, recipient): &Triple<'_>| format!("{actor} {event} {recipient}");
    let listed = |names: Vec<String>, what: &str| match names.is_empty() {
        true => String::new(),
        false => format!("{what}: {}", names.join(", ")),
    };
    let missing: Vec<&Triple<'_>> = gold.iter().filter(|triple| !given.contains_key(*triple)).collect();
    let invented: Vec<_> = given.iter().filter(|(triple, _)| !gold.contains(*triple)).collect();
    for (triple, act) in &invented {
        let same = missing.iter().filter(|other| other.0 == triple.0 && other.2 == triple.2);
        let same: Vec<&'static str> = same.map(|other| other.1).collect();
        same.iter().for_each(|event| score.confusion.count(event, triple.1));
        score.mistakes.push(Mistake {
            fault: if same.is_empty() { Fault::Invented } else { Fault::WrongType },
            id: record.id.clone(),
            act: name(triple),
            note: listed(gold.iter().map(name).collect(), "gold"),
            text: record.text.clone(),
            rule: act.rule.clone(),
            confidence: act.confidence,
        });
    }
    for triple in missing {
        score.mistakes.push(Mistake {
            fault: Fault::Missing,
            id: record.id.clone(),
            act: name(triple),
            note: listed(invented.iter().map(|(triple, _)| name(triple)).collect(), "coded"),
            text: record.text.clone(),
            rule: None,
            confidence: 0.0,
        });
    }
}
