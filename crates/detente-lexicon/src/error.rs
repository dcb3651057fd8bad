//! What can be wrong with a lexicon file.

use std::fmt;

/// An error in a file of the lexicon, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    file: String,
    line: usize,
    problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    Unreadable(String),
    EmptyFolder,
    FieldOutsideRecord,
    NotAField(String),
    BadHeader(String),
    BadDate(String),
    BadHolder(String),
    BadNumber(String),
    BadHalf(String),
    BadLine(String),
    BadArea(String),
    UnknownSection(String),
}

impl Error {
    pub(crate) fn new(file: impl Into<String>, line: usize, problem: Problem) -> Error {
        Error { file: file.into(), line, problem }
    }

    /// The file, inside the lexicon folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1; 0 where the whole file or folder is meant.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: ", self.file)?,
            line => write!(f, "{}:{line}: ", self.file)?,
        }
        match &self.problem {
            Problem::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Problem::EmptyFolder => {
                write!(f, "holds no .txt file; a lexicon folder has subfolders actors, offices, places, words or acts")
            }
            Problem::FieldOutsideRecord => {
                write!(f, "an indented line before the first record; begin records at the start of a line")
            }
            Problem::NotAField(text) => write!(f, "'{text}' is no field; write 'key: value; value'"),
            Problem::BadHeader(text) => write!(f, "'{text}' is no header; write 'CODE  Title'"),
            Problem::BadDate(text) => write!(f, "'{text}' is no date; write 2024-10-01, 2024-10 or 2024"),
            Problem::BadHolder(text) => {
                write!(f, "'{text}' is no holder; write 'Name | from | to or known DATE | basis'")
            }
            Problem::BadNumber(text) => write!(f, "'{text}' is no number"),
            Problem::BadHalf(text) => write!(f, "'{text}' is no half; write 'North beside KOR'"),
            Problem::BadArea(text) => {
                write!(
                    f,
                    "'{text}' is no area; write degrees north, degrees east and kilometres: 'lies: 45.2; 34.3; 120'"
                )
            }
            Problem::BadLine(text) => write!(f, "'{text}' cannot be read here"),
            Problem::UnknownSection(text) => write!(f, "'{text}' is no type, mode or kind"),
        }
    }
}
