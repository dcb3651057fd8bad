//! Splits, tags, lemmatises and parses English news into Universal Dependencies.
//!
//! A [`Grammar`] is read from the bytes of a trained model and shared by all threads; a [`Parser`] holds the working memory of one thread.
//! Nothing here touches files, the network or the clock, and the same text gives the same trees.
//!
//! ```
//! use detente_grammar::{Deprel, Grammar, conllu, train};
//!
//! // A treebank of one sentence; the model that Detente ships is in the crate detente-model.
//! let treebank = "1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tbegan\tbegin\tVERB\tVBD\t_\t0\troot\t_\t_\n\n".repeat(9);
//! let model = train::train(&conllu::read(&treebank)?, &[], &[], &train::Options::default(), &mut |_| {})?;
//! let grammar = Grammar::from_bytes(&model)?;
//!
//! let text = "Talks began";
//! let sentences = grammar.parse(text);
//! assert_eq!(sentences[0].tokens[0].form(text), "Talks");
//! assert_eq!(sentences[0].tokens[0].lemma, "talk");
//! assert_eq!(sentences[0].tokens[0].deprel, Deprel::Nsubj);
//! assert_eq!(sentences[0].tokens[0].head, 1);
//! # Ok::<(), detente_grammar::Error>(())
//! ```
//!
//! How it works: a rule-based tokeniser by the conventions of the English treebanks; a linear classifier for sentence boundaries; a greedy
//! tagger over pairs of universal and Penn tag; lemma rules by word, ending and tag; an arc-eager parser trained with a dynamic oracle
//! (Goldberg and Nivre, 2012). All classifiers are averaged perceptrons over hashed features, several runs added up and quantised to a
//! byte a weight. A trained model can be quickened ([`train::quicken`]): two of three choices are then made by a few features in tables that the
//! cache holds, wherever these are sure to choose as the whole model would.
//!
//! Not supported: other languages, enhanced dependencies, morphological features, non-projective trees.

mod atoms;
mod boundary;
pub mod conllu;
mod error;
mod grammar;
mod lemma;
mod model;
mod parser;
pub mod score;
mod tagger;
mod tokenise;
pub mod train;
pub mod tree;
mod vocabulary;
mod weights;

pub use error::Error;
pub use grammar::{Grammar, Parser};
pub use tree::{Deprel, ROOT, Sentence, Token, Upos, Xpos};
