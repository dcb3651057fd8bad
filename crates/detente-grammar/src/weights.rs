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

/// Which of some templates are among those numbered.
pub(crate) const fn among<const N: usize>(numbers: &[usize]) -> [bool; N] {
    let mut wanted = [false; N];
    let mut at = 0;
    while at < numbers.len() {
        wanted[numbers[at]] = true;
        at += 1;
    }
    wanted
}

/// Features that share a bucket.
const WAYS: usize = 4;

/// Fingerprints of features, zero for none, and beside each what is known of it: one visit to memory, within one line of the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(32))]
struct Bucket<V> {
    fingerprints: [u16; WAYS],
    values: [V; WAYS],
}

/// Values by feature. A feature is looked for in one bucket only, without a branch; when a bucket is full, features that come later are
/// left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Slots<V> {
    buckets: Vec<Bucket<V>>,
    /// For each bucket, one bit for the last digit of each fingerprint in it: it tells of most features that are not there that they
    /// are not, and takes a sixteenth of the room.
    digits: Vec<u16>,
}

impl<V: Copy + Default> Slots<V> {
    /// Makes room for about `count` features, four fifths full.
    pub(crate) fn with_room(count: usize) -> Slots<V> {
        let count = count * 5 / (4 * WAYS) + 1;
        Slots { buckets: vec![Bucket::default(); count], digits: vec![0; count] }
    }

    /// Places in their order: fingerprint and value.
    pub(crate) fn places(&self) -> impl Iterator<Item = (u16, V)> + '_ {
        self.buckets.iter().flat_map(|bucket| bucket.fingerprints.into_iter().zip(bucket.values))
    }

    /// Puts places together that [`Slots::places`] gave.
    pub(crate) fn from_places(mut places: impl Iterator<Item = (u16, V)>, count: usize) -> Slots<V> {
        let mut buckets = vec![Bucket::default(); count.div_ceil(WAYS)];
        let mut digits = vec![0; buckets.len()];
        for (bucket, digits) in buckets.iter_mut().zip(&mut digits) {
            for way in 0..WAYS {
                if let Some((fingerprint, value)) = places.next() {
                    bucket.fingerprints[way] = fingerprint;
                    bucket.values[way] = value;
                    *digits |= Self::digit(fingerprint) & u16::from(fingerprint == 0).wrapping_sub(1);
                }
            }
        }
        Slots { buckets, digits }
    }

    /// Number of places.
    pub(crate) fn room(&self) -> usize {
        self.buckets.len() * WAYS
    }

    #[inline(always)]
    fn fingerprint(key: Feature) -> u16 {
        (key as u16).max(1)
    }

    /// The bit of a fingerprint's last digit.
    #[inline(always)]
    fn digit(fingerprint: u16) -> u16 {
        1 << (fingerprint & 15)
    }

    /// Puts those of some features first that may be there; their number.
    #[inline(always)]
    fn sift<const N: usize>(&self, features: &[Feature; N]) -> ([Feature; N], usize) {
        let (mut there, mut count) = ([0; N], 0);
        for &feature in features {
            there[count] = feature;
            let digits = self.digits.get(self.bucket(feature)).copied().unwrap_or(0);
            count += usize::from(digits >> (Self::fingerprint(feature) & 15) & 1);
        }
        (there, count)
    }

    #[inline(always)]
    fn bucket(&self, key: Feature) -> usize {
        ((u64::from(key) * self.buckets.len() as u64) >> 32) as usize
    }

    /// Visits the buckets of features, and no more: so little is done at each that many visits to memory are under way at once.
    #[inline(always)]
    fn look_at(&self, features: &[Feature]) {
        let mut seen = 0;
        for &feature in features {
            seen |= self.buckets.get(self.bucket(feature)).map_or(0, |bucket| bucket.fingerprints[0]);
        }
        std::hint::black_box(seen);
    }

    /// The way of the feature in its bucket: 0 to 3, or 4 where it is not there.
    #[inline(always)]
    fn way([a, b, c, d]: [u16; WAYS], key: Feature) -> usize {
        const ONES: u64 = 0x0001_0001_0001_0001;
        let four = u64::from(a) | u64::from(b) << 16 | u64::from(c) << 32 | u64::from(d) << 48;
        let differ = four ^ (u64::from(Self::fingerprint(key)) * ONES);
        // The lowest lane that is zero has its high bit set here.
        let equal = differ.wrapping_sub(ONES) & !differ & (ONES << 15);
        (equal.trailing_zeros() / 16) as usize
    }

    /// The value of `key`, or `absent`; without a branch.
    #[inline(always)]
    pub(crate) fn get(&self, key: Feature, absent: V) -> V {
        match self.buckets.get(self.bucket(key)) {
            Some(bucket) => {
                let way = Self::way(bucket.fingerprints, key);
                let value = bucket.values[way & (WAYS - 1)];
                std::hint::select_unpredictable(way < WAYS, value, absent)
            }
            None => absent,
        }
    }

    /// Gives `key` a value; does nothing where its bucket is full or holds the same fingerprint.
    pub(crate) fn insert(&mut self, key: Feature, value: V) -> bool {
        let at = self.bucket(key);
        let bucket = &mut self.buckets[at];
        let free = bucket.fingerprints.iter().position(|place| *place == 0);
        match free {
            Some(way) if Self::way(bucket.fingerprints, key) == WAYS => {
                bucket.fingerprints[way] = Self::fingerprint(key);
                bucket.values[way] = value;
                self.digits[at] |= Self::digit(Self::fingerprint(key));
                true
            }
            _ => false,
        }
    }
}

/// Added to the weights of a [`Dense`] table, so that they are not negative.
const BIAS: u8 = 128;

/// Weights for at most four classes, all stored, each with [`BIAS`] added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dense {
    pub(crate) slots: Slots<[u8; 4]>,
}

impl Dense {
    /// The scores of four classes.
    #[inline]
    pub(crate) fn score<const N: usize>(&self, features: &[Feature; N]) -> [i32; 4] {
        const { assert!(N * 255 <= u16::MAX as usize) };
        let (there, count) = self.slots.sift(features);
        let there = &there[..count];
        self.slots.look_at(there);
        // Four sums at once in the quarters of a number: each stays under 2^16.
        let mut sums = 0u64;
        for &feature in there {
            let row = u64::from(u32::from_le_bytes(self.slots.get(feature, [BIAS; 4])));
            let halves = (row | row << 16) & 0x0000_ffff_0000_ffff;
            sums += (halves | halves << 8) & 0x00ff_00ff_00ff_00ff;
        }
        let bias = count as i32 * i32::from(BIAS);
        [0, 16, 32, 48].map(|shift| (sums >> shift & 0xffff) as i32 - bias)
    }

    /// Leaves out the rows that part the classes least, until no more than so many are left.
    pub(crate) fn keep_strongest(&mut self, most: usize) {
        let strength = |row: [u8; 4]| {
            let (least, greatest) = row.iter().fold((u8::MAX, 0), |(low, high), &w| (low.min(w), high.max(w)));
            greatest.saturating_sub(least)
        };
        let mut counts = [0usize; 256];
        for (_, row) in self.slots.places().filter(|(fingerprint, _)| *fingerprint != 0) {
            counts[usize::from(strength(row))] += 1;
        }
        let (mut kept, mut least) = (0, 0);
        for (strength, count) in counts.into_iter().enumerate().rev() {
            kept += count;
            if kept > most {
                least = strength + 1;
                break;
            }
        }
        let places =
            self.slots.places().map(
                |(fingerprint, row)| {
                    if usize::from(strength(row)) < least { (0, [0; 4]) } else { (fingerprint, row) }
                },
            );
        self.slots = Slots::from_places(places, self.slots.room());
    }

    /// Rounds the weights to even numbers, which compress better.
    pub(crate) fn round(&mut self) {
        let rounded = |weight: u8| (i16::from(to_even(i16::from(weight) - i16::from(BIAS))) + i16::from(BIAS)) as u8;
        let room = self.slots.room();
        let places: Vec<_> = self
            .slots
            .places()
            .map(|(fingerprint, row)| (fingerprint, if fingerprint == 0 { row } else { row.map(rounded) }))
            .collect();
        self.slots = Slots::from_places(places.into_iter(), room);
    }

    /// Makes a table of rows, the strongest first.
    pub(crate) fn build(rows: &[(Feature, Vec<(u8, f32)>)], step: f32) -> Dense {
        let mut slots = Slots::with_room(rows.len());
        for (key, row) in rows {
            let mut quantised = [BIAS; 4];
            for &(class, weight) in row {
                let weight = (weight / step).round().clamp(-127.0, 127.0) as i32;
                quantised[usize::from(class)] = (weight + i32::from(BIAS)) as u8;
            }
            if quantised != [BIAS; 4] {
                slots.insert(*key, quantised);
            }
        }
        Dense { slots }
    }
}

/// The even number next to a weight; of two that are as near, one as often as the other.
fn to_even(weight: i16) -> i8 {
    ((weight + (weight >> 1 & 1)) & !1).clamp(-126, 126) as i8
}

/// A class and its weight.
pub(crate) type Cell = [u8; 2];

/// Where a row lies among the cells: its start, and in the low byte its length. Of a row of one or two cells it is the row itself,
/// marked by [`NEAR`]: classes are less than 128, so two cells leave a bit. Such a row costs no further visit to memory.
pub(crate) type RowPlace = u32;

const NEAR: RowPlace = 1 << 31;

/// Fills the second cell of a row of one; nothing weighs this class.
const NO_CELL: Cell = [127, 0];

/// Cells that a table holds at most, so that a start leaves the bit of [`NEAR`] alone.
pub(crate) const MOST_CELLS: usize = 1 << 23;

/// A row of one or two cells, as its own place.
fn near(row: &[Cell]) -> Option<RowPlace> {
    let (one, other) = match *row {
        [one] => (one, NO_CELL),
        [one, other] => (one, other),
        _ => return None,
    };
    Some(NEAR | u32::from_be_bytes([one[0] & 127, one[1], other[0] & 127, other[1]]))
}

/// The two cells of a row that is its own place.
#[inline(always)]
fn near_cells(place: RowPlace) -> [Cell; 2] {
    let [one, weight, other, other_weight] = place.to_be_bytes();
    [[one & 127, weight], [other, other_weight]]
}

/// Weights for up to 128 classes, only those stored that are not zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sparse {
    pub(crate) slots: Slots<RowPlace>,
    /// Class and signed weight. A weight too great for one cell takes several.
    pub(crate) cells: Vec<Cell>,
}

impl Sparse {
    /// Adds the weights of `features` to `scores`.
    #[inline]
    pub(crate) fn score<const N: usize>(&self, features: &[Feature; N], scores: &mut [i32; 128]) {
        // Without branches, so that the visits to memory overlap: first a look at the buckets, then where the rows lie, then one look at
        // each.
        let (there, count) = self.slots.sift(features);
        let there = &there[..count];
        self.slots.look_at(there);
        let (mut near, mut far) = ([0; N], [0; N]);
        let (mut near_count, mut far_count) = (0, 0);
        for &feature in there {
            let row = self.slots.get(feature, 0);
            near[near_count] = row;
            near_count += usize::from(row >= NEAR);
            far[far_count] = row;
            far_count += usize::from(row != 0 && row < NEAR);
        }
        let far = &far[..far_count];
        let mut seen = 0;
        for &row in far {
            seen |= self.cells.get((row >> 8) as usize).map_or(0, |cell| cell[0]);
        }
        std::hint::black_box(seen);
        let mut add = |[class, weight]: Cell| scores[usize::from(class & 127)] += i32::from(weight as i8);
        for &row in &near[..near_count] {
            near_cells(row).into_iter().for_each(&mut add);
        }
        for &row in far {
            self.far_row(row).iter().copied().for_each(&mut add);
        }
    }

    /// The cells of a row that lies among the cells.
    #[inline(always)]
    fn far_row(&self, place: RowPlace) -> &[Cell] {
        let start = (place >> 8) as usize;
        self.cells.get(start..start + (place & 255) as usize).unwrap_or_default()
    }

    /// The cells of a row.
    pub(crate) fn row(&self, place: RowPlace) -> Vec<Cell> {
        match place < NEAR {
            true => self.far_row(place).to_vec(),
            false => near_cells(place).into_iter().filter(|cell| *cell != NO_CELL).collect(),
        }
    }

    /// Rounds the weights to even numbers, which compress better.
    pub(crate) fn round(&mut self) {
        let rounded = |[class, weight]: Cell| [class, to_even(i16::from(weight as i8)) as u8];
        let room = self.slots.room();
        let mut cells = Vec::with_capacity(self.cells.len());
        let places: Vec<_> = self
            .slots
            .places()
            .map(|(fingerprint, place)| match fingerprint {
                0 => (0, 0),
                _ => {
                    let row: Vec<Cell> = self.row(place).into_iter().map(rounded).collect();
                    (fingerprint, Sparse::place(&row, &mut cells))
                }
            })
            .collect();
        *self = Sparse { slots: Slots::from_places(places.into_iter(), room), cells };
    }

    /// Gives a row its place; it takes room among `cells` unless it is its own place.
    pub(crate) fn place(row: &[Cell], cells: &mut Vec<Cell>) -> RowPlace {
        near(row).unwrap_or_else(|| {
            let place = (cells.len() << 8 | row.len()) as RowPlace;
            cells.extend_from_slice(row);
            place
        })
    }

    /// Makes a table of rows, the strongest first.
    pub(crate) fn build(rows: &[(Feature, Vec<(u8, f32)>)], step: f32) -> Sparse {
        let mut slots = Slots::with_room(rows.len());
        let mut cells: Vec<Cell> = Vec::new();
        let mut quantised: Vec<Cell> = Vec::new();
        for (key, row) in rows {
            quantised.clear();
            for &(class, weight) in row {
                let mut left = (weight / step).round().clamp(-1000.0, 1000.0) as i32;
                while left != 0 && quantised.len() < 255 {
                    let part = left.clamp(-127, 127);
                    quantised.push([class, part as i8 as u8]);
                    left -= part;
                }
            }
            if !quantised.is_empty() && cells.len() < MOST_CELLS {
                let before = cells.len();
                let place = Sparse::place(&quantised, &mut cells);
                if !slots.insert(*key, place) {
                    cells.truncate(before);
                }
            }
        }
        Sparse { slots, cells }
    }
}

/// A small table that looks at few features and chooses where it is sure to choose as the whole one does.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Quick<T> {
    pub(crate) table: T,
    /// For each class, how far it must be ahead of the others; none for a class of which it is never sure.
    pub(crate) sure: Vec<i32>,
}

impl<T> Quick<T> {
    /// Whether there is such a table.
    #[inline(always)]
    pub(crate) fn is_there(&self) -> bool {
        !self.sure.is_empty()
    }

    /// Whether a class that is so far ahead is sure to be the right one.
    #[inline(always)]
    pub(crate) fn is_sure(&self, class: usize, margin: i32) -> bool {
        self.sure.get(class).is_some_and(|least| margin >= *least)
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
        let mut found = 0;
        for i in 1..500u32 {
            let mut scores = [0; 128];
            sparse.score(&[feature(1, i, 2, 3)], &mut scores);
            assert!(scores[(i % 100) as usize] == i as i32 || scores == [0; 128]);
            found += scores.iter().filter(|&&score| score != 0).count();
        }
        // A few find their buckets full.
        assert!(found > 420);
        let mut scores = [0; 128];
        sparse.score(&[feature(2, 1, 2, 3)], &mut scores);
        assert_eq!(scores, [0; 128]);
    }

    #[test]
    fn sifting_leaves_all_that_is_there_and_little_else() {
        let mut slots = Slots::<u32>::with_room(2000);
        let key = |n: u32| feature(7, n, 0, 0);
        let taken: Vec<u32> = (0..2000).filter(|&n| slots.insert(key(n), n + 1)).collect();
        let again = Slots::from_places(slots.places(), slots.room());
        assert_eq!(again, slots);
        for &n in &taken {
            assert_eq!((slots.sift(&[key(n)]).1, slots.get(key(n), 0)), (1, n + 1));
        }
        let absent: Vec<u32> = (2000..6000).map(key).filter(|&key| slots.get(key, 0) == 0).collect();
        let left = absent.iter().filter(|&&key| slots.sift(&[key]).1 == 1).count();
        assert!(left * 3 < absent.len(), "{left} of {} features that are not there", absent.len());
        let (there, count) = slots.sift(&[absent[0], key(taken[0]), absent[1], key(taken[1])]);
        assert!(there[..count].ends_with(&[key(taken[1])]) && there[..count].contains(&key(taken[0])));
    }

    #[test]
    fn dense_rows_add_up() {
        let rows =
            [(feature(1, 1, 0, 0), vec![(0, 5.0), (3, -7.0)]), (feature(1, 2, 0, 0), vec![(1, 900.0), (3, 2.0)])];
        let dense = Dense::build(&rows, 1.0);
        assert_eq!(dense.score(&[rows[0].0, rows[1].0, 77]), [5, 127, 0, -5]);
    }

    #[test]
    fn the_strongest_rows_are_kept() {
        let row = |n: u32| (feature(1, n, 0, 0), vec![(0, n as f32), (1, -(n as f32))]);
        let mut dense = Dense::build(&(1..=100).map(row).collect::<Vec<_>>(), 1.0);
        let stored = |dense: &Dense| -> Vec<u32> {
            (1..=100).filter(|&n| dense.slots.get(row(n).0, [BIAS; 4]) != [BIAS; 4]).collect()
        };
        let before = stored(&dense);
        dense.keep_strongest(40);
        assert_eq!(stored(&dense), before[before.len() - 40..]);
    }

    #[test]
    fn empty_tables_score_nothing() {
        assert_eq!(Dense::default().score(&[1, 2]), [0; 4]);
        assert_eq!(best_two(&[3, 9, 7]), (1, 2));
    }
}
