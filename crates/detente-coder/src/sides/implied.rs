//! Sides that are implied by what else the sentence says: who tells of his own dead, from where somebody is sent away, in whose city games are
//! held.

use detente_grammar::Deprel;
use detente_lexicon::{ActorKind, Form, Meaning};

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
            let is_his = is_land(lemma) || is_harm && is_stricken(lemma) && !self.is_anothers(r.head);
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

    /// Tells whether words beside a noun say whose it is, or that it is of no state: "rebel positions", "Kurdish villages".
    fn is_anothers(&self, noun: Tok) -> bool {
        let says_whose = |kid: Tok| match self.syntax.rel(kid) {
            Deprel::NmodPoss => true,
            Deprel::Nmod => self.syntax.case(kid) == Some("of"),
            Deprel::Amod | Deprel::Compound => {
                let form = self.syntax.form(kid);
                form.starts_with(char::is_uppercase)
                    || form.ends_with("held")
                    || matches!(
                        self.syntax.lemma(kid),
                        "rebel"
                            | "militant"
                            | "opposition"
                            | "insurgent"
                            | "separatist"
                            | "guerrilla"
                            | "jihadist"
                            | "held"
                    )
            }
            _ => false,
        };
        self.syntax.kids(noun).iter().copied().any(says_whose)
    }

    /// Who sends somebody away: "inspectors were expelled from Chad", "sent back from Niger", "Chad was suspended from the Union"; of a diplomat
    /// the state in whose town he serves: "Chad's envoy in Niamey was given two days to leave", "Chad's ambassador to Niger was summoned".
    pub(crate) fn left_behind(
        &self,
        found: &Match,
        recipients: &[Entity],
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        if !self.syntax.is_passive(found.root) {
            return Vec::new();
        }
        let words = std::iter::once(found.root).chain(self.syntax.kids_by(found.root, Deprel::Advmod));
        let from = words.flat_map(|word| self.syntax.kids_by(word, Deprel::Obl));
        let from = from.filter(|&phrase| self.syntax.case(phrase) == Some("from"));
        let diplomats = self.syntax.kids_by(found.root, Deprel::NsubjPass);
        let posts = diplomats.filter(|&noun| self.is_mission(noun)).flat_map(|diplomat| self.posts_of(diplomat));
        let (from, posts): (Vec<Tok>, Vec<Tok>) = (from.collect(), posts.collect());
        // "Chadians were deported from Chad": not by Chad.
        let is_theirs = |left: &Entity| recipients.iter().any(|r| r.code == left.code && !r.is_same(left));
        let is_left = |left: &Entity| {
            let sends = match left.sort {
                Sort::State | Sort::Place => true,
                sort => sort == Sort::Body && from.contains(&left.head),
            };
            left.code.is_some() && sends && !is_theirs(left)
        };
        let heads = [&from[..], &posts[..]].concat();
        let left = self.resolve_all(&heads, discourse, speaker).into_iter().find(is_left);
        left.map(Entity::of_state).into_iter().collect()
    }

    /// Where a diplomat or a mission serves: "the embassy in Niamey", "the envoy to Chad".
    fn posts_of(&self, noun: Tok) -> impl Iterator<Item = Tok> {
        let posts = self.syntax.kids_by(noun, Deprel::Nmod);
        posts.filter(|&post| matches!(self.syntax.case(post), Some("in" | "to")))
    }

    /// Tells whether a noun is of a diplomat or a mission.
    fn is_mission(&self, noun: Tok) -> bool {
        let sets = self.context.coder.lexicon.words.sets_of.get(self.syntax.lemma(noun));
        sets.is_some_and(|sets| sets.iter().any(|set| set == "mission_matter"))
    }

    /// The state in whose town a mission stands that asks, blames, threatens or praises, where its words name nobody of another:
    /// "The Chadian embassy in Niamey demanded the release of two Chadians".
    pub(crate) fn host_of_mission(
        &self,
        found: &Match,
        event: Option<EventType>,
        actors: &[Entity],
        recipients: &[Entity],
        discourse: &Discourse,
    ) -> Option<Entity> {
        let is_said_to_host =
            matches!(event, Some(EventType::Accuse | EventType::Request | EventType::Support | EventType::Threaten));
        let [mission] = actors else { return None };
        let own = mission.code.as_ref().filter(|_| is_said_to_host)?;
        let names_another = recipients.iter().any(|r| r.code.as_ref().is_some_and(|code| code != own));
        // "urged its citizens to leave": its own people are spoken to, but not in "demanded the release of two Chadians".
        let is_spoken_to = |r: &Entity| {
            (r.code.as_ref() == Some(own) || self.is_own(r.head)) && self.syntax.case(r.head) != Some("of")
        };
        let has_own = found.recipient.iter().any(|&head| self.is_own(head));
        if names_another || has_own || recipients.iter().any(is_spoken_to) || !self.is_mission(mission.head) {
            return None;
        }
        let posts: Vec<Tok> = self.posts_of(mission.head).collect();
        let hosts = self.resolve_all(&posts, discourse, None).into_iter().map(Entity::of_state);
        let is_host = |host: &Entity| matches!(host.sort, Sort::State | Sort::Place) && host.code.as_ref() != Some(own);
        hosts.into_iter().find(|host| host.code.is_some() && is_host(host))
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
            && !actors.is_empty()
            && matches!(own.sort, Sort::Thing | Sort::Other)
            && actors.iter().all(|a| a.code == own.code)
            && matches!(
                event,
                Some(EventType::Sanction | EventType::Concede | EventType::Cooperate | EventType::Support)
            );
        if !is_own {
            return None;
        }
        let (first, last) = self.syntax.extent(own.head);
        let mentions = self.mentions.all.iter().filter(|m| first <= m.first && m.last <= last);
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
            Meaning::Actor(number, Form::Name | Form::Capital) => {
                let actor = &lexicon.actors[number as usize];
                (actor.kind == ActorKind::State).then(|| actor.code.clone())
            }
            Meaning::Place(number) => lexicon.places[number as usize].country.clone(),
            _ => None,
        };
        let are_games = |word: Tok| {
            matches!(
                self.syntax.lemma(word).to_ascii_lowercase().as_str(),
                "olympics" | "olympic" | "game" | "games" | "cup" | "expo" | "championship" | "summit" | "festival"
            )
        };
        for games in recipients.iter_mut().filter(|r| r.code.is_none() && r.sort == Sort::Name) {
            let mut words = games.first..=games.last;
            if !words.clone().any(are_games) {
                continue;
            }
            let named = words.find_map(|word| lexicon.names.get(self.syntax.form(word)).iter().find_map(state_of));
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
