//! Sums over acts that took place, state by state.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::{Code, Digest, Filter, Row};

/// A sum over acts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Acts.
    pub acts: u32,
    /// Acts of each quad class.
    pub quads: [u32; 4],
    /// Sum of the PLOVER scale.
    pub scale: f64,
    /// The last day.
    pub last: Option<Date>,
}

impl Tally {
    pub(super) fn add(&mut self, row: &Row) {
        self.acts += 1;
        if let Some(count) = usize::from(row.quad).checked_sub(1).and_then(|quad| self.quads.get_mut(quad)) {
            *count += 1;
        }
        self.scale += f64::from(row.scale);
        self.last = self.last.max(row.day);
    }

    /// Cooperative acts, in word and deed.
    pub fn cooperation(&self) -> u32 {
        self.quads[0] + self.quads[1]
    }

    /// Conflictual acts, in word and deed.
    pub fn conflict(&self) -> u32 {
        self.quads[2] + self.quads[3]
    }

    /// The mean PLOVER scale, to two places; nothing where there is no act.
    pub fn mean_scale(&self) -> Option<f64> {
        (self.acts > 0).then(|| (self.scale / f64::from(self.acts) * 100.0).round() / 100.0)
    }
}

/// What a state or organisation did and received.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateSum {
    /// Its code.
    pub code: String,
    /// All acts in which it has part.
    pub all: Tally,
    /// What it did.
    pub did: Tally,
    /// What was done to it; what is done together counts for each.
    pub received: Tally,
    /// How many others it did something to, or received something from.
    pub pairs: usize,
}

impl Digest {
    /// What each state and organisation did and received, in order of codes.
    pub fn states(&self, filter: &Filter) -> Vec<StateSum> {
        let mut sums: BTreeMap<&str, (StateSum, HashSet<Code>)> = BTreeMap::new();
        for number in self.found(&Filter { only_actual: true, ..filter.clone() }) {
            let row = &self.acts[number as usize];
            let mut sides: Vec<Code> = self.actors(row).iter().chain(self.recipients(row)).copied().collect();
            sides.sort_unstable();
            sides.dedup();
            for &code in &sides {
                let (sum, _) = sums.entry(&self.codes[code as usize]).or_default();
                sum.all.add(row);
                if self.actors(row).contains(&code) {
                    sum.did.add(row);
                }
                if self.is_acted_upon(row, code) {
                    sum.received.add(row);
                }
            }
            self.pairs(row, |one, other| {
                for (code, partner) in [(one, other), (other, one)] {
                    if let Some((_, partners)) = sums.get_mut(&*self.codes[code as usize]) {
                        partners.insert(partner);
                    }
                }
            });
        }
        let sum = |(code, (sum, partners)): (&str, (StateSum, HashSet<Code>))| StateSum {
            code: code.to_owned(),
            pairs: partners.len(),
            ..sum
        };
        sums.into_iter().map(sum).collect()
    }
}
