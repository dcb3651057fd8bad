//! `detente lexicon`: what the coder knows, and whether it holds together.

use clap::{Args, Subcommand};

use crate::input::{Articles, complaints};
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
    let report = if corpus.is_empty() {
        coder.check(None)
    } else {
        let mut report = |complaint: &crate::input::Complaint| {
            if complaint.report() {
                outcome = Outcome::Partial;
            }
        };
        let mut articles = Articles::open(corpus, options.date).filter_map(|article| match article {
            Ok(article) => {
                complaints(&article).iter().for_each(&mut report);
                Some(article)
            }
            Err(complaint) => {
                report(&complaint);
                None
            }
        });
        coder.check(Some(&mut articles))
    };
    Output::open().write(report.to_string().as_bytes());
    Ok(if report.is_ok() { outcome } else { Outcome::Partial })
}
