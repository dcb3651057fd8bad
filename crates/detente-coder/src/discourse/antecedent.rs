//! The name that a pronoun, or a description, stands for.

use detente_grammar::{Deprel, Upos, Xpos};
use smol_str::SmolStr;

use super::{Discourse, clause_of};
use crate::{
    act::Span,
    entity::{Entity, Reader, Sort},
    frame::surface_subjects,
    named::Named,
    syntax::{Syntax, Tok},
    waiting::Waiting,
};

impl Discourse {
    /// The name that a third-person pronoun stands for.
    pub(super) fn antecedent(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        form: &str,
        span_of: &dyn Fn(Tok, Tok) -> Span,
    ) -> Option<(Entity, Span)> {
        // What the subject of the clause does to "them" it does to others.
        let subjects: Vec<Option<SmolStr>> = match clause_of(reader.syntax, tok) {
            Some(verb) if !matches!(reader.syntax.rel(tok), Deprel::Nsubj | Deprel::NsubjPass) => {
                surface_subjects(reader.syntax, verb, 0)
                    .into_iter()
                    .filter(|&subject| subject < tok)
                    .flat_map(|subject| self.resolve(reader, subject, span_of, false, None))
                    .map(|e| e.code)
                    .filter(Option::is_some)
                    .collect()
            }
            _ => Vec::new(),
        };
        let wanted: &dyn Fn(&Entity) -> bool = match form {
            "he" | "his" | "him" | "she" | "her" | "himself" | "herself" | "hers" => &|e| {
                (matches!(e.sort, Sort::Person | Sort::Role) && !reader.is_body(e) || e.sort == Sort::Name) && !e.plural
            },
            "them" if !subjects.is_empty() => &|e| {
                let body = matches!(e.sort, Sort::Body | Sort::Group | Sort::State | Sort::Role);
                !subjects.contains(&e.code) && (e.plural || body)
            },
            "it" if !subjects.is_empty() => &|e| {
                let body = matches!(e.sort, Sort::State | Sort::Body | Sort::Role);
                !subjects.contains(&e.code) && body && !e.plural
            },
            "they" | "their" | "them" | "theirs" => {
                &|e| e.plural || matches!(e.sort, Sort::Body | Sort::Group | Sort::State | Sort::Role)
            }
            "it" | "its" | "itself" => &|e| matches!(e.sort, Sort::State | Sort::Body | Sort::Role) && !e.plural,
            _ => return None,
        };
        // "resumed the talks after Chad had suspended them": what is suspended is a thing.
        if is_thing(reader, tok) {
            return None;
        }
        // "warned the envoy that Ruritania would expel him": what is told is told to whom it is about.
        let is_person = matches!(form, "he" | "him" | "she" | "her");
        if let Some(told) = told(reader.syntax, tok).filter(|_| is_person) {
            let entity = reader.entity(told);
            if wanted(&entity) && entity.is_actor() {
                let span = span_of(entity.first, entity.last);
                return Some((entity, span));
            }
        }
        // "thanked the Chadians for their help": theirs who are thanked.
        if let Some(judged) = judged(reader.syntax, tok) {
            let entity = reader.entity(judged);
            if entity.is_actor() && (entity.code.is_some() || is_person) && entity.sort != Sort::Place {
                let span = span_of(entity.first, entity.last);
                return Some((entity, span));
            }
        }
        let may_name = match form {
            "it" | "its" | "itself" => Waiting::may_name_known,
            form if form.starts_with('t') => |_: &Waiting| true,
            _ => Waiting::may_name_person,
        };
        self.latest(reader, tok, span_of, wanted, may_name)
    }

    /// The latest phrase before a token that fits; subjects first.
    pub(super) fn latest(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        span_of: &dyn Fn(Tok, Tok) -> Span,
        wanted: &dyn Fn(&Entity) -> bool,
        may_name: fn(&Waiting) -> bool,
    ) -> Option<(Entity, Span)> {
        let syntax = reader.syntax;
        let possessive = syntax.rel(tok) == Deprel::NmodPoss;
        let several = matches!(syntax.lemma(tok), "they" | "them");
        // The clause's own subject cannot be its object pronoun.
        let own_subjects = clause_of(syntax, tok).map_or_else(Vec::new, |verb| surface_subjects(syntax, verb, 0));
        let mut best: Option<(i32, Entity)> = None;
        for at in 0..tok {
            let rel = syntax.rel(at);
            let place = match rel {
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => 6,
                Deprel::Obj | Deprel::Obl | Deprel::OblAgent | Deprel::Iobj => 3,
                Deprel::NmodPoss => 4,
                Deprel::Nmod | Deprel::Conj | Deprel::Appos | Deprel::Root | Deprel::Amod | Deprel::Compound => 1,
                _ => continue,
            };
            if !(syntax.is_nominal(at) || reader.mentions.at(at).is_some())
                || crate::when::is_time_word(syntax.lemma(at))
                || syntax.token(at).upos == Upos::Pron
                || syntax.is_under(tok, at) && !possessive
            {
                continue;
            }
            let entity = reader.entity(at);
            // Citizens may march against their own government.
            let own =
                own_subjects.contains(&at) && (entity.sort != Sort::Group || syntax.token(tok).upos == Upos::Pron);
            if !possessive && own && syntax.rel(tok) != Deprel::Nsubj {
                continue;
            }
            // "a Ruritanian ship entered its waters": nobody enters his own.
            if possessive && own && is_entered(syntax, tok) {
                continue;
            }
            let entity = entity.before_noun(rel);
            if !wanted(&entity) || !(entity.is_actor()) || entity.sort == Sort::Place {
                continue;
            }
            let score = place
                + i32::from(entity.code.is_some()) * 4
                + i32::from(possessive && own_subjects.contains(&at)) * 4
                + i32::from(several && entity.plural) * 4;
            if best.as_ref().is_none_or(|(b, _)| score >= *b) {
                best = Some((score, entity));
            }
        }
        if let Some((_, entity)) = best {
            let span = span_of(entity.first, entity.last);
            return Some((entity, span));
        }
        // "Chad ended its aid to the country": another than Chad.
        let acting = if possessive || own_subjects.contains(&tok) { &[][..] } else { &own_subjects[..] };
        let own: Vec<SmolStr> = acting.iter().filter_map(|&at| reader.entity(at).code).collect();
        let is_other = |entity: &Entity| entity.code.as_ref().is_none_or(|code| !own.contains(code));
        let near = self.sentence.saturating_sub(3);
        let fits = |n: &&Named| n.sentence >= near && wanted(&n.entity) && is_other(&n.entity);
        let last_sentence = self.past().iter().rev().find(fits).map(|n| n.sentence);
        self.ask(last_sentence.map_or(near, |last| near.max(last + 1)), may_name);
        let last_sentence = last_sentence?;
        self.past()
            .iter()
            .filter(fits)
            .filter(|n| n.sentence == last_sentence)
            .max_by_key(|n| (several && n.entity.plural, n.subject, n.entity.code.is_some(), n.main))
            .map(|n| (n.entity.clone(), n.span))
    }
}

/// Tells whether a pronoun stands for talks, an agreement or the like that is named before it, and not for somebody.
pub(crate) fn is_thing(reader: Reader<'_, '_>, pronoun: Tok) -> bool {
    const HALTED: [&str; 4] = ["talks_halted", "agreement_halted", "aid_halted", "sanctions"];
    let syntax = reader.syntax;
    let plural = match syntax.form(pronoun) {
        "it" => false,
        "them" => true,
        _ => return false,
    };
    let is_of = |tok: Tok, sets: &[&str]| {
        let known = reader.lexicon.words.sets_of.get(syntax.lemma(tok));
        known.is_some_and(|known| known.iter().any(|set| sets.contains(&set.as_str())))
    };
    let is_dealt_with = syntax.rel(pronoun) == Deprel::Obj
        && syntax.head(pronoun).is_some_and(|verb| is_of(verb, &["suspend", "resume", "sign"]));
    let is_halted = |tok| is_of(tok, &HALTED) && plural == matches!(syntax.token(tok).xpos, Xpos::Nns | Xpos::Nnps);
    is_dealt_with && (0..pronoun).any(is_halted)
}

/// Tells whether whose a thing is suffers that it is entered: "violated its airspace".
fn is_entered(syntax: &Syntax<'_>, owner: Tok) -> bool {
    let thing = syntax.head(owner);
    let verb = thing.and_then(|thing| syntax.head(thing));
    thing.is_some_and(|thing| matches!(syntax.lemma(thing), "water" | "waters" | "airspace" | "territory" | "soil"))
        && verb.is_some_and(|verb| {
            matches!(syntax.lemma(verb), "enter" | "violate" | "breach" | "penetrate" | "invade" | "infringe")
        })
}

/// Who is told, asked or warned by the verb above that something is done to a pronoun: "warned the envoy that Ruritania would expel him".
fn told(syntax: &Syntax<'_>, pronoun: Tok) -> Option<Tok> {
    let rel = syntax.rel(pronoun);
    let own = clause_of(syntax, pronoun)?;
    // "if he kept meeting rebels", under what somebody else will do.
    let above = syntax.head(own).filter(|_| rel == Deprel::Nsubj && syntax.rel(own) == Deprel::Advcl);
    let clause = match above {
        Some(above) => Some(above).filter(|&above| {
            syntax.kid(above, Deprel::Nsubj).is_some_and(|subject| syntax.token(subject).upos != Upos::Pron)
        }),
        None => Some(own).filter(|_| matches!(rel, Deprel::Obj | Deprel::NsubjPass)),
    };
    let clause = clause.filter(|&clause| syntax.rel(clause) == Deprel::Ccomp)?;
    let verb = syntax.head(clause)?;
    let mut told =
        syntax.kids(verb).iter().copied().filter(|&kid| matches!(syntax.rel(kid), Deprel::Obj | Deprel::Iobj));
    told.find(|&kid| kid < clause && syntax.token(kid).upos != Upos::Pron)
}

/// Who is thanked, praised or blamed for what is "its" or "their": "thanked Ruritania for its help".
fn judged(syntax: &Syntax<'_>, owner: Tok) -> Option<Tok> {
    let thing = syntax.head(owner).filter(|_| syntax.rel(owner) == Deprel::NmodPoss)?;
    let verb = syntax.head(thing).filter(|&verb| syntax.is_verbal(verb) && syntax.case(thing) == Some("for"))?;
    let judges = matches!(
        syntax.lemma(verb),
        "thank"
            | "praise"
            | "commend"
            | "congratulate"
            | "applaud"
            | "hail"
            | "blame"
            | "criticize"
            | "criticise"
            | "condemn"
            | "denounce"
            | "punish"
            | "rebuke"
            | "slam"
            | "fault"
            | "credit"
    );
    let relation = if syntax.is_passive(verb) { Deprel::NsubjPass } else { Deprel::Obj };
    syntax.kid(verb, relation).filter(|&object| judges && object < owner && syntax.token(object).upos != Upos::Pron)
}
