//! One judgement: who says when what of which act.

use detente_coder::{Act, TextField};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::Reading;
use crate::store::side;

/// What a reviewer says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The act is right as it is shown.
    #[default]
    Accept,
    /// There is no such act.
    Reject,
    /// There is an act, but not as it is shown.
    Correct,
    /// The coder missed an act.
    Missed,
    /// These are all acts of a passage, coded without seeing any other answer. It measures, and changes nothing.
    Coded,
    /// An earlier judgement is taken back.
    Undo,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 6] =
        [Verdict::Accept, Verdict::Reject, Verdict::Correct, Verdict::Missed, Verdict::Coded, Verdict::Undo];

    /// The word in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Reject => "reject",
            Verdict::Correct => "correct",
            Verdict::Missed => "missed",
            Verdict::Coded => "coded",
            Verdict::Undo => "undo",
        }
    }

    /// What became of the act: "corrected".
    pub fn done(self) -> &'static str {
        match self {
            Verdict::Accept => "accepted",
            Verdict::Reject => "rejected",
            Verdict::Correct => "corrected",
            Verdict::Missed => "added",
            Verdict::Coded => "coded",
            Verdict::Undo => "taken back",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == word)
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A stretch of an article, in characters from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The article, by its uid.
    pub article: String,
    /// Its title or its text.
    pub field: TextField,
    /// First character.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

/// The act that is judged, by what a later coder leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Target {
    /// Its id when it was judged.
    pub act: String,
    /// The words that show it.
    #[serde(flatten)]
    pub place: Place,
    /// Its type.
    #[serde(rename = "type")]
    pub event: String,
    /// Codes of those who act, or names where there is no code.
    pub actor: Vec<String>,
    /// Codes of those who are acted upon, or names.
    pub recipient: Vec<String>,
}

impl Target {
    /// The target that an act is.
    pub fn of(act: &Act) -> Target {
        Target {
            act: act.id.clone(),
            place: Place {
                article: act.article.clone(),
                field: act.text_info.field,
                start: act.evidence.start,
                end: act.evidence.end,
            },
            event: act.event.first().cloned().unwrap_or_default(),
            actor: sides(&act.actor),
            recipient: sides(&act.recipient),
        }
    }
}

/// What tells the sides from others, in order of the alphabet.
pub(super) fn sides(parties: &[detente_coder::Party]) -> Vec<String> {
    let mut sides: Vec<String> = parties.iter().map(side).collect();
    sides.sort();
    sides.dedup();
    sides
}

/// What one reviewer says once. It is kept as it is; an undo is a judgement too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// A hash of all that follows.
    pub id: String,
    /// Who judges.
    pub reviewer: String,
    /// When.
    pub at: Timestamp,
    /// What is said.
    pub verdict: Verdict,
    /// The judgement that is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// The act, then the other reports of it that were shown with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// The passage that was coded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<Place>,
    /// How it is read: one reading where there is an act, any number for a passage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// The fields in which the reading is not what the coder said: what holds for the other reports too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Judgement {
    /// The id that belongs to what it says.
    pub(super) fn own_id(&self) -> String {
        let nameless = Judgement { id: String::new(), ..self.clone() };
        let json = serde_json::to_vec(&nameless).unwrap_or_default();
        format!("{:016x}", xxh3_64(&json))
    }

    /// Articles that it concerns, and the acts in them.
    pub(super) fn concerns(&self) -> impl Iterator<Item = (&str, &str)> {
        let passage = self.passage.iter().map(|place| (place.article.as_str(), ""));
        self.targets.iter().map(|target| (target.place.article.as_str(), target.act.as_str())).chain(passage)
    }

    /// What makes one newer than another.
    pub(super) fn age(&self) -> (Timestamp, &str) {
        (self.at, &self.id)
    }
}
