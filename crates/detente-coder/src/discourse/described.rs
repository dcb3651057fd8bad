//! Descriptions of states and bodies that were named before: "the country", "the rebels", "the North".

use detente_grammar::{Deprel, Upos, Xpos};
use detente_lexicon::{ActorKind, FITS_ANY, Form, Meaning};
use smol_str::SmolStr;

use super::Discourse;
use crate::{
    act::Span,
    entity::{Entity, Reader, Sort},
    syntax::{Syntax, Tok},
    waiting::Waiting,
};

/// Codes of those whom the words of a phrase fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fits {
    /// Any state.
    Any,
    /// These alone.
    These(Vec<SmolStr>),
}

impl Discourse {
    /// The state that "the North" stands for, where it or the one that shares its name was spoken of.
    pub(super) fn half(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        span_of: &dyn Fn(Tok, Tok) -> Span,
    ) -> Option<(Entity, Span)> {
        let state = reader.lexicon.half(reader.syntax.form(tok))?;
        let (_, beside) = state.half.as_ref()?;
        let stands_for = |named: &Entity, span| {
            let code = Some(state.code.clone());
            (Entity { code, name: None, sort: Sort::State, sectors: Vec::new(), ..named.clone() }, span)
        };
        self.ask(0, Waiting::may_name_known);
        let named = |code: &SmolStr| self.past().iter().rev().find(|n| n.entity.code.as_ref() == Some(code));
        if let Some(named) = named(&state.code).or_else(|| named(beside)) {
            return Some(stands_for(&named.entity, named.span));
        }
        let here = reader.mentions.all.iter().filter(|mention| mention.last < tok);
        here.map(|mention| reader.entity(mention.last))
            .find(|e| e.code.as_ref().is_some_and(|code| *code == state.code || code == beside))
            .map(|e| stands_for(&e, span_of(e.first, e.last)))
    }

    /// The state or body named before that a description fits: "the emirate", "the landlocked West African nation", "the lender".
    /// One that is named in the sentence or shortly before it comes first.
    pub(super) fn fitting(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        span_of: &dyn Fn(Tok, Tok) -> Span,
        is_wanted: &dyn Fn(&SmolStr) -> bool,
    ) -> Option<(Entity, Span)> {
        let fits = |e: &Entity| e.code.as_ref().is_some_and(is_wanted) && e.is_actor() && e.sort != Sort::Place;
        let (found, span) = self.latest(reader, tok, span_of, &fits, Waiting::may_name_known).or_else(|| {
            self.ask(0, Waiting::may_name_known);
            let named = self.past().iter().rev().find(|named| fits(&named.entity));
            named.map(|named| (named.entity.clone(), named.span))
        })?;
        let actor = reader.lexicon.actor(found.code.as_ref()?)?;
        let (sort, sectors) = match actor.kind {
            ActorKind::State => (Sort::State, Vec::new()),
            _ => (Sort::Body, actor.sectors.clone()),
        };
        let code = found.code.clone();
        Some((Entity { code, sort, sectors, ..reader.blank(tok) }, span))
    }
}

/// Whom the words of a phrase fit, where all that stands before its noun is known or says nothing; nothing where it is no
/// description, or one of somebody else ("the other emirate", "the Chadian kingdom").
pub(super) fn fits(reader: Reader<'_, '_>, tok: Tok) -> Option<Fits> {
    let syntax = reader.syntax;
    let words = &reader.lexicon.words.described;
    let is_name = syntax.form(tok).starts_with(char::is_uppercase) && !is_capital_noun(syntax, tok);
    if is_name || matches!(syntax.token(tok).xpos, Xpos::Nns | Xpos::Nnps) {
        return None;
    }
    let mut kids = syntax.kids(tok).iter().rev();
    let opens = |kid: &&Tok| **kid < tok && matches!(syntax.rel(**kid), Deprel::Det | Deprel::NmodPoss);
    let mut at = kids.find(opens)? + 1;
    let mut fitting: Option<Vec<SmolStr>> = None;
    let mut is_plain = true;
    while at <= tok {
        let known = (at..=tok).rev().find_map(|last| Some((last, words.get(&phrase(syntax, at, last, tok))?)));
        let (last, codes) = match known {
            Some((last, codes)) => (last, Some(&codes[..])),
            None if at == tok => return None,
            None => match reader.mentions.at(at).map(|mention| (mention.last, mention.meaning)) {
                // "its NATO ally"
                Some((last, Meaning::Actor(number, Form::Name | Form::Adjective))) => {
                    let members = &reader.lexicon.actors[number as usize].members;
                    if members.is_empty() || last >= tok {
                        return None;
                    }
                    (last, Some(members.as_slice()))
                }
                Some(_) => return None,
                None if sets_apart(syntax.lemma(at)) => return None,
                None => {
                    // "the 27-nation bloc", "the Vienna-based agency"
                    let is_joined = |other: Tok| matches!(syntax.form(other), "-" | "–");
                    let joined = is_joined(at + 1) || at > 0 && is_joined(at - 1);
                    is_plain &= joined || matches!(syntax.token(at).upos, Upos::Punct | Upos::Num);
                    (at, None)
                }
            },
        };
        if let Some(codes) = codes.filter(|codes| codes.iter().all(|code| code != FITS_ANY)) {
            fitting = Some(match fitting {
                Some(before) => before.into_iter().filter(|code| codes.contains(code)).collect(),
                None => codes.to_vec(),
            });
        }
        at = last + 1;
    }
    // Bodies are many: "the space agency", "the rescue mission".
    let is_body = |code: &SmolStr| reader.lexicon.actor(code).is_some_and(|actor| actor.kind != ActorKind::State);
    match fitting {
        Some(codes) if is_plain || !codes.iter().any(is_body) => Some(Fits::These(codes)),
        None if is_plain => Some(Fits::Any),
        _ => None,
    }
}

/// Tells whether a noun is written as a name and may describe all the same: "the Islamic Republic", "the Kingdom".
fn is_capital_noun(syntax: &Syntax<'_>, tok: Tok) -> bool {
    matches!(syntax.form(tok), "Kingdom" | "Republic" | "Emirate" | "Sultanate" | "Principality")
}

/// Words of a phrase as `words/descriptions.txt` writes them, the noun in its basic form.
fn phrase(syntax: &Syntax<'_>, first: Tok, last: Tok, noun: Tok) -> SmolStr {
    let mut phrase = String::new();
    let mut joins = true;
    for at in first..=last {
        let word = if at == noun { syntax.lemma(at) } else { syntax.form(at) };
        if word == "-" {
            phrase.push('-');
            joins = true;
            continue;
        }
        if !joins {
            phrase.push(' ');
        }
        phrase.extend(word.chars().flat_map(char::to_lowercase));
        joins = false;
    }
    phrase.into()
}

/// Words before a noun that set the one apart from those named before: "the other kingdom", "the host country".
fn sets_apart(lemma: &str) -> bool {
    matches!(
        lemma.to_ascii_lowercase().as_str(),
        "other"
            | "another"
            | "first"
            | "second"
            | "third"
            | "next"
            | "last"
            | "only"
            | "new"
            | "different"
            | "certain"
            | "same"
            | "host"
            | "neighbouring"
            | "neighboring"
            | "nearby"
            | "foreign"
            | "any"
            | "every"
            | "no"
    )
}

/// Nouns that describe a state or body named before.
pub(super) fn described(lemma: &str) -> bool {
    matches!(
        lemma,
        "country"
            | "nation"
            | "state"
            | "government"
            | "kingdom"
            | "republic"
            | "side"
            | "bloc"
            | "alliance"
            | "group"
            | "organization"
            | "organisation"
            | "movement"
            | "regime"
            | "company"
            | "party"
            | "body"
            | "institution"
            | "forum"
            | "union"
            | "agency"
            | "administration"
    )
}

/// The sectors of bodies that a noun may stand for, once they are named.
pub(super) fn sectors_of(lemma: &str) -> &'static [&'static str] {
    match lemma {
        "rebel" | "insurgent" | "militant" | "guerrilla" | "separatist" | "fighter" | "jihadist" | "militia"
        | "militiaman" => &["REB", "PRM", "UAF", "SPY"],
        "group" | "movement" => &["REB", "PRM", "UAF", "NGO", "PTY"],
        "organisation" | "organization" | "charity" | "watchdog" => &["NGO"],
        "airline" | "company" | "firm" | "carrier" | "manufacturer" | "retailer" => &["BUS"],
        _ => &[],
    }
}
