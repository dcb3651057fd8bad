//! Affairs, claims among them, and what changed of them.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use detente_ledger::Affair;
use detente_ledger::ask::{AffairFilter, Diff};
use detente_ledger::store::Times;
use detente_lexicon::{Lexicon, Meaning, Place, Territory};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{List, Tabular, csv, json, list, part};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::{AffairFilters, At, Moments, Paging, Parameters, in_order, is_csv, sides};
use crate::view::{AffairView, ChangeView, ChangesView, ClaimView, TerritoryView};

/// Affairs, those that turned last first
#[utoipa::path(
    get,
    path = "/affairs",
    tag = "affairs",
    params(AffairFilters, Paging),
    responses((status = 200, body = List<AffairView>))
)]
pub async fn affairs(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(AffairFilters, Paging)>()?;
    desk.read(move |desk, ledger| {
        let filter = filters.filter(desk.lexicon(), ledger)?;
        let (offset, limit) = paging.stretch()?;
        let (total, affairs) = ledger.affairs_of(&filter, offset, limit, desk.lexicon())?;
        let view = |affair: &Affair| AffairView::new(affair, ledger, desk.lexicon());
        let items = affairs.iter().map(view).collect::<Result<_, _>>()?;
        list(total, items, &paging)
    })
    .await
}

/// An affair with all that was said of it
#[utoipa::path(
    get,
    path = "/affairs/{id}",
    tag = "affairs",
    params(("id" = String, Path, description = "Id of the affair, or its beginning"), Moments),
    responses((status = 200, body = AffairView))
)]
pub async fn affair(
    State(desk): State<Arc<Desk>>,
    At(id): At<String>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let (moments,) = parameters.read::<(Moments,)>()?;
    desk.read(move |desk, ledger| {
        let Some(affair) = ledger.affair(&id, moments.times(), desk.lexicon())? else {
            return Err(Failure::missing(format!("{id}: the affair had not begun at that time; ask for a later one")));
        };
        json(&AffairView::new(&affair, ledger, desk.lexicon())?)
    })
    .await
}

/// Claims to territory, with claimants, holder and a point to draw them at
#[utoipa::path(
    get,
    path = "/claims",
    tag = "map",
    params(AffairFilters, Paging),
    responses((status = 200, body = List<ClaimView>))
)]
pub async fn claims(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, paging) = parameters.read::<(AffairFilters, Paging)>()?;
    desk.read(move |desk, ledger| {
        let filter = AffairFilter { kind: Some("claim".to_owned()), ..filters.filter(desk.lexicon(), ledger)? };
        let (offset, limit) = paging.stretch()?;
        let (total, affairs) = ledger.affairs_of(&filter, offset, limit, desk.lexicon())?;
        let items = affairs.iter().map(|affair| claim(affair, desk.lexicon())).collect();
        list(total, items, &paging)
    })
    .await
}

fn claim(affair: &Affair, lexicon: &Lexicon) -> ClaimView {
    let position = position(affair, lexicon);
    ClaimView {
        affair: affair.id.clone(),
        subject: affair.subject.clone(),
        place: affair.object.clone().or_else(|| affair.place.clone()),
        lat: position.map(|(lat, _)| lat),
        lon: position.map(|(_, lon)| lon),
        parties: affair.parties.clone(),
        claimants: affair.claimants.clone(),
        holder: affair.holder.clone(),
        state: affair.state.clone(),
        since: affair.since.map(|day| day.to_string()),
    }
}

/// Disputed territories that the lexicon knows, whether or not an affair stands
#[utoipa::path(
    get,
    path = "/territories",
    tag = "map",
    params(Paging),
    responses((status = 200, body = List<TerritoryView>))
)]
pub async fn territories(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (paging,) = parameters.read::<(Paging,)>()?;
    let lexicon = desk.lexicon();
    let view =
        |territory: &Territory| Ok(TerritoryView::new(territory, middle(Some(territory), None, lexicon), lexicon));
    part(&lexicon.territories, &paging, view)
}

/// Where a claim is drawn.
fn position(affair: &Affair, lexicon: &Lexicon) -> Option<(f32, f32)> {
    let territory = affair.object.as_ref().and_then(|object| {
        lexicon.territories.iter().find(|territory| territory.title == *object || territory.code == *object)
    });
    middle(territory, affair.place.as_deref(), lexicon)
}

/// The middle of a territory as the lexicon tells it, or else of those of its places that the lexicon knows. A place of the
/// same name in a country that has no part in the dispute is none of them.
fn middle(territory: Option<&Territory>, place: Option<&str>, lexicon: &Lexicon) -> Option<(f32, f32)> {
    if let Some(area) = territory.and_then(|territory| territory.lies) {
        return Some(area.middle);
    }
    let names = territory.map(|territory| territory.names.iter().chain(territory.parts.iter().flatten()));
    let names = names.into_iter().flatten().map(|name| name.as_str()).chain(place);
    let mut places: Vec<u32> = names
        .flat_map(|name| lexicon.names.get(name))
        .filter_map(|meaning| match meaning {
            Meaning::Place(number) => Some(*number),
            _ => None,
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    let is_part = |place: &&Place| {
        territory.zip(place.country.as_ref()).is_none_or(|(territory, country)| territory.is_disputed_by(country))
    };
    let points: Vec<(f32, f32)> = places
        .into_iter()
        .map(|number| &lexicon.places[number as usize])
        .filter(is_part)
        .filter_map(|p| p.position)
        .collect();
    let count = points.len() as f32;
    let (lat, lon) = points.iter().fold((0.0, 0.0), |(lat, lon), point| (lat + point.0, lon + point.1));
    (!points.is_empty()).then(|| (lat / count, lon / count))
}

/// Two times that are compared.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Between {
    /// A party, or two, by code, name or adjective
    who: Vec<String>,
    /// The earlier day
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The later day [default: now]
    #[param(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// The most changes to tell [default: all]
    limit: Option<usize>,
    /// json or csv
    format: Option<String>,
    /// so: as it was on those days; known: as it was known on them [default: so]
    by: Option<String>,
}

/// What changed between two days: affairs that stand otherwise, those that turned last first
#[utoipa::path(get, path = "/diff", tag = "affairs", params(Between), responses((status = 200, body = ChangesView)))]
pub async fn diff(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (between,) = parameters.read::<(Between,)>()?;
    let Some(from) = between.from else {
        return Err(Failure::wrong("from: is missing; give the earlier day, as in ?from=2022-03-01"));
    };
    let times = move |day: Option<Date>| match between.by.as_deref() {
        None | Some("so") => Ok(Times { as_of: day, known_by: None }),
        Some("known") => Ok(Times { as_of: None, known_by: day }),
        Some(other) => Err(crate::parameters::unknown("by", other, &["so", "known"])),
    };
    in_order(Some(from), between.until)?;
    let (from, until) = (times(Some(from))?, times(between.until)?);
    let is_table = is_csv(between.format.as_deref())?;
    desk.read(move |desk, ledger| {
        let who = sides(&between.who, desk.lexicon(), ledger)?;
        let most = between.limit.unwrap_or(usize::MAX);
        let diff = Diff::latest(ledger, desk.digest()?.as_ref(), &who, (from, until), most, desk.lexicon())?;
        let changes = ChangesView::from(diff);
        match is_table {
            true => csv(ChangeView::HEADER, changes.items.iter().map(Tabular::cells)),
            false => json(&changes),
        }
    })
    .await
}
