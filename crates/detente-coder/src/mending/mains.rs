//! Main verbs that were taken for participles: "Norway, which chairs the bloc, threatened war" tells what Norway did.

use detente_grammar::{Deprel, ROOT, Sentence, Token, Upos, Xpos};

use super::clauses::TELLING;
use super::family::{adopt, chain, extent, has, kid, make_main, make_subject};
use crate::inflection::Lemmas;

/// Makes a verb behind the sentence's first phrase the main verb, where the sentence has none.
pub(super) fn raise(text: &str, sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let Some(first) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let ends = tokens.last().is_some_and(|token| token.form(text) == ".");
    if !matches!(tokens[first].upos, Upos::Noun | Upos::Propn) || !ends || is_told(tokens, first) {
        return;
    }
    let Some(verb) = find(text, tokens, first) else { return };
    let object = (tokens[verb].deprel == Deprel::Amod).then_some(usize::from(tokens[verb].head));
    let object = object.filter(|&noun| noun > verb);
    let mut moved = Vec::new();
    for at in (0..tokens.len()).filter(|&at| Some(at) != object && at != verb) {
        let head = usize::from(tokens[at].head);
        let to_object = object.is_some_and(|object| at < verb && head == object);
        if at > verb && head < verb && tokens[at].deprel != Deprel::Punct || to_object {
            let deprel = match tokens[at].deprel {
                Deprel::Nmod if has(tokens, at, &[Deprel::Case]) => Deprel::Obl,
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

/// "Speaking at a memorial in Riga, President Lund praised Chad": the name right before a main verb without a subject is its subject,
/// and no part of what opens the sentence.
pub(super) fn front(text: &str, tokens: &mut [Token]) {
    let Some(verb) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let lacks = !has(
        tokens,
        verb,
        &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Csubj, Deprel::Expl, Deprel::Aux, Deprel::AuxPass],
    );
    let is_finite = matches!(tokens[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    if lacks && is_finite && verb > 2 && tokens[verb - 1].form(text) == "," {
        step_out(text, tokens, verb);
        return;
    }
    let Some(name) = verb.checked_sub(1).filter(|&at| lacks && is_finite && tokens[at].upos == Upos::Propn) else {
        return;
    };
    // "In Lima, Chile and Peru agreed": both.
    let is_of_name = |token: &Token| {
        let is_and = token.upos == Upos::Cconj && &*token.lemma == "and";
        is_and || matches!(token.upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::Det | Upos::Part)
    };
    let Some(comma) = (0..=name).rev().find(|&at| !is_of_name(&tokens[at])) else { return };
    if !matches!(tokens[comma].form(text), "," | ";") {
        return;
    }
    let range = comma + 1..verb;
    let is_top = |at: &usize| !range.contains(&usize::from(tokens[*at].head));
    let tops: Vec<usize> = range.clone().filter(is_top).collect();
    let [top] = tops[..] else { return };
    let above = usize::from(tokens[top].head);
    if tokens[top].upos != Upos::Propn || above > comma {
        return;
    }
    for token in tokens[..=comma].iter_mut().filter(|token| usize::from(token.head) == top) {
        token.head = above as u16;
    }
    (tokens[top].head, tokens[top].deprel) = (verb as u16, Deprel::Nsubj);
}

/// "At the invitation of the president of Chad, Ali Sy, the president of Mali, Bo Ka, paid a visit": who stands last before the verb, with
/// his name between commas, is its subject.
fn step_out(text: &str, tokens: &mut [Token], verb: usize) {
    if tokens[0].deprel != Deprel::Case || !matches!(tokens[verb - 2].upos, Upos::Propn | Upos::Noun) {
        return;
    }
    let is_apart = |at: &usize| {
        let first = extent(tokens, *at).0;
        let is_comma = |at: usize| tokens[at].form(text) == ",";
        tokens[*at].deprel == Deprel::Appos && first > 0 && (is_comma(first) || is_comma(first - 1))
    };
    let above: Vec<usize> = chain(tokens, verb - 2).filter(is_apart).collect();
    let titled = above.iter().copied().find(|&at| has(tokens, at, &[Deprel::Det]));
    if let Some(subject) = titled.or(above.first().copied()) {
        (tokens[subject].head, tokens[subject].deprel) = (verb as u16, Deprel::Nsubj);
    }
}

/// "Two hikers picked up near the border are being held": the participle tells of the subject, the verb with a helping verb behind it what is
/// done.
pub(super) fn step_behind(text: &str, tokens: &mut [Token]) {
    let Some(first) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let is_participle = tokens[first].upos == Upos::Verb && matches!(tokens[first].xpos, Xpos::Vbn | Xpos::Vbd);
    let helps = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::Obj];
    let subject = kid(tokens, first, Deprel::Nsubj).or_else(|| kid(tokens, first, Deprel::NsubjPass));
    let Some(subject) = subject.filter(|&subject| is_participle && subject < first) else { return };
    if has(tokens, first, &helps) || TELLING.contains(&&*tokens[first].lemma) {
        return;
    }
    let is_helped = |verb: usize| {
        (first + 1..verb).any(|at| {
            usize::from(tokens[at].head) == verb
                && matches!(tokens[at].deprel, Deprel::Aux | Deprel::AuxPass)
                && matches!(tokens[at].xpos, Xpos::Vbz | Xpos::Vbp | Xpos::Vbd | Xpos::Md)
        })
    };
    let is_main = |verb: &usize| {
        usize::from(tokens[*verb].head) == first
            && tokens[*verb].upos == Upos::Verb
            && matches!(tokens[*verb].deprel, Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Xcomp)
            && is_helped(*verb)
            && !has(
                tokens,
                *verb,
                &[
                    Deprel::Nsubj,
                    Deprel::NsubjPass,
                    Deprel::Csubj,
                    Deprel::CsubjPass,
                    Deprel::Mark,
                    Deprel::Cc,
                    Deprel::Expl,
                ],
            )
    };
    let Some(verb) = (first + 1..tokens.len()).find(is_main) else { return };
    if (first..verb).any(|at| matches!(tokens[at].form(text), "," | ";")) {
        return;
    }
    adopt(tokens, first, verb, 0..subject);
    make_main(tokens, first, verb);
    make_subject(tokens, subject, verb);
    (tokens[first].head, tokens[first].deprel, tokens[first].xpos) = (subject as u16, Deprel::Acl, Xpos::Vbn);
}

/// "Kenya \"rejects in totality\" a judgment": a verb in quotation marks behind the first phrase tells what that one does.
pub(super) fn quote(text: &str, tokens: &mut [Token]) {
    let Some(first) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let is_quote = |at: usize| matches!(tokens[at].form(text), "\"" | "“" | "'" | "‘");
    let tells = |verb: &usize| {
        usize::from(tokens[*verb].head) == first
            && matches!(tokens[*verb].deprel, Deprel::AclRelcl | Deprel::Acl)
            && matches!(tokens[*verb].xpos, Xpos::Vbz | Xpos::Vbp)
            && is_quote(verb - 1)
            && (verb + 1..tokens.len()).any(is_quote)
            && !has(tokens, *verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark])
    };
    let Some(verb) = (first + 2..tokens.len()).find(tells) else { return };
    if !matches!(tokens[first].upos, Upos::Noun | Upos::Propn) || is_told(tokens, first) {
        return;
    }
    make_main(tokens, first, verb);
    make_subject(tokens, first, verb);
}

/// "The king, who left, met Chad.": the mark that ends a sentence hangs on its main verb, and not on a clause that would so reach to the end.
pub(super) fn close(text: &str, tokens: &mut [Token]) {
    let Some(root) = tokens.iter().position(|token| token.head == ROOT) else { return };
    if let Some(last) = tokens.last_mut()
        && last.upos == Upos::Punct
        && matches!(last.form(text), "." | "!" | "?")
        && last.head != ROOT
    {
        last.head = root as u16;
    }
}

/// "Malaysia today hosted a meeting": a main verb with a subject and no helping verb tells what was done.
pub(super) fn tell(tokens: &mut [Token]) {
    let Some(verb) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let is_participle = tokens[verb].upos == Upos::Verb && tokens[verb].xpos == Xpos::Vbn;
    let helps = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::NsubjPass, Deprel::OblAgent];
    if is_participle && has(tokens, verb, &[Deprel::Nsubj]) && !has(tokens, verb, &helps) {
        tokens[verb].xpos = Xpos::Vbd;
    }
}

/// "Poland will station two brigades": a noun right behind *will* is the verb.
pub(super) fn will(tokens: &mut [Token], modal: usize) {
    let verb = modal + 1;
    let first = usize::from(tokens[modal].head);
    let is_modal = tokens[modal].xpos == Xpos::Md && tokens[modal].deprel == Deprel::Aux && first < modal;
    let is_verb = tokens
        .get(verb)
        .is_some_and(|token| token.upos == Upos::Noun && token.xpos == Xpos::Nn && usize::from(token.head) == first);
    let is_subject = tokens.get(first).is_some_and(|token| matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron));
    if !is_modal || !is_verb || !is_subject || has(tokens, first, &[Deprel::Cop]) {
        return;
    }
    tokens[modal].head = verb as u16;
    adopt(tokens, first, verb, verb + 1..tokens.len());
    for token in tokens[verb + 1..].iter_mut().filter(|token| usize::from(token.head) == verb) {
        if token.deprel == Deprel::Nmod {
            token.deprel = Deprel::Obl;
        }
    }
    (tokens[verb].head, tokens[verb].deprel) = (tokens[first].head, tokens[first].deprel);
    (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::Vb);
    (tokens[first].head, tokens[first].deprel) = (verb as u16, Deprel::Nsubj);
}

/// "Niger tore up the pact", "Niger quit the pact": a word in small letters right behind the sentence's name is no part of it but the
/// verb, where the sentence has no other.
pub(super) fn leave_name(lemmas: &Lemmas, text: &str, tokens: &mut [Token]) {
    let Some(name) = tokens.iter().position(|token| token.head == ROOT) else { return };
    let is_large = |token: &Token| token.form(text).starts_with(char::is_uppercase);
    let in_name = |token: &Token| token.upos == Upos::Propn && token.deprel == Deprel::Flat;
    let Some(verb) = (name + 1..tokens.len()).find(|&at| !(in_name(&tokens[at]) && is_large(&tokens[at]))) else {
        return;
    };
    let is_finite = |token: &Token| matches!(token.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let tells = tokens.iter().any(|token| is_finite(token) && usize::from(token.head) == name);
    if tokens[name].upos != Upos::Propn || !in_name(&tokens[verb]) || is_large(&tokens[verb]) || tells {
        return;
    }
    let Some(lemma) = lemmas.told_verb(tokens[verb].form(text)) else { return };
    make_main(tokens, name, verb);
    for at in verb + 1..tokens.len() {
        let token = &tokens[at];
        let is_bare = matches!(token.deprel, Deprel::Flat | Deprel::Obl) && !has(tokens, at, &[Deprel::Case]);
        if usize::from(token.head) == verb && is_bare {
            tokens[at].deprel = Deprel::Obj;
        }
    }
    let token = &mut tokens[verb];
    (token.upos, token.xpos, token.lemma) = (Upos::Verb, Xpos::Vbd, lemma);
    make_subject(tokens, name, verb);
}

/// The verb that tells what the first phrase did: it closes what began right behind that phrase, or follows it.
fn find(text: &str, tokens: &[Token], first: usize) -> Option<usize> {
    let is_break = |at: usize| {
        tokens.get(at).is_some_and(|token| matches!(token.form(text), "," | "--" | "-" | "–" | "—" | "(" | ")"))
    };
    let may_tell = |at: &usize| {
        let token = &tokens[*at];
        token.upos == Upos::Verb
            && matches!(token.xpos, Xpos::Vbn | Xpos::Vbd)
            && !has(tokens, *at, &[Deprel::OblAgent])
    };
    // "Norway, which chairs the bloc, threatened war"
    if is_break(first + 1) {
        let closes = |at: &usize| {
            is_break(at - 1) && matches!(tokens[*at].deprel, Deprel::Amod | Deprel::Acl | Deprel::Advcl) && may_tell(at)
        };
        return (first + 3..tokens.len()).find(closes);
    }
    let hangs_on_first = |at: usize| tokens.get(at).is_some_and(|token| usize::from(token.head) == first);
    // "India on Monday alleged violations": behind a phrase with a preposition.
    let phrase = tokens.get(first + 1).filter(|case| case.deprel == Deprel::Case).map(|case| usize::from(case.head));
    let phrase = phrase.filter(|&head| hangs_on_first(head));
    let next = phrase.unwrap_or(first) + 1;
    if next >= tokens.len() || !may_tell(&next) {
        return None;
    }
    // "The authorities named the culprit": whoever is named does not have a culprit, so they name.
    let follows = tokens[next].deprel == Deprel::Acl
        && hangs_on_first(next)
        && has(tokens, next, &[Deprel::Obj, Deprel::Xcomp, Deprel::CompoundPrt, Deprel::Obl]);
    let noun = usize::from(tokens[next].head);
    let takes_noun = phrase.is_some() && tokens[next].deprel == Deprel::Amod && noun > next && hangs_on_first(noun);
    (follows || takes_noun).then_some(next)
}

/// Tells whether something is told of the first phrase as it is.
fn is_told(tokens: &[Token], first: usize) -> bool {
    let tells = |token: &Token| {
        usize::from(token.head) == first
            && token.upos != Upos::Noun
            && matches!(token.deprel, Deprel::Cop | Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp | Deprel::Nsubj)
    };
    tokens.iter().any(tells)
}
