//! Deeds: acts told before, for which "the attack", "this decision" and "the request" stand.

mod answers;
mod counterpart;

use detente_grammar::Deprel;
use detente_lexicon::Lexicon;

use crate::{
    act::{Factuality, Span, Via},
    entity::Entity,
    ontology::EventType,
    sentence::{Draft, SentenceCoder},
    syntax::{Syntax, Tok},
};

pub(crate) use counterpart::{Counterpart, KEPT as KEPT_COUNTERPART};

/// How many sentences later a noun of its own, or one for any act, may still stand for an act.
const REACH: u32 = 12;
const REACH_OF_ANY: u32 = 3;

/// The line of `words/deeds.txt` whose nouns stand for whatever was done to another.
pub(crate) const ANY_DEED: &str = "any";

/// An act that the article told.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) event: EventType,
    pub(crate) actors: Vec<(Entity, Span)>,
    pub(crate) recipients: Vec<(Entity, Span)>,
    /// The sentence that told it, and its word there.
    pub(crate) sentence: u32,
    pub(crate) root: Tok,
}

/// A noun phrase that stands for an act told before.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    events: Vec<EventType>,
    any: bool,
    /// Where the phrase begins and ends.
    first: Tok,
    head: Tok,
}

impl Reference {
    /// Reads a phrase: "the attack" stands for an act told before; "an attack", "the attack on Ruritania" tell of one.
    pub(crate) fn read(syntax: &Syntax<'_>, lexicon: &Lexicon, head: Tok) -> Option<Reference> {
        let types = lexicon.words.deeds.get(syntax.lemma(head))?;
        let mut first = None;
        for &kid in syntax.kids(head) {
            match syntax.rel(kid) {
                Deprel::Det => {
                    let word = syntax.lemma(kid).to_ascii_lowercase();
                    matches!(word.as_str(), "the" | "this" | "that" | "these" | "those" | "both")
                        .then(|| first = Some(kid));
                }
                Deprel::Amod if syntax.lemma(kid) == "such" => first = Some(kid),
                Deprel::Nmod if matches!(syntax.case(kid), Some("as")) => {}
                Deprel::Nmod | Deprel::NmodPoss | Deprel::Acl | Deprel::AclRelcl | Deprel::Compound => return None,
                _ => {}
            }
        }
        let events = types.iter().filter_map(|name| EventType::parse(name)).collect();
        Some(Reference { events, any: types.iter().any(|name| name == ANY_DEED), first: first?, head })
    }

    /// The other side of the act that the phrase stands for, seen from someone: who acted upon, asked or accused him, or anybody.
    pub(crate) fn other_side<'d>(
        &self,
        mut deeds: impl DoubleEndedIterator<Item = &'d Deed>,
        sentence: u32,
        seen_from: &[Entity],
    ) -> Vec<Entity> {
        let is_own = |entity: &Entity| is_among(entity, seen_from);
        let deed = deeds.rfind(|deed| {
            let reach = if self.events.contains(&deed.event) {
                REACH
            } else if self.any
                && (matches!(deed.event.quad(), 2 | 4) || matches!(deed.event, EventType::Agree | EventType::Threaten))
            {
                REACH_OF_ANY
            } else {
                return false;
            };
            let said_to_him = deed.recipients.is_empty() || deed.is_done_to(seen_from);
            deed.sentence + reach >= sentence
                && (deed.sentence < sentence || deed.root < self.first)
                && !deed.actors.iter().all(|(entity, _)| is_own(entity))
                && (said_to_him || !matches!(deed.event.quad(), 1 | 3))
        });
        deed.into_iter()
            .flat_map(|deed| &deed.actors)
            .filter(|(entity, _)| !is_own(entity))
            .map(|side| stands_at(side, self.first, self.head))
            .collect()
    }
}

impl Deed {
    /// Tells whether it was done to one of some.
    pub(crate) fn is_done_to(&self, some: &[Entity]) -> bool {
        self.recipients.iter().any(|(recipient, _)| is_among(recipient, some))
    }

    /// Tells whether one of some did it.
    pub(crate) fn is_done_by(&self, some: &[Entity]) -> bool {
        self.actors.iter().any(|(actor, _)| is_among(actor, some))
    }
}

/// Tells whether somebody, or another of the same state, is among some.
fn is_among(entity: &Entity, some: &[Entity]) -> bool {
    some.iter().any(|own| own.is_same(entity) || own.code.is_some() && own.code == entity.code)
}

/// A side of an act told before, where words stand for it.
pub(crate) fn stands_at((entity, span): &(Entity, Span), first: Tok, last: Tok) -> Entity {
    Entity { first, last, head: last, via: Via::Pronoun, antecedent: Some(*span), ..entity.clone() }
}

impl SentenceCoder<'_, '_> {
    /// A draft as an act that later phrases may stand for.
    fn deed(&self, draft: &Draft<'_>, event: EventType, sentence: u32) -> Option<Deed> {
        // What is only asked for or possible is no deed to come back to.
        let told = matches!(draft.reading.factuality, Factuality::Actual | Factuality::Intended);
        if !told || !draft.actors.iter().any(|a| a.code.is_some()) {
            return None;
        }
        let known = |entity: &&Entity| entity.code.is_some();
        let place = |entity: &Entity| entity.antecedent.unwrap_or_else(|| self.span(entity.first, entity.last));
        Some(Deed {
            event,
            actors: draft.actors.iter().filter(known).map(|a| (a.clone(), place(a))).collect(),
            recipients: draft.recipients.iter().filter(known).map(|r| (r.clone(), place(r))).collect(),
            sentence,
            root: draft.found.root,
        })
    }
}
