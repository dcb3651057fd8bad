//! What the parser looks at to choose a step, in the manner of Zhang and Nivre (2011), with a noun's own preposition added.

use super::state::{Node, State};
use crate::weights::{Feature, among, feature};

/// How many features a choice of step has.
pub(crate) const STEP_TEMPLATES: usize = 127;

/// The features among them that a quick choice looks at.
const QUICK: [usize; QUICK_STEP_TEMPLATES] =
    [16, 20, 21, 22, 41, 44, 48, 52, 53, 63, 65, 76, 80, 84, 89, 91, 102, 110, 113];

/// How many features a quick choice of step has.
pub(crate) const QUICK_STEP_TEMPLATES: usize = 19;

/// Numbers the templates after those of the tagger.
const BASE: u32 = 1000;

/// Fills the features of the state.
pub(crate) fn step_features(state: &State, out: &mut [Feature; STEP_TEMPLATES]) {
    fill(state, &[true; STEP_TEMPLATES], out);
}

/// Fills those features of the state that a quick choice looks at.
pub(crate) fn quick_step_features(state: &State, out: &mut [Feature; QUICK_STEP_TEMPLATES]) {
    fill(state, const { &among(&QUICK) }, out);
}

/// Fills the features that are wanted.
#[inline(always)]
fn fill(state: &State, wanted: &[bool; STEP_TEMPLATES], out: &mut [Feature]) {
    let node = |index: usize| -> &Node { state.node(index) };
    let (i0, j0) = (state.stacked(0), state.coming(0));
    let (s0, s1, s2) = (node(i0), node(state.stacked(1)), node(state.stacked(2)));
    let (n0, n1, n2, n3) = (node(j0), node(state.coming(1)), node(state.coming(2)), node(state.coming(3)));
    let s0h = node(s0.head);
    let s0hh = node(s0h.head);
    let (s0l, s0l2, s0r, s0r2) = (node(s0.left[0]), node(s0.left[1]), node(s0.right[0]), node(s0.right[1]));
    let (n0l, n0l2) = (node(n0.left[0]), node(n0.left[1]));
    let s1r = node(s1.right[0]);
    let distance = match j0.saturating_sub(i0) {
        near @ 0..=4 => near as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        _ => 8,
    };
    let between = u32::from(n0.commas.saturating_sub(s0.commas).min(3))
        | u32::from(n0.verbs.saturating_sub(s0.verbs).min(3)) << 2
        | u32::from(n0.conjunctions.saturating_sub(s0.conjunctions).min(2)) << 4
        | u32::from(n0.marks.saturating_sub(s0.marks).min(2)) << 6;
    // The punctuation after the top of the stack, before the next word, and after it.
    let (m0, m1, m2) = (node((i0 + 1).min(state.root() + 1)).marks_before, n0.marks_before, n1.marks_before);
    let tag = |n: &Node| u32::from(n.tag);
    let tag2 = |a: &Node, b: &Node| u32::from(a.tag) << 8 | u32::from(b.tag);
    let tag3 = |a: &Node, b: &Node, c: &Node| u32::from(a.tag) << 16 | u32::from(b.tag) << 8 | u32::from(c.tag);
    let label = |n: &Node| u32::from(n.label);
    let class = |n: &Node| u32::from(n.class);
    let family = |n: &Node| u32::from(n.family);
    let seconds = |n: &Node| u32::from(n.tag) << 8 | u32::from(n.second);
    let set = |labels: u64| (labels ^ (labels >> 32).wrapping_mul(0x9e37_79b1)) as u32;
    let (s0vl, s0vr, n0vl) =
        (u32::from(s0.left_count.min(4)), u32::from(s0.right_count.min(4)), u32::from(n0.left_count.min(4)));
    let (mut count, mut filled) = (0, 0);
    let mut add = |a: u32, b: u32, c: u32| {
        if wanted[count] {
            out[filled] = feature(BASE + count as u32, a, b, c);
            filled += 1;
        }
        count += 1;
    };
    // One word.
    add(s0.word, 0, 0);
    add(tag(s0), 0, 0);
    add(s0.word, tag(s0), 0);
    add(n0.word, 0, 0);
    add(tag(n0), 0, 0);
    add(n0.word, tag(n0), 0);
    add(n1.word, 0, 0);
    add(tag(n1), 0, 0);
    add(n1.word, tag(n1), 0);
    add(n2.word, tag(n2), 0);
    add(tag(n2), 0, 0);
    add(s1.word, tag(s1), 0);
    add(tag(s1), 0, 0);
    add(seconds(s0), 0, 0);
    add(seconds(n0), 0, 0);
    add(seconds(n1), 0, 0);
    add(seconds(s0), seconds(n0), 0);
    // Pairs of stack and next word.
    add(s0.word, n0.word, tag2(s0, n0));
    add(s0.word, n0.word, tag(n0));
    add(s0.word, n0.word, tag(s0) << 8);
    add(s0.word, tag2(s0, n0), 0);
    add(n0.word, tag2(s0, n0), 0);
    add(s0.word, n0.word, 0);
    add(s0.word, tag(n0), 0);
    add(n0.word, tag(s0), 0);
    add(tag2(s0, n0), 0, 0);
    add(tag2(n0, n1), 0, 0);
    add(n0.word, n1.word, 0);
    add(n0.word, tag(n1), 0);
    add(tag(n0), n1.word, 0);
    add(tag2(s0, n1), 0, 0);
    add(s0.word, n1.word, 0);
    add(tag2(s1, s0), 0, 0);
    add(s1.word, s0.word, 0);
    add(s1.word, tag(s0), 0);
    add(tag(s1), s0.word, 0);
    add(tag2(s1, n0), 0, 0);
    add(s1.word, n0.word, 0);
    add(s1.word, tag(n0), 0);
    add(tag(s1), n0.word, 0);
    // Three words.
    add(tag3(n0, n1, n2), 0, 0);
    add(tag3(s0, n0, n1), 0, 0);
    add(tag3(s0, n0, n1), tag(n2), 0);
    add(tag3(n0, n1, n2), tag(n3), 0);
    add(tag3(s0h, s0, n0), 0, 0);
    add(tag3(s0, s0l, n0), 0, 0);
    add(tag3(s0, s0r, n0), 0, 0);
    add(tag3(s0, n0, n0l), 0, 0);
    add(tag3(s1, s0, n0), 0, 0);
    add(tag3(s1, s0, n0), tag(n1), 0);
    add(tag3(s2, s1, s0), tag(n0), 0);
    add(tag3(s1, n0, n1), 0, 0);
    add(s0.word, tag3(s0, n0, n1), 0);
    add(n0.word, tag3(s0, n0, n1), 0);
    add(n1.word, tag3(s0, n0, n1), 0);
    add(s0.word, tag3(s1, s0, n0), 0);
    add(n0.word, tag3(s1, s0, n0), 0);
    add(s1.word, tag3(s1, s0, n0), 0);
    // Distance and what stands between.
    add(s0.word, distance, 0);
    add(tag(s0), distance, 0);
    add(n0.word, distance, 0);
    add(tag(n0), distance, 0);
    add(s0.word, n0.word, distance);
    add(tag2(s0, n0), distance, 0);
    add(tag2(s0, n0), between, 0);
    add(tag2(s0, n0), between, distance);
    add(s0.word, between, tag(n0));
    add(n0.word, between, tag(s0));
    add(tag3(s0, n0, n1), between, 0);
    // How many children, and which.
    add(s0.word, s0vr, 1);
    add(tag(s0), s0vr, 2);
    add(s0.word, s0vl, 3);
    add(tag(s0), s0vl, 4);
    add(n0.word, n0vl, 5);
    add(tag(n0), n0vl, 6);
    add(s0.word, set(s0.right_labels), 0);
    add(tag2(s0, n0), set(s0.right_labels), 0);
    add(s0.word, set(s0.left_labels), 0);
    add(tag2(s0, n0), set(s0.left_labels), 0);
    add(n0.word, set(n0.left_labels), 0);
    add(tag2(s0, n0), set(n0.left_labels), 1);
    add(tag(s0), set(s0.left_labels), set(s0.right_labels));
    // Heads and children.
    add(s0h.word, 0, 0);
    add(tag(s0h), label(s0), 0);
    add(label(s0), tag2(s0, n0), 0);
    add(s0.word, label(s0), tag(n0));
    add(s0l.word, 0, 0);
    add(tag(s0l), label(s0l), tag(s0));
    add(s0r.word, tag(s0), 0);
    add(tag(s0r), label(s0r), tag2(s0, n0));
    add(n0l.word, tag(n0), 0);
    add(tag(n0l), label(n0l), tag2(s0, n0));
    add(s0hh.word, tag(s0), tag(n0));
    add(tag3(s0hh, s0h, s0), label(s0h), tag(n0));
    add(tag(s0l2), label(s0l2), tag(s0));
    add(tag(s0r2), label(s0r2), tag2(s0, n0));
    add(tag(n0l2), label(n0l2), tag(n0));
    add(tag3(s0, s0l, s0l2), 0, 0);
    add(tag3(s0, s0r, s0r2), tag(n0), 0);
    add(tag3(n0, n0l, n0l2), tag(s0), 0);
    add(label(s0), label(s1), tag2(s0, n0));
    add(tag3(s1, s1r, s0), tag(n0), 0);
    // A noun with its preposition, a clause with its mark: above what do they hang?
    add(s0.word, n0l.word, tag(n0));
    add(s0.word, n0l.word, n0.word);
    add(tag(s0), n0l.word, tag(n0));
    add(tag(s0), n0l.word, n0.word);
    add(s1.word, n0l.word, tag2(s0, n0));
    add(s0h.word, n0l.word, tag2(s0, n0));
    add(s0h.word, s0.word, n0l.word);
    add(tag2(s0h, s0), n0l.word, tag(n0));
    // Punctuation.
    add(m1, tag2(s0, n0), 0);
    add(m2, tag2(s0, n0), 1);
    add(m0, tag2(s0, n0), 2);
    add(m1, m2, tag2(s0, n0));
    add(m0, m1, tag2(s0, n0));
    add(m1, s0.word, tag(n0));
    add(m1, n0.word, tag(s0));
    add(m1, tag3(s1, s0, n0), 0);
    add(m1, tag3(s0, n0, n1), m2);
    add(m1, distance, tag2(s0, n0));
    add(m1, label(s0), tag2(s0, n0));
    // Classes of words by company.
    add(class(s0), class(n0), 0);
    add(class(s0), tag2(s0, n0), 0);
    add(class(n0), tag2(s0, n0), 1);
    add(class(s0), n0l.word, tag(n0));
    add(family(s0), family(n0), n0l.word);
    add(family(s0) << 8 | family(n0), family(n1), tag(n0l));
    debug_assert_eq!(count, STEP_TEMPLATES);
}
