//! Tables: Arrow record batches that Python's libraries take as they are.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::PyTable;

use crate::errors::{Outcome, bug};

/// Rows and columns, by the Arrow PyCapsule interface: hand it to pyarrow, polars, pandas or DuckDB.
#[pyclass(frozen, module = "detente")]
pub struct Table {
    batches: Vec<RecordBatch>,
    schema: SchemaRef,
}

/// The columns of a table with more at their end.
pub fn widened(schema: &Schema, added: impl IntoIterator<Item = Field>) -> SchemaRef {
    Arc::new(Schema::new(schema.fields().iter().cloned().chain(added.into_iter().map(Arc::new)).collect::<Vec<_>>()))
}

/// A batch with the columns more that `schema` has.
pub fn widen(
    batch: &RecordBatch,
    schema: &SchemaRef,
    added: impl IntoIterator<Item = ArrayRef>,
) -> Result<RecordBatch, ArrowError> {
    RecordBatch::try_new(Arc::clone(schema), batch.columns().iter().cloned().chain(added).collect())
}

impl Table {
    /// Batches of one schema.
    pub fn new(batches: Vec<RecordBatch>, schema: SchemaRef) -> Table {
        Table { batches, schema }
    }

    /// One batch.
    pub fn of(batch: Result<RecordBatch, ArrowError>) -> Outcome<Table> {
        let batch = batch.map_err(bug)?;
        Ok(Table { schema: batch.schema(), batches: vec![batch] })
    }

    /// The rows of an answer: whole numbers in the columns named so, measures in others, words in the rest.
    pub fn of_answer(answer: &detente_ledger::ask::Table, whole: &[&str], measures: &[&str]) -> Outcome<Table> {
        let column = |number: usize| -> (DataType, ArrayRef) {
            let name = answer.header[number];
            let cells = answer.rows.iter().map(|row| Some(row[number].as_str()).filter(|cell| !cell.is_empty()));
            if whole.contains(&name) {
                (DataType::Int64, Arc::new(cells.map(|cell| cell?.parse().ok()).collect::<Int64Array>()))
            } else if measures.contains(&name) {
                (DataType::Float64, Arc::new(cells.map(|cell| cell?.parse().ok()).collect::<Float64Array>()))
            } else {
                (DataType::Utf8, Arc::new(cells.collect::<StringArray>()))
            }
        };
        let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = answer
            .header
            .iter()
            .enumerate()
            .map(|(number, name)| {
                let (kind, column) = column(number);
                (Field::new(*name, kind, true), column)
            })
            .unzip();
        Table::of(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns))
    }

    fn exported<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTable>> {
        Bound::new(py, PyTable::try_new(self.batches.clone(), Arc::clone(&self.schema))?)
    }
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.exported(py)?.call_method1("__arrow_c_stream__", (requested_schema,))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.exported(py)?.call_method0("__arrow_c_schema__")
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// How many rows there are.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<detente.Table of {} rows: {}>", self.num_rows(), self.column_names().join(", "))
    }
}
