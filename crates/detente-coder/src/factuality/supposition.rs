//! What is told and yet is no fact: questions, stories and habits tell no act; what is called false, allowed by a law or hung on a condition is
//! less than a fact.

use detente_grammar::{Deprel, Xpos};

use super::{clause_top, is_that_clause};
use crate::syntax::{Syntax, Tok};

/// Tells whether a sentence only asks whether something is so: "Is Ruritania helping them?"
pub(super) fn is_asked_about(syntax: &Syntax<'_>, tok: Tok) -> bool {
    let last = (0..syntax.len() as Tok).rev().find(|&at| !matches!(syntax.form(at), "\"" | "”" | "'" | "’" | ")"));
    if last.is_none_or(|last| syntax.form(last) != "?") {
        return false;
    }
    let verb = clause_top(syntax, tok);
    let subject =
        syntax.kids(verb).iter().copied().find(|&kid| matches!(syntax.rel(kid), Deprel::Nsubj | Deprel::NsubjPass));
    let asks = |kid: Tok| matches!(syntax.rel(kid), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
    let wonders = syntax.kids(verb).iter().any(|&kid| {
        matches!(
            syntax.lemma(kid).to_ascii_lowercase().as_str(),
            "why" | "when" | "how" | "where" | "what" | "who" | "which"
        )
    });
    let reports = syntax.kids(verb).iter().any(|&kid| matches!(syntax.rel(kid), Deprel::Parataxis));
    subject.is_some_and(|subject| syntax.kids(verb).iter().any(|&kid| kid < subject && asks(kid)))
        && !wonders
        && !reports
}

/// Tells whether what is told happens in a story: "in the film, Ruritania attacks Freedonia", "the novel tells how".
pub(super) fn is_of_fiction(syntax: &Syntax<'_>, tok: Tok) -> bool {
    let is_story = |at: Tok| {
        matches!(
            syntax.lemma(at),
            "film"
                | "movie"
                | "novel"
                | "play"
                | "series"
                | "video game"
                | "sitcom"
                | "thriller"
                | "drama"
                | "opera"
                | "episode"
                | "comedy"
                | "game"
        )
    };
    let mut at = tok;
    for _ in 0..6 {
        let inside = syntax.kids(at).iter().any(|&kid| {
            kid < at && matches!(syntax.rel(kid), Deprel::Obl) && syntax.case(kid) == Some("in") && is_story(kid)
        });
        if inside && matches!(syntax.token(at).xpos, Xpos::Vbz | Xpos::Vbp) {
            return true;
        }
        let Some(head) = syntax.head(at) else { break };
        let told = matches!(syntax.rel(at), Deprel::Ccomp | Deprel::Advcl)
            && matches!(syntax.lemma(head), "tell" | "depict" | "portray" | "show" | "imagine" | "describe")
            && syntax.kid(head, Deprel::Nsubj).is_some_and(is_story);
        if told {
            return true;
        }
        at = head;
    }
    false
}

/// Tells whether something is told as a habit: "small states usually support it", "every year Ruritania sends a tree".
pub(super) fn is_habit(syntax: &Syntax<'_>, tok: Tok) -> bool {
    matches!(syntax.token(tok).xpos, Xpos::Vbz | Xpos::Vbp)
        && syntax.kid(tok, Deprel::AuxPass).is_none()
        && syntax.kids(tok).iter().any(|&kid| match syntax.rel(kid) {
            Deprel::Advmod => {
                matches!(
                    syntax.lemma(kid),
                    "usually" | "typically" | "traditionally" | "customarily" | "normally" | "often"
                )
            }
            Deprel::OblUnmarked => {
                matches!(
                    syntax.lemma(kid),
                    "year" | "month" | "week" | "day" | "spring" | "summer" | "autumn" | "winter"
                ) && syntax.kids_by(kid, Deprel::Det).any(|det| syntax.lemma(det).eq_ignore_ascii_case("every"))
            }
            _ => false,
        })
}

/// Tells whether it is a law or treaty that permits something, whether or not it is done.
pub(super) fn is_permitted_by_law(syntax: &Syntax<'_>, verb: Tok) -> bool {
    matches!(syntax.lemma(verb), "allow" | "permit" | "enable" | "authorize" | "authorise" | "empower" | "entitle")
        && syntax.kid(verb, Deprel::Nsubj).is_some_and(|subject| {
            matches!(
                syntax.lemma(subject),
                "law"
                    | "treaty"
                    | "charter"
                    | "constitution"
                    | "convention"
                    | "clause"
                    | "article"
                    | "statute"
                    | "pact"
                    | "agreement"
                    | "rule"
                    | "provision"
                    | "act"
                    | "bill"
                    | "decree"
                    | "mandate"
            )
        })
}

/// The word by which what a clause tells is called false: "the claim that it withdrew is false", "dismissed a report that it had", "it is
/// not true that it has".
pub(super) fn disbelieved(syntax: &Syntax<'_>, clause: Tok) -> Option<Tok> {
    let above = syntax.head(clause)?;
    let is_false = |tok: Tok| {
        let lemma = syntax.lemma(tok);
        matches!(
            lemma,
            "false"
                | "untrue"
                | "baseless"
                | "unfounded"
                | "groundless"
                | "fake"
                | "fabricated"
                | "wrong"
                | "incorrect"
        ) || syntax.negation(tok).is_some() && matches!(lemma, "true" | "correct" | "accurate" | "case")
    };
    match syntax.rel(clause) {
        Deprel::Csubj => Some(above).filter(|&tok| is_false(tok)),
        Deprel::Acl | Deprel::AclRelcl if is_that_clause(syntax, clause) || begins_with_that(syntax, clause) => {
            let is_told = matches!(
                syntax.lemma(above),
                "claim"
                    | "report"
                    | "rumour"
                    | "rumor"
                    | "allegation"
                    | "accusation"
                    | "story"
                    | "suggestion"
                    | "charge"
            );
            let verb = syntax.head(above).filter(|_| is_told)?;
            let rejects = matches!(
                syntax.lemma(verb),
                "deny" | "reject" | "dismiss" | "refute" | "rebut" | "debunk" | "rubbish" | "disprove"
            );
            let is_so = match syntax.rel(above) {
                Deprel::Nsubj => is_false(verb),
                Deprel::Obj | Deprel::NsubjPass => rejects,
                _ => false,
            };
            is_so.then_some(verb)
        }
        _ => None,
    }
}

/// Tells whether a clause begins with "that", whatever the tree makes of it.
fn begins_with_that(syntax: &Syntax<'_>, clause: Tok) -> bool {
    syntax.lemma(syntax.extent(clause).0) == "that"
}

/// Tells whether a clause is a condition by its first word: "provided that it withdraws".
pub(super) fn is_proviso(syntax: &Syntax<'_>, clause: Tok) -> bool {
    matches!(syntax.form(clause), "provided" | "providing" | "assuming")
        && syntax.rel(clause) == Deprel::Advcl
        && syntax.kid(clause, Deprel::Obj).is_none()
}

/// Tells whether a clause is a condition by the words before it: "on condition that it withdraws", "as long as it does".
pub(super) fn is_on_condition(syntax: &Syntax<'_>, head: Tok, clause: Tok) -> bool {
    let first = syntax.extent(clause).0;
    let Some(before) = first.checked_sub(1) else { return false };
    matches!(syntax.form(before), "condition" | "provided" | "providing" | "assuming")
        || syntax.lemma(head) == "long" && syntax.form(first) == "as"
}

/// Tells whether somebody does not hold back from what follows: "will not hesitate to".
pub(super) fn is_unhesitating(syntax: &Syntax<'_>, verb: Tok) -> bool {
    matches!(syntax.lemma(verb), "hesitate" | "shy" | "shrink") && syntax.negation(verb).is_some()
}

/// Tells whether a clause in the present tells of what is to come.
pub(super) fn is_to_come(syntax: &Syntax<'_>, clause: Tok) -> bool {
    let has = syntax.kids_by(clause, Deprel::Aux).find(|&aux| syntax.lemma(aux) == "have");
    match has {
        Some(has) => matches!(syntax.token(has).xpos, Xpos::Vbz | Xpos::Vbp),
        None => matches!(syntax.token(clause).xpos, Xpos::Vbz | Xpos::Vbp),
    }
}

/// Tells whether a headline says that somebody will do something: "Ruritania says to send more troops".
pub(super) fn is_said_to_come(syntax: &Syntax<'_>, head: Tok, infinitive: Tok) -> bool {
    syntax.lemma(head) == "say"
        && syntax.rel(infinitive) == Deprel::Xcomp
        && syntax.kids_by(infinitive, Deprel::Mark).any(|mark| syntax.lemma(mark) == "to")
}
