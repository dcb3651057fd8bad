//! What a brief needs of an article once it is coded: title, date, passages left out, sentences shown.

use std::collections::BTreeMap;

use detente_coder::{Coded, Span, TextField};
use detente_text::{Article, Field, Kind, Origin, Passage};
use jiff::civil::Date;

/// The longest stretch that is shown beside a circumstance on either side, in characters.
const REACH: u32 = 400;

/// An article as a brief shows it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The record's id, or the file.
    pub id: String,
    /// What stands before its sentences.
    pub(super) label: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date and where that is stated.
    pub date: Option<(Date, Origin)>,
    /// Why passages were left out of coding, and how many.
    pub left_out: Vec<(String, usize)>,
    excerpts: Vec<Excerpt>,
}

/// A sentence that is shown.
#[derive(Clone, Debug)]
pub(super) struct Excerpt {
    pub field: TextField,
    pub span: Span,
    pub text: String,
}

impl Source {
    /// Takes from an article what a brief shows of it; the article itself is needed no more.
    pub fn new(article: &Article, coded: &Coded) -> Source {
        let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
        for (_, passage) in article.left_out() {
            let why = match passage.kind {
                Kind::Repeat { .. } => "repeat".to_owned(),
                kind => kind.to_string(),
            };
            *left_out.entry(why).or_default() += 1;
        }
        let mut source = Source {
            id: coded.article.clone(),
            label: coded.article.clone(),
            title: article.title().map(|title| title.text.clone()),
            date: article.date.as_ref().map(|date| (date.value, date.origin)),
            left_out: left_out.into_iter().collect(),
            excerpts: Vec::new(),
        };
        for act in &coded.acts {
            let span = Span { start: act.text_info.start, end: act.text_info.end };
            source.add(article, act.text_info.field, span, false);
        }
        for standing in &coded.standings {
            source.add(article, standing.field, standing.evidence, true);
        }
        source
    }

    /// A source with sentences that were kept.
    pub(crate) fn kept(id: String, label: String, passages: Vec<(TextField, Span, String)>) -> Source {
        let excerpts = passages.into_iter().map(|(field, span, text)| Excerpt { field, span, text }).collect();
        Source { id, label, title: None, date: None, left_out: Vec::new(), excerpts }
    }

    /// The sentences that are shown: field, place and words.
    pub(crate) fn into_passages(self) -> Vec<(TextField, Span, String)> {
        self.excerpts.into_iter().map(|excerpt| (excerpt.field, excerpt.span, excerpt.text)).collect()
    }

    /// The sentence that holds the words.
    pub(super) fn excerpt(&self, field: TextField, span: Span) -> Option<usize> {
        let holds = |e: &Excerpt| e.field == field && e.span.start <= span.start && span.start < e.span.end;
        self.excerpts.iter().position(holds)
    }

    pub(super) fn excerpts(&self) -> &[Excerpt] {
        &self.excerpts
    }

    fn add(&mut self, article: &Article, field: TextField, span: Span, is_part: bool) {
        if self.excerpt(field, span).is_none() {
            self.excerpts.extend(Excerpt::of(article, field, span, is_part));
        }
    }

    /// The sentence of an article around some words, as far as signs tell.
    pub(crate) fn sentence(article: &Article, field: TextField, span: Span) -> Option<(Span, String)> {
        Excerpt::of(article, field, span, true).map(|excerpt| (excerpt.span, excerpt.text))
    }
}

impl Excerpt {
    fn of(article: &Article, field: TextField, span: Span, is_part: bool) -> Option<Excerpt> {
        let is_there = |passage: &&Passage| {
            let whole = passage.span();
            let same = (passage.field == Field::Title) == (field == TextField::Title);
            same && whole.start <= span.start as usize && (span.start as usize) < whole.end
        };
        let passage = article.passages.iter().find(is_there)?;
        let (mut from, mut to) = (byte_at(passage, span.start), byte_at(passage, span.end));
        if is_part {
            let low = byte_at(passage, span.start.saturating_sub(REACH));
            let high = byte_at(passage, span.end.saturating_add(REACH));
            from = passage.text[low..from].rfind(". ").map_or(low, |at| low + at + 2);
            to = passage.text[to..high].find(". ").map_or(high, |at| to + at + 1);
        }
        let shown = passage.source_span(from..to);
        let span = Span { start: shown.start as u32, end: shown.end as u32 };
        Some(Excerpt { field, span, text: passage.text[from..to].trim().to_owned() })
    }
}

/// The byte of a passage where a character of the source stands.
pub(crate) fn byte_at(passage: &Passage, character: u32) -> usize {
    let text = passage.text.as_str();
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let start = |at: usize| {
        let width = text[at..].chars().next().map_or(0, char::len_utf8);
        passage.source_span(at..at + width).start
    };
    let before = bounds.partition_point(|&at| start(at) < character as usize);
    bounds.get(before).copied().unwrap_or(text.len())
}
