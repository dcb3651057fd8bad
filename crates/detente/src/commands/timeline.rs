//! `detente timeline`: what took place, in order of time.

use clap::Args;
use detente_ledger::ask::Timeline;

use super::answer::{Asked, Selected};
use super::brief::style;
use crate::{Options, Outcome, pipeline};

/// Tell what took place, in order of time: acts, and the turns of affairs (*)
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    selected: Selected,
}

/// Tells acts and turns of affairs.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ledger = arguments.asked.open()?;
    let lexicon = pipeline::parties(options.lexicon.as_deref())?;
    let select = arguments.selected.select(&ledger, lexicon)?;
    let timeline = Timeline::of(&ledger, &select, lexicon)?;
    arguments.asked.answer(&timeline, || timeline.table(), || timeline.text(style().width, lexicon))
}
