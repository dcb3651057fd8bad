//! `detente man`: manual pages.

use anyhow::Context;
use clap::{Args, CommandFactory};

use crate::output::Output;
use crate::{Cli, Outcome};

/// Write the manual page, for instance `detente man | man -l -`
#[derive(Debug, Args)]
pub struct Arguments {
    /// The command whose page is wanted [default: detente itself]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Writes a page in roff.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut cli = Cli::command();
    cli.build();
    let command = match &arguments.command {
        None => cli,
        Some(name) => cli.find_subcommand(name).with_context(|| format!("there is no command `{name}`"))?.clone(),
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Output::open().write(&page);
    Ok(Outcome::Whole)
}
