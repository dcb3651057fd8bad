//! Names: which words, in which order, may mean what.

use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use smol_str::SmolStr;

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

/// A hasher for small integers and short words: that of Fowler, Noll and Vo, eight bytes at a time.
#[derive(Clone, Copy, Default)]
pub struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.word(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.word(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
    }
    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.word(u64::from(value));
    }
    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.word(u64::from(value));
    }
}

impl Fnv {
    #[inline]
    fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 29;
    }
}

/// A map with [`Fnv`].
pub type FnvMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// A tree of names, a word a branch.
#[derive(Clone, Debug, Default)]
pub struct Names {
    words: FnvMap<SmolStr, WordId>,
    branches: FnvMap<(u32, WordId), u32>,
    /// The end of each branch's meanings in the list of all; they begin where those of the branch before end.
    ends: Vec<u32>,
    meanings: Vec<Meaning>,
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

/// Tells whether a word is one of a name as it stands: letters and digits of ASCII alone.
pub fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Names {
    /// The number of a word as [`words`] gives it.
    pub fn word(&self, word: &str) -> WordId {
        self.words.get(word).copied().unwrap_or(UNKNOWN)
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
            let meanings = self.meanings(node);
            if !meanings.is_empty() {
                found = Some((count + 1, meanings));
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
        self.meanings(node)
    }

    fn meanings(&self, node: u32) -> &[Meaning] {
        let node = node as usize;
        let start = node.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.ends.get(node).map_or(&[], |&end| &self.meanings[start as usize..end as usize])
    }
}

/// Gathers names for [`Names`].
#[derive(Debug)]
pub(crate) struct Gathered {
    words: FnvMap<SmolStr, WordId>,
    branches: FnvMap<(u32, WordId), u32>,
    /// The first and the last meaning of each branch, by their places plus one.
    ends: Vec<(u32, u32)>,
    /// Meanings, each with the place plus one of the branch's next.
    meanings: Vec<(Meaning, u32)>,
}

impl Gathered {
    /// Makes room for about so many names.
    pub(crate) fn with_room(names: usize) -> Gathered {
        Gathered {
            words: FnvMap::with_capacity_and_hasher(names, BuildHasherDefault::default()),
            branches: FnvMap::with_capacity_and_hasher(names, BuildHasherDefault::default()),
            ends: vec![(0, 0)],
            meanings: Vec::with_capacity(names),
        }
    }

    fn step(&mut self, node: u32, word: &str) -> u32 {
        let next = self.words.len() as u32 + 1;
        let id = match self.words.get(word) {
            Some(&id) => id,
            None => {
                self.words.insert(word.into(), next);
                next
            }
        };
        let fresh = self.ends.len() as u32;
        let node = *self.branches.entry((node, id)).or_insert(fresh);
        if node == fresh {
            self.ends.push((0, 0));
        }
        node
    }

    /// Gives a name a meaning.
    pub(crate) fn add(&mut self, name: &str, meaning: Meaning) {
        let mut node = 0;
        if is_plain(name) {
            node = self.step(node, name);
        } else {
            for word in words(name) {
                node = self.step(node, &word);
            }
        }
        if node == 0 {
            return;
        }
        let (first, last) = self.ends[node as usize];
        let mut at = first;
        while let Some(place) = (at as usize).checked_sub(1) {
            if self.meanings[place].0 == meaning {
                return;
            }
            at = self.meanings[place].1;
        }
        self.meanings.push((meaning, 0));
        let place = self.meanings.len() as u32;
        self.ends[node as usize] = (if first == 0 { place } else { first }, place);
        if let Some(before) = (last as usize).checked_sub(1) {
            self.meanings[before].1 = place;
        }
    }

    /// The names, to be looked up.
    pub(crate) fn finish(self) -> Names {
        let mut names = Names {
            words: self.words,
            branches: self.branches,
            ends: Vec::with_capacity(self.ends.len()),
            meanings: Vec::with_capacity(self.meanings.len()),
        };
        for (first, _) in self.ends {
            let mut at = first;
            while let Some(place) = (at as usize).checked_sub(1) {
                names.meanings.push(self.meanings[place].0);
                at = self.meanings[place].1;
            }
            names.ends.push(names.meanings.len() as u32);
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_meanings_in_the_order_they_came() {
        let mut gathered = Gathered::with_room(4);
        for (name, number) in [("Ruritania", 1), ("St. Zenda", 2), ("Ruritania", 3), ("Ruritania", 1), ("Zenda", 4)] {
            gathered.add(name, Meaning::Place(number));
        }
        let names = gathered.finish();
        assert_eq!(names.get("Ruritania"), [Meaning::Place(1), Meaning::Place(3)]);
        assert_eq!(names.get("St Zenda"), [Meaning::Place(2)]);
        assert_eq!(names.get("Zenda"), [Meaning::Place(4)]);
        assert!(names.get("St").is_empty() && names.get("Freedonia").is_empty());
        let ids = ["St", "Zenda", "Zenda"].map(|word| names.word(word));
        assert_eq!(names.longest(ids), Some((2, &[Meaning::Place(2)][..])));
        assert!(Names::default().get("Zenda").is_empty() && Names::default().longest([1]).is_none());
    }
}
