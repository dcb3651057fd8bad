//! Fetches feeds and pages with care: conditional, limited in time and size, by robots.txt, from public addresses alone.
//!
//! A [`Fetcher`] asks a server no faster than it may ([`Policy`]), follows redirects step by step with every step checked, and looks at the address
//! where a name is resolved: a name that leads to a private network is refused even if it led elsewhere a moment before.

mod address;
mod error;
mod fetcher;
mod pace;
mod robots;
mod schedule;

pub use address::is_public;
pub use error::{Error, ErrorKind};
pub use fetcher::{Fetched, Fetcher, Policy, Validators, check};
pub use robots::Robots;
pub use schedule::{Feed, Schedule};
