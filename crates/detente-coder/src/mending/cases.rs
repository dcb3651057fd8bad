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
