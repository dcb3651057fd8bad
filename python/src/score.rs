//! Precision, recall and F1 against a gold file.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use detente_coder::score::{CodedAct, CodedAffair, Gold, Output, score as scored};
use detente_ledger::fold;
use detente_text::Records;
use pyo3::prelude::*;
use rayon::prelude::*;
use serde_json::json;

use crate::coder::Coder;
use crate::errors::{Failure, Outcome, bug, raise};

/// Scores the coder against a gold file, as JSON: the figures, and ids whose text is not there.
#[pyfunction]
#[pyo3(signature = (coder, gold, texts=None))]
pub fn score(py: Python<'_>, coder: &Coder, gold: PathBuf, texts: Option<PathBuf>) -> PyResult<String> {
    py.detach(|| {
        let read = Gold::read(&file(&gold)?).map_err(|error| {
            Failure::input(format!("{}: {error}", gold.display()), "see docs/formats.md for what a gold file holds")
        })?;
        // The texts that the gold file holds, unless others are named.
        let own = read.texts().filter(|_| texts.is_none() || !matches!(read, Gold::Articles(_)));
        let lines = match own {
            Some(own) => own.iter().map(|text| format!("{}\n", json!(text))).collect(),
            None => file(&texts.unwrap_or_else(|| gold.with_file_name("articles.jsonl")))?,
        };
        let wanted: HashSet<&str> = read.ids().into_iter().collect();
        let mut articles = Vec::new();
        for article in Records::new(lines.as_bytes()) {
            let article = article.map_err(raise)?;
            if wanted.contains(article.id.as_str()) {
                articles.push(article);
            }
        }
        let coded: Vec<_> =
            coder.pool.install(|| articles.par_iter().map(|article| coder.coder.code(article)).collect());
        let mut output = Output::new();
        let mut unseen = wanted;
        for coded in &coded {
            unseen.remove(coded.article.as_str());
            coded.acts.iter().for_each(|act| output.add(CodedAct::from(act)));
            let affairs = fold(std::slice::from_ref(coded), coder.coder.lexicon());
            output.add_affairs(
                &coded.article,
                affairs.into_iter().map(|affair| CodedAffair {
                    kind: affair.kind,
                    parties: affair.parties,
                    state: affair.state,
                    subject: affair.subject,
                }),
            );
        }
        let mut unseen: Vec<&str> = unseen.into_iter().collect();
        unseen.sort_unstable();
        serde_json::to_string(&json!({"score": scored(&read, &output), "without_text": unseen})).map_err(bug)
    })
}

fn file(path: &Path) -> Outcome<String> {
    let wrong = |error| Failure::input(format!("{} cannot be read: {error}", path.display()), "check the name");
    Ok(std::fs::read_to_string(path).map_err(wrong)?)
}
