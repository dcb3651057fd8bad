//! What a coder wrote, as far as the scorer looks at it.

use std::collections::HashMap;

use serde::Deserialize;

use super::Error;
use super::gold::label;
use crate::act::{Act, Party, TextField};

/// One side of a coded act.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodedParty {
    /// Three-letter code, if known.
    pub code: Option<String>,
    /// Sectors, the primary one first.
    pub sector: Vec<String>,
    /// First character.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

/// The sectors in which an actor acts for its state.
const STATE_SECTORS: [&str; 7] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY", "IGO"];

/// Codes of actors that belong to no state.
const STATELESS: [&str; 4] = ["NGO", "IMG", "ISM", "MNC"];

impl CodedParty {
    /// The code, if there is one and it is that of a state or an intergovernmental organisation.
    pub(super) fn state(&self) -> Option<&str> {
        self.code.as_deref().filter(|code| !code.is_empty() && !STATELESS.contains(code))
    }

    /// The same, unless the party is a firm, group or citizen, which acts for no state.
    pub(super) fn acting_state(&self) -> Option<&str> {
        let official = self.sector.first().is_none_or(|sector| STATE_SECTORS.contains(&sector.as_str()));
        if official { self.state() } else { None }
    }

    /// The code as plain records write it: organisations as their kind.
    pub(super) fn broad(&self) -> Option<&str> {
        let kind = self.sector.first().map(String::as_str);
        match kind {
            Some(kind @ ("IGO" | "NGO" | "IMG" | "ISM")) => Some(kind),
            _ => self.code.as_deref().filter(|code| !code.is_empty()),
        }
    }

    pub(super) fn overlaps(&self, (start, end): (u32, u32)) -> bool {
        self.start < end && start < self.end
    }
}

impl From<&Party> for CodedParty {
    fn from(party: &Party) -> Self {
        CodedParty { code: party.code.clone(), sector: party.sector.clone(), start: party.start, end: party.end }
    }
}

/// Where a coded act's sentence stands.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodedSentence {
    /// `title` or `text`.
    pub field: String,
    /// First character.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

/// One line of `detente code`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodedAct {
    /// The record.
    pub article: String,
    /// PLOVER type.
    pub event: Vec<String>,
    /// Type of the act's content.
    pub about: Option<String>,
    /// Who acts.
    pub actor: Vec<CodedParty>,
    /// Who is acted upon.
    pub recipient: Vec<CodedParty>,
    /// How far it took place.
    pub factuality: String,
    /// News or history.
    pub epoch: String,
    /// The outer act whose content this is.
    pub content_of: Option<String>,
    /// How likely it is right.
    pub confidence: f32,
    /// The words of the act.
    pub event_text: String,
    /// Its sentence.
    pub text_info: CodedSentence,
    /// The rule that coded it.
    pub rule: Option<String>,
}

impl CodedAct {
    /// The act's own type.
    pub(super) fn event(&self) -> Option<&'static str> {
        self.event.first().and_then(|event| label(event))
    }

    /// The type that article gold compares: that of the content, where the act tells of a deed to come.
    pub(super) fn deed(&self) -> Option<&'static str> {
        let event = self.event()?;
        let to_come = self.factuality == "intended" && (event == "AGREE" || event == "THREATEN");
        match &self.about {
            Some(about) if to_come => label(about).or(Some(event)),
            _ => Some(event),
        }
    }
}

impl From<&Act> for CodedAct {
    fn from(act: &Act) -> Self {
        CodedAct {
            article: act.article.clone(),
            event: act.event.clone(),
            about: act.about.clone(),
            actor: act.actor.iter().map(CodedParty::from).collect(),
            recipient: act.recipient.iter().map(CodedParty::from).collect(),
            factuality: act.factuality.as_str().to_owned(),
            epoch: act.epoch.as_str().to_owned(),
            content_of: act.content_of.clone(),
            confidence: act.confidence,
            event_text: act.event_text.clone(),
            text_info: CodedSentence {
                field: act.text_info.field.as_str().to_owned(),
                start: act.text_info.start,
                end: act.text_info.end,
            },
            rule: Some(act.rule.clone()),
        }
    }
}

/// An affair, as `detente brief --format json` writes it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodedAffair {
    /// Kind of affair.
    pub kind: String,
    /// Codes of the parties.
    pub parties: Vec<String>,
    /// Where it stands.
    pub state: String,
    /// What it is about.
    pub subject: Option<String>,
}

/// Everything that was coded of the texts of a gold file.
#[derive(Debug, Clone, Default)]
pub struct Output {
    acts: HashMap<String, Vec<CodedAct>>,
    affairs: Option<HashMap<String, Vec<CodedAffair>>>,
    texts: HashMap<String, (String, String)>,
}

impl Output {
    /// Nothing coded yet.
    pub fn new() -> Output {
        Output::default()
    }

    /// Reads act lines; empty lines are passed over.
    pub fn read_lines(text: &str) -> Result<Output, Error> {
        let mut output = Output::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let act = serde_json::from_str(line)
                .map_err(|error| Error { line: index + 1, reason: format!("this is no act: {error}") })?;
            output.add(act);
        }
        Ok(output)
    }

    /// Adds an act, in the order of the output.
    pub fn add(&mut self, act: CodedAct) {
        self.acts.entry(act.article.clone()).or_default().push(act);
    }

    /// Adds the affairs of one article; an output without any is not scored on affairs.
    pub fn add_affairs(&mut self, article: &str, affairs: impl IntoIterator<Item = CodedAffair>) {
        let all = self.affairs.get_or_insert_with(HashMap::new);
        all.entry(article.to_owned()).or_default().extend(affairs);
    }

    /// Tells the title and text of a record, so that errors can be shown in their sentence.
    pub fn add_text(&mut self, article: &str, title: &str, text: &str) {
        self.texts.insert(article.to_owned(), (title.to_owned(), text.to_owned()));
    }

    /// The acts of a record, in order.
    pub(super) fn acts(&self, article: &str) -> &[CodedAct] {
        self.acts.get(article).map_or(&[], Vec::as_slice)
    }

    /// The affairs of an article, if affairs were coded at all.
    pub(super) fn affairs(&self, article: &str) -> Option<&[CodedAffair]> {
        let affairs = self.affairs.as_ref()?;
        Some(affairs.get(article).map_or(&[], Vec::as_slice))
    }

    /// The sentence of an act, or else its words.
    pub(super) fn sentence(&self, act: &CodedAct) -> String {
        let place = &act.text_info;
        let sentence = self.texts.get(&act.article).map(|(title, text)| {
            let field = if place.field == TextField::Title.as_str() { title } else { text };
            let length = place.end.saturating_sub(place.start) as usize;
            field.chars().skip(place.start as usize).take(length).collect::<String>()
        });
        sentence.filter(|sentence| !sentence.is_empty()).unwrap_or_else(|| act.event_text.clone())
    }
}
