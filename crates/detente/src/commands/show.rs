//! `detente show`: where a pair, a state or an affair stands.

use std::panic::resume_unwind;
use std::thread;

use clap::{Args, ValueEnum};
use detente_ledger::ask::{Show, who};

use super::answer::{self, Asked, Times};
use super::brief::style;
use crate::output::Output;
use crate::{Options, Outcome, pipeline};

/// Show where a pair of states, a state or an affair stands, on what evidence
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked<Format>,
    /// One or two states or organisations, by code, name or adjective; or the id of an affair
    #[arg(value_name = "WHO", num_args = 0..=2)]
    who: Vec<String>,
    #[command(flatten)]
    times: Times,
    /// How many of the latest acts are shown
    #[arg(long, value_name = "N", default_value_t = 10)]
    acts: usize,
}

/// The fewest figures of an id by which an affair is asked for.
const SHORTEST_ID: usize = 6;

/// Shows affairs and the latest acts.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ledger = arguments.asked.open()?.unmapped()?;
    let times = arguments.times.times();
    // The lexicon takes as long to read as what stands between two codes: both are read at once.
    let (ahead, lexicon) = thread::scope(|scope| {
        let lexicon = scope.spawn(|| pipeline::parties(options.lexicon.as_deref()));
        let ahead = Show::ahead(&ledger, &arguments.who, times, arguments.acts);
        (ahead, lexicon.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let (ahead, lexicon) = (ahead?, lexicon?);
    let show = match arguments.who.as_slice() {
        [id] if is_id(id) => Show::affair(&ledger, id, times, lexicon)?,
        names => {
            let who = who(names, lexicon, &ledger)?;
            Show::of_ahead(ahead, &ledger, &who, times, arguments.acts, lexicon)?
        }
    };
    // It is shown and the program ends: taking it apart would take longer than some of this.
    let show: &'static Show = Box::leak(Box::new(show));
    let format = match arguments.asked.format {
        Format::Text => answer::Format::Text,
        Format::Json => answer::Format::Json,
        Format::Csv => answer::Format::Csv,
        Format::Html => {
            let title = if arguments.who.is_empty() { "Relations".to_owned() } else { arguments.who.join(" – ") };
            Output::open().write(show.html(&title, lexicon).as_bytes());
            return Ok(Outcome::Whole);
        }
    };
    format.write(show, || show.table(), || show.text(style(), lexicon))
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// One HTML file that needs nothing else, with a picture of each relation over time
    Html,
    /// One JSON object
    Json,
    /// Rows under a header
    Csv,
}

fn is_id(word: &str) -> bool {
    let is_figure = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    word.len() >= SHORTEST_ID && word.chars().all(is_figure)
}
