//! The gate: a sentence without a word of any rule, or without anything that could be an actor, is not parsed.

use detente_grammar::{Grammar, Sentence, Token};
use detente_lexicon::{Embedding, FnvMap, Lexicon, UNKNOWN, name_words};
use smol_str::SmolStr;

use crate::{
    entity::HUMAN_NOUNS,
    inflection::forms,
    rule::Rules,
    wordlist::{Needs, Present},
};

/// Verbs that stand in most sentences: a rule that begins with one counts only where its other words stand as well.
const LIGHT: [&str; 3] = ["be", "have", "do"];

/// The forms of words that tell what a sentence may hold.
#[derive(Debug, Default)]
pub struct Gate {
    /// Those of every word that begins a rule, but for [`LIGHT`] ones.
    forms: FnvMap<SmolStr, ()>,
    /// Those of the light verbs that begin rules, with the number of the verb.
    light: FnvMap<SmolStr, usize>,
    /// What the rules of each light verb need, and the lists of it by the forms of their words.
    needs: [Vec<Needs>; LIGHT.len()],
    lists: FnvMap<SmolStr, Vec<u32>>,
    nothing: Present,
    /// Those of nouns that stand for people.
    people: FnvMap<SmolStr, ()>,
    /// Those of verbs of speech.
    speech: FnvMap<SmolStr, ()>,
}

impl Gate {
    /// Gathers the forms of the words that rules begin with.
    pub fn new(rules: &Rules, lexicon: &Lexicon) -> Gate {
        let mut gate = Gate::default();
        for lemma in rules.lemmas() {
            let needs: Vec<Needs> = rules.of(lemma).iter().map(|one| rules.needs(one.rule).clone()).collect();
            match LIGHT.iter().position(|light| *light == lemma) {
                Some(verb) if !needs.iter().any(Needs::are_none) => {
                    forms(lemma, |form| {
                        gate.light.insert(form.into(), verb);
                    });
                    gate.needs[verb] = needs;
                }
                _ => put(&mut gate.forms, lemma),
            }
        }
        gate.lists = rules.lists().by_form(gate.needs.iter().flatten());
        gate.nothing = rules.lists().nothing();
        for (noun, verbs) in &lexicon.words.verbs_of {
            if verbs.iter().any(|v| !rules.of(v.split(' ').next().unwrap_or(v)).is_empty()) {
                put(&mut gate.forms, noun);
            }
        }
        for noun in HUMAN_NOUNS {
            put(&mut gate.people, noun);
        }
        gate.people.insert("those".into(), ());
        for (verb, _) in lexicon.words.embedding.iter().filter(|(_, sense)| **sense == Embedding::Reported) {
            put(&mut gate.speech, verb);
        }
        gate.speech.insert("according".into(), ());
        gate
    }

    /// Tells whether a sentence, split into words but not parsed, may hold an act.
    pub fn lets_through(&self, lexicon: &Lexicon, grammar: &Grammar, text: &str, sentence: &Sentence) -> bool {
        let mut trigger = false;
        let mut actor = false;
        let mut light = [false; LIGHT.len()];
        let mut lower = String::new();
        for (at, token) in sentence.tokens.iter().enumerate() {
            let form = token.form(text);
            if !trigger || !actor {
                lower.clear();
                lower.extend(form.chars().flat_map(char::to_lowercase));
            }
            if !trigger {
                trigger = self.forms.contains_key(lower.as_str());
                if let Some(&verb) = self.light.get(lower.as_str()) {
                    light[verb] = true;
                }
            }
            actor = actor || may_act(lexicon, at, form, &lower) || self.is_of_people(&lower);
            if trigger && actor {
                return true;
            }
        }
        // A word that the grammar does not know may be taken for a name.
        let is_unknown = |token: &Token| !grammar.knows(token.form(text));
        (actor || sentence.tokens.iter().any(is_unknown))
            && (trigger || self.holds_rule_of(light, text, sentence) || may_be_abroad(text, sentence))
    }

    /// Tells whether all words of a rule of light verbs may stand in a sentence that holds those verbs.
    fn holds_rule_of(&self, light: [bool; LIGHT.len()], text: &str, sentence: &Sentence) -> bool {
        if !light.contains(&true) {
            return false;
        }
        let mut present = self.nothing.clone();
        for token in &sentence.tokens {
            present.add(self.lists.get(token.form(text).to_lowercase().as_str()).map_or(&[], Vec::as_slice));
        }
        let rules = light.iter().zip(&self.needs).filter(|(is_there, _)| **is_there).flat_map(|(_, needs)| needs);
        rules.into_iter().any(|needs| needs.are_met(&present, false))
    }

    /// Tells whether somebody may speak in a sentence.
    pub(crate) fn may_speak(&self, text: &str, sentence: &Sentence) -> bool {
        sentence.tokens.iter().any(|token| self.speech.contains_key(token.form(text).to_lowercase().as_str()))
    }

    /// Tells whether a word is a form of a noun for people, or "those".
    pub(crate) fn is_of_people(&self, lower: &str) -> bool {
        self.people.contains_key(lower)
    }
}

fn put(forms_of: &mut FnvMap<SmolStr, ()>, lemma: &str) {
    forms(lemma, |form| {
        forms_of.insert(form.into(), ());
    });
}

/// Tells whether a sentence may say of somebody that he is in a town: "Norway's minister was in Nairobi".
fn may_be_abroad(text: &str, sentence: &Sentence) -> bool {
    const BE: [&str; 9] = ["is", "are", "was", "were", "be", "been", "am", "'s", "'re"];
    let is = |token: &Token, word: &str| token.form(text).eq_ignore_ascii_case(word);
    let is_in = |pair: &[Token]| is(&pair[0], "in") && pair[1].form(text).starts_with(char::is_uppercase);
    sentence.tokens.windows(2).any(is_in) && sentence.tokens.iter().any(|token| BE.iter().any(|be| is(token, be)))
}

/// Tells whether a word may stand for an actor.
fn may_act(lexicon: &Lexicon, at: usize, form: &str, lower: &str) -> bool {
    (at > 0 && form.starts_with(char::is_uppercase))
        || lexicon.role_names.word(lower) != UNKNOWN
        || lexicon.role_names.word(lower.strip_suffix('s').unwrap_or(lower)) != UNKNOWN
        || PRONOUNS.contains(&lower)
        || name_words(form).any(|word| lexicon.names.word(&word) != UNKNOWN)
}

/// Words that may stand for an actor of another sentence.
const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "we", "i", "him", "her", "them", "us", "his", "its", "their", "our", "my", "both",
    "who", "which", "that",
];
