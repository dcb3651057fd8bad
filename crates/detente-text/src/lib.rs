//! Reads news articles (text, HTML, JSONL) into passages, with page furniture and repeats marked.
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
mod format;
mod furniture;
mod html;
mod language;
mod passage;
mod plain;
mod records;
mod repeats;

pub use article::{Article, Note, Origin, Stated};
pub use error::{Error, ErrorKind};
pub use format::Format;
pub use language::Language;
pub use passage::{Dateline, Field, Kind, Passage, Reason, Span};
pub use records::Records;

/// The longest text or page that is read, in bytes.
const MAX_ARTICLE: usize = 16 << 20;

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
    if bytes.len() > MAX_ARTICLE {
        return Err(Error::new(ErrorKind::TooLong { limit: MAX_ARTICLE }));
    }
    let declared = if format == Format::Html { decode::declared_in_page(bytes) } else { None };
    let decoded = decode::decode(bytes, declared.as_deref())?;
    let mut draft = match format {
        Format::Html => html::read(&decoded.text),
        _ => {
            let mut draft = draft::Draft::new(
                draft::Facts::default(),
                plain::paragraphs(&decoded.text, plain::References::Literal),
            );
            draft.find_title();
            draft
        }
    };
    draft.text_chars = decoded.text.chars().count();
    let mut article = draft.finish(id.to_owned());
    if article.passages.is_empty() {
        return Err(Error::new(ErrorKind::NoText));
    }
    if let Some(broken) = decoded.broken {
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..broken.min(bytes.len())]).count() as u64;
        article.notes.push(Note::Encoding { line, byte: broken as u64, read_as: decoded.encoding });
    }
    Ok(article)
}
