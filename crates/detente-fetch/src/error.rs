//! Why something was not fetched.

use std::fmt;
use std::time::Duration;

/// An address could not be fetched.
///
/// Displays as `ADDRESS: what is wrong`, or `ADDRESS: it leads to ADDRESS: what is wrong`; [`Error::advice`] says what to do.
#[derive(Debug)]
pub struct Error {
    address: String,
    /// Where it led, if elsewhere.
    led_to: Option<String>,
    kind: ErrorKind,
}

/// Why something was not fetched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// It is no address.
    #[error("not an address: {0}")]
    Address(String),
    /// Neither http nor https.
    #[error("only http and https are fetched, not {0}")]
    Scheme(String),
    /// The host has no public address.
    #[error("the host's address is not public")]
    Private,
    /// robots.txt forbids it.
    #[error("the site's robots.txt forbids it")]
    Forbidden,
    /// More redirects than are followed.
    #[error("more than {limit} redirects")]
    Redirects {
        /// How many are followed.
        limit: u32,
    },
    /// From https to http.
    #[error("it leads from https to http: {0}")]
    Downgrade(String),
    /// The server says something else than the content.
    #[error("the server answers {status}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// When the server wants to be asked again.
        retry_after: Option<Duration>,
    },
    /// More bytes than are read.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// How many are read.
        limit: u64,
    },
    /// It takes too long.
    #[error("not there within {0:?}")]
    TooSlow(Duration),
    /// The server cannot be reached or breaks off.
    #[error("{0}")]
    Connection(String),
}

impl Error {
    pub(crate) fn new(address: impl Into<String>, kind: ErrorKind) -> Error {
        Error { address: address.into(), led_to: None, kind }
    }

    /// Says where the address led, if elsewhere.
    pub(crate) fn by_way_of(self, led_to: Option<String>) -> Error {
        Error { led_to, ..self }
    }

    /// The address that was asked for.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Whether it can be of use to try again.
    pub fn may_pass(&self) -> bool {
        match &self.kind {
            ErrorKind::Status { status, .. } => *status == 408 || *status == 429 || *status >= 500,
            ErrorKind::TooSlow(_) | ErrorKind::Connection(_) => true,
            _ => false,
        }
    }

    /// When the server wants to be asked again.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.kind {
            ErrorKind::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// What the user can do about it, as a short sentence without its stop.
    pub fn advice(&self) -> &'static str {
        match &self.kind {
            ErrorKind::Address(_) | ErrorKind::Scheme(_) => "give an address that begins with https:// or http://",
            ErrorKind::Private => "give --allow-private if you trust your own network with it",
            ErrorKind::Forbidden => "ask the publisher, or give the file itself to `detente add`",
            ErrorKind::Redirects { .. } | ErrorKind::Downgrade(_) => "give the address that it leads to",
            ErrorKind::Status { status: 404 | 410, .. } => "check the address; the feed may have moved",
            ErrorKind::Status { .. } | ErrorKind::TooSlow(_) | ErrorKind::Connection(_) => "it is tried again later",
            ErrorKind::TooLong { .. } => "what came before the limit is read",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.led_to {
            Some(to) => write!(f, "{}: it leads to {to}: {}", self.address, self.kind),
            None => write!(f, "{}: {}", self.address, self.kind),
        }
    }
}

impl std::error::Error for Error {}
