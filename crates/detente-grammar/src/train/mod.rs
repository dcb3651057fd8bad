//! Trains a grammar model from treebanks.

mod classes;
pub(crate) mod learner;
mod lemma;
mod parser;
mod quick;
mod recase;
mod tagger;

use std::collections::HashMap;

pub use quick::{QuickOptions, quicken};

use crate::conllu::Passage;
use crate::error::{Error, Kind};
use crate::model::Model;
use crate::tagger::{Tag, Tagging};
use crate::tree::{Deprel, ROOT, Upos, Xpos};
use learner::{Average, Random};

/// How a model is trained.
#[derive(Clone, Debug)]
pub struct Options {
    /// Passes of the tagger over the treebanks.
    pub tagger_epochs: usize,
    /// Passes of the parser over the treebanks.
    pub parser_epochs: usize,
    /// Independent runs whose weights are added up.
    pub runs: usize,
    /// Parts of the treebanks that are tagged by a tagger trained on the others, so that the parser learns from honest tags.
    pub folds: usize,
    /// One silver sentence in so many is read in an epoch, another part in each.
    pub silver_parts: usize,
    /// Threads to train on.
    pub threads: usize,
    /// How many features the tagger keeps, the strongest ones.
    pub tagger_features: usize,
    /// How many features the parser keeps, for its steps and for relations.
    pub parser_features: [usize; 2],
}

impl Default for Options {
    fn default() -> Options {
        Options {
            tagger_epochs: 5,
            parser_epochs: 9,
            runs: 3,
            folds: 3,
            silver_parts: 3,
            threads: 1,
            tagger_features: 305_000,
            parser_features: [650_000, 268_000],
        }
    }
}

/// A sentence to learn from.
pub(crate) struct Example {
    pub(crate) forms: Vec<String>,
    pub(crate) lemmas: Vec<String>,
    pub(crate) parts: Vec<(Upos, Xpos)>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) tree: Tree,
    /// Whether this is a copy with other capitals.
    pub(crate) recased: bool,
    /// Whether another parser made the tags and the tree.
    pub(crate) silver: bool,
    /// Number of the sentence, the same for its copies.
    pub(crate) number: usize,
}

/// The tree of an example; the root has the number after the last word's.
pub(crate) struct Tree {
    pub(crate) heads: Vec<usize>,
    pub(crate) labels: Vec<Deprel>,
    pub(crate) children: Vec<Vec<usize>>,
}

impl Tree {
    fn new(heads: Vec<usize>, labels: Vec<Deprel>) -> Tree {
        let mut children = vec![Vec::new(); heads.len() + 2];
        for (word, &head) in heads.iter().enumerate() {
            children[head].push(word);
        }
        let mut heads = heads;
        // The root and the node for "none" have no head.
        heads.extend([usize::MAX; 2]);
        Tree { heads, labels, children }
    }
}

/// The tags of a model, numbered.
pub(crate) type TagSet = [(Upos, Xpos)];

/// Trains a model and gives its bytes.
///
/// `silver` has sentences with tags and trees from another, better parser; lemmas and the bounds of sentences are not learned from it.
/// `texts` are plain texts, a paragraph a line, from which the classes of words by company are learned, together with the treebanks.
/// Training with the same data and options gives the same bytes.
///
/// # Errors
/// The treebanks hold no sentence.
pub fn train(
    treebanks: &[Passage],
    silver: &[Passage],
    texts: &[&str],
    options: &Options,
    progress: &mut dyn FnMut(&str),
) -> Result<Vec<u8>, Error> {
    let set = tag_set(treebanks);
    let mut examples = examples(treebanks, &set, false);
    if examples.is_empty() {
        return Err(Kind::NothingToTrain.into());
    }
    let classes = classes::learn(&examples, texts, progress);
    let gold = examples.len();
    examples.extend(self::examples(silver, &set, true));
    (0..).zip(&mut examples).for_each(|(number, example)| example.number = number);
    progress(&format!("{gold} sentences, {} silver ones, {} tags", examples.len() - gold, set.len()));
    recase::add_copies(&mut examples);
    let upos: Vec<Upos> = set.iter().map(|tag| tag.0).collect();

    let all: Vec<&Example> = examples.iter().collect();
    let (taggings, close) = jackknife(&all, &classes, &set, options);
    report_tags(&all, &taggings, &upos, progress);

    let vocabulary = tagger::vocabulary(&all, &classes);
    let average = runs(options, |seed| tagger::run(&all, &vocabulary, &set, options, seed));
    let tagger = tagger::tagger(average, &set, options.tagger_features, close);
    progress("tagger trained");

    let lessons: Vec<parser::Lesson> =
        all.iter().zip(taggings).map(|(&example, tagging)| parser::Lesson { tagging, example }).collect();
    let (mut steps, mut labels) = (Average::default(), Average::default());
    for (step, label) in each_run(options, |seed| parser::run(&lessons, &upos, options, seed)) {
        steps.add(step);
        labels.add(label);
    }
    let marks = parser::marks(&lessons, &upos, options);
    let arcs = parser::arcs(steps, labels, marks, options.parser_features);
    progress("parser trained");

    let lemmas = lemma::lemmas(&all);
    let boundaries = crate::boundary::learn(treebanks);
    let model = Model { tags: set, vocabulary, tagger, arcs, lemmas, boundaries };
    Ok(model.to_bytes())
}

fn report_tags(examples: &[&Example], taggings: &[Tagging], upos: &[Upos], progress: &mut dyn FnMut(&str)) {
    let (mut words, mut right, mut close) = (0, 0, 0);
    for (example, tagging) in examples.iter().zip(taggings).filter(|(example, _)| !example.recased && !example.silver) {
        for (index, parts) in example.parts.iter().enumerate() {
            words += 1;
            right += usize::from(upos[usize::from(tagging.best(index))] == parts.0);
            close += usize::from(tagging.best(index) != tagging.second(index));
        }
    }
    let share = |count: usize| 100.0 * count as f64 / words as f64;
    progress(&format!("UPOS in cross-validation {:.2} %, two tags kept for {:.1} %", share(right), share(close)));
}

/// One word in so many keeps two tags.
const DOUBTFUL: usize = 9;

/// Tags each example by a tagger that has not learned from it, and finds the margin under which two tags are kept.
fn jackknife(examples: &[&Example], classes: &tagger::Classes, set: &TagSet, options: &Options) -> (Vec<Tagging>, i32) {
    let folds = options.folds.clamp(2, 20);
    let fold_of = |index: usize| (examples[index].number / 10) % folds;
    let tagged = threaded(options.threads, folds, |fold| {
        let rest: Vec<&Example> =
            examples.iter().enumerate().filter(|(at, _)| fold_of(*at) != fold).map(|(_, example)| *example).collect();
        let vocabulary = tagger::vocabulary(&rest, classes);
        let average = tagger::run(&rest, &vocabulary, set, options, fold as u64);
        let tagger = tagger::tagger(average, set, options.tagger_features, i32::MAX);
        let held = examples.iter().enumerate().filter(|(at, _)| fold_of(*at) == fold);
        held.map(|(_, example)| {
            let mut tagging = Tagging::default();
            tagging.read(example.forms.iter().map(String::as_str), &vocabulary);
            tagger.tag(&mut tagging);
            tagging
        })
        .collect::<Vec<_>>()
    });
    let mut tagged: Vec<_> = tagged.into_iter().map(Vec::into_iter).collect();
    let mut tagged: Vec<Tagging> = (0..examples.len()).filter_map(|index| tagged[fold_of(index)].next()).collect();
    let words = |tagging: &Tagging| 0..tagging.length();
    let mut margins: Vec<i32> =
        tagged.iter().flat_map(|tagging| words(tagging).map(|index| tagging.margin(index))).collect();
    let at = margins.len() / DOUBTFUL;
    let close = *margins.select_nth_unstable(at).1;
    tagged.iter_mut().for_each(|tagging| tagging.keep_close(close));
    (tagged, close)
}

fn runs(options: &Options, run: impl Fn(u64) -> Average + Sync) -> Average {
    let mut sum = Average::default();
    for average in each_run(options, run) {
        sum.add(average);
    }
    sum
}

fn each_run<T: Send>(options: &Options, run: impl Fn(u64) -> T + Sync) -> Vec<T> {
    threaded(options.threads, options.runs.max(1), |index| run(1000 + index as u64))
}

/// Does the jobs on several threads and gives the results in order.
fn threaded<T: Send>(threads: usize, jobs: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = threads.clamp(1, jobs.max(1));
    let mut results: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let job = &job;
                scope
                    .spawn(move || (worker..jobs).step_by(threads).map(|index| (index, job(index))).collect::<Vec<_>>())
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    results.sort_by_key(|result| result.0);
    results.into_iter().map(|result| result.1).collect()
}

/// The numbers of the examples that an epoch reads, in no order: all of gold, and a part of silver.
pub(crate) fn epoch<'e>(
    examples: impl Iterator<Item = &'e Example>,
    epoch: usize,
    options: &Options,
    random: &mut Random,
) -> Vec<usize> {
    let parts = options.silver_parts.max(1);
    let read = |example: &Example| !example.silver || (example.number + epoch).is_multiple_of(parts);
    let mut order: Vec<usize> =
        examples.enumerate().filter(|(_, example)| read(example)).map(|(index, _)| index).collect();
    random.shuffle(&mut order);
    order
}

/// The tags of the treebanks, the frequent ones first.
fn tag_set(treebanks: &[Passage]) -> Vec<(Upos, Xpos)> {
    let mut counts: HashMap<(Upos, Xpos), u32> = HashMap::new();
    for token in treebanks.iter().flat_map(|passage| &passage.sentences).flat_map(|sentence| &sentence.tokens) {
        *counts.entry((token.upos, token.xpos)).or_default() += 1;
    }
    let mut ranked: Vec<((Upos, Xpos), u32)> = counts.into_iter().collect();
    ranked.sort_by_key(|&(tag, count)| (std::cmp::Reverse(count), tag));
    ranked.into_iter().take(MOST_TAGS).map(|(tag, _)| tag).collect()
}

/// The sentences of treebanks as examples.
fn examples(treebanks: &[Passage], set: &TagSet, silver: bool) -> Vec<Example> {
    let number = |tag: (Upos, Xpos)| {
        let find = |test: &dyn Fn(&(Upos, Xpos)) -> bool| set.iter().position(test);
        find(&|other| *other == tag).or_else(|| find(&|other| other.0 == tag.0)).unwrap_or(0) as Tag
    };
    let mut examples = Vec::new();
    for passage in treebanks {
        for sentence in &passage.sentences {
            let length = sentence.tokens.len();
            let tokens = &sentence.tokens;
            let heads = tokens.iter().map(|token| if token.head == ROOT { length } else { usize::from(token.head) });
            examples.push(Example {
                forms: tokens.iter().map(|token| token.form(&passage.text).to_owned()).collect(),
                lemmas: tokens.iter().map(|token| token.lemma.to_string()).collect(),
                parts: tokens.iter().map(|token| (token.upos, token.xpos)).collect(),
                tags: tokens.iter().map(|token| number((token.upos, token.xpos))).collect(),
                tree: Tree::new(heads.collect(), tokens.iter().map(|token| token.deprel).collect()),
                recased: false,
                silver,
                number: examples.len(),
            });
        }
    }
    examples
}

/// Tags beyond this many, by frequency, become another tag of the same part of speech.
const MOST_TAGS: usize = 120;
