//! Splits, tags, lemmatises and parses English news into Universal Dependencies.

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
