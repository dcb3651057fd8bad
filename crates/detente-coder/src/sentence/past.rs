//! Past times told beside a deed, which are its time as well.

use std::iter::successors;

use detente_grammar::{Deprel, Upos, Xpos};

use super::SentenceCoder;
use crate::{factuality, syntax::Tok, when::of_clause};

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    /// Tells whether a verb is of a past time: its own, or one beside it.
    pub(super) fn is_told_in_the_past(&self, verb: Tok) -> bool {
        match of_clause(&self.syntax, &self.whens, verb) {
            Some(when) => when.past,
            None => self.is_beside_the_past(verb),
        }
    }

    /// Tells whether a main verb is in the past perfect: "relations had frayed".
    pub(super) fn had_happened(&self, verb: Tok) -> bool {
        self.syntax.rel(verb) == Deprel::Root
            && self.syntax.kids_by(verb, Deprel::Aux).any(|aux| self.syntax.form(aux) == "had")
    }

    /// Tells whether a clause stands behind one that a past time opens, and is of that time as well: "In 2020 Chad expelled the envoy; Niger
    /// closed the border".
    pub(super) fn follows_the_past(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        let clause = successors(Some(root), |&at| {
            let up = syntax.head(at).filter(|_| matches!(syntax.rel(at), Deprel::Obj | Deprel::Conj | Deprel::Xcomp));
            up.filter(|_| !(syntax.rel(at) == Deprel::Conj && syntax.kid(at, Deprel::Nsubj).is_some()))
        })
        .last()
        .unwrap_or(root);
        let Some(first) =
            syntax.head(clause).filter(|_| matches!(syntax.rel(clause), Deprel::Parataxis | Deprel::Conj))
        else {
            return false;
        };
        let opening = of_clause(syntax, &self.whens, first).filter(|when| when.past && when.last < first);
        // "; Greece said it would leave" is news again; "; Greece announced an amnesty" is not.
        let speaks = factuality::is_speech(&self.context.coder.lexicon, syntax.lemma(clause))
            && syntax.kid(clause, Deprel::Ccomp).is_some();
        opening.is_some_and(|when| syntax.kid(first, Deprel::Nsubj).is_some_and(|subject| when.last < subject))
            && self.is_told(clause)
            && self.is_told(first)
            && !speaks
            && of_clause(syntax, &self.whens, clause).is_none_or(|when| when.last < first)
    }

    /// A word and those that it is the object, the infinitive or the fellow of: "to *block* the path", of "led it to threaten to block".
    pub(super) fn governors(&self, root: Tok) -> impl Iterator<Item = Tok> {
        let syntax = &self.syntax;
        successors(Some(root), |&at| {
            syntax.head(at).filter(|_| matches!(syntax.rel(at), Deprel::Xcomp | Deprel::Obj | Deprel::Conj))
        })
    }

    /// Tells whether a clause begins right behind a past time and is of it: "in June 2022, when Algiers suspended the treaty", "of 2015, the
    /// year in which Venezuela deported them".
    pub(super) fn is_of_time_told_before(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        let may_stand_between = |tok: Tok| {
            matches!(syntax.token(tok).upos, Upos::Punct | Upos::Det | Upos::Adp)
                || matches!(
                    syntax.lemma(tok),
                    "year" | "month" | "day" | "summer" | "winter" | "spring" | "autumn" | "week"
                )
        };
        let opens = |tok: Tok| matches!(syntax.form(tok), "when" | "which");
        let chain: Vec<Tok> = successors(Some(root), |&at| {
            syntax.head(at).filter(|_| {
                matches!(
                    syntax.rel(at),
                    Deprel::Xcomp | Deprel::Obj | Deprel::Conj | Deprel::Obl | Deprel::Nmod | Deprel::Advcl
                )
            })
        })
        .take(4)
        .collect();
        self.whens.iter().filter(|when| when.past && when.last < root).any(|when| {
            let opening = (when.last + 1..root).find(|&tok| opens(tok) || !may_stand_between(tok));
            let Some(opening) = opening.filter(|&tok| opens(tok)) else { return false };
            let verb = (opening + 1..syntax.len() as Tok).find(|&tok| syntax.token(tok).upos == Upos::Verb);
            verb.is_some_and(|verb| chain.contains(&verb))
        })
    }

    /// Tells whether one of some words opens a clause.
    pub(super) fn is_opened_by(&self, clause: Tok, words: &[&str]) -> bool {
        let opening = self.syntax.kids_by(clause, Deprel::Mark).chain(self.syntax.kids_by(clause, Deprel::Advmod));
        opening.into_iter().any(|mark| words.contains(&self.syntax.lemma(mark)))
    }

    /// Tells whether the clause of a word has a past time of its own.
    pub(super) fn has_past_time(&self, tok: Tok) -> bool {
        of_clause(&self.syntax, &self.whens, tok).is_some_and(|when| when.past)
    }

    /// Tells whether an act without a time of its own is of the past time that is told beside it.
    pub(super) fn is_beside_the_past(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        let clause = self
            .governors(root)
            .find(|&at| matches!(syntax.rel(at), Deprel::Advcl | Deprel::AclRelcl | Deprel::AdvclRelcl));
        if clause.is_some_and(|clause| self.is_of_the_past_above(clause)) {
            return true;
        }
        // "severed relations after students seized the embassy in 1979"; the grammar may miss the "after". "The court at which they sued in
        // 2018" says nothing of when it was praised.
        let beside = |kid: Tok| {
            self.is_opened_by(kid, &["when", "after", "until"])
                || syntax.kid(kid, Deprel::Mark).is_none() && !self.is_opened_by(kid, &["where", "which", "who"])
        };
        // "When its mayor took down the flag in 2021, Belarus expelled the envoy"
        let before = |kid: Tok| self.is_told(root) && self.is_opened_by(kid, &["when", "after"]);
        let is_of_its_time = |kid: Tok| if kid > root { beside(kid) } else { before(kid) };
        if syntax.kids_by(root, Deprel::Advcl).any(|kid| is_of_its_time(kid) && self.has_past_time(kid)) {
            return true;
        }
        if self.is_after_the_past(root) {
            return true;
        }
        // "colonised Algeria for 132 years": it no longer does.
        // "jailed her for eight years": it begins.
        let begins = matches!(
            syntax.lemma(root),
            "jail"
                | "imprison"
                | "sentence"
                | "ban"
                | "bar"
                | "suspend"
                | "exile"
                | "extend"
                | "renew"
                | "lease"
                | "prolong"
        );
        syntax.token(root).xpos == Xpos::Vbd && !begins && self.lasts_for_years(root)
    }

    /// Tells whether something goes on for years.
    pub(super) fn lasts_for_years(&self, verb: Tok) -> bool {
        self.syntax.kids_by(verb, Deprel::Obl).any(|kid| {
            self.syntax.case(kid) == Some("for") && matches!(self.syntax.lemma(kid), "year" | "decade" | "century")
        })
    }

    /// Tells whether a clause inside another is of the past time of that one.
    pub(super) fn is_of_the_past_above(&self, clause: Tok) -> bool {
        let syntax = &self.syntax;
        let Some(main) = syntax.head(clause) else { return false };
        let is_adverbial = syntax.rel(clause) == Deprel::Advcl;
        // "when it attacked Freedonia", of a year told before: then as well.
        let then = self.is_opened_by(clause, &["when", "while", "as", "after", "before", "until"]);
        // "cut ties in 2021, accusing it of hostile acts"
        let participle = syntax.token(clause).xpos == Xpos::Vbg && syntax.kid(clause, Deprel::Aux).is_none()
            || syntax.kids_by(clause, Deprel::Aux).any(|aux| syntax.form(aux) == "having");
        // "entered it in 1998 to help its army"
        let aim = is_adverbial
            && self.is_told(main)
            && syntax.kids_by(clause, Deprel::Mark).any(|mark| syntax.lemma(mark) == "to");
        // "sank so low in 2020 that it cut ties"
        let so = is_adverbial && syntax.kids(clause).iter().any(|&kid| kid < clause && syntax.lemma(kid) == "that");
        if (then || participle || aim || so) && self.is_told_in_the_past(main) {
            return true;
        }
        // "Relations had frayed after prosecutors opened an inquiry"; but "had just crossed when Chad opened fire".
        if self.is_opened_by(clause, &["after", "as", "while", "since"]) && self.had_happened(main) {
            return true;
        }
        if !self.is_told(clause) {
            return false;
        }
        // "have been cold since it recalled its envoy", "the dispute began when it closed the border"
        let began = self.is_told(main)
            && matches!(syntax.lemma(main), "begin" | "start")
            && self.is_opened_by(clause, &["when"]);
        // "annexed it in 2014, a move that Chad condemned"
        let told_of = matches!(syntax.rel(main), Deprel::Appos | Deprel::Parataxis)
            && successors(Some(main), |&at| syntax.head(at)).any(|at| self.has_past_time(at));
        began || told_of || self.is_opened_by(clause, &["since"])
    }

    /// Tells whether an act without a time of its own follows something of a past time: "soldiers held since a 2008 border war", "convicted after
    /// the war of 2020", "in response to the 2018 raid it expelled", "under the 2015 deal it agreed"; but "has lifted the ban, in force since the
    /// coup of 2023".
    pub(super) fn is_after_the_past(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        let is_participle = syntax.rel(root) == Deprel::Acl;
        let is_told = self.is_told(root);
        let is_after = |kid: Tok| match syntax.case(kid) {
            Some("since") => is_participle,
            Some("after" | "following" | "during") => is_participle || is_told,
            Some("in") => is_told && syntax.lemma(kid) == "response",
            Some("under") => is_told && matches!(syntax.lemma(root), "agree" | "undertake" | "promise" | "pledge"),
            _ => false,
        };
        let is_past = |kid: Tok| self.whens.iter().any(|when| when.past && syntax.is_under(when.first, kid));
        syntax.kids_by(root, Deprel::Obl).any(|kid| is_after(kid) && is_past(kid))
    }
}
