//! `detente status`: what is in a ledger.

use clap::Args;
use detente_ledger::ask::Status;

use super::answer::Asked;
use crate::{Options, Outcome};

/// Tell what is in a ledger, when it was last fed, and what failed
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
}

/// Counts what is in a ledger.
pub fn run(_options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let status = Status::of(&arguments.asked.open()?)?;
    arguments.asked.answer(&status, || status.table(), || status.text())
}
