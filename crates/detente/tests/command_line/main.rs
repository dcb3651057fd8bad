//! Runs the program as a user does.

mod bad_input;
mod brief;
mod code;
mod export;
mod ledger;
mod parquet;
mod program;
mod resume;
mod review;
mod serve;
mod threads;
mod watch;
