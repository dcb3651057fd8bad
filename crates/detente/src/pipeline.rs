//! The coder with all it knows: the one place where the libraries are put together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;

use anyhow::{Context, anyhow};
use detente_coder::{Coded, Coder, Learned, ParsedExamples};
use detente_grammar::Grammar;
use detente_lexicon::Lexicon;
use detente_text::Article;

use crate::input::{Complaint, complaints};

/// The trees of the built-in lexicon's examples, parsed when the program was built.
const EXAMPLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/examples.bin"));

/// The models of types and sides, trained on the lexicon's sentences when the program was built.
const LEARNED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/learned.bin"));

/// Loads grammar and lexicon side by side, the user's lexicon folder over the built-in files.
pub fn coder(overlay: Option<&Path>) -> anyhow::Result<Coder> {
    let (grammar, lexicon) = thread::scope(|scope| {
        let grammar = scope.spawn(|| Grammar::from_bytes(detente_model::grammar_bytes()));
        let lexicon = match overlay {
            Some(folder) => Lexicon::builtin_with_overlay(folder),
            None => Lexicon::builtin(),
        };
        (grammar.join(), lexicon)
    });
    let grammar = grammar.map_err(|_| anyhow!("the grammar model stopped while it was loaded"))?;
    let grammar = grammar.context("the grammar model cannot be loaded")?;
    let lexicon = lexicon.context("the lexicon cannot be loaded")?;
    let coder = Coder::with_examples(grammar, lexicon, &ParsedExamples::from_bytes(EXAMPLES));
    Ok(coder.with_learned(Learned::from_bytes(LEARNED)))
}

/// Codes one article and tells what was wrong with it.
pub fn code(coder: &Coder, article: &Article) -> (Option<Coded>, Vec<Complaint>) {
    let mut complaints = complaints(article);
    if article.body().next().is_none() {
        return (None, complaints);
    }
    // The coder keeps nothing between articles: one that it fails on leaves the others whole.
    match catch_unwind(AssertUnwindSafe(|| coder.code(article))) {
        Ok(coded) => (Some(coded), complaints),
        Err(_) => {
            let message = format!("{}: the coder failed on this article", article.id);
            complaints.push(Complaint::fault(message, "this is a bug of detente; please report it with the article"));
            (None, complaints)
        }
    }
}
