//! Trains the parser with a dynamic oracle (Goldberg and Nivre, 2012): it learns to go on well after its own errors.

use super::learner::{Average, Learner, Random, SPARSE_LEAST, STEP_OUTLIERS, StepLearner};
use super::tagger::argmax;
use super::{Example, Options, Tree};
use crate::parser::{
    Arcs, Candidate, Hanging, LABEL_TEMPLATES, LABELS, MARK_TEMPLATES, Marks, Outline, STEP_TEMPLATES, State, Step,
    best_step, label_features, step_features,
};
use crate::tagger::Tagging;
use crate::tree::{Deprel, Upos};
use crate::weights::{Dense, Sparse};

/// A tagged sentence with the tree that it should get.
pub(crate) struct Lesson<'t> {
    pub(crate) tagging: Tagging,
    pub(crate) example: &'t Example,
}

fn is_mark(tagging: &Tagging, index: usize, upos: &[Upos]) -> bool {
    upos.get(usize::from(tagging.best(index))) == Some(&Upos::Punct)
}

/// How often the parser follows its own choice, from the second epoch on.
const EXPLORE: f64 = 0.9;

/// The right relation must be ahead of the others by so much, or the weights are moved.
const LABEL_MARGIN: f32 = 30.0;

/// One training run.
pub(crate) fn run(lessons: &[Lesson], upos: &[Upos], options: &Options, seed: u64) -> (Average, Average) {
    let mut steps = StepLearner::default();
    let mut labels = Learner::default();
    let mut random = Random(seed);
    let mut state = State::default();
    let mut features = [0; STEP_TEMPLATES];
    let mut label_buffer = [0; LABEL_TEMPLATES];
    for epoch in 0..options.parser_epochs {
        for index in super::epoch(lessons.iter().map(|lesson| lesson.example), epoch, options, &mut random) {
            let lesson = &lessons[index];
            let tree = &lesson.example.tree;
            state.read(&lesson.tagging, |tag| upos.get(usize::from(tag)).copied().unwrap_or(Upos::X));
            while !state.finished() {
                let step = match state.only_step() {
                    Some(step) => step,
                    None => {
                        let costs = costs(&state, tree);
                        step_features(&state, &mut features);
                        let scores = steps.score(&features);
                        let best = best_step(&state, &scores);
                        let least = costs.iter().flatten().min().copied().unwrap_or(0);
                        let mut right = best;
                        if costs[best as usize] != Some(least) {
                            let allowed = Step::ALL.into_iter().filter(|&step| costs[step as usize] == Some(least));
                            right = allowed
                                .max_by(|&a, &b| scores[a as usize].total_cmp(&scores[b as usize]))
                                .unwrap_or(best);
                        }
                        steps.tick();
                        if right != best {
                            steps.update(&features, right as usize, best as usize);
                        }
                        if epoch > 0 && random.chance(EXPLORE) { best } else { right }
                    }
                };
                let label = match state.arc(step) {
                    Some((_, dependent)) if state.node(dependent).is_mark => Deprel::Punct,
                    Some((head, dependent)) if head != state.root() => {
                        label_features(&state, head, dependent, &mut label_buffer);
                        let mut scores = [0.0f32; 128];
                        labels.score(&label_buffer, &mut scores);
                        scores[Deprel::Root as usize] = f32::NEG_INFINITY;
                        let best = argmax(&scores[..LABELS]);
                        if tree.heads[dependent] == head {
                            labels.tick();
                            let gold = tree.labels[dependent];
                            let right = scores[gold as usize];
                            scores[gold as usize] = f32::NEG_INFINITY;
                            let rival = argmax(&scores[..LABELS]);
                            if right - scores[rival] <= LABEL_MARGIN {
                                labels.update(&label_buffer, gold as u8, rival as u8);
                            }
                        }
                        Deprel::ALL[best]
                    }
                    _ => Deprel::Root,
                };
                state.take(step, label);
            }
        }
    }
    (steps.average(), labels.average())
}

/// How many arcs of the tree each step would make unreachable; `None` for a step that is not allowed.
fn costs(state: &State, tree: &Tree) -> [Option<u32>; 4] {
    let top = state.stacked(0);
    let next = state.coming(0);
    let count = |yes: bool| u32::from(yes);
    let lost_children: u32 = tree.children[top].iter().map(|&child| count(child >= next)).sum();
    let next_head = tree.heads[next];
    let below: u32 = state.stack().iter().map(|&word| count(!state.has_head(word) && tree.heads[word] == next)).sum();
    let next_head_stacked = count(state.stack().contains(&next_head));
    Step::ALL.map(|step| {
        state.allows(step).then(|| match step {
            Step::Shift => next_head_stacked + below,
            Step::Reduce => lost_children,
            Step::Left => lost_children + count(tree.heads[top] > next),
            Step::Right => below + count(next_head != top && (next_head > next || next_head_stacked > 0)),
        })
    })
}

/// Trains the classifier that hangs punctuation, on the trees as they should be.
pub(crate) fn marks(lessons: &[Lesson], upos: &[Upos], options: &Options) -> Marks {
    let mut learner = Learner::default();
    let mut random = Random(5);
    let mut outline = Outline::default();
    let mut candidates = Vec::new();
    for epoch in 0..options.tagger_epochs {
        for index in super::epoch(lessons.iter().map(|lesson| lesson.example), epoch, options, &mut random) {
            let Lesson { tagging, example: Example { tree, .. } } = &lessons[index];
            outline.reset((0..tagging.length()).map(|index| is_mark(tagging, index, upos)));
            for word in 0..tagging.length() {
                outline.heads[word] = tree.heads[word];
                outline.labels[word] = tree.labels[word];
            }
            outline.pair_marks(|index| tagging.word(index).lower);
            let hanging = Hanging {
                outline: &mut outline,
                words: &|index| tagging.word(index).lower,
                tags: &|index| tagging.best(index),
            };
            for mark in (0..tagging.length()).filter(|&mark| is_mark(tagging, mark, upos)) {
                hanging.candidates(mark, &mut candidates);
                let Some(right) = candidates.iter().find(|candidate| candidate.word == tree.heads[mark]) else {
                    continue;
                };
                let score = |candidate: &Candidate| {
                    let mut features = [0; MARK_TEMPLATES];
                    hanging.features(mark, *candidate, &mut features);
                    let mut scores = [0.0; 2];
                    learner.score(&features, &mut scores);
                    (scores[1] - scores[0], features)
                };
                let (right_score, right_features) = score(right);
                let rivals = candidates.iter().filter(|candidate| candidate.word != right.word).map(score);
                let rival = rivals.max_by(|a, b| a.0.total_cmp(&b.0));
                learner.tick();
                if let Some((_, features)) = rival.filter(|rival| rival.0 >= right_score) {
                    learner.update(&right_features, 1, 0);
                    learner.update(&features, 0, 1);
                }
            }
        }
    }
    let (rows, step) = learner.average().rows(500, 60_000, SPARSE_LEAST);
    Marks { weights: Sparse::build(&rows, step) }
}

/// Makes the parser of averaged weights.
pub(crate) fn arcs(steps: Average, labels: Average, marks: Marks, most: [usize; 2]) -> Arcs {
    let (step_rows, step) = steps.rows(STEP_OUTLIERS, most[0], 0.5);
    let steps = Dense::build(&step_rows, step);
    let (label_rows, step) = labels.rows(200, most[1], SPARSE_LEAST);
    Arcs { steps, labels: Sparse::build(&label_rows, step), marks, ..Arcs::default() }
}
