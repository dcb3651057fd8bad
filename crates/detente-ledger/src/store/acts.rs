//! Reads acts back, each with its other reports, with what speaks against it and what a reviewer said of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use detente_coder::{Act, Factuality, Precision};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;

use super::{
    Ledger, Result, Who,
    articles::{ArticleFacts, FACTS, facts},
    judged::{AtTime, judged, reports},
    same_act::Against,
    scope::Times,
    settle::{act_of, date},
};
use crate::review::{Review, is_after_review, review_of};

/// An act of the ledger with what other articles say of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredAct {
    /// The act, as the article tells it that stands for all reports.
    #[serde(flatten)]
    pub act: Act,
    /// The day to which it belongs: its own, or that of the article for what is news.
    pub day: Option<Date>,
    /// Its article.
    #[serde(rename = "published")]
    pub article: ArticleFacts,
    /// The other reports of the same act.
    pub reports: Vec<Report>,
    /// Acts that speak against it, by their ids, and how.
    pub against: Vec<(String, Against)>,
    /// The judgement of a reviewer by which it stands so.
    pub review: Option<Review>,
}

/// One more report of an act.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The act, as this article tells it.
    #[serde(flatten)]
    pub act: Act,
    /// The article.
    #[serde(rename = "published")]
    pub article: ArticleFacts,
    /// Why it is held to be the same act.
    #[serde(rename = "merged_because")]
    pub why: String,
    /// The act was judged before this report came, which follows the judgement.
    #[serde(rename = "after_review", skip_serializing_if = "std::ops::Not::not")]
    pub is_after_review: bool,
}

/// Merges and corrections as of a time, of the types and pairs that were asked for.
#[derive(Debug)]
pub(crate) struct Judged {
    times: Times,
    /// By what a settled ledger keeps; nothing where it is not settled.
    at_time: Option<AtTime<'static>>,
    known: HashSet<(String, String)>,
    /// Report, and the act that stands for it.
    merges: HashMap<String, String>,
    /// Act, its other reports, and why.
    reports: HashMap<String, Vec<(String, String)>>,
    /// Act, and what speaks against it.
    corrections: HashMap<String, Vec<(String, Against)>>,
}

impl Judged {
    fn new(connection: &Connection, times: Times, is_settled: bool) -> rusqlite::Result<Judged> {
        let at_time = if is_settled { Some(AtTime::new(connection, times, None)?) } else { None };
        let (known, merges) = (HashSet::new(), HashMap::new());
        Ok(Judged { times, at_time, known, merges, reports: HashMap::new(), corrections: HashMap::new() })
    }

    /// Judges the acts of a type and pair, if that was not done yet.
    fn judge(&mut self, connection: &Connection, of: (String, String)) -> rusqlite::Result<()> {
        if self.known.contains(&of) {
            return Ok(());
        }
        let judgement = match &self.at_time {
            Some(at_time) => at_time.judgement(connection, &of)?,
            None => judged(connection, reports(connection, &of.0, &of.1, self.times)?)?,
        };
        for (act, same_as, why) in judgement.merges {
            self.reports.entry(same_as.clone()).or_default().push((act.clone(), why));
            self.merges.insert(act, same_as);
        }
        for (act, by, how) in judgement.corrections {
            self.corrections.entry(act).or_default().push((by, how));
        }
        self.known.insert(of);
        Ok(())
    }

    /// Tells whether an act stands by itself: it is neither one more report of another nor taken back.
    pub fn stands(&self, act: &str) -> bool {
        !self.merges.contains_key(act)
            && self.corrections.get(act).is_none_or(|all| all.iter().all(|(_, how)| *how == Against::Denied))
    }
}

/// What [`stored`] reads.
const STORED: &str = "SELECT acts.json, acts.lemmas, acts.day, articles.uid, articles.name, articles.title,
    articles.date, articles.url, articles.source, articles.learned";

/// Acts as they are coded now, with their articles.
pub(super) const OF_ARTICLES: &str =
    "FROM acts JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage";

/// An act with its article.
fn stored(row: &Row<'_>) -> rusqlite::Result<StoredAct> {
    let (json, lemmas): (String, String) = (row.get(0)?, row.get(1)?);
    let (act, day, article) = (act_of(&json, &lemmas)?, date(row, 2)?, facts(row, 3)?);
    Ok(StoredAct { act, day, article, reports: Vec::new(), against: Vec::new(), review: None })
}

/// What acts are asked for.
#[derive(Clone, Debug, Default)]
pub struct Select {
    /// Whose.
    pub who: Who,
    /// As of which day, as known by which day.
    pub times: Times,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// The latest so many; none: all.
    pub latest: Option<usize>,
}

impl Select {
    /// The condition that an act is of those whose acts are asked for, and the values of its places; none where it may be anybody's.
    fn of_codes(&self) -> (Option<String>, Vec<&str>) {
        let codes = self.who.codes();
        let pairs = vec!["SELECT pair FROM pairs WHERE code = ?"; codes.len()].join(" INTERSECT ");
        ((!codes.is_empty()).then(|| format!("acts.pair IN ({pairs})")), codes)
    }

    /// The condition on acts and articles, and the values of its places.
    fn condition(&self) -> (String, Vec<String>) {
        let mut conditions = vec!["articles.learned <= ?".to_owned()];
        let mut values = vec![self.times.learned()];
        let (of_codes, codes) = self.of_codes();
        conditions.extend(of_codes);
        values.extend(codes.into_iter().map(str::to_owned));
        if self.times.is_now() {
            conditions.push("NOT EXISTS (SELECT 1 FROM merges WHERE merges.act = acts.uid)".to_owned());
        }
        for (day, condition) in [(self.from, "acts.day >= ?"), (self.until, "acts.day <= ?")] {
            if let Some(day) = day {
                conditions.push(condition.to_owned());
                values.push(day.to_string());
            }
        }
        (conditions.join(" AND "), values)
    }
}

/// From so many acts of those that are asked for on, the latest are sought among the acts of all, day by day.
const MANY: i64 = 3000;

/// How many acts of all are looked at for them.
const STEPS: usize = 20_000;

/// The latest acts, the last one first. Only those are read whole.
fn latest(
    connection: &Connection,
    select: &Select,
    most: usize,
    judged: &mut Option<Judged>,
) -> rusqlite::Result<Vec<StoredAct>> {
    if let Some(latest) = latest_of_all(connection, select, most, judged)? {
        return Ok(latest);
    }
    let (condition, values) = select.condition();
    let sql = format!(
        "SELECT acts.id, acts.uid, acts.day, articles.date, acts.type, acts.pair, 1 {OF_ARTICLES} WHERE {condition}
         ORDER BY acts.day DESC NULLS LAST, acts.uid DESC"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&values))?;
    let mut latest = Vec::new();
    while latest.len() < most
        && let Some(row) = rows.next()?
    {
        latest.extend(standing(connection, row, select.times, judged)?);
    }
    Ok(latest)
}

/// The latest acts, sought day by day among the acts of all; nothing where that is not worth it.
fn latest_of_all(
    connection: &Connection,
    select: &Select,
    most: usize,
    judged: &mut Option<Judged>,
) -> rusqlite::Result<Option<Vec<StoredAct>>> {
    let (of_codes, codes) = select.of_codes();
    let some = format!("SELECT 1 FROM acts WHERE {} LIMIT {MANY}", of_codes.as_deref().unwrap_or("1"));
    let is_worth_it: bool = connection
        .prepare_cached(&format!("SELECT count(*) = {MANY} FROM ({some})"))?
        .query_row(params_from_iter(codes), |row| row.get(0))?;
    if !is_worth_it {
        return Ok(None);
    }
    let (condition, mut values) = select.condition();
    let last = select.until.into_iter().chain(select.times.as_of).min();
    values.push(Times { as_of: last, ..select.times }.until());
    let sql = format!(
        "SELECT acts.id, acts.uid, acts.day, articles.date, acts.type, acts.pair, {condition} {}
         WHERE acts.day <= ? ORDER BY acts.day DESC, acts.uid DESC",
        OF_ARTICLES.replacen("JOIN", "CROSS JOIN", 1)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&values))?;
    let mut latest = Vec::new();
    for _ in 0..STEPS {
        let Some(row) = rows.next()? else { break };
        latest.extend(standing(connection, row, select.times, judged)?);
        if latest.len() == most {
            return Ok(Some(latest));
        }
    }
    // What has no day comes after what has one.
    Ok(None)
}

/// The act of a row of number, id, day, day of the article, type, pair and whether it is asked for; nothing where it is not
/// or is one more report of another.
fn standing(
    connection: &Connection,
    row: &Row<'_>,
    times: Times,
    judged: &mut Option<Judged>,
) -> rusqlite::Result<Option<StoredAct>> {
    if !row.get::<_, bool>(6)? || !times.has(date(row, 2)?, date(row, 3)?) {
        return Ok(None);
    }
    if let Some(judged) = judged {
        judged.judge(connection, (row.get(4)?, row.get(5)?))?;
        if judged.merges.contains_key(row.get_ref(1)?.as_str()?) {
            return Ok(None);
        }
    }
    let whole = format!("{STORED} {OF_ARTICLES} WHERE acts.id = ?1");
    let act = connection.prepare_cached(&whole)?.query_row([row.get::<_, i64>(0)?], stored)?;
    with_reports(connection, act, judged.as_ref()).map(Some)
}

impl Ledger {
    /// Hands acts to `each`, in order of time: one for all reports of an act. Settle the ledger before.
    ///
    /// Acts that their own outlet corrected or took back come as well, with what speaks against them.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn acts(&self, select: &Select, mut each: impl FnMut(StoredAct)) -> Result<()> {
        let is_settled = self.is_settled()?;
        self.read(|connection| {
            let mut judged = match select.times.is_now() && is_settled {
                true => None,
                false => Some(Judged::new(connection, select.times, is_settled)?),
            };
            if let Some(most) = select.latest {
                latest(connection, select, most, &mut judged)?.into_iter().rev().for_each(each);
                return Ok(());
            }
            let (condition, values) = select.condition();
            let sql = format!(
                "{STORED}, acts.type, acts.pair {OF_ARTICLES} WHERE {condition} ORDER BY acts.day NULLS FIRST, acts.uid"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(&values))?;
            while let Some(row) = rows.next()? {
                let act = stored(row)?;
                if !select.times.has(act.day, act.article.date) {
                    continue;
                }
                if let Some(judged) = &mut judged {
                    judged.judge(connection, (row.get(10)?, row.get(11)?))?;
                    if judged.merges.contains_key(&act.act.id) {
                        continue;
                    }
                }
                each(with_reports(connection, act, judged.as_ref())?);
            }
            Ok(())
        })
    }

    /// An act by its id.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn act(&self, id: &str) -> Result<Option<StoredAct>> {
        self.stored_act(id, "acts.vintage = articles.vintage")
    }

    /// Acts by their ids, with the reports and what speaks against them as of a time.
    pub(crate) fn acts_at(&self, ids: &BTreeSet<&str>, times: Times) -> Result<Vec<StoredAct>> {
        let is_settled = self.is_settled()?;
        self.read(|connection| {
            let mut judged = match times.is_now() && is_settled {
                true => None,
                false => Some(Judged::new(connection, times, is_settled)?),
            };
            let sql = format!("{STORED}, acts.type, acts.pair {OF_ARTICLES} WHERE acts.uid = ?1");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut acts = Vec::with_capacity(ids.len());
            for id in ids {
                let found =
                    statement.query_row([id], |row| Ok((stored(row)?, (row.get(10)?, row.get(11)?)))).optional()?;
                let Some((act, of)) = found else { continue };
                if let Some(judged) = &mut judged {
                    judged.judge(connection, of)?;
                }
                acts.push(with_reports(connection, act, judged.as_ref())?);
            }
            Ok(acts)
        })
    }

    /// An act by its id, of the vintage that a condition tells.
    pub(crate) fn stored_act(&self, id: &str, vintage: &str) -> Result<Option<StoredAct>> {
        self.read(|connection| {
            let sql = format!(
                "{STORED} FROM acts JOIN articles ON articles.id = acts.article WHERE acts.uid = ?1 AND {vintage}"
            );
            let found = connection.prepare_cached(&sql)?.query_row([id], stored).optional()?;
            found.map(|act| with_reports(connection, act, None)).transpose()
        })
    }

    /// Merges and corrections as of another time than now; nothing where those in the ledger hold.
    pub(crate) fn judged_at(&self, select: &Select) -> Result<Option<Judged>> {
        let is_settled = self.is_settled()?;
        if select.times.is_now() && is_settled {
            return Ok(None);
        }
        let (condition, values) = select.condition();
        self.read(|connection| {
            let sql = format!("SELECT DISTINCT acts.type, acts.pair {OF_ARTICLES} WHERE {condition}");
            let mut judged = Judged::new(connection, select.times, is_settled)?;
            let mut statement = connection.prepare_cached(&sql)?;
            for of in statement.query_map(params_from_iter(&values), |row| Ok((row.get(0)?, row.get(1)?)))? {
                judged.judge(connection, of?)?;
            }
            Ok(Some(judged))
        })
    }

    /// All merges, in order of the act that stands for all, with the acts.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn merges(&self) -> Result<Vec<StoredAct>> {
        let ids: Vec<String> = self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT DISTINCT merges.same_as FROM merges JOIN acts ON acts.uid = merges.same_as
                 JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage
                 ORDER BY acts.day, merges.same_as",
            )?;
            statement.query_map([], |row| row.get(0))?.collect()
        })?;
        let mut merged = Vec::new();
        for id in ids {
            merged.extend(self.act(&id)?);
        }
        Ok(merged)
    }

    /// Acts by their numbers, as a [`Digest`](crate::ask::Digest) gives them, in that order.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn acts_by_number(&self, numbers: &[i64]) -> Result<Vec<StoredAct>> {
        self.read(|connection| {
            let mut whole = connection.prepare_cached(&format!(
                "{STORED} FROM acts JOIN articles ON articles.id = acts.article WHERE acts.id = ?1"
            ))?;
            let mut acts = Vec::with_capacity(numbers.len());
            for number in numbers {
                if let Some(act) = whole.query_row([number], stored).optional()? {
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

    /// Hands what is counted of each act to `each`: id, day, precision, type, quad class, scale, whether it took place.
    ///
    /// With a direction only acts of the first side towards the second, or of both together.
    pub(crate) fn count_rows(
        &self,
        select: &Select,
        direction: Option<(&str, &str)>,
        mut each: impl FnMut(&str, Option<Date>, Precision, &str, u8, f64, bool),
    ) -> Result<()> {
        let (mut condition, mut values) = select.condition();
        if let Some((actor, recipient)) = direction {
            condition.push_str(
                " AND acts.id IN (SELECT act FROM sides WHERE code = ? AND role = 'actor')
                  AND (acts.id IN (SELECT act FROM sides WHERE code = ? AND role = 'recipient')
                    OR NOT EXISTS (SELECT 1 FROM sides WHERE act = acts.id AND role = 'recipient'))",
            );
            values.extend([actor.to_owned(), recipient.to_owned()]);
        }
        if select.times.is_now() && self.is_settled()? {
            condition.push_str(
                " AND NOT EXISTS (SELECT 1 FROM corrections WHERE corrections.act = acts.uid AND kind <> 'denied')",
            );
        }
        let sql = format!(
            "SELECT acts.uid, acts.day, acts.date_precision, acts.type, acts.quad, acts.scale, acts.factuality,
                 articles.date
             {OF_ARTICLES} WHERE {condition}"
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(&values))?;
            while let Some(row) = rows.next()? {
                let (id, precision): (String, String) = (row.get(0)?, row.get(2)?);
                let day = date(row, 1)?;
                if !select.times.has(day, date(row, 7)?) {
                    continue;
                }
                let precision = Precision::parse(&precision).unwrap_or(Precision::Unknown);
                let (event, factuality): (String, String) = (row.get(3)?, row.get(6)?);
                each(&id, day, precision, &event, row.get(4)?, row.get(5)?, factuality == Factuality::Actual.as_str());
            }
            Ok(())
        })
    }
}

/// Adds the other reports of an act, what speaks against it and what a reviewer said of it.
fn with_reports(
    connection: &Connection,
    mut stored: StoredAct,
    judged: Option<&Judged>,
) -> rusqlite::Result<StoredAct> {
    let id = stored.act.id.clone();
    let others: Vec<(String, String)> = match judged {
        Some(judged) => judged.reports.get(&id).cloned().unwrap_or_default(),
        None => connection
            .prepare_cached("SELECT act, why FROM merges WHERE same_as = ?1 ORDER BY act")?
            .query_map([&id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?,
    };
    for (other, why) in others {
        let sql = format!("SELECT acts.json, acts.lemmas, {FACTS} {OF_ARTICLES} WHERE acts.uid = ?1");
        let report = connection.prepare_cached(&sql)?.query_row([&other], |row| {
            let (json, lemmas): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(Report { act: act_of(&json, &lemmas)?, article: facts(row, 2)?, why, is_after_review: false })
        })?;
        stored.reports.push(Report { is_after_review: is_after_review(connection, &other)?, ..report });
    }
    stored.reports.sort_by(|a, b| (a.article.date, &a.act.id).cmp(&(b.article.date, &b.act.id)));
    // What speaks against one report speaks against the act.
    let mut against: Vec<(String, Against)> = Vec::new();
    for id in std::iter::once(&id).chain(stored.reports.iter().map(|report| &report.act.id)) {
        match judged {
            Some(judged) => against.extend(judged.corrections.get(id).into_iter().flatten().cloned()),
            None => {
                let mut statement = connection.prepare_cached("SELECT by, kind FROM corrections WHERE act = ?1")?;
                for row in statement.query_map([id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))? {
                    let (by, kind) = row?;
                    against.extend(Against::parse(&kind).map(|how| (by, how)));
                }
            }
        }
    }
    against.sort();
    against.dedup_by(|a, b| a.0 == b.0);
    stored.against = against;
    stored.review = review_of(connection, &id)?;
    Ok(stored)
}
