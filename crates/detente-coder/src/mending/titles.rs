//! Titles that are no part of the name behind them.

use detente_grammar::{Deprel, ROOT, Sentence, Upos};

/// "The Secretary and Foreign Minister Lee": the first title is somebody of its own, and stands beside the name.
pub(super) fn part(text: &str, sentence: &mut Sentence, title: usize) {
    let tokens = &sentence.tokens;
    let is = |at: usize, rel: Deprel, head: usize| tokens[at].deprel == rel && usize::from(tokens[at].head) == head;
    let name = usize::from(tokens[title].head);
    let is_title = matches!(tokens[title].deprel, Deprel::NmodDesc) && tokens[title].upos == Upos::Propn;
    // "the Prime Minister and Foreign Minister Lee" is one who has both offices.
    if !is_title || name == usize::from(ROOT) || tokens[title].lemma.eq_ignore_ascii_case("minister") {
        return;
    }
    if !tokens.get(title + 1).is_some_and(|t| t.deprel == Deprel::Cc && t.form(text) == "and") {
        return;
    }
    let begins = (0..title).find(|&at| is(at, Deprel::Det, title) || is(at, Deprel::Det, name));
    if !begins.is_some_and(|the| tokens[the].form(text).eq_ignore_ascii_case("the")) || name < title + 3 {
        return;
    }
    // What follows "and": the other's title, under the first or under the name.
    let other = (title + 2..name).find(|&at| is(at, Deprel::Conj, title) || is(at, Deprel::NmodDesc, name));
    let Some(other) = other else { return };
    let (head, deprel) = (tokens[name].head, tokens[name].deprel);
    let tokens = &mut sentence.tokens;
    tokens[title].head = head;
    tokens[title].deprel = deprel;
    tokens[name].head = title as u16;
    tokens[name].deprel = Deprel::Conj;
    if usize::from(tokens[other].head) == title {
        tokens[other].head = name as u16;
        tokens[other].deprel = Deprel::NmodDesc;
    }
    tokens[title + 1].head = name as u16;
    for before in &mut tokens[..title] {
        if before.deprel == Deprel::Det && usize::from(before.head) == name {
            before.head = title as u16;
        }
    }
}
