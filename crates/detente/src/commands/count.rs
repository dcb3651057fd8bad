//! `detente count`: how many acts took place, period by period.

use clap::{Args, ValueEnum};
use detente_ledger::ask::{Count, Grouping, Period};
use detente_ledger::store::{Error, Who};

use super::answer::{Asked, Selected};
use crate::{Options, Outcome, pipeline};

/// Count acts by day, month or year; periods without acts are kept as rows of zeros
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    selected: Selected,
    /// Length of a row
    #[arg(long, value_enum, default_value_t = Length::Month)]
    period: Length,
    /// What the columns count
    #[arg(long, value_enum, default_value_t = By::Quad)]
    by: By,
    /// Only acts of the first side towards the second, and of both together
    #[arg(long)]
    directed: bool,
}

/// Length of a row.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Length {
    /// A day
    Day,
    /// A month
    Month,
    /// A year
    Year,
}

/// What the columns count.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    /// The four quad classes
    Quad,
    /// The sixteen types
    Type,
}

/// Counts acts.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ledger = arguments.asked.open()?;
    let lexicon = pipeline::parties(options.lexicon.as_deref())?;
    let select = arguments.selected.select(&ledger, lexicon)?;
    if arguments.directed && !matches!(select.who, Who::Pair(..)) {
        return Err(Error::Question("--directed: name two sides, the one that acts first".to_owned()).into());
    }
    let period = match arguments.period {
        Length::Day => Period::Day,
        Length::Month => Period::Month,
        Length::Year => Period::Year,
    };
    let by = match arguments.by {
        By::Quad => Grouping::Quad,
        By::Type => Grouping::Type,
    };
    let count = Count::of(&ledger, &select, period, by, arguments.directed)?;
    arguments.asked.answer(&count, || count.table(), || count.text())
}
