//! Rows of a Parquet file as the fields of articles.

use std::collections::VecDeque;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use detente_columns::{Articles, Columns};
use detente_source::{Opener, Opening};
use detente_text::Fields;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use crate::Error;

/// Rows in memory at a time.
const BATCH: usize = 256;

/// The articles of a file, row by row.
pub struct Rows {
    reader: ParquetRecordBatchReader,
    columns: Columns,
    batch: VecDeque<Fields<'static>>,
    failed: bool,
}

impl Rows {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// When the file is no Parquet file, or damaged.
    pub fn open(file: File, columns: &Columns) -> Result<Rows, Error> {
        let reader = guarded(|| Ok(ParquetRecordBatchReaderBuilder::try_new(file)?.with_batch_size(BATCH).build()?))?;
        Ok(Rows { reader, columns: columns.clone(), batch: VecDeque::new(), failed: false })
    }

    fn fill(&mut self) -> Result<bool, Error> {
        let Some(batch) = guarded(|| Ok(self.reader.next().transpose()?))? else { return Ok(false) };
        let articles = Articles::of(&batch, &self.columns)?;
        self.batch.extend((0..articles.len()).map(|row| articles.fields(row).into_owned()));
        Ok(true)
    }
}

/// Reads where damaged bytes can make the library panic: they are an error like others.
fn guarded<T>(read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Error::Damaged))
}

impl Iterator for Rows {
    type Item = Result<Fields<'static>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(fields) = self.batch.pop_front() {
                return Some(Ok(fields));
            }
            if self.failed {
                return None;
            }
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// How [`detente_source::Sources`] opens Parquet files.
pub fn opener() -> Opener {
    Arc::new(|file: File, columns: &Columns| {
        let rows = Rows::open(file, columns)?;
        Ok(Box::new(rows.map(|row| row.map_err(Into::into))) as Opening)
    })
}
