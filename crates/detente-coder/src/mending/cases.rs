//! Words before a preposition: "South Korea on Monday objected". They are no part of the phrase that it opens.

use detente_grammar::{Deprel, Sentence, Token, Upos};

use super::family::{adopt, chain, extent, has, is_under, kid};

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

/// "In exchange Chad freed the envoy": the name behind such a phrase is no part of it.
pub(super) fn turn(text: &str, sentence: &mut Sentence, noun: usize) {
    let tokens = &mut sentence.tokens;
    let turns = matches!(&*tokens[noun].lemma, "exchange" | "return" | "turn" | "response" | "retaliation" | "reply");
    let Some(before) = noun.checked_sub(1).filter(|&at| turns && tokens[at].form(text).eq_ignore_ascii_case("in"))
    else {
        return;
    };
    let name = noun + 1;
    if tokens.get(name).is_none_or(|name| name.upos != Upos::Propn) {
        return;
    }
    if usize::from(tokens[noun].head) == name && matches!(tokens[noun].deprel, Deprel::NmodDesc | Deprel::Compound) {
        tokens[noun].head = tokens[name].head;
    } else if usize::from(tokens[name].head) == noun && matches!(tokens[name].deprel, Deprel::Flat | Deprel::Appos) {
        tokens[name].head = tokens[noun].head;
    } else {
        return;
    }
    tokens[name].deprel = Deprel::Nsubj;
    tokens[noun].deprel = Deprel::Obl;
    (tokens[before].head, tokens[before].deprel) = (noun as u16, Deprel::Case);
}

/// "each accused the other": "the" is no object beside "other".
pub(super) fn the_other(text: &str, tokens: &mut [Token], the: usize) {
    let other = the + 1;
    if tokens[the].form(text) == "the"
        && tokens[the].deprel != Deprel::Det
        && tokens.get(other).is_some_and(|token| token.form(text) == "other" && token.head == tokens[the].head)
    {
        (tokens[the].head, tokens[the].deprel) = (other as u16, Deprel::Det);
    }
}

/// Nouns for deeds that go to somebody.
const GOING: &[&str] = &[
    "visit",
    "trip",
    "journey",
    "tour",
    "arrival",
    "return",
    "delivery",
    "shipment",
    "supply",
    "transfer",
    "handover",
    "sale",
    "export",
    "dispatch",
    "deportation",
    "extradition",
    "surrender",
];

/// Nouns that take *to* themselves: envoys are sent to somebody also where nobody goes.
const TAKE_TO: &[&str] = &[
    "ambassador",
    "envoy",
    "representative",
    "delegate",
    "adviser",
    "advisor",
    "secretary",
    "commissioner",
    "threat",
    "aid",
];

/// "the visit of Chad's president to Norway": where somebody is going is said of the visit.
pub(super) fn go(tokens: &mut [Token], place: usize) {
    let who = usize::from(tokens[place].head);
    let has_case = |noun: usize, wanted: &[&str]| {
        tokens.iter().any(|token| {
            usize::from(token.head) == noun && token.deprel == Deprel::Case && wanted.contains(&&*token.lemma)
        })
    };
    if tokens[place].deprel != Deprel::Nmod || who >= place || !has_case(place, &["to"]) {
        return;
    }
    let takes_to = TAKE_TO.contains(&&*tokens[who].lemma);
    let deed = usize::from(tokens[who].head);
    let goes = tokens.get(deed).is_some_and(|deed| deed.upos == Upos::Noun && GOING.contains(&&*deed.lemma));
    if !takes_to && goes && deed < who && tokens[who].deprel == Deprel::Nmod && has_case(who, &["of", "by"]) {
        tokens[place].head = deed as u16;
    }
}

/// "condemned in the strongest terms the raid": what is condemned hangs on the verb, and not on how it is said.
pub(super) fn manner(tokens: &mut [Token], manner: usize) {
    let is_manner = matches!(&*tokens[manner].lemma, "term" | "manner" | "word" | "tone" | "way" | "fashion")
        && tokens[manner].deprel == Deprel::Obl;
    let verb = usize::from(tokens[manner].head);
    if !is_manner || verb > manner || tokens.get(verb).is_none_or(|verb| verb.upos != Upos::Verb) {
        return;
    }
    let is_kid =
        |at: usize, head: usize, deprel: Deprel| usize::from(tokens[at].head) == head && tokens[at].deprel == deprel;
    let all = 0..tokens.len();
    let has_object = all.clone().any(|at| is_kid(at, verb, Deprel::Obj));
    let is_bare = |&at: &usize| {
        let hangs = match tokens[at].deprel {
            Deprel::Nmod | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Appos => manner,
            Deprel::Obl if tokens[at].upos == Upos::Noun => verb,
            _ => return false,
        };
        usize::from(tokens[at].head) == hangs && !all.clone().any(|case| is_kid(case, at, Deprel::Case))
    };
    let Some(object) = (manner + 1..tokens.len()).find(is_bare).filter(|_| !has_object) else { return };
    (tokens[object].head, tokens[object].deprel) = (verb as u16, Deprel::Obj);
}

/// "put an embargo on both in May", "urged both to talk": without an "and" behind it, *both* is no conjunction but who is meant.
pub(super) fn both(tokens: &mut [Token], both: usize) {
    let taken = usize::from(tokens[both].head);
    let Some(before) = both.checked_sub(1).filter(|_| tokens[both].deprel == Deprel::CcPreconj && taken > both) else {
        return;
    };
    let joins = |token: &Token| usize::from(token.head) == taken && token.deprel == Deprel::Conj;
    if &*tokens[both].lemma != "both" || tokens.iter().any(joins) {
        return;
    }
    if tokens[before].upos == Upos::Verb {
        (tokens[both].head, tokens[both].deprel) = (before as u16, Deprel::Obj);
    } else if tokens[before].deprel == Deprel::Case && usize::from(tokens[before].head) == taken {
        let Some(governor) = tokens.get(usize::from(tokens[taken].head)) else { return };
        let deprel = if governor.upos == Upos::Verb { Deprel::Obl } else { Deprel::Nmod };
        (tokens[both].head, tokens[both].deprel) = (tokens[taken].head, deprel);
        tokens[before].head = both as u16;
    } else {
        return;
    }
    tokens[both].upos = Upos::Det;
}

/// "shelled the village of Kok-Tash": a name behind an "of" that hangs beside it is of the noun before.
pub(super) fn of(tokens: &mut [Token], case: usize) {
    let (Some(noun), name) = (case.checked_sub(1), case + 1) else { return };
    let is_torn = &*tokens[case].lemma == "of"
        && tokens[case].deprel == Deprel::Obl
        && tokens[noun].upos == Upos::Noun
        && tokens.get(name).is_some_and(|name| {
            name.upos == Upos::Propn && name.head == tokens[case].head && usize::from(name.head) < noun
        })
        && !tokens.iter().any(|token| usize::from(token.head) == case)
        && !is_under(tokens, noun, name);
    if is_torn {
        (tokens[name].head, tokens[name].deprel) = (noun as u16, Deprel::Nmod);
        (tokens[case].head, tokens[case].deprel) = (name as u16, Deprel::Case);
    }
}

/// Verbs that say of what somebody is accused, robbed or told.
const TAKE_OF: &[&str] = &[
    "accuse", "acquit", "absolve", "assure", "clear", "convict", "convince", "cure", "deprive", "divest", "expect",
    "free", "inform", "notify", "relieve", "remind", "rid", "rob", "strip", "suspect", "think", "demand", "ask",
    "require", "warn", "make", "approve", "dispose", "advise",
];

/// "paralysed the computers of a ministry": what *of* names behind an object is the object's.
pub(super) fn possess(tokens: &mut [Token], owner: usize) {
    let verb = usize::from(tokens[owner].head);
    if tokens[owner].deprel != Deprel::Obl || tokens.get(verb).is_none_or(|verb| verb.upos != Upos::Verb) {
        return;
    }
    let of = (verb + 1..owner).find(|&at| {
        usize::from(tokens[at].head) == owner && tokens[at].deprel == Deprel::Case && &*tokens[at].lemma == "of"
    });
    let object = of.map(|of| of - 1).filter(|&at| {
        usize::from(tokens[at].head) == verb && tokens[at].deprel == Deprel::Obj && tokens[at].upos == Upos::Noun
    });
    if let Some(object) = object.filter(|_| !TAKE_OF.contains(&&*tokens[verb].lemma)) {
        (tokens[owner].head, tokens[owner].deprel) = (object as u16, Deprel::Nmod);
    }
}

/// "met ministers of the two countries in Brasilia": where they met, not where the countries are.
pub(super) fn setting(tokens: &mut [Token], place: usize) {
    let several = usize::from(tokens[place].head);
    let is_place = tokens[place].upos == Upos::Propn
        && tokens[place].deprel == Deprel::Nmod
        && kid(tokens, place, Deprel::Case).is_some_and(|case| matches!(&*tokens[case].lemma, "in" | "at"));
    let is_several = tokens.get(several).is_some_and(|token| {
        matches!(&*token.lemma, "country" | "state" | "side" | "party" | "neighbour" | "neighbor" | "nation" | "leader")
    }) && several < place
        && has(tokens, several, &[Deprel::Nummod])
        && has(tokens, several, &[Deprel::Det]);
    if !is_place || !is_several {
        return;
    }
    let verb = chain(tokens, several).skip(1).find(|&at| tokens[at].upos == Upos::Verb);
    if let Some(verb) = verb.filter(|&verb| verb < several) {
        (tokens[place].head, tokens[place].deprel) = (verb as u16, Deprel::Obl);
    }
}

/// "approved a loan of two billion dollars for Chad": the loan is for it, not the dollars.
pub(super) fn worth(tokens: &mut [Token], phrase: usize) {
    let money = usize::from(tokens[phrase].head);
    let is_for =
        |at: usize| kid(tokens, at, Deprel::Case).is_some_and(|case| matches!(&*tokens[case].lemma, "for" | "to"));
    let is_of = |at: usize| kid(tokens, at, Deprel::Case).is_some_and(|case| &*tokens[case].lemma == "of");
    let is_money = tokens.get(money).is_some_and(|token| {
        matches!(
            &*token.lemma,
            "dollar"
                | "euro"
                | "pound"
                | "yen"
                | "franc"
                | "yuan"
                | "rouble"
                | "ruble"
                | "million"
                | "billion"
                | "rupee"
                | "$"
                | "€"
                | "£"
        ) && token.deprel == Deprel::Nmod
    });
    let is_given =
        is_money && money < phrase && tokens[phrase].deprel == Deprel::Nmod && is_for(phrase) && is_of(money);
    if is_given {
        tokens[phrase].head = tokens[money].head;
    }
}

/// The verb on whose object's own phrases a phrase hangs with a preposition: "handed over its base in the port of Zenda to Chad".
fn verb_above(tokens: &[Token], phrase: usize, case: &str) -> Option<usize> {
    let has_case = || kid(tokens, phrase, Deprel::Case).is_some_and(|at| &*tokens[at].lemma == case);
    if tokens[phrase].deprel != Deprel::Nmod || !has_case() {
        return None;
    }
    let object = chain(tokens, phrase).skip(1).find(|&at| tokens[at].deprel != Deprel::Nmod)?;
    let verb = usize::from(tokens[object].head);
    // "reviewed the state of relations with Chad", "the belongings of its envoy to Chad": the relations are with it, the envoy is to it.
    let above = usize::from(tokens[phrase].head);
    let is_its = match case {
        "to" => TAKE_TO.contains(&&*tokens[above].lemma),
        _ => matches!(
            &*tokens[above].lemma,
            "relation"
                | "tie"
                | "cooperation"
                | "agreement"
                | "treaty"
                | "talk"
                | "border"
                | "war"
                | "trade"
                | "dispute"
                | "deal"
        ),
    };
    let is_deep = above != object && !is_its;
    (is_deep && tokens[object].deprel == Deprel::Obj && verb < object && object < phrase).then_some(verb)
}

/// "discussed the extension of the railway with Chad": with whom it is discussed, hangs on the verb.
pub(super) fn confer(tokens: &mut [Token], other: usize) {
    let talks = |lemma: &str| matches!(lemma, "discuss" | "review" | "negotiate" | "debate" | "examine");
    if let Some(verb) = verb_above(tokens, other, "with").filter(|&verb| talks(&tokens[verb].lemma)) {
        (tokens[other].head, tokens[other].deprel) = (verb as u16, Deprel::Obl);
    }
}

/// "handed over its base in the port of Zenda to Chad": to whom it is given, hangs on the verb.
pub(super) fn give(tokens: &mut [Token], receiver: usize) {
    let gives = |lemma: &str| {
        matches!(
            lemma,
            "hand"
                | "give"
                | "return"
                | "transfer"
                | "cede"
                | "sell"
                | "lease"
                | "donate"
                | "surrender"
                | "extradite"
                | "deliver"
        )
    };
    if let Some(verb) = verb_above(tokens, receiver, "to").filter(|&verb| gives(&tokens[verb].lemma)) {
        (tokens[receiver].head, tokens[receiver].deprel) = (verb as u16, Deprel::Obl);
    }
}

/// "sailors held in the port of Zenda since July have been freed": what stands behind *of* and *since* is no subject of the verb behind.
pub(super) fn apart(text: &str, tokens: &mut [Token], phrase: usize) {
    let verb = usize::from(tokens[phrase].head);
    let is_subject = matches!(tokens[phrase].deprel, Deprel::Nsubj | Deprel::NsubjPass);
    if !is_subject || !(phrase + 1..tokens.len()).contains(&verb) {
        return;
    }
    let Some(case) = extent(tokens, phrase).0.checked_sub(1) else { return };
    let is_torn = matches!(tokens[case].form(text), "of" | "since")
        && usize::from(tokens[case].head) == verb
        && matches!(tokens[case].deprel, Deprel::Case | Deprel::Mark);
    let is_its = |at: &usize| {
        usize::from(tokens[*at].head) == verb && matches!(tokens[*at].deprel, Deprel::Nsubj | Deprel::NsubjPass)
    };
    if !is_torn || !(0..case).any(|at| is_its(&at)) {
        return;
    }
    let is_of = tokens[case].form(text) == "of";
    let is_above = |at: &usize| {
        let fits = if is_of { tokens[*at].upos == Upos::Noun } else { tokens[*at].upos == Upos::Verb };
        fits && !is_under(tokens, *at, phrase) && !is_under(tokens, *at, case)
    };
    let Some(above) = (0..case).rev().find(is_above).filter(|&at| !is_of || at + 1 == case) else { return };
    let relation = if is_of { Deprel::Nmod } else { Deprel::Obl };
    (tokens[phrase].head, tokens[phrase].deprel) = (above as u16, relation);
    (tokens[case].head, tokens[case].deprel, tokens[case].upos) = (phrase as u16, Deprel::Case, Upos::Adp);
}

/// "hit two villages on the Indian side of the line": whose side it is tells whose villages.
pub(super) fn side(tokens: &mut [Token], side: usize) {
    let verb = usize::from(tokens[side].head);
    let is_side = matches!(&*tokens[side].lemma, "side" | "bank")
        && tokens[side].deprel == Deprel::Obl
        && has(tokens, side, &[Deprel::Amod, Deprel::NmodPoss, Deprel::Compound]);
    let Some(case) =
        kid(tokens, side, Deprel::Case).filter(|&case| is_side && case > verb && &*tokens[case].lemma == "on")
    else {
        return;
    };
    let thing = case - 1;
    let is_thing = tokens[thing].upos == Upos::Noun && tokens[thing].deprel == Deprel::Obj;
    if is_thing && usize::from(tokens[thing].head) == verb {
        (tokens[side].head, tokens[side].deprel) = (thing as u16, Deprel::Nmod);
    }
}

/// "hosted at Seri Perdana a special meeting": an article behind a name begins a phrase of its own.
pub(super) fn heavy(tokens: &mut [Token], noun: usize) {
    let verb = usize::from(tokens[noun].head);
    let is_verb = verb < noun && tokens.get(verb).is_some_and(|token| token.upos == Upos::Verb);
    if !is_verb || tokens[noun].deprel != Deprel::Obl || has(tokens, verb, &[Deprel::Obj]) {
        return;
    }
    let (case, article) = (kid(tokens, noun, Deprel::Case), kid(tokens, noun, Deprel::Det));
    let (Some(case), Some(article)) = (case, article) else { return };
    if crate::when::is_time_word(&tokens[noun].lemma) {
        return;
    }
    let is_name = |at: usize| tokens[at].upos == Upos::Propn && is_under(tokens, at, noun);
    if article < case + 2 || !(case + 1..article).all(is_name) || !matches!(&*tokens[article].lemma, "a" | "an" | "the")
    {
        return;
    }
    let Some(name) = (case + 1..article).find(|&at| usize::from(tokens[at].head) == noun) else { return };
    adopt(tokens, noun, name, name + 1..article);
    (tokens[name].head, tokens[name].deprel) = (verb as u16, Deprel::Obl);
    tokens[case].head = name as u16;
    tokens[noun].deprel = Deprel::Obj;
}
