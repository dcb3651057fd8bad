//! How a reviewer reads an act: the fields that may be corrected.

use detente_coder::{Act, Epoch, EventType, Factuality, Lemmas, Party, Precision, Span, TextField, Via};
use detente_lexicon::{ActorKind, Lexicon};
use detente_text::{Article, Field};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::judgement::sides;
use crate::{brief::Source, store::side};

/// What is changed of an act. What is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Changes {
    /// PLOVER type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Type of what is agreed, promised, asked for, refused or threatened; empty: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// PLOVER modes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Vec<String>>,
    /// Who acts; all sides of a mutual act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<Vec<Side>>,
    /// Who is acted upon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Vec<Side>>,
    /// How far it took place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factuality: Option<Factuality>,
    /// News or history.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// When: `2024-05-01`, `2024-05`, `2024` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// First character of the words that show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// Character after these words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    /// What it is about, in the words of the text; empty: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

impl Changes {
    /// Tells whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }
}

/// A side as a reviewer names it: a code, `{"code": "TUR"}`, or a name where there is no code; with the words where they
/// are marked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Side {
    /// Code of the state or organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Name of what has no code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Sectors, the primary one first; of a state `GOV`, where none is given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sector: Vec<String>,
    /// First character of its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// Character after its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
}

impl From<&str> for Side {
    fn from(code: &str) -> Side {
        Side { code: Some(code.to_owned()), ..Side::default() }
    }
}

/// The ways to write a side.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Code(String),
    Side {
        code: Option<String>,
        name: Option<String>,
        #[serde(default)]
        sector: Vec<String>,
        start: Option<u32>,
        end: Option<u32>,
    },
}

impl From<Written> for Side {
    fn from(written: Written) -> Side {
        match written {
            Written::Code(code) => Side { code: Some(code), ..Side::default() },
            Written::Side { code, name, sector, start, end } => Side { code, name, sector, start, end },
        }
    }
}

/// An act as a reviewer reads it, whole: what was accepted as well as what was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event: String,
    /// Type of what is agreed, promised, asked for, refused or threatened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// Who acts.
    pub actor: Vec<Party>,
    /// Who is acted upon.
    pub recipient: Vec<Party>,
    /// How far it took place.
    pub factuality: Factuality,
    /// News or history.
    pub epoch: Epoch,
    /// When: the first day of a month or year.
    pub date: Option<Date>,
    /// How exactly that is known.
    pub date_precision: Precision,
    /// What it is about.
    pub subject: Option<String>,
    /// The field of the article that holds the words.
    pub field: TextField,
    /// The words that show it.
    pub evidence: Span,
    /// The same, as text.
    pub text: String,
    /// Lemmas of these words, where the coder did not find the act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lemmas: Vec<String>,
    /// The sentence around them.
    pub sentence: Span,
    /// The same, as text; empty where the ledger keeps that sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sentence_text: String,
}

impl Reading {
    /// An act as it stands.
    pub fn of(act: &Act) -> Reading {
        Reading {
            event: act.event.first().cloned().unwrap_or_default(),
            about: act.about.clone(),
            mode: act.mode.clone(),
            actor: act.actor.clone(),
            recipient: act.recipient.clone(),
            factuality: act.factuality,
            epoch: act.epoch,
            date: act.date,
            date_precision: act.date_precision,
            subject: act.subject.clone(),
            field: act.text_info.field,
            evidence: act.evidence,
            text: act.event_text.clone(),
            lemmas: Vec::new(),
            sentence: Span { start: act.text_info.start, end: act.text_info.end },
            sentence_text: String::new(),
        }
    }

    /// A reading of words of which nothing is said yet.
    fn blank(field: TextField) -> Reading {
        Reading {
            event: String::new(),
            about: None,
            mode: Vec::new(),
            actor: Vec::new(),
            recipient: Vec::new(),
            factuality: Factuality::Actual,
            epoch: Epoch::New,
            date: None,
            date_precision: Precision::Unknown,
            subject: None,
            field,
            evidence: Span::default(),
            text: String::new(),
            lemmas: Vec::new(),
            sentence: Span::default(),
            sentence_text: String::new(),
        }
    }

    /// The fields in which it is not as another one.
    pub fn changed(&self, from: &Reading) -> Vec<String> {
        let fields = [
            ("type", self.event != from.event),
            ("about", self.about != from.about),
            ("mode", self.mode != from.mode),
            ("actor", sides(&self.actor) != sides(&from.actor)),
            ("recipient", sides(&self.recipient) != sides(&from.recipient)),
            ("factuality", self.factuality != from.factuality),
            ("epoch", self.epoch != from.epoch),
            ("date", (self.date, self.date_precision) != (from.date, from.date_precision)),
            ("subject", self.subject != from.subject),
            ("span", self.evidence != from.evidence),
        ];
        fields.into_iter().filter(|(_, is_changed)| *is_changed).map(|(field, _)| field.to_owned()).collect()
    }

    /// Type of the act, where it is one of PLOVER's.
    pub fn event_type(&self) -> Option<EventType> {
        EventType::parse(&self.event)
    }
}

/// What is needed to read an act anew: its article, and who is who.
pub(super) struct Reader<'r> {
    pub article: &'r Article,
    pub lexicon: &'r Lexicon,
    /// Tells whether the ledger knows a side of this code.
    pub is_known: &'r dyn Fn(&str) -> bool,
}

/// Why something cannot be read so.
type Refused<T> = Result<T, String>;

impl Reader<'_> {
    /// An act with changes.
    pub fn changed(&self, act: &Reading, changes: &Changes) -> Refused<Reading> {
        let mut reading = act.clone();
        self.change(&mut reading, changes, &[&act.actor[..], &act.recipient[..]].concat())?;
        Ok(reading)
    }

    /// An act that the coder did not find.
    pub fn found(&self, field: TextField, changes: &Changes) -> Refused<Reading> {
        let mut reading = Reading::blank(field);
        let missing = [
            ("type", changes.event.is_none()),
            ("actor", changes.actor.as_ref().is_none_or(Vec::is_empty)),
            ("start and end", changes.start.is_none() || changes.end.is_none()),
        ];
        if let Some((what, _)) = missing.into_iter().find(|(_, is_missing)| *is_missing) {
            return Err(format!("an act needs its {what}"));
        }
        self.change(&mut reading, changes, &[])?;
        reading.lemmas = Lemmas::new(self.lexicon).of_words(&reading.text);
        Ok(reading)
    }

    fn change(&self, reading: &mut Reading, changes: &Changes, known: &[Party]) -> Refused<()> {
        let (start, end) = (changes.start, changes.end);
        if start.is_some() || end.is_some() {
            let (Some(start), Some(end)) = (start, end) else {
                return Err("words need their start and their end".to_owned());
            };
            self.mark(reading, Span { start, end })?;
        }
        if let Some(event) = &changes.event {
            let event = EventType::parse(event).ok_or_else(|| format!("{event}: is no type of PLOVER"))?;
            if reading.event != event.as_str() {
                reading.event = event.as_str().to_owned();
                reading.about = None;
            }
        }
        if let Some(about) = &changes.about {
            reading.about = match about.as_str() {
                "" => None,
                about => Some(
                    EventType::parse(about)
                        .ok_or_else(|| format!("{about}: is no type of PLOVER"))?
                        .as_str()
                        .to_owned(),
                ),
            };
        }
        let modes = || reading.event_type().into_iter().flat_map(EventType::modes);
        match &changes.mode {
            Some(given) => {
                if let Some(other) = given.iter().find(|mode| !modes().any(|known| known == mode.as_str())) {
                    return Err(format!("{other}: is no mode of {}", reading.event));
                }
                reading.mode.clone_from(given);
            }
            // A mode belongs to its type.
            None => {
                let kept = reading.mode.iter().filter(|mode| modes().any(|known| known == mode.as_str()));
                reading.mode = kept.cloned().collect();
            }
        }
        let of = |sides: &Vec<Side>| sides.iter().map(|side| self.party(side, reading, known)).collect();
        let actor: Option<Vec<Party>> = changes.actor.as_ref().map(of).transpose()?;
        let recipient: Option<Vec<Party>> = changes.recipient.as_ref().map(of).transpose()?;
        if actor.as_ref().is_some_and(Vec::is_empty) {
            return Err("an act needs an actor".to_owned());
        }
        reading.actor = actor.unwrap_or_else(|| std::mem::take(&mut reading.actor));
        reading.recipient = recipient.unwrap_or_else(|| std::mem::take(&mut reading.recipient));
        reading.factuality = changes.factuality.unwrap_or(reading.factuality);
        reading.epoch = changes.epoch.unwrap_or(reading.epoch);
        if let Some(date) = &changes.date {
            (reading.date, reading.date_precision) = when(date)?;
        }
        if let Some(subject) = &changes.subject {
            reading.subject = Some(subject.trim().to_owned()).filter(|subject| !subject.is_empty());
        }
        Ok(())
    }

    /// Takes other words for those that show the act.
    fn mark(&self, reading: &mut Reading, span: Span) -> Refused<()> {
        if span == reading.evidence {
            return Ok(());
        }
        reading.text = self.words(reading.field, span)?;
        reading.evidence = span;
        if span.start < reading.sentence.start || span.end > reading.sentence.end {
            let (sentence, text) = Source::sentence(self.article, reading.field, span)
                .ok_or_else(|| "the words stand in no sentence".to_owned())?;
            reading.sentence = sentence;
            reading.sentence_text = text;
        }
        Ok(())
    }

    fn words(&self, field: TextField, span: Span) -> Refused<String> {
        let of = match field {
            TextField::Title => Field::Title,
            TextField::Text => Field::Text,
        };
        let stretch = detente_text::Span { start: span.start as usize, end: span.end as usize };
        let words = if span.start < span.end { self.article.words(of, stretch) } else { None };
        let words = words.filter(|words| !words.is_empty());
        words
            .map(str::to_owned)
            .ok_or_else(|| format!("{} to {} of the {field}: no words stand there", span.start, span.end))
    }

    fn party(&self, named: &Side, reading: &Reading, known: &[Party]) -> Refused<Party> {
        let code = named.code.as_deref().map(str::trim).filter(|code| !code.is_empty()).map(str::to_uppercase);
        let name = named.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let actor = code.as_deref().and_then(|code| self.lexicon.actor(code));
        let title = match (&code, name) {
            (Some(code), _) if actor.is_none() && !(self.is_known)(code) => {
                return Err(format!("{code}: no state or organisation of that code is known"));
            }
            (Some(code), name) => {
                actor.map_or_else(|| name.unwrap_or(code).to_owned(), |actor| actor.title.to_string())
            }
            (None, Some(name)) => name.to_owned(),
            (None, None) => return Err("a side needs a code or a name".to_owned()),
        };
        let key = code.clone().unwrap_or_else(|| title.to_lowercase());
        let known = known.iter().find(|party| side(party) == key);
        let mut party = known.cloned().unwrap_or_else(|| Party {
            code: code.clone(),
            sector: actor.map_or_else(Vec::new, |actor| sectors(actor.kind, &actor.sectors)),
            name: Some(title.clone()),
            office: None,
            entity_text: title,
            start: reading.evidence.start,
            end: reading.evidence.start,
            via: Via::Context,
            antecedent: None,
        });
        match (named.start, named.end) {
            (Some(start), Some(end)) => {
                party.entity_text = self.words(reading.field, Span { start, end })?;
                (party.start, party.end) = (start, end);
                (party.via, party.antecedent) = (Via::Name, None);
            }
            (None, None) => {}
            _ => return Err("words need their start and their end".to_owned()),
        }
        if !named.sector.is_empty() {
            party.sector = named.sector.iter().map(|sector| sector.to_uppercase()).collect();
        }
        Ok(party)
    }
}

fn sectors(kind: ActorKind, of_lexicon: &[smol_str::SmolStr]) -> Vec<String> {
    let own = || of_lexicon.iter().map(ToString::to_string).collect();
    match kind {
        ActorKind::State => vec!["GOV".to_owned()],
        ActorKind::Organisation if of_lexicon.is_empty() => vec!["IGO".to_owned()],
        _ => own(),
    }
}

/// Reads a date as exactly as it is written.
fn when(written: &str) -> Refused<(Option<Date>, Precision)> {
    let written = written.trim();
    let (whole, precision) = match written.len() {
        0 => return Ok((None, Precision::Unknown)),
        _ if written == "unknown" => return Ok((None, Precision::Unknown)),
        4 => (format!("{written}-01-01"), Precision::Year),
        7 => (format!("{written}-01"), Precision::Month),
        _ => (written.to_owned(), Precision::Day),
    };
    let date =
        whole.parse().map_err(|_| format!("{written}: is no date; write 2024-05-01, 2024-05, 2024 or unknown"))?;
    Ok((Some(date), precision))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_written() {
        let day = |text: &str| text.parse::<Date>().ok();
        assert_eq!(when("2024-05-17"), Ok((day("2024-05-17"), Precision::Day)));
        assert_eq!(when("2024-05"), Ok((day("2024-05-01"), Precision::Month)));
        assert_eq!(when("2024"), Ok((day("2024-01-01"), Precision::Year)));
        assert_eq!(when("unknown"), Ok((None, Precision::Unknown)));
        assert!(when("May 5").is_err());
        assert!(when("2024-13").is_err());
    }

    #[test]
    fn a_side_is_a_code_or_more() {
        let read = |json: &str| serde_json::from_str::<Side>(json).expect("a side");
        assert_eq!(read(r#""TUR""#), Side::from("TUR"));
        assert_eq!(read(r#"{"code": "TUR"}"#), Side::from("TUR"));
        let marked = read(r#"{"name": "the rebels", "start": 4, "end": 14}"#);
        assert_eq!((marked.code, marked.start, marked.end), (None, Some(4), Some(14)));
    }
}
