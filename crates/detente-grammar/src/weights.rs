//! Weights of the linear classifiers, by hashed feature.

/// Hash of a feature, made by [`feature`].
pub(crate) type Feature = u32;

const K1: u64 = 0x9e37_79b9_7f4a_7c15;
const K2: u64 = 0xd6e8_feb8_6659_fd93;
const K3: u64 = 0xa076_1d64_78bd_642f;

/// The feature of template `template` with up to three values.
#[inline(always)]
pub(crate) fn feature(template: u32, a: u32, b: u32, c: u32) -> Feature {
    let x = (u64::from(a) << 32 | u64::from(b)).wrapping_add(K3).wrapping_mul(K1);
    let y = (u64::from(c) << 32 | u64::from(template)).wrapping_mul(K2);
    let z = (x ^ (x >> 32)) ^ y;
    ((z ^ (z >> 29)).wrapping_mul(K3) >> 32) as u32
}

/// Where the features of a table lie: open addressing over 16-bit fingerprints, zero for an empty slot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Slots {
    fingerprints: Vec<u16>,
}

impl Slots {
    pub(crate) fn from_fingerprints(fingerprints: Vec<u16>) -> Option<Slots> {
        // At least one empty slot ends every search.
        (fingerprints.len().is_power_of_two() && fingerprints.contains(&0)).then_some(Slots { fingerprints })
    }

    pub(crate) fn fingerprints(&self) -> &[u16] {
        &self.fingerprints
    }

    /// Makes room for `count` features, about three quarters full at most.
    pub(crate) fn with_room(count: usize) -> Slots {
        let size = (count * 4 / 3 + 2).next_power_of_two();
        Slots { fingerprints: vec![0; size] }
    }

    #[inline(always)]
    fn fingerprint(key: Feature) -> u16 {
        ((key >> 16) as u16).max(1)
    }

    /// The slot of `key`, if it is there.
    #[inline(always)]
    pub(crate) fn find(&self, key: Feature) -> Option<usize> {
        let fingerprint = Self::fingerprint(key);
        let mask = self.fingerprints.len().wrapping_sub(1);
        let mut slot = key as usize & mask;
        loop {
            match self.fingerprints.get(slot) {
                Some(&found) if found == fingerprint => return Some(slot),
                Some(0) | None => return None,
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    /// Takes a slot for `key`; `None` where a feature with the same fingerprint is in the way.
    pub(crate) fn insert(&mut self, key: Feature) -> Option<usize> {
        if self.find(key).is_some() {
            return None;
        }
        let mask = self.fingerprints.len() - 1;
        let mut slot = key as usize & mask;
        while self.fingerprints[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.fingerprints[slot] = Self::fingerprint(key);
        Some(slot)
    }
}

/// Weights for at most four classes, all stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dense {
    pub(crate) slots: Slots,
    pub(crate) weights: Vec<[i8; 4]>,
}

impl Dense {
    /// Adds the weights of `features` to `scores`.
    #[inline]
    pub(crate) fn score(&self, features: &[Feature], scores: &mut [i32; 4]) {
        for &feature in features {
            if let Some(slot) = self.slots.find(feature)
                && let Some(row) = self.weights.get(slot)
            {
                for (score, &weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(weight);
                }
            }
        }
    }

    pub(crate) fn build(rows: &[(Feature, Vec<(u8, f32)>)], step: f32) -> Dense {
        let mut slots = Slots::with_room(rows.len());
        let mut weights = vec![[0i8; 4]; slots.fingerprints.len()];
        for (key, row) in rows {
            let mut quantised = [0i8; 4];
            for &(class, weight) in row {
                quantised[usize::from(class)] = (weight / step).round().clamp(-127.0, 127.0) as i8;
            }
            if quantised != [0; 4]
                && let Some(slot) = slots.insert(*key)
            {
                weights[slot] = quantised;
            }
        }
        Dense { slots, weights }
    }
}

/// Weights for up to 127 classes, only those stored that are not zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sparse {
    pub(crate) slots: Slots,
    /// Where the row of a slot begins in `cells`.
    pub(crate) rows: Vec<u32>,
    /// Class and weight; the last cell of a row has [`LAST`] set in its class. A weight too great for one cell takes several.
    pub(crate) cells: Vec<[u8; 2]>,
}

/// Marks the last cell of a row.
const LAST: u8 = 0x80;

impl Sparse {
    /// Adds the weights of `features` to `scores`.
    #[inline]
    pub(crate) fn score(&self, features: &[Feature], scores: &mut [i32; 128]) {
        for &feature in features {
            let Some(slot) = self.slots.find(feature) else { continue };
            let Some(row) = self.rows.get(slot).and_then(|&row| self.cells.get(row as usize..)) else { continue };
            for &[class, weight] in row {
                scores[usize::from(class & !LAST)] += i32::from(weight as i8);
                if class & LAST != 0 {
                    break;
                }
            }
        }
    }

    /// The cells of the row in `slot`, if the slot is taken.
    pub(crate) fn row(&self, slot: usize) -> Option<&[[u8; 2]]> {
        (self.slots.fingerprints[slot] != 0).then(|| {
            let cells = &self.cells[self.rows[slot] as usize..];
            let length = cells.iter().position(|cell| cell[0] & LAST != 0).map_or(cells.len(), |at| at + 1);
            &cells[..length]
        })
    }

    /// Makes a table of the rows of all `taken` slots, in the order of the slots.
    pub(crate) fn from_cells(slots: Slots, taken: usize, cells: Vec<[u8; 2]>) -> Option<Sparse> {
        let ends = cells.iter().enumerate().filter(|(_, cell)| cell[0] & LAST != 0).map(|(at, _)| at as u32 + 1);
        let mut starts = std::iter::once(0).chain(ends);
        let mut rows = vec![0; slots.fingerprints.len()];
        for (row, _) in rows.iter_mut().zip(&slots.fingerprints).filter(|(_, fingerprint)| **fingerprint != 0) {
            *row = starts.next()?;
        }
        // What is left is the end of the last row.
        let whole = cells.last().is_none_or(|cell| cell[0] & LAST != 0);
        (whole && starts.count() == 1 && (taken > 0 || cells.is_empty())).then_some(Sparse { slots, rows, cells })
    }

    pub(crate) fn build(rows: &[(Feature, Vec<(u8, f32)>)], step: f32) -> Sparse {
        let mut slots = Slots::with_room(rows.len());
        let mut starts = vec![0u32; slots.fingerprints.len()];
        let mut cells: Vec<[u8; 2]> = Vec::new();
        let mut quantised: Vec<[u8; 2]> = Vec::new();
        for (key, row) in rows {
            quantised.clear();
            for &(class, weight) in row {
                let mut left = (weight / step).round().clamp(-1000.0, 1000.0) as i32;
                while left != 0 {
                    let part = left.clamp(-127, 127);
                    quantised.push([class, part as i8 as u8]);
                    left -= part;
                }
            }
            if let Some(last) = quantised.last_mut() {
                last[0] |= LAST;
                if let Some(slot) = slots.insert(*key) {
                    starts[slot] = cells.len() as u32;
                    cells.extend_from_slice(&quantised);
                }
            }
        }
        Sparse { slots, rows: starts, cells }
    }
}

/// The best class and the second best among the first `classes` scores.
#[inline]
pub(crate) fn best_two(scores: &[i32]) -> (usize, usize) {
    let (mut best, mut second) = (0, 0);
    let (mut high, mut next) = (i32::MIN, i32::MIN);
    for (class, &score) in scores.iter().enumerate() {
        if score > high {
            (second, next) = (best, high);
            (best, high) = (class, score);
        } else if score > next {
            (second, next) = (class, score);
        }
    }
    (best, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_built_and_nothing_else() {
        let rows: Vec<_> = (0..500u32).map(|i| (feature(1, i, 2, 3), vec![((i % 100) as u8, i as f32)])).collect();
        let sparse = Sparse::build(&rows, 1.0);
        for i in 1..500u32 {
            let mut scores = [0; 128];
            sparse.score(&[feature(1, i, 2, 3)], &mut scores);
            assert_eq!(scores[(i % 100) as usize], i as i32);
            assert_eq!(scores.iter().filter(|&&score| score != 0).count(), 1);
        }
        let mut scores = [0; 128];
        sparse.score(&[feature(2, 1, 2, 3)], &mut scores);
        assert_eq!(scores, [0; 128]);
    }

    #[test]
    fn empty_tables_score_nothing() {
        let mut scores = [0; 4];
        Dense::default().score(&[1, 2], &mut scores);
        assert_eq!(scores, [0; 4]);
        assert_eq!(best_two(&[3, 9, 7]), (1, 2));
    }
}
