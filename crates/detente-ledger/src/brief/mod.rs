//! The brief: where each relation stands, who brought it there, and the passages that say so.

mod html;
mod lanes;
mod page;
mod source;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Write as _,
};

use detente_coder::{Act, Attribution, AttributionKind, Coded, Factuality, Party, Precision, Span, TextField};
use detente_lexicon::{ActorKind, Lexicon, Sides};
use jiff::civil::Date;

use crate::affair::{Affair, Entry};
use lanes::Lanes;
pub use page::Style;
pub(crate) use page::{Block, Page, printable};
pub use source::Source;
pub(crate) use source::byte_at;

/// The longest subject that a line shows, in characters.
pub(crate) const LONGEST_SUBJECT: usize = 90;

/// Acts and affairs of some articles, to be written for a reader.
#[derive(Clone, Copy, Debug)]
pub struct Brief<'b> {
    /// What the articles were coded to.
    pub coded: &'b [Coded],
    /// The articles.
    pub sources: &'b [Source],
    /// The affairs that the acts fold into.
    pub affairs: &'b [Affair],
    /// The lexicon, for names.
    pub lexicon: &'b Lexicon,
}

/// A relation: the states whose matters and acts stand together, or nothing for acts within a state.
type Relation = BTreeSet<String>;

/// Relations with their affairs and acts; those with an affair first.
type Relations<'b> = BTreeMap<(bool, Relation), (Vec<&'b Affair>, Vec<&'b Act>)>;

impl Brief<'_> {
    /// Writes it for a terminal.
    pub fn text(&self, style: Style) -> String {
        self.page().text(style)
    }

    /// Writes it in Markdown.
    pub fn markdown(&self) -> String {
        self.page().markdown()
    }

    /// Writes it as one HTML file that needs nothing else, with a picture of each relation over time.
    pub fn html(&self) -> String {
        let mut parties: Vec<String> = Vec::new();
        for code in self.affairs.iter().flat_map(|affair| self.relation(&affair.parties)) {
            let name = self.name(&code);
            if !parties.contains(&name) {
                parties.push(name);
            }
        }
        let title = match (parties.len(), self.sources) {
            (2, _) => parties.join(" – "),
            (_, [only]) => only.title.clone().unwrap_or_else(|| only.id.clone()),
            _ => "Relations".to_owned(),
        };
        self.page().html(&title)
    }

    fn page(&self) -> Page {
        let mut numbers = Numbers::new(self.sources);
        let mut page = Page::default();
        for source in self.sources {
            self.article(source, &mut page);
        }
        self.relations(&Notes::new(), "Acts", &mut numbers, &mut page);
        numbers.passages(self.sources.len() > 1, &mut page);
        page
    }

    /// Writes affairs and acts, relation by relation, each with what else is to be told of it.
    pub(crate) fn relations(
        &self,
        notes: &Notes,
        acts_heading: &'static str,
        numbers: &mut Numbers<'_>,
        page: &mut Page,
    ) {
        let mut relations: Relations<'_> = BTreeMap::new();
        let with_affairs: BTreeSet<Relation> =
            self.affairs.iter().map(|affair| self.relation(&affair.parties)).collect();
        for affair in self.affairs {
            relations.entry((false, self.relation(&affair.parties))).or_default().0.push(affair);
        }
        for act in self.acts() {
            let relation = self.relation(&codes(act));
            let relation = if relation.len() < 2 { Relation::new() } else { relation };
            relations.entry((!with_affairs.contains(&relation), relation)).or_default().1.push(act);
        }
        if relations.is_empty() {
            page.push(Block::Line("No act was found.".to_owned()));
        }
        let (others, relations): (Vec<_>, Vec<_>) =
            relations.into_iter().partition(|((_, relation), _)| relation.is_empty());
        for ((_, relation), (affairs, acts)) in relations.into_iter().chain(others) {
            let names: Vec<String> = relation.iter().map(|code| self.name(code)).collect();
            page.push(Block::Title(if names.is_empty() { "Other acts".to_owned() } else { names.join(" – ") }));
            if let Some(lanes) = Lanes::of(&affairs, &acts, self.lexicon) {
                page.push(Block::Lanes(lanes));
            }
            if !affairs.is_empty() {
                page.push(Block::Heading("Standing"));
                for affair in affairs {
                    self.affair(affair, numbers, page);
                    details(notes, &affair.id, numbers, page);
                }
            }
            if !acts.is_empty() {
                if !names.is_empty() {
                    page.push(Block::Heading(acts_heading));
                }
                for act in acts {
                    let line = self.act(act, numbers);
                    page.push(Block::Item(line));
                    details(notes, &act.id, numbers, page);
                }
            }
        }
    }

    /// Acts in order of time, then of the text.
    fn acts(&self) -> Vec<&Act> {
        let mut acts: Vec<&Act> = self.coded.iter().flat_map(|coded| &coded.acts).collect();
        let at = |act: &Act| act.date.or(if act.epoch == detente_coder::Epoch::New { act.date_reported } else { None });
        acts.sort_by(|a, b| {
            let key = |act| (at(act).is_some(), at(act));
            (a.epoch == detente_coder::Epoch::New && at(a).is_none())
                .cmp(&(b.epoch == detente_coder::Epoch::New && at(b).is_none()))
                .then(key(a).cmp(&key(b)))
                .then(b.epoch.cmp(&a.epoch))
                .then(a.article.cmp(&b.article))
                .then((a.text_info.field == TextField::Title).cmp(&(b.text_info.field == TextField::Title)))
                .then(a.evidence.cmp(&b.evidence))
                .then(a.id.cmp(&b.id))
        });
        acts
    }

    fn article(&self, source: &Source, page: &mut Page) {
        let mut line = source.id.clone();
        if let Some(title) = &source.title {
            let _ = write!(line, ": {title}");
        }
        page.push(Block::Line(line));
        let date = match source.date {
            Some((date, origin)) => format!("date {date} ({origin})"),
            None => "no date is stated: days that count from it stay unknown".to_owned(),
        };
        page.push(Block::Note(date));
        let count: usize = source.left_out.iter().map(|(_, count)| count).sum();
        if count > 0 {
            let why: Vec<String> = source.left_out.iter().map(|(why, count)| format!("{why} {count}")).collect();
            let passages = if count == 1 { "passage" } else { "passages" };
            page.push(Block::Note(format!("{count} {passages} left out: {}", why.join(", "))));
        }
    }

    pub(crate) fn affair(&self, affair: &Affair, numbers: &mut Numbers<'_>, page: &mut Page) {
        let mut line = affair.kind.clone();
        let subject = affair.subject.as_deref().or(affair.object.as_deref());
        let sides = match self.lexicon.machines.iter().find(|machine| machine.kind == affair.kind.as_str()) {
            Some(machine) if machine.sides == Sides::Directed => {
                affair.parties.iter().map(|code| self.name(code)).collect()
            }
            _ => Vec::new(),
        };
        let mut about: Vec<String> = Vec::new();
        if !sides.is_empty() {
            about.push(sides.join(" towards "));
        }
        about.extend(subject.map(|subject| shorten(subject, LONGEST_SUBJECT)));
        if affair.subject.is_some() {
            about.extend(affair.object.clone());
        }
        if !about.is_empty() {
            let _ = write!(line, " ({})", about.join("; "));
        }
        let _ = write!(line, ": {}", affair.state);
        match shown_date(affair.since, affair.since_precision) {
            Some(date) => {
                let _ = write!(line, " since {date}");
            }
            None => line.push_str(", since when is not said"),
        }
        if let Some(entry) = affair.mover() {
            line.push_str(&self.source_of(entry, numbers));
        }
        page.push(Block::Item(line));
        if affair.holder.is_some() || !affair.claimants.is_empty() {
            page.push(Block::Detail(self.claim(affair)));
        }
        for account in &affair.accounts {
            let entry = affair
                .entries
                .iter()
                .rev()
                .find(|entry| entry.act == account.act && entry.state.as_ref() == Some(&account.state));
            let mark = entry.and_then(|entry| numbers.of_entry(entry)).unwrap_or_default();
            page.push(Block::Detail(format!("by the account of {}: {}{mark}", self.name(&account.by), account.state)));
        }
    }

    fn claim(&self, affair: &Affair) -> String {
        let mut said = Vec::new();
        if !affair.claimants.is_empty() {
            let claimants: Vec<String> = affair.claimants.iter().map(|code| self.name(code)).collect();
            said.push(format!("claimed by {}", claimants.join(", ")));
        }
        said.extend(affair.holder.as_ref().map(|holder| format!("held by {}", self.name(holder))));
        if !affair.parts.is_empty() {
            said.push(format!("parts: {}", affair.parts.join(", ")));
        }
        said.join("; ")
    }

    fn source_of(&self, entry: &Entry, numbers: &mut Numbers<'_>) -> String {
        let mut said = String::new();
        if !entry.movers.is_empty() {
            let movers: Vec<String> = entry.movers.iter().map(|code| self.name(code)).collect();
            let _ = write!(said, " — by {}", movers.join(" and "));
        }
        let word = self.word(&entry.attribution);
        let _ = write!(
            said,
            ", {}",
            if word.is_empty() { "on the article's word".to_owned() } else { format!("on the word of {word}") }
        );
        said.push_str(&numbers.of_entry(entry).unwrap_or_default());
        said
    }

    pub(crate) fn act(&self, act: &Act, numbers: &mut Numbers<'_>) -> String {
        let names = |parties: &[Party]| parties.iter().map(|party| self.party(party)).collect::<Vec<_>>().join(", ");
        let mut line = shown_date(act.date, act.date_precision).unwrap_or_else(|| "no date".to_owned());
        let _ = write!(line, "  {}{}", sides(&names(&act.actor), &names(&act.recipient)), act.event.join(" "));
        if let Some(about) = &act.about {
            let _ = write!(line, " about {about}");
        }
        if !act.mode.is_empty() {
            let _ = write!(line, " ({})", act.mode.join(", "));
        }
        if act.factuality != Factuality::Actual {
            let _ = write!(line, ", {}", act.factuality);
        }
        if let Some(subject) = &act.subject {
            let _ = write!(line, ": {}", shorten(subject, LONGEST_SUBJECT));
        }
        if !act.third.is_empty() {
            let _ = write!(line, " (third: {})", names(&act.third));
        }
        let word = self.word(&act.attribution);
        if !word.is_empty() {
            let _ = write!(line, " — says {word}");
        }
        let sentence = Span { start: act.text_info.start, end: act.text_info.end };
        line.push_str(&numbers.of(&act.article, act.text_info.field, sentence).unwrap_or_default());
        line
    }

    fn party(&self, party: &Party) -> String {
        match (&party.code, &party.office) {
            (Some(code), Some(office)) => format!("{} ({office})", self.name(code)),
            (Some(code), None) => self.name(code),
            (None, _) => format!("“{}”", shorten(&party.entity_text, LONGEST_SUBJECT)),
        }
    }

    pub(crate) fn word(&self, attribution: &Attribution) -> String {
        let by = match (&attribution.speaker, &attribution.code) {
            (Some(speaker), Some(code)) if !speaker.contains(&self.name(code)) => {
                format!("{speaker} ({})", self.name(code))
            }
            (Some(speaker), _) => speaker.clone(),
            (None, Some(code)) => self.name(code),
            (None, None) if attribution.kind == AttributionKind::Article => return String::new(),
            (None, None) => "somebody".to_owned(),
        };
        match attribution.kind {
            AttributionKind::Article => String::new(),
            AttributionKind::Statement => by,
            AttributionKind::Quotation => format!("{by}, quoted"),
        }
    }

    pub(crate) fn name(&self, code: &str) -> String {
        self.lexicon.actor(code).map_or_else(|| code.to_owned(), |actor| actor.title.to_string())
    }

    /// The states among the codes, or all where there are not two of them.
    fn relation(&self, codes: &[String]) -> Relation {
        let is_state = |code: &&String| self.lexicon.actor(code).is_none_or(|actor| actor.kind == ActorKind::State);
        let states: Relation = codes.iter().filter(is_state).cloned().collect();
        if states.len() > 1 { states } else { codes.iter().cloned().collect() }
    }
}

/// Who acts towards whom, before the type of an act; nothing where nobody is known.
pub(crate) fn sides(actors: &str, recipients: &str) -> String {
    match (actors, recipients) {
        ("", "") => String::new(),
        (actors, "") => format!("{actors}: "),
        ("", recipients) => format!("→ {recipients}: "),
        (actors, recipients) => format!("{actors} → {recipients}: "),
    }
}

/// What else is to be told of acts and affairs, by their ids.
pub(crate) type Notes = BTreeMap<String, Vec<Note>>;

/// A remark on an act or affair, and the words that show it.
#[derive(Debug)]
pub(crate) struct Note {
    pub text: String,
    /// Article, field and place of the words.
    pub shown: Option<(String, TextField, Span)>,
}

fn details(notes: &Notes, id: &str, numbers: &mut Numbers<'_>, page: &mut Page) {
    for note in notes.get(id).into_iter().flatten() {
        let shown = note.shown.as_ref();
        let mark = shown.and_then(|(article, field, span)| numbers.of(article, *field, *span)).unwrap_or_default();
        page.push(Block::Detail(format!("{}{mark}", note.text)));
    }
}

/// Passages in the order in which they are referred to: source and excerpt.
pub(crate) struct Numbers<'b> {
    sources: &'b [Source],
    by_id: HashMap<&'b str, usize>,
    shown: Vec<(usize, usize)>,
}

impl<'b> Numbers<'b> {
    pub fn new(sources: &'b [Source]) -> Numbers<'b> {
        let by_id = sources.iter().enumerate().rev().map(|(number, source)| (source.id.as_str(), number)).collect();
        Numbers { sources, by_id, shown: Vec::new() }
    }

    /// Writes the passages that were referred to.
    pub fn passages(&self, with_labels: bool, page: &mut Page) {
        if !self.shown.is_empty() {
            page.push(Block::Title("Passages".to_owned()));
        }
        for (number, &(source, excerpt)) in self.shown.iter().enumerate() {
            let source = &self.sources[source];
            let excerpt = &source.excerpts()[excerpt];
            let mut line = String::new();
            if with_labels {
                let _ = write!(line, "{}: ", source.label);
            }
            if excerpt.field == TextField::Title {
                line.push_str("(title) ");
            }
            line.push_str(&excerpt.text);
            page.push(Block::Passage(number + 1, line));
        }
    }

    pub fn of(&mut self, article: &str, field: TextField, span: Span) -> Option<String> {
        let source = *self.by_id.get(article)?;
        let excerpt = self.sources[source].excerpt(field, span)?;
        let number = self.shown.iter().position(|&known| known == (source, excerpt)).unwrap_or_else(|| {
            self.shown.push((source, excerpt));
            self.shown.len() - 1
        });
        Some(format!(" [{}]", number + 1))
    }

    pub fn of_entry(&mut self, entry: &Entry) -> Option<String> {
        self.of(&entry.article, entry.field, Span { start: entry.start, end: entry.end })
    }
}

fn codes(act: &Act) -> Vec<String> {
    act.actor.iter().chain(&act.recipient).filter_map(|party| party.code.clone()).collect()
}

pub(crate) fn shown_date(date: Option<Date>, precision: Precision) -> Option<String> {
    let date = date?;
    match precision {
        Precision::Day => Some(date.to_string()),
        Precision::Month => Some(format!("{:04}-{:02}", date.year(), date.month())),
        Precision::Year => Some(format!("{:04}", date.year())),
        Precision::Unknown => None,
    }
}

pub(crate) fn shorten(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => {
            let end = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &text[..end])
        }
    }
}
