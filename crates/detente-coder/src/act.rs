//! Acts: who did what to whom, when, on whose word, in which characters of which article.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use detente_text::Field;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

use crate::ontology::EventType;

/// A word of a small set. Under this name, as one that is read back borrows nothing from what is read.
type Word = &'static str;

/// A stretch of an input, in Unicode characters from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First character.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

impl Span {
    /// Tells whether the two spans share a character.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// All values, in order.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word as outputs and lexicon files write it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// Reads the word.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// How far the article says that the act took place.
    Factuality {
        /// It took or takes place.
        Actual => "actual",
        /// The actor means to do it.
        Intended => "intended",
        /// Somebody asks the actor to do it.
        Requested => "requested",
        /// It may take place.
        Possible => "possible",
        /// It did not, or will not, take place.
        Denied => "denied",
    }
}

words! {
    /// Whether the act is the news or history that the article recalls.
    Epoch {
        /// It is the news, or near it.
        New => "new",
        /// It is recalled.
        Background => "background",
    }
}

words! {
    /// On whose word the act stands.
    AttributionKind {
        /// The article itself says so.
        Article => "article",
        /// A named speaker is reported to say so.
        Statement => "statement",
        /// A named speaker is quoted.
        Quotation => "quotation",
    }
}

words! {
    /// How the words lead to the actor.
    Via {
        /// By the actor's own name.
        Name => "name",
        /// By a capital or a seat of power that stands for the government.
        Metonym => "metonym",
        /// By an office, body or person of the state.
        Office => "office",
        /// By a pronoun or a description of something named before.
        Pronoun => "pronoun",
        /// By what stands around it: a place, the dateline, or with whom the other side has just dealt.
        Context => "context",
    }
}

words! {
    /// How exactly a date is known.
    Precision {
        /// To the day.
        Day => "day",
        /// To the month.
        Month => "month",
        /// To the year.
        Year => "year",
        /// Not at all.
        Unknown => "unknown",
    }
}

words! {
    /// The field of the article that holds the words.
    TextField {
        /// The title.
        Title => "title",
        /// The body.
        Text => "text",
    }
}

impl TextField {
    /// That of a passage.
    pub fn of(field: Field) -> TextField {
        if field == Field::Title { TextField::Title } else { TextField::Text }
    }
}

/// A date with its precision; the first day of the month or year where the day is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActDate {
    /// The date, or nothing with [`Precision::Unknown`].
    pub date: Option<Date>,
    /// How exactly it is known.
    pub precision: Precision,
}

impl ActDate {
    /// No date.
    pub const UNKNOWN: ActDate = ActDate { date: None, precision: Precision::Unknown };

    /// A day.
    pub fn day(date: Date) -> ActDate {
        ActDate { date: Some(date), precision: Precision::Day }
    }
}

/// One side of an act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Three-letter code of the state or organisation, if known.
    pub code: Option<String>,
    /// Sectors, the primary one first (`IGO` first for an intergovernmental organisation).
    pub sector: Vec<String>,
    /// Name of the state, organisation, group or person, if known.
    pub name: Option<String>,
    /// Office that the words name or that the named person holds.
    pub office: Option<String>,
    /// The words in the act's clause; where that has a pronoun, the name in the sentence for which it stands.
    pub entity_text: String,
    /// First character of the words.
    pub start: u32,
    /// Character after the words.
    pub end: u32,
    /// How the words of the clause lead to the actor.
    pub via: Via,
    /// Where the words stand for a name in another sentence: that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub antecedent: Option<Span>,
}

impl Party {
    /// The words that name this side.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// Who says that the act took place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The speaker's words, if there is one.
    pub speaker: Option<String>,
    /// Three-letter code of the speaker's state or organisation, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// On whose word.
    pub kind: AttributionKind,
}

/// What an act answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cause {
    /// Another act, by its id.
    Act(String),
    /// A circumstance, by its words.
    Span {
        /// The words.
        text: String,
        /// First character.
        start: u32,
        /// Character after the last one.
        end: u32,
    },
}

/// Where the act's sentence stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextInfo {
    /// The field of the article.
    pub field: TextField,
    /// Number of the sentence, from 0, in that field.
    pub sequence: u32,
    /// First character of the sentence.
    pub start: u32,
    /// Character after the sentence.
    pub end: u32,
}

/// Words that made the act negated, intended, requested, possible, reported, dated or background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// What the words did: a factuality, `reported`, `date`, `background`, `cause` or `place`.
    #[serde(deserialize_with = "kept")]
    pub kind: Word,
    /// First character.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

/// Where the article was published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CiteInfo {
    /// Title of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Address of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publication: Option<String>,
}

/// One act: what one side does to another once.
///
/// Serialises to a PLOVER JSON object with Detente's own fields, and reads back from it but for `lemmas`. All spans count Unicode
/// characters of the field of the article that [`TextInfo::field`] names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// The same act of the same article gets the same id in every run.
    pub id: String,
    /// The record's id, or the file.
    pub article: String,
    /// When it took place: ISO 8601 date, first day of the month or year where the day is unknown.
    pub date: Option<Date>,
    /// How exactly the date is known.
    pub date_precision: Precision,
    /// Date of the article.
    pub date_reported: Option<Date>,
    /// PLOVER type: exactly one.
    pub event: Vec<String>,
    /// Type of what is agreed, promised, asked for, refused or threatened.
    pub about: Option<String>,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub context: Vec<String>,
    /// Quad class, 1 to 4.
    pub quad_code: u8,
    /// PLOVER scale, -10 to 10.
    pub event_scale: f32,
    /// Who acts; all sides that meet, agree or work together.
    pub actor: Vec<Party>,
    /// Who is acted upon; the actors again, where each does it to the other.
    pub recipient: Vec<Party>,
    /// Others involved.
    pub third: Vec<Party>,
    /// How far it took place.
    pub factuality: Factuality,
    /// News or history.
    pub epoch: Epoch,
    /// On whose word.
    pub attribution: Attribution,
    /// What it answers.
    pub because_of: Option<Cause>,
    /// The outer act whose content this is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_of: Option<String>,
    /// Place where it happened, as the text names it, with code and coordinates where known.
    pub event_loc: Option<Location>,
    /// The words of the act: from the first to the last word of evidence.
    pub event_text: String,
    /// Span of `event_text`.
    pub evidence: Span,
    /// Words that the rule matched, without the parties.
    pub matched: Vec<Span>,
    /// Lemmas of those words, the main word's first.
    #[serde(skip)]
    pub lemmas: Vec<String>,
    /// The act's sentence.
    pub text_info: TextInfo,
    /// Words that made it negated, intended, reported, dated.
    pub cues: Vec<Cue>,
    /// Where the article says it again, with the field.
    pub repeats: Vec<Repeat>,
    /// What the act is about, in the words of the text: "negotiations on a peace treaty".
    pub subject: Option<String>,
    /// The rule that coded it: file and line of its example sentence.
    pub rule: String,
    /// How likely it is right, 0 to 1.
    pub confidence: f32,
    /// Address of the article.
    pub link: Option<String>,
    /// Where it was published.
    pub cite_info: CiteInfo,
    /// Who coded it.
    #[serde(deserialize_with = "kept")]
    pub coder: Word,
    /// Version of the coder.
    #[serde(deserialize_with = "kept")]
    pub version: Word,
}

impl Act {
    /// Whether all sides meet, agree or work together, and none is acted upon.
    pub fn is_mutual(&self) -> bool {
        let is_joint = self.event.first().and_then(|name| EventType::parse(name)).is_some_and(EventType::is_joint);
        is_joint && self.recipient.is_empty() && self.actor.len() > 1
    }

    /// Whether several do it to each other: all of them stand on both sides.
    pub fn is_of_each_other(&self) -> bool {
        let codes = |side: &[Party]| side.iter().map(|party| party.code.clone()).collect::<Vec<_>>();
        self.actor.len() > 1 && codes(&self.actor) == codes(&self.recipient)
    }
}

/// A place of an act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// The words of the text.
    pub extracted_place: String,
    /// First character of the words.
    pub start: u32,
    /// Character after the words.
    pub end: u32,
    /// Name of the place in the lexicon.
    pub resolved_place: String,
    /// ISO 3166 alpha-3 code of the country; nothing for seas and for disputed territories.
    pub country_code: Option<String>,
    /// Degrees north.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// PLOVER's resolution: 1 country, 2 province, 3 district, 4 city.
    pub resolution: u8,
}

/// A stretch of a field of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// The field.
    pub field: TextField,
    /// First character.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

/// Reads a word of a small set (kinds of cue, versions): each is kept once, for the life of the program.
fn kept<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    static KEPT: Mutex<BTreeSet<Word>> = Mutex::new(BTreeSet::new());
    let word = String::deserialize(from)?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(word.as_str()) {
        return Ok(known);
    }
    let word: Word = Box::leak(word.into_boxed_str());
    kept.insert(word);
    Ok(word)
}
