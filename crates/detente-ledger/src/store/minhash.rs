//! Tells near-duplicate texts by MinHash (Broder 1997) and bands (Indyk and Motwani 1998).

use detente_text::Article;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Bands: two texts with one in common are compared.
pub const BANDS: usize = 24;

/// Hashes in a band. With 24 bands of 4, texts that share half of their shingles meet with a likelihood of 0.79,
/// 0.6 of them 0.96, 0.7 of them 0.998.
const ROWS: usize = 4;

/// Hashes in a signature.
const HASHES: usize = BANDS * ROWS;

/// Words in a shingle.
const SHINGLE: usize = 3;

/// Texts of fewer words are compared as wholes only.
const FEWEST_WORDS: usize = 20;

/// The share of shingles from which two texts say nearly the same.
pub const NEAR: f64 = 0.5;

/// The words of an article, in short: what has the same hash says the same, what has a band in common may say nearly the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// A hash of all words.
    pub hash: u64,
    /// What stands for its shingles; nothing where the words are too few.
    pub signature: Option<Signature>,
}

impl Wording {
    /// Reads the body of an article, whatever its capitals and signs.
    ///
    /// ```
    /// use detente_ledger::store::Wording;
    /// use detente_text::{Format, read_article};
    /// let of = |text: &str| read_article(text.as_bytes(), Format::Text, "a").map(|article| Wording::of(&article));
    /// assert_eq!(of("Norway sued Finland.")?, of("Norway sued - Finland!")?);
    /// # Ok::<(), detente_text::Error>(())
    /// ```
    pub fn of(article: &Article) -> Wording {
        let text = article.body().map(|(_, passage)| passage.body()).collect::<Vec<_>>().join(" ").to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        Wording { hash: xxh3_64(words.join(" ").as_bytes()), signature: Signature::of(&words) }
    }
}

/// What stands for the shingles of a text: of each of many orders the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature([u32; HASHES]);

impl Signature {
    /// Reads the words of a text, given in lower case; nothing where they are too few.
    pub fn of(words: &[&str]) -> Option<Signature> {
        if words.len() < FEWEST_WORDS {
            return None;
        }
        let mut least = [u32::MAX; HASHES];
        let mut shingle = String::new();
        for window in words.windows(SHINGLE) {
            shingle.clear();
            for word in window {
                shingle.push_str(word);
                shingle.push(' ');
            }
            let hash = xxh3_64(shingle.as_bytes());
            for (number, least) in least.iter_mut().enumerate() {
                *least = (*least).min(order(hash, number as u64));
            }
        }
        Some(Signature(least))
    }

    /// The hashes of its bands.
    pub fn bands(&self) -> impl Iterator<Item = i64> {
        self.0.chunks_exact(ROWS).enumerate().map(|(band, rows)| {
            let mut bytes = [0u8; ROWS * 4];
            for (bytes, row) in bytes.chunks_exact_mut(4).zip(rows) {
                bytes.copy_from_slice(&row.to_le_bytes());
            }
            xxh3_64_with_seed(&bytes, band as u64).cast_signed()
        })
    }

    /// The share of shingles that two texts are likely to have in common.
    pub fn likeness(&self, other: &Signature) -> f64 {
        let same = self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count();
        same as f64 / HASHES as f64
    }

    /// The share of shingles that it is likely to have in common with the signature of these bytes.
    pub(super) fn likeness_to_bytes(&self, bytes: &[u8]) -> Option<f64> {
        let (others, []) = bytes.as_chunks::<4>() else { return None };
        let is_same = |(one, other): &(&u32, &[u8; 4])| **one == u32::from_le_bytes(**other);
        let same = self.0.iter().zip(others).filter(is_same).count();
        (others.len() == HASHES).then_some(same as f64 / HASHES as f64)
    }

    /// Reads its bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Signature> {
        let (hashes, []) = bytes.as_chunks::<4>() else { return None };
        let hashes: Vec<u32> = hashes.iter().map(|hash| u32::from_le_bytes(*hash)).collect();
        hashes.try_into().ok().map(Signature)
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }
}

/// Where a hash stands in one of the orders.
fn order(hash: u64, number: u64) -> u32 {
    // An odd factor and a summand for each order, from the golden ratio.
    let factor = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mixed = (hash ^ factor).wrapping_mul(factor.rotate_left(23) | 1);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9).wrapping_shr(32) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(numbers: std::ops::Range<usize>) -> Vec<String> {
        numbers.map(|number| format!("w{number}")).collect()
    }

    fn signature(words: &[String]) -> Signature {
        Signature::of(&words.iter().map(String::as_str).collect::<Vec<_>>()).expect("enough words")
    }

    #[test]
    fn likeness_is_near_the_share_of_shingles() {
        for shared in [0usize, 100, 250, 400, 500] {
            let one = signature(&words(0..500));
            let other = signature(&words(500 - shared..1000 - shared));
            // Of each 498 shingles, those within the shared words are common.
            let common = shared.saturating_sub(2) as f64;
            let expected = common / (996.0 - common);
            let likeness = one.likeness(&other);
            assert!((likeness - expected).abs() < 0.16, "{shared}: {likeness} for {expected}");
        }
    }

    #[test]
    fn what_is_alike_meets_in_a_band() {
        let one = signature(&words(0..500));
        let near = signature(&words(60..560));
        let far = signature(&words(1000..1500));
        let meets = |other: &Signature| one.bands().zip(other.bands()).any(|(a, b)| a == b);
        assert!(meets(&near) && !meets(&far));
    }

    #[test]
    fn few_words_have_no_signature() {
        assert_eq!(Signature::of(&["too", "few"]), None);
    }

    proptest! {
        #[test]
        fn bytes_are_as_like(
            text in prop::collection::vec("[a-c]{1,2}", FEWEST_WORDS..80),
            other in prop::collection::vec("[a-c]{1,2}", FEWEST_WORDS..80),
        ) {
            let of_text = signature(&text);
            let of_other = signature(&other);
            prop_assert_eq!(of_text.likeness_to_bytes(&of_other.to_bytes()), Some(of_text.likeness(&of_other)));
            prop_assert_eq!(of_text.likeness_to_bytes(&of_other.to_bytes()[4..]), None);
            prop_assert_eq!(Signature::from_bytes(&of_other.to_bytes()), Some(of_other));
        }
    }
}
