//! Presence: who is in another state's town visits it. "Norway's foreign minister, who is in Beijing for talks, praised the plan."

use detente_grammar::Deprel;
use smol_str::SmolStr;

use super::{Basis, Draft, SentenceCoder};
use crate::{
    act::Via,
    discourse::Discourse,
    entity::{Entity, Sort},
    factuality,
    frame::Slot,
    matching::{Match, Matcher},
    ontology::EventType,
    rule::Outcome,
    syntax::Tok,
};

/// How sure it is that an official abroad is there on a visit.
const SURE: f32 = 0.7;

impl<'s> SentenceCoder<'_, 's> {
    /// Finds officials of one state who are said to be in the capital or another town of a second one.
    pub(super) fn visit<'m>(
        &'m self,
        drafts: &mut Vec<Draft<'m>>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        let towns = (0..self.syntax.len() as Tok).filter(|&town| {
            self.syntax.case(town) == Some("in")
                && self.syntax.kid(town, Deprel::Cop).is_some()
                && self.mentions.at(town).is_some()
        });
        for town in towns {
            let host = self.reader().entity(town);
            let is_town = host.sort == Sort::Place || host.via == Via::Metonym;
            if !is_town || host.code.is_none() || self.reader().is_venue(&host) {
                continue;
            }
            let mut guests: Vec<Tok> = matcher.frame(town).at(Slot::Subj).collect();
            // "the minister, who is in Beijing": the tree hangs the town on him.
            if guests.is_empty() && self.syntax.rel(town) == Deprel::Appos {
                guests.extend(self.syntax.head(town));
            }
            let actors = self.resolve_all(&guests, discourse, speaker);
            let is_guest = |guest: &Entity| self.is_visiting(guest) && guest.code.is_some() && guest.code != host.code;
            if actors.is_empty() || !actors.iter().all(is_guest) {
                continue;
            }
            let is_told = |draft: &Draft<'_>| {
                let meets = matches!(
                    draft.outcome,
                    Outcome::Act(EventType::Consult | EventType::Agree | EventType::Cooperate, _)
                );
                let is_side = |code: &Option<SmolStr>| {
                    draft.recipients.iter().chain(&draft.actors).any(|side| side.code == *code)
                };
                meets && is_side(&host.code) && actors.iter().all(|guest| is_side(&guest.code))
            };
            let reading = factuality::read(&self.syntax, &self.context.coder.lexicon, town, &[town], false);
            if reading.unsaid || drafts.iter().any(is_told) {
                continue;
            }
            let found = Match { actor: guests, recipient: vec![town], ..Match::unruled(town, vec![town]) };
            let outcome = Outcome::Act(EventType::Consult, Some("visit".into()));
            drafts.push(Draft::new(Basis::Presence, found, outcome, [actors, vec![host]], reading).sure(SURE));
        }
    }

    /// Tells whether somebody abroad is there for his state or organisation, and does not live there as its ambassador does.
    fn is_visiting(&self, guest: &Entity) -> bool {
        let lemma = self.syntax.lemma(guest.head);
        let is_official = match guest.sort {
            Sort::Person | Sort::Role => !matches!(lemma, "ambassador" | "consul" | "attache" | "attaché"),
            Sort::Group => matches!(lemma, "official" | "minister" | "negotiator" | "diplomat"),
            _ => false,
        };
        let holds_office = guest.sectors.iter().any(|sector| matches!(sector.as_str(), "GOV" | "IGO"));
        is_official && holds_office || lemma == "delegation"
    }
}
