//! Acts as rows of a Parquet file.

use std::io::Write;

use detente_coder::Act;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::Error;

/// Acts that are gathered before they are written as columns.
const BATCH: usize = 1 << 10;

/// Rows that lie together in the file, and in memory until they are written.
const GROUP: usize = 1 << 14;

/// Writes acts, packed by zstd. The same acts give the same bytes.
pub struct Writer<W: Write + Send> {
    writer: ArrowWriter<W>,
    acts: Vec<Act>,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn new(out: W) -> Result<Writer<W>, Error> {
        let packing = Compression::ZSTD(ZstdLevel::default());
        let properties =
            WriterProperties::builder().set_compression(packing).set_max_row_group_row_count(Some(GROUP)).build();
        let writer = ArrowWriter::try_new(out, detente_columns::act_schema(), Some(properties))?;
        Ok(Writer { writer, acts: Vec::new() })
    }

    /// Writes acts, in their order.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn write(&mut self, acts: &[Act]) -> Result<(), Error> {
        self.acts.extend_from_slice(acts);
        while self.acts.len() >= BATCH {
            let rest = self.acts.split_off(BATCH);
            self.writer.write(&detente_columns::acts(&self.acts)?)?;
            self.acts = rest;
        }
        Ok(())
    }

    /// Ends the file; without this it cannot be read.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<W, Error> {
        if !self.acts.is_empty() {
            self.writer.write(&detente_columns::acts(&self.acts)?)?;
        }
        Ok(self.writer.into_inner()?)
    }
}
