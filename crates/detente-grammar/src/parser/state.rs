//! The state of an arc-eager parse: a stack, the words still to come, and the tree so far.

use crate::atoms::lower_hash;
use crate::tagger::{EDGE, Tag, Tagging};
use crate::tree::{Deprel, Upos};

/// Tag of a node that is not there.
pub(crate) const NONE_TAG: Tag = EDGE;

/// Tag of the root, which stands after the last word.
const ROOT_TAG: Tag = 126;

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Puts the next word on the stack.
    Shift,
    /// Takes the top of the stack off; it has its head.
    Reduce,
    /// Hangs the top of the stack from the next word and takes it off.
    Left,
    /// Hangs the next word from the top of the stack and puts it there.
    Right,
}

impl Step {
    pub(crate) const ALL: [Step; 4] = [Step::Shift, Step::Reduce, Step::Left, Step::Right];
}

/// A word in the tree that is being built.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) word: u32,
    pub(crate) tag: Tag,
    pub(crate) second: Tag,
    pub(crate) label: u8,
    pub(crate) family: u8,
    pub(crate) class: u16,
    /// The punctuation mark directly before the word, if there is one.
    pub(crate) marks_before: u32,
    /// How many commas, other marks, verbs and conjunctions stand before the word.
    pub(crate) commas: u16,
    pub(crate) marks: u16,
    /// Whether the word is punctuation.
    pub(crate) is_mark: bool,
    pub(crate) verbs: u16,
    pub(crate) conjunctions: u16,
    pub(crate) head: usize,
    /// Outermost and second outermost child on the left and on the right.
    pub(crate) left: [usize; 2],
    pub(crate) right: [usize; 2],
    pub(crate) left_count: u8,
    pub(crate) right_count: u8,
    /// Relations of the children, one bit each.
    pub(crate) left_labels: u64,
    pub(crate) right_labels: u64,
}

/// Label number of a node without a head.
const NO_LABEL: u8 = 255;

/// The tree of a whole sentence, punctuation included. The root has the number after the last word's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    pub(crate) heads: Vec<usize>,
    pub(crate) labels: Vec<Deprel>,
    /// Which words are punctuation.
    pub(crate) marks: Vec<bool>,
    /// For a bracket or quotation mark, the one that it goes with.
    pub(crate) partners: Vec<Option<usize>>,
    open: Vec<usize>,
}

impl Outline {
    /// Starts a tree in which every word hangs from the root.
    pub(crate) fn reset(&mut self, marks: impl Iterator<Item = bool>) {
        self.marks.clear();
        self.marks.extend(marks);
        let length = self.marks.len();
        self.heads.clear();
        self.heads.resize(length, length);
        self.labels.clear();
        self.labels.resize(length, Deprel::Root);
    }

    /// Finds pairs of brackets and quotation marks; `word` gives the hash of a word.
    pub(crate) fn pair_marks(&mut self, word: impl Fn(usize) -> u32) {
        self.partners.clear();
        self.partners.resize(self.marks.len(), None);
        self.open.clear();
        for mark in (0..self.marks.len()).filter(|&mark| self.marks[mark]) {
            let hash = word(mark);
            let closes = Self::PAIRS.iter().find(|pair| lower_hash(pair.1) == hash).map(|pair| lower_hash(pair.0));
            let opener = closes.and_then(|opening| self.open.iter().rposition(|&other| word(other) == opening));
            if let Some(at) = opener {
                let other = self.open[at];
                self.open.truncate(at);
                self.partners[mark] = Some(other);
                self.partners[other] = Some(mark);
            } else if Self::PAIRS.iter().any(|pair| lower_hash(pair.0) == hash) {
                self.open.push(mark);
            }
        }
    }

    const PAIRS: [(&str, &str); 5] = [("(", ")"), ("[", "]"), ("{", "}"), ("\"", "\""), ("'", "'")];
}

/// A parse under way. Words are numbered from zero; the root comes after the last word, and then a node for "none".
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    nodes: Vec<Node>,
    stack: Vec<usize>,
    next: usize,
    length: usize,
}

impl State {
    /// Starts with the tagged words; `upos` tells the part of speech of a tag.
    pub(crate) fn read(&mut self, tagging: &Tagging, upos: impl Fn(Tag) -> Upos) {
        self.length = tagging.length().min(MOST);
        self.next = 0;
        self.stack.clear();
        self.nodes.clear();
        let none = self.length + 1;
        let (mut commas, mut marks, mut verbs, mut conjunctions) = (0, 0, 0, 0);
        let comma = lower_hash(",");
        let mut marks_before = 0;
        let blank = Node {
            word: 0,
            tag: NONE_TAG,
            second: NONE_TAG,
            label: NO_LABEL,
            family: 0,
            class: 0,
            marks_before: 0,
            commas: 0,
            marks: 0,
            is_mark: false,
            verbs: 0,
            conjunctions: 0,
            head: none,
            left: [none; 2],
            right: [none; 2],
            left_count: 0,
            right_count: 0,
            left_labels: 0,
            right_labels: 0,
        };
        for index in 0..self.length {
            let atoms = tagging.word(index);
            let tag = tagging.best(index);
            let part = upos(tag);
            self.nodes.push(Node {
                word: atoms.lower,
                tag,
                second: tagging.second(index),
                family: atoms.entry.family,
                class: atoms.entry.class,
                marks_before,
                commas,
                marks,
                is_mark: part == Upos::Punct,
                verbs,
                conjunctions,
                ..blank
            });
            marks_before = if part == Upos::Punct { atoms.lower } else { 0 };
            match part {
                Upos::Punct if atoms.lower == comma => commas += 1,
                Upos::Punct => marks += 1,
                Upos::Verb => verbs += 1,
                Upos::Cconj => conjunctions += 1,
                _ => {}
            }
        }
        let root = Node {
            word: 1,
            tag: ROOT_TAG,
            second: ROOT_TAG,
            marks_before,
            commas,
            marks,
            verbs,
            conjunctions,
            ..blank
        };
        self.nodes.push(root);
        self.nodes.push(blank);
    }

    /// How many words are parsed.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Writes the finished tree into the outline of the whole sentence.
    pub(crate) fn write(&self, outline: &mut Outline) {
        let root = outline.heads.len();
        for (index, node) in self.nodes.iter().take(root).enumerate() {
            outline.heads[index] = node.head.min(root);
            outline.labels[index] = Deprel::ALL.get(usize::from(node.label)).copied().unwrap_or(Deprel::Dep);
        }
        // Punctuation that is a root or has children stays where it is.
        for index in 0..root {
            let head = outline.heads[index];
            outline.marks[if head == root { index } else { head }] = false;
        }
    }

    /// The root's number.
    pub(crate) fn root(&self) -> usize {
        self.length
    }

    fn none(&self) -> usize {
        self.length + 1
    }

    pub(crate) fn node(&self, index: usize) -> &Node {
        &self.nodes[index]
    }

    /// The word `depth` below the top of the stack, or the node for "none".
    pub(crate) fn stacked(&self, depth: usize) -> usize {
        self.stack.len().checked_sub(depth + 1).map_or(self.none(), |at| self.stack[at])
    }

    pub(crate) fn stack(&self) -> &[usize] {
        &self.stack
    }

    /// The word `ahead` places after the next one, or the root, or "none".
    pub(crate) fn coming(&self, ahead: usize) -> usize {
        (self.next + ahead).min(self.none())
    }

    pub(crate) fn has_head(&self, index: usize) -> bool {
        self.nodes[index].head != self.none()
    }

    /// Whether all words have their heads.
    pub(crate) fn finished(&self) -> bool {
        self.next >= self.length && self.stack.is_empty()
    }

    /// The step to take where there is no choice.
    pub(crate) fn only_step(&self) -> Option<Step> {
        let Some(&top) = self.stack.last() else { return Some(Step::Shift) };
        (self.next == self.root()).then(|| if self.has_head(top) { Step::Reduce } else { Step::Left })
    }

    pub(crate) fn allows(&self, step: Step) -> bool {
        match (step, self.stack.last()) {
            (Step::Shift, _) => self.next < self.length,
            (_, None) => false,
            (Step::Reduce, Some(&top)) => self.has_head(top),
            // Punctuation is the head of nothing.
            (Step::Left, Some(&top)) => !self.has_head(top) && !self.nodes[self.next].is_mark,
            (Step::Right, Some(&top)) => self.next < self.length && !self.nodes[top].is_mark,
        }
    }

    /// The arc that a step makes, head first.
    pub(crate) fn arc(&self, step: Step) -> Option<(usize, usize)> {
        let &top = self.stack.last()?;
        match step {
            Step::Left => Some((self.next, top)),
            Step::Right => Some((top, self.next)),
            Step::Shift | Step::Reduce => None,
        }
    }

    /// Takes a step; `label` is the relation of the arc, if it makes one.
    pub(crate) fn take(&mut self, step: Step, label: Deprel) {
        match step {
            Step::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Step::Reduce => {
                self.stack.pop();
            }
            Step::Left => {
                if let Some(top) = self.stack.pop() {
                    self.attach(top, self.next, label);
                }
            }
            Step::Right => {
                if let Some(&top) = self.stack.last() {
                    self.attach(self.next, top, label);
                }
                self.stack.push(self.next);
                self.next += 1;
            }
        }
    }

    fn attach(&mut self, dependent: usize, head: usize, label: Deprel) {
        let bit = 1u64 << (label as u64 & 63);
        self.nodes[dependent].head = head;
        self.nodes[dependent].label = label as u8;
        let node = &mut self.nodes[head];
        if dependent < head {
            node.left = [dependent, node.left[0]];
            node.left_count = node.left_count.saturating_add(1);
            node.left_labels |= bit;
        } else {
            node.right = [dependent, node.right[0]];
            node.right_count = node.right_count.saturating_add(1);
            node.right_labels |= bit;
        }
    }

    /// The root to keep when several words hang from the root: the first verb, or the first word, or the first punctuation mark.
    pub(crate) fn main_root(&self) -> Option<usize> {
        let roots = || (0..self.length).filter(|&index| self.nodes[index].head == self.root());
        let is_verb = |index: &usize| self.nodes[index + 1].verbs > self.nodes[*index].verbs;
        let is_word = |index: &usize| !self.nodes[*index].is_mark;
        roots().find(is_verb).or_else(|| roots().find(is_word)).or_else(|| roots().next())
    }

    /// Gives a word another head.
    pub(crate) fn rehang(&mut self, dependent: usize, head: usize, label: Deprel) {
        self.nodes[dependent].head = head;
        self.nodes[dependent].label = label as u8;
    }
}

/// Words of a sentence that are parsed; those beyond hang from its root.
pub(crate) const MOST: usize = 4000;
