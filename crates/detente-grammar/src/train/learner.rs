//! Averaged perceptron over hashed features.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::weights::Feature;

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

struct Cell {
    class: u8,
    weight: f32,
    total: f32,
    since: u32,
}

/// A classifier being trained.
#[derive(Default)]
pub(crate) struct Learner {
    index: Map<u32>,
    rows: Vec<Vec<Cell>>,
    found: Vec<u32>,
    clock: u32,
}

impl Learner {
    /// Scores the classes.
    pub(crate) fn score(&mut self, features: &[Feature], scores: &mut [f32]) {
        self.found.clear();
        for feature in features {
            if let Some(&row) = self.index.get(feature) {
                self.found.push(row);
            }
        }
        for &row in &self.found {
            for cell in &self.rows[row as usize] {
                scores[usize::from(cell.class)] += cell.weight;
            }
        }
    }

    /// Counts one decision, whether it was right or not.
    pub(crate) fn tick(&mut self) {
        self.clock += 1;
    }

    /// Moves weight from the class chosen to the right one.
    pub(crate) fn update(&mut self, features: &[Feature], right: u8, wrong: u8) {
        for &feature in features {
            let row = *self.index.entry(feature).or_insert_with(|| {
                self.rows.push(Vec::new());
                (self.rows.len() - 1) as u32
            });
            for (class, change) in [(right, 1.0), (wrong, -1.0)] {
                let row = &mut self.rows[row as usize];
                let cell = match row.iter_mut().position(|cell| cell.class == class) {
                    Some(at) => &mut row[at],
                    None => {
                        row.push(Cell { class, weight: 0.0, total: 0.0, since: self.clock });
                        row.last_mut().unwrap_or_else(|| unreachable!())
                    }
                };
                cell.total += (self.clock - cell.since) as f32 * cell.weight;
                cell.since = self.clock;
                cell.weight += change;
            }
        }
    }

    /// The weights averaged over all decisions.
    pub(crate) fn average(self) -> Average {
        let clock = self.clock.max(1);
        let mut average = Average::default();
        for (feature, row) in self.index {
            let cells: Vec<(u8, f32)> = self.rows[row as usize]
                .iter()
                .map(|cell| (cell.class, (cell.total + (clock - cell.since) as f32 * cell.weight) / clock as f32))
                .collect();
            average.rows.insert(feature, cells);
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
    pub(crate) fn rows(self, outliers: usize, most: usize) -> (Vec<Row>, f32) {
        let mut sizes: Vec<f32> = self.rows.values().flatten().map(|cell| cell.1.abs()).filter(|&size| size > 0.0).collect();
        if sizes.is_empty() {
            return (Vec::new(), 1.0);
        }
        let at = sizes.len() - 1 - sizes.len() / outliers;
        let step = sizes.select_nth_unstable_by(at, f32::total_cmp).1.max(f32::MIN_POSITIVE) / 127.0;
        let mut rows: Vec<Row> = self
            .rows
            .into_iter()
            .filter_map(|(feature, mut cells)| {
                cells.retain(|cell| cell.1.abs() >= step * 0.5);
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
