//! Folds acts into affairs: where each negotiation, sanction, membership and claim stands.
//!
//! Acts are never changed; [`fold`] computes affairs from them by the state machines of the lexicon
//! (`machines/`, described in `docs/affairs.md`). [`store`] keeps articles, acts and affairs in a file, [`ask`] answers from it, [`review`] takes
//! the judgements of people, [`brief`] writes acts and affairs for readers.

mod affair;
pub mod ask;
pub mod brief;
mod fold;
mod phrase;
mod record;
pub mod review;
mod saying;
pub mod store;
mod table;

pub use affair::{Account, Affair, Entry, joint};
pub use fold::{Said, fold, fold_named, fold_said, said};
pub use record::Record;
pub use store::Ledger;
