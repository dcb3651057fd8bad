//! An article that was cut out of its source and is not yet read.

use std::sync::Arc;

use detente_text::{Article, Fields, Format, Note, Page, Record};

use crate::error::{Error, Place};

/// An article that was cut out of its source and is not yet read.
///
/// Cutting must be done in the order of the source and is cheap; [`Document::read`] is most of the work and can be done on any thread.
#[derive(Debug)]
pub struct Document {
    file: Arc<str>,
    place: Place,
    content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    /// A whole file of text or one page.
    File { bytes: Vec<u8>, format: Format },
    /// A JSON record.
    Record(Record),
    /// A row of a table or an entry of a feed.
    Fields { fields: Box<Fields<'static>>, note: Option<Note> },
    /// A page of a web archive.
    Page { bytes: Vec<u8>, format: Format, charset: Option<String>, url: Option<String>, id: Option<String> },
}

impl Document {
    pub(crate) fn new(file: &Arc<str>, place: Place, content: Content) -> Document {
        Document { file: Arc::clone(file), place, content }
    }

    /// The file it comes from.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Where in the file it begins, as far as that is known before it is read.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Whether a crawler gathered it: much of what it finds is no article, and nobody's fault.
    pub fn is_crawled(&self) -> bool {
        matches!(self.content, Content::Page { .. })
    }

    /// Reads the article.
    ///
    /// # Errors
    ///
    /// When it is broken or holds no text; the error knows file and place.
    pub fn read(self) -> Result<Article, Error> {
        let Document { file, place, content } = self;
        let article = match content {
            Content::File { bytes, format } => Page { format, charset: None, url: None }.read(&bytes, &file),
            Content::Record(record) => record.read(),
            Content::Fields { fields, note } => fields.read(|| name(&file, place)).map(|mut article| {
                article.notes.extend(note);
                article
            }),
            Content::Page { bytes, format, charset, url, id } => {
                let id = id.unwrap_or_else(|| name(&file, place));
                Page { format, charset: charset.as_deref(), url: url.as_deref() }.read(&bytes, &id)
            }
        };
        article.map_err(|error| Error::of_text(&file, place, error))
    }
}

/// The name of an article that has none.
fn name(file: &str, place: Place) -> String {
    match place {
        Place { record: Some(record), .. } => format!("{file}:{record}"),
        Place { line: Some(line), .. } => format!("{file}:{line}"),
        _ => file.to_owned(),
    }
}
