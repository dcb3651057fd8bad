//! Pairs of states and organisations.

use detente_ledger::Affair;
use detente_ledger::ask::digest::PairSum;
use detente_lexicon::Lexicon;
use serde::Serialize;
use utoipa::ToSchema;

use super::affair::AffairView;
use super::name;
use crate::answer::{Tabular, cell};

/// What was done between two, and what stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PairView {
    /// Code of the one.
    pub a: String,
    /// Code of the other.
    pub b: String,
    /// Name of the one.
    pub a_name: String,
    /// Name of the other.
    pub b_name: String,
    /// Acts that took place.
    pub acts: u32,
    /// Of these, the cooperative ones.
    pub cooperation: u32,
    /// Of these, the conflictual ones.
    pub conflict: u32,
    /// Acts of each quad class.
    pub quads: [u32; 4],
    /// Mean PLOVER scale.
    pub mean_scale: Option<f64>,
    /// The last day with an act.
    pub last: Option<String>,
    /// Acts of the last thirty days of the ledger, or of the time that is asked for.
    pub recent: u32,
    /// The newest months with acts, at most sixty, in order of time: month, cooperative acts, conflictual acts.
    pub months: Vec<(String, u32, u32)>,
    /// Affairs, those that turned last first.
    pub standing: Vec<StandingView>,
}

/// An affair in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StandingView {
    /// The affair's id.
    pub affair: String,
    /// Its kind.
    pub kind: String,
    /// What it is about.
    pub subject: Option<String>,
    /// Where it stands.
    pub state: String,
    /// Since when.
    pub since: Option<String>,
}

impl PairView {
    /// A pair with its affairs.
    pub fn new(sum: &PairSum, affairs: &[Affair], lexicon: &Lexicon) -> PairView {
        let month = |month: &detente_ledger::ask::digest::Month| {
            let name = format!("{:04}-{:02}", month.first.year(), month.first.month());
            (name, month.cooperation, month.conflict)
        };
        PairView {
            a: sum.a.clone(),
            b: sum.b.clone(),
            a_name: name(&sum.a, lexicon),
            b_name: name(&sum.b, lexicon),
            acts: sum.all.acts,
            cooperation: sum.all.cooperation(),
            conflict: sum.all.conflict(),
            quads: sum.all.quads,
            mean_scale: sum.all.mean_scale(),
            last: sum.all.last.map(|day| day.to_string()),
            recent: sum.recent,
            months: sum.months.iter().map(month).collect(),
            standing: affairs.iter().map(StandingView::from).collect(),
        }
    }
}

impl From<&Affair> for StandingView {
    fn from(affair: &Affair) -> StandingView {
        StandingView {
            affair: affair.id.clone(),
            kind: affair.kind.clone(),
            subject: affair.subject.clone().or_else(|| affair.object.clone()),
            state: affair.state.clone(),
            since: affair.since.map(|day| day.to_string()),
        }
    }
}

impl Tabular for PairView {
    const HEADER: &'static [&'static str] = &[
        "a",
        "b",
        "a_name",
        "b_name",
        "acts",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
        "mean_scale",
        "last",
        "recent",
        "standing",
    ];

    fn cells(&self) -> Vec<String> {
        let standing = self.standing.iter().map(|affair| format!("{}: {}", affair.kind, affair.state));
        let mut cells =
            vec![self.a.clone(), self.b.clone(), self.a_name.clone(), self.b_name.clone(), self.acts.to_string()];
        cells.extend(self.quads.iter().map(u32::to_string));
        cells.extend([
            cell(self.mean_scale),
            cell(self.last.as_ref()),
            self.recent.to_string(),
            standing.collect::<Vec<_>>().join("; "),
        ]);
        cells
    }
}

/// All that is to be told of a pair.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairPage {
    /// Code of the one.
    pub a: String,
    /// Code of the other.
    pub b: String,
    /// Name of the one.
    pub a_name: String,
    /// Name of the other.
    pub b_name: String,
    /// Acts between the two that took place.
    pub acts: u32,
    /// Of these, the cooperative ones.
    pub cooperation: u32,
    /// Of these, the conflictual ones.
    pub conflict: u32,
    /// Mean PLOVER scale.
    pub mean_scale: Option<f64>,
    /// Affairs, in order of kind.
    pub affairs: Vec<AffairView>,
    /// Days with acts that took place: the day, then acts of verbal cooperation, material cooperation, verbal conflict
    /// and material conflict.
    pub days: Vec<(String, u32, u32, u32, u32)>,
}
