//! Those between whom somebody mediates what they do together: "Chad and Niger agreed to a truce brokered by Algeria".

use super::{Draft, SentenceCoder};
use crate::{entity::Entity, ontology::EventType, rule::Outcome};

impl SentenceCoder<'_, '_> {
    /// Gives a mediator those who do what he mediates, where one word tells of both.
    pub(super) fn mediate(&self, drafts: &mut [Draft<'_>]) {
        for at in 0..drafts.len() {
            if let Some(parties) = self.parties_of(&drafts[at], drafts) {
                drafts[at].recipients = parties;
            }
        }
    }

    fn parties_of(&self, mediation: &Draft<'_>, drafts: &[Draft<'_>]) -> Option<Vec<Entity>> {
        let mediates =
            matches!(&mediation.outcome, Outcome::Act(EventType::Consult, Some(mode)) if mode == "third-party");
        let [mediator] = mediation.actors.as_slice() else { return None };
        if !mediates || mediator.code.is_none() {
            return None;
        }
        let shares = |draft: &&Draft<'_>| {
            let mut words = draft.found.words.iter().filter(|&&word| self.syntax.is_nominal(word));
            draft.found.root != mediation.found.root && words.any(|word| mediation.found.words.contains(word))
        };
        let parties = |draft: &Draft<'_>| {
            let sides = draft.actors.iter().chain(&draft.recipients);
            let others: Vec<Entity> =
                sides.filter(|side| side.code.is_some() && side.code != mediator.code).cloned().collect();
            let are_two = others.iter().any(|side| side.code != others[0].code);
            (are_two && matches!(draft.outcome, Outcome::Act(..))).then_some(others)
        };
        drafts.iter().filter(shares).find_map(parties)
    }
}
