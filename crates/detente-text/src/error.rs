//! What can be wrong with a source, where, and what to do about it.

use std::fmt;

/// A source, or one record of it, could not be read.
///
/// Displays as `FILE, line N, byte B: what is wrong`; [`Error::advice`] says what to do.
/// Lines count from 1, bytes from 0 at the start of the file.
#[derive(Debug)]
pub struct Error {
    file: Option<String>,
    line: Option<u64>,
    byte: Option<u64>,
    kind: ErrorKind,
}

/// What is wrong with a source.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Nothing but white space.
    #[error("nothing in it to read")]
    Empty,
    /// Not text: the bytes of an image, an archive, a program.
    #[error("not text but {what}")]
    Binary {
        /// What the bytes look like, in words.
        what: &'static str,
    },
    /// A file or record beyond the size that is read into memory.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// A line that is no JSON object.
    #[error("broken JSON: {reason}")]
    Json {
        /// The parser's words.
        reason: String,
    },
    /// A record or page without any text.
    #[error("no article text")]
    NoText,
    /// The source could not be read to its end.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

impl Error {
    pub(crate) fn new(kind: impl Into<ErrorKind>) -> Self {
        Error { file: None, line: None, byte: None, kind: kind.into() }
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.line.get_or_insert(line);
        self
    }

    pub(crate) fn at_byte(mut self, byte: u64) -> Self {
        self.byte.get_or_insert(byte);
        self
    }

    /// Moves the byte of a record to its place in the file.
    pub(crate) fn moved(mut self, by: u64) -> Self {
        self.byte = self.byte.map(|byte| byte + by);
        self
    }

    /// Adds the name of the file, unless it has one.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file.get_or_insert_with(|| file.to_owned());
        self
    }

    /// The file, where it was named.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The line, from 1.
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// The byte, from 0 at the start of the file.
    pub fn byte(&self) -> Option<u64> {
        self.byte
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// What is wrong, without the place.
    pub fn into_kind(self) -> ErrorKind {
        self.kind
    }

    /// What the user can do about it, as a short sentence without its stop.
    pub fn advice(&self) -> &'static str {
        match &self.kind {
            ErrorKind::Empty => "give a file that holds an article",
            ErrorKind::Binary { .. } => "convert it to text, HTML or JSONL first",
            ErrorKind::TooLong { .. } => "split it, one article a file or a line",
            ErrorKind::Json { .. } => "write one JSON object a line, or an array of objects",
            ErrorKind::NoText => "give the record a field text, body or event_text",
            ErrorKind::Io(_) => "check that the file exists and may be read",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut places = Vec::new();
        places.extend(self.file.clone());
        places.extend(self.line.map(|line| format!("line {line}")));
        places.extend(self.byte.map(|byte| format!("byte {byte}")));
        if !places.is_empty() {
            write!(f, "{}: ", places.join(", "))?;
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}
