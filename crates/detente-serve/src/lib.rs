//! Serves a ledger to a browser: a JSON API, and the page of the desk that is built into the program.
//!
//! The ledger stays on the machine: the server listens on the loopback address unless it is told otherwise, anything
//! wider asks for a token, and a web site that is open in the same browser cannot reach it. [`Desk`] holds the ledger,
//! [`Settings`] say where and for whom to listen, [`serve`] answers until it is told to stop.

mod answer;
mod answered;
mod desk;
mod document;
mod failure;
mod guard;
mod page;
mod parameters;
mod routes;
mod server;
mod view;

pub use desk::Desk;
pub use guard::Token;
pub use server::{Bound, Error, Settings, serve};

/// The OpenAPI document of the API, made from the code.
pub fn openapi() -> utoipa::openapi::OpenApi {
    routes::api().1
}
