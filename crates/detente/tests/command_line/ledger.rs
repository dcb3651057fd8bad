//! `detente add` and what asks a ledger.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs, thread};

use detente_ledger::Record;
use detente_ledger::store::{Vintage, uid};
use detente_text::Fields;
use serde_json::Value;

use crate::program::{Folder, folder, run, run_with};

const CHAIN: [&str; 3] = [
    "../../examples/chain/meridian-wire.jsonl",
    "../../examples/chain/velmar-gazette.jsonl",
    "../../examples/chain/dorvak-tribune.jsonl",
];
const OVERLAY: [&str; 2] = ["--lexicon", "../../examples/chain/lexicon"];

/// The ledger of the chain of articles.
fn chain(folder: &Folder) -> String {
    let ledger = folder.path("chain.db");
    let mut arguments = vec!["add", &ledger, "--learned", "2023-06-01"];
    arguments.extend(CHAIN.iter().chain(&OVERLAY));
    let added = run(&arguments);
    assert_eq!(added.status, 0, "{added:?}");
    assert!(added.stdout.starts_with("35 articles added, 0 known before; 0 of the same words"), "{added:?}");
    ledger
}

fn ask(arguments: &[&str]) -> String {
    let asked = run(&[arguments, &OVERLAY].concat());
    assert_eq!(asked.status, 0, "{asked:?}");
    asked.stdout
}

/// The ledger of the chain at five dates is what `examples/chain/ledger.txt` shows; `UPDATE_DOCS=1` rewrites it.
#[test]
fn the_chain_stands_at_five_dates_as_its_page_shows() {
    let folder = folder();
    let ledger = chain(&folder);
    let mut page = String::new();
    for day in ["2022-02-15", "2022-04-10", "2022-05-20", "2022-10-15", "2023-03-31"] {
        let arguments = format!("--as-of {day} --acts 4");
        page.push_str(&format!("$ detente show chain.db Orsenia Kestria {arguments} --lexicon lexicon\n"));
        page.push_str(&ask(&["show", &ledger, "Orsenia", "Kestria", "--as-of", day, "--acts", "4"]));
        page.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/chain/ledger.txt");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "examples/chain/ledger.txt is not what the ledger says; run with UPDATE_DOCS=1:\n{page}");
}

#[test]
fn adding_again_adds_nothing() {
    let folder = folder();
    let ledger = chain(&folder);
    let before = ask(&["show", &ledger, "--format", "json"]);
    let again = run(&[&["add", &ledger, CHAIN[1], "--learned", "2024-01-01"], &OVERLAY[..]].concat());
    assert_eq!(again.status, 0, "{again:?}");
    assert!(again.stdout.starts_with("0 articles added, 11 known before;"), "{again:?}");
    assert_eq!(ask(&["show", &ledger, "--format", "json"]), before);
}

#[test]
fn the_order_of_the_sources_makes_no_difference() {
    let (one, other) = (folder(), folder());
    let ledger = chain(&one);
    let pieces = other.path("pieces.db");
    for source in [CHAIN[2], CHAIN[0], CHAIN[1]] {
        ask(&["add", &pieces, source, "--learned", "2023-06-01", "--threads", "1"]);
    }
    for question in [["show", "json"], ["timeline", "csv"]] {
        let of = |ledger: &str| ask(&[question[0], ledger, "--format", question[1]]);
        assert_eq!(of(&ledger), of(&pieces));
    }
}

#[test]
fn what_is_known_by_a_day_is_what_was_added_by_it() {
    let folder = folder();
    let ledger = folder.path("late.db");
    ask(&["add", &ledger, CHAIN[0], "--learned", "2023-06-01"]);
    ask(&["add", &ledger, CHAIN[1], "--learned", "2023-07-01"]);
    let early = folder.path("early.db");
    ask(&["add", &early, CHAIN[0], "--learned", "2023-06-01"]);
    let affairs = |ledger: &str, times: &[&str]| -> Value {
        let shown = ask(&[&["show", ledger, "--acts", "0", "--format", "json"], times].concat());
        serde_json::from_str::<Value>(&shown).unwrap()["affairs"].clone()
    };
    assert_eq!(affairs(&ledger, &["--known-by", "2023-06-15"]), affairs(&early, &[]));
    assert_ne!(affairs(&ledger, &[]), affairs(&early, &[]));
    let diff = ask(&["diff", &ledger, "2023-06-15", "2023-07-15", "--known"]);
    assert!(diff.contains("conflict: ongoing → truce since 2022-07-06"), "{diff}");
}

#[test]
fn states_are_named_by_code_name_or_adjective() {
    let folder = folder();
    let ledger = chain(&folder);
    let by_code = ask(&["show", &ledger, "QOR", "QKE"]);
    assert!(by_code.contains("sanction (Kestria towards Orsenia): lifted since 2023-02-20"), "{by_code}");
    for names in [["Orsenia", "Kestria"], ["orsenian", "kestrian"], ["qor", "Dorvak"]] {
        assert_eq!(ask(&["show", &ledger, names[0], names[1]]), by_code);
    }
    let unknown = run(&["show", &ledger, "Atlantis"]);
    assert_eq!(unknown.status, 1);
    assert!(unknown.stderr.contains("Atlantis: no state or organisation"), "{unknown:?}");
    let twice = run(&[&["show", &ledger, "QOR", "Orsenia"], &OVERLAY[..]].concat());
    assert!(twice.stderr.contains("QOR: named twice; a pair has two sides\n  hint: ask otherwise"), "{twice:?}");
}

#[test]
fn an_affair_is_shown_by_its_id_with_all_its_entries() {
    let folder = folder();
    let ledger = chain(&folder);
    let shown: Value = serde_json::from_str(&ask(&["show", &ledger, "--format", "json"])).unwrap();
    let affairs = shown["affairs"].as_array().unwrap();
    let talks = affairs.iter().find(|affair| affair["kind"] == "negotiation").unwrap();
    let page = ask(&["show", &ledger, &talks["id"].as_str().unwrap()[..8]]);
    for turn in ["→ open", "open → suspended", "suspended → resumed", "resumed → concluded", "also told by"] {
        assert!(page.contains(turn), "{turn} is missing: {page}");
    }
    let early = ask(&["show", &ledger, talks["id"].as_str().unwrap(), "--as-of", "2022-02-01"]);
    assert!(early.contains(": open since 2022-01-17"), "{early}");
}

#[test]
fn an_act_leads_to_its_affair() {
    let folder = folder();
    let ledger = chain(&folder);
    let show: Value = serde_json::from_str(&ask(&["show", &ledger, "--acts", "1000", "--format", "json"])).unwrap();
    let affairs = show["affairs"].as_array().unwrap();
    let sanction = affairs.iter().find(|affair| affair["kind"] == "sanction").unwrap();
    let told = run(&["show", &ledger, sanction["entries"][0]["act"].as_str().unwrap()]);
    assert_eq!(told.status, 1);
    let affair = sanction["id"].as_str().unwrap();
    assert!(told.stderr.contains(&format!("ask for the affair to which it speaks, {affair}")), "{told:?}");
    let acts = show["acts"].as_array().unwrap();
    let accused = acts.iter().find(|act| act["event"][0] == "ACCUSE").unwrap();
    let told = run(&["show", &ledger, accused["id"].as_str().unwrap()]);
    assert!(told.stderr.contains("is an act, which speaks to no affair"), "{told:?}");
}

#[test]
fn each_report_of_an_act_leads_to_its_affair() {
    let folder = folder();
    let ledger = folder.path("reports.db");
    let article = |outlet: &str| {
        format!(
            "{{\"id\": \"{outlet}\", \"date\": \"2024-03-04\", \"source\": \"{outlet}\", \
             \"text\": \"Kenya imposed sanctions on Tanzania on Monday.\"}}\n"
        )
    };
    let articles = article("Gazette") + &article("Herald");
    let added = run_with(&["add", &ledger, "-", "--learned", "2024-05-01"], articles.as_bytes());
    assert_eq!(added.status, 0, "{added:?}");
    let told: Value = serde_json::from_str(&ask(&["ledger", "merges", &ledger, "--format", "json"])).unwrap();
    let act = &told["merges"][0];
    for report in [act, &act["reports"][0]] {
        let told = run(&["show", &ledger, report["id"].as_str().unwrap()]);
        assert!(told.stderr.contains("is an act; ask for the affair to which it speaks"), "{told:?}");
    }
}

#[test]
fn what_cannot_be_asked_is_told_so() {
    let folder = folder();
    let ledger = chain(&folder);
    for command in ["count", "timeline"] {
        let told = run(&[command, &ledger, "--from", "2022-06-01", "--until", "2022-05-01"]);
        assert_eq!(told.status, 1, "{told:?}");
        assert!(told.stderr.contains("--from 2022-06-01 lies after --until 2022-05-01"), "{told:?}");
    }
    assert_eq!(ask(&["count", &ledger, "--from", "2030-01-01"]), "No act is counted.\n");
    // Words that the shell gives as one stand together.
    assert!(run(&["search", &ledger, "treaty force"]).stderr.contains("give them one by one"));
    let found = ask(&["search", &ledger, "treaty", "force"]);
    let told = "Tolva treaty enters into force\n  The treaty between Orsenia and Kestria on sharing the water of the Tolva entered into force on\n  Wednesday.\n";
    assert!(found.contains(told) && found.contains("2023-03-15  "), "{found}");
}

#[test]
fn answers_in_json_name_what_they_hold() {
    let folder = folder();
    let ledger = chain(&folder);
    let json = |arguments: &[&str]| -> Value {
        serde_json::from_str(&ask(&[arguments, &["--format", "json"]].concat())).unwrap()
    };
    let count = json(&["count", &ledger, "--period", "year"]);
    assert_eq!(count["groups"][3], "material_conflict");
    assert_eq!(count["rows"][0]["groups"].as_array().unwrap().len(), 4);
    let status = json(&["status", &ledger]);
    assert_eq!(
        (&status["affairs"]["sanction"], &status["corrections"]["corrected"]),
        (&Value::from(1), &Value::from(1))
    );
    assert!(json(&["ledger", "merges", &ledger])["merges"][0]["reports"][0]["merged_because"].is_string());
}

#[test]
fn corrections_stand_beside_what_they_correct() {
    let folder = folder();
    let page = ask(&["show", &chain(&folder), "Orsenia", "Kestria", "--as-of", "2022-04-01"]);
    assert!(page.contains("- corrected by Velmar Gazette, 2022-03-26"), "{page}");
}

#[test]
fn counts_keep_periods_without_acts() {
    let folder = folder();
    let ledger = chain(&folder);
    let csv =
        ask(&["count", &ledger, "QKE", "QOR", "--from", "2022-03-01", "--until", "2022-09-30", "--format", "csv"]);
    let mut rows = csv.lines();
    let header = "period,acts,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,mean_scale";
    assert_eq!(rows.next(), Some(header));
    let periods: Vec<&str> = rows.map(|row| &row[..7]).collect();
    assert_eq!(periods, ["2022-03", "2022-04", "2022-05", "2022-06", "2022-07", "2022-08", "2022-09"]);
    assert!(csv.contains("\n2022-08,0,0,0,0,0,\n"), "{csv}");
    let directed: Value = serde_json::from_str(&ask(&[
        "count",
        &ledger,
        "QKE",
        "QOR",
        "--directed",
        "--period",
        "year",
        "--by",
        "type",
        "--format",
        "json",
    ]))
    .unwrap();
    let both: Value =
        serde_json::from_str(&ask(&["count", &ledger, "QKE", "QOR", "--period", "year", "--format", "json"])).unwrap();
    let acts = |count: &Value| -> u64 {
        count["rows"].as_array().unwrap().iter().map(|row| row["acts"].as_u64().unwrap()).sum()
    };
    assert!(0 < acts(&directed) && acts(&directed) < acts(&both), "{directed} {both}");
}

#[test]
fn words_are_found_in_any_form() {
    let folder = folder();
    let ledger = chain(&folder);
    let found = ask(&["search", &ledger, "suspending", "negotiation"]);
    assert!(found.contains("Orsenia suspended negotiations with Kestria on the Tolva treaty"), "{found}");
    assert_eq!(ask(&["search", &ledger, "zeppelin"]), "Nothing found.\n");
    let signs = run(&["search", &ledger, "NEAR(\"", "*"]);
    assert_eq!(signs.status, 0, "no sign is a command: {signs:?}");
}

#[test]
fn a_merge_is_told_and_can_be_undone() {
    let folder = folder();
    let ledger = chain(&folder);
    let merges = ask(&["ledger", "merges", &ledger]);
    assert!(merges.contains("2022-03-21  QKE → QOR: SANCTION, 3 reports"), "{merges}");
    let line = merges.lines().find(|line| line.contains("Kestria has imposed sanctions on Orsenia")).unwrap();
    let act = line.split_whitespace().next().unwrap();
    let rows = ask(&["ledger", "merges", &ledger, "--format", "csv"]);
    assert!(rows.starts_with("act,report,article,") && rows.contains(&format!(",{act},")), "{rows}");
    ask(&["ledger", "split", &ledger, act]);
    ask(&["ledger", "rebuild", &ledger]);
    let split = ask(&["ledger", "merges", &ledger]);
    assert!(split.contains("2022-03-21  QKE → QOR: SANCTION, 2 reports"), "{split}");
    ask(&["ledger", "split", &ledger, act, "--undo"]);
    assert_eq!(ask(&["ledger", "merges", &ledger]), merges);
}

#[test]
fn another_lexicon_codes_anew_and_keeps_what_was() {
    let folder = folder();
    let ledger = chain(&folder);
    let same = ask(&["ledger", "rebuild", &ledger]);
    assert!(same.starts_with("version, lexicon and model are those that coded the articles"), "{same}");
    let before = ask(&["ledger", "acts", &ledger, "--vintage", "1"]);
    let anew = run(&["ledger", "rebuild", &ledger]);
    assert!(anew.stdout.starts_with("35 articles coded anew: "), "{anew:?}");
    assert_eq!(ask(&["ledger", "acts", &ledger, "--vintage", "1"]), before);
    let status = ask(&["status", &ledger]);
    assert!(status.contains("Vintage    1:") && status.contains("Vintage    2:"), "{status}");
    let changes = run(&["ledger", "changes", &ledger, "--vintage", "1"]);
    let told =
        "Velmar Gazette, 2022-01-18\n  new  Orsenia, Kestria: CONSULT: Orsenia and Kestria opened negotiations\n";
    assert!(changes.stdout.contains(told) || changes.stdout.contains("  gone  QKE, QOR"), "{changes:?}");
    let rows = run(&["ledger", "changes", &ledger, "--vintage", "1", "--format", "csv"]).stdout;
    let of = |what: &str| rows.matches(&format!(",{what},")).count();
    let counted = format!("{} coded otherwise, {} gone, {} new\n", of("changed"), of("gone"), of("new"));
    assert!(anew.stdout.contains(&counted), "{counted}{anew:?}");
    assert_eq!(run(&["ledger", "changes", &ledger, "--vintage", "9"]).status, 1);
    // Without the lexicon that knows them the two states are no states.
    assert!(!run(&["show", &ledger]).stdout.contains("lifted since"));
    ask(&["ledger", "rebuild", &ledger]);
    assert!(ask(&["show", &ledger]).contains("lifted since 2023-02-20"));
    let same = ask(&["ledger", "changes", &ledger, "--vintage", "1"]);
    assert_eq!(same, "Nothing is coded otherwise than by vintage 1.\n");
    assert_eq!(ask(&["ledger", "check", &ledger]), "whole\n");
}

#[test]
fn what_failed_is_kept() {
    let folder = folder();
    let ledger = folder.path("some.db");
    let added = run(&["add", &ledger, "tests/data/none.txt", "tests/data/border.txt", "--learned", "2024-05-01"]);
    assert_eq!(added.status, 1, "{added:?}");
    assert!(added.stdout.contains("1 article added") && added.stdout.contains("1 failed"), "{added:?}");
    let status: Value = serde_json::from_str(&run(&["status", &ledger, "--format", "json"]).stdout).unwrap();
    assert_eq!(status["failures"][0]["message"], "tests/data/none.txt: no such file");
    assert_eq!(status["learned"][0], "2024-05-01");
}

#[test]
fn what_is_no_ledger_is_told_so() {
    let folder = folder();
    let missing = run(&["show", &folder.path("none.db")]);
    assert_eq!(missing.status, 1);
    assert!(missing.stderr.contains("none.db: no such ledger\n  hint: make it with `detente add"), "{missing:?}");
    let empty = folder.write("empty.db", b"");
    assert!(run(&["show", &empty]).stderr.contains("empty.db: is no ledger of Detente"), "to ask makes none");
    let text = folder
        .write("text.db", "no ledger, but words enough to fill the header of one, if it were one at all".as_bytes());
    for command in [&["status", text.as_str()][..], &["add", text.as_str(), "tests/data/border.txt"]] {
        let refused = run(command);
        assert_eq!(refused.status, 1);
        assert!(refused.stderr.contains("text.db: is no ledger of Detente"), "{refused:?}");
    }
}

/// Another user, where the test runs as one who may write everywhere.
#[test]
#[cfg(unix)]
fn a_ledger_where_nothing_may_be_written_is_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let folder = std::env::temp_dir().join(format!("detente-read-only-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let [program, ledger] = ["detente", "a.db"].map(|name| folder.join(name).display().to_string());
    if fs::hard_link(env!("CARGO_BIN_EXE_detente"), &program).is_err() {
        fs::copy(env!("CARGO_BIN_EXE_detente"), &program).unwrap();
    }
    assert_eq!(run(&["add", &ledger, "tests/data/border.txt", "--date", "2024-03-04"]).status, 0);
    let owner = fs::metadata(&ledger).unwrap().uid();
    fs::set_permissions(&ledger, PermissionsExt::from_mode(0o444)).unwrap();
    fs::set_permissions(&folder, PermissionsExt::from_mode(0o555)).unwrap();
    let run_as_reader = |arguments: &[&str]| {
        let mut reader = Command::new(&program);
        if owner == 0 {
            reader.uid(NOBODY).gid(NOBODY);
        }
        reader.args(arguments).current_dir(&folder).output().unwrap()
    };
    let shown = run_as_reader(&["show", "a.db"]);
    let added = run_as_reader(&["add", "a.db", "a.db"]);
    fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(shown.status.success() && String::from_utf8_lossy(&shown.stdout).contains("Passages"), "{shown:?}");
    let told = String::from_utf8_lossy(&added.stderr);
    assert!(!added.status.success() && told.contains("a.db: may not be written"), "{added:?}");
}

/// Articles that differ, in one file.
fn many(folder: &Folder) -> String {
    let states = ["Kenya", "Tanzania", "Ghana", "Togo", "Norway", "Finland", "Peru", "Chile"];
    let deeds = ["imposed sanctions on", "suspended talks on fishing with", "signed a border treaty with", "accused"];
    let mut lines = String::new();
    for number in 0..150 {
        let (one, other) = (states[number % 8], states[(number / 8 + number + 1) % 8]);
        let deed = deeds[number % 4];
        let text =
            format!("{one} {deed} {other} on Monday. The ministry in charge gave paper number {number} to the press.");
        let day = 1 + number % 28;
        lines.push_str(&format!("{{\"id\": \"n{number}\", \"date\": \"2024-03-{day:02}\", \"text\": \"{text}\"}}\n"));
    }
    folder.write("many.jsonl", lines.as_bytes())
}

#[test]
fn a_kill_at_any_moment_loses_nothing_and_doubles_nothing() {
    let folder = folder();
    let articles = many(&folder);
    let (whole, killed) = (folder.path("whole.db"), folder.path("killed.db"));
    let add = |ledger: &str| run(&["add", ledger, &articles, "--learned", "2024-05-01"]);
    assert_eq!(add(&whole).status, 0);
    let mut cut_short = 0;
    for number in 0..8_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(["add", &killed, &articles, "--learned", "2024-05-01", "--threads", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(40 + 53 * number));
        // It may have ended by itself.
        let _ = child.kill();
        cut_short += usize::from(!child.wait().unwrap().success());
    }
    assert!(cut_short > 0, "no run was cut short");
    assert_eq!(add(&killed).status, 0);
    assert_eq!(run(&["ledger", "check", &killed]).stdout, "whole\n");
    for question in
        [&["timeline"][..], &["show", "--acts", "1000"], &["ledger", "merges"], &["ledger", "acts", "--vintage", "1"]]
    {
        let of = |ledger: &str| {
            let at = if question[0] == "ledger" { 2 } else { 1 };
            let mut arguments = question.to_vec();
            arguments.insert(at, ledger);
            let asked = run(&arguments);
            assert_eq!(asked.status, 0, "{asked:?}");
            asked.stdout
        };
        assert!(of(&whole) == of(&killed), "{question:?} differs");
    }
}

/// A limit on the size of files stands for a full disk: writing fails in the middle of a batch.
#[test]
#[cfg(unix)]
fn a_disk_without_room_is_told_and_costs_nothing() {
    let folder = folder();
    let articles = many(&folder);
    let (ledger, whole) = (folder.path("full.db"), folder.path("whole.db"));
    let limited = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 600; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_detente"), "add", &ledger])
        .args([&articles, "--learned", "2024-05-01"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&limited.stderr);
    assert!(!limited.status.success(), "{limited:?}");
    assert!(told.contains("full.db: ") && told.contains("hint: ") && !told.contains("panicked"), "{told}");
    let add = |ledger: &str| run(&["add", ledger, &articles, "--learned", "2024-05-01"]);
    assert_eq!((add(&ledger).status, add(&whole).status), (0, 0));
    assert_eq!(run(&["ledger", "check", &ledger]).stdout, "whole\n");
    let of = |ledger: &str| run(&["timeline", ledger]).stdout;
    assert!(!of(&whole).is_empty() && of(&whole) == of(&ledger));
}

#[test]
fn two_that_add_at_once_both_add() {
    let folder = folder();
    let ledger = folder.path("both.db");
    let articles = many(&folder);
    let other = folder.write(
        "other.jsonl",
        fs::read_to_string(&articles).unwrap().replace("\"n", "\"o").replace("paper number", "sheet").as_bytes(),
    );
    let added = thread::scope(|scope| {
        let runs =
            [&articles, &other].map(|source| scope.spawn(|| run(&["add", &ledger, source, "--learned", "2024-05-01"])));
        runs.map(|run| run.join().unwrap())
    });
    added.iter().for_each(|run| assert_eq!(run.status, 0, "{run:?}"));
    let status: Value = serde_json::from_str(&run(&["status", &ledger, "--format", "json"]).stdout).unwrap();
    assert_eq!(status["articles"], 300);
    assert_eq!(status["is_stale"], false);
    assert_eq!(run(&["ledger", "check", &ledger]).stdout, "whole\n");
}

#[test]
fn marks_that_turn_the_text_are_kept_and_not_shown() {
    let folder = folder();
    let ledger = folder.path("marks.db");
    let article = |id: &str, outlet: &str| {
        format!(
            "{{\"id\": \"{id}\", \"date\": \"2024-03-04\", \"source\": \"{outlet}\", \"title\": \"Ken\\u202eya \\u001b]0;a\\u0007\", \
             \"text\": \"Kenya imposed sanctions on Tanzania \\u202eon Monday\\u001b[31m.\"}}\n"
        )
    };
    let articles = article("m", "Ga\\u202ezette") + &article("n\\u001b[2J", "Her\\u001b[1mald");
    let added = run_with(&["add", &ledger, "-", "--learned", "2024-05-01"], articles.as_bytes());
    assert_eq!(added.status, 0, "{added:?}");
    let asked: [&[&str]; 7] = [
        &["show", &ledger],
        &["timeline", &ledger],
        &["search", &ledger, "sanctions"],
        &["ledger", "merges", &ledger],
        &["diff", &ledger, "2024-01-01", "2024-12-31"],
        &["count", &ledger],
        &["status", &ledger],
    ];
    for arguments in asked {
        let shown = run(arguments).stdout;
        assert!(!shown.is_empty() && !shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{arguments:?}: {shown}");
    }
    assert!(run(&["ledger", "merges", &ledger]).stdout.contains("KEN → TZA: SANCTION, 2 reports"));
    // What a program reads is as it was read.
    assert!(run(&["show", &ledger, "--format", "json"]).stdout.contains('\u{202e}'));
}

/// What a record says the article was coded to is taken as it is, if version, lexicon, model and words are the same.
#[test]
fn what_was_coded_before_is_not_coded_again() {
    const TEXT: &str = "Norway imposed sanctions on Finland. Finland sued Norway.";
    let coder = detente_builtin::coder(None).unwrap();
    let record = |text: &str, version: Option<&str>| {
        let mut article = Fields { text: Some(text.into()), ..Fields::default() }.read(String::new).unwrap();
        article.id = uid(&article);
        let mut coded = coder.code(&article);
        assert_eq!(coded.acts.len(), 2);
        // One of the two is left out, to be seen.
        coded.acts.truncate(1);
        let vintage = detente_builtin::vintage(coder.lexicon());
        let version = version.map_or(vintage.version.clone(), str::to_owned);
        serde_json::to_string(&Record::of(Vintage { version, ..vintage }, coded)).unwrap()
    };
    let added = |coded: Value| {
        let folder = folder();
        let article = serde_json::json!({"id": "a", "text": TEXT, "coded": coded});
        let source = folder.write("a.jsonl", article.to_string().as_bytes());
        let ledger = folder.path("a.db");
        let added = run(&["add", &ledger, &source]);
        assert_eq!(added.status, 0, "{added:?}");
        ask(&["export", &ledger]).lines().count()
    };
    assert_eq!(added(record(TEXT, None).into()), 1);
    assert_eq!(added(record(TEXT, Some("0.0.0")).into()), 2);
    assert_eq!(added(record("Norway imposed sanctions on Estonia. Estonia sued Norway.", None).into()), 2);
    assert_eq!(added("{}".into()), 2);
    assert_eq!(added(Value::Null), 2);
}
