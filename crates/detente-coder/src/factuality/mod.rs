//! Factuality: what the words around an act make of it, and on whose word it stands.

mod auxiliaries;
mod embedding;
mod supposition;

use detente_grammar::{Deprel, Upos, Xpos};
use detente_lexicon::{Embedding, Lexicon};

use self::{
    auxiliaries::{negated_side, own_words, shared_auxiliaries, supposed},
    embedding::{embed, embedding_of, embedding_of_clause, embedding_of_phrase},
    supposition::{
        disbelieved, is_asked_about, is_habit, is_of_fiction, is_on_condition, is_permitted_by_law, is_proviso,
        is_said_to_come, is_to_come, is_unhesitating,
    },
};
use crate::{
    act::Factuality,
    syntax::{Syntax, Tok},
};

/// What the words around an act make of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// How far it took place.
    pub factuality: Factuality,
    /// Words that made it so, with what they did.
    pub cues: Vec<(&'static str, Tok)>,
    /// The actor will or would not do it: a refusal.
    pub refused: bool,
    /// The act lies ahead: "will", "plans to".
    pub future: bool,
    /// The act is told in the past perfect, or otherwise as history.
    pub past_perfect: bool,
    /// The verb that reports it.
    pub reported_by: Option<Tok>,
    /// Nobody says that it is so: "did not mention".
    pub unsaid: bool,
}

/// Reads upward from the act's main word; `consumed` are words of the act's own rule, which with
/// `negated` says itself that something is not so.
pub fn read(syntax: &Syntax<'_>, lexicon: &Lexicon, tok: Tok, consumed: &[Tok], negated: bool) -> Reading {
    let mut reading = Reading {
        factuality: Factuality::Actual,
        cues: Vec::new(),
        refused: false,
        future: false,
        past_perfect: false,
        reported_by: None,
        unsaid: false,
    };
    reading.unsaid = is_asked_about(syntax, tok) || is_of_fiction(syntax, tok) || is_habit(syntax, tok);
    let mut at = tok;
    if !negated {
        own_words(syntax, at, &mut reading, true);
        if let Some(cue) = negated_side(syntax, tok, consumed) {
            reading.negate(cue);
        }
    }
    // "is due in Oslo", "is expected in Oslo"
    let is_ahead = syntax.lemma(tok) == "due" || syntax.lemma(tok) == "expect" && syntax.is_passive(tok);
    if is_ahead && reading.factuality == Factuality::Actual && syntax.kid(tok, Deprel::Obl).is_some() {
        reading.set(Factuality::Intended, "intended", tok);
        reading.future = true;
    }
    // "lodged no protest"
    for &word in consumed.iter().filter(|&&w| w != tok && syntax.head(w) == Some(tok)) {
        if let Some(cue) = syntax.negation(word).filter(|&cue| syntax.rel(cue) == Deprel::Det) {
            reading.negate(cue);
        }
    }
    let wages = matches!(syntax.lemma(tok), "wage" | "fight" | "prosecute" | "pursue");
    let given =
        is_given(syntax, tok) || wages && syntax.kids_by(tok, Deprel::Obj).any(|object| is_given(syntax, object));
    for _ in 0..12 {
        // "thwart Ruritania's ability to wage its war": there is a war.
        if given && at != tok {
            break;
        }
        let Some(head) = syntax.head(at) else { break };
        let rel = syntax.rel(at);
        // "refused to meet him during his visit": he did visit.
        if at == tok
            && matches!(rel, Deprel::Obl | Deprel::Nmod)
            && syntax.token(tok).upos == Upos::Noun
            && matches!(
                syntax.case(tok),
                Some("during" | "after" | "amid" | "following" | "follow" | "despite" | "since")
            )
        {
            break;
        }
        if at == tok
            && rel == Deprel::Nsubj
            && let Some(modal) = supposed(syntax, tok, head)
            && reading.factuality == Factuality::Actual
        {
            reading.set(Factuality::Possible, "possible", modal);
        }
        // "announced in a speech to the parliament that ...": the clause is the verb's, wherever it was hung.
        if reading.reported_by.is_none() && is_that_clause(syntax, at) {
            reading.reported_by = speech_above(syntax, lexicon, at);
        }
        if consumed.contains(&head) {
            // "asks for it under the treaty that they signed": that they did is not what is asked for.
            // "The treaty, signed in 2019, was scrapped": nor is that denied.
            // "Sailors who had been held are set to return": that they had been is not intended.
            let is_told_aside = match rel {
                Deprel::AclRelcl => matches!(syntax.token(at).xpos, Xpos::Vbd | Xpos::Vbn),
                Deprel::Acl => is_inserted(syntax, at),
                _ => false,
            };
            if is_told_aside {
                break;
            }
            at = head;
            own_words(syntax, at, &mut reading, true);
            continue;
        }
        match rel {
            // "demanded the release of a boat, seized by Ruritania", "sailors held by Ruritania are to be freed": it was seized, they were held.
            Deprel::Acl if is_inserted(syntax, at) || is_undergone(syntax, at) => {
                if let Some(cue) = syntax.negation(head) {
                    reading.negate(cue);
                }
                reading.reported_by = reading.reported_by.or_else(|| speech_above(syntax, lexicon, at));
                break;
            }
            Deprel::Conj => {
                // A coordinated verb shares the auxiliaries of the first one, unless it has its own.
                let own = syntax
                    .kids(at)
                    .iter()
                    .any(|&k| matches!(syntax.rel(k), Deprel::Aux | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Mark));
                if syntax.is_verbal(at) && syntax.is_verbal(head) {
                    if !own {
                        shared_auxiliaries(syntax, head, at, &mut reading);
                    }
                } else if syntax.is_nominal(at) && syntax.is_verbal(head) {
                    break;
                }
            }
            Deprel::Xcomp
            | Deprel::Ccomp
            | Deprel::Csubj
            | Deprel::CsubjPass
            | Deprel::Acl
            | Deprel::Obj
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::NsubjPass => {
                let lemma = syntax.lemma(head);
                let embedding = match rel {
                    Deprel::Acl if is_of_one_in_a_row(syntax, at) => None,
                    Deprel::Obl | Deprel::Nmod => embedding_of_phrase(syntax, lexicon, head, at),
                    _ => embedding_of(syntax, lexicon, head, lemma),
                };
                // "discussed its war": that there is one is not in doubt.
                let embedding = embedding.filter(|embedding| !(given && matches!(embedding, Embedding::Possible)));
                // "the treaty allows Ruritania to send troops"
                let embedding = embedding.map(|embedding| {
                    if embedding == Embedding::Actual && is_permitted_by_law(syntax, head) {
                        Embedding::Possible
                    } else {
                        embedding
                    }
                });
                let purpose = rel == Deprel::Xcomp
                    && lemma != "vote"
                    && reading.factuality == Factuality::Actual
                    && syntax.kid(head, Deprel::Obj).is_some()
                    && !crate::frame::is_object_control(lemma)
                    && !is_said_in(syntax, lexicon, head, at)
                    && matches!(embedding, None | Some(Embedding::Actual));
                let to = syntax.kids_by(at, Deprel::Mark).find(|&m| syntax.lemma(m) == "to").filter(|_| purpose);
                if is_going_to(syntax, head, at) || is_said_to_come(syntax, head, at) {
                    if reading.factuality == Factuality::Actual {
                        reading.set(Factuality::Intended, "intended", head);
                    }
                    reading.future = true;
                } else if let Some(to) = to {
                    // "conducted talks to conclude a treaty": what for.
                    reading.set(Factuality::Intended, "intended", to);
                    reading.future = true;
                } else if let Some(cue) = disbelieved(syntax, at) {
                    reading.negate(cue);
                } else if rel == Deprel::Ccomp && is_proviso(syntax, head)
                    || matches!(rel, Deprel::Xcomp | Deprel::Ccomp)
                        && syntax.kids_by(at, Deprel::Mark).any(|mark| syntax.lemma(mark) == "whether")
                {
                    reading.set(Factuality::Possible, "possible", head);
                } else if is_unhesitating(syntax, head) {
                    // "will not hesitate to send troops"
                    if let Some(modal) = syntax.kids_by(head, Deprel::Aux).find(|&aux| syntax.lemma(aux) == "will") {
                        reading.set(Factuality::Intended, "intended", modal);
                        reading.future = true;
                    }
                    at = head;
                    continue;
                } else if let Some(embedding) = embedding {
                    let to_clause =
                        matches!(rel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Csubj | Deprel::CsubjPass);
                    let nominal = matches!(rel, Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod);
                    embed(syntax, embedding, head, rel, to_clause, nominal, &mut reading);
                }
                if syntax.is_verbal(head) || matches!(syntax.token(head).upos, Upos::Adj | Upos::Noun) {
                    let before = reading.factuality;
                    if syntax.is_verbal(head) && !matches!(embedding, Some(Embedding::Reported)) {
                        own_words(syntax, head, &mut reading, false);
                    } else if syntax.token(head).upos == Upos::Noun && syntax.rel(at) == Deprel::Acl {
                        own_words(syntax, head, &mut reading, false);
                        // "has no plans to", "has the right to": what holds of the noun's verb.
                        if let Some(verb) = syntax.head(head)
                            && syntax.is_verbal(verb)
                            && reading.factuality == before
                            && let Some(cue) = syntax.negation(verb)
                        {
                            reading.negate(cue);
                        }
                    }
                }
            }
            Deprel::Advcl => {
                let once = || syntax.kids_by(at, Deprel::Advmod).find(|&kid| kid < at && syntax.lemma(kid) == "once");
                let mark = syntax.kid(at, Deprel::Mark).or_else(once).map(|m| (m, syntax.lemma(m)));
                match mark {
                    Some((m, mark @ ("if" | "unless" | "whether" | "lest"))) => {
                        reading.set(Factuality::Possible, "possible", m);
                        // "unless it pays": nobody says that it does.
                        reading.unsaid |= mark == "unless";
                    }
                    // "until it withdraws", "once it has lifted them", "before he travels": that is still to come.
                    Some((m, "until" | "once" | "before")) if is_to_come(syntax, at) => {
                        let factuality =
                            if syntax.lemma(m) == "before" { Factuality::Intended } else { Factuality::Possible };
                        reading.set(factuality, factuality.as_str(), m);
                        reading.future |= factuality == Factuality::Intended;
                    }
                    _ if is_proviso(syntax, at) || is_on_condition(syntax, head, at) => {
                        reading.set(Factuality::Possible, "possible", head);
                    }
                    // "accused them of sending arms": on the accuser's word.
                    Some((_, "of" | "for")) if is_charge(syntax.lemma(head)) && reading.reported_by.is_none() => {
                        reading.reported_by = Some(head);
                    }
                    _ if reading.factuality == Factuality::Actual
                        && let Some((embedding, cue)) = embedding_of_clause(syntax, lexicon, head, at) =>
                    {
                        embed(syntax, embedding, cue, rel, true, false, &mut reading);
                        if syntax.is_verbal(head) {
                            own_words(syntax, head, &mut reading, false);
                        }
                    }
                    Some((m, "to")) if crate::frame::asked(syntax, at).is_some() => {
                        reading.set(Factuality::Requested, "requested", m);
                    }
                    // "blocked the road to protest against it": by that they protest.
                    Some((_, "to")) if matches!(syntax.lemma(tok), "protest" | "demonstrate") => {}
                    // "got together to exchange views"
                    Some((_, "to")) if gathers(syntax, head) && is_done_in_talks(syntax.lemma(tok)) => {}
                    Some((_, "to")) if is_of_one_in_a_row(syntax, at) || is_said_in(syntax, lexicon, head, at) => {}
                    Some((m, "to")) if reading.factuality == Factuality::Actual => {
                        reading.set(Factuality::Intended, "intended", m);
                        reading.future = true;
                    }
                    _ => {}
                }
                break;
            }
            Deprel::Parataxis => {
                if is_speech(lexicon, syntax.lemma(head)) && reading.reported_by.is_none() {
                    reading.reported_by = Some(head);
                }
                break;
            }
            Deprel::AclRelcl => {
                if let Some(cue) = disbelieved(syntax, at) {
                    reading.negate(cue);
                }
                break;
            }
            Deprel::Appos | Deprel::List | Deprel::Dislocated => break,
            _ => {}
        }
        at = head;
    }
    // "..., he said": the report hangs below.
    if reading.reported_by.is_none() {
        let top = clause_top(syntax, tok);
        reading.reported_by = syntax.kids(top).iter().copied().find(|&kid| {
            matches!(syntax.rel(kid), Deprel::Parataxis | Deprel::Ccomp)
                && syntax.is_verbal(kid)
                && is_speech(lexicon, syntax.lemma(kid))
                && syntax.kid(kid, Deprel::Nsubj).is_some()
                && kid != tok
        });
    }
    reading
}

/// Tells whether a participle stands behind a comma, and so tells of what it hangs on in passing.
fn is_inserted(syntax: &Syntax<'_>, participle: Tok) -> bool {
    participle > 0 && syntax.token(participle - 1).upos == Upos::Punct && syntax.token(participle).xpos == Xpos::Vbn
}

/// Tells whether a participle says by whom something was done to those of whom it is known who they are: "four sailors captured by Ruritania", but
/// not "any sailors captured by it".
fn is_undergone(syntax: &Syntax<'_>, participle: Tok) -> bool {
    let is_known = |noun: Tok| {
        syntax.kids(noun).iter().any(|&kid| match syntax.rel(kid) {
            Deprel::Nummod => true,
            Deprel::Det => matches!(syntax.lemma(kid).to_ascii_lowercase().as_str(), "the" | "these" | "those"),
            _ => false,
        })
    };
    syntax.token(participle).xpos == Xpos::Vbn
        && syntax.kid(participle, Deprel::OblAgent).is_some()
        && syntax.kid(participle, Deprel::Mark).is_none()
        && syntax.head(participle).is_some_and(is_known)
}

/// Tells whether a talk is held to say something, which is then said: "phoned him to congratulate him".
fn is_said_in(syntax: &Syntax<'_>, lexicon: &Lexicon, talk: Tok, word: Tok) -> bool {
    let talks =
        matches!(syntax.lemma(talk), "speak" | "talk" | "call" | "phone" | "telephone" | "ring" | "write" | "meet");
    let says = is_speech(lexicon, syntax.lemma(word))
        || matches!(
            syntax.lemma(word),
            "express"
                | "convey"
                | "offer"
                | "extend"
                | "congratulate"
                | "thank"
                | "condemn"
                | "protest"
                | "apologize"
                | "apologise"
                | "discuss"
                | "wish"
                | "deliver"
                | "voice"
                | "reiterate"
                | "reaffirm"
        );
    talks && says && !matches!(syntax.token(talk).xpos, Xpos::Vb)
}

/// Tells whether a verb says that several have met.
fn gathers(syntax: &Syntax<'_>, verb: Tok) -> bool {
    let together = || syntax.kids(verb).iter().any(|&kid| syntax.lemma(kid) == "together");
    let meets = match syntax.lemma(verb) {
        "meet" | "gather" | "convene" | "assemble" => true,
        "get" | "come" | "sit" => together(),
        _ => false,
    };
    meets && matches!(syntax.token(verb).xpos, Xpos::Vbd | Xpos::Vbn) && syntax.negation(verb).is_none()
}

/// Tells whether a verb says what those who have met do there.
fn is_done_in_talks(lemma: &str) -> bool {
    matches!(
        lemma,
        "discuss" | "exchange" | "talk" | "negotiate" | "review" | "hold" | "debate" | "coordinate" | "confer"
    )
}

/// Tells whether a noun takes it as known that what it names goes on: "its war on Freedonia".
fn is_given(syntax: &Syntax<'_>, noun: Tok) -> bool {
    syntax.kid(noun, Deprel::NmodPoss).is_some()
        && matches!(
            syntax.lemma(noun),
            "war"
                | "invasion"
                | "occupation"
                | "aggression"
                | "blockade"
                | "siege"
                | "annexation"
                | "crackdown"
                | "embargo"
        )
}

/// Tells whether a verb charges someone with what follows.
fn is_charge(lemma: &str) -> bool {
    matches!(lemma, "accuse" | "suspect" | "blame" | "charge" | "denounce" | "criticize" | "criticise")
}

/// Tells whether an infinitive says what one of a row has done: "became the second state to recognise it".
fn is_of_one_in_a_row(syntax: &Syntax<'_>, infinitive: Tok) -> bool {
    let noun = (0..infinitive).rev().find(|&tok| syntax.is_nominal(tok));
    noun.filter(|&noun| syntax.is_under(infinitive, syntax.head(noun).unwrap_or(noun))).is_some_and(|noun| {
        let named = syntax.kids_by(noun, Deprel::Amod).chain(std::iter::once(noun));
        named.into_iter().any(|tok| {
            matches!(syntax.lemma(tok), "first" | "second" | "third" | "fourth" | "fifth" | "last" | "latest" | "only")
                || syntax.form(tok).trim_end_matches(char::is_alphabetic).parse::<u32>().is_ok()
        })
    })
}

/// Tells whether an infinitive hangs on "is going", and so only lies ahead.
fn is_going_to(syntax: &Syntax<'_>, head: Tok, infinitive: Tok) -> bool {
    syntax.lemma(head) == "go"
        && syntax.token(head).xpos == Xpos::Vbg
        && syntax.rel(infinitive) == Deprel::Xcomp
        && syntax.kids_by(infinitive, Deprel::Mark).any(|mark| syntax.lemma(mark) == "to")
}

/// Tells whether a clause is told by "that": by its mark, or by a pronoun that is no gap since the clause is whole.
fn is_that_clause(syntax: &Syntax<'_>, verb: Tok) -> bool {
    let kids = syntax.kids(verb);
    let that = kids.iter().copied().find(|&k| syntax.lemma(k) == "that" && k < verb);
    match that {
        Some(that) if syntax.rel(that) == Deprel::Mark => true,
        Some(that) if syntax.rel(that) == Deprel::Obj => {
            kids.iter().any(|&k| k != that && syntax.rel(k) == Deprel::Obj)
        }
        _ => false,
    }
}

/// The nearest verb of speech above a word.
fn speech_above(syntax: &Syntax<'_>, lexicon: &Lexicon, tok: Tok) -> Option<Tok> {
    let mut at = tok;
    for _ in 0..4 {
        at = syntax.head(at)?;
        if syntax.is_verbal(at) && is_speech(lexicon, syntax.lemma(at)) {
            return Some(at);
        }
    }
    None
}

/// The verb at the top of a word's sentence part.
fn clause_top(syntax: &Syntax<'_>, mut tok: Tok) -> Tok {
    while let Some(head) = syntax.head(tok) {
        tok = head;
    }
    tok
}

/// Tells whether a lemma is a verb of speech.
pub fn is_speech(lexicon: &Lexicon, lemma: &str) -> bool {
    lexicon.words.embedding.get(lemma) == Some(&Embedding::Reported)
}

impl Reading {
    fn set(&mut self, factuality: Factuality, kind: &'static str, cue: Tok) {
        if self.factuality == Factuality::Denied {
            return;
        }
        self.factuality = factuality;
        self.cues.push((kind, cue));
    }

    fn negate(&mut self, cue: Tok) {
        self.cues.push(("denied", cue));
        self.factuality = match self.factuality {
            Factuality::Denied => Factuality::Actual,
            _ => Factuality::Denied,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tests::{lexicon, tok};

    fn reading(text: &str, verb: &str) -> Reading {
        crate::syntax::tests::read(text, |syntax| {
            let verb = tok(syntax, verb);
            read(syntax, lexicon(), verb, &[verb], false)
        })
    }

    #[test]
    fn words_around_the_act_say_how_far_it_took_place() {
        use Factuality::*;
        for (text, verb, expected) in [
            ("Norway expelled the envoy.", "expelled", Actual),
            ("Norway has expelled the envoy.", "expelled", Actual),
            ("Norway said it had expelled the envoy.", "expelled", Actual),
            ("Norway will expel the envoy.", "expel", Intended),
            ("Norway plans to expel the envoy.", "expel", Intended),
            ("Norway is going to expel the envoy.", "expel", Intended),
            ("Norway to expel the envoy", "expel", Intended),
            ("Chad called on Norway to expel the envoy.", "expel", Requested),
            ("Norway may expel the envoy.", "expel", Possible),
            ("Norway said it might expel the envoy.", "expel", Possible),
            ("If Norway expels the envoy, Chad will protest.", "expels", Possible),
            ("Chad urged Norway to expel the envoy.", "expel", Requested),
            ("Norway should expel the envoy.", "expel", Requested),
            ("Norway did not expel the envoy.", "expel", Denied),
            ("Norway never expelled the envoy.", "expelled", Denied),
            ("Norway will not expel the envoy.", "expel", Denied),
            ("Norway refused to expel the envoy.", "expel", Denied),
            ("Norway has no plans to expel the envoy.", "expel", Denied),
            ("Norway does not plan to expel the envoy.", "expel", Denied),
            ("Norway will answer any attack.", "attack", Possible),
            ("A Chadian attack on Niger would be a disaster.", "attack", Possible),
            ("The Chadian attack on Niger could be a disaster.", "attack", Actual),
        ] {
            assert_eq!(reading(text, verb).factuality, expected, "{text}");
        }
    }

    #[test]
    fn two_negations_make_an_act() {
        assert_eq!(reading("Norway did not refuse to expel the envoy.", "expel").factuality, Factuality::Actual);
    }

    #[test]
    fn who_will_not_do_it_refuses() {
        assert!(reading("Norway will not expel the envoy.", "expel").refused);
        assert!(!reading("Norway did not expel the envoy.", "expel").refused);
    }

    #[test]
    fn time_of_the_verb_is_read() {
        assert!(reading("Norway will expel the envoy.", "expel").future);
        assert!(!reading("Norway expelled the envoy.", "expelled").future);
        assert!(reading("Norway had expelled the envoy.", "expelled").past_perfect);
        assert!(!reading("Norway has expelled the envoy.", "expelled").past_perfect);
    }

    #[test]
    fn a_verb_of_speech_reports() {
        for text in ["Chad said that Norway expelled the envoy.", "Norway expelled the envoy, Chad said."] {
            assert!(reading(text, "expelled").reported_by.is_some(), "{text}");
        }
        assert!(reading("Norway expelled the envoy.", "expelled").reported_by.is_none());
    }

    #[test]
    fn cues_point_at_the_words_that_changed_the_act() {
        crate::syntax::tests::read("Norway did not expel the envoy.", |syntax| {
            let verb = tok(syntax, "expel");
            assert_eq!(read(syntax, lexicon(), verb, &[verb], false).cues, [("denied", tok(syntax, "not"))]);
        });
    }
}
