//! What an answer says of the word that it answers: who rejects Freedonian accusations was accused, who acts at Freedonia's request was
//! asked.

use detente_grammar::{Deprel, Upos};

use super::{Basis, Draft, SentenceCoder};
use crate::{
    act::Factuality,
    discourse::Discourse,
    entity::Entity,
    factuality::{self, Reading},
    matching::Match,
    ontology::EventType,
    rule::Outcome,
    syntax::Tok,
};

/// What is told for the rule of such an act.
pub(crate) const ANSWERED: &str = "answered";
/// How sure it is that the answered word was said.
const SURE: f32 = 0.9;

impl SentenceCoder<'_, '_> {
    /// Finds the words of others that drafts answer, and to whom they were said.
    pub(super) fn tell_answered<'m>(
        &'m self,
        drafts: &mut Vec<Draft<'m>>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        for answer in 0..drafts.len() {
            let Some((noun, event)) = self.answered_word(&drafts[answer]) else { continue };
            let answering: Vec<Entity> = drafts[answer].actors.clone();
            let speaking = self.resolve_all(&self.speakers_of(noun), discourse, speaker);
            let is_other =
                |e: &Entity| e.code.is_some() && e.is_state_voice() && answering.iter().all(|own| own.code != e.code);
            let are_known = answering.iter().all(|own| own.code.is_some()) && speaking.iter().all(is_other);
            if answering.is_empty() || speaking.is_empty() || !are_known {
                continue;
            }
            if let Some(told) = drafts.iter_mut().find(|draft| draft.found.root == noun) {
                // "at the request of Freedonia": to whom it was said, the verb tells.
                let is_of = |event: EventType| matches!(told.outcome, Outcome::Act(one, _) if one == event);
                if is_of(event) && !told.recipients.iter().any(|known| known.code.is_some()) {
                    (told.actors, told.recipients) = (speaking, answering);
                }
                continue;
            }
            let found = Match { nominal: true, ..Match::unruled(noun, vec![noun]) };
            // What is rejected was said all the same.
            let reading = factuality::read(&self.syntax, &self.context.coder.lexicon, noun, &[noun], true);
            let reading = Reading { factuality: Factuality::Actual, ..reading };
            let draft = Draft::new(Basis::Answered, found, Outcome::Act(event, None), [speaking, answering], reading);
            drafts.push(Draft { opinion: Some(SURE), ..draft });
        }
    }

    /// The noun of a word that a draft answers, and the type of what was said: "rejected Freedonia's *demand*", "acted at its *request*".
    fn answered_word(&self, answer: &Draft<'_>) -> Option<(Tok, EventType)> {
        let Outcome::Act(event, _) = answer.outcome else { return None };
        let verb = answer.found.root;
        let answers = matches!(event, EventType::Reject | EventType::Concede | EventType::Agree);
        let is_answered = |noun: &Tok| match self.syntax.rel(*noun) {
            Deprel::Obj => answers,
            Deprel::Obl => {
                matches!(self.syntax.case(*noun), Some("at" | "on" | "upon")) && self.syntax.lemma(*noun) == "request"
            }
            _ => false,
        };
        let mut nouns = self.syntax.kids(verb).iter().copied().filter(|_| self.syntax.is_verbal(verb));
        let noun = nouns.find(|noun| self.syntax.token(*noun).upos == Upos::Noun && is_answered(noun))?;
        Some((noun, self.said_by_noun(noun)?))
    }

    /// The type of the word that a noun stands for, where it is one: "accusation" is for ACCUSE, but "statement" for two, and an invitation
    /// offers as much as it asks.
    fn said_by_noun(&self, noun: Tok) -> Option<EventType> {
        let words = &self.context.coder.lexicon.words;
        let is_for = |event: EventType| words.is_deed(self.syntax.lemma(noun), event.as_str());
        let mut said = [EventType::Request, EventType::Accuse, EventType::Threaten].into_iter().filter(|&e| is_for(e));
        let first = said.next()?;
        (said.next().is_none() && !is_for(EventType::Consult)).then_some(first)
    }

    /// Whose word a noun is: "Freedonian accusations", "a request by Freedonia".
    fn speakers_of(&self, noun: Tok) -> Vec<Tok> {
        let kids = self.syntax.kids(noun).iter().copied();
        let is_owner = |kid: &Tok| match self.syntax.rel(*kid) {
            Deprel::NmodPoss => true,
            Deprel::Amod | Deprel::Compound => self.mentions.at(*kid).is_some(),
            Deprel::Nmod => matches!(self.syntax.case(*kid), Some("by" | "from" | "of")),
            _ => false,
        };
        kids.filter(is_owner).collect()
    }
}
