//! Splits, tags, lemmatises and parses English news into Universal Dependencies.

pub mod tree;

pub use tree::{Deprel, ROOT, Sentence, Token, Upos, Xpos};
