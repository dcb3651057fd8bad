//! Headlines: two names before a verb, verbs that were taken for adjectives, passives without a helping verb, what stands before a colon.

use detente_grammar::{Deprel, ROOT, Sentence, Token, Upos, Xpos};

use super::family::{adopt, extent, has, kid};

/// "French troops complete pullout from Chad": what stands between a headline's first phrase and its object is the verb.
pub(super) fn complete(tokens: &mut [Token]) {
    let Some(subject) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let Some(object) = kid(tokens, subject, Deprel::Obj).filter(|&object| object == subject + 2) else { return };
    let verb = subject + 1;
    let is_verb = tokens[verb].upos == Upos::Adj
        && tokens[verb].deprel == Deprel::Amod
        && usize::from(tokens[verb].head) == object
        && matches!(tokens[subject].upos, Upos::Noun | Upos::Propn);
    if !is_verb {
        return;
    }
    (tokens[verb].head, tokens[verb].deprel) = (ROOT, Deprel::Root);
    (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::Vbp);
    (tokens[subject].head, tokens[subject].deprel) = (verb as u16, Deprel::Nsubj);
    (tokens[object].head, tokens[object].deprel) = (verb as u16, Deprel::Obj);
    adopt(tokens, subject, verb, object + 1..tokens.len());
}

/// "World Court orders Chad to pull back": what was taken for the orders of a court is its verb.
pub(super) fn order(tokens: &mut [Token]) {
    let Some(verb) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let is_either =
        matches!(&*tokens[verb].lemma, "order" | "demand" | "plan" | "request" | "bid" | "sentence" | "ban" | "file");
    let is_named = |at: usize| matches!(tokens[at].upos, Upos::Noun | Upos::Propn);
    let is_before = |at: &usize| {
        let is_its = matches!(tokens[*at].deprel, Deprel::Compound | Deprel::Nsubj);
        is_its && usize::from(tokens[*at].head) == verb && is_named(*at)
    };
    if !is_either || tokens[verb].xpos != Xpos::Nns {
        return;
    }
    let Some(subject) = (0..verb).rev().find(is_before).filter(|&at| extent(tokens, at).1 + 1 == verb) else { return };
    let named = kid(tokens, verb, Deprel::Appos).filter(|&object| object > verb && tokens[object].upos == Upos::Propn);
    let Some(object) = named.or_else(|| kid(tokens, verb, Deprel::Obj).filter(|&object| object > verb)) else { return };
    (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::Vbz);
    adopt(tokens, verb, subject, 0..subject);
    (tokens[subject].head, tokens[subject].deprel) = (verb as u16, Deprel::Nsubj);
    tokens[object].deprel = Deprel::Obj;
    for token in tokens[object + 1..].iter_mut().filter(|token| usize::from(token.head) == verb) {
        match token.deprel {
            Deprel::Acl | Deprel::Advcl => token.deprel = Deprel::Xcomp,
            Deprel::Nmod => token.deprel = Deprel::Obl,
            _ => {}
        }
    }
}

/// "Andean crisis: Ecuador and Venezuela send troops": what is named before the colon is the matter, and does nothing.
pub(super) fn label(text: &str, tokens: &mut [Token]) {
    let Some(verb) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let Some(colon) = (0..verb).find(|&at| tokens[at].form(text) == ":") else { return };
    let Some(label) = kid(tokens, verb, Deprel::Nsubj).filter(|&label| label < colon) else { return };
    let is_name = |at: &usize| usize::from(tokens[*at].head) == label && tokens[*at].deprel == Deprel::Appos;
    if let Some(name) = (colon + 1..verb).find(is_name) {
        (tokens[name].head, tokens[name].deprel) = (verb as u16, Deprel::Nsubj);
        (tokens[label].head, tokens[label].deprel) = (verb as u16, Deprel::Dislocated);
    }
}

/// Joins two names that a headline puts before one verb: "Norway, Chad sign pact".
pub(super) fn join(text: &str, sentence: &mut Sentence) {
    let tokens = &mut sentence.tokens;
    let names = |from: usize| tokens[from..].iter().take_while(|token| token.upos == Upos::Propn).count();
    let comma = names(0);
    if comma == 0 || tokens.get(comma).is_none_or(|token| token.form(text) != ",") {
        return;
    }
    let verb = comma + 1 + names(comma + 1);
    let Some(first) = (0..comma).find(|&at| tokens[at].head == ROOT) else { return };
    let Some(second) =
        (comma + 1..verb).find(|&at| usize::from(tokens[at].head) == verb && tokens[at].deprel == Deprel::Nsubj)
    else {
        return;
    };
    let tells = tokens[verb].upos == Upos::Verb
        && matches!(tokens[verb].xpos, Xpos::Vbp | Xpos::Vb | Xpos::Vbd)
        && usize::from(tokens[verb].head) == first;
    if tells {
        (tokens[verb].head, tokens[verb].deprel) = (ROOT, Deprel::Root);
        (tokens[first].head, tokens[first].deprel) = (verb as u16, Deprel::Nsubj);
        (tokens[second].head, tokens[second].deprel) = (first as u16, Deprel::Conj);
    }
}

/// "Dutch seize Russian yacht": a people's name right before a verb acts.
pub(super) fn people(text: &str, sentence: &mut Sentence) {
    let tokens = &mut sentence.tokens;
    let [name, verb, ..] = tokens.as_mut_slice() else { return };
    let acts = name.deprel == Deprel::Amod
        && name.head == 1
        && name.upos == Upos::Adj
        && name.form(text).starts_with(char::is_uppercase)
        && verb.upos == Upos::Verb
        && matches!(verb.xpos, Xpos::Vb | Xpos::Vbp | Xpos::Vbd)
        && verb.head == ROOT;
    if acts {
        (name.deprel, name.upos, name.xpos) = (Deprel::Nsubj, Upos::Propn, Xpos::Nnps);
        verb.xpos = if verb.xpos == Xpos::Vb { Xpos::Vbp } else { verb.xpos };
    }
}

/// "Norway urged to halt arms sales", "Red Cross team denied access": of a headline's verb without an object somebody undergoes it.
pub(super) fn undergo(text: &str, sentence: &mut Sentence) {
    let tokens = &mut sentence.tokens;
    let is_headline = tokens.last().is_some_and(|last| !matches!(last.form(text), "." | "?" | "!" | "\"" | "”"));
    let Some(verb) = tokens.iter().position(|token| token.head == ROOT).filter(|_| is_headline) else { return };
    let is_done = |lemma: &str| {
        matches!(
            lemma,
            "urge"
                | "deny"
                | "refuse"
                | "free"
                | "jail"
                | "sentence"
                | "expel"
                | "summon"
                | "hold"
                | "bar"
                | "arrest"
                | "detain"
                | "ban"
                | "kill"
                | "accuse"
                | "charge"
                | "release"
                | "abduct"
                | "kidnap"
                | "deport"
                | "hang"
                | "execute"
                | "shell"
                | "bomb"
                | "acquit"
                | "convict"
                | "throw"
                | "call"
                | "recall"
                | "ask"
                | "warn"
        )
    };
    let past = tokens[verb].upos == Upos::Verb && matches!(tokens[verb].xpos, Xpos::Vbd | Xpos::Vbn);
    if !past || !is_done(&tokens[verb].lemma) || has(tokens, verb, &[Deprel::AuxPass, Deprel::Aux, Deprel::OblAgent]) {
        return;
    }
    let object = kid(tokens, verb, Deprel::Obj);
    let withheld = |at: usize| {
        matches!(&*tokens[at].lemma, "access" | "entry" | "visa" | "bail" | "asylum" | "permission" | "passage")
            && matches!(&*tokens[verb].lemma, "deny" | "refuse")
    };
    if object.is_some_and(|at| !withheld(at)) || has(tokens, verb, &[Deprel::Ccomp]) {
        return;
    }
    let Some(subject) = kid(tokens, verb, Deprel::Nsubj).filter(|&at| at < verb) else { return };
    // "Norway asked to explain", but "Norway refused to explain", "Norway called for talks".
    let own = matches!(&*tokens[verb].lemma, "refuse" | "call" | "ask" | "hold" | "warn" | "deny");
    let told = has(tokens, verb, &[Deprel::Xcomp]) && matches!(&*tokens[verb].lemma, "ask" | "warn");
    if own && !told && object.is_none() {
        return;
    }
    tokens[subject].deprel = Deprel::NsubjPass;
    tokens[verb].xpos = Xpos::Vbn;
}

/// Makes the "open" of a headline its verb: "Norway and Chad open talks".
pub(super) fn open(sentence: &mut Sentence) {
    let tokens = &mut sentence.tokens;
    let names = tokens.iter().take_while(|token| matches!(token.upos, Upos::Propn | Upos::Cconj | Upos::Punct)).count();
    let Some(verb) = tokens.get(names).filter(|verb| &*verb.lemma == "open" && verb.deprel == Deprel::Amod) else {
        return;
    };
    let noun = usize::from(verb.head);
    let Some(first) = (0..names).find(|&at| usize::from(tokens[at].head) == noun) else { return };
    if tokens[noun].head == ROOT && noun > names {
        (tokens[names].head, tokens[names].deprel) = (ROOT, Deprel::Root);
        (tokens[names].upos, tokens[names].xpos) = (Upos::Verb, Xpos::Vbp);
        (tokens[noun].head, tokens[noun].deprel) = (names as u16, Deprel::Obj);
        (tokens[first].head, tokens[first].deprel) = (names as u16, Deprel::Nsubj);
    }
}
