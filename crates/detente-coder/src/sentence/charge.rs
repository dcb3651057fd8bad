//! Charges: who says that another state struck, seized or massed troops accuses it. "Bishkek said Tajik forces had shelled the village."

use detente_grammar::Deprel;

use super::{Basis, Draft, SentenceCoder};
use crate::{
    act::Factuality,
    discourse::Discourse,
    entity::Entity,
    factuality,
    frame::Slot,
    matching::{Match, Matcher},
    ontology::EventType,
    rule::Outcome,
    syntax::Tok,
};

/// How sure a told deed is an accusation.
const SURE: f32 = 0.7;

impl<'s> SentenceCoder<'_, 's> {
    /// Finds whom a state accuses by saying what he did to it.
    pub(super) fn charge<'m>(
        &'m self,
        drafts: &mut Vec<Draft<'m>>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        let charges: Vec<Draft<'m>> =
            drafts.iter().filter_map(|deed| self.charged_with(deed, drafts, matcher, discourse, speaker)).collect();
        for charge in charges {
            let is_same =
                |known: &Draft<'_>| matches!(known.basis, Basis::Charge) && known.found.root == charge.found.root;
            if !drafts.iter().any(is_same) {
                drafts.push(charge);
            }
        }
    }

    /// Tells whether a deed stands in what a verb says, and not beside it.
    fn is_said_by(&self, deed: Tok, verb: Tok) -> bool {
        let above = std::iter::successors(Some(deed), |&tok| self.syntax.head(tok));
        let mut clauses = above.take_while(|&tok| tok != verb);
        clauses.any(|tok| self.syntax.rel(tok) == Deprel::Ccomp && self.syntax.head(tok) == Some(verb))
    }

    fn charged_with<'m>(
        &'m self,
        deed: &Draft<'m>,
        drafts: &[Draft<'m>],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Option<Draft<'m>> {
        let Outcome::Act(EventType::Assault | EventType::Coerce | EventType::Mobilize, _) = deed.outcome else {
            return None;
        };
        let verb = deed.reading.reported_by?;
        if !matches!(deed.reading.factuality, Factuality::Actual | Factuality::Possible)
            || self.is_quoted(deed.found.root)
        {
            return None;
        }
        if !self.is_said_by(deed.found.root, verb) {
            return None;
        }
        let saying: Vec<_> = matcher.frame(verb).at(Slot::Subj).collect();
        let actors = self.resolve_all(&saying, discourse, speaker);
        let is_voice = |a: &Entity| a.code.is_some() && a.is_state_voice();
        let is_own = |other: &Entity| actors.iter().any(|a| a.code == other.code);
        // Who tells what is done to a third may only report it.
        let concerns = deed.recipients.iter().all(|r| r.code.is_none() || is_own(r));
        let is_other = |a: &Entity| a.code.is_some() && !is_own(a);
        if actors.is_empty() || !actors.iter().all(is_voice) || !concerns {
            return None;
        }
        if deed.actors.is_empty() || !deed.actors.iter().all(is_other) {
            return None;
        }
        let told = drafts.iter().any(|draft| {
            let speaks = matches!(
                draft.outcome,
                Outcome::Act(EventType::Accuse | EventType::Reject | EventType::Threaten | EventType::Request, _)
            );
            speaks && draft.recipients.iter().any(|known| deed.actors.iter().any(|a| a.code == known.code))
        });
        let reading = factuality::read(&self.syntax, &self.context.coder.lexicon, verb, &[verb], false);
        if told || reading.unsaid || reading.factuality != Factuality::Actual {
            return None;
        }
        let recipient = deed.actors.iter().map(|actor| actor.head).collect();
        let found = Match { actor: saying, recipient, ..Match::unruled(verb, vec![verb, deed.found.root]) };
        let outcome = Outcome::Act(EventType::Accuse, Some("allege".into()));
        Some(Draft::new(Basis::Charge, found, outcome, [actors, deed.actors.clone()], reading).sure(SURE))
    }
}
