//! Walks through a tree that is being mended.

use detente_grammar::{Deprel, ROOT, Token};

/// The words above a word, itself first.
pub(super) fn chain(tokens: &[Token], at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(at), |&at| tokens.get(at).map(|token| usize::from(token.head)))
        .take_while(|&at| at != usize::from(ROOT))
        .take(tokens.len())
}

/// Tells whether a word is another, or stands under it.
pub(super) fn is_under(tokens: &[Token], at: usize, above: usize) -> bool {
    chain(tokens, at).any(|tok| tok == above)
}

/// The first child of a word in a relation.
pub(super) fn kid(tokens: &[Token], head: usize, wanted: Deprel) -> Option<usize> {
    (0..tokens.len()).find(|&at| usize::from(tokens[at].head) == head && tokens[at].deprel == wanted)
}

/// Tells whether a word has a child of one of some relations.
pub(super) fn has(tokens: &[Token], head: usize, wanted: &[Deprel]) -> bool {
    tokens.iter().any(|token| usize::from(token.head) == head && wanted.contains(&token.deprel))
}

/// First and last word of what stands under a word, itself among them.
pub(super) fn extent(tokens: &[Token], head: usize) -> (usize, usize) {
    let within = |at: &usize| is_under(tokens, *at, head);
    let first = (0..=head).find(within).unwrap_or(head);
    let last = (head..tokens.len()).rev().find(within).unwrap_or(head);
    (first, last)
}

/// Hangs the children of a word that stand in a range on another word.
pub(super) fn adopt(tokens: &mut [Token], from: usize, to: usize, range: std::ops::Range<usize>) {
    for token in tokens[range].iter_mut().filter(|token| usize::from(token.head) == from) {
        token.head = to as u16;
    }
}

/// Makes a verb the main one in the place of a word before it, and hangs on it what hung on that word behind it.
pub(super) fn make_main(tokens: &mut [Token], old: usize, verb: usize) {
    adopt(tokens, old, verb, verb + 1..tokens.len());
    for token in tokens[verb + 1..].iter_mut().filter(|token| usize::from(token.head) == verb) {
        if token.deprel == Deprel::Nmod {
            token.deprel = Deprel::Obl;
        }
    }
    (tokens[verb].head, tokens[verb].deprel) = (ROOT, Deprel::Root);
}

/// Makes a word the subject of a verb, of a passive one its passive subject.
pub(super) fn make_subject(tokens: &mut [Token], subject: usize, verb: usize) {
    let passive = has(tokens, verb, &[Deprel::AuxPass]);
    tokens[subject].head = verb as u16;
    tokens[subject].deprel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
}

/// Tells whether two words stand side by side in the same place of one word.
pub(super) fn are_beside(tokens: &[Token], first: usize, second: usize) -> bool {
    let is_place = matches!(tokens[second].deprel, Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obl);
    is_place && (tokens[first].head, tokens[first].deprel) == (tokens[second].head, tokens[second].deprel)
}
