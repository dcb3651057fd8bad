//! `detente review`: judging acts, from the queue to a gold file that the coder is scored by.

use std::fs;

use serde_json::{Value, json};

use crate::program::{Folder, folder, run};

const CHAIN: [&str; 3] = [
    "../../examples/chain/meridian-wire.jsonl",
    "../../examples/chain/velmar-gazette.jsonl",
    "../../examples/chain/dorvak-tribune.jsonl",
];
const OVERLAY: [&str; 2] = ["--lexicon", "../../examples/chain/lexicon"];

/// A ledger of one outlet of the chain of articles.
fn gazette(folder: &Folder) -> String {
    let ledger = folder.path("chain.db");
    ask(&["add", &ledger, CHAIN[1], "--learned", "2023-06-01"]);
    ledger
}

fn ask(arguments: &[&str]) -> String {
    let asked = run(&[arguments, &OVERLAY].concat());
    assert_eq!(asked.status, 0, "{asked:?}");
    asked.stdout
}

fn refused(arguments: &[&str]) -> String {
    let asked = run(&[arguments, &OVERLAY].concat());
    assert_eq!(asked.status, 1, "{asked:?}");
    assert!(asked.stdout.is_empty(), "{asked:?}");
    asked.stderr
}

fn read(arguments: &[&str]) -> Value {
    serde_json::from_str(&ask(&[arguments, &["--format", "json"]].concat())).unwrap()
}

fn queue(ledger: &str, reviewer: &str) -> Vec<Value> {
    let queue = read(&["review", "queue", ledger, "--reviewer", reviewer, "--limit", "10000"]);
    assert_eq!(queue["total"], queue["items"].as_array().unwrap().len());
    queue["items"].as_array().unwrap().clone()
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

#[test]
fn an_act_is_corrected_and_that_is_taken_back() {
    let folder = folder();
    let ledger = gazette(&folder);
    let timeline = ask(&["timeline", &ledger, "--format", "csv"]);
    let queue = queue(&ledger, "Anna");
    let confidence = |act: &Value| act["coded_confidence"].as_f64().unwrap();
    assert!(queue.is_sorted_by(|a, b| confidence(a) <= confidence(b)));
    let act =
        queue.iter().find(|act| act["event"][0] == "SANCTION" && act["recipient"][0]["code"].is_string()).unwrap();
    let corrected = ask(&[
        "review",
        "judge",
        &ledger,
        "correct",
        id(act),
        "--reviewer",
        "Anna",
        "--type",
        "accuse",
        "--day",
        "2022-07",
        "--note",
        "said, not done",
    ]);
    assert!(corrected.contains("Anna: correct") && corrected.contains("[counts]"), "{corrected}");
    assert!(corrected.contains("ACCUSE") && corrected.contains("2022-07") && corrected.contains("said, not done"));
    let events = read(&["timeline", &ledger]);
    let event = events["events"].as_array().unwrap().iter().find(|event| event["id"] == act["id"]).unwrap();
    assert_eq!((&event["kind"], &event["day"]), (&json!("ACCUSE"), &json!("2022-07-01")));
    assert_eq!(event["review"], "corrected by Anna");
    let side = act["recipient"][0]["code"].as_str().unwrap();
    assert!(ask(&["show", &ledger, side, "--acts", "100"]).contains("- corrected by Anna"));
    assert!(ask(&["export", &ledger]).contains(r#"corrected by Anna""#));
    assert!(ask(&["status", &ledger]).contains("1 judgement by 1 reviewer\n"));
    let listed = read(&["review", "list", &ledger]);
    let judgement = id(&listed["items"][0]);
    let again = refused(&["review", "judge", &ledger, "correct", id(act), "--reviewer", "Ben", "--type", "ACCUSE"]);
    assert!(again.contains("nothing of it is corrected"), "{again}");
    ask(&["review", "undo", &ledger, judgement, "--reviewer", "Ben"]);
    assert_eq!(ask(&["timeline", &ledger, "--format", "csv"]), timeline);
    let undone = refused(&["review", "undo", &ledger, judgement, "--reviewer", "Ben"]);
    assert!(undone.contains("is taken back already") && undone.contains("hint:"), "{undone}");
}

#[test]
fn a_gold_file_of_what_was_judged_scores_the_coder() {
    let folder = folder();
    let ledger = gazette(&folder);
    let acts = queue(&ledger, "Anna");
    let accept = |act: &Value| json!({"reviewer": "Anna", "verdict": "accept", "act": act["id"]});
    let lines: String = acts.iter().map(|act| format!("{}\n", accept(act))).collect();
    let answers = folder.write("answers.jsonl", lines.as_bytes());
    let added = ask(&["review", "import", &ledger, &answers]);
    assert_eq!(added, format!("{} judgements added\n", acts.len()));
    assert!(queue(&ledger, "Anna").is_empty());
    let score = |name: &str| -> Value {
        let gold = folder.path(name);
        fs::write(&gold, ask(&["review", "gold", &ledger])).unwrap();
        serde_json::from_str(&ask(&["score", &gold, "--format", "json"])).unwrap()
    };
    // The coder says again what was accepted.
    let all = score("all.jsonl")["acts"].clone();
    let count = all["gold"].as_u64().unwrap();
    assert!(count > 10, "{all}");
    assert_eq!((&all["right"], &all["given"]), (&all["gold"], &all["gold"]), "{all}");
    // An act between two states that is rejected counts against it.
    let is_pair = |act: &&Value| {
        let code = |side: &str| act[side][0]["code"].clone();
        // An agreement counts from both sides.
        let is_directed = !matches!(act["event"][0].as_str(), Some("AGREE" | "CONSULT" | "COOPERATE"));
        act["factuality"] == "actual"
            && is_directed
            && code("actor").is_string()
            && code("recipient").is_string()
            && code("actor") != code("recipient")
    };
    let triple =
        |act: &Value| [act["event"][0].clone(), act["actor"][0]["code"].clone(), act["recipient"][0]["code"].clone()];
    let alone = |act: &&Value| acts.iter().filter(|other| is_pair(other) && triple(other) == triple(act)).count() == 1;
    let rejected = acts.iter().filter(is_pair).find(alone).unwrap();
    ask(&["review", "judge", &ledger, "reject", id(rejected), "--reviewer", "Anna"]);
    let less = score("less.jsonl")["acts"].clone();
    assert_eq!(less["gold"].as_u64(), Some(count - 1), "{less}");
    assert_eq!(less["given"].as_u64(), Some(count), "{less}");
    // Another copy of the ledger takes all of it over, once.
    let all = folder.write("all.json", ask(&["review", "list", &ledger, "--format", "json"]).as_bytes());
    let other = folder.path("other.db");
    ask(&["add", &other, CHAIN[1], "--learned", "2023-06-01"]);
    assert_eq!(ask(&["review", "import", &other, &all]), format!("{} judgements added\n", acts.len() + 1));
    assert_eq!(ask(&["review", "import", &other, &all]), "0 judgements added\n");
    assert_eq!(ask(&["review", "gold", &other]), ask(&["review", "gold", &ledger]));
    assert_eq!(ask(&["timeline", &other]), ask(&["timeline", &ledger]));
}

#[test]
fn two_code_the_same_passages_and_their_agreement_is_told() {
    let folder = folder();
    let ledger = gazette(&folder);
    let blind = |reviewer: &str| read(&["review", "queue", &ledger, "--reviewer", reviewer, "--blind", "--limit", "8"]);
    let passages = blind("Anna")["items"].as_array().unwrap().clone();
    assert_eq!(passages.len(), 8);
    assert!(passages.iter().all(|passage| passage.get("acts").is_none() && passage["text"].is_string()));
    let answer = |reviewer: &str, passage: &Value, event: Option<&str>| {
        let start = passage["start"].as_u64().unwrap();
        let act = event.map(
            |event| json!({"type": event, "actor": ["QOR"], "recipient": ["QKE"], "start": start, "end": start + 9}),
        );
        json!({"reviewer": reviewer, "verdict": "coded", "article": passage["article"], "field": passage["field"],
            "start": start, "end": passage["end"], "acts": act.into_iter().collect::<Vec<_>>()})
    };
    let events = [Some("SANCTION"), Some("CONSULT"), None, Some("AID")];
    let mut lines = String::new();
    for (number, passage) in passages.iter().enumerate() {
        let event = events[number % 4];
        lines += &format!("{}\n", answer("Anna", passage, event));
        // Ben differs in the first passage.
        let event = if number == 0 { Some("ACCUSE") } else { event };
        lines += &format!("{}\n", answer("Ben", passage, event));
    }
    let answers = folder.write("answers.jsonl", lines.as_bytes());
    assert_eq!(ask(&["review", "import", &ledger, &answers]), "16 judgements added\n");
    assert!(blind("Anna")["items"].as_array().unwrap().iter().all(|passage| !passages.contains(passage)));
    let agreement = read(&["review", "agreement", &ledger, "Anna", "Ben"]);
    assert_eq!((&agreement["passages"], &agreement["acts"]), (&json!(8), &json!(0)));
    assert_eq!(agreement["fields"]["act"]["kappa"], 1.0);
    let of_type = &agreement["fields"]["type"];
    assert_eq!(of_type["n"], 6);
    assert!((of_type["agreement"].as_f64().unwrap() - 5.0 / 6.0).abs() < 1e-9, "{of_type}");
    let text = ask(&["review", "agreement", &ledger, "Anna", "Ben"]);
    assert!(text.starts_with("Anna and Ben: 0 acts that both judged, 8 passages that both coded blind\n"), "{text}");
    let labels = ask(&["review", "agreement", &ledger, "Anna", "Ben", "--labels", "--format", "csv"]);
    assert!(labels.lines().any(|line| line.ends_with(",type,SANCTION,ACCUSE")), "{labels}");
    let nobody = refused(&["review", "agreement", &ledger, "Anna", "Cleo"]);
    assert!(nobody.contains("Cleo: has judged nothing"), "{nobody}");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let folder = folder();
    let ledger = gazette(&folder);
    let said = refused(&["review", "judge", &ledger, "reject", "nothing", "--reviewer", "Anna"]);
    assert!(said.contains("has no act nothing"), "{said}");
    let broken = folder.write("broken.jsonl", br#"{"reviewer": "Anna", "verdict": "perhaps", "act": "1"}"#);
    let said = refused(&["review", "import", &ledger, &broken]);
    assert!(said.contains("broken.jsonl: is no list of judgements") && said.contains("perhaps"), "{said}");
    let wrong = run(&["review", "queue", &ledger, "--reviewer", "Anna", "--confidence", "0.9..0.2"]);
    assert_eq!(wrong.status, 2, "{wrong:?}");
    let missed = run(&["review", "judge", &ledger, "missed", "--reviewer", "Anna"]);
    assert_eq!(missed.status, 2, "{missed:?}");
    assert!(missed.stderr.contains("--article") && missed.stderr.contains("--span"), "{missed:?}");
}
