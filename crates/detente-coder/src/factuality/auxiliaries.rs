//! What stands beside a verb or noun and says how far it took place: auxiliaries, modals, determiners, its own negation.

use detente_grammar::{Deprel, Upos, Xpos};

use super::Reading;
use crate::{
    act::Factuality,
    syntax::{Syntax, Tok},
};

/// The word's own auxiliaries, negation and determiners.
pub(super) fn own_words(syntax: &Syntax<'_>, tok: Tok, reading: &mut Reading, main: bool) {
    let negation = syntax.negation(tok);
    let mut modal = None;
    let mut have = false;
    let mut past = false;
    for &kid in syntax.kids(tok) {
        match syntax.rel(kid) {
            Deprel::Aux => match syntax.lemma(kid) {
                "will" | "shall" | "'ll" | "wo" | "’ll" => modal = Some((Factuality::Intended, kid)),
                "would" | "'d" => modal = Some((Factuality::Intended, kid)),
                "may" | "might" | "could" => modal = Some((Factuality::Possible, kid)),
                "can" | "ca" => modal = Some((Factuality::Possible, kid)),
                // "Should Norway refuse, Chad will leave": a condition, and of none of the two a duty.
                "should" if opens_condition(syntax, kid) => {}
                // "would act should Norway refuse"
                "should" if is_inverted(syntax, tok, kid) => modal = Some((Factuality::Possible, kid)),
                "should" | "must" | "ought" => modal = Some((Factuality::Requested, kid)),
                // "would have condemned it": but it did not.
                "have" if syntax.token(kid).xpos == Xpos::Vb && is_would(syntax, kid) => reading.unsaid |= main,
                "have" => {
                    have = true;
                    past = syntax.token(kid).xpos == Xpos::Vbd;
                }
                _ => {}
            },
            Deprel::Amod if main => match syntax.lemma(kid) {
                "possible" | "potential" | "hypothetical" | "eventual" => modal = Some((Factuality::Possible, kid)),
                "planned" | "proposed" | "upcoming" | "forthcoming" | "future" | "intended" | "imminent"
                | "scheduled" => {
                    modal = Some((Factuality::Intended, kid));
                }
                "threatened" => modal = Some((Factuality::Possible, kid)),
                _ => {}
            },
            // "any attack will be answered"
            Deprel::Det if main && syntax.lemma(kid) == "any" => modal = Some((Factuality::Possible, kid)),
            Deprel::Mark if main && syntax.lemma(kid) == "to" && is_headline(syntax, tok) => {
                modal = Some((Factuality::Intended, kid));
            }
            // "is to be donated"
            Deprel::Mark if syntax.lemma(kid) == "to" && is_ahead(syntax, kid) => {
                modal = Some((Factuality::Intended, kid));
            }
            Deprel::Mark if syntax.lemma(kid) == "if" && main => modal = Some((Factuality::Possible, kid)),
            _ => {}
        }
    }
    // "is to meet", "is going to meet", "is set to meet": the verb above is no more than a future.
    if let Some((factuality, kid)) = modal {
        if reading.factuality == Factuality::Actual
            || (reading.factuality == Factuality::Intended && factuality != Factuality::Intended)
        {
            let kind = factuality.as_str();
            reading.set(factuality, kind, kid);
        }
        if factuality == Factuality::Intended {
            reading.future = true;
        }
        if let Some(negation) = negation {
            reading.refused = factuality == Factuality::Intended || matches!(syntax.lemma(kid), "can" | "ca" | "could");
            if factuality != Factuality::Requested {
                reading.negate(negation);
            }
            return;
        }
    }
    if let Some(negation) = negation {
        reading.negate(negation);
    }
    if have && past && main {
        reading.past_perfect = true;
    }
}

/// Tells whether *would* stands before a helping verb of the same verb: "would have".
fn is_would(syntax: &Syntax<'_>, aux: Tok) -> bool {
    let is_before = |kid: Tok| kid < aux && matches!(syntax.lemma(kid), "would" | "'d");
    syntax.head(aux).is_some_and(|verb| syntax.kids_by(verb, Deprel::Aux).any(is_before))
}

/// Tells whether *should* begins a sentence that is no question: "Should Norway refuse, Chad will leave".
fn opens_condition(syntax: &Syntax<'_>, should: Tok) -> bool {
    should == 0 && syntax.form(syntax.len() as Tok - 1) != "?"
}

/// Tells whether a helping verb stands before the subject of a clause that hangs on another, and so makes it a condition.
fn is_inverted(syntax: &Syntax<'_>, verb: Tok, aux: Tok) -> bool {
    syntax.rel(verb) != Deprel::Root && syntax.kid(verb, Deprel::Nsubj).is_some_and(|subject| aux < subject)
}

/// Tells whether *to* stands between two forms of *be* of one verb: "is to be donated".
fn is_ahead(syntax: &Syntax<'_>, to: Tok) -> bool {
    let verb = syntax.head(to);
    let is_be = |tok: Tok| {
        syntax.lemma(tok) == "be"
            && syntax.head(tok) == verb
            && matches!(syntax.rel(tok), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
    };
    let next = to + 1;
    to.checked_sub(1).is_some_and(is_be) && (next as usize) < syntax.len() && is_be(next)
}

/// Tells whether an infinitive makes a headline: "Ruritania to send aid".
fn is_headline(syntax: &Syntax<'_>, verb: Tok) -> bool {
    match syntax.rel(verb) {
        Deprel::Root => syntax.kid(verb, Deprel::Nsubj).is_some_and(|subject| subject < verb),
        Deprel::Acl => syntax.head(verb).is_some_and(|noun| {
            noun < verb && syntax.rel(noun) == Deprel::Root && syntax.token(noun).upos == Upos::Propn
        }),
        _ => false,
    }
}

pub(super) fn shared_auxiliaries(syntax: &Syntax<'_>, first: Tok, second: Tok, reading: &mut Reading) {
    // "will meet and sign", but not "has said it will meet and left".
    let bare = matches!(syntax.token(second).xpos, Xpos::Vb | Xpos::Vbp | Xpos::Vbg | Xpos::Vbn);
    if bare {
        let negation_only_first = syntax.negation(first).is_some();
        let before = reading.factuality;
        own_words(syntax, first, reading, true);
        if negation_only_first && before == Factuality::Actual && reading.factuality == Factuality::Denied {
            let and = syntax.kids_by(second, Deprel::Cc).next().map(|c| syntax.lemma(c));
            if matches!(and, Some("but" | "and")) && syntax.token(second).xpos == Xpos::Vbn {
                reading.factuality = before;
            }
        }
    }
}

/// The word by which a side denies the deed: "no country has condemned it", "condemned neither Ruritania nor Freedonia".
pub(super) fn negated_side(syntax: &Syntax<'_>, verb: Tok, consumed: &[Tok]) -> Option<Tok> {
    syntax.kids(verb).iter().copied().filter(|side| !consumed.contains(side)).find_map(|side| match syntax.rel(side) {
        Deprel::Nsubj | Deprel::Obj | Deprel::NsubjPass => syntax.kids(side).iter().copied().find(|&kid| {
            let lemma = syntax.lemma(kid).to_ascii_lowercase();
            let is_subject = syntax.rel(side) != Deprel::Obj;
            matches!(syntax.rel(kid), Deprel::Det | Deprel::CcPreconj | Deprel::Cc | Deprel::Amod)
                && (lemma == "neither" && !is_subject
                    || is_subject && lemma == "no"
                    || is_subject && lemma == "few" && kid == syntax.extent(side).0)
        }),
        _ => None,
    })
}

/// The modal of a clause whose subject is only supposed: "an invasion would be a disaster", but not "the invasion would".
pub(super) fn supposed(syntax: &Syntax<'_>, subject: Tok, predicate: Tok) -> Option<Tok> {
    let is_known = syntax.kids(subject).iter().any(|&kid| match syntax.rel(kid) {
        Deprel::NmodPoss => true,
        Deprel::Det => !matches!(syntax.lemma(kid), "a" | "an" | "any" | "another"),
        _ => false,
    });
    let mut auxiliaries = syntax.kids_by(predicate, Deprel::Aux);
    let modal = auxiliaries.find(|&aux| matches!(syntax.lemma(aux), "would" | "could" | "might" | "may"));
    modal.filter(|_| syntax.is_nominal(subject) && !is_known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tests::{read, tok};

    #[test]
    fn what_is_to_be_done_lies_ahead() {
        read("The ship is to be donated by Norway.", |syntax| assert!(is_ahead(syntax, tok(syntax, "to"))));
        read("Norway agreed to be there.", |syntax| assert!(!is_ahead(syntax, tok(syntax, "to"))));
    }

    #[test]
    fn a_sentence_may_break_off_at_any_word() {
        for text in ["The ship is to", "Norway was to", "to", "Should"] {
            read(text, |syntax| {
                for at in 0..syntax.len() as Tok {
                    is_ahead(syntax, at);
                    opens_condition(syntax, at);
                }
            });
        }
    }
}
