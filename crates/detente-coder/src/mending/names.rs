//! Names that the grammar tears apart: "Norway's Kaja Lund", "Hamas officials", "by Amnesty International".

use detente_grammar::{Deprel, Token, Upos, Xpos};

use super::family::{adopt, are_beside, chain, extent, has, is_under, kid, make_subject};
use crate::owner::tells_whose;

/// "Norway's Kaja Lund met Chad's Ali Sy": the state before the name is whose she is, and no second subject.
pub(super) fn own(tokens: &mut [Token], sign: usize) {
    let owner = usize::from(tokens[sign].head);
    if tokens[sign].xpos != Xpos::Pos || owner >= sign || tokens.get(sign + 1).is_none_or(|t| t.upos != Upos::Propn) {
        return;
    }
    // "Norway's Chancellor Kaja Lund"
    let mut name = sign + 1;
    while matches!(tokens[name].deprel, Deprel::NmodDesc | Deprel::Compound) && usize::from(tokens[name].head) > name {
        name = usize::from(tokens[name].head);
        if name >= tokens.len() {
            return;
        }
    }
    if tokens[name].head == tokens[owner].head && tokens[name].deprel == tokens[owner].deprel {
        (tokens[owner].head, tokens[owner].deprel) = (name as u16, Deprel::NmodPoss);
        // "Spain's Guardia Civil": what follows is of the name.
        let next = name + 1;
        if tokens.get(next).is_some_and(|t| {
            t.head == tokens[name].head && t.deprel == tokens[name].deprel && matches!(t.upos, Upos::Propn | Upos::Adj)
        }) {
            (tokens[next].head, tokens[next].deprel) = (name as u16, Deprel::Flat);
        }
    }
}

/// "A Thai F-16 dropped bombs": articles and adjectives right before a subject are the subject's, not the verb's.
pub(super) fn gather(tokens: &mut [Token], subject: usize) {
    let is_subject = matches!(tokens[subject].deprel, Deprel::Nsubj | Deprel::NsubjPass);
    let is_noun = matches!(tokens[subject].upos, Upos::Noun | Upos::Propn);
    let verb = usize::from(tokens[subject].head);
    if !is_subject || !is_noun || verb < subject {
        return;
    }
    for at in (0..subject).rev() {
        let is_before = match tokens[at].deprel {
            Deprel::Det | Deprel::Amod | Deprel::Nummod => true,
            other => {
                other == Deprel::Advcl
                    && tokens[at].upos == Upos::Adj
                    && !tokens.iter().any(|t| usize::from(t.head) == at)
            }
        };
        let head = usize::from(tokens[at].head);
        if !is_before || head != verb && head != subject {
            return;
        }
        tokens[at].head = subject as u16;
        if tokens[at].deprel == Deprel::Advcl {
            tokens[at].deprel = Deprel::Amod;
        }
    }
}

/// "Envoys of South Korea, the United States and Japan met": the second of the list is no subject of its own, the envoys are.
pub(super) fn list(text: &str, tokens: &mut [Token], second: usize) {
    let verb = usize::from(tokens[second].head);
    let is_subject = matches!(tokens[second].deprel, Deprel::Nsubj | Deprel::NsubjPass);
    if !is_subject || verb < second || kid(tokens, second, Deprel::Conj).is_none_or(|third| third > verb) {
        return;
    }
    let Some(comma) = extent(tokens, second).0.checked_sub(1).filter(|&at| tokens[at].form(text) == ",") else {
        return;
    };
    let Some(first) = comma.checked_sub(1) else { return };
    let whose = usize::from(tokens[first].head);
    let is_list = tokens[first].deprel == Deprel::Nmod
        && [first, second].iter().all(|&name| tokens[name].upos == Upos::Propn)
        && whose < first
        && kid(tokens, first, Deprel::Case).is_some_and(|case| matches!(&*tokens[case].lemma, "of" | "from"))
        && matches!(tokens[whose].xpos, Xpos::Nns | Xpos::Nnps)
        && usize::from(tokens[whose].head) == verb
        && tokens[whose].deprel == Deprel::Obl
        && !has(tokens, whose, &[Deprel::Case]);
    if is_list {
        (tokens[whose].head, tokens[whose].deprel) = (tokens[second].head, tokens[second].deprel);
        (tokens[second].head, tokens[second].deprel) = (first as u16, Deprel::Conj);
    }
}

/// "U.S. and South Korean forces": both words of the second name stand beside the first one.
pub(super) fn divided(text: &str, tokens: &mut [Token], part: usize) {
    let people = part + 1;
    let is_part = tokens[part].deprel == Deprel::Conj && matches!(tokens[part].form(text), "South" | "North");
    let first = usize::from(tokens[part].head);
    let is_beside = is_part
        && first < part
        && tokens.get(people).is_some_and(|next| {
            next.deprel == Deprel::Amod && tokens.get(first).is_some_and(|first| first.head == next.head)
        });
    if is_beside {
        (tokens[people].head, tokens[people].deprel) = (first as u16, Deprel::Conj);
        (tokens[part].head, tokens[part].deprel) = (people as u16, Deprel::Compound);
        adopt(tokens, part, people, 0..part);
    }
}

/// "By 27 votes to none, the caucus decided": who stands behind the comma decided, and not the votes.
pub(super) fn behind_comma(text: &str, tokens: &mut [Token], subject: usize) {
    let verb = usize::from(tokens[subject].head);
    let is_subject = matches!(tokens[subject].deprel, Deprel::Nsubj | Deprel::NsubjPass)
        && (subject + 1..tokens.len()).contains(&verb);
    let opens = |at: usize| tokens[at].upos == Upos::Adp && at == 0;
    if !is_subject || !kid(tokens, subject, Deprel::Case).is_some_and(opens) {
        return;
    }
    let is_behind_comma = |at: &usize| {
        if tokens[*at].deprel != Deprel::Appos {
            return false;
        }
        let (first, last) = extent(tokens, *at);
        let comma = if tokens[first].form(text) == "," { first } else { first.saturating_sub(1) };
        tokens[comma].form(text) == ","
            && is_under(tokens, *at, subject)
            && tokens
                .get(last + 1..verb)
                .is_some_and(|rest| rest.iter().all(|token| matches!(token.upos, Upos::Aux | Upos::Adv | Upos::Part)))
    };
    if let Some(other) = (subject + 1..verb).find(is_behind_comma) {
        let relation = tokens[subject].deprel;
        (tokens[other].head, tokens[other].deprel) = (verb as u16, relation);
        tokens[subject].deprel = Deprel::Obl;
    }
}

/// "Neighbouring Chad refused": what is neighbouring is the name behind it, and no deed.
pub(super) fn adjoin(tokens: &mut [Token], word: usize) {
    let name = word + 1;
    let is_adjoining = matches!(&*tokens[word].lemma, "neighbour" | "neighbor") && tokens[word].xpos == Xpos::Vbg;
    let is_its_own = tokens
        .get(name)
        .is_some_and(|next| next.upos == Upos::Propn && usize::from(next.head) == word && next.deprel == Deprel::Obj);
    if !is_adjoining || !is_its_own {
        return;
    }
    let (above, rel) = (tokens[word].head, tokens[word].deprel);
    let verb = match rel {
        Deprel::Root => kid(tokens, word, Deprel::Xcomp).or_else(|| kid(tokens, word, Deprel::Ccomp)),
        _ => Some(usize::from(above)),
    };
    let is_verb = |verb: &usize| *verb > name && tokens.get(*verb).is_some_and(|verb| verb.upos == Upos::Verb);
    let Some(verb) = verb.filter(is_verb) else { return };
    if rel == Deprel::Root {
        (tokens[verb].head, tokens[verb].deprel) = (above, rel);
    }
    let all = tokens.len();
    adopt(tokens, word, verb, name + 1..all);
    tokens[word].upos = Upos::Adj;
    (tokens[word].head, tokens[word].deprel) = (name as u16, Deprel::Amod);
    if has(tokens, verb, &[Deprel::Nsubj, Deprel::NsubjPass]) {
        (tokens[name].head, tokens[name].deprel) = (verb as u16, Deprel::Obl);
    } else {
        make_subject(tokens, name, verb);
    }
}

/// "met Hamas officials": a name right before a noun in the same place tells whose they are.
pub(super) fn join(tokens: &mut [Token], noun: usize) {
    let Some(name) = noun.checked_sub(1) else { return };
    if tokens[noun].upos == Upos::Noun
        && tokens[name].upos == Upos::Propn
        && are_beside(tokens, name, noun)
        && !crate::when::is_time_word(&tokens[noun].lemma)
    {
        (tokens[name].head, tokens[name].deprel) = (noun as u16, Deprel::Compound);
    }
}

/// "freed American contractor Ali Sy": the noun before a name in the same place says what he is.
pub(super) fn title(tokens: &mut [Token], name: usize) {
    let Some(noun) = name.checked_sub(1) else { return };
    if tokens[name].upos == Upos::Propn
        && tokens[noun].upos == Upos::Noun
        && are_beside(tokens, noun, name)
        && !crate::when::is_time_word(&tokens[noun].lemma)
        && !crate::when::is_time_word(&tokens[name].lemma)
    {
        adopt(tokens, noun, name, 0..noun);
        (tokens[noun].head, tokens[noun].deprel) = (name as u16, Deprel::NmodDesc);
    }
}

/// "was urged by Amnesty International", "held talks with Chad's Ali Sy": a phrase behind a preposition is no object.
pub(super) fn oblige(tokens: &mut [Token], phrase: usize) {
    // A preposition that hangs beside its phrase.
    if tokens[phrase].upos == Upos::Adp && tokens[phrase].deprel == Deprel::Obl {
        let verb = tokens[phrase].head;
        let is_its = |at: &usize| tokens[*at].head == verb && tokens[*at].deprel == Deprel::Obl;
        let next = (phrase + 1..tokens.len().min(phrase + 6)).find(is_its);
        if let Some(next) = next
            && !has(tokens, phrase, &[Deprel::Case, Deprel::Nmod, Deprel::Fixed])
            && !has(tokens, next, &[Deprel::Case])
        {
            (tokens[phrase].head, tokens[phrase].deprel) = (next as u16, Deprel::Case);
        }
        return;
    }
    if tokens[phrase].deprel != Deprel::Iobj {
        return;
    }
    let verb = usize::from(tokens[phrase].head);
    if let Some(case) =
        kid(tokens, phrase, Deprel::Case).filter(|&case| case < phrase && tokens[case].xpos != Xpos::Pos)
    {
        let acts = &*tokens[case].lemma == "by" && has(tokens, verb, &[Deprel::AuxPass, Deprel::NsubjPass]);
        tokens[phrase].deprel = if acts { Deprel::OblAgent } else { Deprel::Obl };
    }
}

/// "Spain's guards detained four": who acts on an object, in a clause that is not passive, is no passive subject.
pub(super) fn act(tokens: &mut [Token], subject: usize) {
    let verb = usize::from(tokens[subject].head);
    if tokens[subject].deprel == Deprel::NsubjPass
        && tokens.get(verb).is_some_and(|verb| matches!(verb.xpos, Xpos::Vbd | Xpos::Vbn))
        && has(tokens, verb, &[Deprel::Obj])
        && !has(tokens, verb, &[Deprel::AuxPass, Deprel::Aux])
    {
        tokens[subject].deprel = Deprel::Nsubj;
        tokens[verb].xpos = Xpos::Vbd;
    }
}

/// "detained 40 Chad migrants": the name between a number and what is counted says whose they are.
pub(super) fn among(tokens: &mut [Token], name: usize) {
    let number = usize::from(tokens[name].head);
    let is_between = tokens[name].upos == Upos::Propn
        && number + 1 == name
        && matches!(tokens[name].deprel, Deprel::NmodUnmarked | Deprel::Flat | Deprel::Appos)
        && tokens[number].deprel == Deprel::Nummod;
    let counted = tokens.get(number).map(|number| usize::from(number.head)).filter(|_| is_between);
    if let Some(counted) = counted.filter(|&counted| counted > name) {
        (tokens[name].head, tokens[name].deprel) = (counted as u16, Deprel::Compound);
    }
}

/// "Seoul, Tokyo leaders to meet": the two names before a noun tell whose leaders they are.
pub(super) fn lead(tokens: &mut [Token], leaders: usize) {
    let first = usize::from(tokens[leaders].head);
    let is_third = tokens[leaders].deprel == Deprel::Conj
        && tokens[leaders].upos == Upos::Noun
        && tokens[leaders].xpos == Xpos::Nns
        && first + 2 < leaders
        && !has(tokens, leaders, &[Deprel::Cc, Deprel::Det, Deprel::Amod, Deprel::Nummod]);
    let Some(second) = leaders.checked_sub(1).filter(|_| is_third) else { return };
    let is_second = usize::from(tokens[second].head) == first && tokens[second].deprel == Deprel::Conj;
    if !is_second || tokens[first].upos != Upos::Propn || tokens[second].upos != Upos::Propn {
        return;
    }
    (tokens[leaders].head, tokens[leaders].deprel) = (tokens[first].head, tokens[first].deprel);
    (tokens[first].head, tokens[first].deprel) = (leaders as u16, Deprel::Compound);
    adopt(tokens, first, leaders, leaders + 1..tokens.len());
    for token in tokens[leaders + 1..].iter_mut().filter(|token| usize::from(token.head) == leaders) {
        if token.deprel == Deprel::Advcl {
            token.deprel = Deprel::Acl;
        }
    }
}

/// "promised Chad 22 fighters": the number counts what is given, and is no part of the name.
pub(super) fn count(tokens: &mut [Token], number: usize) {
    let Some(name) = number.checked_sub(1) else { return };
    if tokens[number].upos != Upos::Num
        || tokens[number].deprel != Deprel::Flat
        || usize::from(tokens[number].head) != name
    {
        return;
    }
    let of_goods = |at: &usize| tokens[*at].xpos == Xpos::Nns && tokens[*at].upos == Upos::Noun;
    let Some(goods) = (number + 1..tokens.len().min(number + 6)).find(of_goods) else { return };
    let above = if usize::from(tokens[name].head) == goods { tokens[goods].head } else { tokens[name].head };
    let gives = |lemma: &str| {
        matches!(
            lemma,
            "give" | "hand" | "send" | "promise" | "offer" | "lend" | "grant" | "pledge" | "sell" | "supply" | "donate"
        )
    };
    if !tokens.get(usize::from(above)).is_some_and(|verb| gives(&verb.lemma))
        || usize::from(above) > name
        || is_under(tokens, usize::from(above), goods)
    {
        return;
    }
    (tokens[number].head, tokens[number].deprel) = (goods as u16, Deprel::Nummod);
    (tokens[name].head, tokens[name].deprel) = (above, Deprel::Iobj);
    (tokens[goods].head, tokens[goods].deprel) = (above, Deprel::Obj);
}

/// "Belgrade-based activists", "a Panama-flagged tanker": the place is a part of the word.
pub(super) fn base(text: &str, tokens: &mut [Token], based: usize) {
    if based < 2 || !tells_whose(tokens[based].form(text)) || tokens[based].deprel != Deprel::Amod {
        return;
    }
    let place = based - 2;
    if usize::from(tokens[place].head) == based && tokens[place].upos == Upos::Propn {
        tokens[place].deprel = Deprel::Compound;
    }
}

/// "North Korea (DPRK) and Japan": a name in brackets is the other name of who stands before it, and who follows stands beside that one.
pub(super) fn abbreviate(text: &str, tokens: &mut [Token], short: usize) {
    let is_in_brackets = short >= 2
        && tokens[short].upos == Upos::Propn
        && tokens[short - 1].form(text) == "("
        && tokens.get(short + 1).is_some_and(|next| next.form(text) == ")");
    let Some(name) = short.checked_sub(2).filter(|&name| is_in_brackets && tokens[name].upos == Upos::Propn) else {
        return;
    };
    // The head of the name may stand before its last word.
    let mut name = name;
    while matches!(tokens[name].deprel, Deprel::Flat | Deprel::Compound) && usize::from(tokens[name].head) < short {
        name = usize::from(tokens[name].head);
    }
    if is_under(tokens, name, short) {
        return;
    }
    let is_beside = tokens[short].head == tokens[name].head && tokens[short].deprel == tokens[name].deprel;
    if is_beside || tokens[short].deprel == Deprel::Appos {
        (tokens[short].head, tokens[short].deprel) = (name as u16, Deprel::Appos);
        for token in tokens[short + 1..].iter_mut().filter(|token| usize::from(token.head) == short) {
            if token.deprel == Deprel::Conj {
                token.head = name as u16;
            }
        }
    }
}

/// "Kaja Lund and Chad's Ali Sy": who is named beside a name stands beside all of it.
pub(super) fn raise(tokens: &mut [Token], other: usize) {
    while tokens[other].deprel == Deprel::Conj {
        let beside = usize::from(tokens[other].head);
        if tokens.get(beside).is_none_or(|name| name.deprel != Deprel::Flat || usize::from(name.head) >= beside) {
            return;
        }
        tokens[other].head = tokens[beside].head;
    }
}

/// "Norway PM slams": whose prime minister he is stands before the office, and is no first name.
pub(super) fn rank(text: &str, tokens: &mut [Token], office: usize) {
    let is_office =
        matches!(tokens[office].form(text), "PM" | "FM" | "MP" | "MPs" | "MFA" | "Premier" | "President" | "Minister");
    let Some(state) = office.checked_sub(1).filter(|_| is_office && tokens[office].deprel == Deprel::Flat) else {
        return;
    };
    if usize::from(tokens[office].head) != state || tokens[state].upos != Upos::Propn {
        return;
    }
    (tokens[office].head, tokens[office].deprel) = (tokens[state].head, tokens[state].deprel);
    adopt(tokens, state, office, 0..tokens.len());
    (tokens[state].head, tokens[state].deprel) = (office as u16, Deprel::Compound);
}

/// "Lund of Norway and Sy of Chad": the second one stands beside the first, not beside his country.
pub(super) fn stand_beside(tokens: &mut [Token], second: usize) {
    let country = usize::from(tokens[second].head);
    let is_of = |tokens: &[Token], at: usize| {
        tokens[at].upos == Upos::Propn
            && tokens[at].deprel == Deprel::Nmod
            && kid(tokens, at, Deprel::Case).is_some_and(|case| &*tokens[case].lemma == "of")
    };
    if tokens[second].deprel != Deprel::Conj || tokens[second].upos != Upos::Propn || !is_of(tokens, country) {
        return;
    }
    let first = usize::from(tokens[country].head);
    let has_country = (second + 1..tokens.len()).any(|at| usize::from(tokens[at].head) == second && is_of(tokens, at));
    if has_country && tokens[first].upos == Upos::Propn && !has(tokens, second, &[Deprel::Case]) {
        tokens[second].head = first as u16;
    }
}

/// "Lund of Norway and Sy of Chad": the second country is the second one's.
pub(super) fn belong(tokens: &mut [Token], country: usize) {
    if tokens[country].deprel != Deprel::Nmod || tokens[country].upos != Upos::Propn {
        return;
    }
    let first = usize::from(tokens[country].head);
    let of = kid(tokens, country, Deprel::Case).filter(|&case| &*tokens[case].lemma == "of" && case < country);
    let Some(of) = of else { return };
    let is_other = |at: &usize| {
        usize::from(tokens[*at].head) == first
            && tokens[*at].deprel == Deprel::Conj
            && tokens[*at].upos == Upos::Propn
            && extent(tokens, *at).1 + 1 == of
    };
    if let Some(other) = (first + 1..of).find(is_other) {
        tokens[country].head = other as u16;
    }
}
/// "thanked Chad for its help and Peru for its advice": the second name shares the verb with the first.
pub(super) fn share(tokens: &mut [Token], name: usize) {
    let joined = usize::from(tokens[name].head);
    let case = name + 1;
    let is_second = tokens[name].upos == Upos::Propn
        && tokens[name].deprel == Deprel::Conj
        && tokens
            .get(case)
            .is_some_and(|token| &*token.lemma == "for" && matches!(token.deprel, Deprel::Case | Deprel::Mark));
    if !is_second {
        return;
    }
    let judges = |verb: &usize| {
        tokens[*verb].upos == Upos::Verb && kid(tokens, *verb, Deprel::Obj).is_some_and(|first| first < joined)
    };
    let Some(verb) = chain(tokens, joined).find(judges) else { return };
    let Some(first) = kid(tokens, verb, Deprel::Obj).filter(|&first| tokens[first].upos == Upos::Propn) else { return };
    let why = usize::from(tokens[case].head);
    if is_under(tokens, joined, first) || why <= case || !is_under(tokens, why, verb) || is_under(tokens, verb, why) {
        return;
    }
    tokens[name].head = first as u16;
    tokens[why].head = verb as u16;
    if tokens[why].deprel == Deprel::Nmod {
        tokens[why].deprel = Deprel::Obl;
    }
}
