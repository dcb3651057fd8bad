//! Opens files, folders, tables, feeds and web archives, compressed or not, and gives their articles one by one.
//!
//! | source | articles | told by |
//! |---|---|---|
//! | folder | those of the files in it and in its folders, by name | |
//! | text, HTML | one | ending, first bytes |
//! | JSON | one a line or object | ending, first bytes |
//! | CSV, TSV | one a row: `id`, `title`, `date`, `url`, `source`, `author`, and `text`, `body` or `event_text` | ending, header |
//! | RSS, Atom | one an entry | first bytes |
//! | Parquet, where a caller can open it | one a row, columns as in CSV | ending |
//! | WARC | one a page that was found | ending, first bytes |
//!
//! Each may be packed by gzip or zstd, which the first bytes tell. [`Sources`] cuts a source into [`Document`]s, one at a time;
//! [`Document::read`] makes an article of each.

mod archive;
mod document;
mod error;
mod feed;
mod folder;
mod kind;
mod meter;
mod sources;
mod stream;
mod table;
mod unpack;

pub use document::Document;
pub use error::{Error, ErrorKind, Place};
pub use meter::{Meter, size};
pub use sources::{Opener, Opening, Sources};
pub use table::Columns;
pub use unpack::Packing;
