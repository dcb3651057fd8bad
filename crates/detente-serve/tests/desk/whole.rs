//! What the API gives by page is what the ledger's own functions give whole, at any time that is asked for.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use detente_coder::Factuality;
use detente_ledger::ask::{Diff, Timeline};
use detente_ledger::review::{Confidence, QueueSelect};
use detente_ledger::store::{Against, Select, StoredAct, Times, Who};
use detente_ledger::{Affair, Ledger};
use detente_lexicon::Lexicon;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::client::{Server, lexicon};

/// A ledger that learned of each article on its day, and a server on it.
static WHOLE: LazyLock<(Server, Lexicon)> = LazyLock::new(|| (Server::learning_day_by_day(), lexicon()));

fn ledger() -> Ledger {
    Ledger::open_read_only(&WHOLE.0.ledger).expect("a ledger")
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// Times of the chain's year, in each way in which one can be asked for, as the ledger takes them and as an address has them.
fn times() -> Vec<(Times, String)> {
    let mut times = vec![(Times::default(), String::new())];
    for text in ["2022-01-20", "2022-03-22", "2022-04-10", "2022-07-15", "2022-10-05", "2023-02-21"] {
        let one = Some(day(text));
        times.push((Times { as_of: one, known_by: None }, format!("&as_of={text}")));
        times.push((Times { as_of: None, known_by: one }, format!("&known_by={text}")));
    }
    let both = Times { as_of: Some(day("2022-04-10")), known_by: Some(day("2022-09-30")) };
    times.push((both, "&as_of=2022-04-10&known_by=2022-09-30".to_owned()));
    times
}

/// All items of a list, asked for in pages of a few, and the total that each page tells.
fn by_page(address: &str) -> Vec<Value> {
    const FEW: usize = 3;
    let page = |offset: usize| WHOLE.0.json(&format!("{address}&limit={FEW}&offset={offset}"));
    let total = page(0)["total"].as_u64().expect("a total") as usize;
    let mut items = Vec::new();
    for offset in (0..total).step_by(FEW) {
        let page = page(offset);
        assert_eq!(page["total"], total, "{address} at {offset}");
        items.extend(page["items"].as_array().expect("items").iter().cloned());
    }
    assert_eq!(items.len(), total, "{address}");
    items
}

fn word(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

/// The pairs between which an act was: one did it to the other, or both did it together.
fn pairs_of(act: &StoredAct) -> BTreeSet<(String, String)> {
    let codes = |parties: &[detente_coder::Party]| -> Vec<String> {
        parties.iter().filter_map(|party| party.code.as_ref().map(ToString::to_string)).collect()
    };
    let (actors, recipients) = (codes(&act.act.actor), codes(&act.act.recipient));
    let others = if recipients.is_empty() { &actors } else { &recipients };
    let both = actors.iter().flat_map(|one| others.iter().map(move |other| (one.min(other), one.max(other))));
    both.filter(|(one, other)| one != other).map(|(one, other)| (one.clone(), other.clone())).collect()
}

fn acts(select: &Select) -> Vec<StoredAct> {
    let mut acts = Vec::new();
    ledger().acts(select, |act| acts.push(act)).expect("acts");
    acts
}

#[test]
fn a_timeline_by_page_is_the_whole_timeline() {
    let (ledger, lexicon) = (ledger(), &WHOLE.1);
    let pair = Who::Pair("QKE".to_owned(), "QOR".to_owned());
    let asked = [
        (Who::One("QOR".to_owned()), "who=QOR"),
        (Who::One("NOR".to_owned()), "who=NOR"),
        (pair.clone(), "who=QKE&who=QOR"),
    ];
    let stretches =
        [(None, None, ""), (Some(day("2022-03-01")), Some(day("2022-05-20")), "&from=2022-03-01&until=2022-05-20")];
    let mut seen = 0;
    for (who, of) in &asked {
        for (times, at) in times() {
            for (from, until, within) in &stretches {
                let select = Select { who: who.clone(), times, from: *from, until: *until, latest: None };
                let whole = Timeline::of(&ledger, &select, lexicon).expect("a timeline");
                // Two that act together on a third are no pair by that: the API leaves such acts out.
                let together: HashSet<String> = match who {
                    Who::Pair(one, other) => acts(&select)
                        .into_iter()
                        .filter(|act| !pairs_of(act).contains(&(one.clone(), other.clone())))
                        .map(|act| act.act.id.to_string())
                        .collect(),
                    _ => HashSet::new(),
                };
                let mut expected: Vec<[String; 6]> = whole
                    .events
                    .iter()
                    .filter(|event| !together.contains(&event.id))
                    .map(|event| {
                        let (before, after) = event.turn.clone().map_or((None, None), |(old, new)| (old, Some(new)));
                        let day = event.day.map(|day| day.to_string()).unwrap_or_default();
                        let told_by = event.told_by.join("|");
                        let [before, after] = [before, after].map(Option::unwrap_or_default);
                        [day, event.what.to_owned(), event.id.clone(), before, after, told_by]
                    })
                    .collect();
                let items = by_page(&format!("/timeline?{of}{at}{within}"));
                let days: Vec<String> = items.iter().map(|item| word(item, "day")).collect();
                assert!(days.is_sorted(), "{of}{at}{within}: {days:?}");
                let told_by = |item: &Value| {
                    let outlets = item["told_by"].as_array().expect("outlets").iter();
                    outlets.filter_map(Value::as_str).collect::<Vec<_>>().join("|")
                };
                let mut found: Vec<[String; 6]> = items
                    .iter()
                    .map(|item| {
                        let [day, what, id, before, after] =
                            ["day", "what", "id", "state_before", "state"].map(|field| word(item, field));
                        [day, what, id, before, after, told_by(item)]
                    })
                    .collect();
                seen += found.len();
                expected.sort();
                found.sort();
                assert_eq!(found, expected, "{of}{at}{within}");
            }
        }
    }
    assert!(seen > 500, "the chain has much to compare, not {seen}");
}

#[test]
fn what_changed_last_is_the_end_of_all_that_changed() {
    let (ledger, lexicon) = (ledger(), &WHOLE.1);
    let days = ["2022-01-20", "2022-03-22", "2022-04-10", "2022-07-15", "2022-10-05", "2023-02-21"];
    let mut seen = 0;
    for (number, from) in days.iter().enumerate() {
        let later = days[number + 1..].iter().map(|until| (Some(*until), format!("&until={until}")));
        for (until, to) in later.chain([(None, String::new())]) {
            for by in ["so", "known"] {
                let at = |day: Option<Date>| match by {
                    "so" => Times { as_of: day, known_by: None },
                    _ => Times { as_of: None, known_by: day },
                };
                for (who, of) in [
                    (Who::All, ""),
                    (Who::One("QOR".to_owned()), "&who=QOR"),
                    (Who::Pair("QKE".to_owned(), "QOR".to_owned()), "&who=QOR&who=QKE"),
                    (Who::One("NOR".to_owned()), "&who=NOR"),
                ] {
                    let whole = Diff::of(&ledger, &who, at(Some(day(from))), at(until.map(day)), lexicon);
                    let told = |change: &Value| {
                        ["id", "kind", "before", "after", "since"].map(|field| word(change, field)).to_vec()
                    };
                    let whole = whole.expect("changes").changes.into_iter().map(|change| json!(change));
                    let mut expected: Vec<Vec<String>> = whole.map(|change| told(&change)).collect();
                    let address = format!("/diff?from={from}{to}&by={by}{of}");
                    let all = WHOLE.0.json(&address);
                    let all: Vec<Vec<String>> = all["items"].as_array().expect("items").iter().map(told).collect();
                    assert!(all.iter().map(|change| &change[4]).rev().is_sorted(), "{address}: {all:?}");
                    for most in 0..=all.len() {
                        let some = WHOLE.0.json(&format!("{address}&limit={most}"));
                        let some: Vec<Vec<String>> =
                            some["items"].as_array().expect("items").iter().map(told).collect();
                        assert_eq!(some, all[..most], "{address}&limit={most}");
                    }
                    seen += all.len();
                    let mut found = all;
                    found.sort();
                    expected.sort();
                    assert_eq!(found, expected, "{address}");
                }
            }
        }
    }
    assert!(seen > 100, "the chain has much to compare, not {seen}");
}

#[test]
fn pairs_of_a_day_have_the_affairs_and_acts_of_that_day() {
    let (ledger, lexicon) = (ledger(), &WHOLE.1);
    let mut standing = 0;
    for (times, at) in times() {
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        let is_gone = |act: &StoredAct| act.against.iter().any(|(_, how)| *how != Against::Denied);
        for act in acts(&Select { times, ..Select::default() }) {
            if act.act.factuality == Factuality::Actual && !is_gone(&act) {
                pairs_of(&act).into_iter().for_each(|pair| *counts.entry(pair).or_default() += 1);
            }
        }
        let items = by_page(&format!("/pairs?order=name{at}"));
        let found: BTreeMap<(String, String), usize> = items
            .iter()
            .map(|pair| ((word(pair, "a"), word(pair, "b")), pair["acts"].as_u64().expect("a count") as usize))
            .collect();
        assert_eq!(found, counts, "{at}");
        for pair in &items {
            let who = Who::Pair(word(pair, "a"), word(pair, "b"));
            let mut affairs = ledger.affairs(&who, times, lexicon).expect("affairs");
            affairs.sort_by(|one, other| other.since.cmp(&one.since).then_with(|| one.id.cmp(&other.id)));
            let state = |affair: &Affair| {
                let since = affair.since.map(|day| day.to_string()).unwrap_or_default();
                [affair.id.clone(), affair.kind.clone(), affair.state.clone(), since]
            };
            let expected: Vec<[String; 4]> = affairs.iter().take(12).map(state).collect();
            let told = pair["standing"].as_array().expect("affairs").iter();
            let told: Vec<[String; 4]> =
                told.map(|affair| ["affair", "kind", "state", "since"].map(|field| word(affair, field))).collect();
            assert_eq!(told, expected, "{who:?}{at}");
            standing += told.len();
            // The page of the pair tells the same.
            let page = WHOLE.0.json(&format!(
                "/pairs/{}/{}?{}",
                pair["a"].as_str().expect("a code"),
                pair["b"].as_str().expect("a code"),
                at.trim_start_matches('&')
            ));
            let of_page = page["affairs"].as_array().expect("affairs").iter();
            let of_page: BTreeSet<String> = of_page.map(|affair| word(affair, "id")).collect();
            assert_eq!(of_page, affairs.iter().map(|affair| affair.id.clone()).collect(), "{who:?}{at}");
            assert_eq!(page["acts"], pair["acts"], "{who:?}{at}");
        }
    }
    assert!(standing > 30, "the chain has much to compare, not {standing}");
}

#[test]
fn the_queue_by_page_is_the_whole_queue() {
    let server = Server::start();
    let all = |reviewer: &str| server.json(&format!("/review/queue?reviewer={reviewer}&limit=1000"))["items"].clone();
    // Anna judges some, Ben others: her queue leaves out hers, and shows his.
    for (reviewer, verdict, every) in [("Anna", "accept", 5), ("Ben", "reject", 7)] {
        let queue = all(reviewer);
        for item in queue.as_array().expect("items").iter().step_by(every) {
            let id = item["id"].as_str().expect("an id");
            let judged =
                server.post("/review/judgements", &json!({"reviewer": reviewer, "verdict": verdict, "act": id}));
            assert_eq!(judged.status, 200, "{}", judged.body);
        }
    }
    let ledger = Ledger::open_read_only(&server.ledger).expect("a ledger");
    let pair = Who::Pair("QKE".to_owned(), "QOR".to_owned());
    let whole = QueueSelect { limit: 1000, ..QueueSelect::default() };
    let selects = [
        (whole.clone(), ""),
        (QueueSelect { who: pair, ..whole.clone() }, "&who=QKE&who=QOR"),
        (
            QueueSelect { types: vec!["SANCTION".to_owned(), "CONSULT".to_owned()], ..whole.clone() },
            "&type=SANCTION&type=CONSULT",
        ),
        (QueueSelect { source: Some("Meridian Wire".to_owned()), ..whole.clone() }, "&source=Meridian%20Wire"),
        (
            QueueSelect { from: Some(day("2022-03-01")), until: Some(day("2022-05-20")), ..whole.clone() },
            "&from=2022-03-01&until=2022-05-20",
        ),
        (
            QueueSelect { factuality: vec![Factuality::Denied, Factuality::Intended], ..whole.clone() },
            "&factuality=denied&factuality=intended",
        ),
        (QueueSelect { confidence: Confidence { from: 0.5, to: 0.8 }, ..whole.clone() }, "&confidence=0.5..0.8"),
    ];
    for reviewer in ["Anna", "Ben", "Cleo"] {
        for (select, asked) in &selects {
            let queue = ledger.queue(reviewer, select).expect("a queue");
            if let Who::Pair(one, other) = &select.who {
                let of_others =
                    queue.items.iter().find(|item| !pairs_of(&item.act).contains(&(one.clone(), other.clone())));
                assert!(of_others.is_none(), "{of_others:?}");
            }
            let mut expected: Vec<(String, String)> = queue
                .items
                .iter()
                .map(|item| (format!("{:.6}", item.coded_confidence), item.act.act.id.to_string()))
                .collect();
            let address = format!("/review/queue?reviewer={reviewer}{asked}");
            let mut found: Vec<(String, String)> = Vec::new();
            for offset in (0..queue.total).step_by(4) {
                let page = server.json(&format!("{address}&limit=4&offset={offset}"));
                assert_eq!(page["total"], queue.total, "{address}");
                let items = page["items"].as_array().expect("items").iter();
                let confidence = |item: &Value| item["coded_confidence"].as_f64().expect("a confidence");
                found.extend(items.map(|item| (format!("{:.6}", confidence(item)), word(item, "id"))));
            }
            assert!(!found.is_empty() && found.iter().map(|(confidence, _)| confidence).is_sorted(), "{address}");
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{address}");
        }
    }
}
