//! Questions over all states: what they did and received, their network, places.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use crate::answer::{List, Tabular, csv, json, part};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::{Filters, Format, Paging, Parameters};
use crate::view::{LinkView, NetworkView, PlaceView, StateView};

/// States and organisations, those with most acts first
#[utoipa::path(
    get,
    path = "/states",
    tag = "relations",
    params(Filters, Paging),
    responses((status = 200, body = List<StateView>))
)]
pub async fn states(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(Filters, Paging)>()?;
    desk.read(move |desk, ledger| {
        let filter = filters.filter(desk.lexicon(), ledger)?;
        let mut states = desk.digest()?.states(&filter);
        states.sort_by(|a, b| b.all.acts.cmp(&a.all.acts).then_with(|| a.code.cmp(&b.code)));
        part(&states, &paging, |sum| Ok(StateView::new(sum, desk.lexicon())))
    })
    .await
}

/// The network of states and organisations; as CSV its links
#[utoipa::path(
    get,
    path = "/network",
    tag = "relations",
    params(Filters, Format),
    responses((status = 200, body = NetworkView))
)]
pub async fn network(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, format) = parameters.read::<(Filters, Format)>()?;
    desk.read(move |desk, ledger| {
        let pairs = desk.digest()?.pair_sums(&filters.filter(desk.lexicon(), ledger)?, false);
        let network = NetworkView::new(&pairs, desk.lexicon());
        match format.is_csv()? {
            true => csv(LinkView::HEADER, network.links.iter().map(Tabular::cells)),
            false => json(&network),
        }
    })
    .await
}

/// Places of acts, those with most acts first
#[utoipa::path(
    get,
    path = "/places",
    tag = "map",
    params(Filters, Paging),
    responses((status = 200, body = List<PlaceView>))
)]
pub async fn places(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(Filters, Paging)>()?;
    desk.read(move |desk, ledger| {
        let places = desk.digest()?.places(&filters.filter(desk.lexicon(), ledger)?);
        part(&places, &paging, |sum| Ok(PlaceView::from(sum)))
    })
    .await
}
