//! What a reviewer has still to judge.

use std::collections::{BTreeSet, HashSet};

use detente_coder::{EventType, Factuality, TextField};
use detente_text::Field;
use jiff::civil::Date;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;

use super::{Judged, Judgement, JudgementSelect, Place, Verdict, judge::reviewer, list::judgement_of};
use crate::{
    Ledger,
    ask::{Digest, Filter, Table},
    brief::{printable, shorten},
    store::{ArticleFacts, Error, REVIEWED, StoredAct, Who},
};

/// What is shown as 0.60 is 0.60: the coder's figures have two digits.
const NEARLY: f32 = 0.000_1;

/// The longest passage that a table shows, in characters.
const LONGEST: usize = 300;

/// How confident the coder was: from, to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Confidence {
    /// At least.
    pub from: f64,
    /// At most.
    pub to: f64,
}

impl Default for Confidence {
    fn default() -> Confidence {
        Confidence { from: 0.0, to: 1.0 }
    }
}

/// What is asked to be judged. For a blind queue it chooses articles that tell of such acts.
#[derive(Clone, Debug)]
pub struct QueueSelect {
    /// Acts of whom.
    pub who: Who,
    /// Of these types; none: of all.
    pub types: Vec<String>,
    /// Which this outlet reports.
    pub source: Option<String>,
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// Of these; none: of all.
    pub factuality: Vec<Factuality>,
    /// How confident the coder was.
    pub confidence: Confidence,
    /// How many to pass over.
    pub offset: usize,
    /// How many to show.
    pub limit: usize,
}

impl Default for QueueSelect {
    fn default() -> QueueSelect {
        QueueSelect {
            who: Who::All,
            types: Vec::new(),
            source: None,
            from: None,
            until: None,
            factuality: Vec::new(),
            confidence: Confidence::default(),
            offset: 0,
            limit: 20,
        }
    }
}

/// Acts that a reviewer has not judged, those first of which the coder was least certain.
#[derive(Debug, Serialize)]
pub struct Queue {
    /// The reviewer.
    pub reviewer: String,
    /// How many there are.
    pub total: usize,
    /// Some of them.
    pub items: Vec<QueueItem>,
}

/// An act to be judged.
#[derive(Debug, Serialize)]
pub struct QueueItem {
    /// The act as it stands; as it was coded, where another reviewer rejected it.
    #[serde(flatten)]
    pub act: StoredAct,
    /// How confident the coder was.
    pub coded_confidence: f64,
    /// The sentence that shows it.
    pub passage: Option<String>,
    /// What others said of it.
    pub judgements: Vec<Judged>,
}

/// Passages that a reviewer is to code without seeing what anybody else made of them.
#[derive(Debug, Serialize)]
pub struct BlindQueue {
    /// The reviewer.
    pub reviewer: String,
    /// The next passages: those that others have coded already first, else the same for everybody.
    pub items: Vec<Passage>,
}

/// A passage to be coded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// Its words.
    pub text: String,
    /// The passage before it, for who is meant by "he".
    pub before: Option<String>,
    /// Its article.
    pub published: ArticleFacts,
}

impl QueueSelect {
    /// The condition on acts and articles, and the values of its places.
    fn condition(&self) -> (String, Vec<Value>) {
        let mut conditions = vec![format!(
            // Acts as they were coded, and those that reviewers added.
            "(acts.vintage = coalesce(articles.coded, articles.vintage) OR acts.vintage = {REVIEWED} AND NOT EXISTS (
                 SELECT 1 FROM acts AS coded WHERE coded.uid = acts.uid AND coded.vintage = articles.coded))"
        )];
        let mut values: Vec<Value> = Vec::new();
        match &self.who {
            Who::All => {}
            Who::One(_) => {
                conditions.push("acts.id IN (SELECT act FROM sides WHERE code = ? AND role <> 'third')".to_owned());
            }
            // What one did to the other, or both did together; two that act together on a third are no pair by that.
            Who::Pair(..) => conditions.push(
                "acts.id IN (SELECT one.act FROM sides AS one JOIN sides AS other ON other.act = one.act
                     WHERE one.code = ? AND other.code = ? AND CASE WHEN one.role = 'actor' AND other.role = 'actor'
                         THEN NOT EXISTS (SELECT 1 FROM sides WHERE sides.act = one.act AND sides.role = 'recipient')
                         ELSE one.role <> other.role AND one.role <> 'third' AND other.role <> 'third' END)"
                    .to_owned(),
            ),
        }
        values.extend(self.who.codes().into_iter().map(|code| Value::from(code.to_owned())));
        let mut among = |column: &str, words: Vec<String>| {
            if !words.is_empty() {
                conditions.push(format!("{column} IN ({})", vec!["?"; words.len()].join(", ")));
                values.extend(words.into_iter().map(Value::from));
            }
        };
        among("acts.type", self.types.clone());
        among("acts.factuality", self.factuality.iter().map(|word| word.as_str().to_owned()).collect());
        if let Some(source) = &self.source {
            conditions.push(
                "(articles.source = ? OR acts.uid IN (SELECT merges.same_as FROM merges
                     JOIN acts AS report ON report.uid = merges.act JOIN articles AS told ON told.id = report.article
                     WHERE told.source = ?))"
                    .to_owned(),
            );
            values.extend([Value::from(source.clone()), Value::from(source.clone())]);
        }
        for (day, condition) in [(self.from, "acts.day >= ?"), (self.until, "acts.day <= ?")] {
            if let Some(day) = day {
                conditions.push(condition.to_owned());
                values.push(day.to_string().into());
            }
        }
        let Confidence { from, to } = self.confidence;
        if from > 0.0 {
            conditions.push("acts.confidence >= ?".to_owned());
            values.push((from - f64::from(NEARLY)).into());
        }
        if to < 1.0 {
            conditions.push("acts.confidence <= ?".to_owned());
            values.push((to + f64::from(NEARLY)).into());
        }
        (conditions.join(" AND "), values)
    }
}

impl Ledger {
    /// Acts that a reviewer has not judged, those first of which the coder was least certain. Settle the ledger before.
    ///
    /// # Errors
    ///
    /// When the reviewer has no name, or the ledger cannot be read.
    pub fn queue(&self, name: &str, select: &QueueSelect) -> Result<Queue, Error> {
        let name = reviewer(name)?;
        let (from, values) = select.open(&name);
        let (total, found) = self.read(|connection| {
            let total: i64 = connection
                .prepare_cached(&format!("SELECT count(*) {from}"))?
                .query_row(params_from_iter(&values), |row| row.get(0))?;
            let page = format!(
                "SELECT acts.uid, acts.confidence {from} ORDER BY acts.confidence, acts.uid LIMIT {} OFFSET {}",
                select.limit, select.offset
            );
            let found: Vec<(String, f64)> = connection
                .prepare_cached(&page)?
                .query_map(params_from_iter(&values), |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok((total, found))
        })?;
        Ok(Queue { reviewer: name, total: total.unsigned_abs() as usize, items: self.queued(found)? })
    }

    /// The same as [`Ledger::queue`], where a digest of the ledger is at hand: only articles that somebody judged are searched.
    ///
    /// # Errors
    ///
    /// When the reviewer has no name, or the ledger cannot be read.
    pub fn queue_of(&self, digest: &Digest, name: &str, select: &QueueSelect) -> Result<Queue, Error> {
        let name = reviewer(name)?;
        let (from, values) = select.open(&name);
        let (of_judged, own) = self.read(|connection| {
            let of_judged: Vec<(f64, i64)> = connection
                .prepare_cached(&format!(
                    "SELECT acts.confidence, acts.id {from} AND articles.vintage = {REVIEWED}
                     ORDER BY acts.confidence, acts.id"
                ))?
                .query_map(params_from_iter(&values), |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let own: HashSet<i64> = connection
                .prepare_cached(
                    // In this order, for there are few judgements, which SQLite does not know.
                    "SELECT acts.id FROM judgements CROSS JOIN reviewed ON reviewed.judgement = judgements.id
                     CROSS JOIN acts ON acts.uid = reviewed.act WHERE judgements.reviewer = ?1
                     UNION ALL SELECT acts.id FROM judgements CROSS JOIN reached ON reached.judgement = judgements.id
                     CROSS JOIN acts ON acts.uid = reached.act WHERE judgements.reviewer = ?1",
                )?
                .query_map([&name], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            Ok((of_judged, own))
        })?;
        let filter = select.filter();
        // A type that there is not lets nothing through.
        let is_nothing = filter.types.is_empty() && !select.types.is_empty();
        let mut open = if is_nothing { Vec::new() } else { digest.unjudged(&filter) };
        open.retain(|(_, number)| !own.contains(number));
        open.extend(of_judged);
        open.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let found = self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT uid, confidence FROM acts WHERE id = ?1")?;
            let page = open.iter().skip(select.offset).take(select.limit);
            page.map(|(_, number)| statement.query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))).collect()
        })?;
        Ok(Queue { reviewer: name, total: open.len(), items: self.queued(found)? })
    }

    fn queued(&self, found: Vec<(String, f64)>) -> Result<Vec<QueueItem>, Error> {
        let mut items = Vec::new();
        for (id, coded_confidence) in found {
            let stored = match self.act(&id)? {
                Some(stored) => Some(stored),
                None => self.act_as_coded(&id)?,
            };
            let Some(act) = stored else { continue };
            let judgements = match act.review {
                Some(_) => self.judgements(&JudgementSelect { act: Some(id), ..JudgementSelect::default() })?.items,
                None => Vec::new(),
            };
            items.push(QueueItem { passage: self.sentence(&act)?, coded_confidence, judgements, act });
        }
        Ok(items)
    }

    /// The next passages for a reviewer to code blind. The order is the same for every reviewer and draws articles by chance;
    /// articles that another reviewer began come first.
    ///
    /// # Errors
    ///
    /// When the reviewer has no name, or the ledger cannot be read.
    pub fn blind_queue(&self, name: &str, select: &QueueSelect) -> Result<BlindQueue, Error> {
        let name = reviewer(name)?;
        let coded = self.coded_passages()?;
        let own: HashSet<&Place> = coded.iter().filter(|(by, _)| *by == name).map(|(_, place)| place).collect();
        let others: HashSet<&Place> = coded.iter().filter(|(by, _)| *by != name).map(|(_, place)| place).collect();
        let begun: BTreeSet<&String> = others.iter().map(|place| &place.article).collect();
        let (condition, values) = select.condition();
        let uids: Vec<String> = self.read(|connection| {
            // An article's uid is a hash of it: to go by uids is to draw by chance.
            let sql = match select.is_all() {
                true => "SELECT uid FROM articles ORDER BY uid".to_owned(),
                false => format!(
                    "SELECT DISTINCT articles.uid FROM acts JOIN articles ON articles.id = acts.article
                     WHERE {condition} ORDER BY articles.uid"
                ),
            };
            let values = if select.is_all() { Vec::new() } else { values };
            connection.prepare_cached(&sql)?.query_map(params_from_iter(&values), |row| row.get(0))?.collect()
        })?;
        let (first, rest): (Vec<&String>, Vec<&String>) = uids.iter().partition(|uid| begun.contains(uid));
        let mut items = Vec::new();
        let mut passed = 0;
        for uid in first.into_iter().chain(rest) {
            let (Some(facts), Some(article)) = (self.article(uid)?, self.text(uid)?) else { continue };
            let mut before: Option<String> = None;
            let mut of_article = Vec::new();
            for (_, passage) in article.body() {
                let field = match passage.field {
                    Field::Title => TextField::Title,
                    Field::Text => TextField::Text,
                };
                let span = passage.span();
                let place = Place { article: uid.clone(), field, start: span.start as u32, end: span.end as u32 };
                let text = passage.text.clone();
                let is_own = own.contains(&place);
                let before = before.replace(text.clone());
                if !is_own {
                    of_article.push(Passage { place, text, before, published: facts.clone() });
                }
            }
            // What another one coded comes first, so that there is something to compare.
            of_article.sort_by_key(|passage| !others.contains(&passage.place));
            for passage in of_article {
                if passed < select.offset {
                    passed += 1;
                } else {
                    items.push(passage);
                }
                if items.len() >= select.limit {
                    return Ok(BlindQueue { reviewer: name, items });
                }
            }
        }
        Ok(BlindQueue { reviewer: name, items })
    }

    /// Passages that were coded blind, with who coded them.
    fn coded_passages(&self) -> Result<Vec<(String, Place)>, Error> {
        let coded: Vec<Judgement> = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT json FROM judgements WHERE verdict = ?1
                 AND NOT EXISTS (SELECT 1 FROM judgements AS undo WHERE undo.undoes = judgements.id)",
            )?;
            statement.query_map([Verdict::Coded.as_str()], judgement_of)?.collect()
        })?;
        Ok(coded.into_iter().filter_map(|judgement| Some((judgement.reviewer, judgement.passage?))).collect())
    }

    /// The sentence that shows an act.
    fn sentence(&self, act: &StoredAct) -> Result<Option<String>, Error> {
        let (field, at) = (act.act.text_info.field, act.act.evidence.start);
        let passages = self.passages(&act.act.article)?;
        let around = passages.into_iter().filter(|(of, span, _)| *of == field && span.start <= at && at < span.end);
        Ok(around.max_by_key(|(_, span, _)| span.start).map(|(_, _, text)| text))
    }
}

impl QueueSelect {
    /// Where the acts come from that a reviewer has not judged, and the values of its places.
    fn open(&self, name: &str) -> (String, Vec<Value>) {
        let (condition, mut values) = self.condition();
        values.extend([Value::from(name.to_owned()), Value::from(name.to_owned())]);
        let from = format!(
            "FROM acts JOIN articles ON articles.id = acts.article WHERE {condition}
             AND NOT EXISTS (SELECT 1 FROM merges WHERE merges.act = acts.uid)
             AND NOT EXISTS (SELECT 1 FROM reviewed JOIN judgements ON judgements.id = reviewed.judgement
                 WHERE reviewed.act = acts.uid AND judgements.reviewer = ?)
             AND NOT EXISTS (SELECT 1 FROM reached JOIN judgements ON judgements.id = reached.judgement
                 WHERE reached.act = acts.uid AND judgements.reviewer = ?)"
        );
        (from, values)
    }

    /// The same as a digest is asked.
    fn filter(&self) -> Filter {
        let Confidence { from, to } = self.confidence;
        Filter {
            who: self.who.clone(),
            types: self.types.iter().filter_map(|word| EventType::parse(word)).collect(),
            factuality: self.factuality.clone(),
            source: self.source.clone(),
            from: self.from,
            until: self.until,
            confidence: (from > 0.0).then_some(from as f32 - NEARLY),
            confidence_until: (to < 1.0).then_some(to as f32 + NEARLY),
            ..Filter::default()
        }
    }

    /// Tells whether it asks for all acts.
    fn is_all(&self) -> bool {
        self.who == Who::All
            && self.types.is_empty()
            && self.factuality.is_empty()
            && self.source.is_none()
            && self.from.is_none()
            && self.until.is_none()
            && self.confidence == Confidence::default()
    }
}

impl Queue {
    /// The acts as rows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&[
            "act",
            "confidence",
            "day",
            "actor",
            "type",
            "recipient",
            "factuality",
            "source",
            "reports",
            "review",
            "passage",
        ]);
        for item in &self.items {
            let act = &item.act.act;
            table.rows.push(vec![
                act.id.clone(),
                format!("{:.2}", item.coded_confidence),
                item.act.day.map_or_else(String::new, |day| day.to_string()),
                super::judgement::sides(&act.actor).join(" "),
                act.event.join(" "),
                super::judgement::sides(&act.recipient).join(" "),
                act.factuality.to_string(),
                item.act.article.source.clone().unwrap_or_default(),
                (1 + item.act.reports.len()).to_string(),
                item.act.review.as_ref().map_or_else(String::new, |review| review.line()),
                item.passage.as_deref().map_or_else(String::new, |text| shorten(text, LONGEST)),
            ]);
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self) -> String {
        let mut text = match self.total {
            0 => format!("Nothing is left to be judged by {}.\n", self.reviewer),
            1 => format!("1 act to be judged by {}\n", self.reviewer),
            count => format!("{count} acts to be judged by {}, the least certain first\n", self.reviewer),
        };
        let options = textwrap::Options::new(100).initial_indent("    ").subsequent_indent("    ");
        for item in &self.items {
            let act = &item.act.act;
            let sides = |parties| super::judgement::sides(parties).join(", ");
            let arrow =
                if act.recipient.is_empty() { String::new() } else { format!(" → {}", sides(&act.recipient)) };
            let mode = if act.mode.is_empty() { String::new() } else { format!(" ({})", act.mode.join(", ")) };
            let day = item.act.day.map_or_else(|| "no date".to_owned(), |day| day.to_string());
            let line = format!(
                "{}  {:.2}  {day}  {}{arrow}: {}{mode}, {}, {}",
                act.id,
                item.coded_confidence,
                sides(&act.actor),
                act.event.join(" "),
                act.factuality,
                act.epoch
            );
            text.push_str(&format!("\n{}\n", printable(&line)));
            if let Some(passage) = &item.passage {
                text.push_str(&textwrap::fill(&printable(passage), &options));
                text.push('\n');
            }
            text.push_str(&format!("    [{}]\n", printable(&item.act.article.label())));
            if let Some(review) = &item.act.review {
                text.push_str(&format!("    {}\n", printable(&review.line())));
            }
        }
        text
    }
}

impl BlindQueue {
    /// The passages as rows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&["article", "field", "start", "end", "date", "text"]);
        for passage in &self.items {
            let place = &passage.place;
            table.rows.push(vec![
                place.article.clone(),
                place.field.to_string(),
                place.start.to_string(),
                place.end.to_string(),
                passage.published.date.map_or_else(String::new, |date| date.to_string()),
                passage.text.clone(),
            ]);
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self) -> String {
        if self.items.is_empty() {
            return format!("No passage is left to be coded by {}.\n", self.reviewer);
        }
        let options = textwrap::Options::new(100).initial_indent("    ").subsequent_indent("    ");
        let mut text = String::new();
        for passage in &self.items {
            let place = &passage.place;
            let date = passage.published.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
            let line = format!("{}  {} {}-{}, {date}", place.article, place.field, place.start, place.end);
            text.push_str(&format!(
                "{}\n{}\n\n",
                printable(&line),
                textwrap::fill(&printable(&passage.text), &options)
            ));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}
