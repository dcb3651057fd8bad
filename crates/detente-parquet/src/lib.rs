//! Parquet: articles are read from it, acts are written to it.
//!
//! A row is an article, its columns are found by their names as in a table ([`detente_columns::Articles`]); a row is an act, with the
//! columns of [`detente_columns::act_schema`]. Only a batch of rows is in memory.
//!
//! ```
//! use detente_text::{Format, read_article};
//!
//! let coder = detente_builtin::coder(None)?;
//! let article = read_article(b"Norway imposed sanctions on Finland.", Format::Text, "a")?;
//! let mut file = Vec::new();
//! let mut writer = detente_parquet::Writer::new(&mut file)?;
//! writer.write(&coder.code(&article).acts)?;
//! writer.finish()?;
//! assert!(file.starts_with(b"PAR1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod read;
mod write;

pub use read::{Rows, opener};
pub use write::Writer;

/// A Parquet file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is damaged, or packed in a way that is not read.
    #[error(transparent)]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The file is damaged in a way that the library does not tell.
    #[error("the file is damaged")]
    Damaged,
    /// The columns are not those of articles.
    #[error(transparent)]
    Columns(#[from] detente_columns::Error),
    /// Acts do not go into columns.
    #[error(transparent)]
    Arrow(#[from] arrow_schema::ArrowError),
}
