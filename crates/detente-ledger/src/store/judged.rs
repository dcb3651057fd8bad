//! How acts are judged, now and as of another time: reports of one act, and what speaks against what.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use rusqlite::{Connection, ToSql, params};

use super::{
    Times,
    acts::OF_ARTICLES,
    intake::Notice,
    recall::Recall,
    same_act::{Against, Judgement, Near, Report, best, judge, leader},
    settle::{act_of, date},
};

/// The acts of a pair and type, as they are judged.
pub(super) fn reports(connection: &Connection, kind: &str, pair: &str, times: Times) -> rusqlite::Result<Vec<Report>> {
    reports_of(connection, "articles.vintage", OF_PAIR, &[&pair, &kind], times)
}

/// The reports of an act of which the ledger keeps the best one: those of a time.
pub(super) fn reports_of_act(connection: &Connection, best: &str, times: Times) -> rusqlite::Result<Vec<Report>> {
    let of_act = "acts.uid IN (SELECT ?1 UNION ALL SELECT act FROM merges WHERE same_as = ?2)";
    reports_of(connection, "articles.vintage", of_act, &[&best, &best], times)
}

/// The acts of a pair and type as their coders found them, whatever reviewers said.
pub(crate) fn reports_as_coded(connection: &Connection, kind: &str, pair: &str) -> rusqlite::Result<Vec<Report>> {
    let coded = "coalesce(articles.coded, articles.vintage)";
    reports_of(connection, coded, OF_PAIR, &[&pair, &kind], Times::default())
}

/// The condition that an act is of a pair and type, which stand in the first two places of the query.
const OF_PAIR: &str = "acts.pair = ?1 AND acts.type = ?2";

/// Acts of a vintage that a condition with two values tells.
fn reports_of(
    connection: &Connection,
    vintage: &str,
    condition: &str,
    values: &[&dyn ToSql; 2],
    times: Times,
) -> rusqlite::Result<Vec<Report>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT acts.json, acts.lemmas, acts.day, articles.date, articles.source, articles.notice, articles.text,
             splits.act IS NOT NULL, articles.notice_words, reviewed.act IS NOT NULL
         FROM acts JOIN articles ON articles.id = acts.article AND acts.vintage = {vintage}
         LEFT JOIN splits ON splits.act = acts.uid
         LEFT JOIN reviewed ON reviewed.act = acts.uid AND reviewed.counts
         WHERE {condition} AND articles.learned <= ?3"
    ))?;
    let rows = statement.query_map(params![values[0], values[1], times.learned()], |row| {
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

/// Tells whether the ledger knew at a time of everything that it knows now.
pub(super) fn knows_all(connection: &Connection, times: Times) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT coalesce(max(learned) <= ?1, 1) FROM articles")?
        .query_row([times.learned()], |row| row.get(0))
}

/// How acts are judged as of a time, by what a settled ledger keeps wherever that holds.
///
/// Reports are judged in order of their days, each by the first of its act alone. So what is later changes nothing of what is
/// earlier, but for the report that stands for an act: where that is of a later day, the best one of the time stands for it. This
/// holds where the ledger knew of everything at that time, nothing of the pair and type was taken back and all reports of its
/// acts have days; all else is judged anew where the time parts it.
#[derive(Debug)]
pub(super) struct AtTime<'r> {
    times: Times,
    /// What was read for other times.
    recall: Option<&'r Recall>,
    /// The ledger knew of everything at that time.
    knows_all: bool,
    /// Types and pairs of which outlets corrected or took back something.
    withdrawn: HashSet<(String, String)>,
    /// Types and pairs, and whether what is kept holds but for the reports that stand for acts.
    only_parted: RefCell<HashMap<(String, String), bool>>,
}

impl<'r> AtTime<'r> {
    pub fn new(connection: &Connection, times: Times, recall: Option<&'r Recall>) -> rusqlite::Result<AtTime<'r>> {
        let mut statement = connection.prepare_cached(
            // There are few of them, which SQLite does not know.
            "SELECT acts.type, acts.pair FROM corrections CROSS JOIN acts ON acts.uid = corrections.act
             WHERE corrections.kind <> 'denied'",
        )?;
        let withdrawn =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let knows_all = knows_all(connection, times)?;
        Ok(AtTime { times, recall, knows_all, withdrawn, only_parted: RefCell::default() })
    }

    /// Tells whether what is kept of a type and pair holds but for the reports that stand for acts.
    pub fn only_parts(&self, connection: &Connection, of: &(String, String)) -> rusqlite::Result<bool> {
        if !self.knows_all || self.withdrawn.contains(of) {
            return Ok(false);
        }
        if let Some(known) = self.only_parted.borrow().get(of) {
            return Ok(*known);
        }
        let (kind, pair) = of;
        let read = || {
            connection
                .prepare_cached(
                    "SELECT 1 FROM acts WHERE pair = ?1 AND type = ?2 AND day IS NULL
                     AND (EXISTS (SELECT 1 FROM merges WHERE act = acts.uid)
                       OR EXISTS (SELECT 1 FROM merges WHERE same_as = acts.uid))",
                )?
                .exists([pair, kind])
        };
        let has_undated = match self.recall {
            Some(recall) => recall.has_undated(of, read)?,
            None => read()?,
        };
        self.only_parted.borrow_mut().insert(of.clone(), !has_undated);
        Ok(!has_undated)
    }

    /// Tells whether a time parts what is judged together: of the reports of one act only some are of the time, or an act is and
    /// what takes it back is not. Where it parts nothing, what is kept holds for what is of the time.
    pub fn parts(&self, connection: &Connection, (kind, pair): &(String, String)) -> rusqlite::Result<bool> {
        let (one, other) = (of_the_time("acts", "articles"), of_the_time("others", "told"));
        let parted = |table: &str, by: &str, condition: &str| {
            format!(
                "SELECT 1 {OF_ARTICLES}
                 JOIN {table} ON {table}.act = acts.uid JOIN acts AS others ON others.uid = {table}.{by}
                 JOIN articles AS told ON told.id = others.article AND told.vintage = others.vintage
                 WHERE acts.pair = ?1 AND acts.type = ?2 AND {condition}"
            )
        };
        let merged = parted("merges", "same_as", &format!("({one}) <> ({other})"));
        let taken_back =
            parted("corrections", "by", &format!("corrections.kind <> 'denied' AND {one} AND NOT ({other})"));
        connection.prepare_cached(&format!("{merged} UNION ALL {taken_back}"))?.exists(params![
            pair,
            kind,
            self.times.learned(),
            self.times.until()
        ])
    }

    /// How the acts of a pair and type are judged.
    pub fn judgement(&self, connection: &Connection, of: &(String, String)) -> rusqlite::Result<Judgement> {
        let (kind, pair) = of;
        if !self.only_parts(connection, of)? && self.parts(connection, of)? {
            return judged(connection, reports(connection, kind, pair, self.times)?);
        }
        let values = params![pair, kind, self.times.learned(), self.times.until()];
        let mut judgement = Judgement { merges: self.merges(connection, values)?, ..Judgement::default() };
        let mut corrections = connection.prepare_cached(&format!(
            "{} AND EXISTS (SELECT 1 {OF_ARTICLES} WHERE acts.uid = corrections.by AND {})",
            kept("corrections", "act, by, corrections.kind"),
            of_the_time("acts", "articles")
        ))?;
        for correction in
            corrections.query_map(values, |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?
        {
            let (act, by, how) = correction?;
            judgement.corrections.extend(Against::parse(&how).map(|how| (act, by, how)));
        }
        Ok(judgement)
    }

    /// The merges that are kept, and where the report that stands for an act is of a later day, the best one in its place.
    fn merges(
        &self,
        connection: &Connection,
        values: &[&dyn ToSql],
    ) -> rusqlite::Result<Vec<(String, String, String)>> {
        let mut statement = connection.prepare_cached(&kept(
            "merges",
            &format!(
                "act, same_as, why, EXISTS (SELECT 1 {OF_ARTICLES} WHERE acts.uid = merges.same_as AND {})",
                of_the_time("acts", "articles")
            ),
        ))?;
        let mut merges = Vec::new();
        let mut parted: BTreeMap<String, HashMap<String, String>> = BTreeMap::new();
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            let (act, same_as, why) = (row.get(0)?, row.get(1)?, row.get(2)?);
            match row.get(3)? {
                true => merges.push((act, same_as, why)),
                false => drop(parted.entry(same_as).or_default().insert(act, why)),
            }
        }
        for (later, mut why) in parted {
            let reports = reports_of_act(connection, &later, self.times)?;
            let (Some(best), Some(leader)) = (best(&reports), leader(&reports)) else { continue };
            let (best, leader) = (&best.act.id, &leader.act.id);
            // What the leader's row tells is of the later report.
            if let Some(of_best) = why.get(best).cloned() {
                why.insert(leader.clone(), of_best);
            }
            let others = reports.iter().map(|report| &report.act.id).filter(|id| *id != best);
            merges.extend(others.filter_map(|id| Some((id.clone(), best.clone(), why.get(id)?.clone()))));
        }
        merges.sort();
        Ok(merges)
    }
}

/// The query of what a table keeps of a pair and type as of a time.
fn kept(table: &str, columns: &str) -> String {
    format!(
        "SELECT {columns} {OF_ARTICLES}
         JOIN {table} ON {table}.act = acts.uid WHERE {OF_PAIR} AND {}",
        of_the_time("acts", "articles")
    )
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
