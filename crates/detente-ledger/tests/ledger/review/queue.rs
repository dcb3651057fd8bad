//! What is left to be judged, and to be coded blind.

use super::desk::*;
use crate::news::*;
use crate::shelf::*;
use detente_coder::{Act, Factuality};
use detente_ledger::Ledger;
use detente_ledger::review::{Changes, Confidence, NewJudgement, QueueSelect, Verdict};
use detente_ledger::store::Who;

#[test]
fn the_queue_holds_what_the_reviewer_has_not_judged_the_least_certain_first() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let sure = |mut act: Act, confidence| {
        act.confidence = confidence;
        act
    };
    let told = vec![
        sure(sanction(), 0.9),
        sure(on(act(&["GRC"], "AID", &["ARM"], "send food", "food aid"), "2024-05-03"), 0.4),
        sure(on(act(&["GRC"], "CONSULT", &["TUR"], "hold talk", "talks"), "2024-05-04"), 0.6),
    ];
    let report = shelf.report("gazette", "2024-05-04", WORDS, told);
    add(&mut ledger, &[report]);
    let ids = |ledger: &Ledger, name: &str, select: QueueSelect| -> Vec<String> {
        let queue = ledger.queue(name, &select).expect("a queue");
        assert!(queue.items.len() <= queue.total);
        queue.items.iter().map(|item| item.act.act.event.join(" ")).collect()
    };
    let all = QueueSelect::default;
    assert_eq!(ids(&ledger, "Anna", all()), ["AID", "CONSULT", "SANCTION"]);
    assert_eq!(ids(&ledger, "Anna", QueueSelect { limit: 1, offset: 1, ..all() }), ["CONSULT"]);
    let pair = Who::Pair("TUR".into(), "GRC".into());
    assert_eq!(ids(&ledger, "Anna", QueueSelect { who: pair, ..all() }), ["CONSULT"]);
    assert_eq!(ids(&ledger, "Anna", QueueSelect { types: vec!["AID".into()], ..all() }), ["AID"]);
    assert_eq!(ids(&ledger, "Anna", QueueSelect { until: Some(day("2024-05-02")), ..all() }), ["SANCTION"]);
    let unsure = Confidence { from: 0.4, to: 0.6 };
    assert_eq!(ids(&ledger, "Anna", QueueSelect { confidence: unsure, ..all() }), ["AID", "CONSULT"]);
    assert!(ids(&ledger, "Anna", QueueSelect { source: Some("herald".into()), ..all() }).is_empty());
    assert!(ids(&ledger, "Anna", QueueSelect { factuality: vec![Factuality::Denied], ..all() }).is_empty());
    let first = ledger.queue("Anna", &all()).expect("a queue").items.remove(0).act.act.id;
    let rejected = judge(&mut ledger, &of(&first, "Anna", Verdict::Reject), 1);
    assert_eq!(ids(&ledger, "Anna", all()), ["CONSULT", "SANCTION"]);
    // Ben has still to judge what Anna rejected.
    assert_eq!(ids(&ledger, "Ben", all()), ["AID", "CONSULT", "SANCTION"]);
    let shown = ledger.queue("Ben", &all()).expect("a queue").items.remove(0);
    assert_eq!(shown.judgements[0].judgement.id, rejected.id);
    undo(&mut ledger, &rejected, "Anna", 2);
    assert_eq!(ids(&ledger, "Anna", all()), ["AID", "CONSULT", "SANCTION"]);
}

#[test]
fn two_reviewers_get_the_same_passages_without_anybodys_answer() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let reports: Vec<Report> = (0..6)
        .map(|number| {
            let words =
                format!("Turkey imposed sanctions on Armenia for reason {number}.\n\nIt rained in town {number}.");
            shelf.report("gazette", "2024-05-02", &words, vec![sanction()])
        })
        .collect();
    add(&mut ledger, &reports);
    let select = QueueSelect { limit: 100, ..QueueSelect::default() };
    let places = |ledger: &Ledger, name: &str| -> Vec<_> {
        let queue = ledger.blind_queue(name, &select).expect("a queue");
        queue.items.into_iter().map(|passage| passage.place).collect()
    };
    let all = places(&ledger, "Anna");
    assert_eq!(all.len(), 12, "also passages in which the coder found nothing");
    assert_eq!(places(&ledger, "Ben"), all);
    let before = dump(&ledger);
    // Anna codes the last one, as it happens.
    let last = all.last().expect("a passage").clone();
    let coded = NewJudgement {
        reviewer: "Anna".into(),
        verdict: Verdict::Coded,
        article: Some(last.article.clone()),
        field: Some(last.field),
        start: Some(last.start),
        end: Some(last.end),
        ..NewJudgement::default()
    };
    judge(&mut ledger, &coded, 1);
    assert_eq!(difference(&before, &dump(&ledger)), Vec::<String>::new(), "it measures and changes nothing");
    assert_eq!(places(&ledger, "Anna"), all[..11]);
    assert_eq!(places(&ledger, "Ben")[0], last, "what another one coded comes first");
    let outside = NewJudgement {
        acts: vec![Changes {
            event: Some("AID".into()),
            actor: Some(vec!["GRC".into()]),
            start: Some(0),
            end: Some(6),
            ..Changes::default()
        }],
        ..coded
    };
    let refused = ledger.judge(&outside, time(2), &LEXICON).expect_err("it stands elsewhere");
    assert!(refused.to_string().contains("outside of the passage"), "{refused}");
}
