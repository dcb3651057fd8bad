//! What is known of words beforehand: the tags they take, and the class of words that occur in like company.

/// No tag is certain.
pub(crate) const UNCERTAIN: u8 = u8::MAX;

/// What the vocabulary knows of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Which tags the word takes in the treebanks, as one number; zero for an unknown word.
    pub(crate) tags: u16,
    /// Fine class by company, zero for none.
    pub(crate) class: u16,
    /// Coarse class by company, zero for none.
    pub(crate) family: u8,
    /// The tag that the word always has, or [`UNCERTAIN`].
    pub(crate) certain: u8,
}

impl Default for Entry {
    fn default() -> Entry {
        Entry { tags: 0, class: 0, family: 0, certain: UNCERTAIN }
    }
}

/// Words by the hash of their lower-case form.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Vocabulary {
    /// Hash of the word in each slot; zero is empty.
    pub(crate) keys: Vec<u32>,
    pub(crate) entries: Vec<Entry>,
}

impl Vocabulary {
    /// Builds the table; of words with one hash the first stays.
    pub(crate) fn build(words: &[(u32, Entry)]) -> Vocabulary {
        let size = (words.len() * 3 / 2 + 2).next_power_of_two();
        let mut keys = vec![0; size];
        let mut entries = vec![Entry::default(); size];
        for &(key, entry) in words {
            let mut slot = key as usize & (size - 1);
            while keys[slot] != 0 && keys[slot] != key {
                slot = (slot + 1) & (size - 1);
            }
            if keys[slot] == 0 && key != 0 {
                keys[slot] = key;
                entries[slot] = entry;
            }
        }
        Vocabulary { keys, entries }
    }

    /// Makes a vocabulary of slots read from a model.
    pub(crate) fn from_slots(keys: Vec<u32>, entries: Vec<Entry>) -> Option<Vocabulary> {
        (keys.len().is_power_of_two() && keys.contains(&0) && keys.len() == entries.len())
            .then_some(Vocabulary { keys, entries })
    }

    /// Says that a word always has a tag, whatever the treebanks have of it.
    pub(crate) fn make_certain(&mut self, key: u32, tag: u8) {
        let mask = self.keys.len().wrapping_sub(1);
        if self.keys.iter().filter(|&&known| known == 0).count() < 2 {
            return;
        }
        let mut slot = key as usize & mask;
        while self.keys[slot] != 0 && self.keys[slot] != key {
            slot = (slot + 1) & mask;
        }
        self.keys[slot] = key;
        self.entries[slot].certain = tag;
    }

    #[inline]
    pub(crate) fn look_up(&self, key: u32) -> Entry {
        let mask = self.keys.len().wrapping_sub(1);
        let mut slot = key as usize & mask;
        loop {
            match self.keys.get(slot) {
                Some(&found) if found == key => return self.entries.get(slot).copied().unwrap_or_default(),
                Some(0) | None => return Entry::default(),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }
}
