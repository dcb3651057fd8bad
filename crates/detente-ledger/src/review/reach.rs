//! How far judgements reach: to reports of a judged act that nobody judged by themselves, since they came later.
//!
//! Which reports tell one act is asked of what their coders found, not of what reviewers made of it: so the reach of a
//! judgement depends on the articles alone, and neither on other judgements nor on what came first.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Judgement, Verdict,
    effect::mark_article,
    list::{judgement_at, judgement_of},
};
use crate::store::{near, reports_as_coded, reports_of_each};

/// Types and pairs that one transaction goes through.
const CHUNK: usize = 1000;

/// Marks the types and pairs of what is judged in an article: its judgements may reach other reports than before.
pub(super) fn mark_judged(change: &Connection, article: i64, vintage: i64) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT OR IGNORE INTO stale (what, kind, key) SELECT 'reach', acts.type, acts.pair FROM reviewed
             JOIN acts ON acts.uid = reviewed.act AND acts.article = reviewed.article AND acts.vintage = ?2
             WHERE reviewed.article = ?1",
        )?
        .execute([article, vintage])?;
    Ok(())
}

/// Marks the types and pairs of what an article was coded to, where anything at all is judged in the ledger.
pub(crate) fn mark_coded(change: &Connection, article: i64) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT OR IGNORE INTO stale (what, kind, key) SELECT 'reach', acts.type, acts.pair FROM articles
             JOIN acts ON acts.article = articles.id AND acts.vintage = coalesce(articles.coded, articles.vintage)
             WHERE articles.id = ?1 AND EXISTS (SELECT 1 FROM reviewed)",
        )?
        .execute([article])?;
    Ok(())
}

/// Works out anew which reports the judgements of stale types and pairs reach, and marks the articles in which that is
/// otherwise than before; gives how many types and pairs there were.
pub(crate) fn reach_stale(change: &Connection) -> rusqlite::Result<usize> {
    let stale: Vec<(String, String)> = change
        .prepare_cached("SELECT kind, key FROM stale WHERE what = 'reach' LIMIT ?1")?
        .query_map([CHUNK as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (kind, pair) in &stale {
        let new = reached(change, kind, pair)?;
        let old: BTreeMap<String, String> = change
            .prepare_cached("SELECT act, judgement FROM reached WHERE kind = ?1 AND key = ?2")?
            .query_map([kind, pair], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        change.prepare_cached("DELETE FROM reached WHERE kind = ?1 AND key = ?2")?.execute([kind, pair])?;
        for (act, judgement) in &new {
            change
                .prepare_cached("INSERT INTO reached (kind, key, act, judgement) VALUES (?1, ?2, ?3, ?4)")?
                .execute([kind, pair, act, judgement])?;
        }
        for act in old.keys().chain(new.keys()).filter(|act| old.get(*act) != new.get(*act)) {
            let articles: Vec<String> = change
                .prepare_cached(
                    "SELECT DISTINCT articles.uid FROM acts JOIN articles ON articles.id = acts.article WHERE acts.uid = ?1",
                )?
                .query_map([act], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            articles.iter().try_for_each(|article| mark_article(change, article))?;
        }
        change
            .prepare_cached("DELETE FROM stale WHERE what = 'reach' AND kind = ?1 AND key = ?2")?
            .execute([kind, pair])?;
    }
    Ok(stale.len())
}

/// Reports of a type and pair that nobody judged by themselves, and the newest judgement of their act.
fn reached(connection: &Connection, kind: &str, pair: &str) -> rusqlite::Result<BTreeMap<String, String>> {
    let judged: HashMap<String, Judgement> = connection
        .prepare_cached(
            "SELECT reviewed.act, judgements.json FROM acts
             JOIN articles ON articles.id = acts.article AND acts.vintage = coalesce(articles.coded, articles.vintage)
             JOIN reviewed ON reviewed.act = acts.uid AND reviewed.counts
             JOIN judgements ON judgements.id = reviewed.judgement
             WHERE acts.pair = ?1 AND acts.type = ?2",
        )?
        .query_map([pair, kind], |row| Ok((row.get(0)?, judgement_at(row, 1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut reached = BTreeMap::new();
    if judged.is_empty() {
        return Ok(reached);
    }
    for group in groups(connection, kind, pair)? {
        let newest = group.iter().filter_map(|act| judged.get(act)).max_by(|a, b| a.age().cmp(&b.age()));
        // Who found an act that the coder found as well says nothing of other reports.
        let Some(newest) = newest.filter(|newest| newest.verdict != Verdict::Missed) else { continue };
        let late = group.iter().filter(|act| !judged.contains_key(*act));
        reached.extend(late.map(|act| (act.clone(), newest.id.clone())));
    }
    Ok(reached)
}

/// The reports of each act of a type and pair, by their ids.
fn groups(connection: &Connection, kind: &str, pair: &str) -> rusqlite::Result<Vec<Vec<String>>> {
    let reports = reports_as_coded(connection, kind, pair)?;
    let near = near(connection, &reports)?;
    Ok(reports_of_each(reports, &near))
}

/// The other reports of the act that one report tells, as they were coded, by their ids.
pub(super) fn reports_as_coded_with(connection: &Connection, act: &str) -> rusqlite::Result<Vec<String>> {
    let coded_as: Option<(String, String)> = connection
        .prepare_cached(
            "SELECT type, pair FROM acts JOIN articles ON articles.id = acts.article
             AND acts.vintage = coalesce(articles.coded, articles.vintage) WHERE acts.uid = ?1",
        )?
        .query_row([act], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((kind, pair)) = coded_as else { return Ok(Vec::new()) };
    let group = groups(connection, &kind, &pair)?.into_iter().find(|group| group.iter().any(|id| id == act));
    Ok(group.into_iter().flatten().filter(|id| id != act).collect())
}

/// The judgements that reach acts of an article from other reports, by act.
pub(super) fn reaching(
    connection: &Connection,
    article: i64,
    vintage: i64,
) -> rusqlite::Result<HashMap<String, Judgement>> {
    let mut statement = connection.prepare_cached(
        "SELECT reached.act, judgements.json FROM acts JOIN reached ON reached.act = acts.uid
         JOIN judgements ON judgements.id = reached.judgement WHERE acts.article = ?1 AND acts.vintage = ?2",
    )?;
    statement.query_map(params![article, vintage], |row| Ok((row.get(0)?, judgement_at(row, 1)?)))?.collect()
}

/// The judgement that reaches a report from another one of the same act.
pub(super) fn judgement_that_reaches(connection: &Connection, act: &str) -> rusqlite::Result<Option<Judgement>> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM reached JOIN judgements ON judgements.id = reached.judgement WHERE reached.act = ?1
         AND NOT EXISTS (SELECT 1 FROM reviewed WHERE reviewed.act = reached.act) LIMIT 1",
    )?;
    statement.query_map([act], judgement_of)?.next().transpose()
}
