//! Readings of a match: whether its words tell what its rule says, or only look so.

use detente_grammar::{Deprel, Upos, Xpos};

use super::SentenceCoder;
use crate::{
    entity::Entity,
    frame::{self, Slot},
    matching::{Match, Matcher},
    ontology::EventType,
    syntax::Tok,
};

impl<'s> SentenceCoder<'_, 's> {
    /// Tells whether somebody only helps to do what a verb says: "helped to secure the truce" of others.
    pub(super) fn is_helped(&self, verb: Tok) -> bool {
        let helping = self.syntax.head(verb).filter(|_| matches!(self.syntax.rel(verb), Deprel::Xcomp | Deprel::Ccomp));
        helping.is_some_and(|verb| matches!(self.syntax.lemma(verb), "help" | "assist" | "try" | "seek" | "work"))
    }

    /// Tells whether a verb that may demand says how things are: "insisted that the ship had left", but "insisted that it leave".
    pub(super) fn asserts(&self, verb: Tok) -> bool {
        let content = self.syntax.kid(verb, Deprel::Ccomp).filter(|_| self.syntax.lemma(verb) == "insist");
        content.is_some_and(|content| {
            let is_finite = |tok: Tok| matches!(self.syntax.token(tok).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
            let auxiliaries = || {
                self.syntax
                    .kids(content)
                    .iter()
                    .copied()
                    .filter(|&kid| matches!(self.syntax.rel(kid), Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
            };
            let must = auxiliaries().any(|aux| matches!(self.syntax.lemma(aux), "must" | "should" | "ought" | "need"));
            // "insisted that Ruritania raise taxes": the base form, which is not told from the present of several.
            let is_base = self.syntax.token(content).xpos == Xpos::Vbp && auxiliaries().next().is_none();
            !must && !is_base && (is_finite(content) || auxiliaries().any(is_finite))
        })
    }

    /// Tells whether a protest is a government's word, and not people's: "Tokyo protested against the launch".
    pub(super) fn is_lodged(&self, verb: Tok, actors: &[Entity]) -> bool {
        let stands_before = |kid: &Tok| matches!(self.syntax.case(*kid), Some("outside" | "in" | "near"));
        let is_government = |actor: &Entity| actor.code.is_some() && actor.is_state_voice() && !actor.plural;
        self.syntax.lemma(verb) == "protest"
            && self.syntax.is_verbal(verb)
            && !actors.is_empty()
            && actors.iter().all(is_government)
            && !self.syntax.kids_by(verb, Deprel::Obl).any(|kid| stands_before(&kid))
    }

    /// Tells whether what a noun names is said to end or be over.
    pub(super) fn is_ended(&self, noun: Tok) -> bool {
        let is_end = |tok: Tok| {
            matches!(
                self.syntax.lemma(tok),
                "end"
                    | "stop"
                    | "cease"
                    | "halt"
                    | "finish"
                    | "settle"
                    | "resolve"
                    | "conclude"
                    | "over"
                    | "termination"
            )
        };
        let is_after = matches!(self.syntax.case(noun), Some("after" | "following" | "before" | "until"));
        let above = self.syntax.head(noun);
        is_after
            || match self.syntax.rel(noun) {
                Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass => above.is_some_and(is_end),
                Deprel::Nmod => {
                    above.is_some_and(|head| is_end(head) || self.syntax.lemma(head) == "state" && self.is_ended(head))
                }
                _ => false,
            }
    }

    /// Tells whether a noun only says what something is judged to be: "criticised it as a concession", "called the fee an attack on traders".
    pub(super) fn is_judged_to_be(&self, noun: Tok) -> bool {
        let Some(verb) = self.syntax.head(noun) else { return false };
        let lemma = self.syntax.lemma(verb);
        match self.syntax.rel(noun) {
            _ if self.syntax.case(noun) == Some("as") => frame::judges_as(lemma),
            Deprel::Xcomp => frame::names(lemma) && self.syntax.kid(verb, Deprel::Obj).is_some_and(|obj| obj < noun),
            _ => false,
        }
    }

    /// Tells whether an adjective says of somebody only that he will do what follows it: "is due to visit Chad" is told of the visit.
    pub(super) fn is_told_by_what_follows(&self, found: &Match) -> bool {
        let follows = |&kid: &Tok| !found.words.contains(&kid) && self.syntax.kid(kid, Deprel::Mark).is_some();
        let is_deed = |&word: &Tok| self.context.coder.lexicon.words.verbs_of.contains_key(self.syntax.lemma(word));
        self.syntax.token(found.root).upos == Upos::Adj
            && found.content.is_empty()
            && !found.words.iter().any(is_deed)
            && self.syntax.kids_by(found.root, Deprel::Xcomp).any(|kid| follows(&kid))
    }

    /// Tells whether scholars only foretell what others may do: "analysts warned that Ruritania could attack".
    pub(super) fn is_forecast(&self, found: &Match, matcher: &Matcher<'_, 's>, event: Option<EventType>) -> bool {
        let foretells = |tok: &Tok| {
            matches!(
                self.syntax.lemma(*tok),
                "analyst"
                    | "expert"
                    | "economist"
                    | "scientist"
                    | "researcher"
                    | "observer"
                    | "scholar"
                    | "doctor"
                    | "critic"
            )
        };
        let clause =
            |&content: &Tok| matcher.frame(content).at(Slot::Subj).any(|subject| !self.syntax.is_pronoun(subject));
        matches!(event, Some(EventType::Threaten | EventType::Request))
            && matcher.frame(found.root).at(Slot::Subj).any(|subject| foretells(&subject))
            && (found.content.iter().any(clause)
                || self.syntax.kids_by(found.root, Deprel::Ccomp).any(|kid| clause(&kid)))
    }

    /// Tells whether a word below the main one is denied: "said that the strike was not justified" does not say that it was.
    pub(super) fn is_denied_inside(&self, found: &Match) -> bool {
        found.words.iter().any(|&word| {
            word != found.root
                && matches!(self.syntax.token(word).upos, Upos::Adj | Upos::Verb)
                && matches!(self.syntax.rel(word), Deprel::Ccomp | Deprel::Xcomp)
                && self.syntax.negation(word).is_some_and(|cue| self.syntax.rel(cue) == Deprel::Advmod)
        })
    }
}
