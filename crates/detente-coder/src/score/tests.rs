use super::*;

fn articles(gold: &str, acts: &str) -> ArticlesScore {
    let gold = Gold::read(gold).unwrap();
    match score(&gold, &Output::read_lines(acts).unwrap()) {
        Score::Articles(score) => score,
        other => panic!("{other:?}"),
    }
}

fn sentences(gold: &str, acts: &str) -> SentencesScore {
    let gold = Gold::read(gold).unwrap();
    match score(&gold, &Output::read_lines(acts).unwrap()) {
        Score::Sentences(score) => score,
        other => panic!("{other:?}"),
    }
}

fn act(actor: &str, event: &str, recipient: &str, rest: &str) -> String {
    let side = |codes: &str| -> String {
        let parties: Vec<String> = codes.split_whitespace().map(|code| format!(r#"{{"code":"{code}"}}"#)).collect();
        parties.join(",")
    };
    format!(
        r#"{{"article":"a","event":["{event}"],"actor":[{}],"recipient":[{}],"factuality":"actual","epoch":"new"{rest}}}"#,
        side(actor),
        side(recipient)
    )
}

const ONE: &str = r#"{"id":"a","acts":[
    {"actor":"RUR","recipient":"FRE","type":"SANCTION","factuality":["actual"],"time":["new"],"agreed":true,"evidence":"x"},
    {"actor":"RUR","recipient":"SYL","type":"CONSULT","factuality":["intended"],"time":["new"],"agreed":true,"evidence":"x"},
    {"actor":"SYL","recipient":"RUR","type":"CONSULT","factuality":["intended"],"time":["new"],"agreed":true,"evidence":"x"},
    {"actor":"FRE","recipient":"SYL","type":"ACCUSE","factuality":["actual"],"time":["background"],"agreed":false,"evidence":"x"}]}"#;

fn one() -> String {
    ONE.replace('\n', "")
}

#[test]
fn mutual_acts_count_in_both_directions() {
    let meeting = act("RUR SYL", "CONSULT", "", "");
    let score = articles(&one(), &meeting);
    assert_eq!(score.acts, Tally { right: 2, given: 2, gold: 3 });
    let visit = act("SYL", "CONSULT", "RUR", "");
    assert_eq!(articles(&one(), &visit).acts, score.acts);
}

#[test]
fn an_intended_agreement_counts_as_its_content() {
    let plan = act("RUR SYL", "AGREE", "", r#","about":"CONSULT""#).replace(r#""actual""#, r#""intended""#);
    let score = articles(&one(), &plan);
    assert_eq!(score.acts.right, 2);
    assert_eq!(score.factuality_not_actual, Share { right: 2, of: 2 });
    let made = act("RUR SYL", "AGREE", "", r#","about":"CONSULT""#);
    assert_eq!(articles(&one(), &made).acts.right, 0);
}

#[test]
fn an_act_not_agreed_on_counts_neither_for_nor_against() {
    let score = articles(&one(), &act("FRE", "ACCUSE", "SYL", ""));
    assert_eq!(score.acts, Tally { right: 0, given: 0, gold: 3 });
    assert_eq!(score.epoch.of, 0);
}

#[test]
fn the_most_confident_of_one_triple_counts() {
    let low = act("RUR", "SANCTION", "FRE", r#","confidence":0.4"#);
    let high = act("RUR", "SANCTION", "FRE", r#","confidence":0.8"#).replace(r#""actual""#, r#""denied""#);
    let score = articles(&one(), &format!("{low}\n{high}\n"));
    assert_eq!(score.acts, Tally { right: 1, given: 1, gold: 3 });
    assert_eq!(score.factuality, Share { right: 0, of: 1 });
    assert_eq!(score.mistakes.iter().filter(|mistake| mistake.fault == Fault::WrongReading).count(), 1);
}

#[test]
fn acts_inside_a_state_and_of_its_firms_are_left_aside() {
    let inside = act("RUR", "COERCE", "RUR", "");
    let firm = act("RUR", "SANCTION", "FRE", "").replace(r#"{"code":"RUR"}"#, r#"{"code":"RUR","sector":["BUS"]}"#);
    let score = articles(&one(), &format!("{inside}\n{firm}\n"));
    assert_eq!((score.acts.given, score.left_aside), (0, 2));
}

#[test]
fn a_text_without_acts_counts_what_was_invented() {
    let score = articles(r#"{"id":"a","acts":[]}"#, &act("RUR SYL", "CONSULT", "", ""));
    assert_eq!((score.articles_without_acts, score.invented_there), (1, 1));
    assert_eq!(score.acts, Tally { right: 0, given: 2, gold: 0 });
}

#[test]
fn a_wrong_type_of_a_right_pair_is_confusion() {
    let score = articles(&one(), &act("RUR", "ACCUSE", "FRE", ""));
    assert_eq!(score.confusion.worst(), [("SANCTION", "ACCUSE", 1)]);
    assert_eq!(score.mistakes[0].fault, Fault::WrongType);
    assert_eq!(score.pairs.right, 1);
}

#[test]
fn affairs_are_matched_by_kind_and_parties() {
    let gold = r#"{"id":"a","acts":[],"affairs":[
        {"kind":"sanction","parties":["RUR","FRE"],"state":["in force"],"agreed":true},
        {"kind":"presence","parties":["RUR","SYL"],"state":["blocked"],"agreed":true},
        {"kind":"claim","parties":["FRE","SYL"],"state":["disputed"],"agreed":false}]}"#
        .replace('\n', "");
    let affair = |kind: &str, parties: [&str; 2], state: &str| CodedAffair {
        kind: kind.to_owned(),
        parties: parties.iter().map(|party| (*party).to_owned()).collect(),
        state: state.to_owned(),
        subject: None,
    };
    let mut output = Output::new();
    output.add_affairs(
        "a",
        [
            affair("sanction", ["FRE", "RUR"], "lifted"),
            affair("presence", ["SYL", "RUR"], "denied"),
            affair("claim", ["SYL", "FRE"], "disputed"),
            affair("conflict", ["SYL", "FRE"], "ongoing"),
        ],
    );
    let Score::Articles(score) = score(&Gold::read(&gold).unwrap(), &output) else { panic!() };
    let affairs = score.affairs.unwrap();
    assert_eq!(affairs.affairs, Tally { right: 2, given: 3, gold: 2 });
    assert_eq!(affairs.state, Share { right: 1, of: 2 });
}

const PAIR: &str =
    r#"{"id":"a","text":"Ruritania freed Freedonians.","actor":[0,9],"recipient":[16,27],"type":"YIELD","quad":2}"#;

fn spans(event: &str, actor: (u32, u32), recipient: (u32, u32), rest: &str) -> String {
    format!(
        r#"{{"article":"a","event":["{event}"],"actor":[{{"start":{},"end":{}}}],"recipient":[{{"start":{},"end":{}}}]{rest}}}"#,
        actor.0, actor.1, recipient.0, recipient.1
    )
}

#[test]
fn concede_and_retreat_are_yield() {
    let score = sentences(PAIR, &spans("RETREAT", (0, 9), (16, 27), ""));
    assert_eq!((score.right, score.quad), (Share { right: 1, of: 1 }, Share { right: 1, of: 1 }));
    let score = sentences(PAIR, &spans("CONCEDE", (4, 5), (26, 40), ""));
    assert_eq!(score.right_of_found, Share { right: 1, of: 1 });
}

#[test]
fn the_first_of_the_most_confident_acts_of_a_pair_counts() {
    let acts = [
        spans("ACCUSE", (0, 9), (16, 27), r#","confidence":0.3"#),
        spans("RETREAT", (0, 9), (16, 27), r#","confidence":0.5"#),
        spans("ASSAULT", (0, 9), (16, 27), r#","confidence":0.5"#),
        spans("AID", (0, 9), (16, 27), r#","confidence":0.9,"content_of":"b""#),
    ];
    assert_eq!(sentences(PAIR, &acts.join("\n")).right.right, 1);
}

#[test]
fn a_pair_that_is_not_found_tells_how_far_the_coder_came() {
    let score = sentences(PAIR, &spans("RETREAT", (0, 9), (40, 50), ""));
    assert_eq!(score.found, Share { right: 0, of: 1 });
    assert_eq!(score.lost.keys().copied().collect::<Vec<_>>(), ["an act of the actor, on another or nobody"]);
    assert_eq!(sentences(PAIR, "").lost.keys().copied().collect::<Vec<_>>(), ["no act in the sentence"]);
}

#[test]
fn a_joint_act_belongs_to_two_of_its_actors() {
    let gold = PAIR.replace("YIELD", "CONSULT").replace("\"quad\":2", "\"quad\":1");
    let joint =
        r#"{"article":"a","event":["CONSULT"],"actor":[{"start":16,"end":27},{"start":0,"end":9}],"recipient":[]}"#;
    assert_eq!(sentences(&gold, joint).right.right, 1);
    let alone = r#"{"article":"a","event":["CONSULT"],"actor":[{"start":0,"end":27}],"recipient":[]}"#;
    assert_eq!(sentences(&gold, alone).found.right, 0);
}

#[test]
fn plain_records_compare_codes() {
    let gold = concat!(
        r#"{"id":"a","text":"t","source":["RUR"],"target":["IGO"],"type":"ACCUSE"}"#,
        "\n",
        r#"{"id":"b","text":"t","source":["RUR"],"target":["FRE"],"type":"AID"}"#
    );
    let given =
        r#"{"article":"a","event":["ACCUSE"],"actor":[{"code":"RUR"}],"recipient":[{"code":"UNO","sector":["IGO"]}]}"#;
    let Score::Records(score) = score(&Gold::read(gold).unwrap(), &Output::read_lines(given).unwrap()) else {
        panic!()
    };
    assert_eq!(score.acts, Tally { right: 1, given: 1, gold: 2 });
    assert_eq!(score.quads, Tally { right: 1, given: 1, gold: 2 });
    assert_eq!(score.mistakes.len(), 1);
}

#[test]
fn halves_share_the_records() {
    let gold = format!("{PAIR}\n{PAIR}\n{PAIR}\n");
    let count = |half| Gold::read(&gold).unwrap().half(half).ids().len();
    assert_eq!((count(Half::Even), count(Half::Odd)), (2, 1));
}

#[test]
fn a_broken_line_is_named() {
    let error = Gold::read(&format!("{PAIR}\n{{")).unwrap_err();
    assert_eq!(error.line, 2);
    let error = Gold::read(&PAIR.replace("YIELD", "GREET")).unwrap_err();
    assert!(error.to_string().contains("GREET"));
    assert_eq!(Output::read_lines("\n[1]\n").unwrap_err().line, 2);
}

#[test]
fn the_summary_shows_figures_and_errors() {
    let gold = Gold::read(&one()).unwrap();
    let output = Output::read_lines(&act("RUR", "ACCUSE", "FRE", "")).unwrap();
    let summary = score(&gold, &output).summary(5);
    assert!(summary.contains("actor, type, recipient"), "{summary}");
    assert!(summary.contains("    1  SANCTION as ACCUSE"), "{summary}");
    assert!(summary.contains("Missing: 1"), "{summary}");
}
