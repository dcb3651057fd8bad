//! Pairs: the two for whom "both sides", "the two countries" and "each other" stand.

use std::ops::Range;

use detente_grammar::{Deprel, Upos, Xpos};
use smol_str::{SmolStr, StrExt as _};

use crate::{
    act::Span,
    discourse::Discourse,
    entity::{Entity, Reader, Sort},
    named::Named,
    syntax::{Syntax, Tok},
    waiting::Waiting,
};

/// Two that were named together.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Both, and where they are named.
    pub both: [(Entity, Span); 2],
    /// The sentence that named them.
    pub sentence: u32,
    /// They stand side by side: "Ruritania and Freedonia".
    pub together: bool,
}

impl Pair {
    fn holds(&self, code: &SmolStr) -> bool {
        self.both.iter().any(|(entity, _)| entity.code.as_ref() == Some(code))
    }
}

/// How many sentences later "the countries" may still stand for a pair.
const PAIR_REACH: u32 = 2;
/// The same of "both countries" and "each of them".
const COUNTED_REACH: u32 = 6;

/// Words that stand for two sides named before.
const PAIR_NOUNS: &[&str] = &[
    "side",
    "head",
    "country",
    "nation",
    "state",
    "leader",
    "president",
    "minister",
    "party",
    "government",
    "neighbor",
    "neighbour",
    "ally",
    "counterpart",
    "diplomat",
    "official",
    "capital",
    "power",
    "delegation",
    "army",
    "force",
    "camp",
    "foe",
    "rival",
    "adversary",
    "belligerent",
    "combatant",
    "enemy",
    "republic",
    "kingdom",
    "premier",
    "chancellor",
    "envoy",
    "negotiator",
    "team",
    "man",
    "woman",
];

/// Tells whether a word stands for each of two: "each other", "one another", "each accused the other".
pub fn is_reciprocal(syntax: &Syntax<'_>, tok: Tok) -> bool {
    let form = |tok: Tok| syntax.form(tok).to_ascii_lowercase_smolstr();
    let is_each =
        |tok: Tok| form(tok) == "each" && matches!(syntax.rel(tok), Deprel::Nsubj | Deprel::Det | Deprel::Advmod);
    let next = || (tok as usize + 1 < syntax.len()).then(|| form(tok + 1));
    let before = || tok.checked_sub(1).map(form);
    match form(tok).as_str() {
        "each" => next().as_deref() == Some("other"),
        "other" => match before().as_deref() {
            Some("each") => true,
            Some("the") => {
                !syntax.kids(tok).iter().any(|&kid| kid > tok && syntax.is_nominal(kid)) && (0..tok).any(is_each)
            }
            _ => false,
        },
        "one" => next().as_deref() == Some("another"),
        "another" => before().as_deref() == Some("one"),
        _ => false,
    }
}

/// Those to whom something is done for what "they" did: "arrested protesters after they blocked a road".
fn undergoing(syntax: &Syntax<'_>, they: Tok) -> Option<Tok> {
    if syntax.rel(they) != Deprel::Nsubj && syntax.rel(they) != Deprel::NsubjPass {
        return None;
    }
    let clause = syntax.head(they).filter(|&clause| syntax.rel(clause) == Deprel::Advcl)?;
    let gives_cause = syntax
        .kids_by(clause, Deprel::Mark)
        .any(|mark| matches!(syntax.lemma(mark), "after" | "because" | "for" | "when" | "as" | "once"));
    let verb = syntax.head(clause).filter(|&verb| gives_cause && verb < they)?;
    if matches!(syntax.lemma(verb), "meet" | "visit" | "leave" | "join" | "reach" | "see" | "receive" | "have") {
        return None;
    }
    let relation = if syntax.is_passive(verb) { Deprel::NsubjPass } else { Deprel::Obj };
    syntax.kid(verb, relation).filter(|&object| object < they && syntax.token(object).upos != Upos::Pron)
}

/// Tells whether someone is an organisation of states.
pub(crate) fn is_organisation(entity: &Entity) -> bool {
    entity.sectors.iter().any(|sector| sector == "IGO")
}

/// Tells whether a phrase only says where something is: "talks in Oman".
pub(crate) fn is_venue(syntax: &Syntax<'_>, tok: Tok) -> bool {
    matches!(syntax.case(tok), Some("in" | "at" | "near" | "inside" | "outside"))
}

/// Tells whether one word is in the subject of a verb that another one stands under.
fn acts_above(syntax: &Syntax<'_>, under: Tok, name: Tok) -> bool {
    let before_noun = |&at: &Tok| {
        matches!(
            syntax.rel(at),
            Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Flat
        )
    };
    let up = std::iter::successors(Some(name), |at| Some(*at).filter(before_noun).and_then(|at| syntax.head(at)));
    let subject = up.last().unwrap_or(name);
    matches!(syntax.rel(subject), Deprel::Nsubj | Deprel::NsubjPass)
        && syntax.head(subject).is_some_and(|verb| syntax.is_under(under, verb))
}

/// Tells whether a word stands in a relative clause that says what another leads or speaks for: "Lee, who chairs the Union".
fn is_said_of(syntax: &Syntax<'_>, word: Tok, other: Tok) -> bool {
    let relates = |&clause: &Tok| {
        let says_who = matches!(syntax.lemma(clause), "chair" | "head" | "lead" | "represent" | "preside");
        says_who && syntax.rel(clause) == Deprel::AclRelcl && syntax.is_under(word, clause)
    };
    syntax.kids(other).iter().any(relates)
}

/// The only two states among some phrases that are joined by "and", and by no third.
fn only_joined<'e>(syntax: &Syntax<'_>, entities: &'e [(Tok, Entity)]) -> Option<(&'e Entity, &'e Entity)> {
    let states = || entities.iter().filter(|(_, entity)| entity.is_state_voice() && entity.code.is_some());
    let mut joined: Vec<(Tok, &Entity, &Entity)> = Vec::new();
    for (other, second) in states().filter(|(tok, _)| syntax.rel(*tok) == Deprel::Conj) {
        let first = states().find(|(tok, first)| syntax.head(*other) == Some(*tok) && first.code != second.code);
        joined.extend(first.map(|(_, first)| (*other, first, second)));
    }
    match joined[..] {
        [(other, first, second)] if syntax.kids_by(other, Deprel::Conj).next().is_none() => Some((first, second)),
        _ => None,
    }
}

/// Tells whether both of a pair hold the same office.
fn are_colleagues(pair: &Pair, level: &SmolStr) -> bool {
    pair.both.iter().all(|(entity, _)| entity.level.as_ref() == Some(level))
}

impl Discourse {
    /// The two that were named together last.
    pub(crate) fn pair(&self) -> Option<&Pair> {
        let found = self.known_pair();
        self.ask(found.map_or(0, |pair| pair.sentence + 1), Waiting::may_name_known);
        found
    }

    /// The two that were named together last, where that is not long ago.
    pub(crate) fn spoken_of_pair(&self) -> Option<&Pair> {
        self.pair().filter(|pair| pair.sentence + COUNTED_REACH >= self.sentence)
    }

    /// The two that were named together last in the sentences that were read.
    fn known_pair(&self) -> Option<&Pair> {
        let mut known = self.pairs.iter().rev().filter(|pair| pair.sentence < self.sentence);
        let last = known.next()?;
        // "Chad thanked Kenya and Norway", in an article on Chad and Niger: these two are not the ones it speaks of.
        let [one, other] = self.of_title.as_slice() else { return Some(last) };
        // Nor are "Chad" and "Norway" in "Chad's leader cut short a visit to Norway".
        let is_of_both = last.holds(one) && last.holds(other);
        let is_aside = !last.holds(one) && !last.holds(other) || !last.together && !is_of_both;
        let spoken_of = is_aside.then(|| known.find(|pair| pair.holds(one) && pair.holds(other))).flatten();
        Some(spoken_of.unwrap_or(last))
    }

    /// Tells whether a phrase stands for two sides named before: "both sides", "the two countries".
    pub(crate) fn is_pair(&self, syntax: &Syntax<'_>, tok: Tok) -> bool {
        let lemma = syntax.lemma(tok).to_ascii_lowercase_smolstr();
        let kids = syntax.kids(tok);
        let word = |words: &[&str]| {
            kids.iter().any(|&k| words.contains(&syntax.lemma(k).to_ascii_lowercase_smolstr().as_str()))
        };
        // "the two", "the pair"
        if matches!(lemma.as_str(), "two" | "duo" | "pair") {
            let stands_alone = kids.iter().all(|&kid| match syntax.rel(kid) {
                Deprel::Det | Deprel::Case | Deprel::Punct => true,
                Deprel::Nmod => syntax.case(kid).is_some_and(|case| case != "of"),
                _ => false,
            });
            return word(&["the"]) && stands_alone && syntax.rel(tok) != Deprel::Nummod;
        }
        if !PAIR_NOUNS.contains(&lemma.as_str()) {
            return false;
        }
        if word(&["each"]) {
            return true;
        }
        if word(&["two", "both"]) {
            return true;
        }
        if !matches!(syntax.token(tok).xpos, Xpos::Nns | Xpos::Nnps) {
            return false;
        }
        let bare = !kids.iter().any(|&k| match syntax.rel(k) {
            Deprel::Amod => !matches!(
                syntax.lemma(k),
                "warring"
                    | "opposing"
                    | "rival"
                    | "neighboring"
                    | "neighbouring"
                    | "former"
                    | "feuding"
                    | "bitter"
                    | "old"
            ),
            Deprel::Nummod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss | Deprel::AclRelcl | Deprel::Acl => {
                true
            }
            Deprel::Det => !matches!(syntax.lemma(k).to_ascii_lowercase_smolstr().as_str(), "the" | "these" | "those"),
            _ => false,
        });
        let fresh = || {
            let fresh = self.known_pair().is_some_and(|pair| pair.sentence + PAIR_REACH >= self.sentence);
            if !fresh {
                self.ask(self.sentence.saturating_sub(PAIR_REACH), Waiting::may_name_known);
            }
            fresh
        };
        bare && (matches!(lemma.as_str(), "side" | "party") || word(&["the"]) && fresh())
    }

    /// The three or more for whom "the three countries" stands: as many states as an earlier sentence named.
    pub(crate) fn counted(&self, syntax: &Syntax<'_>, tok: Tok) -> Vec<(Entity, Span)> {
        let count = |at: Tok| match syntax.lemma(at).to_ascii_lowercase_smolstr().as_str() {
            "three" | "trio" | "troika" => Some(3),
            "four" | "quartet" => Some(4),
            "five" => Some(5),
            "six" => Some(6),
            _ => None,
        };
        let is_noun = PAIR_NOUNS.contains(&syntax.lemma(tok).to_ascii_lowercase_smolstr().as_str());
        let many = if is_noun {
            syntax.kids(tok).iter().find_map(|&kid| count(kid))
        } else {
            // "the trio"
            count(tok)
                .filter(|_| syntax.rel(tok) != Deprel::Nummod && syntax.kids_by(tok, Deprel::Nmod).next().is_none())
        };
        let Some(many) = many else { return Vec::new() };
        let points = |&kid: &Tok| {
            let form = syntax.form(kid).to_ascii_lowercase_smolstr();
            matches!(form.as_str(), "the" | "these" | "those" | "all")
        };
        if !syntax.kids(tok).iter().any(points) {
            return Vec::new();
        }
        self.ask(self.sentence.saturating_sub(COUNTED_REACH), Waiting::may_name_known);
        let first = self.sentence.saturating_sub(COUNTED_REACH);
        let in_one = (first..self.sentence).rev().map(|at| self.states_named(at..at + 1, Entity::is_state_voice));
        // "Ruritania freed soldiers of Freedonia. Sylvania welcomed it. The three countries met": all that were named.
        let in_all = || self.states_named(0..self.sentence, Entity::is_actor);
        in_one.chain(std::iter::once_with(in_all)).find(|states| states.len() == many).unwrap_or_default()
    }

    /// The states of those that some sentences name, each once.
    fn states_named(&self, sentences: Range<u32>, counts: fn(&Entity) -> bool) -> Vec<(Entity, Span)> {
        let mut states: Vec<(Entity, Span)> = Vec::new();
        for named in self.past().iter().filter(|n| sentences.contains(&n.sentence) && counts(&n.entity)) {
            let is_new = !states.iter().any(|(known, _)| known.code == named.entity.code);
            if named.entity.code.is_some() && !is_organisation(&named.entity) && is_new {
                states.push((named.entity.clone(), named.span));
            }
        }
        states
    }

    /// The two sides: those that the sentence names, else those last named together.
    pub(crate) fn sides(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        span_of: &dyn Fn(Tok, Tok) -> Span,
    ) -> Vec<(Entity, Span)> {
        let syntax = reader.syntax;
        let mut here: Vec<(Entity, Span)> = Vec::new();
        let of_states = matches!(
            syntax.lemma(tok),
            "country"
                | "nation"
                | "state"
                | "republic"
                | "kingdom"
                | "neighbour"
                | "neighbor"
                | "capital"
                | "government"
        );
        let pair =
            || self.pair().filter(|pair| !(of_states && pair.both.iter().any(|(side, _)| is_organisation(side))));
        let explained = |at: Tok| syntax.kids_by(tok, Deprel::Appos).any(|kid| syntax.is_under(at, kid));
        let between = |at: Tok| {
            let head = if syntax.rel(at) == Deprel::Conj { syntax.head(at).unwrap_or(at) } else { at };
            syntax.case(head) == Some("between")
        };
        for at in 0..syntax.len() as Tok {
            if reader.mentions.at(at).is_none_or(|m| m.first != at)
                || !(at < tok || explained(at) || between(at))
                || is_venue(syntax, at)
            {
                continue;
            }
            let entity = reader.entity(at).before_noun(syntax.rel(at));
            // "both countries" are no organisations.
            if of_states && is_organisation(&entity) {
                continue;
            }
            if entity.code.is_some() && entity.is_state_voice() && !here.iter().any(|(e, _)| e.code == entity.code) {
                let span = span_of(entity.first, entity.last);
                here.push((entity, span));
            }
        }
        // "the two presidents": those who were named as presidents.
        let level = reader.role_at(tok).and_then(|(role, ..)| reader.lexicon.roles[role as usize].level.as_ref());
        let mut known = self.pairs.iter().rev().filter(|pair| pair.sentence < self.sentence);
        let colleagues = known.find(|pair| level.is_some_and(|level| are_colleagues(pair, level)));
        if let Some(pair) = colleagues.filter(|_| here.len() < 2) {
            return pair.both.to_vec();
        }
        match here.as_slice() {
            [(one, _), (other, _)] => {
                // "Kenya, which shelters Somali refugees, met both sides": who does it to them is none of the two named before.
                let above = |e: &Entity| acts_above(syntax, tok, e.head);
                let outside = match (above(one), above(other)) {
                    (true, false) => Some((one, other)),
                    (false, true) => Some((other, one)),
                    _ => None,
                };
                let holds = |pair: &Pair, e: &Entity| e.code.as_ref().is_some_and(|code| pair.holds(code));
                let told = outside.and_then(|(doer, rest)| {
                    pair().filter(|pair| {
                        let reach = if holds(pair, rest) { PAIR_REACH } else { 1 };
                        pair.sentence + reach >= self.sentence && !holds(pair, doer)
                    })
                });
                return told.map_or(here, |pair| pair.both.to_vec());
            }
            [(one, span)] => {
                if let Some(pair) = pair().filter(|pair| one.code.as_ref().is_some_and(|c| pair.holds(c))) {
                    return pair.both.to_vec();
                }
                // "The European Union called on both sides": on two others.
                let subject = acts_above(syntax, tok, one.head);
                let counted = matches!(syntax.lemma(tok), "each" | "both" | "two" | "pair" | "duo") || {
                    let words = syntax.kids(tok).iter().map(|&kid| syntax.lemma(kid));
                    words.into_iter().any(|word| matches!(word, "two" | "both"))
                };
                let reach = if counted { COUNTED_REACH } else { PAIR_REACH };
                if let Some(pair) = pair().filter(|p| subject && p.sentence + reach >= self.sentence) {
                    return pair.both.to_vec();
                }
                let other = self.past().iter().rev().find(|n| {
                    n.sentence + PAIR_REACH >= self.sentence
                        && n.subject
                        && n.entity.is_state_voice()
                        && n.entity.code.is_some()
                        && n.entity.code != one.code
                });
                if let Some(other) = other {
                    return vec![(other.entity.clone(), other.span), (one.clone(), *span)];
                }
            }
            _ => {}
        }
        if let Some(pair) = pair() {
            return pair.both.to_vec();
        }
        let mut found: Vec<(Entity, Span)> = Vec::new();
        for named in self.past().iter().rev() {
            if named.entity.is_state_voice()
                && !(of_states && is_organisation(&named.entity))
                && named.entity.code.is_some()
                && !found.iter().any(|(e, _)| e.code == named.entity.code)
            {
                found.push((named.entity.clone(), named.span));
                if found.len() == 2 {
                    found.reverse();
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// The several for whom "they" stands: those who act together in the sentence, else in the one before.
    pub(crate) fn several(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        span_of: &dyn Fn(Tok, Tok) -> Span,
    ) -> Vec<(Entity, Span)> {
        let syntax = reader.syntax;
        if let Some(object) = undergoing(syntax, tok) {
            let mut heads = vec![object];
            syntax.with_conjuncts(&mut heads);
            let all = heads.iter().map(|&head| reader.entity(head)).filter(|e| e.is_actor());
            let all: Vec<(Entity, Span)> = all.map(|e| (e.clone(), span_of(e.first, e.last))).collect();
            if heads.len() > 1 || all.iter().all(|(e, _)| e.plural) {
                return all;
            }
        }
        let mut others = false;
        for at in (0..tok).rev() {
            if syntax.is_under(tok, at) || !syntax.is_nominal(at) {
                continue;
            }
            if self.is_pair(syntax, at) {
                return self.sides(reader, at, span_of);
            }
            if matches!(syntax.rel(at), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter) {
                let mut heads = vec![at];
                syntax.with_conjuncts(&mut heads);
                let all: Vec<(Entity, Span)> = heads
                    .iter()
                    .filter(|&&head| head < tok)
                    .map(|&head| reader.entity(head))
                    .filter(|e| e.code.is_some() && e.is_actor())
                    .map(|e| {
                        let span = span_of(e.first, e.last);
                        (e, span)
                    })
                    .collect();
                if all.len() > 1 && all.len() == heads.len() {
                    return all;
                }
            }
            let entity = reader.entity(at);
            others |= entity.plural || entity.code.is_some() && entity.is_actor();
        }
        if others {
            return Vec::new();
        }
        let last = self.past().last().map(|n| n.sentence);
        self.ask(last.map_or(0, |last| last + 1), |_| true);
        let Some(last) = last else { return Vec::new() };
        let mut acting: Vec<&Named> = Vec::new();
        for named in self.past().iter().filter(|n| n.sentence == last && n.subject && n.entity.code.is_some()) {
            if !acting.iter().any(|known| known.entity.code == named.entity.code) {
                acting.push(named);
            }
        }
        if acting.len() > 1 {
            return acting.into_iter().map(|n| (n.entity.clone(), n.span)).collect();
        }
        // "Ruritania urged Freedonia and Sylvania to talk. They refused."
        if acting.iter().all(|one| !one.entity.plural) && !acting.is_empty() {
            let mut addressed: Vec<&Named> = Vec::new();
            let is_other =
                |n: &&Named| n.sentence == last && !n.subject && n.entity.code.is_some() && n.entity.is_state_voice();
            for named in self.past().iter().filter(is_other) {
                if !acting.iter().chain(&addressed).any(|known| known.entity.code == named.entity.code) {
                    addressed.push(named);
                }
            }
            if addressed.len() == 2 {
                return addressed.into_iter().map(|n| (n.entity.clone(), n.span)).collect();
            }
        }
        let people = self.past().iter().any(|n| n.sentence == last && n.entity.plural);
        // "China acted as broker. Their foreign ministers met": those of the two named before.
        let owns_colleagues = syntax.rel(tok) == Deprel::NmodPoss
            && syntax.head(tok).is_some_and(|noun| {
                PAIR_NOUNS.contains(&syntax.lemma(noun)) && matches!(syntax.token(noun).xpos, Xpos::Nns | Xpos::Nnps)
            });
        let reach = if owns_colleagues { PAIR_REACH } else { 0 };
        match self.known_pair() {
            Some(pair) if pair.sentence + reach >= last && !people => pair.both.to_vec(),
            _ => Vec::new(),
        }
    }

    /// The other one whose a thing is by a name joined to the first: "the Turkish-Libyan agreement" is of both.
    pub(crate) fn joined_owner(&self, reader: Reader<'_, '_>, thing: &Entity) -> Option<Entity> {
        let syntax = reader.syntax;
        if reader.mentions.at(thing.head).is_some() || thing.sort == Sort::Person {
            return None;
        }
        syntax.kids(thing.head).iter().find_map(|&kid| {
            let second = reader
                .mentions
                .at(kid)
                .filter(|_| matches!(syntax.rel(kid), Deprel::Amod | Deprel::Compound) && kid < thing.head)?;
            let hyphen = second.first.checked_sub(1).filter(|&tok| matches!(syntax.form(tok), "-" | "–" | "/"))?;
            let first = hyphen.checked_sub(1).filter(|&tok| reader.mentions.at(tok).is_some())?;
            let other = reader.entity(first);
            (other.code.is_some() && other.code != thing.code).then(|| Entity {
                code: other.code,
                name: thing.name.is_some().then_some(other.name).flatten(),
                ..thing.clone()
            })
        })
    }

    /// Keeps the two that a sentence named together; `entities` stand at their words.
    pub(crate) fn remember_pair(&mut self, syntax: &Syntax<'_>, entities: &[(Tok, Entity)]) {
        let mut states: Vec<(Entity, Span)> = Vec::new();
        for (tok, entity) in entities {
            if entity.is_state_voice()
                && entity.code.is_some()
                && !is_venue(syntax, *tok)
                && !states.iter().any(|(e, _)| e.code == entity.code)
                && let Some(named) =
                    self.named.iter().rev().find(|n| n.sentence == self.sentence && n.entity.code == entity.code)
            {
                states.push((named.entity.clone(), named.span));
            }
        }
        // "Lee, who chairs the Union, called them together": who is named to say who another is stands not beside him.
        let describes = |entity: &Entity| {
            let other = |(tok, other): &(Tok, Entity)| {
                other.code != entity.code && other.is_state_voice() && is_said_of(syntax, entity.head, *tok)
            };
            entities.iter().any(other)
        };
        states.retain(|(entity, _)| !describes(entity));
        // "Ruritania and Freedonia closed the road to Sylvania": of three the two that stand together.
        if states.len() > 2
            && let Some((one, other)) = only_joined(syntax, entities)
        {
            states.retain(|(entity, _)| entity.code == one.code || entity.code == other.code);
        }
        if let [a, b] = states.as_slice() {
            let at = self.pairs.partition_point(|pair| pair.sentence <= self.sentence);
            let together = only_joined(syntax, entities).is_some();
            self.pairs.insert(at, Pair { both: [a.clone(), b.clone()], sentence: self.sentence, together });
            return;
        }
        // "The union urged both capitals to talk": they are spoken of still.
        let spoken_of = self.known_pair().filter(|pair| pair.sentence + PAIR_REACH >= self.sentence).cloned();
        if let Some(pair) = spoken_of
            && (0..syntax.len() as Tok).any(|tok| self.is_pair(syntax, tok))
        {
            let at = self.pairs.partition_point(|pair| pair.sentence <= self.sentence);
            self.pairs.insert(at, Pair { sentence: self.sentence, ..pair });
        }
    }
}
