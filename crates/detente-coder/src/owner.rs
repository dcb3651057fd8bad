//! Owners and appositions: what the other words of a phrase say of whom it stands for.

use detente_grammar::{Deprel, Upos, Xpos};
use detente_lexicon::{ActorKind, Form, Meaning, RoleKind};

use crate::{
    act::Via,
    entity::{Entity, Reader, Sort},
    mention::Mention,
    syntax::Tok,
};

/// Tells whether a participle behind a hyphen says whose something is: "Chadian-owned".
pub(crate) fn tells_whose(participle: &str) -> bool {
    matches!(participle, "based" | "owned" | "flagged" | "registered" | "operated" | "run")
}

impl Reader<'_, '_> {
    /// A name that is explained by an apposition: "Ann Lee, the Freedonian minister".
    pub(crate) fn by_apposition(&self, mut entity: Entity) -> Entity {
        if entity.code.is_some() {
            return entity;
        }
        // The parser may hang the apposition on the last name of several.
        let names = std::iter::once(entity.head).chain(self.syntax.kids_by(entity.head, Deprel::Flat));
        for kid in names.flat_map(|name| self.syntax.kids_by(name, Deprel::Appos)) {
            let other = self.entity(kid);
            if other.code.is_some() && other.is_actor() && other.sort != Sort::Place {
                entity.code = other.code;
                entity.sectors = other.sectors;
                entity.office = entity.office.or(other.office);
                entity.level = entity.level.or(other.level);
                entity.via = Via::Office;
                if entity.sort == Sort::Name {
                    entity.sort = Sort::Person;
                }
                if entity.name.is_none() && other.sort == Sort::Person {
                    entity.name = other.name;
                }
                break;
            }
        }
        entity
    }

    /// The state or organisation that an apposition says a description to be: "Zambia's largest creditor, China".
    pub(crate) fn named_by_apposition(&self, head: Tok, role: Option<u32>) -> Option<Entity> {
        let office = role.is_some_and(|number| {
            matches!(self.lexicon.roles[number as usize].kind, RoleKind::Office | RoleKind::Body)
        });
        let token = self.syntax.token(head);
        if office || token.upos != Upos::Noun || matches!(token.xpos, Xpos::Nns | Xpos::Nnps) {
            return None;
        }
        let name = self.syntax.kids_by(head, Deprel::Appos).find(|&kid| {
            matches!(self.mentions.at(kid).map(|m| m.meaning), Some(Meaning::Actor(number, Form::Name))
                if matches!(self.lexicon.actors[number as usize].kind, ActorKind::State | ActorKind::Organisation))
                && self.syntax.case(kid).is_none()
        })?;
        let named = self.entity(name);
        (self.syntax.kid(name, Deprel::Conj).is_none() && matches!(named.sort, Sort::State | Sort::Body))
            .then_some(named)
    }

    /// Tells whether a noun says who someone is to its owner, and so that he is not the owner: "Bolivia's neighbour".
    pub fn is_of_another(&self, head: Tok) -> bool {
        let owned = self.syntax.kid(head, Deprel::NmodPoss).is_some()
            || self.syntax.kids_by(head, Deprel::Nmod).any(|kid| self.syntax.case(kid) == Some("of"));
        // "its NATO ally" is a member of NATO; "our G7 counterparts" are its members.
        let is_one = !matches!(self.syntax.token(head).xpos, Xpos::Nns | Xpos::Nnps);
        let is_union = |meaning| match meaning {
            Meaning::Actor(number, _) => is_one && !self.lexicon.actors[number as usize].members.is_empty(),
            _ => false,
        };
        let mut before = self.syntax.kids(head).iter().filter(|&&kid| kid < head);
        let belongs = before.any(|&kid| {
            self.syntax.rel(kid) != Deprel::NmodPoss && self.mentions.at(kid).is_some_and(|m| !is_union(m.meaning))
        });
        owned && !belongs && is_relation(self.syntax.lemma(head))
    }

    /// Tells whether a deed is done to the one that "of" names, and so is not his: "the arrest of Freedonian citizens". A loss in a country is
    /// not that country's deed either.
    pub(crate) fn is_undergone(&self, deed: Tok, owner: &Entity) -> bool {
        let lemma = self.syntax.lemma(deed);
        let is_loss = matches!(lemma, "loss" | "suffering" | "death" | "bombing" | "shelling");
        self.syntax.rel(owner.head) == Deprel::Nmod
            && match self.syntax.case(owner.head) {
                Some("of") => is_loss || is_done_to_somebody(lemma),
                Some("in" | "at" | "near") => is_loss,
                _ => false,
            }
    }

    /// Whose the thing or office is: the country, organisation or person that modifies a noun.
    pub fn owner(&self, head: Tok) -> Option<Entity> {
        let syntax = self.syntax;
        let kids = syntax.kids(head);
        // The nearest adjective or name before the noun, then the possessor, then "of".
        let before = kids.iter().rev().copied().filter(|&kid| {
            kid < head
                && matches!(
                    syntax.rel(kid),
                    Deprel::Amod
                        | Deprel::Compound
                        | Deprel::NmodDesc
                        | Deprel::NmodUnmarked
                        | Deprel::Flat
                        | Deprel::Nummod
                        | Deprel::Dep
                )
        });
        for kid in before {
            if let Some(led) = self.led_by(head, kid) {
                return Some(led);
            }
            if let Some(mention) = self.mentions.at(kid) {
                // A word of the head's own name is no owner, and a title that several organisations give says not whose it is: "OAS
                // Secretary General Almagro".
                let own = (mention.first..=mention.last).contains(&head) || self.is_make(mention, head);
                let shared_title = || syntax.token(head).upos == Upos::Propn && self.is_shared_title(mention);
                if matches!(mention.meaning, Meaning::Holder(..)) || own || shared_title() {
                    continue;
                }
                let mut owner = self.blank(kid);
                self.named(&mut owner, mention);
                return Some(owner.of_state());
            }
            // "Russian foreign ministry spokeswoman": the adjective may hang on the inner noun. "Belgrade-based activists"
            if let Some(inner) = self.owner(kid)
                && (matches!(syntax.rel(kid), Deprel::Compound | Deprel::NmodDesc) || tells_whose(syntax.form(kid)))
            {
                return Some(inner);
            }
        }
        // Names between the phrase's first word and its head that the tree hangs elsewhere: "Saudi-led".
        if let Some(possessor) = syntax.kid(head, Deprel::NmodPoss) {
            if let Some(led) = self.led_by(head, possessor) {
                return Some(led);
            }
            let owner = self.entity(possessor);
            if owner.code.is_some() || owner.is_actor() {
                return Some(owner);
            }
        }
        // "hackers working for Iran"
        let works = syntax.kids_by(head, Deprel::Acl).filter(|&clause| {
            matches!(syntax.lemma(clause), "work" | "act" | "fight" | "spy" | "operate" | "speak")
                && syntax.token(clause).xpos == Xpos::Vbg
        });
        let masters = works.flat_map(|clause| syntax.kids_by(clause, Deprel::Obl));
        let master = masters.filter(|&master| syntax.case(master) == Some("for")).find_map(|master| {
            let entity = self.entity(master);
            (entity.code.is_some() && entity.is_actor()).then_some(entity)
        });
        if master.is_some() {
            return master.map(Entity::of_state);
        }
        // "the suspension of Twitter by the Nigerian government": who does it, before to whom.
        let by = syntax.kids_by(head, Deprel::Nmod).filter(|&kid| kid > head && syntax.case(kid) == Some("by"));
        if let Some(doer) = by.map(|kid| self.entity(kid)).find(|doer| doer.code.is_some() && doer.is_actor()) {
            return Some(doer);
        }
        for kid in syntax.kids_by(head, Deprel::Nmod) {
            // "a village on the Ruritanian side"
            let is_side = || syntax.case(kid) == Some("on") && matches!(syntax.lemma(kid), "side" | "bank");
            if kid > head && (matches!(syntax.case(kid), Some("of" | "for" | "in" | "from" | "at")) || is_side()) {
                // "the Special Representative for Freedonia" is another's.
                if syntax.case(kid) == Some("for") && self.is_sent(head) {
                    continue;
                }
                let of = matches!(syntax.case(kid), Some("of" | "from" | "for"));
                let owner = self.entity(kid);
                // "a tribunal in The Hague"
                if !of && self.is_venue(&owner) {
                    continue;
                }
                // "a hospital in the Ruritanian city of Zenda", "villagers in the Zenda region of Ruritania"
                let is_region = || is_region(syntax.lemma(kid));
                if owner.code.is_some()
                    && (of && !matches!(owner.sort, Sort::Media)
                        || matches!(owner.sort, Sort::State | Sort::Place | Sort::Body)
                        || is_region()
                        || is_side())
                {
                    return Some(owner);
                }
            }
        }
        // "five firms based in Chad"
        let seated = syntax.kids_by(head, Deprel::Acl).filter(|&clause| {
            matches!(syntax.lemma(clause), "base" | "headquarter" | "register" | "domicile" | "locate" | "incorporate")
        });
        let seats = seated.flat_map(|clause| syntax.kids_by(clause, Deprel::Obl));
        let seat = seats.filter(|&seat| syntax.case(seat) == Some("in")).find_map(|seat| {
            let entity = self.entity(seat);
            (entity.code.is_some() && matches!(entity.sort, Sort::State | Sort::Place)).then_some(entity)
        });
        if seat.is_some() {
            return seat;
        }
        self.owner_right_behind(head)
    }

    /// The state of a government that bears the surname of who led it, whenever that was: "the Obama administration". Of several the one
    /// whose term is nearest.
    fn led_by(&self, government: Tok, leader: Tok) -> Option<Entity> {
        let syntax = self.syntax;
        let is_surname =
            syntax.token(leader).upos == Upos::Propn && syntax.kids_by(leader, Deprel::Flat).next().is_none();
        if !is_surname
            || !matches!(syntax.lemma(government), "administration" | "government" | "cabinet" | "presidency")
        {
            return None;
        }
        let form = syntax.form(leader);
        let led =
            self.lexicon.similar_holders(form).iter().map(|&(office, holder)| self.lexicon.holder(office, holder));
        let led = led.filter(|(office, holder)| {
            office.level.as_deref().is_some_and(|level| level.starts_with("head-of"))
                && holder.names.iter().any(|name| name.split(' ').next_back() == Some(form))
                && self.lexicon.actor(&office.code).is_some_and(|actor| actor.kind == ActorKind::State)
        });
        let (office, _) = led.min_by_key(|(_, holder)| self.day.map_or(0, |day| holder.days_from(day)))?;
        let actor = self.lexicon.actor(&office.code)?;
        Some(Entity {
            code: Some(actor.code.clone()),
            name: actor.names.first().map(|(name, _)| name.clone()),
            sectors: vec!["GOV".into()],
            sort: Sort::State,
            ..self.blank(leader)
        })
    }

    /// Tells whether a firm's name before craft or arms says who made them, and not whose they are: "Antonov bombers".
    fn is_make(&self, mention: &Mention, goods: Tok) -> bool {
        let Meaning::Actor(number, _) = mention.meaning else { return false };
        self.lexicon.actors[number as usize].kind == ActorKind::Firm
            && matches!(
                self.syntax.lemma(goods),
                "bomber"
                    | "aircraft"
                    | "jet"
                    | "helicopter"
                    | "plane"
                    | "missile"
                    | "fighter"
                    | "warplane"
                    | "airliner"
                    | "drone"
                    | "rifle"
                    | "tank"
                    | "truck"
                    | "car"
                    | "gunship"
                    | "pistol"
                    | "phone"
            )
    }

    /// Tells whether somebody is sent, and so speaks for another than the one he is sent to.
    fn is_sent(&self, head: Tok) -> bool {
        let titles = self.syntax.kids(head).iter().copied().filter(|&kid| kid < head);
        titles.chain(std::iter::once(head)).any(|tok| {
            matches!(
                self.syntax.lemma(tok).to_ascii_lowercase().as_str(),
                "representative" | "envoy" | "coordinator" | "negotiator" | "adviser" | "advisor" | "rapporteur"
            )
        })
    }

    /// Tells whether the words of a name are an office that several organisations have: "Secretary General".
    fn is_shared_title(&self, mention: &Mention) -> bool {
        let is_office = || {
            self.role_at(mention.last).is_some_and(|(role, first, _)| {
                first <= mention.first && self.lexicon.roles[role as usize].kind == RoleKind::Office
            })
        };
        self.is_ambiguous(mention) && is_office()
    }

    /// Where people are, by what is said of them: "those affected in Ruritania".
    pub(crate) fn whereabouts(&self, head: Tok) -> Option<Entity> {
        let said = self.syntax.kids_by(head, Deprel::Acl);
        let places = said.flat_map(|verb| self.syntax.kids_by(verb, Deprel::Obl));
        let mut named = places
            .filter(|&place| matches!(self.syntax.case(place), Some("in" | "from" | "across" | "throughout")))
            .map(|place| self.entity(place));
        named.find(|place| place.code.is_some() && matches!(place.sort, Sort::State | Sort::Place))
    }

    /// The state named right behind a body, where the tree hangs it on the next noun: "the Government of Ruritania's efforts".
    fn owner_right_behind(&self, head: Tok) -> Option<Entity> {
        let body =
            self.role_at(head).is_some_and(|(role, ..)| self.lexicon.roles[role as usize].kind == RoleKind::Body);
        let form = |tok: Tok| ((tok as usize) < self.syntax.len()).then(|| self.syntax.form(tok));
        if !body || form(head + 1) != Some("of") {
            return None;
        }
        let at = if form(head + 2) == Some("the") { head + 3 } else { head + 2 };
        let mention = form(at).and_then(|_| self.mentions.at(at))?;
        let mut owner = self.blank(mention.last);
        self.named(&mut owner, mention);
        (owner.code.is_some() && owner.sort == Sort::State).then_some(owner)
    }
}

/// Nouns for what is done to the one that "of" names behind them.
pub(crate) fn is_done_to_somebody(lemma: &str) -> bool {
    matches!(
        lemma,
        "killing"
            | "murder"
            | "assassination"
            | "execution"
            | "hanging"
            | "poisoning"
            | "beating"
            | "torture"
            | "abduction"
            | "kidnapping"
            | "arrest"
            | "detention"
            | "jailing"
            | "imprisonment"
            | "persecution"
            | "harassment"
            | "expulsion"
            | "deportation"
            | "destruction"
            | "capture"
            | "seizure"
            | "invasion"
            | "occupation"
            | "annexation"
    )
}

/// Nouns for parts of a country.
pub(crate) fn is_region(lemma: &str) -> bool {
    matches!(
        lemma,
        "city"
            | "town"
            | "village"
            | "region"
            | "province"
            | "district"
            | "state"
            | "island"
            | "county"
            | "suburb"
            | "capital"
            | "department"
            | "governorate"
    )
}

/// Nouns that say who someone is to another.
fn is_relation(lemma: &str) -> bool {
    matches!(
        lemma,
        "neighbor"
            | "neighbour"
            | "ally"
            | "rival"
            | "counterpart"
            | "partner"
            | "opponent"
            | "adversary"
            | "enemy"
            | "foe"
            | "friend"
            | "creditor"
            | "owner"
            | "patron"
    )
}
