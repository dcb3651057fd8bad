//! Computes what is computed: which reports are one act, what speaks against what, and the affairs.
//!
//! Only what became stale is computed anew. What comes of it depends on the articles alone, not on the order in which
//! they came nor on how often this ran.

use std::collections::BTreeSet;

use detente_coder::Act;
use detente_lexicon::{Lexicon, Sides};
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use super::{
    Error, Ledger, Result, Times, Who,
    folded::{Judging, fold_keys, fold_keys_twice, recall_matter},
    judged::{judged, reports},
    same_act::Judgement,
};
use crate::{
    affair::Affair,
    fold::Machines,
    review::{reach_stale, review_stale},
};

/// Pairs and types that one transaction judges.
const CHUNK: usize = 4000;

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
    let affairs = fold_keys((change, None), machines, &keys, Times::default(), Judging::Kept)?;
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

    /// Reads what is said of a matter ahead of who asks for it; nothing where nothing is recalled or there is no more room.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn recall_matter(&self, matter: &(String, String)) -> Result<()> {
        match self.recall.as_deref().filter(|recall| recall.has_room()) {
            Some(recall) => self.read(|connection| recall_matter(connection, recall, matter)),
            None => Ok(()),
        }
    }

    /// Folds keys as of a time.
    pub(crate) fn folded(&self, keys: &BTreeSet<Key>, times: Times, lexicon: &Lexicon) -> Result<Vec<Affair>> {
        let judging = if self.is_settled()? { Judging::OfTheTime } else { Judging::Anew };
        self.read(|connection| {
            fold_keys((connection, self.recall.as_deref()), &Machines::new(lexicon), keys, times, judging)
        })
    }

    /// Folds keys as of two times.
    pub(crate) fn folded_twice(
        &self,
        keys: &BTreeSet<Key>,
        (one, other): (Times, Times),
        lexicon: &Lexicon,
    ) -> Result<(Vec<Affair>, Vec<Affair>)> {
        if one.known_by != other.known_by {
            return Ok((self.folded(keys, one, lexicon)?, self.folded(keys, other, lexicon)?));
        }
        let judging = if self.is_settled()? { Judging::OfTheTime } else { Judging::Anew };
        let recall = self.recall.as_deref();
        self.read(|connection| {
            fold_keys_twice((connection, recall), &Machines::new(lexicon), keys, (one, other), judging)
        })
    }

    /// Tells whether an act has a side of this code.
    pub(crate) fn has_side(&self, code: &str) -> Result<bool> {
        self.read(|connection| connection.prepare_cached("SELECT 1 FROM sides WHERE code = ?1")?.exists([code]))
    }
}
