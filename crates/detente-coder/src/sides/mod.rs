//! Who acts and who is acted upon: the phrases of a sentence resolved, and the sides that a rule's places leave open.

mod acted_upon;
mod acting;
mod causes;

pub(crate) use acted_upon::Sought;

use detente_grammar::{Deprel, Xpos};
use detente_lexicon::Meaning;

use crate::{
    discourse::Discourse,
    entity::{Entity, Sort},
    matching::content_head,
    sentence::SentenceCoder,
    syntax::Tok,
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
            let named = self.examples_of(head);
            if !named.is_empty() {
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
    fn examples_of(&self, head: Tok) -> Vec<Tok> {
        // "Presidents Lund and Sy": each of the names behind the title.
        let plural = matches!(self.syntax.token(head).xpos, Xpos::Nns | Xpos::Nnps);
        if plural && let Some(name) = self.syntax.kids_by(head, Deprel::Appos).find(|&kid| kid == head + 1) {
            let mut names = vec![name];
            self.syntax.with_conjuncts(&mut names);
            if names.len() > 1 && names.iter().all(|&name| self.reader().entity(name).code.is_some()) {
                return names;
            }
        }
        if self.reader().entity(head).code.is_some() {
            return Vec::new();
        }
        let named = self.syntax.kids_by(head, Deprel::Nmod).filter(|&kid| {
            matches!(self.syntax.case_phrase(kid).as_str(), "such as" | "including" | "like" | "notably" | "especially")
                && self.reader().entity(kid).code.is_some()
        });
        named.flat_map(|kid| std::iter::once(kid).chain(self.syntax.kids_by(kid, Deprel::Conj))).collect()
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
        let states = |m: usize| matches!(all[m].meaning, Meaning::Actor(n, detente_lexicon::Form::Name) if matches!(self.context.coder.lexicon.actors[n as usize].kind, detente_lexicon::ActorKind::State | detente_lexicon::ActorKind::Organisation));
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
