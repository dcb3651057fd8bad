//! Reads articles back: what is known of them, their text, and the sentences that show something.

use detente_coder::{Span, Standing, TextField};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params, types::ValueRef};
use serde::Serialize;

use super::{
    Ledger, Result,
    intake::unpack,
    settle::{date, unreadable},
};
use crate::brief::Source;

/// What is known of an article, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleFacts {
    /// Its name in every ledger: what acts and entries call their article.
    pub uid: String,
    /// What the user called it: the record's id, or the file.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// Its address.
    pub url: Option<String>,
    /// The outlet that published it.
    pub source: Option<String>,
    /// When the ledger learned of it.
    pub learned: Date,
}

impl ArticleFacts {
    /// Outlet, or name, and date: what stands before its sentences.
    pub fn label(&self) -> String {
        let name = self.source.as_ref().unwrap_or(&self.name);
        self.date.map_or_else(|| name.clone(), |date| format!("{name}, {date}"))
    }
}

/// What [`facts`] reads.
pub(super) const FACTS: &str =
    "articles.uid, articles.name, articles.title, articles.date, articles.url, articles.source,
    articles.learned";

pub(super) fn facts(row: &Row<'_>, at: usize) -> rusqlite::Result<ArticleFacts> {
    Ok(ArticleFacts {
        uid: row.get(at)?,
        name: row.get(at + 1)?,
        title: row.get(at + 2)?,
        date: date(row, at + 3)?,
        url: row.get(at + 4)?,
        source: row.get(at + 5)?,
        learned: date(row, at + 6)?.unwrap_or(Date::MIN),
    })
}

impl Ledger {
    /// Facts about an article, by its uid.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn article(&self, uid: &str) -> Result<Option<ArticleFacts>> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("SELECT {FACTS} FROM articles WHERE uid = ?1"))?
                .query_row([uid], |row| facts(row, 0))
                .optional()
        })
    }

    /// Hands all articles to `each`, in order of date and uid.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn articles(&self, mut each: impl FnMut(ArticleFacts)) -> Result<()> {
        self.read(|connection| {
            let mut statement = connection.prepare(&format!("SELECT {FACTS} FROM articles ORDER BY date, uid"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                each(facts(row, 0)?);
            }
            Ok(())
        })
    }

    /// The whole article as it was read, by its uid.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read or the article is damaged.
    pub fn text(&self, uid: &str) -> Result<Option<detente_text::Article>> {
        let body: Option<Vec<u8>> = self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT body FROM articles WHERE uid = ?1")?;
            statement.query_row([uid], |row| row.get(0)).optional()
        })?;
        body.map(|body| unpack(&body).map_err(|what| self.damaged(format!("article {uid}: {what}")))).transpose()
    }

    /// The circumstances that an article tells of, by its uid.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn standings(&self, uid: &str) -> Result<Vec<Standing>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT standings.json FROM standings JOIN articles ON articles.id = standings.article
                 AND articles.vintage = standings.vintage WHERE articles.uid = ?1 ORDER BY standings.id",
            )?;
            let rows = statement.query_map([uid], |row| row.get::<_, String>(0))?;
            rows.map(|json| serde_json::from_str(&json?).map_err(unreadable)).collect()
        })
    }

    /// Articles by their numbers, as a [`Digest`](crate::ask::Digest) gives them, in that order.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn articles_by_number(&self, numbers: &[i64]) -> Result<Vec<(i64, ArticleFacts)>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("SELECT {FACTS} FROM articles WHERE id = ?1"))?;
            let one = |&number: &i64| {
                let found = statement.query_row([number], |row| facts(row, 0)).optional();
                found.map(|found| found.map(|facts| (number, facts))).transpose()
            };
            numbers.iter().filter_map(one).collect()
        })
    }

    /// The sentence in which words of an article stand, by the article's uid and their field and first character, and
    /// the article.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn sentence_at(
        &self,
        uid: &str,
        field: TextField,
        start: u32,
    ) -> Result<Option<(ArticleFacts, Option<String>)>> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {FACTS}, (SELECT text FROM passages WHERE passages.article = articles.id AND field = ?2
                     AND start <= ?3 AND end > ?3 ORDER BY start DESC LIMIT 1)
                 FROM articles WHERE uid = ?1"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_row(params![uid, field.as_str(), start], |row| Ok((facts(row, 0)?, row.get(7)?))).optional()
        })
    }

    /// What is known of an article and its sentences, for a page.
    pub(crate) fn source(&self, uid: &str) -> Result<Option<(ArticleFacts, Source)>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {FACTS}, field, start, end, passages.text FROM articles
                 LEFT JOIN passages ON passages.article = articles.id WHERE articles.uid = ?1 ORDER BY passages.id"
            ))?;
            let mut rows = statement.query([uid])?;
            let mut article = None;
            let mut passages = Vec::new();
            while let Some(row) = rows.next()? {
                if article.is_none() {
                    article = Some(facts(row, 0)?);
                }
                if row.get_ref(7)? != ValueRef::Null {
                    passages.push(passage(row, 7)?);
                }
            }
            Ok(article.map(|facts| {
                let source = Source::kept(facts.uid.clone(), facts.label(), passages);
                (facts, source)
            }))
        })
    }

    /// The sentences of an article that show acts and circumstances, by its uid: field, place and words.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn passages(&self, uid: &str) -> Result<Vec<(TextField, Span, String)>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT field, start, end, passages.text FROM passages JOIN articles ON articles.id = passages.article
                 WHERE articles.uid = ?1 ORDER BY passages.id",
            )?;
            statement.query_map([uid], |row| passage(row, 0))?.collect()
        })
    }
}

/// A sentence of an article: field, place and words, in columns from this one on.
fn passage(row: &Row<'_>, at: usize) -> rusqlite::Result<(TextField, Span, String)> {
    let field = TextField::parse(row.get_ref(at)?.as_str()?).unwrap_or(TextField::Text);
    Ok((field, Span { start: row.get(at + 1)?, end: row.get(at + 2)? }, row.get(at + 3)?))
}
