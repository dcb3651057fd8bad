//! Texts that are coded and added, also while others read.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::client::Server;

#[test]
fn a_text_is_coded_sentence_by_sentence() {
    let server = Server::shared();
    let before = server.json("/status")["counts"]["articles"].clone();
    let text = "The sky was grey.  Norway imposed sanctions on Finland on Monday. Nobody answered.";
    let answer = server.post("/code", &json!({"text": text, "title": "Norway acts", "date": "2024-05-02"}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let coded = answer.json();
    let words: Vec<&str> =
        coded["sentences"].as_array().expect("sentences").iter().filter_map(|one| one["text"].as_str()).collect();
    assert_eq!(words[1..], ["The sky was grey.", "Norway imposed sanctions on Finland on Monday.", "Nobody answered."]);
    let sentence = &coded["sentences"][2];
    assert_eq!((&sentence["start"], &sentence["end"]), (&json!(19), &json!(65)));
    let act = &sentence["acts"][0];
    assert_eq!((&act["type"], &act["actor"][0]["code"]), (&json!("SANCTION"), &json!("NOR")));
    let marked = |role: &str| -> Vec<String> {
        let marks = act["marks"].as_array().expect("marks").iter().filter(|mark| mark["role"] == role);
        let words = |mark: &Value| {
            let at = |end: &str| mark[end].as_u64().expect("a place") as usize;
            sentence["text"].as_str().expect("words")[at("start")..at("end")].to_owned()
        };
        marks.map(words).collect()
    };
    assert_eq!((marked("actor"), marked("recipient")), (vec!["Norway".to_owned()], vec!["Finland".to_owned()]));
    assert_eq!(coded["affairs"][0]["kind"], "sanction");
    assert_eq!(server.json("/status")["counts"]["articles"], before, "nothing is added");
}

#[test]
fn an_article_counts_once() {
    let server = Server::start();
    let article =
        json!({"text": "Norway imposed sanctions on Finland on Monday.", "date": "2022-05-03", "source": "A"});
    let first = server.post("/articles", &article).json();
    assert_eq!((&first["new"], first["acts"].as_array().map(Vec::len)), (&json!(true), Some(1)));
    let again = server.post("/articles", &article).json();
    assert_eq!((&again["new"], &again["article"]), (&json!(false), &first["article"]));
    let pair = server.json("/pairs/NOR/FIN");
    assert_eq!((&pair["acts"], &pair["affairs"][0]["kind"]), (&json!(1), &json!("sanction")));
    let id = first["acts"][0]["id"].as_str().expect("an id");
    let act = server.json(&format!("/acts/{id}"));
    assert_eq!(act["affairs"][0]["id"], pair["affairs"][0]["id"]);
    assert_eq!(act["explanation"]["tree"][0]["word"], "Norway");
}

#[test]
fn what_cannot_be_coded_is_told() {
    let server = Server::shared();
    for (given, status, words) in [
        (json!({"text": ""}), 400, "text"),
        (json!({"text": "Norway met Finland.", "date": "last week"}), 400, "is no day"),
        (json!({"txt": "Norway met Finland."}), 422, "unknown field"),
        (json!({"text": 7}), 422, "expected a string"),
    ] {
        let answer = server.post("/articles", &given);
        assert_eq!(answer.status, status, "{given}: {}", answer.body);
        assert!(answer.error().contains(words), "{given}: {}", answer.body);
    }
    let broken = server.ask("POST", "/api/v1/code", &[], "{\"text\": ");
    assert_eq!(broken.status, 400, "{}", broken.body);
}

#[test]
fn many_read_while_one_adds() {
    const ARTICLES: usize = 12;
    let server = Server::start();
    let before = server.json("/status")["counts"]["articles"].as_u64().expect("a count");
    let (is_done, answers) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for reader in 0..4 {
            let (server, is_done, answers) = (&server, &is_done, &answers);
            scope.spawn(move || {
                let paths = ["/acts", "/pairs", "/pairs/Orsenia/Kestria", "/search?q=treaty", "/affairs", "/status"];
                let mut asked = reader;
                while !is_done.load(Ordering::Relaxed) {
                    let path = paths[asked % paths.len()];
                    let answer = server.get(path);
                    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
                    answers.fetch_add(1, Ordering::Relaxed);
                    asked += 1;
                }
            });
        }
        for number in 0..ARTICLES {
            let text = format!("Norway imposed sanctions on Finland on Monday over {number} ships.");
            let answer = server.post("/articles", &json!({"text": text, "date": "2022-05-03"}));
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
        is_done.store(true, Ordering::Relaxed);
    });
    assert!(answers.load(Ordering::Relaxed) >= 4, "readers were answered");
    assert_eq!(server.json("/status")["counts"]["articles"], before + ARTICLES as u64);
    assert_eq!(server.json("/articles")["total"], before + ARTICLES as u64, "what was added is seen at once");
}
