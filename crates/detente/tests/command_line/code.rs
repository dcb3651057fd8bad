//! `detente code`: every act has its fields, and every span leads to its words.

use std::collections::HashSet;

use crate::program::{Run, folder, run, run_with};
use serde_json::Value;

/// The acts that a run wrote.
fn acts(run: &Run) -> Vec<Value> {
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Characters `start` to `end` of a text.
fn words(text: &str, span: &Value) -> String {
    let place = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
    let (start, end) = (place("start"), place("end"));
    assert!(start < end && end <= text.chars().count(), "{span}");
    text.chars().skip(start).take(end - start).collect()
}

/// Tells that each side's span is the side's words, and that the act lies in its sentence.
fn spans_lead_to_words(act: &Value, text: &str) {
    for side in ["actor", "recipient", "third"] {
        for party in act[side].as_array().unwrap() {
            assert_eq!(words(text, party), party["entity_text"].as_str().unwrap(), "{act}");
        }
    }
    assert!(!words(text, &act["text_info"]).is_empty());
    for cue in act["cues"].as_array().unwrap() {
        words(text, cue);
    }
}

/// Codes of one side of an act.
fn codes(act: &Value, side: &str) -> Vec<String> {
    act[side].as_array().unwrap().iter().map(|party| party["code"].as_str().unwrap_or("-").to_owned()).collect()
}

#[test]
fn an_act_has_all_its_fields() {
    let fields = [
        "id",
        "article",
        "date",
        "date_precision",
        "date_reported",
        "event",
        "about",
        "mode",
        "context",
        "quad_code",
        "event_scale",
        "actor",
        "recipient",
        "third",
        "factuality",
        "epoch",
        "attribution",
        "because_of",
        "event_text",
        "text_info",
        "cues",
        "repeats",
        "rule",
        "confidence",
        "link",
        "cite_info",
        "coder",
        "version",
    ];
    let acts = acts(&run(&["code", "tests/data/border.txt", "tests/data/week.jsonl"]));
    assert!(acts.len() >= 4, "{acts:#?}");
    for act in &acts {
        for field in fields {
            assert!(act.get(field).is_some(), "{field} is missing: {act}");
        }
        assert_eq!(act["event"].as_array().unwrap().len(), 1);
    }
    let ids: HashSet<&str> = acts.iter().map(|act| act["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), acts.len(), "ids repeat");
}

#[test]
fn a_meeting_lists_both_sides() {
    let acts = acts(&run(&["code", "tests/data/border.txt"]));
    let talks = acts.iter().find(|act| act["event"][0] == "CONSULT").expect("the talks are coded");
    assert_eq!(codes(talks, "actor"), ["KEN", "TZA"]);
    assert_eq!(codes(talks, "recipient"), [""; 0]);
    assert_eq!(talks["date"], "2024-03-04");
}

#[test]
fn spans_of_a_text_file_count_its_characters() {
    let text = std::fs::read_to_string("tests/data/border.txt").unwrap();
    for act in acts(&run(&["code", "tests/data/border.txt"])) {
        spans_lead_to_words(&act, &text);
    }
    let windows = text.replace('\n', "\r\n");
    let path = folder().write("windows.txt", format!("\u{feff}{windows}").as_bytes());
    let coded = acts(&run(&["code", &path]));
    assert!(!coded.is_empty());
    for act in coded {
        spans_lead_to_words(&act, &windows);
    }
}

#[test]
fn spans_of_a_record_count_the_characters_of_its_field() {
    let lines = std::fs::read_to_string("tests/data/week.jsonl").unwrap();
    let records: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for act in acts(&run(&["code", "tests/data/week.jsonl"])) {
        let record = records.iter().find(|record| record["id"] == act["article"]).unwrap();
        let field = act["text_info"]["field"].as_str().unwrap();
        spans_lead_to_words(&act, record[field].as_str().unwrap());
    }
}

#[test]
fn spans_of_a_page_count_its_source() {
    let page = "<html><body><article><h1>Kenya &amp; Tanzania</h1>\r\n<p>Kenya&#39;s government accused <b>Tanzania</b> \
                of closing the border &mdash; again &mdash; on Monday.</p></article></body></html>";
    let path = folder().write("page.html", page.as_bytes());
    let coded = acts(&run(&["code", &path]));
    let act = coded.iter().find(|act| act["event"][0] == "ACCUSE").expect("the accusation is coded");
    assert_eq!(words(page, &act["recipient"][0]), "Tanzania");
    assert!(words(page, &act["actor"][0]).starts_with("Kenya"), "{act}");
}

#[test]
fn the_date_given_dates_the_acts() {
    let text = b"Ghana accused Togo of letting smugglers cross the border.\n";
    let undated = acts(&run_with(&["code", "-"], text));
    assert_eq!((&undated[0]["date_reported"], &undated[0]["article"]), (&Value::Null, &Value::from("stdin")));
    let dated = acts(&run_with(&["code", "--date", "2023-06-14", "-"], text));
    assert_eq!(dated[0]["date_reported"], "2023-06-14");
}

#[test]
fn every_run_writes_the_same() {
    let one = run(&["code", "tests/data/week.jsonl"]);
    assert_eq!(run(&["code", "tests/data/week.jsonl"]).stdout, one.stdout);
}

#[test]
fn a_lexicon_folder_adds_to_what_is_known() {
    let text = b"Zembla accused Kenya of closing the border.\n";
    let codes_of = |run: &Run| acts(run).iter().flat_map(|act| codes(act, "actor")).collect::<Vec<_>>();
    let folder = folder();
    let states =
        folder.write("actors/states.txt", b"ZMA  Zembla\n  names: Zembla\n  adjectives: Zemblan\n  capital: Onhava\n");
    let lexicon = std::path::Path::new(&states).ancestors().nth(2).unwrap().to_str().unwrap().to_owned();
    assert!(!codes_of(&run_with(&["code", "-"], text)).contains(&"ZMA".to_owned()));
    assert!(codes_of(&run_with(&["code", "--lexicon", &lexicon, "-"], text)).contains(&"ZMA".to_owned()));
}

#[test]
fn an_explanation_shows_words_and_act() {
    let run = run(&["explain", "Ghana accused Togo of letting smugglers cross the border."]);
    assert_eq!(run.status, 0, "{run:?}");
    for part in ["accused", "GHA", "ACCUSE", "TGO", "accuse.txt:"] {
        assert!(run.stdout.contains(part), "{part:?} is missing: {}", run.stdout);
    }
    assert_eq!(crate::program::run(&["explain", " "]).status, 1);
}
