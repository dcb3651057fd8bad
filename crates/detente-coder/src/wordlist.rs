//! Word lists of rules: a rule is tried only where each of its lists has a word in the sentence.

use std::{borrow::Cow, sync::Arc};

use detente_lexicon::FnvMap;
use smol_str::SmolStr;

use crate::{
    inflection::forms,
    rule::{Alternative, Node, Place, Rule, Target},
    syntax::{Syntax, Tok},
};

/// The lists of words that rules hold, each once, and which of them each lemma heads.
#[derive(Debug, Default)]
pub(crate) struct WordLists {
    numbers: FnvMap<Vec<SmolStr>, u32>,
    /// The same by where the words of a set lie: many rules share them, and all rules are kept.
    of_sets: FnvMap<usize, u32>,
    of_lemma: FnvMap<SmolStr, Vec<u32>>,
    /// How many words each list has.
    sizes: Vec<u32>,
}

/// The lists that a rule needs besides its main word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needs {
    always: Vec<u32>,
    /// Particles of the main word, which a noun in its place holds already.
    of_verb: Vec<u32>,
}

/// The lists of which a sentence holds a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Present(Vec<u64>);

impl WordLists {
    /// The lists of a rule.
    pub(crate) fn needs(&mut self, rule: &Rule) -> Needs {
        let mut needs = Needs::default();
        for (place, target) in &rule.root.args {
            let Target::Word(inner) = target else { continue };
            let is_particle = *place == Place::Mod && inner.args.is_empty();
            self.gather(inner, if is_particle { &mut needs.of_verb } else { &mut needs.always });
        }
        for words in &rule.also {
            needs.always.push(self.number(words));
        }
        needs
    }

    /// Of the lists that a rule always needs the one with the fewest words.
    pub(crate) fn rarest(&self, needs: &Needs) -> Option<u32> {
        needs.always.iter().copied().min_by_key(|&number| self.sizes[number as usize])
    }

    fn gather(&mut self, node: &Node, into: &mut Vec<u32>) {
        into.push(self.number(&node.words));
        for (_, target) in &node.args {
            if let Target::Word(inner) = target {
                self.gather(inner, into);
            }
        }
    }

    fn number(&mut self, words: &Arc<[Alternative]>) -> u32 {
        if let [word] = &**words
            && let Some(&number) = self.numbers.get(std::slice::from_ref(&word.head))
        {
            return number;
        }
        let at = Arc::as_ptr(words).addr();
        if let Some(&number) = self.of_sets.get(&at) {
            return number;
        }
        let number = self.number_of(words);
        if words.len() > 1 {
            self.of_sets.insert(at, number);
        }
        number
    }

    fn number_of(&mut self, words: &[Alternative]) -> u32 {
        let mut heads: Vec<SmolStr> = words.iter().map(|word| word.head.clone()).collect();
        heads.sort_unstable();
        heads.dedup();
        if let Some(&number) = self.numbers.get(&heads) {
            return number;
        }
        let number = self.numbers.len() as u32;
        for head in &heads {
            self.of_lemma.entry(head.clone()).or_default().push(number);
        }
        self.sizes.push(heads.len() as u32);
        self.numbers.insert(heads, number);
        number
    }

    /// The lists that some rules need, by the forms of their words.
    pub(crate) fn by_form<'n>(&self, rules: impl Iterator<Item = &'n Needs>) -> FnvMap<SmolStr, Vec<u32>> {
        let needed: Vec<u32> = rules.flat_map(|needs| needs.always.iter().chain(&needs.of_verb).copied()).collect();
        let mut found: FnvMap<SmolStr, Vec<u32>> = FnvMap::default();
        for (lemma, numbers) in &self.of_lemma {
            for &number in numbers.iter().filter(|number| needed.contains(number)) {
                forms(lemma, |form| found.entry(form.into()).or_default().push(number));
            }
        }
        found
    }

    /// Nothing found yet.
    pub(crate) fn nothing(&self) -> Present {
        Present(vec![0; self.numbers.len().div_ceil(64)])
    }

    /// The lists of which a sentence holds a word.
    pub(crate) fn present(&self, syntax: &Syntax<'_>) -> Present {
        let mut present = self.nothing();
        for tok in 0..syntax.len() as Tok {
            present.add(self.of_lemma.get(&*lowered(syntax.lemma(tok))).map_or(&[], Vec::as_slice));
        }
        present
    }
}

impl Present {
    /// Tells whether a word of a list was found.
    pub(crate) fn holds(&self, number: u32) -> bool {
        self.0[number as usize / 64] >> (number % 64) & 1 == 1
    }

    /// Adds lists of which a word was found.
    pub(crate) fn add(&mut self, numbers: &[u32]) {
        for &number in numbers {
            self.0[number as usize / 64] |= 1 << (number % 64);
        }
    }
}

impl Needs {
    /// Tells whether the main word alone is enough.
    pub(crate) fn are_none(&self) -> bool {
        self.always.is_empty() && self.of_verb.is_empty()
    }

    /// Tells whether a sentence may hold all words of the rule; `nominal` where a noun stands for its main word.
    pub(crate) fn are_met(&self, present: &Present, nominal: bool) -> bool {
        let holds = |&number: &u32| present.holds(number);
        self.always.iter().all(holds) && (nominal || self.of_verb.iter().all(holds))
    }
}

/// A lemma as rules write it.
pub(crate) fn lowered(lemma: &str) -> Cow<'_, str> {
    if lemma.starts_with(char::is_uppercase) { Cow::Owned(lemma.to_lowercase()) } else { Cow::Borrowed(lemma) }
}
