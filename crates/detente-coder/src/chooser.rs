//! The chooser: a linear model of which type an act is, from the words around its main word and sides.
//!
//! It is trained on the lexicon's own sentences and rule examples when the program is built. It weighs in where a
//! rule could be meant otherwise, and proposes a type where two actors stand in a clause that no rule knows.

use detente_grammar::{Deprel, Grammar, Upos};
use detente_lexicon::{Expect, Lexicon};

use crate::{
    frame::Slot,
    inflection::Lemmas,
    matching::Matcher,
    mention::Mentions,
    ontology::EventType,
    rule::{Role, plain, staged},
    syntax::{Syntax, Tok},
};

/// Number of hashed features.
const FEATURES: usize = 1 << 17;
/// Types, and one more for no act.
const CLASSES: usize = 17;
/// The class of no act.
const NONE: usize = 16;

/// A linear model over hashed features: weights of each feature for each class.
#[derive(Clone, Debug, Default)]
pub struct Chooser {
    weights: Vec<i8>,
    scale: f32,
}

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
        self.weights.is_empty()
    }

    /// What the words say at a site.
    pub fn opinion(&self, matcher: &Matcher<'_, '_>, mentions: &Mentions, site: Site) -> Option<Opinion> {
        if self.is_empty() {
            return None;
        }
        let mut features = Vec::with_capacity(128);
        collect(matcher, mentions, site, &mut features);
        let mut scores = [0f32; CLASSES];
        for &feature in &features {
            let row = &self.weights[feature as usize * CLASSES..][..CLASSES];
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += f32::from(weight);
            }
        }
        let norm = self.scale / (features.len().max(1) as f32).sqrt();
        Some(Opinion { probabilities: softmax(scores.map(|s| s * norm)) })
    }

    /// Trains on the samples and examples of a lexicon.
    pub fn train(lexicon: &Lexicon, grammar: &Grammar) -> Chooser {
        let mut data: Vec<(Vec<u32>, usize, f32)> = Vec::new();
        let lemmas = Lemmas::new(lexicon);
        for sample in &lexicon.samples {
            let Some(event) = EventType::parse(&sample.kind) else { continue };
            for mut sentence in grammar.parse(&sample.text) {
                lemmas.mend(&sample.text, &mut sentence);
                let syntax = Syntax::new(&sample.text, &sentence);
                let (Some(actor), Some(recipient)) =
                    (syntax.toks_within(&sample.actor), syntax.toks_within(&sample.recipient))
                else {
                    continue;
                };
                let mentions = Mentions::find(&syntax, lexicon, None);
                let matcher = Matcher::new(&syntax, lexicon);
                let Some(root) = meeting_point(&syntax, actor, recipient) else { continue };
                let mut features = Vec::new();
                let site = Site { root, actor: Some(actor), recipient: Some(recipient) };
                collect(&matcher, &mentions, site, &mut features);
                data.push((features, event as usize, 1.0));
                // Other clauses of the sentence are, as far as anybody says, no act between these two.
                for other in
                    (0..syntax.len() as Tok).filter(|&t| t != root && syntax.is_verbal(t) && !syntax.is_under(root, t))
                {
                    let frame = matcher.frame(other);
                    let (subject, object) = (frame.at(Slot::Subj).next(), frame.at(Slot::Obj).next());
                    if let (Some(subject), Some(object)) = (subject, object) {
                        let mut features = Vec::new();
                        let site =
                            Site { root: other, actor: Some((subject, subject)), recipient: Some((object, object)) };
                        collect(&matcher, &mentions, site, &mut features);
                        data.push((features, NONE, 0.3));
                    }
                }
            }
        }
        for example in &lexicon.examples {
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
            let [sentence] = &grammar.parse(&text)[..] else { continue };
            // Each word of a set once: the example with that word.
            let longest =
                sets.iter().filter_map(|(_, name)| lexicon.words.sets.get(name)).map(Vec::len).max().unwrap_or(1);
            let variants = longest.clamp(1, 12);
            for variant in 0..variants {
                let mut sentence = sentence.clone();
                lemmas.mend(&text, &mut sentence);
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
                let mut features = Vec::new();
                collect(&matcher, &mentions, Site { root, actor, recipient }, &mut features);
                data.push((features, class, 1.2 / variants as f32));
            }
        }
        fit(data)
    }

    /// Writes the model for [`Chooser::from_bytes`]: only features that some class weighs.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.scale.to_le_bytes().to_vec();
        for (feature, row) in self.weights.chunks_exact(CLASSES).enumerate() {
            if row.iter().any(|&w| w != 0) {
                bytes.extend_from_slice(&(feature as u32).to_le_bytes());
                bytes.extend(row.iter().map(|&w| w as u8));
            }
        }
        bytes
    }

    /// Reads what [`Chooser::to_bytes`] wrote; too few bytes are no model.
    pub fn from_bytes(bytes: &[u8]) -> Chooser {
        let Some((scale, rows)) = bytes.split_first_chunk::<4>() else { return Chooser::default() };
        let mut weights = vec![0i8; FEATURES * CLASSES];
        for row in rows.chunks_exact(4 + CLASSES) {
            let feature = u32::from_le_bytes([row[0], row[1], row[2], row[3]]) as usize % FEATURES;
            for (weight, &byte) in weights[feature * CLASSES..][..CLASSES].iter_mut().zip(&row[4..]) {
                *weight = byte as i8;
            }
        }
        Chooser { weights, scale: f32::from_le_bytes(*scale) }
    }
}

fn softmax(scores: [f32; CLASSES]) -> [f32; CLASSES] {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|s| (s - most).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|p| p / sum)
}

/// Softmax regression by stochastic gradients with step sizes of their own for each weight (AdaGrad).
fn fit(mut data: Vec<(Vec<u32>, usize, f32)>) -> Chooser {
    const EPOCHS: usize = 12;
    const RATE: f32 = 0.5;
    const DECAY: f32 = 2e-6;
    let mut weights = vec![0f32; FEATURES * CLASSES];
    let mut squares = vec![1e-2f32; FEATURES * CLASSES];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..EPOCHS {
        // Fisher and Yates' shuffle, the same in every run.
        for at in (1..data.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            data.swap(at, (state % (at as u64 + 1)) as usize);
        }
        for (features, class, importance) in &data {
            let norm = 1.0 / (features.len().max(1) as f32).sqrt();
            let mut scores = [0f32; CLASSES];
            for &feature in features {
                for (score, weight) in scores.iter_mut().zip(&weights[feature as usize * CLASSES..][..CLASSES]) {
                    *score += weight;
                }
            }
            let mut gradient = softmax(scores.map(|s| s * norm));
            gradient[*class] -= 1.0;
            for &feature in features {
                let row = feature as usize * CLASSES;
                for class in 0..CLASSES {
                    let step = gradient[class] * importance * norm + DECAY * weights[row + class];
                    squares[row + class] += step * step;
                    weights[row + class] -= RATE * step / squares[row + class].sqrt();
                }
            }
        }
    }
    let most = weights.iter().copied().fold(1e-6f32, |m, w| m.max(w.abs()));
    let scale = most.min(6.0) / 127.0;
    Chooser { weights: weights.iter().map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8).collect(), scale }
}

/// The word where the paths from two phrases meet: the verb or noun that ties them.
pub fn meeting_point(syntax: &Syntax<'_>, a: (Tok, Tok), b: (Tok, Tok)) -> Option<Tok> {
    let top =
        |(first, last): (Tok, Tok)| (first..=last).find(|&t| syntax.head(t).is_none_or(|h| h < first || h > last));
    let (a, b) = (top(a)?, top(b)?);
    let mut above = Some(a);
    while let Some(at) = above {
        if syntax.is_under(b, at) {
            // The main verb of a light or controlled construction is the word that says what happens.
            return Some(at);
        }
        above = syntax.head(at);
    }
    None
}

/// Gathers the hashed features of a site.
fn collect(matcher: &Matcher<'_, '_>, mentions: &Mentions, site: Site, features: &mut Vec<u32>) {
    let syntax = matcher.syntax;
    let within = |side: Option<(Tok, Tok)>, t: Tok| side.is_some_and(|(first, last)| first <= t && t <= last);
    let word = |t: Tok| -> Option<&str> {
        if within(site.actor, t) {
            return Some("ACTOR");
        }
        if within(site.recipient, t) {
            return Some("RECIPIENT");
        }
        if mentions.at(t).is_some() {
            return Some("NAME");
        }
        match syntax.token(t).upos {
            Upos::Punct | Upos::Det | Upos::Sym => None,
            Upos::Num => Some("NUMBER"),
            Upos::Propn => Some("PROPER"),
            _ => Some(syntax.lemma(t)),
        }
    };
    let mut put = |kind: u8, a: &str, b: &str| {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(kind);
        for byte in a.bytes().map(|b| b.to_ascii_lowercase()).chain([0xff]).chain(b.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        features.push(((hash ^ (hash >> 29)) % FEATURES as u64) as u32);
    };
    put(0, "bias", "");
    // The main word and what it governs say most.
    let root = syntax.lemma(site.root);
    put(1, root, "");
    put(2, root, if syntax.is_verbal(site.root) { "verb" } else { "noun" });
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
                        put(8, case, "RECIPIENT");
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
        if Some(lemma) == gone && matches!(lemma, "ACTOR" | "RECIPIENT" | "NAME" | "PROPER") {
            continue;
        }
        gone = Some(lemma);
        put(11, lemma, "");
        put(12, before, lemma);
        before = lemma;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::tests::{grammar, lexicon, read, tok};

    fn trained() -> Chooser {
        let mut lexicon = lexicon().clone();
        lexicon.samples.clear();
        let mut kept = 0;
        lexicon.examples.retain(|_| {
            kept += 1;
            kept % 12 == 0
        });
        Chooser::train(&lexicon, grammar())
    }

    #[test]
    fn a_chooser_comes_back_as_it_was_written() {
        let chooser = trained();
        let again = Chooser::from_bytes(&chooser.to_bytes());
        assert_eq!(again.weights, chooser.weights);
        assert_eq!(again.scale, chooser.scale);
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
            assert!(Chooser::default().opinion(&matcher, &mentions, site).is_none());
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
            let opinion = chooser.opinion(&matcher, &mentions, site).expect("an opinion");
            assert!((opinion.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-3);
            let (best, probability) = opinion.best();
            assert_eq!(opinion.of(best), probability);
        });
    }

    #[test]
    fn phrases_meet_at_the_verb_between_them() {
        read("Norway imposed sanctions on Chad.", |syntax| {
            let at = |form| (tok(syntax, form), tok(syntax, form));
            assert_eq!(meeting_point(syntax, at("Norway"), at("Chad")), Some(tok(syntax, "imposed")));
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            Chooser::from_bytes(&bytes);
        }
    }
}
