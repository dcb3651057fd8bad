//! Subjects: who does what a verb says, its own subject or one that it shares with other words.

use detente_grammar::{Deprel, Upos, Xpos};

use super::{is_relative, is_time};
use crate::syntax::{Syntax, Tok};

/// Verbs whose object does what the infinitive says: "urged them to leave".
const OBJECT_CONTROL: &[&str] = &[
    "ask",
    "urge",
    "order",
    "tell",
    "force",
    "compel",
    "allow",
    "permit",
    "enable",
    "help",
    "want",
    "expect",
    "invite",
    "persuade",
    "convince",
    "encourage",
    "press",
    "pressure",
    "push",
    "request",
    "require",
    "instruct",
    "direct",
    "command",
    "authorize",
    "authorise",
    "oblige",
    "call",
    "advise",
    "warn",
    "challenge",
    "beg",
    "implore",
    "lobby",
    "petition",
    "summon",
    "cause",
    "lead",
    "get",
    "let",
    "make",
    "see",
    "hear",
    "have",
    "leave",
    "empower",
    "incite",
    "provoke",
    "train",
    "equip",
    "pay",
    "hire",
    "recruit",
    "appoint",
    "elect",
    "choose",
    "send",
    "dispatch",
    "forbid",
    "exhort",
    "prompt",
    "spur",
    "entice",
    "induce",
    "coerce",
    "nudge",
    "dare",
    "bring",
    "task",
    "mandate",
    "appeal",
    "find",
    "consider",
    "believe",
    "allege",
    "accuse",
    "suspect",
    "prove",
    "show",
    "declare",
    "assist",
    "deploy",
    "free",
    "pressurise",
];

/// Tells whether the object of a verb does what the infinitive after it says.
pub fn is_object_control(lemma: &str) -> bool {
    OBJECT_CONTROL.contains(&lemma)
}

/// Tells whether who is the object of a verb is told what to do, so that an infinitive beside it is his and no purpose of the
/// subject's: "petitioned Chad to halt", but "left Chad to join".
fn is_told(lemma: &str) -> bool {
    is_object_control(lemma)
        && !matches!(
            lemma,
            "have"
                | "make"
                | "get"
                | "let"
                | "see"
                | "hear"
                | "leave"
                | "bring"
                | "find"
                | "show"
                | "help"
                | "assist"
                | "pay"
                | "cause"
                | "lead"
                | "call"
                | "expect"
                | "consider"
                | "believe"
                | "prove"
                | "declare"
                | "choose"
                | "elect"
        )
}

/// Marks of a clause whose subject is the object of the verb above: "accuse X of attacking".
const OBJECT_CONTROL_MARKS: &[&str] = &["of", "from", "for", "into", "against"];

/// Who does what the infinitive behind a noun says, by the noun's own words: "Ruritania's decision to leave", "a pledge by
/// Ruritania to pay", "Ruritanian efforts to mediate".
fn decider(syntax: &Syntax<'_>, noun: Tok, infinitive: Tok) -> Option<Tok> {
    let kids = || syntax.kids(noun).iter().copied().filter(|&kid| kid < infinitive);
    let is_name = |tok: Tok| syntax.form(tok).starts_with(char::is_uppercase) && tok > 0;
    kids()
        .find(|&kid| syntax.rel(kid) == Deprel::NmodPoss)
        .or_else(|| kids().find(|&kid| syntax.rel(kid) == Deprel::Nmod && syntax.case(kid) == Some("by")))
        .or_else(|| kids().find(|&kid| matches!(syntax.rel(kid), Deprel::Amod | Deprel::Compound) && is_name(kid)))
        .or_else(|| {
            let of = |kid: Tok| syntax.case(kid) == Some("of") && is_name(kid);
            kids().find(|&kid| syntax.rel(kid) == Deprel::Nmod && of(kid))
        })
}

/// The verb of speech with a subject that a participle follows behind a comma: "..., the ministry said on Friday, accusing".
fn teller_before(syntax: &Syntax<'_>, participle: Tok) -> Option<Tok> {
    let comma = participle.checked_sub(1).filter(|&comma| syntax.form(comma) == ",")?;
    if syntax.token(participle).xpos != Xpos::Vbg {
        return None;
    }
    let tells = |at: &Tok| {
        matches!(syntax.lemma(*at), "say" | "announce" | "report" | "state" | "declare" | "tell")
            && syntax.is_verbal(*at)
            && syntax.kid(*at, Deprel::Nsubj).is_some()
            && syntax.is_under(comma - 1, *at)
    };
    (0..comma).rev().find(tells).filter(|&at| matches!(syntax.rel(at), Deprel::Parataxis | Deprel::Advcl))
}

/// The grammatical subjects of a verb, its own or those it shares.
pub fn surface_subjects(syntax: &Syntax<'_>, verb: Tok, depth: u8) -> Vec<Tok> {
    let is_subject = |kid: &Tok| matches!(syntax.rel(*kid), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
    let mut own: Vec<Tok> = syntax.kids(verb).iter().copied().filter(is_subject).collect();
    // "The council has so far refused": the parser may hang the subject on the auxiliary.
    if own.is_empty() {
        let auxiliaries = syntax.kids_by(verb, Deprel::Aux).chain(syntax.kids_by(verb, Deprel::AuxPass));
        own.extend(auxiliaries.flat_map(|auxiliary| syntax.kids(auxiliary).iter().copied().filter(is_subject)));
    }
    let mut own: Vec<Tok> = own.iter().filter_map(|&subject| acting(syntax, subject)).collect();
    if own.len() > 1 {
        own.retain(|&subject| syntax.case(subject).is_none());
    }
    if !own.is_empty() {
        let relative = own.iter().any(|&kid| is_relative(syntax, kid));
        if relative && let Some(noun) = relative_noun(syntax, verb) {
            return vec![noun];
        }
        return own;
    }
    if matches!(syntax.rel(verb), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis)
        && let Some(subject) = noun_before(syntax, verb)
    {
        return vec![subject];
    }
    let Some(head) = syntax.head(verb).filter(|_| depth < 8) else { return Vec::new() };
    match syntax.rel(verb) {
        // "is recognised and cannot be disputed", hung on the verb above: the passive before it shares its subject.
        Deprel::Conj if syntax.is_passive(verb) && !syntax.is_passive(head) => {
            let sister = (head + 1..verb).rev().find(|&t| syntax.kid(t, Deprel::NsubjPass).is_some());
            surface_subjects(syntax, sister.unwrap_or(head), depth + 1)
        }
        Deprel::Conj if syntax.is_verbal(head) || syntax.kid(head, Deprel::Cop).is_some() => {
            surface_subjects(syntax, head, depth + 1)
        }
        // "Chad has cut off deliveries, the ministry in Niamey said, accusing it": who said so accuses.
        Deprel::Advcl if let Some(teller) = teller_before(syntax, verb).filter(|&teller| teller != head) => {
            surface_subjects(syntax, teller, depth + 1)
        }
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl => {
            let mark = syntax.kid(verb, Deprel::Mark).map(|m| syntax.lemma(m));
            if let Some(asked) = asked(syntax, verb) {
                return vec![asked];
            }
            let object = syntax.kid(head, Deprel::Obj).or_else(|| syntax.kid(head, Deprel::Iobj));
            // "summoned the envoy to protest": who summons him protests.
            let is_voiced = syntax.lemma(head) == "summon"
                && matches!(
                    syntax.lemma(verb),
                    "protest" | "complain" | "convey" | "express" | "lodge" | "demand" | "condemn"
                );
            let by_object = match syntax.rel(verb) {
                _ if is_voiced => false,
                Deprel::Advcl if mark == Some("to") => is_told(syntax.lemma(head)),
                Deprel::Advcl => mark.is_some_and(|m| OBJECT_CONTROL_MARKS.contains(&m)),
                _ => is_object_control(syntax.lemma(head)),
            };
            match object {
                Some(object) if by_object => vec![object],
                _ => surface_subjects(syntax, head, depth + 1),
            }
        }
        Deprel::Acl | Deprel::AclRelcl => match syntax.token(verb).xpos {
            // "is the leading donor, giving": who is.
            Xpos::Vbg if syntax.kid(head, Deprel::Cop).is_some() && syntax.kid(head, Deprel::Nsubj).is_some() => {
                surface_subjects(syntax, head, depth + 1)
            }
            // "put out a report accusing": whose report it is.
            Xpos::Vbg if is_own_document(syntax, head) => {
                syntax.head(head).map_or_else(Vec::new, |above| surface_subjects(syntax, above, depth + 1))
            }
            Xpos::Vbg | Xpos::Vbn | Xpos::Vbd if syntax.kid(verb, Deprel::Mark).is_none() => vec![head],
            _ => {
                // "a decision to suspend": who decides.
                match decider(syntax, head, verb) {
                    Some(owner) => vec![owner],
                    None => match syntax.head(head) {
                        Some(above) if syntax.rel(head) == Deprel::Obj || syntax.rel(head) == Deprel::Obl => {
                            surface_subjects(syntax, above, depth + 1)
                        }
                        _ => vec![head],
                    },
                }
            }
        },
        _ => Vec::new(),
    }
}

/// Who acts, where the parser makes a phrase beside the subject the subject: "Ruritania Friday said", "Ruritania in a
/// statement condemned".
fn acting(syntax: &Syntax<'_>, subject: Tok) -> Option<Tok> {
    if is_time(syntax, subject) {
        let named = subject.checked_sub(1).filter(|&before| syntax.is_nominal(before) && !is_time(syntax, before));
        return named.filter(|&before| syntax.head(before) == syntax.head(subject));
    }
    match syntax.case(subject) {
        Some("in" | "on" | "at" | "with" | "after" | "during") => syntax.kid(subject, Deprel::Nsubj).or(Some(subject)),
        _ => Some(subject),
    }
}

/// Who is asked to do what an infinitive says: "call on X to do", "appeal to X to do".
pub fn asked(syntax: &Syntax<'_>, verb: Tok) -> Option<Tok> {
    let head = syntax.head(verb).filter(|_| matches!(syntax.rel(verb), Deprel::Xcomp | Deprel::Advcl))?;
    if !syntax.kids_by(verb, Deprel::Mark).any(|mark| syntax.lemma(mark) == "to") {
        return None;
    }
    syntax.kids_by(head, Deprel::Obl).filter(|&phrase| phrase < verb).find(|&phrase| {
        matches!(
            (syntax.lemma(head), syntax.case(phrase)),
            ("call", Some("on" | "upon" | "for"))
                | ("appeal" | "plead", Some("to" | "with" | "for"))
                | ("press" | "push" | "ask" | "wait", Some("for"))
        )
    })
}

/// The noun phrase right before a finite verb that the tree gives no subject: it was hung elsewhere by mistake.
fn noun_before(syntax: &Syntax<'_>, verb: Tok) -> Option<Tok> {
    let finite =
        matches!(syntax.token(verb).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) || syntax.kid(verb, Deprel::Aux).is_some();
    if !finite {
        return None;
    }
    let mut at = verb;
    let mut in_bracket = false;
    let noun = loop {
        at = at.checked_sub(1)?;
        match syntax.form(at) {
            ")" => in_bracket = true,
            "(" => in_bracket = false,
            _ if in_bracket || matches!(syntax.token(at).upos, Upos::Aux | Upos::Adv | Upos::Part) => {}
            _ => break at,
        }
    };
    // "officers on Wednesday arrested"
    let noun = match noun.checked_sub(2) {
        Some(before) if is_time(syntax, noun) && syntax.form(noun - 1) == "on" => before,
        _ => noun,
    };
    if !syntax.is_nominal(noun) || syntax.token(noun).upos == Upos::Num {
        return None;
    }
    // Up to the head of the phrase: "the head of the bank signed".
    let mut top = noun;
    while let Some(head) = syntax.head(top).filter(|&h| h < verb && syntax.is_nominal(h)) {
        let inside =
            matches!(syntax.rel(top), Deprel::Nmod | Deprel::Flat | Deprel::Compound | Deprel::Conj | Deprel::Nummod);
        if !inside || syntax.begins_main_clause(top) {
            break;
        }
        top = head;
    }
    // What is a subject or after a preposition is not free.
    let free = !matches!(syntax.rel(top), Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblUnmarked)
        && syntax.case(top).is_none();
    free.then_some(top)
}

/// The noun that a relative clause hangs on, through coordinated verbs.
pub(super) fn relative_noun(syntax: &Syntax<'_>, mut verb: Tok) -> Option<Tok> {
    for _ in 0..6 {
        match syntax.rel(verb) {
            Deprel::AclRelcl | Deprel::Acl => return syntax.head(verb),
            _ => verb = syntax.head(verb)?,
        }
    }
    None
}

/// Tells whether a noun is what the subject of its verb says in writing: "put out a report", but not "vetoed a resolution".
fn is_own_document(syntax: &Syntax<'_>, noun: Tok) -> bool {
    const OF_OTHERS: &[&str] = &[
        "veto",
        "block",
        "reject",
        "oppose",
        "dismiss",
        "condemn",
        "criticise",
        "criticize",
        "receive",
        "cite",
        "see",
        "obtain",
        "slam",
        "denounce",
        "ignore",
        "welcome",
    ];
    is_document(syntax.lemma(noun))
        && syntax.rel(noun) == Deprel::Obj
        && syntax.head(noun).is_none_or(|verb| !OF_OTHERS.contains(&syntax.lemma(verb)))
}

/// What speaks for whoever issues it.
fn is_document(lemma: &str) -> bool {
    matches!(
        lemma,
        "statement"
            | "report"
            | "letter"
            | "resolution"
            | "note"
            | "message"
            | "communique"
            | "declaration"
            | "tweet"
            | "post"
            | "video"
            | "article"
            | "paper"
            | "petition"
            | "motion"
            | "bill"
            | "decree"
            | "order"
            | "ruling"
            | "notice"
    )
}
