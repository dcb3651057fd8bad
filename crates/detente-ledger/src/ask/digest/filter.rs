//! Which acts are asked for.

use std::collections::HashSet;

use detente_coder::{Epoch, EventType, Factuality};
use jiff::civil::Date;

use super::{Code, Digest, Row};
use crate::store::{Times, Who};

/// What acts are asked for; what is not given lets all through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// A side, or two between whom it was done: by one to the other, or by both together.
    pub who: Who,
    /// Who acts.
    pub actor: Option<String>,
    /// Who is acted upon; of those who act together each is.
    pub recipient: Option<String>,
    /// Types.
    pub types: Vec<EventType>,
    /// Quad classes, 1 to 4.
    pub quads: Vec<u8>,
    /// How far they took place.
    pub factuality: Vec<Factuality>,
    /// News or history.
    pub epoch: Option<Epoch>,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// An outlet that reports it.
    pub source: Option<String>,
    /// The least confidence.
    pub confidence: Option<f32>,
    /// The most confidence.
    pub confidence_until: Option<f32>,
    /// As of which day, as known by which day.
    pub times: Times,
    /// Only what took place and was not taken back.
    pub only_actual: bool,
}

impl Filter {
    /// Tells whether it asks for something that acts have and articles do not.
    pub(super) fn asks_for_acts(&self) -> bool {
        let of_articles = Filter {
            from: self.from,
            until: self.until,
            source: self.source.clone(),
            times: self.times,
            ..Filter::default()
        };
        *self != of_articles
    }
}

/// A filter with its words as the digest's numbers.
struct Numbers {
    who: Vec<Code>,
    actor: Option<Code>,
    recipient: Option<Code>,
    outlet: Option<u32>,
}

impl Digest {
    /// The acts that a filter lets through, in the order in which they were added.
    pub(super) fn found(&self, filter: &Filter) -> Vec<u32> {
        // A name that no act has lets nothing through.
        let Some(numbers) = self.numbers(filter) else { return Vec::new() };
        let sides = numbers.who.iter().copied().chain(numbers.actor).chain(numbers.recipient);
        let rarest = sides.map(|code| &self.of_code[code as usize]).min_by_key(|acts| acts.len());
        let mut told = HashSet::new();
        let mut keep = |number: u32| self.lets(filter, &numbers, number, &mut told);
        match rarest {
            Some(acts) => acts.iter().copied().filter(|&number| keep(number)).collect(),
            None => (0..self.acts.len() as u32).filter(|&number| keep(number)).collect(),
        }
    }

    fn numbers(&self, filter: &Filter) -> Option<Numbers> {
        let code = |code: &str| self.code_numbers.get(code).copied();
        let known = |name: &Option<String>| match name {
            None => Some(None),
            Some(name) => code(name).map(Some),
        };
        Some(Numbers {
            who: filter.who.codes().into_iter().map(code).collect::<Option<_>>()?,
            actor: known(&filter.actor)?,
            recipient: known(&filter.recipient)?,
            outlet: match &filter.source {
                None => None,
                Some(name) => Some(self.outlet_numbers.get(name.as_str()).copied()?),
            },
        })
    }

    fn lets(&self, filter: &Filter, numbers: &Numbers, number: u32, told: &mut HashSet<u32>) -> bool {
        let row = &self.acts[number as usize];
        let day = row.day;
        let plain = !row.is_gone
            && (filter.types.is_empty() || row.event.is_some_and(|event| filter.types.contains(&event)))
            && (filter.quads.is_empty() || filter.quads.contains(&row.quad))
            && (filter.factuality.is_empty() || filter.factuality.contains(&row.factuality))
            && filter.epoch.is_none_or(|epoch| row.epoch == epoch)
            && filter.confidence.is_none_or(|least| row.confidence >= least)
            && filter.confidence_until.is_none_or(|most| row.confidence <= most)
            && filter.from.is_none_or(|from| day.is_some_and(|day| from <= day))
            && filter.until.is_none_or(|until| day.is_some_and(|day| day <= until))
            && (!filter.only_actual || row.factuality == Factuality::Actual);
        plain
            && self.is_between(row, &numbers.who)
            && numbers.actor.is_none_or(|code| self.actors(row).contains(&code))
            && numbers.recipient.is_none_or(|code| self.is_acted_upon(row, code))
            && self.is_known(row, filter.times)
            && self.stands(number, row, filter.times, told)
            && numbers.outlet.is_none_or(|outlet| self.is_reported_by(number, row, outlet, filter.times))
            && (!filter.only_actual || !self.is_taken_back(number, filter.times))
    }

    fn is_between(&self, row: &Row, who: &[Code]) -> bool {
        let (actors, recipients) = (self.actors(row), self.recipients(row));
        match *who {
            [] => true,
            [one] => actors.contains(&one) || recipients.contains(&one),
            [one, other, ..] if recipients.is_empty() => actors.contains(&one) && actors.contains(&other),
            [one, other, ..] => {
                actors.contains(&one) && recipients.contains(&other)
                    || actors.contains(&other) && recipients.contains(&one)
            }
        }
    }

    pub(super) fn is_acted_upon(&self, row: &Row, code: Code) -> bool {
        match self.recipients(row) {
            [] => row.actors > 1 && self.actors(row).contains(&code),
            recipients => recipients.contains(&code),
        }
    }

    /// Tells whether an act was so and known at a time.
    fn is_known(&self, row: &Row, times: Times) -> bool {
        if times.is_now() {
            return true;
        }
        let article = &self.articles[row.article as usize];
        times.has(row.day, article.date)
            && times.known_by.is_none_or(|last| article.learned.is_some_and(|learned| learned <= last))
    }

    /// Tells whether it is the report that stands for its act at a time; `told` are the acts for which one did.
    fn stands(&self, number: u32, row: &Row, times: Times, told: &mut HashSet<u32>) -> bool {
        if row.leader == number {
            return true;
        }
        !times.is_now() && !self.is_known(&self.acts[row.leader as usize], times) && told.insert(row.leader)
    }

    fn is_reported_by(&self, number: u32, row: &Row, outlet: u32, times: Times) -> bool {
        let is_of = |row: &Row| self.articles[row.article as usize].outlet == Some(outlet);
        let mut others = self.reports.get(&row.leader).into_iter().flatten().filter(|&&other| other != number);
        is_of(row)
            || others.any(|&other| {
                let row = &self.acts[other as usize];
                is_of(row) && self.is_known(row, times)
            })
    }

    /// Tells whether its own outlet had corrected or taken it back at a time.
    pub(super) fn is_taken_back(&self, number: u32, times: Times) -> bool {
        let by = self.taken_back.get(&number);
        by.is_some_and(|by| by.iter().any(|&other| self.is_known(&self.acts[other as usize], times)))
    }
}
