//! What something is called or found to be: "called the claims baseless" says so of the claims.

use detente_grammar::{Deprel, Sentence, Upos};

use crate::frame::names;

/// An adjective right behind the object of a verb of naming is what the verb says of the object.
pub(super) fn part(sentence: &mut Sentence, adjective: usize) {
    let tokens = &sentence.tokens;
    let object = usize::from(tokens[adjective].head);
    let is_behind =
        tokens[adjective].upos == Upos::Adj && tokens[adjective].deprel == Deprel::Amod && object + 1 == adjective;
    if !is_behind || tokens[object].deprel != Deprel::Obj {
        return;
    }
    let verb = tokens[object].head;
    let tells = |lemma: &str| names(lemma) || matches!(lemma, "find" | "declare" | "judge");
    if tokens.get(usize::from(verb)).is_some_and(|verb| tells(&verb.lemma)) {
        sentence.tokens[adjective].head = verb;
        sentence.tokens[adjective].deprel = Deprel::Xcomp;
    }
}
