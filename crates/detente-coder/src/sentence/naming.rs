//! Naming: what somebody calls another's deed in passing. "Norway recalled its envoy, citing what it called hostile acts."

use detente_grammar::{Deprel, Upos};

use super::{Basis, Draft, SentenceCoder};
use crate::{
    discourse::Discourse,
    entity::Entity,
    factuality,
    frame::{self, Slot},
    matching::{Match, Matcher},
    ontology::EventType,
    rule::Outcome,
    syntax::Tok,
};

/// How sure it is that who calls a deed so accuses the doer.
const SURE: f32 = 0.7;

impl<'s> SentenceCoder<'_, 's> {
    /// Finds whom somebody accuses by what he calls a deed: the one whose deed it is said to be, else the other side of what the sentence
    /// tells.
    pub(super) fn name_deeds<'m>(
        &'m self,
        drafts: &mut Vec<Draft<'m>>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        for clause in 0..self.syntax.len() as Tok {
            let Some(name) = self.name_given(clause) else { continue };
            let saying: Vec<Tok> = matcher.frame(clause).at(Slot::Subj).collect();
            let actors = self.resolve_all(&saying, discourse, speaker);
            let is_own = |other: &Entity| actors.iter().any(|a| a.code == other.code);
            let is_voice = |a: &Entity| a.code.is_some() && a.is_state_voice();
            let known = drafts.iter().position(|draft| {
                draft.found.root == clause && matches!(draft.outcome, Outcome::Act(EventType::Accuse, _))
            });
            if actors.is_empty() || !actors.iter().all(is_voice) {
                continue;
            }
            let doers =
                self.doer_of(name).map(|doer| self.resolve_all(&[doer], discourse, speaker)).unwrap_or_default();
            let is_named = !doers.is_empty() && doers.iter().all(|doer| doer.code.is_some() && !is_own(doer));
            // "struck the port in what it called a lawful raid": what one calls one's own deed accuses nobody.
            let of_own = self.is_told_in(clause)
                && drafts
                    .iter()
                    .any(|draft| !self.syntax.is_under(draft.found.root, clause) && draft.actors.iter().any(is_own));
            let others = || if of_own { None } else { self.other_side_of(drafts, &actors) };
            let Some(recipients) = is_named.then_some(doers).or_else(others) else { continue };
            if let Some(known) = known {
                if drafts[known].recipients.is_empty() {
                    drafts[known].recipients = recipients;
                }
                continue;
            }
            let is_told = |draft: &Draft<'_>| {
                matches!(draft.outcome, Outcome::Act(EventType::Accuse | EventType::Reject, _))
                    && draft.actors.iter().any(is_own)
                    && draft.recipients.iter().any(|known| recipients.iter().any(|r| r.code == known.code))
            };
            let reading = factuality::read(&self.syntax, &self.context.coder.lexicon, clause, &[clause], false);
            if reading.unsaid || drafts.iter().any(is_told) {
                continue;
            }
            let found = Match {
                actor: saying,
                recipient: recipients.iter().map(|r| r.head).collect(),
                ..Match::unruled(clause, vec![clause, name])
            };
            let outcome = Outcome::Act(EventType::Accuse, Some("disapprove".into()));
            drafts.push(Draft::new(Basis::Judgement, found, outcome, [actors, recipients], reading).sure(SURE));
        }
    }

    /// The noun that a clause behind "what" calls a deed, where it judges: "what Chad labelled a provocation".
    fn name_given(&self, clause: Tok) -> Option<Tok> {
        if !frame::is_named_thing(&self.syntax, clause) {
            return None;
        }
        let words = &self.context.coder.lexicon.words;
        let is_name = |kid: &Tok| {
            let is_there = match self.syntax.rel(*kid) {
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj => true,
                Deprel::Obl | Deprel::Advcl => self.syntax.case(*kid) == Some("as"),
                _ => false,
            };
            is_there && *kid > clause && self.syntax.token(*kid).upos == Upos::Noun
        };
        let judges = |noun: &Tok| {
            let lemma = self.syntax.lemma(*noun);
            let mut adjectives: Vec<Tok> = self.syntax.kids_by(*noun, Deprel::Amod).collect();
            self.syntax.with_conjuncts(&mut adjectives);
            words.condemning.contains(lemma)
                || adjectives.iter().any(|&adjective| words.judging.contains(self.syntax.lemma(adjective)))
        };
        self.syntax.kids(clause).iter().copied().find(is_name).filter(judges)
    }

    /// Tells whether a clause says what the deed before it is called: "in what it called a raid".
    fn is_told_in(&self, clause: Tok) -> bool {
        let what = self.syntax.head(clause);
        what.and_then(|what| what.checked_sub(1)).is_some_and(|before| self.syntax.form(before) == "in")
    }

    /// The one with whom those who speak are told to have to do elsewhere in the sentence, if it is one.
    fn other_side_of(&self, drafts: &[Draft<'_>], own: &[Entity]) -> Option<Vec<Entity>> {
        let is_own = |side: &Entity| own.iter().any(|o| o.code == side.code);
        let mut others: Vec<&Entity> = Vec::new();
        for draft in drafts {
            let pairs = [(&draft.actors, &draft.recipients), (&draft.recipients, &draft.actors)];
            for (_, other) in pairs.into_iter().filter(|(one, _)| one.iter().any(is_own)) {
                others.extend(other.iter().filter(|side| side.code.is_some() && !is_own(side)));
            }
        }
        let first = others.first()?;
        others.iter().all(|other| other.code == first.code).then(|| vec![(*first).clone()])
    }
}
