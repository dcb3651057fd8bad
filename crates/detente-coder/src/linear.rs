//! Linear models over hashed features, trained by stochastic gradients and kept in bytes.

/// Number of hashed features: so many that few of the half million that a model may have share a place.
const FEATURES: usize = 1 << 19;
/// How often a model is trained anew.
const ROUNDS: usize = 5;

/// So many features are looked up together; the sum of as many weights fits in sixteen bits.
const AT_ONCE: usize = 128;

/// A softmax regression with `N` classes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear<const N: usize> {
    /// One bit for each feature that some class weighs.
    weighed: Vec<u64>,
    /// How many features are weighed before those of each word of bits.
    before: Vec<u32>,
    /// The weights of each weighed feature for each class, in steps of `scale`.
    rows: Vec<[i8; N]>,
    scale: f32,
}

/// What a model learns from: hashed features, the right class, and how much it counts.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Hashed features.
    pub features: Vec<u32>,
    /// Number of the right class.
    pub class: usize,
    /// How much the lesson counts; 1 is usual.
    pub importance: f32,
}

/// Gathers hashed features.
#[derive(Debug, Default)]
pub struct Features(pub Vec<u32>);

impl Features {
    /// Adds a feature made of a kind and two numbers.
    pub fn add(&mut self, kind: u8, a: u64, b: u64) {
        let hash = (a ^ b.rotate_left(31) ^ u64::from(kind) << 53).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        self.0.push((hash >> 40) as u32 % FEATURES as u32);
    }

    /// Adds a feature made of a kind and two words; case makes no difference.
    pub fn put(&mut self, kind: u8, a: &str, b: &str) {
        self.add(kind, word(a), word(b));
    }
}

/// A word as a number for [`Features::add`]; case makes no difference.
pub fn word(text: &str) -> u64 {
    /// Small letters of ASCII are capitals with this bit.
    const SMALL: u64 = 0x2020_2020_2020_2020;
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    eights.iter().chain([&last]).fold(text.len() as u64, |hash, &eight| {
        let hash = (hash.rotate_left(23) ^ (u64::from_le_bytes(eight) | SMALL)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ (hash >> 32)
    })
}

impl<const N: usize> Linear<N> {
    /// Tells whether there is no model.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The probabilities of the classes; all alike where there is no model.
    pub fn probabilities(&self, features: &[u32]) -> [f32; N] {
        if self.is_empty() {
            return [1.0 / N as f32; N];
        }
        let mut scores = [0i32; N];
        for some in features.chunks(AT_ONCE) {
            // Where the rows lie first, and then what they hold: most lie outside the cache, and are so fetched together.
            let (mut places, mut count) = ([0; AT_ONCE], 0);
            for &feature in some {
                let (place, is_weighed) = self.place(feature);
                places[count] = place;
                count += usize::from(is_weighed);
            }
            let mut sums = [0i16; N];
            for row in places[..count].iter().map(|&place| &self.rows[place]) {
                sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += i16::from(weight));
            }
            scores.iter_mut().zip(sums).for_each(|(score, sum)| *score += i32::from(sum));
        }
        let norm = self.scale / (features.len().max(1) as f32).sqrt();
        softmax(scores.map(|s| s as f32 * norm))
    }

    /// Trains by stochastic gradients with step sizes of their own for each weight (AdaGrad; Duchi and others 2011). The weights are
    /// averaged over the later half of the epochs, and over several orders of the lessons, which steadies them.
    pub fn fit(lessons: Vec<Lesson>, epochs: usize) -> Linear<N> {
        Linear::fit_weakly(lessons, epochs, ROUNDS, 2e-5)
    }

    /// Trains as [`Linear::fit`] does, and keeps weights small: with each lesson that they serve in, they lose a share. In each round the
    /// model is trained anew with the lessons in another order: one more lesson shuffles all that follow, and the mean of several orders
    /// moves less by it.
    pub fn fit_weakly(mut lessons: Vec<Lesson>, epochs: usize, rounds: usize, decay: f32) -> Linear<N> {
        const RATE: f32 = 0.5;
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut sum = vec![0f32; FEATURES * N];
        let late = epochs / 2;
        let (mut weights, mut squares) = (Vec::new(), Vec::new());
        for epoch in (0..rounds).flat_map(|_| 0..epochs) {
            if epoch == 0 {
                weights = vec![0f32; FEATURES * N];
                squares = vec![1e-2f32; FEATURES * N];
            }
            // Fisher and Yates' shuffle, the same in every run.
            for at in (1..lessons.len()).rev() {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                lessons.swap(at, (state % (at as u64 + 1)) as usize);
            }
            for Lesson { features, class, importance } in &lessons {
                let norm = 1.0 / (features.len().max(1) as f32).sqrt();
                let mut scores = [0f32; N];
                for &feature in features {
                    for (score, weight) in scores.iter_mut().zip(&weights[feature as usize * N..][..N]) {
                        *score += weight;
                    }
                }
                let mut gradient = softmax(scores.map(|s| s * norm));
                gradient[*class] -= 1.0;
                for &feature in features {
                    let row = feature as usize * N;
                    for class in 0..N {
                        let step = gradient[class] * importance * norm + decay * weights[row + class];
                        squares[row + class] += step * step;
                        weights[row + class] -= RATE * step / squares[row + class].sqrt();
                    }
                }
            }
            if epoch >= late {
                sum.iter_mut().zip(&weights).for_each(|(s, w)| *s += w);
            }
        }
        let weights: Vec<f32> = sum.iter().map(|w| w / (rounds * (epochs - late)) as f32).collect();
        let most = weights.iter().copied().fold(1e-6f32, |m, w| m.max(w.abs()));
        let scale = most.min(6.0) / 127.0;
        let row = |row: &[f32]| std::array::from_fn(|at| (row[at] / scale).round().clamp(-127.0, 127.0) as i8);
        Linear::of(weights.chunks_exact(N).map(row).enumerate(), scale)
    }

    /// Writes the model for [`Linear::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.scale.to_le_bytes().to_vec();
        let features = (0..FEATURES as u32).filter_map(|feature| Some((feature, self.row(feature)?)));
        for (feature, row) in features {
            bytes.extend_from_slice(&feature.to_le_bytes());
            bytes.extend(row.iter().map(|&w| w as u8));
        }
        bytes
    }

    /// Reads what [`Linear::to_bytes`] wrote; too few bytes are no model.
    pub fn from_bytes(bytes: &[u8]) -> Linear<N> {
        let Some((scale, rows)) = bytes.split_first_chunk::<4>() else { return Linear::default() };
        let rows = rows.chunks_exact(4 + N).map(|row| {
            let feature = u32::from_le_bytes([row[0], row[1], row[2], row[3]]) as usize;
            (feature, std::array::from_fn(|class| row[4 + class] as i8))
        });
        Linear::of(rows, f32::from_le_bytes(*scale))
    }

    /// A model of rows in the order of their features; others are passed over, as are those that weigh one step or less.
    fn of(rows: impl Iterator<Item = (usize, [i8; N])>, scale: f32) -> Linear<N> {
        let mut model = Linear { weighed: vec![0; FEATURES / 64], before: Vec::new(), rows: Vec::new(), scale };
        let mut next = 0;
        for (feature, row) in rows.filter(|(_, row)| row.iter().any(|&weight| weight.unsigned_abs() > 1)) {
            if (next..FEATURES).contains(&feature) {
                model.weighed[feature / 64] |= 1 << (feature % 64);
                model.rows.push(row);
                next = feature + 1;
            }
        }
        let mut before = 0;
        for bits in &model.weighed {
            model.before.push(before);
            before += bits.count_ones();
        }
        model
    }

    /// The weights of a feature, if some class weighs it.
    fn row(&self, feature: u32) -> Option<&[i8; N]> {
        let (place, is_weighed) = self.place(feature);
        is_weighed.then(|| &self.rows[place])
    }

    /// Where the row of a feature lies, or would, and whether some class weighs it.
    fn place(&self, feature: u32) -> (usize, bool) {
        let (word, bit) = (feature as usize / 64, feature % 64);
        let bits = self.weighed[word];
        let below = (bits & ((1 << bit) - 1)).count_ones();
        ((self.before[word] + below) as usize, bits >> bit & 1 == 1)
    }
}

fn softmax<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|s| (s - most).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|p| p / sum)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lessons() -> Vec<Lesson> {
        let lesson = |word: &str, class| {
            let mut features = Features::default();
            features.put(0, "bias", "");
            features.put(1, word, "");
            Lesson { features: features.0, class, importance: 1.0 }
        };
        (0..40).map(|n| if n % 2 == 0 { lesson("attack", 0) } else { lesson("praise", 1) }).collect()
    }

    #[test]
    fn what_was_taught_is_known() {
        let model = Linear::<2>::fit(lessons(), 10);
        for Lesson { features, class, .. } in lessons() {
            assert!(model.probabilities(&features)[class] > 0.9);
        }
    }

    #[test]
    fn a_feature_that_stands_a_thousand_times_weighs_more_than_once() {
        let model = Linear::<2>::fit(lessons(), 10);
        for Lesson { features, class, .. } in lessons() {
            assert!(model.probabilities(&features.repeat(1000))[class] > model.probabilities(&features)[class]);
        }
    }

    #[test]
    fn a_model_comes_back_as_it_was_written_and_learns_the_same_again() {
        let model = Linear::<2>::fit(lessons(), 10);
        assert_eq!(Linear::from_bytes(&model.to_bytes()), model);
        assert_eq!(Linear::<2>::fit(lessons(), 10), model);
    }

    #[test]
    fn without_a_model_all_classes_are_alike() {
        let model = Linear::<4>::from_bytes(&[]);
        assert!(model.is_empty());
        assert_eq!(model.probabilities(&[1, 2]), [0.25; 4]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            Linear::<17>::from_bytes(&bytes).probabilities(&[3, FEATURES as u32 - 1]);
        }
    }
}
