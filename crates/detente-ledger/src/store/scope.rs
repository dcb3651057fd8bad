//! What of a ledger is asked for: of whom, as of which day, as known by which day.

use jiff::civil::Date;

/// Whose acts or affairs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Who {
    /// Everybody's.
    #[default]
    All,
    /// Those in which a state or organisation has part, by its code.
    One(String),
    /// Those between two.
    Pair(String, String),
}

impl Who {
    /// The codes that all must have part.
    pub fn codes(&self) -> Vec<&str> {
        match self {
            Who::All => Vec::new(),
            Who::One(code) => vec![code],
            Who::Pair(one, other) => vec![one, other],
        }
    }
}

/// The two times: when it was so, and when the ledger learned it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Only what was so up to this day.
    pub as_of: Option<Date>,
    /// Only what was learned up to this day.
    pub known_by: Option<Date>,
}

impl Times {
    /// Now: all that is known.
    pub fn is_now(self) -> bool {
        self == Times::default()
    }

    /// Tells whether something of a day counts; what has none is of the day of its article.
    pub(crate) fn has(self, day: Option<Date>, published: Option<Date>) -> bool {
        self.as_of.is_none_or(|last| day.or(published).is_some_and(|day| day <= last))
    }

    /// The last day to which acts may belong, as it stands in a query.
    pub(super) fn until(self) -> String {
        self.as_of.map_or_else(|| "9999-99-99".to_owned(), |day| day.to_string())
    }

    /// The last day on which articles may have been learned of, as it stands in a query.
    pub(super) fn learned(self) -> String {
        self.known_by.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string())
    }
}
