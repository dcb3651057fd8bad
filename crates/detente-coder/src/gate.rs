//! The gate: a sentence without a word of any rule, or without anything that could be an actor, is not parsed.

use detente_grammar::Sentence;
use detente_lexicon::{FnvMap, Lexicon, UNKNOWN, name_words};
use smol_str::SmolStr;

use crate::{inflection::forms, rule::Rules};

/// The forms of every word that begins a rule.
#[derive(Debug, Default)]
pub struct Gate {
    forms: FnvMap<SmolStr, ()>,
}

impl Gate {
    /// Gathers the forms of the words that rules begin with.
    pub fn new(rules: &Rules, lexicon: &Lexicon) -> Gate {
        let mut gate = Gate::default();
        for lemma in rules.lemmas() {
            gate.add(lemma);
        }
        for (noun, verbs) in &lexicon.words.verbs_of {
            if verbs.iter().any(|v| !rules.of(v.split(' ').next().unwrap_or(v)).is_empty()) {
                gate.add(noun);
            }
        }
        gate
    }

    fn add(&mut self, lemma: &str) {
        forms(lemma, |form| {
            self.forms.insert(form.into(), ());
        });
    }

    /// Tells whether a sentence, split into words but not parsed, may hold an act.
    pub fn lets_through(&self, lexicon: &Lexicon, text: &str, sentence: &Sentence) -> bool {
        let mut trigger = false;
        let mut actor = false;
        let mut lower = String::new();
        for (at, token) in sentence.tokens.iter().enumerate() {
            let form = token.form(text);
            if !trigger || !actor {
                lower.clear();
                lower.extend(form.chars().flat_map(char::to_lowercase));
            }
            trigger |= self.forms.contains_key(lower.as_str());
            if !actor {
                actor = (at > 0 && form.starts_with(char::is_uppercase))
                    || lexicon.role_names.word(&lower) != UNKNOWN
                    || lexicon.role_names.word(lower.strip_suffix('s').unwrap_or(&lower)) != UNKNOWN
                    || PRONOUNS.contains(&lower.as_str())
                    || name_words(form).any(|word| lexicon.names.word(&word) != UNKNOWN);
            }
            if trigger && actor {
                return true;
            }
        }
        false
    }
}

/// Words that may stand for an actor of another sentence.
const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "we", "i", "him", "her", "them", "us", "his", "its", "their", "our", "my", "both",
    "who", "which", "that",
];
