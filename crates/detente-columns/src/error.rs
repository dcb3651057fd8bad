//! What can be wrong with a table of articles.

/// A table that no articles can be read from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A table without a column for the text.
    #[error("no column is named {wanted}; the columns are {found}")]
    NoTextColumn {
        /// The names that would do.
        wanted: String,
        /// The names that are there.
        found: String,
    },
    /// A column that the caller names and the table lacks.
    #[error("no column is named {name:?}; the columns are {found}")]
    NoColumn {
        /// The name.
        name: String,
        /// The names that are there.
        found: String,
    },
    /// A field that articles do not have.
    #[error("articles have no field {name:?}; the fields are {fields}")]
    NoField {
        /// The name.
        name: String,
        /// The fields of articles.
        fields: String,
    },
    /// A column that holds something else than words.
    #[error("the column {name:?} holds {found}, not {wanted}")]
    NotWords {
        /// The column.
        name: String,
        /// What it holds.
        found: String,
        /// What it should hold.
        wanted: &'static str,
    },
}

impl Error {
    /// What the user can do about it, as a short sentence without its stop.
    pub fn advice(&self) -> &'static str {
        match self {
            Error::NoTextColumn { .. } => "name the column that holds the text",
            Error::NoColumn { .. } | Error::NoField { .. } => "check the names given for the columns",
            Error::NotWords { .. } => "turn it into strings first, or name another column",
        }
    }
}
