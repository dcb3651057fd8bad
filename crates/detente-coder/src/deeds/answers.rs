//! Answers: whom an act is against that names nobody, since it answers what was told before.

use std::iter::successors;

use detente_grammar::Deprel;
use detente_lexicon::Embedding;

use super::{Deed, REACH_OF_ANY, Reference, is_among, stands_at};
use crate::{
    discourse::Discourse,
    entity::Entity,
    frame::Slot,
    matching::Matcher,
    ontology::EventType,
    rule::Outcome,
    sentence::{Draft, SentenceCoder},
    syntax::Tok,
};

impl SentenceCoder<'_, '_> {
    /// Finds the other side of acts that answer another one: "Freedonia condemned the attack".
    pub(crate) fn recall(&self, drafts: &mut [Draft<'_>], matcher: &Matcher<'_, '_>, discourse: &mut Discourse) {
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        order.sort_by_key(|&draft| drafts[draft].found.root);
        for number in order {
            let draft = &drafts[number];
            let event = match &draft.outcome {
                Outcome::Act(event, _) => *event,
                // "Ruritania still claims the islands. Freedonia rejects that claim": it can be answered as a charge can.
                Outcome::Standing(kind, _) if kind == "claim" => {
                    discourse.deeds.extend(self.deed(draft, EventType::Accuse, discourse.sentence));
                    continue;
                }
                _ => continue,
            };
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
        let Some(word) = (0..self.syntax.len() as Tok).filter(|&tok| brings(tok)).find(under) else {
            return Vec::new();
        };
        let Some(pair) = discourse.spoken_of_pair() else { return Vec::new() };
        let noun = self.syntax.kid(word, Deprel::Obj).unwrap_or(word);
        let both: Vec<Entity> = pair.both.iter().map(|side| stands_at(side, noun, noun)).collect();
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
        let is_beside = matches!(self.syntax.rel(claim), Deprel::Appos | Deprel::OblUnmarked | Deprel::Parataxis);
        if !is_beside || !self.syntax.is_nominal(claim) {
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
        let reach = if denies || event == EventType::Threaten { REACH_OF_ANY } else { 1 };
        let is_near = |deed: &&Deed| {
            deed.sentence + reach >= discourse.sentence && (is_for_them || deed.is_done_to(&draft.actors))
        };
        let reference = Reference { events: answered.to_vec(), any: false, first: found.root, head: found.root };
        reference.other_side(discourse.deeds.iter().filter(is_near), discourse.sentence, &draft.actors)
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
