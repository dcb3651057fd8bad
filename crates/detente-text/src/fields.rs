//! An article whose parts are given one by one, as records, tables and feeds do.

use std::borrow::Cow;

use crate::article::Article;
use crate::draft::{Draft, Facts};
use crate::error::{Error, ErrorKind};
use crate::html;
use crate::plain::{self, References};

/// The parts of an article as a record, a row of a table or an entry of a feed states them.
///
/// Spans of the article count characters of `title` and `text` as they are given here.
///
/// ```
/// use detente_text::Fields;
/// let fields = Fields { title: Some("Talks end".into()), text: Some("Ruritania left.".into()), ..Fields::default() };
/// let article = fields.read(|| "row 1".to_owned())?;
/// assert_eq!((article.id.as_str(), article.passages[1].text.as_str()), ("row 1", "Ruritania left."));
/// # Ok::<(), detente_text::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields<'a> {
    /// What the article is called where it comes from.
    pub id: Option<Cow<'a, str>>,
    /// The title.
    pub title: Option<Cow<'a, str>>,
    /// The day of publication, as written.
    pub date: Option<Cow<'a, str>>,
    /// The address.
    pub url: Option<Cow<'a, str>>,
    /// Who published it.
    pub source: Option<Cow<'a, str>>,
    /// Who wrote it.
    pub author: Option<Cow<'a, str>>,
    /// The text, plain or with markup.
    pub text: Option<Cow<'a, str>>,
    /// What the article was coded to before.
    pub coded: Option<Cow<'a, str>>,
    /// The text is known to be HTML; else it is looked for tags.
    pub is_page: bool,
}

impl Fields<'_> {
    /// The same, holding its own words.
    pub fn into_owned(self) -> Fields<'static> {
        let own = |field: Option<Cow<'_, str>>| field.map(|words| Cow::Owned(words.into_owned()));
        Fields {
            id: own(self.id),
            title: own(self.title),
            date: own(self.date),
            url: own(self.url),
            source: own(self.source),
            author: own(self.author),
            text: own(self.text),
            coded: own(self.coded),
            is_page: self.is_page,
        }
    }

    /// Reads the article; one without an id gets a name.
    ///
    /// # Errors
    ///
    /// When there is no text.
    pub fn read(self, name: impl FnOnce() -> String) -> Result<Article, Error> {
        let filled = |field: Option<Cow<'_, str>>| field.filter(|words| !words.trim().is_empty()).map(Cow::into_owned);
        let Some(text) = self.text.filter(|text| !text.trim().is_empty()) else {
            return Err(Error::new(ErrorKind::NoText));
        };
        let title = filled(self.title);
        let facts = Facts {
            date_in_record: filled(self.date),
            url: filled(self.url),
            source: filled(self.source),
            author: filled(self.author),
            ..Facts::default()
        };
        let id = filled(self.id).unwrap_or_else(name);
        let coded = filled(self.coded);
        let mut draft = if self.is_page || holds_markup(&text) {
            let mut draft = html::read(&text);
            // The record's own title stands; one inside the text is a line of the text.
            if title.is_some()
                && let Some(inner) = draft.title.take()
            {
                draft.blocks.insert(0, inner);
            }
            draft.facts = facts.or(std::mem::take(&mut draft.facts));
            draft
        } else {
            Draft::new(facts, plain::paragraphs(&text, References::Decoded))
        };
        draft.text_chars = text.chars().count();
        if let Some(title) = title {
            draft.set_title(&title);
        }
        Ok(Article { coded, ..draft.finish(id) })
    }
}

/// Whether a field holds the source of a page and not plain text.
fn holds_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    ["</p>", "<br", "</div>", "<p>"].iter().any(|tag| memchr::memmem::find(bytes, tag.as_bytes()).is_some())
}
