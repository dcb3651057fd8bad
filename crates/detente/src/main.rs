//! The command line of Detente.
//!
//! Commands are glue over the libraries: each has a file under `commands`, [`input`] opens what
//! they read, [`ordered`] spreads the work over threads, [`pipeline`] holds the coder.

mod commands;
mod feeding;
mod input;
mod journal;
mod ordered;
mod output;
mod pipeline;
mod progress;
mod sink;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use detente_source::Columns;
use jiff::civil::Date;

/// Whether all of the input was read and nothing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All of it.
    Whole,
    /// Something was reported on standard error; the rest was done.
    Partial,
}

/// Reads the news and keeps the record of relations between states.
///
/// Detente reads articles (text, HTML, JSONL, CSV, feeds, web archives) and codes the acts that they tell: who did
/// what to whom, when, on whose word, in which characters of the text. From the acts it folds
/// affairs: where each negotiation, sanction, membership and claim stands. A ledger keeps both, with
/// when it was so and when the ledger learned it.
///
/// Exit status: 0 when all went well, 1 when something failed (the rest is still done),
/// 2 when the command line is wrong.
#[derive(Debug, Parser)]
#[command(name = "detente", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Lay the lexicon files of this folder over the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    /// Date of the articles, for instance 2024-11-03; goes before any that they state
    #[arg(long, global = true, value_name = "DATE")]
    date: Option<Date>,
    /// Column of a table that holds a field, for instance text=Content; fields are id, title, date, url,
    /// source, author and text
    #[arg(long, global = true, value_name = "FIELD=NAME", value_parser = column)]
    column: Vec<(String, String)>,
    /// Number of threads [default: all cores]; the output is the same for any number
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Options {
    /// The columns of tables that the user names.
    fn columns(&self) -> Columns {
        self.column.iter().cloned().collect()
    }

    /// Number of threads to work with.
    fn threads(&self) -> usize {
        match self.threads {
            Some(threads) => usize::from(threads),
            None => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// Reads a field and the name of its column.
fn column(words: &str) -> Result<(String, String), String> {
    const FIELDS: [&str; 7] = ["id", "title", "date", "url", "source", "author", "text"];
    match words.split_once('=') {
        Some((field, name)) if FIELDS.contains(&field) && !name.is_empty() => Ok((field.to_owned(), name.to_owned())),
        _ => Err(format!("give FIELD=NAME, the field being one of {}", FIELDS.join(", "))),
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(commands::add::Arguments),
    Watch(commands::watch::Arguments),
    Export(commands::export::Arguments),
    Show(commands::show::Arguments),
    Timeline(commands::timeline::Arguments),
    Count(commands::count::Arguments),
    Search(commands::search::Arguments),
    Diff(commands::diff::Arguments),
    Status(commands::status::Arguments),
    Serve(commands::serve::Arguments),
    Ledger(commands::ledger::Arguments),
    Review(commands::review::Arguments),
    Brief(commands::brief::Arguments),
    Code(commands::code::Arguments),
    Explain(commands::explain::Arguments),
    Read(commands::read::Arguments),
    Lexicon(commands::lexicon::Arguments),
    Score(commands::score::Arguments),
    Man(commands::man::Arguments),
    Completions(commands::completions::Arguments),
}

fn main() -> ExitCode {
    let Cli { options, command } = Cli::parse();
    let result = match command {
        Command::Add(arguments) => commands::add::run(&options, arguments),
        Command::Watch(arguments) => commands::watch::run(&options, arguments),
        Command::Export(arguments) => commands::export::run(&options, arguments),
        Command::Show(arguments) => commands::show::run(&options, arguments),
        Command::Timeline(arguments) => commands::timeline::run(&options, arguments),
        Command::Count(arguments) => commands::count::run(&options, arguments),
        Command::Search(arguments) => commands::search::run(&options, arguments),
        Command::Diff(arguments) => commands::diff::run(&options, arguments),
        Command::Status(arguments) => commands::status::run(&options, arguments),
        Command::Serve(arguments) => commands::serve::run(&options, arguments),
        Command::Ledger(arguments) => commands::ledger::run(&options, arguments),
        Command::Review(arguments) => commands::review::run(&options, arguments),
        Command::Brief(arguments) => commands::brief::run(&options, arguments),
        Command::Code(arguments) => commands::code::run(&options, arguments),
        Command::Explain(arguments) => commands::explain::run(&options, arguments),
        Command::Read(arguments) => commands::read::run(&options, arguments),
        Command::Lexicon(arguments) => commands::lexicon::run(&options, arguments),
        Command::Score(arguments) => commands::score::run(&options, arguments),
        Command::Man(arguments) => commands::man::run(&arguments),
        Command::Completions(arguments) => commands::completions::run(&arguments),
    };
    match result {
        Ok(Outcome::Whole) => ExitCode::SUCCESS,
        Ok(Outcome::Partial) => ExitCode::FAILURE,
        Err(error) => {
            let advice = error.downcast_ref::<detente_ledger::store::Error>().map(detente_ledger::store::Error::advice);
            output::complain(&format!("{error:#}"), advice);
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
