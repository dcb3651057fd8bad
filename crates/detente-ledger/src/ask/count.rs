//! How many acts took place, period by period: the table that most studies start from.

use std::collections::BTreeMap;

use detente_coder::{EventType, Precision};
use jiff::{ToSpan, civil::Date};
use serde::Serialize;

use super::Table;
use crate::store::{Error, Ledger, Select, Who};

/// What acts are counted by in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Day by day.
    Day,
    /// Month by month.
    Month,
    /// Year by year.
    Year,
}

impl Period {
    fn first(self, day: Date) -> Date {
        match self {
            Period::Day => day,
            Period::Month => day.first_of_month(),
            Period::Year => day.first_of_year(),
        }
    }

    fn next(self, first: Date) -> Option<Date> {
        let step = match self {
            Period::Day => 1.day(),
            Period::Month => 1.month(),
            Period::Year => 1.year(),
        };
        first.checked_add(step).ok()
    }

    fn name(self, first: Date) -> String {
        match self {
            Period::Day => first.to_string(),
            Period::Month => format!("{:04}-{:02}", first.year(), first.month()),
            Period::Year => format!("{:04}", first.year()),
        }
    }

    /// Tells whether a date that is known so exactly belongs to one period.
    fn takes(self, precision: Precision) -> bool {
        match precision {
            // Without a date of its own an act is of the day of its article.
            Precision::Day | Precision::Unknown => true,
            Precision::Month => self != Period::Day,
            Precision::Year => self == Period::Year,
        }
    }
}

/// What acts are counted by beside time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// The four quad classes.
    Quad,
    /// The sixteen types.
    Type,
}

impl Grouping {
    fn names(self) -> Vec<&'static str> {
        match self {
            Grouping::Quad => QUADS.to_vec(),
            Grouping::Type => EventType::ALL.iter().map(|event| event.as_str()).collect(),
        }
    }

    /// The number of the group to which an act belongs.
    fn group(self, act: &Counted) -> Option<usize> {
        match self {
            Grouping::Quad => usize::from(act.quad).checked_sub(1),
            Grouping::Type => EventType::ALL.iter().position(|event| Some(*event) == act.event),
        }
    }
}

/// The quad classes, by number.
const QUADS: [&str; 4] = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];

/// Counts of acts, period by period.
#[derive(Debug, Serialize)]
pub struct Count {
    /// Day, month or year.
    pub period: Period,
    /// What the groups are.
    pub by: Grouping,
    /// The names of the groups.
    pub groups: Vec<&'static str>,
    /// Every period from the first to the last, also those without acts.
    pub rows: Vec<Row>,
    /// Acts without any day.
    pub without_day: usize,
    /// Acts whose day is known less exactly than the period asks for.
    pub less_exact: usize,
    /// Acts that did not take place, or not yet.
    pub not_actual: usize,
}

/// Counts of one period.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The period: 2024-03.
    pub period: String,
    /// All acts.
    pub acts: usize,
    /// Acts of each group, in the order of [`Count::groups`].
    pub groups: Vec<usize>,
    /// Mean PLOVER scale; nothing where there is no act.
    pub mean_scale: Option<f64>,
}

/// What of an act is counted.
pub(super) struct Counted {
    pub day: Option<Date>,
    pub precision: Precision,
    pub event: Option<EventType>,
    pub quad: u8,
    pub scale: f64,
    pub is_actual: bool,
}

/// The acts of one period, added up.
struct Sum {
    acts: usize,
    groups: Vec<usize>,
    scale: f64,
}

impl Sum {
    fn of(by: Grouping) -> Sum {
        Sum { acts: 0, groups: vec![0; by.names().len()], scale: 0.0 }
    }

    fn add(&mut self, act: &Counted, by: Grouping) {
        self.acts += 1;
        self.scale += act.scale;
        if let Some(count) = by.group(act).and_then(|group| self.groups.get_mut(group)) {
            *count += 1;
        }
    }

    fn row(self, period: String) -> Row {
        let mean = (self.acts > 0).then(|| (self.scale / self.acts as f64 * 100.0).round() / 100.0);
        Row { period, acts: self.acts, groups: self.groups, mean_scale: mean }
    }
}

impl Count {
    /// Counts acts that took place. With `directed`, only those of the first side towards the second.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(
        ledger: &Ledger,
        select: &Select,
        period: Period,
        by: Grouping,
        is_directed: bool,
    ) -> Result<Count, Error> {
        let direction = match (&select.who, is_directed) {
            (Who::Pair(actor, recipient), true) => Some((actor.as_str(), recipient.as_str())),
            _ => None,
        };
        let mut counted = Vec::new();
        ledger.at_once(|| {
            let select = &Select { times: ledger.narrowed(select.times)?, ..select.clone() };
            let judged = ledger.judged_at(select)?;
            ledger.count_rows(select, direction, |id, day, precision, event, quad, scale, is_actual| {
                if judged.as_ref().is_some_and(|judged| !judged.stands(id)) {
                    return;
                }
                let event = EventType::parse(event);
                counted.push(Counted { day, precision, event, quad, scale, is_actual });
            })
        })?;
        Ok(Count::over(counted, period, by, select.from, select.until))
    }

    /// Counts acts; the days are those of the first and the last period.
    pub(super) fn over(
        acts: impl IntoIterator<Item = Counted>,
        period: Period,
        by: Grouping,
        from: Option<Date>,
        until: Option<Date>,
    ) -> Count {
        let mut count =
            Count { period, by, groups: by.names(), rows: Vec::new(), without_day: 0, less_exact: 0, not_actual: 0 };
        let mut sums: BTreeMap<Date, Sum> = BTreeMap::new();
        for act in acts {
            match act.day {
                _ if !act.is_actual => count.not_actual += 1,
                None => count.without_day += 1,
                Some(_) if !period.takes(act.precision) => count.less_exact += 1,
                Some(day) => sums.entry(period.first(day)).or_insert_with(|| Sum::of(by)).add(&act, by),
            }
        }
        let first = from.map(|day| period.first(day)).or(sums.keys().next().copied());
        let last = until.map(|day| period.first(day)).or(sums.keys().next_back().copied());
        if let (Some(first), Some(last)) = (first, last) {
            let mut at = Some(first).filter(|first| *first <= last);
            while let Some(day) = at {
                let sum = sums.remove(&day).unwrap_or_else(|| Sum::of(by));
                count.rows.push(sum.row(period.name(day)));
                at = period.next(day).filter(|next| *next <= last);
            }
        }
        count
    }

    /// The counts as rows.
    pub fn table(&self) -> Table {
        let mut header = vec!["period", "acts"];
        header.extend(&self.groups);
        header.push("mean_scale");
        let mut table = Table { header, rows: Vec::new() };
        for row in &self.rows {
            let mut cells = vec![row.period.clone(), row.acts.to_string()];
            cells.extend(row.groups.iter().map(ToString::to_string));
            cells.push(row.mean_scale.map_or_else(String::new, |mean| format!("{mean:.2}")));
            table.rows.push(cells);
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self) -> String {
        let mut text = if self.rows.is_empty() { "No act is counted.\n".to_owned() } else { self.table().text() };
        for (count, what, one) in [
            (self.not_actual, "did not take place, or not yet", "did not take place, or not yet"),
            (self.less_exact, "are dated less exactly than this", "is dated less exactly than this"),
            (self.without_day, "have no date", "has no date"),
        ] {
            if count > 0 {
                text.push_str(&format!("not counted: {count} that {}\n", if count == 1 { one } else { what }));
            }
        }
        text
    }
}
