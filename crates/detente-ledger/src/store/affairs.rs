//! Reads affairs back as the ledger keeps them.

use std::collections::BTreeSet;

use rusqlite::{Row, params_from_iter};

use super::{Ledger, Result, Who, settle::unreadable};
use crate::{affair::Affair, ask::AffairFilter};

impl Ledger {
    /// The affairs of a state or a pair as they stand now, in order of parties and kind.
    pub(crate) fn kept_affairs(&self, who: &Who) -> Result<Vec<Affair>> {
        // Ids are compared before any affair is read.
        let of_one = "SELECT affair FROM parties WHERE code = ?";
        let condition = match who.codes().len() {
            0 => "1".to_owned(),
            count => format!("id IN ({})", vec![of_one; count].join(" INTERSECT ")),
        };
        let sql = format!("SELECT json, key FROM affairs WHERE {condition}");
        let mut affairs = self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(who.codes()), affair)?;
            rows.collect::<rusqlite::Result<Vec<Affair>>>()
        })?;
        affairs.sort_by(|a, b| (&a.parties, &a.kind, &a.subject, &a.id).cmp(&(&b.parties, &b.kind, &b.subject, &b.id)));
        Ok(affairs)
    }

    /// The affairs that have an id, or had it once; or of which one begins so.
    ///
    /// An id that no affair has any more, since a report was taken back or is coded otherwise, leads to the affair of its
    /// kind and key whose subject shares most words with what it was about.
    pub(crate) fn kept_affair(&self, id: &str) -> Result<Vec<Affair>> {
        self.read(|connection| {
            let mut names = connection.prepare_cached(
                "SELECT id, kind, key, subject FROM names WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id",
            )?;
            let mut of_key = connection.prepare_cached("SELECT json, key FROM affairs WHERE kind = ?1 AND key = ?2")?;
            let mut found: Vec<Affair> = Vec::new();
            for name in names.query_map([id], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                ))
            })? {
                let (id, kind, key, subject) = name?;
                let mut affairs: Vec<Affair> =
                    of_key.query_map([kind, key], affair)?.collect::<rusqlite::Result<_>>()?;
                let words: BTreeSet<&str> = subject.split_whitespace().collect();
                let likeness = |affair: &Affair| {
                    let now = affair.subject.as_deref().unwrap_or("").to_lowercase();
                    let shared = now.split_whitespace().filter(|word| words.contains(word)).count();
                    (affair.ids().any(|known| *known == id), shared + usize::from(now == subject))
                };
                affairs.retain(|affair| likeness(affair) > (false, 0));
                affairs.sort_by(|a, b| (likeness(a), &b.id).cmp(&(likeness(b), &a.id)));
                if let Some(affair) = affairs.pop()
                    && !found.iter().any(|known| known.id == affair.id)
                {
                    found.push(affair);
                }
            }
            Ok(found)
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
}

fn affair(row: &Row<'_>) -> rusqlite::Result<Affair> {
    let mut affair: Affair = serde_json::from_str(row.get_ref(0)?.as_str()?).map_err(unreadable)?;
    affair.key = row.get_ref(1)?.as_str()?.split(' ').map(str::to_owned).collect();
    Ok(affair)
}
