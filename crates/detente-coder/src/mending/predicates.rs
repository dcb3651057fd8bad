//! What something is called or found to be: "called the claims baseless" says so of the claims.

use detente_grammar::{Deprel, Sentence, Token, Upos, Xpos};

use super::family;
use crate::frame::{judges_as, names};

/// An adjective right behind the object of a verb of naming is what the verb says of the object.
pub(super) fn part(text: &str, sentence: &mut Sentence, adjective: usize) {
    let tokens = &sentence.tokens;
    let object = usize::from(tokens[adjective].head);
    // "called the move "deeply regrettable"": little may stand between.
    let is_next = object < adjective
        && object + 4 > adjective
        && tokens[object + 1..adjective]
            .iter()
            .all(|token| matches!(token.upos, Upos::Punct | Upos::Adv) && token.form(text) != ",");
    let is_behind = tokens[adjective].upos == Upos::Adj
        && matches!(tokens[adjective].deprel, Deprel::Amod | Deprel::Appos)
        && is_next;
    if !is_behind || tokens[object].deprel != Deprel::Obj {
        return;
    }
    let verb = tokens[object].head;
    if tokens.get(usize::from(verb)).is_some_and(|verb| says_what_it_is(&verb.lemma)) {
        sentence.tokens[adjective].head = verb;
        sentence.tokens[adjective].deprel = Deprel::Xcomp;
    }
}

/// Verbs that say of something what it is.
fn says_what_it_is(lemma: &str) -> bool {
    names(lemma) || matches!(lemma, "find" | "declare" | "judge")
}

/// "is due to visit Chad": what somebody is due to do is no cause, as in "due to rain".
pub(super) fn due(sentence: &mut Sentence, to: usize) {
    let tokens = &mut sentence.tokens;
    let Some(due) = to.checked_sub(1).filter(|&at| &*tokens[at].lemma == "due" && tokens[at].upos == Upos::Adj) else {
        return;
    };
    let is_verb = |at: &usize| tokens[*at].upos == Upos::Verb && tokens[*at].xpos == Xpos::Vb;
    let Some(verb) = (to + 1..tokens.len().min(to + 3)).find(is_verb) else { return };
    if usize::from(tokens[to].head) != due || tokens[to].deprel != Deprel::Fixed {
        return;
    }
    // "the fund is due to send a team": the deed may have taken the predicate's place.
    let is_predicate = tokens[due].deprel == Deprel::Case
        && usize::from(tokens[due].head) == verb
        && family::has(tokens, verb, &[Deprel::Cop]);
    if is_predicate {
        family::adopt(tokens, verb, due, 0..due);
        (tokens[due].head, tokens[due].deprel) = (tokens[verb].head, tokens[verb].deprel);
        tokens[verb].head = due as u16;
    }
    if usize::from(tokens[verb].head) == due {
        (tokens[to].head, tokens[to].deprel) = (verb as u16, Deprel::Mark);
        (tokens[to].upos, tokens[to].xpos) = (Upos::Part, Xpos::To);
        tokens[verb].deprel = Deprel::Xcomp;
    }
}

/// "called its envoy home": home is where to, and the envoy who is called.
pub(super) fn go_home(tokens: &mut [Token], home: usize) {
    let Some(guest) = home.checked_sub(1) else { return };
    let verb = usize::from(tokens[home].head);
    let is_object = matches!(tokens[home].deprel, Deprel::Obj | Deprel::Xcomp)
        && (tokens[guest].deprel, usize::from(tokens[guest].head)) == (Deprel::Compound, home)
        && tokens[guest].upos == Upos::Noun;
    let moves = |lemma: &str| {
        matches!(lemma, "call" | "bring" | "fly" | "fetch" | "order" | "send" | "ship" | "summon" | "take")
    };
    if &*tokens[home].lemma == "home" && is_object && verb < guest && moves(&tokens[verb].lemma) {
        family::adopt(tokens, home, guest, 0..guest);
        (tokens[guest].head, tokens[guest].deprel) = (verb as u16, Deprel::Obj);
        (tokens[home].upos, tokens[home].xpos, tokens[home].deprel) = (Upos::Adv, Xpos::Rb, Deprel::Advmod);
    }
}

/// "is due in Oslo next week": the place is where he is due.
pub(super) fn due_in(tokens: &mut [Token], due: usize) {
    let place = usize::from(tokens[due].head);
    let is_case = &*tokens[due].lemma == "due"
        && tokens[due].deprel == Deprel::Case
        && tokens.get(place).is_some_and(|place| place.upos == Upos::Propn);
    let preposition = due + 1;
    let is_in = |token: &Token| usize::from(token.head) == due && matches!(&*token.lemma, "in" | "at");
    if !is_case || !family::has(tokens, place, &[Deprel::Cop]) || !tokens.get(preposition).is_some_and(is_in) {
        return;
    }
    family::adopt(tokens, place, due, 0..due);
    (tokens[due].head, tokens[due].deprel) = (tokens[place].head, tokens[place].deprel);
    (tokens[due].upos, tokens[due].xpos) = (Upos::Adj, Xpos::Jj);
    (tokens[place].head, tokens[place].deprel) = (due as u16, Deprel::Obl);
    (tokens[preposition].head, tokens[preposition].deprel) = (place as u16, Deprel::Case);
    let is_beside =
        |at: usize, tokens: &[Token]| matches!(tokens[at].deprel, Deprel::OblUnmarked | Deprel::Obl | Deprel::Punct);
    for at in place + 1..tokens.len() {
        if usize::from(tokens[at].head) == place && is_beside(at, tokens) {
            tokens[at].head = due as u16;
        }
    }
}

/// "dismissed as nonsense Chad's claim": what it is called stands before what is so called.
pub(super) fn call(text: &str, tokens: &mut [Token], verb: usize) {
    let (as_, called) = (verb + 1, verb + 2);
    let calls = tokens[verb].upos == Upos::Verb && judges_as(&tokens[verb].lemma);
    let is_called = tokens.get(called).is_some_and(|token| matches!(token.upos, Upos::Noun | Upos::Adj));
    if !calls || !is_called || tokens[as_].form(text) != "as" {
        return;
    }
    let above = usize::from(tokens[as_].head);
    if !(called + 1..tokens.len()).contains(&above)
        || usize::from(tokens[above].head) != verb
        || !family::is_under(tokens, called, above)
    {
        return;
    }
    let is_claim = |at: usize| tokens[at].upos == Upos::Noun && usize::from(tokens[at].head) == verb;
    let owns = |at: usize| tokens.iter().any(|sign| usize::from(sign.head) == at && sign.form(text) == "'s");
    // "as absurd Chad's claim": the owner of the claim may have taken its place.
    let claim = match (above + 1..tokens.len()).find(|&at| is_claim(at) && tokens[at].deprel == Deprel::Obj) {
        Some(claim) if owns(above) => claim,
        _ if is_claim(above) && above > called + 1 && tokens[called + 1].deprel != Deprel::Case => above,
        _ => return,
    };
    let owners: Vec<usize> =
        (called + 1..claim).filter(|&at| usize::from(tokens[at].head) == called && owns(at)).collect();
    for owner in owners {
        (tokens[owner].head, tokens[owner].deprel) = (claim as u16, Deprel::NmodPoss);
    }
    if above == claim {
        tokens[claim].deprel = Deprel::Obj;
    } else {
        (tokens[above].head, tokens[above].deprel) = (claim as u16, Deprel::NmodPoss);
    }
    (tokens[called].head, tokens[called].deprel) = (verb as u16, Deprel::Obl);
    (tokens[as_].head, tokens[as_].deprel) = (called as u16, Deprel::Case);
}

/// "declared null and void the port deal": what stands before the article is what the deal is said to be.
pub(super) fn precede(tokens: &mut [Token], said: usize) {
    let noun = usize::from(tokens[said].head);
    if tokens[said].deprel != Deprel::Amod || tokens[said].upos != Upos::Adj || noun < said {
        return;
    }
    let Some(verb) = tokens.get(noun).filter(|noun| noun.deprel == Deprel::Obj).map(|noun| usize::from(noun.head))
    else {
        return;
    };
    let has_article =
        (said + 1..noun).any(|at| tokens[at].deprel == Deprel::Det && usize::from(tokens[at].head) == noun);
    let deems = verb < said && says_what_it_is(&tokens[verb].lemma);
    if has_article && deems {
        (tokens[said].head, tokens[said].deprel) = (verb as u16, Deprel::Xcomp);
    }
}

/// "called the ramming reckless": what is so called is a deed, and reckless is what it is called.
pub(super) fn deem(text: &str, tokens: &mut [Token], deed: usize) {
    let called = deed + 1;
    if tokens[deed].xpos != Xpos::Vbg || tokens[deed].deprel != Deprel::Amod || usize::from(tokens[deed].head) != called
    {
        return;
    }
    let verb = usize::from(tokens[called].head);
    let article =
        (verb + 1..deed).find(|&at| tokens[at].deprel == Deprel::Det && usize::from(tokens[at].head) == called);
    let deems = verb < deed && says_what_it_is(&tokens[verb].lemma);
    if !deems || article.is_none() || tokens[called].upos != Upos::Adj || tokens[called].deprel != Deprel::Xcomp {
        return;
    }
    let noun = tokens[deed].form(text).to_lowercase();
    for token in &mut tokens[verb + 1..deed] {
        if usize::from(token.head) == called && token.deprel != Deprel::Punct {
            token.head = deed as u16;
        }
    }
    let token = &mut tokens[deed];
    (token.head, token.deprel) = (verb as u16, Deprel::Obj);
    (token.upos, token.xpos, token.lemma) = (Upos::Noun, Xpos::Nn, noun.into());
}

/// ", a claim Chad denied": what was told is so called, and denied.
pub(super) fn contest(text: &str, tokens: &mut [Token], claim: usize) {
    let is = |at: usize, words: &[&str]| words.contains(&tokens[at].form(text));
    let is_claim = matches!(
        tokens[claim].form(text),
        "claim"
            | "charge"
            | "accusation"
            | "allegation"
            | "assertion"
            | "report"
            | "suggestion"
            | "statement"
            | "version"
    );
    if !is_claim || claim < 3 || !is(claim - 1, &["a", "an"]) || !is(claim - 2, &[",", "–", "—", "-"]) {
        return;
    }
    let contests = |at: &usize| {
        tokens[*at].upos == Upos::Verb
            && matches!(
                &*tokens[*at].lemma,
                "deny" | "reject" | "dismiss" | "dispute" | "refute" | "contest" | "rebuff"
            )
    };
    let Some(verb) = (claim + 1..tokens.len().min(claim + 8)).find(contests) else { return };
    // Nothing but a name stands between.
    let is_name = |at: usize| matches!(tokens[at].upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::Det | Upos::Part);
    if !(claim + 1..verb).all(is_name) {
        return;
    }
    let heads: Vec<usize> =
        (claim + 1..verb).filter(|&at| !(claim + 1..verb).contains(&usize::from(tokens[at].head))).collect();
    let [subject] = heads[..] else { return };
    let before = (0..claim - 2).rev().find(|&at| matches!(tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Verb));
    let Some(before) = before else { return };
    let is_read = tokens[verb].deprel == Deprel::AclRelcl && usize::from(tokens[verb].head) == claim;
    if is_read || tokens[claim].deprel == Deprel::Root || family::is_under(tokens, before, claim) {
        return;
    }
    (tokens[claim].upos, tokens[claim].xpos) = (Upos::Noun, Xpos::Nn);
    (tokens[claim].head, tokens[claim].deprel) = (before as u16, Deprel::Appos);
    (tokens[verb].head, tokens[verb].deprel) = (claim as u16, Deprel::AclRelcl);
    (tokens[subject].head, tokens[subject].deprel) = (verb as u16, Deprel::Nsubj);
}

/// "shot dead four smugglers": dead is what the shot made them.
pub(super) fn kill(text: &str, tokens: &mut [Token], dead: usize) {
    let Some(verb) = dead.checked_sub(1) else { return };
    let noun = usize::from(tokens[dead].head);
    if tokens[dead].form(text) == "dead"
        && tokens[dead].deprel == Deprel::Amod
        && matches!(&*tokens[verb].lemma, "shoot" | "gun" | "strike" | "stab" | "beat")
        && tokens[verb].upos == Upos::Verb
        && usize::from(tokens[noun].head) == verb
    {
        (tokens[dead].head, tokens[dead].deprel) = (verb as u16, Deprel::Xcomp);
    }
}

/// "declared the attache persona non grata": the three words say what he is declared to be.
pub(super) fn unwelcome(text: &str, tokens: &mut [Token], persona: usize) {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.form(text).eq_ignore_ascii_case(word));
    let (non, grata) = (persona + 1, persona + 2);
    if !(is(persona, "persona") || is(persona, "personae"))
        || !is(non, "non")
        || !(is(grata, "grata") || is(grata, "gratae"))
    {
        return;
    }
    let names = |at: &usize| {
        tokens[*at].upos == Upos::Verb
            && matches!(&*tokens[*at].lemma, "declare" | "name" | "pronounce" | "brand" | "make")
    };
    let Some(verb) = (0..persona).rev().find(names).filter(|&verb| verb + 8 > persona) else { return };
    let someone = persona - 1;
    // A verb that hangs on what it says of him tells nothing yet.
    if [someone, persona, non, grata].iter().any(|&word| word != verb && family::is_under(tokens, verb, word)) {
        return;
    }
    let object = family::kid(tokens, verb, Deprel::Obj).filter(|&at| verb < at && at < someone);
    let is_torn = usize::from(tokens[someone].head) == persona;
    for behind in &mut tokens[grata + 1..] {
        if [persona, non, grata].contains(&usize::from(behind.head)) {
            behind.head = verb as u16;
            behind.deprel = if behind.deprel == Deprel::Nmod { Deprel::Obl } else { behind.deprel };
        }
    }
    if is_torn && someone > verb {
        let of_whom = family::kid(tokens, someone, Deprel::Case);
        let (above, rel) = match object {
            // "three employees of the embassy"
            Some(object) if of_whom.is_some() => (object, Deprel::Nmod),
            Some(object) => {
                family::adopt(tokens, object, someone, 0..object);
                (tokens[object].head, tokens[object].deprel) = (someone as u16, Deprel::Compound);
                (verb, Deprel::Obj)
            }
            None => (verb, Deprel::Obj),
        };
        (tokens[someone].head, tokens[someone].deprel) = (above as u16, rel);
        (tokens[someone].upos, tokens[someone].xpos) = (Upos::Noun, Xpos::Nn);
    }
    (tokens[persona].head, tokens[persona].deprel) = (verb as u16, Deprel::Xcomp);
    for (word, lemma) in [(persona, "persona"), (grata, "grata")] {
        (tokens[word].upos, tokens[word].xpos, tokens[word].lemma) = (Upos::Noun, Xpos::Nn, lemma.into());
    }
    for word in [non, grata] {
        (tokens[word].head, tokens[word].deprel) = (persona as u16, Deprel::Flat);
    }
}
