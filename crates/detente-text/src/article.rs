//! An article: its passages in order, and what the source states about it.

use std::fmt;

use jiff::civil::Date;

use crate::language::Language;
use crate::passage::{Field, Passage, Span};

/// One article as read: nothing of it is lost, what is not to be coded is marked.
///
/// Serialises whole but for its notes and what it was coded to, so that it can be kept and coded again.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// The record's id, or what the caller named it.
    pub id: String,
    /// The day of publication, where one is stated; never guessed.
    pub date: Option<Stated<Date>>,
    /// The address of the article.
    pub url: Option<String>,
    /// The paper, agency or site that published it.
    pub source: Option<String>,
    /// The agency that reported it, from the dateline or a credit line.
    pub agency: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The place it was reported from, from the dateline.
    pub place: Option<String>,
    /// The language of most of it, where it is long enough to tell.
    pub language: Option<Language>,
    /// The title, if there is one, then everything else in order.
    pub passages: Vec<Passage>,
    /// Unicode characters of the title as given (JSONL; 0 elsewhere, where the title lies within the file).
    pub title_chars: usize,
    /// Unicode characters of the text as given: the field (JSONL) or the whole decoded file.
    pub text_chars: usize,
    /// What it was coded to before, where the source says so: JSON that `detente_ledger::Record` reads.
    #[serde(skip)]
    pub coded: Option<String>,
    /// What went wrong on the way without ending it.
    #[serde(skip)]
    pub notes: Vec<Note>,
}

impl Article {
    /// The title, where the source has one.
    pub fn title(&self) -> Option<&Passage> {
        self.passages.first().filter(|p| p.field == Field::Title)
    }

    /// The passages to be coded, each with its index, the title first.
    pub fn body(&self) -> impl Iterator<Item = (usize, &Passage)> {
        self.passages.iter().enumerate().filter(|(_, p)| p.is_body())
    }

    /// The clean text of a stretch of a field, as far as one passage holds it.
    ///
    /// ```
    /// use detente_text::{Field, Format, Span, read_article};
    /// let article = read_article(b"Ruritania  sued. Freedonia answered.", Format::Text, "a")?;
    /// assert_eq!(article.words(Field::Text, Span { start: 0, end: 16 }), Some("Ruritania sued."));
    /// # Ok::<(), detente_text::Error>(())
    /// ```
    pub fn words(&self, field: Field, span: Span) -> Option<&str> {
        let holds = |p: &&Passage| p.field == field && p.span().start <= span.start && span.end <= p.span().end;
        let passage = self.passages.iter().find(holds)?;
        // Characters of the source never go back in plain text, and seldom in a page.
        let inside = |at: usize, c: char| {
            let here = passage.source_span(at..at + c.len_utf8());
            span.start <= here.start && here.end <= span.end
        };
        let mut letters = passage.text.char_indices().filter(|(at, c)| inside(*at, *c));
        let (start, first) = letters.next()?;
        let end = letters.next_back().map_or(start + first.len_utf8(), |(at, c)| at + c.len_utf8());
        passage.text.get(start..end).map(str::trim)
    }

    /// The passages that are left out of coding, each with its index.
    pub fn left_out(&self) -> impl Iterator<Item = (usize, &Passage)> {
        self.passages.iter().enumerate().filter(|(_, p)| !p.is_body())
    }
}

/// Something the source states, and where.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stated<T> {
    /// What is stated.
    pub value: T,
    /// Where it was found.
    pub origin: Origin,
}

impl<T> Stated<T> {
    /// What was found at `origin`.
    pub fn new(value: T, origin: Origin) -> Self {
        Stated { value, origin }
    }
}

/// Where a date was found, the first of these that has one being believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Origin {
    /// The caller gave it.
    Given,
    /// A field of the record.
    Record,
    /// Linked data in the page (JSON-LD).
    LinkedData,
    /// A meta element of the page.
    Meta,
    /// A time element of the page.
    TimeElement,
    /// A line of the text: "Published 3 November 2024".
    Line,
    /// The dateline.
    Dateline,
    /// The address of the article.
    Url,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Origin::Given => "given",
            Origin::Record => "record",
            Origin::LinkedData => "linked data",
            Origin::Meta => "meta element",
            Origin::TimeElement => "time element",
            Origin::Line => "line of the text",
            Origin::Dateline => "dateline",
            Origin::Url => "address",
        })
    }
}

/// A fault of the source that did not end the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// Bytes that are wrong in the encoding expected.
    Encoding {
        /// Line of the first such byte, from 1.
        line: u64,
        /// The first such byte, from 0 at the start of the file.
        byte: u64,
        /// The encoding it was read as.
        read_as: &'static str,
    },
    /// A date that could not be understood.
    Date {
        /// The words.
        stated: String,
    },
}

impl Note {
    /// Whether the source is faulty, so that the run should say so in its exit status.
    pub fn is_fault(&self) -> bool {
        matches!(self, Note::Encoding { .. })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Encoding { line, byte, read_as } => {
                write!(f, "line {line}, byte {byte}: invalid UTF-8, read as {read_as}")
            }
            Note::Date { stated } => write!(f, "the date {stated:?} is not understood"),
        }
    }
}
