//! The coder with all it knows: the one place where grammar, lexicon and trained models are put together.
//!
//! ```
//! use detente_text::{Format, read_article};
//!
//! let coder = detente_builtin::coder(None)?;
//! let article = read_article(b"Norway imposed sanctions on Finland.", Format::Text, "a")?;
//! let coded = detente_builtin::code(&coder, &article, "a")?;
//! assert_eq!(coded.acts[0].actor[0].code.as_deref(), Some("NOR"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod remark;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;

use detente_coder::{Coded, Coder, Learned, ParsedExamples, Trust};
use detente_grammar::Grammar;
use detente_ledger::store::Vintage;
use detente_lexicon::Lexicon;
use detente_text::Article;
use xxhash_rust::xxh3::xxh3_64_with_seed;

pub use remark::{Remark, remarks};

/// The trees of the built-in lexicon's examples, parsed when this was built.
const EXAMPLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/examples.bin"));

/// The models of types and sides, trained on the lexicon's sentences when this was built.
const LEARNED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/learned.bin"));

/// What the coder is made of could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The lexicon, most often the user's folder.
    #[error("the lexicon cannot be loaded")]
    Lexicon(#[source] detente_lexicon::Error),
    /// The grammar.
    #[error("the grammar model cannot be loaded")]
    Grammar(#[source] detente_grammar::Error),
    /// The thread that loads the trained models.
    #[error("the trained models stopped while they were loaded")]
    Stopped,
}

/// Loads grammar and lexicon side by side, the user's lexicon folder over the built-in files.
///
/// # Errors
///
/// When a file of the folder is wrong.
pub fn coder(overlay: Option<&Path>) -> Result<Coder, Error> {
    let (trained, lexicon) = thread::scope(|scope| {
        let trained = scope.spawn(|| {
            let grammar = Grammar::from_bytes(detente_model::grammar_bytes());
            let trust = Trust::from_bytes(detente_model::trust_bytes());
            let counterparts = Trust::from_bytes(detente_model::counterpart_bytes());
            let learned = Learned::from_bytes(LEARNED).with_trust(trust).with_counterparts(counterparts);
            (grammar, learned, ParsedExamples::from_bytes(EXAMPLES))
        });
        let lexicon = lexicon(overlay);
        (trained.join(), lexicon)
    });
    let (grammar, learned, examples) = trained.map_err(|_| Error::Stopped)?;
    Ok(Coder::with_examples(grammar.map_err(Error::Grammar)?, lexicon?, &examples).with_learned(learned))
}

/// The lexicon alone, the user's folder over the built-in files.
///
/// # Errors
///
/// When a file of the folder is wrong.
pub fn lexicon(overlay: Option<&Path>) -> Result<Lexicon, Error> {
    match overlay {
        Some(folder) => Lexicon::builtin_with_overlay(folder),
        None => Lexicon::builtin(),
    }
    .map_err(Error::Lexicon)
}

/// What of the lexicon it takes to ask a ledger, the user's folder over the built-in files.
///
/// # Errors
///
/// When a file of the folder is wrong.
pub fn parties(overlay: Option<&Path>) -> Result<Lexicon, Error> {
    Lexicon::of_parties(overlay).map_err(Error::Lexicon)
}

/// Which version, lexicon and model code.
pub fn vintage(lexicon: &Lexicon) -> Vintage {
    let shipped = [detente_model::trust_bytes(), detente_model::counterpart_bytes()];
    let model = [detente_model::grammar_bytes(), EXAMPLES, LEARNED].into_iter().chain(shipped);
    let model = model.fold(0, |hash, bytes| xxh3_64_with_seed(bytes, hash));
    Vintage {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lexicon: format!("{:016x}", lexicon.fingerprint()),
        model: format!("{model:016x}"),
    }
}

/// Codes one article, which the user calls by that name.
///
/// # Errors
///
/// When the coder fails on the article: a bug, and the remark says so.
pub fn code(coder: &Coder, article: &Article, name: &str) -> Result<Coded, Remark> {
    // The coder keeps nothing between articles: one that it fails on leaves the others whole.
    catch_unwind(AssertUnwindSafe(|| coder.code(article))).map_err(|_| {
        let message = format!("{name}: the coder failed on this article");
        Remark::fault(message, "this is a bug of detente; please report it with the article")
    })
}
