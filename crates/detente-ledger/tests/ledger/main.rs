//! Ledgers in files: what is added, asked, judged and brought up to date.

mod digest;
mod migration;
#[path = "../news/mod.rs"]
mod news;
mod review;
mod shelf;
mod store;
mod times;
