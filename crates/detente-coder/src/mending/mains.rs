//! Main verbs that were taken for participles: "Norway, which chairs the bloc, threatened war" tells what Norway did.

use detente_grammar::{Deprel, ROOT, Sentence, Upos, Xpos};

/// Makes a verb that closes an insertion behind the sentence's first phrase the main verb, where the sentence has none.
pub(super) fn raise(text: &str, sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let Some(first) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let is_break = |at: usize| {
        tokens.get(at).is_some_and(|token| matches!(token.form(text), "," | "--" | "-" | "–" | "—" | "(" | ")"))
    };
    let hangs_on = |at: usize, head: usize| usize::from(tokens[at].head) == head;
    let has = |at: usize, wanted: &[Deprel]| {
        tokens.iter().any(|token| usize::from(token.head) == at && wanted.contains(&token.deprel))
    };
    let ends = tokens.last().is_some_and(|token| token.form(text) == ".");
    if !matches!(tokens[first].upos, Upos::Noun | Upos::Propn) || !ends {
        return;
    }
    let may_tell = |at: usize| tokens[at].upos == Upos::Verb && matches!(tokens[at].xpos, Xpos::Vbn | Xpos::Vbd);
    // "Norway, which chairs the bloc, threatened": the verb closes what began right behind the name. "The authorities named the
    // culprit": whoever is named does not have a culprit, so they name.
    let closes = |at: &usize| {
        may_tell(*at)
            && is_break(at - 1)
            && !has(*at, &[Deprel::OblAgent])
            && matches!(tokens[*at].deprel, Deprel::Amod | Deprel::Acl | Deprel::Advcl)
    };
    let follows = |at: &usize| {
        may_tell(*at)
            && hangs_on(*at, first)
            && tokens[*at].deprel == Deprel::Acl
            && !has(*at, &[Deprel::OblAgent])
            && has(*at, &[Deprel::Obj, Deprel::Xcomp, Deprel::CompoundPrt, Deprel::Obl])
    };
    // "India on Monday alleged violations".
    let behind = match tokens.get(first + 1) {
        Some(case)
            if case.deprel == Deprel::Case
                && tokens.get(usize::from(case.head)).is_some_and(|t| usize::from(t.head) == first) =>
        {
            usize::from(case.head) + 1
        }
        _ => first + 1,
    };
    let of_phrase = |at: &usize| {
        let noun = usize::from(tokens[*at].head);
        may_tell(*at) && tokens[*at].deprel == Deprel::Amod && noun > *at && hangs_on(noun, first)
    };
    let verb = if is_break(first + 1) {
        (first + 3..tokens.len()).find(closes)
    } else {
        Some(behind).filter(|&at| at < tokens.len()).filter(|at| follows(at) || behind > first + 1 && of_phrase(at))
    };
    let Some(verb) = verb else { return };
    let is_told = |at: usize| {
        hangs_on(at, first)
            && matches!(
                tokens[at].deprel,
                Deprel::Cop | Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp | Deprel::Nsubj
            )
            && tokens[at].upos != Upos::Noun
    };
    if (0..tokens.len()).any(is_told) {
        return;
    }
    let object = (tokens[verb].deprel == Deprel::Amod).then_some(usize::from(tokens[verb].head));
    let object = object.filter(|&noun| noun > verb);
    let mut moved = Vec::new();
    for at in (0..tokens.len()).filter(|&at| Some(at) != object && at != verb) {
        let head = usize::from(tokens[at].head);
        let to_object = object.is_some_and(|object| at < verb && head == object);
        if at > verb && head < verb && tokens[at].deprel != Deprel::Punct || to_object {
            let deprel = match tokens[at].deprel {
                Deprel::Nmod if has(at, &[Deprel::Case]) => Deprel::Obl,
                Deprel::Acl => Deprel::Advcl,
                other => other,
            };
            moved.push((at, deprel));
        }
    }
    let tokens = &mut sentence.tokens;
    for (at, deprel) in moved {
        (tokens[at].head, tokens[at].deprel) = (verb as u16, deprel);
    }
    if let Some(object) = object {
        (tokens[object].head, tokens[object].deprel) = (verb as u16, Deprel::Obj);
    }
    (tokens[verb].head, tokens[verb].deprel, tokens[verb].xpos) = (ROOT, Deprel::Root, Xpos::Vbd);
    (tokens[first].head, tokens[first].deprel) = (verb as u16, Deprel::Nsubj);
}
