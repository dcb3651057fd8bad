//! The model file: little-endian tables, so that reading is little more than copying. Like stands by like (all classes of cells, then all
//! weights), so that the file compresses well.

use smol_str::SmolStr;

use crate::boundary::Boundaries;
use crate::error::{Error, Kind};
use crate::lemma::{Edit, Lemmas};
use crate::parser::{Arcs, Marks};
use crate::tagger::{Tag, Tagger};
use crate::tree::{Upos, Xpos};
use crate::vocabulary::{Entry, Vocabulary};
use crate::weights::{Cell, Dense, MOST_CELLS, Quick, Slots, Sparse};

const MAGIC: &[u8; 8] = b"detente\x1a";

/// Number of the format that this version writes and reads.
const FORMAT: u32 = 5;

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

    /// The number of a pair of tags.
    pub(crate) fn number_of(&self, upos: Upos, xpos: Xpos) -> Option<Tag> {
        self.tags.iter().position(|&tags| tags == (upos, xpos)).map(|number| number as Tag)
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
        out.sparse(&self.arcs.marks.weights);
        out.lemmas(&self.lemmas);
        out.sparse(&self.boundaries.weights);
        out.sparse(&self.tagger.quick.table);
        out.margins(&self.tagger.quick.sure);
        out.dense(&self.arcs.quick_steps.table);
        out.margins(&self.arcs.quick_steps.sure);
        out.sparse(&self.arcs.quick_labels.table);
        out.margins(&self.arcs.quick_labels.sure);
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
        let classes = tags.len().clamp(1, 126);
        let mut tagger = Tagger { weights: input.sparse()?, classes, close, ..Tagger::default() };
        let mut arcs = Arcs { steps: input.dense()?, labels: input.sparse()?, ..Arcs::default() };
        arcs.marks = Marks { weights: input.sparse()? };
        let lemmas = input.lemmas()?;
        let boundaries = Boundaries { weights: input.sparse()? };
        tagger.quick = Quick { table: input.sparse()?, sure: input.margins()? };
        arcs.quick_steps = Quick { table: input.dense()?, sure: input.margins()? };
        arcs.quick_labels = Quick { table: input.sparse()?, sure: input.margins()? };
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

    /// The fingerprints; the values of those that are not empty are for the caller to write.
    fn slots<V: Copy + Default>(&mut self, slots: &Slots<V>) {
        self.number(slots.room() as u32);
        self.shorts(slots.places().map(|(fingerprint, _)| fingerprint));
    }

    /// The lengths of the rows and their cells, in the order of the places.
    fn sparse(&mut self, table: &Sparse) {
        self.slots(&table.slots);
        let rows: Vec<Vec<Cell>> = taken(&table.slots).map(|place| table.row(place)).collect();
        self.0.extend(rows.iter().map(|row| row.len() as u8));
        for half in 0..2 {
            self.0.extend(rows.iter().flatten().map(|cell| cell[half]));
        }
    }

    fn margins(&mut self, margins: &[i32]) {
        self.number(margins.len() as u32);
        margins.iter().for_each(|&margin| self.number(margin as u32));
    }

    fn dense(&mut self, table: &Dense) {
        self.slots(&table.slots);
        for class in 0..4 {
            self.0.extend(taken(&table.slots).map(|row| row[class]));
        }
    }

    fn vocabulary(&mut self, vocabulary: &Vocabulary) {
        self.number(vocabulary.keys.len() as u32);
        vocabulary.keys.iter().for_each(|key| self.number(*key));
        let taken: Vec<&Entry> = vocabulary
            .keys
            .iter()
            .zip(&vocabulary.entries)
            .filter(|(key, _)| **key != 0)
            .map(|(_, entry)| entry)
            .collect();
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
        self.shorts(taken(&lemmas.slots));
    }
}

/// The values of the places that are not empty.
fn taken<V: Copy + Default>(slots: &Slots<V>) -> impl Iterator<Item = V> + '_ {
    slots.places().filter(|(fingerprint, _)| *fingerprint != 0).map(|(_, value)| value)
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

    /// The fingerprints, and how many are not empty.
    fn fingerprints(&mut self) -> Result<(Vec<u16>, usize), Error> {
        let count = self.number()? as usize;
        let fingerprints = self.shorts(count)?;
        let taken = fingerprints.iter().filter(|fingerprint| **fingerprint != 0).count();
        Ok((fingerprints, taken))
    }

    fn sparse(&mut self) -> Result<Sparse, Error> {
        let (fingerprints, taken) = self.fingerprints()?;
        let lengths = self.take(taken)?;
        let count: usize = lengths.iter().map(|length| usize::from(*length)).sum();
        if count >= MOST_CELLS {
            return Err(self.damaged());
        }
        let (classes, weights) = (self.take(count)?, self.take(count)?);
        let all: Vec<Cell> = classes.iter().zip(weights).map(|(&class, &weight)| [class, weight]).collect();
        let mut rest = all.as_slice();
        let mut cells = Vec::with_capacity(count);
        let places = lengths.iter().map(|length| {
            let (row, after) = rest.split_at(usize::from(*length));
            rest = after;
            Sparse::place(row, &mut cells)
        });
        let slots = place(&fingerprints, places);
        Ok(Sparse { slots, cells })
    }

    fn margins(&mut self) -> Result<Vec<i32>, Error> {
        let count = self.number()?;
        let bytes = self.take((count as usize).checked_mul(4).ok_or(Kind::NotAModel)?)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|four| i32::from_le_bytes(*four)).collect())
    }

    fn dense(&mut self) -> Result<Dense, Error> {
        let (fingerprints, taken) = self.fingerprints()?;
        let [a, b, c, d] = [self.take(taken)?, self.take(taken)?, self.take(taken)?, self.take(taken)?];
        let rows = (0..taken).map(|at| [a[at], b[at], c[at], d[at]]);
        Ok(Dense { slots: place(&fingerprints, rows) })
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
        let (fingerprints, taken) = self.fingerprints()?;
        let rules = self.shorts(taken)?;
        Ok(Lemmas { slots: place(&fingerprints, rules.into_iter()), edits })
    }
}

/// Puts the values where the fingerprints are not empty.
fn place<V: Copy + Default>(fingerprints: &[u16], mut values: impl Iterator<Item = V>) -> Slots<V> {
    let places = fingerprints.iter().map(|&fingerprint| match fingerprint {
        0 => (0, V::default()),
        _ => (fingerprint, values.next().unwrap_or_default()),
    });
    Slots::from_places(places, fingerprints.len())
}
