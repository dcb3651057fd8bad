//! Counts and the figures made of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Right answers among those given and those wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Given and in the gold.
    pub right: usize,
    /// Given, less those that count neither for nor against.
    pub given: usize,
    /// In the gold.
    pub gold: usize,
}

impl Tally {
    /// Share of what was given that is right.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.given)
    }

    /// Share of the gold that was given.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.right, self.given + self.gold)
    }

    /// Compares two sets; members of `either` that are not in `gold` do not count.
    pub(super) fn of<T: Ord>(given: &BTreeSet<T>, gold: &BTreeSet<T>, either: &BTreeSet<T>) -> Tally {
        let right = given.intersection(gold).count();
        let uncounted = given.iter().filter(|item| !gold.contains(item) && either.contains(item)).count();
        Tally { right, given: given.len() - uncounted, gold: gold.len() }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.right += other.right;
        self.given += other.given;
        self.gold += other.gold;
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Tally", 6)?;
        row.serialize_field("precision", &self.precision())?;
        row.serialize_field("recall", &self.recall())?;
        row.serialize_field("f1", &self.f1())?;
        row.serialize_field("right", &self.right)?;
        row.serialize_field("given", &self.given)?;
        row.serialize_field("gold", &self.gold)?;
        row.end()
    }
}

/// Some of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are so.
    pub right: usize,
    /// All.
    pub of: usize,
}

impl Share {
    /// The part, 0 to 1.
    pub fn value(&self) -> f64 {
        ratio(self.right, self.of)
    }

    /// Counts one more.
    pub(super) fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Share", 3)?;
        row.serialize_field("share", &(self.of > 0).then(|| self.value()))?;
        row.serialize_field("right", &self.right)?;
        row.serialize_field("of", &self.of)?;
        row.end()
    }
}

/// How often a type was coded as another: gold type, then coded type, then count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Confusion(pub BTreeMap<&'static str, BTreeMap<&'static str, usize>>);

impl Confusion {
    pub(super) fn count(&mut self, gold: &'static str, given: &'static str) {
        *self.0.entry(gold).or_default().entry(given).or_default() += 1;
    }

    /// The pairs of different types, the most frequent first.
    pub fn worst(&self) -> Vec<(&'static str, &'static str, usize)> {
        let mut pairs: Vec<_> = self
            .0
            .iter()
            .flat_map(|(&gold, row)| row.iter().map(move |(&given, &count)| (gold, given, count)))
            .filter(|(gold, given, _)| gold != given)
            .collect();
        pairs.sort_by_key(|&(gold, given, count)| (std::cmp::Reverse(count), gold, given));
        pairs
    }
}
