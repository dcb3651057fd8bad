//! A passage: clean text that knows where each of its characters came from.

use std::fmt;
use std::ops::Range;

use crate::cleaner::Piece;
use crate::language::Language;

/// A stretch of the source as given: Unicode characters from 0, `end` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// The first character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
}

/// The part of the article that a passage belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The headline.
    Title,
    /// Everything else.
    Text,
}

/// What a passage is, and so whether it is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Kind {
    /// The article's own words: to be coded.
    Body,
    /// Belongs to the page and not to the article.
    Furniture(Reason),
    /// Says again what another passage says.
    Repeat {
        /// Index in [`Article::passages`](crate::Article::passages) of the passage that is kept; it may come later, where it says more.
        of: usize,
    },
    /// Not in English.
    Foreign {
        /// The language it is in.
        language: Language,
    },
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Body => f.write_str("body"),
            Kind::Furniture(reason) => reason.fmt(f),
            Kind::Repeat { of } => write!(f, "repeat of passage {of}"),
            Kind::Foreign { language } => write!(f, "in {language}"),
        }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $words:literal,)*) => {
        /// Why a passage is page furniture. Displays as words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl fmt::Display for Reason {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Reason::$name => $words,)* })
            }
        }
    };
}

reasons! {
    /// The name of a part of the site: "World", "Politics | Asia".
    SectionLabel = "section label",
    /// A heading that says nothing happened.
    Heading = "heading",
    /// Who wrote it.
    Byline = "byline",
    /// Who reported or edited it.
    EditorLine = "editor's line",
    /// A line left by the publishing software.
    SoftwareLine = "software's line",
    /// When it was published or changed.
    Timestamp = "time of publication",
    /// Label and value of the record: source, address, keywords.
    Metadata = "metadata",
    /// An invitation to share or follow.
    Share = "invitation to share",
    /// A notice about cookies or privacy.
    Cookie = "cookie notice",
    /// An invitation to subscribe, sign up or log in.
    Subscribe = "invitation to subscribe",
    /// An advertisement or its label.
    Advertisement = "advertisement",
    /// Whose copyright it is.
    Copyright = "copyright notice",
    /// A pointer to other articles.
    Related = "related article",
    /// The words under a picture.
    Caption = "picture caption",
    /// Whose picture it is.
    Credit = "picture credit",
    /// A menu, a trail of links, a control.
    Navigation = "navigation",
    /// The comments or their count.
    Comments = "comments",
    /// Whom to write to or telephone.
    Contact = "contact",
    /// An agency's or office's mark of the end.
    EndMark = "end mark",
    /// A note on how the text came about: translation, correction, disclaimer.
    Notice = "editorial notice",
    /// Outside the article on its page.
    OutsideArticle = "outside the article",
}

/// The place, date and agency that open a news report: "TOKYO, Nov 3 (Reuters) - ".
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Dateline {
    /// The place as written.
    pub place: Option<String>,
    /// The date as written.
    pub date: Option<String>,
    /// The date, where its year is written too.
    pub day: Option<jiff::civil::Date>,
    /// The agency as written.
    pub agency: Option<String>,
}

/// One paragraph, heading or line of an article.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Passage {
    /// Title or text.
    pub field: Field,
    /// Clean text: entities decoded, single spaces, no line breaks.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// The dateline that it opens with.
    pub dateline: Option<Dateline>,
    /// The day that it tells of, where it says so before its own words, as the entries of a chronology do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<jiff::civil::Date>,
    /// Byte of `text` where the report itself begins, after a dateline or what opens an entry; else 0.
    pub body_start: usize,
    pub(crate) pieces: Vec<Piece>,
}

impl Passage {
    /// The characters of the source that a byte range of [`Passage::text`] came from.
    ///
    /// For JSONL these are characters of the record's title or text after unescaping; for plain text and HTML of the
    /// whole decoded file, without its byte order mark. A range beyond the text is cut to it.
    pub fn source_span(&self, bytes: Range<usize>) -> Span {
        crate::cleaner::source_span(&self.text, &self.pieces, bytes)
    }

    /// The characters of the source that the whole passage came from.
    pub fn span(&self) -> Span {
        self.source_span(0..self.text.len())
    }

    /// The words to be coded: the text after its dateline.
    pub fn body(&self) -> &str {
        &self.text[self.body_start..]
    }

    /// Whether it is to be coded.
    pub fn is_body(&self) -> bool {
        self.kind == Kind::Body
    }
}
