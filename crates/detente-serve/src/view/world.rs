//! States, places, claims, the network of states, and counts.

use detente_ledger::ask::Count;
use detente_ledger::ask::digest::{PairSum, PlaceSum, StateSum};
use detente_lexicon::{Lexicon, Territory};
use serde::Serialize;
use utoipa::ToSchema;

use super::{name, sort};
use crate::answer::{Tabular, cell};

/// What a state or organisation did and received.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StateView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// state, organisation, or other where one code stands for many.
    pub sort: String,
    /// Acts that took place and in which it has part.
    pub acts: u32,
    /// Of these, the cooperative ones.
    pub cooperation: u32,
    /// Of these, the conflictual ones.
    pub conflict: u32,
    /// What it did, by quad class.
    pub did: [u32; 4],
    /// What was done to it, by quad class; what is done together counts for each.
    pub received: [u32; 4],
    /// Mean PLOVER scale of what it did.
    pub did_scale: Option<f64>,
    /// Mean PLOVER scale of what was done to it.
    pub received_scale: Option<f64>,
    /// How many others it did something to, or received something from.
    pub pairs: usize,
    /// The last day with an act.
    pub last: Option<String>,
}

impl StateView {
    /// A state as the digest sums it up.
    pub fn new(sum: &StateSum, lexicon: &Lexicon) -> StateView {
        StateView {
            code: sum.code.clone(),
            name: name(&sum.code, lexicon),
            sort: sort(&sum.code, lexicon).to_owned(),
            acts: sum.all.acts,
            cooperation: sum.all.cooperation(),
            conflict: sum.all.conflict(),
            did: sum.did.quads,
            received: sum.received.quads,
            did_scale: sum.did.mean_scale(),
            received_scale: sum.received.mean_scale(),
            pairs: sum.pairs,
            last: sum.all.last.map(|day| day.to_string()),
        }
    }
}

impl Tabular for StateView {
    const HEADER: &'static [&'static str] =
        &["code", "name", "sort", "acts", "cooperation", "conflict", "did_scale", "received_scale", "pairs", "last"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.code.clone(),
            self.name.clone(),
            self.sort.clone(),
            self.acts.to_string(),
            self.cooperation.to_string(),
            self.conflict.to_string(),
            cell(self.did_scale),
            cell(self.received_scale),
            self.pairs.to_string(),
            cell(self.last.as_ref()),
        ]
    }
}

/// A network of states and organisations.
#[derive(Debug, Serialize, ToSchema)]
pub struct NetworkView {
    /// Those that took part.
    pub nodes: Vec<NodeView>,
    /// Pairs of them.
    pub links: Vec<LinkView>,
}

/// A state or organisation of a network.
#[derive(Debug, Serialize, ToSchema)]
pub struct NodeView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// state, organisation, or other where one code stands for many.
    pub sort: String,
    /// Acts with another.
    pub acts: u32,
}

/// What was done between two.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// Code of the one.
    pub a: String,
    /// Code of the other.
    pub b: String,
    /// Acts that took place.
    pub acts: u32,
    /// Of these, the cooperative ones.
    pub cooperation: u32,
    /// Of these, the conflictual ones.
    pub conflict: u32,
    /// Mean PLOVER scale.
    pub scale: Option<f64>,
}

impl NetworkView {
    /// A network of pairs.
    pub fn new(pairs: &[PairSum], lexicon: &Lexicon) -> NetworkView {
        let mut nodes: std::collections::BTreeMap<&str, u32> = std::collections::BTreeMap::new();
        for pair in pairs {
            for code in [&pair.a, &pair.b] {
                *nodes.entry(code).or_default() += pair.all.acts;
            }
        }
        let node = |(code, acts): (&str, u32)| NodeView {
            code: code.to_owned(),
            name: name(code, lexicon),
            sort: sort(code, lexicon).to_owned(),
            acts,
        };
        NetworkView { nodes: nodes.into_iter().map(node).collect(), links: pairs.iter().map(LinkView::from).collect() }
    }
}

impl From<&PairSum> for LinkView {
    fn from(pair: &PairSum) -> LinkView {
        LinkView {
            a: pair.a.clone(),
            b: pair.b.clone(),
            acts: pair.all.acts,
            cooperation: pair.all.cooperation(),
            conflict: pair.all.conflict(),
            scale: pair.all.mean_scale(),
        }
    }
}

impl Tabular for LinkView {
    const HEADER: &'static [&'static str] = &["a", "b", "acts", "cooperation", "conflict", "mean_scale"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.a.clone(),
            self.b.clone(),
            self.acts.to_string(),
            self.cooperation.to_string(),
            self.conflict.to_string(),
            cell(self.scale),
        ]
    }
}

/// A place and what took place there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlaceView {
    /// Its name.
    pub name: String,
    /// Degrees north, where known.
    pub lat: Option<f32>,
    /// Degrees east, where known.
    pub lon: Option<f32>,
    /// Code of its country; nothing for seas and for disputed territories.
    pub country: Option<String>,
    /// What it is: country, province, district, city or region.
    pub precision: String,
    /// Acts that took place there.
    pub acts: u32,
    /// Of these, the cooperative ones.
    pub cooperation: u32,
    /// Of these, the conflictual ones.
    pub conflict: u32,
}

impl From<&PlaceSum> for PlaceView {
    fn from(sum: &PlaceSum) -> PlaceView {
        let precision = match sum.spot.resolution {
            1 => "country",
            2 => "province",
            3 => "district",
            4 => "city",
            _ => "region",
        };
        PlaceView {
            name: sum.spot.name.clone(),
            lat: sum.spot.position.map(|(lat, _)| lat),
            lon: sum.spot.position.map(|(_, lon)| lon),
            country: sum.spot.country.clone(),
            precision: precision.to_owned(),
            acts: sum.all.acts,
            cooperation: sum.all.cooperation(),
            conflict: sum.all.conflict(),
        }
    }
}

impl Tabular for PlaceView {
    const HEADER: &'static [&'static str] =
        &["name", "lat", "lon", "country", "precision", "acts", "cooperation", "conflict"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.name.clone(),
            cell(self.lat),
            cell(self.lon),
            cell(self.country.as_ref()),
            self.precision.clone(),
            self.acts.to_string(),
            self.cooperation.to_string(),
            self.conflict.to_string(),
        ]
    }
}

/// A claim to territory.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClaimView {
    /// The affair's id.
    pub affair: String,
    /// What it is about, in the words of the text.
    pub subject: Option<String>,
    /// The territory.
    pub place: Option<String>,
    /// Degrees north of about its middle, where the lexicon tells it or knows places of it.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// Codes of the parties of the affair.
    pub parties: Vec<String>,
    /// Codes of those that claim it and do not hold it.
    pub claimants: Vec<String>,
    /// Code of the one that holds it.
    pub holder: Option<String>,
    /// Where the claim stands.
    pub state: String,
    /// Since when.
    pub since: Option<String>,
}

impl Tabular for ClaimView {
    const HEADER: &'static [&'static str] =
        &["affair", "subject", "place", "lat", "lon", "parties", "claimants", "holder", "state", "since"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.affair.clone(),
            cell(self.subject.as_ref()),
            cell(self.place.as_ref()),
            cell(self.lat),
            cell(self.lon),
            self.parties.join(" "),
            self.claimants.join(" "),
            cell(self.holder.as_ref()),
            self.state.clone(),
            cell(self.since.as_ref()),
        ]
    }
}

/// A disputed territory of the lexicon.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TerritoryView {
    /// The lexicon's own short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Codes of those that say it is theirs.
    pub claimants: Vec<String>,
    /// Their names.
    pub claimant_names: Vec<String>,
    /// Code of the one that administers it; nothing where it is divided or held by none.
    pub holder: Option<String>,
    /// Its name.
    pub holder_name: Option<String>,
    /// When it passed to its holder, or when the dispute arose: a day, month or year.
    pub since: Option<String>,
    /// Degrees north of about its middle, where the lexicon tells it or knows places of it.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// Kilometres that it reaches from there, about: no border.
    pub reach: Option<f32>,
}

impl TerritoryView {
    /// A territory and the point to draw it at.
    pub fn new(territory: &Territory, position: Option<(f32, f32)>, lexicon: &Lexicon) -> TerritoryView {
        TerritoryView {
            code: territory.code.to_string(),
            name: territory.title.to_string(),
            claimants: territory.claimants.iter().map(ToString::to_string).collect(),
            claimant_names: territory.claimants.iter().map(|code| name(code, lexicon)).collect(),
            holder: territory.holder.as_ref().map(ToString::to_string),
            holder_name: territory.holder.as_ref().map(|code| name(code, lexicon)),
            since: territory.since.as_ref().map(ToString::to_string),
            lat: position.map(|(lat, _)| lat),
            lon: position.map(|(_, lon)| lon),
            reach: territory.lies.map(|area| area.reach),
        }
    }
}

impl Tabular for TerritoryView {
    const HEADER: &'static [&'static str] = &["code", "name", "claimants", "holder", "since", "lat", "lon", "reach"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.code.clone(),
            self.name.clone(),
            self.claimants.join(" "),
            cell(self.holder.as_ref()),
            cell(self.since.as_ref()),
            cell(self.lat),
            cell(self.lon),
            cell(self.reach),
        ]
    }
}

/// Counts of acts that took place, period by period.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountView {
    /// day, month or year.
    pub period: String,
    /// Names of the groups.
    pub groups: Vec<String>,
    /// Every period from the first to the last, also those without acts.
    pub items: Vec<PeriodView>,
    /// Acts without any day.
    pub without_day: usize,
    /// Acts whose day is known less exactly than the period asks for.
    pub less_exact: usize,
    /// Acts that did not take place, or not yet.
    pub not_actual: usize,
}

/// Counts of one period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodView {
    /// The period: 2024-03.
    pub period: String,
    /// All acts.
    pub acts: usize,
    /// Acts of each group, in their order.
    pub groups: Vec<usize>,
    /// Mean PLOVER scale; nothing where there is no act.
    pub mean_scale: Option<f64>,
}

impl CountView {
    /// Counts under the name of their period.
    pub fn new(count: Count, period: &str) -> CountView {
        let groups = count.groups.iter().map(|name| name.replace('_', "-")).collect();
        let row = |row: detente_ledger::ask::Row| PeriodView {
            period: row.period,
            acts: row.acts,
            groups: row.groups,
            mean_scale: row.mean_scale,
        };
        CountView {
            period: period.to_owned(),
            groups,
            without_day: count.without_day,
            less_exact: count.less_exact,
            not_actual: count.not_actual,
            items: count.rows.into_iter().map(row).collect(),
        }
    }
}
