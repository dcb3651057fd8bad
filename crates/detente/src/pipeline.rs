//! The built-in coder as commands use it: what goes wrong becomes a complaint.

use std::path::Path;

use detente_coder::{Coded, Coder};
use detente_lexicon::Lexicon;
use detente_text::Article;

use crate::input::{Complaint, complaints};

pub use detente_builtin::vintage;

/// Loads grammar and lexicon, the user's lexicon folder over the built-in files, for as long as the program runs: taking the coder
/// apart at the end would cost a tenth of a start. A server, which owns its coder, takes that of [`detente_builtin`].
pub fn coder(overlay: Option<&Path>) -> anyhow::Result<&'static Coder> {
    Ok(Box::leak(Box::new(detente_builtin::coder(overlay)?)))
}

/// The lexicon alone, the user's folder over the built-in files.
pub fn lexicon(overlay: Option<&Path>) -> anyhow::Result<Lexicon> {
    Ok(detente_builtin::lexicon(overlay)?)
}

/// What of the lexicon it takes to ask a ledger, for as long as the program runs, like [`coder`].
pub fn parties(overlay: Option<&Path>) -> anyhow::Result<&'static Lexicon> {
    Ok(Box::leak(Box::new(detente_builtin::parties(overlay)?)))
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
    detente_builtin::code(coder, article, name).map_err(Complaint::from)
}
