//! Reads pages of lists back: acts and articles by their numbers, affairs, sentences that hold words.

use detente_coder::{Span, TextField};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::{
    Ledger, Result, Who,
    read::{ArticleFacts, FACTS, StoredAct, acts_shown, affair, facts, with_reports},
    scope::Times,
    settle::{act_of, date},
};
use crate::{
    affair::Affair,
    ask::{AffairFilter, Found, Hit},
};

/// What stands around a word that was searched for: characters that no text has, as it is cleaned of them.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

impl Ledger {
    /// Acts by their numbers, as a [`Digest`](crate::ask::Digest) gives them, in that order.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn acts_by_number(&self, numbers: &[i64]) -> Result<Vec<StoredAct>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT acts.json, acts.lemmas, acts.day, {FACTS} FROM acts JOIN articles ON articles.id = acts.article
                 WHERE acts.id = ?1"
            ))?;
            let mut acts = Vec::with_capacity(numbers.len());
            for number in numbers {
                let act = statement
                    .query_row([number], |row| {
                        let (json, lemmas): (String, String) = (row.get(0)?, row.get(1)?);
                        Ok(StoredAct {
                            act: act_of(&json, &lemmas)?,
                            day: date(row, 2)?,
                            article: facts(row, 3)?,
                            reports: Vec::new(),
                            against: Vec::new(),
                            review: None,
                        })
                    })
                    .optional()?;
                if let Some(act) = act {
                    acts.push(with_reports(connection, act, None)?);
                }
            }
            Ok(acts)
        })
    }

    /// The ids of the acts of an article as it is coded now, by its uid, in the order of the text.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn ids_of_article(&self, uid: &str) -> Result<Vec<String>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT acts.uid FROM acts JOIN articles ON articles.id = acts.article
                     AND articles.vintage = acts.vintage WHERE articles.uid = ?1 ORDER BY acts.id",
            )?;
            statement.query_map([uid], |row| row.get(0))?.collect()
        })
    }

    /// The id of the act that stands for all reports of an act: its own, unless it is one more report of another.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn leader(&self, id: &str) -> Result<String> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT same_as FROM merges WHERE act = ?1")?;
            let leader: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
            Ok(leader.unwrap_or_else(|| id.to_owned()))
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

    /// How many affairs there are now.
    pub(crate) fn count_affairs(&self, filter: &AffairFilter) -> Result<usize> {
        let (condition, values) = filter.condition();
        self.read(|connection| {
            let sql = format!("SELECT count(*) FROM affairs WHERE {condition}");
            let total: i64 = connection.prepare_cached(&sql)?.query_row(params_from_iter(&values), |row| row.get(0))?;
            Ok(usize::try_from(total).unwrap_or(0))
        })
    }

    /// A page of affairs as they stand now, those that turned last first.
    pub(crate) fn affairs_page(&self, filter: &AffairFilter, offset: usize, limit: usize) -> Result<Vec<Affair>> {
        let (condition, values) = filter.condition();
        self.read(|connection| {
            // Sorted are ids alone: what affairs are is long.
            let mut statement = connection.prepare_cached(&format!(
                "SELECT json, key FROM (SELECT id AS chosen FROM affairs WHERE {condition}
                     ORDER BY since DESC NULLS LAST, id LIMIT {limit} OFFSET {offset})
                 CROSS JOIN affairs ON id = chosen ORDER BY since DESC NULLS LAST, id"
            ))?;
            statement.query_map(params_from_iter(&values), affair)?.collect()
        })
    }

    /// Ids of the affairs to which these acts belong.
    pub(crate) fn affairs_of_acts<'i>(&self, acts: impl IntoIterator<Item = &'i str>) -> Result<Vec<String>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT DISTINCT affair FROM entries WHERE act = ?1")?;
            let mut affairs: Vec<String> = Vec::new();
            for act in acts {
                for affair in statement.query_map([act], |row| row.get(0))? {
                    affairs.push(affair?);
                }
            }
            affairs.sort_unstable();
            affairs.dedup();
            Ok(affairs)
        })
    }

    /// Sentences that a query of the full-text index finds, the best first: a page of them and how many there are.
    pub(crate) fn search_page(
        &self,
        query: &str,
        who: &Who,
        times: Times,
        offset: usize,
        limit: usize,
    ) -> Result<(usize, Vec<Found>)> {
        let mut conditions = String::new();
        let mut values = vec![query.to_owned()];
        for code in who.codes() {
            // The plus keeps SQLite from asking the index of words anew for each sentence of the side.
            conditions.push_str(
                " AND +words.rowid IN (SELECT passage FROM evidence JOIN sides ON sides.act = evidence.act
                      WHERE sides.code = ?)",
            );
            values.push(code.to_owned());
        }
        if times.known_by.is_some() {
            conditions.push_str(" AND articles.learned <= ?");
            values.push(times.learned());
        }
        if let Some(day) = times.as_of {
            conditions.push_str(" AND articles.date <= ?");
            values.push(day.to_string());
        }
        let of_articles = times != Times::default();
        let join = if of_articles {
            "JOIN passages ON passages.id = words.rowid JOIN articles ON articles.id = passages.article"
        } else {
            ""
        };
        self.read(|connection| {
            let total: i64 = connection
                .prepare_cached(&format!("SELECT count(*) FROM words {join} WHERE words MATCH ? {conditions}"))?
                .query_row(params_from_iter(&values), |row| row.get(0))?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT words.rowid FROM words {join} WHERE words MATCH ? {conditions}
                 ORDER BY rank LIMIT {limit} OFFSET {offset}"
            ))?;
            let rows: Vec<i64> =
                statement.query_map(params_from_iter(&values), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let found = rows.into_iter().map(|row| found(connection, query, row)).collect::<rusqlite::Result<_>>()?;
            Ok((usize::try_from(total).unwrap_or(0), found))
        })
    }
}

/// A sentence that was found, with the places of the words in it.
fn found(connection: &Connection, query: &str, passage: i64) -> rusqlite::Result<Found> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT passages.field, passages.start, passages.end, passages.text, {FACTS}
         FROM passages JOIN articles ON articles.id = passages.article WHERE passages.id = ?1"
    ))?;
    let hit = statement.query_row([passage], |row| {
        Ok(Hit {
            article: facts(row, 4)?,
            field: row.get(0)?,
            start: row.get(1)?,
            end: row.get(2)?,
            text: row.get(3)?,
            acts: acts_shown(connection, passage)?,
        })
    })?;
    let mut statement = connection.prepare_cached(
        "SELECT highlight(words, 0, char(2), char(3)) FROM words WHERE words MATCH ?1 AND words.rowid = ?2",
    )?;
    let marked: Option<String> = statement.query_row(params![query, passage], |row| row.get(0)).optional()?;
    let marks = if hit.text.contains(MARKS) { Vec::new() } else { places(&marked.unwrap_or_default()) };
    Ok(Found { hit, marks })
}

/// The places that stand between marks, in characters of the text without them.
fn places(marked: &str) -> Vec<Span> {
    let mut places: Vec<Span> = Vec::new();
    let mut at = 0;
    for c in marked.chars() {
        match c {
            c if c == MARKS[0] => places.push(Span { start: at, end: at }),
            c if c == MARKS[1] => {
                if let Some(place) = places.last_mut() {
                    place.end = at;
                }
            }
            _ => at += 1,
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_without_the_marks() {
        let marked = "Äpfel \u{2}trade\u{3} and \u{2}talks\u{3}.";
        assert_eq!(places(marked), [Span { start: 6, end: 11 }, Span { start: 16, end: 21 }]);
        assert_eq!(places(""), []);
    }
}
