//! What is in the ledger.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use detente_coder::EventType;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::answer::json;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::{Parameters, QUADS};
use crate::view::{MachineView, OutletView, StatusView, TypeView};

/// What is in the ledger
#[utoipa::path(get, path = "/status", tag = "ledger", responses((status = 200, body = StatusView)))]
pub async fn status(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    parameters.read::<()>()?;
    desk.read(move |desk, ledger| {
        let view = desk.seen()?;
        let days = view.digest.days();
        let counts = desk.counts(ledger, view.changes)?;
        let outlets = view.digest.outlets().into_iter();
        let machines = desk.lexicon().machines.iter();
        json(&StatusView {
            ledger: desk.path().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            today: Timestamp::now().to_zoned(TimeZone::UTC).date().to_string(),
            changed: view.changes,
            first: days.map(|(first, _)| first.to_string()),
            last: days.map(|(_, last)| last.to_string()),
            is_writable: desk.is_writable(),
            outlets: outlets.map(|(name, articles)| OutletView { name: name.to_owned(), articles }).collect(),
            machines: machines
                .map(|machine| MachineView {
                    kind: machine.kind.to_string(),
                    states: machine.states.iter().map(ToString::to_string).collect(),
                })
                .collect(),
            types: EventType::ALL
                .iter()
                .map(|event| TypeView {
                    name: event.as_str().to_owned(),
                    quad: QUADS[usize::from(event.quad()) - 1].to_owned(),
                })
                .collect(),
            counts,
        })
    })
    .await
}
