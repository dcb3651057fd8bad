//! A run that is stopped goes on where it was, without loss or doubles.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::program::{folder, run, run_with};

/// The articles of a week again and again, each time under other ids.
fn record(number: usize) -> String {
    let week = include_str!("../data/week.jsonl");
    let lines: Vec<&str> = week.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut record: serde_json::Value = serde_json::from_str(lines[number % lines.len()]).unwrap();
    record["id"] = format!("article {number}").into();
    format!("{record}\n")
}

/// Articles that are done by the progress file, if it is there.
fn done(output: &str) -> u64 {
    let progress = fs::read(format!("{output}.progress")).unwrap_or_default();
    let progress: serde_json::Value = serde_json::from_slice(&progress).unwrap_or_default();
    progress["done"]["articles"].as_u64().unwrap_or(0)
}

/// Feeds articles until more of them than `before` are noted as done, and kills the program at once; tells how many it was given.
fn kill_in_the_middle(output: &str, arguments: &[&str], before: u64) -> usize {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["code", "-", "--output", output])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut given = 0;
    while done(output) <= before {
        stdin.write_all(record(given).as_bytes()).unwrap();
        given += 1;
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    given
}

#[test]
fn a_run_that_was_killed_goes_on_without_loss_or_doubles() {
    let folder = folder();
    let output = folder.path("acts.csv");
    let csv = ["--format", "csv"];
    let first = kill_in_the_middle(&output, &csv, 0);
    let begun = fs::read(&output).unwrap();
    let after_first = done(&output);
    assert!(after_first > 0 && after_first as usize <= first);
    let refused = run_with(&["code", "-", "--output", &output, "--format", "csv"], b"");
    assert!(refused.status == 1 && refused.stderr.contains("go on with --resume"), "{refused:?}");
    let others = run_with(&["code", "-", "--output", &output, "--resume"], b"");
    assert!(others.status == 1 && others.stderr.contains("with other options"), "{others:?}");
    let second = kill_in_the_middle(&output, &["--format", "csv", "--resume"], after_first);
    assert!(done(&output) > after_first);

    let all: String = (0..first.max(second) + 20).map(record).collect();
    let short = run_with(&["code", "-", "--output", &output, "--format", "csv", "--resume"], record(0).as_bytes());
    assert!(short.status == 1 && short.stderr.contains("it is not the same"), "{short:?}");
    let last = run_with(&["code", "-", "--output", &output, "--format", "csv", "--resume"], all.as_bytes());
    assert_eq!((last.status, last.stdout.as_str()), (0, ""), "{last:?}");
    let whole = run_with(&["code", "-", "--format", "csv"], all.as_bytes());
    let written = fs::read(&output).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), whole.stdout);
    assert!(whole.stdout.as_bytes().starts_with(&begun[..begun.len().min(1000)]));
    assert!(!fs::exists(format!("{output}.progress")).unwrap());

    let again = run_with(&["code", "-", "--output", &output, "--format", "csv", "--resume"], all.as_bytes());
    assert!(again.status == 1 && again.stderr.contains("it is finished"), "{again:?}");
}

#[test]
fn an_output_file_holds_what_standard_output_would() {
    let folder = folder();
    let output = folder.path("acts.jsonl");
    let shown = run(&["code", "tests/data/week.jsonl"]);
    for _ in 0..2 {
        let kept = run(&["code", "tests/data/week.jsonl", "--output", &output]);
        assert_eq!((kept.status, kept.stdout.as_str()), (0, ""), "{kept:?}");
        assert_eq!(fs::read_to_string(&output).unwrap(), shown.stdout);
    }
}

#[test]
fn what_cannot_be_resumed_is_said() {
    let folder = folder();
    let output = folder.path("net.gexf");
    let network = run(&["code", "tests/data/week.jsonl", "--format", "gexf", "--output", &output, "--resume"]);
    assert!(network.status == 1 && network.stderr.contains("leave --resume out"), "{network:?}");
    fs::write(format!("{output}.progress"), "{").unwrap();
    let damaged = run(&["code", "tests/data/week.jsonl", "--output", &output, "--resume"]);
    assert!(damaged.status == 1 && damaged.stderr.contains("is damaged"), "{damaged:?}");
    let nowhere = run(&["code", "tests/data/week.jsonl", "--output", &folder.path("no/such/folder")]);
    assert_eq!(nowhere.status, 1, "{nowhere:?}");
}

#[test]
fn what_is_of_use_only_when_it_is_whole_does_not_go_on_and_says_what_does() {
    let folder = folder();
    for format in ["gexf", "graphml"] {
        let output = folder.path(&format!("acts.{format}"));
        let asked = ["code", "tests/data/week.jsonl", "--format", format, "--output", &output, "--resume"];
        let refused = run(&asked);
        let way = format!("`detente export LEDGER --format {format}`");
        assert!(refused.status == 1 && refused.stderr.contains(&way), "{refused:?}");
        assert!(!fs::exists(&output).unwrap());
    }
}
