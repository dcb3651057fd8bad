//! What must always hold: any order of articles and judgements gives the same ledger.

use super::desk::*;
use crate::news::*;
use crate::shelf::*;
use detente_coder::{Act, Factuality};
use detente_ledger::Ledger;
use detente_ledger::review::{Changes, Judgement, NewJudgement, Verdict};
use detente_ledger::store::{Error, Times, Who};
use proptest::prelude::*;

/// What happens to a ledger that is reviewed.
#[derive(Clone, Debug)]
enum Step {
    Paper(usize),
    Said(usize),
}

/// Which act is judged by whom, how.
type Said = (usize, usize, usize, usize);

fn said() -> impl Strategy<Value = Said> {
    (0..100_usize, 0..3_usize, 0..6_usize, 0..4_usize)
}

fn papers() -> impl Strategy<Value = Vec<Vec<(usize, usize, usize)>>> {
    prop::collection::vec(prop::collection::vec((0..4_usize, 0..3_usize, 1..3_usize), 1..4), 1..5)
}

fn paper(shelf: &Shelf, number: usize, told: &[(usize, usize, usize)]) -> Report {
    let acts = told.iter().map(|&(deed, actor, next)| {
        let (event, words, subject) = DEEDS[deed];
        let mut act = on(act(&[CODES[actor]], event, &[CODES[(actor + next) % 3]], words, subject), "2024-05-01");
        act.confidence = 0.5;
        act
    });
    shelf.report(["gazette", "herald"][number % 2], "2024-05-02", &format!("{WORDS} Page {number}."), acts.collect())
}

/// Lets reviewers say things one after the other, each seeing the ledger as it then is.
fn reviewed(ledger: &mut Ledger, reports: &[Report], all: &[Said]) -> Vec<Judgement> {
    let names = ["Anna", "Ben", "Cleo"];
    let mut judgements: Vec<Judgement> = Vec::new();
    for (number, &(which, who, how, what)) in all.iter().enumerate() {
        let at = time(100 + number as i64);
        let coded: Vec<&Act> = reports.iter().flat_map(|report| &report.coded.acts).collect();
        let now: Vec<String> = acts(ledger).into_iter().map(|act| act.act.id).collect();
        let id = match now.get(which) {
            Some(id) => id.clone(),
            None => coded[which % coded.len()].id.clone(),
        };
        let fields = match what {
            0 => Changes { event: Some("ACCUSE".into()), ..Changes::default() },
            1 => Changes { recipient: Some(vec!["GRC".into()]), ..Changes::default() },
            2 => Changes { factuality: Some(Factuality::Denied), date: Some("2024".into()), ..Changes::default() },
            _ => Changes { start: Some(0), end: Some(16), actor: Some(vec!["TUR".into()]), ..Changes::default() },
        };
        let done = match how {
            0 => ledger.judge(&of(&id, names[who], Verdict::Accept), at, &LEXICON),
            1 => ledger.judge(&of(&id, names[who], Verdict::Reject), at, &LEXICON),
            2 | 3 => ledger.judge(&NewJudgement { fields, ..of(&id, names[who], Verdict::Correct) }, at, &LEXICON),
            4 => ledger.judge(
                &missed(&reports[which % reports.len()], names[who], ["AID", "CONSULT"][what % 2]),
                at,
                &LEXICON,
            ),
            _ if judgements.is_empty() => continue,
            _ => ledger.undo(&judgements[which % judgements.len()].id, names[who], at),
        };
        match done {
            Ok(judgement) => judgements.push(judgement),
            // Nothing to correct, or taken back already.
            Err(Error::Judgement(_)) => continue,
            Err(other) => panic!("{other}"),
        }
        ledger.settle(&LEXICON).expect("settled");
    }
    judgements
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_order_of_articles_and_judgements_gives_the_same_ledger(
        papers in papers(),
        all in prop::collection::vec(said(), 1..10),
        order in prop::collection::vec(any::<prop::sample::Index>(), 30),
        often in any::<bool>(),
        early in 1..5_usize,
    ) {
        let (one, other) = (Shelf::new(), Shelf::new());
        let (mut first, mut second) = (one.ledger(), other.ledger());
        let reports: Vec<Report> = papers.iter().enumerate().map(|(number, told)| paper(&one, number, told)).collect();
        // Some are there when reviewers judge, the others come later.
        let (seen, later) = reports.split_at(early.min(reports.len()));
        add(&mut first, seen);
        let judgements = reviewed(&mut first, seen, &all);
        add(&mut first, later);
        let unseen = Shelf::new();
        let mut plain = unseen.ledger();
        add(&mut plain, &reports);
        let plain = dump(&plain);
        // The same articles and judgements, in any order: also judgements before their articles.
        let mut steps: Vec<Step> = (0..reports.len()).map(Step::Paper).chain((0..judgements.len()).map(Step::Said)).collect();
        for index in order {
            if steps.is_empty() {
                break;
            }
            match steps.swap_remove(index.index(steps.len())) {
                Step::Paper(number) => {
                    second.add(&intake(), &[reports[number].prepare()], day("2024-06-01"), None).expect("added");
                }
                Step::Said(number) => {
                    prop_assert_eq!(second.add_judgements(&judgements[number..=number]).expect("added"), 1);
                }
            }
            if often {
                second.settle(&LEXICON).expect("settled");
            }
        }
        prop_assert_eq!(second.add_judgements(&judgements).expect("added"), 0);
        second.settle(&LEXICON).expect("settled");
        prop_assert_eq!(difference(&dump(&first), &dump(&second)), Vec::<String>::new());
        prop_assert_eq!(difference(&dump_of_review(&first), &dump_of_review(&second)), Vec::<String>::new());
        // A rebuild finds the same again, and what is asked of another time that is now is what is kept.
        let before = dump(&second) + &dump_of_review(&second);
        second.refold(&intake()).expect("rebuilt");
        prop_assert_eq!(difference(&before, &(dump(&second) + &dump_of_review(&second))), Vec::<String>::new());
        let later = Times { as_of: None, known_by: Some(day("2025-01-01")) };
        let kept = second.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs");
        prop_assert_eq!(kept, second.affairs(&Who::All, later, &LEXICON).expect("affairs"));
        // With all of it taken back the ledger is as if nobody had looked at it, but for the sentences that were marked.
        let undone: Vec<&Judgement> = judgements.iter().filter(|judgement| judgement.verdict != Verdict::Undo).collect();
        for (number, judgement) in undone.into_iter().enumerate() {
            match second.undo(&judgement.id, "Anna", time(1000 + number as i64)) {
                Ok(_) | Err(Error::Judgement(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        second.settle(&LEXICON).expect("settled");
        let left = difference(&plain, &dump(&second));
        prop_assert!(left.iter().all(|line| line.starts_with("+ ") && line.contains("|text|Integer(") && line.ends_with(".|")), "{:#?}", left);
        prop_assert_eq!(second.check().expect("checked"), Vec::<String>::new());
    }
}
