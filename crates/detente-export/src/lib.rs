//! Writes acts in the formats of event data: PLOVER, POLECAT, ICEWS, GDELT, CSV, and networks of states.
//!
//! An [`Exporter`] makes rows of [`Event`]s. Formats that know only directed pairs get a row for each side that acts with each that is acted
//! upon, both ways where all act together. Acts that did not take place, and history, are left out of formats that cannot say so
//! ([`LeftOut`] counts them), unless [`Options::all`] asks for them. Rows carry the sentence of the evidence at most,
//! never an article, and with [`Options::text`] off no words of it at all.

mod event;
mod exporter;
mod gdelt;
mod icews;
mod network;
mod plover;
mod polecat;
mod table;

pub use event::Event;
pub use exporter::{Exported, Exporter, Format, LeftOut, Options, StateCodes};
pub use gdelt::COLUMNS as GDELT_COLUMNS;
pub use icews::COLUMNS as ICEWS_COLUMNS;
pub use network::Network;
pub use polecat::COLUMNS as POLECAT_COLUMNS;
pub use table::COLUMNS as CSV_COLUMNS;
