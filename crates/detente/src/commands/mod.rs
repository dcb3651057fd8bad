//! One file a command.

pub mod brief;
pub mod code;
pub mod completions;
pub mod explain;
pub mod lexicon;
pub mod man;
pub mod read;
pub mod score;
