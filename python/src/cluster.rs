//! The parts that a cluster puts together: wordings for near-duplicates, sayings for affairs.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{BinaryBuilder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, Date32Array, Float64Array, Int32Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use detente_columns::{Articles, Columns, Words, days};
use detente_ledger::store::{Signature, Wording, uid};
use detente_ledger::{Affair, Record, fold_said, said as said_of};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;
use pyo3_arrow::input::AnyRecordBatch;

use crate::coder::{Coder, pool};
use crate::errors::{Failure, Outcome, bug};
use crate::rows::{each, read};
use crate::table::{Table, widen, widened};

static AFFAIRS: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        words("id", true),
        words("kind", true),
        words("parties", true),
        words("subject", false),
        words("object", false),
        words("place", false),
        words("state", true),
        Field::new("since", DataType::Date32, true),
        words("since_precision", true),
        Field::new("entries", DataType::Int32, false),
        words("json", true),
    ]))
});

static SAID: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![words("kind", true), words("key", false), words("article", true), words("said", true)]))
});

/// A column of words.
fn words(name: &str, is_filled: bool) -> Field {
    Field::new(name, DataType::Utf8, !is_filled)
}

/// Affairs as one batch, one row each; the parties' codes are joined by semicolons.
pub fn affairs(affairs: &[Affair]) -> Result<RecordBatch, ArrowError> {
    let words =
        |of: fn(&Affair) -> Option<String>| -> ArrayRef { Arc::new(affairs.iter().map(of).collect::<StringArray>()) };
    let json: Vec<String> = affairs
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()
        .map_err(|error| ArrowError::JsonError(error.to_string()))?;
    let columns: Vec<ArrayRef> = vec![
        words(|affair| Some(affair.id.clone())),
        words(|affair| Some(affair.kind.clone())),
        words(|affair| Some(affair.parties.join(";"))),
        words(|affair| affair.subject.clone()),
        words(|affair| affair.object.clone()),
        words(|affair| affair.place.clone()),
        words(|affair| Some(affair.state.clone())),
        Arc::new(affairs.iter().map(|affair| affair.since.map(days)).collect::<Date32Array>()),
        words(|affair| Some(affair.since_precision.to_string())),
        Arc::new(affairs.iter().map(|affair| i32::try_from(affair.entries.len()).ok()).collect::<Int32Array>()),
        Arc::new(StringArray::from(json)),
    ];
    RecordBatch::try_new(Arc::clone(&AFFAIRS), columns)
}

/// The table with what tells near-duplicates: uid, day, hash of all words, signature and bands of each article.
#[pyfunction]
#[pyo3(signature = (table, columns, threads=None))]
pub fn wording(py: Python<'_>, table: AnyRecordBatch, columns: Columns, threads: Option<usize>) -> PyResult<Table> {
    let bands = Field::new_list("bands", Field::new_list_field(DataType::Int64, true), true);
    let added = [
        Field::new("article_uid", DataType::Utf8, true),
        Field::new("article_day", DataType::Utf8, true),
        Field::new("wording", DataType::Int64, true),
        Field::new("signature", DataType::Binary, true),
        bands,
    ];
    let schema = widened(table.schema()?.as_ref(), added);
    let mut batches = Vec::new();
    let work = |articles: &Articles, row: usize, number: usize| {
        let (article, _) = read(articles.fields(row), number);
        let article = article.filter(|article| article.body().next().is_some())?;
        let day = article.date.as_ref().map(|date| date.value.to_string());
        Some((uid(&article), day, Wording::of(&article)))
    };
    each(py, &pool(threads)?, table, &columns, work, |chunk, done| {
        let (mut uids, mut days, mut hashes) = (StringBuilder::new(), StringBuilder::new(), Int64Builder::new());
        let (mut signatures, mut bands) = (BinaryBuilder::new(), ListBuilder::new(Int64Builder::new()));
        for found in &done {
            let wording = found.as_ref().map(|(_, _, wording)| wording);
            uids.append_option(found.as_ref().map(|(uid, ..)| uid));
            days.append_option(found.as_ref().and_then(|(_, day, _)| day.as_ref()));
            hashes.append_option(wording.map(|wording| wording.hash.cast_signed()));
            let signature = wording.and_then(|wording| wording.signature.as_ref());
            signatures.append_option(signature.map(Signature::to_bytes));
            bands.append_option(signature.map(|signature| signature.bands().map(Some)));
        }
        let added: [ArrayRef; 5] = [
            Arc::new(uids.finish()),
            Arc::new(days.finish()),
            Arc::new(hashes.finish()),
            Arc::new(signatures.finish()),
            Arc::new(bands.finish()),
        ];
        batches.push(widen(&chunk, &schema, added).map_err(bug)?);
        Ok(())
    })?;
    Ok(Table::new(batches, schema))
}

/// How alike the two signatures of each row are, by the columns `one` and `other`: the batch with a column `likeness`.
#[pyfunction]
pub fn likeness(batch: PyRecordBatch) -> PyResult<Table> {
    let batch = batch.into_inner();
    let (one, other) = (column(&batch, "one")?, column(&batch, "other")?);
    let signature = |column: &ArrayRef, row: usize| Signature::from_bytes(bytes(column, row)?);
    let likeness: Float64Array =
        (0..batch.num_rows()).map(|row| Some(signature(&one, row)?.likeness(&signature(&other, row)?))).collect();
    let schema = widened(&batch.schema(), [Field::new("likeness", DataType::Float64, true)]);
    Table::of(widen(&batch, &schema, [Arc::new(likeness) as ArrayRef]))
}

/// What the articles of a batch say of affairs, by the column `coded`: kind, key, article and saying, one row each.
#[pyfunction]
pub fn said(py: Python<'_>, coder: &Coder, batch: PyRecordBatch) -> PyResult<Table> {
    let batch = batch.into_inner();
    let coded = strings(&batch, "coded")?;
    let (mut kinds, mut keys) = (StringBuilder::new(), StringBuilder::new());
    let (mut articles, mut all) = (StringBuilder::new(), StringBuilder::new());
    py.detach(|| -> Result<(), serde_json::Error> {
        for row in 0..batch.num_rows() {
            let Some(json) = coded.get(row) else { continue };
            let record: Record = serde_json::from_str(json)?;
            for said in said_of(&record.into_coded(), coder.coder.lexicon())? {
                kinds.append_value(said.kind);
                keys.append_option(said.key);
                articles.append_value(said.article);
                all.append_value(said.json);
            }
        }
        Ok(())
    })
    .map_err(|error| foreign("coded", error))?;
    let columns: Vec<ArrayRef> =
        vec![Arc::new(kinds.finish()), Arc::new(keys.finish()), Arc::new(articles.finish()), Arc::new(all.finish())];
    Table::of(RecordBatch::try_new(Arc::clone(&SAID), columns))
}

/// Folds what is said, by the columns `kind` and `said`, into affairs.
#[pyfunction]
pub fn fold(py: Python<'_>, coder: &Coder, batch: PyRecordBatch) -> PyResult<Table> {
    let batch = batch.into_inner();
    let (kind, said) = (strings(&batch, "kind")?, strings(&batch, "said")?);
    let rows = (0..batch.num_rows()).filter_map(|row| Some((kind.get(row)?, said.get(row)?)));
    let folded = py.detach(|| fold_said(rows, coder.coder.lexicon())).map_err(|error| foreign("said", error))?;
    Table::of(affairs(&folded))
}

fn foreign(column: &str, found: impl std::fmt::Display) -> PyErr {
    let message = format!("the column {column:?} holds something else than what detente wrote: {found}");
    Failure::input(message, "code the articles again").into()
}

fn column(batch: &RecordBatch, name: &str) -> Outcome<ArrayRef> {
    let missing = || Failure::input(format!("no column is named {name:?}"), "check the steps before this one").into();
    batch.column_by_name(name).cloned().ok_or_else(missing)
}

/// A column of words, whatever the layout.
fn strings(batch: &RecordBatch, name: &str) -> Outcome<Words> {
    let column = column(batch, name)?;
    Words::of_strings(&column).ok_or_else(|| foreign(name, column.data_type()))
}

/// The bytes of a row, whatever the layout.
fn bytes(column: &ArrayRef, row: usize) -> Option<&[u8]> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Binary => Some(column.as_binary::<i32>().value(row)),
        DataType::LargeBinary => Some(column.as_binary::<i64>().value(row)),
        DataType::BinaryView => Some(column.as_binary_view().value(row)),
        _ => None,
    }
}
