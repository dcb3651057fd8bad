//! Leaving: a state that leaves an organisation by its short name: "Qatar left OPEC", "after Britain exited the EU". No example can say so,
//! since an invented name shows not whether it is a union, which one resigns from, or a country, which one departs from.

use detente_grammar::Upos;
use detente_lexicon::{ActorKind, Meaning};

use super::{Basis, Draft, SentenceCoder};
use crate::{
    discourse::Discourse,
    entity::{Entity, Sort},
    factuality,
    frame::Slot,
    matching::{Match, Matcher},
    ontology::EventType,
    rule::Outcome,
    syntax::Tok,
};

/// How sure it is that who leaves an organisation ends his membership.
const SURE: f32 = 0.8;

impl<'s> SentenceCoder<'_, 's> {
    /// Finds states that are said to leave an organisation.
    pub(super) fn leave<'m>(
        &'m self,
        drafts: &mut Vec<Draft<'m>>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        let leaves = |&verb: &Tok| {
            self.syntax.token(verb).upos == Upos::Verb
                && matches!(self.syntax.lemma(verb), "leave" | "quit" | "exit" | "rejoin")
        };
        for verb in (0..self.syntax.len() as Tok).filter(leaves) {
            let frame = matcher.frame(verb);
            let unions: Vec<Tok> = frame.at(Slot::Obj).filter(|&tok| self.is_union_of_states(tok)).collect();
            let is_told = |draft: &Draft<'_>| draft.found.words.contains(&verb);
            if unions.is_empty() || drafts.iter().any(is_told) {
                continue;
            }
            let leavers: Vec<Tok> = frame.at(Slot::Subj).collect();
            let actors = self.resolve_all(&leavers, discourse, speaker);
            let is_state =
                |actor: &Entity| actor.code.is_some() && (actor.sort == Sort::State || actor.is_state_voice());
            if actors.is_empty() || !actors.iter().all(is_state) {
                continue;
            }
            let reading = factuality::read(&self.syntax, &self.context.coder.lexicon, verb, &[verb], false);
            if reading.unsaid {
                continue;
            }
            let outcome = match self.syntax.lemma(verb) {
                "rejoin" => Outcome::Act(EventType::Cooperate, None),
                _ => Outcome::Act(EventType::Sanction, Some("withdraw".into())),
            };
            let recipients = self.resolve_all(&unions, discourse, speaker);
            let found = Match { actor: leavers, recipient: unions, ..Match::unruled(verb, vec![verb]) };
            drafts.push(Draft::new(Basis::Leaving, found, outcome, [actors, recipients], reading).sure(SURE));
        }
    }

    /// Tells whether a name is that of an organisation with members.
    fn is_union_of_states(&self, name: Tok) -> bool {
        self.mentions.at(name).is_some_and(|mention| match mention.meaning {
            Meaning::Actor(number, _) => {
                let actor = &self.context.coder.lexicon.actors[number as usize];
                actor.kind == ActorKind::Organisation && mention.last == name
            }
            _ => false,
        })
    }
}
