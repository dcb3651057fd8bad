//! Frames: what a verb, noun or adjective says of whom, freed of voice, control and coordination.

use detente_grammar::{Deprel, Upos, Xpos};

use crate::syntax::{Syntax, Tok};

mod subject;

use subject::relative_noun;
pub use subject::{asked, is_object_control, surface_subjects};

/// The place of an argument in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot<'s> {
    /// Who acts.
    Subj,
    /// Who or what is acted upon.
    Obj,
    /// To whom.
    Iobj,
    /// After a preposition.
    Prep(&'s str),
    /// Possessor of a noun.
    Poss,
    /// Name or adjective before a noun; adverb or particle of a verb.
    Mod,
    /// A clause inside.
    Clause,
    /// What the subject is said to be.
    Pred,
}

/// One argument: its place, and the token that heads it.
pub type Arg<'s> = (Slot<'s>, Tok);

/// The arguments of a word.
#[derive(Clone, Debug, Default)]
pub struct Frame<'s> {
    /// All arguments; of coordinated ones, each.
    pub args: Vec<Arg<'s>>,
}

impl<'s> Frame<'s> {
    /// Heads in a place.
    pub fn at<'f>(&'f self, slot: Slot<'f>) -> impl Iterator<Item = Tok> + 'f {
        self.args.iter().filter(move |(s, _)| same(*s, slot)).map(|&(_, tok)| tok)
    }

    fn push(&mut self, syntax: &Syntax<'s>, slot: Slot<'s>, head: Tok) {
        if syntax.kid(head, Deprel::Conj).is_none() {
            if !self.args.contains(&(slot, head)) {
                self.args.push((slot, head));
            }
            return;
        }
        let mut heads = vec![head];
        syntax.with_conjuncts(&mut heads);
        // "the committee on, Tuesday, opened": a day is no second subject.
        if slot == Slot::Subj && heads.len() > 1 {
            heads.retain(|&head| !is_time(syntax, head));
        }
        for head in heads {
            if !self.args.contains(&(slot, head)) {
                self.args.push((slot, head));
            }
        }
    }
}

fn same(a: Slot<'_>, b: Slot<'_>) -> bool {
    match (a, b) {
        (Slot::Prep(a), Slot::Prep(b)) => a == b,
        (a, b) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
    }
}

/// The frame of a word.
pub fn frame<'s>(syntax: &Syntax<'s>, tok: Tok) -> Frame<'s> {
    if syntax.is_verbal(tok) { verb_frame(syntax, tok) } else { noun_frame(syntax, tok) }
}

fn verb_frame<'s>(syntax: &Syntax<'s>, verb: Tok) -> Frame<'s> {
    let mut frame = Frame::default();
    let passive = syntax.is_passive(verb);
    let subjects = surface_subjects(syntax, verb, 0);
    let has_object = syntax.kid(verb, Deprel::Obj).is_some();
    for subject in subjects {
        let slot = match (passive, has_object) {
            (false, _) => Slot::Subj,
            (true, false) => Slot::Obj,
            (true, true) => Slot::Iobj,
        };
        frame.push(syntax, slot, subject);
    }
    for &kid in syntax.kids(verb) {
        let slot = match syntax.rel(kid) {
            // "pulled out of Freedonia", but "holding up to five rallies".
            Deprel::Obj => bare_case(syntax, verb, kid).filter(|&c| c == "of").map_or(Slot::Obj, Slot::Prep),
            Deprel::Iobj => Slot::Iobj,
            Deprel::OblAgent if !is_time(syntax, kid) => Slot::Subj,
            Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::OblUnmarked => match syntax.case(kid) {
                Some("by") if passive && !is_time(syntax, kid) => Slot::Subj,
                Some(case) => Slot::Prep(case),
                None => match bare_case(syntax, verb, kid) {
                    Some(case) => Slot::Prep(case),
                    None if !has_object
                        && !passive
                        && (follows_particle(syntax, verb, kid) || is_bare_addressee(syntax, verb, kid)) =>
                    {
                        Slot::Obj
                    }
                    None => continue,
                },
            },
            Deprel::Xcomp | Deprel::Ccomp if syntax.is_nominal(kid) && syntax.kid(kid, Deprel::Nsubj).is_none() => {
                Slot::Pred
            }
            // "said, after Chad blamed it, that": when something was said is nothing that is said.
            Deprel::Advcl if is_occasion(syntax, kid) => continue,
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl => Slot::Clause,
            Deprel::CompoundPrt | Deprel::Advmod => Slot::Mod,
            _ => continue,
        };
        if is_relative(syntax, kid) {
            continue;
        }
        frame.push(syntax, slot, kid);
    }
    if passive
        && frame.at(Slot::Subj).next().is_none()
        && let Some(agent) = far_agent(syntax, verb)
    {
        frame.push(syntax, Slot::Subj, agent);
    }
    if syntax.rel(verb) == Deprel::AclRelcl {
        relative_gap(syntax, verb, passive, &mut frame);
    }
    // The object of a coordinated verb serves both: "condemned and sanctioned Freedonia".
    if !passive && frame.at(Slot::Obj).next().is_none() {
        let bare =
            !syntax.kids(verb).iter().any(|&k| matches!(syntax.rel(k), Deprel::Obl | Deprel::Ccomp | Deprel::Xcomp));
        if bare {
            for conjunct in syntax.kids_by(verb, Deprel::Conj).filter(|&c| syntax.is_verbal(c) && !syntax.is_passive(c))
            {
                if syntax.kids_by(conjunct, Deprel::Nsubj).next().is_none() {
                    for object in syntax.kids_by(conjunct, Deprel::Obj) {
                        frame.push(syntax, Slot::Obj, object);
                    }
                }
            }
        }
    }
    frame
}

/// Who acts in a passive clause, where the tree hangs it on the phrase before or on a verb beside: "were deported on Friday by
/// Ruritania", "was robbed and beaten by guards", "were let go by Ruritania".
fn far_agent(syntax: &Syntax<'_>, verb: Tok) -> Option<Tok> {
    let is_agent = |phrase: &Tok| syntax.case(*phrase) == Some("by") && !is_time(syntax, *phrase);
    let beside = syntax.kids(verb).iter().copied().filter(|&kid| {
        kid > verb
            && match syntax.rel(kid) {
                Deprel::Obl | Deprel::OblUnmarked | Deprel::Xcomp => true,
                Deprel::Conj => syntax.token(kid).xpos == Xpos::Vbn && syntax.kid(kid, Deprel::Nsubj).is_none(),
                _ => false,
            }
    });
    let under = |kid: Tok| {
        syntax.kids(kid).iter().copied().filter(move |&phrase| {
            phrase > kid && matches!(syntax.rel(phrase), Deprel::Nmod | Deprel::Obl | Deprel::OblAgent)
        })
    };
    beside.flat_map(under).find(is_agent)
}

/// Tells whether a verb only says how somebody names a thing: "what it called interference", "called the vote a farce".
pub fn is_naming(syntax: &Syntax<'_>, clause: Tok) -> bool {
    let is_name = |kid: Tok| match syntax.rel(kid) {
        Deprel::Xcomp => syntax.kid(kid, Deprel::Mark).is_none(),
        Deprel::OblUnmarked => !is_time(syntax, kid) || syntax.kid(kid, Deprel::Det).is_some(),
        _ => false,
    };
    let calls = syntax.lemma(clause) == "call" && syntax.kid(clause, Deprel::Obj).is_some();
    calls && syntax.kids(clause).iter().any(|&kid| is_name(kid)) || is_named_thing(syntax, clause)
}

/// Tells whether a clause says what the "what" before it is called.
pub(crate) fn is_named_thing(syntax: &Syntax<'_>, clause: Tok) -> bool {
    syntax.rel(clause) == Deprel::AclRelcl
        && syntax.head(clause).is_some_and(|what| syntax.token(what).xpos == Xpos::Wp)
        && (names(syntax.lemma(clause)) || matches!(syntax.lemma(clause), "describe" | "see" | "regard" | "view"))
}

/// Tells whether a clause says under what condition: "unless it withdraws" is nothing that the verb above tells.
pub fn is_condition(syntax: &Syntax<'_>, clause: Tok) -> bool {
    syntax.kids_by(clause, Deprel::Mark).any(|mark| matches!(syntax.lemma(mark), "if" | "unless"))
}

/// Tells whether a clause says when, why or against what something is done.
fn is_occasion(syntax: &Syntax<'_>, clause: Tok) -> bool {
    syntax.kids_by(clause, Deprel::Mark).any(|mark| {
        matches!(
            syntax.lemma(mark),
            "after" | "before" | "while" | "since" | "until" | "once" | "although" | "though" | "whereas" | "because"
        )
    })
}

/// Verbs that say what somebody calls something.
pub fn names(lemma: &str) -> bool {
    matches!(lemma, "call" | "brand" | "label" | "term" | "deem" | "consider" | "dub")
}

/// Verbs that judge what something is with *as*: "dismissed the claim as nonsense".
pub fn judges_as(lemma: &str) -> bool {
    matches!(
        lemma,
        "blast"
            | "brand"
            | "condemn"
            | "criticise"
            | "criticize"
            | "decry"
            | "denounce"
            | "describe"
            | "dismiss"
            | "hail"
            | "portray"
            | "praise"
            | "regard"
            | "reject"
            | "see"
            | "slam"
            | "view"
            | "welcome"
    )
}

/// The preposition that the parser tied to the particle before a phrase: "of" in "pulled out of Freedonia".
fn bare_case<'s>(syntax: &Syntax<'s>, verb: Tok, phrase: Tok) -> Option<&'s str> {
    let (first, _) = syntax.extent(phrase);
    let before = first.checked_sub(1)?;
    let particle = syntax.head(before).filter(|_| syntax.rel(before) == Deprel::Fixed)?;
    (syntax.head(particle) == Some(verb)).then(|| syntax.lemma(before))
}

/// Tells whether a phrase without a preposition stands right behind the verb's particle: "brushed aside the offer".
fn follows_particle(syntax: &Syntax<'_>, verb: Tok, phrase: Tok) -> bool {
    let (first, _) = syntax.extent(phrase);
    first
        .checked_sub(1)
        .is_some_and(|before| syntax.rel(before) == Deprel::CompoundPrt && syntax.head(before) == Some(verb))
}

/// Tells whether a name without a preposition right behind a verb is who is told: "warned High Commissioner Ali Sy that".
fn is_bare_addressee(syntax: &Syntax<'_>, verb: Tok, name: Tok) -> bool {
    let tells =
        matches!(syntax.lemma(verb), "warn" | "tell" | "inform" | "notify" | "assure" | "remind" | "ask" | "urge");
    tells
        && syntax.token(name).upos == Upos::Propn
        && syntax.rel(name) == Deprel::Obl
        && !is_time(syntax, name)
        && syntax.extent(name).0 == verb + 1
}

/// What the noun before a relative clause is to the clause's verb.
fn relative_gap<'s>(syntax: &Syntax<'s>, verb: Tok, passive: bool, frame: &mut Frame<'s>) {
    let Some(noun) = syntax.head(verb) else { return };
    let pronoun = syntax.kids(verb).iter().copied().find(|&kid| is_relative(syntax, kid));
    match pronoun {
        Some(pronoun) => match syntax.rel(pronoun) {
            Deprel::Nsubj => frame.push(syntax, Slot::Subj, noun),
            Deprel::NsubjPass | Deprel::Obj => frame.push(syntax, Slot::Obj, noun),
            Deprel::Obl => {
                if let Some(case) = syntax.case(pronoun) {
                    frame.push(syntax, Slot::Prep(case), noun);
                }
            }
            _ => {}
        },
        None if passive => {}
        None => {
            if frame.at(Slot::Subj).next().is_some() && frame.at(Slot::Obj).next().is_none() {
                frame.push(syntax, Slot::Obj, noun);
            }
        }
    }
}

fn is_relative(syntax: &Syntax<'_>, tok: Tok) -> bool {
    matches!(syntax.token(tok).xpos, Xpos::Wdt | Xpos::Wp)
        || (syntax.lemma(tok) == "that" && syntax.token(tok).upos == Upos::Pron && syntax.token(tok).xpos != Xpos::Dt)
}

fn is_time(syntax: &Syntax<'_>, tok: Tok) -> bool {
    crate::when::is_time_word(syntax.lemma(tok))
}

fn noun_frame<'s>(syntax: &Syntax<'s>, noun: Tok) -> Frame<'s> {
    let mut frame = Frame::default();
    for &kid in syntax.kids(noun) {
        let slot = match syntax.rel(kid) {
            Deprel::NmodPoss => Slot::Poss,
            Deprel::Compound
            | Deprel::Amod
            | Deprel::NmodDesc
            | Deprel::NmodUnmarked
            | Deprel::Advmod
            | Deprel::CompoundPrt => Slot::Mod,
            Deprel::Flat if syntax.token(noun).upos == Upos::Propn => continue,
            Deprel::Nmod | Deprel::Obl | Deprel::OblAgent => match syntax.case(kid) {
                Some(case) => Slot::Prep(case),
                None => Slot::Mod,
            },
            Deprel::Nsubj | Deprel::NsubjOuter | Deprel::NsubjPass => Slot::Subj,
            Deprel::Obj => Slot::Obj,
            Deprel::Acl | Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl => Slot::Clause,
            _ => continue,
        };
        if slot == Slot::Subj && is_relative(syntax, kid) {
            if let Some(noun) = relative_noun(syntax, noun) {
                frame.push(syntax, Slot::Subj, noun);
            }
            continue;
        }
        frame.push(syntax, slot, kid);
        // "the conviction of two envoys by Ruritania": the tree may hang who acts on whom it is done to.
        if slot == Slot::Prep("of") {
            let by = |phrase: &Tok| syntax.rel(*phrase) == Deprel::Nmod && syntax.case(*phrase) == Some("by");
            for &phrase in syntax.kids(kid).iter().filter(|phrase| by(phrase)) {
                frame.push(syntax, Slot::Prep("by"), phrase);
            }
        }
        // "Japan-Russia relations", "the Polish-Ukrainian treaty": both names stand before the noun.
        if slot == Slot::Mod && syntax.form(kid).starts_with(char::is_uppercase) {
            let joined = |k: &Tok| {
                matches!(syntax.rel(*k), Deprel::Compound | Deprel::Amod | Deprel::Flat)
                    && syntax.form(*k).starts_with(char::is_uppercase)
                    && (*k + 1 < kid || *k == kid + 2)
                    && matches!(syntax.form(kid.min(*k) + 1), "-" | "–" | "/")
            };
            for first in syntax.kids(kid).iter().copied().filter(joined) {
                frame.push(syntax, slot, first);
            }
        }
    }
    // A predicate adjective or noun without a subject of its own shares one: "is ready and willing".
    if frame.at(Slot::Subj).next().is_none()
        && matches!(syntax.rel(noun), Deprel::Conj | Deprel::Xcomp | Deprel::Advcl)
        && (matches!(syntax.token(noun).upos, Upos::Adj) || stays(syntax, noun))
    {
        for subject in surface_subjects(syntax, noun, 0) {
            frame.push(syntax, Slot::Subj, subject);
        }
    }
    if frame.at(Slot::Subj).next().is_none()
        && let Some(name) = described(syntax, noun)
    {
        frame.push(syntax, Slot::Subj, name);
    }
    frame
}

/// Tells whether a noun says what somebody stays or becomes: "remains a donor", "became an ally".
fn stays(syntax: &Syntax<'_>, noun: Tok) -> bool {
    syntax.rel(noun) == Deprel::Xcomp
        && syntax.token(noun).upos == Upos::Noun
        && syntax.head(noun).is_some_and(|verb| matches!(syntax.lemma(verb), "remain" | "stay" | "become"))
}

/// Whom a noun beside his name describes, which says of him what a predicate says: "Belarus, an ally of Russia", "Russia's ally Belarus",
/// "NATO member Albania".
fn described(syntax: &Syntax<'_>, noun: Tok) -> Option<Tok> {
    let is_name = |tok: &Tok| syntax.token(*tok).upos == Upos::Propn;
    if syntax.token(noun).upos != Upos::Noun {
        return None;
    }
    if matches!(syntax.rel(noun), Deprel::Appos | Deprel::NmodDesc) {
        return syntax.head(noun).filter(is_name);
    }
    let beside = |&kid: &Tok| match syntax.rel(kid) {
        Deprel::Appos => kid > noun,
        Deprel::Flat => kid == noun + 1,
        _ => false,
    };
    syntax.kids(noun).iter().copied().find(beside).filter(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tests::{read, tok};

    /// The forms in a place of a word's frame.
    fn forms(text: &str, word: &str, slot: Slot<'static>) -> Vec<String> {
        read(text, |syntax| {
            let frame = frame(syntax, tok(syntax, word));
            frame.at(slot).map(|tok| syntax.form(tok).to_owned()).collect()
        })
    }

    #[test]
    fn who_is_described_beside_his_name_is_the_subject_of_the_description() {
        for (text, noun) in [
            ("Belarus, an ally of Russia, denied it.", "ally"),
            ("Russia's ally Belarus denied it.", "ally"),
            ("Russia's closest ally, Belarus, denied it.", "ally"),
            ("Its neighbour Belarus denied it.", "neighbour"),
            ("Belarus remains an ally of Russia.", "ally"),
        ] {
            assert_eq!(subjects(text, noun), ["Belarus"], "{text}");
        }
        assert_eq!(subjects("The talks, a success of Russia, ended.", "success"), [""; 0]);
    }

    fn subjects(text: &str, verb: &str) -> Vec<String> {
        forms(text, verb, Slot::Subj)
    }

    fn objects(text: &str, verb: &str) -> Vec<String> {
        forms(text, verb, Slot::Obj)
    }

    #[test]
    fn voice_does_not_change_who_acts() {
        for text in [
            "Norway expelled the envoy.",
            "The envoy was expelled by Norway.",
            "The envoy has been expelled by Norway.",
            "Chad received the envoy that Norway expelled.",
            "Chad received the envoy expelled by Norway.",
        ] {
            assert_eq!(subjects(text, "expelled"), ["Norway"], "{text}");
            assert_eq!(objects(text, "expelled"), ["envoy"], "{text}");
        }
    }

    #[test]
    fn who_acts_may_stand_far_from_the_passive() {
        for text in ["The envoy was expelled on Friday by Norway.", "The envoy was arrested and expelled by Norway."] {
            assert_eq!(subjects(text, "expelled"), ["Norway"], "{text}");
        }
        assert_eq!(forms("The arrest of two envoys by Norway was condemned.", "arrest", Slot::Prep("by")), ["Norway"]);
    }

    #[test]
    fn a_relative_clause_is_about_its_noun() {
        assert_eq!(subjects("Chad invited the king who expelled the envoy.", "expelled"), ["king"]);
        assert_eq!(objects("Chad received the envoy whom Norway had expelled.", "expelled"), ["envoy"]);
    }

    #[test]
    fn a_passive_without_an_agent_has_nobody_who_acts() {
        let text = "The envoy was expelled on Monday.";
        assert!(subjects(text, "expelled").is_empty());
        assert_eq!(objects(text, "expelled"), ["envoy"]);
    }

    #[test]
    fn infinitives_have_the_subject_of_the_verb_above() {
        for text in [
            "Norway decided to expel the envoy.",
            "Norway wants to expel the envoy.",
            "Norway promised Chad to expel the envoy.",
            "Norway appears to expel the envoy.",
        ] {
            assert_eq!(subjects(text, "expel"), ["Norway"], "{text}");
        }
    }

    #[test]
    fn infinitives_have_the_object_of_a_verb_that_moves_somebody() {
        for text in [
            "Chad urged Norway to expel the envoy.",
            "Chad asked Norway to expel the envoy.",
            "Norway was urged to expel the envoy.",
        ] {
            assert_eq!(subjects(text, "expel"), ["Norway"], "{text}");
        }
    }

    #[test]
    fn who_is_called_on_is_to_do_it() {
        for text in ["Chad called on Norway to expel the envoy.", "Chad appealed to Norway to expel the envoy."] {
            assert_eq!(subjects(text, "expel"), ["Norway"], "{text}");
        }
    }

    #[test]
    fn a_day_is_no_agent() {
        assert!(subjects("The envoy was expelled by Monday.", "expelled").is_empty());
    }

    #[test]
    fn both_names_joined_before_a_noun_modify_it() {
        let text = "The Turkish-Libyan treaty was signed.";
        assert_eq!(forms(text, "treaty", Slot::Mod), ["Libyan", "Turkish"]);
    }

    #[test]
    fn verbs_in_a_row_share_subject_and_object() {
        let text = "Norway condemned and expelled the envoy.";
        for verb in ["condemned", "expelled"] {
            assert_eq!(subjects(text, verb), ["Norway"]);
            assert_eq!(objects(text, verb), ["envoy"]);
        }
    }

    #[test]
    fn each_of_several_actors_acts() {
        assert_eq!(subjects("Norway and Chad expelled the envoy.", "expelled"), ["Norway", "Chad"]);
        assert_eq!(objects("Norway condemned Chad and Niger.", "condemned"), ["Chad", "Niger"]);
    }

    #[test]
    fn nouns_have_owners_and_phrases() {
        let text = "Norway's attack on Chad was condemned.";
        assert_eq!(forms(text, "attack", Slot::Poss), ["Norway"]);
        assert_eq!(forms(text, "attack", Slot::Prep("on")), ["Chad"]);
    }
}
