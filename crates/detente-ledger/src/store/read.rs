//! Reads articles, acts and affairs back.

use std::collections::{BTreeSet, HashMap};

use detente_coder::{Act, Factuality, Precision, Span, Standing, TextField};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;

use super::{
    Ledger, Result, Who,
    intake::unpack,
    same_act::Against,
    scope::Times,
    settle::{act_of, date, unreadable},
};
use crate::{
    affair::Affair,
    ask::{Hit, HitAct},
    brief::Source,
    review::{Review, review_of},
};

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
}

/// Merges and corrections as of a time.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Report, and the act that stands for it.
    pub merges: HashMap<String, String>,
    /// Act, its other reports, and why.
    reports: HashMap<String, Vec<(String, String)>>,
    /// Act, and what speaks against it.
    corrections: HashMap<String, Vec<(String, Against)>>,
}

impl Judged {
    /// Tells whether an act stands by itself: it is neither one more report of another nor taken back.
    pub fn stands(&self, act: &str) -> bool {
        !self.merges.contains_key(act)
            && self.corrections.get(act).is_none_or(|all| all.iter().all(|(_, how)| *how == Against::Denied))
    }
}

pub(super) const FACTS: &str =
    "articles.uid, articles.name, articles.title, articles.date, articles.url, articles.source,
    articles.learned";

/// What [`stored`] reads.
const STORED: &str = "SELECT acts.json, acts.lemmas, acts.day, articles.uid, articles.name, articles.title,
    articles.date, articles.url, articles.source, articles.learned";

/// An act with its article.
fn stored(row: &Row<'_>) -> rusqlite::Result<StoredAct> {
    let (json, lemmas): (String, String) = (row.get(0)?, row.get(1)?);
    let (act, day, article) = (act_of(&json, &lemmas)?, date(row, 2)?, facts(row, 3)?);
    Ok(StoredAct { act, day, article, reports: Vec::new(), against: Vec::new(), review: None })
}

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

    /// Hands acts to `each`, in order of time: one for all reports of an act. Settle the ledger before.
    ///
    /// Acts that their own outlet corrected or took back come as well, with what speaks against them.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn acts(&self, select: &Select, mut each: impl FnMut(StoredAct)) -> Result<()> {
        let judged = self.judged_at(select)?;
        let judged = judged.as_ref();
        let is_merged = |id: &str| judged.is_some_and(|judged| judged.merges.contains_key(id));
        let (condition, values) = select.condition();
        let of = "FROM acts JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage";
        let Some(most) = select.latest else {
            let sql = format!("{STORED} {of} WHERE {condition} ORDER BY acts.day NULLS FIRST, acts.uid");
            return self.read(|connection| {
                let mut statement = connection.prepare_cached(&sql)?;
                let mut rows = statement.query(params_from_iter(&values))?;
                while let Some(row) = rows.next()? {
                    let act = stored(row)?;
                    if select.times.has(act.day, act.article.date) && !is_merged(&act.act.id) {
                        each(with_reports(connection, act, judged)?);
                    }
                }
                Ok(())
            });
        };
        // Only the few that are shown are read whole.
        let sql = format!(
            "SELECT acts.id, acts.uid, acts.day, articles.date {of} WHERE {condition}
             ORDER BY acts.day DESC NULLS LAST, acts.uid DESC"
        );
        let latest = self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut whole = connection.prepare_cached(&format!("{STORED} {of} WHERE acts.id = ?1"))?;
            let mut rows = statement.query(params_from_iter(&values))?;
            let mut latest = Vec::new();
            while latest.len() < most
                && let Some(row) = rows.next()?
            {
                let (number, id): (i64, String) = (row.get(0)?, row.get(1)?);
                if select.times.has(date(row, 2)?, date(row, 3)?) && !is_merged(&id) {
                    latest.push(with_reports(connection, whole.query_row([number], stored)?, judged)?);
                }
            }
            Ok(latest)
        })?;
        latest.into_iter().rev().for_each(each);
        Ok(())
    }

    /// An act by its id.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn act(&self, id: &str) -> Result<Option<StoredAct>> {
        self.stored_act(id, "acts.vintage = articles.vintage")
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
        if select.times.is_now() && self.is_settled()? {
            return Ok(None);
        }
        let (condition, values) = select.condition();
        self.read(|connection| {
            let sql = format!(
                "SELECT DISTINCT acts.type, acts.pair FROM acts
                 JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage WHERE {condition}"
            );
            let pairs: Vec<(String, String)> = connection
                .prepare_cached(&sql)?
                .query_map(params_from_iter(&values), |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut all = Judged::default();
            for (kind, pair) in pairs {
                let reports = super::settle::reports(connection, &kind, &pair, select.times)?;
                let judgement = super::settle::judged(connection, reports)?;
                for (act, same_as, why) in judgement.merges {
                    all.reports.entry(same_as.clone()).or_default().push((act.clone(), why));
                    all.merges.insert(act, same_as);
                }
                for (act, by, how) in judgement.corrections {
                    all.corrections.entry(act).or_default().push((by, how));
                }
            }
            Ok(Some(all))
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

    /// The affairs of a state or a pair as they stand now, in order of parties and kind.
    pub(crate) fn kept_affairs(&self, who: &Who) -> Result<Vec<Affair>> {
        let condition = vec!["id IN (SELECT affair FROM parties WHERE code = ?)"; who.codes().len()].join(" AND ");
        let condition = if condition.is_empty() { "1" } else { &condition };
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

    /// The sentences of an article, for a page.
    pub(crate) fn source(&self, facts: &ArticleFacts) -> Result<Source> {
        let passages = self.passages(&facts.uid)?;
        Ok(Source::kept(facts.uid.clone(), facts.label(), passages))
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
            let rows = statement.query_map([uid], |row| {
                let field: String = row.get(0)?;
                let field = TextField::parse(&field).unwrap_or(TextField::Text);
                Ok((field, Span { start: row.get(1)?, end: row.get(2)? }, row.get(3)?))
            })?;
            rows.collect()
        })
    }
}

pub(super) fn affair(row: &Row<'_>) -> rusqlite::Result<Affair> {
    let (json, key): (String, String) = (row.get(0)?, row.get(1)?);
    let mut affair: Affair = serde_json::from_str(&json).map_err(unreadable)?;
    affair.key = key.split(' ').map(str::to_owned).collect();
    Ok(affair)
}

impl Select {
    /// The condition on acts and articles, and the values of its places.
    fn condition(&self) -> (String, Vec<String>) {
        let mut conditions = vec!["articles.learned <= ?".to_owned()];
        let mut values = vec![self.times.learned()];
        for code in self.who.codes() {
            conditions.push(
                "acts.id IN (SELECT act FROM sides WHERE code = ? AND role IN ('actor', 'recipient'))".to_owned(),
            );
            values.push(code.to_owned());
        }
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

/// Adds the other reports of an act, what speaks against it and what a reviewer said of it.
pub(super) fn with_reports(
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
        let sql = format!(
            "SELECT acts.json, acts.lemmas, {FACTS} FROM acts
             JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage WHERE acts.uid = ?1"
        );
        let report = connection.prepare_cached(&sql)?.query_row([&other], |row| {
            let (json, lemmas): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(Report { act: act_of(&json, &lemmas)?, article: facts(row, 2)?, why })
        })?;
        stored.reports.push(report);
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

impl Ledger {
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
             FROM acts JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage
             WHERE {condition}"
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
}

/// The acts that a sentence shows.
pub(super) fn acts_shown(connection: &Connection, passage: i64) -> rusqlite::Result<Vec<HitAct>> {
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
