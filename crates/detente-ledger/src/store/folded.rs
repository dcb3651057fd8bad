//! Folds what is said of matters into affairs, as of now and of other times.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use detente_coder::{Epoch, Factuality, Precision};
use jiff::civil::Date;
use rusqlite::{Connection, Row, ToSql, params, types::Null};

use super::{
    Times,
    judged::{self, AtTime, judged, reports, reports_of_act},
    recall::Recall,
    same_act::{self, Against, Report},
    settle::{Key, date, unreadable},
};
use crate::{
    affair::Affair,
    fold::Machines,
    saying::{Saying, Source},
};

/// From so many keys on, all sayings of a kind are read at once.
const MANY: usize = 5000;

/// By which merges and corrections affairs are folded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Judging {
    /// By those that the ledger keeps.
    Kept,
    /// By those that it keeps, and where a time parts them, by those of that time.
    OfTheTime,
    /// By none that it keeps: something is not settled.
    Anew,
}

/// Folds what is said of these keys into affairs.
pub(super) fn fold_keys(
    (connection, recall): (&Connection, Option<&Recall>),
    machines: &Machines<'_>,
    keys: &BTreeSet<Key>,
    times: Times,
    judging: Judging,
) -> rusqlite::Result<Vec<Affair>> {
    let judge = Judge::new((connection, recall), times, judging)?;
    let mut affairs = Vec::new();
    for told in of_kinds(machines, keys) {
        let said = sayings((connection, recall), told.kind, &told.keys, times)?;
        affairs.extend(told.fold(connection, machines, said, &judge)?);
    }
    Ok(affairs)
}

/// Folds what is said of these keys into affairs as of two times by which the same was known. It is read once.
pub(super) fn fold_keys_twice(
    (connection, recall): (&Connection, Option<&Recall>),
    machines: &Machines<'_>,
    keys: &BTreeSet<Key>,
    (one, other): (Times, Times),
    judging: Judging,
) -> rusqlite::Result<(Vec<Affair>, Vec<Affair>)> {
    let last = one.as_of.zip(other.as_of).map(|(one, other)| one.max(other));
    let both = Times { as_of: last, known_by: one.known_by };
    let judge = |times| Judge::new((connection, recall), times, judging);
    let judges = (judge(one)?, judge(other)?);
    let mut affairs = (Vec::new(), Vec::new());
    for told in of_kinds(machines, keys) {
        let said = sayings((connection, recall), told.kind, &told.keys, both)?;
        let of = |times: Times| said.iter().filter(move |said| said.is_of(times)).cloned().collect();
        affairs.0.extend(told.fold(connection, machines, of(one), &judges.0)?);
        affairs.1.extend(told.fold(connection, machines, of(other), &judges.1)?);
    }
    Ok(affairs)
}

/// By what the acts of a time are judged.
struct Judge<'r> {
    times: Times,
    judging: Judging,
    at_time: Option<AtTime<'r>>,
}

impl<'r> Judge<'r> {
    fn new(
        (connection, recall): (&Connection, Option<&'r Recall>),
        times: Times,
        judging: Judging,
    ) -> rusqlite::Result<Judge<'r>> {
        let at_time = match judging {
            Judging::OfTheTime => Some(AtTime::new(connection, times, recall)?),
            Judging::Kept | Judging::Anew => None,
        };
        Ok(Judge { times, judging, at_time })
    }
}

/// Matters of one kind.
struct OfKind<'k> {
    kind: &'k str,
    machine: usize,
    keys: BTreeSet<&'k str>,
}

/// Keys by their kinds. A ledger may hold kinds that a lexicon laid over it no longer has: they are left out.
fn of_kinds<'k>(machines: &Machines<'_>, keys: &'k BTreeSet<Key>) -> Vec<OfKind<'k>> {
    let mut by_kind: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (kind, key) in keys {
        by_kind.entry(kind).or_default().insert(key);
    }
    let of_kind = |(kind, keys)| Some(OfKind { kind, machine: machines.number(kind)?, keys });
    by_kind.into_iter().filter_map(of_kind).collect()
}

impl OfKind<'_> {
    /// Folds what is said.
    fn fold(
        &self,
        connection: &Connection,
        machines: &Machines<'_>,
        said: Vec<Said>,
        judge: &Judge<'_>,
    ) -> rusqlite::Result<Vec<Affair>> {
        let anew = Anew::of(connection, &said, judge)?;
        let told = said.into_iter().filter_map(|said| {
            let mut saying = Saying { machine: self.machine, ..said.saying };
            let act = saying.source.act.as_ref();
            let (is_back, best) = match act.filter(|_| said.of.as_ref().is_some_and(|of| anew.of.contains(of))) {
                Some(act) => (anew.back.contains(act), anew.best.get(act)),
                None => {
                    let earlier = |best| anew.earlier.get(best);
                    (said.is_back, said.best.as_ref().map(|best| earlier(&best.act).unwrap_or(best)))
                }
            };
            if is_back {
                return None;
            }
            if let Some(best) = best.filter(|best| saying.source.act.as_ref() != Some(&best.act)) {
                best.clone().lead(&mut saying.source);
            }
            Some(saying)
        });
        let is_wanted =
            |saying: &Saying| saying.key.as_ref().is_some_and(|key| self.keys.contains(key.join(" ").as_str()));
        Ok(machines.fold(told.collect(), is_wanted))
    }
}

/// A saying, with where its act stands in the ledger.
#[derive(Clone, Debug)]
struct Said {
    saying: Saying,
    /// Type and pair of its act.
    of: Option<(String, String)>,
    /// The day to which its act belongs.
    day: Option<Date>,
    /// When the ledger learned of its article.
    learned: Option<Date>,
    /// The report that stands for its act, where the ledger keeps it and it is another one.
    best: Option<Best>,
    /// By what the ledger keeps, its outlet corrected or took it back.
    is_back: bool,
    /// The number of its article.
    article: i64,
}

impl Said {
    /// Reads it from the columns of [`Reading::select`].
    fn read(row: &Row<'_>) -> rusqlite::Result<Said> {
        let mut saying: Saying = serde_json::from_str(row.get_ref(0)?.as_str()?).map_err(unreadable)?;
        saying.source.published = date(row, 3)?;
        Ok(Said {
            saying,
            of: Option::zip(row.get(1)?, row.get(2)?),
            day: date(row, 14)?,
            learned: date(row, 13)?,
            best: Best::read(row, 5)?,
            is_back: row.get(11)?,
            article: row.get(12)?,
        })
    }

    fn is_of(&self, times: Times) -> bool {
        let source = &self.saying.source;
        times.has(source.at, source.published)
            && (self.of.is_none() || times.has(self.day, source.published))
            && times.known_by.is_none_or(|last| self.learned.is_some_and(|learned| learned <= last))
    }
}

/// The report that stands for all reports of an act: it tells which act it is and when it was.
#[derive(Clone, Debug)]
struct Best {
    act: String,
    /// The date of the act; of what is only meant, the day on which it is meant.
    date: Option<Date>,
    precision: Precision,
    epoch: Epoch,
    /// The day to which it belongs.
    day: Option<Date>,
}

impl Best {
    /// Reads it from six columns: id, factuality, date, its precision, epoch, day; nothing where the first is null.
    fn read(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Best>> {
        let Some(act) = row.get::<_, Option<String>>(at)? else { return Ok(None) };
        let word = |at: usize| row.get::<_, String>(at);
        let told = (Factuality::parse(&word(at + 1)?), Precision::parse(&word(at + 3)?));
        let (factuality, precision) = (told.0.unwrap_or(Factuality::Actual), told.1.unwrap_or(Precision::Unknown));
        let epoch = Epoch::parse(&word(at + 4)?).unwrap_or(Epoch::New);
        Ok(Some(Best::new(act, factuality, (date(row, at + 2)?, precision), epoch, date(row, at + 5)?)))
    }

    fn of(report: &Report) -> Best {
        let act = &report.act;
        Best::new(act.id.clone(), act.factuality, (act.date, act.date_precision), act.epoch, report.day)
    }

    fn new(
        act: String,
        factuality: Factuality,
        date: (Option<Date>, Precision),
        epoch: Epoch,
        day: Option<Date>,
    ) -> Best {
        // As in the saying of the report itself: what is only meant is meant since it is said.
        let (date, precision) = match factuality {
            Factuality::Actual | Factuality::Denied => date,
            _ => (day, Precision::Day),
        };
        let precision = if date.is_none() { Precision::Unknown } else { precision };
        Best { act, date, precision, epoch, day }
    }

    /// Tells a source of another report which act it is one more report of, and when that was.
    fn lead(self, source: &mut Source) {
        source.is_retold = true;
        source.own_time = Some((source.epoch, source.at));
        source.act = Some(self.act);
        source.date = self.date;
        source.precision = self.precision;
        source.epoch = self.epoch;
        source.at = self.day.or(source.at);
    }
}

/// Reads what is said of a matter, so that it is recalled.
pub(super) fn recall_matter(connection: &Connection, recall: &Recall, (kind, key): &Key) -> rusqlite::Result<()> {
    let reading = Reading { connection, kind, times: Times::default() };
    recall.told(kind, key, || reading.of_key(key))?;
    Ok(())
}

/// What is said of the keys of a kind, and what else is needed to tell to which of them the rest belongs.
fn sayings(
    (connection, recall): (&Connection, Option<&Recall>),
    kind: &str,
    keys: &BTreeSet<&str>,
    times: Times,
) -> rusqlite::Result<Vec<Said>> {
    if keys.len() >= MANY {
        let reading = Reading { connection, kind, times };
        return Ok(reading.all()?.into_iter().map(|(_, said)| said).collect());
    }
    // What is recalled serves all times; where nothing is, what is of a later one is not even read.
    let reading = Reading { connection, kind, times: if recall.is_some() { Times::default() } else { times } };
    let told = |key: &str| match recall {
        Some(recall) => recall.told(kind, key, || reading.of_key(key)),
        None => reading.of_key(key).map(Arc::new),
    };
    let told_of = |keys: &mut dyn Iterator<Item = &str>| keys.map(told).collect::<rusqlite::Result<Vec<_>>>();
    let wanted = told_of(&mut keys.iter().copied())?;
    let others: BTreeSet<&str> = wanted.iter().flat_map(|told| &told.others).map(String::as_str).collect();
    let others = told_of(&mut others.difference(keys).copied())?;
    let found: HashMap<i64, &Said> = wanted
        .iter()
        .flat_map(|told| told.said.iter().chain(&told.loose))
        .chain(others.iter().flat_map(|told| &told.said))
        .map(|(number, said)| (*number, said))
        .collect();
    Ok(found.into_values().filter(|said| said.is_of(times)).cloned().collect())
}

/// What is said of one matter, and of others in the same articles.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// By the numbers of the sayings.
    said: Vec<(i64, Said)>,
    /// What the articles that show the matter say without a key.
    loose: Vec<(i64, Said)>,
    /// Other keys that these articles speak of, where something is said without one.
    others: Vec<String>,
}

impl Told {
    /// How many sayings these are.
    pub fn len(&self) -> usize {
        self.said.len() + self.loose.len()
    }
}

/// Reads what is said of matters of a kind.
struct Reading<'c> {
    connection: &'c Connection,
    kind: &'c str,
    times: Times,
}

impl Reading<'_> {
    fn select(condition: &str) -> String {
        // What is of a later day is left aside before more is looked up; the best report is read as it is coded now.
        let day = judged::day("acts", "articles");
        format!(
            "SELECT sayings.json, acts.type, acts.pair, articles.date, sayings.id, best.uid, best.factuality, best.date,
                 best.date_precision, best.epoch, best.day, EXISTS (SELECT 1 FROM corrections
                     WHERE corrections.act = sayings.act AND corrections.kind <> 'denied'), articles.id, articles.learned,
                 acts.day FROM sayings
             JOIN articles ON articles.id = sayings.article AND articles.vintage = sayings.vintage
             LEFT JOIN acts ON acts.uid = sayings.act AND acts.vintage = sayings.vintage
             LEFT JOIN merges ON merges.act = sayings.act
             LEFT JOIN acts AS best ON best.uid = merges.same_as
                 AND best.vintage = (SELECT vintage FROM articles AS bests WHERE bests.id = best.article)
             WHERE sayings.kind = ?1 AND coalesce(sayings.json ->> '$.source.at', '') <= ?3
                 AND articles.learned <= ?2 AND (acts.id IS NULL OR {day} <= ?3) AND {condition}"
        )
    }

    fn read(&self, sql: &str, value: &dyn ToSql) -> rusqlite::Result<Vec<(i64, Said)>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let (learned, until) = (self.times.learned(), self.times.until());
        let mut rows = statement.query(params![self.kind, learned, until, value])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let said = Said::read(row)?;
            if said.is_of(self.times) {
                found.push((row.get(4)?, said));
            }
        }
        Ok(found)
    }

    /// What is said of all keys, and without one.
    fn all(&self) -> rusqlite::Result<Vec<(i64, Said)>> {
        self.read(&Self::select("?4 IS NULL"), &Null)
    }

    fn of_key(&self, key: &str) -> rusqlite::Result<Told> {
        let said = self.read(&Self::select("sayings.key = ?4"), &key)?;
        let makes = said.iter().filter(|(_, said)| said.saying.makes);
        let articles: BTreeSet<i64> = makes.map(|(_, said)| said.article).collect();
        let (mut loose, mut others) = (Vec::new(), BTreeSet::new());
        let without_key = Self::select("+sayings.key IS NULL AND sayings.article = ?4");
        for article in articles {
            let found = self.read(&without_key, &article)?;
            if found.is_empty() {
                continue;
            }
            loose.extend(found);
            let mut statement = self.connection.prepare_cached(
                // To tell each key once, SQLite would walk all of the kind.
                "SELECT key FROM sayings WHERE kind = ?1 AND +key IS NOT NULL AND article = ?2",
            )?;
            for other in statement.query_map(params![self.kind, article], |row| row.get::<_, String>(0))? {
                others.insert(other?);
            }
        }
        Ok(Told { said, loose, others: others.into_iter().collect() })
    }
}

/// What judges acts where what the ledger keeps does not.
#[derive(Default)]
struct Anew {
    /// Types and pairs that were judged anew.
    of: HashSet<(String, String)>,
    /// Those of their acts that their outlets corrected or took back.
    back: HashSet<String>,
    /// Those that are one more report of another.
    best: HashMap<String, Best>,
    /// Of the other types and pairs: for a report that stands for an act and is of a later day, the one that does at the time.
    earlier: HashMap<String, Best>,
}

impl Anew {
    fn of(connection: &Connection, sayings: &[Said], judge: &Judge<'_>) -> rusqlite::Result<Anew> {
        let mut anew = Anew::default();
        if judge.judging == Judging::Kept {
            return Ok(anew);
        }
        let (times, at_time) = (judge.times, judge.at_time.as_ref());
        let mut seen: HashSet<&(String, String)> = HashSet::new();
        for said in sayings {
            let Some(of) = said.of.as_ref() else { continue };
            if let Some(at_time) = at_time
                && at_time.only_parts(connection, of)?
            {
                if let Some(best) = said.best.as_ref().filter(|best| !times.has(best.day, None))
                    && !anew.earlier.contains_key(&best.act)
                {
                    let reports = reports_of_act(connection, &best.act, times)?;
                    anew.earlier.extend(same_act::best(&reports).map(|now| (best.act.clone(), Best::of(now))));
                }
            } else if seen.insert(of) && at_time.map_or(Ok(true), |at_time| at_time.parts(connection, of))? {
                anew.judge(connection, of, times)?;
            }
        }
        Ok(anew)
    }

    fn judge(&mut self, connection: &Connection, of: &(String, String), times: Times) -> rusqlite::Result<()> {
        let (kind, pair) = of;
        let reports = reports(connection, kind, pair, times)?;
        let known: HashMap<String, Best> =
            reports.iter().map(|report| (report.act.id.clone(), Best::of(report))).collect();
        let judgement = judged(connection, reports)?;
        for (act, same_as, _) in judgement.merges {
            self.best.extend(known.get(&same_as).map(|best| (act, best.clone())));
        }
        let back = judgement.corrections.into_iter().filter(|(_, _, how)| *how != Against::Denied);
        self.back.extend(back.map(|(act, ..)| act));
        self.of.insert(of.clone());
        Ok(())
    }
}
