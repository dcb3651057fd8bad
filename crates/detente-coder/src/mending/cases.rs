//! Words before a preposition: "South Korea on Monday objected". They are no part of the phrase that it opens.

use detente_grammar::{Deprel, Sentence, Upos};

/// Parts the words before a preposition from its phrase: where a verb follows that has no subject, they are its subject.
pub(super) fn part(sentence: &mut Sentence, case: usize) {
    let tokens = &sentence.tokens;
    let phrase = usize::from(tokens[case].head);
    if tokens[case].deprel != Deprel::Case || phrase < case {
        return;
    }
    let verb = usize::from(tokens[phrase].head);
    if verb < phrase || tokens.get(verb).is_none_or(|token| token.upos != Upos::Verb) {
        return;
    }
    let is_before = |at: &usize| usize::from(tokens[*at].head) == phrase && tokens[*at].deprel != Deprel::Case;
    let is_name =
        |at: &usize| matches!(tokens[*at].upos, Upos::Propn | Upos::Noun) && tokens[*at].deprel == Deprel::Compound;
    let Some(name) = (0..case).rev().find(is_before).filter(is_name) else { return };
    let of_verb = |wanted: &[Deprel]| {
        let is_other = |at: &usize| *at != phrase && usize::from(tokens[*at].head) == verb;
        (0..tokens.len()).filter(is_other).any(|at| wanted.contains(&tokens[at].deprel))
    };
    if of_verb(&[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj, Deprel::Expl]) {
        return;
    }
    let deprel = if of_verb(&[Deprel::AuxPass]) { Deprel::NsubjPass } else { Deprel::Nsubj };
    let others: Vec<usize> = (0..name).filter(is_before).collect();
    let tokens = &mut sentence.tokens;
    for at in others {
        tokens[at].head = name as u16;
    }
    tokens[name].head = verb as u16;
    tokens[name].deprel = deprel;
    if matches!(tokens[phrase].deprel, Deprel::Nsubj | Deprel::NsubjPass) {
        tokens[phrase].deprel = Deprel::Obl;
    }
}

/// "In exchange Chad freed the envoy": the name behind such a phrase is no part of it.
pub(super) fn turn(text: &str, sentence: &mut Sentence, noun: usize) {
    let tokens = &mut sentence.tokens;
    let turns = matches!(&*tokens[noun].lemma, "exchange" | "return" | "turn" | "response" | "retaliation" | "reply");
    let Some(before) = noun.checked_sub(1).filter(|&at| turns && tokens[at].form(text).eq_ignore_ascii_case("in"))
    else {
        return;
    };
    let name = noun + 1;
    if tokens.get(name).is_none_or(|name| name.upos != Upos::Propn) {
        return;
    }
    if usize::from(tokens[noun].head) == name && matches!(tokens[noun].deprel, Deprel::NmodDesc | Deprel::Compound) {
        tokens[noun].head = tokens[name].head;
    } else if usize::from(tokens[name].head) == noun && matches!(tokens[name].deprel, Deprel::Flat | Deprel::Appos) {
        tokens[name].head = tokens[noun].head;
    } else {
        return;
    }
    tokens[name].deprel = Deprel::Nsubj;
    tokens[noun].deprel = Deprel::Obl;
    (tokens[before].head, tokens[before].deprel) = (noun as u16, Deprel::Case);
}
