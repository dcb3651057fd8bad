//! Circumstances: what an article says of a standing matter without telling of an act.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::act::{Attribution, Epoch, Factuality, Party, Precision, Span, TextField};

/// A circumstance: "Freedonia continues to claim the island", "relations are strained".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The record's id, or the file.
    pub article: String,
    /// Kind of affair: claim, relations, sanction, conflict...
    pub kind: String,
    /// State of the affair.
    pub state: String,
    /// Whose it is; both sides of mutual matters.
    pub actor: Vec<Party>,
    /// Towards whom.
    pub recipient: Vec<Party>,
    /// Codes of the territories it is about.
    pub territory: Vec<String>,
    /// Words for what it is about.
    pub subject: Option<String>,
    /// Since or on which day, first day of month or year where the day is unknown.
    pub date: Option<Date>,
    /// How exactly the date is known.
    pub date_precision: Precision,
    /// Whether it stands now, or an article recalls that it stood.
    #[serde(default = "stands")]
    pub epoch: Epoch,
    /// How far it is so.
    pub factuality: Factuality,
    /// On whose word.
    pub attribution: Attribution,
    /// The field that holds the words.
    pub field: TextField,
    /// The words.
    pub evidence: Span,
    /// The words' text.
    pub event_text: String,
    /// File and line of the example that found it.
    pub rule: String,
}

/// What circumstances were before they told of it.
fn stands() -> Epoch {
    Epoch::New
}
