//! What acts fold into.

mod news;

use detente_coder::{Epoch, Factuality, Precision};
use news::*;

fn suspends() -> detente_coder::Act {
    act(&["TUR"], "SANCTION", &["ARM"], "suspend negotiation", "negotiations with Armenia on a border treaty")
}

#[test]
fn both_accounts_of_a_suspended_negotiation_stand() {
    let goes_on = says(
        act(&["TUR"], "CONSULT", &["ARM"], "continue negotiation", "negotiations with Armenia on the border treaty"),
        "ARM",
    );
    let mut goes_on = goes_on;
    goes_on.actor = vec![party("ARM")];
    goes_on.recipient = vec![party("TUR")];
    for acts in [vec![suspends(), goes_on.clone()], vec![goes_on, suspends()]] {
        let affair = affair(acts);
        assert_eq!(line(&affair), "negotiation ARM-TUR (border treaty): suspended");
        let accounts: Vec<_> = affair.accounts.iter().map(|a| (a.by.as_str(), a.state.as_str())).collect();
        assert_eq!(accounts, [("ARM", "open"), ("TUR", "suspended")]);
        assert_eq!(affair.mover().expect("a mover").movers, ["TUR"]);
    }
}

#[test]
fn talks_that_both_hold_after_a_suspension_are_resumed() {
    let holds = act(&["ARM", "TUR"], "CONSULT", &[], "hold negotiation", "negotiations on the border treaty");
    let affair = fold(&[
        article("b", Some("2024-05-02"), vec![on(holds, "2024-05-01")], vec![]),
        article("a", Some("2024-03-02"), vec![on(suspends(), "2024-03-01")], vec![]),
    ]);
    assert_eq!(lines(&affair), ["negotiation ARM-TUR (border treaty): resumed"]);
    assert_eq!(affair[0].since, Some(day("2024-05-01")));
    assert_eq!(affair[0].since_precision, Precision::Day);
    assert!(affair[0].accounts.is_empty());
}

#[test]
fn what_members_do_together_is_one_row_until_one_moves_alone() {
    let subject = "participation in the Arctic Council";
    let together = act(&["FIN", "NOR", "SWE"], "SANCTION", &["ARC"], "suspend participation", subject);
    let alone = act(&["NOR"], "SANCTION", &["ARC"], "withdraw membership", "membership of the Arctic Council");
    let first = article("a", Some("2022-03-03"), vec![on(together, "2022-03-03")], vec![]);
    let second = article("b", Some("2023-03-03"), vec![on(alone, "2023-03-03")], vec![]);
    let rows = |articles: &[_]| lines(&detente_ledger::joint(fold(articles), &LEXICON));
    assert_eq!(rows(std::slice::from_ref(&first)), ["membership ARC-FIN-NOR-SWE: suspended"]);
    let apart = ["membership ARC-FIN-SWE: suspended", "membership ARC-NOR: withdrawn"];
    assert_eq!(rows(&[first, second]), apart);
}

#[test]
fn two_subjects_are_two_affairs_and_two_names_of_one_are_one() {
    let leaves = act(&["TUR"], "SANCTION", &["ARM"], "withdraw talk", "talks with Yerevan on reopening the railway");
    let again = act(&["TUR"], "SANCTION", &["ARM"], "freeze talk", "border-treaty talks");
    let vague = act(&["ARM", "TUR"], "CONSULT", &[], "negotiate", "");
    let affairs = affairs(vec![suspends(), leaves, again, vague]);
    let known = [
        "negotiation ARM-TUR: open",
        "negotiation ARM-TUR (border treaty): suspended",
        "negotiation ARM-TUR (railway): broken off",
    ];
    assert_eq!(lines(&affairs), known);
    assert_eq!(affairs[1].entries.len(), 2);
}

#[test]
fn subjects_that_read_the_same_but_are_two_have_two_ids() {
    let on_subject = |subject: &str| act(&["TUR", "ARM"], "CONSULT", &[], "hold negotiation", subject);
    let affairs = affairs(vec![
        on_subject("negotiations on cotton prices for grain and herding and millet"),
        on_subject("negotiations on cotton prices for wool and fishing and timber"),
        on_subject("negotiations on railway"),
    ]);
    let subjects: std::collections::BTreeSet<_> = affairs.iter().map(|affair| &affair.subject).collect();
    assert!(subjects.len() < affairs.len(), "{subjects:?}");
    let mut ids: Vec<_> = affairs.iter().map(|affair| &affair.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), affairs.len(), "{affairs:#?}");
}

#[test]
fn what_is_asked_for_is_noted_and_moves_nothing() {
    let mut asked = act(&["TUR"], "CONCEDE", &["ARM"], "lift sanction", "sanctions");
    asked.factuality = Factuality::Requested;
    let imposed = act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions on Armenia");
    let affair = affair(vec![imposed, asked.clone()]);
    assert_eq!(line(&affair), "sanction TUR-ARM: in force");
    assert_eq!(affair.entries.len(), 2);
    assert!(affairs(vec![asked]).is_empty());
}

#[test]
fn sanctions_are_threatened_imposed_eased_and_lifted() {
    let steps = [
        (act(&["CHN"], "THREATEN", &["AUS"], "threaten sanction", "sanctions"), "threatened"),
        (act(&["CHN"], "SANCTION", &["AUS"], "impose tariff", "tariffs on Australian wine"), "in force"),
        (act(&["CHN"], "THREATEN", &["AUS"], "threaten sanction", "more sanctions"), "in force"),
        (act(&["CHN"], "CONCEDE", &["AUS"], "ease tariff", "tariffs"), "eased"),
        (act(&["CHN"], "CONCEDE", &["AUS"], "lift tariff", "the tariffs"), "lifted"),
    ];
    for count in 1..=steps.len() {
        let acts = steps[..count].iter().map(|(act, _)| act.clone()).collect();
        assert_eq!(line(&affair(acts)), format!("sanction CHN-AUS: {}", steps[count - 1].1));
    }
    let back = act(&["AUS"], "SANCTION", &["CHN"], "impose embargo", "an embargo");
    assert_eq!(
        lines(&affairs(vec![steps[1].0.clone(), back])),
        ["sanction AUS-CHN: in force", "sanction CHN-AUS: in force"]
    );
}

#[test]
fn a_claim_has_claimant_holder_and_parts() {
    let claims = standing("claim", "disputed", &["ARG"], &[], &[falklands()]);
    let denies = act(&["GBR"], "REJECT", &["ARG"], "reject claim", "Argentina's claim to sovereignty");
    let affairs = fold(&[article("a", None, vec![denies], vec![claims])]);
    assert_eq!(lines(&affairs), ["claim ARG-GBR: disputed"]);
    assert_eq!(affairs[0].claimants, ["ARG"]);
    assert_eq!(affairs[0].holder.as_deref(), Some("GBR"));
    assert_eq!(affairs[0].entries.len(), 2);
}

fn falklands() -> &'static str {
    let is_it = |territory: &&detente_lexicon::Territory| territory.names.iter().any(|name| name == "Falkland Islands");
    LEXICON.territories.iter().find(is_it).expect("the Falklands").code.as_str()
}

#[test]
fn a_denied_deployment_is_between_host_and_owner() {
    let mut denied = act(&["POL"], "MOBILIZE", &[], "deploy missile", "U.S. missile systems on its territory");
    denied.factuality = Factuality::Denied;
    let affair = affair(vec![denied]);
    assert_eq!(line(&affair), "presence POL-USA (missile systems): denied");
}

#[test]
fn a_blocked_status_names_candidate_organisation_and_blocker() {
    let mut blocks = act(&["TUR"], "REJECT", &["SWE"], "block accession", "Sweden's accession to NATO");
    let seeks = act(&["SWE"], "AGREE", &["NAT"], "apply join", "to join NATO");
    let affair = affair(vec![blocks.clone(), seeks]);
    assert_eq!(line(&affair), "membership NAT-SWE-TUR: blocked");
    assert_eq!(affair.object.as_deref(), Some("NATO"));
    assert!(affair.accounts.is_empty(), "a wish contradicts nobody");
    blocks.subject = Some("Sweden's accession".to_owned());
    assert_eq!(line(&news::affair(vec![blocks])), "membership SWE-TUR: blocked");
}

#[test]
fn relations_fall_and_are_restored() {
    let expels = on(act(&["GBR"], "SANCTION", &["IRN"], "expel diplomat", "two Iranian diplomats"), "2024-01-05");
    let severs = on(act(&["IRN"], "SANCTION", &["GBR"], "sever relation", "diplomatic relations"), "2024-01-09");
    let restores = on(act(&["GBR", "IRN"], "SUPPORT", &[], "restore tie", "diplomatic ties"), "2024-06-01");
    for (count, state) in [(1, "downgraded"), (2, "severed"), (3, "restored")] {
        let acts = [&expels, &severs, &restores][..count].iter().map(|act| (*act).clone()).collect();
        let affair = affair(acts);
        assert_eq!(line(&affair), format!("relations GBR-IRN: {state}"));
    }
}

#[test]
fn history_comes_first_and_a_past_war_is_none_today() {
    let mut war = act(&["TUR"], "ASSAULT", &["GRC"], "attack", "");
    war.epoch = Epoch::Background;
    assert!(affairs(vec![war.clone()]).is_empty());
    let truce = act(&["TUR", "GRC"], "RETREAT", &[], "agree ceasefire", "a ceasefire");
    let affair = affair(vec![truce, war]);
    assert_eq!(line(&affair), "conflict GRC-TUR: truce");
    assert_eq!(affair.entries[0].state.as_deref(), Some("ongoing"));
}

#[test]
fn police_and_citizens_make_no_affair() {
    let mut beaten = act(&["FRA"], "ASSAULT", &["FRA"], "beat", "");
    beaten.actor[0].sector = vec!["COP".to_owned()];
    beaten.recipient[0].sector = vec!["CVL".to_owned()];
    assert!(affairs(vec![beaten.clone()]).is_empty());
    beaten.recipient[0].code = Some("DZA".to_owned());
    assert!(affairs(vec![beaten]).is_empty());
}

#[test]
fn agreement_aid_and_recognition() {
    let lines_of = |acts| lines(&affairs(acts));
    let signs = act(&["ETH", "KEN"], "COOPERATE", &[], "sign agreement", "trade agreement with Kenya");
    let leaves = act(&["ETH"], "SANCTION", &["KEN"], "withdraw agreement", "the trade agreement");
    assert_eq!(lines_of(vec![signs.clone()]), ["agreement ETH-KEN (trade): signed"]);
    assert_eq!(lines_of(vec![signs, leaves]), ["agreement ETH-KEN (trade): terminated"]);
    let gives = act(&["DEU"], "AID", &["NER"], "give aid", "aid");
    let stops = act(&["DEU"], "SANCTION", &["NER"], "suspend aid", "aid to Niger");
    assert_eq!(lines_of(vec![gives, stops]), ["aid DEU-NER: suspended"]);
    let recognises = act(&["FRA"], "SUPPORT", &["XKX"], "recognize", "");
    assert_eq!(lines_of(vec![recognises]), ["recognition FRA-XKX: granted"]);
}

#[test]
fn an_act_without_its_other_side_joins_the_only_affair_it_can_mean() {
    let mut vague = act(&["TUR"], "SANCTION", &[], "suspend talk", "talks");
    vague.recipient.clear();
    assert!(affairs(vec![vague.clone()]).is_empty());
    assert_eq!(affair(vec![suspends(), vague]).entries.len(), 2);
}

#[test]
fn an_affair_serialises_with_the_agreed_fields() {
    let value = serde_json::to_value(affair(vec![suspends()])).expect("JSON");
    for field in [
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
    ] {
        assert!(value.get(field).is_some(), "{field}");
    }
    for field in ["act", "state", "date", "attribution", "article", "start", "end"] {
        assert!(value["entries"][0].get(field).is_some(), "{field}");
    }
    assert_eq!(value["since_precision"], "unknown");
    assert!(value["since"].is_null());
}

#[test]
fn one_negotiation_however_it_is_named_is_one_affair() {
    let on_subject = |subject: &str| act(&["TUR", "ARM"], "CONSULT", &[], "hold negotiation", subject);
    let affair = affair(vec![
        on_subject("peace treaty talks"),
        on_subject("negotiations on a peace treaty"),
        on_subject("further talks with Yerevan on a treaty of peace on Tuesday in the winter palace"),
        on_subject("the negotiations on the Armenian peace treaty"),
    ]);
    assert_eq!(line(&affair), "negotiation ARM-TUR (peace treaty): open");
    assert_eq!(affair.entries.len(), 4);
}

#[test]
fn what_names_no_subject_takes_up_nothing_that_was_suspended() {
    let meets = act(&["ARM", "TUR"], "CONSULT", &[], "hold talk", "talks");
    let affair = fold(&[
        article("a", Some("2024-03-02"), vec![on(suspends(), "2024-03-01")], vec![]),
        article("b", Some("2024-05-02"), vec![on(meets, "2024-05-01")], vec![]),
    ]);
    assert_eq!(lines(&affair), ["negotiation ARM-TUR (border treaty): suspended"]);
}

#[test]
fn a_day_says_more_of_when_than_its_month() {
    let expels = |words: &str| act(&["TUR"], "SANCTION", &["ARM"], words, "diplomats");
    let mut recalled = on(expels("expel diplomat"), "2024-05-01");
    recalled.date_precision = Precision::Month;
    let affair = fold(&[
        article("later", Some("2024-09-02"), vec![recalled], vec![]),
        article("first", Some("2024-05-15"), vec![on(expels("expel diplomat"), "2024-05-14")], vec![]),
    ]);
    assert_eq!(lines(&affair), ["relations ARM-TUR: downgraded"]);
    assert_eq!((affair[0].since, affair[0].since_precision), (Some(day("2024-05-14")), Precision::Day));
    let movers: Vec<_> = affair[0].entries.iter().filter(|entry| entry.moved).map(|entry| &entry.article).collect();
    assert_eq!(movers, ["first"]);
}

#[test]
fn an_affair_is_found_by_every_id_that_it_had() {
    let on_subject = |id: &str, date: &str, subject: &str| {
        article(
            id,
            Some(date),
            vec![on(act(&["TUR", "ARM"], "CONSULT", &[], "hold negotiation", subject), date)],
            vec![],
        )
    };
    let articles = [
        on_subject("a", "2024-05-04", "negotiations on the border"),
        on_subject("b", "2024-05-03", "negotiations on a border treaty"),
        on_subject("c", "2024-05-02", "negotiations on a long border treaty with maps"),
        on_subject("d", "2024-05-01", "negotiations on maps"),
    ];
    let whole = fold(&articles);
    assert_eq!(whole.len(), 1);
    for known in 1..articles.len() {
        for affair in fold(&articles[..known]).iter().chain(&fold(&articles[known..])) {
            assert!(whole[0].ids().any(|id| *id == affair.id), "{known}: {}", affair.id);
        }
    }
    // What comes later in time changes no id.
    let later = on_subject("e", "2024-06-01", "negotiations on maps of rivers");
    assert_eq!(fold(&[&articles[..], &[later]].concat())[0].id, whole[0].id);
}

#[test]
fn who_pledge_jointly_pledge_nothing_to_one_another() {
    let mut pledge = act(&["FRA", "ITA", "JPN"], "AGREE", &["JPN", "FRA", "ITA"], "pledge aid", "aid");
    assert!(affairs(vec![pledge.clone()]).is_empty());
    pledge.recipient.push(party("GHA"));
    let pledged = ["aid FRA-GHA: pledged", "aid ITA-GHA: pledged", "aid JPN-GHA: pledged"];
    assert_eq!(lines(&affairs(vec![pledge])), pledged);
    // One whose recipient has no code may mean the only one that is known.
    let mut firm = act(&["FRA"], "SANCTION", &[], "freeze", "assets of the company");
    firm.recipient = vec![detente_coder::Party { code: None, ..party("IRN") }];
    let imposes = act(&["FRA"], "SANCTION", &["IRN"], "impose sanction", "sanctions");
    assert_eq!(affair(vec![imposes, firm]).entries.len(), 2);
}

#[test]
fn what_two_do_to_each_other_they_do_both_ways() {
    let both = ["KEN", "SOM"];
    let sanctions = act(&both, "SANCTION", &both, "impose sanction", "sanctions");
    let imposed = ["sanction KEN-SOM: in force", "sanction SOM-KEN: in force"];
    assert_eq!(lines(&affairs(vec![sanctions])), imposed);
    // Who act on one of themselves do not act on each other.
    let jointly = act(&["KEN", "SOM"], "SANCTION", &["KEN"], "impose sanction", "sanctions on Kenyan firms");
    assert!(affairs(vec![jointly]).is_empty());
}

#[test]
fn who_wishes_a_candidate_well_is_no_party() {
    let welcomes = act(&["USA"], "SUPPORT", &["SWE"], "welcome accession", "Sweden's accession to NATO");
    let joins = act(&["SWE"], "COOPERATE", &["NAT"], "join", "NATO");
    assert_eq!(line(&affair(vec![joins, welcomes])), "membership NAT-SWE: granted");
    let partners = standing("membership", "granted", &["SWE"], &["USA"], &[]);
    assert!(fold(&[article("a", None, Vec::new(), vec![partners])]).is_empty(), "a state is nobody's member");
}

#[test]
fn soldiers_are_present_where_they_stand() {
    let mut stationed = act(&["RUS"], "MOBILIZE", &[], "station soldier", "3,000 Russian soldiers");
    assert!(affairs(vec![stationed.clone()]).is_empty());
    stationed.event_loc = Some(detente_coder::Location {
        extracted_place: "Gyumri".to_owned(),
        start: 0,
        end: 6,
        resolved_place: "Gyumri".to_owned(),
        country_code: Some("ARM".to_owned()),
        lat: None,
        lon: None,
        resolution: 4,
    });
    assert_eq!(line(&affair(vec![stationed])), "presence ARM-RUS (soldiers): deployed");
    let apart = act(&["KGZ", "TJK"], "RETREAT", &[], "withdraw gun artillery", "their artillery");
    assert!(affairs(vec![apart.clone()]).is_empty(), "both draw back from one another");
    let from_each_other = detente_coder::Act { recipient: apart.actor.clone(), ..apart };
    assert!(affairs(vec![from_each_other]).is_empty(), "and this is said");
    let leaves = act(&["MLI"], "RETREAT", &["DZA"], "withdraw", "the joint committee");
    assert!(affairs(vec![leaves]).is_empty(), "no forces are named");
}

#[test]
fn a_border_is_claimed_by_its_two_sides() {
    let mut border = standing("claim", "disputed", &["KGZ", "TJK"], &[], &[]);
    border.subject = Some("970-km border".to_owned());
    assert_eq!(
        lines(&fold(&[article("a", None, Vec::new(), vec![border.clone()])])),
        ["claim KGZ-TJK (border): disputed"]
    );
    for other in ["water", "sovereignty and territorial integrity within its recognised borders"] {
        border.subject = Some(other.to_owned());
        assert!(fold(&[article("a", None, Vec::new(), vec![border.clone()])]).is_empty(), "{other}");
    }
}

#[test]
fn who_disputes_a_territory_is_known() {
    let dispute = standing("claim", "disputed", &[], &[], &[falklands()]);
    assert_eq!(lines(&fold(&[article("a", None, Vec::new(), vec![dispute])])), ["claim ARG-GBR: disputed"]);
}

#[test]
fn only_who_exists_is_recognised() {
    let recognises = |subject: &str| act(&["USA"], "SUPPORT", &["XKX"], "recognize", subject);
    for subject in ["Kosovo", "the Republic of Kosovo", "Kosovo's independence", "the government of Kosovo"] {
        let told = lines(&affairs(vec![recognises(subject)]));
        assert_eq!(told, ["recognition USA-XKX: granted"], "{subject}");
    }
    for subject in ["Kosovo's efforts", "22 years since the war in Kosovo", "that Kosovo has taken on a burden"] {
        assert!(affairs(vec![recognises(subject)]).is_empty(), "{subject}");
    }
    let mut burden = recognises("");
    burden.event_text = "the United States recognizes that Kosovo has taken on a burden".to_owned();
    assert!(affairs(vec![burden]).is_empty());
}

#[test]
fn who_evades_sanctions_is_under_them() {
    let evades = act(&["PRK"], "REJECT", &["UNO", "USA"], "evade sanction", "U.S. and UN sanctions");
    let told = lines(&affairs(vec![evades]));
    assert_eq!(told, ["sanction UNO-PRK: in force", "sanction USA-PRK: in force"]);
}

#[test]
fn the_name_of_an_organisation_is_no_word_of_the_matter() {
    let subject = "its participation in the Collective Security Treaty Organization";
    let freezes = act(&["ARM"], "SANCTION", &["CST"], "freeze participation", subject);
    assert_eq!(line(&affair(vec![freezes])), "membership ARM-CST: suspended");
}

#[test]
fn arms_are_aid() {
    let delivers = act(&["EGY"], "AID", &["SOM"], "deliver", "small arms");
    assert_eq!(line(&affair(vec![delivers])), "aid EGY-SOM: given");
}

#[test]
fn what_one_is_to_keep_stands() {
    let urges = act(&["USA"], "REQUEST", &["MEX"], "urge", "meet its obligations under the water treaty");
    assert_eq!(line(&affair(vec![urges])), "agreement MEX-USA (water): in force");
    let accuses = act(&["GUY"], "ACCUSE", &["VEN"], "accuse violate", "of violating the border agreement");
    assert_eq!(line(&affair(vec![accuses])), "agreement GUY-VEN (border): in force");
}

#[test]
fn who_agree_to_do_something_have_an_agreement_and_who_agree_to_talk_have_none() {
    let agree = |subject: &str| act(&["IRN", "PAK"], "AGREE", &[], "agree", subject);
    let told = lines(&affairs(vec![agree("reopen three border markets")]));
    assert_eq!(told, ["agreement IRN-PAK (border markets): signed"]);
    assert!(affairs(vec![agree("continue their talks")]).is_empty());
    assert!(affairs(vec![agree("work together")]).is_empty());
}

#[test]
fn a_dialogue_is_no_negotiation() {
    let talks = |words: &str, subject: &str| act(&["ESP", "USA"], "CONSULT", &[], words, subject);
    assert!(affairs(vec![talks("hold dialogue", "the Spain-US dialogue on cybersecurity")]).is_empty());
    assert!(affairs(vec![talks("discuss discussion", "discussions on food insecurity")]).is_empty());
    let told = lines(&affairs(vec![talks("hold talk", "talks on fishing quotas")]));
    assert_eq!(told, ["negotiation ESP-USA (fishing quotas): open"]);
}

#[test]
fn money_that_is_promised_is_aid_and_money_that_is_paid_for_goods_is_none() {
    let promises = |subject: &str| act(&["EUR"], "AGREE", &["MDA"], "promise", subject);
    assert_eq!(line(&affair(vec![promises("1.8 billion euros")])), "aid EUR-MDA: pledged");
    assert!(affairs(vec![promises("to buy wine for 2 million euros")]).is_empty());
}
