//! `detente add`: articles into a ledger.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use detente_ledger::Ledger;
use jiff::civil::Date;

use crate::feeding::{Feeding, number, spinner, today};
use crate::input::Documents;
use crate::output::Output;
use crate::{Options, Outcome, pipeline};

/// Add articles to a ledger; one that is not there is made
///
/// Adding the same again adds nothing, and an addition that was cut short goes on when it is run again.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// Articles: files or folders of text, HTML, JSONL, CSV, feeds, WARC, also packed by gzip or zstd; - for
    /// standard input
    #[arg(required = true, value_name = "SOURCES")]
    sources: Vec<String>,
    /// The day on which the ledger learns of them [default: today]
    #[arg(long, value_name = "DATE")]
    learned: Option<Date>,
}

/// Adds the articles of all sources, then computes what follows from them.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open_or_create(&arguments.ledger)?;
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let bar = spinner();
    let learned = arguments.learned.unwrap_or_else(today);
    let sources = arguments.sources.into_iter().map(|source| {
        let documents = Documents::open(vec![source.clone()], options);
        (source, documents)
    });
    let (added, failed) = Feeding { ledger: &mut ledger, coder, learned, bar: &bar }.add(options, sources)?;
    bar.set_message("computing affairs");
    bar.enable_steady_tick(Duration::from_millis(200));
    let settled = ledger.settle(coder.lexicon())?;
    bar.finish_and_clear();
    let mut summary = format!(
        "{} added, {} known before; {} of the same words as another, {}\n",
        number(added.articles, "article"),
        added.known,
        added.same_words,
        number(added.near, "near-duplicate"),
    );
    summary.push_str(&format!("{}, {} computed\n", number(added.acts, "act"), number(settled.affairs, "affair")));
    if failed > 0 {
        summary.push_str(&format!("{failed} failed, see above and `detente status`\n"));
    }
    Output::open().write(summary.as_bytes());
    Ok(if failed > 0 { Outcome::Partial } else { Outcome::Whole })
}
