//! Lemmas: what to cut from a word's end and what to put there, by the word or its longest known ending, and its tag.

use smol_str::{SmolStr, SmolStrBuilder};

use crate::atoms::lower_hash;
use crate::tree::{Upos, Xpos};
use crate::weights::{Feature, Slots, feature};

/// How a word becomes its lemma.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Edit {
    /// Letters cut from the end.
    pub(crate) cut: u8,
    /// Letters put there.
    pub(crate) put: SmolStr,
    /// Whether capitals stay.
    pub(crate) keep_case: bool,
}

/// Longest ending that is looked up.
pub(crate) const ENDING: usize = 6;

/// The lemma rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lemmas {
    /// Number of the edit of each word or ending, plus one.
    pub(crate) slots: Slots<u16>,
    pub(crate) edits: Vec<Edit>,
}

/// Key of a whole word.
pub(crate) fn word_key(lower: u32, upos: Upos, xpos: Xpos) -> Feature {
    feature(200, lower, upos as u32, xpos as u32)
}

/// Key of an ending.
pub(crate) fn ending_key(ending: &str, upos: Upos, xpos: Xpos) -> Feature {
    feature(201, lower_hash(ending), upos as u32, xpos as u32)
}

/// The last `count` letters of a word, or `None` where it has fewer.
pub(crate) fn ending(word: &str, count: usize) -> Option<&str> {
    if count == 0 {
        return Some("");
    }
    word.char_indices().rev().nth(count - 1).map(|(at, _)| &word[at..])
}

impl Edit {
    /// The edit that turns `form` into `lemma`.
    pub(crate) fn between(form: &str, lemma: &str) -> Edit {
        let lower = form.to_lowercase();
        let keep_case = lemma.chars().any(char::is_uppercase) && common(form, lemma) >= common(&lower, lemma);
        let base = if keep_case { form } else { &lower };
        let shared: usize =
            base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        Edit { cut: base[shared..].chars().count().min(255) as u8, put: SmolStr::new(&lemma[shared..]), keep_case }
    }

    /// The edit that puts `lemma` for any form.
    pub(crate) fn whole(lemma: &str) -> Edit {
        Edit { cut: u8::MAX, put: SmolStr::new(lemma), keep_case: false }
    }

    /// The lemma of `form` by this edit.
    pub(crate) fn apply(&self, form: &str) -> SmolStr {
        let kept = match usize::from(self.cut) {
            0 => form,
            cut => form.char_indices().rev().nth(cut - 1).map_or("", |(at, _)| &form[..at]),
        };
        if kept.is_empty() && self.put.is_empty() {
            return SmolStr::new(form);
        }
        let mut lemma = SmolStrBuilder::new();
        if self.keep_case {
            lemma.push_str(kept);
        } else {
            for letter in kept.chars() {
                if letter.is_ascii() {
                    lemma.push(letter.to_ascii_lowercase());
                } else {
                    letter.to_lowercase().for_each(|letter| lemma.push(letter));
                }
            }
        }
        lemma.push_str(&self.put);
        lemma.finish()
    }
}

fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

impl Lemmas {
    /// The lemma of a word, whose lower-case hash is `lower`.
    pub(crate) fn lemma(&self, form: &str, lower: u32, upos: Upos, xpos: Xpos) -> SmolStr {
        match self.edit(form, lower, upos, xpos) {
            Some(edit) => edit.apply(form),
            None if upos == Upos::Propn => SmolStr::new(form),
            None => Edit::default().apply(form),
        }
    }

    fn edit(&self, form: &str, lower: u32, upos: Upos, xpos: Xpos) -> Option<&Edit> {
        let rule = |key| usize::from(self.slots.get(key, 0)).checked_sub(1);
        let rule = rule(word_key(lower, upos, xpos)).or_else(|| {
            (0..=ENDING).rev().find_map(|count| ending(form, count).and_then(|text| rule(ending_key(text, upos, xpos))))
        })?;
        self.edits.get(rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_turn_forms_into_lemmas() {
        for (form, lemma) in [
            ("Talks", "talk"),
            ("went", "go"),
            ("n't", "not"),
            ("Japan", "Japan"),
            ("States", "State"),
            ("ÉTATS", "état"),
        ] {
            assert_eq!(Edit::between(form, lemma).apply(form), lemma, "{form}");
        }
        assert_eq!(Edit { cut: 9, put: SmolStr::default(), keep_case: false }.apply("ab"), "ab");
    }

    #[test]
    fn a_word_without_rules_is_its_own_lemma() {
        let lemmas = Lemmas::default();
        assert_eq!(lemmas.lemma("Accord", 1, Upos::Noun, Xpos::Nn), "accord");
        assert_eq!(lemmas.lemma("Accord", 1, Upos::Propn, Xpos::Nnp), "Accord");
    }
}
