//! Who acts and who is acted upon: the phrases of a sentence resolved, and the sides that a rule's places leave open.

mod acted_upon;
mod acting;
mod causes;
mod implied;

pub(crate) use acted_upon::Sought;
pub(crate) use implied::is_land;

use detente_grammar::{Deprel, Xpos};
use detente_lexicon::{ActorKind, Form, Meaning};

use crate::{
    discourse::Discourse,
    entity::{Entity, Sort},
    matching::content_head,
    sentence::SentenceCoder,
    syntax::Tok,
    when,
};

impl<'s> SentenceCoder<'_, 's> {
    pub(crate) fn resolve_all(&self, heads: &[Tok], discourse: &Discourse, speaker: Option<&Entity>) -> Vec<Entity> {
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        let mut found: Vec<Entity> = Vec::new();
        let mut all: Vec<Tok> = heads.to_vec();
        for &head in heads {
            for member in self.list_of(head) {
                if !all.contains(&member) {
                    all.push(member);
                }
            }
        }
        for &head in heads {
            let named = self.examples_of(head).or_else(|| self.acts_for(head)).or_else(|| self.said_to_be(head));
            if let Some(named) = named {
                all.retain(|&known| known != head);
                all.extend(named);
            }
        }
        all.sort_unstable();
        all.dedup();
        for head in all {
            let inner = content_head(&self.syntax, head);
            for mut entity in discourse.resolve(self.reader(), inner, &span_of, self.is_quoted(inner), speaker) {
                if inner != head {
                    entity.first = entity.first.min(head);
                }
                // "Tajik mortars" are the state's.
                entity = entity.before_noun(self.syntax.rel(inner));
                if !found.iter().any(|known| known.is_same(&entity)) {
                    found.push(entity);
                }
            }
        }
        found
    }

    /// Who is named for several: "allies such as Ruritania", "countries including Freedonia and Sylvania".
    fn examples_of(&self, head: Tok) -> Option<Vec<Tok>> {
        // "Presidents Lund and Sy": each of the names behind the title.
        let plural = matches!(self.syntax.token(head).xpos, Xpos::Nns | Xpos::Nnps);
        if plural && let Some(name) = self.syntax.kids_by(head, Deprel::Appos).find(|&kid| kid == head + 1) {
            let mut names = vec![name];
            self.syntax.with_conjuncts(&mut names);
            if names.len() > 1 && names.iter().all(|&name| self.is_somebody(name)) {
                return Some(names);
            }
        }
        if self.is_somebody(head) {
            return None;
        }
        // "her counterparts in Ruritania and Freedonia"
        let is_of_each = plural && matches!(self.syntax.lemma(head), "counterpart" | "colleague");
        let named = self.syntax.kids_by(head, Deprel::Nmod).filter(|&kid| {
            let names = match self.syntax.case_phrase(kid).as_str() {
                "such as" | "including" | "like" | "notably" | "especially" => true,
                "in" | "from" | "of" => is_of_each,
                _ => false,
            };
            names && self.is_somebody(kid)
        });
        let mut named: Vec<Tok> = named.collect();
        self.syntax.with_conjuncts(&mut named);
        (!named.is_empty()).then_some(named)
    }

    /// For whom somebody acts, by the words behind him: "the minister, on behalf of the European Union", "envoys of the four countries,
    /// Chad, Mali, Niger and Togo", "commanders of the Thai and Cambodian armies".
    fn acts_for(&self, head: Tok) -> Option<Vec<Tok>> {
        let syntax = &self.syntax;
        let under = |tok: Tok, case: &str| {
            let mut kids = syntax.kids_by(tok, Deprel::Nmod).filter(|&kid| kid > tok && syntax.case(kid) == Some(case));
            kids.next()
        };
        let acts = matches!(syntax.rel(head), Deprel::Nsubj | Deprel::OblAgent);
        let errand =
            under(head, "on").filter(|_| acts).filter(|&errand| matches!(syntax.lemma(errand), "behalf" | "mission"));
        let sender =
            errand.and_then(|errand| under(errand, if syntax.lemma(errand) == "behalf" { "of" } else { "for" }));
        if let Some(sender) = sender.filter(|&sender| self.is_somebody(sender)) {
            return Some(vec![sender]);
        }
        let whose = under(head, "of")?;
        let number = syntax.kids_by(whose, Deprel::Nummod).find_map(|kid| when::count(syntax.lemma(kid)));
        if let Some(number) = number.filter(|&number| number > 1) {
            let last = syntax.extent(head).1;
            let first = self.mentions.all.iter().find(|mention| whose < mention.first && mention.last <= last)?.last;
            let mut all = vec![first];
            syntax.with_conjuncts(&mut all);
            all.extend(self.list_of(first));
            all.sort_unstable();
            all.dedup();
            return (all.len() as i64 == number).then_some(all);
        }
        let is_of_several = syntax.kids_by(whose, Deprel::Amod).any(|adjective| {
            self.is_somebody(adjective) && syntax.kids_by(adjective, Deprel::Conj).any(|other| self.is_somebody(other))
        });
        is_of_several.then(|| vec![whose])
    }

    /// Who is said to be one of those of whom a clause tells: "Peru became the third country to recognise it", "Chile is among the states that
    /// banned imports", "Togo joined the countries that left".
    fn said_to_be(&self, head: Tok) -> Option<Vec<Tok>> {
        let syntax = &self.syntax;
        let is_told = syntax.kid(head, Deprel::Acl).or_else(|| syntax.kid(head, Deprel::AclRelcl)).is_some();
        if !is_told
            || !matches!(
                syntax.lemma(head),
                "country" | "state" | "nation" | "government" | "capital" | "member" | "one"
            )
            || self.is_somebody(head)
        {
            return None;
        }
        // "the list of states that", "one of the countries that"
        let of = syntax.rel(head) == Deprel::Nmod && matches!(syntax.case(head), Some("of" | "in"));
        let at = if of { syntax.head(head)? } else { head };
        let verb = syntax.head(at);
        let is_one = syntax.kid(at, Deprel::Cop).is_some();
        let becomes = verb.filter(|&verb| match syntax.rel(at) {
            Deprel::Xcomp | Deprel::Obl => matches!(syntax.lemma(verb), "become" | "rank" | "remain"),
            Deprel::Obj => syntax.lemma(verb) == "join",
            _ => false,
        });
        let said = if is_one { at } else { becomes? };
        if syntax.negation(said).is_some() {
            return None;
        }
        let mut subjects = vec![syntax.kid(said, Deprel::Nsubj)?];
        syntax.with_conjuncts(&mut subjects);
        subjects.iter().all(|&subject| self.is_somebody(subject)).then_some(subjects)
    }

    fn is_somebody(&self, tok: Tok) -> bool {
        self.reader().entity(tok).code.is_some()
    }

    /// The other names of a list that a name stands in: "Canada, Finland, Norway and Sweden". Long lists are often
    /// parsed wrong; their commas are clear.
    pub(crate) fn list_of(&self, head: Tok) -> Vec<Tok> {
        let all = &self.mentions.all;
        let Some(at) = all.iter().position(|m| m.first <= head && head <= m.last) else { return Vec::new() };
        let joined = |a: usize, b: usize| {
            let between = all[a].last + 1..all[b].first;
            !between.is_empty()
                && between.len() < 5
                && between.clone().all(|t| {
                    matches!(self.syntax.form(t).to_ascii_lowercase().as_str(), "," | "and" | "&" | "the" | ";")
                })
                && between.clone().any(|t| self.syntax.form(t) != "the")
        };
        // "Riyadh, Manama and Cairo" as well.
        let states = |m: usize| matches!(all[m].meaning, Meaning::Actor(n, Form::Name | Form::Capital) if matches!(self.context.coder.lexicon.actors[n as usize].kind, ActorKind::State | ActorKind::Organisation));
        if !states(at) {
            return Vec::new();
        }
        // "In Syria and Iraq, Iran supports": where a subject stands, another clause begins.
        let begins_clause = |m: usize| {
            let name = all[m].last;
            let is_subject = matches!(self.syntax.rel(name), Deprel::Nsubj | Deprel::NsubjPass);
            let closes_list = (all[m - 1].last..all[m].first).any(|tok| self.syntax.form(tok) == "and");
            is_subject && !closes_list || self.syntax.begins_main_clause(name)
        };
        let mut first = at;
        while first > 0 && states(first - 1) && joined(first - 1, first) && !begins_clause(first) {
            first -= 1;
        }
        let mut last = at;
        while last + 1 < all.len() && states(last + 1) && joined(last, last + 1) && !begins_clause(last + 1) {
            last += 1;
        }
        if last - first < 2 {
            return Vec::new();
        }
        (first..=last).map(|m| all[m].last).filter(|&t| t != head).collect()
    }

    /// Stretches what is no actor by name over its whole phrase: "the movement of workers in the zone".
    pub(crate) fn spread(&self, entities: &mut [Entity]) {
        for entity in entities
            .iter_mut()
            .filter(|e| matches!(e.sort, Sort::Other | Sort::Thing | Sort::Group) && e.antecedent.is_none())
        {
            let mut stack = vec![entity.head];
            while let Some(at) = stack.pop() {
                entity.first = entity.first.min(at);
                entity.last = entity.last.max(at);
                for &kid in self.syntax.kids(at) {
                    let rel = self.syntax.rel(kid);
                    let inside = matches!(
                        rel,
                        Deprel::Nmod
                            | Deprel::NmodPoss
                            | Deprel::Amod
                            | Deprel::Compound
                            | Deprel::Nummod
                            | Deprel::Flat
                            | Deprel::Case
                            | Deprel::NmodDesc
                            | Deprel::NmodUnmarked
                    ) || (rel == Deprel::Det && at != entity.head);
                    if inside && !(rel == Deprel::Case && at == entity.head) {
                        stack.push(kid);
                    }
                }
            }
        }
    }

    /// Tells whether a phrase is the actor's own: "its territory".
    pub(crate) fn is_own(&self, head: Tok) -> bool {
        self.syntax.kid(head, Deprel::NmodPoss).is_some_and(|p| {
            matches!(
                self.syntax.lemma(p),
                "its" | "their" | "his" | "her" | "our" | "my" | "it" | "they" | "he" | "she" | "we" | "I"
            )
        })
    }
}
