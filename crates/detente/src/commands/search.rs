//! `detente search`: sentences of evidence that hold words.

use clap::Args;
use detente_ledger::ask::{Search, who};

use super::answer::{Asked, Times};
use super::brief::style;
use crate::output::complain;
use crate::{Options, Outcome, pipeline};

/// Search the sentences of evidence for words, in any form of them
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// Words that all must stand in the sentence; "in quotation marks" for words that stand together
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Only sentences that show an act of this state or organisation; give it twice for a pair
    #[arg(long, value_name = "WHO")]
    of: Vec<String>,
    #[command(flatten)]
    times: Times,
    /// The most sentences that are shown
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// Searches.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ledger = arguments.asked.open()?;
    let lexicon = pipeline::parties(options.lexicon.as_deref())?;
    let who = who(&arguments.of, lexicon, &ledger)?;
    // What the shell gave as one word with spaces stands together.
    let words: Vec<String> = arguments
        .words
        .into_iter()
        .map(|word| if word.contains(' ') && !word.contains('"') { format!("\"{word}\"") } else { word })
        .collect();
    let stand_together = words.iter().any(|word| word.contains('"'));
    let search = Search::of(&ledger, &words.join(" "), &who, arguments.times.times(), arguments.limit)?;
    if search.hits.is_empty() && stand_together {
        let advice = "words that are given together must stand together; give them one by one to find them apart";
        complain("no sentence holds these words side by side", Some(advice));
    }
    arguments.asked.answer(&search, || search.table(), || search.text(style().width))
}
