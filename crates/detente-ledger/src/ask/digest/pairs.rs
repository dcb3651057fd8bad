//! Sums over acts that took place, pair by pair.

use std::collections::HashMap;

use jiff::{ToSpan, civil::Date};

use super::{Code, Digest, Filter, Tally};

/// Days that count as recent.
const RECENT: i32 = 30;

/// The most months that a pair tells of.
const MONTHS: usize = 60;

/// What was done between two states or organisations.
#[derive(Clone, Debug, PartialEq)]
pub struct PairSum {
    /// The code that comes first in the alphabet.
    pub a: String,
    /// The other code.
    pub b: String,
    /// All acts.
    pub all: Tally,
    /// Acts of the last thirty days of the time that is asked for.
    pub recent: u32,
    /// The newest months with acts, in order of time.
    pub months: Vec<Month>,
}

/// Acts of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// Cooperative acts.
    pub cooperation: u32,
    /// Conflictual acts.
    pub conflict: u32,
}

#[derive(Default)]
struct Sum {
    all: Tally,
    recent: u32,
    months: Vec<Month>,
}

impl Digest {
    /// What was done between each two, in order of codes; `with_months` gives their months as well.
    pub fn pair_sums(&self, filter: &Filter, with_months: bool) -> Vec<PairSum> {
        let found = self.found(&Filter { only_actual: true, ..filter.clone() });
        let last = filter.until.or(filter.times.as_of).or_else(|| self.days().map(|(_, last)| last));
        let recent = last.and_then(|last| last.checked_sub(RECENT.days()).ok()).zip(last);
        let mut sums: HashMap<(Code, Code), Sum> = HashMap::new();
        for number in found {
            let row = &self.acts[number as usize];
            let is_recent = row.day.zip(recent).is_some_and(|(day, (after, last))| after < day && day <= last);
            self.pairs(row, |one, other| {
                let sum = sums.entry((one, other)).or_default();
                sum.all.add(row);
                sum.recent += u32::from(is_recent);
                if let (Some(day), true) = (row.day, with_months) {
                    sum.add_month(day.first_of_month(), row.quad);
                }
            });
        }
        let name = |code: Code| self.codes[code as usize].to_string();
        let mut pairs: Vec<PairSum> = sums
            .into_iter()
            .map(|((one, other), mut sum)| {
                let (one, other) = (name(one), name(other));
                let (a, b) = if one < other { (one, other) } else { (other, one) };
                sum.months.sort_unstable_by_key(|month| month.first);
                sum.months.drain(..sum.months.len().saturating_sub(MONTHS));
                PairSum { a, b, all: sum.all, recent: sum.recent, months: sum.months }
            })
            .collect();
        pairs.sort_unstable_by(|one, other| (&one.a, &one.b).cmp(&(&other.a, &other.b)));
        pairs
    }
}

impl Sum {
    fn add_month(&mut self, first: Date, quad: u8) {
        let month = match self.months.iter_mut().rev().find(|month| month.first == first) {
            Some(month) => month,
            None => {
                self.months.push(Month { first, cooperation: 0, conflict: 0 });
                let last = self.months.len() - 1;
                &mut self.months[last]
            }
        };
        match quad {
            1 | 2 => month.cooperation += 1,
            _ => month.conflict += 1,
        }
    }
}
