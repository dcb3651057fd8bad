//! What the parser looks at to name the relation between a word and its head.

use super::state::{Node, State};
use crate::weights::{Feature, among, feature};

/// How many features a relation has.
pub(crate) const LABEL_TEMPLATES: usize = 60;

/// The features among them that a quick choice looks at.
const QUICK: [usize; QUICK_LABEL_TEMPLATES] = [5, 6, 7, 10, 13, 19, 20, 28, 30, 33, 44, 47, 50, 56];

/// How many features a quick choice of relation has.
pub(crate) const QUICK_LABEL_TEMPLATES: usize = 14;

/// Numbers the templates after those of the steps.
const BASE: u32 = 2000;

/// Fills the features of the relation of `dependent` to `head`.
pub(crate) fn label_features(state: &State, head: usize, dependent: usize, out: &mut [Feature; LABEL_TEMPLATES]) {
    fill(state, head, dependent, &[true; LABEL_TEMPLATES], out);
}

/// Fills those features of the relation of `dependent` to `head` that a quick choice looks at.
pub(crate) fn quick_label_features(
    state: &State,
    head: usize,
    dependent: usize,
    out: &mut [Feature; QUICK_LABEL_TEMPLATES],
) {
    fill(state, head, dependent, const { &among(&QUICK) }, out);
}

/// Fills the features that are wanted.
#[inline(always)]
fn fill(state: &State, head: usize, dependent: usize, wanted: &[bool; LABEL_TEMPLATES], out: &mut [Feature]) {
    let node = |index: usize| -> &Node { state.node(index) };
    let near = |index: usize, step: isize| -> &Node {
        node(index.checked_add_signed(step).map_or(state.root() + 1, |at| at.min(state.root() + 1)))
    };
    let (h, d) = (node(head), node(dependent));
    let right = u32::from(dependent > head);
    let distance = right
        | match head.abs_diff(dependent) {
            1 => 0,
            2 => 1,
            3 => 2,
            4..=6 => 3,
            7..=10 => 4,
            _ => 5,
        } << 1;
    let (first, last) = if dependent > head { (h, d) } else { (d, h) };
    let between = right
        | u32::from(last.commas.saturating_sub(first.commas).min(3)) << 1
        | u32::from(last.verbs.saturating_sub(first.verbs).min(3)) << 3
        | u32::from(last.conjunctions.saturating_sub(first.conjunctions).min(1)) << 5
        | u32::from(last.marks.saturating_sub(first.marks).min(1)) << 6;
    // The outermost children of the dependent on either side, and those of the head.
    let (dl, dl2, dr) = (node(d.left[0]), node(d.left[1]), node(d.right[0]));
    let (hl, hl2, hr, hr2) = (node(h.left[0]), node(h.left[1]), node(h.right[0]), node(h.right[1]));
    let hh = node(h.head);
    let (before, after, next) = (near(dependent, -1), near(dependent, 1), near(head, 1));
    let tag = |n: &Node| u32::from(n.tag);
    let tag2 = |a: &Node, b: &Node| u32::from(a.tag) << 8 | u32::from(b.tag) | right << 16;
    let label = |n: &Node| u32::from(n.label);
    let seconds = |n: &Node| u32::from(n.tag) << 8 | u32::from(n.second);
    let set = |labels: u64| (labels ^ (labels >> 32).wrapping_mul(0x9e37_79b1)) as u32;
    let pair = tag2(h, d);
    let (mut count, mut filled) = (0, 0);
    let mut add = |a: u32, b: u32, c: u32| {
        if wanted[count] {
            out[filled] = feature(BASE + count as u32, a, b, c);
            filled += 1;
        }
        count += 1;
    };
    add(pair, 0, 0);
    add(h.word, right, 0);
    add(d.word, right, 0);
    add(h.word, tag(h), right);
    add(d.word, tag(d), right);
    add(h.word, pair, 0);
    add(d.word, pair, 0);
    add(h.word, d.word, pair);
    add(h.word, d.word, right);
    add(pair, distance, 0);
    add(pair, between, 0);
    add(d.word, between, 0);
    add(h.word, between, tag(d));
    add(seconds(h), seconds(d), right);
    add(seconds(d), right, 0);
    // The dependent's own children: its preposition, mark, auxiliary.
    add(dl.word, pair, 0);
    add(dl.word, d.word, right);
    add(dl.word, h.word, right);
    add(dl.word, h.word, pair);
    add(tag(dl), label(dl), pair);
    add(dl2.word, pair, 0);
    add(tag(dl2), label(dl2), pair);
    add(label(dl), label(dl2), pair);
    add(tag(dr), label(dr), pair);
    add(dr.word, pair, 0);
    add(set(d.left_labels), pair, 0);
    add(set(d.left_labels), d.word, right);
    add(set(d.right_labels), pair, 0);
    add(set(d.left_labels), set(d.right_labels), pair);
    add(set(d.left_labels), pair, between);
    // The head's other children: has it a subject, an object, a passive auxiliary?
    add(set(h.left_labels), pair, 0);
    add(set(h.left_labels), d.word, pair);
    add(set(h.left_labels), h.word, pair);
    add(set(h.right_labels), pair, 0);
    add(set(h.right_labels), h.word, pair);
    add(set(h.left_labels), set(h.right_labels), pair);
    add(set(h.left_labels), set(d.left_labels), pair);
    add(label(hl), tag(hl), pair);
    add(label(hl2), tag(hl2), pair);
    add(label(hr), tag(hr), pair);
    add(label(hr2), tag(hr2), pair);
    add(hl.word, pair, 0);
    // The head's head.
    add(label(h), pair, 0);
    add(tag(hh), pair, label(h));
    add(hh.word, pair, 0);
    // The words around.
    add(tag2(before, d), tag(after), right);
    add(tag(before), pair, 0);
    add(tag(after), pair, 0);
    add(tag2(before, after), pair, distance);
    add(before.word, pair, 0);
    add(after.word, pair, 0);
    add(tag(next), pair, 0);
    // Punctuation around the dependent.
    add(d.marks_before, pair, 0);
    add(after.marks_before, pair, 0);
    add(d.marks_before, after.marks_before, pair);
    add(d.marks_before, set(d.left_labels), pair);
    // Classes of words by company.
    add(u32::from(h.class), u32::from(d.class), right);
    add(u32::from(d.class), pair, 0);
    add(u32::from(d.class), dl.word, pair);
    add(u32::from(h.class), tag(d), dl.word);
    debug_assert_eq!(count, LABEL_TEMPLATES);
}
