//! `detente code --format` and `detente export`: other formats, from articles and from a ledger.

use crate::program::{Run, folder, run};

/// The rows of a table, without its header.
fn rows(run: &Run, separator: char) -> Vec<Vec<&str>> {
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.lines().skip(1).map(|line| line.split(separator).collect()).collect()
}

#[test]
fn articles_are_written_in_other_formats() {
    let folder = folder();
    let history =
        folder.write("history.txt", b"NAIROBI, March 4, 2024 - Kenya expelled the ambassador of Tanzania in 1977.\n");
    let files = ["tests/data/week.jsonl", "tests/data/border.txt", &history];
    let with = |format: &str| run(&[&["code", "--format", format][..], &files].concat());
    for (format, columns) in [("polecat", 40), ("icews", 20)] {
        let run = with(format);
        let rows = rows(&run, '\t');
        assert!(rows.len() >= 4 && rows.iter().all(|row| row.len() == columns), "{run:?}");
        assert!(run.stderr.contains("left out of") && run.stderr.contains("background 1"), "{run:?}");
    }
    let gdelt = with("gdelt");
    assert!(gdelt.stdout.lines().all(|row| row.split('\t').count() == 61), "{gdelt:?}");
    assert!(with("gexf").stdout.contains("<node id=\"GHA\" label=\"Ghana\">"));
    assert_eq!(with("plover").stdout, with("jsonl").stdout);
    let bare = run(&[&["code", "--no-text"][..], &files].concat());
    assert!(!bare.stdout.contains("resumed") && bare.stdout.contains("evidence_sha256"), "{bare:?}");
}

#[test]
fn a_ledger_is_written_in_the_same_formats() {
    let folder = folder();
    let ledger = folder.write("keep", b"").replace("keep", "week.detente");
    assert_eq!(run(&["add", &ledger, "tests/data/week.jsonl"]).status, 0);
    let coded = run(&["code", "--format", "gdelt", "tests/data/week.jsonl"]);
    let kept = run(&["export", "--format", "gdelt", &ledger]);
    let sides = |run: &Run| -> Vec<String> {
        let mut sides: Vec<String> = run
            .stdout
            .lines()
            .map(|row| row.split('\t').collect::<Vec<_>>())
            .map(|row| format!("{} {} {} {}", row[1], row[5], row[15], row[26]))
            .collect();
        sides.sort_unstable();
        sides.dedup();
        sides
    };
    assert_eq!(kept.status, 0, "{kept:?}");
    assert_eq!(sides(&kept), sides(&coded));
    let pair = run(&["export", "--format", "csv", "--codes", "cow", &ledger, "Ghana", "Togo"]);
    assert!(pair.stdout.lines().skip(1).any(|row| row.contains(",452,") && row.contains(",461,")), "{pair:?}");
    assert!(!pair.stdout.contains("Chile"), "{pair:?}");
    assert!(pair.stdout.contains("Ghana accused Togo of letting smugglers cross the border at night."), "{pair:?}");
    let early = run(&["export", "--format", "csv", "--until", "2023-06-13", &ledger]);
    assert!(!early.stdout.contains("Togo"), "{early:?}");
}
