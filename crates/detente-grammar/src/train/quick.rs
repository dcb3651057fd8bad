//! Teaches a model to choose quickly: for most tags, steps and relations a few features tell what all of them would, and a small table of
//! these tells how sure it is. The other choices stay with the whole tables.

use super::learner::{Index, Random, Row, step_size};
use crate::error::{Error, Kind};
use crate::grammar::Grammar;
use crate::model::Model;
use crate::parser::{
    LABELS, QUICK_LABEL_TEMPLATES, QUICK_STEP_TEMPLATES, State, Step, label_ahead, quick_label_features,
    quick_step_features, step_ahead_of,
};
use crate::tagger::{QUICK_TEMPLATES, Tagging, ahead};
use crate::tree::{Deprel, Sentence};
use crate::vocabulary::UNCERTAIN;
use crate::weights::{Dense, Feature, Quick, Sparse};

/// How a model is taught to choose quickly.
#[derive(Clone, Debug)]
pub struct QuickOptions {
    /// Features kept of tags, of steps and of relations, at most.
    pub features: [usize; 3],
    /// Features of steps that the whole model keeps, at most: those that tell least are left out before anything is learned.
    pub whole: usize,
    /// Passes over the texts in which the weights are moved, before features are left out and after.
    pub epochs: [usize; 2],
    /// Of the choices that the small tables make, so large a share may differ from those of the whole model.
    pub doubt: f64,
}

impl Default for QuickOptions {
    fn default() -> QuickOptions {
        QuickOptions { features: [24_000, 48_000, 16_000], whole: 546_000, epochs: [2, 1], doubt: 0.001_5 }
    }
}

/// One sentence in so many is not learned from: it tells when a choice is sure.
const HELD_OUT: usize = 8;

/// Features seen less often than this are not learned.
const SEEN: u32 = 3;

/// How far a first mistake moves a weight.
const RATE: f32 = 0.08;

/// Changes smaller than this, as a part of a mistake, are not worth their time.
const SLIGHT: f32 = 0.01;

/// What is chosen: tags, steps of the parser, relations.
const KINDS: [&str; 3] = ["tags", "steps", "relations"];
const TAGS: usize = 0;
const STEPS: usize = 1;
const RELATIONS: usize = 2;

/// Teaches a model to choose quickly and gives its bytes.
///
/// `whole` are the bytes of a model; `texts` are plain texts, a paragraph a line: no trees are needed, for the whole model tells what is
/// right. The same data and options give the same bytes.
///
/// # Errors
/// The bytes are no model, or the texts hold no sentence in which the model has a choice.
pub fn quicken(
    whole: &[u8],
    texts: &[&str],
    options: &QuickOptions,
    progress: &mut dyn FnMut(&str),
) -> Result<Vec<u8>, Error> {
    let grammar = Grammar::from_bytes(whole)?;
    let mut parser = grammar.parser();
    let sentences: Vec<(&str, Sentence)> = texts
        .iter()
        .flat_map(|text| text.lines())
        .flat_map(|line| parser.split(line).into_iter().map(move |sentence| (line, sentence)))
        .collect();
    let mut model = Model::from_bytes(whole)?;
    model.arcs.steps.keep_strongest(options.whole);
    // A bit of each weight less leaves room in the file for the small tables.
    model.tagger.weights.round();
    model.arcs.steps.round();
    model.arcs.labels.round();
    model.tagger.quick = Quick::default();
    model.arcs.quick_steps = Quick::default();
    model.arcs.quick_labels = Quick::default();

    let [tags, steps, labels] = learn(&model, &sentences, options, progress)?.map(Logistic::rows);
    let tags = Sparse::build(&tags.0, tags.1);
    let steps = Dense::build(&steps.0, steps.1);
    let labels = Sparse::build(&labels.0, labels.1);
    let mut trial = try_out(&model, &sentences, &tags, &steps, &labels);
    let classes = classes(&model);
    let [tag_margins, step_margins, label_margins] = std::array::from_fn(|kind| {
        let (sure, share) = sure_margins(&mut trial[kind], classes[kind], options.doubt);
        progress(&format!("{:.1} % of the choices of {} are quick", 100.0 * share, KINDS[kind]));
        sure
    });
    model.tagger.quick = Quick { table: tags, sure: tag_margins };
    model.arcs.quick_steps = Quick { table: steps, sure: step_margins };
    model.arcs.quick_labels = Quick { table: labels, sure: label_margins };
    Ok(model.to_bytes())
}

/// How many classes there are of each kind.
fn classes(model: &Model) -> [usize; 3] {
    [model.tagger.classes, Step::ALL.len(), LABELS]
}

/// Teaches regressions for the three kinds what the model chooses.
fn learn(
    model: &Model,
    sentences: &[(&str, Sentence)],
    options: &QuickOptions,
    progress: &mut dyn FnMut(&str),
) -> Result<[Logistic; 3], Error> {
    let mut order: Vec<usize> = (0..sentences.len()).filter(|at| at % HELD_OUT != 0).collect();
    let mut learners = classes(model).map(Logistic::of);
    through(model, order.iter().map(|&at| &sentences[at]), &mut |choice| learners[choice.kind].count(choice));
    if learners.iter().any(|learner| learner.index.features.is_empty()) {
        return Err(Kind::NothingToRead.into());
    }
    learners.iter_mut().for_each(|learner| learner.keep(usize::MAX));
    let mut random = Random(11);
    for epoch in 0..options.epochs[0] + options.epochs[1] {
        if epoch == options.epochs[0] {
            for (learner, most) in learners.iter_mut().zip(options.features) {
                learner.keep(most);
            }
        }
        random.shuffle(&mut order);
        let sentences = order.iter().map(|&at| &sentences[at]);
        through(model, sentences, &mut |choice| learners[choice.kind].learn(choice));
        let lines: Vec<String> = learners.iter_mut().zip(KINDS).map(|(learner, kind)| learner.tells(kind)).collect();
        progress(&format!("pass {}: {}", epoch + 1, lines.join("; ")));
    }
    Ok(learners)
}

/// What small tables choose, by kind, in the sentences that were held out.
fn try_out(
    model: &Model,
    sentences: &[(&str, Sentence)],
    tags: &Sparse,
    steps: &Dense,
    labels: &Sparse,
) -> [Vec<Tried>; 3] {
    let mut trial: [Vec<Tried>; 3] = Default::default();
    through(model, sentences.iter().step_by(HELD_OUT), &mut |choice| {
        let tried = match choice.kind {
            TAGS => choice.features.first_chunk().map(|features| {
                let (best, _, margin) = ahead::<QUICK_TEMPLATES>(tags, features, model.tagger.classes);
                (best, margin)
            }),
            STEPS => choice.features.first_chunk().map(|features| {
                let (best, margin) =
                    step_ahead_of(&steps.score::<QUICK_STEP_TEMPLATES>(features), |step| choice.allows(step as usize));
                (best as usize, margin)
            }),
            _ => choice.features.first_chunk().map(|features| label_ahead::<QUICK_LABEL_TEMPLATES>(labels, features)),
        };
        trial[choice.kind].extend(tried.map(|(best, margin)| (best, margin, best == choice.right)));
    });
    trial
}

/// A choice of the whole model, with the features of a quick choice.
struct Choice<'f> {
    kind: usize,
    features: &'f [Feature],
    /// One bit for each class that can be chosen.
    allowed: u128,
    right: usize,
}

impl Choice<'_> {
    fn allows(&self, class: usize) -> bool {
        self.allowed >> class & 1 == 1
    }
}

/// Takes the whole model through sentences, choice by choice.
fn through<'s>(
    model: &Model,
    sentences: impl Iterator<Item = &'s (&'s str, Sentence)>,
    watch: &mut dyn FnMut(&Choice),
) {
    let (mut tagging, mut state) = (Tagging::default(), State::default());
    for (text, sentence) in sentences {
        tagging.read(sentence.tokens.iter().map(|token| token.form(text)), &model.vocabulary);
        model.tagger.tag(&mut tagging);
        for index in (0..tagging.length()).filter(|&index| tagging.word(index).entry.certain == UNCERTAIN) {
            let mut features = [0; QUICK_TEMPLATES];
            tagging.quick_features(index, &mut features);
            let right = usize::from(tagging.best(index));
            watch(&Choice { kind: TAGS, features: &features, allowed: u128::MAX, right });
        }
        state.read(&tagging, |tag| model.tag(tag).0);
        while !state.finished() {
            let step = state.only_step().unwrap_or_else(|| {
                let mut features = [0; QUICK_STEP_TEMPLATES];
                quick_step_features(&state, &mut features);
                let allowed = Step::ALL.into_iter().filter(|&step| state.allows(step));
                let allowed = allowed.fold(0, |bits, step| bits | 1 << step as usize);
                let step = model.arcs.step(&state);
                watch(&Choice { kind: STEPS, features: &features, allowed, right: step as usize });
                step
            });
            let label = state.arc(step).map_or(Deprel::Root, |(head, dependent)| {
                let label = model.arcs.label(&state, head, dependent);
                if head != state.root() && !state.node(dependent).is_mark {
                    let mut features = [0; QUICK_LABEL_TEMPLATES];
                    quick_label_features(&state, head, dependent, &mut features);
                    let allowed = !(1 << Deprel::Root as usize);
                    watch(&Choice { kind: RELATIONS, features: &features, allowed, right: label as usize });
                }
                label
            });
            state.take(step, label);
        }
    }
}

/// A logistic regression, which tells better than a perceptron how sure a choice is; every weight has a rate of its own (Duchi, Hazan and
/// Singer, 2011).
struct Logistic {
    classes: usize,
    index: Index,
    /// How often each feature was seen.
    seen: Vec<u32>,
    /// A row of weights for each feature.
    weights: Vec<f32>,
    /// Sums of the squares of the changes, beside each weight.
    squares: Vec<f32>,
    choices: u64,
    /// Of these, how many were other than the whole model's.
    others: u64,
}

impl Logistic {
    fn of(classes: usize) -> Logistic {
        let (index, seen, weights, squares) = Default::default();
        Logistic { classes, index, seen, weights, squares, choices: 0, others: 0 }
    }

    fn count(&mut self, choice: &Choice) {
        for &feature in choice.features {
            let number = self.index.number(feature);
            self.seen.resize(self.index.features.len(), 0);
            self.seen[number] += 1;
        }
    }

    /// How much a feature tells: by how much it parts the classes, and how often. The root of how often, so that a rare feature that parts
    /// them well outlives a common one that hardly does.
    fn worth(&self, number: usize) -> f32 {
        let row = self.weights.get(number * self.classes..(number + 1) * self.classes).unwrap_or_default();
        let most = row.iter().copied().fold(0.0, f32::max);
        let least = row.iter().copied().fold(0.0, f32::min);
        (most - least) * (self.seen[number] as f32).sqrt()
    }

    fn sort_by_worth(&self, order: &mut [usize]) {
        order.sort_by(|&a, &b| self.worth(b).total_cmp(&self.worth(a)).then(a.cmp(&b)));
    }

    /// Leaves out rare features, and keeps at most so many of the others: those that tell most.
    fn keep(&mut self, most: usize) {
        let mut order: Vec<usize> = (0..self.seen.len()).filter(|&number| self.seen[number] >= SEEN).collect();
        if most < order.len() {
            self.sort_by_worth(&mut order);
            order.truncate(most);
        }
        let mut kept = Logistic::of(self.classes);
        kept.weights = vec![0.0; order.len() * self.classes];
        kept.squares = vec![0.0; order.len() * self.classes];
        for (at, number) in order.into_iter().enumerate() {
            kept.index.number(self.index.features[number]);
            kept.seen.push(self.seen[number]);
            let (to, from) = (at * self.classes, number * self.classes);
            if let Some(row) = self.weights.get(from..from + self.classes) {
                kept.weights[to..to + self.classes].copy_from_slice(row);
                kept.squares[to..to + self.classes].copy_from_slice(&self.squares[from..from + self.classes]);
            }
        }
        *self = kept;
    }

    fn learn(&mut self, choice: &Choice) {
        let classes = self.classes;
        let rows: Vec<usize> =
            choice.features.iter().filter_map(|&feature| self.index.find(feature)).map(|row| row * classes).collect();
        let mut scores = [0.0f32; 128];
        for &row in &rows {
            for (score, weight) in scores.iter_mut().zip(&self.weights[row..row + classes]) {
                *score += weight;
            }
        }
        let allowed = (0..classes).filter(|&class| choice.allows(class));
        let highest = allowed.clone().map(|class| scores[class]).fold(f32::MIN, f32::max);
        self.choices += 1;
        self.others += u64::from(scores[choice.right] < highest);
        let mut shares = scores.map(|score| (score - highest).exp());
        let total: f32 = allowed.clone().map(|class| shares[class]).sum();
        shares.iter_mut().for_each(|share| *share /= total);
        for class in allowed {
            let change = f32::from(u8::from(class == choice.right)) - shares[class];
            if change.abs() < SLIGHT {
                continue;
            }
            for &row in &rows {
                let square = &mut self.squares[row + class];
                *square += change * change;
                self.weights[row + class] += RATE * change / square.sqrt();
            }
        }
    }

    /// Tells how the pass went, and begins to count anew.
    fn tells(&mut self, kind: &str) -> String {
        let share = 100.0 * self.others as f64 / self.choices.max(1) as f64;
        let line = format!("{share:.2} % of {} {kind} differ, {} features", self.choices, self.index.features.len());
        (self.choices, self.others) = (0, 0);
        line
    }

    /// The weights, those of each feature together and those that tell most first, and the size of a step.
    fn rows(self) -> (Vec<Row>, f32) {
        let mut order: Vec<usize> = (0..self.seen.len()).collect();
        self.sort_by_worth(&mut order);
        let cells = |number: usize| {
            let row = &self.weights[number * self.classes..(number + 1) * self.classes];
            row.iter().enumerate().map(|(class, &weight)| (class as u8, weight)).collect::<Vec<_>>()
        };
        let mut rows: Vec<Row> = order.into_iter().map(|at| (self.index.features[at], cells(at))).collect();
        let step = step_size(rows.iter().flat_map(|row| &row.1), OUTLIERS);
        if self.classes > Step::ALL.len() {
            rows.iter_mut().for_each(|row| row.1.retain(|cell| cell.1.abs() >= LEAST * step));
        }
        (rows, step)
    }
}

/// All but one in so many weights fit in a signed byte.
const OUTLIERS: usize = 2000;

/// Weights of tags and relations under so many steps are left out.
const LEAST: f32 = 20.0;

/// A choice of a small table: its class, how far that is ahead, and whether it is the whole model's.
type Tried = (usize, i32, bool);

/// For each class the margin from which at most the share `doubt` of the choices differ; and the share of all choices beyond these margins.
fn sure_margins(choices: &mut [Tried], classes: usize, doubt: f64) -> (Vec<i32>, f64) {
    choices.sort_unstable_by_key(|&(class, margin, _)| (class, std::cmp::Reverse(margin)));
    let mut sure = vec![i32::MAX; classes];
    let mut quick = 0;
    for run in choices.chunk_by(|a, b| a.0 == b.0) {
        let (mut differing, mut taken) = (0, 0);
        for (at, &(class, margin, same)) in run.iter().enumerate() {
            differing += usize::from(!same);
            let whole = run.get(at + 1).is_none_or(|next| next.1 < margin);
            if whole && margin > 0 && (differing as f64 + 0.5) <= doubt * (at + 1) as f64 {
                sure[class] = margin;
                taken = at + 1;
            }
        }
        quick += taken;
    }
    (sure, quick as f64 / choices.len().max(1) as f64)
}
