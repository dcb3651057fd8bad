//! Sides that are implied by what else the sentence says: who tells of his own dead, from where somebody is sent away, in whose city games are
//! held.

use detente_grammar::{Deprel, Upos};
use detente_lexicon::{Form, Meaning};

use crate::{
    act::Via,
    discourse::Discourse,
    entity::{Entity, Sort},
    matching::Match,
    ontology::EventType,
    sentence::SentenceCoder,
    syntax::Tok,
};

impl SentenceCoder<'_, '_> {
    /// Who tells that his land was entered or his people hit: "Ruritanian troops crossed the border, Freedonia said".
    pub(crate) fn owner_of_land(
        &self,
        event: Option<EventType>,
        actors: &[Entity],
        recipients: &[Entity],
        teller: Option<&Entity>,
    ) -> Option<Entity> {
        let is_harm = event == Some(EventType::Assault);
        let is_bare = |r: &Entity| {
            let lemma = self.syntax.lemma(r.head);
            let is_his = is_land(lemma) || is_harm && is_stricken(lemma) && !self.is_of_rebels(r.head);
            r.code.is_none() && is_his && !self.is_own(r.head)
        };
        let is_entered = matches!(event, Some(EventType::Assault | EventType::Mobilize))
            && !recipients.is_empty()
            && recipients.iter().all(is_bare);
        let is_other = |teller: &&Entity| {
            teller.code.is_some()
                && teller.is_state_voice()
                && actors.iter().all(|a| a.code.is_some() && a.code != teller.code)
        };
        teller.filter(|_| is_entered).filter(is_other).cloned()
    }

    /// Tells whether words beside a noun say that it is of no state's side: "rebel positions".
    fn is_of_rebels(&self, noun: Tok) -> bool {
        self.syntax.kids(noun).iter().any(|&kid| {
            matches!(self.syntax.rel(kid), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Nmod)
                && !matches!(self.syntax.lemma(kid), "army" | "border" | "military" | "police" | "civilian" | "several")
                && self.syntax.case(kid) != Some("in")
                && self.syntax.case(kid) != Some("near")
        })
    }

    /// Who sends somebody away: "inspectors were expelled from Chad", "sent back from Niger", "Chad was suspended from the Union"; of a diplomat
    /// the state in whose town he serves: "Chad's envoy in Niamey was given two days to leave".
    pub(crate) fn left_behind(&self, found: &Match, discourse: &Discourse, speaker: Option<&Entity>) -> Vec<Entity> {
        if !self.syntax.is_passive(found.root) {
            return Vec::new();
        }
        let words = std::iter::once(found.root).chain(self.syntax.kids_by(found.root, Deprel::Advmod));
        let from = words.flat_map(|word| self.syntax.kids_by(word, Deprel::Obl));
        let from = from.filter(|&phrase| self.syntax.case(phrase) == Some("from"));
        let diplomats = self.syntax.kids_by(found.root, Deprel::NsubjPass);
        let posts = diplomats.flat_map(|diplomat| self.syntax.kids_by(diplomat, Deprel::Nmod));
        let posts = posts.filter(|&post| matches!(self.syntax.case(post), Some("in" | "to")));
        let heads: Vec<Tok> = from.chain(posts).collect();
        let is_left =
            |body: &Entity| body.code.is_some() && matches!(body.sort, Sort::Body | Sort::State | Sort::Place);
        let left = self.resolve_all(&heads, discourse, speaker).into_iter().find(is_left);
        left.map(Entity::of_state).into_iter().collect()
    }

    /// The other state in the phrase of a recipient that is the actor's own: "American travel to Cuba".
    pub(crate) fn beside_own(
        &self,
        event: Option<EventType>,
        actors: &[Entity],
        recipients: &[Entity],
    ) -> Option<Entity> {
        let [own] = recipients else { return None };
        let is_own = own.code.is_some()
            && matches!(own.sort, Sort::Thing | Sort::Other)
            && actors.iter().all(|a| a.code == own.code)
            && matches!(
                event,
                Some(EventType::Sanction | EventType::Concede | EventType::Cooperate | EventType::Support)
            );
        let (first, last) = self.syntax.extent(own.head);
        let mentions = self.mentions.all.iter().filter(|m| is_own && first <= m.first && m.last <= last);
        let mut named = mentions.map(|mention| self.reader().entity(mention.last));
        named.find(|other| other.sort == Sort::State && other.code.is_some() && other.code != own.code)
    }

    /// The state in whose city games are held that somebody stays away from: "a boycott of the Beijing Olympics".
    pub(crate) fn host_of_games(&self, event: Option<EventType>, recipients: &mut [Entity]) {
        if event != Some(EventType::Protest) {
            return;
        }
        let lexicon = &self.context.coder.lexicon;
        let state_of = |meaning: &Meaning| match *meaning {
            Meaning::Actor(number, Form::Name | Form::Capital) => Some(lexicon.actors[number as usize].code.clone()),
            Meaning::Place(number) => lexicon.places[number as usize].country.clone(),
            _ => None,
        };
        for games in recipients.iter_mut().filter(|r| r.code.is_none() && r.sort == Sort::Name) {
            let named = (games.first..=games.last).find_map(|word| {
                let is_city = self.syntax.token(word).upos == Upos::Propn;
                lexicon.names.get(self.syntax.form(word)).iter().filter(|_| is_city).find_map(state_of)
            });
            if named.is_some() {
                (games.code, games.via) = (named, Via::Context);
            }
        }
    }
}

/// Nouns for what a state loses where it is attacked.
fn is_stricken(lemma: &str) -> bool {
    matches!(
        lemma,
        "village"
            | "town"
            | "post"
            | "outpost"
            | "checkpoint"
            | "position"
            | "settlement"
            | "soldier"
            | "serviceman"
            | "troop"
            | "officer"
            | "policeman"
            | "civilian"
            | "resident"
            | "villager"
    )
}

/// Nouns for a state's own land: where something is done, not to whom.
pub(crate) fn is_land(lemma: &str) -> bool {
    matches!(lemma, "territory" | "soil" | "land" | "border" | "water" | "waters" | "airspace" | "coast" | "country")
}
