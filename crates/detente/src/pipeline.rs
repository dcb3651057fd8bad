//! The coder with all it knows: the one place where the libraries are put together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;

use anyhow::{Context, anyhow};
use detente_coder::{Coded, Coder, Learned, ParsedExamples};
use detente_grammar::Grammar;
use detente_ledger::store::Vintage;
use detente_lexicon::Lexicon;
use detente_text::Article;
use xxhash_rust::xxh3::xxh3_64_with_seed;

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

/// The lexicon alone, the user's folder over the built-in files.
pub fn lexicon(overlay: Option<&Path>) -> anyhow::Result<Lexicon> {
    let lexicon = match overlay {
        Some(folder) => Lexicon::builtin_with_overlay(folder),
        None => Lexicon::builtin(),
    };
    lexicon.context("the lexicon cannot be loaded")
}

/// What of the lexicon it takes to ask a ledger.
pub fn parties(overlay: Option<&Path>) -> anyhow::Result<Lexicon> {
    Lexicon::of_parties(overlay).context("the lexicon cannot be loaded")
}

/// Which version, lexicon and model code.
pub fn vintage(lexicon: &Lexicon) -> Vintage {
    let model = [detente_model::grammar_bytes(), EXAMPLES, LEARNED];
    let model = model.iter().fold(0, |hash, bytes| xxh3_64_with_seed(bytes, hash));
    Vintage {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lexicon: format!("{:016x}", lexicon.fingerprint()),
        model: format!("{model:016x}"),
    }
}

/// Codes one article and tells what was wrong with it.
pub fn code(coder: &Coder, article: &Article) -> (Option<Coded>, Vec<Complaint>) {
    let mut complaints = complaints(article);
    if article.body().next().is_none() {
        return (None, complaints);
    }
    match acts(coder, article, &article.id) {
        Ok(coded) => (Some(coded), complaints),
        Err(complaint) => {
            complaints.push(complaint);
            (None, complaints)
        }
    }
}

/// Codes one article, which the user calls by that name.
pub fn acts(coder: &Coder, article: &Article, name: &str) -> Result<Coded, Complaint> {
    // The coder keeps nothing between articles: one that it fails on leaves the others whole.
    catch_unwind(AssertUnwindSafe(|| coder.code(article))).map_err(|_| {
        let message = format!("{name}: the coder failed on this article");
        Complaint::fault(message, "this is a bug of detente; please report it with the article")
    })
}
