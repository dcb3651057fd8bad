//! Articles and acts as Arrow columns: one row an article in, one row an act out.
//!
//! Strings may have any layout: `Utf8`, `LargeUtf8`, `Utf8View`, and dictionaries of these.
//!
//! ```
//! use std::sync::Arc;
//! use arrow_array::{ArrayRef, RecordBatch, StringViewArray};
//! use detente_columns::{Articles, Columns};
//!
//! let text: ArrayRef = Arc::new(StringViewArray::from(vec!["Norway imposed sanctions on Finland."]));
//! let articles = Articles::of(&RecordBatch::try_from_iter([("Body", text)])?, &Columns::new())?;
//! let article = articles.fields(0).read(|| "row 1".to_owned())?;
//!
//! let coder = detente_builtin::coder(None)?;
//! let acts = detente_columns::acts(&coder.code(&article).acts)?;
//! assert_eq!(acts.num_rows(), 1);
//! assert_eq!(acts.schema(), detente_columns::act_schema());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod acts;
mod articles;
mod error;
mod words;

pub use acts::{act_schema, acts, days};
pub use articles::{Articles, Columns};
pub use error::Error;
pub use words::Words;
