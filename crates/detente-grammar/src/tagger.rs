//! Greedy tagger, left to right: one linear classifier over part of speech and Penn tag together.

use crate::atoms::{Atoms, Case, case_of};
use crate::vocabulary::{UNCERTAIN, Vocabulary};
use crate::weights::{Feature, Quick, Sparse, among, best_two, feature};

/// Number of a pair of universal and Penn tag in the model.
pub(crate) type Tag = u8;

/// The tag of the places before the first word and after the last.
pub(crate) const EDGE: Tag = 127;

/// Places before the first word and after the last.
const MARGIN: usize = 2;

/// How many templates [`features`] fills.
pub(crate) const TEMPLATES: usize = 52;

/// The features among them that a quick choice looks at.
const QUICK: [usize; QUICK_TEMPLATES] = [3, 7, 15, 16, 17, 18, 23, 24, 25, 30, 32, 38, 42];

/// How many features a quick choice of tag has.
pub(crate) const QUICK_TEMPLATES: usize = 13;

/// A sentence being tagged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tagging {
    /// The words, with edges around.
    words: Vec<Atoms>,
    /// Best tag of each word, with edges around.
    best: Vec<Tag>,
    /// Runner-up where the choice was close, else the best tag again.
    second: Vec<Tag>,
    /// How far the best tag's score is above the second's.
    margins: Vec<i32>,
    length: usize,
}

impl Tagging {
    /// Reads the words of a sentence; their tags are not set yet.
    pub(crate) fn read<'t>(&mut self, forms: impl Iterator<Item = &'t str> + Clone, vocabulary: &Vocabulary) {
        self.words.clear();
        self.words.extend([Atoms::edge(true); MARGIN]);
        let case: Case = case_of(forms.clone());
        let mut first = true;
        for form in forms {
            let word = Atoms::read(form, first, case, vocabulary);
            first &= !form.contains(char::is_alphanumeric);
            self.words.push(word);
        }
        self.length = self.words.len() - MARGIN;
        self.words.extend([Atoms::edge(false); MARGIN]);
        self.best.clear();
        self.best.resize(self.words.len(), EDGE);
        self.second.clear();
        self.second.resize(self.words.len(), EDGE);
        self.margins.clear();
        self.margins.resize(self.words.len(), i32::MAX);
    }

    pub(crate) fn length(&self) -> usize {
        self.length
    }

    pub(crate) fn word(&self, index: usize) -> &Atoms {
        &self.words[index + MARGIN]
    }

    pub(crate) fn best(&self, index: usize) -> Tag {
        self.best[index + MARGIN]
    }

    pub(crate) fn second(&self, index: usize) -> Tag {
        self.second[index + MARGIN]
    }

    /// How far the best tag's score is above the second's; the greatest number where there was no choice.
    pub(crate) fn margin(&self, index: usize) -> i32 {
        self.margins[index + MARGIN]
    }

    /// Sets a tag that there is no doubt about.
    pub(crate) fn set(&mut self, index: usize, tag: Tag) {
        self.best[index + MARGIN] = tag;
        self.second[index + MARGIN] = tag;
    }

    /// Sets the best tag, and the second where the margin is not above `close`.
    fn choose(&mut self, index: usize, best: Tag, second: Tag, margin: i32, close: i32) {
        self.best[index + MARGIN] = best;
        self.second[index + MARGIN] = if margin <= close { second } else { best };
        self.margins[index + MARGIN] = margin;
    }

    /// Forgets second tags whose margin is above `close`.
    pub(crate) fn keep_close(&mut self, close: i32) {
        for index in 0..self.length {
            if self.margin(index) > close {
                self.set(index, self.best(index));
            }
        }
    }

    /// Fills the features of the word at `index`; the tags before it must be set.
    pub(crate) fn features(&self, index: usize, out: &mut [Feature; TEMPLATES]) {
        self.fill(index, &[true; TEMPLATES], out);
    }

    /// Fills those features of the word at `index` that a quick choice looks at.
    pub(crate) fn quick_features(&self, index: usize, out: &mut [Feature; QUICK_TEMPLATES]) {
        self.fill(index, const { &among(&QUICK) }, out);
    }

    /// Fills the features that are wanted.
    #[inline(always)]
    fn fill(&self, index: usize, wanted: &[bool; TEMPLATES], out: &mut [Feature]) {
        let at = index + MARGIN;
        let [a2, a1, w, b1, b2] =
            [&self.words[at - 2], &self.words[at - 1], &self.words[at], &self.words[at + 1], &self.words[at + 2]];
        let t1 = u32::from(self.best[at - 1]);
        let t2 = u32::from(self.best[at - 2]);
        let class = |word: &Atoms| u32::from(word.entry.class);
        let family = |word: &Atoms| u32::from(word.entry.family);
        let tags = |word: &Atoms| u32::from(word.entry.tags);
        let (mut count, mut filled) = (0, 0);
        let mut add = |a: u32, b: u32, c: u32| {
            if wanted[count] {
                out[filled] = feature(count as u32 + 1, a, b, c);
                filled += 1;
            }
            count += 1;
        };
        add(0, 0, 0);
        add(w.lower, 0, 0);
        add(w.exact, 0, 0);
        add(w.lower, w.shape, 0);
        add(w.shape, 0, 0);
        add(w.shape, w.suffixes[1], 0);
        add(w.shape, w.suffixes[2], 0);
        add(w.shape, tags(w), 0);
        add(w.prefixes[0], 0, 0);
        add(w.prefixes[1], 0, 0);
        add(w.prefixes[2], 0, 0);
        add(w.prefixes[3], 0, 0);
        add(w.suffixes[0], 0, 0);
        add(w.suffixes[1], 0, 0);
        add(w.suffixes[2], 0, 0);
        add(w.suffixes[3], 0, 0);
        add(w.suffixes[4], 0, 0);
        add(w.suffixes[2], t1, 0);
        add(w.suffixes[1], t1, tags(b1));
        add(a1.lower, 0, 0);
        add(b1.lower, 0, 0);
        add(a2.lower, 0, 0);
        add(b2.lower, 0, 0);
        add(a1.lower, w.lower, 0);
        add(w.lower, b1.lower, 0);
        add(a1.lower, b1.lower, 0);
        add(a2.lower, a1.lower, 0);
        add(b1.lower, b2.lower, 0);
        add(t1, 0, 0);
        add(t1, t2, 0);
        add(t1, w.lower, 0);
        add(t1, t2, w.lower);
        add(t1, tags(w), tags(b1));
        add(t1, t2, tags(w));
        add(tags(w), 0, 0);
        add(tags(b1), 0, 0);
        add(tags(b1), tags(b2), 0);
        add(tags(b1), tags(b2), tags(w));
        add(w.lower, tags(b1), 0);
        add(t1, tags(b1), 0);
        add(class(w), 0, 0);
        add(family(w), w.shape, 0);
        add(class(w), t1, 0);
        add(class(w), class(b1), 0);
        add(class(a1), class(w), 0);
        add(class(b1), t1, w.shape);
        add(family(a1), family(b1), tags(w));
        add(b1.suffixes[2], 0, 0);
        add(b1.suffixes[1], w.suffixes[1], 0);
        add(a1.shape, w.shape, b1.shape);
        add(w.shape, t1, 0);
        add(a1.suffixes[2], w.suffixes[2], 0);
        debug_assert_eq!(count, TEMPLATES);
    }
}

/// The tagger's weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tagger {
    pub(crate) weights: Sparse,
    pub(crate) quick: Quick<Sparse>,
    /// How many tags there are.
    pub(crate) classes: usize,
    /// A runner-up this much below the best, in units of weight, is kept.
    pub(crate) close: i32,
}

impl Tagger {
    /// Sets the tags of the words that `tagging` has read.
    pub(crate) fn tag(&self, tagging: &mut Tagging) {
        let mut quick_features = [0; QUICK_TEMPLATES];
        let mut features = [0; TEMPLATES];
        for index in 0..tagging.length() {
            let certain = tagging.word(index).entry.certain;
            if certain != UNCERTAIN && usize::from(certain) < self.classes {
                tagging.set(index, certain);
                continue;
            }
            if self.quick.is_there() {
                tagging.quick_features(index, &mut quick_features);
                if let Some(tag) = self.quick_tag(&quick_features) {
                    tagging.set(index, tag);
                    continue;
                }
            }
            tagging.features(index, &mut features);
            let (best, second, margin) = ahead(&self.weights, &features, self.classes);
            tagging.choose(index, best as Tag, second as Tag, margin, self.close);
        }
    }

    /// The tag that a quick choice is sure of.
    pub(crate) fn quick_tag(&self, features: &[Feature; QUICK_TEMPLATES]) -> Option<Tag> {
        let (best, _, margin) = ahead(&self.quick.table, features, self.classes);
        self.quick.is_sure(best, margin).then_some(best as Tag)
    }
}

/// The best tag, the second best, and how far the first is ahead.
pub(crate) fn ahead<const N: usize>(table: &Sparse, features: &[Feature; N], classes: usize) -> (usize, usize, i32) {
    let mut scores = [0; 128];
    table.score(features, &mut scores);
    let (best, second) = best_two(&scores[..classes.min(126)]);
    (best, second, scores[best] - scores[second])
}
