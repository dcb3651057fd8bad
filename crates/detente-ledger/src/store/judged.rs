//! How acts are judged, now and as of another time: reports of one act, and what speaks against what.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::{
    Times,
    intake::Notice,
    same_act::{Against, Judgement, Near, Report, judge},
    settle::{act_of, date},
};

/// The acts of a pair and type, as they are judged.
pub(super) fn reports(connection: &Connection, kind: &str, pair: &str, times: Times) -> rusqlite::Result<Vec<Report>> {
    reports_of(connection, kind, pair, times, "articles.vintage")
}

/// The acts of a pair and type as their coders found them, whatever reviewers said.
pub(crate) fn reports_as_coded(connection: &Connection, kind: &str, pair: &str) -> rusqlite::Result<Vec<Report>> {
    reports_of(connection, kind, pair, Times::default(), "coalesce(articles.coded, articles.vintage)")
}

fn reports_of(
    connection: &Connection,
    kind: &str,
    pair: &str,
    times: Times,
    vintage: &str,
) -> rusqlite::Result<Vec<Report>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT acts.json, acts.lemmas, acts.day, articles.date, articles.source, articles.notice, articles.text,
             splits.act IS NOT NULL, articles.notice_words, reviewed.act IS NOT NULL
         FROM acts JOIN articles ON articles.id = acts.article AND acts.vintage = {vintage}
         LEFT JOIN splits ON splits.act = acts.uid
         LEFT JOIN reviewed ON reviewed.act = acts.uid AND reviewed.counts
         WHERE acts.pair = ?1 AND acts.type = ?2 AND articles.learned <= ?3"
    ))?;
    let rows = statement.query_map(params![pair, kind, times.learned()], |row| {
        let (json, lemmas): (String, String) = (row.get(0)?, row.get(1)?);
        let notice: Option<String> = row.get(5)?;
        Ok(Report {
            act: act_of(&json, &lemmas)?,
            day: date(row, 2)?,
            published: date(row, 3)?,
            outlet: row.get(4)?,
            notice: notice.as_deref().and_then(Notice::parse),
            text: row.get(6)?,
            is_split: row.get(7)?,
            notice_words: row.get(8)?,
            is_judged: row.get(9)?,
        })
    })?;
    let is_of_the_time =
        |report: &rusqlite::Result<Report>| report.as_ref().map_or(true, |r| times.has(r.day, r.published));
    rows.filter(is_of_the_time).collect()
}

/// Judges reports, with what is known of near-duplicate texts.
pub(super) fn judged(connection: &Connection, reports: Vec<Report>) -> rusqlite::Result<Judgement> {
    if reports.len() < 2 {
        return Ok(Judgement::default());
    }
    let near = near(connection, &reports)?;
    Ok(judge(reports, &near))
}

/// How the acts of a pair and type are judged as of a time, by what a settled ledger keeps wherever that holds.
pub(super) fn judgement_at(
    connection: &Connection,
    kind: &str,
    pair: &str,
    times: Times,
) -> rusqlite::Result<Judgement> {
    if is_parted(connection, kind, pair, times)? {
        return judged(connection, reports(connection, kind, pair, times)?);
    }
    let kept = |table: &str, columns: &str| {
        format!(
            "SELECT {columns} FROM acts JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage
             JOIN {table} ON {table}.act = acts.uid WHERE acts.pair = ?1 AND acts.type = ?2 AND {}",
            of_the_time("acts", "articles")
        )
    };
    let values = params![pair, kind, times.learned(), times.until()];
    let mut judgement = Judgement::default();
    let mut merges = connection.prepare_cached(&kept("merges", "act, same_as, why"))?;
    for merge in merges.query_map(values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
        judgement.merges.push(merge?);
    }
    let mut corrections = connection.prepare_cached(&format!(
        "{} AND EXISTS (SELECT 1 FROM acts AS speaking
             JOIN articles AS said ON said.id = speaking.article AND said.vintage = speaking.vintage
             WHERE speaking.uid = corrections.by AND {})",
        kept("corrections", "act, by, corrections.kind"),
        of_the_time("speaking", "said")
    ))?;
    for correction in corrections.query_map(values, |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))? {
        let (act, by, how) = correction?;
        judgement.corrections.extend(Against::parse(&how).map(|how| (act, by, how)));
    }
    Ok(judgement)
}

/// Tells whether a time parts what is judged together: of the reports of one act only some are of the time, or an act is and
/// what takes it back is not. Where it parts nothing, what is kept holds for what is of the time, since reports are judged in
/// order of time, each by the first of its act alone.
pub(super) fn is_parted(connection: &Connection, kind: &str, pair: &str, times: Times) -> rusqlite::Result<bool> {
    let (one, other) = (of_the_time("acts", "articles"), of_the_time("others", "told"));
    let parted = |table: &str, by: &str, condition: &str| {
        format!(
            "SELECT 1 FROM acts JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage
             JOIN {table} ON {table}.act = acts.uid JOIN acts AS others ON others.uid = {table}.{by}
             JOIN articles AS told ON told.id = others.article AND told.vintage = others.vintage
             WHERE acts.pair = ?1 AND acts.type = ?2 AND {condition}"
        )
    };
    let merged = parted("merges", "same_as", &format!("({one}) <> ({other})"));
    let taken_back = parted("corrections", "by", &format!("corrections.kind <> 'denied' AND {one} AND NOT ({other})"));
    connection.prepare_cached(&format!("{merged} UNION ALL {taken_back}"))?.exists(params![
        pair,
        kind,
        times.learned(),
        times.until()
    ])
}

/// The condition that an act counts as of a time, which stands in the third and fourth place of the query: as [`Times::has`].
fn of_the_time(acts: &str, articles: &str) -> String {
    format!("{articles}.learned <= ?3 AND {} <= ?4", day(acts, articles))
}

/// The day to which an act belongs, as it is compared with [`Times::until`].
pub(super) fn day(acts: &str, articles: &str) -> String {
    format!("coalesce({acts}.day, {articles}.date, '9999-12-31')")
}

/// Which of the texts of reports say nearly the same.
pub(crate) fn near(connection: &Connection, reports: &[Report]) -> rusqlite::Result<Near> {
    let texts: BTreeSet<i64> = reports.iter().map(|report| report.text).collect();
    let mut near = Near::default();
    let mut statement = connection.prepare_cached("SELECT other FROM near WHERE one = ?1")?;
    for &text in &texts {
        for other in statement.query_map([text], |row| row.get::<_, i64>(0))? {
            let other = other?;
            if texts.contains(&other) {
                near.add(text, other);
            }
        }
    }
    Ok(near)
}
