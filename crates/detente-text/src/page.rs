//! One article that is a whole file: plain text or a web page.

use crate::article::{Article, Note};
use crate::decode;
use crate::draft::{Draft, Facts};
use crate::error::{Error, ErrorKind};
use crate::format::Format;
use crate::html;
use crate::plain;

/// The longest text or page that is read, in bytes.
const MAX_ARTICLE: usize = 16 << 20;

/// What is known of a file or page beside its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// [`Format::Html`] for a page; anything else is plain text.
    pub format: Format,
    /// The encoding that came with it, as a server says; a byte order mark goes before it.
    pub charset: Option<&'a str>,
    /// The address it was fetched from.
    pub url: Option<&'a str>,
}

impl Page<'_> {
    /// The longest text or page that is read, in bytes.
    pub const LONGEST: usize = MAX_ARTICLE;

    /// Reads the article.
    ///
    /// # Errors
    ///
    /// When the bytes are empty, binary, too long or without text; the error knows the byte.
    pub fn read(&self, bytes: &[u8], id: &str) -> Result<Article, Error> {
        if bytes.len() > MAX_ARTICLE {
            return Err(Error::new(ErrorKind::TooLong { limit: MAX_ARTICLE }));
        }
        let is_page = self.format == Format::Html;
        let in_page = if is_page && self.charset.is_none() { decode::declared_encoding(bytes) } else { None };
        let decoded = decode::decode(bytes, self.charset.or(in_page.as_deref()))?;
        let mut draft = if is_page {
            html::read(&decoded.text)
        } else {
            let mut draft = Draft::new(Facts::default(), plain::paragraphs(&decoded.text, plain::References::Literal));
            draft.find_title();
            draft
        };
        if let Some(url) = self.url {
            draft.facts.url = Some(url.to_owned());
        }
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
}
