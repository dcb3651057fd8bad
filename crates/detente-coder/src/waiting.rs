//! Sentences that the gate holds back: they hold no act, and whom they name is read only when a later sentence asks for it.

use detente_grammar::{Sentence, Token};
use detente_lexicon::{Lexicon, Meaning, UNKNOWN, WordId, name_words, normal};
use smol_str::SmolStr;

use crate::{discourse::Discourse, gate::Gate, named::is_name_word};

/// A sentence that was held back and may name somebody.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    /// Its number among the sentences of the article.
    number: u32,
    /// It may tell who speaks.
    speaks: bool,
    hints: Hints,
    /// Its words, and those of the full names that it may stand for.
    words: Vec<SmolStr>,
}

/// So many sentences wait; older ones are forgotten, as names long ago are.
pub(crate) const MOST_WAITING: usize = 100;

/// What the words of a sentence may name.
#[derive(Clone, Copy, Debug, Default)]
struct Hints {
    /// A name of the lexicon, or a role.
    known: bool,
    /// A name that the lexicon does not know.
    capital: bool,
    /// People without a name.
    people: bool,
    /// Somebody named before.
    pronoun: bool,
}

impl Waiting {
    /// Whether a name of the sentence may hold a word.
    pub(crate) fn may_name(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }

    /// Whether somebody of the sentence may bear a title that ends with a word.
    pub(crate) fn may_bear(&self, title: &str) -> bool {
        self.words.iter().any(|known| known.eq_ignore_ascii_case(title))
    }

    /// Whether the sentence may tell who speaks.
    pub(crate) fn may_speak(&self) -> bool {
        self.speaks
    }

    /// Whether the sentence may name a state, a body or an office.
    pub(crate) fn may_name_known(&self) -> bool {
        self.hints.known || self.hints.pronoun
    }

    /// Whether the sentence may name a single person.
    pub(crate) fn may_name_person(&self) -> bool {
        self.may_name_known() || self.hints.capital
    }
}

impl Hints {
    fn read(gate: &Gate, lexicon: &Lexicon, text: &str, sentence: &Sentence) -> Hints {
        let mut hints = Hints::default();
        for (at, token) in sentence.tokens.iter().enumerate() {
            let form = token.form(text);
            let lower = form.to_lowercase();
            hints.capital |= at > 0 && form.starts_with(char::is_uppercase);
            hints.people |= gate.is_of_people(&lower);
            hints.pronoun |= PRONOUNS.contains(&lower.as_str());
            hints.known |= begins_role(lexicon, text, &sentence.tokens[at..]);
        }
        hints
    }
}

/// Pronouns that stand for somebody named in another sentence.
const PRONOUNS: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "him",
    "her",
    "them",
    "us",
    "me",
    "his",
    "hers",
    "its",
    "their",
    "theirs",
    "our",
    "ours",
    "my",
    "both",
    "each",
    "himself",
    "herself",
    "itself",
    "themselves",
    "ourselves",
    "myself",
];

/// Longest name of a role, in words.
const ROLE: usize = 5;

/// Tells whether the name of a role begins with the first of some words, any of them in the plural.
fn begins_role(lexicon: &Lexicon, text: &str, tokens: &[Token]) -> bool {
    let names = &lexicon.role_names;
    let mut begun: Vec<Vec<WordId>> = vec![Vec::new()];
    for token in tokens.iter().filter(|token| token.form(text) != "-").take(ROLE) {
        let words = role_words(lexicon, token.form(text));
        begun = begun.iter().flat_map(|ids| words.iter().map(|&id| [ids.as_slice(), &[id]].concat())).collect();
        if begun.iter().any(|ids| names.longest(ids.iter().copied()).is_some()) {
            return true;
        }
        if begun.is_empty() {
            break;
        }
    }
    false
}

/// The numbers that a word may have in names of roles.
fn role_words(lexicon: &Lexicon, form: &str) -> Vec<WordId> {
    const PLURALS: &[(&str, &str)] = &[("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("men", "man"), ("ves", "f")];
    let lower = form.to_lowercase();
    let lower = normal(&lower);
    let singulars = PLURALS.iter().filter_map(|(end, put)| lower.strip_suffix(end).map(|stem| format!("{stem}{put}")));
    singulars.map(|word| lexicon.role_names.word(&word)).filter(|&id| id != UNKNOWN).collect()
}

impl Discourse {
    /// Counts a sentence that is held back, and keeps its words where it may name somebody: its number then.
    pub(crate) fn hold_back(&mut self, gate: &Gate, lexicon: &Lexicon, text: &str, sentence: &Sentence) -> Option<u32> {
        let number = self.sentence;
        self.sentence += 1;
        let (words, is_named) = words(lexicon, text, sentence);
        let mut hints = Hints::read(gate, lexicon, text, sentence);
        hints.known |= is_named;
        let Hints { known, capital, people, pronoun } = hints;
        if !(known || capital || people || pronoun) {
            return None;
        }
        let speaks = gate.may_speak(text, sentence);
        if self.waiting.len() == MOST_WAITING {
            self.waiting.remove(0);
        }
        self.waiting.push(Waiting { number, speaks, hints, words });
        Some(number)
    }

    /// Notes that what a sentence asks for may stand in one that waits: in the last of those from a number on that fit.
    pub(crate) fn ask(&self, from: u32, fits: impl Fn(&Waiting) -> bool) {
        let reached = |waiting: &&Waiting| from <= waiting.number && waiting.number < self.sentence;
        if let Some(found) = self.waiting.iter().rev().filter(reached).find(|waiting| fits(waiting)) {
            self.wanted.set(self.wanted.get().max(Some(found.number)));
        }
    }

    /// The last sentence that waits and was asked for since this was last called.
    pub(crate) fn wanted(&self) -> Option<u32> {
        self.wanted.take()
    }

    /// Goes back to a sentence that waits, to read it now: what came after it is not seen. Returns the number to come back to.
    pub(crate) fn go_back(&mut self, number: u32) -> u32 {
        self.waiting.retain(|waiting| waiting.number != number);
        std::mem::replace(&mut self.sentence, number)
    }

    /// Comes back from [`Discourse::go_back`].
    pub(crate) fn come_back(&mut self, number: u32) {
        self.sentence = number;
    }
}

/// The words of a sentence, and those of the full names that stand for names in it; whether there is such a name.
fn words(lexicon: &Lexicon, text: &str, sentence: &Sentence) -> (Vec<SmolStr>, bool) {
    let mut is_named = false;
    let mut words: Vec<SmolStr> = Vec::new();
    let mut ids: Vec<WordId> = Vec::with_capacity(sentence.tokens.len());
    for token in &sentence.tokens {
        let form = token.form(text);
        words.extend(form.split('-').filter(|part| is_name_word(part)).map(SmolStr::from));
        if matches!(form, "-" | "–" | "." | "'") {
            continue;
        }
        ids.extend(name_words(form).map(|word| {
            let id = lexicon.names.word(&word);
            // A headline writes names large.
            let is_large = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
            match id == UNKNOWN && is_large {
                true => lexicon.names.word(&(word[..1].to_owned() + &word[1..].to_ascii_lowercase())),
                false => id,
            }
        }));
    }
    for at in (0..ids.len()).filter(|&at| ids[at] != UNKNOWN) {
        let Some((_, meanings)) = lexicon.names.longest(ids[at..].iter().copied()) else { continue };
        is_named = true;
        for &meaning in meanings {
            let name = match meaning {
                Meaning::Actor(number, _) => Some(&lexicon.actors[number as usize].title),
                Meaning::Holder(office, holder, _) => lexicon.holder(office, holder).1.names.first(),
                Meaning::Place(_) | Meaning::Territory(..) | Meaning::Role(_) => None,
            };
            let parts = name.into_iter().flat_map(|name| name.split([' ', '-']));
            words.extend(parts.filter(|part| is_name_word(part)).map(SmolStr::from));
        }
    }
    (words, is_named)
}
