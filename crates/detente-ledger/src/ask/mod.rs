//! Answers from a ledger: what stands, how much took place, where it says so, what changed.
//!
//! Each answer serialises, and gives its rows as a [`Table`]; those that are read as text write it.

mod affairs;
mod count;
mod diff;
mod search;
mod show;
mod status;
mod table;
mod timeline;
mod who;

pub use count::{Count, Grouping, Period, Row};
pub use diff::{Change, Diff};
pub use search::{Hit, HitAct, Search};
pub use show::Show;
pub use status::{FailureStatus, SourceStatus, Status, VintageStatus};
pub use table::Table;
pub use timeline::{Event, Timeline};
pub use who::who;
