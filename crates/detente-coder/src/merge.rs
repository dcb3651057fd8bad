//! One act, one line: restatements inside an article, ids, and what acts answer.

use crate::act::{Act, Cause, Party, Repeat, Span, TextField, Via};

/// Words that say nothing of what an act is about.
const EMPTY: &[&str] = &[
    "the", "a", "an", "of", "on", "in", "to", "with", "and", "for", "its", "his", "their", "that", "by", "at", "from",
    "has", "have", "had", "was", "is", "were", "been",
];

/// The id of an act: a hash of its article, place, type and sides, the same in every run.
pub fn identify(act: &Act) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |bytes: &[u8]| {
        for &byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash = (hash ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
    };
    eat(act.article.as_bytes());
    eat(act.text_info.field.as_str().as_bytes());
    for event in act.event.iter().chain(&act.about) {
        eat(event.as_bytes());
    }
    for span in &act.matched {
        eat(&span.start.to_le_bytes());
    }
    for party in act.actor.iter().chain(&act.recipient) {
        eat(party.entity_text.as_bytes());
        eat(&party.start.to_le_bytes());
    }
    format!("{:016x}", hash ^ (hash >> 31))
}

fn key(party: &Party) -> String {
    match (&party.code, &party.name) {
        (Some(code), _) => code.clone(),
        (None, Some(name)) => name.to_lowercase(),
        (None, None) => party.entity_text.to_lowercase(),
    }
}

fn keys(parties: &[Party]) -> Vec<String> {
    let mut keys: Vec<String> = parties.iter().map(key).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Tells whether two acts of an article are one.
fn is_same(a: &Act, b: &Act) -> bool {
    if a.event != b.event
        || a.factuality != b.factuality
        || a.epoch != b.epoch
        || (a.about.is_some() && b.about.is_some() && a.about != b.about)
        || are_two_deeds(a, b)
    {
        return false;
    }
    if a.date.is_some()
        && b.date.is_some()
        && a.date != b.date
        && a.date_precision == b.date_precision
        && a.epoch != b.epoch
    {
        return false;
    }
    let (actors_a, actors_b) = (keys(&a.actor), keys(&b.actor));
    let (recipients_a, recipients_b) = (keys(&a.recipient), keys(&b.recipient));
    let joined = |x: &[String], y: &[String]| {
        let mut all = [x, y].concat();
        all.sort();
        all
    };
    let mutual = a.quad_code == 1 && (a.recipient.is_empty() || b.recipient.is_empty());
    let same_sides = (actors_a == actors_b
        && (recipients_a == recipients_b || recipients_a.is_empty() != recipients_b.is_empty()))
        || (mutual && joined(&actors_a, &recipients_a) == joined(&actors_b, &recipients_b));
    same_sides && (likeness(a, b) >= 0.3 || a.text_info.field != b.text_info.field)
}

/// Tells whether a sentence says of one actor that he did two things: "suspended talks with Freedonia and withdrew from talks with its capital".
fn are_two_deeds(a: &Act, b: &Act) -> bool {
    let starts = |parties: &[Party]| -> Vec<u32> { parties.iter().map(|party| party.start).collect() };
    let (of_a, of_b) = (starts(&a.recipient), starts(&b.recipient));
    let in_one_sentence = a.text_info.field == b.text_info.field && a.text_info.start == b.text_info.start;
    in_one_sentence
        && a.mode != b.mode
        && starts(&a.actor) == starts(&b.actor)
        && !of_a.is_empty()
        && !of_b.is_empty()
        && of_a.iter().all(|start| !of_b.contains(start))
}

/// Shared words of two acts' rules and subjects, as a share of the shorter one.
fn likeness(a: &Act, b: &Act) -> f32 {
    let words = |act: &Act| -> Vec<String> {
        let subject = act.subject.as_deref().unwrap_or_default();
        let mut words: Vec<String> = act
            .lemmas
            .iter()
            .map(String::as_str)
            .chain(subject.split(|c: char| !c.is_alphanumeric()))
            .filter(|w| w.len() > 1)
            .map(str::to_lowercase)
            .filter(|w| !EMPTY.contains(&w.as_str()))
            .map(|w| w.chars().take(6).collect())
            .collect();
        let sides: Vec<String> = act
            .actor
            .iter()
            .chain(&act.recipient)
            .flat_map(|p| p.entity_text.split(|c: char| !c.is_alphanumeric()))
            .map(|w| w.to_lowercase().chars().take(6).collect())
            .collect();
        words.retain(|w| !sides.contains(w));
        words.sort();
        words.dedup();
        words
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return if a.is_empty() && b.is_empty() { 1.0 } else { 0.0 };
    }
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared as f32 / a.len().min(b.len()) as f32
}

/// Tells whether only the article shows the other side of an act: it then stands at the act's own words.
fn is_by_article(act: &Act) -> bool {
    let is_at_words = |party: &Party| act.matched.iter().any(|word| word.start == party.start);
    !act.recipient.is_empty() && act.recipient.iter().all(|party| party.via == Via::Context && is_at_words(party))
}

/// Joins acts that the article tells twice: the first stays, with the place of the others.
pub fn restatements(acts: &mut Vec<Act>) {
    let mut kept: Vec<Act> = Vec::with_capacity(acts.len());
    let mut renamed: Vec<(String, String)> = Vec::new();
    for mut act in acts.drain(..) {
        match kept.iter_mut().find(|known| is_same(known, &act)) {
            Some(known) => {
                // A headline that names the other side tells more than a text that does not, as do words that name who else only the
                // article shows.
                let elsewhere = known.text_info.field != act.text_info.field;
                let tells_more = elsewhere && known.recipient.is_empty() && !act.recipient.is_empty();
                if tells_more || !elsewhere && is_by_article(known) && !is_by_article(&act) {
                    std::mem::swap(known, &mut act);
                    for (_, now) in renamed.iter_mut().filter(|(_, now)| *now == act.id) {
                        now.clone_from(&known.id);
                    }
                }
                known.repeats.push(Repeat {
                    field: act.text_info.field,
                    start: act.evidence.start,
                    end: act.evidence.end,
                });
                known.repeats.extend(act.repeats);
                if known.date.is_none() {
                    known.date = act.date;
                    known.date_precision = act.date_precision;
                }
                // What points at characters serves in its own field alone.
                if !elsewhere {
                    if known.recipient.is_empty() && keys(&known.actor) == keys(&act.actor) {
                        known.recipient = act.recipient;
                    }
                    if known.because_of.is_none() {
                        known.because_of = act.because_of;
                    }
                    if known.event_loc.is_none() {
                        known.event_loc = act.event_loc;
                    }
                }
                renamed.push((act.id, known.id.clone()));
            }
            None => kept.push(act),
        }
    }
    for act in &mut kept {
        if let Some(outer) = &mut act.content_of
            && let Some((_, now)) = renamed.iter().find(|(old, _)| old == outer)
        {
            *outer = now.clone();
        }
    }
    *acts = kept;
}

/// Points acts at the acts that they answer, where the cause's words are an act's.
pub fn causes(acts: &mut [Act]) {
    let places: Vec<(String, Span, TextField, u32)> =
        acts.iter().map(|a| (a.id.clone(), a.evidence, a.text_info.field, a.text_info.sequence)).collect();
    let mut answers: Vec<(usize, String)> = Vec::new();
    for (number, act) in acts.iter().enumerate() {
        let Some(Cause::Span { text, start, end }) = &act.because_of else { continue };
        let span = Span { start: *start, end: *end };
        let words = text.to_lowercase();
        if words.starts_with("in response")
            || words.starts_with("in retaliation")
            || words.starts_with("in reaction")
            || words.starts_with("in return")
            || words.starts_with("in reply")
        {
            // "In response": to what was told just before, by the other side.
            let before = places[..number].iter().rev().find(|(id, evidence, field, sequence)| {
                *field == act.text_info.field
                    && *sequence + 2 >= act.text_info.sequence
                    && *sequence < act.text_info.sequence
                    && evidence.start < act.evidence.start
                    && *id != act.id
            });
            if let Some((id, ..)) = before {
                answers.push((number, id.clone()));
                continue;
            }
        }
        let inside = places.iter().enumerate().find(|(other, (_, evidence, field, _))| {
            *other != number
                && *field == act.text_info.field
                && span.start <= evidence.start
                && evidence.end <= span.end
        });
        if let Some((_, (id, ..))) = inside {
            answers.push((number, id.clone()));
        }
    }
    for (number, id) in answers {
        acts[number].because_of = Some(Cause::Act(id));
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::act::{Attribution, AttributionKind, CiteInfo, Epoch, Factuality, Precision, TextInfo, Via};

    fn party(code: &str, start: u32) -> Party {
        Party {
            code: Some(code.to_owned()),
            sector: Vec::new(),
            name: None,
            office: None,
            entity_text: code.to_owned(),
            start,
            end: start + 3,
            via: Via::Name,
            antecedent: None,
        }
    }

    /// An act of a sentence that starts at a character.
    fn act(event: &str, actor: &[&str], recipient: &[&str], lemma: &str, start: u32) -> Act {
        let mut act = Act {
            id: String::new(),
            article: "record".to_owned(),
            date: None,
            date_precision: Precision::Unknown,
            date_reported: None,
            event: vec![event.to_owned()],
            about: None,
            mode: Vec::new(),
            context: Vec::new(),
            quad_code: if matches!(event, "CONSULT" | "AGREE") { 1 } else { 4 },
            event_scale: 0.0,
            actor: actor.iter().map(|code| party(code, start)).collect(),
            recipient: recipient.iter().map(|code| party(code, start + 10)).collect(),
            third: Vec::new(),
            factuality: Factuality::Actual,
            epoch: Epoch::New,
            attribution: Attribution { speaker: None, code: None, kind: AttributionKind::Article },
            because_of: None,
            content_of: None,
            event_loc: None,
            event_text: String::new(),
            evidence: Span { start, end: start + 20 },
            matched: vec![Span { start: start + 4, end: start + 9 }],
            lemmas: vec![lemma.to_owned()],
            text_info: TextInfo { field: TextField::Text, sequence: start / 100, start, end: start + 50 },
            cues: Vec::new(),
            repeats: Vec::new(),
            subject: None,
            rule: String::new(),
            confidence: 0.5,
            link: None,
            cite_info: CiteInfo::default(),
            coder: "",
            version: "",
        };
        act.id = identify(&act);
        act
    }

    fn merged(mut acts: Vec<Act>) -> Vec<Act> {
        restatements(&mut acts);
        acts
    }

    #[test]
    fn a_headline_stays_where_it_names_the_other_side() {
        let told = act("COERCE", &["NOR"], &[], "seize", 0);
        let mut headline = act("COERCE", &["NOR"], &["TCD"], "seize", 0);
        headline.text_info.field = TextField::Title;
        let mut acts = vec![told, headline];
        restatements(&mut acts);
        assert_eq!(acts.len(), 1);
        assert_eq!(acts[0].text_info.field, TextField::Title, "the recipient's words stand there");
        assert_eq!(acts[0].repeats[0].field, TextField::Text);
    }

    #[test]
    fn words_that_name_the_other_side_are_told_before_those_that_do_not() {
        let mut shown = act("SANCTION", &["NOR"], &["TCD"], "expel", 0);
        shown.recipient[0].via = Via::Context;
        shown.recipient[0].start = shown.matched[0].start;
        let named = act("SANCTION", &["NOR"], &["TCD"], "expel", 100);
        let acts = merged(vec![shown, named]);
        assert_eq!(acts.len(), 1);
        assert_eq!(acts[0].recipient[0].via, Via::Name);
        assert_eq!(acts[0].repeats[0].start, 0);
    }

    #[test]
    fn who_acts_with_another_is_not_acted_upon_as_well() {
        let together = act("CONSULT", &["NOR", "TCD"], &[], "meet", 0);
        let alone = act("CONSULT", &["NOR"], &["TCD"], "meet", 100);
        let acts = merged(vec![together, alone]);
        assert_eq!((acts.len(), acts[0].actor.len(), acts[0].recipient.len()), (1, 2, 0));
    }

    #[test]
    fn an_id_is_of_its_place_and_its_sides() {
        let one = act("SANCTION", &["NOR"], &["TCD"], "expel", 0);
        assert_eq!(identify(&one), identify(&one.clone()));
        assert_eq!(one.id.len(), 16);
        for other in [
            act("ACCUSE", &["NOR"], &["TCD"], "expel", 0),
            act("SANCTION", &["FIN"], &["TCD"], "expel", 0),
            act("SANCTION", &["NOR"], &["TCD"], "expel", 100),
            Act { article: "another".to_owned(), ..one.clone() },
        ] {
            assert_ne!(identify(&other), one.id);
        }
    }

    #[test]
    fn what_is_told_twice_is_one_act() {
        let acts = merged(vec![
            act("SANCTION", &["NOR"], &[], "expel", 0),
            Act {
                date: Some(date(2025, 3, 11)),
                date_precision: Precision::Day,
                ..act("SANCTION", &["NOR"], &["TCD"], "expel", 100)
            },
        ]);
        assert_eq!(acts.len(), 1);
        assert_eq!(acts[0].evidence.start, 0);
        assert_eq!(acts[0].recipient[0].code.as_deref(), Some("TCD"));
        assert_eq!(acts[0].date, Some(date(2025, 3, 11)));
        assert_eq!(acts[0].repeats, [Repeat { field: TextField::Text, start: 100, end: 120 }]);
    }

    #[test]
    fn sides_of_a_mutual_act_may_stand_in_any_order() {
        let told = |a: Act, b: Act| merged(vec![a, b]).len();
        let one = act("CONSULT", &["NOR", "TCD"], &[], "meet", 0);
        assert_eq!(told(one.clone(), act("CONSULT", &["TCD"], &["NOR"], "meet", 100)), 1);
        assert_eq!(told(one, act("CONSULT", &["TCD"], &["FIN"], "meet", 100)), 2);
    }

    #[test]
    fn acts_that_differ_stay() {
        let one = || act("SANCTION", &["NOR"], &["TCD"], "expel", 0);
        for other in [
            act("ACCUSE", &["NOR"], &["TCD"], "expel", 100),
            act("SANCTION", &["TCD"], &["NOR"], "expel", 100),
            act("SANCTION", &["NOR"], &["TCD"], "embargo", 100),
            Act { factuality: Factuality::Denied, ..act("SANCTION", &["NOR"], &["TCD"], "expel", 100) },
            Act { epoch: Epoch::Background, ..act("SANCTION", &["NOR"], &["TCD"], "expel", 100) },
        ] {
            assert_eq!(merged(vec![one(), other]).len(), 2);
        }
    }

    #[test]
    fn what_one_did_twice_in_a_sentence_is_two_acts() {
        let first = Act { mode: vec!["discontinue".to_owned()], ..act("SANCTION", &["JPN"], &["KOR"], "talk", 0) };
        let mut second = Act { mode: vec!["withdraw".to_owned()], ..first.clone() };
        assert_eq!(merged(vec![first.clone(), second.clone()]).len(), 1, "of one recipient");
        second.recipient[0].start += 40;
        assert_eq!(merged(vec![first, second]).len(), 2);
    }

    #[test]
    fn contents_follow_the_act_that_stays() {
        let (first, second) =
            (act("SANCTION", &["NOR"], &["TCD"], "expel", 0), act("SANCTION", &["NOR"], &["TCD"], "expel", 100));
        let inner = Act { content_of: Some(second.id.clone()), ..act("AID", &["FIN"], &["NER"], "help", 200) };
        let stays = first.id.clone();
        let acts = merged(vec![first, second, inner]);
        assert_eq!(acts[1].content_of.as_ref(), Some(&stays));
    }

    #[test]
    fn merging_again_changes_nothing() {
        let once = merged(vec![
            act("SANCTION", &["NOR"], &["TCD"], "expel", 0),
            act("SANCTION", &["NOR"], &["TCD"], "expel", 100),
            act("CONSULT", &["NOR", "TCD"], &[], "meet", 200),
        ]);
        assert_eq!(merged(once.clone()), once);
    }

    #[test]
    fn a_cause_that_is_an_act_is_pointed_at() {
        let cause = |text: &str, start, end| Some(Cause::Span { text: text.to_owned(), start, end });
        let mut acts = vec![
            act("SANCTION", &["NOR"], &["TCD"], "expel", 0),
            Act { because_of: cause("In response", 100, 111), ..act("SANCTION", &["TCD"], &["NOR"], "close", 100) },
            Act { because_of: cause("after ...", 195, 240), ..act("ACCUSE", &["FIN"], &["TCD"], "condemn", 170) },
            act("ASSAULT", &["TCD"], &["NOR"], "attack", 200),
            Act { because_of: cause("because of the rain", 330, 349), ..act("RETREAT", &["TCD"], &[], "leave", 300) },
        ];
        causes(&mut acts);
        assert_eq!(acts[1].because_of, Some(Cause::Act(acts[0].id.clone())));
        assert_eq!(acts[2].because_of, Some(Cause::Act(acts[3].id.clone())));
        assert_eq!(acts[4].because_of, cause("because of the rain", 330, 349));
    }
}
