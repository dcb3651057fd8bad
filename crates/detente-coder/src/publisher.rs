//! Publishers: whose word an article is, when it is a release that says "we", and who signs a joint statement.

use std::ops::Range;

use detente_lexicon::{ActorKind, Form, Lexicon, Meaning, WordId};
use detente_text::{Article, Field, Passage};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{
    act::{Span, Via},
    coder::char_span,
    entity::{Entity, Sort},
    syntax::quotations,
};

/// The longest line that may sign or head a release, in bytes.
const LINE: usize = 90;
/// How many passages, the title among them, open an article, and the longest of them that may list who signs, in bytes.
const OPENING: usize = 6;
const LIST: usize = 1200;

/// Whose word an article is: by its source, else by a line near its top that says so, and where that line stands.
pub fn of(lexicon: &Lexicon, article: &Article) -> Option<(Entity, Option<Span>)> {
    let named = article.source.as_deref().and_then(|source| publisher(lexicon, source, false));
    named.map(|entity| (entity, None)).or_else(|| {
        article
            .passages
            .iter()
            .take(4)
            .filter(|p| p.text.len() < LINE)
            .find_map(|p| {
                let entity = publisher(lexicon, &p.text, true).or_else(|| heading(lexicon, &p.text))?;
                Some((entity, Some(char_span(p, 0..p.text.len()))))
            })
            .or_else(|| opening(lexicon, article))
            .or_else(|| own_word(lexicon, article))
    })
}

/// The state whose own word a text is that says "We condemn".
fn own_word(lexicon: &Lexicon, article: &Article) -> Option<(Entity, Option<Span>)> {
    article
        .body()
        .any(|(_, passage)| begins_with(&["We ", "Our "], passage.body()))
        .then(|| foremost(lexicon, article))?
}

/// The state of whose officials an article may speak without saying so: its publisher's, or the foremost one where a sentence begins with
/// "Minister Lee" or "The Ministry".
pub fn home(lexicon: &Lexicon, article: &Article, publisher: Option<&Entity>) -> Option<Entity> {
    publisher.cloned().or_else(|| {
        let speaks_of_own = article.body().any(|(_, passage)| begins_with(OWN_OFFICIALS, passage.body()));
        speaks_of_own.then(|| foremost(lexicon, article))?.map(|(entity, _)| entity)
    })
}

/// Officials with whom a sentence begins that says not of which state they are.
const OWN_OFFICIALS: &[&str] =
    &["Minister ", "Foreign Minister ", "The Minister ", "The Foreign Minister ", "The Ministry "];

/// The state that an article speaks of first: the government that acts in it, who condemns or thanks in it, or with whom its title or first
/// sentence begins: "The Government of Ruritania lodged a protest", "Ruritania thanks", "Ruritania expels an envoy", "the
/// Ruritania-Freedonia consultations".
fn foremost(lexicon: &Lexicon, article: &Article) -> Option<(Entity, Option<Span>)> {
    let begins = |passage: &Passage, from: usize| {
        let (words, meanings) = names_in(lexicon, &passage.text, from..passage.text.len()).into_iter().next()?;
        let (entity, is_group) = signatory(lexicon, state_alone(lexicon, meanings), None)?;
        let is_first = passage.text[from..words.start].trim().is_empty();
        let is_pair = passage.text[words.clone()].contains(['-', '–', '/']);
        let rest = passage.text[words.end..].strip_prefix(' ');
        let acts = rest.is_some_and(|rest| rest.starts_with(char::is_lowercase) && !rest.starts_with("and "));
        (!is_group && (is_first && acts || is_pair)).then(|| (entity, Some(char_span(passage, words))))
    };
    let governs = |passage: &Passage| {
        GOVERNMENTS.iter().find_map(|words| {
            let starts = passage.text.match_indices(words).map(|(at, _)| at);
            starts.filter(|&at| is_start(passage, at)).find_map(|at| begins(passage, at + words.len()))
        })
    };
    let title = article.title().and_then(|title| begins(title, label_end(&title.text)));
    let first = first_of(article).and_then(|passage| begins(passage, passage.body_start));
    let performs = |passage: &Passage| {
        names_in(lexicon, &passage.text, passage.body_start..passage.text.len()).into_iter().find_map(
            |(words, meanings)| {
                let verb = passage.text[words.end..].split_whitespace().next()?;
                let does = is_start(passage, words.start) && PERFORMS.contains(&verb);
                let (entity, is_group) = signatory(lexicon, state_alone(lexicon, meanings), None).filter(|_| does)?;
                (!is_group).then(|| (entity, Some(char_span(passage, words))))
            },
        )
    };
    let governing = article.body().find_map(|(_, passage)| governs(passage));
    governing.or_else(|| article.body().find_map(|(_, passage)| performs(passage))).or(title).or(first)
}

/// What a state does by saying so: "Ruritania condemns the attack."
const PERFORMS: &[&str] = &[
    "condemns",
    "congratulates",
    "deplores",
    "expresses",
    "reaffirms",
    "regrets",
    "reiterates",
    "rejects",
    "strongly",
    "thanks",
    "welcomes",
];

/// The first passage below the title.
fn first_of(article: &Article) -> Option<&Passage> {
    article.body().map(|(_, passage)| passage).find(|passage| passage.field == Field::Text)
}

/// Who acts for a state as a whole, before its name.
const GOVERNMENTS: &[&str] =
    &["The Government of the ", "The Government of ", "The State of ", "The Republic of ", "The Kingdom of "];

/// Tells whether a sentence of a passage begins at a byte.
fn is_start(passage: &Passage, at: usize) -> bool {
    at == passage.body_start || passage.text[..at].trim_end().ends_with(['.', '!', '?'])
}

/// Where a title begins behind what it is called: "Press release: ".
fn label_end(title: &str) -> usize {
    title.find(": ").map_or(0, |at| at + 2)
}

/// The meanings of a name where it is a state's own.
fn state_alone<'m>(lexicon: &Lexicon, meanings: &'m [Meaning]) -> &'m [Meaning] {
    let is_state = |meaning: &Meaning| matches!(*meaning, Meaning::Actor(number, Form::Name) if lexicon.actors[number as usize].kind == ActorKind::State);
    if meanings.first().is_some_and(is_state) { &meanings[..1] } else { &[] }
}

/// Tells whether a sentence of a text begins with some words, outside its quotations.
fn begins_with(words: &[&str], text: &str) -> bool {
    let quotes = quotations(text);
    words.iter().flat_map(|word| text.match_indices(word)).any(|(at, _)| {
        let before = text[..at].trim_end();
        let begins = before.is_empty() || before.ends_with(['.', '!', '?']);
        begins && !quotes.iter().any(|&(start, end)| start <= at && at < end)
    })
}

/// The state whose release a text is, by its first sentence, where it goes on with "we": "Ruritania today announced sanctions".
fn opening(lexicon: &Lexicon, article: &Article) -> Option<(Entity, Option<Span>)> {
    let first = first_of(article)?;
    let start = first.text.len() - first.body().len();
    let end = first.text[start..].find(". ").map_or(first.text.len(), |length| start + length);
    let acts_today =
        |words: &Range<usize>| first.text[words.end..end].split_whitespace().take(2).any(|word| word == "today");
    let mut names = names_in(lexicon, &first.text, start..end).into_iter();
    let (words, meanings) = names.find(|(words, _)| acts_today(words))?;
    if !article.body().any(|(_, passage)| says_we(passage.body())) {
        return None;
    }
    let (entity, is_group) = signatory(lexicon, meanings, None)?;
    (!is_group).then(|| (entity, Some(char_span(first, words))))
}

/// Tells whether a text says "we" outside its quotations.
fn says_we(text: &str) -> bool {
    let says =
        |part: &str| part.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "We" | "we" | "Our" | "our"));
    let mut from = 0;
    quotations(text).into_iter().chain([(text.len(), text.len())]).any(|(start, end)| {
        let outside = &text[from..start];
        from = end;
        says(outside)
    })
}

/// Who signs a joint statement, by the line that opens it: "released by the Governments of Ruritania and Freedonia", "We, the
/// foreign ministers of ...". The members of a group that signs are not named besides it.
pub fn signatories(lexicon: &Lexicon, article: &Article) -> Vec<(Entity, Span)> {
    let signed = article.passages.iter().take(OPENING).filter(|p| p.text.len() < LIST).map(|p| {
        let Some(list) = signed_by(&p.text) else { return Vec::new() };
        let mut found: Vec<(Entity, Span)> = Vec::new();
        let mut of_group = false;
        for (words, meanings) in names_in(lexicon, &p.text, list) {
            let day = article.date.as_ref().map(|stated| stated.value);
            let Some((entity, is_group)) = signatory(lexicon, meanings, day) else { continue };
            let is_member = of_group && !is_group;
            of_group |= is_group && p.text[words.end..].split(',').next().is_some_and(|rest| rest.contains(" of "));
            if !is_member && !found.iter().any(|(known, _)| known.code == entity.code) {
                found.push((entity, char_span(p, words)));
            }
        }
        found
    });
    signed.into_iter().find(|found| found.len() > 1).unwrap_or_default()
}

/// Words between a statement and those by whom it is.
const ISSUED: &[&str] = &[
    "was",
    "were",
    "is",
    "has",
    "been",
    "jointly",
    "released",
    "issued",
    "adopted",
    "made",
    "published",
    "signed",
    "agreed",
    "endorsed",
    "given",
    "today",
];

/// Where a line names those whose statement follows.
fn signed_by(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let start = if lower.starts_with("we, ") {
        4
    } else {
        let nouns = ["statement", "communiqué", "communique", "declaration"];
        let noun_end = nouns.iter().filter_map(|noun| lower.find(noun).map(|at| at + noun.len())).min()?;
        let by = noun_end + lower[noun_end..].find(" by ")?;
        // "a statement said that attacks by Ruritania" is signed by nobody.
        let says_whose = lower[noun_end..by].split_whitespace().all(|word| ISSUED.contains(&word));
        says_whose.then_some(by + " by ".len())?
    };
    // What it is about comes after whose it is.
    let about = [
        " regarding ",
        " concerning ",
        " about ",
        " following ",
        " condemning ",
        " at the ",
        " in the ",
        " to express ",
        " to mark ",
    ];
    let on = lower[start..]
        .match_indices(" on ")
        .map(|(at, _)| at)
        .find(|&at| !lower[start + at..].starts_with(" on behalf"));
    let end = about.iter().filter_map(|mark| lower[start..].find(mark)).chain(on).min();
    Some(start..end.map_or(text.len(), |length| start + length))
}

/// The names in a part of a text, each the longest that begins at its word.
fn names_in<'l>(lexicon: &'l Lexicon, text: &str, part: Range<usize>) -> Vec<(Range<usize>, &'l [Meaning])> {
    let mut words: Vec<(Range<usize>, WordId)> = Vec::new();
    let mut at = part.start;
    for chunk in text[part].split_inclusive(char::is_whitespace) {
        let word =
            chunk.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '(' | ')' | '’' | '\''));
        let start = at + chunk.find(word).unwrap_or_default();
        words.extend(detente_lexicon::name_words(word).map(|w| (start..start + word.len(), lexicon.names.word(&w))));
        at += chunk.len();
    }
    let mut found = Vec::new();
    let mut next = 0;
    while next < words.len() {
        match lexicon.names.longest(words[next..].iter().map(|(_, id)| *id)) {
            Some((length, meanings)) => {
                found.push((words[next].0.start..words[next + length - 1].0.end, meanings));
                next += length;
            }
            None => next += 1,
        }
    }
    found
}

/// Who signs by a name, and whether it is a group of states. Of several offices of one person the one nearest to the day counts.
fn signatory(lexicon: &Lexicon, meanings: &[Meaning], day: Option<Date>) -> Option<(Entity, bool)> {
    let by_name = meanings.iter().find_map(|meaning| {
        let Meaning::Actor(number, form) = *meaning else { return None };
        let actor = &lexicon.actors[number as usize];
        let is_group = actor.kind == ActorKind::Organisation;
        let signs = is_group || actor.kind == ActorKind::State && matches!(form, Form::Name | Form::Adjective);
        signs.then(|| (voice(&actor.code, &actor.title, actor.sectors.clone()), is_group))
    });
    let holders = meanings.iter().filter_map(|meaning| match *meaning {
        Meaning::Holder(office, holder, true) => Some(lexicon.holder(office, holder)),
        _ => None,
    });
    by_name.or_else(|| {
        let (office, holder) = holders.min_by_key(|(_, holder)| day.map(|day| holder.days_from(day)))?;
        Some((voice(&office.code, holder.names.first()?, vec![office.sector.clone()]), false))
    })
}

/// The body whose statement a heading announces: "Statement by the Ministry of Foreign Affairs of Ruritania".
fn heading(lexicon: &Lexicon, text: &str) -> Option<Entity> {
    let lower = text.to_ascii_lowercase();
    let kind = lower.strip_prefix("press ").unwrap_or(&lower);
    if !["statement ", "communique ", "communiqué ", "release ", "declaration "]
        .iter()
        .any(|word| kind.starts_with(word))
    {
        return None;
    }
    let by = [" by ", " from ", " of the ministry "].iter().filter_map(|mark| lower.find(mark)).min()?;
    // What the statement is about comes after whose it is.
    let end = [" on ", " regarding ", " concerning ", " about ", " following ", " after "]
        .iter()
        .filter_map(|mark| lower[by..].find(mark))
        .min()
        .map_or(text.len(), |length| by + length);
    publisher(lexicon, text.get(by..end)?, false)
}

/// The state, ministry or organisation named in a source or, by its office-holder, in a signature.
fn publisher(lexicon: &Lexicon, text: &str, by_person: bool) -> Option<Entity> {
    let ids: Vec<u32> = detente_lexicon::name_words(text)
        .map(|w| lexicon.names.word(w.trim_matches([',', ':', ';', '(', ')'])))
        .collect();
    for at in 0..ids.len() {
        let Some((_, meanings)) = lexicon.names.longest(ids[at..].iter().copied()) else { continue };
        for meaning in meanings {
            let (code, name, sectors) = match meaning {
                Meaning::Actor(number, form) => {
                    let actor = &lexicon.actors[*number as usize];
                    let speaks = matches!(actor.kind, ActorKind::Agency | ActorKind::Organisation)
                        || actor.kind == ActorKind::State && *form != Form::Capital;
                    if by_person || !speaks {
                        continue;
                    }
                    (&actor.code, &actor.title, actor.sectors.clone())
                }
                Meaning::Holder(office, holder, true) if by_person && ids.len() > 1 => {
                    let (office, holder) = lexicon.holder(*office, *holder);
                    (&office.code, &holder.names[0], vec![office.sector.clone()])
                }
                _ => continue,
            };
            return Some(voice(code, name, sectors));
        }
    }
    None
}

/// Who speaks in an article without being named where something is said.
fn voice(code: &SmolStr, name: &SmolStr, sectors: Vec<SmolStr>) -> Entity {
    Entity {
        code: Some(code.clone()),
        sectors,
        name: Some(name.clone()),
        office: None,
        level: None,
        via: Via::Pronoun,
        sort: Sort::Body,
        first: 0,
        last: 0,
        head: 0,
        antecedent: None,
        plural: false,
        territory: None,
        weak: false,
        unchecked: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tests::lexicon;

    #[test]
    fn a_line_names_those_who_sign() {
        let signed = |text: &'static str| signed_by(text).map(|list| &text[list]);
        assert_eq!(
            signed(
                "The text of the following statement was released by the Governments of Kenya and Estonia on Sudan."
            ),
            Some("the Governments of Kenya and Estonia")
        );
        assert_eq!(signed("Joint Statement by Kenya and Estonia"), Some("Kenya and Estonia"));
        assert_eq!(signed("We, Kenya and Estonia, met."), Some("Kenya and Estonia, met."));
        assert_eq!(signed("A statement said that attacks by Kenya and Estonia went on."), None);
        assert_eq!(signed("Kenya and Estonia met."), None);
    }

    #[test]
    fn a_text_that_says_we_is_its_first_state_s_word() {
        let of = |title: &str, text: &str| {
            let json = format!(r#"{{"id":"a","title":"{title}","text":"{text}"}}"#);
            let article =
                detente_text::read_article(json.as_bytes(), detente_text::Format::Jsonl, "a").expect("an article");
            of(lexicon(), &article).and_then(|(entity, _)| entity.code).map(|code| code.to_string())
        };
        let we = "We condemn the raid of Chad on Niger.";
        assert_eq!(of("Kenya expels envoy", we).as_deref(), Some("KEN"));
        assert_eq!(of("Press release: Kenya expels envoy", we).as_deref(), Some("KEN"));
        assert_eq!(of("The Kenya-Chad Consultations", &format!("They met. {we}")).as_deref(), Some("KEN"));
        assert_eq!(
            of("Raid of Chad", &format!("The Government of Kenya lodged a protest. {we}")).as_deref(),
            Some("KEN")
        );
        assert_eq!(of("Winter aid", &format!("Kenya is sending tents to Niger. {we}")).as_deref(), Some("KEN"));
        assert_eq!(of("Kenya expels envoy", "Kenya condemned the raid. Officials said we regret it."), None);
        assert_eq!(of("Kenya expels envoy", "\\u201cWe condemn it. We will not forget,\\u201d he said."), None);
    }

    #[test]
    fn a_heading_says_whose_statement_follows() {
        let code = |text: &str| heading(lexicon(), text).and_then(|entity| entity.code).map(|code| code.to_string());
        assert_eq!(code("Statement by the Ministry of Foreign Affairs of Estonia").as_deref(), Some("EST"));
        assert_eq!(code("Press statement by the government of Kenya on Somalia").as_deref(), Some("KEN"));
        assert_eq!(code("Statement on the talks by Lake Geneva"), None);
        assert_eq!(code("Estonia condemns the attack"), None);
    }
}
