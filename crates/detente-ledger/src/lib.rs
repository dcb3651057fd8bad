//! Folds acts into affairs: where each negotiation, sanction, membership and claim stands.
//!
//! Acts are never changed; [`fold`] computes affairs from them by the state machines of the lexicon
//! (`machines/`, described in `docs/affairs.md`). [`brief`] writes both for readers.

mod affair;
pub mod brief;
mod fold;
mod phrase;
mod saying;
mod table;

pub use affair::{Account, Affair, Entry};
pub use fold::fold;
