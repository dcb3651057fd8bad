//! When in the story an act belongs: whether it is news or history.

use std::iter::successors;

use detente_grammar::{Deprel, Upos, Xpos};
use detente_lexicon::{ActorKind, Meaning};
use smol_str::StrExt as _;

use super::{Draft, SentenceCoder};
use crate::{
    act::{Cue, Epoch, Factuality},
    discourse::Discourse,
    entity::Entity,
    ontology::EventType,
    rule::Outcome,
    syntax::Tok,
    when::{When, is_time_word, of_clause},
};

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    /// The time of a deed. What was done once was not done "since" a time: "lifted a ban in force since May".
    pub(super) fn when(&self, root: Tok) -> Option<&When> {
        let syntax = &self.syntax;
        let is_done_once = match syntax.token(root).xpos {
            Xpos::Vbd => true,
            Xpos::Vbn => syntax.rel(root) != Deprel::Acl,
            _ => false,
        } && syntax.kid(root, Deprel::Aux).is_none();
        of_clause(syntax, &self.whens, root).filter(|when| !(is_done_once && when.since))
    }

    /// Whether an act is news, and the words that say so where it is not.
    pub(super) fn epoch(&self, draft: &Draft<'_>, when: Option<&When>, discourse: &Discourse) -> (Epoch, Option<Cue>) {
        if let Some(when) = when
            && when.past
        {
            return (Epoch::Background, None);
        }
        if draft.actors.iter().chain(&draft.recipients).any(|side| self.is_of_the_past(side)) {
            return (Epoch::Background, None);
        }
        let words = &self.context.coder.lexicon.words.background;
        let root = draft.found.root;
        // "Nikita Khrushchev lifted the ban": such deeds are done in office.
        let is_of_state = matches!(&draft.outcome, Outcome::Act(event, _)
            if matches!(event.quad(), 2 | 4) || *event == EventType::Concede);
        if is_of_state && self.is_narrated(root) && draft.actors.iter().any(|side| self.has_left_office(side.head)) {
            return (Epoch::Background, None);
        }
        let mut at = root;
        for _ in 0..3 {
            for &kid in self.syntax.kids(at) {
                let lemma = self.syntax.lemma(kid).to_ascii_lowercase_smolstr();
                if matches!(
                    self.syntax.rel(kid),
                    Deprel::Advmod | Deprel::Obl | Deprel::Amod | Deprel::OblUnmarked | Deprel::Advcl
                ) && (words.contains(&lemma) || self.is_background_phrase(kid))
                {
                    let span = self.span(kid, kid);
                    return (Epoch::Background, Some(Cue { kind: "background", start: span.start, end: span.end }));
                }
                // "under Nikita Khrushchev"
                if self.syntax.case(kid) == Some("under") && self.has_left_office(kid) {
                    let span = self.span(kid, kid);
                    return (Epoch::Background, Some(Cue { kind: "background", start: span.start, end: span.end }));
                }
                // "after the war", "before the coup": history when it opens the sentence.
                if self.syntax.rel(kid) == Deprel::Obl
                    && matches!(self.syntax.case(kid), Some("during" | "after" | "following"))
                    && matches!(lemma.as_str(), "war" | "revolution" | "coup" | "collapse" | "independence")
                {
                    let span = self.span(kid, kid);
                    return (Epoch::Background, Some(Cue { kind: "background", start: span.start, end: span.end }));
                }
            }
            // "After the war they split, but Ruritania still claims it": a clause with a subject of its own has its own time.
            let own_clause = self.syntax.rel(at) == Deprel::Conj && self.syntax.kid(at, Deprel::Nsubj).is_some();
            match self.syntax.head(at) {
                Some(head)
                    if !own_clause && matches!(self.syntax.rel(at), Deprel::Xcomp | Deprel::Obj | Deprel::Conj) =>
                {
                    at = head
                }
                _ => break,
            }
        }
        // "a year after their first meeting"
        if draft.found.nominal
            && matches!(self.syntax.case(root), Some("after" | "before" | "since"))
            && self.syntax.kids_by(root, Deprel::NmodUnmarked).any(|kid| is_time_word(self.syntax.lemma(kid)))
        {
            return (Epoch::Background, None);
        }
        if self.is_years_ago(root) {
            return (Epoch::Background, None);
        }
        if self.is_of_time_told_before(root) || self.is_of_an_earlier_affair(root) {
            return (Epoch::Background, None);
        }
        if when.is_none() && (self.is_beside_the_past(root) || self.follows_the_past(root)) {
            return (Epoch::Background, None);
        }
        // "It had left in 2014. Chad welcomed its return": support is told of the news.
        let is_support = matches!(draft.outcome, Outcome::Act(EventType::Support, _));
        if when.is_none() && !is_support && self.goes_on_recalling(root, &discourse.story) {
            return (Epoch::Background, None);
        }
        // "had banned", "had in June banned", of what others report; "within the hour it had called them home" is news.
        let is_before = |when: &When| self.context.day.map_or(when.past, |day| when.is_before_the_news(day));
        if (draft.reading.past_perfect || self.shares_had(root))
            && draft.reading.factuality == Factuality::Actual
            && draft.reading.reported_by.is_none()
            && when.is_none_or(is_before)
            && !self.syntax.kids_by(root, Deprel::Obl).any(|kid| matches!(self.syntax.case(kid), Some("within" | "by")))
        {
            return (Epoch::Background, None);
        }
        // "In 2012 it left, saying that its men had been beaten": what is reported was so before.
        if draft.reading.reported_by.is_some_and(|verb| self.is_told_in_the_past(verb)) {
            return (Epoch::Background, None);
        }
        if self.is_of_long_standing(root) || self.syntax.lemma(root) == "signatory" {
            return (Epoch::Background, None);
        }
        (Epoch::New, None)
    }

    /// Tells whether a verb shares the *had* of the one before it: "had protested, and threatened to leave".
    fn shares_had(&self, verb: Tok) -> bool {
        let syntax = &self.syntax;
        let first =
            syntax.head(verb).filter(|_| syntax.rel(verb) == Deprel::Conj && syntax.kid(verb, Deprel::Nsubj).is_none());
        first.is_some_and(|first| {
            let mut helpers = syntax.kids_by(first, Deprel::Aux);
            syntax.rel(first) == Deprel::Root && self.is_told(verb) && helpers.any(|aux| syntax.form(aux) == "had")
        })
    }

    /// Tells whether a name is that of somebody whose term was over when the article was written.
    fn has_left_office(&self, tok: Tok) -> bool {
        let Some(Meaning::Holder(office, holder, _)) = self.mentions.at(tok).map(|mention| mention.meaning) else {
            return false;
        };
        let holder = &self.context.coder.lexicon.offices[office as usize].holders[holder as usize];
        !holder.open && holder.to.zip(self.context.day).is_some_and(|(last, day)| last < day)
    }

    /// Tells whether something has been so for long, or again and again: "has kept them out for years", "has repeatedly accused them".
    fn is_of_long_standing(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        let is_perfect =
            syntax.kids_by(root, Deprel::Aux).any(|aux| matches!(syntax.form(aux), "has" | "have" | "'ve" | "’ve"));
        let is_repeated = || {
            syntax
                .kids_by(root, Deprel::Advmod)
                .any(|kid| matches!(syntax.lemma(kid), "repeatedly" | "often" | "frequently" | "routinely" | "long"))
        };
        // "have fought three wars"
        let wars = || {
            syntax.kid(root, Deprel::Obj).is_some_and(|tok| {
                syntax.lemma(tok) == "war" && syntax.kids(tok).iter().any(|&kid| syntax.token(kid).upos == Upos::Num)
            })
        };
        is_perfect && (is_repeated() || self.lasts_for_years(root) || wars())
    }

    /// Tells whether years went by since: "ten years since rebels abducted them", "36 years after jets dropped bombs", "the anniversary of the
    /// invasion".
    fn is_years_ago(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        let is_long = |tok: Tok| matches!(syntax.lemma(tok), "year" | "decade" | "century");
        let top = successors(Some(root), |&at| syntax.head(at).filter(|_| syntax.rel(at) == Deprel::Obj))
            .last()
            .unwrap_or(root);
        match syntax.rel(top) {
            Deprel::Nmod | Deprel::Obl => syntax.head(top).is_some_and(|head| syntax.lemma(head) == "anniversary"),
            Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl => {
                let mark =
                    syntax.kid(top, Deprel::Mark).filter(|&mark| matches!(syntax.lemma(mark), "since" | "after"));
                let Some(mark) = mark else { return false };
                let gone = |head: Tok| syntax.kid(head, Deprel::Nsubj).is_some_and(is_long);
                let counted = syntax.head(top).is_some_and(|head| is_long(head) || gone(head))
                    || syntax.kids(top).iter().any(|&kid| kid < mark && is_long(kid))
                    || mark.checked_sub(1).is_some_and(is_long);
                counted && !matches!(syntax.token(top).xpos, Xpos::Vbg)
            }
            _ => false,
        }
    }

    /// Tells whether an act belongs to something called earlier: "an earlier affair in which Mali freed soldiers", "its earlier decision to
    /// suspend the treaty".
    fn is_of_an_earlier_affair(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        let clause = self.governors(root).find(|&at| matches!(syntax.rel(at), Deprel::Acl | Deprel::AclRelcl));
        let affair = clause.and_then(|clause| syntax.head(clause)).filter(|&noun| !syntax.is_name_like(noun));
        affair.is_some_and(|noun| {
            syntax.kids_by(noun, Deprel::Amod).any(|kid| matches!(syntax.form(kid), "earlier" | "previous" | "past"))
        })
    }

    /// Tells whether a verb tells of what was done, without a helping verb.
    pub(super) fn is_told(&self, verb: Tok) -> bool {
        self.syntax.token(verb).xpos == Xpos::Vbd && self.syntax.kid(verb, Deprel::Aux).is_none()
    }

    /// Tells whether a side is a state that was no more when the article was written: "the Soviet Union took the islands".
    fn is_of_the_past(&self, side: &Entity) -> bool {
        let state = side.code.as_ref().and_then(|code| self.context.coder.lexicon.actor(code));
        let gone = state.filter(|actor| actor.kind == ActorKind::State).and_then(|actor| actor.to);
        gone.is_some_and(|last| self.context.day.is_none_or(|day| day > last))
    }

    /// Tells whether a phrase begins with words that mark history: "in the past".
    fn is_background_phrase(&self, tok: Tok) -> bool {
        let (first, last) = self.syntax.extent(tok);
        if last - first > 8 {
            return false;
        }
        let phrase = self.context.passage.text[self.syntax.bytes(first, last)].to_ascii_lowercase_smolstr();
        // "in the past ten days" is news.
        let is_short = |tok: Tok| matches!(self.syntax.lemma(tok), "day" | "week" | "month" | "hour");
        if phrase.starts_with("in the past ") && (first..=last).any(is_short) {
            return false;
        }
        self.context.coder.lexicon.words.background.iter().any(|w| w.contains(' ') && phrase.starts_with(w.as_str()))
    }
}
