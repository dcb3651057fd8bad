//! An act as its JSON says it: what all formats are written from.

use detente_coder::{Act, EventType};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::exporter::Exporter;

/// An act to be written in another format, and the sentence that tells it.
///
/// It is read from the JSON that an act is written as, so that what was stored can be written as well as what was just coded.
#[derive(Debug, Clone)]
pub struct Event {
    /// The JSON of the act, all of it.
    pub(crate) json: Value,
    pub(crate) act: ActFields,
    /// The sentence that tells the act.
    pub(crate) sentence: Option<String>,
    /// Articles that report it, and their outlets.
    pub(crate) articles: usize,
    pub(crate) outlets: usize,
}

/// The fields of an act that formats write.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ActFields {
    pub id: String,
    pub article: String,
    pub date: Option<Date>,
    pub date_precision: String,
    pub date_reported: Option<Date>,
    /// One PLOVER type.
    pub event: [String; 1],
    pub about: Option<String>,
    pub mode: Vec<String>,
    pub context: Vec<String>,
    pub quad_code: u8,
    pub event_scale: f32,
    pub actor: Vec<Party>,
    pub recipient: Vec<Party>,
    pub factuality: String,
    pub epoch: String,
    pub attribution: Attribution,
    pub event_loc: Option<Location>,
    pub event_text: String,
    pub evidence: Span,
    pub text_info: TextInfo,
    #[serde(default)]
    pub repeats: Vec<Value>,
    pub subject: Option<String>,
    pub rule: String,
    pub confidence: f32,
    pub link: Option<String>,
    #[serde(default)]
    pub cite_info: CiteInfo,
    pub coder: String,
    pub version: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Party {
    pub code: Option<String>,
    pub sector: Vec<String>,
    pub name: Option<String>,
    pub office: Option<String>,
    pub entity_text: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Attribution {
    pub speaker: Option<String>,
    pub code: Option<String>,
    pub kind: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Location {
    pub extracted_place: String,
    pub resolved_place: String,
    pub country_code: Option<String>,
    pub lat: Option<f32>,
    pub lon: Option<f32>,
    pub resolution: u8,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Span {
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TextInfo {
    pub field: String,
    pub sequence: u32,
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct CiteInfo {
    pub title: Option<String>,
    pub publication: Option<String>,
}

impl Event {
    /// An act that was just coded, with the sentence that tells it.
    ///
    /// # Errors
    ///
    /// When the act cannot be written as JSON.
    pub fn of(act: &Act, sentence: Option<&str>) -> serde_json::Result<Event> {
        Event::from_json(&serde_json::to_string(act)?, sentence)
    }

    /// An act from its JSON, with the sentence that tells it.
    ///
    /// # Errors
    ///
    /// When the text is not the JSON of an act.
    pub fn from_json(json: &str, sentence: Option<&str>) -> serde_json::Result<Event> {
        let act = serde_json::from_str(json)?;
        Ok(Event {
            json: serde_json::from_str(json)?,
            act,
            sentence: sentence.map(str::to_owned),
            articles: 1,
            outlets: 1,
        })
    }

    /// Tells how many articles report it, of how many outlets; one of one unless told.
    #[must_use]
    pub fn reported(mut self, articles: usize, outlets: usize) -> Event {
        self.articles = articles;
        self.outlets = outlets;
        self
    }
}

impl ActFields {
    /// The PLOVER type.
    pub fn event_type(&self) -> &str {
        &self.event[0]
    }

    /// Whether it is history that the article recalls.
    pub fn is_background(&self) -> bool {
        self.epoch == "background"
    }

    /// Whether it took place.
    pub fn is_actual(&self) -> bool {
        self.factuality == "actual"
    }

    /// Whether all sides meet, agree or work together.
    pub fn is_mutual(&self) -> bool {
        let is_joint = EventType::parse(&self.event[0]).is_some_and(EventType::is_joint);
        is_joint && self.recipient.is_empty() && self.actor.len() > 1
    }

    /// Whether several do it to each other.
    fn is_of_each_other(&self) -> bool {
        let codes = |side: &[Party]| side.iter().map(|party| party.code.clone()).collect::<Vec<_>>();
        self.actor.len() > 1 && codes(&self.actor) == codes(&self.recipient)
    }

    /// The day that formats give which must have one: that of the act, else that of the report.
    pub fn day(&self) -> Option<Date> {
        self.date.or(self.date_reported)
    }

    /// Each side that acts with each side that is acted upon; both ways where all act together.
    pub fn pairs(&self) -> Vec<(Option<&Party>, Option<&Party>)> {
        let Self { actor, recipient, .. } = self;
        if self.is_mutual() {
            let both = |(n, one)| {
                actor.iter().enumerate().filter(move |(m, _)| *m != n).map(move |(_, other)| (Some(one), Some(other)))
            };
            return actor.iter().enumerate().flat_map(both).collect();
        }
        let side = |parties: &'_ [Party]| -> Vec<Option<usize>> {
            if parties.is_empty() { vec![None] } else { (0..parties.len()).map(Some).collect() }
        };
        let mut pairs = Vec::new();
        for one in side(actor) {
            for other in side(recipient) {
                let (one, other) = (one.map(|at| &actor[at]), other.map(|at| &recipient[at]));
                // "expelled each other's envoys": nobody his own.
                let is_self =
                    one.is_some_and(|one| other.is_some_and(|other| one.code.is_some() && one.code == other.code));
                if !(is_self && self.is_of_each_other()) {
                    pairs.push((one, other));
                }
            }
        }
        pairs
    }
}

impl Party {
    /// The name, else the words of the text, else the name of the state or organisation.
    pub fn called(&self, exporter: &Exporter<'_>) -> String {
        match &self.name {
            Some(name) => name.clone(),
            None if exporter.options.text => self.entity_text.clone(),
            None => {
                let actor = self.code.as_deref().and_then(|code| exporter.lexicon.actor(code));
                actor.map(|actor| actor.title.to_string()).unwrap_or_default()
            }
        }
    }
}

/// The SHA-256 of a text, in hexadecimal: who has the article can prove that it is the same.
pub(crate) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number for formats whose ids are numbers: positive, the same in every run, small enough for a double.
pub(crate) fn number(id: &str, pair: usize) -> u64 {
    let digest = Sha256::digest(format!("{id}#{pair}").as_bytes());
    digest.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte)) >> 11
}
