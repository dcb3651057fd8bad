//! Roles, titles and names inside a phrase: "Prime Minister Ann Lee", "envoy".

use detente_grammar::{Deprel, Upos};
use detente_lexicon::{ActorKind, Meaning, RoleKind, UNKNOWN, WordId};
use smol_str::SmolStr;

use crate::{
    entity::{Entity, Reader},
    mention::Mention,
    syntax::Tok,
};

impl Reader<'_, '_> {
    /// Tells whether a role is a body and no person: "the jury", "the government".
    pub(crate) fn is_body(&self, role: &Entity) -> bool {
        let is_of = |office: &SmolStr| {
            self.lexicon.roles.iter().any(|known| known.kind == RoleKind::Body && known.title == *office)
        };
        role.office.as_ref().is_some_and(is_of)
    }

    /// The role noun that a token ends or begins: number, first and last token.
    pub fn role_at(&self, head: Tok) -> Option<(u32, Tok, Tok)> {
        if !matches!(self.syntax.token(head).upos, Upos::Noun | Upos::Propn | Upos::Adj) {
            return None;
        }
        self.mentions.role_at(head, || self.read_role_at(head))
    }

    fn read_role_at(&self, head: Tok) -> Option<(u32, Tok, Tok)> {
        let names = &self.lexicon.role_names;
        let words = self.mentions.roles();
        let end = (head + 4).min(self.syntax.len() as Tok);
        for first in head.saturating_sub(4)..=head {
            let begins = words[first as usize];
            if !begins.is_hyphen && begins.word == UNKNOWN && (first != head || begins.lemma == UNKNOWN) {
                continue;
            }
            let (mut ids, mut toks) = ([UNKNOWN; 8], [0; 8]);
            let mut count = 0;
            let mut head_at = None;
            for (tok, word) in (first..end).zip(&words[first as usize..]).filter(|(_, word)| !word.is_hyphen) {
                if tok == head {
                    head_at = Some(count);
                }
                (ids[count], toks[count]) = (word.word, tok);
                count += 1;
            }
            let longest = |ids: &[WordId]| {
                names.longest(ids.iter().copied()).map(|(length, meanings)| (toks[length - 1], meanings[0]))
            };
            let mut found = longest(&ids[..count]);
            if let Some(at) = head_at {
                // The head in the plural: "foreign ministers".
                ids[at] = words[head as usize].lemma;
                let by_lemma = longest(&ids[..count]);
                if by_lemma.map(|f| f.0) > found.map(|f| f.0) {
                    found = by_lemma;
                }
            }
            if let Some((last, Meaning::Role(role))) = found
                && last >= head
                && (last == head || self.syntax.is_under(last, head))
                && (first == head || self.syntax.head(first).is_some_and(|h| (first..=last).contains(&h)))
            {
                return Some((role, first, last));
            }
        }
        None
    }

    /// The role noun before a name: "Prime Minister Shigeru Ishiba".
    pub(crate) fn title_of(&self, head: Tok) -> Option<(u32, Tok, Tok)> {
        self.syntax
            .kids(head)
            .iter()
            .copied()
            .filter(|&kid| {
                matches!(
                    self.syntax.rel(kid),
                    Deprel::NmodDesc | Deprel::Compound | Deprel::Flat | Deprel::NmodUnmarked
                )
            })
            .find_map(|kid| self.role_at(kid))
    }

    /// A known person named inside the phrase.
    pub(crate) fn person_in(&self, head: Tok) -> Option<Mention> {
        let mut stack = vec![head];
        while let Some(at) = stack.pop() {
            if let Some(mention) = self.mentions.at(at)
                && (matches!(mention.meaning, Meaning::Holder(..))
                    || matches!(mention.meaning, Meaning::Actor(n, _) if self.lexicon.actors[n as usize].kind == ActorKind::Person))
            {
                return Some(*mention);
            }
            for &kid in self.syntax.kids(at) {
                if matches!(
                    self.syntax.rel(kid),
                    Deprel::Flat | Deprel::Appos | Deprel::NmodDesc | Deprel::NmodUnmarked
                ) || (self.syntax.rel(kid) == Deprel::Compound && self.syntax.token(kid).upos == Upos::Propn)
                {
                    stack.push(kid);
                }
            }
        }
        self.misspelt(head)
    }

    /// A person whose name is spelt by other rules, where country and office agree.
    fn misspelt(&self, head: Tok) -> Option<Mention> {
        let owner = self.owner(head)?.code?;
        let (role, ..) = self.role_at(head).or_else(|| self.title_of(head))?;
        let level = self.lexicon.roles[role as usize].level.clone()?;
        let mut names: Vec<Tok> = Vec::new();
        let mut stack = vec![head];
        while let Some(at) = stack.pop() {
            if self.syntax.token(at).upos == Upos::Propn && self.mentions.at(at).is_none() {
                names.push(at);
            }
            for &kid in self.syntax.kids(at) {
                if matches!(
                    self.syntax.rel(kid),
                    Deprel::Flat | Deprel::Appos | Deprel::Compound | Deprel::NmodUnmarked
                ) {
                    stack.push(kid);
                }
            }
        }
        names.sort_unstable();
        for &name in names.iter().rev() {
            let best = self
                .lexicon
                .similar_holders(self.syntax.form(name))
                .iter()
                .filter(|&&(office, _)| {
                    let office = &self.lexicon.offices[office as usize];
                    office.code == owner && office.level.as_ref() == Some(&level)
                })
                .max_by_key(|&&(office, holder)| {
                    let (_, holder) = self.lexicon.holder(office, holder);
                    match self.day {
                        Some(day) => -holder.days_from(day),
                        None => holder.to.or(holder.from).map_or(0, |d| i32::from(d.year())),
                    }
                });
            if let Some(&(office, holder)) = best {
                let first = names.iter().copied().filter(|&n| n + 2 >= name && n <= name).min().unwrap_or(name);
                return Some(Mention { first, last: name, meaning: Meaning::Holder(office, holder, true) });
            }
        }
        None
    }

    /// The proper name inside a phrase with a role: "envoy Ann Lee".
    pub(crate) fn proper_name(&self, head: Tok) -> Option<SmolStr> {
        let mut toks: Vec<Tok> = Vec::new();
        let mut stack: Vec<Tok> = self
            .syntax
            .kids(head)
            .iter()
            .copied()
            .filter(|&kid| {
                matches!(self.syntax.rel(kid), Deprel::Flat | Deprel::Appos | Deprel::NmodUnmarked)
                    && kid > head
                    && kid - head <= 4
            })
            .collect();
        if self.syntax.token(head).upos == Upos::Propn && self.role_at(head).is_none() {
            stack.push(head);
        }
        while let Some(at) = stack.pop() {
            if self.syntax.token(at).upos == Upos::Propn && self.mentions.at(at).is_none() && self.role_at(at).is_none()
            {
                toks.push(at);
                stack.extend(self.syntax.kids_by(at, Deprel::Flat));
            }
        }
        let (first, last) = (toks.iter().copied().min()?, toks.iter().copied().max()?);
        (last - first < 5).then(|| self.words(first, last))
    }
}
