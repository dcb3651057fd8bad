//! Acts and circumstances made by hand.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::LazyLock;

use detente_coder::{
    Act, Attribution, AttributionKind, CiteInfo, Coded, Epoch, Factuality, Party, Precision, Span, Standing, TextField,
    TextInfo, Via,
};
use detente_ledger::Affair;
use detente_lexicon::Lexicon;
use jiff::civil::Date;

pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::builtin().expect("the lexicon"));

pub fn party(code: &str) -> Party {
    let is_organisation = LEXICON.actor(code).is_some_and(|a| a.kind == detente_lexicon::ActorKind::Organisation);
    Party {
        code: Some(code.to_owned()),
        sector: vec![if is_organisation { "IGO" } else { "GOV" }.to_owned()],
        name: None,
        office: None,
        entity_text: code.to_owned(),
        start: 0,
        end: 1,
        via: Via::Name,
        antecedent: None,
    }
}

fn parties(codes: &[&str]) -> Vec<Party> {
    codes.iter().map(|code| party(code)).collect()
}

pub fn article_word() -> Attribution {
    Attribution { speaker: None, code: None, kind: AttributionKind::Article }
}

/// An act that took place; `words` are the matched lemmas.
pub fn act(actors: &[&str], event: &str, recipients: &[&str], words: &str, subject: &str) -> Act {
    Act {
        id: format!("{}-{event}-{}-{words}-{subject}", actors.join("+"), recipients.join("+")),
        article: String::new(),
        date: None,
        date_precision: Precision::Unknown,
        date_reported: None,
        event: vec![event.to_owned()],
        about: None,
        mode: Vec::new(),
        context: Vec::new(),
        quad_code: 1,
        event_scale: 0.0,
        actor: parties(actors),
        recipient: parties(recipients),
        third: Vec::new(),
        factuality: Factuality::Actual,
        epoch: Epoch::New,
        attribution: article_word(),
        because_of: None,
        content_of: None,
        event_loc: None,
        event_text: subject.to_owned(),
        evidence: Span { start: 0, end: 1 },
        matched: Vec::new(),
        lemmas: words.split(' ').map(str::to_owned).collect(),
        text_info: TextInfo { field: TextField::Text, sequence: 0, start: 0, end: 1 },
        cues: Vec::new(),
        repeats: Vec::new(),
        subject: (!subject.is_empty()).then(|| subject.to_owned()),
        rule: String::new(),
        confidence: 1.0,
        link: None,
        cite_info: CiteInfo::default(),
        coder: "",
        version: "",
    }
}

pub fn standing(kind: &str, state: &str, actors: &[&str], recipients: &[&str], territory: &[&str]) -> Standing {
    Standing {
        article: String::new(),
        kind: kind.to_owned(),
        state: state.to_owned(),
        actor: parties(actors),
        recipient: parties(recipients),
        territory: territory.iter().map(ToString::to_string).collect(),
        subject: None,
        date: None,
        date_precision: Precision::Unknown,
        epoch: Epoch::New,
        factuality: Factuality::Actual,
        attribution: article_word(),
        field: TextField::Text,
        evidence: Span { start: 0, end: 1 },
        event_text: String::new(),
        rule: String::new(),
    }
}

pub fn on(mut act: Act, date: &str) -> Act {
    act.date = Some(day(date));
    act.date_precision = Precision::Day;
    act
}

pub fn day(date: &str) -> Date {
    date.parse().expect("a date")
}

pub fn says(mut act: Act, code: &str) -> Act {
    act.attribution = Attribution {
        speaker: Some(format!("minister of {code}")),
        code: Some(code.to_owned()),
        kind: AttributionKind::Statement,
    };
    act
}

/// An article: its acts in the order of the text.
pub fn article(id: &str, date: Option<&str>, acts: Vec<Act>, standings: Vec<Standing>) -> Coded {
    let date = date.map(day);
    let mut coded = Coded { article: id.to_owned(), date, acts, standings, ..Coded::default() };
    for (number, act) in coded.acts.iter_mut().enumerate() {
        act.article = id.to_owned();
        act.id = format!("{id}-{}", act.id);
        act.date_reported = date;
        let start = number as u32 * 100;
        act.evidence = Span { start, end: start + 50 };
        act.text_info = TextInfo { field: TextField::Text, sequence: number as u32, start, end: start + 99 };
    }
    for (number, standing) in coded.standings.iter_mut().enumerate() {
        standing.article = id.to_owned();
        let start = 10_000 + number as u32 * 100;
        standing.evidence = Span { start, end: start + 50 };
    }
    coded
}

pub fn fold(coded: &[Coded]) -> Vec<Affair> {
    detente_ledger::fold(coded, &LEXICON)
}

/// The affairs of one article without a date.
pub fn affairs(acts: Vec<Act>) -> Vec<Affair> {
    fold(&[article("a", None, acts, Vec::new())])
}

/// The only affair of one article.
#[track_caller]
pub fn affair(acts: Vec<Act>) -> Affair {
    let mut affairs = affairs(acts);
    assert_eq!(affairs.len(), 1, "{affairs:#?}");
    affairs.remove(0)
}

/// Kind, parties, subject and state in one line.
pub fn line(affair: &Affair) -> String {
    let subject = affair.subject.as_ref().map_or(String::new(), |subject| format!(" ({subject})"));
    format!("{} {}{subject}: {}", affair.kind, affair.parties.join("-"), affair.state)
}

pub fn lines(affairs: &[Affair]) -> Vec<String> {
    affairs.iter().map(line).collect()
}
