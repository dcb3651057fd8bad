//! Reads acts and articles in short, for questions over all of them.

use detente_coder::{Epoch, EventType, Factuality, Location, Precision};
use jiff::civil::Date;
use rusqlite::Connection;
use serde::Deserialize;

use super::{Error, Ledger, Result, acts::OF_ARTICLES, same_act::Against, schema::REVIEWED, settle::date};

/// An article in short.
#[derive(Debug)]
pub(crate) struct ArticleColumns {
    pub number: i64,
    pub date: Option<Date>,
    pub learned: Option<Date>,
    pub source: Option<String>,
}

/// An act in short.
#[derive(Debug)]
pub(crate) struct ActColumns {
    pub number: i64,
    pub uid: String,
    /// Number of its article.
    pub article: i64,
    pub event: Option<EventType>,
    pub quad: u8,
    pub scale: f32,
    pub factuality: Factuality,
    pub epoch: Epoch,
    pub precision: Precision,
    pub day: Option<Date>,
    pub confidence: f32,
    pub actors: Vec<String>,
    pub recipients: Vec<String>,
    pub place: Option<Location>,
}

/// What of an act's JSON is read.
#[derive(Deserialize)]
struct Sides {
    actor: Vec<Side>,
    recipient: Vec<Side>,
    event_loc: Option<Location>,
}

#[derive(Deserialize)]
struct Side {
    code: Option<String>,
}

/// What changes whenever reviewers' judgements, or what comes of them, change.
pub(crate) type ReviewStamp = [i64; 3];

/// One state of the ledger, read without anything changing in between.
pub(crate) struct Columns<'l> {
    connection: &'l Connection,
    ledger: &'l Ledger,
}

impl Ledger {
    /// Reads columns from one state of the ledger.
    pub(crate) fn columns<T>(&self, work: impl FnOnce(&Columns<'_>) -> Result<T>) -> Result<T> {
        let failed = |error| Error::of(&self.path, error);
        let view = self.connection.unchecked_transaction().map_err(failed)?;
        let result = work(&Columns { connection: &view, ledger: self })?;
        view.finish().map_err(failed)?;
        Ok(result)
    }

    /// A number that changes whenever another connection has changed the ledger since this one last looked.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn changes_of_others(&self) -> Result<i64> {
        self.read(|connection| connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0)))
    }
}

impl Columns<'_> {
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(self.connection).map_err(|error| self.ledger.error(error))
    }

    /// Numbers of articles and of the vintages by which their acts count now.
    pub fn vintages(&self, mut each: impl FnMut(i64, i64)) -> Result<()> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id, vintage FROM articles")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                each(row.get(0)?, row.get(1)?);
            }
            Ok(())
        })
    }

    /// Numbers of articles and the days on which the ledger learned of them, as far as it now knows.
    pub fn learned(&self, mut each: impl FnMut(i64, Option<Date>)) -> Result<()> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id, learned FROM articles")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                each(row.get(0)?, date(row, 1)?);
            }
            Ok(())
        })
    }

    /// What changes whenever reviewers' judgements, or what comes of them, change.
    pub fn review(&self) -> Result<ReviewStamp> {
        self.read(|connection| {
            let number = |sql: &str| connection.prepare_cached(sql)?.query_row([], |row| row.get(0));
            Ok([
                number("SELECT count(*) FROM judgements")?,
                number("SELECT count(*) FROM stale WHERE what IN ('review', 'reach')")?,
                number(&format!("SELECT coalesce(sum(coded), 0) FROM articles WHERE vintage = {REVIEWED}"))?,
            ])
        })
    }

    /// Articles that were added after the one of a number, in that order.
    pub fn articles(&self, after: i64, mut each: impl FnMut(ArticleColumns)) -> Result<()> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id, date, learned, source FROM articles WHERE id > ?1 ORDER BY id")?;
            let mut rows = statement.query([after])?;
            while let Some(row) = rows.next()? {
                each(ArticleColumns {
                    number: row.get(0)?,
                    date: date(row, 1)?,
                    learned: date(row, 2)?,
                    source: row.get(3)?,
                });
            }
            Ok(())
        })
    }

    /// All acts as they count now, or those of one article.
    pub fn acts(&self, article: Option<i64>, mut each: impl FnMut(ActColumns)) -> Result<()> {
        let condition = if article.is_some() { "articles.id = ?1" } else { "?1 IS NULL" };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT acts.id, acts.uid, acts.article, acts.type, acts.quad, acts.scale, acts.factuality, acts.epoch,
                     acts.date_precision, acts.day, acts.confidence, acts.json
                 {OF_ARTICLES} WHERE {condition} ORDER BY acts.id",
            ))?;
            let mut rows = statement.query([article])?;
            while let Some(row) = rows.next()? {
                let word = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
                let sides: Sides = serde_json::from_str(word(11)?).map_err(super::settle::unreadable)?;
                let codes = |sides: Vec<Side>| sides.into_iter().filter_map(|side| side.code).collect();
                each(ActColumns {
                    number: row.get(0)?,
                    uid: row.get(1)?,
                    article: row.get(2)?,
                    event: EventType::parse(word(3)?),
                    quad: row.get(4)?,
                    scale: row.get(5)?,
                    factuality: Factuality::parse(word(6)?).unwrap_or(Factuality::Possible),
                    epoch: Epoch::parse(word(7)?).unwrap_or(Epoch::New),
                    precision: Precision::parse(word(8)?).unwrap_or(Precision::Unknown),
                    day: date(row, 9)?,
                    confidence: row.get(10)?,
                    actors: codes(sides.actor),
                    recipients: codes(sides.recipient),
                    place: sides.event_loc,
                });
            }
            Ok(())
        })
    }

    /// What is said of affairs in all articles, or in one: article, kind and key of the affair, the day on which it was so. What
    /// is said without a key may be of each affair of the kind that the article speaks of.
    pub fn sayings(&self, article: Option<i64>, mut each: impl FnMut(i64, &str, &str, Option<Date>)) -> Result<()> {
        let condition = if article.is_some() { "articles.id = ?1" } else { "?1 IS NULL" };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT sayings.article, sayings.kind, sayings.key, sayings.json ->> '$.source.at' FROM sayings
                 JOIN articles ON articles.id = sayings.article AND articles.vintage = sayings.vintage
                 WHERE {condition} AND +sayings.key IS NOT NULL
                 UNION ALL SELECT sayings.article, others.kind, others.key, sayings.json ->> '$.source.at' FROM sayings
                 JOIN articles ON articles.id = sayings.article AND articles.vintage = sayings.vintage
                 CROSS JOIN sayings AS others ON others.article = sayings.article AND others.vintage = sayings.vintage
                     AND others.kind = sayings.kind AND +others.key IS NOT NULL
                 WHERE {condition} AND +sayings.key IS NULL"
            ))?;
            let mut rows = statement.query([article])?;
            while let Some(row) = rows.next()? {
                let word = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
                each(row.get(0)?, word(1)?, word(2)?, date(row, 3)?);
            }
            Ok(())
        })
    }

    /// Reports and the acts that stand for them, by their ids.
    pub fn merges(&self, mut each: impl FnMut(&str, &str)) -> Result<()> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT act, same_as FROM merges")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                each(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            }
            Ok(())
        })
    }

    /// Acts, what speaks against them, and how.
    pub fn corrections(&self, mut each: impl FnMut(&str, &str, Against)) -> Result<()> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT act, by, kind FROM corrections")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(how) = Against::parse(row.get_ref(2)?.as_str()?) {
                    each(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?, how);
                }
            }
            Ok(())
        })
    }
}
