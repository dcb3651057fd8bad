//! Runs the program as a user does.

mod bad_input;
mod brief;
mod code;
mod export;
mod ledger;
mod program;
mod review;
mod serve;
mod threads;
mod watch;
