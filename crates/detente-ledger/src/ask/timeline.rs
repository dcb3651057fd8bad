//! What took place, in order of time: acts, and the turns of affairs.

use std::collections::HashSet;

use detente_coder::{Act, Factuality, Party, Precision};
use detente_lexicon::Lexicon;
use jiff::civil::Date;
use serde::Serialize;

use super::{Digest, Filter, Table};
use crate::{
    Affair,
    brief::{LONGEST_SUBJECT, printable, shorten, shown_date, sides},
    review::Review,
    store::{Against, Error, Ledger, Select, StoredAct},
};

/// Acts and turns of affairs in order of time.
#[derive(Debug, Serialize)]
pub struct Timeline {
    /// In order of time; what has no date stands first.
    pub events: Vec<Event>,
}

/// Where an event stands, before its act is read.
enum Place {
    Act(i64),
    Turn(Box<Event>),
}

impl Place {
    /// The order of one day: acts before turns of affairs.
    fn order(&self) -> (bool, i64, &str) {
        match self {
            Place::Act(number) => (false, *number, ""),
            Place::Turn(event) => (true, 0, &event.id),
        }
    }
}

/// An act, or the turn of an affair.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// The day to which it belongs.
    pub day: Option<Date>,
    /// How exactly its date is known; unknown where the day is that of the article.
    pub precision: Precision,
    /// `act` or `affair`.
    pub what: &'static str,
    /// Id of the act or the affair.
    pub id: String,
    /// Type of the act, or kind of the affair.
    pub kind: String,
    /// Codes of those who act, or of the parties.
    pub actors: Vec<String>,
    /// Codes of those who are acted upon.
    pub recipients: Vec<String>,
    /// How far the act took place; nothing for an affair.
    pub factuality: Option<Factuality>,
    /// The state before and the state after; nothing for an act.
    pub turn: Option<(Option<String>, String)>,
    /// What it is about.
    pub subject: Option<String>,
    /// The words of the act.
    pub text: Option<String>,
    /// Outlets, or articles, that tell it.
    pub told_by: Vec<String>,
    /// How others speak against it.
    pub against: Vec<Against>,
    /// What a reviewer said of it: "corrected by Anna".
    pub review: Option<String>,
}

impl Timeline {
    /// What took place between whom in a stretch of time.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger, select: &Select, lexicon: &Lexicon) -> Result<Timeline, Error> {
        let mut events = Vec::new();
        let affairs = ledger.at_once(|| {
            let select = &Select { times: ledger.narrowed(select.times)?, ..select.clone() };
            ledger.acts(select, |act| events.push(Event::act(&act)))?;
            ledger.affairs(&select.who, select.times, lexicon)
        })?;
        let is_within = |day: Option<Date>| match day {
            Some(day) => select.from.is_none_or(|from| from <= day) && select.until.is_none_or(|until| day <= until),
            None => select.from.is_none() && select.until.is_none(),
        };
        for affair in affairs {
            events.extend(Event::turns(&affair).into_iter().filter(|event| is_within(event.day)));
        }
        events.sort_by(|a, b| (a.day, a.what, &a.id).cmp(&(b.day, b.what, &b.id)));
        Ok(Timeline { events })
    }

    /// A page of what took place, and how much there is; of acts those that a filter lets through, which names a state or a
    /// pair. Only the acts of the page are read.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn page(
        ledger: &Ledger,
        digest: &Digest,
        filter: &Filter,
        (offset, limit): (usize, usize),
        lexicon: &Lexicon,
    ) -> Result<(usize, Timeline), Error> {
        let is_within = |day: Option<Date>| match day {
            Some(day) => filter.from.is_none_or(|from| from <= day) && filter.until.is_none_or(|until| day <= until),
            None => filter.from.is_none() && filter.until.is_none(),
        };
        let affairs = ledger.affairs(&filter.who, filter.times, lexicon)?;
        let turns = affairs.iter().flat_map(Event::turns).filter(|event| is_within(event.day));
        let acts = digest.days_of_acts(filter).into_iter().map(|(day, number)| (day, Place::Act(number)));
        let mut places: Vec<(Option<Date>, Place)> =
            turns.map(|event| (event.day, Place::Turn(Box::new(event)))).chain(acts).collect();
        places.sort_by(|(a, one), (b, other)| (a, one.order()).cmp(&(b, other.order())));
        let total = places.len();
        let mut events = Vec::new();
        for (_, place) in places.into_iter().skip(offset).take(limit) {
            match place {
                Place::Turn(event) => events.push(*event),
                Place::Act(number) => events.extend(ledger.acts_by_number(&[number])?.iter().map(Event::act)),
            }
        }
        Ok((total, Timeline { events }))
    }

    /// The events as rows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&[
            "day",
            "precision",
            "what",
            "id",
            "kind",
            "actors",
            "recipients",
            "factuality",
            "from_state",
            "to_state",
            "subject",
            "told_by",
            "against",
            "text",
            "review",
        ]);
        for event in &self.events {
            let (from, to) = event.turn.clone().map_or((None, None), |(from, to)| (from, Some(to)));
            table.rows.push(vec![
                event.day.map_or_else(String::new, |day| day.to_string()),
                event.precision.to_string(),
                event.what.to_owned(),
                event.id.clone(),
                event.kind.clone(),
                event.actors.join(" "),
                event.recipients.join(" "),
                event.factuality.map_or_else(String::new, |factuality| factuality.to_string()),
                from.unwrap_or_default(),
                to.unwrap_or_default(),
                event.subject.clone().unwrap_or_default(),
                event.told_by.join("; "),
                event.against.iter().map(|how| how.as_str()).collect::<Vec<_>>().join("; "),
                event.text.clone().unwrap_or_default(),
                event.review.clone().unwrap_or_default(),
            ]);
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self, width: usize, lexicon: &Lexicon) -> String {
        if self.events.is_empty() {
            return "Nothing is known.\n".to_owned();
        }
        let name = |code: &String| lexicon.actor(code).map_or_else(|| code.clone(), |actor| actor.title.to_string());
        let names = |codes: &[String]| codes.iter().map(name).collect::<Vec<_>>().join(", ");
        let options = textwrap::Options::new(width.max(40)).subsequent_indent("              ");
        let options = options.word_splitter(textwrap::WordSplitter::NoHyphenation);
        let mut text = String::new();
        for event in &self.events {
            let precision = if event.day.is_some() && event.precision == Precision::Unknown {
                Precision::Day
            } else {
                event.precision
            };
            let day = shown_date(event.day, precision).unwrap_or_else(|| "no date".to_owned());
            let mark = if event.what == "affair" { "*" } else { " " };
            let mut line = format!("{day:<10} {mark} ");
            let about = event.subject.as_ref().map(|subject| shorten(subject, LONGEST_SUBJECT));
            match &event.turn {
                Some((before, after)) => {
                    line.push_str(&format!("{} {}", names(&event.actors), event.kind));
                    line.extend(about.map(|about| format!(" ({about})")));
                    line.push_str(": ");
                    line.extend(before.as_ref().map(|before| format!("{before} → ")));
                    line.push_str(after);
                }
                None => {
                    line.push_str(&sides(&names(&event.actors), &names(&event.recipients)));
                    line.push_str(&event.kind);
                    if let Some(factuality) = event.factuality.filter(|factuality| *factuality != Factuality::Actual) {
                        line.push_str(&format!(", {factuality}"));
                    }
                    line.extend(about.map(|about| format!(": {about}")));
                    for how in &event.against {
                        line.push_str(&format!(" [{}]", how.as_str()));
                    }
                    line.extend(event.review.as_ref().map(|review| format!(" [{review}]")));
                    line.push_str(&format!(" ({})", event.told_by.join("; ")));
                }
            }
            text.push_str(&textwrap::fill(&printable(&line), &options));
            text.push('\n');
        }
        text
    }
}

impl Event {
    fn act(stored: &StoredAct) -> Event {
        let act: &Act = &stored.act;
        let articles = std::iter::once(&stored.article).chain(stored.reports.iter().map(|report| &report.article));
        let mut told_by: Vec<String> =
            articles.map(|article| article.source.clone().unwrap_or_else(|| article.name.clone())).collect();
        let mut seen = HashSet::new();
        told_by.retain(|name| seen.insert(name.clone()));
        let mut against: Vec<Against> = stored.against.iter().map(|(_, how)| *how).collect();
        against.sort_unstable();
        against.dedup();
        Event {
            day: stored.day,
            precision: act.date_precision,
            what: "act",
            id: act.id.clone(),
            kind: act.event.join(" "),
            actors: names(&act.actor),
            recipients: names(&act.recipient),
            factuality: Some(act.factuality),
            turn: None,
            subject: act.subject.clone(),
            text: Some(act.event_text.clone()),
            told_by,
            against,
            review: stored.review.as_ref().map(Review::line),
        }
    }

    /// Each time that an affair came into another state.
    fn turns(affair: &Affair) -> Vec<Event> {
        let mut before: Option<String> = None;
        let mut turns = Vec::new();
        for entry in affair.entries.iter().filter(|entry| entry.moved) {
            let Some(after) = entry.state.clone() else { continue };
            turns.push(Event {
                day: entry.date,
                precision: entry.date_precision,
                what: "affair",
                id: affair.id.clone(),
                kind: affair.kind.clone(),
                actors: affair.parties.clone(),
                recipients: Vec::new(),
                factuality: None,
                turn: Some((before.replace(after.clone()), after)),
                subject: affair.subject.clone().or_else(|| affair.object.clone()),
                text: None,
                told_by: Vec::new(),
                against: Vec::new(),
                review: None,
            });
        }
        turns
    }
}

fn names(parties: &[Party]) -> Vec<String> {
    let name = |party: &Party| party.code.clone().unwrap_or_else(|| format!("“{}”", party.entity_text));
    let mut names: Vec<String> = parties.iter().map(name).collect();
    names.dedup();
    names
}
