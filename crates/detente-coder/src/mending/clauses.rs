//! Clauses that the grammar hangs on the wrong word: a second clause whose subject it takes for another object, who says so behind what is
//! said, what follows a condition.

use detente_grammar::{Deprel, ROOT, Token, Upos, Xpos};

use super::family::{adopt, chain, extent, has, is_under, kid, make_subject};

/// Verbs of telling, behind which what is told may stand first.
pub(super) const TELLING: &[&str] = &[
    "say",
    "report",
    "tell",
    "announce",
    "add",
    "claim",
    "state",
    "declare",
    "warn",
    "conclude",
    "acknowledge",
    "confirm",
    "admit",
    "insist",
];

/// What a speaker goes on to do after saying what others had done.
const ANSWERS: &[&str] =
    &["ask", "summon", "lodge", "urge", "appeal", "call", "recall", "condemn", "demand", "request", "protest"];

/// "Iran freed a tourist and Sweden released an official": who stands before the second verb is its subject, no second object of the first.
pub(super) fn part(tokens: &mut [Token], verb: usize) {
    let main = usize::from(tokens[verb].head);
    if tokens[verb].upos != Upos::Verb
        || tokens[verb].deprel != Deprel::Conj
        || main >= verb
        || has(tokens, verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cc, Deprel::Expl])
    {
        return;
    }
    let may_act = |at: &usize| {
        let token = &tokens[*at];
        let head = usize::from(token.head);
        matches!(token.upos, Upos::Noun | Upos::Propn)
            && token.deprel == Deprel::Conj
            && head > main
            && is_under(tokens, head, main)
            && kid(tokens, *at, Deprel::Cc).is_some_and(|cc| cc > head)
    };
    let Some(subject) = (main + 1..verb).find(may_act) else { return };
    let helps = |at: usize| {
        usize::from(tokens[at].head) == verb && !matches!(tokens[at].deprel, Deprel::Obj | Deprel::Iobj | Deprel::Mark)
            || tokens[at].deprel == Deprel::Punct
    };
    let between = (extent(tokens, subject).1 + 1..verb)
        .all(|at| helps(at) || chain(tokens, at).any(|above| usize::from(tokens[above].head) == verb && helps(above)));
    if !between {
        return;
    }
    let Some(cc) = kid(tokens, subject, Deprel::Cc) else { return };
    tokens[cc].head = verb as u16;
    make_subject(tokens, subject, verb);
}

/// "The visit was put off, officials in Oslo said": who stands right before a verb of telling that has no subject tells.
pub(super) fn tell(text: &str, tokens: &mut [Token], verb: usize) {
    let is_telling = tokens[verb].upos == Upos::Verb && TELLING.contains(&&*tokens[verb].lemma);
    if !is_telling || verb == 0 || has(tokens, verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::Mark]) {
        return;
    }
    if !matches!(tokens[verb].deprel, Deprel::Root | Deprel::Advcl | Deprel::Parataxis | Deprel::Ccomp) {
        return;
    }
    let begins_behind_comma = |at: usize| {
        let (first, last) = extent(tokens, at);
        last + 1 == verb && first > 1 && [first - 1, first].iter().any(|&comma| tokens[comma].form(text) == ",")
    };
    let may_tell = |at: &usize| {
        matches!(tokens[*at].upos, Upos::Noun | Upos::Propn)
            && usize::from(tokens[*at].head) != verb
            && matches!(tokens[*at].deprel, Deprel::Conj | Deprel::Appos | Deprel::Obj | Deprel::Obl)
            && !has(tokens, *at, &[Deprel::Case])
            && kid(tokens, *at, Deprel::Cc).is_none_or(|cc| cc > *at)
            && begins_behind_comma(*at)
            && !is_under(tokens, verb, *at)
    };
    let Some(speaker) = (1..verb).find(may_tell) else { return };
    tokens[speaker].head = verb as u16;
    tokens[speaker].deprel = Deprel::Nsubj;
    if tokens[verb].deprel == Deprel::Advcl {
        tokens[verb].deprel = Deprel::Parataxis;
    }
}

/// "Norway said that trawlers had entered its waters and summoned the envoy": whoever says so summons him, not the trawlers.
pub(super) fn answer(tokens: &mut [Token], verb: usize) {
    let told = usize::from(tokens[verb].head);
    let answers = tokens[verb].deprel == Deprel::Conj
        && matches!(tokens[verb].xpos, Xpos::Vbd | Xpos::Vbn)
        && ANSWERS.contains(&&*tokens[verb].lemma)
        && has(tokens, verb, &[Deprel::Cc])
        && !has(tokens, verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass, Deprel::OblAgent]);
    if !answers || told >= verb || tokens[told].deprel != Deprel::Ccomp {
        return;
    }
    let had = |at: usize| {
        tokens[at].deprel == Deprel::Aux && usize::from(tokens[at].head) == told && &*tokens[at].lemma == "have"
    };
    let saying = usize::from(tokens[told].head);
    let says = tokens.get(saying).is_some_and(|token| TELLING.contains(&&*token.lemma) && token.xpos == Xpos::Vbd);
    if says && saying < told && (0..told).any(had) && has(tokens, told, &[Deprel::Nsubj]) {
        tokens[verb].head = saying as u16;
        tokens[verb].xpos = Xpos::Vbd;
    }
}

/// Words that begin a clause before the one that is told.
const BEFORE: &[&str] = &["after", "when", "while", "as", "because", "since", "although", "though", "once", "before"];

/// "If Chad did not withdraw, Norway would cut aid", "After Chad withdrew, Norway sent aid": what follows the first clause is what is
/// told, and the first clause hangs on it.
pub(super) fn conclude(text: &str, tokens: &mut [Token], verb: usize) {
    let condition = usize::from(tokens[verb].head);
    let will = |at: usize| {
        tokens[at].deprel == Deprel::Aux
            && usize::from(tokens[at].head) == verb
            && matches!(&*tokens[at].lemma, "will" | "would" | "could" | "can" | "may" | "might" | "shall")
    };
    let concludes = matches!(tokens[verb].deprel, Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp)
        && condition < verb
        && !has(tokens, verb, &[Deprel::Cc]);
    if !concludes || !has(tokens, condition, &[Deprel::Mark]) {
        return;
    }
    let mark = kid(tokens, condition, Deprel::Mark);
    let is_time = mark.is_some_and(|mark| BEFORE.contains(&&*tokens[mark].lemma)) && tokens[condition].head == ROOT;
    let helper = (condition..verb)
        .find(|&at| usize::from(tokens[at].head) == verb && matches!(tokens[at].deprel, Deprel::Aux | Deprel::AuxPass));
    let is_finite = helper.is_some() || matches!(tokens[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    let modal = match (condition..verb).find(|&at| will(at)) {
        Some(modal) => modal,
        None if is_time && is_finite => helper.unwrap_or(verb),
        None => return,
    };
    let known = kid(tokens, verb, Deprel::Nsubj).or_else(|| kid(tokens, verb, Deprel::NsubjPass));
    let mark = mark.filter(|&mark| is_time || matches!(&*tokens[mark].lemma, "if" | "unless"));
    // What only stands beside the first clause has a subject of its own.
    if tokens[verb].deprel != Deprel::Conj && (!is_time || known.is_none() || has(tokens, verb, &[Deprel::Mark])) {
        return;
    }
    let may_act = |at: &usize| {
        let (first, last) = extent(tokens, *at);
        matches!(tokens[*at].upos, Upos::Noun | Upos::Propn | Upos::Pron)
            && (Some(*at) == known
                || known.is_none()
                    && matches!(tokens[*at].deprel, Deprel::Vocative | Deprel::Appos | Deprel::Conj | Deprel::Obj))
            && last + 1 == modal
            && first > 0
            && [first - 1, first].iter().any(|&comma| tokens[comma].form(text) == ",")
    };
    let subject = (condition + 1..modal).find(may_act);
    if let (Some(_), Some(subject)) = (mark, subject) {
        (tokens[verb].head, tokens[verb].deprel) = (tokens[condition].head, tokens[condition].deprel);
        adopt(tokens, condition, verb, verb + 1..tokens.len());
        (tokens[condition].head, tokens[condition].deprel) = (verb as u16, Deprel::Advcl);
        make_subject(tokens, subject, verb);
    }
}

/// "warned the hardliners not to march": what somebody is told to do hangs on who tells him.
pub(super) fn instruct(tokens: &mut [Token], infinitive: usize) {
    let object = usize::from(tokens[infinitive].head);
    let is_infinitive = tokens[infinitive].deprel == Deprel::Acl
        && tokens[infinitive].xpos == Xpos::Vb
        && has(tokens, infinitive, &[Deprel::Mark])
        && tokens.get(object).is_some_and(|object| object.deprel == Deprel::Obj && object.upos != Upos::Pron);
    if !is_infinitive {
        return;
    }
    let verb = usize::from(tokens[object].head);
    let instructs = tokens.get(verb).is_some_and(|verb| {
        matches!(
            &*verb.lemma,
            "warn" | "urge" | "ask" | "tell" | "beg" | "instruct" | "advise" | "remind" | "implore" | "exhort"
        )
    });
    if instructs && verb < object {
        (tokens[infinitive].head, tokens[infinitive].deprel) = (verb as u16, Deprel::Xcomp);
    }
}

/// "warned the envoy that Chad would expel him": a whole clause behind "that" is what he is told.
pub(super) fn inform(text: &str, tokens: &mut [Token], clause: usize) {
    let told = usize::from(tokens[clause].head);
    // "told the envoy that the charges were false"
    if tokens[clause].deprel == Deprel::Acl {
        let is_told = tokens.get(told).is_some_and(|token| matches!(token.deprel, Deprel::Obj | Deprel::Iobj));
        if is_told && informs(tokens, usize::from(tokens[told].head)) {
            let that = kid(tokens, clause, Deprel::Mark).filter(|&mark| mark > told && &*tokens[mark].lemma == "that");
            if that.is_some() && has(tokens, clause, &[Deprel::Nsubj, Deprel::NsubjPass]) {
                (tokens[clause].head, tokens[clause].deprel) = (tokens[told].head, Deprel::Ccomp);
            }
        }
        return;
    }
    if tokens[clause].deprel != Deprel::AclRelcl || tokens.get(told).is_none_or(|told| told.deprel != Deprel::Obj) {
        return;
    }
    let verb = usize::from(tokens[told].head);
    let tells = informs(tokens, verb);
    let is_object = |at: &usize| usize::from(tokens[*at].head) == clause && tokens[*at].deprel == Deprel::Obj;
    let that = (told..clause).find(|at| is_object(at) && tokens[*at].form(text) == "that");
    let other = (clause..tokens.len()).any(|at| is_object(&at));
    if let Some(that) = that.filter(|_| tells && other && has(tokens, clause, &[Deprel::Nsubj])) {
        (tokens[clause].head, tokens[clause].deprel) = (verb as u16, Deprel::Ccomp);
        tokens[that].deprel = Deprel::Mark;
        (tokens[that].upos, tokens[that].xpos) = (Upos::Sconj, Xpos::In);
    }
}

fn informs(tokens: &[Token], verb: usize) -> bool {
    tokens
        .get(verb)
        .is_some_and(|verb| matches!(&*verb.lemma, "warn" | "tell" | "inform" | "notify" | "assure" | "remind"))
}

/// "Militiamen loyal to Ali Sy shelled the town": whom they are loyal to is not who shelled it.
pub(super) fn follow(tokens: &mut [Token], loyal: usize) {
    let is_loyal = matches!(&*tokens[loyal].lemma, "loyal" | "sympathetic" | "hostile" | "allied" | "close");
    if !is_loyal || loyal == 0 || tokens[loyal].head != ROOT {
        return;
    }
    let band = loyal - 1;
    let shells = |at: &usize| {
        usize::from(tokens[*at].head) == loyal
            && tokens[*at].upos == Upos::Verb
            && matches!(tokens[*at].deprel, Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp | Deprel::Conj)
    };
    let Some(verb) = (loyal + 1..tokens.len()).find(shells) else { return };
    let leader = kid(tokens, verb, Deprel::Nsubj).filter(|&at| loyal < at);
    let to = kid(tokens, verb, Deprel::Mark).filter(|&at| at == loyal + 1 && &*tokens[at].lemma == "to");
    if let (Some(leader), Some(to)) = (leader, to)
        && usize::from(tokens[band].head) == loyal
        && matches!(tokens[band].upos, Upos::Noun | Upos::Propn)
    {
        (tokens[verb].head, tokens[verb].deprel) = (ROOT, Deprel::Root);
        (tokens[band].head, tokens[band].deprel) = (verb as u16, Deprel::Nsubj);
        (tokens[loyal].head, tokens[loyal].deprel) = (band as u16, Deprel::Amod);
        (tokens[leader].head, tokens[leader].deprel) = (loyal as u16, Deprel::Obl);
        (tokens[to].head, tokens[to].deprel) = (leader as u16, Deprel::Case);
        adopt(tokens, loyal, verb, verb + 1..tokens.len());
    }
}

/// "protested after a Chadian ship entered its waters": what follows such a word and stands before a verb without a subject acts.
pub(super) fn happen(tokens: &mut [Token], verb: usize) {
    let tells = tokens[verb].upos == Upos::Verb
        && matches!(tokens[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
        && matches!(tokens[verb].deprel, Deprel::Advcl | Deprel::Conj | Deprel::Parataxis | Deprel::Acl)
        && !has(tokens, verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark, Deprel::Cc, Deprel::Expl]);
    if !tells {
        return;
    }
    let begins = |at: &usize| {
        matches!(tokens[*at].deprel, Deprel::Nmod | Deprel::Obl)
            && matches!(tokens[*at].upos, Upos::Noun | Upos::Propn)
            && kid(tokens, *at, Deprel::Case).is_some_and(|case| {
                case < *at && matches!(&*tokens[case].lemma, "after" | "before" | "until" | "since" | "as")
            })
    };
    let hangs_on = |at: usize| usize::from(tokens[verb].head) == at;
    let ends_before = |at: &usize| {
        let last = (*at..verb).rev().find(|&word| is_under(tokens, word, *at)).unwrap_or(*at);
        (last + 1..verb).all(|word| matches!(tokens[word].deprel, Deprel::Aux | Deprel::Advmod | Deprel::AuxPass))
    };
    let subject = (0..verb).rev().find(|at| begins(at) && ends_before(at));
    let Some(subject) = subject.filter(|&at| !is_under(tokens, verb, at) || hangs_on(at)) else { return };
    if crate::when::is_time_word(&tokens[subject].lemma) || hangs_on(subject) && !has(tokens, verb, &[Deprel::Obj]) {
        return;
    }
    let Some(case) = kid(tokens, subject, Deprel::Case) else { return };
    if hangs_on(subject) {
        tokens[verb].head = tokens[subject].head;
    } else {
        let above = chain(tokens, subject).skip(1).find(|&at| tokens[at].upos == Upos::Verb && at != verb);
        let Some(above) = above.filter(|&above| !is_under(tokens, above, verb)) else { return };
        tokens[verb].head = above as u16;
    }
    tokens[verb].deprel = Deprel::Advcl;
    make_subject(tokens, subject, verb);
    (tokens[case].head, tokens[case].deprel) = (verb as u16, Deprel::Mark);
}

/// "It was Chad that broke the truce": who is picked out does it.
pub(super) fn cleave(tokens: &mut [Token], verb: usize) {
    let chosen = usize::from(tokens[verb].head);
    if tokens[verb].deprel != Deprel::AclRelcl || tokens[verb].upos != Upos::Verb || chosen > verb {
        return;
    }
    let it = kid(tokens, chosen, Deprel::Nsubj).or_else(|| kid(tokens, chosen, Deprel::Expl));
    let is_it = |at: usize| &*tokens[at].lemma == "it" && at + 2 <= chosen;
    let Some(it) = it.filter(|&at| is_it(at)) else { return };
    let Some(be) = kid(tokens, chosen, Deprel::Cop).filter(|&be| be == it + 1 && &*tokens[be].lemma == "be") else {
        return;
    };
    let is_that = |at: &usize| {
        usize::from(tokens[*at].head) == verb
            && matches!(tokens[*at].deprel, Deprel::Nsubj | Deprel::Mark)
            && matches!(&*tokens[*at].lemma, "that" | "who" | "which")
    };
    let that = (chosen..verb).find(is_that);
    let subjects =
        (chosen..verb).filter(|&at| usize::from(tokens[at].head) == verb && tokens[at].deprel == Deprel::Nsubj);
    let Some(that) = that.filter(|&that| subjects.into_iter().all(|at| at == that)) else { return };
    // "It is a country that sponsors rebels": it is described, and nobody picked out.
    let is_described = kid(tokens, chosen, Deprel::Det).is_some_and(|det| matches!(&*tokens[det].lemma, "a" | "an"));
    if is_described || has(tokens, chosen, &[Deprel::Case]) {
        return;
    }
    (tokens[verb].head, tokens[verb].deprel) = (tokens[chosen].head, tokens[chosen].deprel);
    make_subject(tokens, chosen, verb);
    tokens[that].deprel = Deprel::Expl;
    for at in [it, be] {
        (tokens[at].head, tokens[at].deprel) = (verb as u16, Deprel::Expl);
    }
    adopt(tokens, chosen, verb, 0..it);
    adopt(tokens, chosen, verb, verb + 1..tokens.len());
    // "It was not Chad that broke it": Chad did not.
    for token in &mut tokens[be + 1..chosen] {
        if usize::from(token.head) == chosen && token.deprel == Deprel::Advmod {
            token.head = verb as u16;
        }
    }
}

/// "accused the Chadians of killing civilians": who stands behind "accused" is accused, whatever he did.
pub(super) fn accuse(tokens: &mut [Token], deed: usize) {
    let verb = usize::from(tokens[deed].head);
    let accuses =
        tokens.get(verb).is_some_and(|verb| matches!(&*verb.lemma, "accuse" | "suspect") && verb.upos == Upos::Verb);
    if !accuses
        || verb > deed
        || tokens[deed].xpos != Xpos::Vbg
        || !matches!(tokens[deed].deprel, Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp)
        || has(tokens, verb, &[Deprel::Obj, Deprel::AuxPass])
    {
        return;
    }
    let mark = kid(tokens, deed, Deprel::Mark).filter(|&mark| &*tokens[mark].lemma == "of");
    let accused = kid(tokens, deed, Deprel::Nsubj);
    if let (Some(mark), Some(accused)) = (mark, accused)
        && verb < accused
        && accused < mark
    {
        (tokens[accused].head, tokens[accused].deprel) = (verb as u16, Deprel::Obj);
    }
}

/// "charged Chad with sheltering rebels": a preposition right before a participle of the same verb opens its clause.
pub(super) fn mark(tokens: &mut [Token], deed: usize) {
    let Some(case) = deed.checked_sub(1).filter(|_| tokens[deed].xpos == Xpos::Vbg) else { return };
    let hangs_beside =
        tokens[case].head == tokens[deed].head && matches!(tokens[case].deprel, Deprel::Obl | Deprel::Advmod);
    if hangs_beside
        && tokens[deed].deprel == Deprel::Advcl
        && matches!(tokens[case].upos, Upos::Sconj | Upos::Adp)
        && !tokens.iter().any(|token| usize::from(token.head) == case)
    {
        (tokens[case].head, tokens[case].deprel) = (deed as u16, Deprel::Mark);
    }
}

/// "accused Chad and demanded that Niger free the crew": what stands behind *that* is what is demanded, no third clause beside it.
pub(super) fn content(tokens: &mut [Token], that: usize) {
    let Some(verb) = that.checked_sub(1).filter(|&verb| tokens[verb].upos == Upos::Verb) else { return };
    let hangs_there = |at: usize| usize::from(tokens[at].head) == verb || tokens[at].head == tokens[verb].head;
    let is_torn = tokens[that].upos == Upos::Sconj
        && tokens[that].deprel == Deprel::Obj
        && &*tokens[that].lemma == "that"
        && hangs_there(that);
    let is_content = |at: &usize| {
        tokens[*at].upos == Upos::Verb
            && tokens[*at].deprel == Deprel::Conj
            && hangs_there(*at)
            && kid(tokens, *at, Deprel::Nsubj).is_some_and(|subject| extent(tokens, subject).0 == that + 1)
    };
    if let Some(content) = (that + 1..tokens.len()).find(is_content).filter(|_| is_torn) {
        (tokens[content].head, tokens[content].deprel) = (verb as u16, Deprel::Ccomp);
        (tokens[that].head, tokens[that].deprel) = (content as u16, Deprel::Mark);
    }
}

/// "One of the organisers, a politician from Oslo, was detained": a verb that hangs on the sentence's first phrase tells of it.
pub(super) fn raise(tokens: &mut [Token], verb: usize) {
    if tokens[verb].upos != Upos::Verb || !has(tokens, verb, &[Deprel::Aux, Deprel::AuxPass]) {
        return;
    }
    let Some(first) = chain(tokens, verb).last() else { return };
    // Only a passive is told of a phrase that it does not follow.
    let hangs = match tokens[verb].deprel {
        Deprel::Conj if usize::from(tokens[verb].head) == first => true,
        Deprel::Conj | Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl => {
            has(tokens, verb, &[Deprel::AuxPass]) && !has(tokens, verb, &[Deprel::Obj])
        }
        _ => false,
    };
    let is_told = hangs
        && first < verb
        && tokens[first].head == ROOT
        && kid(tokens, verb, Deprel::Mark).is_none_or(|mark| &*tokens[mark].lemma == "to")
        && matches!(tokens[first].upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron)
        && !has(tokens, verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cc])
        && !has(tokens, first, &[Deprel::Cop, Deprel::Nsubj]);
    if is_told {
        (tokens[verb].head, tokens[verb].deprel) = (ROOT, Deprel::Root);
        make_subject(tokens, first, verb);
    }
}

/// "scrambled jets as Chadian aircraft neared the coast": what happens meanwhile is no part of what was done.
pub(super) fn accompany(tokens: &mut [Token], verb: usize) {
    if tokens[verb].deprel != Deprel::Ccomp || has(tokens, verb, &[Deprel::Mark]) {
        return;
    }
    let Some(subject) = kid(tokens, verb, Deprel::Nsubj) else { return };
    let case = kid(tokens, subject, Deprel::Case).filter(|&case| case < subject && &*tokens[case].lemma == "as");
    if let Some(case) = case {
        (tokens[case].head, tokens[case].deprel) = (verb as u16, Deprel::Mark);
        tokens[verb].deprel = Deprel::Advcl;
    }
}

/// "'Hold your fire,' Norway told Chad": what somebody is told in the imperative he is told to do.
pub(super) fn command(tokens: &mut [Token], verb: usize) {
    let telling = usize::from(tokens[verb].head);
    if tokens[verb].deprel == Deprel::Ccomp
        && tokens[verb].xpos == Xpos::Vb
        && telling > verb
        && tokens.get(telling).is_some_and(|token| &*token.lemma == "tell")
        && has(tokens, telling, &[Deprel::Iobj, Deprel::Obj])
        && !has(tokens, verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::Mark, Deprel::Expl])
    {
        tokens[verb].deprel = Deprel::Xcomp;
    }
}

/// "is opposed to Chad taking over": who would do what somebody is opposed to stands before it.
pub(super) fn oppose(tokens: &mut [Token], deed: usize) {
    let against = usize::from(tokens[deed].head);
    let is_opposed = tokens
        .get(against)
        .is_some_and(|token| matches!(&*token.lemma, "oppose" | "opposed" | "object" | "averse" | "hostile"));
    if !is_opposed
        || against > deed
        || tokens[deed].xpos != Xpos::Vbg
        || !matches!(tokens[deed].deprel, Deprel::Advcl | Deprel::Acl)
        || has(tokens, deed, &[Deprel::Nsubj, Deprel::Mark])
    {
        return;
    }
    let before = (against + 1..deed).find(|&at| {
        usize::from(tokens[at].head) == against
            && matches!(tokens[at].deprel, Deprel::Obl | Deprel::Obj)
            && extent(tokens, at).1 + 1 == deed
    });
    if let Some(doer) = before {
        if let Some(to) = kid(tokens, doer, Deprel::Case) {
            (tokens[to].head, tokens[to].deprel) = (deed as u16, Deprel::Mark);
        }
        (tokens[doer].head, tokens[doer].deprel) = (deed as u16, Deprel::Nsubj);
    }
}

/// "A man wanted for fraud was extradited": what he is wanted for is not extradited.
pub(super) fn want(tokens: &mut [Token], verb: usize) {
    let wanted = usize::from(tokens[verb].head);
    if tokens[verb].deprel != Deprel::Ccomp || wanted > verb {
        return;
    }
    let Some(cause) = kid(tokens, verb, Deprel::NsubjPass).or_else(|| kid(tokens, verb, Deprel::Nsubj)) else { return };
    let is_taken = wanted < cause
        && matches!(tokens[wanted].xpos, Xpos::Vbd | Xpos::Vbn)
        && !has(tokens, wanted, &[Deprel::Aux, Deprel::AuxPass, Deprel::Obj])
        && !has(tokens, verb, &[Deprel::Mark])
        && kid(tokens, cause, Deprel::Case).is_some_and(|case| wanted < case && case < cause);
    let Some(someone) = kid(tokens, wanted, Deprel::Nsubj).filter(|&at| is_taken && at + 1 == wanted) else { return };
    (tokens[verb].head, tokens[verb].deprel) = (tokens[wanted].head, tokens[wanted].deprel);
    for token in tokens.iter_mut().filter(|token| usize::from(token.head) == wanted && token.deprel == Deprel::Punct) {
        token.head = verb as u16;
    }
    (tokens[cause].head, tokens[cause].deprel) = (wanted as u16, Deprel::Obl);
    make_subject(tokens, someone, verb);
    (tokens[wanted].head, tokens[wanted].deprel) = (someone as u16, Deprel::Acl);
}

/// "continued on Friday to pull out": what is continued is no purpose.
pub(super) fn complete(tokens: &mut [Token], infinitive: usize) {
    let verb = usize::from(tokens[infinitive].head);
    let goes_on = |lemma: &str| matches!(lemma, "continue" | "begin" | "start" | "cease" | "proceed" | "manage");
    let is_infinitive = tokens[infinitive].deprel == Deprel::Advcl
        && verb < infinitive
        && kid(tokens, infinitive, Deprel::Mark).is_some_and(|mark| &*tokens[mark].lemma == "to");
    if is_infinitive && goes_on(&tokens[verb].lemma) && !has(tokens, verb, &[Deprel::Obj, Deprel::Xcomp]) {
        tokens[infinitive].deprel = Deprel::Xcomp;
    }
}

/// "hailed the move by Chad to cut ties": what is decided hangs on the decision.
pub(super) fn decide(tokens: &mut [Token], infinitive: usize) {
    let verb = usize::from(tokens[infinitive].head);
    let is_infinitive = matches!(tokens[infinitive].deprel, Deprel::Xcomp | Deprel::Advcl)
        && verb < infinitive
        && kid(tokens, infinitive, Deprel::Mark).is_some_and(|mark| &*tokens[mark].lemma == "to");
    if !is_infinitive {
        return;
    }
    let Some(decision) = kid(tokens, verb, Deprel::Obj).filter(|&noun| noun < infinitive) else { return };
    let is_decision = matches!(
        &*tokens[decision].lemma,
        "decision"
            | "move"
            | "plan"
            | "bid"
            | "pledge"
            | "vow"
            | "refusal"
            | "threat"
            | "intention"
            | "attempt"
            | "effort"
            | "proposal"
    );
    let judges = matches!(
        &*tokens[verb].lemma,
        "hail"
            | "welcome"
            | "condemn"
            | "criticise"
            | "criticize"
            | "denounce"
            | "praise"
            | "back"
            | "support"
            | "oppose"
            | "reject"
            | "slam"
            | "applaud"
            | "deplore"
            | "defend"
            | "protest"
            | "regret"
            | "endorse"
    );
    if is_decision && judges {
        (tokens[infinitive].head, tokens[infinitive].deprel) = (decision as u16, Deprel::Acl);
    }
}
