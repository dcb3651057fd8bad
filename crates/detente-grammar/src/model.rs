//! The model file: little-endian tables in the order in which they are used, so that reading is copying.

use smol_str::SmolStr;

use crate::boundary::Boundaries;
use crate::error::{Error, Kind};
use crate::lemma::{Edit, Lemmas};
use crate::parser::Arcs;
use crate::tagger::{Tag, Tagger};
use crate::tree::{Upos, Xpos};
use crate::vocabulary::{Entry, Vocabulary};
use crate::weights::{Dense, Slots, Sparse};

const MAGIC: &[u8; 8] = b"detente\x1a";

/// Number of the format that this version writes and reads.
const FORMAT: u32 = 1;

/// All that a grammar has learned.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model {
    pub(crate) tags: Vec<(Upos, Xpos)>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) tagger: Tagger,
    pub(crate) arcs: Arcs,
    pub(crate) lemmas: Lemmas,
    pub(crate) boundaries: Boundaries,
}

impl Model {
    /// The parts of speech of a tag.
    pub(crate) fn tag(&self, tag: Tag) -> (Upos, Xpos) {
        self.tags.get(usize::from(tag)).copied().unwrap_or((Upos::X, Xpos::Unknown))
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer(Vec::new());
        out.0.extend_from_slice(MAGIC);
        out.number(FORMAT);
        out.number(self.tags.len() as u32);
        for &(upos, xpos) in &self.tags {
            out.0.extend([upos as u8, xpos as u8]);
        }
        out.vocabulary(&self.vocabulary);
        out.number(self.tagger.close as u32);
        out.sparse(&self.tagger.weights);
        out.dense(&self.arcs.steps);
        out.sparse(&self.arcs.labels);
        out.lemmas(&self.lemmas);
        out.sparse(&self.boundaries.weights);
        out.0
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Model, Error> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Kind::NotAModel)?;
        let mut input = Reader { rest, length: bytes.len() };
        let found = input.number()?;
        if found != FORMAT {
            return Err(Kind::ModelFormat { found, expected: FORMAT }.into());
        }
        let count = input.number()? as usize;
        let pairs = input.take(count.checked_mul(2).ok_or(Kind::NotAModel)?)?;
        let tags: Option<Vec<(Upos, Xpos)>> = pairs
            .chunks_exact(2)
            .map(|pair| Some((*Upos::ALL.get(usize::from(pair[0]))?, *Xpos::ALL.get(usize::from(pair[1]))?)))
            .collect();
        let tags = tags.ok_or_else(|| input.damaged())?;
        let vocabulary = input.vocabulary()?;
        let close = input.number()? as i32;
        let tagger = Tagger { weights: input.sparse()?, classes: tags.len().clamp(1, 126), close };
        let arcs = Arcs { steps: input.dense()?, labels: input.sparse()? };
        let lemmas = input.lemmas()?;
        let boundaries = Boundaries { weights: input.sparse()? };
        Ok(Model { tags, vocabulary, tagger, arcs, lemmas, boundaries })
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn shorts(&mut self, shorts: impl Iterator<Item = u16>) {
        shorts.for_each(|short| self.0.extend(short.to_le_bytes()));
    }

    fn slots(&mut self, slots: &Slots) {
        self.number(slots.fingerprints().len() as u32);
        self.shorts(slots.fingerprints().iter().copied());
    }

    /// The cells of each taken slot, in the order of the slots, so that the starts of the rows need not be written.
    fn sparse(&mut self, table: &Sparse) {
        self.slots(&table.slots);
        let rows: Vec<&[[u8; 2]]> = (0..table.rows.len()).filter_map(|slot| table.row(slot)).collect();
        self.number(rows.iter().map(|row| row.len() as u32).sum());
        rows.iter().for_each(|row| self.0.extend_from_slice(row.as_flattened()));
    }

    fn dense(&mut self, table: &Dense) {
        self.slots(&table.slots);
        let taken = table.slots.fingerprints().iter().zip(&table.weights).filter(|(fingerprint, _)| **fingerprint != 0);
        for (_, row) in taken {
            self.0.extend(row.map(|weight| weight as u8));
        }
    }

    fn vocabulary(&mut self, vocabulary: &Vocabulary) {
        self.number(vocabulary.keys.len() as u32);
        vocabulary.keys.iter().for_each(|key| self.number(*key));
        let taken: Vec<&Entry> =
            vocabulary.keys.iter().zip(&vocabulary.entries).filter(|(key, _)| **key != 0).map(|(_, entry)| entry).collect();
        self.shorts(taken.iter().map(|entry| entry.tags));
        self.shorts(taken.iter().map(|entry| entry.class));
        self.0.extend(taken.iter().map(|entry| entry.family));
        self.0.extend(taken.iter().map(|entry| entry.certain));
    }

    fn lemmas(&mut self, lemmas: &Lemmas) {
        self.number(lemmas.edits.len() as u32);
        for edit in &lemmas.edits {
            self.0.extend([edit.cut, u8::from(edit.keep_case), edit.put.len().min(255) as u8]);
            self.0.extend_from_slice(&edit.put.as_bytes()[..edit.put.len().min(255)]);
        }
        self.slots(&lemmas.slots);
        let taken = lemmas.slots.fingerprints().iter().zip(&lemmas.rules).filter(|(fingerprint, _)| **fingerprint != 0);
        self.shorts(taken.map(|(_, rule)| *rule));
    }
}

struct Reader<'b> {
    rest: &'b [u8],
    length: usize,
}

impl<'b> Reader<'b> {
    fn damaged(&self) -> Error {
        Kind::ModelDamaged { byte: self.length - self.rest.len() }.into()
    }

    fn take(&mut self, count: usize) -> Result<&'b [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, Error> {
        let bytes = self.take(4)?;
        Ok(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
    }

    fn shorts(&mut self, count: usize) -> Result<Vec<u16>, Error> {
        let bytes = self.take(count.checked_mul(2).ok_or(Kind::NotAModel)?)?;
        Ok(bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect())
    }

    fn slots(&mut self) -> Result<(Slots, usize), Error> {
        let count = self.number()? as usize;
        if count == 0 {
            return Ok((Slots::default(), 0));
        }
        let fingerprints = self.shorts(count)?;
        let taken = fingerprints.iter().filter(|fingerprint| **fingerprint != 0).count();
        let slots = Slots::from_fingerprints(fingerprints).ok_or_else(|| self.damaged())?;
        Ok((slots, taken))
    }

    fn sparse(&mut self) -> Result<Sparse, Error> {
        let (slots, taken) = self.slots()?;
        let count = self.number()? as usize;
        let bytes = self.take(count.checked_mul(2).ok_or(Kind::NotAModel)?)?;
        let cells: Vec<[u8; 2]> = bytes.as_chunks::<2>().0.to_vec();
        Sparse::from_cells(slots, taken, cells).ok_or_else(|| self.damaged())
    }

    fn dense(&mut self) -> Result<Dense, Error> {
        let (slots, taken) = self.slots()?;
        let bytes = self.take(taken.checked_mul(4).ok_or(Kind::NotAModel)?)?;
        let mut rows = bytes.as_chunks::<4>().0.iter();
        let mut weights = vec![[0; 4]; slots.fingerprints().len()];
        for (fingerprint, weights) in slots.fingerprints().iter().zip(&mut weights) {
            if *fingerprint != 0
                && let Some(row) = rows.next()
            {
                *weights = row.map(|weight| weight as i8);
            }
        }
        Ok(Dense { slots, weights })
    }

    fn vocabulary(&mut self) -> Result<Vocabulary, Error> {
        let count = self.number()? as usize;
        if count == 0 {
            return Ok(Vocabulary::default());
        }
        let bytes = self.take(count.checked_mul(4).ok_or(Kind::NotAModel)?)?;
        let keys: Vec<u32> = bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
        let taken = keys.iter().filter(|key| **key != 0).count();
        let (tags, classes) = (self.shorts(taken)?, self.shorts(taken)?);
        let (families, certain) = (self.take(taken)?, self.take(taken)?);
        let mut entries = vec![Entry::default(); count];
        let slots = keys.iter().zip(&mut entries).filter(|(key, _)| **key != 0);
        for (at, (_, entry)) in slots.enumerate() {
            *entry = Entry { tags: tags[at], class: classes[at], family: families[at], certain: certain[at] };
        }
        Vocabulary::from_slots(keys, entries).ok_or_else(|| self.damaged())
    }

    fn lemmas(&mut self) -> Result<Lemmas, Error> {
        let count = self.number()? as usize;
        let mut edits = Vec::new();
        for _ in 0..count {
            let &[cut, keep_case, length] = self.take(3)? else { return Err(self.damaged()) };
            let put = std::str::from_utf8(self.take(usize::from(length))?).map_err(|_| self.damaged())?;
            edits.push(Edit { cut, put: SmolStr::new(put), keep_case: keep_case != 0 });
        }
        let (slots, taken) = self.slots()?;
        let mut numbers = self.shorts(taken)?.into_iter();
        let mut rules = vec![0; slots.fingerprints().len()];
        for (fingerprint, rule) in slots.fingerprints().iter().zip(&mut rules) {
            if *fingerprint != 0 {
                *rule = numbers.next().unwrap_or_default();
            }
        }
        Ok(Lemmas { slots, rules, edits })
    }
}
