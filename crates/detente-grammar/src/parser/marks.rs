//! Where punctuation hangs. When the words have their heads, each mark chooses among the words beside it and those above them.

use super::state::Outline;
use crate::tagger::Tag;
use crate::tree::Deprel;
use crate::weights::{Feature, Sparse, feature};

/// How many features a choice has.
pub(crate) const MARK_TEMPLATES: usize = 17;

/// Numbers the templates after those of the relations.
const BASE: u32 = 4000;

/// How far up from the word beside a mark its head is looked for.
const HEIGHT: usize = 12;

/// The classifier that hangs punctuation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Marks {
    pub(crate) weights: Sparse,
}

/// A word that a mark could hang from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) word: usize,
    /// Steps up from the word beside the mark.
    rank: u32,
    /// Whether the way began on the right.
    right: bool,
}

/// A sentence whose marks are being hung.
pub(crate) struct Hanging<'s> {
    pub(crate) outline: &'s mut Outline,
    pub(crate) words: &'s dyn Fn(usize) -> u32,
    pub(crate) tags: &'s dyn Fn(usize) -> Tag,
}

const NONE: u32 = 999;

impl Hanging<'_> {
    /// The nearest word that is not a mark, on the left and on the right.
    fn beside(&self, mark: usize) -> (Option<usize>, Option<usize>) {
        let marks = &self.outline.marks;
        ((0..mark).rev().find(|&at| !marks[at]), (mark + 1..marks.len()).find(|&at| !marks[at]))
    }

    /// Fills the candidates of a mark.
    pub(crate) fn candidates(&self, mark: usize, out: &mut Vec<Candidate>) {
        out.clear();
        let (left, right) = self.beside(mark);
        for (start, from_right) in [(left, false), (right, true)] {
            let mut next = start;
            for rank in 0..HEIGHT as u32 {
                let Some(word) = next else { break };
                if !out.iter().any(|candidate| candidate.word == word) {
                    out.push(Candidate { word, rank, right: from_right });
                }
                let head = self.outline.heads[word];
                next = (head < self.outline.heads.len()).then_some(head);
            }
        }
    }

    /// Fills the features of hanging `mark` from `candidate`.
    pub(crate) fn features(&self, mark: usize, candidate: Candidate, out: &mut [Feature; MARK_TEMPLATES]) {
        let outline = &*self.outline;
        let length = outline.heads.len();
        let word = candidate.word;
        let form = (self.words)(mark);
        let label = |at: usize| outline.labels[at] as u32;
        let head = outline.heads[word];
        let after = u32::from(word > mark);
        // Is it the highest word on its side of the mark?
        let top = if head >= length { 2 } else { u32::from((head > mark) != (word > mark)) };
        let place = after | top << 1 | u32::from(candidate.right) << 3;
        let (left, right) = self.beside(mark);
        let edge = u32::from(left.is_none()) | u32::from(right.is_none()) << 1;
        let enclosed = match outline.partners[mark] {
            Some(other) => {
                let (from, to) = (mark.min(other), mark.max(other));
                let inside = |at: usize| from < at && at < to;
                u32::from(inside(word)) + u32::from(inside(word) && !inside(head)) + 4 * u32::from(other < mark)
            }
            None => 3,
        };
        // Does a mark of the same form hang there already?
        let same = (0..mark)
            .rev()
            .find(|&at| outline.marks[at] && outline.heads[at] == word && (self.words)(at) == form)
            .map_or(0, |at| if at < word { 1 } else { 2 });
        let tag = |at: Option<usize>| at.map_or(NONE, |at| u32::from((self.tags)(at)));
        let label_at = |at: Option<usize>| at.map_or(NONE, label);
        let lower = |at: Option<usize>| at.map_or(0, self.words);
        let rank = candidate.rank.min(5) | u32::from(candidate.right) << 3;
        let distance = match mark.abs_diff(word) {
            near @ 0..=3 => near as u32,
            4..=6 => 4,
            7..=12 => 5,
            _ => 6,
        };
        let head_tag = tag((head < length).then_some(head));
        let own = label(word);
        let own_tag = u32::from((self.tags)(word));
        let mut count = 0;
        let mut add = |a: u32, b: u32, c: u32| {
            out[count] = feature(BASE + count as u32, a, b, c);
            count += 1;
        };
        add(form, own, place | edge << 4);
        add(form, own_tag, place);
        add(form, rank, top);
        add(form, own, rank);
        add(form, enclosed, place);
        add(enclosed, own, place);
        add(form, same, place);
        add(same, own, place);
        add(form, tag(left) << 16 | tag(right), place);
        add(own, label_at(right), place);
        add(own, label_at(left), place);
        add(form, edge, own << 8 | rank);
        add(form, lower(right), place);
        add(form, own_tag << 16 | head_tag, place);
        add(form, distance, place);
        add(form, edge << 8 | enclosed, place);
        add(own, own_tag << 16 | head_tag, place);
        debug_assert_eq!(count, MARK_TEMPLATES);
    }
}

impl Marks {
    /// Hangs all marks, from left to right.
    pub(crate) fn hang(&self, hanging: &mut Hanging, candidates: &mut Vec<Candidate>) {
        let mut features = [0; MARK_TEMPLATES];
        for mark in 0..hanging.outline.heads.len() {
            if !hanging.outline.marks[mark] {
                continue;
            }
            hanging.candidates(mark, candidates);
            let mut best: Option<(i32, usize)> = None;
            for &candidate in candidates.iter() {
                hanging.features(mark, candidate, &mut features);
                let mut scores = [0; 128];
                self.weights.score(&features, &mut scores);
                let score = scores[1] - scores[0];
                if best.is_none_or(|best| score > best.0) {
                    best = Some((score, candidate.word));
                }
            }
            if let Some((_, word)) = best {
                hanging.outline.heads[mark] = word;
                hanging.outline.labels[mark] = Deprel::Punct;
            }
        }
    }
}
