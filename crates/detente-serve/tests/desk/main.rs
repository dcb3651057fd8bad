//! The server as a client sees it, on the ledger of `examples/chain`.

mod adding;
mod client;
mod document;
mod guards;
mod lists;
mod review;
mod start;
mod whole;
