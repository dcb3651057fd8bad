//! Acts, and all that is to be told of one.

use detente_coder::Reading;
use detente_ledger::ask::{Mark, Shown};
use detente_ledger::store::{Against, Report, StoredAct};
use detente_ledger::{Affair, Ledger};
use detente_lexicon::Lexicon;
use serde::Serialize;
use utoipa::ToSchema;

use super::name;
use super::review::{JudgementView, ReviewView};
use crate::answer::{Tabular, cell, joined};
use crate::failure::Failure;
use crate::parameters::QUADS;

/// An act.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Act {
    /// Its id: the same in every ledger.
    pub id: String,
    /// When it took place; the first day of the month or year where the day is not known.
    pub date: Option<String>,
    /// How exactly the date is known: day, month, year or unknown.
    pub precision: String,
    /// The day to which it belongs: its own, or that of the article for what is news.
    pub day: Option<String>,
    /// Who acts; all sides of what is done together.
    pub actor: Vec<PartyView>,
    /// Who is acted upon.
    pub recipient: Vec<PartyView>,
    /// Others involved.
    pub third: Vec<PartyView>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event: String,
    /// Type of what is agreed, promised, asked for, refused or threatened.
    pub about: Option<String>,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// Quad class.
    pub quad: String,
    /// PLOVER scale, -10 to 10.
    pub scale: f32,
    /// How far it took place: actual, intended, requested, possible or denied.
    pub factuality: String,
    /// new or background.
    pub epoch: String,
    /// On whose word: the speaker's words, where it is not the article's own.
    pub speaker: Option<String>,
    /// How likely it is right, 0 to 1.
    pub confidence: f32,
    /// What it is about, in the words of the text.
    pub subject: Option<String>,
    /// The words of the act.
    pub words: String,
    /// The sentence that shows it.
    pub text: String,
    /// The outlet, or the article's name.
    pub source: String,
    /// The article's id.
    pub article: String,
    /// The article's title.
    pub title: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// How many articles report it.
    pub reports: usize,
    /// What speaks against it: denied, corrected, retracted.
    pub against: Vec<String>,
    /// The judgement of a reviewer by which it stands so.
    pub review: Option<ReviewView>,
}

/// A side of an act.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartyView {
    /// Three-letter code of the state or organisation, if known.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Sectors, the primary one first.
    pub sector: Vec<String>,
    /// Office that the words name or that the named person holds.
    pub office: Option<String>,
    /// The words in the text.
    pub text: String,
}

impl Act {
    /// An act as the ledger has it.
    pub fn new(stored: &StoredAct, ledger: &Ledger, lexicon: &Lexicon) -> Result<Act, Failure> {
        let act = &stored.act;
        let sentence = ledger.sentence_at(&stored.article.uid, act.text_info.field, act.text_info.start)?;
        let text = sentence.and_then(|(_, text)| text).unwrap_or_else(|| act.event_text.clone());
        Ok(Act::with(stored, text, lexicon))
    }

    /// Acts as the ledger has them.
    pub fn all(stored: &[StoredAct], ledger: &Ledger, lexicon: &Lexicon) -> Result<Vec<Act>, Failure> {
        stored.iter().map(|act| Act::new(act, ledger, lexicon)).collect()
    }

    /// The acts of an article, by its id, in the order of the text.
    pub fn of_article(uid: &str, ledger: &Ledger, lexicon: &Lexicon) -> Result<Vec<Act>, Failure> {
        let ids = ledger.ids_of_article(uid)?;
        let acts = ids.iter().filter_map(|id| ledger.act(id).transpose()).collect::<Result<Vec<_>, _>>()?;
        Act::all(&acts, ledger, lexicon)
    }

    /// An act with the sentence that shows it.
    pub fn with(stored: &StoredAct, text: String, lexicon: &Lexicon) -> Act {
        let mut against: Vec<Against> = stored.against.iter().map(|(_, how)| *how).collect();
        against.sort_unstable();
        against.dedup();
        Act {
            day: stored.day.map(|day| day.to_string()),
            title: stored.article.title.clone(),
            source: stored.article.source.clone().unwrap_or_else(|| stored.article.name.clone()),
            article: stored.article.uid.clone(),
            url: stored.article.url.clone(),
            reports: stored.reports.len() + 1,
            against: against.iter().map(|how| how.as_str().to_owned()).collect(),
            review: stored.review.as_ref().map(ReviewView::from),
            ..Act::coded(&stored.act, text, lexicon)
        }
    }

    /// An act as it was coded, of an article that is in no ledger.
    pub fn coded(act: &detente_coder::Act, text: String, lexicon: &Lexicon) -> Act {
        let parties = |parties: &[detente_coder::Party]| -> Vec<PartyView> {
            parties.iter().map(|party| PartyView::new(party, lexicon)).collect()
        };
        Act {
            id: act.id.clone(),
            date: act.date.map(|date| date.to_string()),
            precision: act.date_precision.to_string(),
            day: act.date.or(act.date_reported).map(|day| day.to_string()),
            actor: parties(&act.actor),
            recipient: parties(&act.recipient),
            third: parties(&act.third),
            event: act.event.join(" "),
            about: act.about.clone(),
            mode: act.mode.clone(),
            quad: usize::from(act.quad_code)
                .checked_sub(1)
                .and_then(|quad| QUADS.get(quad))
                .map_or_else(String::new, |quad| (*quad).to_owned()),
            scale: act.event_scale,
            factuality: act.factuality.to_string(),
            epoch: act.epoch.to_string(),
            speaker: act.attribution.speaker.clone(),
            confidence: act.confidence,
            subject: act.subject.clone(),
            words: act.event_text.clone(),
            text,
            source: act.cite_info.publication.clone().unwrap_or_default(),
            article: act.article.clone(),
            title: act.cite_info.title.clone(),
            url: act.link.clone(),
            reports: 1,
            against: Vec::new(),
            review: None,
        }
    }
}

impl PartyView {
    fn new(party: &detente_coder::Party, lexicon: &Lexicon) -> PartyView {
        PartyView {
            name: party.code.as_ref().map(|code| name(code, lexicon)).or_else(|| party.name.clone()),
            code: party.code.clone(),
            sector: party.sector.clone(),
            office: party.office.clone(),
            text: party.entity_text.clone(),
        }
    }

    fn label(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.text)
    }
}

impl Tabular for Act {
    const HEADER: &'static [&'static str] = &[
        "id",
        "day",
        "date",
        "precision",
        "actors",
        "recipients",
        "third",
        "type",
        "about",
        "mode",
        "quad",
        "scale",
        "factuality",
        "epoch",
        "confidence",
        "subject",
        "source",
        "article",
        "url",
        "reports",
        "against",
        "review",
        "text",
    ];

    fn cells(&self) -> Vec<String> {
        let labels = |parties: &[PartyView]| parties.iter().map(PartyView::label).collect::<Vec<_>>().join("; ");
        vec![
            self.id.clone(),
            cell(self.day.as_ref()),
            cell(self.date.as_ref()),
            self.precision.clone(),
            labels(&self.actor),
            labels(&self.recipient),
            labels(&self.third),
            self.event.clone(),
            cell(self.about.as_ref()),
            joined(self.mode.iter().map(String::as_str)),
            self.quad.clone(),
            self.scale.to_string(),
            self.factuality.clone(),
            self.epoch.clone(),
            self.confidence.to_string(),
            cell(self.subject.as_ref()),
            self.source.clone(),
            self.article.clone(),
            cell(self.url.as_ref()),
            self.reports.to_string(),
            joined(self.against.iter().map(String::as_str)),
            self.review
                .as_ref()
                .map_or_else(String::new, |review| format!("{} by {}", review.verdict, review.reviewer)),
            self.text.clone(),
        ]
    }
}

/// All that is to be told of an act.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActPage {
    /// The act in short.
    #[serde(flatten)]
    pub act: Act,
    /// The act as PLOVER JSON.
    #[schema(value_type = Object)]
    pub json: serde_json::Value,
    /// The sentences that show it, with the words marked that made it.
    pub passages: Vec<PassageView>,
    /// All articles that report it, itself first.
    pub told_by: Vec<ReportView>,
    /// How its sentence was read.
    pub explanation: Explanation,
    /// The acts that it answers, as far as articles say so.
    pub answers: Vec<Act>,
    /// The circumstances that it answers, in the words of the text.
    pub because_of: Vec<String>,
    /// The acts that answer it.
    pub answered_by: Vec<Act>,
    /// The acts that speak against it.
    pub spoken_against_by: Vec<Act>,
    /// The affairs to which it belongs.
    pub affairs: Vec<AffairOfAct>,
    /// What reviewers said of it, the newest first.
    pub judgements: Vec<JudgementView>,
}

/// A sentence that shows an act.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassageView {
    /// The article's id.
    pub article: String,
    /// The outlet, or the article's name.
    pub source: String,
    /// The article's date.
    pub date: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// title or text.
    pub field: String,
    /// First character of the sentence in the field, as the article was given.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
    /// The sentence.
    pub text: String,
    /// Words of the sentence, in order of place; they may overlap.
    pub marks: Vec<MarkView>,
}

/// Words of a sentence and what they are to the act.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarkView {
    /// evidence, matched, actor, recipient, third, speaker, negation, intended, requested, possible, date, background,
    /// cause or place.
    pub role: String,
    /// First character in the sentence's text.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

impl From<Shown> for PassageView {
    fn from(shown: Shown) -> PassageView {
        PassageView {
            source: shown.article.source.unwrap_or(shown.article.name),
            article: shown.article.uid,
            date: shown.article.date.map(|date| date.to_string()),
            url: shown.article.url,
            field: shown.field.to_string(),
            start: shown.place.start,
            end: shown.place.end,
            text: shown.text,
            marks: shown.marks.into_iter().map(MarkView::from).collect(),
        }
    }
}

impl From<Mark> for MarkView {
    fn from(mark: Mark) -> MarkView {
        MarkView { role: mark.role.to_owned(), start: mark.start, end: mark.end }
    }
}

/// One article's report of an act.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportView {
    /// The act's id in this article.
    pub act: String,
    /// The article's id.
    pub article: String,
    /// The outlet, or the article's name.
    pub source: String,
    /// The article's title.
    pub title: Option<String>,
    /// The article's date.
    pub date: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// The words of the act in this article.
    pub words: String,
    /// Why it is held to be the same act; nothing for the one that stands for all.
    pub why: Option<String>,
}

impl ReportView {
    /// All reports of an act, the one that stands for all first.
    pub fn all(stored: &StoredAct) -> Vec<ReportView> {
        let view =
            |act: &detente_coder::Act, facts: &detente_ledger::store::ArticleFacts, why: Option<String>| ReportView {
                act: act.id.clone(),
                article: facts.uid.clone(),
                source: facts.source.clone().unwrap_or_else(|| facts.name.clone()),
                title: facts.title.clone(),
                date: facts.date.map(|date| date.to_string()),
                url: facts.url.clone(),
                words: act.event_text.clone(),
                why,
            };
        let others = stored.reports.iter().map(|Report { act, article, why, is_after_review }| {
            let after = if *is_after_review { "; it came after the act was judged" } else { "" };
            view(act, article, Some(format!("{why}{after}")))
        });
        std::iter::once(view(&stored.act, &stored.article, None)).chain(others).collect()
    }
}

/// An affair in short, to which an act or a text belongs.
#[derive(Debug, Serialize, ToSchema)]
pub struct AffairOfAct {
    /// The affair's id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Its parties.
    pub parties: Vec<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// Where it stands.
    pub state: String,
}

impl From<Affair> for AffairOfAct {
    fn from(affair: Affair) -> AffairOfAct {
        AffairOfAct {
            id: affair.id,
            kind: affair.kind,
            parties: affair.parties,
            subject: affair.subject.or(affair.object),
            state: affair.state,
        }
    }
}

/// How a sentence was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explanation {
    /// The rule that coded the act.
    pub rule: RuleView,
    /// The words of the sentence with their heads.
    pub tree: Vec<WordView>,
    /// The steps of the reading, as `detente explain` prints them for the sentence alone, line by line.
    pub steps: Vec<String>,
}

/// A rule: an example of the lexicon, or `chooser` where a trained model chose.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleView {
    /// File and line of the example, or `chooser`.
    pub name: String,
    /// The example sentence.
    pub sentence: Option<String>,
}

/// A word of a sentence.
#[derive(Debug, Serialize, ToSchema)]
pub struct WordView {
    /// Its number, from 1.
    pub id: usize,
    /// The word.
    pub word: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Number of its head; 0 for the root.
    pub head: u16,
    /// Universal dependency relation to the head.
    pub relation: String,
    /// First character in the sentence's text.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

impl WordView {
    /// The words of a reading, numbered after those before.
    pub fn all(readings: &[Reading]) -> Vec<WordView> {
        let mut words = Vec::new();
        for reading in readings {
            let before = words.len();
            words.extend(reading.words.iter().enumerate().map(|(number, word)| WordView {
                id: before + number + 1,
                word: word.form.clone(),
                lemma: word.lemma.clone(),
                upos: word.upos.to_owned(),
                head: if word.head == 0 { 0 } else { word.head + before as u16 },
                relation: word.relation.to_owned(),
                start: word.span.start,
                end: word.span.end,
            }));
        }
        words
    }
}

/// A stretch of a text, in characters.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct SpanView {
    /// First character.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
}

impl From<detente_coder::Span> for SpanView {
    fn from(span: detente_coder::Span) -> SpanView {
        SpanView { start: span.start, end: span.end }
    }
}
