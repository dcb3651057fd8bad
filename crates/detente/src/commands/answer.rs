//! What the commands that ask a ledger have in common: the ledger, the two times, the formats.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_ledger::Ledger;
use detente_ledger::ask::{Table, who};
use detente_ledger::store;
use detente_lexicon::Lexicon;
use jiff::civil::Date;
use serde::Serialize;

use crate::Outcome;
use crate::output::Output;

/// The ledger that is asked, and one of the formats in which that question is answered.
#[derive(Debug, Args)]
pub struct Asked<F: ValueEnum + Clone + Send + Sync + 'static = Format> {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "text")]
    pub format: F,
}

/// The two times: when it was so, and when the ledger learned it.
#[derive(Debug, Clone, Copy, Args)]
pub struct Times {
    /// As it was on this day: acts dated later are left out
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// As it was known on this day: articles added to the ledger later are left out
    #[arg(long, value_name = "DATE")]
    known_by: Option<Date>,
}

impl Times {
    /// The times as the ledger takes them.
    pub fn times(self) -> store::Times {
        store::Times { as_of: self.as_of, known_by: self.known_by }
    }
}

/// Whose acts, at which times, of which days.
#[derive(Debug, Args)]
pub struct Selected {
    /// One or two states or organisations, by code, name or adjective
    #[arg(value_name = "WHO", num_args = 0..=2)]
    who: Vec<String>,
    #[command(flatten)]
    times: Times,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Up to this day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

impl Selected {
    /// What the ledger is asked for.
    pub fn select(&self, ledger: &Ledger, lexicon: &Lexicon) -> anyhow::Result<store::Select> {
        if let (Some(from), Some(until)) = (self.from, self.until)
            && from > until
        {
            let question = format!("--from {from} lies after --until {until}: no day is between them");
            return Err(store::Error::Question(question).into());
        }
        Ok(store::Select {
            who: who(&self.who, lexicon, ledger)?,
            times: self.times.times(),
            from: self.from,
            until: self.until,
            latest: None,
        })
    }
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// One JSON object
    Json,
    /// Rows under a header
    Csv,
}

impl<F: ValueEnum + Clone + Send + Sync + 'static> Asked<F> {
    /// Opens the ledger.
    pub fn open(&self) -> anyhow::Result<Ledger> {
        Ok(Ledger::open(Path::new(&self.ledger))?)
    }
}

impl Asked {
    /// Writes an answer in the format that is asked for.
    pub fn answer(
        &self,
        answer: &impl Serialize,
        table: impl FnOnce() -> Table,
        text: impl FnOnce() -> String,
    ) -> anyhow::Result<Outcome> {
        self.format.write(answer, table, text)
    }
}

impl Format {
    /// Writes an answer.
    pub fn write(
        self,
        answer: &impl Serialize,
        table: impl FnOnce() -> Table,
        text: impl FnOnce() -> String,
    ) -> anyhow::Result<Outcome> {
        let bytes = match self {
            Format::Text => text().into_bytes(),
            Format::Json => {
                let mut bytes = serde_json::to_vec_pretty(answer)?;
                bytes.push(b'\n');
                bytes
            }
            Format::Csv => csv(&table())?,
        };
        Output::open().write(&bytes);
        Ok(Outcome::Whole)
    }
}

fn csv(table: &Table) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&table.header)?;
    for row in &table.rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}
