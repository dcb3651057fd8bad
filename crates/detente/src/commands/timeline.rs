//! `detente timeline`: what took place, in order of time.

use clap::Args;
use detente_ledger::ask::{Timeline, who};
use detente_ledger::store::Select;
use jiff::civil::Date;

use super::answer::{Asked, Times};
use super::brief::style;
use crate::{Options, Outcome, pipeline};

/// Tell what took place, in order of time: acts, and the turns of affairs (*)
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
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

/// Tells acts and turns of affairs.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ledger = arguments.asked.open()?;
    let lexicon = pipeline::lexicon(options.lexicon.as_deref())?;
    let select = Select {
        who: who(&arguments.who, &lexicon, &ledger)?,
        times: arguments.times.times(),
        from: arguments.from,
        until: arguments.until,
        latest: None,
    };
    let timeline = Timeline::of(&ledger, &select, &lexicon)?;
    arguments.asked.answer(&timeline, || timeline.table(), || timeline.text(style().width, &lexicon))
}
