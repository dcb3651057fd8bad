//! Texts that the client gives: coded at once, or added to the ledger.

use std::borrow::Cow;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::Response;
use detente_coder::{Coded, Span, TextField};
use detente_ledger::ask::Mark;
use detente_ledger::fold;
use detente_ledger::store::uid;
use detente_text::{Article, Fields};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::json;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::Parameters;
use crate::server::too_large;
use crate::view::{Act, AffairOfAct, MarkView};

/// An article that the client gives.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The text, plain or HTML.
    text: String,
    /// The title.
    #[serde(default)]
    title: Option<String>,
    /// The day of publication.
    #[serde(default)]
    date: Option<String>,
    /// Who published it.
    #[serde(default)]
    source: Option<String>,
    /// Its address.
    #[serde(default)]
    url: Option<String>,
}

impl Given {
    /// Reads the article; what is wrong with it is told.
    fn read(&self) -> Result<Article, Failure> {
        let field = |field: &Option<String>| field.clone().map(Cow::Owned);
        if let Some(date) = self.date.as_deref().filter(|date| !date.trim().is_empty())
            && date.trim().parse::<jiff::civil::Date>().is_err()
        {
            return Err(Failure::wrong(format!("date: {date:?} is no day; give it as in 2024-11-03")));
        }
        let fields = Fields {
            title: field(&self.title),
            date: field(&self.date),
            url: field(&self.url),
            source: field(&self.source),
            text: Some(Cow::Borrowed(&self.text)),
            ..Fields::default()
        };
        let article = fields.read(|| "given at the desk".to_owned());
        let mut article = article.map_err(|error| Failure::wrong(format!("text: {error}; {}", error.advice())))?;
        article.id = uid(&article);
        Ok(article)
    }
}

/// What a text was coded to.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodedView {
    /// The sentences in order, each with its acts.
    pub sentences: Vec<SentenceView>,
    /// The affairs that follow from the text alone.
    pub affairs: Vec<AffairOfAct>,
    /// What was left out of coding.
    pub left_out: Vec<LeftOutView>,
    /// The day of publication, where one is given or stated.
    pub date: Option<String>,
}

/// A sentence with its acts.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentenceView {
    /// title or text.
    pub field: String,
    /// First character in the field, as the text was given.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
    /// The sentence.
    pub text: String,
    /// Its acts.
    pub acts: Vec<CodedAct>,
}

/// An act of a sentence, and where its words stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodedAct {
    /// The act.
    #[serde(flatten)]
    pub act: Act,
    /// Words of the sentence and what they are to the act.
    pub marks: Vec<MarkView>,
}

/// A passage that was left out of coding.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutView {
    /// Why.
    pub why: String,
    /// The passage.
    pub text: String,
}

/// Codes a text sentence by sentence and changes nothing
#[utoipa::path(
    post,
    path = "/code",
    tag = "add",
    request_body = Given,
    responses((status = 200, body = CodedView))
)]
pub async fn code(
    State(desk): State<Arc<Desk>>,
    parameters: Parameters,
    given: Result<Json<Given>, JsonRejection>,
) -> Result<Response, Failure> {
    parameters.read::<()>()?;
    let given = body(given)?;
    desk.work(move |desk| {
        let article = given.read()?;
        let coded = desk.coder().code(&article);
        let affairs = fold(std::slice::from_ref(&coded), desk.lexicon());
        json(&CodedView {
            sentences: sentences(desk, &article, &coded),
            affairs: affairs.into_iter().map(AffairOfAct::from).collect(),
            left_out: article
                .left_out()
                .map(|(_, passage)| LeftOutView { why: passage.kind.to_string(), text: passage.text.clone() })
                .collect(),
            date: article.date.as_ref().map(|date| date.value.to_string()),
        })
    })
    .await
}

fn sentences(desk: &Desk, article: &Article, coded: &Coded) -> Vec<SentenceView> {
    let mut sentences = Vec::new();
    for (_, passage) in article.body() {
        let field = TextField::of(passage.field);
        for sentence in desk.coder().sentences(&passage.text) {
            if sentence.end <= passage.body_start {
                continue;
            }
            let text = passage.text[sentence.clone()].trim().to_owned();
            let place = passage.source_span(sentence);
            let place = Span { start: place.start as u32, end: place.end as u32 };
            let is_here = |act: &&detente_coder::Act| {
                act.text_info.field == field && place.start <= act.evidence.start && act.evidence.start < place.end
            };
            let acts = coded.acts.iter().filter(is_here).map(|act| CodedAct {
                marks: Mark::of(act, passage, place).into_iter().map(MarkView::from).collect(),
                act: Act::coded(act, text.clone(), desk.lexicon()),
            });
            sentences.push(SentenceView {
                field: field.to_string(),
                start: place.start,
                end: place.end,
                acts: acts.collect(),
                text,
            });
        }
    }
    sentences
}

/// What came of adding an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddedView {
    /// The article's id.
    pub article: String,
    /// Its acts.
    pub acts: Vec<Act>,
    /// The ledger did not have it.
    pub new: bool,
    /// The ledger had an article that says nearly the same.
    pub near: bool,
}

/// Adds an article to the ledger
#[utoipa::path(
    post,
    path = "/articles",
    tag = "add",
    request_body = Given,
    responses((status = 200, body = AddedView))
)]
pub async fn add(
    State(desk): State<Arc<Desk>>,
    parameters: Parameters,
    given: Result<Json<Given>, JsonRejection>,
) -> Result<Response, Failure> {
    parameters.read::<()>()?;
    let given = body(given)?;
    let article = given.read()?;
    if article.body().next().is_none() {
        let why = article.left_out().next().map_or_else(String::new, |(_, passage)| format!(" ({})", passage.kind));
        return Err(Failure::wrong(format!("text: nothing in it to code{why}; give an article in English")));
    }
    let (article, coded) = desk
        .work(move |desk| {
            let coded = desk.coder().code(&article);
            Ok((article, coded))
        })
        .await?;
    desk.write(move |desk, ledger, intake| {
        let name = article.title().map_or_else(|| article.id.clone(), |title| title.text.clone());
        let prepared = intake.prepare(&article, &name, &coded).map_err(detente_ledger::store::Error::from)?;
        let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let added = ledger.add(intake, &[prepared], today, None)?;
        ledger.settle(desk.lexicon())?;
        let acts = Act::of_article(&article.id, ledger, desk.lexicon())?;
        let near = added.near + added.same_words > 0;
        json(&AddedView { article: article.id.clone(), acts, new: added.articles > 0, near })
    })
    .await
}

/// The body of a request, or what is wrong with it.
pub fn body<T>(given: Result<Json<T>, JsonRejection>) -> Result<T, Failure> {
    match given {
        Ok(Json(given)) => Ok(given),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(too_large()),
        Err(rejection) => Err(Failure::new(rejection.status(), rejection.body_text())),
    }
}
