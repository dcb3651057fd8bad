//! A ledger that is reviewed: who says what of it when, and what it then holds.

use crate::news::*;
use crate::shelf::*;
use detente_coder::{Act, TextField};
use detente_ledger::Ledger;
use detente_ledger::ask::{Count, Grouping, Period};
use detente_ledger::review::{Changes, Judgement, NewJudgement, Side, Verdict};
use detente_ledger::store::{Intake, Outdated, Select, StoredAct, Times, Vintage, Who};
use jiff::Timestamp;

pub const WORDS: &str = "Turkey imposed sanctions on Armenia. Greece sent food aid to Armenia on Tuesday.";

pub const DEEDS: [(&str, &str, &str); 4] = [
    ("SANCTION", "impose sanction", "sanctions"),
    ("CONSULT", "hold negotiation", "negotiations on the border"),
    ("SANCTION", "suspend negotiation", "negotiations on a border treaty"),
    ("AID", "send food", "food aid"),
];
pub const CODES: [&str; 3] = ["TUR", "ARM", "GRC"];

/// A ledger in which one article says that Turkey sanctioned Armenia.
pub fn sanctioned(shelf: &Shelf) -> (Ledger, Report) {
    let mut ledger = shelf.ledger();
    let report = shelf.report("gazette", "2024-05-02", WORDS, vec![sanction()]);
    add(&mut ledger, std::slice::from_ref(&report));
    (ledger, report)
}

pub fn sanction() -> Act {
    let mut act = on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01");
    act.confidence = 0.7;
    act
}

pub fn of(act: &str, reviewer: &str, verdict: Verdict) -> NewJudgement {
    NewJudgement { reviewer: reviewer.into(), verdict, act: Some(act.into()), ..NewJudgement::default() }
}

/// Greece "sent food aid to Armenia".
pub fn missed(report: &Report, reviewer: &str, event: &str) -> NewJudgement {
    NewJudgement {
        reviewer: reviewer.into(),
        verdict: Verdict::Missed,
        article: Some(report.article.id.clone()),
        field: Some(TextField::Text),
        start: Some(44),
        end: Some(68),
        fields: Changes {
            event: Some(event.into()),
            actor: Some(vec![Side { start: Some(37), end: Some(43), .."GRC".into() }]),
            recipient: Some(vec!["ARM".into()]),
            subject: Some("food aid".into()),
            ..Changes::default()
        },
        ..NewJudgement::default()
    }
}

pub fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).expect("a time")
}

/// Judges and settles.
#[track_caller]
pub fn judge(ledger: &mut Ledger, new: &NewJudgement, second: i64) -> Judgement {
    let judgement = ledger.judge(new, time(second), &LEXICON).expect("it is judged");
    ledger.settle(&LEXICON).expect("settled");
    judgement
}

pub fn undo(ledger: &mut Ledger, judgement: &Judgement, reviewer: &str, second: i64) {
    ledger.undo(&judgement.id, reviewer, time(second)).expect("it is taken back");
    ledger.settle(&LEXICON).expect("settled");
}

/// Codes all articles anew, by a coder that changes each act.
pub fn recode(ledger: &mut Ledger, version: &str, change: impl Fn(&mut Act)) {
    let newer = Vintage { version: version.into(), ..vintage() };
    let intake = Intake::new(&LEXICON, newer.clone());
    let outdated = ledger.outdated(&newer, 100).expect("outdated");
    let coded = |outdated: Outdated| {
        let mut coded = article(&outdated.article.id, Some("2024-05-02"), vec![sanction()], Vec::new());
        coded.acts.iter_mut().for_each(&change);
        (outdated, coded)
    };
    ledger.recode(&intake, &outdated.into_iter().map(coded).collect::<Vec<_>>()).expect("recoded");
    ledger.refold(&intake).expect("rebuilt");
}

pub fn acts(ledger: &Ledger) -> Vec<StoredAct> {
    let mut acts = Vec::new();
    ledger.acts(&Select::default(), |act| acts.push(act)).expect("acts");
    acts
}

#[track_caller]
pub fn only(ledger: &Ledger) -> StoredAct {
    let mut acts = acts(ledger);
    assert_eq!(acts.len(), 1, "{acts:#?}");
    acts.remove(0)
}

pub fn counted(ledger: &Ledger) -> usize {
    let count = Count::of(ledger, &Select::default(), Period::Year, Grouping::Quad, false).expect("counted");
    count.rows.iter().map(|row| row.acts).sum()
}

pub fn affairs_of(ledger: &Ledger) -> Vec<String> {
    lines(&ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs"))
}

pub fn add(ledger: &mut Ledger, reports: &[Report]) {
    let prepared: Vec<_> = reports.iter().map(Report::prepare).collect();
    ledger.add(&intake(), &prepared, day("2024-06-01"), None).expect("added");
    ledger.settle(&LEXICON).expect("settled");
}
