//! `detente lexicon`: what the coder knows, and whether it holds together.

mod codebook;
mod meaning;

use std::path::Path;

use clap::{Args, Subcommand};

use crate::input::{Documents, complaints, report_all};
use crate::output::Output;
use crate::{Options, Outcome, pipeline};

/// Work with the lexicon
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Check(Check),
    /// Write the codebook, in Markdown: every type, mode and field with examples and counter-examples
    Codebook,
}

/// Prove that every example sentence codes to itself and every counter-example to nothing
#[derive(Debug, Args)]
struct Check {
    /// Articles in which to count how often each rule matches
    #[arg(value_name = "CORPUS")]
    corpus: Vec<String>,
}

/// Checks the lexicon or writes its codebook.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.action {
        Action::Check(Check { corpus }) => check(options, corpus),
        Action::Codebook => codebook(options.lexicon.as_deref()),
    }
}

fn codebook(overlay: Option<&Path>) -> anyhow::Result<Outcome> {
    let lexicon = pipeline::lexicon(overlay)?;
    Output::open().write(codebook::write(&lexicon).as_bytes());
    Ok(Outcome::Whole)
}

fn check(options: &Options, corpus: Vec<String>) -> anyhow::Result<Outcome> {
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let mut outcome = Outcome::Whole;
    let mut passages = Vec::new();
    for article in Documents::open(corpus, options).read() {
        let complaints = match article {
            Ok(article) => {
                passages.extend(article.body().map(|(_, passage)| passage.body().to_owned()));
                complaints(&article)
            }
            Err(complaint) => vec![complaint],
        };
        if report_all(&complaints) {
            outcome = Outcome::Partial;
        }
    }
    let report = coder.check(passages.iter().map(String::as_str));
    Output::open().write(report.to_string().as_bytes());
    Ok(if report.is_ok() { outcome } else { Outcome::Partial })
}
