//! As of another time a ledger answers as if it had been judged and folded for that time alone.

use crate::news::*;
use crate::shelf::*;
use crate::store::{CODES, newspapers, report_of};
use detente_ledger::ask::{Change, Count, Diff, Grouping, Period, Show};
use detente_ledger::store::{Select, StoredAct, Times, Who};
use detente_ledger::{Affair, Ledger, fold, fold_named};
use proptest::prelude::*;
use rusqlite::Connection;
use std::sync::Arc;

/// What a ledger answers as of a time: affairs, acts and counts.
type Answers = (Vec<Affair>, Vec<Affair>, Vec<StoredAct>, Vec<StoredAct>, String);

fn asked(ledger: &Ledger, times: Times) -> Answers {
    let pair = Who::Pair(CODES[0].to_owned(), CODES[1].to_owned());
    let acts = |who: &Who, latest| {
        let mut acts = Vec::new();
        let select = Select { who: who.clone(), times, latest, ..Select::default() };
        ledger.acts(&select, |act| acts.push(act)).expect("acts");
        acts
    };
    let affairs = |who: &Who| ledger.affairs(who, times, &LEXICON).expect("affairs");
    let select = Select { times, ..Select::default() };
    let count = Count::of(ledger, &select, Period::Month, Grouping::Type, false).expect("counted");
    (affairs(&Who::All), affairs(&pair), acts(&Who::All, None), acts(&pair, Some(3)), format!("{count:?}"))
}

#[test]
fn an_affair_of_an_earlier_day_knows_no_later_report() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let told = |outlet: &str, date: &str| {
        let act = on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), date);
        shelf.report(outlet, date, &format!("The {outlet} says that Turkey imposed sanctions on Armenia."), vec![act])
    };
    for (report, learned) in
        [(told("gazette", "2024-05-01"), "2024-06-01"), (told("herald", "2024-05-02"), "2024-06-02")]
    {
        ledger.add(&intake(), &[report.prepare()], day(learned), None).expect("added");
    }
    ledger.settle(&LEXICON).expect("settled");
    let id = ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs")[0].id.clone();
    let reports = |times| {
        let show = Show::affair(&ledger, &id, times, &LEXICON).expect("shown");
        show.acts.iter().map(|act| act.reports.len()).collect::<Vec<_>>()
    };
    assert_eq!(reports(Times::default()), [1]);
    assert_eq!(reports(Times { as_of: Some(day("2024-05-01")), known_by: None }), [0]);
    assert_eq!(reports(Times { as_of: None, known_by: Some(day("2024-06-01")) }), [0]);
    assert_eq!(reports(Times { as_of: Some(day("2024-05-02")), known_by: Some(day("2024-06-02")) }), [1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_kept_is_used_only_where_it_holds(papers in newspapers()) {
        let shelf = Shelf::new();
        let mut ledger = shelf.ledger();
        for paper in &papers {
            let learned = day(&format!("2024-06-0{}", paper.5));
            ledger.add(&intake(), &[report_of(&shelf, paper).prepare()], learned, None).expect("added");
        }
        ledger.settle(&LEXICON).expect("settled");
        let days = |month: &str, days: &[i8]| -> Vec<_> {
            let days = days.iter().map(|number| Some(day(&format!("2024-{month}-{number:02}"))));
            std::iter::once(None).chain(days).collect()
        };
        let times: Vec<Times> = days("05", &[2, 4, 5, 7])
            .into_iter()
            .flat_map(|as_of| days("06", &[1, 2]).into_iter().map(move |known_by| Times { as_of, known_by }))
            .filter(|times| !times.is_now())
            .collect();
        let quick: Vec<Answers> = times.iter().map(|times| asked(&ledger, *times)).collect();
        // What was read for one time serves the others.
        let mut reader = Ledger::open_read_only(&shelf.path).expect("opened");
        reader.recalling(Arc::default());
        for (times, quick) in times.iter().zip(&quick).chain(times.iter().zip(&quick).rev()) {
            prop_assert_eq!(quick, &asked(&reader, *times), "recalled, {:?}", times);
        }
        // What is not settled is judged anew.
        let other = Connection::open(&shelf.path).expect("opened");
        other.execute("INSERT INTO stale (what, kind, key) VALUES ('affairs', 'none', 'none')", []).expect("marked");
        prop_assert!(!ledger.is_settled().expect("asked"));
        for (times, quick) in times.into_iter().zip(quick) {
            prop_assert_eq!(quick, asked(&ledger, times), "{:?}", times);
        }
    }

    #[test]
    fn changes_between_two_days_are_those_of_the_affairs(papers in newspapers(), days in (2i8..8, 2i8..8)) {
        let shelf = Shelf::new();
        let mut ledger = shelf.ledger();
        for paper in &papers {
            ledger.add(&intake(), &[report_of(&shelf, paper).prepare()], day("2024-06-01"), None).expect("added");
        }
        ledger.settle(&LEXICON).expect("settled");
        let at = |number: i8| Times { as_of: Some(day(&format!("2024-05-{number:02}"))), known_by: None };
        let affairs = |times| ledger.affairs(&Who::All, times, &LEXICON).expect("affairs");
        let (from, to) = (at(days.0), at(days.1));
        let (before, after) = (affairs(from), affairs(to));
        let changes = Diff::of(&ledger, &Who::All, from, to, &LEXICON).expect("compared").changes;
        for affair in &after {
            let change = changes.iter().find(|change| change.id == affair.id);
            if let Some(old) = before.iter().find(|old| old.id == affair.id) {
                let expected = (old.state != affair.state).then_some((Some(&old.state), Some(&affair.state)));
                let told = change.map(|change| (change.before.as_ref(), change.after.as_ref()));
                prop_assert_eq!(told, expected, "{:?} to {:?}: {}", from, to, affair.id);
            }
        }
        let count = |is: fn(&Change) -> bool| changes.iter().filter(|change| is(change)).count();
        let (new, gone) = (count(|change| change.before.is_none()), count(|change| change.after.is_none()));
        prop_assert_eq!(before.len() + new, after.len() + gone);
    }

    #[test]
    fn ids_are_the_same_whatever_is_one_act_with_what(mut papers in newspapers()) {
        let shelf = Shelf::new();
        let mut ledger = shelf.ledger();
        // What is taken back is in no affair of a ledger.
        papers.iter_mut().for_each(|paper| paper.3 = 0);
        // An article tells an act once.
        for (_, _, _, _, acts, _) in &mut papers {
            acts.sort_by(|a, b| a.id.cmp(&b.id));
            acts.dedup_by(|a, b| a.id == b.id);
        }
        papers.sort_by_key(|paper| (paper.0, paper.1, paper.2));
        papers.dedup_by_key(|paper| (paper.0, paper.1, paper.2));
        let reports: Vec<Report> = papers.iter().map(|paper| report_of(&shelf, paper)).collect();
        let prepared: Vec<_> = reports.iter().map(Report::prepare).collect();
        ledger.add(&intake(), &prepared, day("2024-06-01"), None).expect("added");
        ledger.settle(&LEXICON).expect("settled");
        let ids = |affairs: &[Affair]| affairs.iter().map(|affair| affair.id.clone()).collect::<Vec<_>>();
        let kept = ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs");
        let coded: Vec<_> = reports.into_iter().map(|report| report.coded).collect();
        let folded = fold(&coded, &LEXICON);
        prop_assert_eq!(ids(&kept), ids(&folded));
        // Under names of the user's as well, in another order.
        let uids: Vec<String> = coded.iter().map(|coded| coded.article.clone()).collect();
        let count = coded.len();
        let named: Vec<_> = coded
            .into_iter()
            .enumerate()
            .map(|(number, mut coded)| {
                coded.article = format!("{:03}", count - number);
                coded.acts.iter_mut().for_each(|act| act.article.clone_from(&coded.article));
                coded
            })
            .collect();
        let mut told = fold_named(&named, &uids, &LEXICON);
        let names: Vec<&String> = named.iter().map(|coded| &coded.article).collect();
        for entry in told.iter_mut().flat_map(|affair| &mut affair.entries) {
            let number = names.iter().position(|name| **name == entry.article).expect("a name of the user's");
            entry.article.clone_from(&uids[number]);
        }
        prop_assert_eq!(told, folded);
    }
}
