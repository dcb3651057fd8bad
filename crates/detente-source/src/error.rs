//! What can be wrong with a source, where, and what to do about it.

use std::fmt;
use std::io;

use detente_text::ErrorKind as TextError;

use crate::unpack::{Packing, UnpackError};

/// A source, or one article of it, could not be read.
///
/// Displays as `FILE, record N, line L, byte B: what is wrong`; [`Error::advice`] says what to do. Records and lines count from 1, bytes
/// from 0; of packed files they count in what was unpacked.
#[derive(Debug)]
pub struct Error {
    file: String,
    place: Place,
    kind: Box<ErrorKind>,
}

/// Where in a file something stands, as far as it can be said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Record of an archive or entry of a feed, from 1.
    pub record: Option<u64>,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Byte, from 0.
    pub byte: Option<u64>,
}

impl Place {
    /// A record that begins at a byte.
    pub(crate) fn record(record: u64, byte: u64) -> Place {
        Place { record: Some(record), line: None, byte: Some(byte) }
    }

    /// An entry of a feed.
    pub(crate) fn entry(record: u64) -> Place {
        Place { record: Some(record), ..Place::default() }
    }

    /// A line.
    pub(crate) fn line(line: u64) -> Place {
        Place { line: Some(line), ..Place::default() }
    }
}

/// What is wrong with a source.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    #[error("no such file")]
    NotFound,
    /// The file or folder may not be read.
    #[error("may not be read")]
    NotAllowed,
    /// The text itself, see [`detente_text::ErrorKind`].
    #[error(transparent)]
    Text(TextError),
    /// Packed data that ends early or is damaged.
    #[error("broken {packing} data: {reason}")]
    Packed {
        /// How it is packed.
        packing: Packing,
        /// The decoder's words.
        reason: String,
    },
    /// Packed data that expands beyond all measure.
    #[error("{packing} data that expands {measure}")]
    Bomb {
        /// How it is packed.
        packing: Packing,
        /// How far, in words.
        measure: String,
    },
    /// Packed data in packed data in packed data.
    #[error("packed more than {limit} times over")]
    PackedTooOften {
        /// How often is read.
        limit: usize,
    },
    /// A folder below too many others.
    #[error("more than {limit} folders deep")]
    TooDeep {
        /// How deep is read.
        limit: usize,
    },
    /// A folder without any file to read.
    #[error("a folder without any file of articles")]
    EmptyFolder,
    /// Files of a folder whose names end in nothing that is read.
    #[error("{files} left unread for what their names end in: {endings}")]
    PassedOver {
        /// How many, in words.
        files: String,
        /// The endings.
        endings: String,
    },
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
    /// A row that has not as many fields as the header.
    #[error("the row has {found} fields, the header {expected}")]
    Fields {
        /// Fields of the row.
        found: u64,
        /// Fields of the header.
        expected: u64,
    },
    /// Something else than the feed that was expected.
    #[error("no RSS or Atom feed")]
    NoFeed,
    /// A feed that cannot be understood, or an entry of one.
    #[error("broken feed: {reason}")]
    Feed {
        /// The parser's words.
        reason: String,
    },
    /// A Parquet file, which this program was built without.
    #[error("a Parquet file, which this build does not read")]
    NoParquet,
    /// A Parquet file that is damaged, or whose columns are not those of articles.
    #[error("{reason}")]
    Parquet {
        /// What is wrong.
        reason: String,
    },
    /// A web archive that is damaged.
    #[error("broken web archive: {reason}")]
    Archive {
        /// What is wrong.
        reason: String,
    },
}

impl Error {
    pub(crate) fn new(file: &str, place: Place, kind: impl Into<ErrorKind>) -> Self {
        Error { file: file.to_owned(), place, kind: Box::new(kind.into()) }
    }

    /// Takes what `detente-text` says of a file or of a part of it.
    pub(crate) fn of_text(file: &str, place: Place, error: detente_text::Error) -> Self {
        let place = Place {
            record: place.record,
            line: error.line().or(place.line),
            byte: if place.record.is_some() { place.byte } else { error.byte().or(place.byte) },
        };
        Error { file: file.to_owned(), place, kind: Box::new(error.into_kind().into()) }
    }

    /// The file, as it was named.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Where in the file.
    pub fn place(&self) -> Place {
        self.place
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Whether something of the input is lost; else it is only said.
    pub fn is_fault(&self) -> bool {
        !matches!(*self.kind, ErrorKind::PassedOver { .. })
    }

    /// What the user can do about it, as a short sentence without its stop.
    pub fn advice(&self) -> &'static str {
        match &*self.kind {
            ErrorKind::NotFound => "check the name, or give - for standard input",
            ErrorKind::NotAllowed => "check who owns it and who may read it",
            ErrorKind::Text(TextError::Io(_)) => "check the file and the disk it lies on",
            ErrorKind::Text(TextError::TooLong { .. }) => "split it, one article a file, line, row or record",
            ErrorKind::Text(TextError::Binary { .. }) => {
                "give text, HTML, JSONL, CSV, a feed or a web archive, as it is or packed by gzip or zstd"
            }
            ErrorKind::Text(TextError::Json { .. }) => "write one JSON object a line, or an array of objects",
            ErrorKind::Text(TextError::NoText) => "give the article a field text, body or event_text",
            ErrorKind::Text(_) | ErrorKind::EmptyFolder => "give a file that holds an article",
            ErrorKind::Packed { .. } => "fetch or pack it again; what came before was read",
            ErrorKind::Bomb { .. } => "unpack it yourself if you trust it; what came before was read",
            ErrorKind::PackedTooOften { .. } => "unpack it",
            ErrorKind::TooDeep { .. } => "name the folder below",
            ErrorKind::PassedOver { .. } => "name such a file itself to read it",
            ErrorKind::NoTextColumn { .. } => "name the column that holds the text: --column text=NAME",
            ErrorKind::NoColumn { .. } => "check the names given with --column",
            ErrorKind::Fields { .. } => "put a field that holds the separator or a line end in double quotes",
            ErrorKind::NoFeed => "give the address of the feed itself, not of a page",
            ErrorKind::Feed { .. } => "fetch it again; the entries that are whole were read",
            ErrorKind::NoParquet => "build the program with --features parquet, or give JSONL or CSV",
            ErrorKind::Parquet { .. } => {
                "check the file, and name its columns with --column; the rows before were read"
            }
            ErrorKind::Archive { .. } => "fetch it again; the records that are whole were read",
        }
    }
}

impl From<TextError> for ErrorKind {
    fn from(kind: TextError) -> Self {
        match kind {
            TextError::Io(error) => error.into(),
            kind => ErrorKind::Text(kind),
        }
    }
}

impl From<io::Error> for ErrorKind {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => return ErrorKind::NotFound,
            io::ErrorKind::PermissionDenied => return ErrorKind::NotAllowed,
            _ => {}
        }
        match error.downcast::<UnpackError>() {
            Ok(UnpackError::Broken { packing, reason }) => ErrorKind::Packed { packing, reason },
            Ok(UnpackError::Bomb { packing, measure }) => ErrorKind::Bomb { packing, measure },
            Err(error) => ErrorKind::Text(TextError::Io(error)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        let Place { record, line, byte } = self.place;
        for (name, number) in [("record", record), ("line", line), ("byte", byte)] {
            if let Some(number) = number {
                write!(f, ", {name} {number}")?;
            }
        }
        write!(f, ": {}", self.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.kind {
            ErrorKind::Text(error) => Some(error),
            _ => None,
        }
    }
}
