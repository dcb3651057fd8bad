//! Judgements over the API: an act is corrected, shown so, and taken back.

use serde_json::json;

use crate::client::Server;

#[test]
fn a_correction_is_shown_and_taken_back() {
    let server = Server::start();
    let queue = server.json("/review/queue?reviewer=Anna&who=Orsenia&who=Kestria");
    let act = &queue["items"][0];
    let id = act["id"].as_str().expect("an id");
    let address = format!("/acts/{id}");
    let new = if act["type"] == "CONSULT" { "AID" } else { "CONSULT" };
    let said = json!({"reviewer": "Anna", "verdict": "correct", "act": id, "fields": {"type": new}});
    let made = server.post("/review/judgements", &said);
    assert_eq!(made.status, 200, "{}", made.body);

    let corrected = server.json(&address);
    assert_eq!((&corrected["type"], &corrected["review"]["reviewer"]), (&json!(new), &json!("Anna")));
    assert_eq!(corrected["judgements"][0]["verdict"], "correct");
    let listed = server.json(&format!("/acts?type={new}&limit=1000"));
    assert!(listed["items"].as_array().expect("items").iter().any(|listed| listed["id"] == id), "lists follow");
    assert!(
        server.json("/review/queue?reviewer=Anna&limit=1000")["items"]
            .as_array()
            .expect("items")
            .iter()
            .all(|left| left["id"] != id)
    );

    let judgement = made.json()["id"].as_str().expect("an id").to_owned();
    let undone = server.ask("DELETE", &format!("/api/v1/review/judgements/{judgement}"), &[], "");
    assert_eq!(undone.status, 200, "{}", undone.body);
    let back = server.json(&address);
    assert_eq!((&back["type"], &back["review"]), (&act["type"], &json!(null)));
}

#[test]
fn a_rejected_act_is_in_no_list_and_has_its_address() {
    let server = Server::start();
    let list = server.json("/acts?who=Orsenia&limit=1000");
    let id = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let said = json!({"reviewer": "Anna", "verdict": "reject", "act": id});
    assert_eq!(server.post("/review/judgements", &said).status, 200);
    let left = server.json("/acts?who=Orsenia&limit=1000");
    assert!(left["items"].as_array().expect("items").iter().all(|act| act["id"] != json!(id)));
    let act = server.json(&format!("/acts/{id}"));
    assert_eq!(act["judgements"][0]["verdict"], "reject");
}

#[test]
fn two_reviewers_are_compared_and_their_word_is_gold() {
    let server = Server::start();
    let queue = server.json("/review/queue?reviewer=Anna&limit=3");
    for act in queue["items"].as_array().expect("items") {
        for reviewer in ["Anna", "Boris"] {
            let said = json!({"reviewer": reviewer, "verdict": "accept", "act": act["id"]});
            assert_eq!(server.post("/review/judgements", &said).status, 200);
        }
    }
    let agreement = server.json("/review/agreement?reviewer=Anna&reviewer=Boris");
    assert_eq!((&agreement["acts"], &agreement["fields"]["type"]["agreement"]), (&json!(3), &json!(1.0)));
    let gold = server.get("/review/gold");
    assert_eq!((gold.status, gold.header("content-type")), (200, Some("application/x-ndjson")));
    assert!(
        gold.body.lines().count() >= 1
            && gold.body.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
    );
    assert_eq!(server.get("/review/agreement?reviewer=Anna").status, 400);
    let nonsense =
        json!({"reviewer": "Anna", "verdict": "correct", "act": queue["items"][0]["id"], "fields": {"type": "HUG"}});
    assert_eq!(server.post("/review/judgements", &nonsense).status, 422);
}
