//! Articles, and sentences that hold words.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use detente_ledger::ask::Found;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{List, json, list};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::{At, Filters, Moments, Paging, Parameters, sides};
use crate::server::Client;
use crate::view::{Act, ArticlePage, ArticleView, HitView, ParagraphView, ShownView};

/// Articles, the latest first; of whom they tell is asked as of acts
#[utoipa::path(
    get,
    path = "/articles",
    tag = "articles",
    params(Filters, Paging),
    responses((status = 200, body = List<ArticleView>))
)]
pub async fn articles(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(Filters, Paging)>()?;
    desk.read(move |desk, ledger| {
        let digest = desk.digest()?;
        let numbers = digest.articles(&filters.filter(desk.lexicon(), ledger)?);
        let found = ledger.articles_by_number(paging.cut(&numbers)?)?;
        let item = |(number, facts)| ArticleView::new(facts, digest.acts_of_article(number));
        list(numbers.len(), found.into_iter().map(item).collect(), &paging)
    })
    .await
}

/// Whether the whole text is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Whole {
    /// true: with all paragraphs; only for who asks from the machine that the server runs on
    text: bool,
}

/// An article with its acts
#[utoipa::path(
    get,
    path = "/articles/{id}",
    tag = "articles",
    params(("id" = String, Path, description = "Id of the article"), Whole),
    responses((status = 200, body = ArticlePage))
)]
pub async fn article(
    State(desk): State<Arc<Desk>>,
    Extension(Client(client)): Extension<Client>,
    At(id): At<String>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let (whole,) = parameters.read::<(Whole,)>()?;
    if whole.text && !client.ip().to_canonical().is_loopback() {
        let message = "text: whole articles are given only on the machine that the server runs on; open it there";
        return Err(Failure::new(StatusCode::FORBIDDEN, message));
    }
    desk.read(move |desk, ledger| {
        let Some(facts) = ledger.article(&id)? else {
            return Err(Failure::missing(format!("{id}: no article of this id is in the ledger")));
        };
        let passages = ledger.passages(&id)?.into_iter().map(|(field, span, text)| ShownView {
            field: field.to_string(),
            start: span.start,
            end: span.end,
            text,
        });
        let acts = Act::of_article(&id, ledger, desk.lexicon())?;
        let text = match whole.text {
            true => ledger.text(&id)?.map(|article| article.passages.iter().map(ParagraphView::from).collect()),
            false => None,
        };
        let count = u32::try_from(acts.len()).unwrap_or(u32::MAX);
        json(&ArticlePage { article: ArticleView::new(facts, count), passages: passages.collect(), acts, text })
    })
    .await
}

/// What is searched for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Words {
    /// Words that a sentence holds, in any form; in quotation marks they stand together
    q: String,
    /// A side of an act that the sentence shows, or two, by code, name or adjective
    who: Vec<String>,
}

/// Sentences that hold words, the best first, with the acts that they show
#[utoipa::path(
    get,
    path = "/search",
    tag = "articles",
    params(Words, Moments, Paging),
    responses((status = 200, body = List<HitView>))
)]
pub async fn search(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (words, moments, paging) = parameters.read::<(Words, Moments, Paging)>()?;
    if !words.q.chars().any(char::is_alphanumeric) {
        return Err(Failure::wrong("q: no word to search for; give some, as in ?q=peace+treaty"));
    }
    desk.read(move |desk, ledger| {
        let who = sides(&words.who, desk.lexicon(), ledger)?;
        let (offset, limit) = paging.stretch()?;
        let (total, found) = Found::page(ledger, &words.q, &who, moments.times(), offset, limit)?;
        list(total, found.into_iter().map(HitView::from).collect(), &paging)
    })
    .await
}
