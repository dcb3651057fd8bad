//! `detente count`: how many acts took place, period by period.

use clap::{Args, ValueEnum};
use detente_ledger::ask::{Count, Grouping, Period, who};
use detente_ledger::store::{Error, Select};
use jiff::civil::Date;

use super::answer::{Asked, Times};
use crate::{Options, Outcome, pipeline};

/// Count acts by day, month or year; periods without acts are kept as rows of zeros
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// One or two states or organisations, by code, name or adjective
    #[arg(value_name = "WHO", num_args = 0..=2)]
    who: Vec<String>,
    #[command(flatten)]
    times: Times,
    /// Length of a row
    #[arg(long, value_enum, default_value_t = Length::Month)]
    period: Length,
    /// What the columns count
    #[arg(long, value_enum, default_value_t = By::Quad)]
    by: By,
    /// Only acts of the first side towards the second, and of both together
    #[arg(long)]
    directed: bool,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Up to this day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
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
    let lexicon = pipeline::lexicon(options.lexicon.as_deref())?;
    if arguments.directed && arguments.who.len() != 2 {
        return Err(Error::Unknown("--directed: name two sides, the one that acts first".to_owned()).into());
    }
    let select = Select {
        who: who(&arguments.who, &lexicon, &ledger)?,
        times: arguments.times.times(),
        from: arguments.from,
        until: arguments.until,
        latest: None,
    };
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
