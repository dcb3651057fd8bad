//! The store: one SQLite file with articles, what they were coded to, and what that folds into.
//!
//! Articles, acts and circumstances are only ever added. Merges, corrections and affairs are computed from them
//! ([`Ledger::settle`]) and could be thrown away: the same articles give the same ones, whatever the order in which they
//! came. Each batch of articles is one transaction, with how far its source was read.
//!
//! ```
//! use detente_coder::Coded;
//! use detente_ledger::Ledger;
//! use detente_ledger::store::{Intake, Select, Vintage, uid};
//! use detente_lexicon::Lexicon;
//! use detente_text::{Format, read_article};
//!
//! let path = std::env::temp_dir().join(format!("ledger-{}.db", std::process::id()));
//! let lexicon = Lexicon::builtin()?;
//! let vintage = Vintage { version: "1".into(), lexicon: "2".into(), model: "3".into() };
//! let intake = Intake::new(&lexicon, vintage);
//! let mut article = read_article(b"Norway and Finland met on Monday.", Format::Text, "met.txt")?;
//! let name = std::mem::take(&mut article.id);
//! article.id = uid(&article);
//! // A coder makes acts of the article: `coder.code(&article)`.
//! let coded = Coded { article: article.id.clone(), ..Coded::default() };
//!
//! let mut ledger = Ledger::create(&path)?;
//! let prepared = intake.prepare(&article, &name, &coded)?;
//! let added = ledger.add(&intake, &[prepared], "2024-05-01".parse()?, None)?;
//! ledger.settle(&lexicon)?;
//! assert_eq!(added.articles, 1);
//! ledger.acts(&Select::default(), |act| println!("{}", act.act.event_text))?;
//! # drop(ledger);
//! # std::fs::remove_file(&path)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod acts;
mod add;
mod affairs;
mod articles;
pub(crate) mod columns;
mod error;
mod facts;
mod folded;
mod intake;
mod judged;
mod minhash;
mod rebuild;
mod recall;
mod same_act;
mod schema;
mod scope;
mod search;
mod settle;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, config::DbConfig};

pub use acts::{Report, Select, StoredAct};
pub use add::{Added, Feed};
pub use articles::ArticleFacts;
pub use error::Error;
pub use intake::{Intake, Notice, Prepared, Vintage, uid};
pub use minhash::{NEAR, Signature, Wording};
pub use rebuild::{Outdated, Recoded, VintageFacts};
pub use recall::Recall;
pub use same_act::Against;
pub use scope::{Times, Who};
pub use settle::Settled;

pub(crate) use add::rows;
pub(crate) use intake::{ActRow, Coding, said, side};
pub(crate) use judged::{near, reports_as_coded};
pub(crate) use rebuild::{forget, mark_stale};
pub(crate) use same_act::reports_of_each;
pub(crate) use schema::REVIEWED;
pub(crate) use settle::{act_of, date, unreadable};

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often, and after which pause, a ledger is opened that another program is just making.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// A ledger.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
    is_writable: bool,
    recall: Option<Arc<Recall>>,
}

/// What a result of SQLite is for a ledger.
type Result<T> = std::result::Result<T, Error>;

impl Ledger {
    /// Makes a new ledger.
    ///
    /// # Errors
    ///
    /// When there is such a file already, or it cannot be made.
    pub fn create(path: &Path) -> Result<Ledger> {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        Ledger::open_or_create(path)
    }

    /// Opens a ledger to add to it, and makes it where there is none.
    ///
    /// # Errors
    ///
    /// When the file is no ledger, is of a newer version, or may not be written.
    pub fn open_or_create(path: &Path) -> Result<Ledger> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Ledger::connect(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
    }

    /// Opens a ledger that is there.
    ///
    /// One that may not be written can be read.
    ///
    /// # Errors
    ///
    /// When there is no such file, it is no ledger, or is of a newer version.
    pub fn open(path: &Path) -> Result<Ledger> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        match Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX) {
            Err(Error::ReadOnly(_) | Error::Sqlite { .. }) => Ledger::open_read_only(path),
            result => result,
        }
    }

    /// Opens a ledger to read it alone.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::open`].
    pub fn open_read_only(path: &Path) -> Result<Ledger> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match Ledger::connect(path, flags) {
            // Where nothing may be written beside the file, no index of the write-ahead log can be made. None is needed
            // unless a program that writes left something in the log, or is at work.
            Err(Error::Sqlite { .. } | Error::ReadOnly(_)) if !has_log(path) => {
                let address = format!("file:{}?immutable=1", escaped(path));
                let connection = Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
                    .map_err(|error| Error::of(path, error))?;
                Ledger::on(connection, path, false)
            }
            result => result,
        }
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Ledger> {
        if path.is_dir() {
            return Err(Error::NoLedger(path.to_owned()));
        }
        let is_new = !path.exists();
        let may_make = flags.contains(OpenFlags::SQLITE_OPEN_CREATE);
        let connection = Connection::open_with_flags(path, flags).map_err(|error| match is_new {
            true => Error::ReadOnly(path.to_owned()),
            false => Error::of(path, error),
        })?;
        Ledger::on(connection, path, may_make)
    }

    fn on(connection: Connection, path: &Path, may_make: bool) -> Result<Ledger> {
        let is_writable = !connection.is_readonly("main").map_err(|error| Error::of(path, error))?;
        let mut ledger = Ledger { connection, path: path.to_owned(), is_writable, recall: None };
        // Two that make one ledger at once get in each other's way where SQLite itself does not wait.
        for _ in 0..TRIES {
            match ledger.prepare(may_make) {
                Err(Error::Busy(_)) => std::thread::sleep(PAUSE),
                result => return result.map(|()| ledger),
            }
        }
        ledger.prepare(may_make)?;
        Ok(ledger)
    }

    /// Checks what the file is and brings it up to date.
    fn prepare(&mut self, may_make: bool) -> Result<()> {
        self.connection.busy_timeout(PATIENCE).map_err(|error| self.error(error))?;
        self.connection.set_prepared_statement_cache_capacity(64);
        // A statement is planned once: planning it anew for each value costs more than most of them.
        let is_stable = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
        self.connection.set_db_config(is_stable, true).map_err(|error| self.error(error))?;
        // In one transaction: another program may be making the ledger.
        let look = self.connection.unchecked_transaction().map_err(|error| self.error(error))?;
        let number = |pragma: &str| look.query_row(pragma, [], |row| row.get::<_, i64>(0));
        let number = |pragma: &str| number(pragma).map_err(|error| self.error(error));
        let application = number("PRAGMA application_id")?;
        let version = number("PRAGMA user_version")?;
        let is_blank = number("SELECT count(*) FROM sqlite_schema")? == 0 && application == 0 && version == 0;
        look.finish().map_err(|error| self.error(error))?;
        if application != schema::APPLICATION && !(is_blank && may_make && self.is_writable) {
            return Err(Error::NoLedger(self.path.clone()));
        }
        if version > schema::NEWEST {
            return Err(Error::Newer { path: self.path.clone(), found: version, known: schema::NEWEST });
        }
        if self.is_writable {
            let settings = "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 2147418112;";
            self.connection.execute_batch(settings).map_err(|error| self.error(error))?;
            if version < schema::NEWEST {
                schema::migrate(&mut self.connection, version).map_err(|error| Error::of(&self.path, error))?;
            }
        } else if version < schema::NEWEST {
            return Err(Error::Older { path: self.path.clone(), found: version, known: schema::NEWEST });
        } else {
            // All readers share the pages that the system keeps of the file.
            let settings = "PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY;";
            self.connection.execute_batch(settings).map_err(|error| self.error(error))?;
        }
        Ok(())
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads pages of the file from now on instead of mapping it into memory: of little of a large file, mapping costs more.
    ///
    /// # Errors
    ///
    /// When SQLite does not take the setting.
    pub fn unmapped(self) -> Result<Ledger> {
        self.read(|connection| connection.execute_batch("PRAGMA mmap_size = 0; PRAGMA cache_size = -4000;"))?;
        Ok(self)
    }

    /// Tells whether it may be written.
    pub fn is_writable(&self) -> bool {
        self.is_writable
    }

    /// Recalls what other readers read of matters, and tells them what this one reads. It holds as long as nothing changes the
    /// ledger: who keeps it has to forget it then.
    pub fn recalling(&mut self, recall: Arc<Recall>) {
        self.recall = Some(recall);
    }

    /// Lets the file grow to so many pages and no further.
    ///
    /// # Errors
    ///
    /// When SQLite does not take the number.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        self.read(|connection| connection.pragma_update(None, "max_page_count", pages))
    }

    /// What SQLite finds wrong with the file: nothing where it is whole.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn check(&self) -> Result<Vec<String>> {
        self.read(|connection| {
            let mut statement = connection.prepare("PRAGMA integrity_check")?;
            let found: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
            let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let astray = tables.into_iter().map(|table| format!("{table}: a row that belongs to none"));
            Ok(found.into_iter().filter(|line| line != "ok").chain(astray).collect())
        })
    }

    /// Does something in one transaction, whole or not at all.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        if !self.is_writable {
            return Err(Error::ReadOnly(self.path.clone()));
        }
        let path = self.path.clone();
        let failed = |error| Error::of(&path, error);
        let change =
            self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
        let result = work(&change)?;
        change.commit().map_err(failed)?;
        Ok(result)
    }

    /// Asks several things as of one moment: what another program adds meanwhile is left out of all answers.
    pub(crate) fn at_once<T>(&self, ask: impl FnOnce() -> Result<T>) -> Result<T> {
        // A question that is part of another is asked as of the moment of that one.
        let look = match self.connection.is_autocommit() {
            true => Some(self.connection.unchecked_transaction().map_err(|error| self.error(error))?),
            false => None,
        };
        let answer = ask()?;
        look.map_or(Ok(()), |look| look.finish()).map_err(|error| self.error(error))?;
        Ok(answer)
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.connection).map_err(|error| self.error(error))
    }

    fn error(&self, error: rusqlite::Error) -> Error {
        Error::of(&self.path, error)
    }

    fn damaged(&self, what: impl Into<String>) -> Error {
        Error::Damaged { path: self.path.clone(), what: what.into() }
    }
}

/// Tells whether something stands in the write-ahead log of a file.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// A path as it stands in the address of a file.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
