//! A digest of all acts of a ledger, held in memory: what questions over all of them are answered from.
//!
//! A ledger of any size is read once; later only what was added is read. Reports of one act are counted as one, as the
//! ledger judges them now, also where an earlier time is asked for: then the first report known at that time stands
//! for the act.

mod filter;
mod load;
mod pairs;
mod place;
mod spoken;
mod tally;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use detente_coder::{Epoch, EventType, Factuality, Precision};
use jiff::civil::Date;

pub use filter::Filter;
pub use pairs::{Month, PairSum};
pub use place::{PlaceSum, Spot};
pub use tally::{StateSum, Tally};

use spoken::{Matter, Spoken};

use super::{Count, Grouping, Period, count::Counted};
use crate::store::{REVIEWED, columns::ReviewStamp};

/// Number of a code among those of a digest.
type Code = u32;

/// The acts of a ledger in short.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    codes: Vec<Arc<str>>,
    code_numbers: HashMap<Arc<str>, Code>,
    outlets: Vec<Arc<str>>,
    outlet_numbers: HashMap<Arc<str>, u32>,
    spots: Vec<Spot>,
    spot_numbers: HashMap<(String, Option<String>), u32>,
    articles: Vec<Article>,
    acts: Vec<Row>,
    /// Codes of actors and recipients, act by act.
    sides: Vec<Code>,
    /// Acts of each code.
    of_code: Vec<Vec<u32>>,
    /// Acts by a hash of their ids.
    ids: HashMap<u64, u32>,
    /// Acts that stand for others, and those others.
    reports: HashMap<u32, Vec<u32>>,
    /// Acts that were corrected or taken back, and the acts that do so.
    taken_back: HashMap<u32, Vec<u32>>,
    /// Kinds and keys of affairs.
    matters: Vec<Matter>,
    matter_numbers: HashMap<Matter, u32>,
    /// What is said of them, article by article.
    spoken: Vec<Spoken>,
    review: ReviewStamp,
}

/// An article in short.
#[derive(Clone, Copy, Debug)]
struct Article {
    number: i64,
    date: Option<Date>,
    learned: Option<Date>,
    outlet: Option<u32>,
    /// The vintage of the acts that were read of it.
    vintage: i64,
    acts: u32,
}

/// An act in short.
#[derive(Clone, Copy, Debug)]
struct Row {
    number: i64,
    article: u32,
    /// Where its sides stand: actors, then recipients.
    sides: u32,
    actors: u8,
    recipients: u8,
    quad: u8,
    event: Option<EventType>,
    factuality: Factuality,
    epoch: Epoch,
    precision: Precision,
    day: Option<Date>,
    scale: f32,
    confidence: f32,
    spot: Option<u32>,
    /// The act that stands for it: itself, or another one of which it is one more report.
    leader: u32,
    /// Its article counts by other acts now.
    is_gone: bool,
}

/// In which order acts are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest first; those without a day last.
    #[default]
    Latest,
    /// The earliest first; those without a day first.
    Earliest,
    /// The least confident first.
    LeastConfident,
}

impl Digest {
    /// The outlets, in order of the alphabet, each with its articles.
    pub fn outlets(&self) -> Vec<(&str, usize)> {
        let mut counts = vec![0; self.outlets.len()];
        for outlet in self.articles.iter().filter_map(|article| article.outlet) {
            counts[outlet as usize] += 1;
        }
        let mut all: Vec<(&str, usize)> = self.outlets.iter().map(|name| &**name).zip(counts).collect();
        all.sort_unstable();
        all
    }

    /// The first and the last day to which acts belong.
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = || self.acts.iter().filter(|row| !row.is_gone).filter_map(|row| row.day);
        days().min().zip(days().max())
    }

    /// The numbers of acts that a filter lets through, in order.
    pub fn acts(&self, filter: &Filter, order: Order) -> Vec<i64> {
        let mut found = self.found(filter);
        let row = |&number: &u32| &self.acts[number as usize];
        match order {
            Order::Latest => found.sort_by_key(|number| std::cmp::Reverse((row(number).day, *number))),
            Order::Earliest => found.sort_by_key(|number| (row(number).day, *number)),
            Order::LeastConfident => {
                found.sort_by(|a, b| row(a).confidence.total_cmp(&row(b).confidence).then(a.cmp(b)));
            }
        }
        found.iter().map(|number| row(number).number).collect()
    }

    /// The acts that a filter lets through of articles of which reviewers judged nothing, by their confidence and numbers.
    pub(crate) fn unjudged(&self, filter: &Filter) -> Vec<(f64, i64)> {
        let rows = self.found(filter).into_iter().map(|number| &self.acts[number as usize]);
        let coded = rows.filter(|row| self.articles[row.article as usize].vintage != REVIEWED);
        coded.map(|row| (f64::from(row.confidence), row.number)).collect()
    }

    /// The acts that a filter lets through, by their days and numbers.
    pub(super) fn days_of_acts(&self, filter: &Filter) -> Vec<(Option<Date>, i64)> {
        let row = |number: u32| &self.acts[number as usize];
        self.found(filter).into_iter().map(|number| (row(number).day, row(number).number)).collect()
    }

    /// The numbers of articles that a filter lets through, the latest first: of its fields those count that tell of
    /// articles, and whose acts they tell.
    pub fn articles(&self, filter: &Filter) -> Vec<i64> {
        let outlet = filter.source.as_ref().map(|name| self.outlet_numbers.get(name.as_str()).copied());
        let telling: Option<HashSet<u32>> = filter.asks_for_acts().then(|| {
            let acts = Filter { source: None, from: None, until: None, ..filter.clone() };
            let found = self.found(&acts);
            let with_reports = found.iter().flat_map(|act| {
                let others = self.reports.get(act).into_iter().flatten();
                std::iter::once(act).chain(others)
            });
            with_reports.map(|&act| self.acts[act as usize].article).collect()
        });
        let mut found: Vec<u32> = (0..self.articles.len() as u32)
            .filter(|&number| {
                let article = &self.articles[number as usize];
                let day = article.date.or(article.learned);
                outlet.is_none_or(|outlet| outlet.is_some() && article.outlet == outlet)
                    && filter.from.is_none_or(|from| day.is_some_and(|day| from <= day))
                    && filter.until.is_none_or(|until| day.is_some_and(|day| day <= until))
                    && filter.times.as_of.is_none_or(|last| day.is_some_and(|day| day <= last))
                    && filter.times.known_by.is_none_or(|last| article.learned.is_some_and(|day| day <= last))
                    && telling.as_ref().is_none_or(|telling| telling.contains(&number))
            })
            .collect();
        found.sort_by_key(|&number| std::cmp::Reverse((self.articles[number as usize].date, number)));
        found.iter().map(|&number| self.articles[number as usize].number).collect()
    }

    /// The number of acts that an article tells, by the article's number.
    pub fn acts_of_article(&self, number: i64) -> u32 {
        let found = self.articles.binary_search_by_key(&number, |article| article.number);
        found.map_or(0, |at| self.articles[at].acts)
    }

    /// Counts acts that took place, period by period.
    pub fn count(&self, filter: &Filter, period: Period, by: Grouping) -> Count {
        let all = Filter { only_actual: false, ..filter.clone() };
        let counted = self.found(&all).into_iter().filter_map(|number| {
            let row = &self.acts[number as usize];
            (!self.is_taken_back(number, filter.times)).then(|| Counted {
                day: row.day,
                precision: row.precision,
                event: row.event,
                quad: row.quad,
                scale: f64::from(row.scale),
                is_actual: row.factuality == Factuality::Actual,
            })
        });
        Count::over(counted, period, by, filter.from, filter.until)
    }

    /// Days with acts that took place, and how many of each quad class.
    pub fn by_day(&self, filter: &Filter) -> Vec<(Date, [u32; 4])> {
        let mut days: std::collections::BTreeMap<Date, [u32; 4]> = std::collections::BTreeMap::new();
        for number in self.found(&Filter { only_actual: true, ..filter.clone() }) {
            let row = &self.acts[number as usize];
            if let (Some(day), Some(quad)) = (row.day, usize::from(row.quad).checked_sub(1).filter(|quad| *quad < 4)) {
                days.entry(day).or_default()[quad] += 1;
            }
        }
        days.into_iter().collect()
    }

    fn actors(&self, row: &Row) -> &[Code] {
        &self.sides[row.sides as usize..][..usize::from(row.actors)]
    }

    fn recipients(&self, row: &Row) -> &[Code] {
        &self.sides[row.sides as usize + usize::from(row.actors)..][..usize::from(row.recipients)]
    }

    /// Two sides of which something was done by one to the other, or by both together.
    fn pairs(&self, row: &Row, mut each: impl FnMut(Code, Code)) {
        let (actors, recipients) = (self.actors(row), self.recipients(row));
        let mut seen: [(Code, Code); 4] = [(0, 0); 4];
        let (mut count, mut more) = (0, Vec::new());
        let mut tell = |a: Code, b: Code| {
            let pair = (a.min(b), a.max(b));
            if a == b || seen[..count].contains(&pair) || more.contains(&pair) {
                return;
            }
            match seen.get_mut(count) {
                Some(place) => {
                    *place = pair;
                    count += 1;
                }
                None => more.push(pair),
            }
            each(pair.0, pair.1);
        };
        if recipients.is_empty() {
            for (at, &one) in actors.iter().enumerate() {
                actors[at + 1..].iter().for_each(|&other| tell(one, other));
            }
        } else {
            for &actor in actors {
                recipients.iter().for_each(|&recipient| tell(actor, recipient));
            }
        }
    }
}
