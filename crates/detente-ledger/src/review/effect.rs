//! What judgements do: the acts of an article as reviewers leave them, beside those that the coder found.
//!
//! An article that was judged has its acts a second time, under a vintage of their own ([`REVIEWED`]), and counts by these;
//! which coder coded it stays with it. All is computed from the coder's acts and the judgements, in whatever order these came.

use std::collections::{BTreeMap, HashMap, HashSet};

use detente_coder::{Act, Attribution, AttributionKind, Cause, CiteInfo, Coded, EventType, Party, Precision, TextInfo};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Judgement, Reading, Verdict,
    find::find,
    judgement::sides,
    list::judgement_of,
    reach::{mark_judged, reaching},
};
use crate::{
    fold::Machines,
    store::{ActRow, Coding, REVIEWED, act_of, date, forget, mark_stale, rows, said, side, unreadable},
};

/// Articles that one transaction goes through.
const CHUNK: usize = 500;

/// The confidence of what a person looked at.
const CERTAIN: f32 = 1.0;

/// What judgements make of the acts of an article.
#[derive(Debug, Default)]
struct Effect {
    /// The acts as they stand now.
    acts: Vec<Act>,
    /// Judgement, the act that it found, and whether it is the one that counts.
    found: Vec<(String, String, bool)>,
    /// They are not as the coder found them.
    is_changed: bool,
}

/// A judgement that finds an act of an article.
#[derive(Clone, Copy)]
struct Finding<'j> {
    judgement: &'j Judgement,
    /// The act is the report that was shown first, in whose words it is judged.
    is_own: bool,
}

/// The judgements that nobody took back, without the undos.
pub(super) fn valid(judgements: Vec<Judgement>) -> Vec<Judgement> {
    let undone: HashSet<String> = judgements.iter().filter_map(|judgement| judgement.undoes.clone()).collect();
    let is_valid = |judgement: &Judgement| judgement.verdict != Verdict::Undo && !undone.contains(&judgement.id);
    judgements.into_iter().filter(is_valid).collect()
}

/// Lays the valid judgements of an article over what its coder found, and those that reach its acts from other reports.
fn effect(article: &Facts, coded: Vec<Act>, judgements: &[Judgement], reaching: &HashMap<String, Judgement>) -> Effect {
    let mut by_act: BTreeMap<String, Vec<Finding<'_>>> = BTreeMap::new();
    let here = |judgement: &&Judgement| judgement.verdict != Verdict::Coded;
    let (makers, others): (Vec<&Judgement>, Vec<&Judgement>) =
        judgements.iter().filter(here).partition(|judgement| judgement.verdict == Verdict::Missed);
    // Acts that reviewers added, unless the coder found them as well.
    let mut made: Vec<Act> = Vec::new();
    let mut makers = makers;
    makers.sort_by(|a, b| b.age().cmp(&a.age()));
    for judgement in makers {
        let (Some(target), Some(reading)) = (judgement.targets.first(), judgement.readings.first()) else { continue };
        let id = match find(target, Verdict::Missed, Some(reading), &coded) {
            Some(same) => same.id.clone(),
            None => {
                // Of several that add the same act the newest says how it is.
                if made.iter().all(|known| known.id != target.act) {
                    made.extend(article.act(judgement, &target.act, reading));
                }
                target.act.clone()
            }
        };
        by_act.entry(id).or_default().push(Finding { judgement, is_own: true });
    }
    let mut effect = Effect { is_changed: !made.is_empty(), ..Effect::default() };
    let all: Vec<Act> = coded.into_iter().chain(made).collect();
    for judgement in others {
        for (number, target) in judgement.targets.iter().enumerate() {
            if target.place.article == article.uid
                && let Some(act) = find(target, judgement.verdict, judgement.readings.first(), &all)
            {
                by_act.entry(act.id.clone()).or_default().push(Finding { judgement, is_own: number == 0 });
            }
        }
    }
    let mut gone: HashSet<String> = HashSet::new();
    for act in all {
        let (newest, is_late) = match by_act.get(&act.id) {
            Some(said) => {
                // Of several places in one judgement the first counts.
                let newest = said.iter().max_by_key(|finding| (finding.judgement.age(), finding.is_own)).copied();
                let mut ids: Vec<&str> = said.iter().map(|finding| finding.judgement.id.as_str()).collect();
                ids.sort_unstable();
                ids.dedup();
                let counts = |id: &str| newest.is_some_and(|newest| newest.judgement.id == id);
                effect.is_changed = true;
                effect.found.extend(ids.into_iter().map(|id| (id.to_owned(), act.id.clone(), counts(id))));
                (newest, false)
            }
            None => (reaching.get(&act.id).map(|judgement| Finding { judgement, is_own: false }), true),
        };
        let Some(Finding { judgement, is_own }) = newest else {
            effect.acts.push(act);
            continue;
        };
        match (judgement.verdict, judgement.readings.first()) {
            (Verdict::Reject, _) => {
                effect.is_changed = true;
                gone.insert(act.id);
            }
            (verdict, Some(reading)) => {
                let before = act.clone();
                let confidence = if is_late { act.confidence } else { CERTAIN };
                let mut act = Act { confidence, ..read_so(act, judgement, reading, is_own) };
                if verdict == Verdict::Correct {
                    let corrected = format!("corrected by {}", judgement.reviewer);
                    let coder = if act.coder.is_empty() { corrected } else { format!("{}, {corrected}", act.coder) };
                    act = signed(act, &coder);
                }
                effect.is_changed |= act != before;
                effect.acts.push(act);
            }
            _ => effect.acts.push(act),
        }
    }
    // What is no act contains none and is no reason.
    for act in &mut effect.acts {
        act.content_of.take_if(|outer| gone.contains(outer));
        act.because_of.take_if(|cause| matches!(cause, Cause::Act(id) if gone.contains(id)));
    }
    effect
}

/// An act as a reviewer reads it: whole, where it is the report that was shown; another report keeps what the reviewer left
/// as the coder said it.
fn read_so(mut act: Act, judgement: &Judgement, reading: &Reading, is_own: bool) -> Act {
    let says = |field: &str| is_own || judgement.changed.iter().any(|changed| changed == field);
    let before = (act.event.clone(), act.mode.clone());
    if says("type") {
        act.event = vec![reading.event.clone()];
    }
    if says("type") || says("about") {
        act.about.clone_from(&reading.about);
    }
    if says("type") || says("mode") {
        act.mode.clone_from(&reading.mode);
    }
    let event = act.event.first().and_then(|event| EventType::parse(event));
    if let Some(event) = event.filter(|_| (&act.event, &act.mode) != (&before.0, &before.1)) {
        act.quad_code = event.quad();
        act.event_scale = event.scale(act.mode.first().map(String::as_str));
    }
    if says("factuality") {
        act.factuality = reading.factuality;
    }
    if says("epoch") {
        act.epoch = reading.epoch;
    }
    if says("date") {
        (act.date, act.date_precision) = (reading.date, reading.date_precision);
    }
    if says("subject") {
        act.subject.clone_from(&reading.subject);
    }
    let known = [&act.actor[..], &act.recipient[..], &act.third[..]].concat();
    let is_marked = is_own && judgement.verdict == Verdict::Correct;
    if is_marked || says("actor") && sides(&act.actor) != sides(&reading.actor) {
        act.actor = cast(&reading.actor, &known, &act, is_own);
    }
    if is_marked || says("recipient") && sides(&act.recipient) != sides(&reading.recipient) {
        act.recipient = cast(&reading.recipient, &known, &act, is_own);
    }
    if is_own && reading.field == act.text_info.field && reading.evidence != act.evidence {
        act.evidence = reading.evidence;
        act.event_text.clone_from(&reading.text);
        (act.text_info.start, act.text_info.end) = (reading.sentence.start, reading.sentence.end);
    }
    act
}

/// The sides of a report: in the words of its own article.
fn cast(parties: &[Party], known: &[Party], act: &Act, is_own: bool) -> Vec<Party> {
    let words = |party: &Party| match known.iter().find(|known| side(known) == side(party)) {
        Some(known) => known.clone(),
        None => Party {
            entity_text: party.name.clone().or_else(|| party.code.clone()).unwrap_or_default(),
            start: act.evidence.start,
            end: act.evidence.start,
            antecedent: None,
            ..party.clone()
        },
    };
    parties.iter().map(|party| if is_own { party.clone() } else { words(party) }).collect()
}

/// What is needed of an article to make an act of it.
struct Facts {
    id: i64,
    uid: String,
    date: Option<Date>,
    cite: CiteInfo,
    coded: i64,
}

impl Facts {
    /// An act that a reviewer found.
    fn act(&self, judgement: &Judgement, id: &str, reading: &Reading) -> Option<Act> {
        let event = reading.event_type()?;
        let blank = Act {
            id: id.to_owned(),
            article: self.uid.clone(),
            date: None,
            date_precision: Precision::Unknown,
            date_reported: self.date,
            event: vec![event.as_str().to_owned()],
            about: None,
            mode: Vec::new(),
            context: Vec::new(),
            quad_code: event.quad(),
            event_scale: event.scale(None),
            actor: Vec::new(),
            recipient: Vec::new(),
            third: Vec::new(),
            factuality: reading.factuality,
            epoch: reading.epoch,
            attribution: Attribution { speaker: None, code: None, kind: AttributionKind::Article },
            because_of: None,
            content_of: None,
            event_loc: None,
            event_text: reading.text.clone(),
            evidence: reading.evidence,
            matched: vec![reading.evidence],
            lemmas: reading.lemmas.clone(),
            text_info: TextInfo {
                field: reading.field,
                sequence: 0,
                start: reading.sentence.start,
                end: reading.sentence.end,
            },
            cues: Vec::new(),
            repeats: Vec::new(),
            subject: None,
            rule: String::new(),
            confidence: CERTAIN,
            link: self.cite.url.clone(),
            cite_info: self.cite.clone(),
            coder: "",
            version: "",
        };
        Some(read_so(signed(blank, &judgement.reviewer), judgement, reading, true))
    }
}

/// An act with another coder.
fn signed(act: Act, coder: &str) -> Act {
    let mut json = serde_json::to_value(&act).unwrap_or_default();
    json["coder"] = coder.into();
    // An act reads back what it writes, but for the lemmas.
    match serde_json::from_value(json) {
        Ok(signed) => Act { lemmas: act.lemmas, ..signed },
        Err(_) => act,
    }
}

/// Marks that the judgements of an article have to be laid over its acts.
pub(crate) fn mark_article(change: &Connection, uid: &str) -> rusqlite::Result<()> {
    change.prepare_cached("INSERT OR IGNORE INTO stale (what, kind, key) VALUES ('review', '', ?1)")?.execute([uid])?;
    Ok(())
}

/// Tells whether somebody judged something of an article, or of another report of what it tells.
pub(crate) fn is_judged(connection: &Connection, uid: &str) -> rusqlite::Result<bool> {
    let targeted = connection.prepare_cached("SELECT 1 FROM targets WHERE article = ?1")?.exists([uid])?;
    Ok(targeted
        || connection
            .prepare_cached(
                "SELECT 1 FROM articles JOIN acts ON acts.article = articles.id JOIN reached ON reached.act = acts.uid
                 WHERE articles.uid = ?1",
            )?
            .exists([uid])?)
}

/// Takes the judgements off an article, or off all: they count by their coders' acts again, until they are settled.
pub(crate) fn forget_effects(change: &Connection, article: Option<i64>) -> rusqlite::Result<()> {
    let ids: Vec<i64> = change
        .prepare_cached("SELECT id FROM articles WHERE vintage = ?1 AND (?2 IS NULL OR id = ?2)")?
        .query_map(params![REVIEWED, article], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in ids {
        mark_stale(change, id)?;
        // An act that a reviewer added is in no other vintage, by which what was judged of it could be found again.
        for table in ["merges", "corrections"] {
            change
                .prepare_cached(&format!(
                    "DELETE FROM {table} WHERE act IN (SELECT uid FROM acts WHERE article = ?1 AND vintage = ?2
                         AND NOT EXISTS (SELECT 1 FROM acts AS coded WHERE coded.uid = acts.uid AND coded.vintage <> ?2))"
                ))?
                .execute([id, REVIEWED])?;
        }
        forget(change, id, REVIEWED)?;
        change
            .prepare_cached("UPDATE articles SET vintage = coded, coded = NULL WHERE id = ?1 AND coded IS NOT NULL")?
            .execute([id])?;
    }
    Ok(())
}

/// Marks all judged articles that are in the ledger.
pub(crate) fn mark_all(change: &Connection) -> rusqlite::Result<()> {
    change.execute_batch(
        "INSERT OR IGNORE INTO stale (what, kind, key)
         SELECT DISTINCT 'review', '', targets.article FROM targets JOIN articles ON articles.uid = targets.article",
    )
}

/// Lays judgements over the acts of stale articles; gives how many articles there were.
pub(crate) fn review_stale(change: &Connection, machines: &Machines<'_>) -> rusqlite::Result<usize> {
    let stale: Vec<String> = change
        .prepare_cached("SELECT key FROM stale WHERE what = 'review' LIMIT ?1")?
        .query_map([CHUNK as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for uid in &stale {
        if let Some(article) = facts(change, uid)? {
            review(change, &article, machines)?;
        }
        change.prepare_cached("DELETE FROM stale WHERE what = 'review' AND key = ?1")?.execute([uid])?;
    }
    Ok(stale.len())
}

fn facts(change: &Connection, uid: &str) -> rusqlite::Result<Option<Facts>> {
    change
        .prepare_cached(
            "SELECT id, uid, date, title, url, source, coalesce(coded, vintage) FROM articles WHERE uid = ?1",
        )?
        .query_row([uid], |row| {
            Ok(Facts {
                id: row.get(0)?,
                uid: row.get(1)?,
                date: date(row, 2)?,
                cite: CiteInfo { title: row.get(3)?, url: row.get(4)?, publication: row.get(5)? },
                coded: row.get(6)?,
            })
        })
        .optional()
}

fn review(change: &Connection, article: &Facts, machines: &Machines<'_>) -> rusqlite::Result<()> {
    let all: Vec<Judgement> = change
        .prepare_cached(
            "SELECT json FROM judgements WHERE id IN (SELECT judgement FROM targets WHERE article = ?1) ORDER BY id",
        )?
        .query_map([&article.uid], judgement_of)?
        .collect::<rusqlite::Result<_>>()?;
    let coded: Vec<Act> = change
        .prepare_cached("SELECT json, lemmas FROM acts WHERE article = ?1 AND vintage = ?2 ORDER BY id")?
        .query_map([article.id, article.coded], |row| act_of(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?))?
        .collect::<rusqlite::Result<_>>()?;
    // A sentence that a reviewer marked stays one, also when the judgement is taken back.
    let marked = all
        .iter()
        .filter(|judgement| judgement.verdict != Verdict::Coded)
        .filter(|judgement| judgement.targets.first().is_some_and(|target| target.place.article == article.uid));
    let passages = marked
        .flat_map(|judgement| &judgement.readings)
        .filter(|reading| !reading.sentence_text.is_empty())
        .map(|reading| (reading.field, reading.sentence, reading.sentence_text.clone()))
        .collect();
    let effect = effect(article, coded, &valid(all), &reaching(change, article.id, article.coded)?);

    forget_effects(change, Some(article.id))?;
    mark_judged(change, article.id, article.coded)?;
    change.prepare_cached("DELETE FROM reviewed WHERE article = ?1")?.execute([article.id])?;
    for (judgement, act, counts) in &effect.found {
        change
            .prepare_cached("INSERT INTO reviewed (article, judgement, act, counts) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![article.id, judgement, act, counts])?;
    }
    mark_judged(change, article.id, article.coded)?;
    mark_stale(change, article.id)?;
    let acts = if effect.is_changed { effect.acts } else { Vec::new() };
    let mut coding = Coding { passages, acts: Vec::new(), standings: Vec::new(), sayings: Vec::new() };
    if effect.is_changed {
        coding.standings = change
            .prepare_cached("SELECT json FROM standings WHERE article = ?1 AND vintage = ?2 ORDER BY id")?
            .query_map([article.id, article.coded], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let standings = coding.standings.iter().map(|json| serde_json::from_str(json).map_err(unreadable));
        let told = Coded {
            article: article.uid.clone(),
            date: article.date,
            standings: standings.collect::<Result<_, _>>()?,
            acts,
            ..Coded::default()
        };
        coding.acts =
            told.acts.iter().map(|act| ActRow::new(act, article.date)).collect::<Result<_, _>>().map_err(unreadable)?;
        coding.sayings = said(machines, &told).map_err(unreadable)?;
        change.prepare_cached("UPDATE articles SET coded = ?2, vintage = ?3 WHERE id = ?1")?.execute([
            article.id,
            article.coded,
            REVIEWED,
        ])?;
    }
    rows(change, article.id, REVIEWED, &coding)?;
    Ok(())
}
