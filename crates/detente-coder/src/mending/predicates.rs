//! What something is called or found to be: "called the claims baseless" says so of the claims.

use detente_grammar::{Deprel, Sentence, Upos, Xpos};

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

/// "is due to visit Chad": what somebody is due to do is no cause, as in "due to rain".
pub(super) fn due(sentence: &mut Sentence, to: usize) {
    let tokens = &mut sentence.tokens;
    let Some(due) = to.checked_sub(1).filter(|&at| &*tokens[at].lemma == "due" && tokens[at].upos == Upos::Adj) else {
        return;
    };
    let is_verb = |at: &usize| tokens[*at].upos == Upos::Verb && tokens[*at].xpos == Xpos::Vb;
    let verb = (to + 1..tokens.len().min(to + 3)).find(is_verb).filter(|&at| usize::from(tokens[at].head) == due);
    if let Some(verb) = verb
        && usize::from(tokens[to].head) == due
        && tokens[to].deprel == Deprel::Fixed
    {
        (tokens[to].head, tokens[to].deprel) = (verb as u16, Deprel::Mark);
        (tokens[to].upos, tokens[to].xpos) = (Upos::Part, Xpos::To);
        tokens[verb].deprel = Deprel::Xcomp;
    }
}
