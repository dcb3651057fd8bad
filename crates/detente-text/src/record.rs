//! One JSON record: its bytes, and the article in them.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::article::{Article, Note};
use crate::decode;
use crate::error::{Error, ErrorKind};
use crate::fields::Fields;

/// A JSON record that was cut out of its stream and is not yet read.
///
/// Cutting is cheap and must be done in order; [`Record::read`] is most of the work and can be done on any thread.
#[derive(Debug, Clone)]
pub struct Record {
    pub(crate) bytes: Vec<u8>,
    /// First line and byte in the stream.
    pub(crate) line: u64,
    pub(crate) byte: u64,
    /// In UTF-16: whether the low byte comes first.
    pub(crate) wide: Option<bool>,
    pub(crate) file: Option<String>,
}

impl Record {
    /// Reads the article.
    ///
    /// # Errors
    ///
    /// When the record is broken JSON or holds no text; the error knows file, line and byte.
    pub fn read(&self) -> Result<Article, Error> {
        self.article().map_err(|error| match &self.file {
            Some(file) => error.in_file(file),
            None => error,
        })
    }

    fn article(&self) -> Result<Article, Error> {
        let Record { bytes, line, byte, .. } = self;
        let (line, byte) = (*line, *byte);
        let place = |error: Error| error.at_line(line).at_byte(byte);
        let decoded = match self.wide {
            Some(little) => decode::decode_wide(bytes, little),
            None => decode::decode(bytes, None).map_err(|e| place(e.moved(byte)))?,
        };
        let text = decoded.text.trim();
        let object: Object<'_> = serde_json::from_str(text).map_err(|error| {
            // Within one line only the column tells something.
            let column = error.column().saturating_sub(1) as u64;
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
            place(Error::new(ErrorKind::Json { reason }).at_byte(byte + if error.line() == 1 { column } else { 0 }))
        })?;
        let mut article = object.fields().read(|| match &self.file {
            Some(file) => format!("{file}:{line}"),
            None => format!("line {line}"),
        });
        if let (Ok(article), Some(broken)) = (&mut article, decoded.broken) {
            article.notes.push(Note::Encoding { line, byte: byte + broken as u64, read_as: decoded.encoding });
        }
        article.map_err(place)
    }
}

/// The fields of a record that are read; any scalar will do for each.
#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow, default)]
    id: Scalar<'a>,
    #[serde(borrow, default)]
    title: Scalar<'a>,
    #[serde(borrow, default)]
    date: Scalar<'a>,
    #[serde(borrow, default)]
    url: Scalar<'a>,
    #[serde(borrow, default)]
    source: Scalar<'a>,
    #[serde(borrow, default)]
    author: Scalar<'a>,
    #[serde(borrow, default)]
    text: Scalar<'a>,
    #[serde(borrow, default)]
    body: Scalar<'a>,
    #[serde(borrow, default)]
    event_text: Scalar<'a>,
    #[serde(borrow, default)]
    coded: Scalar<'a>,
}

impl<'a> Object<'a> {
    fn fields(self) -> Fields<'a> {
        let filled = |words: &Cow<'_, str>| !words.trim().is_empty();
        Fields {
            id: self.id.0,
            title: self.title.0,
            date: self.date.0,
            url: self.url.0,
            source: self.source.0,
            author: self.author.0,
            text: [self.text.0, self.body.0, self.event_text.0].into_iter().flatten().find(filled),
            coded: self.coded.0,
            is_page: false,
        }
    }
}

/// A string, number or truth value as its words; anything else counts as absent.
#[derive(Default)]
struct Scalar<'a>(Option<Cow<'a, str>>);

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor).map(Scalar)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(v)))
    }

    fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(v.to_owned())))
    }

    fn visit_bool<E>(self, v: bool) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(v.to_string())))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(v.to_string())))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(v.to_string())))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(v.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
