//! `detente diff`: what changed between two days.

use clap::Args;
use detente_ledger::ask::{Diff, who};
use detente_ledger::store::Times;
use jiff::civil::Date;

use super::answer::Asked;
use crate::{Options, Outcome, pipeline};

/// Tell which affairs stand otherwise on one day than on another
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// The earlier day
    #[arg(value_name = "FROM")]
    from: Date,
    /// The later day
    #[arg(value_name = "TO")]
    to: Date,
    /// One or two states or organisations, by code, name or adjective
    #[arg(value_name = "WHO", num_args = 0..=2)]
    who: Vec<String>,
    /// Compare what was known on the two days, not what was so
    #[arg(long)]
    known: bool,
}

/// Compares two days.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ledger = arguments.asked.open()?;
    let lexicon = pipeline::parties(options.lexicon.as_deref())?;
    let time = |day: Date| match arguments.known {
        true => Times { as_of: None, known_by: Some(day) },
        false => Times { as_of: Some(day), known_by: None },
    };
    let who = who(&arguments.who, lexicon, &ledger)?;
    let diff = Diff::of(&ledger, &who, time(arguments.from), time(arguments.to), lexicon)?;
    arguments.asked.answer(&diff, || diff.table(), || diff.text(lexicon))
}
