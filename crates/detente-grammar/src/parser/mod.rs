//! Greedy dependency parser: the arc-eager transition system, with linear classifiers for the step and for the relation.

mod features;
mod labels;
mod marks;
mod state;

pub(crate) use features::{QUICK_STEP_TEMPLATES, STEP_TEMPLATES, quick_step_features, step_features};
pub(crate) use labels::{LABEL_TEMPLATES, QUICK_LABEL_TEMPLATES, label_features, quick_label_features};
pub(crate) use marks::{Candidate, Hanging, MARK_TEMPLATES, Marks};
pub(crate) use state::{MOST, Outline, State, Step};

use crate::tree::Deprel;
use crate::weights::{Dense, Feature, Quick, Sparse, best_two};

/// The parser's weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Arcs {
    pub(crate) steps: Dense,
    pub(crate) quick_steps: Quick<Dense>,
    pub(crate) labels: Sparse,
    pub(crate) quick_labels: Quick<Sparse>,
    pub(crate) marks: Marks,
}

/// How many relations there are.
pub(crate) const LABELS: usize = Deprel::ALL.len();

impl Arcs {
    /// Parses the words that `state` has read.
    pub(crate) fn parse(&self, state: &mut State) {
        while !state.finished() {
            let step = state.only_step().or_else(|| self.quick_step(state)).unwrap_or_else(|| self.step(state));
            self.take(state, step);
        }
        self.join_roots(state);
    }

    /// The step that a quick choice is sure of.
    fn quick_step(&self, state: &State) -> Option<Step> {
        if !self.quick_steps.is_there() {
            return None;
        }
        let mut features = [0; QUICK_STEP_TEMPLATES];
        quick_step_features(state, &mut features);
        let (best, margin) = step_ahead_of(&self.quick_steps.table.score(&features), |step| state.allows(step));
        self.quick_steps.is_sure(best as usize, margin).then_some(best)
    }

    /// The step by all features.
    pub(crate) fn step(&self, state: &State) -> Step {
        let mut features = [0; STEP_TEMPLATES];
        step_features(state, &mut features);
        best_step(state, &self.steps.score(&features))
    }

    /// Takes a step, finding the relation where it makes an arc.
    fn take(&self, state: &mut State, step: Step) {
        let label = state.arc(step).map_or(Deprel::Root, |(head, dependent)| self.label(state, head, dependent));
        state.take(step, label);
    }

    /// The relation of `dependent` to `head`.
    pub(crate) fn label(&self, state: &State, head: usize, dependent: usize) -> Deprel {
        if head == state.root() {
            return Deprel::Root;
        }
        if state.node(dependent).is_mark {
            return Deprel::Punct;
        }
        self.quick_label(state, head, dependent).unwrap_or_else(|| {
            let mut features = [0; LABEL_TEMPLATES];
            label_features(state, head, dependent, &mut features);
            Deprel::ALL[label_ahead(&self.labels, &features).0]
        })
    }

    /// The relation that a quick choice is sure of.
    fn quick_label(&self, state: &State, head: usize, dependent: usize) -> Option<Deprel> {
        if !self.quick_labels.is_there() {
            return None;
        }
        let mut features = [0; QUICK_LABEL_TEMPLATES];
        quick_label_features(state, head, dependent, &mut features);
        let (best, margin) = label_ahead(&self.quick_labels.table, &features);
        self.quick_labels.is_sure(best, margin).then_some(Deprel::ALL[best])
    }

    /// Leaves one root: other words without a head hang from it.
    fn join_roots(&self, state: &mut State) {
        let Some(main) = state.main_root() else { return };
        for index in 0..state.length() {
            if index != main && state.node(index).head == state.root() {
                let label = self.label(state, main, index);
                state.rehang(index, main, label);
            }
        }
    }
}

/// The allowed step with the highest score.
pub(crate) fn best_step<S: PartialOrd + Copy>(state: &State, scores: &[S; 4]) -> Step {
    best_of(scores, |step| state.allows(step))
}

fn best_of<S: PartialOrd + Copy>(scores: &[S; 4], allows: impl Fn(Step) -> bool) -> Step {
    let mut best: Option<Step> = None;
    for step in Step::ALL {
        if allows(step) && best.is_none_or(|best| scores[step as usize] > scores[best as usize]) {
            best = Some(step);
        }
    }
    best.unwrap_or(Step::Shift)
}

/// The best allowed step, and how far it is ahead of the others allowed.
pub(crate) fn step_ahead_of(scores: &[i32; 4], allows: impl Fn(Step) -> bool) -> (Step, i32) {
    let best = best_of(scores, &allows);
    let others = Step::ALL.into_iter().filter(|&step| step != best && allows(step));
    let second = others.map(|step| scores[step as usize]).max();
    (best, second.map_or(i32::MAX, |second| scores[best as usize] - second))
}

/// The best relation but that of the root, by number, and how far it is ahead of the others.
pub(crate) fn label_ahead<const N: usize>(table: &Sparse, features: &[Feature; N]) -> (usize, i32) {
    let mut scores = [0; 128];
    table.score(features, &mut scores);
    scores[Deprel::Root as usize] = i32::MIN;
    let (best, second) = best_two(&scores[..LABELS]);
    (best, scores[best].saturating_sub(scores[second]))
}
