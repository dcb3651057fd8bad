//! Answers from a ledger: what stands, how much took place, where it says so, what changed.
//!
//! Each answer serialises, and gives its rows as a [`Table`]; those that are read as text write it.

mod affairs;
mod answered;
mod count;
mod diff;
pub mod digest;
mod evidence;
mod merges;
mod recoding;
mod search;
mod show;
mod status;
mod table;
mod timeline;
mod who;

pub use affairs::AffairFilter;
pub use answered::Answered;
pub use count::{Count, Grouping, Period, Row};
pub use diff::{Change, Diff};
pub use digest::{Digest, Filter};
pub use evidence::{Mark, Shown};
pub use merges::Merges;
pub(crate) use recoding::differing;
pub use recoding::{Fate, RecodedAct, Recoding};
pub use search::{Found, Hit, HitAct, Search};
pub use show::Show;
pub use status::{FailureStatus, SourceStatus, Status, VintageStatus};
pub use table::Table;
pub use timeline::{Event, Timeline};
pub use who::who;
