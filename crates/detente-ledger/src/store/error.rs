//! What can go wrong with a ledger.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a ledger could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("{}: no such ledger", .0.display())]
    Missing(PathBuf),
    /// There is a file, or something else, where a new ledger was to be made.
    #[error("{}: is there already", .0.display())]
    Exists(PathBuf),
    /// The file is no ledger.
    #[error("{}: is no ledger of Detente", .0.display())]
    NoLedger(PathBuf),
    /// A newer version wrote it.
    #[error("{}: was written by a newer version of Detente (schema {found}, this one knows {known})", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this version knows.
        known: i64,
    },
    /// An older version wrote it, and it may not be brought up to date.
    #[error("{}: was written by an older version of Detente (schema {found}, this one reads {known}) and may not be written", .path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The schema that this version reads.
        known: i64,
    },
    /// It may be read, not written.
    #[error("{}: may not be written", .0.display())]
    ReadOnly(PathBuf),
    /// Another program is writing to it.
    #[error("{}: another program is writing to it", .0.display())]
    Busy(PathBuf),
    /// The disk is full.
    #[error("{}: no room is left on the disk; what was added before is safe", .0.display())]
    Full(PathBuf),
    /// The file is damaged.
    #[error("{}: is damaged ({what})", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says of it, or what could not be read back.
        what: String,
    },
    /// Something that is asked for is not in it.
    #[error("{0}")]
    Unknown(String),
    /// A question makes no sense.
    #[error("{0}")]
    Question(String),
    /// A judgement makes no sense.
    #[error("{0}")]
    Judgement(String),
    /// An article could not be made ready to be added.
    #[error("an article cannot be made ready: {0}")]
    Unready(#[from] std::io::Error),
    /// Anything else that SQLite reports.
    #[error("{}: {source}", .path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl Error {
    pub(crate) fn of(path: &Path, error: rusqlite::Error) -> Error {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Error::NoLedger(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::ReadOnly(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(path),
            Some(ErrorCode::DiskFull) => Error::Full(path),
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path, what: error.to_string() },
            _ => Error::Sqlite { path, source: error },
        }
    }

    /// What the user can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Error::Missing(_) => "make it with `detente add LEDGER SOURCE...`, or check the name",
            Error::Exists(_) => "give another name, or add to it",
            Error::NoLedger(_) => "check the name; a ledger is made by `detente add LEDGER SOURCE...`",
            Error::Newer { .. } => "use that version, or make a new ledger with this one",
            Error::Older { .. } => "let somebody who may write it run `detente status LEDGER` on it, or ask a copy",
            Error::ReadOnly(_) => "check who may write the file and the folder it lies in",
            Error::Busy(_) => "wait until it is done, then run this again; what was added is safe",
            Error::Full(_) => "make room, then run this again: it goes on where it stopped",
            Error::Damaged { .. } => "take a copy from before, or add the sources to a new ledger",
            Error::Unknown(_) => "see with `detente status LEDGER` what is in it",
            Error::Question(_) => "ask otherwise; `detente help COMMAND` tells what can be asked",
            Error::Judgement(_) => "say it otherwise; `detente review judge --help` tells what can be said",
            Error::Unready(_) => "this is a bug of detente; please report it with the article",
            Error::Sqlite { .. } => "check the file and the disk it lies on",
        }
    }
}
