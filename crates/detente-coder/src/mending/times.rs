//! Times without a preposition: "hosted Freedonia Monday", "put it on a list last week". The grammar takes the words before them along.

use detente_grammar::{Deprel, ROOT, Sentence, Token, Upos, Xpos};

use smol_str::StrExt as _;

use super::family::{extent, kid};
use crate::when::{month, weekday};

/// Parts the time that ends at a word from the phrase before it, which hangs where the time hung.
pub(super) fn part(text: &str, sentence: &mut Sentence, last: usize) {
    let tokens = &sentence.tokens;
    let Some(first) = begin(text, tokens, last) else { return };
    let within = |head: u16| (first..=last).contains(&usize::from(head));
    let taken: Vec<usize> = (0..first).filter(|&at| within(tokens[at].head)).collect();
    let Some(&phrase) = taken.last() else { return };
    let helps = |at: usize| {
        matches!(
            tokens[at].deprel,
            Deprel::Case
                | Deprel::Det
                | Deprel::Mark
                | Deprel::Cc
                | Deprel::Punct
                | Deprel::Aux
                | Deprel::Cop
                | Deprel::NmodPoss
        )
    };
    let above = |at: usize| {
        std::iter::successors(Some(at), |&at| tokens.get(at).map(|token| usize::from(token.head)))
            .take_while(|&at| at != usize::from(ROOT))
    };
    // The word of the time that hangs on what is neither of the time nor under it.
    let hangs = |at: &usize| !within(tokens[*at].head) && above(*at).skip(1).all(|at| !(first..=last).contains(&at));
    let Some(time) = (first..=last).find(hangs) else { return };
    let (governor, relation) = (tokens[time].head, tokens[time].deprel);
    // "the ministry today condemned it": the phrase is the subject of the verb behind.
    let acts = matches!(relation, Deprel::Nsubj | Deprel::NsubjPass);
    if helps(phrase) || governor != ROOT && usize::from(governor) > last && !acts {
        return;
    }
    let has = |wanted: Deprel| {
        taken.iter().any(|&at| tokens[at].deprel == wanted)
            || (0..first).any(|at| usize::from(tokens[at].head) == phrase && tokens[at].deprel == wanted)
    };
    let of_governor = |wanted: Deprel| {
        (0..first).find(|&at| at != phrase && tokens[at].head == governor && tokens[at].deprel == wanted)
    };
    let is_verb =
        |at: u16| tokens.get(usize::from(at)).is_some_and(|token| matches!(token.upos, Upos::Verb | Upos::Aux));
    let (is_predicate, is_cased) = (has(Deprel::Cop), has(Deprel::Case));
    let is_adjective = tokens[phrase].upos == Upos::Adj && !has(Deprel::Det);
    let object = of_governor(Deprel::Obj);
    let is_bare = matches!(relation, Deprel::OblUnmarked | Deprel::NmodUnmarked | Deprel::Advmod)
        || relation == Deprel::Obl && !is_cased;
    let deprel = match relation {
        _ if !is_bare => relation,
        _ if is_predicate => Deprel::Ccomp,
        _ if is_cased => {
            if is_verb(governor) {
                Deprel::Obl
            } else {
                Deprel::Nmod
            }
        }
        _ if is_adjective && object.is_some() => Deprel::Xcomp,
        _ => Deprel::Obj,
    };
    // "a show of force": behind a noun, "of" ties to it.
    let begins = (0..first).filter(|&at| usize::from(tokens[at].head) == phrase).chain(taken.iter().copied()).min();
    let owner = begins
        .filter(|&at| tokens[at].deprel == Deprel::Case && tokens[at].lemma == "of")
        .and_then(|at| at.checked_sub(1));
    let owner = owner.filter(|&at| {
        matches!(tokens[at].upos, Upos::Noun | Upos::Propn) && above(at).all(|at| !(first..=last).contains(&at))
    });
    let verb = above(time).skip(1).find(|&at| is_verb(at as u16)).map(|at| at as u16);
    let tokens = &mut sentence.tokens;
    // "issued Freedonia an ultimatum": the first of two objects is whom it is given to.
    if deprel == Deprel::Obj
        && let Some(object) = object
    {
        tokens[object].deprel = Deprel::Iobj;
    }
    if tokens[phrase].upos == Upos::Adj && taken.iter().any(|&at| tokens[at].deprel == Deprel::Det) {
        tokens[phrase].upos = Upos::Noun;
        tokens[phrase].xpos = Xpos::Nn;
    }
    for &at in &taken {
        tokens[at].head = phrase as u16;
    }
    (tokens[phrase].head, tokens[phrase].deprel) = match owner {
        Some(owner) if is_bare && !is_predicate => (owner as u16, Deprel::Nmod),
        _ => (governor, deprel),
    };
    tokens[time].head = verb.filter(|_| !is_predicate).unwrap_or(phrase as u16);
    tokens[time].deprel = Deprel::OblUnmarked;
}

/// "Late on Friday Greece objected", "In May Saudi Arabia objected": the name behind the day or month is the subject of the verb, and no
/// part of the time.
pub(super) fn part_name(text: &str, sentence: &mut Sentence, day: usize) {
    let tokens = &sentence.tokens;
    let is_capital = |token: &Token| token.form(text).starts_with(char::is_uppercase);
    let is_named =
        tokens.get(day + 1).is_some_and(|next| next.upos == Upos::Propn || next.upos == Upos::Adj && is_capital(next));
    let Some(on) = day.checked_sub(1) else { return };
    let word = tokens[day].form(text).to_ascii_lowercase_smolstr();
    let is_time = match tokens[on].form(text) {
        "on" | "On" => weekday(&word).is_some(),
        "in" | "In" => month(&word).is_some() && is_capital(&tokens[day]),
        _ => false,
    };
    if !is_named || !is_time {
        return;
    }
    let is_part = |deprel: Deprel| matches!(deprel, Deprel::Flat | Deprel::Compound | Deprel::Appos);
    let below = (day + 1..tokens.len()).find(|&at| usize::from(tokens[at].head) == day && is_part(tokens[at].deprel));
    let above = Some(usize::from(tokens[day].head)).filter(|&at| at > day && is_part(tokens[day].deprel));
    let Some(name) = below.or(above) else { return };
    if usize::from(tokens[on].head) != day
        && usize::from(tokens[on].head) != name
        && tokens.iter().any(|token| usize::from(token.head) == on)
    {
        return;
    }
    let (verb, deprel) =
        if below.is_some() { (tokens[day].head, tokens[day].deprel) } else { (tokens[name].head, tokens[name].deprel) };
    let is_verb = tokens.get(usize::from(verb)).is_some_and(|token| matches!(token.upos, Upos::Verb | Upos::Adj));
    let of_verb = |wanted: &[Deprel]| {
        (0..tokens.len())
            .any(|at| ![day, name].contains(&at) && tokens[at].head == verb && wanted.contains(&tokens[at].deprel))
    };
    if !is_verb || usize::from(verb) < name || of_verb(&[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl]) {
        return;
    }
    let is_passive = of_verb(&[Deprel::AuxPass]) || deprel == Deprel::NsubjPass;
    let tokens = &mut sentence.tokens;
    tokens[name].head = verb;
    tokens[name].deprel = if is_passive { Deprel::NsubjPass } else { Deprel::Nsubj };
    (tokens[day].head, tokens[day].deprel) = (verb, Deprel::Obl);
    (tokens[on].head, tokens[on].deprel) = (day as u16, Deprel::Case);
    for token in &mut tokens[..on] {
        if usize::from(token.head) == name {
            token.head = verb;
        }
    }
}

/// "had in June banned the fruit", "had itself closed it": what stands between *had* and its participle makes no verb of it.
pub(super) fn rejoin_had(tokens: &mut [Token], had: usize) {
    if tokens[had].lemma != "have" || tokens[had].upos != Upos::Verb {
        return;
    }
    let is_self = |at: usize| matches!(&*tokens[at].lemma, "itself" | "himself" | "herself" | "themselves");
    let object = kid(tokens, had, Deprel::Obj);
    if object.is_some_and(|object| !is_self(object)) {
        return;
    }
    let is_of =
        |at: usize, wanted: &[Deprel]| usize::from(tokens[at].head) == had && wanted.contains(&tokens[at].deprel);
    let verb = (had + 1..tokens.len()).find(|&at| is_of(at, &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl]));
    let Some(verb) = verb.filter(|&at| matches!(tokens[at].xpos, Xpos::Vbd | Xpos::Vbn)) else { return };
    let opens =
        [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark, Deprel::Aux, Deprel::Cop, Deprel::Cc, Deprel::OblAgent];
    let mut at = had + 1;
    while at < verb {
        let time =
            (at..verb).find(|&time| is_of(time, &[Deprel::Obl, Deprel::OblUnmarked, Deprel::Advmod, Deprel::Obj]));
        let Some(time) = time.filter(|&time| extent(tokens, time).0 == at) else { return };
        at = extent(tokens, time).1 + 1;
    }
    if tokens.iter().any(|token| usize::from(token.head) == verb && opens.contains(&token.deprel)) {
        return;
    }
    (tokens[verb].head, tokens[verb].deprel) = (tokens[had].head, tokens[had].deprel);
    (tokens[verb].xpos, tokens[had].upos) = (Xpos::Vbn, Upos::Aux);
    if let Some(object) = object {
        tokens[object].deprel = Deprel::Advmod;
    }
    for token in tokens.iter_mut().filter(|token| usize::from(token.head) == had) {
        token.head = verb as u16;
    }
    (tokens[had].head, tokens[had].deprel) = (verb as u16, Deprel::Aux);
}

/// Where a time begins that ends at a word and has no preposition.
fn begin(text: &str, tokens: &[Token], last: usize) -> Option<usize> {
    let word = |at: usize| tokens[at].form(text).to_ascii_lowercase_smolstr();
    let before = |count: usize| last.checked_sub(count).map(word).unwrap_or_default();
    let is_day = |word: &str| weekday(word).is_some() || matches!(word, "yesterday" | "today" | "tomorrow");
    let is_part = |word: &str| matches!(word, "morning" | "afternoon" | "evening" | "night");
    let is_unit = |word: &str| {
        matches!(
            word,
            "day" | "week" | "weekend" | "month" | "year" | "spring" | "summer" | "autumn" | "winter" | "fall"
        )
    };
    // "they wed", "prices fall": no time.
    if tokens[last].upos == Upos::Verb {
        return None;
    }
    let own = word(last);
    let first = match own.as_str() {
        own if is_part(own) && is_day(&before(1)) => last - 1,
        own if (is_unit(own) || is_part(own)) && matches!(before(1).as_str(), "last" | "next" | "this") => last - 1,
        "ago" if is_unit(before(1).trim_end_matches('s')) && last >= 2 => last - 2,
        "tonight" => last,
        own if is_day(own)
            && !tokens.get(last + 1).is_some_and(|next| is_part(&next.form(text).to_ascii_lowercase_smolstr())) =>
        {
            last
        }
        _ => return None,
    };
    let first = match first.checked_sub(1).map(word).as_deref() {
        Some("late" | "early" | "earlier" | "later" | "last" | "next" | "this") => first - 1,
        _ => first,
    };
    (first > 0).then_some(first)
}
