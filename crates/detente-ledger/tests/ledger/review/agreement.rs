//! How far reviewers agree, and the gold file of what they say.

use super::desk::*;
use crate::news::*;
use crate::shelf::*;
use detente_coder::Factuality;
use detente_ledger::review::{Changes, NewJudgement, Verdict};

#[test]
fn agreement_compares_what_both_judged_field_by_field() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let told = (0..6).map(|number| {
        let (event, words, subject) = DEEDS[number % 4];
        on(act(&[CODES[number % 3]], event, &[CODES[(number + 1) % 3]], words, subject), "2024-05-01")
    });
    let report = shelf.report("gazette", "2024-05-02", WORDS, told.collect());
    let ids: Vec<String> = report.coded.acts.iter().map(|act| act.id.clone()).collect();
    add(&mut ledger, &[report]);
    let correct = |event: &str| Changes { event: Some(event.into()), ..Changes::default() };
    for (number, id) in ids.iter().enumerate() {
        judge(&mut ledger, &of(id, "Anna", Verdict::Accept), 10 + number as i64);
        // Ben looks after Anna: twice he says otherwise, one act he does not judge.
        let new = match number {
            0 => NewJudgement { fields: correct("ACCUSE"), ..of(id, "Ben", Verdict::Correct) },
            1 => of(id, "Ben", Verdict::Reject),
            5 => continue,
            _ => of(id, "Ben", Verdict::Accept),
        };
        judge(&mut ledger, &new, 20 + number as i64);
    }
    let agreement = ledger.agreement("Anna", "Ben").expect("figures");
    assert_eq!((agreement.acts, agreement.passages), (5, 0));
    let fields = agreement.fields;
    assert_eq!((fields.act.n, fields.act.agreement), (5, Some(0.8)));
    assert_eq!((fields.event.n, fields.event.agreement), (4, Some(0.75)));
    // Types: SANCTION/ACCUSE, SANCTION, AID, SANCTION: 3 of 4 agree, 7/16 by chance.
    let near = |figure: Option<f64>, wanted: f64| figure.is_some_and(|figure| (figure - wanted).abs() < 1e-9);
    assert!(near(fields.event.kappa, (0.75 - 7.0 / 16.0) / (1.0 - 7.0 / 16.0)), "{:?}", fields.event);
    assert_eq!((fields.actor.agreement, fields.actor.kappa), (Some(1.0), Some(1.0)));
    assert_eq!(fields.factuality.kappa, None, "all are actual");
    assert_eq!((agreement.types["ACCUSE"].said, agreement.types["ACCUSE"].figures.n), (1, 4));
    let refused = |one: &str, other: &str| ledger.agreement(one, other).expect_err("refused").to_string();
    assert!(refused("Anna", "Anna").contains("named twice"));
    assert!(refused("Anna", "Cleo").contains("Cleo: has judged nothing"));
}

#[test]
fn passages_coded_blind_are_compared_act_by_act() {
    let shelf = Shelf::new();
    let (mut ledger, report) = sanctioned(&shelf);
    let coded = |reviewer: &str, acts: Vec<Changes>| NewJudgement {
        reviewer: reviewer.into(),
        verdict: Verdict::Coded,
        article: Some(report.article.id.clone()),
        start: Some(0),
        end: Some(80),
        acts,
        ..NewJudgement::default()
    };
    let found = |event: &str, actor: &str, start, end| Changes {
        event: Some(event.into()),
        actor: Some(vec![actor.into()]),
        recipient: Some(vec!["ARM".into()]),
        start: Some(start),
        end: Some(end),
        ..Changes::default()
    };
    let sanction = || found("SANCTION", "TUR", 7, 35);
    judge(&mut ledger, &coded("Anna", vec![sanction(), found("AID", "GRC", 44, 68)]), 1);
    judge(&mut ledger, &coded("Ben", vec![found("AID", "GRC", 44, 57), found("COERCE", "TUR", 7, 24)]), 2);
    let agreement = ledger.agreement("Anna", "Ben").expect("figures");
    assert_eq!((agreement.acts, agreement.passages, agreement.units.len()), (0, 1, 2));
    assert_eq!((agreement.fields.event.n, agreement.fields.event.agreement), (2, Some(0.5)));
    assert_eq!(agreement.fields.actor.kappa, Some(1.0));
    // Ben codes it again and finds less: his newer answer counts.
    judge(&mut ledger, &coded("Ben", vec![sanction()]), 3);
    let agreement = ledger.agreement("Anna", "Ben").expect("figures");
    assert_eq!((agreement.fields.act.n, agreement.fields.act.agreement), (2, Some(0.5)));
    assert_eq!((agreement.fields.event.n, agreement.fields.event.agreement), (1, Some(1.0)));
    // In a gold file what both say is agreed on; the coder's own answer for the passage is not in it.
    let gold = ledger.gold(None).expect("gold");
    let acts: Vec<_> = gold[0].acts.iter().map(|act| (act.event.as_str(), act.agreed)).collect();
    assert_eq!(acts, [("AID", false), ("SANCTION", true)]);
    let own = ledger.gold(Some("Anna")).expect("gold");
    assert!(own[0].acts.iter().all(|act| act.agreed));
}

#[test]
fn gold_holds_what_was_judged_and_leaves_the_rest_open() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let told = vec![
        sanction(),
        on(act(&["GRC"], "AID", &["ARM"], "send food", "food aid"), "2024-05-01"),
        on(act(&["GRC"], "CONSULT", &["TUR"], "hold talk", "talks"), "2024-05-01"),
        on(act(&["ARM", "TUR"], "CONSULT", &[], "hold talk", "talks on the border"), "2024-05-01"),
        on(act(&["ARM"], "ACCUSE", &["TUR"], "accuse", "of theft"), "2024-05-01"),
    ];
    let report = shelf.report("gazette", "2024-05-02", WORDS, told);
    let ids: Vec<String> = report.coded.acts.iter().map(|act| act.id.clone()).collect();
    add(&mut ledger, std::slice::from_ref(&report));
    judge(&mut ledger, &of(&ids[0], "Anna", Verdict::Accept), 1);
    judge(&mut ledger, &of(&ids[1], "Anna", Verdict::Reject), 2);
    let fields = Changes { event: Some("ACCUSE".into()), factuality: Some(Factuality::Denied), ..Changes::default() };
    judge(&mut ledger, &NewJudgement { fields, ..of(&ids[2], "Anna", Verdict::Correct) }, 3);
    judge(&mut ledger, &of(&ids[4], "Anna", Verdict::Accept), 4);
    judge(&mut ledger, &of(&ids[4], "Ben", Verdict::Reject), 5);
    judge(&mut ledger, &missed(&report, "Ben", "SUPPORT"), 6);
    let gold = ledger.gold(None).expect("gold");
    assert_eq!(gold.len(), 1);
    assert_eq!(gold[0].id, report.article.id);
    assert_eq!(gold[0].text.as_deref(), Some(WORDS));
    let mut lines: Vec<String> = gold[0]
        .acts
        .iter()
        .map(|act| format!("{} {} {} {} {}", act.actor, act.event, act.recipient, act.factuality.join("/"), act.agreed))
        .collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            "ARM ACCUSE TUR actual false",
            "ARM CONSULT TUR actual false",
            "GRC ACCUSE TUR denied true",
            "GRC SUPPORT ARM actual true",
            "TUR SANCTION ARM actual true",
        ]
    );
    // Measured by what Anna says, the coder is right once and wrong twice.
    let gold = ledger.gold(Some("Anna")).expect("gold");
    let file: String = gold.iter().map(|article| serde_json::to_string(article).expect("a line") + "\n").collect();
    let gold = detente_coder::score::Gold::read(&file).expect("a gold file");
    let mut output = detente_coder::score::Output::new();
    report.coded.acts.iter().for_each(|act| output.add(act.into()));
    match detente_coder::score::score(&gold, &output) {
        // The mutual act that nobody judged is left aside, in both directions.
        detente_coder::score::Score::Articles(score) => {
            assert_eq!((score.acts.right, score.acts.given, score.acts.gold), (2, 5, 3), "{score:#?}");
        }
        other => panic!("{other:?}"),
    }
}
