//! Trains the tagger and builds the vocabulary it uses.

use std::collections::HashMap;

use super::learner::{Average, Learner, Map, Random, SPARSE_LEAST};
use super::{Example, Options, TagSet};
use crate::atoms::lower_hash;
use crate::tagger::{TEMPLATES, Tag, Tagger, Tagging};
use crate::vocabulary::{Entry, UNCERTAIN, Vocabulary};
use crate::weights::{Sparse, feature};

/// Classes of words by company: fine and coarse, by hash of the word.
pub(crate) type Classes = HashMap<u32, (u16, u8)>;

/// A word seen less often than this in the treebanks counts as unknown: its tags are no evidence.
const SEEN: u32 = 3;
/// A word seen this often, almost always with one tag, has that tag for certain.
const CERTAIN: u32 = 60;

/// Builds the vocabulary of the examples.
pub(crate) fn vocabulary(examples: &[&Example], classes: &Classes) -> Vocabulary {
    let mut counts: Map<HashMap<Tag, u32>> = Map::default();
    for example in examples.iter().filter(|example| !example.recased) {
        for (form, &tag) in example.forms.iter().zip(&example.tags) {
            *counts.entry(lower_hash(form)).or_default().entry(tag).or_default() += 1;
        }
    }
    let mut words: Vec<(u32, Entry)> = counts
        .iter()
        .map(|(&word, tags)| {
            let total: u32 = tags.values().sum();
            let mut tags: Vec<(Tag, u32)> = tags.iter().map(|(&tag, &count)| (tag, count)).collect();
            tags.sort_by_key(|&(tag, count)| (std::cmp::Reverse(count), tag));
            let mut entry = Entry { certain: UNCERTAIN, ..Entry::default() };
            if total >= SEEN {
                let tag =
                    |at: usize| tags.get(at).filter(|tag| tag.1 * 12 >= total).map_or(0, |tag| u32::from(tag.0) + 1);
                entry.tags = (feature(300, tag(0), tag(1), tag(2)) as u16).max(1);
            }
            if total >= CERTAIN && (total - tags[0].1) * 300 < total {
                entry.certain = tags[0].0;
            }
            (word, entry)
        })
        .collect();
    words.extend(classes.keys().filter(|word| !counts.contains_key(word)).map(|&word| (word, Entry::default())));
    for (word, entry) in &mut words {
        if let Some(&(class, family)) = classes.get(word) {
            entry.class = class;
            entry.family = family;
        }
    }
    words.retain(|(_, entry)| *entry != Entry::default());
    words.sort_by_key(|word| word.0);
    Vocabulary::build(&words)
}

/// The right tag must be ahead of the others by so much, or the weights are moved.
const MARGIN: f32 = 25.0;

/// One training run.
pub(crate) fn run(
    examples: &[&Example],
    vocabulary: &Vocabulary,
    set: &TagSet,
    options: &Options,
    seed: u64,
) -> Average {
    let mut learner = Learner::default();
    let mut random = Random(seed);
    let mut tagging = Tagging::default();
    let mut features = [0; TEMPLATES];
    for epoch in 0..options.tagger_epochs {
        for index in super::epoch(examples.iter().copied(), epoch, options, &mut random) {
            let gold = &examples[index].tags;
            tagging.read(examples[index].forms.iter().map(String::as_str), vocabulary);
            for index in 0..tagging.length() {
                let certain = tagging.word(index).entry.certain;
                if certain != UNCERTAIN {
                    tagging.set(index, certain);
                    continue;
                }
                tagging.features(index, &mut features);
                let mut scores = [0.0f32; 128];
                learner.score(&features, &mut scores);
                let best = argmax(&scores[..set.len()]) as Tag;
                learner.tick();
                let right = scores[usize::from(gold[index])];
                scores[usize::from(gold[index])] = f32::NEG_INFINITY;
                let rival = argmax(&scores[..set.len()]) as Tag;
                if right - scores[usize::from(rival)] <= MARGIN {
                    learner.update(&features, gold[index], rival);
                }
                tagging.set(index, best);
            }
        }
    }
    learner.average()
}

/// Makes the tagger of averaged weights.
pub(crate) fn tagger(average: Average, set: &TagSet, most: usize, close: i32) -> Tagger {
    let (rows, step) = average.rows(200, most, SPARSE_LEAST);
    let weights = Sparse::build(&rows, step);
    Tagger { weights, classes: set.len(), close, ..Tagger::default() }
}

/// Number of the greatest score.
pub(crate) fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = at;
        }
    }
    best
}
