//! Names: which words, in which order, may mean what.

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::actor::Form;

/// Number of a word of some name; [`UNKNOWN`] for all other words.
pub type WordId = u32;

/// The number of words that stand in no name.
pub const UNKNOWN: WordId = 0;

/// What a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An actor, by its number.
    Actor(u32, Form),
    /// A holder of an office by full name (`true`) or surname: numbers of office and holder.
    Holder(u32, u16, bool),
    /// A place, by its number.
    Place(u32),
    /// A disputed territory, by its number, and one of its parts.
    Territory(u32, Option<u16>),
    /// A role, by its number.
    Role(u32),
}

/// A hasher for small integers and short words (Fowler, Noll and Vo's FNV-1a, folded by a multiplication).
#[derive(Clone, Copy, Default)]
pub struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0.rotate_left(23) ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A map with [`Fnv`].
pub type FnvMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// A tree of names, a word a branch.
#[derive(Clone, Debug, Default)]
pub struct Names {
    words: FnvMap<Box<str>, WordId>,
    branches: FnvMap<(u32, WordId), u32>,
    meanings: Vec<Vec<Meaning>>,
}

/// Splits a name into the words that [`Names`] compares: at spaces and hyphens, before 's, without stops.
pub fn words(name: &str) -> impl Iterator<Item = Cow<'_, str>> {
    name.split([' ', '-', '–', '\u{a0}', '/'])
        .flat_map(|word| {
            let cut =
                ["'s", "’s", "s'", "s’"].iter().find_map(|clitic| word.strip_suffix(clitic).map(|w| (w, *clitic)));
            match cut {
                Some((stem, clitic)) if clitic.starts_with(['\'', '’']) => [Some(stem), Some("'s")],
                Some((stem, _)) => [Some(&word[..stem.len() + 1]), Some("'")],
                None => [Some(word), None],
            }
        })
        .flatten()
        .filter(|word| !word.is_empty())
        .map(normal)
        .filter(|word| !word.is_empty())
}

/// The word without stops, and in ASCII.
pub fn normal(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.contains('.') { Cow::Owned(word.replace('.', "")) } else { Cow::Borrowed(word) }
    } else {
        Cow::Owned(any_ascii::any_ascii(word).replace('.', ""))
    }
}

impl Names {
    pub(crate) fn new() -> Names {
        Names { meanings: vec![Vec::new()], ..Names::default() }
    }

    /// The number of a word as [`words`] gives it.
    pub fn word(&self, word: &str) -> WordId {
        self.words.get(word).copied().unwrap_or(UNKNOWN)
    }

    pub(crate) fn add(&mut self, name: &str, meaning: Meaning) {
        let mut node = 0;
        for word in words(name) {
            let next = self.words.len() as u32 + 1;
            let id = match self.words.get(word.as_ref()) {
                Some(&id) => id,
                None => {
                    self.words.insert(word.into(), next);
                    next
                }
            };
            let fresh = self.meanings.len() as u32;
            node = *self.branches.entry((node, id)).or_insert(fresh);
            if node == fresh {
                self.meanings.push(Vec::new());
            }
        }
        if node != 0 && !self.meanings[node as usize].contains(&meaning) {
            self.meanings[node as usize].push(meaning);
        }
    }

    /// The longest name that begins the words: how many words it takes, and its meanings.
    pub fn longest(&self, words: impl IntoIterator<Item = WordId>) -> Option<(usize, &[Meaning])> {
        let mut node = 0;
        let mut found = None;
        for (count, word) in words.into_iter().enumerate() {
            if word == UNKNOWN {
                break;
            }
            match self.branches.get(&(node, word)) {
                Some(&next) => node = next,
                None => break,
            }
            let meanings = &self.meanings[node as usize];
            if !meanings.is_empty() {
                found = Some((count + 1, meanings.as_slice()));
            }
        }
        found
    }

    /// The meanings of exactly this name.
    pub fn get(&self, name: &str) -> &[Meaning] {
        let mut node = 0;
        for word in words(name) {
            match self.branches.get(&(node, self.word(&word))) {
                Some(&next) => node = next,
                None => return &[],
            }
        }
        &self.meanings[node as usize]
    }
}
