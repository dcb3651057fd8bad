//! The linker: linear models of which phrase of a sentence acts, and which is acted upon, for a word that tells of an act.
//!
//! They are trained on the lexicon's marked sentences and rule examples when the program is built, with the trees that the
//! grammar gives, and so know its mistakes. They fill the places that a rule leaves open.

use detente_grammar::{Deprel, Sentence, Upos};
use detente_lexicon::{Expect, Lexicon};
use smol_str::SmolStr;

use crate::{
    chooser::top,
    coder::Coder,
    entity::{Reader, Sort},
    frame::Slot,
    learned::Trees,
    linear::{Features, Lesson, Linear, word},
    matching::Matcher,
    mending::mend,
    mention::Mentions,
    ontology::EventType,
    rule::{Role, plain, staged},
    syntax::{Syntax, Tok},
    when::is_time_word,
};

/// How often all lessons are gone through.
const EPOCHS: usize = 4;
/// Steps through frames, and through the tree, after which a phrase is just far away.
const FRAME_STEPS: usize = 3;
const TREE_STEPS: usize = 7;

/// Linear models of who acts and who is acted upon.
#[derive(Clone, Debug, Default)]
pub struct Linker {
    actor: Linear<2>,
    recipient: Linear<2>,
}

/// A phrase that may be a side of an act.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its head.
    pub head: Tok,
    sort: Sort,
    code: Option<SmolStr>,
    plural: bool,
}

/// The phrases of a sentence that may be sides.
#[derive(Clone, Debug)]
pub struct Phrases {
    all: Vec<Phrase>,
}

impl Phrases {
    /// Finds the phrases of a sentence.
    pub fn find(reader: Reader<'_, '_>) -> Phrases {
        let syntax = reader.syntax;
        let all = (0..syntax.len() as Tok)
            .filter(|&tok| {
                let named = reader.mentions.at(tok).is_some();
                let inside = matches!(
                    syntax.rel(tok),
                    Deprel::Compound
                        | Deprel::Flat
                        | Deprel::Amod
                        | Deprel::Nummod
                        | Deprel::NmodDesc
                        | Deprel::NmodUnmarked
                        | Deprel::Det
                        | Deprel::Fixed
                        | Deprel::Case
                        | Deprel::Mark
                );
                let first_of_name = reader.mentions.at(tok).is_some_and(|m| m.first == tok);
                if inside { named && first_of_name } else { syntax.is_nominal(tok) && !is_time_word(syntax.lemma(tok)) }
            })
            .map(|head| {
                let entity = reader.entity(head);
                Phrase { head, sort: entity.sort, code: entity.code, plural: entity.plural }
            })
            .collect();
        Phrases { all }
    }

    fn at(&self, tok: Tok) -> Option<&Phrase> {
        self.all.iter().find(|phrase| phrase.head == tok)
    }
}

/// What the linker is asked: the sides of what a word tells.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The main word.
    pub root: Tok,
    /// Words of the rule, which are no sides.
    pub words: &'q [Tok],
    /// The type, where it is known.
    pub event: Option<EventType>,
    /// Head of the phrase that acts, where it is known: for the other side.
    pub actor: Option<Tok>,
}

impl Linker {
    /// The phrases that may act, with their probabilities, the likeliest first.
    pub fn actors(&self, matcher: &Matcher<'_, '_>, phrases: &Phrases, question: Question<'_>) -> Vec<(Tok, f32)> {
        ranked(&self.actor, matcher, phrases, question, |phrase| {
            !matches!(phrase.sort, Sort::Media | Sort::Thing | Sort::Other)
        })
    }

    /// The phrases that may be acted upon, with their probabilities, the likeliest first.
    pub fn recipients(&self, matcher: &Matcher<'_, '_>, phrases: &Phrases, question: Question<'_>) -> Vec<(Tok, f32)> {
        ranked(&self.recipient, matcher, phrases, question, |_| true)
    }

    /// Trains on the samples and examples of a lexicon.
    pub(crate) fn train(coder: &Coder, trees: &Trees) -> Linker {
        let Coder { lexicon, lemmas, .. } = coder;
        let mut lessons = Lessons::default();
        // Each is learned with its type known and unknown.
        for (sample, sentences) in lexicon.samples.iter().zip(&trees.samples) {
            // Where there is no act there are no sides.
            let Some(event) = EventType::parse(&sample.kind) else { continue };
            for sentence in sentences {
                let syntax = Syntax::new(&sample.text, sentence);
                if let (Some(actor), Some(recipient)) =
                    (syntax.toks_within(&sample.actor), syntax.toks_within(&sample.recipient))
                {
                    for event in [Some(event), None] {
                        lessons.of_sample(&syntax, lexicon, event, actor, recipient);
                    }
                }
            }
        }
        for (example, sentence) in lexicon.examples.iter().zip(&trees.examples) {
            if example.section.standing || example.expect != Expect::Act {
                continue;
            }
            let event = EventType::parse(&example.section.kind);
            let (text, _) = plain(&staged(&example.sentence));
            if let Some(sentence) = sentence {
                let mut sentence = sentence.clone();
                mend(lemmas, &text, &mut sentence);
                for event in [event, None] {
                    lessons.of_example(&text, &sentence, lexicon, event);
                }
            }
        }
        Linker { actor: Linear::fit(lessons.actor, EPOCHS), recipient: Linear::fit(lessons.recipient, EPOCHS) }
    }

    /// Writes the models for [`Linker::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let actor = self.actor.to_bytes();
        let mut bytes = (actor.len() as u32).to_le_bytes().to_vec();
        bytes.extend(actor);
        bytes.extend(self.recipient.to_bytes());
        bytes
    }

    /// Reads what [`Linker::to_bytes`] wrote; too few bytes are no model.
    pub fn from_bytes(bytes: &[u8]) -> Linker {
        let Some((length, rest)) = bytes.split_first_chunk::<4>() else { return Linker::default() };
        let (actor, recipient) = rest.split_at((u32::from_le_bytes(*length) as usize).min(rest.len()));
        Linker { actor: Linear::from_bytes(actor), recipient: Linear::from_bytes(recipient) }
    }
}

fn ranked(
    model: &Linear<2>,
    matcher: &Matcher<'_, '_>,
    phrases: &Phrases,
    question: Question<'_>,
    may_be: impl Fn(&Phrase) -> bool,
) -> Vec<(Tok, f32)> {
    if model.is_empty() {
        return Vec::new();
    }
    let view = View::new(matcher, phrases, question);
    let mut found: Vec<(Tok, f32)> = phrases
        .all
        .iter()
        .filter(|phrase| {
            may_be(phrase) && !question.words.contains(&phrase.head) && question.actor != Some(phrase.head)
        })
        .map(|phrase| (phrase.head, model.probabilities(&view.features(phrase))[1]))
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found
}

/// What is to be learned.
#[derive(Default)]
struct Lessons {
    actor: Vec<Lesson>,
    recipient: Vec<Lesson>,
}

impl Lessons {
    fn of_sample(
        &mut self,
        syntax: &Syntax<'_>,
        lexicon: &Lexicon,
        event: Option<EventType>,
        actor: (Tok, Tok),
        recipient: (Tok, Tok),
    ) {
        let (Some(acting), Some(acted_on)) = (top(syntax, actor), top(syntax, recipient)) else { return };
        let mentions = Mentions::find(syntax, lexicon, None);
        let matcher = Matcher::new(syntax, lexicon);
        let phrases = Phrases::find(Reader { syntax, mentions: &mentions, lexicon, day: None });
        let within = |side: (Tok, Tok), tok: Tok| side.0 <= tok && tok <= side.1;
        for root in roots(syntax, lexicon, acting, acted_on) {
            if within(actor, root) || within(recipient, root) {
                continue;
            }
            let words = [root];
            let ask = |actor| Question { root, words: &words, event, actor };
            self.side(&matcher, &phrases, ask(None), acting, actor, 1.0, true);
            // What stands beside the actor acts with it.
            let joint = syntax.is_under(acted_on, acting) && syntax.rel(acted_on) == Deprel::Conj;
            if !joint {
                self.side(&matcher, &phrases, ask(Some(acting)), acted_on, recipient, 1.0, false);
            }
        }
    }

    fn of_example(&mut self, text: &str, sentence: &Sentence, lexicon: &Lexicon, event: Option<EventType>) {
        let syntax = &Syntax::new(text, sentence);
        let side = |role: Role| (0..syntax.len() as Tok).find(|&t| Role::of(syntax.form(t)) == Some(role));
        let (actor, recipient) = (side(Role::Actor), side(Role::Recipient));
        let Some(root) = (0..syntax.len() as Tok).find(|&t| syntax.head(t).is_none()) else { return };
        let mentions = Mentions::find(syntax, lexicon, None);
        let matcher = Matcher::new(syntax, lexicon);
        let phrases = Phrases::find(Reader { syntax, mentions: &mentions, lexicon, day: None });
        let words = [root];
        let ask = |actor| Question { root, words: &words, event, actor };
        let nowhere = Tok::MAX;
        let at = |side: Option<Tok>| side.unwrap_or(nowhere);
        self.side(&matcher, &phrases, ask(None), at(actor), (at(actor), at(actor)), 0.5, true);
        let joint = recipient.is_some_and(|r| syntax.rel(r) == Deprel::Conj && syntax.head(r) == actor);
        if !joint {
            self.side(&matcher, &phrases, ask(actor), at(recipient), (at(recipient), at(recipient)), 0.5, false);
        }
    }

    /// One lesson for each phrase: it is the side, or it is not. What stands inside the side is left aside.
    #[allow(clippy::too_many_arguments, reason = "the two sides are taught alike")]
    fn side(
        &mut self,
        matcher: &Matcher<'_, '_>,
        phrases: &Phrases,
        question: Question<'_>,
        right: Tok,
        extent: (Tok, Tok),
        importance: f32,
        acting: bool,
    ) {
        let view = View::new(matcher, phrases, question);
        let lessons = if acting { &mut self.actor } else { &mut self.recipient };
        for phrase in &phrases.all {
            let is_right = phrase.head == right;
            let inside = extent.0 <= phrase.head && phrase.head <= extent.1;
            if question.words.contains(&phrase.head) || question.actor == Some(phrase.head) || (inside && !is_right) {
                continue;
            }
            lessons.push(Lesson { features: view.features(phrase), class: usize::from(is_right), importance });
        }
    }
}

/// The words between two phrases that may be taken for the main word of the act: verbs, and nouns that tell of deeds. The
/// last is the one where their ways meet, unless one phrase is under the other.
pub fn roots(syntax: &Syntax<'_>, lexicon: &Lexicon, a: Tok, b: Tok) -> Vec<Tok> {
    let above = |from: Tok| {
        let mut chain = vec![from];
        while let Some(head) = syntax.head(chain[chain.len() - 1]) {
            chain.push(head);
        }
        chain
    };
    let (from_a, from_b) = (above(a), above(b));
    let Some(&meeting) = from_a.iter().find(|tok| from_b.contains(tok)) else { return Vec::new() };
    let mut path: Vec<Tok> = Vec::new();
    for chain in [&from_a, &from_b] {
        path.extend(chain[1..].iter().copied().take_while(|&tok| tok != meeting));
    }
    if meeting != a && meeting != b {
        path.push(meeting);
    } else if path.is_empty() {
        // "A and B agreed": the verb above both.
        path.extend(syntax.head(meeting));
    }
    path.retain(|&tok| tells_of_deed(syntax, lexicon, tok) || tok == meeting);
    path
}

/// Tells whether a word is a verb, or a noun that stands for one.
pub fn tells_of_deed(syntax: &Syntax<'_>, lexicon: &Lexicon, tok: Tok) -> bool {
    syntax.is_verbal(tok)
        || (syntax.token(tok).upos == Upos::Noun && lexicon.words.verbs_of.contains_key(syntax.lemma(tok)))
}

/// How a sentence looks from a main word.
struct View<'v, 'a, 's> {
    matcher: &'v Matcher<'a, 's>,
    phrases: &'v Phrases,
    question: Question<'v>,
    /// The way through frames to each phrase: from place to place, freed of voice and control.
    frames: Vec<(Tok, u64)>,
    /// The main word and the words above it.
    above: Vec<Tok>,
    root: u64,
    event: Option<u64>,
    actor: Option<&'v Phrase>,
}

impl<'v, 'a, 's> View<'v, 'a, 's> {
    fn new(matcher: &'v Matcher<'a, 's>, phrases: &'v Phrases, question: Question<'v>) -> View<'v, 'a, 's> {
        let syntax = matcher.syntax;
        let mut frames: Vec<(Tok, u64)> = Vec::new();
        let mut level: Vec<(Tok, u64)> = vec![(question.root, 0)];
        for _ in 0..FRAME_STEPS {
            let mut next = Vec::new();
            for &(tok, way) in &level {
                for &(slot, inner) in &matcher.frame(tok).args {
                    if inner == question.root || frames.iter().any(|(known, _)| *known == inner) {
                        continue;
                    }
                    let step = match slot {
                        Slot::Subj => word("subj"),
                        Slot::Obj => word("obj"),
                        Slot::Iobj => word("iobj"),
                        Slot::Prep(case) => word(case).rotate_left(7),
                        Slot::Poss => word("poss"),
                        Slot::Mod => word("mod"),
                        Slot::Clause => word("clause"),
                        Slot::Pred => word("pred"),
                    };
                    let way = joined(way, step);
                    frames.push((inner, way));
                    next.push((inner, way));
                }
            }
            level = next;
        }
        let mut above = vec![question.root];
        while let Some(head) = syntax.head(above[above.len() - 1]).filter(|_| above.len() <= TREE_STEPS) {
            above.push(head);
        }
        View {
            matcher,
            phrases,
            question,
            frames,
            above,
            root: word(syntax.lemma(question.root)),
            event: question.event.map(|event| event as u64 + 1),
            actor: question.actor.and_then(|tok| phrases.at(tok)),
        }
    }

    fn features(&self, phrase: &Phrase) -> Vec<u32> {
        let syntax = self.matcher.syntax;
        let Question { root, .. } = self.question;
        let at = phrase.head;
        let mut out = Features(Vec::with_capacity(48));
        let sort = phrase.sort as u64;
        let known = u64::from(phrase.code.is_some());
        let way = self.frames.iter().find(|(tok, _)| *tok == at).map_or(0, |(_, way)| *way);
        let (path, length) = self.path(at);
        let verbal = u64::from(syntax.is_verbal(root)) << 1 | u64::from(syntax.is_passive(root));
        let form = syntax.token(root).xpos as u64;
        let case = syntax.case(at).map_or(0, word);
        let rel = syntax.rel(at) as u64;
        let lemma = if known == 1 || matches!(syntax.token(at).upos, Upos::Propn) { 1 } else { word(syntax.lemma(at)) };
        let above = syntax.head(at).map_or(0, |head| word(syntax.lemma(head)));
        let after = u64::from(at > root);
        let far = match at.abs_diff(root) {
            near @ 0..=3 => u64::from(near),
            4..=6 => 4,
            7..=10 => 5,
            11..=16 => 6,
            _ => 7,
        };
        let between = |wanted: &dyn Fn(&Phrase) -> bool| {
            let (low, high) = (at.min(root), at.max(root));
            self.phrases.all.iter().filter(|p| low < p.head && p.head < high && wanted(p)).count().min(3) as u64
        };
        let named_between = between(&|p| p.code.is_some());
        let any_between = between(&|_| true);
        out.add(0, 0, 0);
        for (kind, feature) in [
            (1, way),
            (2, joined(way, verbal)),
            (3, path),
            (4, joined(path, form)),
            (5, joined(sort, case)),
            (6, joined(joined(sort, known), way)),
            (7, joined(rel, case)),
            (8, joined(after, far)),
            (9, joined(joined(after, named_between), known)),
            (10, joined(any_between, after)),
            (11, lemma),
            (12, joined(sort, joined(after, known))),
            (13, length.min(7) as u64),
            (14, joined(path, known)),
            (15, joined(above, case)),
            (16, u64::from(phrase.plural) << 4 | known),
        ] {
            out.add(kind, feature, 0);
            if let Some(event) = self.event {
                out.add(kind + 40, feature, event);
            }
        }
        for (kind, feature) in [
            (80, way),
            (81, case),
            (82, rel),
            (83, joined(sort, case)),
            (84, lemma),
            (85, path),
            (86, joined(after, rel)),
        ] {
            out.add(kind, feature, self.root);
        }
        out.add(90, lemma, way);
        out.add(91, joined(lemma, case), 0);
        let owned = syntax.kid(at, Deprel::NmodPoss);
        out.add(
            92,
            owned.map_or(0, |o| {
                if self.phrases.at(o).is_some_and(|p| p.code.is_some()) { 1 } else { word(syntax.lemma(o)) }
            }),
            way,
        );
        if let Some(actor) = self.actor {
            let same = match (&actor.code, &phrase.code) {
                (Some(a), Some(b)) => 1 + u64::from(a == b),
                _ => 0,
            };
            let side = u64::from(at > actor.head) << 1 | u64::from((at > actor.head) == (at > root));
            let under = u64::from(syntax.is_under(at, actor.head)) << 1 | u64::from(syntax.is_under(actor.head, at));
            out.add(100, same, known);
            out.add(101, same, way);
            out.add(102, joined(side, under), sort);
            out.add(103, joined(actor.sort as u64, sort), same);
            out.add(104, joined(side, under), path);
            if let Some(event) = self.event {
                out.add(105, joined(same, sort), event);
                out.add(106, joined(actor.sort as u64, sort), event);
            }
        }
        out.0
    }

    /// The way through the tree from the main word to a phrase, and its length.
    fn path(&self, to: Tok) -> (u64, usize) {
        let syntax = self.matcher.syntax;
        let (mut down, mut downs) = ([0; TREE_STEPS], 0);
        let mut at = to;
        let ups = loop {
            if let Some(ups) = self.above.iter().position(|&tok| tok == at) {
                break ups;
            }
            down[downs] = at;
            downs += 1;
            match syntax.head(at).filter(|_| downs < TREE_STEPS) {
                Some(head) => at = head,
                None => return (1, TREE_STEPS + 1),
            }
        };
        let mut way = 3;
        for &tok in &self.above[..ups] {
            way = joined(way, syntax.rel(tok) as u64 + 1000);
        }
        for &tok in down[..downs].iter().rev() {
            way = joined(way, joined(syntax.rel(tok) as u64, syntax.case(tok).map_or(0, word)));
        }
        (way, ups + downs)
    }
}

/// Two numbers made one.
fn joined(a: u64, b: u64) -> u64 {
    (a ^ b.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (a >> 31)
}
