//! The chooser: a linear model of which type an act is, from the words around its main word and sides.
//!
//! It is trained on the lexicon's own sentences and rule examples when the program is built. It weighs in where a
//! rule could be meant otherwise, and proposes a type where two actors stand in a clause that no rule knows.

use detente_grammar::{Deprel, Upos};
use detente_lexicon::Expect;

use crate::{
    coder::Coder,
    frame::Slot,
    learned::Trees,
    linear::{Features, Lesson, Linear},
    linker::roots,
    matching::{Match, Matcher},
    mending::mend,
    mention::Mentions,
    ontology::EventType,
    rule::{Outcome, Role, Rules, plain, staged},
    syntax::{Syntax, Tok},
};

/// Types, and one more for no act.
const CLASSES: usize = 17;
/// The class of no act.
const NONE: usize = 16;
/// How often all lessons are gone through.
const EPOCHS: usize = 12;

/// A linear model of the type of an act over the words around it.
#[derive(Clone, Debug, Default)]
pub struct Chooser(Linear<CLASSES>);

/// Where an act would stand: its main word and the extents of its sides.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// Main word.
    pub root: Tok,
    /// First and last token of the actor.
    pub actor: Option<(Tok, Tok)>,
    /// First and last token of the recipient.
    pub recipient: Option<(Tok, Tok)>,
}

/// What the rules say of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// All rules.
    pub rules: &'t Rules,
    /// Those that match.
    pub matches: &'t [Match],
}

/// Probabilities of the types at a site.
#[derive(Clone, Debug)]
pub struct Opinion {
    probabilities: [f32; CLASSES],
}

impl Opinion {
    /// The probability of a type.
    pub fn of(&self, event: EventType) -> f32 {
        self.probabilities[event as usize]
    }

    /// The probability that there is no act.
    pub fn none(&self) -> f32 {
        self.probabilities[NONE]
    }

    /// The most likely type, with its probability.
    pub fn best(&self) -> (EventType, f32) {
        let mut best = (EventType::ALL[0], 0.0);
        for event in EventType::ALL {
            if self.of(event) > best.1 {
                best = (event, self.of(event));
            }
        }
        best
    }
}

impl Chooser {
    /// Tells whether there is no model: it then has no opinion.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the words say at a site.
    pub fn opinion(
        &self,
        matcher: &Matcher<'_, '_>,
        mentions: &Mentions,
        site: Site,
        told: Option<Told<'_>>,
    ) -> Option<Opinion> {
        if self.is_empty() {
            return None;
        }
        let features = collect(matcher, mentions, site, told);
        Some(Opinion { probabilities: self.0.probabilities(&features) })
    }

    /// Trains on the samples and examples of a lexicon.
    pub(crate) fn train(coder: &Coder, trees: &Trees) -> Chooser {
        let Coder { lexicon, rules, lemmas, .. } = coder;
        let mut lessons: Vec<Lesson> = Vec::new();
        for (sample, sentences) in lexicon.samples.iter().zip(&trees.samples) {
            let class = match EventType::parse(&sample.kind) {
                Some(event) => event as usize,
                None => NONE,
            };
            for sentence in sentences {
                let syntax = Syntax::new(&sample.text, sentence);
                let (Some(actor), Some(recipient)) =
                    (syntax.toks_within(&sample.actor), syntax.toks_within(&sample.recipient))
                else {
                    continue;
                };
                let mentions = Mentions::find(&syntax, lexicon, None);
                let matcher = Matcher::new(&syntax, lexicon);
                let Some(root) = meeting_point(&matcher, actor, recipient) else { continue };
                let matches = matcher.matches(rules, &mentions);
                let told = Some(Told { rules, matches: &matches });
                let site = Site { root, actor: Some(actor), recipient: Some(recipient) };
                let features = collect(&matcher, &mentions, site, told);
                lessons.push(Lesson { features, class, importance: 1.0 });
                if class == NONE {
                    continue;
                }
                // Other clauses of the sentence are, as far as anybody says, no act between these two.
                for other in
                    (0..syntax.len() as Tok).filter(|&t| t != root && syntax.is_verbal(t) && !syntax.is_under(root, t))
                {
                    let frame = matcher.frame(other);
                    let (subject, object) = (frame.at(Slot::Subj).next(), frame.at(Slot::Obj).next());
                    if let (Some(subject), Some(object)) = (subject, object) {
                        let site =
                            Site { root: other, actor: Some((subject, subject)), recipient: Some((object, object)) };
                        let features = collect(&matcher, &mentions, site, told);
                        lessons.push(Lesson { features, class: NONE, importance: 0.3 });
                    }
                }
            }
        }
        for (example, sentence) in lexicon.examples.iter().zip(&trees.examples) {
            if example.section.standing {
                continue;
            }
            let class = match &example.expect {
                Expect::Act => EventType::parse(&example.section.kind).map(|e| e as usize),
                Expect::Other(other) => other.split(' ').next().and_then(EventType::parse).map(|e| e as usize),
                Expect::Nothing => Some(NONE),
            };
            let Some(class) = class else { continue };
            let (text, sets) = plain(&staged(&example.sentence));
            let Some(sentence) = sentence else { continue };
            // Each word of a set once: the example with that word.
            let longest =
                sets.iter().filter_map(|(_, name)| lexicon.words.sets.get(name)).map(Vec::len).max().unwrap_or(1);
            let variants = longest.clamp(1, 12);
            for variant in 0..variants {
                let mut sentence = sentence.clone();
                mend(lemmas, &text, &mut sentence);
                for (range, name) in &sets {
                    let Some(set) = lexicon.words.sets.get(name).filter(|s| !s.is_empty()) else { continue };
                    let word = &set[(variant * 7 + variant * set.len() / variants) % set.len()];
                    let lemma = word.split([' ', '-']).find(|w| w.len() > 3).unwrap_or(word);
                    let inside = |t: &&mut detente_grammar::Token| {
                        range.start <= t.start as usize && t.end as usize <= range.end
                    };
                    if variant > 0
                        && let Some(token) = sentence.tokens.iter_mut().find(inside)
                    {
                        token.lemma = lemma.into();
                    }
                }
                let syntax = Syntax::new(&text, &sentence);
                let side = |role: Role| {
                    (0..syntax.len() as Tok).find(|&t| Role::of(syntax.form(t)) == Some(role)).map(|t| (t, t))
                };
                let (actor, recipient) = (side(Role::Actor), side(Role::Recipient));
                let mentions = Mentions::find(&syntax, lexicon, None);
                let matcher = Matcher::new(&syntax, lexicon);
                let Some(root) = (0..syntax.len() as Tok).find(|&t| syntax.head(t).is_none()) else { continue };
                let features = collect(&matcher, &mentions, Site { root, actor, recipient }, None);
                lessons.push(Lesson { features, class, importance: 3.0 / variants as f32 });
            }
        }
        Chooser(Linear::fit(lessons, EPOCHS))
    }

    /// Writes the model for [`Chooser::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Reads what [`Chooser::to_bytes`] wrote; too few bytes are no model.
    pub fn from_bytes(bytes: &[u8]) -> Chooser {
        Chooser(Linear::from_bytes(bytes))
    }
}

/// The word of a phrase, given by its first and last token, that hangs on a word outside it.
pub fn top(syntax: &Syntax<'_>, (first, last): (Tok, Tok)) -> Option<Tok> {
    (first..=last).find(|&t| syntax.head(t).is_none_or(|h| h < first || h > last))
}

/// The word that ties two phrases: where their ways through the tree meet; where one is under the other, the word between.
pub fn meeting_point(matcher: &Matcher<'_, '_>, a: (Tok, Tok), b: (Tok, Tok)) -> Option<Tok> {
    let syntax = matcher.syntax;
    let inside = |tok: &Tok| (a.0..=a.1).contains(tok) || (b.0..=b.1).contains(tok);
    let between = roots(syntax, matcher.lexicon, top(syntax, a)?, top(syntax, b)?);
    between.iter().rev().find(|tok| !inside(tok)).or(between.last()).copied().or_else(|| top(syntax, a))
}

/// Gathers the hashed features of a site.
fn collect(matcher: &Matcher<'_, '_>, mentions: &Mentions, site: Site, told: Option<Told<'_>>) -> Vec<u32> {
    let mut features = Features(Vec::with_capacity(128));
    let syntax = matcher.syntax;
    let within = |side: Option<(Tok, Tok)>, t: Tok| side.is_some_and(|(first, last)| first <= t && t <= last);
    let word = |t: Tok| -> Option<&str> {
        if within(site.actor, t) {
            return Some("<actor>");
        }
        if within(site.recipient, t) {
            return Some("<recipient>");
        }
        if mentions.at(t).is_some() {
            return Some("<name>");
        }
        match syntax.token(t).upos {
            Upos::Punct | Upos::Det | Upos::Sym => None,
            Upos::Num => Some("<number>"),
            Upos::Propn => Some("<proper>"),
            _ => Some(syntax.lemma(t)),
        }
    };
    let mut put = |kind: u8, a: &str, b: &str| features.put(kind, a, b);
    put(0, "bias", "");
    // What the rules say of the main word.
    if let Some(Told { rules, matches }) = told {
        let mut silent = true;
        for found in matches.iter().filter(|m| m.words.contains(&site.root)) {
            let rule = &rules.all[found.rule as usize];
            let says = match &rule.outcome {
                Outcome::Act(event, _) => event.as_str(),
                Outcome::Nothing => "nothing",
                Outcome::Standing(..) => continue,
            };
            silent = false;
            let acting = found.actor.iter().any(|&tok| within(site.actor, tok));
            let acted_on = found.recipient.iter().any(|&tok| within(site.recipient, tok));
            put(20, says, "");
            put(21, says, if rule.words > 1 { "words" } else { "word" });
            put(
                22,
                says,
                match (acting, acted_on) {
                    (true, true) => "both",
                    (true, false) => "actor",
                    (false, true) => "recipient",
                    (false, false) => "neither",
                },
            );
        }
        if silent {
            put(23, "no rule", "");
        }
    }
    // The main word and what it governs say most.
    let root = syntax.lemma(site.root);
    let words = &matcher.lexicon.words;
    for set in words.sets_of.get(root).into_iter().flatten() {
        put(24, set, "");
    }
    if !syntax.is_verbal(site.root) {
        for verb in words.verbs_of.get(root).into_iter().flatten() {
            put(1, verb, "");
        }
    }
    put(1, root, "");
    put(2, root, if syntax.is_verbal(site.root) { "verb" } else { "noun" });
    // Deeds on the way between the sides.
    if let (Some(actor), Some(recipient)) =
        (site.actor.and_then(|a| top(syntax, a)), site.recipient.and_then(|r| top(syntax, r)))
    {
        for tok in roots(syntax, matcher.lexicon, actor, recipient) {
            if tok != site.root {
                put(27, syntax.lemma(tok), "");
                put(28, syntax.lemma(tok), root);
                for set in words.sets_of.get(syntax.lemma(tok)).into_iter().flatten() {
                    put(29, set, "");
                }
            }
        }
    }
    if let Some(embedded) =
        syntax.head(site.root).filter(|_| matches!(syntax.rel(site.root), Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl))
    {
        put(3, syntax.lemma(embedded), "");
        put(4, syntax.lemma(embedded), root);
    }
    for &kid in syntax.kids(site.root) {
        match syntax.rel(kid) {
            Deprel::Punct | Deprel::Det => {}
            Deprel::Aux | Deprel::AuxPass | Deprel::Mark => put(5, syntax.lemma(kid), ""),
            _ => {
                let inner = word(kid).unwrap_or("");
                put(6, root, inner);
                if let Some(case) = syntax.case(kid) {
                    put(7, root, case);
                    if within(site.recipient, kid) {
                        put(8, case, "<recipient>");
                    }
                }
                for &below in syntax.kids(kid) {
                    if let Some(lemma) = word(below)
                        && !matches!(syntax.rel(below), Deprel::Punct | Deprel::Det | Deprel::Case)
                    {
                        put(9, lemma, "");
                    }
                }
                put(10, inner, "");
                for set in words.sets_of.get(inner).into_iter().flatten() {
                    put(25, set, "");
                    put(26, set, root);
                }
            }
        }
    }
    // Words of the clause around it, in order, and pairs of neighbours.
    let (mut first, mut last) = (site.root, site.root);
    for (a, b) in site.actor.into_iter().chain(site.recipient) {
        first = first.min(a);
        last = last.max(b);
    }
    last = (last + 4).min(syntax.len() as Tok - 1);
    let mut before = "START";
    let mut gone: Option<&str> = None;
    for t in first..=last {
        let Some(lemma) = word(t) else { continue };
        if Some(lemma) == gone && matches!(lemma, "<actor>" | "<recipient>" | "<name>" | "<proper>") {
            continue;
        }
        gone = Some(lemma);
        put(11, lemma, "");
        put(12, before, lemma);
        before = lemma;
    }
    features.0
}

#[cfg(test)]
mod tests {
    use detente_grammar::Grammar;

    use super::*;
    use crate::syntax::tests::{lexicon, read, tok};

    fn trained() -> Chooser {
        let mut lexicon = lexicon().clone();
        lexicon.samples.clear();
        let mut kept = 0;
        lexicon.examples.retain(|_| {
            kept += 1;
            kept % 12 == 0
        });
        let grammar = Grammar::from_bytes(detente_model::grammar_bytes()).expect("the model is whole");
        let coder = Coder::new(grammar, lexicon);
        Chooser::train(&coder, &Trees::parse(&coder))
    }

    #[test]
    fn a_chooser_comes_back_as_it_was_written() {
        let chooser = trained();
        assert_eq!(Chooser::from_bytes(&chooser.to_bytes()).0, chooser.0);
    }

    #[test]
    fn training_twice_gives_the_same_bytes() {
        assert_eq!(trained().to_bytes(), trained().to_bytes());
    }

    #[test]
    fn without_a_model_there_is_no_opinion() {
        assert!(Chooser::from_bytes(&[]).is_empty());
        assert!(Chooser::default().is_empty());
        read("Norway expelled the envoy of Chad.", |syntax| {
            let mentions = Mentions::find(syntax, lexicon(), None);
            let matcher = Matcher::new(syntax, lexicon());
            let site = Site { root: tok(syntax, "expelled"), actor: None, recipient: None };
            assert!(Chooser::default().opinion(&matcher, &mentions, site, None).is_none());
        });
    }

    #[test]
    fn probabilities_sum_to_one() {
        let chooser = trained();
        read("Norway imposed sanctions on Chad.", |syntax| {
            let mentions = Mentions::find(syntax, lexicon(), None);
            let matcher = Matcher::new(syntax, lexicon());
            let side = |form| Some((tok(syntax, form), tok(syntax, form)));
            let site = Site { root: tok(syntax, "imposed"), actor: side("Norway"), recipient: side("Chad") };
            let opinion = chooser.opinion(&matcher, &mentions, site, None).expect("an opinion");
            assert!((opinion.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-3);
            let (best, probability) = opinion.best();
            assert_eq!(opinion.of(best), probability);
        });
    }

    #[test]
    fn phrases_meet_at_the_verb_between_them() {
        read("Norway imposed sanctions on Chad.", |syntax| {
            let at = |form| (tok(syntax, form), tok(syntax, form));
            let matcher = Matcher::new(syntax, lexicon());
            assert_eq!(meeting_point(&matcher, at("Norway"), at("Chad")), Some(tok(syntax, "imposed")));
        });
    }
}
