//! Greedy dependency parser: the arc-eager transition system, with linear classifiers for the step and for the relation.

mod features;
mod labels;
mod marks;
mod state;

pub(crate) use features::{STEP_TEMPLATES, step_features};
pub(crate) use labels::{LABEL_TEMPLATES, label_features};
pub(crate) use marks::{Candidate, Hanging, MARK_TEMPLATES, Marks};
pub(crate) use state::{MOST, Outline, State, Step};

use crate::tree::Deprel;
use crate::weights::{Dense, Sparse, best_two};

/// The parser's weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Arcs {
    pub(crate) steps: Dense,
    pub(crate) labels: Sparse,
    pub(crate) marks: Marks,
}

/// How many relations there are.
pub(crate) const LABELS: usize = Deprel::ALL.len();

impl Arcs {
    /// Parses the words that `state` has read.
    pub(crate) fn parse(&self, state: &mut State) {
        let mut features = [0; STEP_TEMPLATES];
        while !state.finished() {
            let step = match state.only_step() {
                Some(step) => step,
                None => {
                    step_features(state, &mut features);
                    best_step(state, &self.steps.score(&features))
                }
            };
            self.take(state, step);
        }
        self.join_roots(state);
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
        let mut features = [0; LABEL_TEMPLATES];
        label_features(state, head, dependent, &mut features);
        let mut scores = [0; 128];
        self.labels.score(&features, &mut scores);
        scores[Deprel::Root as usize] = i32::MIN;
        Deprel::ALL[best_two(&scores[..LABELS]).0]
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
    let mut best: Option<Step> = None;
    for step in Step::ALL {
        if state.allows(step) && best.is_none_or(|best| scores[step as usize] > scores[best as usize]) {
            best = Some(step);
        }
    }
    best.unwrap_or(Step::Shift)
}
