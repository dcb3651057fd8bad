//! Finds the sentences that hold words.

use detente_coder::Span;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::{
    Ledger, Result, Who,
    articles::{FACTS, facts},
    scope::Times,
};
use crate::{
    ask::{Found, Hit, HitAct},
    review::{Review, review_of},
};

/// What stands around a word that was searched for: characters that no text has, as it is cleaned of them.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

impl Ledger {
    /// Sentences that a query of the full-text index finds, the best first, with the acts that they show.
    pub(crate) fn search(&self, query: &str, who: &Who, times: Times, most: usize) -> Result<Vec<Hit>> {
        let mut conditions = String::new();
        let mut values = vec![query.to_owned(), times.learned()];
        for code in who.codes() {
            conditions.push_str(
                " AND +passages.id IN (SELECT passage FROM evidence JOIN sides ON sides.act = evidence.act
                      WHERE sides.code = ?)",
            );
            values.push(code.to_owned());
        }
        if let Some(day) = times.as_of {
            conditions.push_str(" AND articles.date <= ?");
            values.push(day.to_string());
        }
        let sql = format!(
            "SELECT passages.id, passages.field, passages.start, passages.end, passages.text, {FACTS}
             FROM words JOIN passages ON passages.id = words.rowid JOIN articles ON articles.id = passages.article
             WHERE words MATCH ? AND articles.learned <= ? {conditions} ORDER BY rank, articles.date, articles.uid,
                 passages.start LIMIT {most}"
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(&values))?;
            let mut hits = Vec::new();
            while let Some(row) = rows.next()? {
                hits.push(Hit {
                    article: facts(row, 5)?,
                    field: row.get(1)?,
                    start: row.get(2)?,
                    end: row.get(3)?,
                    text: row.get(4)?,
                    acts: acts_shown(connection, row.get(0)?)?,
                });
            }
            Ok(hits)
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

/// The acts that a sentence shows.
fn acts_shown(connection: &Connection, passage: i64) -> rusqlite::Result<Vec<HitAct>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT acts.id, acts.uid, acts.day, acts.type, acts.factuality FROM evidence
         JOIN acts ON acts.id = evidence.act JOIN articles ON articles.id = acts.article
             AND articles.vintage = acts.vintage
         WHERE evidence.passage = ?1 ORDER BY acts.id",
    )?;
    let mut rows = statement.query([passage])?;
    let mut acts = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let side = |role: &str| -> rusqlite::Result<Vec<String>> {
            let mut statement =
                connection.prepare_cached("SELECT code FROM sides WHERE act = ?1 AND role = ?2 ORDER BY code")?;
            statement.query_map(rusqlite::params![number, role], |row| row.get(0))?.collect()
        };
        let id: String = row.get(1)?;
        acts.push(HitAct {
            review: review_of(connection, &id)?.as_ref().map(Review::line),
            id,
            day: row.get(2)?,
            event: row.get(3)?,
            factuality: row.get(4)?,
            actors: side("actor")?,
            recipients: side("recipient")?,
        });
    }
    Ok(acts)
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
