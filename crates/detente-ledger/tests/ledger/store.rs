//! What is added to a ledger lasts, once, in any order.

use std::fs;

use crate::news::*;
use crate::shelf::*;
use detente_coder::{Act, Epoch, Factuality};
use detente_ledger::Ledger;
use detente_ledger::store::{Added, Error, Feed, Intake, Outdated, Select, Times, Vintage, Who};
use proptest::prelude::*;

#[test]
fn what_was_added_is_read_back() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let report = shelf.report(
        "gazette",
        "2024-05-02",
        "Turkey imposed sanctions on Armenia.",
        vec![on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01")],
    );
    let added = add(&mut ledger, std::slice::from_ref(&report), "2024-06-01");
    assert_eq!(added, Added { articles: 1, acts: 1, ..Added::default() });
    let mut acts = Vec::new();
    ledger.acts(&Select::default(), |act| acts.push(act)).expect("acts");
    assert_eq!(acts.len(), 1);
    assert_eq!(acts[0].act, report.coded.acts[0]);
    assert_eq!(acts[0].article.source.as_deref(), Some("gazette"));
    assert_eq!(acts[0].article.learned, day("2024-06-01"));
    assert_eq!(ledger.text(&report.article.id).expect("it is read"), Some(report.article.clone()));
    let affairs = ledger.affairs(&Who::Pair("ARM".into(), "TUR".into()), Times::default(), &LEXICON).expect("affairs");
    assert_eq!(lines(&affairs), ["sanction TUR-ARM: in force"]);
    assert_eq!(
        affairs,
        detente_ledger::fold(&[report.coded], &LEXICON)
            .into_iter()
            .map(|mut affair| {
                // The entries of the ledger name the same article.
                affair.entries.iter_mut().for_each(|entry| entry.article.clone_from(&affairs[0].entries[0].article));
                affair
            })
            .collect::<Vec<_>>()
    );
}

#[test]
fn adding_twice_adds_nothing() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let reports = sanctions(&shelf);
    add(&mut ledger, &reports, "2024-06-01");
    let before = dump(&ledger);
    let again = add(&mut ledger, &reports, "2024-07-01");
    assert_eq!(again, Added { known: reports.len(), ..Added::default() });
    assert_eq!(dump(&ledger), before);
    // It only may turn out to have been known before.
    add(&mut ledger, &reports, "2024-05-30");
    assert_eq!(ledger.article(&reports[0].article.id).expect("read").expect("there").learned, day("2024-05-30"));
}

#[test]
fn reports_of_several_outlets_are_one_act_with_all_its_evidence() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    add(&mut ledger, &sanctions(&shelf), "2024-06-01");
    let mut acts = Vec::new();
    ledger.acts(&Select::default(), |act| acts.push(act)).expect("acts");
    assert_eq!(acts.len(), 1, "{acts:#?}");
    let outlets: Vec<_> = acts[0].reports.iter().map(|report| report.article.source.as_deref()).collect();
    assert_eq!(outlets, [Some("gazette"), Some("herald")]);
    assert_eq!(acts[0].article.source.as_deref(), Some("courier"), "the one that names the day stands for all");
    let affairs = ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs");
    assert_eq!(affairs.len(), 1);
    assert_eq!(affairs[0].entries.len(), 1, "three reports are one entry");
}

#[test]
fn days_are_as_close_as_they_are_known() {
    let told = |first: (&str, bool), second: (&str, bool)| {
        let shelf = Shelf::new();
        let mut ledger = shelf.ledger();
        let of = |(date, names_day): (&str, bool), outlet: &str| {
            let mut act = on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), date);
            if names_day {
                act.cues = vec![detente_coder::Cue { kind: "date", start: 0, end: 1 }];
            }
            shelf.report(outlet, date, &format!("The {outlet} tells of sanctions."), vec![act])
        };
        add(&mut ledger, &[of(first, "gazette"), of(second, "herald")], "2024-06-01");
        let mut count = 0;
        ledger.acts(&Select::default(), |_| count += 1).expect("acts");
        count
    };
    assert_eq!(told(("2024-05-01", true), ("2024-05-01", true)), 1);
    assert_eq!(told(("2024-05-01", true), ("2024-05-02", true)), 2, "both name their day");
    assert_eq!(told(("2024-05-01", true), ("2024-05-04", false)), 1, "the day of publication lags");
    assert_eq!(told(("2024-05-01", false), ("2024-05-05", false)), 2, "too late");
}

#[test]
fn what_differs_is_not_merged() {
    let base = || on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01");
    let mut other_mode = (base(), base());
    other_mode.0.mode = vec!["expel".into()];
    other_mode.1.mode = vec!["boycott".into()];
    let mut intended = base();
    intended.factuality = Factuality::Intended;
    for (one, other) in [
        (base(), on(act(&["ARM"], "SANCTION", &["TUR"], "impose sanction", "sanctions"), "2024-05-01")),
        (base(), on(act(&["TUR"], "SANCTION", &["ARM"], "suspend talk", "talks on the railway"), "2024-05-01")),
        (base(), intended),
        other_mode,
    ] {
        let shelf = Shelf::new();
        let mut ledger = shelf.ledger();
        let one = shelf.report("gazette", "2024-05-01", "The gazette tells of it.", vec![one]);
        let other = shelf.report("herald", "2024-05-01", "The herald tells of something.", vec![other]);
        add(&mut ledger, &[one, other], "2024-06-01");
        assert!(ledger.merges().expect("merges").is_empty());
    }
}

#[test]
fn a_split_lasts_through_a_rebuild_and_can_be_taken_back() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let reports = sanctions(&shelf);
    add(&mut ledger, &reports, "2024-06-01");
    let whole = dump(&ledger);
    let act = &reports[2].coded.acts[0].id;
    ledger.split(act, true).expect("it is split");
    ledger.settle(&LEXICON).expect("settled");
    let merges = ledger.merges().expect("merges");
    assert_eq!(merges.len(), 1);
    assert_eq!(merges[0].reports.len(), 1);
    let split = dump(&ledger);
    ledger.refold(&intake()).expect("rebuilt");
    assert_eq!(dump(&ledger), split);
    ledger.split(act, false).expect("it is taken back");
    ledger.settle(&LEXICON).expect("settled");
    assert_eq!(dump(&ledger), whole);
    assert!(matches!(ledger.split("none", true), Err(Error::Unknown(_))));
}

#[test]
fn a_denial_stands_beside_what_it_denies() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let mut denial = says(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "TUR");
    denial.factuality = Factuality::Denied;
    let mut reports = sanctions(&shelf);
    reports.push(shelf.report(
        "herald",
        "2024-05-04",
        "Turkey denied that it had imposed sanctions.",
        vec![on(denial, "2024-05-04")],
    ));
    add(&mut ledger, &reports, "2024-06-01");
    let mut against = Vec::new();
    ledger.acts(&Select::default(), |act| against.push((act.act.factuality, act.against.len()))).expect("acts");
    against.sort();
    assert_eq!(against, [(Factuality::Actual, 1), (Factuality::Denied, 0)]);
}

#[test]
fn what_its_outlet_takes_back_moves_nothing() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let imposes = || on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01");
    let told = shelf.report("gazette", "2024-05-02", "Turkey imposed sanctions on Armenia.", vec![imposes()]);
    let back = "Retraction: our report that Turkey imposed sanctions on Armenia was wrong.";
    let back = shelf.report("gazette", "2024-05-05", back, vec![imposes()]);
    let other = shelf.report("herald", "2024-05-03", "Ankara put sanctions on Armenia, it is heard.", vec![imposes()]);
    add(&mut ledger, &[told.clone(), back.clone()], "2024-06-01");
    let mut acts = Vec::new();
    ledger.acts(&Select::default(), |act| acts.push(act)).expect("acts");
    let kinds: Vec<_> = acts.iter().flat_map(|act| &act.against).map(|(_, how)| how.as_str()).collect();
    assert_eq!(kinds, ["retracted"]);
    // The retraction is of the other outlet's report no retraction.
    add(&mut ledger, &[other], "2024-06-01");
    let affairs = ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs");
    assert_eq!(lines(&affairs), ["sanction TUR-ARM: in force"]);
}

/// The kinds of what speaks against the acts of a ledger, in order of the days of publication of the acts.
fn spoken_against(ledger: &Ledger) -> Vec<Vec<&'static str>> {
    let mut acts = Vec::new();
    ledger.acts(&Select::default(), |act| acts.push(act)).expect("acts");
    acts.sort_by_key(|act| act.article.date);
    acts.iter().map(|act| act.against.iter().map(|(_, how)| how.as_str()).collect()).collect()
}

#[test]
fn a_correction_that_is_all_of_an_article_speaks_and_reports_nothing() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let recalls = |sentence: &str| {
        let mut act = on(act(&["TUR"], "SANCTION", &["ARM"], "recall ambassador", "ambassador"), "2024-05-01");
        act.event_text = sentence.to_owned();
        act
    };
    let told = "Turkey recalled its ambassador to Armenia.";
    let right =
        "Correction: An earlier report said that Turkey had recalled its ambassador to Armenia. He is on leave.";
    let told = shelf.report("gazette", "2024-05-02", told, vec![recalls(told)]);
    let right = shelf.report("gazette", "2024-05-04", right, vec![recalls(right)]);
    assert!(right.article.body().next().is_some(), "what stands alone is the report");
    add(&mut ledger, &[told, right], "2024-06-01");
    assert_eq!(spoken_against(&ledger), [vec!["corrected"], vec!["corrected"]]);
    assert!(ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs").is_empty());
}

#[test]
fn a_retraction_reaches_the_outlet_that_it_names() {
    let imposes = || on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01");
    for (words, kinds) in [
        (
            "Retraction: the report by the Strelsau Herald that we printed was taken back by its editors.",
            vec!["retracted"],
        ),
        ("Retraction: the report of another paper that we printed was taken back by its editors.", Vec::new()),
    ] {
        let shelf = Shelf::new();
        let mut ledger = shelf.ledger();
        let told = "Turkey imposed sanctions on Armenia.";
        let told = shelf.report("The Strelsau Herald", "2024-05-02", told, vec![imposes()]);
        let back = shelf.report("gazette", "2024-05-05", words, vec![imposes()]);
        add(&mut ledger, &[told, back], "2024-06-01");
        assert_eq!(spoken_against(&ledger)[0], kinds, "{words}");
    }
}

#[test]
fn what_only_another_report_of_an_act_says_is_heard() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let opens =
        on(act(&["TUR", "ARM"], "CONSULT", &[], "open negotiation", "negotiations on a border treaty"), "2024-05-01");
    // The one that names the day stands for all, but its words are of no negotiation.
    let mut best = on(act(&["TUR", "ARM"], "COOPERATE", &[], "sign", "border treaty"), "2024-07-01");
    best.cues = vec![detente_coder::Cue { kind: "date", start: 0, end: 1 }];
    best.lemmas = vec!["put".into(), "name".into()];
    let other = on(act(&["TUR", "ARM"], "COOPERATE", &[], "sign treaty", "border treaty"), "2024-07-03");
    let again = on(act(&["TUR", "ARM"], "COOPERATE", &[], "sign treaty", "treaty on the border"), "2024-07-02");
    let reports = [
        shelf.report("gazette", "2024-05-02", "Talks on a border treaty began.", vec![opens]),
        shelf.report("gazette", "2024-07-01", "Names were put under the border treaty.", vec![best]),
        shelf.report("herald", "2024-07-03", "Both signed the border treaty.", vec![other]),
        shelf.report("courier", "2024-07-02", "The treaty on the border is signed.", vec![again]),
    ];
    add(&mut ledger, &reports, "2024-08-01");
    assert_eq!(ledger.merges().expect("merges")[0].reports.len(), 2);
    let affairs = ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs");
    let talks = affairs.iter().find(|affair| affair.kind == "negotiation").expect("a negotiation");
    assert_eq!(line(talks), "negotiation ARM-TUR (border treaty): concluded");
    assert_eq!(talks.since, Some(day("2024-07-01")), "it was when the best report says");
    assert_eq!(talks.entries.len(), 2, "two reports that say the same are one entry");
    // As of another day, too, though judged anew.
    let times = Times { as_of: Some(day("2024-12-01")), known_by: None };
    assert_eq!(ledger.affairs(&Who::All, times, &LEXICON).expect("affairs"), affairs);
}

#[test]
fn an_id_once_given_leads_to_its_affair() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let report = |outlet: &str, date: &str, subject: &str| {
        let act = on(act(&["TUR", "ARM"], "CONSULT", &[], "hold negotiation", subject), date);
        shelf.report(outlet, date, &format!("They held {subject}."), vec![act])
    };
    let mut given = Vec::new();
    for (outlet, date, subject) in [
        ("gazette", "2024-05-04", "negotiations on the border"),
        ("herald", "2024-05-01", "negotiations on a border treaty"),
        ("courier", "2024-04-01", "negotiations on a border treaty with maps"),
    ] {
        add(&mut ledger, &[report(outlet, date, subject)], "2024-06-01");
        let affairs = ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs");
        assert_eq!(affairs.len(), 1);
        given.push(affairs[0].id.clone());
    }
    assert_ne!(given[0], given[2], "another subject is the first one now");
    // Taken back, its subject is in no report any more.
    let back = "Retraction: we wrote that talks were held.";
    let act =
        on(act(&["TUR", "ARM"], "CONSULT", &[], "hold negotiation", "negotiations on a border treaty"), "2024-05-01");
    add(&mut ledger, &[shelf.report("herald", "2024-05-03", back, vec![act])], "2024-06-01");
    for times in [Times::default(), Times { as_of: Some(day("2024-12-01")), known_by: None }] {
        for id in &given {
            let found = ledger.affair(id, times, &LEXICON).expect("known").expect("there");
            assert_eq!(found.subject.as_deref(), Some("border"), "{id}");
        }
    }
    assert!(matches!(ledger.affair("0000ffff", Times::default(), &LEXICON), Err(Error::Unknown(_))));
}

#[test]
fn the_two_times_are_two() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let imposes = on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01");
    let lifts = on(act(&["TUR"], "CONCEDE", &["ARM"], "lift sanction", "sanctions"), "2024-08-01");
    let first = shelf.report("gazette", "2024-05-02", "Turkey imposed sanctions on Armenia.", vec![imposes]);
    let later = shelf.report("gazette", "2024-08-02", "Turkey lifted its sanctions on Armenia.", vec![lifts]);
    // The later deed is learned of first.
    add(&mut ledger, &[later], "2024-09-01");
    add(&mut ledger, &[first], "2024-10-01");
    let stands = |as_of: Option<&str>, known_by: Option<&str>| {
        let times = Times { as_of: as_of.map(day), known_by: known_by.map(day) };
        lines(&ledger.affairs(&Who::One("ARM".into()), times, &LEXICON).expect("affairs"))
    };
    assert_eq!(stands(None, None), ["sanction TUR-ARM: lifted"]);
    assert_eq!(stands(Some("2024-06-01"), None), ["sanction TUR-ARM: in force"]);
    assert_eq!(stands(Some("2024-06-01"), Some("2024-09-15")), Vec::<String>::new());
    assert_eq!(stands(None, Some("2024-09-15")), ["sanction TUR-ARM: lifted"]);
    assert_eq!(stands(Some("2024-04-30"), None), Vec::<String>::new());
}

#[test]
fn control_characters_and_marks_of_direction_survive() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let words = "Turkey \u{1b}[31mimposed\u{7} sanctions \u{202e}on Armenia\u{2066} today.";
    let mut sanction = on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01");
    sanction.event_text = words.to_owned();
    sanction.subject = Some("sanctions \u{202e}\u{0}".to_owned());
    let report = shelf.report("gazette", "2024-05-02", words, vec![sanction]);
    add(&mut ledger, std::slice::from_ref(&report), "2024-06-01");
    let stored = ledger.act(&report.coded.acts[0].id).expect("read").expect("there");
    assert_eq!(stored.act, report.coded.acts[0]);
    assert_eq!(ledger.text(&report.article.id).expect("read"), Some(report.article));
    assert!(ledger.check().expect("checked").is_empty());
}

#[test]
fn a_full_disk_loses_nothing_that_was_added() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let reports = sanctions(&shelf);
    add(&mut ledger, &reports[..1], "2024-06-01");
    let before = dump(&ledger);
    ledger.limit_pages(1).expect("SQLite keeps the pages that there are");
    let many: Vec<Report> = (0..400)
        .map(|number| {
            let words =
                format!("Turkey imposed sanctions number {number} on Armenia. {}", "More was said. ".repeat(80));
            shelf.report("gazette", "2024-05-02", &words, Vec::new())
        })
        .collect();
    let prepared: Vec<_> = many.iter().map(|report| report.prepare()).collect();
    let error = ledger.add(&intake(), &prepared, day("2024-06-01"), None).expect_err("the disk is full");
    assert!(matches!(error, Error::Full(_)), "{error}");
    assert_eq!(dump(&ledger), before);
    ledger.limit_pages(1_000_000).expect("room is made");
    assert_eq!(add(&mut ledger, &many, "2024-06-01").articles, many.len());
    assert!(ledger.check().expect("checked").is_empty());
}

#[test]
fn a_ledger_that_may_not_be_written_is_read() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    add(&mut ledger, &sanctions(&shelf), "2024-06-01");
    drop(ledger);
    let mut ledger = Ledger::open_read_only(&shelf.path).expect("it is read");
    assert_eq!(ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs").len(), 1);
    let error = ledger.add(&intake(), &[], day("2024-06-01"), None).expect_err("it may not be written");
    assert!(matches!(error, Error::ReadOnly(_)), "{error}");
}

#[test]
fn what_is_no_ledger_is_told_so_and_left_as_it_is() {
    let shelf = Shelf::new();
    assert!(matches!(Ledger::open(&shelf.path), Err(Error::Missing(_))));
    fs::write(
        &shelf.path,
        "Not a ledger at all, but a text that is longer than the header of a database file has bytes.",
    )
    .expect("written");
    for opened in [Ledger::open(&shelf.path), Ledger::open_or_create(&shelf.path)] {
        assert!(matches!(opened, Err(Error::NoLedger(_))), "{opened:?}");
    }
    // To ask makes no ledger of a file in which nothing is.
    fs::write(&shelf.path, "").expect("written");
    assert!(matches!(Ledger::open(&shelf.path), Err(Error::NoLedger(_))));
    assert_eq!(fs::metadata(&shelf.path).expect("there").len(), 0);
    fs::remove_file(&shelf.path).expect("removed");
    let folder = shelf.path.parent().expect("a folder");
    for opened in [Ledger::open(folder), Ledger::open_read_only(folder), Ledger::open_or_create(folder)] {
        assert!(matches!(opened, Err(Error::NoLedger(_))), "{opened:?}");
    }
    let other = rusqlite::Connection::open(&shelf.path).expect("opened");
    other.execute_batch("CREATE TABLE mine (x); INSERT INTO mine VALUES (1);").expect("made");
    assert!(matches!(Ledger::open_or_create(&shelf.path), Err(Error::NoLedger(_))));
    assert_eq!(other.query_row("SELECT count(*) FROM mine", [], |row| row.get::<_, i64>(0)), Ok(1));
    assert!(matches!(Ledger::create(&shelf.path), Err(Error::Exists(_))));
}

#[test]
fn a_ledger_of_a_newer_version_is_refused() {
    let shelf = Shelf::new();
    drop(shelf.ledger());
    let newer = rusqlite::Connection::open(&shelf.path).expect("opened");
    newer.pragma_update(None, "user_version", 99).expect("set");
    drop(newer);
    for opened in [Ledger::open(&shelf.path), Ledger::open_or_create(&shelf.path)] {
        assert!(matches!(opened, Err(Error::Newer { found: 99, .. })), "{opened:?}");
    }
}

#[test]
fn two_writers_take_turns() {
    let shelf = Shelf::new();
    let (mut one, mut other) = (shelf.ledger(), Ledger::open(&shelf.path).expect("opened"));
    let reports = |outlet: &str| -> Vec<Report> {
        let words = |number| format!("{outlet} number {number}: Turkey imposed sanctions on Armenia.");
        (0..40).map(|number| shelf.report(outlet, "2024-05-02", &words(number), Vec::new())).collect()
    };
    let (first, second) = (reports("gazette"), reports("herald"));
    std::thread::scope(|scope| {
        for (ledger, reports) in [(&mut one, &first), (&mut other, &second)] {
            scope.spawn(move || {
                for report in reports {
                    add(ledger, std::slice::from_ref(report), "2024-06-01");
                }
            });
        }
    });
    let mut count = 0;
    Ledger::open(&shelf.path).expect("opened").articles(|_| count += 1).expect("articles");
    assert_eq!(count, 80);
}

#[test]
fn how_far_a_source_was_read_is_kept_with_its_articles() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let report = &sanctions(&shelf)[0];
    let feed = || Feed { name: "wire.jsonl".into(), read: 7, ..Feed::default() };
    let broken = Feed { failures: vec!["line 3: no record".into()], ..feed() };
    ledger.add(&intake(), &[report.prepare()], day("2024-06-01"), Some(&broken)).expect("added");
    let status = detente_ledger::ask::Status::of(&ledger).expect("status");
    assert_eq!((status.sources[0].read, status.sources[0].added, status.sources[0].is_done), (7, 1, false));
    assert_eq!(status.failures[0].message, "line 3: no record");
    assert!(status.is_stale, "nothing was settled yet");
    // When it cannot be had, what was read of it stays known.
    let gone = Feed { name: "wire.jsonl".into(), failures: vec!["the server answers 500".into()], ..Feed::default() };
    ledger.add(&intake(), &[], day("2024-06-02"), Some(&gone)).expect("noted");
    let status = detente_ledger::ask::Status::of(&ledger).expect("status");
    assert_eq!((status.sources[0].read, status.sources[0].added, status.failures.len()), (7, 1, 2));
    // What fails again is of the last day; what is read to its end without a failure is mended.
    let failures_after = |ledger: &mut Ledger, learned: &str, feed: Feed| {
        ledger.add(&intake(), &[], day(learned), Some(&feed)).expect("noted");
        let failures = detente_ledger::ask::Status::of(ledger).expect("status").failures;
        failures.into_iter().map(|failure| failure.day).collect::<Vec<_>>()
    };
    let again = Feed { is_done: true, ..broken };
    assert_eq!(failures_after(&mut ledger, "2024-06-03", again), ["2024-06-03", "2024-06-02"]);
    let other = Feed { name: "other.jsonl".into(), is_done: true, is_whole: true, ..Feed::default() };
    assert_eq!(failures_after(&mut ledger, "2024-06-04", other).len(), 2);
    assert!(failures_after(&mut ledger, "2024-06-04", Feed { is_done: true, is_whole: true, ..feed() }).is_empty());
}

/// A ledger whose reports an older version coded, and the version that is now.
fn outdated_ledger(shelf: &Shelf) -> (Ledger, Vec<Report>, Vintage) {
    let mut ledger = shelf.ledger();
    let reports = sanctions(shelf);
    add(&mut ledger, &reports, "2024-06-01");
    (ledger, reports, Vintage { version: "9.9.9".into(), ..vintage() })
}

#[test]
fn coding_anew_keeps_what_was_coded_before() {
    let shelf = Shelf::new();
    let (mut ledger, reports, newer) = outdated_ledger(&shelf);
    let intake = Intake::new(&LEXICON, newer.clone());
    assert_eq!(ledger.outdated_count(&newer).expect("counted"), 3);
    let outdated = ledger.outdated(&newer, 100).expect("outdated");
    let recode = |outdated: Outdated| {
        let mut coded = reports.iter().find(|r| r.article.id == outdated.article.id).expect("known").coded.clone();
        coded.acts[0].confidence = 0.25;
        (outdated, coded)
    };
    let recoded = ledger.recode(&intake, &outdated.into_iter().map(recode).collect::<Vec<_>>()).expect("recoded");
    assert_eq!((recoded.articles, recoded.changed, recoded.same, recoded.gone, recoded.new), (3, 3, 0, 0, 0));
    ledger.refold(&intake).expect("rebuilt");
    let of = |vintage| {
        let mut all = Vec::new();
        ledger.acts_of_vintage(vintage, |act: Act| all.push(act.confidence)).expect("acts");
        all
    };
    assert_eq!(of(1), [1.0, 1.0, 1.0]);
    assert_eq!(of(2), [0.25, 0.25, 0.25]);
    let mut now = Vec::new();
    ledger.acts(&Select::default(), |act| now.push((act.act.confidence, act.reports.len()))).expect("acts");
    assert_eq!(now, [(0.25, 2)]);
    assert!(ledger.check().expect("checked").is_empty());
}

#[test]
fn a_rebuild_counts_what_the_changes_tell() {
    let shelf = Shelf::new();
    let (mut ledger, reports, newer) = outdated_ledger(&shelf);
    let intake = Intake::new(&LEXICON, newer.clone());
    let outdated = ledger.outdated(&newer, 100).expect("outdated");
    // The first is coded otherwise, the second only by a coder that writes its words otherwise, the third alike.
    let recode = |(number, outdated): (usize, Outdated)| {
        let mut coded = reports.iter().find(|r| r.article.id == outdated.article.id).expect("known").coded.clone();
        match number {
            0 => coded.acts[0].confidence = 0.25,
            1 => coded.acts[0].lemmas.push("more".to_owned()),
            _ => {}
        }
        coded.acts[0].version = "9.9.9";
        (outdated, coded)
    };
    let coded: Vec<_> = outdated.into_iter().enumerate().map(recode).collect();
    let recoded = ledger.recode(&intake, &coded).expect("recoded");
    assert_eq!((recoded.changed, recoded.same, recoded.gone, recoded.new), (1, 2, 0, 0));
    let told = detente_ledger::ask::Recoding::since(&ledger, 1).expect("told");
    assert_eq!(told.acts.iter().map(|act| act.fields.join(" ")).collect::<Vec<_>>(), ["confidence"]);
}

#[test]
fn what_failed_with_a_source_is_over_when_it_brings_nothing_new() {
    let shelf = Shelf::new();
    let mut ledger = shelf.ledger();
    let feed =
        |name: &str| Feed { name: name.to_owned(), failures: vec!["the server answers 500".into()], ..Feed::default() };
    let read = Feed { read: 7, is_done: true, is_whole: true, failures: Vec::new(), ..feed("one") };
    for feed in [read, feed("one"), feed("other")] {
        ledger.add(&intake(), &[], day("2024-06-02"), Some(&feed)).expect("noted");
    }
    ledger.unchanged("one", day("2024-06-05")).expect("noted");
    ledger.unchanged("never read", day("2024-06-05")).expect("noted");
    let status = detente_ledger::ask::Status::of(&ledger).expect("told");
    let sources: Vec<_> = status.sources.iter().map(|s| (s.name.as_str(), s.read, s.fed.as_str(), s.is_done)).collect();
    assert_eq!(sources, [("one", 7, "2024-06-05", true), ("other", 0, "2024-06-02", false)]);
    assert_eq!(status.failures.iter().map(|f| f.source.as_str()).collect::<Vec<_>>(), ["other"]);
}

/// Outlet, day, story, notice, acts, day on which it is learned of.
pub type Paper = (usize, i8, usize, usize, Vec<Act>, i8);

pub const CODES: [&str; 3] = ["TUR", "ARM", "GRC"];
const OUTLETS: [&str; 3] = ["gazette", "herald", "courier"];
const DEEDS: [(&str, &str, &str); 8] = [
    ("SANCTION", "suspend negotiation", "negotiations on a border treaty"),
    ("SANCTION", "freeze talk", "talks"),
    ("CONSULT", "hold negotiation", "negotiations on the border"),
    ("CONSULT", "hold talk", "talks on the railway"),
    ("SANCTION", "impose sanction", "sanctions"),
    ("CONCEDE", "lift sanction", "sanctions"),
    ("SUPPORT", "restore relation", "relations"),
    ("ASSAULT", "attack", ""),
];

fn deeds() -> impl Strategy<Value = Act> {
    (0..3_usize, 0..3_usize, 0..DEEDS.len(), prop::option::of(1..9_i8), 0..4_usize, any::<bool>(), any::<bool>())
        .prop_map(|(actor, recipient, deed, day, factuality, is_joint, is_past)| {
            let (event, words, subject) = DEEDS[deed];
            let both = [CODES[actor], CODES[recipient]];
            let mut act = match is_joint && actor != recipient {
                true => act(&both, event, &[], words, subject),
                false => act(&both[..1], event, &both[1..], words, subject),
            };
            if let Some(day) = day {
                act = on(act, &format!("2024-05-{day:02}"));
            }
            act.factuality =
                [Factuality::Actual, Factuality::Actual, Factuality::Denied, Factuality::Intended][factuality];
            act.epoch = if is_past { Epoch::Background } else { Epoch::New };
            act
        })
}

/// Reports by three outlets over a few days, some of them near-duplicates, corrections or retractions.
pub fn newspapers() -> impl Strategy<Value = Vec<Paper>> {
    let one = (0..3_usize, 1..9_i8, 0..4_usize, 0..6_usize, prop::collection::vec(deeds(), 0..4), 1..4_i8);
    prop::collection::vec(one, 1..9).prop_map(|mut papers| {
        // An outlet prints a story once a day: the same article is coded to the same acts.
        let mut printed = std::collections::HashSet::new();
        papers.retain(|(outlet, day, story, notice, ..)| printed.insert((*outlet, *day, *story, (*notice).max(3))));
        papers
    })
}

pub fn report_of(shelf: &Shelf, paper: &Paper) -> Report {
    let (outlet, day, story, notice, acts, _) = paper;
    let notice = ["", "", "", "", "Correction: ", "Retraction: "][*notice];
    let words = (0..30).map(|word| format!("word{} ", word + story * 7)).collect::<String>();
    let words = format!("{notice}The ministers of story {story} said in the capital that {words}.");
    shelf.report(OUTLETS[*outlet], &format!("2024-05-{day:02}"), &words, acts.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_order_and_any_batches_give_the_same_ledger(
        (papers, shuffled) in newspapers().prop_flat_map(|p| (Just(p.clone()), Just(p).prop_shuffle())),
        often in any::<bool>(),
    ) {
        let (one, other) = (Shelf::new(), Shelf::new());
        let (mut whole, mut pieces) = (one.ledger(), other.ledger());
        // All in one batch, or one by one.
        for learned in 1..4_i8 {
            let of_day: Vec<Report> = papers.iter().filter(|p| p.5 == learned).map(|p| report_of(&one, p)).collect();
            let prepared: Vec<_> = of_day.iter().map(Report::prepare).collect();
            whole.add(&intake(), &prepared, day(&format!("2024-06-0{learned}")), None).expect("added");
        }
        whole.settle(&LEXICON).expect("settled");
        for paper in shuffled.iter().chain(&papers[..1]) {
            let report = report_of(&other, paper);
            pieces.add(&intake(), &[report.prepare()], day(&format!("2024-06-0{}", paper.5)), None).expect("added");
            if often {
                pieces.settle(&LEXICON).expect("settled");
            }
        }
        pieces.settle(&LEXICON).expect("settled");
        prop_assert_eq!(difference(&dump(&whole), &dump(&pieces)), Vec::<String>::new());
        // What is kept is what is folded anew, and what is asked of another time that is now.
        let kept = whole.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs");
        let later = Times { as_of: None, known_by: Some(day("2025-01-01")) };
        prop_assert_eq!(&kept, &whole.affairs(&Who::All, later, &LEXICON).expect("affairs"));
        for code in CODES {
            let who = Who::One(code.to_owned());
            let asked = whole.affairs(&who, later, &LEXICON).expect("affairs");
            prop_assert_eq!(whole.affairs(&who, Times::default(), &LEXICON).expect("affairs"), asked);
        }
        let before = dump(&pieces);
        pieces.refold(&intake()).expect("rebuilt");
        prop_assert_eq!(difference(&before, &dump(&pieces)), Vec::<String>::new());
    }
}

/// One deed, told by three outlets.
fn sanctions(shelf: &Shelf) -> Vec<Report> {
    let imposes = || act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions");
    let mut own_day = on(imposes(), "2024-05-01");
    own_day.cues = vec![detente_coder::Cue { kind: "date", start: 0, end: 1 }];
    vec![
        shelf.report(
            "gazette",
            "2024-05-01",
            "Turkey imposed sanctions on Armenia.",
            vec![on(imposes(), "2024-05-01")],
        ),
        shelf.report("herald", "2024-05-02", "Ankara has put sanctions on Armenia.", vec![on(imposes(), "2024-05-02")]),
        shelf.report("courier", "2024-05-03", "On 1 May Turkey imposed sanctions on Armenia.", vec![own_day]),
    ]
}

fn lines(affairs: &[detente_ledger::Affair]) -> Vec<String> {
    affairs.iter().map(line).collect()
}

/// Adds reports and settles.
fn add(ledger: &mut Ledger, reports: &[Report], learned: &str) -> Added {
    let prepared: Vec<_> = reports.iter().map(Report::prepare).collect();
    let added = ledger.add(&intake(), &prepared, day(learned), None).expect("added");
    ledger.settle(&LEXICON).expect("settled");
    added
}
