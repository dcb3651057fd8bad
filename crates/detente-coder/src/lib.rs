//! Codes acts between states and other actors from parsed news.

pub mod act;
pub mod ontology;
pub mod score;

pub use act::*;
pub use ontology::EventType;
