//! `detente brief`: relations, affairs and acts in four formats.

use crate::program::{run, run_with};
use serde_json::Value;

#[test]
fn the_brief_names_the_states_and_what_they_did() {
    for format in ["text", "markdown"] {
        let run = run(&["brief", "--format", format, "tests/data/border.txt", "tests/data/week.jsonl"]);
        assert_eq!(run.status, 0, "{run:?}");
        for name in ["Kenya", "Tanzania", "Ghana", "Togo"] {
            assert!(run.stdout.contains(name), "{name} is missing: {}", run.stdout);
        }
        assert!(!run.stdout.contains('\u{1b}'), "no colours outside a terminal");
    }
}

#[test]
fn json_holds_acts_and_affairs() {
    let run = run(&["brief", "--format", "json", "tests/data/border.txt"]);
    assert_eq!(run.status, 0, "{run:?}");
    let brief: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(!brief["acts"].as_array().unwrap().is_empty());
    let fields = [
        "id",
        "kind",
        "parties",
        "subject",
        "object",
        "place",
        "state",
        "since",
        "since_precision",
        "claimants",
        "holder",
        "accounts",
        "entries",
    ];
    for affair in brief["affairs"].as_array().unwrap() {
        fields.iter().for_each(|field| assert!(affair.get(field).is_some(), "{field} is missing: {affair}"));
    }
}

#[test]
fn a_bad_file_does_not_keep_the_others_from_the_brief() {
    let run = run(&["brief", "tests/data/none.txt", "tests/data/border.txt"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stderr.contains("tests/data/none.txt: no such file"), "{run:?}");
    assert!(run.stdout.contains("Kenya"), "{run:?}");
}

#[test]
fn an_article_without_acts_makes_a_brief_that_says_so() {
    let run =
        run_with(&["brief", "-"], b"The garden was quiet, and the old trees had lost their leaves in the wind.\n");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("No act"), "{run:?}");
}

#[test]
fn a_brief_for_the_browser_is_one_file_of_words() {
    let hostile = "Talks <script>alert(1)</script> & \"tea\"\n\nNorway imposed sanctions on Finland on 3 May 2022 over \
        <img src=x onerror=alert(1)>. Norway lifted its sanctions on Finland on 4 July 2022.\n";
    let run = run_with(&["brief", "-", "--format", "html", "--date", "2022-07-05"], hostile.as_bytes());
    assert_eq!(run.status, 0, "{run:?}");
    for words in
        ["<!doctype html>", "<h2>Finland – Norway</h2>", "<svg ", "href=\"#p1\"", "id=\"p1\"", "default-src 'none'"]
    {
        assert!(run.stdout.contains(words), "{words} is missing: {}", run.stdout);
    }
    for markup in ["<script", "<img", "http://", "https://"] {
        assert!(!run.stdout.contains(markup), "{markup}: {}", run.stdout);
    }
}
