//! One file a command.

pub mod add;
pub mod answer;
pub mod brief;
pub mod code;
pub mod completions;
pub mod count;
pub mod diff;
pub mod explain;
pub mod export;
pub mod ledger;
pub mod lexicon;
pub mod man;
pub mod read;
pub mod review;
pub mod score;
pub mod search;
pub mod serve;
pub mod show;
pub mod status;
pub mod timeline;
pub mod watch;
