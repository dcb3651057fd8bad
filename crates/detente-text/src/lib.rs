//! Reads news articles (text, HTML, JSONL, fields) into passages, with page furniture and repeats marked.
//!
//! ```
//! use detente_text::{Format, Kind, read_article};
//!
//! let page = "Ruritania Closes Its Border\nWorld\nStrelsau, the capital, was quiet when the ministers met there on Monday.\n";
//! let article = read_article(page.as_bytes(), Format::Text, "border")?;
//! assert_eq!(article.title().unwrap().text, "Ruritania Closes Its Border");
//! assert!(matches!(article.passages[1].kind, Kind::Furniture(_)));
//! let (_, last) = article.body().last().unwrap();
//! assert_eq!(last.source_span(0..8).start, 34);
//! # Ok::<(), detente_text::Error>(())
//! ```
//!
//! Every [`Passage`] leads back to the source: [`Passage::source_span`] gives the Unicode characters that a range of its
//! clean text came from. For JSONL they count in the record's `title` or `text` after unescaping; for plain text and HTML
//! in the whole decoded file without its byte order mark, tags, entities and line ends included.
//!
//! The date of an article is the first one stated in this order ([`Origin`]): the record's field, linked data, a meta
//! element, a time element, a line such as "Published 3 November 2024", a dateline with its year, the address. A source
//! that states none has no date.

mod article;
mod cleaner;
mod dateline;
mod dates;
mod decode;
mod draft;
mod error;
mod fields;
mod flags;
mod format;
mod furniture;
mod html;
mod label;
mod language;
mod page;
mod passage;
mod plain;
mod record;
mod records;
mod repeats;
mod shorthand;

pub use article::{Article, Note, Origin, Stated};
pub use decode::{Decoded, declared_encoding, decode};
pub use error::{Error, ErrorKind};
pub use fields::Fields;
pub use format::Format;
pub use language::Language;
pub use page::Page;
pub use passage::{Dateline, Field, Kind, Passage, Reason, Span};
pub use record::Record;
pub use records::Records;

/// Reads one article; of a JSONL source the first record.
///
/// # Errors
///
/// When the bytes are empty, binary, too long or no record; the error knows the line or byte, and
/// [`Error::in_file`] adds the name.
pub fn read_article(bytes: &[u8], format: Format, id: &str) -> Result<Article, Error> {
    if format == Format::Jsonl {
        return Records::new(bytes).next().unwrap_or_else(|| Err(Error::new(ErrorKind::Empty)));
    }
    let page = Page { format, charset: None, url: None };
    page.read(bytes, id)
}
