//! Averaged perceptron over hashed features.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::weights::Feature;

/// Weights of sparse tables under so many steps are left out: half the cells, and hardly a tree changes.
pub(crate) const SPARSE_LEAST: f32 = 15.5;

/// All but one in so many weights of the parser's steps fit in a signed byte.
pub(crate) const STEP_OUTLIERS: usize = 2000;

/// Weights of one feature after training.
pub(crate) type Row = (Feature, Vec<(u8, f32)>);

/// Hasher for keys that are hashes already.
#[derive(Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = (self.0 ^ u64::from(key)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

pub(crate) type Map<V> = HashMap<u32, V, BuildHasherDefault<Spread>>;

/// Numbers features in the order in which they come.
#[derive(Default)]
pub(crate) struct Index {
    /// Feature and its number plus one; zero is empty.
    slots: Vec<(Feature, u32)>,
    pub(crate) features: Vec<Feature>,
}

impl Index {
    #[inline]
    fn slot(&self, feature: Feature) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (feature.wrapping_mul(0x9e37_79b1) >> 3) as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != feature {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[inline]
    pub(crate) fn find(&self, feature: Feature) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        (self.slots[self.slot(feature)].1 as usize).checked_sub(1)
    }

    pub(crate) fn number(&mut self, feature: Feature) -> usize {
        if self.features.len() * 2 >= self.slots.len() {
            let size = (self.slots.len() * 2).max(1024);
            self.slots = vec![(0, 0); size];
            for at in 0..self.features.len() {
                let slot = self.slot(self.features[at]);
                self.slots[slot] = (self.features[at], at as u32 + 1);
            }
        }
        let slot = self.slot(feature);
        if self.slots[slot].1 == 0 {
            self.features.push(feature);
            self.slots[slot] = (feature, self.features.len() as u32);
        }
        self.slots[slot].1 as usize - 1
    }
}

/// A classifier being trained, for many classes.
#[derive(Default)]
pub(crate) struct Learner {
    index: Index,
    rows: Vec<Vec<(u8, f32)>>,
    /// What to subtract, divided by the clock, to have the average; beside each weight.
    drifts: Vec<Vec<f64>>,
    clock: u32,
}

impl Learner {
    /// Scores the classes.
    pub(crate) fn score(&self, features: &[Feature], scores: &mut [f32]) {
        for &feature in features {
            if let Some(row) = self.index.find(feature) {
                for &(class, weight) in &self.rows[row] {
                    scores[usize::from(class)] += weight;
                }
            }
        }
    }

    /// Counts one decision, whether it was right or not.
    pub(crate) fn tick(&mut self) {
        self.clock += 1;
    }

    /// Moves weight from the class chosen to the right one.
    pub(crate) fn update(&mut self, features: &[Feature], right: u8, wrong: u8) {
        let clock = f64::from(self.clock);
        for &feature in features {
            let number = self.index.number(feature);
            if number == self.rows.len() {
                self.rows.push(Vec::new());
                self.drifts.push(Vec::new());
            }
            let (row, drifts) = (&mut self.rows[number], &mut self.drifts[number]);
            for (class, change) in [(right, 1.0), (wrong, -1.0)] {
                match row.iter().position(|cell| cell.0 == class) {
                    Some(at) => {
                        row[at].1 += change;
                        drifts[at] += f64::from(change) * clock;
                    }
                    None => {
                        row.push((class, change));
                        drifts.push(f64::from(change) * clock);
                    }
                }
            }
        }
    }

    /// The weights averaged over all decisions.
    pub(crate) fn average(self) -> Average {
        let clock = f64::from(self.clock.max(1));
        let mut average = Average::default();
        for ((feature, row), drifts) in self.index.features.iter().zip(self.rows).zip(self.drifts) {
            let cells =
                row.iter().zip(drifts).map(|(cell, drift)| (cell.0, (f64::from(cell.1) - drift / clock) as f32));
            average.rows.insert(*feature, cells.collect());
        }
        average
    }
}

/// A classifier being trained, for four classes.
#[derive(Default)]
pub(crate) struct StepLearner {
    index: Index,
    rows: Vec<[f32; 4]>,
    drifts: Vec<[f64; 4]>,
    clock: u32,
}

impl StepLearner {
    /// The scores of the classes.
    pub(crate) fn score(&self, features: &[Feature]) -> [f32; 4] {
        let mut scores = [0.0; 4];
        for &feature in features {
            if let Some(row) = self.index.find(feature) {
                for (score, weight) in scores.iter_mut().zip(&self.rows[row]) {
                    *score += weight;
                }
            }
        }
        scores
    }

    /// Counts one decision, whether it was right or not.
    pub(crate) fn tick(&mut self) {
        self.clock += 1;
    }

    /// Moves weight from the class chosen to the right one.
    pub(crate) fn update(&mut self, features: &[Feature], right: usize, wrong: usize) {
        let clock = f64::from(self.clock);
        for &feature in features {
            let number = self.index.number(feature);
            if number == self.rows.len() {
                self.rows.push([0.0; 4]);
                self.drifts.push([0.0; 4]);
            }
            for (class, change) in [(right, 1.0), (wrong, -1.0)] {
                self.rows[number][class] += change;
                self.drifts[number][class] += f64::from(change) * clock;
            }
        }
    }

    /// The weights averaged over all decisions.
    pub(crate) fn average(self) -> Average {
        let clock = f64::from(self.clock.max(1));
        let mut average = Average::default();
        for ((feature, row), drifts) in self.index.features.iter().zip(self.rows).zip(self.drifts) {
            let cells = (0..4).map(|at| (at as u8, (f64::from(row[at]) - drifts[at] / clock) as f32));
            average.rows.insert(*feature, cells.collect());
        }
        average
    }
}

/// Averaged weights, of one training run or summed over several.
#[derive(Default)]
pub(crate) struct Average {
    rows: Map<Vec<(u8, f32)>>,
}

impl Average {
    /// Adds the weights of another run.
    pub(crate) fn add(&mut self, other: Average) {
        if self.rows.is_empty() {
            self.rows = other.rows;
            return;
        }
        for (feature, cells) in other.rows {
            let row = self.rows.entry(feature).or_default();
            for (class, weight) in cells {
                match row.iter_mut().find(|cell| cell.0 == class) {
                    Some(cell) => cell.1 += weight,
                    None => row.push((class, weight)),
                }
            }
        }
    }

    /// The strongest features, at most `most`, and the size of a step such that all but one in `outliers` weights fit in a signed byte.
    /// Weights smaller than `least` steps are left out.
    pub(crate) fn rows(self, outliers: usize, most: usize, least: f32) -> (Vec<Row>, f32) {
        let step = step_size(self.rows.values().flatten(), outliers);
        let mut rows: Vec<Row> = self
            .rows
            .into_iter()
            .filter_map(|(feature, mut cells)| {
                cells.retain(|cell| cell.1.abs() >= step * least);
                cells.sort_by_key(|cell| cell.0);
                (!cells.is_empty()).then_some((feature, cells))
            })
            .collect();
        let strength = |row: &Row| row.1.iter().map(|cell| cell.1.abs()).fold(0.0, f32::max);
        rows.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.0.cmp(&b.0)));
        rows.truncate(most);
        (rows, step)
    }
}

/// The size of a step such that all but one in `outliers` weights fit in a signed byte.
pub(crate) fn step_size<'c>(cells: impl Iterator<Item = &'c (u8, f32)>, outliers: usize) -> f32 {
    let mut sizes: Vec<f32> = cells.map(|cell| cell.1.abs()).filter(|&size| size > 0.0).collect();
    if sizes.is_empty() {
        return 1.0;
    }
    let at = sizes.len() - 1 - sizes.len() / outliers;
    sizes.select_nth_unstable_by(at, f32::total_cmp).1.max(f32::MIN_POSITIVE) / 127.0
}

/// A small random number generator (SplitMix64), so that training gives the same model every time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// True once in a while: with probability `share`.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        ((self.next() >> 11) as f64) < share * (1u64 << 53) as f64
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}
