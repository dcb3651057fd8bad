//! `detente lexicon`: what the coder knows, and whether it holds together.

use clap::{Args, Subcommand};

use crate::input::{Articles, complaints, report_all};
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
}

/// Prove that every example sentence codes to itself and every counter-example to nothing
#[derive(Debug, Args)]
struct Check {
    /// Articles in which to count how often each rule matches
    #[arg(value_name = "CORPUS")]
    corpus: Vec<String>,
}

/// Checks the lexicon.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let Action::Check(Check { corpus }) = arguments.action;
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let mut outcome = Outcome::Whole;
    let mut passages = Vec::new();
    for article in Articles::open(corpus, options.date) {
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
