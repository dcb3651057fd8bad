//! A digest tells what the ledger tells, whether it was read at once or kept up.

use crate::news::*;
use crate::shelf::*;
use detente_coder::Act;
use detente_ledger::Ledger;
use detente_ledger::ask::digest::Order;
use detente_ledger::ask::{Count, Digest, Filter, Grouping, Period};
use detente_ledger::review::{NewJudgement, Verdict};
use detente_ledger::store::{Select, Times, Who};
use jiff::Timestamp;
use proptest::prelude::*;

const STATES: [&str; 4] = ["TUR", "ARM", "GEO", "IRN"];
const EVENTS: [(&str, u8); 3] = [("CONSULT", 1), ("AID", 2), ("SANCTION", 4)];
const OUTLETS: [&str; 2] = ["gazette", "wire"];

/// Outlet, day, actor, recipient (none: together with the next state) and type of a report.
type Made = (usize, i8, usize, usize, usize);

fn made() -> impl Strategy<Value = Made> {
    (0..OUTLETS.len(), 1..9i8, 0..STATES.len(), 0..=STATES.len(), 0..EVENTS.len())
}

fn report(shelf: &Shelf, number: usize, (outlet, day, actor, recipient, event): Made) -> Report {
    let (event, quad) = EVENTS[event];
    let next = STATES[(actor + 1) % STATES.len()];
    let (actors, recipients) = match STATES.get(recipient) {
        Some(recipient) => (vec![STATES[actor]], vec![*recipient]),
        None => (vec![STATES[actor], next], Vec::new()),
    };
    let mut said = on(act(&actors, event, &recipients, "do it", ""), &format!("2024-05-0{day}"));
    said.id = format!("{number}-{}", said.id);
    (said.quad_code, said.event_scale) = (quad, f32::from(quad));
    let words = format!("Report {number} of what was done on day {day}.");
    shelf.report(OUTLETS[outlet], &format!("2024-05-0{day}"), &words, vec![said])
}

fn acts(ledger: &Ledger, select: &Select) -> Vec<Act> {
    let mut acts = Vec::new();
    ledger.acts(select, |act| acts.push(act.act)).expect("acts");
    acts
}

/// All that a digest tells.
fn told(digest: &Digest) -> String {
    let filters = [
        Filter::default(),
        Filter { who: Who::One("TUR".into()), ..Filter::default() },
        Filter { source: Some("wire".into()), quads: vec![1], ..Filter::default() },
        Filter { times: Times { as_of: Some(day("2024-05-04")), known_by: None }, ..Filter::default() },
        Filter { times: Times { as_of: None, known_by: Some(day("2024-06-01")) }, ..Filter::default() },
    ];
    filters.iter().fold(String::new(), |told, filter| {
        format!(
            "{told}{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n",
            digest.pair_sums(filter, true),
            digest.states(filter),
            digest.by_day(filter),
            digest.acts(filter, Order::Latest).len(),
            digest.articles(filter).len(),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn kept_up_it_is_as_read_anew(first in prop::collection::vec(made(), 1..6), second in prop::collection::vec(made(), 1..6), judged in 0..4usize) {
        let shelf = Shelf::new();
        let mut ledger = shelf.ledger();
        let mut digest = Digest::of(&ledger).expect("a digest");
        let all = first.iter().chain(&second).enumerate().map(|(number, made)| report(&shelf, number, *made));
        for (number, report) in all.enumerate() {
            let learned = if number < first.len() { "2024-06-01" } else { "2024-06-02" };
            ledger.add(&intake(), &[report.prepare()], day(learned), None).expect("it is added");
            ledger.settle(&LEXICON).expect("it is settled");
            digest = digest.updated(&ledger).expect("it is updated");
        }
        ledger.add(&intake(), &[report(&shelf, 0, first[0]).prepare()], day("2024-05-31"), None).expect("it is known");
        digest = digest.updated(&ledger).expect("it is updated");
        prop_assert_eq!(told(&digest), told(&Digest::of(&ledger).expect("a digest")));

        for act in acts(&ledger, &Select::default()).into_iter().take(judged) {
            let said = NewJudgement { reviewer: "Anna".into(), verdict: Verdict::Reject, act: Some(act.id), ..NewJudgement::default() };
            let judgement = ledger.judge(&said, Timestamp::now(), &LEXICON).expect("it is judged");
            digest = digest.updated(&ledger).expect("it is updated before it is settled");
            ledger.settle(&LEXICON).expect("it is settled");
            digest = digest.updated(&ledger).expect("it is updated");
            prop_assert_eq!(told(&digest), told(&Digest::of(&ledger).expect("a digest")));
            if judged % 2 == 0 {
                ledger.undo(&judgement.id, "Anna", Timestamp::now()).expect("it is undone");
                ledger.settle(&LEXICON).expect("it is settled");
                digest = digest.updated(&ledger).expect("it is updated");
                prop_assert_eq!(told(&digest), told(&Digest::of(&ledger).expect("a digest")));
            }
        }
    }

    #[test]
    fn it_counts_as_the_ledger_counts(reports in prop::collection::vec(made(), 1..12)) {
        let shelf = Shelf::new();
        let mut ledger = shelf.ledger();
        for (number, made) in reports.iter().enumerate() {
            ledger.add(&intake(), &[report(&shelf, number, *made).prepare()], day("2024-06-01"), None).expect("it is added");
        }
        ledger.settle(&LEXICON).expect("it is settled");
        let digest = Digest::of(&ledger).expect("a digest");
        for state in STATES {
            let who = Who::One(state.into());
            let select = Select { who: who.clone(), ..Select::default() };
            let filter = Filter { who, ..Filter::default() };
            let listed = digest.acts(&filter, Order::Earliest);
            let found: Vec<Act> = ledger.acts_by_number(&listed).expect("acts").into_iter().map(|act| act.act).collect();
            let mut known = acts(&ledger, &select);
            prop_assert_eq!(found.len(), known.len());
            known.sort_by(|a, b| a.id.cmp(&b.id));
            let mut ids = found;
            ids.sort_by(|a, b| a.id.cmp(&b.id));
            prop_assert_eq!(ids, known);
            let counted = Count::of(&ledger, &select, Period::Day, Grouping::Quad, false).expect("a count");
            prop_assert_eq!(counted.table(), digest.count(&filter, Period::Day, Grouping::Quad).table());
        }
    }
}
