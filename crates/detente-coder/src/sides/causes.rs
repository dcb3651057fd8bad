//! Who is acted upon by what is told beside the act: where it is done, whose deed it answers, on what condition it will be done.

use detente_grammar::Deprel;

use crate::{
    discourse::Discourse,
    entity::{Entity, Sort},
    frame::{Slot, is_condition},
    matching::{Match, Matcher},
    sentence::SentenceCoder,
    syntax::Tok,
};

impl<'s> SentenceCoder<'_, 's> {
    /// The state in which force is used, where nobody is named against whom: "killed the gunmen in Ruritania".
    pub(crate) fn state_struck(&self, found: &Match, actors: &[Entity]) -> Vec<Entity> {
        // "Chadian jets bombed positions"
        let strikes = |a: &Entity| a.is_state_voice() || matches!(a.sort, Sort::Thing | Sort::Name);
        let is_known = !actors.is_empty() && actors.iter().all(|a| a.code.is_some() && strikes(a));
        // On the verb, or on what is hit: "a camp of the rebels inside Ruritania".
        let hangs_on = |tok: Tok, word: Tok| {
            let is_phrase = |at: &Tok| matches!(self.syntax.rel(*at), Deprel::Obl | Deprel::Nmod | Deprel::Obj);
            let up = |at: &Tok| self.syntax.head(*at).filter(|_| is_phrase(at));
            std::iter::successors(Some(tok), up).skip(1).any(|above| above == word)
        };
        let is_there = |tok: &Tok| {
            matches!(self.syntax.rel(*tok), Deprel::Obl | Deprel::Nmod)
                && matches!(self.syntax.case(*tok), Some("in" | "inside" | "near" | "across" | "outside"))
                && found.words.iter().any(|&word| hangs_on(*tok, word))
        };
        let places = (0..self.syntax.len() as Tok).filter(is_there).map(|tok| self.reader().entity(tok));
        let mut foreign = places.filter(|place| {
            let is_place = matches!(place.sort, Sort::State | Sort::Place | Sort::Thing);
            is_known && is_place && place.code.is_some() && actors.iter().all(|a| a.code != place.code)
        });
        foreign.next().into_iter().collect()
    }

    /// Whose deed an act answers: "recalled its ambassador after Freedonia invited the rebels".
    pub(crate) fn provoker(
        &self,
        found: &Match,
        actors: &[Entity],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let is_cause = |clause: &Tok| {
            let mut marks = self.syntax.kids_by(*clause, Deprel::Mark);
            self.syntax.is_verbal(*clause) && marks.any(|mark| matches!(self.syntax.lemma(mark), "after" | "because"))
        };
        let causes = self.syntax.kids_by(found.root, Deprel::Advcl).filter(is_cause);
        for clause in causes.chain(self.prompting(found.root)) {
            let heads: Vec<Tok> = matcher.frame(clause).at(Slot::Subj).collect();
            let doers = self.resolve_all(&heads, discourse, speaker);
            let is_other = |e: &Entity| {
                e.code.is_some()
                    && e.is_state_voice()
                    && e.sort != Sort::Place
                    && actors.iter().all(|a| a.code.is_some() && a.code != e.code)
            };
            if !actors.is_empty() && !doers.is_empty() && doers.iter().all(is_other) {
                return doers;
            }
        }
        Vec::new()
    }

    /// Who must do something for an act to follow: "if Ruritania attacks them, we will send troops", "unless Ruritania withdraws".
    pub(crate) fn under_condition(
        &self,
        root: Tok,
        actors: &[Entity],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let is_condition = |clause: &Tok| is_condition(&self.syntax, *clause) && self.syntax.is_verbal(*clause);
        let Some(clause) = self.syntax.kids_by(root, Deprel::Advcl).find(is_condition) else { return Vec::new() };
        let heads: Vec<Tok> = matcher.frame(clause).at(Slot::Subj).collect();
        let mut others = self.resolve_all(&heads, discourse, speaker);
        others.retain(|e| e.code.is_some() && e.is_state_voice() && actors.iter().all(|a| a.code != e.code));
        others
    }

    /// The verb whose subject brings somebody to do what another verb says: "expelled the envoy, prompting Ruritania to recall its own".
    fn prompting(&self, verb: Tok) -> Option<Tok> {
        let prompts = |tok: &Tok| {
            matches!(
                self.syntax.lemma(*tok),
                "prompt" | "lead" | "cause" | "push" | "drive" | "force" | "spur" | "provoke"
            )
        };
        let infinitive = matches!(self.syntax.rel(verb), Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp);
        let prompting = self.syntax.head(verb).filter(|_| infinitive).filter(prompts)?;
        match self.syntax.rel(prompting) {
            Deprel::Advcl | Deprel::Xcomp => self.syntax.head(prompting),
            _ => Some(prompting),
        }
    }
}
