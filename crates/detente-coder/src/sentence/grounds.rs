//! What speaks for an act, and what against it: the features by which it is trusted.

use detente_grammar::{Deprel, Upos};

use super::{Draft, SentenceCoder};
use crate::{
    act::{Epoch, Factuality},
    entity::Entity,
    linear::{Features, word},
    linker::Question,
    matching::Matcher,
    ontology::EventType,
    syntax::Tok,
    trust::Ground,
};

/// What an act became when it was recorded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recorded<'r> {
    /// What the rule or the chooser says.
    pub event: EventType,
    /// What it is coded as.
    pub coded: EventType,
    pub actors: &'r [Entity],
    pub recipients: &'r [Entity],
    pub factuality: Factuality,
    pub epoch: Epoch,
    /// The confidence by how it was found.
    pub guess: f32,
}

impl<'s> SentenceCoder<'_, 's> {
    /// The hashed features of an act.
    pub(super) fn grounds(&self, draft: &Draft<'_>, recorded: Recorded<'_>, matcher: &Matcher<'_, 's>) -> Ground {
        let Recorded { event, coded, actors, recipients, factuality, epoch, guess } = recorded;
        let syntax = &self.syntax;
        let found = &draft.found;
        let root = found.root;
        let mut out = Features(Vec::with_capacity(96));
        let e = event as u64 + 1;
        let origin = match (draft.rule, draft.thought.is_some()) {
            (Some(_), true) => 1,
            (Some(_), false) => 2,
            (None, true) => 3,
            (None, false) => 4 + found.words.len().min(2) as u64,
        };
        let words = draft.rule.map_or(0, |rule| u64::from(rule.words.min(5)));
        let lemma = word(syntax.lemma(root));
        out.add(0, 0, 0);
        out.add(1, e, 0);
        out.add(2, origin, 0);
        out.add(3, origin, e);
        out.add(4, words, origin);
        out.add(5, words, e);
        out.add(6, u64::from(found.nominal) << 2 | u64::from(found.joint) << 1 | u64::from(coded != event), e);
        out.add(7, steps(guess, 20), 0);
        out.add(8, steps(guess, 10), origin);
        // What the chooser thinks of it.
        if let Some(opinion) = &draft.thought {
            let (best, likeliest) = opinion.best();
            out.add(10, steps(opinion.of(event), 10), origin);
            out.add(11, steps(opinion.none(), 10), origin);
            out.add(12, best as u64 + 1, e);
            out.add(13, steps(likeliest, 5), u64::from(best == event));
            out.add(14, steps(opinion.of(event), 5), e);
        }
        // The linker's view of the sides.
        let phrases = self.phrases();
        let linker = &self.context.coder.learned.linker;
        let (actor, recipient) = (actors.first(), recipients.first());
        let question = Question { root, words: &found.words, event: Some(event), actor: None };
        let place = |ranked: &[(Tok, f32)], head: Option<Tok>| {
            let at = head.and_then(|head| ranked.iter().position(|(tok, _)| *tok == head));
            (
                at.map_or(9, |at| at.min(3) as u64),
                at.map_or(0.0, |at| ranked[at].1),
                ranked.first().map_or(0.0, |r| r.1),
            )
        };
        let ranked = linker.actors(matcher, phrases, question);
        let (rank, likely, most) = place(&ranked, actor.map(|a| a.head));
        out.add(20, rank, steps(likely, 10));
        out.add(21, steps(likely, 5), origin);
        out.add(22, steps(most - likely, 5), e);
        let ranked = linker.recipients(matcher, phrases, Question { actor: actor.map(|a| a.head), ..question });
        let (rank, likely, most) = place(&ranked, recipient.map(|r| r.head));
        let from_rule = recipient.is_some_and(|r| found.recipient.contains(&r.head));
        out.add(23, rank, steps(likely, 10));
        out.add(24, steps(likely, 5), origin << 1 | u64::from(from_rule));
        out.add(25, steps(most - likely, 5), e);
        // Who they are.
        let kind = |side: Option<&Entity>| match side {
            None => 0,
            Some(s) => 1 + ((s.sort as u64) << 5 | (s.via as u64) << 1 | u64::from(s.code.is_some())),
        };
        out.add(30, kind(actor), 0);
        out.add(31, kind(recipient), 0);
        out.add(32, kind(actor), e);
        out.add(33, kind(recipient), e);
        out.add(34, kind(actor), kind(recipient));
        let same = match (actor.and_then(|a| a.code.as_ref()), recipient.and_then(|r| r.code.as_ref())) {
            (Some(a), Some(b)) => 1 + u64::from(a == b),
            _ => 0,
        };
        out.add(35, same, e);
        out.add(36, actors.len().min(4) as u64, recipients.len().min(4) as u64);
        for (kind, side) in [(37, actor), (38, recipient)] {
            let said = side.map_or(0, |s| if s.code.is_some() { 1 } else { word(syntax.lemma(s.head)) });
            out.add(kind, said, 0);
            out.add(kind + 2, said, e);
        }
        // Where they stand.
        for (kind, side, own) in [(50, actor, &found.actor), (60, recipient, &found.recipient)] {
            let Some(side) = side else { continue };
            let rel = syntax.rel(side.head) as u64;
            let case = syntax.case(side.head).map_or(0, word);
            let distance = far(side.head, root) << 1 | u64::from(side.head > root);
            let above = syntax.head(side.head);
            let under = match above {
                Some(head) if head == root => 1,
                Some(head) if found.words.contains(&head) => 2,
                _ if syntax.is_under(side.head, root) => 3,
                _ => 4,
            };
            let by_rule = u64::from(own.contains(&side.head));
            out.add(kind, rel, e);
            out.add(kind + 1, rel, case);
            out.add(kind + 2, distance, by_rule);
            out.add(kind + 3, under, by_rule << 8 | rel);
            out.add(kind + 4, case, e);
            out.add(kind + 5, case, lemma);
            out.add(kind + 6, u64::from(self.is_quoted(side.head)), u64::from(self.is_quoted(root)));
            let between =
                self.mentions.all.iter().filter(|m| side.head.min(root) < m.first && m.last < side.head.max(root));
            out.add(kind + 7, between.count().min(3) as u64, under);
        }
        // What tells of it, and where.
        let rel = syntax.rel(root);
        let verbal = u64::from(syntax.is_verbal(root)) << 1 | u64::from(syntax.is_passive(root));
        out.add(70, lemma, 0);
        out.add(71, lemma, e);
        out.add(72, lemma, words);
        out.add(73, rel as u64, verbal);
        out.add(74, rel as u64, e);
        out.add(75, syntax.token(root).xpos as u64, origin);
        out.add(76, syntax.head(root).map_or(0, |head| word(syntax.lemma(head))), rel as u64);
        out.add(77, depth(syntax.len(), |tok| syntax.head(tok), root), origin);
        out.add(78, (syntax.len() / 8).min(8) as u64, origin);
        for &other in found.words.iter().filter(|&&w| w != root) {
            out.add(79, word(syntax.lemma(other)), e);
            out.add(80, word(syntax.lemma(other)), lemma);
        }
        for &kid in syntax.kids(root) {
            match syntax.rel(kid) {
                Deprel::Aux | Deprel::AuxPass | Deprel::Mark | Deprel::CompoundPrt => {
                    out.add(81, word(syntax.lemma(kid)), e)
                }
                Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp => {
                    let said = if self.mentions.at(kid).is_some() || syntax.token(kid).upos == Upos::Propn {
                        1
                    } else {
                        word(syntax.lemma(kid))
                    };
                    out.add(82, said, lemma);
                    out.add(83, said, e);
                    out.add(84, u64::from(found.words.contains(&kid)), syntax.rel(kid) as u64);
                }
                Deprel::Obl | Deprel::Nmod => {
                    out.add(85, syntax.case(kid).map_or(0, word), e);
                }
                _ => {}
            }
        }
        out.add(90, factuality as u64, e);
        out.add(91, epoch as u64, origin);
        out.add(92, u64::from(draft.reading.reported_by.is_some()) << 1 | u64::from(self.is_quoted(root)), e);
        out.add(93, self.context.field as u64, origin);
        out.add(94, u64::from(draft.outer.is_some()), e);
        let named = self.mentions.all.len().min(6) as u64;
        out.add(95, named, origin);
        for (kind, side) in [(96, actor), (98, recipient)] {
            let Some(side) = side else { continue };
            let pronoun = if syntax.is_pronoun(side.head) { word(syntax.lemma(side.head)) } else { 1 };
            out.add(kind, pronoun, e);
            out.add(kind + 1, side.sectors.first().map_or(0, |sector| word(sector)), e);
        }
        if let Some(rule) = draft.rule {
            let example = rule.root.words.first().map_or(0, |first| word(&first.head));
            out.add(100, example, e);
            out.add(101, u64::from(example == lemma), words);
            out.add(102, u64::from(rule.has_recipient) << 1 | u64::from(recipient.is_some()), words);
        }
        out.add(103, syntax.token(root).xpos as u64, e);
        out.0
    }
}

/// A share in so many steps.
fn steps(share: f32, steps: u64) -> u64 {
    ((share.clamp(0.0, 1.0) * steps as f32) as u64).min(steps - 1)
}

/// How far two words stand apart, roughly.
fn far(a: Tok, b: Tok) -> u64 {
    match a.abs_diff(b) {
        0 => 0,
        1 => 1,
        2 => 2,
        3..=4 => 3,
        5..=7 => 4,
        8..=12 => 5,
        13..=20 => 6,
        _ => 7,
    }
}

/// How deep in the tree a word stands.
fn depth(words: usize, head: impl Fn(Tok) -> Option<Tok>, mut tok: Tok) -> u64 {
    let mut deep = 0;
    while let Some(above) = head(tok).filter(|_| deep < 6 && usize::from(deep as u8) < words) {
        tok = above;
        deep += 1;
    }
    deep
}
