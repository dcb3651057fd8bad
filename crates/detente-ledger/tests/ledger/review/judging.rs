//! An act is accepted, rejected, corrected or added, and the ledger follows.

use super::desk::*;
use crate::news::*;
use crate::shelf::*;
use detente_coder::{Cue, EventType, Factuality, Precision, Span};
use detente_ledger::Ledger;
use detente_ledger::ask::Show;
use detente_ledger::brief::Style;
use detente_ledger::review::{Changes, JudgementSelect, NewJudgement, QueueSelect, Side, Verdict};
use detente_ledger::store::{Error, Select, Times, Who};

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

/// Reports of one act by several outlets.
fn told_by(shelf: &Shelf, outlets: &[&str]) -> Vec<Report> {
    let report =
        |outlet: &&str| shelf.report(outlet, "2024-05-02", &format!("{WORDS} So the {outlet}."), vec![sanction()]);
    outlets.iter().map(report).collect()
}

#[test]
fn a_judgement_holds_for_reports_that_come_later() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let reports = told_by(&shelf, &["gazette", "herald", "courier"]);
    add(&mut ledger, &reports[..1]);
    let id = reports[0].coded.acts[0].id.clone();
    let rejected = judge(&mut ledger, &of(&id, "Anna", Verdict::Reject), 1);
    add(&mut ledger, &reports[1..]);
    assert_eq!((acts(&ledger).len(), affairs_of(&ledger)), (0, vec![]), "there is no such act, whoever tells it");
    let review = ledger.act_as_coded(&reports[1].coded.acts[0].id).expect("read").expect("coded").review;
    assert_eq!(review.expect("a review").line(), "rejected by Anna in an earlier report");
    assert_eq!(ledger.queue("Anna", &QueueSelect::default()).expect("a queue").total, 0, "Anna has judged it");
    let listed = ledger.judgements(&JudgementSelect::default()).expect("listed");
    assert_eq!((listed.items[0].acts.len(), listed.items[0].later.len()), (1, 2));
    assert!(listed.text().contains("holds for 2 later reports"), "{}", listed.text());
    // Another reviewer sees all of them and brings the act back.
    let of_late = &reports[2].coded.acts[0].id;
    let accepted = judge(&mut ledger, &of(of_late, "Ben", Verdict::Accept), 2);
    assert_eq!(accepted.targets.len(), 3);
    assert_eq!(only(&ledger).reports.len(), 2);
    undo(&mut ledger, &accepted, "Ben", 3);
    assert_eq!(acts(&ledger).len(), 0);
    undo(&mut ledger, &rejected, "Anna", 4);
    let shown = only(&ledger);
    assert_eq!((shown.reports.len(), shown.review), (2, None));
}

#[test]
fn a_report_that_comes_after_a_correction_follows_it_and_says_so() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let mut reports = told_by(&shelf, &["gazette", "herald"]);
    // It tells more than the one that was judged, which still stands for the act.
    reports[1].coded.acts[0].cues.push(Cue { kind: "date", start: 0, end: 1 });
    add(&mut ledger, &reports[..1]);
    let id = reports[0].coded.acts[0].id.clone();
    let fields = Changes { event: Some("ACCUSE".into()), recipient: Some(vec!["GRC".into()]), ..Changes::default() };
    let corrected = judge(&mut ledger, &NewJudgement { fields, ..of(&id, "Anna", Verdict::Correct) }, 1);
    add(&mut ledger, &reports[1..]);
    let act = only(&ledger);
    assert_eq!((act.act.id.as_str(), act.reports.len()), (id.as_str(), 1));
    let late = &act.reports[0];
    assert!(late.is_after_review);
    assert_eq!(late.act.event, ["ACCUSE"]);
    assert_eq!(late.act.recipient[0].code.as_deref(), Some("GRC"));
    assert!((late.act.confidence - 0.7).abs() < 0.001, "nobody looked at it");
    let show = Show::of(&ledger, &Who::All, Times::default(), 10, &LEXICON).expect("shown");
    let text = show.text(Style { width: 200, is_bold: false }, &LEXICON);
    assert!(text.contains("also told by herald, 2024-05-02 (after the act was judged)"), "{text}");
    // What it reports is an act of its own, if the user says so.
    let late = late.act.id.clone();
    ledger.split(&late, true).expect("split");
    ledger.settle(&LEXICON).expect("settled");
    assert_eq!(ledger.act(&late).expect("read").expect("there").act.event, ["SANCTION"]);
    ledger.split(&late, false).expect("undone");
    ledger.settle(&LEXICON).expect("settled");
    assert_eq!(only(&ledger).reports.len(), 1);
    // A report that somebody judged by itself stands as it was judged.
    let fields = Changes { event: Some("THREATEN".into()), ..Changes::default() };
    judge(&mut ledger, &NewJudgement { fields, ..of(&late, "Ben", Verdict::Correct) }, 2);
    undo(&mut ledger, &corrected, "Anna", 3);
    assert_eq!(only(&ledger).act.event, ["THREATEN"]);
    assert_eq!(ledger.gold(None).expect("gold").len(), 2, "both were shown to Ben");
}

#[test]
fn a_judgement_holds_also_when_the_outlet_takes_the_judged_report_back() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let reports = told_by(&shelf, &["gazette", "herald"]);
    add(&mut ledger, &reports[..1]);
    judge(&mut ledger, &of(&reports[0].coded.acts[0].id, "Anna", Verdict::Reject), 1);
    let retraction = shelf.report("gazette", "2024-05-03", &format!("Retraction: {WORDS}"), vec![sanction()]);
    add(&mut ledger, &[reports[1].clone(), retraction]);
    assert_eq!((acts(&ledger).len(), affairs_of(&ledger)), (0, vec![]));
    let before = dump(&ledger) + &dump_of_review(&ledger);
    ledger.refold(&intake()).expect("rebuilt");
    assert_eq!(difference(&before, &(dump(&ledger) + &dump_of_review(&ledger))), Vec::<String>::new());
}

#[test]
fn nobody_is_measured_by_reports_that_nobody_saw() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let reports = told_by(&shelf, &["gazette", "herald"]);
    add(&mut ledger, &reports[..1]);
    judge(&mut ledger, &of(&reports[0].coded.acts[0].id, "Anna", Verdict::Accept), 1);
    add(&mut ledger, &reports[1..]);
    assert!(only(&ledger).reports[0].is_after_review);
    let gold: Vec<String> = ledger.gold(None).expect("gold").into_iter().map(|article| article.id).collect();
    assert_eq!(gold, [reports[0].article.id.as_str()]);
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
