//! `detente completions`: what a shell needs to complete the command line.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::output::Output;
use crate::{Cli, Outcome};

/// Write the completions of a shell, for instance `detente completions bash > /etc/bash_completion.d/detente`
#[derive(Debug, Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes the shell's script.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "detente", &mut script);
    Output::open().write(&script);
    Ok(Outcome::Whole)
}
