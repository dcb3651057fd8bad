//! Review: what is still to be judged, judgements, how far reviewers agree.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use detente_ledger::review::{Confidence, JudgementSelect, NewJudgement, QueueSelect};
use detente_ledger::store::Error;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use super::coding::body;
use crate::answer::{List, json, list};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::{At, Paging, Parameters, factualities, in_order, sides, types};
use crate::view::{Act, BlindView, JudgementView, QueueView};

/// Which acts a reviewer is to judge.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct QueueFilters {
    /// Name of the reviewer
    reviewer: String,
    /// A state or organisation, or two, by code, name or adjective
    who: Vec<String>,
    /// PLOVER types
    #[serde(rename = "type")]
    #[param(rename = "type")]
    types: Vec<String>,
    /// An outlet
    source: Option<String>,
    /// From this day on
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Up to this day
    #[param(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// How far it took place
    factuality: Vec<String>,
    /// How confident the coder was: at least (0.4), or from and to (0.2..0.6)
    confidence: Option<String>,
}

impl QueueFilters {
    fn select(self, desk: &Desk, ledger: &detente_ledger::Ledger, paging: &Paging) -> Result<QueueSelect, Failure> {
        let (offset, limit) = paging.stretch()?;
        if self.reviewer.trim().is_empty() {
            return Err(Failure::wrong("reviewer: is missing; give the name of who is to judge, as in ?reviewer=Anna"));
        }
        in_order(self.from, self.until)?;
        Ok(QueueSelect {
            who: sides(&self.who, desk.lexicon(), ledger)?,
            types: types(&self.types)?.into_iter().map(|event| event.as_str().to_owned()).collect(),
            source: self.source,
            from: self.from,
            until: self.until,
            factuality: factualities(&self.factuality)?,
            confidence: self.confidence.as_deref().map_or_else(|| Ok(Confidence::default()), confidence)?,
            offset,
            limit,
        })
    }
}

/// Reads "0.4" or "0.2..0.6".
fn confidence(words: &str) -> Result<Confidence, Failure> {
    let (from, to) = words.split_once("..").unwrap_or((words, "1"));
    match (from.trim().parse(), to.trim().parse()) {
        (Ok(from), Ok(to)) if 0.0 <= from && from <= to && to <= 1.0 => Ok(Confidence { from, to }),
        _ => Err(Failure::wrong(format!("confidence: {words:?} is no range from 0 to 1; give it as in 0.2..0.6"))),
    }
}

/// Acts that a reviewer has not judged, the least certain first
#[utoipa::path(
    get,
    path = "/review/queue",
    tag = "review",
    params(QueueFilters, Paging),
    responses((status = 200, body = List<QueueView>))
)]
pub async fn queue(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(QueueFilters, Paging)>()?;
    desk.read(move |desk, ledger| {
        let name = filters.reviewer.clone();
        let select = filters.select(desk, ledger, &paging)?;
        let queue = ledger.queue_of(desk.digest()?.as_ref(), &name, &select)?;
        let items = queue.items.into_iter().map(|item| {
            let text = item.passage.unwrap_or_else(|| item.act.act.event_text.clone());
            QueueView {
                act: Act::with(&item.act, text, desk.lexicon()),
                coded_confidence: item.coded_confidence,
                judgements: item.judgements.into_iter().map(JudgementView::from).collect(),
            }
        });
        list(queue.total, items.collect(), &paging)
    })
    .await
}

/// Passages to be coded blind: the same order for all, those that others have coded first
#[utoipa::path(
    get,
    path = "/review/passages",
    tag = "review",
    params(QueueFilters, Paging),
    responses((status = 200, body = List<BlindView>))
)]
pub async fn passages(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(QueueFilters, Paging)>()?;
    desk.read(move |desk, ledger| {
        let name = filters.reviewer.clone();
        let select = filters.select(desk, ledger, &paging)?;
        let queue = ledger.blind_queue(&name, &select)?;
        let items: Vec<BlindView> = queue.items.into_iter().map(BlindView::from).collect();
        // How many are left nobody counts: it would mean to read all articles.
        let total = select.offset + items.len();
        list(total, items, &paging)
    })
    .await
}

/// Which judgements are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct JudgementFilters {
    /// Those of a reviewer
    reviewer: Option<String>,
    /// Those of an act, by its id
    act: Option<String>,
    /// Those of an article, by its id
    article: Option<String>,
    /// Only those that find their act no more
    astray: bool,
}

/// Judgements, the newest first
#[utoipa::path(
    get,
    path = "/review/judgements",
    tag = "review",
    params(JudgementFilters, Paging),
    responses((status = 200, body = List<JudgementView>))
)]
pub async fn judgements(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(JudgementFilters, Paging)>()?;
    desk.read(move |_, ledger| {
        let select = JudgementSelect {
            reviewer: filters.reviewer,
            act: filters.act,
            article: filters.article,
            only_astray: filters.astray,
        };
        let (offset, limit) = paging.stretch()?;
        let found = ledger.judgements(&select)?.items;
        let total = found.len();
        let items = found.into_iter().skip(offset).take(limit).map(JudgementView::from).collect();
        list(total, items, &paging)
    })
    .await
}

/// Judges an act, adds a missed one, or codes a passage
#[utoipa::path(
    post,
    path = "/review/judgements",
    tag = "review",
    request_body = Object,
    responses((status = 200, body = JudgementView))
)]
pub async fn judge(
    State(desk): State<Arc<Desk>>,
    parameters: Parameters,
    given: Result<Json<NewJudgement>, JsonRejection>,
) -> Result<Response, Failure> {
    parameters.read::<()>()?;
    let new = body(given)?;
    desk.write(move |desk, ledger, _| {
        let judgement = ledger.judge(&new, Timestamp::now(), desk.lexicon())?;
        ledger.settle(desk.lexicon())?;
        json(&JudgementView::from(judgement))
    })
    .await
}

/// Who takes a judgement back.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct By {
    /// Name of the reviewer [default: whose judgement it is]
    reviewer: Option<String>,
}

/// Takes a judgement back; that is a judgement too
#[utoipa::path(
    delete,
    path = "/review/judgements/{id}",
    tag = "review",
    params(("id" = String, Path, description = "Id of the judgement"), By),
    responses((status = 200, body = JudgementView))
)]
pub async fn undo(
    State(desk): State<Arc<Desk>>,
    At(id): At<String>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let (by,) = parameters.read::<(By,)>()?;
    desk.write(move |desk, ledger, _| {
        let reviewer = match by.reviewer {
            Some(reviewer) => reviewer,
            None => ledger.judgement(&id)?.reviewer,
        };
        let undo = ledger.undo(&id, &reviewer, Timestamp::now())?;
        ledger.settle(desk.lexicon())?;
        json(&JudgementView::from(undo))
    })
    .await
}

/// Two reviewers who are compared.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Both {
    /// Names of the two reviewers
    reviewer: Vec<String>,
}

/// How far two reviewers agree: Cohen's kappa and Krippendorff's alpha, by field and type
#[utoipa::path(
    get,
    path = "/review/agreement",
    tag = "review",
    params(Both),
    responses((status = 200, body = Object))
)]
pub async fn agreement(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (both,) = parameters.read::<(Both,)>()?;
    let [one, other] = both.reviewer.as_slice() else {
        return Err(Failure::wrong("reviewer: agreement is between two; give ?reviewer=Anna&reviewer=Boris"));
    };
    let (one, other) = (one.clone(), other.clone());
    desk.read(move |_, ledger| json(&ledger.agreement(&one, &other)?)).await
}

/// Whose judgements count.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Of {
    /// Name of the reviewer [default: all, the newest judgement counting]
    reviewer: Option<String>,
}

/// What reviewers said as a gold file that `detente score` reads, one article a line
#[utoipa::path(
    get,
    path = "/review/gold",
    tag = "review",
    params(Of),
    responses((status = 200, body = String, content_type = "application/x-ndjson"))
)]
pub async fn gold(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (of,) = parameters.read::<(Of,)>()?;
    desk.read(move |_, ledger| {
        let mut lines = Vec::new();
        for article in ledger.gold(of.reviewer.as_deref())? {
            serde_json::to_writer(&mut lines, &article).map_err(|error| Error::from(std::io::Error::from(error)))?;
            lines.push(b'\n');
        }
        Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"))], lines).into_response())
    })
    .await
}
