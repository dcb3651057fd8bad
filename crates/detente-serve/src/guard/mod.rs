//! Who may ask: the Host and the Origin of a request, the token, and what browsers are told to refuse.

mod headers;
mod site;
mod token;

pub(crate) use headers::headers;
pub(crate) use site::{Names, site};
pub use token::Token;
pub(crate) use token::{Gate, token};
