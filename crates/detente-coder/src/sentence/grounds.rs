//! What speaks for an act, and what against it: the features by which it is trusted.

use std::iter::successors;

use detente_grammar::{Deprel, Upos};

use super::{Basis, Draft, SentenceCoder};
use crate::{
    act::{Epoch, Factuality, Via},
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
    /// The hashed features of an act. A model knows them by their kinds, and learns from them in their order.
    pub(super) fn grounds(&self, draft: &Draft<'_>, recorded: Recorded<'_>, matcher: &Matcher<'_, 's>) -> Ground {
        let mut gathered = Gathered::new(self, draft, recorded);
        gathered.finding();
        gathered.opinion();
        gathered.links(matcher);
        gathered.sides();
        gathered.places();
        gathered.word();
        gathered.dependents();
        gathered.reading();
        gathered.names();
        gathered.example();
        gathered.out.0
    }
}

/// What was gathered of an act, and what most features are made with.
struct Gathered<'g, 'c, 's> {
    coder: &'g SentenceCoder<'c, 's>,
    draft: &'g Draft<'g>,
    recorded: Recorded<'g>,
    actor: Option<&'g Entity>,
    recipient: Option<&'g Entity>,
    /// The type, from 1.
    event: u64,
    /// Whether a rule or the chooser found it.
    origin: u64,
    /// How many words the rule has.
    words: u64,
    /// The main word.
    lemma: u64,
    out: Features,
}

impl<'g, 'c, 's> Gathered<'g, 'c, 's> {
    fn new(coder: &'g SentenceCoder<'c, 's>, draft: &'g Draft<'g>, recorded: Recorded<'g>) -> Gathered<'g, 'c, 's> {
        let origin = match (draft.basis, draft.thought.is_some()) {
            (Basis::Rule(_), true) => 1,
            (Basis::Rule(_), false) => 2,
            (_, true) => 3,
            (Basis::Charge, false) => 7,
            (Basis::Answered, false) => 8,
            (_, false) => 4 + draft.found.words.len().min(2) as u64,
        };
        Gathered {
            coder,
            draft,
            recorded,
            actor: recorded.actors.first(),
            recipient: recorded.recipients.first(),
            event: recorded.event as u64 + 1,
            origin,
            words: draft.rule().map_or(0, |rule| u64::from(rule.words.min(5))),
            lemma: word(coder.syntax.lemma(draft.found.root)),
            out: Features(Vec::with_capacity(96)),
        }
    }

    fn add(&mut self, kind: u8, a: u64, b: u64) {
        self.out.add(kind, a, b);
    }

    /// How it was found.
    fn finding(&mut self) {
        let Gathered { draft, recorded, event, origin, words, .. } = *self;
        let found = &draft.found;
        let turned = u64::from(recorded.coded != recorded.event);
        self.add(0, 0, 0);
        self.add(1, event, 0);
        self.add(2, origin, 0);
        self.add(3, origin, event);
        self.add(4, words, origin);
        self.add(5, words, event);
        self.add(6, u64::from(found.nominal) << 2 | u64::from(found.joint) << 1 | turned, event);
        self.add(7, steps(recorded.guess, 20), 0);
        self.add(8, steps(recorded.guess, 10), origin);
    }

    /// What the chooser thinks of it.
    fn opinion(&mut self) {
        let Gathered { draft, recorded, event, origin, .. } = *self;
        let Some(opinion) = &draft.thought else { return };
        let (best, likeliest) = opinion.best();
        self.add(10, steps(opinion.of(recorded.event), 10), origin);
        self.add(11, steps(opinion.none(), 10), origin);
        self.add(12, best as u64 + 1, event);
        self.add(13, steps(likeliest, 5), u64::from(best == recorded.event));
        self.add(14, steps(opinion.of(recorded.event), 5), event);
    }

    /// The linker's view of the sides.
    fn links(&mut self, matcher: &Matcher<'_, 's>) {
        let Gathered { coder, draft, recorded, actor, recipient, event, origin, .. } = *self;
        let found = &draft.found;
        let phrases = coder.phrases();
        let linker = &coder.context.coder.learned.linker;
        let question = Question { root: found.root, words: &found.words, event: Some(recorded.event), actor: None };
        let (rank, likely, most) = place(&linker.actors(matcher, phrases, question), actor);
        self.add(20, rank, steps(likely, 10));
        self.add(21, steps(likely, 5), origin);
        self.add(22, steps(most - likely, 5), event);
        let question = Question { actor: actor.map(|a| a.head), ..question };
        let (rank, likely, most) = place(&linker.recipients(matcher, phrases, question), recipient);
        let from_rule = recipient.is_some_and(|r| found.recipient.contains(&r.head));
        self.add(23, rank, steps(likely, 10));
        self.add(24, steps(likely, 5), origin << 1 | u64::from(from_rule));
        self.add(25, steps(most - likely, 5), event);
    }

    /// Who they are.
    fn sides(&mut self) {
        let Gathered { coder, recorded, actor, recipient, event, .. } = *self;
        let kind = |side: Option<&Entity>| match side {
            None => 0,
            Some(s) => 1 + ((s.sort as u64) << 5 | (s.via as u64) << 1 | u64::from(s.code.is_some())),
        };
        self.add(30, kind(actor), 0);
        self.add(31, kind(recipient), 0);
        self.add(32, kind(actor), event);
        self.add(33, kind(recipient), event);
        self.add(34, kind(actor), kind(recipient));
        let same = match (actor.and_then(|a| a.code.as_ref()), recipient.and_then(|r| r.code.as_ref())) {
            (Some(a), Some(b)) => 1 + u64::from(a == b),
            _ => 0,
        };
        self.add(35, same, event);
        self.add(36, recorded.actors.len().min(4) as u64, recorded.recipients.len().min(4) as u64);
        // A pronoun is surer where the name that it stands for is in the sentence, and few others stand before it.
        let whole = coder.span(0, coder.syntax.len().saturating_sub(1) as Tok);
        for (kind, side) in [(41, actor), (43, recipient)] {
            if let Some(side) = side.filter(|side| side.via == Via::Pronoun) {
                let is_here = side.antecedent.is_some_and(|name| name.overlaps(whole));
                let before = coder.mentions.all.iter().filter(|mention| mention.last < side.head).count().min(4);
                self.add(kind, u64::from(is_here), event);
                self.add(kind + 1, u64::from(is_here) << 4 | before as u64, 0);
            }
        }
        for (kind, side) in [(37, actor), (38, recipient)] {
            let said = side.map_or(0, |s| if s.code.is_some() { 1 } else { word(coder.syntax.lemma(s.head)) });
            self.add(kind, said, 0);
            self.add(kind + 2, said, event);
        }
    }

    /// Where they stand.
    fn places(&mut self) {
        let found = &self.draft.found;
        for (kind, side, own) in [(50, self.actor, &found.actor), (60, self.recipient, &found.recipient)] {
            if let Some(side) = side {
                self.place_of(kind, side.head, own.contains(&side.head));
            }
        }
    }

    fn place_of(&mut self, kind: u8, side: Tok, by_rule: bool) {
        let Gathered { coder, draft, event, lemma, .. } = *self;
        let syntax = &coder.syntax;
        let root = draft.found.root;
        let rel = syntax.rel(side) as u64;
        let case = syntax.case(side).map_or(0, word);
        let distance = far(side, root) << 1 | u64::from(side > root);
        let under = match syntax.head(side) {
            Some(head) if head == root => 1,
            Some(head) if draft.found.words.contains(&head) => 2,
            _ if syntax.is_under(side, root) => 3,
            _ => 4,
        };
        let by_rule = u64::from(by_rule);
        self.add(kind, rel, event);
        self.add(kind + 1, rel, case);
        self.add(kind + 2, distance, by_rule);
        self.add(kind + 3, under, by_rule << 8 | rel);
        self.add(kind + 4, case, event);
        self.add(kind + 5, case, lemma);
        self.add(kind + 6, u64::from(coder.is_quoted(side)), u64::from(coder.is_quoted(root)));
        let between = coder.mentions.all.iter().filter(|m| side.min(root) < m.first && m.last < side.max(root));
        self.add(kind + 7, between.count().min(3) as u64, under);
    }

    /// What tells of it, and where.
    fn word(&mut self) {
        let Gathered { coder, draft, event, origin, words, lemma, .. } = *self;
        let syntax = &coder.syntax;
        let root = draft.found.root;
        let rel = syntax.rel(root) as u64;
        let verbal = u64::from(syntax.is_verbal(root)) << 1 | u64::from(syntax.is_passive(root));
        self.add(70, lemma, 0);
        self.add(71, lemma, event);
        self.add(72, lemma, words);
        self.add(73, rel, verbal);
        self.add(74, rel, event);
        self.add(75, syntax.token(root).xpos as u64, origin);
        self.add(76, syntax.head(root).map_or(0, |head| word(syntax.lemma(head))), rel);
        self.add(77, depth(|tok| syntax.head(tok), root), origin);
        self.add(78, (syntax.len() / 8).min(8) as u64, origin);
        for &other in draft.found.words.iter().filter(|&&w| w != root) {
            self.add(79, word(syntax.lemma(other)), event);
            self.add(80, word(syntax.lemma(other)), lemma);
        }
    }

    /// What hangs on the main word.
    fn dependents(&mut self) {
        let Gathered { coder, draft, event, lemma, .. } = *self;
        let syntax = &coder.syntax;
        for &kid in syntax.kids(draft.found.root) {
            match syntax.rel(kid) {
                Deprel::Aux | Deprel::AuxPass | Deprel::Mark | Deprel::CompoundPrt => {
                    self.add(81, word(syntax.lemma(kid)), event);
                }
                rel @ (Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp) => {
                    let named = coder.mentions.at(kid).is_some() || syntax.token(kid).upos == Upos::Propn;
                    let said = if named { 1 } else { word(syntax.lemma(kid)) };
                    self.add(82, said, lemma);
                    self.add(83, said, event);
                    self.add(84, u64::from(draft.found.words.contains(&kid)), rel as u64);
                }
                Deprel::Obl | Deprel::Nmod => self.add(85, syntax.case(kid).map_or(0, word), event),
                _ => {}
            }
        }
    }

    /// How it is told.
    fn reading(&mut self) {
        let Gathered { coder, draft, recorded, event, origin, .. } = *self;
        let reported = u64::from(draft.reading.reported_by.is_some());
        self.add(90, recorded.factuality as u64, event);
        self.add(91, recorded.epoch as u64, origin);
        self.add(92, reported << 1 | u64::from(coder.is_quoted(draft.found.root)), event);
        self.add(93, coder.context.field as u64, origin);
        self.add(94, u64::from(draft.outer.is_some()), event);
        self.add(95, coder.mentions.all.len().min(6) as u64, origin);
    }

    /// By what words the sides go.
    fn names(&mut self) {
        let Gathered { coder, actor, recipient, event, .. } = *self;
        let syntax = &coder.syntax;
        for (kind, side) in [(96, actor), (98, recipient)] {
            let Some(side) = side else { continue };
            let pronoun = if syntax.is_pronoun(side.head) { word(syntax.lemma(side.head)) } else { 1 };
            self.add(kind, pronoun, event);
            self.add(kind + 1, side.sectors.first().map_or(0, |sector| word(sector)), event);
        }
    }

    /// The rule's example beside it.
    fn example(&mut self) {
        let Gathered { coder, draft, recipient, event, words, lemma, .. } = *self;
        if let Some(rule) = draft.rule() {
            let example = rule.root.words.first().map_or(0, |first| word(&first.head));
            self.add(100, example, event);
            self.add(101, u64::from(example == lemma), words);
            self.add(102, u64::from(rule.has_recipient) << 1 | u64::from(recipient.is_some()), words);
        }
        self.add(103, coder.syntax.token(draft.found.root).xpos as u64, event);
    }
}

/// Where a side stands among ranked phrases, how likely it is, and how likely the first of them.
fn place(ranked: &[(Tok, f32)], side: Option<&Entity>) -> (u64, f32, f32) {
    let at = side.and_then(|side| ranked.iter().position(|(tok, _)| *tok == side.head));
    let most = ranked.first().map_or(0.0, |first| first.1);
    (at.map_or(9, |at| at.min(3) as u64), at.map_or(0.0, |at| ranked[at].1), most)
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

/// How deep in the tree a word stands, up to 6.
fn depth(head: impl Fn(Tok) -> Option<Tok>, tok: Tok) -> u64 {
    successors(head(tok), |&above| head(above)).take(6).count() as u64
}
