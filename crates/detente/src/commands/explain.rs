//! `detente explain`: how a sentence is read, step by step.

use clap::Args;

use crate::output::Output;
use crate::{Options, Outcome, pipeline};

/// Show how a sentence is read: tokens, tree, actors, clauses, rules, acts
#[derive(Debug, Args)]
pub struct Arguments {
    /// The sentence, in quotation marks
    #[arg(value_name = "SENTENCE")]
    sentence: String,
}

/// Explains one sentence.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    anyhow::ensure!(!arguments.sentence.trim().is_empty(), "the sentence is empty; write one in quotation marks");
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let explanation = coder.explain(&arguments.sentence, options.date).to_string();
    let mut output = Output::open();
    output.write(explanation.as_bytes());
    if !explanation.ends_with('\n') {
        output.write(b"\n");
    }
    Ok(Outcome::Whole)
}
