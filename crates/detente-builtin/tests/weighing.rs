//! Acts are weighed by the shipped models of trust and of counterparts.

use detente_coder::{Act, Coder, Party, Via, acts_of_story, counterparts_of_story, score::GoldAct};
use detente_text::{Article, Format, read_article};

fn article(text: &str) -> Article {
    read_article(text.as_bytes(), Format::Text, "a").expect("plain text is read")
}

const NEWS: &str = "OSLO, 4 March 2025 - Norway expelled two Chadian diplomats on Tuesday over the arrest of a Norwegian engineer. Chad called the \
    step a provocation and recalled its ambassador from Oslo. Police in N'Djamena dispersed protesters outside the Norwegian embassy, \
    a spokesman said. Shares fell after an attack of nerves, while the two countries' football teams met in Bergen. My parents wanted me to study.";

#[test]
fn what_is_kept_is_among_what_was_found() {
    let coder = detente_builtin::coder(None).expect("the coder");
    let article = article(NEWS);
    // An act may be told towards whom only the article shows: its words are the same.
    let words = |act: &Act| (act.event.clone(), act.matched.clone());
    let found: Vec<_> = coder.candidates(&article).into_iter().map(|(act, _)| words(&act)).collect();
    let kept = coder.code(&article).acts;
    assert!(!kept.is_empty() && kept.len() < found.len(), "{} of {}", kept.len(), found.len());
    for act in kept {
        assert!(found.contains(&words(&act)), "{} {:?}", act.event_text, act.event);
    }
}

#[test]
fn a_plain_deed_is_trusted_and_an_idiom_is_not() {
    let coder = detente_builtin::coder(None).expect("the coder");
    let most = |text: &str| coder.code(&article(text)).acts.iter().map(|act| act.confidence).fold(0.0, f32::max);
    let deed = most("Norway imposed sanctions on Chad on Tuesday.");
    let idiom = most("Shares fell in Norway after an attack of nerves in Chad.");
    assert!(deed > 0.8, "{deed}");
    assert!(idiom < 0.5, "{idiom}");
}

#[test]
fn an_explanation_tells_what_was_left_out() {
    let coder = detente_builtin::coder(None).expect("the coder");
    let left_out = "Left out, since unlikely\n  ? [My parents, name] REQUEST";
    assert!(coder.explain("My parents wanted me to study.", None).to_string().contains(left_out));
    let explained = coder.explain("Norway imposed sanctions on Chad on Tuesday.", None).to_string();
    assert!(explained.contains("NOR [Norway, name] SANCTION TCD [Chad, name]") && !explained.contains("Left out"));
}

/// To whom the act with a word is done.
fn recipients(coder: &Coder, text: &str, lemma: &str) -> Vec<Party> {
    let acts = coder.code(&article(text)).acts;
    let act = acts.into_iter().find(|act| act.lemmas.iter().any(|known| known == lemma));
    act.expect("an act with this word").recipient
}

#[test]
fn whom_an_act_is_against_may_stand_before_it() {
    let coder = detente_builtin::coder(None).expect("the coder");
    let recalled = |text: &str| {
        recipients(&coder, text, "recall")
            .into_iter()
            .map(|party| (party.code.unwrap_or_default(), party.via, party.antecedent.is_some()))
            .collect::<Vec<_>>()
    };
    let dispute = "MALABO, 4 March 2025 - Gabon expelled two diplomats of Togo on Tuesday. Togo condemned the expulsion. On Friday Togo recalled its ambassador.";
    assert_eq!(recalled(dispute), [("GAB".to_owned(), Via::Context, true)]);
    let alone = "LOME, 4 March 2025 - Rain fell in Togo on Friday. On Friday Togo recalled its ambassador.";
    assert!(recalled(alone).is_empty());
}

#[test]
fn whom_an_act_is_against_may_stand_beside_it() {
    let coder = detente_builtin::coder(None).expect("the coder");
    let closed =
        |text: &str| recipients(&coder, text, "close").into_iter().filter_map(|party| party.code).collect::<Vec<_>>();
    let beside = "Gabon on Monday expelled two diplomats of Togo and closed the border.";
    assert_eq!(closed(beside), ["TGO"]);
    let by_name = "Gabon accused Togo of theft, and a day later Gabon closed the border with Benin.";
    assert_eq!(closed(by_name), ["BEN"]);
}

#[test]
fn a_story_teaches_what_it_lists() {
    let coder = detente_builtin::coder(None).expect("the coder");
    let article = article("Gabon expelled two diplomats of Togo on Tuesday. On Friday Togo recalled its ambassador.");
    let listed = |actor: &str, recipient: &str, evidence: &str, agreed| GoldAct {
        actor: actor.to_owned(),
        recipient: recipient.to_owned(),
        event: "SANCTION".to_owned(),
        factuality: Vec::new(),
        time: Vec::new(),
        agreed,
        evidence: Some(evidence.into()),
    };
    let right = |told: &[GoldAct]| {
        let acts = acts_of_story(&coder, &article, told).iter().map(|judged| judged.is_right()).collect::<Vec<_>>();
        let others = counterparts_of_story(&coder, &article, told).iter().map(|judged| judged.is_right()).collect();
        (acts, others)
    };
    let expelled = listed("GAB", "TGO", "expelled two diplomats", true);
    let recalled = listed("TGO", "GAB", "recalled its ambassador", true);
    assert_eq!(right(&[expelled.clone(), recalled]), (vec![true], vec![true]));
    assert_eq!(right(&[]), (vec![false], vec![false]));
    // What is listed in other words is not told here, and what is in doubt teaches nothing.
    assert_eq!(right(&[expelled.clone(), listed("TGO", "GAB", "expelled two", true)]), (vec![true], vec![false]));
    assert_eq!(right(&[expelled, listed("TGO", "GAB", "recalled", false)]), (vec![true], vec![]));
}
