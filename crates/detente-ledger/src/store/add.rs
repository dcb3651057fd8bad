//! Adds articles: a batch is one transaction.

use detente_coder::TextField;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::{
    Error, Ledger, Result,
    intake::{Coding, Intake, Prepared, SayingRow, Vintage},
    minhash::{BANDS, NEAR, Signature},
};
use crate::review::{is_judged, mark_article, mark_coded};

/// How far a source was read; kept with the articles that came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// The source, as the user names it.
    pub name: String,
    /// Articles that were read of it so far in this run.
    pub read: u64,
    /// It was read to its end.
    pub is_done: bool,
    /// Nothing of it failed in this run: with its end, what failed before is mended.
    pub is_whole: bool,
    /// What could not be read.
    pub failures: Vec<String>,
}

/// What came of adding articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Articles that are new.
    pub articles: usize,
    /// Articles that the ledger had.
    pub known: usize,
    /// New articles whose very words the ledger had.
    pub same_words: usize,
    /// New articles that say nearly what another one says.
    pub near: usize,
    /// Acts of the new articles.
    pub acts: usize,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, more: Added) {
        self.articles += more.articles;
        self.known += more.known;
        self.same_words += more.same_words;
        self.near += more.near;
        self.acts += more.acts;
    }
}

impl Ledger {
    /// Tells whether an article is in the ledger, by its [`uid`](super::uid).
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn holds(&self, uid: &str) -> Result<bool> {
        self.read(|connection| connection.prepare_cached("SELECT 1 FROM articles WHERE uid = ?1")?.exists([uid]))
    }

    /// Adds articles that were learned of on a day, in one transaction with how far their source was read.
    ///
    /// An article that the ledger has is not added again; it only may turn out to have been learned of earlier.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written; then nothing of the batch is in it.
    pub fn add(
        &mut self,
        intake: &Intake<'_>,
        batch: &[Prepared],
        learned: Date,
        feed: Option<&Feed>,
    ) -> Result<Added> {
        let path = self.path.clone();
        self.write(|change| {
            let add = || -> rusqlite::Result<Added> {
                let mut added = Added::default();
                if !batch.is_empty() {
                    let vintage = vintage(change, &intake.vintage)?;
                    for article in batch {
                        added += one(change, article, vintage, learned)?;
                    }
                }
                if let Some(feed) = feed {
                    note(change, feed, added.articles, learned)?;
                }
                Ok(added)
            };
            add().map_err(|error| Error::of(&path, error))
        })
    }

    /// Uids of the articles that say nearly what this one says, or the same, and how alike they are.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn near(&self, article: &Prepared) -> Result<Vec<(String, f64)>> {
        self.read(|connection| {
            let same: Option<i64> = connection
                .prepare_cached("SELECT id FROM texts WHERE hash = ?1")?
                .query_row([article.text.as_slice()], |row| row.get(0))
                .optional()?;
            let mut texts: Vec<(i64, f64)> = same.map(|text| (text, 1.0)).into_iter().collect();
            if let Some(signature) = &article.signature {
                let alike = alike(connection, signature)?;
                texts.extend(alike.into_iter().filter(|(text, _)| Some(*text) != same));
            }
            let mut articles = Vec::new();
            let mut of_text = connection.prepare_cached("SELECT uid FROM articles WHERE text = ?1 ORDER BY uid")?;
            for (text, likeness) in texts {
                for uid in of_text.query_map([text], |row| row.get::<_, String>(0))? {
                    articles.push((uid?, likeness));
                }
            }
            Ok(articles)
        })
    }

    /// By what to ask a feed whether it changed: its entity tag, and when it last changed, as its server writes them.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn validators(&self, address: &str) -> Result<(Option<String>, Option<String>)> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT etag, modified FROM validators WHERE address = ?1")?;
            let known = statement.query_row([address], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            Ok(known.unwrap_or_default())
        })
    }

    /// Keeps by what to ask a feed whether it changed: its entity tag, and when it last changed.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written.
    pub fn keep_validators(&mut self, address: &str, etag: Option<&str>, modified: Option<&str>) -> Result<()> {
        let path = self.path.clone();
        self.write(|change| {
            change
                .prepare_cached("INSERT OR REPLACE INTO validators (address, etag, modified) VALUES (?1, ?2, ?3)")
                .and_then(|mut statement| statement.execute(params![address, etag, modified]))
                .map_err(|error| Error::of(&path, error))?;
            Ok(())
        })
    }

    /// Notes that a source was asked on a day and brings nothing that was not read: what failed with it before is over.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written.
    pub fn unchanged(&mut self, name: &str, day: Date) -> Result<()> {
        let path = self.path.clone();
        self.write(|change| {
            let note = || -> rusqlite::Result<()> {
                change
                    .prepare_cached("UPDATE sources SET fed = max(fed, ?2), is_done = 1 WHERE name = ?1")?
                    .execute([name, &day.to_string()])?;
                change.prepare_cached("DELETE FROM failures WHERE source = ?1")?.execute([name])?;
                Ok(())
            };
            note().map_err(|error| Error::of(&path, error))
        })
    }

    /// Notes that articles which the ledger has were learned of on a day, if that is earlier.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written.
    pub fn known_since(&mut self, uids: &[(String, String)], learned: Date) -> Result<()> {
        if uids.is_empty() {
            return Ok(());
        }
        let path = self.path.clone();
        self.write(|change| {
            uids.iter()
                .try_for_each(|(uid, name)| seen_again(change, uid, name, learned))
                .map_err(|error| Error::of(&path, error))
        })
    }
}

/// The number of a vintage.
pub(super) fn vintage(change: &Connection, vintage: &Vintage) -> rusqlite::Result<i64> {
    let Vintage { version, lexicon, model } = vintage;
    change
        .prepare_cached("INSERT OR IGNORE INTO vintages (version, lexicon, model) VALUES (?1, ?2, ?3)")?
        .execute([version, lexicon, model])?;
    change
        .prepare_cached("SELECT id FROM vintages WHERE version = ?1 AND lexicon = ?2 AND model = ?3")?
        .query_row([version, lexicon, model], |row| row.get(0))
}

fn one(change: &Connection, article: &Prepared, vintage: i64, learned: Date) -> rusqlite::Result<Added> {
    if change.prepare_cached("SELECT 1 FROM articles WHERE uid = ?1")?.exists([&article.uid])? {
        seen_again(change, &article.uid, &article.name, learned)?;
        return Ok(Added { known: 1, ..Added::default() });
    }
    let mut added = Added { articles: 1, acts: article.coding.acts.len(), ..Added::default() };
    let known: Option<i64> = change
        .prepare_cached("SELECT id FROM texts WHERE hash = ?1")?
        .query_row([article.text.as_slice()], |row| row.get(0))
        .optional()?;
    let text = match known {
        Some(text) => {
            added.same_words = 1;
            text
        }
        None => {
            let text = new_text(change, article)?;
            added.near = usize::from(near(change, text, article.signature.as_ref())?);
            text
        }
    };
    change
        .prepare_cached(
            "INSERT INTO articles (uid, name, title, date, url, source, learned, notice, text, vintage, body,
                 notice_words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            article.uid,
            article.name,
            article.title,
            article.date.map(|date| date.to_string()),
            article.url,
            article.source,
            learned.to_string(),
            article.notice.map(|notice| notice.as_str()),
            text,
            vintage,
            article.body,
            article.notice_words,
        ])?;
    let number = change.last_insert_rowid();
    rows(change, number, vintage, &article.coding)?;
    mark_coded(change, number)?;
    // Judgements of another copy of the ledger may have waited for it.
    if is_judged(change, &article.uid)? {
        mark_article(change, &article.uid)?;
    }
    Ok(added)
}

/// The least day and name stay, so that the order of arrival makes no difference.
fn seen_again(change: &Connection, uid: &str, name: &str, learned: Date) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "UPDATE articles SET learned = min(learned, ?2), name = min(name, ?3)
             WHERE uid = ?1 AND (learned > ?2 OR name > ?3)",
        )?
        .execute([uid, &learned.to_string(), name])?;
    Ok(())
}

fn new_text(change: &Connection, article: &Prepared) -> rusqlite::Result<i64> {
    let signature = article.signature.as_ref().map(Signature::to_bytes);
    change
        .prepare_cached("INSERT INTO texts (hash, signature) VALUES (?1, ?2)")?
        .execute(params![article.text.as_slice(), signature])?;
    Ok(change.last_insert_rowid())
}

/// Notes the texts that say nearly the same as a new one, and tells whether there is one.
fn near(change: &Connection, text: i64, signature: Option<&Signature>) -> rusqlite::Result<bool> {
    let Some(signature) = signature else { return Ok(false) };
    let alike = alike(change, signature)?;
    for (other, likeness) in &alike {
        change
            .prepare_cached("INSERT INTO near (one, other, likeness) VALUES (?1, ?2, ?3)")?
            .execute(params![other, text, likeness])?;
    }
    for band in signature.bands() {
        change.prepare_cached("INSERT OR IGNORE INTO bands (hash, text) VALUES (?1, ?2)")?.execute([band, text])?;
    }
    Ok(!alike.is_empty())
}

/// The texts that say nearly the same, and how alike they are.
fn alike(connection: &Connection, signature: &Signature) -> rusqlite::Result<Vec<(i64, f64)>> {
    // A text may meet thousands that share a phrase with it: each is looked at once, where it lies.
    let places = vec!["?"; BANDS].join(", ");
    let mut meeting = connection.prepare_cached(&format!(
        "SELECT id, signature FROM texts WHERE id IN (SELECT text FROM bands WHERE hash IN ({places}))"
    ))?;
    let mut rows = meeting.query(params_from_iter(signature.bands()))?;
    let mut alike = Vec::new();
    while let Some(row) = rows.next()? {
        let likeness = row.get_ref(1)?.as_blob_or_null()?.and_then(|bytes| signature.likeness_to_bytes(bytes));
        if let Some(likeness) = likeness.filter(|likeness| *likeness >= NEAR) {
            alike.push((row.get(0)?, likeness));
        }
    }
    alike.sort_unstable_by_key(|(text, _)| *text);
    Ok(alike)
}

/// Adds what an article was coded to.
pub(crate) fn rows(change: &Connection, article: i64, vintage: i64, coding: &Coding) -> rusqlite::Result<()> {
    for (field, span, text) in &coding.passages {
        change
            .prepare_cached(
                "INSERT OR IGNORE INTO passages (article, field, start, end, text) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![article, field.as_str(), span.start, span.end, text])?;
    }
    for row in &coding.acts {
        let act = &row.act;
        change
            .prepare_cached(
                "INSERT INTO acts (uid, article, vintage, pair, type, quad, scale, factuality, epoch, date,
                     date_precision, day, confidence, lemmas, json)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                act.id,
                article,
                vintage,
                row.pair,
                act.event.first().map_or("", String::as_str),
                act.quad_code,
                f64::from(act.event_scale),
                act.factuality.as_str(),
                act.epoch.as_str(),
                act.date.map(|date| date.to_string()),
                act.date_precision.as_str(),
                row.day.map(|day| day.to_string()),
                f64::from(act.confidence),
                row.lemmas,
                row.json,
            ])?;
        let number = change.last_insert_rowid();
        for (role, parties) in [("actor", &act.actor), ("recipient", &act.recipient), ("third", &act.third)] {
            for code in parties.iter().filter_map(|party| party.code.as_ref()) {
                change
                    .prepare_cached("INSERT OR IGNORE INTO sides (code, act, role) VALUES (?1, ?2, ?3)")?
                    .execute(params![code, number, role])?;
                if role != "third" {
                    change
                        .prepare_cached("INSERT OR IGNORE INTO pairs (code, pair) VALUES (?1, ?2)")?
                        .execute([code, &row.pair])?;
                }
            }
        }
        let own = (act.text_info.field, act.evidence.start, act.evidence.end);
        let repeats = act.repeats.iter().map(|repeat| (repeat.field, repeat.start, repeat.end));
        for (field, start, end) in std::iter::once(own).chain(repeats) {
            evidence(change, number, article, field, start, end)?;
        }
        change
            .prepare_cached("INSERT OR IGNORE INTO stale (what, kind, key) VALUES ('acts', ?1, ?2)")?
            .execute(params![act.event.first(), row.pair])?;
    }
    for json in &coding.standings {
        change
            .prepare_cached("INSERT INTO standings (article, vintage, json) VALUES (?1, ?2, ?3)")?
            .execute(params![article, vintage, json])?;
    }
    sayings(change, article, vintage, &coding.sayings)
}

fn evidence(
    change: &Connection,
    act: i64,
    article: i64,
    field: TextField,
    start: u32,
    end: u32,
) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT OR IGNORE INTO evidence (act, passage, field, start, end) VALUES (?1, (SELECT id FROM passages
                 WHERE article = ?2 AND field = ?3 AND start <= ?4 AND end > ?4 ORDER BY start DESC LIMIT 1), ?3, ?4, ?5)",
        )?
        .execute(params![act, article, field.as_str(), start, end])?;
    Ok(())
}

/// Adds what an article says of affairs, and marks those as stale.
pub(super) fn sayings(change: &Connection, article: i64, vintage: i64, said: &[SayingRow]) -> rusqlite::Result<()> {
    for saying in said {
        change
            .prepare_cached(
                "INSERT INTO sayings (article, vintage, act, kind, key, makes, json)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![article, vintage, saying.act, saying.kind, saying.key, saying.makes, saying.json])?;
        if let Some(key) = &saying.key {
            for code in &saying.parties {
                change
                    .prepare_cached("INSERT OR IGNORE INTO concerns (code, kind, key) VALUES (?1, ?2, ?3)")?
                    .execute([code, &saying.kind, key])?;
            }
            change
                .prepare_cached("INSERT OR IGNORE INTO stale (what, kind, key) VALUES ('affairs', ?1, ?2)")?
                .execute([&saying.kind, key])?;
        }
    }
    Ok(())
}

fn note(change: &Connection, feed: &Feed, added: usize, learned: Date) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT INTO sources (name, read, added, fed, is_done) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (name) DO UPDATE SET
                 -- What could not be had leaves what was read before as it is.
                 read = CASE WHEN excluded.read = 0 AND NOT excluded.is_done THEN read ELSE excluded.read END, added = added + excluded.added,
                 fed = max(fed, excluded.fed), is_done = excluded.is_done",
        )?
        .execute(params![feed.name, feed.read.cast_signed(), added.cast_signed(), learned.to_string(), feed.is_done])?;
    if feed.is_done && feed.is_whole {
        change.prepare_cached("DELETE FROM failures WHERE source = ?1")?.execute([&feed.name])?;
    }
    for message in &feed.failures {
        change
            .prepare_cached(
                "INSERT INTO failures (source, message, day) VALUES (?1, ?2, ?3)
                 ON CONFLICT (source, message) DO UPDATE SET day = max(day, excluded.day)",
            )?
            .execute([&feed.name, message, &learned.to_string()])?;
    }
    Ok(())
}
