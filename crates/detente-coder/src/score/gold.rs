//! Gold files: what annotators say that a text tells.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CodedAct, Error, articles};
use crate::ontology::EventType;

/// A type name of gold files: PLOVER's, or `YIELD` for CONCEDE and RETREAT together.
pub(super) fn label(text: &str) -> Option<&'static str> {
    if text == "YIELD" { Some("YIELD") } else { EventType::parse(text).map(EventType::as_str) }
}

/// The type as a gold file with `YIELD` writes it.
pub(super) fn merged(label: &'static str) -> &'static str {
    if label == "CONCEDE" || label == "RETREAT" { "YIELD" } else { label }
}

/// Quad class of a type name; `YIELD` is material cooperation.
pub(super) fn quad(label: &str) -> u8 {
    EventType::parse(label).map_or(2, EventType::quad)
}

/// Tells whether the type is read without direction.
pub(super) fn is_mutual(label: &str) -> bool {
    matches!(label, "CONSULT" | "COOPERATE" | "AGREE")
}

/// Even or odd records of a gold file, counted from 0: one half to work on, one to be honest with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Records 0, 2, 4...
    Even,
    /// Records 1, 3, 5...
    Odd,
}

/// An act between two states or intergovernmental organisations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoldAct {
    /// Code of the actor.
    pub actor: String,
    /// Code of the recipient.
    pub recipient: String,
    /// PLOVER type; of an intended act that of its content.
    #[serde(rename = "type")]
    pub event: String,
    /// The readings allowed.
    #[serde(default)]
    pub factuality: Vec<String>,
    /// The readings allowed, new or background.
    #[serde(default)]
    pub time: Vec<String>,
    /// Whether all annotators saw it; if not, it counts neither for nor against.
    #[serde(default = "agreed")]
    pub agreed: bool,
    /// The words that say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Value>,
}

impl GoldAct {
    /// What a right act is in a gold file: one for each pair of its sides that are states or organisations.
    pub fn of(act: &CodedAct) -> Vec<GoldAct> {
        let triples = articles::triples(act).into_iter().filter(|triple| !articles::is_reverse(triple));
        let gold = triples.map(|(actor, event, recipient)| GoldAct {
            actor: actor.to_owned(),
            recipient: recipient.to_owned(),
            event: event.to_owned(),
            factuality: vec![act.factuality.clone()],
            time: vec![act.epoch.clone()],
            agreed: true,
            evidence: Some(Value::String(act.event_text.clone())),
        });
        gold.collect()
    }
}

/// Where a matter between states stands at the end of an article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GoldAffair {
    /// Kind of affair.
    pub kind: String,
    /// Codes of the parties.
    pub parties: Vec<String>,
    /// What it is about.
    #[serde(default)]
    pub subject: Option<String>,
    /// The readings allowed.
    #[serde(default)]
    pub state: Vec<String>,
    /// Whether all annotators saw it.
    #[serde(default = "agreed")]
    pub agreed: bool,
}

fn agreed() -> bool {
    true
}

/// Acts and affairs of one article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ArticleGold {
    /// The article's id.
    pub id: String,
    /// Its title, where the gold file holds the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its date, where the gold file holds the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Its text, where the gold file holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its acts.
    pub acts: Vec<GoldAct>,
    /// Its affairs, where they were annotated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affairs: Option<Vec<GoldAffair>>,
}

impl ArticleGold {
    fn own_text(&self) -> Option<GoldText<'_>> {
        let text = self.text.as_deref()?;
        Some(GoldText { id: &self.id, title: self.title.as_deref(), date: self.date, text })
    }
}

/// A text that a gold file holds, as a record to be coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GoldText<'g> {
    /// The record's id.
    pub id: &'g str,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'g str>,
    /// Its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Its text.
    pub text: &'g str,
}

/// A sentence with an actor and a recipient given, and what the one does to the other.
#[derive(Debug, Clone, Deserialize)]
pub struct SentenceGold {
    /// The sentence's id.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// First character of the actor, character after it.
    pub actor: (u32, u32),
    /// First character of the recipient, character after it.
    pub recipient: (u32, u32),
    /// PLOVER type, or `YIELD`.
    #[serde(rename = "type")]
    pub event: String,
    /// Quad class.
    #[serde(default)]
    pub quad: Option<u8>,
}

/// A sentence with the codes of its actors and recipients.
#[derive(Debug, Clone, Deserialize)]
pub struct RecordGold {
    /// The record's id.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Codes of the actors: states, or IGO, NGO, IMG, ISM.
    pub source: Vec<String>,
    /// Codes of the recipients.
    pub target: Vec<String>,
    /// PLOVER type, or `YIELD`.
    #[serde(rename = "type")]
    pub event: String,
}

/// A gold file.
#[derive(Debug, Clone)]
pub enum Gold {
    /// Articles.
    Articles(Vec<ArticleGold>),
    /// Sentences with spans.
    Sentences(Vec<SentenceGold>),
    /// Plain records.
    Records(Vec<RecordGold>),
}

impl Gold {
    /// Reads a gold file, one JSON object a line; its first line tells its kind.
    pub fn read(text: &str) -> Result<Gold, Error> {
        let mut lines =
            text.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(|(_, line)| !line.trim().is_empty());
        let Some((line, first)) = lines.clone().next() else {
            return Err(Error { line: 1, reason: "the file is empty".to_owned() });
        };
        let value: Value = parse(line, first)?;
        if value.get("acts").is_some() {
            let articles = lines.map(|(line, text)| article(line, text)).collect::<Result<_, _>>()?;
            Ok(Gold::Articles(articles))
        } else if value.get("source").is_some() {
            let records = lines.map(|(line, text)| {
                let record: RecordGold = parse(line, text)?;
                known(line, &record.event)?;
                Ok(record)
            });
            Ok(Gold::Records(records.collect::<Result<_, _>>()?))
        } else if value.get("actor").is_some() {
            let sentences = lines.by_ref().map(|(line, text)| {
                let sentence: SentenceGold = parse(line, text)?;
                known(line, &sentence.event)?;
                Ok(sentence)
            });
            Ok(Gold::Sentences(sentences.collect::<Result<_, _>>()?))
        } else {
            let reason = "this is no gold record: it has none of `acts`, `actor`, `source`".to_owned();
            Err(Error { line, reason })
        }
    }

    /// Keeps every other record.
    pub fn half(self, half: Half) -> Gold {
        fn pick<T>(records: Vec<T>, half: Half) -> Vec<T> {
            let skip = usize::from(half == Half::Odd);
            records.into_iter().skip(skip).step_by(2).collect()
        }
        match self {
            Gold::Articles(records) => Gold::Articles(pick(records, half)),
            Gold::Sentences(records) => Gold::Sentences(pick(records, half)),
            Gold::Records(records) => Gold::Records(pick(records, half)),
        }
    }

    /// The texts of the records, where the gold file holds all of them.
    pub fn texts(&self) -> Option<Vec<GoldText<'_>>> {
        let sentence = |(id, text)| GoldText { id, title: None, date: None, text };
        match self {
            Gold::Articles(records) => records.iter().map(ArticleGold::own_text).collect(),
            Gold::Sentences(records) => Some(records.iter().map(|r| sentence((&r.id, &r.text))).collect()),
            Gold::Records(records) => Some(records.iter().map(|r| sentence((&r.id, &r.text))).collect()),
        }
    }

    /// Ids of the records.
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Gold::Articles(records) => records.iter().map(|record| record.id.as_str()).collect(),
            Gold::Sentences(records) => records.iter().map(|record| record.id.as_str()).collect(),
            Gold::Records(records) => records.iter().map(|record| record.id.as_str()).collect(),
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(line: usize, text: &'a str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error { line, reason: error.to_string() })
}

fn known(line: usize, event: &str) -> Result<(), Error> {
    match label(event) {
        Some(_) => Ok(()),
        None => Err(Error { line, reason: format!("`{event}` is no type of PLOVER") }),
    }
}

fn article(line: usize, text: &str) -> Result<ArticleGold, Error> {
    let article: ArticleGold = parse(line, text)?;
    article.acts.iter().try_for_each(|act| known(line, &act.event))?;
    Ok(article)
}
