//! What reviewers said of acts.

use detente_ledger::review::{Judged, Judgement, Passage, Review};
use serde::Serialize;
use utoipa::ToSchema;

use super::act::Act;
use crate::answer::{Tabular, cell};

/// The judgement by which an act stands as it does.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewView {
    /// The judgement, by its id.
    pub judgement: String,
    /// accept, correct or missed.
    pub verdict: String,
    /// Who said it.
    pub reviewer: String,
    /// When.
    pub at: String,
    /// A remark.
    pub note: Option<String>,
}

impl From<&Review> for ReviewView {
    fn from(review: &Review) -> ReviewView {
        ReviewView {
            judgement: review.judgement.clone(),
            verdict: review.verdict.as_str().to_owned(),
            reviewer: review.reviewer.clone(),
            at: review.at.to_string(),
            note: review.note.clone(),
        }
    }
}

/// What a reviewer said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JudgementView {
    /// Its id.
    pub id: String,
    /// Who said it.
    pub reviewer: String,
    /// When.
    pub at: String,
    /// accept, reject, correct, missed, coded or undo.
    pub verdict: String,
    /// The act that it is about, by its id; nothing for a passage.
    pub act: Option<String>,
    /// The judgement that it takes back.
    pub undoes: Option<String>,
    /// It was taken back.
    pub is_undone: bool,
    /// The ledger follows it.
    pub counts: bool,
    /// The acts that it finds, by their ids.
    pub acts: Vec<String>,
    /// A remark.
    pub note: Option<String>,
    /// The acts that were judged: ids, article, place, type and sides.
    #[schema(value_type = Vec<Object>)]
    pub targets: serde_json::Value,
    /// The acts as the reviewer reads them.
    #[schema(value_type = Vec<Object>)]
    pub readings: serde_json::Value,
    /// The passage that was coded: article, field, start and end.
    #[schema(value_type = Option<Object>)]
    pub passage: serde_json::Value,
    /// Targets that are found no more.
    #[schema(value_type = Vec<Object>)]
    pub astray: serde_json::Value,
}

impl From<Judgement> for JudgementView {
    fn from(judgement: Judgement) -> JudgementView {
        let json = |value: serde_json::Result<serde_json::Value>| value.unwrap_or_default();
        JudgementView {
            at: judgement.at.to_string(),
            verdict: judgement.verdict.as_str().to_owned(),
            act: judgement.targets.first().map(|target| target.act.clone()).filter(|act| !act.is_empty()),
            undoes: judgement.undoes,
            is_undone: false,
            counts: false,
            acts: Vec::new(),
            note: judgement.note,
            targets: json(serde_json::to_value(&judgement.targets)),
            readings: json(serde_json::to_value(&judgement.readings)),
            passage: json(serde_json::to_value(&judgement.passage)),
            astray: serde_json::Value::Array(Vec::new()),
            id: judgement.id,
            reviewer: judgement.reviewer,
        }
    }
}

impl From<Judged> for JudgementView {
    fn from(judged: Judged) -> JudgementView {
        let given = JudgementView::from(judged.judgement);
        JudgementView {
            is_undone: judged.is_undone,
            counts: judged.counts,
            astray: serde_json::to_value(&judged.astray).unwrap_or_default(),
            act: judged.acts.first().cloned().or(given.act),
            acts: judged.acts,
            ..given
        }
    }
}

impl Tabular for JudgementView {
    const HEADER: &'static [&'static str] =
        &["id", "at", "reviewer", "verdict", "act", "is_undone", "counts", "undoes", "readings", "note"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.at.clone(),
            self.reviewer.clone(),
            self.verdict.clone(),
            cell(self.act.as_ref()),
            self.is_undone.to_string(),
            self.counts.to_string(),
            cell(self.undoes.as_ref()),
            self.readings.to_string(),
            cell(self.note.as_ref()),
        ]
    }
}

/// An act that a reviewer has still to judge.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueView {
    /// The act as it stands; as it was coded, where another reviewer rejected it.
    #[serde(flatten)]
    pub act: Act,
    /// How confident the coder was.
    pub coded_confidence: f64,
    /// What others said of it.
    pub judgements: Vec<JudgementView>,
}

impl Tabular for QueueView {
    const HEADER: &'static [&'static str] = Act::HEADER;

    fn cells(&self) -> Vec<String> {
        self.act.cells()
    }
}

/// A passage that a reviewer is to code without seeing what anybody else made of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlindView {
    /// The article's id.
    pub article: String,
    /// title or text.
    pub field: String,
    /// First character of the passage in the field.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
    /// The passage.
    pub text: String,
    /// The passage before it, for who is meant by "he".
    pub before: Option<String>,
    /// The outlet, or the article's name.
    pub source: String,
    /// The article's title.
    pub title: Option<String>,
    /// The article's date.
    pub date: Option<String>,
    /// The article's address.
    pub url: Option<String>,
}

impl From<Passage> for BlindView {
    fn from(passage: Passage) -> BlindView {
        BlindView {
            article: passage.place.article,
            field: passage.place.field.to_string(),
            start: passage.place.start,
            end: passage.place.end,
            text: passage.text,
            before: passage.before,
            source: passage.published.source.unwrap_or(passage.published.name),
            title: passage.published.title,
            date: passage.published.date.map(|date| date.to_string()),
            url: passage.published.url,
        }
    }
}

impl Tabular for BlindView {
    const HEADER: &'static [&'static str] =
        &["article", "field", "start", "end", "source", "title", "date", "url", "text"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.article.clone(),
            self.field.clone(),
            self.start.to_string(),
            self.end.to_string(),
            self.source.clone(),
            cell(self.title.as_ref()),
            cell(self.date.as_ref()),
            cell(self.url.as_ref()),
            self.text.clone(),
        ]
    }
}
