//! An article under construction: blocks of clean text, and what the source states, before anything is judged.

use jiff::civil::Date;

use crate::article::{Article, Note, Origin, Stated};
use crate::cleaner::{Cleaner, Piece};
use crate::passage::{Field, Kind, Passage, Reason};
use crate::{dateline, dates, furniture, label, language, repeats, shorthand};

/// Blocks that one article is cut into; what follows stays in one piece, so that memory is bounded.
pub(crate) const MOST_BLOCKS: usize = 50_000;

/// A paragraph, heading or line before it is judged.
#[derive(Debug)]
pub(crate) struct Block {
    pub text: String,
    pub pieces: Vec<Piece>,
    /// What the structure of its page says it is.
    pub reason: Option<Reason>,
}

impl Block {
    pub fn new(text: String, pieces: Vec<Piece>) -> Self {
        let edits = shorthand::spelled_out(&text);
        let (text, pieces) =
            if edits.is_empty() { (text, pieces) } else { crate::cleaner::replace(&text, &pieces, &edits) };
        Block { text, pieces, reason: None }
    }

    fn cut(&self, range: std::ops::Range<usize>) -> Self {
        let (text, pieces) = crate::cleaner::cut(&self.text, &self.pieces, range);
        Block { text, pieces, reason: self.reason }
    }

    fn passage(self, field: Field) -> Passage {
        Passage {
            field,
            text: self.text,
            kind: self.reason.map_or(Kind::Body, Kind::Furniture),
            dateline: None,
            day: None,
            body_start: 0,
            pieces: self.pieces,
        }
    }
}

/// What the source states about the article, as written.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub date_in_record: Option<String>,
    /// Dates found in the page, the most trusted first.
    pub dates_in_page: Vec<Stated<String>>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub author: Option<String>,
}

impl Facts {
    /// What the record states, and where it is silent what the page inside it states.
    pub fn or(self, page: Facts) -> Facts {
        Facts {
            date_in_record: self.date_in_record,
            dates_in_page: page.dates_in_page,
            url: self.url.or(page.url),
            source: self.source.or(page.source),
            author: self.author.or(page.author),
        }
    }
}

/// The parts of an article before they are judged.
#[derive(Debug)]
pub(crate) struct Draft {
    pub facts: Facts,
    pub title: Option<Block>,
    pub blocks: Vec<Block>,
    pub title_chars: usize,
    pub text_chars: usize,
}

impl Draft {
    pub fn new(facts: Facts, blocks: Vec<Block>) -> Self {
        Draft { facts, title: None, blocks, title_chars: 0, text_chars: 0 }
    }

    /// Takes a title that is a text of its own.
    pub fn set_title(&mut self, title: &str) {
        let mut cleaner = Cleaner::default();
        self.title_chars = cleaner.push(title, 0);
        if !cleaner.is_empty() {
            let (text, pieces) = cleaner.take();
            self.title = Some(Block::new(text, pieces));
        }
    }

    /// Takes the first line for the title where it reads as a headline and a text follows.
    pub fn find_title(&mut self) {
        for i in 0..self.blocks.len().min(4) {
            let text = &self.blocks[i].text;
            if furniture::is_headline(text) {
                let longer = self.blocks[i + 1..].iter().any(|b| b.text.len() > text.len().max(60));
                if longer {
                    self.title = Some(self.blocks.remove(i));
                }
                return;
            }
            if furniture::reason(text).is_none() {
                return;
            }
        }
    }

    /// Judges every block and makes the article.
    pub fn finish(self, id: String) -> Article {
        let Facts { date_in_record, dates_in_page, url, source, author } = self.facts;
        let mut passages = Vec::with_capacity(self.blocks.len() + 1);
        passages.extend(self.title.map(|title| title.passage(Field::Title)));
        for block in self.blocks {
            split(block, &mut passages);
        }
        let mut article = Article {
            id,
            date: None,
            url,
            source,
            agency: None,
            author,
            place: None,
            language: None,
            passages,
            title_chars: self.title_chars,
            text_chars: self.text_chars,
            coded: None,
            notes: Vec::new(),
        };
        for passage in &mut article.passages {
            if passage.field == Field::Text
                && passage.is_body()
                && let Some(reason) = furniture::reason(&passage.text)
            {
                passage.kind = Kind::Furniture(reason);
            }
        }
        keep_correction(&mut article);
        read_datelines(&mut article);
        date(&mut article, date_in_record, dates_in_page);
        read_labels(&mut article);
        read_byline(&mut article);
        mark_foreign(&mut article);
        repeats::mark(&mut article.passages);
        article
    }
}

/// Where nothing else is left of an article, what its editor puts right is its report.
fn keep_correction(article: &mut Article) {
    let is_report = |passage: &Passage| passage.field == Field::Text && passage.is_body();
    if article.passages.iter().any(is_report) {
        return;
    }
    for passage in &mut article.passages {
        if passage.kind == Kind::Furniture(Reason::Notice) && furniture::is_correction(&passage.text) {
            passage.kind = Kind::Body;
        }
    }
}

/// Cuts furniture off that is glued to the end of a paragraph.
fn split(block: Block, passages: &mut Vec<Passage>) {
    let tail = if block.reason.is_none() { furniture::glued_tail(&block.text) } else { None };
    let Some(tail) = tail else {
        passages.push(block.passage(Field::Text));
        return;
    };
    let head = block.text[..tail.start].trim_end().len();
    if head > 0 {
        passages.push(block.cut(0..head).passage(Field::Text));
    }
    let mut rest = block.cut(tail.start..block.text.len());
    rest.reason = Some(tail.reason);
    passages.push(rest.passage(Field::Text));
}

fn read_datelines(article: &mut Article) {
    // A dateline opens the report: it stands in the first paragraphs or nowhere.
    let is_report = |passage: &&Passage| passage.field == Field::Text && passage.is_body();
    // Where several paragraphs open with a name and a colon, it is who speaks.
    let labels =
        article.passages.iter().filter(is_report).filter(|p| dateline::before_colon(&p.text).is_some()).count();
    for passage in article.passages.iter_mut().filter(|p| p.field == Field::Text && p.is_body()).take(3) {
        let by_colon = || dateline::before_colon(&passage.text).filter(|_| labels == 1);
        let Some((dateline, end)) = dateline::read(&passage.text).or_else(by_colon) else { continue };
        passage.body_start = end;
        article.place = dateline.place.clone();
        article.agency = dateline.agency.clone();
        passage.dateline = Some(dateline);
        return;
    }
}

/// Finds where the words of entries begin, and the day of each.
fn read_labels(article: &mut Article) {
    let reported = article.date.as_ref().map(|stated| stated.value);
    let mut year = None;
    for passage in article.passages.iter_mut().filter(|p| p.field == Field::Text) {
        year = label::year(&passage.text).or(year);
        if !passage.is_body() || passage.dateline.is_some() {
            continue;
        }
        if let Some((dateline, end)) = dateline::of_another_story(&passage.text) {
            passage.dateline = Some(dateline);
            passage.body_start = end;
        } else if let Some(label) = label::read(&passage.text) {
            passage.day = label.day_in(year, reported);
            passage.body_start = label.end;
        }
    }
}

fn date(article: &mut Article, record: Option<String>, page: Vec<Stated<String>>) {
    let mut stated: Vec<Stated<String>> = page;
    stated.extend(record.map(|words| Stated::new(words, Origin::Record)));
    stated.sort_by_key(|s| s.origin);
    for Stated { value, origin } in stated {
        match dates::read(&value) {
            Some(day) => {
                article.date = Some(Stated::new(day, origin));
                return;
            }
            None => article.notes.push(Note::Date { stated: value }),
        }
    }
    article.date = date_in_lines(article)
        .map(|day| Stated::new(day, Origin::Line))
        .or_else(|| dateline_day(article).map(|day| Stated::new(day, Origin::Dateline)))
        .or_else(|| article.url.as_deref().and_then(dates::in_address).map(|day| Stated::new(day, Origin::Url)));
}

fn date_in_lines(article: &Article) -> Option<Date> {
    article
        .passages
        .iter()
        .filter(|p| p.kind == Kind::Furniture(Reason::Timestamp))
        .filter(|p| !p.text.to_ascii_lowercase().contains("updated") || p.text.to_ascii_lowercase().contains("publi"))
        .find_map(|p| dates::find(&p.text))
        .or_else(|| {
            article
                .passages
                .iter()
                .filter(|p| p.kind == Kind::Furniture(Reason::Timestamp))
                .find_map(|p| dates::find(&p.text))
        })
}

fn dateline_day(article: &Article) -> Option<Date> {
    article.passages.iter().find_map(|p| p.dateline.as_ref()?.day)
}

fn read_byline(article: &mut Article) {
    for passage in &article.passages {
        match passage.kind {
            Kind::Furniture(Reason::Byline) if article.author.is_none() => {
                article.author = furniture::author(&passage.text);
            }
            Kind::Furniture(Reason::EndMark) if article.agency.is_none() => {
                article.agency = dateline::agency_in(&passage.text).map(str::to_owned);
            }
            _ => {}
        }
    }
}

fn mark_foreign(article: &mut Article) {
    // A line of another language may look like a heading for want of an English verb.
    let may_be_foreign =
        |p: &Passage| p.is_body() || matches!(p.kind, Kind::Furniture(Reason::Heading | Reason::SectionLabel));
    let mut verdicts = Vec::with_capacity(article.passages.len());
    let mut totals: Vec<(language::Language, usize)> = Vec::new();
    for passage in &article.passages {
        let verdict = if may_be_foreign(passage) { language::detect(&passage.text) } else { None };
        if let Some(language) = verdict {
            match totals.iter_mut().find(|(l, _)| *l == language) {
                Some((_, bytes)) => *bytes += passage.text.len(),
                None => totals.push((language, passage.text.len())),
            }
        }
        verdicts.push(verdict);
    }
    article.language = totals.iter().max_by_key(|(_, bytes)| *bytes).map(|(language, _)| *language);
    let Some(main) = article.language else { return };
    for (passage, verdict) in article.passages.iter_mut().zip(verdicts) {
        let language = verdict.unwrap_or(main);
        if !language.is_english() && (passage.is_body() || (verdict.is_some() && may_be_foreign(passage))) {
            passage.kind = Kind::Foreign { language };
        }
    }
}
