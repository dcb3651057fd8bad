//! Articles, sentences that were found, and events in order of time.

use detente_ledger::ask::{Event, Found};
use detente_ledger::store::ArticleFacts;
use detente_text::{Field, Passage};
use serde::Serialize;
use utoipa::ToSchema;

use super::act::{Act, SpanView};
use crate::answer::{Tabular, cell, joined};

/// An article, without its text.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArticleView {
    /// Its id: the same in every ledger.
    pub id: String,
    /// What it was called where it came from.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// The outlet that published it.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When the ledger learned of it.
    pub learned: String,
    /// Acts that it tells.
    pub acts: u32,
}

impl ArticleView {
    /// An article as the ledger has it.
    pub fn new(facts: ArticleFacts, acts: u32) -> ArticleView {
        ArticleView {
            id: facts.uid,
            name: facts.name,
            title: facts.title,
            date: facts.date.map(|date| date.to_string()),
            source: facts.source,
            url: facts.url,
            learned: facts.learned.to_string(),
            acts,
        }
    }
}

impl Tabular for ArticleView {
    const HEADER: &'static [&'static str] = &["id", "name", "title", "date", "source", "url", "learned", "acts"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.name.clone(),
            cell(self.title.as_ref()),
            cell(self.date.as_ref()),
            cell(self.source.as_ref()),
            cell(self.url.as_ref()),
            self.learned.clone(),
            self.acts.to_string(),
        ]
    }
}

/// An article with its acts.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticlePage {
    /// The article.
    #[serde(flatten)]
    pub article: ArticleView,
    /// Sentences that show an act or a circumstance.
    pub passages: Vec<ShownView>,
    /// The acts, in the order of the text. Takes the place of their number.
    #[serde(rename = "coded")]
    pub acts: Vec<Act>,
    /// The whole text by paragraphs, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Vec<ParagraphView>>,
}

/// A sentence of an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownView {
    /// title or text.
    pub field: String,
    /// First character in the field, as the article was given.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
    /// The sentence.
    pub text: String,
}

/// A paragraph of an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParagraphView {
    /// title or text.
    pub field: String,
    /// First character in the field, as the article was given.
    pub start: usize,
    /// Character after the last one.
    pub end: usize,
    /// Why it was left out of coding; nothing where it was coded.
    pub left_out: Option<String>,
    /// Its words.
    pub text: String,
}

impl From<&Passage> for ParagraphView {
    fn from(passage: &Passage) -> ParagraphView {
        let span = passage.span();
        ParagraphView {
            field: if passage.field == Field::Title { "title" } else { "text" }.to_owned(),
            start: span.start,
            end: span.end,
            left_out: (!passage.is_body()).then(|| passage.kind.to_string()),
            text: passage.text.clone(),
        }
    }
}

/// A sentence that holds the words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HitView {
    /// The article's id.
    pub article: String,
    /// The outlet, or the article's name.
    pub source: String,
    /// The article's title.
    pub title: Option<String>,
    /// The article's date.
    pub date: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// title or text.
    pub field: String,
    /// First character of the sentence in the field.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
    /// The sentence.
    pub text: String,
    /// Where the words stand in the sentence.
    pub marks: Vec<SpanView>,
    /// The acts that the sentence shows.
    pub acts: Vec<HitActView>,
}

/// An act that a sentence shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HitActView {
    /// Its id.
    pub id: String,
    /// Its day.
    pub day: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub event: String,
    /// Codes of those who act.
    pub actors: Vec<String>,
    /// Codes of those who are acted upon.
    pub recipients: Vec<String>,
    /// How far it took place.
    pub factuality: String,
}

impl From<Found> for HitView {
    fn from(found: Found) -> HitView {
        let Found { hit, marks } = found;
        HitView {
            article: hit.article.uid,
            source: hit.article.source.unwrap_or(hit.article.name),
            title: hit.article.title,
            date: hit.article.date.map(|date| date.to_string()),
            url: hit.article.url,
            field: hit.field,
            start: hit.start,
            end: hit.end,
            text: hit.text,
            marks: marks.into_iter().map(SpanView::from).collect(),
            acts: hit
                .acts
                .into_iter()
                .map(|act| HitActView {
                    id: act.id,
                    day: act.day,
                    event: act.event,
                    actors: act.actors,
                    recipients: act.recipients,
                    factuality: act.factuality,
                })
                .collect(),
        }
    }
}

impl Tabular for HitView {
    const HEADER: &'static [&'static str] =
        &["article", "source", "title", "date", "url", "field", "start", "end", "acts", "text"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.article.clone(),
            self.source.clone(),
            cell(self.title.as_ref()),
            cell(self.date.as_ref()),
            cell(self.url.as_ref()),
            self.field.clone(),
            self.start.to_string(),
            self.end.to_string(),
            joined(self.acts.iter().map(|act| act.id.as_str())),
            self.text.clone(),
        ]
    }
}

/// An act, or the turn of an affair.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventView {
    /// The day to which it belongs.
    pub day: Option<String>,
    /// How exactly its date is known; unknown where the day is that of the article.
    pub precision: String,
    /// act or affair.
    pub what: String,
    /// Id of the act or the affair.
    pub id: String,
    /// Type of the act, or kind of the affair.
    pub kind: String,
    /// Codes of those who act, or of the parties.
    pub actors: Vec<String>,
    /// Codes of those who are acted upon.
    pub recipients: Vec<String>,
    /// How far the act took place; nothing for an affair.
    pub factuality: Option<String>,
    /// The state before; nothing for an act.
    pub state_before: Option<String>,
    /// The state after; nothing for an act.
    pub state: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// The words of the act.
    pub text: Option<String>,
    /// Outlets, or articles, that tell it.
    pub told_by: Vec<String>,
    /// How others speak against it.
    pub against: Vec<String>,
}

impl EventView {
    /// An event of a timeline.
    pub fn new(event: &Event) -> EventView {
        let (state_before, state) = match &event.turn {
            Some((before, after)) => (before.clone(), Some(after.clone())),
            None => (None, None),
        };
        EventView {
            day: event.day.map(|day| day.to_string()),
            precision: event.precision.to_string(),
            what: event.what.to_owned(),
            id: event.id.clone(),
            kind: event.kind.clone(),
            actors: event.actors.clone(),
            recipients: event.recipients.clone(),
            factuality: event.factuality.map(|factuality| factuality.to_string()),
            state_before,
            state,
            subject: event.subject.clone(),
            text: event.text.clone(),
            told_by: event.told_by.clone(),
            against: event.against.iter().map(|how| how.as_str().to_owned()).collect(),
        }
    }
}

impl Tabular for EventView {
    const HEADER: &'static [&'static str] = &[
        "day",
        "precision",
        "what",
        "id",
        "kind",
        "actors",
        "recipients",
        "factuality",
        "from_state",
        "to_state",
        "subject",
        "told_by",
        "against",
        "text",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            cell(self.day.as_ref()),
            self.precision.clone(),
            self.what.clone(),
            self.id.clone(),
            self.kind.clone(),
            self.actors.join(" "),
            self.recipients.join(" "),
            cell(self.factuality.as_ref()),
            cell(self.state_before.as_ref()),
            cell(self.state.as_ref()),
            cell(self.subject.as_ref()),
            self.told_by.join("; "),
            self.against.join("; "),
            cell(self.text.as_ref()),
        ]
    }
}
