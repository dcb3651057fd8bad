//! Any order of the articles gives the same affairs.

mod news;

use detente_coder::{Act, Coded, Epoch, Factuality};
use detente_ledger::{Said, fold_said, said};
use news::*;
use proptest::prelude::*;

const CODES: [&str; 4] = ["TUR", "ARM", "GRC", "NAT"];
const DEEDS: [(&str, &str, &str); 14] = [
    ("SANCTION", "suspend negotiation", "negotiations on a border treaty"),
    ("SANCTION", "withdraw talk", "talks on the railway"),
    ("SANCTION", "freeze talk", "talks"),
    ("CONSULT", "hold negotiation", "negotiations on the border"),
    ("CONSULT", "negotiate", "a railway and border treaty"),
    ("SANCTION", "impose sanction", "sanctions"),
    ("CONCEDE", "lift sanction", "sanctions"),
    ("REJECT", "block accession", "accession to NATO"),
    ("COOPERATE", "sign agreement", "the railway agreement"),
    ("SANCTION", "expel diplomat", "diplomats"),
    ("SUPPORT", "restore relation", "relations"),
    ("ASSAULT", "attack", ""),
    ("RETREAT", "declare ceasefire", "a ceasefire"),
    ("MOBILIZE", "deploy troop", "troops"),
];

fn acts() -> impl Strategy<Value = Act> {
    let day = prop::option::of(1..28_i8);
    (
        0..4_usize,
        0..4_usize,
        0..DEEDS.len(),
        day,
        0..5_usize,
        any::<bool>(),
        any::<bool>(),
        prop::option::of(0..4_usize),
    )
        .prop_map(|(actor, recipient, deed, day, factuality, is_past, is_joint, speaker)| {
            let (event, words, subject) = DEEDS[deed];
            let joint = [CODES[actor], CODES[recipient]];
            let mut act = match is_joint && actor != recipient {
                true => act(&joint, event, &[], words, subject),
                false => act(&joint[..1], event, &joint[1..], words, subject),
            };
            if let Some(day) = day {
                act = on(act, &format!("2024-05-{day:02}"));
            }
            if let Some(speaker) = speaker {
                act = says(act, CODES[speaker]);
            }
            act.factuality = if factuality < 2 { Factuality::Actual } else { Factuality::ALL[factuality] };
            act.epoch = if is_past { Epoch::Background } else { Epoch::New };
            act
        })
}

fn articles() -> impl Strategy<Value = Vec<Coded>> {
    let one = (prop::collection::vec(acts(), 0..6), prop::option::of(1..28_i8));
    prop::collection::vec(one, 1..5).prop_map(|articles| {
        let coded = articles.into_iter().enumerate().map(|(number, (acts, day))| {
            let date = day.map(|day| format!("2024-05-{day:02}"));
            article(&format!("article {number}"), date.as_deref(), acts, Vec::new())
        });
        coded.collect()
    })
}

proptest! {
    #[test]
    fn any_order_gives_the_same_affairs((articles, shuffled) in articles().prop_flat_map(|a| (Just(a.clone()), Just(a).prop_shuffle()))) {
        let affairs = fold(&articles);
        prop_assert_eq!(&affairs, &fold(&shuffled));
        for affair in &affairs {
            let machine = LEXICON.machines.iter().find(|machine| machine.kind == affair.kind.as_str()).expect("a machine");
            prop_assert!(machine.states.iter().any(|state| *state == affair.state));
            prop_assert!(affair.parties.len() > 1, "{:?}", affair);
            prop_assert!(affair.entries.iter().any(|entry| entry.moved));
        }
        // What is taken apart and folded elsewhere, in any order, as well.
        let said: Vec<Said> = shuffled.iter().flat_map(|coded| said(coded, &LEXICON).expect("it is taken apart")).collect();
        let told = said.iter().rev().map(|said| (said.kind.as_str(), said.json.as_str()));
        prop_assert_eq!(&affairs, &fold_said(told, &LEXICON).expect("it is folded"));
        let mut ids: Vec<_> = affairs.iter().map(|affair| &affair.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), affairs.len());
    }
}
