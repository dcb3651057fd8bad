//! Deeds: acts told before, for which "the attack", "this decision" and "the request" stand.

use std::iter::successors;

use detente_grammar::Deprel;
use detente_lexicon::{Embedding, Lexicon};

use crate::{
    act::{Factuality, Span, Via},
    discourse::Discourse,
    entity::Entity,
    frame::Slot,
    matching::Matcher,
    ontology::EventType,
    rule::Outcome,
    sentence::{Draft, SentenceCoder},
    syntax::{Syntax, Tok},
};

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
    /// Finds the other side of acts that answer another one: "Freedonia condemned the attack".
    pub(crate) fn recall(&self, drafts: &mut [Draft<'_>], matcher: &Matcher<'_, '_>, discourse: &mut Discourse) {
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        order.sort_by_key(|&draft| drafts[draft].found.root);
        for number in order {
            let Outcome::Act(event, _) = drafts[number].outcome else { continue };
            let draft = &drafts[number];
            let mut others = Vec::new();
            if answers(event) && draft.recipients.iter().all(|r| r.code.is_none()) {
                others = self.answered(draft, matcher, discourse);
                if others.is_empty() {
                    others = self.addressed_before(event, draft, drafts);
                }
            }
            if !others.is_empty() {
                drafts[number].recipients = others;
            }
            discourse.deeds.extend(self.deed(&drafts[number], event, discourse.sentence));
            // An offer to mediate may be answered by anybody.
            if event == EventType::Agree {
                let both = self.brought_together(&drafts[number], discourse);
                if !both.is_empty() {
                    drafts[number].recipients = both;
                }
            }
        }
    }

    /// Whose act it is that a draft's phrases stand for.
    fn answered(&self, draft: &Draft<'_>, matcher: &Matcher<'_, '_>, discourse: &Discourse) -> Vec<Entity> {
        let found = &draft.found;
        let args = found.words.iter().flat_map(|&word| &matcher.frame(word).args).filter_map(|&(slot, head)| {
            matches!(
                slot,
                Slot::Obj | Slot::Prep("to" | "on" | "of" | "for" | "against" | "over" | "with" | "at" | "about")
            )
            .then_some(head)
        });
        let heads = found.recipient.iter().chain(&found.content).chain(&found.words).copied().chain(args);
        // "Greece, which Turkey helps, regretted the decision": what is told aside is not what is answered.
        let is_aside =
            |deed: &&Deed| deed.sentence == discourse.sentence && self.syntax.aside(deed.root, found.root).is_some();
        let told = || discourse.deeds.iter().filter(|deed| !is_aside(deed));
        heads
            .filter_map(|head| Reference::read(&self.syntax, &self.context.coder.lexicon, head))
            .map(|reference| reference.other_side(told(), discourse.sentence, &draft.actors))
            .chain(found.words.iter().map(|&word| self.claimed_by(word, &draft.actors, matcher, discourse)))
            .find(|others| !others.is_empty())
            .unwrap_or_else(|| self.implied(draft, matcher, discourse))
    }

    /// Whom the clause before this one is against, where it names nobody of its own: "summoned Freedonia's envoy and warned of
    /// consequences".
    fn addressed_before(&self, event: EventType, draft: &Draft<'_>, drafts: &[Draft<'_>]) -> Vec<Entity> {
        use EventType::{Accuse, Coerce, Protest, Reject, Request, Sanction, Threaten};
        let root = draft.found.root;
        let is_told_anew = match event {
            Threaten => true,
            Request => matches!(self.syntax.lemma(root), "demand" | "seek"),
            _ => false,
        };
        if !is_told_anew || self.syntax.rel(root) != Deprel::Conj || draft.found.nominal {
            return Vec::new();
        }
        let joined = |other: &&Draft<'_>| {
            let above = self.syntax.head(root);
            let is_beside = above == Some(other.found.root)
                || self.syntax.rel(other.found.root) == Deprel::Conj && self.syntax.head(other.found.root) == above;
            let is_against = matches!(
                other.outcome,
                Outcome::Act(Accuse | Coerce | Protest | Reject | Request | Sanction | Threaten, _)
            );
            let is_same = |actor: &Entity| draft.actors.iter().any(|own| own.code == actor.code);
            is_beside && is_against && other.found.root < root && other.actors.iter().all(is_same)
        };
        let before = drafts.iter().filter(joined).max_by_key(|other| other.found.root);
        let known = before.into_iter().flat_map(|other| &other.recipients);
        known.filter(|recipient| recipient.code.is_some()).cloned().collect()
    }

    /// The two between whom somebody offers to mediate, where the offer names nobody: "offered to host talks".
    fn brought_together(&self, draft: &Draft<'_>, discourse: &Discourse) -> Vec<Entity> {
        let found = &draft.found;
        let is_own = |other: &Entity| other.code.is_none() || is_among(other, &draft.actors);
        let brings = |tok: Tok| match self.syntax.lemma(tok) {
            "mediate" | "mediation" | "arbitrate" | "broker" => true,
            "host" => self.syntax.kid(tok, Deprel::Obj).is_some_and(|obj| {
                matches!(
                    self.syntax.lemma(obj),
                    "talk" | "talks" | "negotiation" | "meeting" | "summit" | "round" | "dialogue"
                )
            }),
            "office" => self.syntax.kids(tok).iter().any(|&kid| self.syntax.lemma(kid) == "good"),
            _ => false,
        };
        if !draft.recipients.iter().all(is_own) {
            return Vec::new();
        }
        let under = |tok: &Tok| *tok == found.root || self.syntax.is_under(*tok, found.root);
        let Some(word) = (0..self.syntax.len() as Tok).filter(under).find(|&tok| brings(tok)) else {
            return Vec::new();
        };
        let Some(pair) = discourse.spoken_of_pair() else { return Vec::new() };
        let noun = self.syntax.kid(word, Deprel::Obj).unwrap_or(word);
        let both = pair.both.iter().map(|side| stands_at(side, noun, noun));
        let both: Vec<Entity> = both.collect();
        if both.iter().any(is_own) { Vec::new() } else { both }
    }

    /// Whose claim it is that stands behind what he says: "Freedonia said its post was shelled, a claim Ruritania denied".
    fn claimed_by(
        &self,
        claim: Tok,
        actors: &[Entity],
        matcher: &Matcher<'_, '_>,
        discourse: &Discourse,
    ) -> Vec<Entity> {
        if self.syntax.rel(claim) != Deprel::Appos {
            return Vec::new();
        }
        let says = |verb: &Tok| {
            let lemma = self.syntax.lemma(*verb);
            let reports = self.context.coder.lexicon.words.embedding.get(lemma) == Some(&Embedding::Reported);
            self.syntax.is_verbal(*verb) && (reports || matches!(lemma, "accuse" | "blame" | "charge"))
        };
        let Some(verb) = successors(Some(claim), |&at| self.syntax.head(at)).find(says) else { return Vec::new() };
        let heads: Vec<Tok> = matcher.frame(verb).at(Slot::Subj).collect();
        let mut others = self.resolve_all(&heads, discourse, None);
        others.retain(|other| other.code.is_some() && !is_among(other, actors));
        others
    }

    /// Whose act a draft answers without a noun for it: "Freedonia denied it", "The junta refused to let them in", "Freedonia
    /// demanded their release".
    fn implied(&self, draft: &Draft<'_>, matcher: &Matcher<'_, '_>, discourse: &Discourse) -> Vec<Entity> {
        let Outcome::Act(event, _) = draft.outcome else { return Vec::new() };
        let found = &draft.found;
        let Some(answered) = answered_by(event).filter(|_| !found.nominal) else { return Vec::new() };
        let mut objects = matcher.frame(found.root).at(Slot::Obj);
        let denies = event == EventType::Reject && matches!(self.syntax.lemma(found.root), "deny" | "dismiss");
        let is_named = |object: Tok| {
            let names_somebody =
                || self.mentions.all.iter().any(|m| self.syntax.is_under(m.first, object) || m.first == object);
            !matches!(self.syntax.lemma(object), "it" | "this" | "that" | "so") && (!denies || names_somebody())
        };
        if event != EventType::Request && objects.any(is_named) {
            return Vec::new();
        }
        // "demanded their release": whoever they are, it was done to them.
        let is_for_them =
            found.recipient.iter().any(|&tok| matches!(self.syntax.lemma(tok), "they" | "their" | "it" | "its"));
        let reach = if denies { REACH_OF_ANY } else { 1 };
        let is_near = |deed: &&Deed| {
            deed.sentence + reach >= discourse.sentence && (is_for_them || deed.is_done_to(&draft.actors))
        };
        let reference = Reference { events: answered.to_vec(), any: false, first: found.root, head: found.root };
        reference.other_side(discourse.deeds.iter().filter(is_near), discourse.sentence, &draft.actors)
    }

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

/// What an act of a type answers where it names nothing: one denies what one is accused of, agrees to what one is asked for, and
/// asks for an end of what is done to one's own.
fn answered_by(event: EventType) -> Option<&'static [EventType]> {
    use EventType::{Accuse, Agree, Assault, Coerce, Concede, Mobilize, Reject, Request, Sanction, Threaten};
    match event {
        Threaten => Some(&[Sanction, Coerce, Assault, Mobilize]),
        Accuse => Some(&[Coerce, Assault, Sanction, Mobilize]),
        Reject => Some(&[Accuse, Request, Agree, Threaten]),
        Agree | Concede => Some(&[Request, Agree]),
        Request => Some(&[Coerce, Sanction, Assault, Mobilize]),
        _ => None,
    }
}

/// Tells whether acts of a type answer what somebody did or said.
fn answers(event: EventType) -> bool {
    use EventType::{Accuse, Agree, Concede, Protest, Reject, Request, Support, Threaten};
    matches!(event, Accuse | Agree | Concede | Protest | Reject | Request | Support | Threaten)
}
