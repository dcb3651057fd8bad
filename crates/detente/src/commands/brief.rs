//! `detente brief`: where each relation stands.

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::input::{Articles, report_all};
use crate::output::Output;
use crate::{Options, Outcome, ordered, pipeline};

/// Tell where each relation stands: affairs with their state, then the acts in order
#[derive(Debug, Args)]
pub struct Arguments {
    /// Articles: text, HTML or JSONL files, - for standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    /// How the brief is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the brief is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a page
    Markdown,
    /// One JSON object: {acts, affairs}
    Json,
}

/// Codes all articles, folds their acts into affairs and writes both.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let mut outcome = Outcome::Whole;
    let mut coded = Vec::new();
    ordered::map(
        options.threads(),
        Articles::open(arguments.files, options.date),
        |article| match article {
            Ok(article) => pipeline::code(&coder, &article),
            Err(complaint) => (None, vec![complaint]),
        },
        |(article, complaints)| {
            if report_all(&complaints) {
                outcome = Outcome::Partial;
            }
            coded.extend(article);
        },
    );
    let affairs = detente_ledger::fold(&coded);
    let page = match arguments.format {
        Format::Text => detente_ledger::text(&coded, &affairs),
        Format::Markdown => detente_ledger::markdown(&coded, &affairs),
        Format::Json => {
            let acts: Vec<_> = coded.iter().flat_map(|coded| &coded.acts).collect();
            format!("{}\n", serde_json::to_string_pretty(&json!({"acts": acts, "affairs": affairs}))?)
        }
    };
    Output::open().write(page.as_bytes());
    Ok(outcome)
}
