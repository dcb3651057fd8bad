//! Who was named before: by full name, title or place in a pair.

use smol_str::SmolStr;

use crate::{
    act::{Span, Via},
    discourse::Discourse,
    entity::{Entity, Reader, Sort},
    syntax::Tok,
    waiting::Waiting,
};

/// Sentences through which a title in small letters, "the minister", keeps its bearer.
const SMALL_TITLE_REACH: u32 = 6;

/// Someone whom the article named.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) entity: Entity,
    pub(crate) span: Span,
    pub(crate) sentence: u32,
    pub(crate) subject: bool,
    /// The subject of the sentence's main clause.
    pub(crate) main: bool,
    /// The words for a person, with the title, or for a body, in small letters.
    pub(crate) words: Option<SmolStr>,
}

impl Named {
    /// Tells whether the phrase bears a title: "the minister" may be "Foreign Minister Lee", "the secretary" is no deputy secretary.
    fn bears(&self, title: &str) -> bool {
        const RANKS: &[&str] = &["deputy", "vice", "under", "assistant", "former", "ex"];
        let Some(words) = &self.words else { return false };
        let mut wanted = title.split(' ').peekable();
        for word in words.split(' ') {
            if wanted.next_if_eq(&word).is_some() {
                if wanted.peek().is_none() {
                    return true;
                }
            } else if RANKS.contains(&word) {
                return false;
            }
        }
        false
    }

    /// The same person at another phrase.
    pub(crate) fn as_at(&self, tok: Tok, phrase: &Entity) -> Entity {
        Entity {
            first: phrase.first,
            last: phrase.last,
            head: tok,
            via: Via::Office,
            antecedent: Some(self.span),
            ..self.entity.clone()
        }
    }
}

impl Discourse {
    /// The person named before by a full name that holds the last word of this one.
    pub(crate) fn person(&self, name: &str) -> Option<&Named> {
        let last = name.rsplit(' ').next().unwrap_or(name);
        let found = self.past().iter().rev().find(|n| {
            matches!(n.entity.sort, Sort::Person | Sort::Body | Sort::Name)
                && n.entity.name.as_ref().is_some_and(|full| is_part_of_name(last, full))
        });
        self.ask(found.map_or(0, |n| n.sentence + 1), |waiting| waiting.may_name(last));
        found
    }

    /// Tells whether a title in capitals is one of a publisher's offices below its heads: "Secretary" in a release of the State
    /// Department, but no "Foreign Minister".
    pub(crate) fn is_title_of(&self, reader: Reader<'_, '_>, tok: Tok, publisher: &str) -> bool {
        let Some((_, first, last)) = reader.role_at(tok).or_else(|| reader.title_of(tok)) else { return false };
        let word = reader.syntax.form(last);
        // "Deputy Secretary", but no "State Secretary".
        let is_rank = |tok: Tok| {
            matches!(
                reader.syntax.form(tok),
                "Under" | "Deputy" | "Assistant" | "Acting" | "Principal" | "Senior" | "Associate" | "Special"
            )
        };
        word.starts_with(char::is_uppercase)
            && (first..last).all(is_rank)
            && reader.lexicon.offices_of(publisher).any(|office| {
                let below = office.level.as_deref().is_some_and(|level| !level.starts_with("head-of"));
                let title = office.title.split(" of ").next().unwrap_or_default();
                below && title.rsplit(' ').next().is_some_and(|last| last.eq_ignore_ascii_case(word))
            })
    }

    /// Tells whether a phrase is a minister or ministry, of which a state has some: "the minister" in a release of Estonia, but in none of
    /// the United States.
    pub(crate) fn is_minister_of(&self, reader: Reader<'_, '_>, tok: Tok, state: &str) -> bool {
        let Some((role, ..)) = reader.role_at(tok).or_else(|| reader.title_of(tok)) else { return false };
        let role = &reader.lexicon.roles[role as usize];
        let is_head = |level: &Option<SmolStr>| level.as_ref().is_some_and(|level| level.starts_with("head-of"));
        let has_ministers = || {
            let mut offices = reader.lexicon.offices_of(state);
            offices.any(|office| !is_head(&office.level) && office.title.contains("minister"))
        };
        (role.title.contains("minister") || role.title.contains("ministry")) && !is_head(&role.level) && has_ministers()
    }

    /// The person last named with the title that a phrase consists of: "Secretary Lee" for "the Secretary". A title in capitals
    /// keeps its bearer through a whole release.
    pub(crate) fn titled(&self, reader: Reader<'_, '_>, phrase: &Entity) -> Option<&Named> {
        let words = reader.words(phrase.first, phrase.last);
        let near =
            if words.starts_with(char::is_uppercase) { 0 } else { self.sentence.saturating_sub(SMALL_TITLE_REACH) };
        let title = words.to_lowercase();
        let mut past = self.past().iter().rev().take_while(|named| named.sentence >= near);
        // "the Secretary" is the Secretary of State, where a Foreign Secretary was named too.
        let begins = |named: &&Named| named.words.as_ref().is_some_and(|words| words.starts_with(title.as_str()));
        let is_short = words.starts_with(char::is_uppercase);
        let in_full =
            is_short.then(|| past.clone().find(|named| begins(named) && named.entity.code.is_some())).flatten();
        let found = in_full.or_else(|| past.find(|named| named.entity.code.is_some() && named.bears(&title)));
        let last = title.rsplit(' ').next().unwrap_or(&title);
        self.ask(found.map_or(near, |named| named.sentence + 1), |waiting| waiting.may_bear(last));
        found
    }

    /// The body named before whose full name ends with this word.
    pub(crate) fn body(&self, word: &str) -> Option<&Named> {
        let ends = |full: &SmolStr| full.rsplit_once(' ').is_some_and(|(_, last)| last.eq_ignore_ascii_case(word));
        let found = self.past().iter().rev().find(|n| {
            let is_called = || n.entity.name.iter().chain(&n.words).any(ends);
            matches!(n.entity.sort, Sort::Body | Sort::Role) && n.entity.code.is_some() && is_called()
        });
        self.ask(found.map_or(0, |n| n.sentence + 1), |waiting| waiting.may_name(word));
        found
    }

    /// The country of which alone the last two sentences spoke.
    pub(crate) fn only_country(&self) -> Option<SmolStr> {
        let near = self.sentence.saturating_sub(2);
        self.ask(near, Waiting::may_name_known);
        let mut codes = self.past().iter().filter(|n| n.sentence >= near && n.entity.is_state_voice());
        let first = codes.find_map(|n| n.entity.code.clone())?;
        let is_other = |n: &Named| n.entity.code.as_ref().is_some_and(|code| *code != first);
        let mut near = self.past().iter().filter(|n| n.sentence >= near);
        (!near.any(is_other)).then_some(first)
    }

    /// The other one of the pair last named, where one of it is known.
    pub(crate) fn other_of_pair(&self, one: &[Entity]) -> Option<(Entity, Span)> {
        let pair = self.pair().filter(|_| one.len() == 1)?;
        let is_one = |(entity, _): &(Entity, Span)| entity.code.is_some() && entity.code == one[0].code;
        let at = pair.both.iter().position(is_one)?;
        Some(pair.both[1 - at].clone())
    }

    /// The other one of the pair last named, where one of it is known, else who was last the subject.
    pub(crate) fn other_side(&self, one: &[Entity]) -> Option<(Entity, Span)> {
        let is_one = |entity: &Entity| one.iter().any(|owner| owner.code.is_some() && owner.code == entity.code);
        // "voiced solidarity with their neighbour": with who acted or spoke last.
        self.other_of_pair(one).or_else(|| {
            let mut named = self.past().iter().rev().take_while(|named| named.sentence + 2 >= self.sentence);
            let of_state = |e: &Entity| e.code.is_some() && e.is_state_voice() && !is_one(e);
            named.find(|named| named.subject && of_state(&named.entity)).map(|n| (n.entity.clone(), n.span))
        })
    }
}

/// Tells whether a word is one of the words of a full name.
fn is_part_of_name(word: &str, full: &str) -> bool {
    full.split([' ', '-']).any(|part| part == word) && is_name_word(word)
}

/// Tells whether a word may be a name by itself: "Li", but no initial.
pub(crate) fn is_name_word(word: &str) -> bool {
    let mut letters = word.chars();
    word.len() > 2 || letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
