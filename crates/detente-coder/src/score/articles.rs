//! Scores acts between states over whole articles.
//!
//! Acts are compared as (actor, type, recipient). Mutual types are read without direction: they
//! count in both. Of several acts of one triple the most confident counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::affairs::{self, AffairsScore};
use super::gold::{ArticleGold, is_mutual, label, quad};
use super::output::{CodedAct, Output};
use super::tally::{Confusion, Share, Tally};
use super::{Fault, Mistake};

/// Figures over articles.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ArticlesScore {
    /// Articles in the gold.
    pub articles: usize,
    /// (actor, type, recipient).
    pub acts: Tally,
    /// F1 of the acts, mean over the articles that have any.
    pub mean_f1: f64,
    /// Mean of the two F1.
    pub balanced_f1: f64,
    /// (actor, quad class, recipient).
    pub quads: Tally,
    /// (actor, recipient).
    pub pairs: Tally,
    /// Matched acts with the right factuality.
    pub factuality: Share,
    /// Of them those that are not actual.
    pub factuality_not_actual: Share,
    /// Matched acts rightly new or background.
    pub epoch: Share,
    /// Of them those that are background.
    pub epoch_background: Share,
    /// Articles without acts between states.
    pub articles_without_acts: usize,
    /// Acts coded in them.
    pub invented_there: usize,
    /// Coded acts left aside, since a side is no state or organisation or both sides are one.
    pub left_aside: usize,
    /// By type.
    pub types: BTreeMap<&'static str, Tally>,
    /// Types of missing acts against types invented for the same pair.
    pub confusion: Confusion,
    /// Affairs, where both gold and output have them.
    pub affairs: Option<AffairsScore>,
    /// What went wrong.
    #[serde(skip)]
    pub mistakes: Vec<Mistake>,
}

type Triple<'a> = (&'a str, &'static str, &'a str);

#[derive(Default)]
struct Wanted<'a> {
    agreed: bool,
    factuality: BTreeSet<&'a str>,
    time: BTreeSet<&'a str>,
    evidence: String,
}

/// Scores each article by itself and sums up.
pub(super) fn score(articles: &[ArticleGold], output: &Output) -> ArticlesScore {
    let mut score = ArticlesScore { articles: articles.len(), ..ArticlesScore::default() };
    let mut f1 = Vec::new();
    for article in articles {
        let tally = score_article(article, output, &mut score);
        if tally.gold > 0 {
            f1.push(tally.f1());
        }
        if let (Some(gold), Some(given)) = (&article.affairs, output.affairs(&article.id)) {
            let total = score.affairs.get_or_insert_with(AffairsScore::default);
            affairs::score(&article.id, gold, given, total, &mut score.mistakes);
        }
    }
    if !f1.is_empty() {
        score.mean_f1 = f1.iter().sum::<f64>() / f1.len() as f64;
    }
    score.balanced_f1 = (score.acts.f1() + score.mean_f1) / 2.0;
    score
}

fn score_article(article: &ArticleGold, output: &Output, score: &mut ArticlesScore) -> Tally {
    let wanted = wanted(article);
    let mut given: BTreeMap<Triple<'_>, &CodedAct> = BTreeMap::new();
    for act in output.acts(&article.id) {
        let triples = triples(act);
        score.left_aside += usize::from(triples.is_empty());
        for triple in triples {
            let best = given.entry(triple).or_insert(act);
            if act.confidence > best.confidence {
                *best = act;
            }
        }
    }
    if article.acts.is_empty() {
        score.articles_without_acts += 1;
        score.invented_there += given.keys().filter(|triple| !is_reverse(triple)).count();
    }

    let given_keys: BTreeSet<Triple<'_>> = given.keys().copied().collect();
    let either: BTreeSet<Triple<'_>> = wanted.keys().copied().collect();
    let agreed: BTreeSet<Triple<'_>> = wanted.iter().filter(|(_, act)| act.agreed).map(|(key, _)| *key).collect();
    let tally = Tally::of(&given_keys, &agreed, &either);
    score.acts += tally;
    score.quads += project(&given_keys, &agreed, &either, |(actor, event, recipient)| (actor, quad(event), recipient));
    score.pairs += project(&given_keys, &agreed, &either, |(actor, _, recipient)| (actor, recipient));
    let types: BTreeSet<&'static str> = given_keys.union(&either).map(|triple| triple.1).collect();
    for event in types {
        let only = |set: &BTreeSet<_>| set.iter().copied().filter(|triple: &Triple<'_>| triple.1 == event).collect();
        *score.types.entry(event).or_default() += Tally::of(&only(&given_keys), &only(&agreed), &only(&either));
    }

    for (triple, act) in &given {
        match wanted.get(triple) {
            Some(gold) if gold.agreed => read(article, output, triple, act, gold, score),
            Some(_) => {}
            None if is_reverse(triple) => {}
            None => {
                let instead: Vec<&'static str> = missing_types(triple, &agreed, &given_keys);
                instead.iter().for_each(|event| score.confusion.count(event, triple.1));
                let fault = if instead.is_empty() { Fault::Invented } else { Fault::WrongType };
                let note = match instead.is_empty() {
                    true => String::new(),
                    false => format!("gold: {}", instead.join(", ")),
                };
                score.mistakes.push(mistake(fault, article, triple, note, output.sentence(act), Some(act)));
            }
        }
    }
    for triple in agreed.difference(&given_keys).filter(|triple| !is_reverse(triple)) {
        let same_pair = given_keys.iter().filter(|other| other.0 == triple.0 && other.2 == triple.2);
        if same_pair.clone().any(|other| !either.contains(other)) {
            // Reported as a wrong type.
            continue;
        }
        let coded: Vec<&str> = same_pair.map(|other| other.1).collect();
        let note = if coded.is_empty() { String::new() } else { format!("coded: {}", coded.join(", ")) };
        let evidence = wanted[triple].evidence.clone();
        score.mistakes.push(mistake(Fault::Missing, article, triple, note, evidence, None));
    }
    tally
}

/// The gold acts by triple, mutual ones in both directions.
fn wanted(article: &ArticleGold) -> BTreeMap<Triple<'_>, Wanted<'_>> {
    let mut wanted: BTreeMap<Triple<'_>, Wanted<'_>> = BTreeMap::new();
    for act in &article.acts {
        let Some(event) = label(&act.event) else { continue };
        let (actor, recipient) = (act.actor.as_str(), act.recipient.as_str());
        let mut keys = vec![(actor, event, recipient)];
        if is_mutual(event) {
            keys.push((recipient, event, actor));
        }
        for key in keys {
            let entry = wanted.entry(key).or_default();
            entry.agreed |= act.agreed;
            entry.factuality.extend(act.factuality.iter().map(String::as_str));
            entry.time.extend(act.time.iter().map(String::as_str));
            if entry.evidence.is_empty() {
                entry.evidence = words(act.evidence.as_ref());
            }
        }
    }
    wanted
}

/// Evidence is one string or several.
fn words(evidence: Option<&Value>) -> String {
    match evidence {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            parts.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>().join(" … ")
        }
        _ => String::new(),
    }
}

/// The triples of an act between states; none where a side is no state.
pub(super) fn triples(act: &CodedAct) -> Vec<Triple<'_>> {
    let Some(event) = act.deed() else { return Vec::new() };
    let actors: BTreeSet<&str> = act.actor.iter().filter_map(|party| party.acting_state()).collect();
    let others: BTreeSet<&str> = if act.recipient.is_empty() {
        if is_mutual(event) { actors.clone() } else { BTreeSet::new() }
    } else {
        act.recipient.iter().filter_map(|party| party.state()).collect()
    };
    let mut triples = BTreeSet::new();
    for &actor in &actors {
        for &other in others.iter().filter(|&&other| other != actor) {
            triples.insert((actor, event, other));
            if is_mutual(event) {
                triples.insert((other, event, actor));
            }
        }
    }
    triples.into_iter().collect()
}

/// Tells whether this is the second direction of a mutual act.
pub(super) fn is_reverse((actor, event, recipient): &Triple<'_>) -> bool {
    is_mutual(event) && actor > recipient
}

/// Types of acts of the same pair that are in the gold and were not coded.
fn missing_types(
    triple: &Triple<'_>,
    agreed: &BTreeSet<Triple<'_>>,
    given: &BTreeSet<Triple<'_>>,
) -> Vec<&'static str> {
    agreed
        .difference(given)
        .filter(|missing| missing.0 == triple.0 && missing.2 == triple.2)
        .map(|missing| missing.1)
        .collect()
}

fn project<'a, T: Ord>(
    given: &BTreeSet<Triple<'a>>,
    agreed: &BTreeSet<Triple<'a>>,
    either: &BTreeSet<Triple<'a>>,
    part: impl Fn(Triple<'a>) -> T,
) -> Tally {
    let each = |set: &BTreeSet<Triple<'a>>| set.iter().copied().map(&part).collect();
    Tally::of(&each(given), &each(agreed), &each(either))
}

/// Compares factuality and epoch of a matched act.
fn read(
    article: &ArticleGold,
    output: &Output,
    triple: &Triple<'_>,
    act: &CodedAct,
    gold: &Wanted<'_>,
    score: &mut ArticlesScore,
) {
    let list = |readings: &BTreeSet<&str>| readings.iter().copied().collect::<Vec<_>>().join(" or ");
    let mut notes = Vec::new();
    if !gold.factuality.is_empty() {
        let right = gold.factuality.contains(act.factuality.as_str());
        score.factuality.count(right);
        if !gold.factuality.contains("actual") {
            score.factuality_not_actual.count(right);
        }
        if !right {
            notes.push(format!("{}, gold: {}", act.factuality, list(&gold.factuality)));
        }
    }
    if !gold.time.is_empty() {
        let right = gold.time.contains(act.epoch.as_str());
        score.epoch.count(right);
        if !gold.time.contains("new") {
            score.epoch_background.count(right);
        }
        if !right {
            notes.push(format!("{}, gold: {}", act.epoch, list(&gold.time)));
        }
    }
    if !notes.is_empty() && !is_reverse(triple) {
        let note = notes.join("; ");
        score.mistakes.push(mistake(Fault::WrongReading, article, triple, note, output.sentence(act), Some(act)));
    }
}

fn mistake(
    fault: Fault,
    article: &ArticleGold,
    (actor, event, recipient): &Triple<'_>,
    note: String,
    text: String,
    act: Option<&CodedAct>,
) -> Mistake {
    Mistake {
        fault,
        id: article.id.clone(),
        act: format!("{actor} {event} {recipient}"),
        note,
        text,
        rule: act.and_then(|act| act.rule.clone()),
        confidence: act.map_or(0.0, |act| act.confidence),
    }
}
