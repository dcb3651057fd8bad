//! Discourse: whom pronouns and descriptions stand for, across the sentences of an article.

pub(crate) mod antecedent;
mod described;
mod neighbour;
mod organisation;
pub(crate) mod story;

use std::cell::Cell;

use detente_grammar::{Deprel, Upos, Xpos};
use detente_lexicon::{ActorKind, Form, Lexicon, Meaning};
use detente_text::Article;
use smol_str::{SmolStr, StrExt as _};

use self::{
    described::{Fits, described, fits, sectors_of},
    neighbour::is_neighbour,
    story::Story,
};
use crate::{
    act::{Span, Via},
    deeds::Deed,
    entity::{Entity, Reader, Sort},
    named::Named,
    pair::{Pair, is_organisation, is_reciprocal},
    publisher,
    syntax::{Syntax, Tok},
    waiting::Waiting,
};

/// What an article has named so far.
#[derive(Clone, Debug, Default)]
pub struct Discourse {
    pub(crate) named: Vec<Named>,
    /// Who spoke in which sentence.
    pub(crate) speakers: Vec<(u32, Entity, Span)>,
    /// Those that sentences named two by two.
    pub(crate) pairs: Vec<Pair>,
    /// Codes of the states that the title names.
    pub(crate) of_title: Vec<SmolStr>,
    /// The one state that the title of an organisation's release names: whose authorities, without a name, are meant.
    about: Option<SmolStr>,
    /// The article tells of sport, where countries beat and meet each other.
    pub(crate) of_sport: bool,
    /// Whose word the article is: a ministry's release.
    publisher: Option<(Entity, Option<Span>)>,
    /// The state whose officials need no owner.
    home: Option<SmolStr>,
    /// State of the dateline.
    place: Option<SmolStr>,
    /// Acts told so far, for "the attack" and "the request".
    pub(crate) deeds: Vec<Deed>,
    /// Who signs a joint statement: "we" in it.
    pub(crate) signatories: Vec<(Entity, Span)>,
    /// The article is somebody's own word.
    pub(crate) has_voice: bool,
    /// Surnames of ministers that others in the article bear.
    pub(crate) strangers: Vec<SmolStr>,
    pub(crate) sentence: u32,
    /// The times told of.
    pub(crate) story: Story,
    /// Sentences that were held back and may name somebody.
    pub(crate) waiting: Vec<Waiting>,
    /// The last of them that was asked for.
    pub(crate) wanted: Cell<Option<u32>>,
}

impl Discourse {
    /// Begins an article: who publishes it, and where it is written.
    pub fn of(lexicon: &Lexicon, article: &Article) -> Discourse {
        let publisher = publisher::of(lexicon, article);
        let place = publisher::dated_from(lexicon, article).into_iter().find_map(|meaning| match meaning {
            Meaning::Actor(number, Form::Name | Form::Capital) => Some(lexicon.actors[number as usize].code.clone()),
            Meaning::Place(number) => lexicon.places[number as usize].country.clone(),
            _ => None,
        });
        // What is told from where many states meet is of any of them.
        let place = place.filter(|_| !publisher::is_dated_from_a_venue(lexicon, article));
        let signatories = publisher::signatories(lexicon, article);
        let has_voice = publisher.is_some() || !signatories.is_empty();
        let home = match &publisher {
            Some((entity, _)) => entity.code.clone(),
            None => publisher::home(lexicon, article),
        };
        let of_title = publisher::states_of_title(lexicon, article);
        let about = match &of_title[..] {
            [state] if publisher.as_ref().is_some_and(|(by, _)| is_organisation(by)) => Some(state.clone()),
            _ => None,
        };
        let of_sport = publisher::is_of_sport(lexicon, article);
        let story = Story::of(publisher::year_of_title(lexicon, article));
        Discourse {
            publisher,
            home,
            place,
            of_title,
            about,
            of_sport,
            signatories,
            has_voice,
            strangers: publisher::strangers(lexicon, article),
            story,
            ..Discourse::default()
        }
    }

    /// Tells whether the article has only begun, so that a list of states may sign it.
    pub fn is_open(&self) -> bool {
        self.sentence < 3 && self.signatories.is_empty()
    }

    /// State of the dateline, for generic actors of the country.
    pub fn place(&self) -> Option<&SmolStr> {
        self.place.as_ref()
    }

    /// Whom a phrase stands for, in its sentence and after all that was said before.
    pub fn resolve(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        span_of: &dyn Fn(Tok, Tok) -> Span,
        quoted: bool,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let syntax = reader.syntax;
        let lemma = syntax.lemma(tok).to_ascii_lowercase_smolstr();
        let form = syntax.form(tok).to_ascii_lowercase_smolstr();
        let stands_for = |mut entity: Entity, span: Span| {
            entity.first = tok;
            entity.last = tok;
            entity.head = tok;
            entity.via = Via::Pronoun;
            entity.antecedent = Some(span);
            entity
        };
        // "those affected in Ruritania" stands for nobody named before.
        let is_described = form == "those" && syntax.kids(tok).iter().any(|&kid| syntax.rel(kid) == Deprel::Acl);
        if syntax.token(tok).upos == Upos::Pron && !is_described
            || is_reciprocal(syntax, tok)
            || matches!(form.as_str(), "its" | "their" | "his" | "her" | "our" | "my" | "both" | "each")
        {
            return match form.as_str() {
                "we" | "our" | "us" | "i" | "my" | "me" | "ours" | "ourselves" | "myself" => {
                    let several = form.starts_with(['w', 'o', 'u']);
                    self.voice(quoted, several, speaker, span_of)
                        .into_iter()
                        .map(|(entity, antecedent)| Entity { antecedent, ..stands_for(entity, Span::default()) })
                        .collect()
                }
                "whose" => match relative_noun(syntax, tok) {
                    Some(noun) => self
                        .resolve(reader, noun, span_of, quoted, speaker)
                        .into_iter()
                        .map(|e| {
                            let span = e.antecedent.unwrap_or_else(|| span_of(e.first, e.last));
                            stands_for(e, span)
                        })
                        .collect(),
                    None => Vec::new(),
                },
                _ if is_reciprocal(syntax, tok) => {
                    self.sides(reader, tok, span_of).into_iter().map(|(e, s)| stands_for(e, s)).collect()
                }
                "you" | "your" | "this" | "that" | "what" | "which" | "who" | "whom" | "there" | "one" | "all"
                | "some" | "another" => Vec::new(),
                "both" | "each" | "themselves" => {
                    self.sides(reader, tok, span_of).into_iter().map(|(e, s)| stands_for(e, s)).collect()
                }
                "they" | "their" | "theirs" => {
                    let mut all = self.several(reader, tok, span_of);
                    if all.is_empty() {
                        all.extend(self.antecedent(reader, tok, &form, span_of));
                    }
                    all.into_iter().map(|(e, s)| stands_for(e, s)).collect()
                }
                _ => self.antecedent(reader, tok, &form, span_of).into_iter().map(|(e, s)| stands_for(e, s)).collect(),
            };
        }
        let entity = reader.entity(tok);
        // "The Ministers commended Ruritania", in a joint statement: who signs it.
        if !quoted && !self.signatories.is_empty() && is_all_heads(syntax, tok, &entity) {
            let stand = |(one, span): &(Entity, Span)| Entity { first: entity.first, ..stands_for(one.clone(), *span) };
            return self.signatories.iter().map(stand).collect();
        }
        // A person named before, not the city of that name.
        if entity.sort == Sort::Place
            && entity.first == entity.last
            && let Some(known) = self.person(syntax.form(tok))
        {
            return vec![known.as_at(tok, &entity)];
        }
        // "Kim", after "leader Kim Jong-un", is nobody else of that name.
        if let Some(mention) = reader.mentions.at(tok)
            && matches!(mention.meaning, Meaning::Holder(..))
            && mention.first == mention.last
            && entity.first == entity.last
            && let Some(known) = self.person(syntax.form(tok))
            && known.entity.code.is_some()
            && known.entity.code != entity.code
            && known.entity.sort == Sort::Person
        {
            return vec![known.as_at(tok, &entity)];
        }
        // "the North", where Korea is spoken of.
        if syntax.form(tok).starts_with(char::is_uppercase)
            && syntax.kids(tok).iter().any(|&kid| syntax.lemma(kid).eq_ignore_ascii_case("the"))
            && reader.mentions.at(tok).is_none()
            && let Some(half) = self.half(reader, tok, span_of)
        {
            return vec![Entity { first: entity.first, last: entity.last, ..stands_for(half.0, half.1) }];
        }
        if let Some(mention) = reader.mentions.at(tok).filter(|mention| reader.is_ambiguous(mention)) {
            // "the Secretary General", after NATO's.
            if let Some(known) = self.titled(reader, &entity) {
                return vec![known.as_at(tok, &entity)];
            }
            // "the Foreign Office", in a report from Islamabad.
            if let Meaning::Actor(number, _) = mention.meaning
                && let Some(place) = self.place.as_ref().filter(|place| entity.code.as_ref() != Some(place))
                && has_its_own(reader.lexicon, place, number, &reader.words(mention.first, mention.last))
            {
                return vec![Entity { code: Some(place.clone()), name: None, via: Via::Context, ..entity }];
            }
        }
        if entity.code.is_some() {
            // "the leaders of Ruritania and Freedonia", "Ruritanian and Freedonian envoys"
            let is_people = matches!(entity.sort, Sort::Role | Sort::Group | Sort::Person);
            // "American and British aircraft"
            let is_of_several = entity.sort == Sort::Thing && (entity.plural || &*lemma == "aircraft");
            // "banned meat from Ruritania, Freedonia and Sylvania"
            let is_from = |kid: Tok| entity.sort == Sort::Thing && syntax.case(kid) == Some("from");
            let comes_from = syntax.kids_by(tok, Deprel::Nmod).any(is_from);
            if entity.plural && is_people || is_of_several || comes_from {
                let mut all = vec![entity.clone()];
                for &kid in syntax.kids(tok) {
                    let is_phrase = matches!(syntax.rel(kid), Deprel::Nmod | Deprel::NmodPoss);
                    if !(is_phrase && (is_people || is_from(kid))
                        || matches!(syntax.rel(kid), Deprel::Amod | Deprel::Compound))
                    {
                        continue;
                    }
                    // "of the United States of America and Freedonia": the second may hang on any word of the first.
                    let (first, last) = reader.mentions.at(kid).map_or((kid, kid), |m| (m.first, m.last));
                    let mut conjuncts: Vec<Tok> = (first..=last).collect();
                    syntax.with_conjuncts(&mut conjuncts);
                    for conjunct in conjuncts.into_iter().filter(|&word| !(first..=last).contains(&word)) {
                        let other = reader.entity(conjunct);
                        if other.code.is_some()
                            && reader.mentions.at(conjunct).is_some()
                            && !all.iter().any(|e| e.code == other.code)
                        {
                            all.push(Entity {
                                code: other.code,
                                name: other.name,
                                first: other.first,
                                last: other.last,
                                ..entity.clone()
                            });
                        }
                    }
                }
                return all;
            }
            let mut all = vec![entity];
            all.extend(self.joined_owner(reader, &all[0]));
            return all;
        }
        // "our government", "its army", "the leaders of both countries": whose it is, the owner says.
        let owner = syntax.kids(tok).iter().copied().find(|&kid| match syntax.rel(kid) {
            Deprel::NmodPoss => {
                syntax.token(kid).upos == Upos::Pron
                    || self.is_pair(syntax, kid)
                    || is_reciprocal(syntax, kid)
                    || described(syntax.lemma(kid))
            }
            Deprel::Nmod => {
                matches!(syntax.case(kid), Some("of" | "from"))
                    && (self.is_pair(syntax, kid)
                        || is_reciprocal(syntax, kid)
                        || !self.counted(syntax, kid).is_empty())
            }
            _ => false,
        });
        // The tree may hang "whose" on the verb.
        let whose = || entity.first.checked_sub(1).filter(|&before| syntax.lemma(before).eq_ignore_ascii_case("whose"));
        let owner = owner.or_else(whose);
        if let Some(owner) = owner
            && matches!(entity.sort, Sort::Role | Sort::Group | Sort::Other)
            && (entity.sort != Sort::Other || described(&lemma))
        {
            let owners = self.resolve(reader, owner, span_of, quoted, speaker);
            // "its neighbour", "its NATO ally": the other one of the pair, or one whom the words fit.
            if reader.is_of_another(tok) && !self.is_pair(syntax, tok) {
                let is_one = !matches!(syntax.token(tok).xpos, Xpos::Nns | Xpos::Nnps);
                let is_owner = |code: &SmolStr| owners.iter().any(|owner| owner.code.as_ref() == Some(code));
                let is_known =
                    owners.iter().any(|o| o.code.as_ref().is_some_and(|c| reader.lexicon.borders.contains_key(c)));
                if is_one && is_known && is_neighbour(&lemma) {
                    let found = self.neighbour(reader, tok, &owners, span_of);
                    let stands =
                        |(other, span)| Entity { first: entity.first, last: entity.last, ..stands_for(other, span) };
                    return vec![found.map_or_else(|| entity.clone(), stands)];
                }
                let other = is_one.then(|| self.other_side(&owners)).flatten();
                let other = match is_one.then(|| fits(reader, tok)).flatten() {
                    Some(Fits::These(codes)) => {
                        other.filter(|(other, _)| other.code.as_ref().is_some_and(|code| codes.contains(code))).or_else(
                            || self.fitting(reader, tok, span_of, &|code| codes.contains(code) && !is_owner(code)),
                        )
                    }
                    _ => other,
                };
                return match other {
                    Some((other, span)) => {
                        vec![Entity { first: entity.first, last: entity.last, ..stands_for(other, span) }]
                    }
                    None => vec![entity],
                };
            }
            if !owners.is_empty() && owners.iter().all(|o| o.code.is_some()) && !reader.is_of_another(tok) {
                return owners
                    .into_iter()
                    .map(|o| Entity {
                        code: o.code,
                        name: o.name,
                        via: Via::Pronoun,
                        antecedent: o.antecedent,
                        sectors: if entity.sectors.is_empty() { o.sectors } else { entity.sectors.clone() },
                        ..entity.clone()
                    })
                    .collect();
            }
        }
        let counted = self.counted(syntax, tok);
        if !counted.is_empty() {
            let at = |(e, s): (Entity, Span)| Entity { first: entity.first, last: entity.last, ..stands_for(e, s) };
            return counted.into_iter().map(at).collect();
        }
        if self.is_pair(syntax, tok) {
            let sides = self.sides(reader, tok, span_of);
            if sides.len() == 2 {
                return sides
                    .into_iter()
                    .map(|(side, span)| Entity { first: entity.first, last: entity.last, ..stands_for(side, span) })
                    .collect();
            }
        }
        let definite = syntax.kids(tok).iter().any(|&k| {
            matches!(syntax.rel(k), Deprel::Det)
                && matches!(syntax.lemma(k).to_ascii_lowercase().as_str(), "the" | "this" | "that")
        });
        if let Some(own) = self.of_organisation(reader, tok, &entity, &lemma, definite) {
            return vec![own];
        }
        let described_as = if definite && !entity.plural { fits(reader, tok) } else { None };
        if let Some(Fits::These(codes)) = &described_as
            && let Some((found, span)) = self.fitting(reader, tok, span_of, &|code| codes.contains(code))
        {
            return vec![Entity { first: entity.first, last: entity.last, ..stands_for(found, span) }];
        }
        let is_plain = || syntax.kids_by(tok, Deprel::Amod).next().is_none() || described_as == Some(Fits::Any);
        if described(&lemma) && definite && !entity.plural && is_plain() {
            let wanted = |e: &Entity| match lemma.as_str() {
                "country" | "nation" | "state" | "kingdom" | "republic" => {
                    e.sort == Sort::State || e.is_state_voice() && e.code.is_some()
                }
                "government" | "administration" | "regime" | "side" => {
                    e.code.is_some() && (e.is_state_voice() || e.sort == Sort::Body)
                }
                _ => e.sort == Sort::Body,
            };
            if let Some((found, span)) = self.latest(reader, tok, span_of, &wanted, Waiting::may_name_known) {
                let mut found = stands_for(found, span);
                found.first = entity.first;
                found.last = entity.last;
                if lemma != "country" {
                    found.office = entity.office.or(found.office);
                }
                return vec![found];
            }
        }
        // "the rebels", "the London-based group": those named before.
        if definite && !syntax.kids(tok).iter().any(|&kid| reader.mentions.at(kid).is_some()) {
            let sectors = sectors_of(&lemma);
            let is_one = |e: &Entity| {
                let is_body = matches!(e.sort, Sort::Body) && e.code.is_some();
                is_body && e.sectors.iter().any(|sector| sectors.contains(&sector.as_str()))
            };
            let found = (!sectors.is_empty())
                .then(|| self.latest(reader, tok, span_of, &is_one, Waiting::may_name_known))
                .flatten();
            if let Some((found, span)) = found {
                let found = stands_for(found, span);
                return vec![Entity { first: entity.first, last: entity.last, plural: entity.plural, ..found }];
            }
        }
        // "the Council", after the Arctic Council.
        if definite
            && entity.code.is_none()
            && !matches!(entity.sort, Sort::Person)
            && syntax.form(tok).starts_with(char::is_uppercase)
            && syntax.kids(tok).iter().all(|&k| {
                matches!(syntax.rel(k), Deprel::Det | Deprel::Case | Deprel::Punct | Deprel::Conj | Deprel::Cc)
            })
            && let Some(known) = self.body(syntax.form(tok))
        {
            let mut found = stands_for(known.entity.clone(), known.span);
            found.first = entity.first;
            found.last = entity.last;
            return vec![found];
        }
        // "the ministry", "the president": the one that was named before.
        if entity.sort == Sort::Role && definite {
            if let Some(known) = self.titled(reader, &entity) {
                return vec![known.as_at(tok, &entity)];
            }
            if entity.code.is_none()
                && !entity.plural
                && let Some(home) = self.home.as_ref().filter(|_| !quoted)
                && self.is_minister_of(reader, tok, home)
            {
                return vec![Entity { code: Some(home.clone()), via: Via::Context, ..entity }];
            }
            let same = |e: &Entity| {
                e.code.is_some()
                    && (e.level.is_some() && e.level == entity.level
                        || e.office.is_some() && e.office == entity.office
                        || entity
                            .office
                            .as_ref()
                            .is_some_and(|o| e.office.as_ref().is_some_and(|p| p.ends_with(o.as_str()))))
            };
            if let Some((found, span)) = self.latest(reader, tok, span_of, &same, Waiting::may_name_known) {
                let mut found = stands_for(found, span);
                found.first = entity.first;
                found.last = entity.last;
                return vec![found];
            }
            // Of no state by its own words: of the one last spoken of.
            let of_state = entity.code.is_none()
                && !entity.plural
                && entity.office.is_some()
                && (entity.level.is_some() || is_of_state(&lemma))
                && entity.sectors.iter().any(|s| matches!(s.as_str(), "GOV" | "MIL"));
            let asked = (0..tok).any(|at| is_asked(syntax, at));
            let state = |e: &Entity| e.code.is_some() && (e.is_state_voice() || e.sort == Sort::Group);
            if of_state
                && !asked
                && let Some((found, _)) = self.latest(reader, tok, span_of, &state, Waiting::may_name_known)
            {
                return vec![Entity { code: found.code, via: Via::Context, ..entity }];
            }
        }
        // A release speaks of its own officials by their titles alone: "the Under Secretary".
        if matches!(entity.sort, Sort::Role | Sort::Person)
            && entity.code.is_none()
            && !entity.plural
            && let Some(home) = &self.home
            && (self.publisher.is_some() && self.is_title_of(reader, tok, home)
                || entity.sort == Sort::Person && self.is_minister_of(reader, tok, home))
        {
            return vec![Entity { code: Some(home.clone()), via: Via::Context, ..entity }];
        }
        // "Finance Minister Banda" in an organisation's release on one state.
        let is_ranked =
            || entity.level.as_deref().is_some_and(|level| level.starts_with("head-of") || level.ends_with("minister"));
        let is_of_land =
            |_: &&SmolStr| entity.code.is_none() && matches!(entity.sort, Sort::Role | Sort::Person) && is_ranked();
        if let Some(state) = self.about.as_ref().filter(is_of_land) {
            return vec![Entity { code: Some(state.clone()), via: Via::Context, ..entity }];
        }
        // A surname, after the full name.
        if matches!(entity.sort, Sort::Name | Sort::Person)
            && let Some(name) = &entity.name
            && let Some(known) = self.person(name).filter(|known| known.entity.code.is_some())
        {
            return vec![known.as_at(tok, &entity)];
        }
        vec![entity]
    }

    /// Whose word something is, and where they are named: of the statement's signatories, where several may speak, of the
    /// speaker of a quotation, else of the article's publisher.
    pub(crate) fn voice(
        &self,
        quoted: bool,
        several: bool,
        speaker: Option<&Entity>,
        span_of: &dyn Fn(Tok, Tok) -> Span,
    ) -> Vec<(Entity, Option<Span>)> {
        if !quoted && several && !self.signatories.is_empty() {
            return self.signatories.iter().map(|(entity, span)| (entity.clone(), Some(*span))).collect();
        }
        let speaker = speaker.filter(|_| quoted || self.publisher.is_none()).cloned().map(|s| {
            let span = span_of(s.first, s.last);
            (s, Some(span))
        });
        let speaker = speaker
            .or_else(|| if quoted { self.last_speaker() } else { None }.map(|(s, span)| (s, Some(span))))
            .or_else(|| self.publisher.clone());
        let named = |(entity, span): (Entity, Option<Span>)| {
            let span = span.or(entity.antecedent);
            (entity, span)
        };
        speaker.map(named).into_iter().collect()
    }
}

/// Nouns for what every state has one of.
fn is_of_state(lemma: &str) -> bool {
    matches!(lemma, "government" | "ministry" | "army" | "navy" | "military" | "parliament" | "cabinet")
}

/// Tells whether a phrase stands for all who speak in a statement: "the Ministers", "the leaders".
fn is_all_heads(syntax: &Syntax<'_>, tok: Tok, entity: &Entity) -> bool {
    let is_head = matches!(
        syntax.lemma(tok).to_ascii_lowercase_smolstr().as_str(),
        "minister" | "leader" | "president" | "participant" | "head" | "principal"
    );
    let is_the = |kid: Tok| syntax.rel(kid) == Deprel::Det && syntax.lemma(kid).eq_ignore_ascii_case("the");
    let is_plain = |&kid: &Tok| is_the(kid) || matches!(syntax.rel(kid), Deprel::Case | Deprel::Punct);
    let kids = syntax.kids(tok);
    is_head
        && entity.plural
        && entity.code.is_none()
        && kids.iter().any(|&kid| is_the(kid))
        && kids.iter().all(is_plain)
}

/// Tells whether a phrase is told what it must do, and so hardly speaks: "Iceland should apologise, the minister said".
fn is_asked(syntax: &Syntax<'_>, tok: Tok) -> bool {
    matches!(syntax.rel(tok), Deprel::Nsubj | Deprel::NsubjPass)
        && syntax.head(tok).is_some_and(|verb| {
            syntax.kids_by(verb, Deprel::Aux).any(|aux| matches!(syntax.lemma(aux), "must" | "should" | "ought"))
        })
}

/// The verb of the clause that a word stands in.
fn clause_of(syntax: &Syntax<'_>, tok: Tok) -> Option<Tok> {
    let mut at = tok;
    while let Some(head) = syntax.head(at) {
        if syntax.is_verbal(head) {
            return Some(head);
        }
        at = head;
    }
    None
}

/// The noun that a relative pronoun's clause hangs on.
fn relative_noun(syntax: &Syntax<'_>, pronoun: Tok) -> Option<Tok> {
    let mut at = pronoun;
    while let Some(head) = syntax.head(at) {
        if syntax.rel(at) == Deprel::AclRelcl {
            return Some(head);
        }
        at = head;
    }
    // The tree may hang the clause elsewhere: then it is the noun right before.
    (0..pronoun).rev().find(|&tok| syntax.token(tok).upos != Upos::Punct).filter(|&tok| syntax.is_nominal(tok))
}

/// Tells whether a state has a body of a name that several bear, too: a ministry, as all have, or one that the lexicon knows ("the Congress").
fn has_its_own(lexicon: &Lexicon, state: &str, body: u32, name: &str) -> bool {
    let body = &lexicon.actors[body as usize];
    let is_like_it = |other: &detente_lexicon::Actor| {
        other.code == state && other.kind == body.kind && other.names.iter().any(|(own, _)| own.contains(name))
    };
    match body.kind {
        ActorKind::Agency if body.sectors.iter().any(|sector| sector == "GOV") => true,
        ActorKind::Agency | ActorKind::Party => lexicon.actors.iter().any(is_like_it),
        _ => false,
    }
}
