//! Adds judgements to a ledger.

use detente_coder::{Act, TextField};
use detente_lexicon::Lexicon;
use detente_text::Article;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Changes, Judgement, Place, Reading, Target, Verdict, effect, judgement::sides, list::judgement_of,
    reach::reports_as_coded_with, reading::Reader,
};
use crate::{
    Ledger,
    store::{Error, StoredAct, unreadable},
};

/// The longest name of a reviewer, in characters.
const LONGEST_NAME: usize = 100;

/// The longest remark, in characters.
const LONGEST_NOTE: usize = 10_000;

/// The most acts of one passage.
const MOST_ACTS: usize = 200;

/// What a reviewer says, as a program hands it over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewJudgement {
    /// Who judges.
    pub reviewer: String,
    /// What is said; an undo has its own way, [`Ledger::undo`].
    pub verdict: Verdict,
    /// The act that is accepted, rejected or corrected, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// The article of a missed act or a coded passage, by its uid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The field that holds the words; the text, where none is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<TextField>,
    /// First character of the words of a missed act, or of the passage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// Character after them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// What is corrected, or what the missed act is.
    #[serde(skip_serializing_if = "Changes::is_empty")]
    pub fields: Changes,
    /// All acts of a coded passage; none, where it tells of none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Changes>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Ledger {
    /// Adds a judgement made at a time. [`Ledger::settle`] then lets the ledger follow it.
    ///
    /// An act that was rejected or corrected before is judged as it stands now, or as it was coded where it no longer stands.
    ///
    /// # Errors
    ///
    /// When there is no such act or article, the judgement makes no sense (it says why), or the ledger cannot be written.
    pub fn judge(&mut self, new: &NewJudgement, at: Timestamp, lexicon: &Lexicon) -> Result<Judgement, Error> {
        let judgement = match new.verdict {
            Verdict::Accept | Verdict::Reject | Verdict::Correct => self.of_act(new, at, lexicon)?,
            Verdict::Missed => self.of_missed(new, at, lexicon)?,
            Verdict::Coded => self.of_passage(new, at, lexicon)?,
            Verdict::Undo => return Err(refused("an undo names a judgement, not an act")),
        };
        self.add_judgements(std::slice::from_ref(&judgement))?;
        Ok(judgement)
    }

    /// Takes a judgement back, by its id or the beginning of it.
    ///
    /// # Errors
    ///
    /// When there is no such judgement, it is an undo or is taken back already, or the ledger cannot be written.
    pub fn undo(&mut self, id: &str, reviewer: &str, at: Timestamp) -> Result<Judgement, Error> {
        let old = self.judgement(id)?;
        if old.verdict == Verdict::Undo {
            return Err(refused(format!("judgement {}: is an undo; judge the act again instead", old.id)));
        }
        if self.is_undone(&old.id)? {
            return Err(refused(format!("judgement {}: is taken back already", old.id)));
        }
        let new = NewJudgement { reviewer: reviewer.to_owned(), ..NewJudgement::default() };
        let mut undo = started(&new, at)?;
        undo.verdict = Verdict::Undo;
        undo.undoes = Some(old.id);
        undo.targets = old.targets;
        undo.passage = old.passage;
        undo.id = undo.own_id();
        self.add_judgements(std::slice::from_ref(&undo))?;
        Ok(undo)
    }

    /// Adds judgements that are whole already, for instance those of another copy of the ledger; gives how many are new.
    ///
    /// Their articles need not be in the ledger: they wait for them.
    ///
    /// # Errors
    ///
    /// When one is not what its id says, or the ledger cannot be written; then none is added.
    pub fn add_judgements(&mut self, judgements: &[Judgement]) -> Result<usize, Error> {
        if let Some(wrong) = judgements.iter().find(|judgement| judgement.id != judgement.own_id()) {
            return Err(refused(format!("judgement {}: was changed after it was made", wrong.id)));
        }
        let path = self.path().to_owned();
        self.write(|change| {
            let add =
                || judgements.iter().try_fold(0, |count, judgement| Ok(count + usize::from(keep(change, judgement)?)));
            add().map_err(|error| Error::of(&path, error))
        })
    }

    fn of_act(&self, new: &NewJudgement, at: Timestamp, lexicon: &Lexicon) -> Result<Judgement, Error> {
        let id = new.act.as_deref().ok_or_else(|| refused("name the act that is judged"))?;
        let unknown = || Error::Unknown(format!("{}: has no act {id}", self.path().display()));
        let stored = match self.act(id)? {
            Some(stored) => stored,
            None => self.act_as_coded(id)?.ok_or_else(unknown)?,
        };
        let mut judgement = started(new, at)?;
        let others = self.other_reports(&stored)?;
        judgement.targets = std::iter::once(&stored.act).chain(&others).map(Target::of).collect();
        let reading = Reading::of(&stored.act);
        match new.verdict {
            Verdict::Correct => {
                let article = self.text_of(&stored.act.article)?;
                let known = |code: &str| self.has_side(code).unwrap_or(false);
                let reader = Reader { article: &article, lexicon, is_known: &known };
                let corrected = reader.changed(&reading, &new.fields).map_err(refused)?;
                if corrected == reading {
                    return Err(refused(format!("act {id}: nothing of it is corrected; accept it as it is")));
                }
                judgement.readings = vec![corrected];
            }
            _ if !new.fields.is_empty() => return Err(refused(format!("{}: changes nothing of an act", new.verdict))),
            Verdict::Accept => judgement.readings = vec![reading],
            _ => {}
        }
        if let (Some(reading), Some(coded)) = (judgement.readings.first(), self.act_as_coded(id)?) {
            judgement.changed = reading.changed(&Reading::of(&coded.act));
        }
        judgement.id = judgement.own_id();
        Ok(judgement)
    }

    /// The other reports of the act that a report tells; where it was rejected, those that went with it.
    fn other_reports(&self, stored: &StoredAct) -> Result<Vec<Act>, Error> {
        let id = &stored.act.id;
        if self.act(id)?.is_some() {
            let leader = self.leader(id)?;
            if leader == *id {
                return Ok(stored.reports.iter().map(|report| report.act.clone()).collect());
            }
            let Some(leader) = self.act(&leader)? else { return Ok(Vec::new()) };
            let reports = leader.reports.into_iter().map(|report| report.act);
            return Ok(std::iter::once(leader.act).chain(reports).filter(|act| act.id != *id).collect());
        }
        let ids = self.read(|connection| reports_as_coded_with(connection, id))?;
        let mut others = Vec::new();
        for other in ids {
            if self.act(&other)?.is_none() {
                others.extend(self.act_as_coded(&other)?.map(|stored| stored.act));
            }
        }
        Ok(others)
    }

    fn of_missed(&self, new: &NewJudgement, at: Timestamp, lexicon: &Lexicon) -> Result<Judgement, Error> {
        let uid = new.article.as_deref().ok_or_else(|| refused("name the article of the missed act"))?;
        let article = self.text_of(uid)?;
        let fields =
            Changes { start: new.fields.start.or(new.start), end: new.fields.end.or(new.end), ..new.fields.clone() };
        let known = |code: &str| self.has_side(code).unwrap_or(false);
        let reader = Reader { article: &article, lexicon, is_known: &known };
        let reading = reader.found(new.field.unwrap_or(TextField::Text), &fields).map_err(refused)?;
        let mut judgement = started(new, at)?;
        judgement.targets = vec![target_of(uid, &reading)];
        judgement.readings = vec![reading];
        judgement.id = judgement.own_id();
        Ok(judgement)
    }

    fn of_passage(&self, new: &NewJudgement, at: Timestamp, lexicon: &Lexicon) -> Result<Judgement, Error> {
        let (Some(uid), Some(start), Some(end)) = (new.article.as_deref(), new.start, new.end) else {
            return Err(refused("name the passage that was coded: article, start and end"));
        };
        if new.acts.len() > MOST_ACTS {
            return Err(refused(format!("{} acts of one passage are too many", new.acts.len())));
        }
        let article = self.text_of(uid)?;
        let known = |code: &str| self.has_side(code).unwrap_or(false);
        let reader = Reader { article: &article, lexicon, is_known: &known };
        let field = new.field.unwrap_or(TextField::Text);
        let mut judgement = started(new, at)?;
        for (number, act) in new.acts.iter().enumerate() {
            let reading = reader.found(field, act).map_err(|why| refused(format!("act {}: {why}", number + 1)))?;
            if reading.evidence.start < start || reading.evidence.end > end {
                return Err(refused(format!("act {}: its words stand outside of the passage", number + 1)));
            }
            judgement.readings.push(reading);
        }
        judgement.passage = Some(Place { article: uid.to_owned(), field, start, end });
        judgement.id = judgement.own_id();
        Ok(judgement)
    }

    fn text_of(&self, uid: &str) -> Result<Article, Error> {
        self.text(uid)?.ok_or_else(|| Error::Unknown(format!("{}: has no article {uid}", self.path().display())))
    }

    /// A judgement by its id, or the beginning of it.
    ///
    /// # Errors
    ///
    /// When there is none, several begin so, or the ledger cannot be read.
    pub fn judgement(&self, id: &str) -> Result<Judgement, Error> {
        let mut found: Vec<Judgement> = self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT json FROM judgements WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 2")?;
            statement.query_map([id], judgement_of)?.collect()
        })?;
        match (found.pop(), found.pop()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(Error::Unknown(format!("{id}: no judgement of this id is in the ledger"))),
            (Some(_), Some(_)) => Err(Error::Unknown(format!("{id}: several judgements begin so; give more of it"))),
        }
    }

    fn is_undone(&self, id: &str) -> Result<bool, Error> {
        self.read(|connection| connection.prepare_cached("SELECT 1 FROM judgements WHERE undoes = ?1")?.exists([id]))
    }
}

pub(super) fn refused(why: impl Into<String>) -> Error {
    Error::Judgement(why.into())
}

/// A judgement of which only the reviewer, the time and the remark are known.
fn started(new: &NewJudgement, at: Timestamp) -> Result<Judgement, Error> {
    let reviewer = reviewer(&new.reviewer)?;
    let note = new.note.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
    if note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        return Err(refused(format!("a remark has at most {LONGEST_NOTE} characters")));
    }
    Ok(Judgement {
        id: String::new(),
        reviewer,
        at: Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at),
        verdict: new.verdict,
        undoes: None,
        targets: Vec::new(),
        passage: None,
        readings: Vec::new(),
        changed: Vec::new(),
        note,
    })
}

/// The name of a reviewer, fit to be kept.
pub(super) fn reviewer(name: &str) -> Result<String, Error> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(refused("a judgement needs the name of its reviewer")),
        count if count > LONGEST_NAME => Err(refused(format!("a name has at most {LONGEST_NAME} characters"))),
        _ if name.chars().any(char::is_control) => Err(refused("a name has no control characters")),
        _ => Ok(name),
    }
}

/// The target that a missed act is: its id is a hash of its place, type and sides.
fn target_of(article: &str, reading: &Reading) -> Target {
    let place = Place {
        article: article.to_owned(),
        field: reading.field,
        start: reading.evidence.start,
        end: reading.evidence.end,
    };
    let (actor, recipient) = (sides(&reading.actor), sides(&reading.recipient));
    let said = [
        article,
        place.field.as_str(),
        &place.start.to_string(),
        &place.end.to_string(),
        &reading.event,
        &actor.join("\u{1e}"),
        &recipient.join("\u{1e}"),
    ];
    let act = format!("{:016x}", xxh3_64(said.join("\u{1f}").as_bytes()));
    Target { act, place, event: reading.event.clone(), actor, recipient }
}

/// Adds a judgement, unless it is there; tells whether it is new.
fn keep(change: &Connection, judgement: &Judgement) -> rusqlite::Result<bool> {
    let json = serde_json::to_string(judgement).map_err(unreadable)?;
    let is_new = change
        .prepare_cached(
            "INSERT OR IGNORE INTO judgements (id, reviewer, at, verdict, undoes, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            judgement.id,
            judgement.reviewer,
            judgement.at.as_microsecond(),
            judgement.verdict.as_str(),
            judgement.undoes,
            json
        ])?
        > 0;
    if !is_new {
        return Ok(false);
    }
    for (article, act) in judgement.concerns() {
        change
            .prepare_cached("INSERT OR IGNORE INTO targets (article, judgement, act) VALUES (?1, ?2, ?3)")?
            .execute([article, &judgement.id, act])?;
        let is_there: Option<i64> = change
            .prepare_cached("SELECT id FROM articles WHERE uid = ?1")?
            .query_row([article], |row| row.get(0))
            .optional()?;
        if is_there.is_some() {
            effect::mark_article(change, article)?;
        }
    }
    Ok(true)
}
