//! Counts what is in a ledger.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use super::{Ledger, Result, Times, acts::OF_ARTICLES, judged::knows_all};
use crate::ask::{FailureStatus, SourceStatus, Status};

impl Ledger {
    /// The same time in fewer words: by a day since which nothing was learned of, all is known.
    pub(crate) fn narrowed(&self, times: Times) -> Result<Times> {
        if times.known_by.is_none() {
            return Ok(times);
        }
        let knows_all = self.read(|connection| knows_all(connection, times))?;
        Ok(Times { known_by: times.known_by.filter(|_| !knows_all), ..times })
    }

    /// Fills in all that is counted in the tables.
    pub(crate) fn fill_status(&self, status: &mut Status) -> Result<()> {
        self.read(|connection| {
            let count = |sql: &str| count(connection, sql);
            let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
            status.articles = count("SELECT count(*) FROM articles")?;
            status.same_words = status.articles - count("SELECT count(DISTINCT text) FROM articles")?;
            status.near_duplicates = count("SELECT count(DISTINCT other) FROM near")?;
            status.dates = (text("SELECT min(date) FROM articles")?, text("SELECT max(date) FROM articles")?);
            status.learned = (text("SELECT min(learned) FROM articles")?, text("SELECT max(learned) FROM articles")?);
            status.reports = count(&format!("SELECT count(*) {OF_ARTICLES}"))?;
            status.acts = status.reports - count("SELECT count(*) FROM merges")?.min(status.reports);
            status.corrections =
                pairs(connection, "SELECT kind, count(DISTINCT act) FROM corrections GROUP BY kind ORDER BY kind")?;
            let valid = "FROM judgements WHERE verdict <> 'undo'
                AND NOT EXISTS (SELECT 1 FROM judgements AS undo WHERE undo.undoes = judgements.id)";
            status.judgements = count(&format!("SELECT count(*) {valid}"))?;
            status.reviewers = count(&format!("SELECT count(DISTINCT reviewer) {valid}"))?;
            status.astray = count(&format!(
                "SELECT count(*) {valid} AND verdict <> 'coded'
                 AND NOT EXISTS (SELECT 1 FROM reviewed WHERE reviewed.judgement = judgements.id)"
            ))?;
            status.affairs = pairs(connection, "SELECT kind, count(*) FROM affairs GROUP BY kind ORDER BY kind")?;
            let mut statement =
                connection.prepare("SELECT name, read, added, fed, is_done FROM sources ORDER BY fed DESC, name")?;
            let source = |row: &Row<'_>| {
                Ok(SourceStatus {
                    name: row.get(0)?,
                    read: row.get::<_, i64>(1)?.cast_unsigned(),
                    added: row.get::<_, i64>(2)?.cast_unsigned(),
                    fed: row.get(3)?,
                    is_done: row.get(4)?,
                })
            };
            status.sources = statement.query_map([], source)?.collect::<rusqlite::Result<_>>()?;
            let mut statement =
                connection.prepare("SELECT source, message, day FROM failures ORDER BY day DESC, source, message")?;
            let failure =
                |row: &Row<'_>| Ok(FailureStatus { source: row.get(0)?, message: row.get(1)?, day: row.get(2)? });
            status.failures = statement.query_map([], failure)?.collect::<rusqlite::Result<_>>()?;
            Ok(())
        })
    }
}

fn count(connection: &Connection, sql: &str) -> rusqlite::Result<u64> {
    Ok(connection.query_row(sql, [], |row| row.get::<_, i64>(0))?.cast_unsigned())
}

fn pairs(connection: &Connection, sql: &str) -> rusqlite::Result<BTreeMap<String, u64>> {
    let mut statement = connection.prepare(sql)?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?.collect()
}
