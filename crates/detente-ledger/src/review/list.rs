//! Lists judgements, with what became of them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;

use super::{Judgement, Target, Verdict, reach::judgement_that_reaches};
use crate::{
    Ledger,
    ask::Table,
    brief::printable,
    store::{Error, StoredAct, unreadable},
};

/// The judgement by which an act stands as it does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Review {
    /// The judgement, by its id.
    pub judgement: String,
    /// What was said.
    pub verdict: Verdict,
    /// Who said it.
    pub reviewer: String,
    /// When.
    pub at: Timestamp,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Other reports of the act were judged; this one came later.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_of_earlier_report: bool,
}

impl Review {
    /// "corrected by Anna", "corrected by Anna in an earlier report".
    pub fn line(&self) -> String {
        let whose = if self.is_of_earlier_report { " in an earlier report" } else { "" };
        format!("{} by {}{whose}", self.verdict.done(), self.reviewer)
    }
}

/// Which judgements are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgementSelect {
    /// Those of a reviewer.
    pub reviewer: Option<String>,
    /// Those that find an act, by its id.
    pub act: Option<String>,
    /// Those that concern an article, by its uid.
    pub article: Option<String>,
    /// Only those that find their act no more.
    pub only_astray: bool,
}

/// A judgement, with what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// The judgement.
    #[serde(flatten)]
    pub judgement: Judgement,
    /// It was taken back.
    pub is_undone: bool,
    /// The acts that it finds, by their ids.
    pub acts: Vec<String>,
    /// Reports of these acts that came later and follow it, by their ids.
    pub later: Vec<String>,
    /// It is the newest one of at least one of them: the ledger follows it.
    pub counts: bool,
    /// What it finds no more.
    pub astray: Vec<Target>,
}

/// Judgements, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Judgements {
    /// The judgements.
    pub items: Vec<Judged>,
}

impl Ledger {
    /// The judgements of a ledger, the newest first. Settle the ledger before.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn judgements(&self, select: &JudgementSelect) -> Result<Judgements, Error> {
        let (condition, values) = select.condition();
        let sql = format!(
            "SELECT json, EXISTS (SELECT 1 FROM judgements AS undo WHERE undo.undoes = judgements.id) FROM judgements
             WHERE {condition} ORDER BY at DESC, id DESC"
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(values))?;
            let mut items = Vec::new();
            while let Some(row) = rows.next()? {
                let (judgement, is_undone): (Judgement, bool) = (judgement_of(row)?, row.get(1)?);
                let found = found(connection, &judgement.id)?;
                let has_effect = !is_undone && !matches!(judgement.verdict, Verdict::Undo | Verdict::Coded);
                let lost = judgement
                    .targets
                    .iter()
                    .filter(|target| has_effect && !found.iter().any(|found| found.article == target.place.article));
                let judged = Judged {
                    astray: lost.cloned().collect(),
                    is_undone,
                    counts: found.iter().any(|found| found.counts),
                    later: later(connection, &judgement.id)?,
                    acts: found.into_iter().map(|found| found.act).collect(),
                    judgement,
                };
                if !(select.only_astray && judged.astray.is_empty()) {
                    items.push(judged);
                }
            }
            Ok(Judgements { items })
        })
    }

    /// An act as its coder found it, whatever reviewers said, by its id.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn act_as_coded(&self, id: &str) -> Result<Option<StoredAct>, Error> {
        self.stored_act(id, "acts.vintage = coalesce(articles.coded, articles.vintage)")
    }
}

impl JudgementSelect {
    /// The condition on judgements, and the values of its places.
    fn condition(&self) -> (String, Vec<&str>) {
        let mut conditions = vec!["1"];
        let mut values = Vec::new();
        if let Some(name) = &self.reviewer {
            conditions.push("reviewer = ?");
            values.push(name.as_str());
        }
        if let Some(act) = &self.act {
            conditions.push(
                "id IN (SELECT judgement FROM reviewed WHERE act = ? UNION SELECT judgement FROM targets WHERE act = ?
                     UNION SELECT judgement FROM reached WHERE act = ?)",
            );
            values.extend([act.as_str(); 3]);
        }
        if let Some(article) = &self.article {
            conditions.push("id IN (SELECT judgement FROM targets WHERE article = ?)");
            values.push(article.as_str());
        }
        (conditions.join(" AND "), values)
    }
}

/// An act that a judgement finds.
struct Found {
    act: String,
    article: String,
    counts: bool,
}

fn found(connection: &Connection, judgement: &str) -> rusqlite::Result<Vec<Found>> {
    let mut statement = connection.prepare_cached(
        "SELECT act, articles.uid, counts FROM reviewed JOIN articles ON articles.id = reviewed.article
         WHERE judgement = ?1 ORDER BY act",
    )?;
    let found = |row: &Row<'_>| Ok(Found { act: row.get(0)?, article: row.get(1)?, counts: row.get(2)? });
    statement.query_map([judgement], found)?.collect()
}

/// Reports that came later and follow a judgement.
fn later(connection: &Connection, judgement: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT act FROM reached WHERE judgement = ?1 ORDER BY act")?;
    statement.query_map([judgement], |row| row.get(0))?.collect()
}

/// Tells whether a report came after its act was judged, and follows that.
pub(crate) fn is_after_review(connection: &Connection, act: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM reached WHERE act = ?1 AND NOT EXISTS (SELECT 1 FROM reviewed WHERE reviewed.act = reached.act)",
        )?
        .exists([act])
}

/// The judgement by which an act stands as it does.
pub(crate) fn review_of(connection: &Connection, act: &str) -> rusqlite::Result<Option<Review>> {
    let judgement = connection
        .prepare_cached(
            "SELECT json FROM reviewed JOIN judgements ON judgements.id = reviewed.judgement
             WHERE reviewed.act = ?1 AND reviewed.counts",
        )?
        .query_row([act], judgement_of)
        .optional()?;
    let (judgement, is_of_earlier_report) = match judgement {
        Some(own) => (Some(own), false),
        None => (judgement_that_reaches(connection, act)?, true),
    };
    Ok(judgement.map(|judgement| Review {
        is_of_earlier_report,
        judgement: judgement.id,
        verdict: judgement.verdict,
        reviewer: judgement.reviewer,
        at: judgement.at,
        note: judgement.note,
    }))
}

pub(super) fn judgement_of(row: &Row<'_>) -> rusqlite::Result<Judgement> {
    judgement_at(row, 0)
}

pub(super) fn judgement_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Judgement> {
    serde_json::from_str(&row.get::<_, String>(column)?).map_err(unreadable)
}

impl Judged {
    /// What became of it, in a word or two.
    pub fn fate(&self) -> &'static str {
        match self.judgement.verdict {
            Verdict::Undo => "",
            _ if self.is_undone => "taken back",
            Verdict::Coded => "measures",
            _ if !self.astray.is_empty() => "finds no act",
            _ if self.counts => "counts",
            _ => "a newer one counts",
        }
    }

    /// What it is about: `TUR SANCTION ARM`, or a place.
    fn about(&self) -> String {
        let judgement = &self.judgement;
        match (&judgement.undoes, judgement.targets.first(), &judgement.passage) {
            (Some(old), ..) => format!("judgement {old}"),
            (None, Some(target), _) => {
                let sides = |sides: &[String]| if sides.is_empty() { "-".to_owned() } else { sides.join("+") };
                format!("{} {} {}", sides(&target.actor), target.event, sides(&target.recipient))
            }
            (None, None, Some(place)) => format!("{} {}:{}-{}", place.article, place.field, place.start, place.end),
            _ => String::new(),
        }
    }

    /// What was said beside the verdict: `CONSULT; recipient ARM`.
    fn said(&self) -> String {
        let judgement = &self.judgement;
        if judgement.verdict == Verdict::Coded {
            return match judgement.readings.len() {
                1 => "1 act".to_owned(),
                count => format!("{count} acts"),
            };
        }
        let (Some(reading), Verdict::Correct) = (judgement.readings.first(), judgement.verdict) else {
            return String::new();
        };
        let sides = |parties| super::judgement::sides(parties).join("+");
        let date =
            crate::brief::shown_date(reading.date, reading.date_precision).unwrap_or_else(|| "no date".to_owned());
        format!(
            "{} {} {}, {}, {}, {date}",
            sides(&reading.actor),
            reading.event,
            sides(&reading.recipient),
            reading.factuality,
            reading.epoch
        )
    }
}

impl Judgements {
    /// The judgements as rows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&["id", "at", "reviewer", "verdict", "about", "said", "fate", "act", "note"]);
        for judged in &self.items {
            let judgement = &judged.judgement;
            let act = judged.acts.first().or(judgement.targets.first().map(|target| &target.act));
            table.rows.push(vec![
                judgement.id.clone(),
                judgement.at.to_string(),
                judgement.reviewer.clone(),
                judgement.verdict.to_string(),
                judged.about(),
                judged.said(),
                judged.fate().to_owned(),
                act.cloned().unwrap_or_default(),
                judgement.note.clone().unwrap_or_default(),
            ]);
        }
        table
    }

    /// Writes them for a terminal.
    pub fn text(&self) -> String {
        if self.items.is_empty() {
            return "No judgement.\n".to_owned();
        }
        let mut text = String::new();
        for judged in &self.items {
            let judgement = &judged.judgement;
            let fate = judged.fate();
            let fate = if fate.is_empty() { String::new() } else { format!("  [{fate}]") };
            let line = format!(
                "{}  {}  {}: {} {}{fate}",
                judgement.id,
                judgement.at.strftime("%Y-%m-%d %H:%M"),
                judgement.reviewer,
                judgement.verdict,
                judged.about()
            );
            text.push_str(printable(&line).trim_end());
            text.push('\n');
            let later = match judged.later.len() {
                0 => String::new(),
                1 => "holds for 1 later report".to_owned(),
                count => format!("holds for {count} later reports"),
            };
            for more in [judged.said(), judgement.note.clone().unwrap_or_default(), later] {
                if !more.is_empty() {
                    text.push_str(&format!("    {}\n", printable(&more)));
                }
            }
        }
        text
    }
}
