//! Entities: whom a noun phrase stands for.

use detente_grammar::{Deprel, Upos, Xpos};
use detente_lexicon::{ActorKind, Form, Lexicon, Meaning, RoleKind};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{
    act::{Span, Via},
    mention::{Mention, Mentions},
    ontology::EventType,
    syntax::{Syntax, Tok},
};

/// What sort of thing a noun phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A state by its name, capital or seat of power.
    State,
    /// An organisation, group, party, firm, agency.
    Body,
    /// A named person.
    Person,
    /// An office or body named by a role noun.
    Role,
    /// People: police, protesters, citizens.
    Group,
    /// A news outlet.
    Media,
    /// A place that is no state.
    Place,
    /// A disputed territory.
    Territory,
    /// Something that belongs to an actor.
    Thing,
    /// A name that nobody knows.
    Name,
    /// Anything else.
    Other,
}

/// Whom a noun phrase stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Three-letter code.
    pub code: Option<SmolStr>,
    /// Sectors.
    pub sectors: Vec<SmolStr>,
    /// Name of state, organisation, person.
    pub name: Option<SmolStr>,
    /// Office.
    pub office: Option<SmolStr>,
    /// Level of the office: `head-of-state`, `spokesperson`...
    pub level: Option<SmolStr>,
    /// How the words lead to it.
    pub via: Via,
    /// Sort.
    pub sort: Sort,
    /// First token of the words.
    pub first: Tok,
    /// Last token of the words.
    pub last: Tok,
    /// The head of the phrase.
    pub head: Tok,
    /// Where the name stands that the words stand for.
    pub antecedent: Option<Span>,
    /// The phrase is in the plural.
    pub plural: bool,
    /// The territory, where it is one.
    pub territory: Option<u32>,
    /// An actor only where it has a code or is a subject.
    pub weak: bool,
    /// The holder is vouched for by nobody.
    pub unchecked: bool,
}

impl Entity {
    /// Tells whether the words stand for someone who can act or be acted upon by name.
    pub fn is_actor(&self) -> bool {
        match self.sort {
            Sort::State | Sort::Body | Sort::Person | Sort::Role | Sort::Group => true,
            Sort::Name => true,
            Sort::Place => self.code.is_some(),
            Sort::Territory => true,
            Sort::Media | Sort::Thing | Sort::Other => false,
        }
    }

    /// Tells whether the two stand for the same.
    pub fn is_same(&self, other: &Entity) -> bool {
        // "both sides" stand for two in the same words.
        if self.first == other.first && self.last == other.last && self.head == other.head && self.code == other.code {
            return true;
        }
        match (&self.code, &other.code) {
            (Some(a), Some(b)) if a == b => {
                let whole = |e: &Entity| e.sort == Sort::State || e.via == Via::Pronoun && e.office.is_none();
                whole(self) && whole(other)
                    || self.name.is_some()
                        && self.name == other.name
                        && self.office == other.office
                        && self.sort == other.sort
            }
            (None, None) => self.name.is_some() && self.name == other.name,
            _ => false,
        }
    }

    /// The state, where its citizens' name only stands before a noun: "Russian troops" are not of Russians.
    pub fn before_noun(self, rel: Deprel) -> Entity {
        if matches!(rel, Deprel::Amod | Deprel::Compound) { self.of_state() } else { self }
    }

    /// The state whose citizens the words name.
    pub fn of_state(mut self) -> Entity {
        if self.sort == Sort::Group {
            self.sort = Sort::State;
            self.sectors.clear();
            self.plural = false;
        }
        self
    }

    /// Tells whether the words stand for the state or its government.
    pub fn is_state_voice(&self) -> bool {
        match self.sort {
            Sort::State => true,
            Sort::Body | Sort::Person | Sort::Role => {
                self.sectors.is_empty() || self.sectors.iter().any(|s| matches!(s.as_str(), "GOV" | "MIL" | "IGO"))
            }
            _ => false,
        }
    }
}

/// What is needed to tell whom a phrase stands for.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a, 's> {
    /// The sentence.
    pub syntax: &'a Syntax<'s>,
    /// Its names.
    pub mentions: &'a Mentions,
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// The article's date.
    pub day: Option<Date>,
}

/// Relations of words that belong to a noun phrase's name and title.
fn in_core(rel: Deprel) -> bool {
    matches!(
        rel,
        Deprel::Flat
            | Deprel::Compound
            | Deprel::Amod
            | Deprel::NmodDesc
            | Deprel::Nummod
            | Deprel::NmodPoss
            | Deprel::NmodUnmarked
    )
}

impl<'a, 's> Reader<'a, 's> {
    /// Reads the phrase that a token heads.
    pub fn entity(&self, head: Tok) -> Entity {
        self.mentions.entity(head, || self.read_entity(head))
    }

    fn read_entity(&self, head: Tok) -> Entity {
        let mut entity = self.blank(head);
        if let Some(mention) = self.mentions.at(head) {
            let mention = *mention;
            let adjective_like = matches!(mention.meaning, Meaning::Actor(_, Form::Adjective))
                && mention.last != head
                && mention.first != head;
            if !adjective_like && !self.is_namesake(head, &mention) {
                self.named(&mut entity, &mention);
                self.widen(&mut entity);
                return self.with_modifiers(entity, Some(mention));
            }
        }
        self.described(entity)
    }

    /// Tells whether a name is borne by another country's office-holder or body: "Canadian Deputy Foreign Minister Morgan", "Iran's
    /// Security Council".
    fn is_namesake(&self, head: Tok, mention: &Mention) -> bool {
        let code = match mention.meaning {
            Meaning::Holder(office, holder, _) if mention.first == mention.last => {
                &self.lexicon.holder(office, holder).0.code
            }
            // "the U.S.-Turkey talks": a state is nobody else's.
            Meaning::Actor(number, _) if self.is_ambiguous(mention) => match &self.lexicon.actors[number as usize] {
                actor if actor.kind == ActorKind::State => return false,
                actor => &actor.code,
            },
            _ => return false,
        };
        self.owner(head).and_then(|owner| owner.code).is_some_and(|owner| owner != *code)
    }

    /// Tells whether the words of a name are those of others as well: "Security Council", "Foreign Office".
    pub(crate) fn is_ambiguous(&self, mention: &Mention) -> bool {
        let Meaning::Actor(number, _) = mention.meaning else { return false };
        let ambiguous = &self.lexicon.actors[number as usize].ambiguous;
        !ambiguous.is_empty() && {
            let words = self.words(mention.first, mention.last).replace('-', " ");
            ambiguous.iter().any(|name| name.replace('-', " ").eq_ignore_ascii_case(&words))
        }
    }

    pub(crate) fn blank(&self, head: Tok) -> Entity {
        let token = self.syntax.token(head);
        Entity {
            code: None,
            sectors: Vec::new(),
            name: None,
            office: None,
            level: None,
            via: Via::Name,
            sort: Sort::Other,
            first: head,
            last: head,
            head,
            antecedent: None,
            plural: matches!(token.xpos, Xpos::Nns | Xpos::Nnps),
            territory: None,
            weak: false,
            unchecked: false,
        }
    }

    /// Stretches the entity's words over its titles, adjectives and names.
    fn widen(&self, entity: &mut Entity) {
        let mut stack = vec![entity.head];
        while let Some(at) = stack.pop() {
            entity.first = entity.first.min(at);
            entity.last = entity.last.max(at);
            for &kid in self.syntax.kids(at) {
                let rel = self.syntax.rel(kid);
                if self.is_apart(at, kid) {
                    continue;
                }
                // "a 45-year-old cleric"
                if rel == Deprel::Amod && kid < at && self.syntax.lemma(kid) == "old" {
                    entity.first = entity.first.min(self.syntax.extent(kid).0);
                }
                if in_core(rel)
                    && (kid < at
                        || rel == Deprel::Flat
                        || rel == Deprel::NmodUnmarked
                        || rel == Deprel::NmodDesc
                        || rel == Deprel::Compound)
                {
                    stack.push(kid);
                }
                if rel == Deprel::Case && (self.syntax.token(kid).xpos == Xpos::Pos) && at != entity.head {
                    stack.push(kid);
                }
            }
        }
    }

    /// Tells whether what hangs on a name is none of its words: a day, or the other side of "the Turkish-Libyan treaty".
    fn is_apart(&self, name: Tok, kid: Tok) -> bool {
        if kid > name && self.syntax.rel(kid) == Deprel::NmodUnmarked {
            return crate::when::is_time_word(self.syntax.lemma(kid));
        }
        let code = |tok: Tok| match self.mentions.at(tok)?.meaning {
            Meaning::Actor(number, _) => Some(&self.lexicon.actors[number as usize].code),
            _ => None,
        };
        kid.abs_diff(name) == 2
            && matches!(self.syntax.form(kid.min(name) + 1), "-" | "–" | "/")
            && code(kid).is_some_and(|one| code(name).is_some_and(|other| one != other))
    }

    /// Fills in what a name of the lexicon says.
    pub(crate) fn named(&self, entity: &mut Entity, mention: &Mention) {
        entity.first = entity.first.min(mention.first);
        entity.last = entity.last.max(mention.last);
        match mention.meaning {
            Meaning::Actor(number, form) => {
                let actor = &self.lexicon.actors[number as usize];
                entity.code = Some(actor.code.clone());
                entity.name = Some(actor.title.clone());
                entity.sectors = actor.sectors.clone();
                entity.via = match form {
                    Form::Capital | Form::Seat => Via::Metonym,
                    Form::Organ => Via::Office,
                    _ => Via::Name,
                };
                entity.sort = match (actor.kind, form) {
                    (ActorKind::State, Form::Demonym | Form::Adjective) => Sort::Group,
                    (ActorKind::State, _) => Sort::State,
                    (ActorKind::Media, _) => Sort::Media,
                    (ActorKind::Person, _) => Sort::Person,
                    (ActorKind::Agency, _) => {
                        entity.via = Via::Office;
                        entity.office = Some(actor.title.clone());
                        Sort::Body
                    }
                    _ => Sort::Body,
                };
                if matches!(form, Form::Capital | Form::Seat) && entity.sectors.is_empty() {
                    entity.sectors = vec!["GOV".into()];
                }
                // "flew to The Hague": no government, unless it acts.
                if form == Form::Seat && self.is_only_a_venue(mention) {
                    entity.name = Some(self.words(mention.first, mention.last));
                    entity.sectors.clear();
                    entity.via = Via::Context;
                    entity.sort = Sort::Place;
                }
                if entity.sort == Sort::Group {
                    entity.sectors = vec!["CVL".into()];
                    entity.plural = true;
                }
            }
            Meaning::Holder(office, holder, _) => {
                let (office, holder) = self.lexicon.holder(office, holder);
                entity.code = Some(office.code.clone());
                entity.name = holder.names.first().cloned();
                entity.office = Some(office.title.clone());
                entity.level = office.level.clone();
                entity.sectors = vec![office.sector.clone()];
                entity.via = Via::Office;
                entity.sort = Sort::Person;
                entity.unchecked = holder.basis == detente_lexicon::Basis::Memory;
                if self.lexicon.actor(&office.code).is_some_and(|a| a.kind == ActorKind::Organisation) {
                    entity.sectors.insert(0, "IGO".into());
                }
            }
            Meaning::Place(number) => {
                let place = &self.lexicon.places[number as usize];
                entity.code = place.country.clone();
                entity.name = place.names.first().cloned();
                entity.via = Via::Context;
                entity.sort = Sort::Place;
            }
            Meaning::Territory(number, _) => {
                let territory = &self.lexicon.territories[number as usize];
                entity.name = Some(territory.title.clone());
                entity.territory = Some(number);
                entity.via = Via::Context;
                entity.sort = Sort::Territory;
                entity.code = match territory.claimants.as_slice() {
                    [one] => Some(one.clone()),
                    _ => None,
                };
            }
            Meaning::Role(_) => {}
        }
    }

    /// Tells whether somebody is only a city where many states meet.
    pub(crate) fn is_venue(&self, entity: &Entity) -> bool {
        entity.sort == Sort::Place && entity.name.as_ref().is_some_and(|name| self.lexicon.words.venues.contains(name))
    }

    /// Tells whether a name is of a city where many states meet, and does nothing itself.
    fn is_only_a_venue(&self, mention: &Mention) -> bool {
        let acts = matches!(self.syntax.rel(mention.last), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NmodPoss);
        !acts && self.lexicon.words.venues.contains(&self.words(mention.first, mention.last))
    }

    /// A phrase whose head is a name: what stands around it may say more.
    fn with_modifiers(&self, mut entity: Entity, mention: Option<Mention>) -> Entity {
        // "Russia's foreign minister": the head is the role, not the name; nothing to do here.
        // "Prime Minister of Japan Shigeru Ishiba" may be read as Japan with a name behind it.
        let role = self.role_at(entity.head).or_else(|| self.title_of(entity.head));
        // "the U.N. chief" is an organ, and someone.
        if let (Some((role, ..)), Some(Meaning::Actor(_, Form::Organ))) = (role, mention.map(|m| m.meaning)) {
            let role = &self.lexicon.roles[role as usize];
            if matches!(role.kind, RoleKind::Office | RoleKind::Person) && !entity.plural {
                entity.sort = Sort::Role;
                entity.office = Some(role.title.clone());
            }
        }
        if let (Some((role, first, last)), Some(mention)) = (role, mention)
            && (!(first..=last).contains(&mention.first) || entity.sort == Sort::Person)
        {
            let role = &self.lexicon.roles[role as usize];
            match entity.sort {
                Sort::Person if entity.office.is_none() => entity.office = Some(role.title.clone()),
                Sort::State
                    if matches!(role.kind, RoleKind::Office | RoleKind::Person | RoleKind::Body)
                        && first < mention.first =>
                {
                    entity.office = Some(role.title.clone());
                    entity.sectors = vec![role.sector.clone()];
                    entity.level = role.level.clone();
                    entity.via = Via::Office;
                    entity.sort = Sort::Role;
                    entity.first = entity.first.min(first);
                }
                _ => {}
            }
        }
        entity
    }

    /// A phrase whose head is no name of the lexicon: a role, a person, a thing with an owner.
    fn described(&self, mut entity: Entity) -> Entity {
        let head = entity.head;
        self.widen(&mut entity);
        let owner = self.owner(head).filter(|_| !self.is_of_another(head));
        let token = self.syntax.token(head);
        let role = self.role_at(head).or_else(|| self.title_of(head)).filter(|_| !self.is_craft(head));
        let person = self.person_in(head);
        if let Some(person) = person {
            // "Prime Minister Shigeru Ishiba": known by the name, unless the country says otherwise.
            // "Modi in Moscow" is no Russian.
            let is_place = |o: &&Entity| {
                self.syntax.rel(o.head) == Deprel::Nmod && matches!(self.syntax.case(o.head), Some("in" | "at"))
            };
            let (code, named) = (owner.as_ref().filter(|o| !is_place(o)).and_then(|o| o.code.clone()), person);
            let mut known = self.blank(head);
            self.named(&mut known, &named);
            if code.is_none() || code == known.code {
                known.first = known.first.min(entity.first);
                known.last = known.last.max(entity.last);
                if let Some((role, ..)) = role {
                    let role = &self.lexicon.roles[role as usize];
                    if role.level.is_some() && role.level != known.level && role.level.as_deref() != Some("minister") {
                        known.office = Some(role.title.clone());
                    }
                }
                return known;
            }
        }
        if let Some(named) = self.named_by_apposition(head, role.map(|(number, ..)| number)) {
            return named;
        }
        if let Some((number, first, last)) = role {
            let role = &self.lexicon.roles[number as usize];
            entity.first = entity.first.min(first);
            entity.last = entity.last.max(last);
            entity.sectors = vec![role.sector.clone()];
            entity.level = role.level.clone();
            entity.weak = role.weak;
            entity.plural |= role.kind == RoleKind::Group;
            entity.sort = if role.kind == RoleKind::Group || (role.kind == RoleKind::Person && entity.plural) {
                Sort::Group
            } else {
                Sort::Role
            };
            entity.office = matches!(role.kind, RoleKind::Office | RoleKind::Body).then(|| role.title.clone());
            entity.via = Via::Office;
            if let Some(name) = self.proper_name(head) {
                entity.name = Some(name);
                entity.sort = Sort::Person;
            }
            if let Some(owner) = owner {
                if owner.sort != Sort::Media {
                    entity.code = owner.code.clone();
                    if entity.name.is_none() && owner.sort != Sort::State {
                        entity.name = owner.name.clone();
                    }
                    if owner.sectors.first().is_some_and(|s| s == "IGO") {
                        entity.sectors.insert(0, "IGO".into());
                    } else if matches!(owner.sort, Sort::Body) && !owner.sectors.is_empty() {
                        // A Hamas official speaks for Hamas.
                        entity.sectors = owner.sectors.clone();
                    }
                    if owner.head < entity.first && self.syntax.rel(owner.head) != Deprel::Appos {
                        entity.first = owner.first.min(entity.first);
                    } else if owner.first > entity.last && owner.first - entity.last <= 4 {
                        entity.last = owner.last;
                    }
                    entity.unchecked = owner.unchecked;
                } else if entity.level.as_deref() == Some("spokesperson") {
                    entity.sort = Sort::Media;
                }
            }
            return self.by_apposition(entity);
        }
        // "a Volvo XC90", "an S-400": a make of things, and its maker does nothing by it.
        if token.upos == Upos::Propn && self.syntax.form(head).contains(|c: char| c.is_ascii_digit()) {
            entity.sort = Sort::Thing;
            entity.via = Via::Context;
            entity.code =
                owner.filter(|owner| !owner.sectors.iter().any(|sector| sector == "BUS")).and_then(|o| o.code);
            return entity;
        }
        if token.upos == Upos::Propn
            || (token.upos == Upos::X && self.syntax.form(head).starts_with(char::is_uppercase))
        {
            entity.sort = Sort::Name;
            entity.name = Some(self.words(entity.first, entity.last));
            // "Ann Lee, a Freedonian envoy, in Ruritania": what she is called says more than where she is.
            let explained = self.by_apposition(entity.clone());
            if explained.code.is_some() {
                return explained;
            }
            if let Some(owner) = &owner
                && owner.sort != Sort::Media
            {
                entity.code = owner.code.clone();
                entity.via = Via::Context;
            }
            return entity;
        }
        match owner.filter(|owner| !self.is_struck(head, owner)) {
            Some(owner) if self.is_undergone(head, &owner) => {
                entity.sort = Sort::Thing;
                entity.last = entity.last.max(owner.last);
            }
            Some(owner) => {
                entity.code = owner.code.clone();
                entity.name = owner.name.clone();
                entity.sectors = owner.sectors.clone();
                entity.via = if owner.via == Via::Metonym { Via::Metonym } else { Via::Context };
                let belongs = matches!(self.syntax.lemma(head), "member" | "supporter" | "follower" | "fighter");
                entity.sort = if belongs { Sort::Group } else { Sort::Thing };
                entity.first = entity.first.min(owner.first);
                entity.last = entity.last.max(owner.last);
                entity.territory = owner.territory;
            }
            None if HUMAN_NOUNS.contains(&self.syntax.lemma(head))
                || self.syntax.form(head).eq_ignore_ascii_case("those") =>
            {
                entity.sort = Sort::Group;
                if let Some(place) = self.whereabouts(head) {
                    entity.code = place.code;
                    entity.via = Via::Context;
                }
            }
            None => entity.sort = Sort::Other,
        }
        entity
    }

    /// Tells whether fighters are aircraft by the make before them: "F-16 fighters".
    fn is_craft(&self, noun: Tok) -> bool {
        let has_digit = |tok: Tok| self.syntax.form(tok).contains(|c: char| c.is_ascii_digit());
        self.syntax.lemma(noun) == "fighter"
            && self.syntax.kids_by(noun, Deprel::Compound).any(|make| {
                self.syntax.token(make).upos == Upos::Propn
                    && (has_digit(make) || self.syntax.kids(make).iter().any(|&kid| has_digit(kid)))
            })
    }

    /// Tells whether a city's name before an attack says where it struck: "the Kabul bombing".
    pub(crate) fn is_struck(&self, attack: Tok, city: &Entity) -> bool {
        (city.sort == Sort::Place || city.via == Via::Metonym)
            && matches!(self.syntax.rel(city.head), Deprel::Compound | Deprel::Amod)
            && city.head < attack
            && self.lexicon.words.is_deed(self.syntax.lemma(attack), EventType::Assault.as_str())
    }

    /// The words of a run of tokens.
    pub fn words(&self, first: Tok, last: Tok) -> SmolStr {
        self.syntax.text[self.syntax.bytes(first, last)].into()
    }
}

/// Nouns of people that stand in no list of roles.
pub(crate) const HUMAN_NOUNS: &[&str] = &[
    "people",
    "man",
    "woman",
    "child",
    "person",
    "boy",
    "girl",
    "victim",
    "member",
    "leader",
    "suspect",
    "national",
    "citizen",
    "family",
    "supporter",
    "follower",
    "crowd",
    "mob",
    "side",
    "party",
    "ally",
    "partner",
    "opponent",
    "rival",
    "neighbor",
    "neighbour",
    "country",
    "nation",
    "state",
    "government",
];
