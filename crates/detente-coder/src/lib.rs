//! Codes acts between states and other actors from parsed news.

pub mod act;
mod check;
mod chooser;
mod coder;
mod confidence;
mod discourse;
mod entity;
mod examples;
mod explain;
mod factuality;
mod frame;
mod gate;
mod inflection;
mod learned;
mod linear;
mod linker;
mod matching;
mod mention;
mod merge;
pub mod ontology;
mod rule;
pub mod score;
mod sentence;
mod sides;
mod standing;
mod syntax;
mod when;

pub use act::*;
pub use check::{CheckReport, Failure};
pub use coder::{Coded, Coder};
pub use examples::ParsedExamples;
pub use explain::Explanation;
pub use learned::Learned;
pub use ontology::EventType;
pub use standing::Standing;
