//! Publishers: whose word an article is, when it is a release that says "we", and of which state its own ministers are.

mod foremost;
mod head;
mod signatories;
mod strangers;
mod topic;

use std::ops::Range;

use detente_lexicon::{ActorKind, Form, Lexicon, Meaning, WordId};
use detente_text::{Article, Field, Passage};
use jiff::civil::Date;
use smol_str::SmolStr;

use self::foremost::foremost;
pub use self::head::{dated_from, is_dated_from_a_venue, states_of_title, year_of_title};
pub use self::signatories::signatories;
pub use self::strangers::strangers;
pub use self::topic::is_of_sport;
use crate::{
    act::{Span, Via},
    coder::char_span,
    entity::{Entity, Sort},
    syntax::quotations,
};

/// The longest line that may sign or head a release, in bytes.
const LINE: usize = 90;

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

/// The state whose own word a text is that says "We condemn": the foremost one, else that from whose capital it is dated.
fn own_word(lexicon: &Lexicon, article: &Article) -> Option<(Entity, Option<Span>)> {
    let says_so = article.body().any(|(_, passage)| begins_with(&["We ", "Our "], passage.body()));
    says_so.then(|| foremost(lexicon, article).or_else(|| seat(lexicon, article)))?
}

/// The state from whose capital an article is dated.
fn seat(lexicon: &Lexicon, article: &Article) -> Option<(Entity, Option<Span>)> {
    dated_from(lexicon, article).into_iter().find_map(|meaning| {
        let Meaning::Actor(number, Form::Capital) = meaning else { return None };
        let actor = &lexicon.actors[number as usize];
        (actor.kind == ActorKind::State).then(|| (voice(&actor.code, &actor.title, Vec::new()), None))
    })
}

/// The state of whose officials an article of no known publisher speaks without saying so: the foremost one, where a sentence begins with
/// "Minister Lee" or "The Ministry".
pub fn home(lexicon: &Lexicon, article: &Article) -> Option<SmolStr> {
    let speaks_of_own = article.body().any(|(_, passage)| begins_with(OWN_OFFICIALS, passage.body()));
    speaks_of_own.then(|| foremost(lexicon, article))??.0.code
}

/// Officials with whom a sentence begins that says not of which state they are.
const OWN_OFFICIALS: &[&str] =
    &["Minister ", "Foreign Minister ", "The Minister ", "The Foreign Minister ", "The Ministry "];

/// Tells whether a sentence of a text begins with some words, outside its quotations.
fn begins_with(words: &[&str], text: &str) -> bool {
    if !words.iter().any(|word| text.contains(word)) {
        return false;
    }
    let quotes = quotations(text);
    let is_quoted = |at: usize| quotes.iter().any(|&(start, end)| start <= at && at < end);
    words.iter().flat_map(|word| text.match_indices(word)).any(|(at, _)| begins_sentence(text, at) && !is_quoted(at))
}

/// Tells whether a sentence of a text begins at a byte.
fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?'])
}

/// The first passage below the title.
fn first_of(article: &Article) -> Option<&Passage> {
    article.body().map(|(_, passage)| passage).find(|passage| passage.field == Field::Text)
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
pub(crate) fn says_we(text: &str) -> bool {
    let says =
        |part: &str| part.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "We" | "we" | "Our" | "our"));
    let mut from = 0;
    quotations(text).into_iter().chain([(text.len(), text.len())]).any(|(start, end)| {
        let outside = &text[from..start];
        from = end;
        says(outside)
    })
}

/// The names in a part of a text, each the longest that begins at its word.
pub(crate) fn names_in<'l>(lexicon: &'l Lexicon, text: &str, part: Range<usize>) -> Vec<(Range<usize>, &'l [Meaning])> {
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

/// What a release calls itself.
const STATEMENTS: &[&str] = &["statement ", "communique ", "communiqué ", "release ", "declaration "];

/// What somebody's words are called, behind him alone or with "by" behind them: "Kenya MFA: reply to a question", "Remarks by".
const WORDS: &[&str] = &["remarks ", "address ", "briefing ", "reply ", "response "];

/// What says that a state's own body speaks before a colon: "Kenya MFA: reply to a question".
const BODIES: &[&str] = &["mfa", "mofa", "ministry", "embassy", "government", "presidency", "cabinet"];

/// So many words may stand between a body and what it calls its release: "NATO foreign ministers' statement on".
const BETWEEN: usize = 2;

/// The body that a heading begins with, where its own statement follows: "IMF staff statement on Malawi".
fn own_statement(lexicon: &Lexicon, text: &str) -> Option<Entity> {
    let (words, meanings) = names_in(lexicon, text, 0..text.len()).into_iter().next()?;
    let rest = text[words.end..].to_lowercase();
    let at = STATEMENTS.iter().chain(WORDS).filter_map(|word| rest.find(word)).min()?;
    let between = &rest[..at];
    let is_statement = STATEMENTS.iter().any(|word| rest[at..].starts_with(word));
    let (entity, is_group) = signatory(lexicon, meanings, None)?;
    let is_body = || between.split([' ', ':']).any(|word| BODIES.contains(&word));
    let is_own = words.start == 0
        && between.split_whitespace().count() <= BETWEEN
        && !between.contains(',')
        && match between.contains(':') {
            true => is_group || is_body(),
            false => is_statement || between.contains("spokesperson"),
        };
    is_own.then_some(entity)
}

/// The body whose statement a heading announces: "Statement by the Ministry of Foreign Affairs of Ruritania".
fn heading(lexicon: &Lexicon, text: &str) -> Option<Entity> {
    let lower = text.to_ascii_lowercase();
    let kind = lower.strip_prefix("press ").unwrap_or(&lower);
    let is_by = |word: &str| kind.strip_prefix(word).is_some_and(|rest| rest.starts_with("by "));
    if !STATEMENTS.iter().any(|word| kind.starts_with(word)) && !WORDS.iter().any(|word| is_by(word)) {
        // "Kenya: Statement by the Spokesperson of the Union"
        let behind = text.split_once(": ").map(|(_, behind)| behind);
        let by_another =
            behind.filter(|text| text.to_ascii_lowercase().contains(" by ")).map(|text| heading(lexicon, text));
        return by_another.flatten().or_else(|| own_statement(lexicon, text));
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
        assert_eq!(
            of("Somalia: Statement by the Spokesperson", &format!("{we} The European Union urges calm.")).as_deref(),
            Some("EUR")
        );
        assert_eq!(
            of("Envoy summoned", &format!("NAIROBI, Sept 18 - The envoy was summoned. {we}")).as_deref(),
            Some("KEN")
        );
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
        assert_eq!(code("IMF staff statement at the end of a visit to Kenya").as_deref(), Some("IMF"));
        assert_eq!(code("Kenya: the statement on Somalia"), None);
        for news in [
            "Kenya to address drought",
            "Kenya's response to raids",
            "Address crimes committed by Kenya, court told",
            "Response to raid by Kenya hardens",
        ] {
            assert_eq!(code(news), None, "{news}");
        }
        assert_eq!(code("Kenya: Statement by the Spokesperson of the EU").as_deref(), Some("EUR"));
        assert_eq!(code("African Union: communiqué on Somalia").as_deref(), Some("AFU"));
        assert_eq!(code("Kenya MOFA: reply to a question").as_deref(), Some("KEN"));
        assert_eq!(code("Kenyan Embassy spokesperson's remarks on Somalia").as_deref(), Some("KEN"));
    }
}
