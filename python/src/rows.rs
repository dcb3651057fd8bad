//! Articles row by row: read and worked on by all threads, in order.

use arrow_array::RecordBatch;
use detente_builtin::{Remark, remarks};
use detente_columns::{Articles, Columns};
use detente_ledger::store::uid;
use detente_text::{Article, Fields};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::errors::{Outcome, bug, raise};

/// Rows that are worked on before Python is asked whether the user wants to stop.
const CHUNK: usize = 1024;

/// What was wrong with an article: message, and hint where something is lost.
pub type Said = (String, Option<String>);

/// A remark as Python gets it.
pub fn said(remark: Remark) -> Said {
    (remark.message, remark.advice)
}

/// Reads an article. Without an id it is called by the hash that names it in ledgers, the same wherever it stands.
pub fn read(fields: Fields<'_>, row: usize) -> (Option<Article>, Vec<Remark>) {
    let has_id = fields.id.as_ref().is_some_and(|id| !id.trim().is_empty());
    let name = fields.id.as_deref().map_or_else(|| format!("row {}", row + 1), str::to_owned);
    match fields.read(String::new) {
        Ok(mut article) => {
            if !has_id {
                article.id = uid(&article);
            }
            let remarks = remarks(&article);
            (Some(article), remarks)
        }
        Err(error) => (None, vec![Remark::fault(format!("{name}: {error}"), error.advice())]),
    }
}

/// Works on each article of a table and hands what comes of each chunk of rows, in order, to `sink`.
///
/// The interpreter is free for other threads while the articles are worked on.
pub fn each<T: Send>(
    py: Python<'_>,
    pool: &ThreadPool,
    table: AnyRecordBatch,
    columns: &Columns,
    work: impl Fn(&Articles, usize, usize) -> T + Sync,
    mut sink: impl FnMut(RecordBatch, Vec<T>) -> Outcome<()>,
) -> Outcome<()> {
    let mut batches = table.into_reader()?;
    let mut before = 0;
    // Of an empty table the names of the columns are wrong or right as well.
    Articles::of(&RecordBatch::new_empty(batches.schema()), columns).map_err(raise)?;
    while let Some(batch) = py.detach(|| batches.next()) {
        let batch = batch.map_err(bug)?;
        for from in (0..batch.num_rows()).step_by(CHUNK) {
            py.check_signals()?;
            let chunk = batch.slice(from, CHUNK.min(batch.num_rows() - from));
            let articles = Articles::of(&chunk, columns).map_err(raise)?;
            let done = py.detach(|| {
                let row = |row: usize| work(&articles, row, before + from + row);
                pool.install(|| (0..articles.len()).into_par_iter().with_max_len(1).map(row).collect())
            });
            sink(chunk, done)?;
        }
        before += batch.num_rows();
    }
    Ok(())
}
