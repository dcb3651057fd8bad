//! What is in the ledger.

use serde::Serialize;
use utoipa::ToSchema;

/// What is in the ledger, and which program serves it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusView {
    /// Name of the file.
    pub ledger: String,
    /// Version of Detente.
    pub version: String,
    /// Today, by the clock of the server.
    pub today: String,
    /// A number that changes when the ledger does.
    pub changed: u64,
    /// The first day with an act.
    pub first: Option<String>,
    /// The last day with an act.
    pub last: Option<String>,
    /// Articles may be added and acts judged.
    pub is_writable: bool,
    /// Outlets and how many articles are theirs.
    pub outlets: Vec<OutletView>,
    /// Kinds of affair and their states.
    pub machines: Vec<MachineView>,
    /// Types of acts with their quad class.
    pub types: Vec<TypeView>,
    /// The counts of `detente status --format json`.
    #[schema(value_type = Object)]
    pub counts: serde_json::Value,
}

/// An outlet.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutletView {
    /// Its name.
    pub name: String,
    /// Its articles.
    pub articles: usize,
}

/// A kind of affair.
#[derive(Debug, Serialize, ToSchema)]
pub struct MachineView {
    /// Its name.
    pub kind: String,
    /// The states in which one may stand.
    pub states: Vec<String>,
}

/// A PLOVER type.
#[derive(Debug, Serialize, ToSchema)]
pub struct TypeView {
    /// Its name.
    pub name: String,
    /// Its quad class.
    pub quad: String,
}
