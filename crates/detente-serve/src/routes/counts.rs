//! Acts over time: the timeline, and counts by period.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use detente_ledger::ask::{Grouping, Period, Timeline};
use detente_ledger::store::Who;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{List, cell, csv, json, list};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::{Filters, Format, Paging, Parameters, unknown};
use crate::view::{CountView, EventView};

/// Acts and turns of affairs of a state or a pair, in order of time
#[utoipa::path(
    get,
    path = "/timeline",
    tag = "acts",
    params(Filters, Paging),
    responses((status = 200, body = List<EventView>))
)]
pub async fn timeline(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(Filters, Paging)>()?;
    desk.read(move |desk, ledger| {
        let filter = filters.filter(desk.lexicon(), ledger)?;
        if filter.who == Who::All {
            return Err(Failure::wrong("who: is missing; a timeline is of a state or a pair, as in ?who=JPN&who=KOR"));
        }
        let (total, timeline) =
            Timeline::page(ledger, desk.digest()?.as_ref(), &filter, paging.stretch()?, desk.lexicon())?;
        list(total, timeline.events.iter().map(EventView::new).collect(), &paging)
    })
    .await
}

/// How acts are counted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Counting {
    /// day, month or year [default: month]
    period: Option<String>,
    /// quad or type [default: quad]
    by: Option<String>,
}

/// Counts of acts that took place, period by period
#[utoipa::path(
    get,
    path = "/count",
    tag = "acts",
    params(Filters, Counting, Format),
    responses((status = 200, body = CountView))
)]
pub async fn count(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, counting, format) = parameters.read::<(Filters, Counting, Format)>()?;
    let (period, name) = match counting.period.as_deref() {
        Some("day") => (Period::Day, "day"),
        None | Some("month") => (Period::Month, "month"),
        Some("year") => (Period::Year, "year"),
        Some(other) => return Err(unknown("period", other, &["day", "month", "year"])),
    };
    let by = match counting.by.as_deref() {
        None | Some("quad") => Grouping::Quad,
        Some("type") => Grouping::Type,
        Some(other) => return Err(unknown("by", other, &["quad", "type"])),
    };
    desk.read(move |desk, ledger| {
        let filter = filters.filter(desk.lexicon(), ledger)?;
        let count = CountView::new(desk.digest()?.count(&filter, period, by), name);
        if !format.is_csv()? {
            return json(&count);
        }
        let groups = count.groups.iter().map(String::as_str);
        let header: Vec<&str> = ["period", "acts"].into_iter().chain(groups).chain(["mean_scale"]).collect();
        let rows = count.items.iter().map(|row| {
            let groups = row.groups.iter().map(usize::to_string);
            let mut cells = vec![row.period.clone(), row.acts.to_string()];
            cells.extend(groups.chain([cell(row.mean_scale)]));
            cells
        });
        csv(&header, rows)
    })
    .await
}
