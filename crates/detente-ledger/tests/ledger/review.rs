//! What reviewers say is followed, once, in any order, and can be taken back.

use crate::news::*;
use crate::shelf::*;
use detente_coder::{Act, EventType, Factuality, Precision, Span, TextField};
use detente_ledger::Ledger;
use detente_ledger::ask::{Count, Grouping, Period};
use detente_ledger::review::{
    Changes, Confidence, Judgement, JudgementSelect, NewJudgement, QueueSelect, Side, Verdict,
};
use detente_ledger::store::{Error, Select, StoredAct, Times, Who};
use jiff::Timestamp;
use proptest::prelude::*;

const WORDS: &str = "Turkey imposed sanctions on Armenia. Greece sent food aid to Armenia on Tuesday.";

/// A ledger in which one article says that Turkey sanctioned Armenia.
fn sanctioned(shelf: &Shelf) -> (Ledger, Report) {
    let mut ledger = shelf.ledger();
    let report = shelf.report("gazette", "2024-05-02", WORDS, vec![sanction()]);
    add(&mut ledger, std::slice::from_ref(&report));
    (ledger, report)
}

fn sanction() -> Act {
    let mut act = on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01");
    act.confidence = 0.7;
    act
}

#[test]
fn a_rejected_act_leaves_counts_acts_and_affairs_until_that_is_taken_back() {
    let shelf = Shelf::new();
    let (mut ledger, report) = sanctioned(&shelf);
    let before = dump(&ledger);
    let id = &report.coded.acts[0].id;
    let rejected = judge(&mut ledger, &of(id, "Anna", Verdict::Reject), 1);
    assert_eq!((acts(&ledger).len(), counted(&ledger), affairs_of(&ledger)), (0, 0, vec![]));
    assert_eq!(ledger.act(id).expect("read"), None);
    assert_eq!(ledger.act_as_coded(id).expect("read").map(|act| act.act), Some(report.coded.acts[0].clone()));
    undo(&mut ledger, &rejected, "Ben", 2);
    assert_eq!((acts(&ledger).len(), counted(&ledger)), (1, 1));
    assert_eq!(affairs_of(&ledger), ["sanction TUR-ARM: in force"]);
    assert_eq!(difference(&before, &dump(&ledger)), Vec::<String>::new());
    let file = rusqlite::Connection::open(ledger.path()).expect("opened");
    for sql in ["UPDATE judgements SET reviewer = 'Ben'", "DELETE FROM judgements"] {
        assert!(file.execute(sql, []).expect_err(sql).to_string().contains("judgements are never"), "{sql}");
    }
    let listed = ledger.judgements(&JudgementSelect::default()).expect("listed").items;
    let fates: Vec<_> = listed.iter().map(|one| (one.judgement.verdict, one.is_undone)).collect();
    assert_eq!(fates, [(Verdict::Undo, false), (Verdict::Reject, true)]);
}

#[test]
fn a_corrected_act_counts_as_corrected_and_says_by_whom() {
    let shelf = Shelf::new();
    let (mut ledger, report) = sanctioned(&shelf);
    let before = dump(&ledger);
    let id = &report.coded.acts[0].id;
    let fields = Changes {
        event: Some("CONCEDE".into()),
        actor: Some(vec!["GRC".into()]),
        factuality: Some(Factuality::Denied),
        date: Some("2024-04".into()),
        start: Some(0),
        end: Some(16),
        ..Changes::default()
    };
    let corrected = judge(&mut ledger, &NewJudgement { fields, ..of(id, "Anna", Verdict::Correct) }, 1);
    let act = only(&ledger);
    assert_eq!(act.act.id, *id, "its address stays");
    assert_eq!((act.act.event.as_slice(), act.act.quad_code), (&["CONCEDE".to_owned()][..], EventType::Concede.quad()));
    assert_eq!(act.act.actor[0].code.as_deref(), Some("GRC"));
    assert_eq!(act.act.recipient, report.coded.acts[0].recipient, "what is not corrected stays");
    assert_eq!((act.act.date, act.act.date_precision), (Some(day("2024-04-01")), Precision::Month));
    assert_eq!((act.act.event_text.as_str(), act.act.evidence), ("Turkey imposed s", Span { start: 0, end: 16 }));
    let review = act.review.expect("a review");
    assert_eq!((review.line().as_str(), review.judgement), ("corrected by Anna", corrected.id.clone()));
    assert_eq!(affairs_of(&ledger), ["sanction GRC-ARM: in force"], "they are denied to be lifted");
    let of_greece = Select { who: Who::One("GRC".into()), ..Select::default() };
    let mut found = 0;
    ledger.acts(&of_greece, |_| found += 1).expect("acts");
    assert_eq!(found, 1);
    undo(&mut ledger, &corrected, "Anna", 2);
    assert_eq!(difference(&before, &dump(&ledger)), Vec::<String>::new());
}

#[test]
fn a_missed_act_is_an_act_of_its_reviewer() {
    let shelf = Shelf::new();
    let (mut ledger, report) = sanctioned(&shelf);
    let missed = judge(&mut ledger, &missed(&report, "Anna", "AID"), 1);
    let added = acts(&ledger).into_iter().find(|act| act.act.event == ["AID"]).expect("the act");
    assert_eq!((added.act.coder, added.act.event_text.as_str()), ("Anna", "sent food aid to Armenia"));
    assert_eq!(added.review.as_ref().expect("a review").line(), "added by Anna");
    assert_eq!(
        (counted(&ledger), affairs_of(&ledger)),
        (2, vec!["aid GRC-ARM: given".to_owned(), "sanction TUR-ARM: in force".to_owned()])
    );
    let queue = ledger.queue("Ben", &QueueSelect::default()).expect("a queue");
    let passages: Vec<_> = queue.items.iter().map(|item| item.passage.as_deref()).collect();
    assert_eq!(passages[1], Some("Greece sent food aid to Armenia on Tuesday."), "{queue:#?}");
    // Another reviewer puts it right, and takes that back.
    let fields = Changes { factuality: Some(Factuality::Intended), ..Changes::default() };
    let corrected = judge(&mut ledger, &NewJudgement { fields, ..of(&added.act.id, "Ben", Verdict::Correct) }, 2);
    let now = ledger.act(&added.act.id).expect("read").expect("there");
    assert_eq!(
        (now.act.factuality, now.review.expect("a review").line().as_str()),
        (Factuality::Intended, "corrected by Ben")
    );
    undo(&mut ledger, &corrected, "Ben", 3);
    undo(&mut ledger, &missed, "Anna", 4);
    assert_eq!((acts(&ledger).len(), affairs_of(&ledger)), (1, vec!["sanction TUR-ARM: in force".to_owned()]));
}

#[test]
fn of_two_reviewers_the_later_one_counts() {
    let shelf = Shelf::new();
    let (mut ledger, report) = sanctioned(&shelf);
    let id = &report.coded.acts[0].id;
    judge(&mut ledger, &of(id, "Anna", Verdict::Reject), 2);
    let earlier = judge(&mut ledger, &of(id, "Ben", Verdict::Accept), 1);
    assert_eq!(acts(&ledger).len(), 0, "time counts, not the order in which they came");
    let later = judge(&mut ledger, &of(id, "Ben", Verdict::Accept), 3);
    assert_eq!(only(&ledger).review.expect("a review").judgement, later.id);
    let fates: Vec<_> = ledger
        .judgements(&JudgementSelect::default())
        .expect("listed")
        .items
        .into_iter()
        .map(|one| (one.judgement.id.clone(), one.fate()))
        .collect();
    assert_eq!(fates[0], (later.id.clone(), "counts"));
    assert_eq!(fates[2], (earlier.id, "a newer one counts"));
    undo(&mut ledger, &later, "Ben", 4);
    assert_eq!(acts(&ledger).len(), 0);
}

#[test]
fn a_judgement_holds_for_all_reports_that_were_shown() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let reports: Vec<Report> = ["gazette", "herald", "courier"]
        .iter()
        .enumerate()
        .map(|(number, outlet)| {
            let mut act = on(sanction(), &format!("2024-05-0{}", 1 + number));
            act.subject = Some(["sanctions", "harsh sanctions", "sanctions on steel"][number].to_owned());
            shelf.report(outlet, "2024-05-02", &format!("{WORDS} So the {outlet}."), vec![act])
        })
        .collect();
    add(&mut ledger, &reports);
    let before = dump(&ledger);
    let act = only(&ledger);
    assert_eq!(act.reports.len(), 2);
    let rejected = judge(&mut ledger, &of(&act.act.id, "Anna", Verdict::Reject), 1);
    assert_eq!((acts(&ledger).len(), affairs_of(&ledger)), (0, vec![]));
    undo(&mut ledger, &rejected, "Anna", 2);
    assert_eq!(difference(&before, &dump(&ledger)), Vec::<String>::new());
    // Who accepts it leaves the other reports as they are.
    let others = |ledger: &Ledger| -> Vec<_> {
        let act = only(ledger);
        act.reports.into_iter().map(|report| (report.act.date, report.act.subject)).collect()
    };
    let told = others(&ledger);
    let accepted = judge(&mut ledger, &of(&act.act.id, "Anna", Verdict::Accept), 3);
    assert_eq!(accepted.changed, Vec::<String>::new());
    assert_eq!(others(&ledger), told);
    let fields = Changes { event: Some("ACCUSE".into()), recipient: Some(vec!["GRC".into()]), ..Changes::default() };
    judge(&mut ledger, &NewJudgement { fields, ..of(&act.act.id, "Anna", Verdict::Correct) }, 4);
    let now = only(&ledger);
    assert_eq!((now.act.event.as_slice(), now.reports.len()), (&["ACCUSE".to_owned()][..], 2));
    assert!(now.reports.iter().all(|report| report.act.recipient[0].code.as_deref() == Some("GRC")));
}

#[test]
fn a_rebuild_by_another_coder_finds_the_act_again_or_says_that_it_is_gone() {
    let shelf = Shelf::new();
    let (mut ledger, report) = sanctioned(&shelf);
    let id = &report.coded.acts[0].id;
    let fields = Changes { event: Some("ACCUSE".into()), ..Changes::default() };
    judge(&mut ledger, &NewJudgement { fields, ..of(id, "Anna", Verdict::Correct) }, 1);
    let unchanged = dump(&ledger);
    ledger.refold(&intake()).expect("rebuilt");
    assert_eq!(difference(&unchanged, &dump(&ledger)), Vec::<String>::new());
    // The same words under another id, some characters further on.
    recode(&mut ledger, "2", |act| {
        act.id = "another".into();
        act.evidence.end += 9;
    });
    let now = only(&ledger);
    assert_eq!((now.act.id.as_str(), now.act.event.as_slice()), ("another", &["ACCUSE".to_owned()][..]));
    assert_eq!(now.review.expect("a review").line(), "corrected by Anna");
    // Coded as the reviewer said.
    recode(&mut ledger, "3", |act| {
        act.id = "third".into();
        act.event = vec!["ACCUSE".into()];
    });
    assert_eq!(only(&ledger).review.expect("a review").line(), "corrected by Anna");
    // Elsewhere and between others: it is another act.
    recode(&mut ledger, "4", |act| {
        act.id = "fourth".into();
        act.evidence = Span { start: 500, end: 520 };
    });
    assert_eq!(only(&ledger).review, None);
    let astray =
        ledger.judgements(&JudgementSelect { only_astray: true, ..JudgementSelect::default() }).expect("listed");
    assert_eq!(astray.items.len(), 1);
    assert_eq!((astray.items[0].astray[0].act.as_str(), astray.items[0].fate()), (id.as_str(), "finds no act"));
    // Each vintage keeps what its coder said.
    let mut first = Vec::new();
    ledger.acts_of_vintage(1, |act| first.push(act)).expect("acts");
    assert_eq!(first, report.coded.acts);
    assert_eq!(ledger.vintages().expect("vintages").last().map(|vintage| vintage.articles), Some(1));
    assert_eq!(ledger.check().expect("checked"), Vec::<String>::new());
}

#[test]
fn what_makes_no_sense_is_refused_with_the_reason() {
    let shelf = Shelf::new();
    let (mut ledger, report) = sanctioned(&shelf);
    let id = report.coded.acts[0].id.clone();
    let before = dump(&ledger);
    let correct = |fields| NewJudgement { fields, ..of(&id, "Anna", Verdict::Correct) };
    let none = Changes::default;
    let anew = missed(&report, "Anna", "AID");
    for (new, why) in [
        (of("nothing", "Anna", Verdict::Reject), "has no act nothing"),
        (of(&id, "  ", Verdict::Reject), "needs the name of its reviewer"),
        (of(&id, "An\u{7}na", Verdict::Reject), "no control characters"),
        (correct(none()), "nothing of it is corrected"),
        (correct(Changes { event: Some("HUG".into()), ..none() }), "HUG: is no type of PLOVER"),
        (correct(Changes { mode: Some(vec!["waltz".into()]), ..none() }), "waltz: is no mode of SANCTION"),
        (correct(Changes { actor: Some(vec!["XQX".into()]), ..none() }), "XQX: no state or organisation"),
        (correct(Changes { actor: Some(Vec::new()), ..none() }), "an act needs an actor"),
        (correct(Changes { actor: Some(vec![Side::default()]), ..none() }), "a side needs a code or a name"),
        (correct(Changes { date: Some("yesterday".into()), ..none() }), "yesterday: is no date"),
        (correct(Changes { start: Some(5), ..none() }), "words need their start and their end"),
        (correct(Changes { start: Some(9), end: Some(4), ..none() }), "no words stand there"),
        (correct(Changes { start: Some(0), end: Some(4000), ..none() }), "no words stand there"),
        (NewJudgement { fields: none(), ..anew.clone() }, "an act needs its type"),
        (NewJudgement { article: Some("nowhere".into()), ..anew.clone() }, "has no article nowhere"),
        (NewJudgement { verdict: Verdict::Undo, ..anew.clone() }, "an undo names a judgement"),
        (NewJudgement { verdict: Verdict::Coded, end: None, ..anew.clone() }, "name the passage"),
    ] {
        let refused = ledger.judge(&new, time(1), &LEXICON).expect_err(why);
        assert!(matches!(refused, Error::Judgement(_) | Error::Unknown(_)), "{refused:?}");
        assert!(refused.to_string().contains(why), "{refused} instead of: {why}");
    }
    let undo = ledger.undo("f", "Anna", time(1)).expect_err("there is none");
    assert!(undo.to_string().contains("no judgement of this id"));
    let rejected = judge(&mut ledger, &of(&id, "Anna", Verdict::Reject), 1);
    let undone = ledger.undo(&rejected.id[..6], "Anna", time(2)).expect("undone");
    ledger.settle(&LEXICON).expect("settled");
    assert!(ledger.undo(&rejected.id, "Anna", time(3)).expect_err("again").to_string().contains("taken back already"));
    assert!(ledger.undo(&undone.id, "Anna", time(3)).expect_err("an undo").to_string().contains("is an undo"));
    assert_eq!(difference(&before, &dump(&ledger)), Vec::<String>::new());
    let mut forged = rejected;
    forged.reviewer = "Ben".into();
    let refused = ledger.add_judgements(&[forged]).expect_err("it was changed");
    assert!(refused.to_string().contains("was changed after it was made"));
}

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

const DEEDS: [(&str, &str, &str); 4] = [
    ("SANCTION", "impose sanction", "sanctions"),
    ("CONSULT", "hold negotiation", "negotiations on the border"),
    ("SANCTION", "suspend negotiation", "negotiations on a border treaty"),
    ("AID", "send food", "food aid"),
];
const CODES: [&str; 3] = ["TUR", "ARM", "GRC"];

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
    ) {
        let (one, other) = (Shelf::new(), Shelf::new());
        let (mut first, mut second) = (one.ledger(), other.ledger());
        let reports: Vec<Report> = papers.iter().enumerate().map(|(number, told)| paper(&one, number, told)).collect();
        add(&mut first, &reports);
        let plain = dump(&first);
        let judgements = reviewed(&mut first, &reports, &all);
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

fn of(act: &str, reviewer: &str, verdict: Verdict) -> NewJudgement {
    NewJudgement { reviewer: reviewer.into(), verdict, act: Some(act.into()), ..NewJudgement::default() }
}

/// Greece "sent food aid to Armenia".
fn missed(report: &Report, reviewer: &str, event: &str) -> NewJudgement {
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

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).expect("a time")
}

/// Judges and settles.
#[track_caller]
fn judge(ledger: &mut Ledger, new: &NewJudgement, second: i64) -> Judgement {
    let judgement = ledger.judge(new, time(second), &LEXICON).expect("it is judged");
    ledger.settle(&LEXICON).expect("settled");
    judgement
}

fn undo(ledger: &mut Ledger, judgement: &Judgement, reviewer: &str, second: i64) {
    ledger.undo(&judgement.id, reviewer, time(second)).expect("it is taken back");
    ledger.settle(&LEXICON).expect("settled");
}

/// Codes all articles anew, by a coder that changes each act.
fn recode(ledger: &mut Ledger, version: &str, change: impl Fn(&mut Act)) {
    let newer = detente_ledger::store::Vintage { version: version.into(), ..vintage() };
    let intake = detente_ledger::store::Intake::new(&LEXICON, newer.clone());
    let outdated = ledger.outdated(&newer, 100).expect("outdated");
    let coded = |outdated: detente_ledger::store::Outdated| {
        let mut coded = article(&outdated.article.id, Some("2024-05-02"), vec![sanction()], Vec::new());
        coded.acts.iter_mut().for_each(&change);
        (outdated, coded)
    };
    ledger.recode(&intake, &outdated.into_iter().map(coded).collect::<Vec<_>>()).expect("recoded");
    ledger.refold(&intake).expect("rebuilt");
}

fn acts(ledger: &Ledger) -> Vec<StoredAct> {
    let mut acts = Vec::new();
    ledger.acts(&Select::default(), |act| acts.push(act)).expect("acts");
    acts
}

#[track_caller]
fn only(ledger: &Ledger) -> StoredAct {
    let mut acts = acts(ledger);
    assert_eq!(acts.len(), 1, "{acts:#?}");
    acts.remove(0)
}

fn counted(ledger: &Ledger) -> usize {
    let count = Count::of(ledger, &Select::default(), Period::Year, Grouping::Quad, false).expect("counted");
    count.rows.iter().map(|row| row.acts).sum()
}

fn affairs_of(ledger: &Ledger) -> Vec<String> {
    lines(&ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs"))
}

fn add(ledger: &mut Ledger, reports: &[Report]) {
    let prepared: Vec<_> = reports.iter().map(Report::prepare).collect();
    ledger.add(&intake(), &prepared, day("2024-06-01"), None).expect("added");
    ledger.settle(&LEXICON).expect("settled");
}
