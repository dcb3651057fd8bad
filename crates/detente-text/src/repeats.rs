//! Finds passages that say again what another passage of the article says.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::passage::{Field, Kind, Passage};

/// Shorter passages ("Thank you.") may stand twice.
const FEWEST_WORDS: usize = 5;
/// Fewer words are too few to be nearly the same.
const FEWEST_NEAR: usize = 12;
/// Words in a shingle.
const SHINGLE: usize = 3;
/// Other passages that are compared with one.
const MOST_CANDIDATES: usize = 16;
/// The share of a passage's shingles that the other must hold.
const CONTAINED: f64 = 0.80;

/// Words that may come and go without a change of what is said.
const LIGHT: &[&str] =
    &["a", "an", "the", "that", "which", "also", "has", "have", "had", "of", "in", "on", "at", "and", "s"];

type Map<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// Keys are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(PRIME);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Marks exact and near repeats among the passages that are still to be coded.
pub(crate) fn mark(passages: &mut [Passage]) {
    let words: Vec<Vec<u64>> =
        passages.iter().map(|p| if p.is_body() { words(p.body()) } else { Vec::new() }).collect();
    let light: Vec<u64> = LIGHT.iter().map(|w| hash(w)).collect();
    let mut whole: Map<usize> = Map::default();
    // The first passage that holds a shingle, and where.
    let mut holder: Map<(usize, usize)> = Map::default();
    for i in 0..passages.len() {
        if words[i].len() < FEWEST_WORDS {
            continue;
        }
        let exact = *whole.entry(combine(&words[i])).or_insert(i);
        if exact != i && words[exact] == words[i] {
            passages[i].kind = Kind::Repeat { of: exact };
            continue;
        }
        let near = near(i, &words, &holder, &light).filter(|(repeat, _)| passages[*repeat].field == Field::Text);
        if let Some((repeat, of)) = near {
            // The one that says less goes; what was kept for its sake moves on.
            passages[repeat].kind = Kind::Repeat { of };
            for passage in passages.iter_mut() {
                if passage.kind == (Kind::Repeat { of: repeat }) {
                    passage.kind = Kind::Repeat { of };
                }
            }
            if repeat == i {
                continue;
            }
            for (at, shingle) in shingles(&words[i]).enumerate() {
                holder.insert(shingle, (i, at));
            }
            continue;
        }
        for (at, shingle) in shingles(&words[i]).enumerate() {
            holder.entry(shingle).or_insert((i, at));
        }
    }
}

/// What two passages have in common.
struct Shared {
    other: usize,
    /// Shingles that stand in both.
    count: usize,
    /// The first and last of them in the one and in the other.
    here: (usize, usize),
    there: (usize, usize),
}

impl Shared {
    fn add(&mut self, here: usize, there: usize) {
        self.count += 1;
        self.here.1 = here;
        self.there = (self.there.0.min(there), self.there.1.max(there));
    }
}

/// The passage that shares most with passage `i`, where one of the two holds nearly all of the other.
fn near(i: usize, words: &[Vec<u64>], holder: &Map<(usize, usize)>, light: &[u64]) -> Option<(usize, usize)> {
    if words[i].len() < FEWEST_NEAR {
        return None;
    }
    let mut shared: Vec<Shared> = Vec::new();
    for (at, shingle) in shingles(&words[i]).enumerate() {
        let Some(&(other, there)) = holder.get(&shingle) else { continue };
        match shared.iter().position(|s| s.other == other) {
            Some(k) => shared[k].add(at, there),
            None if shared.len() < MOST_CANDIDATES => {
                shared.push(Shared { other, count: 1, here: (at, at), there: (there, there) });
            }
            None => {}
        }
    }
    let Shared { other, count, here, there } = shared.into_iter().max_by_key(|s| s.count)?;
    if words[other].len() < FEWEST_NEAR {
        return None;
    }
    let shorter = words[i].len().min(words[other].len()) + 1 - SHINGLE;
    if (count as f64) < CONTAINED * shorter as f64 {
        return None;
    }
    // The window of the longer passage that stands against the whole of the shorter one.
    let (repeat, of, window) = if words[i].len() <= words[other].len() {
        (i, other, &words[other][there.0..there.1 + SHINGLE])
    } else {
        (other, i, &words[i][here.0..here.1 + SHINGLE])
    };
    same_but_for(&words[repeat], window, light).then_some((repeat, of))
}

/// Whether two lists hold the same words in the same order, light words aside.
fn same_but_for(a: &[u64], b: &[u64], light: &[u64]) -> bool {
    let heavy = |word: &&u64| !light.contains(word);
    a.iter().filter(heavy).eq(b.iter().filter(heavy))
}

/// The words of a text, without case and punctuation, as hashes.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut word = SEED;
    let mut inside = false;
    let mut push = |word: &mut u64, inside: &mut bool| {
        if *inside {
            words.push(*word);
        }
        *word = SEED;
        *inside = false;
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word = (word ^ u64::from(c.to_ascii_lowercase() as u32)).wrapping_mul(PRIME);
            inside = true;
        } else if !c.is_ascii() && c.is_alphanumeric() {
            for low in c.to_lowercase() {
                word = (word ^ u64::from(low as u32)).wrapping_mul(PRIME);
            }
            inside = true;
        } else {
            push(&mut word, &mut inside);
        }
    }
    push(&mut word, &mut inside);
    words
}

fn hash(word: &str) -> u64 {
    word.bytes().fold(SEED, |hash, b| (hash ^ u64::from(b)).wrapping_mul(PRIME))
}

fn combine(words: &[u64]) -> u64 {
    words.iter().fold(SEED, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(PRIME))
}

fn shingles(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    words.windows(SHINGLE).map(combine)
}
