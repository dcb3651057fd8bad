//! Relative clauses: of whom they tell, and who acts behind them.

use detente_grammar::{Deprel, ROOT, Token, Upos, Xpos};

use super::clauses::TELLING;
use super::family::{chain, has, is_under, kid};

/// "met Antony Blinken, who criticised it": a clause that begins with "who" tells of the name before it.
pub(super) fn relate(text: &str, tokens: &mut [Token], pronoun: usize) {
    let verb = usize::from(tokens[pronoun].head);
    let begins = matches!(tokens[pronoun].xpos, Xpos::Wp | Xpos::Wdt)
        && matches!(&*tokens[pronoun].lemma, "who" | "which")
        && tokens[pronoun].deprel == Deprel::Nsubj
        && pronoun >= 2
        && tokens[pronoun - 1].form(text) == ",";
    if begins && tokens.get(verb).is_some_and(|verb| verb.deprel == Deprel::AclRelcl) {
        go_on(text, tokens, verb);
        return;
    }
    // "in solidarity with Chad, which blamed Niger": Chad did.
    if begins && tokens.get(verb).is_some_and(|verb| verb.deprel == Deprel::AdvclRelcl && verb.upos == Upos::Verb) {
        let name = antecedent(tokens, pronoun).filter(|&name| tokens[name].upos == Upos::Propn);
        let blames = matches!(
            &*tokens[verb].lemma,
            "accuse"
                | "blame"
                | "condemn"
                | "deny"
                | "denounce"
                | "reject"
                | "criticise"
                | "criticize"
                | "oppose"
                | "support"
                | "back"
        );
        let speaks = blames || TELLING.contains(&&*tokens[verb].lemma);
        if let Some(name) = name.filter(|&name| speaks && !is_under(tokens, name, verb)) {
            (tokens[verb].head, tokens[verb].deprel) = (name as u16, Deprel::AclRelcl);
        }
        return;
    }
    if begins && verb > pronoun {
        lower(text, tokens, verb, pronoun);
    }
    if !begins
        || verb <= pronoun
        || tokens.get(verb).is_none_or(|verb| !matches!(verb.deprel, Deprel::Parataxis | Deprel::Ccomp))
    {
        return;
    }
    let Some(name) = antecedent(tokens, pronoun).filter(|&name| !is_under(tokens, name, verb)) else { return };
    if tokens[verb].head == ROOT {
        return;
    }
    (tokens[verb].head, tokens[verb].deprel) = (name as u16, Deprel::AclRelcl);
    // "and Chad, which had closed its mission, sent an envoy": behind the clause the name acts.
    let goes_on = |at: &usize| {
        usize::from(tokens[*at].head) == verb
            && tokens[*at].deprel == Deprel::Conj
            && tokens[*at].upos == Upos::Verb
            && tokens[at - 1].form(text) == ","
            && !has(tokens, *at, &[Deprel::Nsubj, Deprel::Cc])
    };
    let next = (verb + 1..tokens.len()).find(goes_on);
    let cc = kid(tokens, name, Deprel::Cc).filter(|&cc| cc < name && tokens[name].deprel == Deprel::Conj);
    let main = chain(tokens, name).skip(1).find(|&at| tokens[at].upos == Upos::Verb);
    if let (Some(next), Some(cc), Some(main)) = (next, cc, main) {
        (tokens[next].head, tokens[next].deprel) = (main as u16, Deprel::Conj);
        (tokens[name].head, tokens[name].deprel) = (next as u16, Deprel::Nsubj);
        tokens[cc].head = next as u16;
        return;
    }
    go_on(text, tokens, verb);
}

/// The name or noun before the comma before a relative pronoun.
fn antecedent(tokens: &[Token], pronoun: usize) -> Option<usize> {
    let mut name = pronoun.checked_sub(2)?;
    while matches!(tokens[name].deprel, Deprel::Flat | Deprel::Compound) && usize::from(tokens[name].head) < pronoun {
        name = usize::from(tokens[name].head);
    }
    matches!(tokens[name].upos, Upos::Noun | Upos::Propn).then_some(name)
}

/// "The minister, whose party suspended the talks, said": a clause that begins with "whose" tells of the name before it, which acts behind it.
pub(super) fn possess(text: &str, tokens: &mut [Token], pronoun: usize) {
    if tokens[pronoun].xpos != Xpos::WpPoss || pronoun < 2 || tokens[pronoun - 1].form(text) != "," {
        return;
    }
    let owned = usize::from(tokens[pronoun].head);
    let Some(verb) =
        tokens.get(owned).filter(|owned| owned.deprel == Deprel::Nsubj).map(|owned| usize::from(owned.head))
    else {
        return;
    };
    if owned <= pronoun || verb <= owned {
        return;
    }
    // "the premier, whose country he praised": who acts stands right before the verb.
    let acts = |at: &usize| {
        usize::from(tokens[*at].head) == verb && tokens[*at].deprel == Deprel::Nsubj && tokens[*at].upos == Upos::Pron
    };
    if (owned + 1..verb).any(|at| acts(&at)) && !has(tokens, verb, &[Deprel::Obj]) {
        tokens[owned].deprel = Deprel::Obj;
        let name = antecedent(tokens, pronoun).filter(|&name| !is_under(tokens, name, verb));
        if let Some(name) = name.filter(|_| matches!(tokens[verb].deprel, Deprel::Conj | Deprel::Parataxis)) {
            (tokens[verb].head, tokens[verb].deprel) = (name as u16, Deprel::AclRelcl);
        }
        return;
    }
    lower(text, tokens, verb, pronoun);
}

/// Makes a main verb with a subject before a relative pronoun the relative clause of that subject.
fn lower(text: &str, tokens: &mut [Token], verb: usize, pronoun: usize) {
    let is_subject = |at: &usize| usize::from(tokens[*at].head) == verb && tokens[*at].deprel == Deprel::Nsubj;
    let name = (0..pronoun).find(is_subject);
    if let Some(name) = name.filter(|_| tokens[verb].head == ROOT) {
        (tokens[verb].head, tokens[verb].deprel) = (name as u16, Deprel::AclRelcl);
        (tokens[name].head, tokens[name].deprel) = (ROOT, Deprel::Root);
        go_on(text, tokens, verb);
    }
}

/// "Chad, which declined to comment, sealed its border": behind the clause the name acts.
fn go_on(text: &str, tokens: &mut [Token], clause: usize) {
    let name = usize::from(tokens[clause].head);
    if tokens.get(name).is_none_or(|name| name.head != ROOT) {
        return;
    }
    let goes_on = |at: &usize| {
        tokens[*at].upos == Upos::Verb
            && matches!(tokens[*at].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn)
            && matches!(
                tokens[*at].deprel,
                Deprel::Conj
                    | Deprel::Ccomp
                    | Deprel::Appos
                    | Deprel::Xcomp
                    | Deprel::Parataxis
                    | Deprel::Acl
                    | Deprel::AclRelcl
                    | Deprel::Advcl
            )
            && is_under(tokens, *at, clause)
            && tokens[at - 1].form(text) == ","
            && !has(tokens, *at, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cc, Deprel::Mark, Deprel::OblAgent])
    };
    if let Some(verb) = (clause + 1..tokens.len()).find(goes_on) {
        (tokens[verb].head, tokens[verb].deprel, tokens[verb].xpos) = (
            ROOT,
            Deprel::Root,
            match tokens[verb].xpos {
                Xpos::Vbn => Xpos::Vbd,
                other => other,
            },
        );
        (tokens[name].head, tokens[name].deprel) = (verb as u16, Deprel::Nsubj);
    }
}
