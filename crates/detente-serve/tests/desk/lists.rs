//! Lists: pages, filters, tables, and answers that the client has already.

use serde_json::{Value, json};

use crate::client::Server;

fn ids(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn pages_together_are_the_list() {
    let server = Server::shared();
    let whole = server.json("/acts?limit=1000");
    let total = whole["total"].as_u64().expect("a total") as usize;
    assert!(total > 20, "the chain tells of many acts");
    let pages: Vec<String> =
        (0..total).step_by(7).flat_map(|offset| ids(&server.json(&format!("/acts?limit=7&offset={offset}")))).collect();
    assert_eq!((pages.len(), &pages), (total, &ids(&whole)));
    assert_eq!(ids(&server.json(&format!("/acts?offset={total}"))), Vec::<String>::new());
}

#[test]
fn filters_leave_what_fits() {
    let server = Server::shared();
    let acts = server.json("/acts?who=Orsenia&who=Kestria&quad=material-conflict&factuality=actual&limit=1000");
    let acts = acts["items"].as_array().expect("items");
    assert!(!acts.is_empty());
    for act in acts {
        assert_eq!((act["quad"].as_str(), act["factuality"].as_str()), (Some("material-conflict"), Some("actual")));
        let sides = format!("{}{}", act["actor"], act["recipient"]);
        assert!(sides.contains("QOR") && sides.contains("QKE"), "{sides}");
    }
    let early = server.json("/acts?until=2022-03-31&order=earliest&limit=1000");
    let days: Vec<&str> =
        early["items"].as_array().expect("items").iter().filter_map(|act| act["day"].as_str()).collect();
    assert!(days.is_sorted() && days.iter().all(|day| *day <= "2022-03-31"), "{days:?}");
    let outlet = server.json("/articles?source=Meridian%20Wire");
    assert_eq!(outlet["total"], 14);
    let pairs = server.json("/pairs?q=kest%20ors");
    assert_eq!((&pairs["total"], &pairs["items"][0]["a"]), (&json!(1), &json!("QKE")));
}

#[test]
fn counts_of_a_pair_agree_with_its_acts() {
    let server = Server::shared();
    let pair = server.json("/pairs/Kestria/Orsenia");
    let days = pair["days"].as_array().expect("days");
    let by_day: u64 = days.iter().flat_map(|day| (1..5).filter_map(|quad| day[quad].as_u64())).sum();
    let acts = server.json("/acts?who=Kestria&who=Orsenia&factuality=actual&limit=1000");
    let acts = acts["items"].as_array().expect("items");
    let standing = acts
        .iter()
        .filter(|act| !["corrected", "retracted"].iter().any(|how| act["against"].to_string().contains(how)));
    let standing: Vec<&Value> = standing.collect();
    assert_eq!(pair["acts"], standing.len());
    assert_eq!(by_day as usize, standing.iter().filter(|act| !act["day"].is_null()).count());
}

#[test]
fn a_time_before_all_knows_nothing() {
    let server = Server::shared();
    for address in ["/acts", "/pairs", "/states", "/affairs", "/articles", "/places", "/search?q=treaty"] {
        let join = if address.contains('?') { '&' } else { '?' };
        let list = server.json(&format!("{address}{join}known_by=1990-01-01"));
        assert_eq!(list["total"], 0, "{address}");
    }
}

#[test]
fn a_table_has_all_rows_of_the_list() {
    let server = Server::shared();
    let lists = ["/acts", "/states", "/pairs", "/affairs", "/articles", "/places", "/territories", "/timeline?who=QOR"];
    let more = ["/search?q=treaty", "/review/queue?reviewer=Anna", "/claims", "/review/judgements"];
    for address in lists.into_iter().chain(more) {
        let join = if address.contains('?') { '&' } else { '?' };
        let answer = server.get(&format!("{address}{join}format=csv"));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/csv; charset=utf-8")), "{address}");
        let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
        let rows = reader.records().collect::<Result<Vec<_>, _>>().expect("rows as long as the header").len();
        assert_eq!(server.json(address)["total"], rows, "{address}");
    }
}

#[test]
fn what_is_asked_for_wrongly_is_told() {
    let server = Server::shared();
    for (address, words) in [
        ("/acts?limt=3", "limt: no such parameter"),
        ("/acts?from=2022-13-01", "from=2022-13-01"),
        ("/acts?limit=1001", "at most 1000"),
        ("/acts?quad=warm", "give verbal-cooperation"),
        ("/acts?order=up", "give latest, earliest, confidence"),
        ("/acts?who=a&who=b&who=c", "more than twice"),
        ("/timeline", "who: is missing"),
        ("/search?q=%22-%22", "no word to search for"),
        ("/diff", "from: is missing"),
        ("/states?format=xml", "give json, csv"),
        ("/acts?confidence=2", "give a number from 0 to 1"),
        ("/acts?confidence=NaN", "give a number from 0 to 1"),
        ("/acts?confidence=high", "confidence=high: cannot be read; give a number"),
        ("/acts?limit=-1", "limit=-1: cannot be read; give a whole number"),
        ("/acts?as_of=yesterday", "as_of=yesterday: cannot be read; give a day, as in 2022-03-01"),
        ("/acts?from=2022-01-01&from=2022-02-01", "from: is given more than once"),
        ("/acts?from=2022-02-01&until=2022-01-01", "from: 2022-02-01 is after until"),
        ("/diff?from=2022-02-01&until=2022-01-01", "from: 2022-02-01 is after until"),
        ("/review/queue?reviewer=Anna&from=2022-02-01&until=2022-01-01", "is after until"),
        ("/review/queue", "reviewer: is missing"),
        ("/review/passages", "reviewer: is missing"),
        ("/review/queue?reviewer=Anna&type=WAR", "give AGREE, CONSULT"),
        ("/review/queue?reviewer=Anna&confidence=0.9..0.1", "no range from 0 to 1"),
        ("/review/queue?reviewer=Anna&confidence=NaN", "no range from 0 to 1"),
        ("/review/judgements?astray=maybe", "give true or false"),
        ("/affairs?kind=quarrel", "kind: \"quarrel\" is not known; give "),
        ("/affairs?kind=claim&state=open", "state: \"open\" is not known; give "),
        ("/claims?state=lukewarm", "state: \"lukewarm\" is not known; give "),
        ("/network?limit=3", "limit: no such parameter"),
        ("/count?offset=3", "offset: no such parameter"),
        ("/acts/%ff", "id"),
    ] {
        let answer = server.get(address);
        assert_eq!(answer.status, 400, "{address}: {}", answer.body);
        assert!(answer.error().contains(words), "{address}: {}", answer.body);
    }
    for address in ["/acts/0", "/affairs/0", "/articles/0", "/pairs/Orsenia/Atlantis", "/acts?who=Atlantis", "/nothing"]
    {
        let answer = server.get(address);
        assert_eq!(answer.status, 404, "{address}: {}", answer.body);
        assert!(!answer.error().is_empty());
    }
    let answer = server.ask("PUT", "/api/v1/acts", &[], "{}");
    assert_eq!(answer.status, 405);
    assert!(answer.error().contains("PUT is not taken here"), "{}", answer.body);
}

#[test]
fn territories_lie_where_the_lexicon_says() {
    let territories = Server::shared().json("/territories?limit=1000");
    for one in territories["items"].as_array().expect("items") {
        let [lat, lon, reach] = ["lat", "lon", "reach"].map(|field| one[field].as_f64());
        assert!(lat.is_some() && lon.is_some() && reach.is_some_and(|reach| reach > 0.0), "{one}");
    }
    let crimea = territories["items"].as_array().and_then(|all| all.iter().find(|one| one["code"] == "XCRI"));
    let crimea = crimea.expect("a territory");
    assert!((crimea["lat"].as_f64().expect("a number") - 45.2).abs() < 0.01, "{crimea}");
    assert_eq!(crimea["reach"], 120.0);
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let server = Server::start();
    let ask = |tag: &str| server.ask("GET", "/api/v1/pairs", &[("If-None-Match", tag)], "");
    let first = server.get("/pairs");
    let tag = first.header("etag").expect("a tag").to_owned();
    let again = ask(&tag);
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", Some(tag.as_str())));
    assert_ne!(server.get("/pairs?limit=1").header("etag"), Some(tag.as_str()), "another question has another tag");
    let added = server
        .post("/articles", &json!({"text": "Norway imposed sanctions on Finland on Monday.", "date": "2022-05-03"}));
    assert_eq!(added.status, 200, "{}", added.body);
    let now = ask(&tag);
    assert_eq!(now.status, 200);
    assert!(now.body.contains("Finland"));
}

#[test]
fn a_head_alone_can_be_asked_for() {
    let server = Server::shared();
    let answer = server.ask("HEAD", "/api/v1/pairs", &[], "");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(answer.header("etag"), server.get("/pairs").header("etag"));
}

#[test]
fn a_long_answer_is_packed() {
    let answer = Server::shared().ask("GET", "/api/v1/acts", &[("Accept-Encoding", "gzip")], "");
    assert_eq!((answer.status, answer.header("content-encoding")), (200, Some("gzip")));
}
