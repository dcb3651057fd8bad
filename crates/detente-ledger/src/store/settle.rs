//! Computes what is computed: which reports are one act, what speaks against what, and the affairs.
//!
//! Only what became stale is computed anew. What comes of it depends on the articles alone, not on the order in which
//! they came nor on how often this ran.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use detente_coder::{Act, Epoch, Factuality, Precision};
use detente_lexicon::{Lexicon, Sides};
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use super::{
    Error, Ledger, Result, Times, Who,
    judged::{self, AtTime, judged, reports, reports_of_act},
    same_act::{self, Against, Judgement, Report},
};
use crate::{
    affair::Affair,
    fold::Machines,
    review::{reach_stale, review_stale},
    saying::{Saying, Source},
};

/// Pairs and types that one transaction judges.
const CHUNK: usize = 4000;

/// From so many keys on, all sayings of a kind are read at once.
const MANY: usize = 5000;

/// The kind of an affair and what tells it from others of the kind.
pub(super) type Key = (String, String);

/// What was computed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Pairs and types of acts that were judged.
    pub judged: usize,
    /// Affairs that were folded.
    pub affairs: usize,
}

/// What reads acts back from rows: json, lemmas.
pub(crate) fn act_of(json: &str, lemmas: &str) -> rusqlite::Result<Act> {
    let mut act: Act = serde_json::from_str(json).map_err(unreadable)?;
    act.lemmas = serde_json::from_str(lemmas).map_err(unreadable)?;
    Ok(act)
}

pub(crate) fn unreadable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

pub(crate) fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.and_then(|text| text.parse().ok()))
}

impl Ledger {
    /// Tells whether something became stale since the last time that it was settled.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn is_settled(&self) -> Result<bool> {
        self.read(|connection| Ok(!connection.prepare_cached("SELECT 1 FROM stale")?.exists([])?))
    }

    /// Computes anew what became stale.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written; what was settled until then stays.
    pub fn settle(&mut self, lexicon: &Lexicon) -> Result<Settled> {
        self.settle_with(&Machines::new(lexicon))
    }

    pub(super) fn settle_with(&mut self, machines: &Machines<'_>) -> Result<Settled> {
        let mut settled = Settled::default();
        let path = self.path.clone();
        // What a judgement reaches has to be reviewed in its turn.
        while self.write(|change| {
            let done = || Ok(review_stale(change, machines)? + reach_stale(change)?);
            done().map_err(|error| Error::of(&path, error))
        })? > 0
        {}
        loop {
            let judged = self.write(|change| judge_stale(change).map_err(|error| Error::of(&path, error)))?;
            settled.judged += judged;
            if judged == 0 {
                break;
            }
        }
        loop {
            let (keys, affairs) =
                self.write(|change| fold_stale(change, machines).map_err(|error| Error::of(&path, error)))?;
            settled.affairs += affairs;
            if keys == 0 {
                break;
            }
        }
        Ok(settled)
    }
}

/// Judges stale pairs and types, and marks the affairs of acts that changed hands as stale.
fn judge_stale(change: &Connection) -> rusqlite::Result<usize> {
    let stale: Vec<Key> = change
        .prepare_cached("SELECT kind, key FROM stale WHERE what = 'acts' LIMIT ?1")?
        .query_map([CHUNK as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (kind, pair) in &stale {
        let reports = reports(change, kind, pair, Times::default())?;
        let judgement = judged(change, reports)?;
        let changed = replace(change, kind, pair, &judgement)?;
        for act in changed {
            change
                .prepare_cached(
                    "INSERT OR IGNORE INTO stale (what, kind, key)
                     SELECT 'affairs', kind, key FROM sayings WHERE act = ?1 AND key IS NOT NULL
                     UNION SELECT 'affairs', others.kind, others.key FROM sayings
                     CROSS JOIN sayings AS others ON others.article = sayings.article AND others.kind = sayings.kind
                     WHERE sayings.act = ?1 AND +sayings.key IS NULL AND +others.key IS NOT NULL",
                )?
                .execute([act])?;
        }
        change
            .prepare_cached("DELETE FROM stale WHERE what = 'acts' AND kind = ?1 AND key = ?2")?
            .execute([kind, pair])?;
    }
    Ok(stale.len())
}

/// Puts a judgement in the place of the old one and lists the acts that are concerned by the difference.
fn replace(change: &Connection, kind: &str, pair: &str, judgement: &Judgement) -> rusqlite::Result<BTreeSet<String>> {
    let mut changed = BTreeSet::new();
    // A reviewer, or another vintage, may have made an act of another pair or type of it: it is judged there.
    let of_pair = "SELECT uid FROM acts WHERE pair = ?1 AND type = ?2 AND NOT EXISTS (SELECT 1 FROM acts AS now
        JOIN articles ON articles.id = now.article AND articles.vintage = now.vintage
        WHERE now.uid = acts.uid AND (now.pair <> ?1 OR now.type <> ?2))";
    let old: BTreeSet<(String, String, String)> = change
        .prepare_cached(&format!("SELECT act, same_as, why FROM merges WHERE act IN ({of_pair})"))?
        .query_map([pair, kind], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let new: BTreeSet<(String, String, String)> = judgement.merges.iter().cloned().collect();
    for (act, same_as, _) in old.symmetric_difference(&new) {
        changed.extend([act.clone(), same_as.clone()]);
    }
    for (act, ..) in old.difference(&new) {
        change.prepare_cached("DELETE FROM merges WHERE act = ?1")?.execute([act])?;
    }
    for (act, same_as, why) in new.difference(&old) {
        change
            .prepare_cached("INSERT OR REPLACE INTO merges (act, same_as, why) VALUES (?1, ?2, ?3)")?
            .execute([act, same_as, why])?;
    }
    let old: BTreeSet<(String, String, String)> = change
        .prepare_cached(&format!("SELECT act, by, kind FROM corrections WHERE act IN ({of_pair})"))?
        .query_map([pair, kind], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let new: BTreeSet<(String, String, String)> =
        judgement.corrections.iter().map(|(act, by, how)| (act.clone(), by.clone(), how.as_str().to_owned())).collect();
    changed.extend(old.symmetric_difference(&new).map(|(act, ..)| act.clone()));
    for (act, by, _) in old.difference(&new) {
        change.prepare_cached("DELETE FROM corrections WHERE act = ?1 AND by = ?2")?.execute([act, by])?;
    }
    for (act, by, how) in new.difference(&old) {
        change
            .prepare_cached("INSERT OR REPLACE INTO corrections (act, by, kind) VALUES (?1, ?2, ?3)")?
            .execute([act, by, how])?;
    }
    Ok(changed)
}

/// Folds the stale keys of one kind into affairs; gives the number of keys and of affairs.
fn fold_stale(change: &Connection, machines: &Machines<'_>) -> rusqlite::Result<(usize, usize)> {
    let named: Vec<Key> = change
        .prepare_cached(
            "SELECT kind, key FROM stale WHERE what = 'affairs'
             AND kind = (SELECT kind FROM stale WHERE what = 'affairs' LIMIT 1)",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if named.is_empty() {
        return Ok((0, 0));
    }
    // What joins the only affair that it can mean may mean another one now, or none.
    let mut keys: BTreeSet<Key> = named.iter().cloned().collect();
    for (kind, key) in &named {
        keys.extend(neighbours(change, kind, key)?);
    }
    let affairs = fold_keys(change, machines, &keys, Times::default(), Judging::Kept)?;
    for (kind, key) in &keys {
        change.prepare_cached("DELETE FROM affairs WHERE kind = ?1 AND key = ?2")?.execute([kind, key])?;
        change
            .prepare_cached("DELETE FROM stale WHERE what = 'affairs' AND kind = ?1 AND key = ?2")?
            .execute([kind, key])?;
    }
    for affair in &affairs {
        keep(change, affair)?;
    }
    Ok((keys.len(), affairs.len()))
}

/// Keys of matters between which what an article says without a key has to choose.
fn neighbours(connection: &Connection, kind: &str, key: &str) -> rusqlite::Result<Vec<Key>> {
    // CROSS JOIN and + keep SQLite to this order: it does not know how few rows an article has.
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT others.kind, others.key FROM sayings
         CROSS JOIN sayings AS loose ON loose.article = sayings.article AND loose.kind = ?1 AND +loose.key IS NULL
         CROSS JOIN sayings AS others
             ON others.article = sayings.article AND others.kind = ?1 AND +others.key IS NOT NULL
         WHERE sayings.kind = ?1 AND sayings.key = ?2",
    )?;
    statement.query_map([kind, key], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn keep(change: &Connection, affair: &Affair) -> rusqlite::Result<()> {
    let json = serde_json::to_string(affair).map_err(unreadable)?;
    change
        .prepare_cached("INSERT INTO affairs (id, kind, key, state, since, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
        affair.id,
        affair.kind,
        affair.key.join(" "),
        affair.state,
        affair.since.map(|since| since.to_string()),
        json
    ])?;
    let subject = affair.subject.as_deref().unwrap_or("").to_lowercase();
    for id in affair.ids() {
        change
            .prepare_cached("INSERT OR IGNORE INTO names (id, kind, key, subject) VALUES (?1, ?2, ?3, ?4)")?
            .execute([id, &affair.kind, &affair.key.join(" "), &subject])?;
    }
    for code in affair.parties.iter().collect::<BTreeSet<_>>() {
        change.prepare_cached("INSERT INTO parties (code, affair) VALUES (?1, ?2)")?.execute([code, &affair.id])?;
    }
    for (number, entry) in affair.entries.iter().enumerate() {
        change
            .prepare_cached(
                "INSERT INTO entries (affair, number, act, article, state, date, moved)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                affair.id,
                number as i64,
                entry.act,
                entry.article,
                entry.state,
                entry.date.map(|date| date.to_string()),
                entry.moved
            ])?;
    }
    Ok(())
}

/// By which merges and corrections affairs are folded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judging {
    /// By those that the ledger keeps.
    Kept,
    /// By those that it keeps, and where a time parts them, by those of that time.
    OfTheTime,
    /// By none that it keeps: something is not settled.
    Anew,
}

/// Folds what is said of these keys into affairs.
fn fold_keys(
    connection: &Connection,
    machines: &Machines<'_>,
    keys: &BTreeSet<Key>,
    times: Times,
    judging: Judging,
) -> rusqlite::Result<Vec<Affair>> {
    let mut by_kind: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (kind, key) in keys {
        by_kind.entry(kind).or_default().insert(key);
    }
    let at_time = match judging {
        Judging::OfTheTime => Some(AtTime::new(connection, times)?),
        Judging::Kept | Judging::Anew => None,
    };
    let mut affairs = Vec::new();
    for (kind, keys) in by_kind {
        // A ledger may hold kinds that a lexicon laid over it no longer has.
        let Some(machine) = machines.number(kind) else { continue };
        let said = sayings(connection, kind, &keys, times)?;
        let anew = Anew::of(connection, &said, times, judging, at_time.as_ref())?;
        let told = said.into_iter().filter_map(|said| {
            let mut saying = Saying { machine, ..said.saying };
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
        let is_wanted = |saying: &Saying| saying.key.as_ref().is_some_and(|key| keys.contains(key.join(" ").as_str()));
        affairs.extend(machines.fold(told.collect(), is_wanted));
    }
    Ok(affairs)
}

/// A saying, with where its act stands in the ledger.
struct Said {
    saying: Saying,
    /// Type and pair of its act.
    of: Option<(String, String)>,
    /// The report that stands for its act, where the ledger keeps it and it is another one.
    best: Option<Best>,
    /// By what the ledger keeps, its outlet corrected or took it back.
    is_back: bool,
    /// The number of its article.
    article: i64,
}

/// The report that stands for all reports of an act: it tells which act it is and when it was.
#[derive(Clone)]
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

/// What is said of the keys of a kind, and what else is needed to tell to which of them the rest belongs.
fn sayings(connection: &Connection, kind: &str, keys: &BTreeSet<&str>, times: Times) -> rusqlite::Result<Vec<Said>> {
    // What is of a later day is left aside before more is looked up; the best report is read as it is coded now.
    let day = judged::day("acts", "articles");
    let select = |condition: &str| {
        format!(
            "SELECT sayings.json, acts.type, acts.pair, articles.date, sayings.id, best.uid, best.factuality, best.date,
                 best.date_precision, best.epoch, best.day, EXISTS (SELECT 1 FROM corrections
                     WHERE corrections.act = sayings.act AND corrections.kind <> 'denied'), articles.id FROM sayings
             JOIN articles ON articles.id = sayings.article AND articles.vintage = sayings.vintage
             LEFT JOIN acts ON acts.uid = sayings.act AND acts.vintage = sayings.vintage
             LEFT JOIN merges ON merges.act = sayings.act
             LEFT JOIN acts AS best ON best.uid = merges.same_as
                 AND best.vintage = (SELECT vintage FROM articles AS bests WHERE bests.id = best.article)
             WHERE sayings.kind = ?1 AND articles.learned <= ?2 AND (acts.id IS NULL OR {day} <= ?3) AND {condition}"
        )
    };
    let read = |row: &Row<'_>| -> rusqlite::Result<Option<(i64, Said)>> {
        let json: String = row.get(0)?;
        let mut saying: Saying = serde_json::from_str(&json).map_err(unreadable)?;
        saying.source.published = date(row, 3)?;
        let of = Option::zip(row.get(1)?, row.get(2)?);
        let counts = times.has(saying.source.at, saying.source.published);
        let best = Best::read(row, 5)?;
        Ok(counts.then_some((row.get(4)?, Said { saying, of, best, is_back: row.get(11)?, article: row.get(12)? })))
    };
    let mut found: HashMap<i64, Said> = HashMap::new();
    let (learned, until) = (times.learned(), times.until());
    if keys.len() >= MANY {
        let mut all = connection.prepare_cached(&select("1"))?;
        for said in all.query_map([kind, &learned, &until], read)? {
            found.extend(said?);
        }
    } else {
        let mut of_key = connection.prepare_cached(&select("sayings.key = ?4"))?;
        let mut loose = connection.prepare_cached(&select("+sayings.key IS NULL AND sayings.article = ?4"))?;
        for key in keys {
            for said in of_key.query_map([kind, &learned, &until, key], read)? {
                found.extend(said?);
            }
        }
        let articles: BTreeSet<i64> =
            found.values().filter(|said| said.saying.makes).map(|said| said.article).collect();
        let mut others: BTreeSet<String> = BTreeSet::new();
        for article in articles {
            let before = found.len();
            for said in loose.query_map(params![kind, learned, until, article], read)? {
                found.extend(said?);
            }
            if found.len() > before {
                let mut statement = connection.prepare_cached(
                    // To tell each key once, SQLite would walk all of the kind.
                    "SELECT key FROM sayings WHERE kind = ?1 AND +key IS NOT NULL AND article = ?2",
                )?;
                for key in statement.query_map(params![kind, article], |row| row.get::<_, String>(0))? {
                    let key = key?;
                    if !keys.contains(key.as_str()) {
                        others.insert(key);
                    }
                }
            }
        }
        for key in &others {
            for said in of_key.query_map([kind, &learned, &until, key], read)? {
                found.extend(said?);
            }
        }
    }
    Ok(found.into_values().collect())
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
    fn of(
        connection: &Connection,
        sayings: &[Said],
        times: Times,
        judging: Judging,
        at_time: Option<&AtTime>,
    ) -> rusqlite::Result<Anew> {
        let mut anew = Anew::default();
        if judging == Judging::Kept {
            return Ok(anew);
        }
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

impl Ledger {
    /// Kinds and keys of what concerns a state or a pair.
    pub(crate) fn keys(&self, who: &Who, lexicon: &Lexicon) -> Result<BTreeSet<Key>> {
        let of_one = "SELECT kind, key FROM concerns WHERE code = ?";
        let codes = who.codes();
        let sql = match codes.len() {
            0 => "SELECT DISTINCT kind, key FROM sayings WHERE key IS NOT NULL".to_owned(),
            count => vec![of_one; count].join(" INTERSECT "),
        };
        let mut keys: BTreeSet<Key> = self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_map(rusqlite::params_from_iter(&codes), |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })?;
        // Claimants and holder of a territory are known without anybody's word.
        for machine in lexicon.machines.iter().filter(|machine| machine.sides == Sides::Territory) {
            for territory in &lexicon.territories {
                let is_party = |code: &&str| territory.claimants.iter().chain(&territory.holder).any(|c| c == *code);
                if codes.iter().any(is_party) {
                    keys.insert((machine.kind.to_string(), territory.code.to_string()));
                }
            }
        }
        Ok(keys)
    }

    /// Folds keys as of a time.
    pub(crate) fn folded(&self, keys: &BTreeSet<Key>, times: Times, lexicon: &Lexicon) -> Result<Vec<Affair>> {
        let judging = if self.is_settled()? { Judging::OfTheTime } else { Judging::Anew };
        self.read(|connection| fold_keys(connection, &Machines::new(lexicon), keys, times, judging))
    }

    /// Tells whether an act has a side of this code.
    pub(crate) fn has_side(&self, code: &str) -> Result<bool> {
        self.read(|connection| connection.prepare_cached("SELECT 1 FROM sides WHERE code = ?1")?.exists([code]))
    }
}
