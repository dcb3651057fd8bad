//! Scores coded acts and affairs against gold files of three kinds: articles with their acts and
//! affairs, sentences with the spans of an actor and a recipient, and plain sentence records.
//!
//! Scoring is a pure function of the gold and of what was coded, so that the output of any
//! program that writes `detente code` lines can be scored:
//!
//! ```
//! use detente_coder::score::{Gold, Output, score};
//!
//! let gold = Gold::read(
//!     r#"{"id": "s1", "text": "Ruritania sued Freedonia.", "source": ["RUR"], "target": ["FRE"], "type": "ACCUSE"}"#,
//! )?;
//! let output = Output::read_lines(
//!     r#"{"article": "s1", "event": ["ACCUSE"], "actor": [{"code": "RUR"}], "recipient": [{"code": "FRE"}]}"#,
//! )?;
//! assert!(score(&gold, &output).summary(0).contains("1.000"));
//! # Ok::<(), detente_coder::score::Error>(())
//! ```

mod affairs;
mod articles;
mod gold;
mod output;
mod records;
mod sentences;
mod table;
mod tally;

use serde::Serialize;

pub use affairs::AffairsScore;
pub use articles::ArticlesScore;
pub use gold::{ArticleGold, Gold, GoldAct, GoldAffair, GoldText, Half, RecordGold, SentenceGold};
pub use output::{CodedAct, CodedAffair, CodedParty, CodedSentence, Output};
pub use records::RecordsScore;
pub use sentences::SentencesScore;
pub use tally::{Confusion, Share, Tally};

/// A line of a gold or output file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Error {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// What is wrong with one act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It was coded and is not in the gold.
    Invented,
    /// It was coded as another type.
    WrongType,
    /// It is in the gold and was not coded.
    Missing,
    /// It was coded, but not its factuality or epoch.
    WrongReading,
    /// It is an affair that was coded and is not in the gold.
    InventedAffair,
    /// It is an affair in the gold that was not coded.
    MissingAffair,
    /// It is an affair whose state is wrong.
    WrongState,
}

impl Fault {
    const ALL: [(Fault, &'static str); 7] = [
        (Fault::Invented, "Invented, the most confident first"),
        (Fault::WrongType, "Wrong type, the most confident first"),
        (Fault::Missing, "Missing"),
        (Fault::WrongReading, "Wrong factuality or epoch"),
        (Fault::InventedAffair, "Affairs invented"),
        (Fault::MissingAffair, "Affairs missing"),
        (Fault::WrongState, "Affairs in the wrong state"),
    ];
}

/// One error of the coder, as the scorer sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mistake {
    /// What is wrong.
    pub fault: Fault,
    /// The record.
    pub id: String,
    /// The act: `RUR SANCTION FRE`.
    pub act: String,
    /// What else is known: what was coded instead, how far the coder got.
    pub note: String,
    /// The words.
    pub text: String,
    /// The rule that coded it.
    pub rule: Option<String>,
    /// Confidence of what was coded, 0 where nothing was.
    pub confidence: f32,
}

/// The figures of one run over one gold file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "gold", rename_all = "snake_case")]
pub enum Score {
    /// Over articles.
    Articles(ArticlesScore),
    /// Over sentences with spans.
    Sentences(SentencesScore),
    /// Over plain records.
    Records(RecordsScore),
}

impl Score {
    /// Writes the figures as tables for a terminal, with the first errors of each kind.
    pub fn summary(&self, errors: usize) -> String {
        let mut out = String::new();
        match self {
            Score::Articles(score) => table::articles(&mut out, score),
            Score::Sentences(score) => table::sentences(&mut out, score),
            Score::Records(score) => table::records(&mut out, score),
        }
        table::mistakes(&mut out, self.mistakes(), errors);
        out
    }

    /// The errors, grouped by kind, the worst of a kind first.
    pub fn mistakes(&self) -> &[Mistake] {
        match self {
            Score::Articles(score) => &score.mistakes,
            Score::Sentences(score) => &score.mistakes,
            Score::Records(score) => &score.mistakes,
        }
    }
}

/// Scores what was coded against the gold.
pub fn score(gold: &Gold, output: &Output) -> Score {
    let mut score = match gold {
        Gold::Articles(articles) => Score::Articles(articles::score(articles, output)),
        Gold::Sentences(sentences) => Score::Sentences(sentences::score(sentences, output)),
        Gold::Records(records) => Score::Records(records::score(records, output)),
    };
    let mistakes = match &mut score {
        Score::Articles(score) => &mut score.mistakes,
        Score::Sentences(score) => &mut score.mistakes,
        Score::Records(score) => &mut score.mistakes,
    };
    mistakes.sort_by(|a, b| a.fault.cmp(&b.fault).then(b.confidence.total_cmp(&a.confidence)));
    score
}

#[cfg(test)]
mod tests;
