//! JSON records, one a line, read one at a time in bounded memory.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::article::{Article, Note};
use crate::decode;
use crate::draft::{Draft, Facts};
use crate::error::{Error, ErrorKind};
use crate::html;
use crate::plain::{self, References};

/// The longest line, or record of an array, that is read into memory.
const MAX_RECORD: usize = 16 << 20;

/// The articles of a JSONL source: `id`, `title`, `date`, `url`, `source` and `text`, `body` or `event_text`.
///
/// A line that is broken, too long or without text is an error of its own and the next line is read. One JSON object
/// over several lines, several of them, or an array of objects are read as well.
///
/// ```
/// use detente_text::Records;
/// let lines = "{\"id\": \"a\", \"text\": \"Ruritania sued Freedonia.\"}\n{\"id\": \n";
/// let mut records = Records::new(lines.as_bytes());
/// assert_eq!(records.next().unwrap().unwrap().passages[0].text, "Ruritania sued Freedonia.");
/// assert_eq!(records.next().unwrap().unwrap_err().line(), Some(2));
/// assert!(records.next().is_none());
/// ```
#[derive(Debug)]
pub struct Records<R> {
    reader: R,
    file: Option<String>,
    max: usize,
    /// Lines and bytes read so far.
    line: u64,
    byte: u64,
    layout: Option<Layout>,
    ended: bool,
    buffer: Vec<u8>,
}

/// How the records lie in the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// One a line.
    Lines,
    /// One a line, in UTF-16; whether the low byte comes first.
    WideLines { little: bool },
    /// Objects over several lines, or in an array.
    Objects,
}

/// How the reading of one record ended.
#[derive(PartialEq)]
enum Read {
    Whole,
    TooLong,
    End,
}

impl<R: BufRead> Records<R> {
    /// The records of a reader.
    pub fn new(reader: R) -> Self {
        Records {
            reader,
            file: None,
            max: MAX_RECORD,
            line: 0,
            byte: 0,
            layout: None,
            ended: false,
            buffer: Vec::new(),
        }
    }

    /// Names the file: errors carry the name, and records without an id get `FILE:LINE`.
    #[must_use]
    pub fn named(mut self, file: &str) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// Sets the longest record in bytes; 16 MiB unless told.
    #[must_use]
    pub fn with_max_record(mut self, bytes: usize) -> Self {
        self.max = bytes;
        self
    }

    /// Sees from the first bytes how the records lie.
    fn layout(&mut self) -> Result<Layout, std::io::Error> {
        if let Some(layout) = self.layout {
            return Ok(layout);
        }
        let head = fill(&mut self.reader)?;
        let layout = match head {
            [0xff, 0xfe, ..] | [b'{' | b'[', 0, ..] => Layout::WideLines { little: true },
            [0xfe, 0xff, ..] | [0, b'{' | b'[', ..] => Layout::WideLines { little: false },
            _ => {
                let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
                let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
                let runs_on =
                    line.len() < head.len() && matches!(line.trim_ascii_end().last(), Some(b'{' | b',' | b'['));
                if head.first() == Some(&b'[') || runs_on { Layout::Objects } else { Layout::Lines }
            }
        };
        self.layout = Some(layout);
        Ok(layout)
    }

    /// Reads one line, keeping at most the longest record of it.
    fn read_line(&mut self) -> Result<Read, std::io::Error> {
        let max = self.max;
        let mut read = Read::End;
        loop {
            let chunk = fill(&mut self.reader)?;
            if chunk.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', chunk);
            let taken = end.map_or(chunk.len(), |end| end + 1);
            if read == Read::TooLong || self.buffer.len() + taken > max {
                read = Read::TooLong;
                self.buffer.clear();
            } else {
                read = Read::Whole;
                self.buffer.extend_from_slice(&chunk[..taken]);
            }
            self.reader.consume(taken);
            self.byte += taken as u64;
            if end.is_some() {
                break;
            }
        }
        self.line += u64::from(read != Read::End);
        Ok(read)
    }

    fn read_wide_line(&mut self, little: bool) -> Result<Read, std::io::Error> {
        let mut read = Read::End;
        let mut previous = 0;
        while let Some(&byte) = fill(&mut self.reader)?.first() {
            self.reader.consume(1);
            self.byte += 1;
            let at_pair_end = self.byte.is_multiple_of(2);
            if read == Read::TooLong || self.buffer.len() >= self.max {
                read = Read::TooLong;
                self.buffer.clear();
            } else {
                read = Read::Whole;
                self.buffer.push(byte);
            }
            let (low, high) = if little { (previous, byte) } else { (byte, previous) };
            if at_pair_end && low == b'\n' && high == 0 {
                break;
            }
            previous = byte;
        }
        self.line += u64::from(read != Read::End);
        Ok(read)
    }

    /// Reads one object, from its opening to its closing brace.
    fn read_object(&mut self) -> Result<Read, std::io::Error> {
        let max = self.max;
        let mut depth = 0u64;
        let mut in_string = false;
        let mut escaped = false;
        let mut read = Read::End;
        loop {
            let chunk = fill(&mut self.reader)?;
            if chunk.is_empty() {
                return Ok(read);
            }
            let mut kept = Vec::new();
            let mut taken = 0;
            let mut lines = 0;
            for &b in chunk {
                taken += 1;
                lines += u64::from(b == b'\n');
                if depth == 0 && b != b'{' {
                    continue;
                }
                kept.push(b);
                match b {
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' => in_string = !in_string,
                    // No JSON string holds a bare line feed: the quotes are out of step.
                    b'\n' => in_string = false,
                    b'{' if !in_string => depth += 1,
                    b'}' if !in_string => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            self.reader.consume(taken);
            self.byte += taken as u64;
            self.line += lines;
            if !kept.is_empty() {
                if read == Read::TooLong || self.buffer.len() + kept.len() > max {
                    read = Read::TooLong;
                    self.buffer.clear();
                } else {
                    read = Read::Whole;
                    self.buffer.extend_from_slice(&kept);
                }
                if depth == 0 {
                    return Ok(read);
                }
            }
        }
    }

    fn step(&mut self) -> Option<Result<Article, Error>> {
        loop {
            self.buffer.clear();
            let (line, byte) = (self.line + 1, self.byte);
            let read = match self.layout() {
                Ok(Layout::Lines) => self.read_line(),
                Ok(Layout::WideLines { little }) => self.read_wide_line(little),
                Ok(Layout::Objects) => self.read_object(),
                Err(error) => Err(error),
            };
            match read {
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Error::new(error).at_line(line)));
                }
                Ok(Read::End) => {
                    self.ended = true;
                    return None;
                }
                Ok(Read::TooLong) => {
                    return Some(Err(Error::new(ErrorKind::TooLong { limit: self.max }).at_line(line).at_byte(byte)));
                }
                Ok(Read::Whole) if self.buffer.trim_ascii().is_empty() => {}
                Ok(Read::Whole) => return Some(self.article(line, byte)),
            }
        }
    }

    fn article(&self, line: u64, byte: u64) -> Result<Article, Error> {
        let place = |error: Error| error.at_line(line).at_byte(byte);
        let bytes = &self.buffer;
        let decoded = match self.layout {
            Some(Layout::WideLines { little }) => decode::decode_wide(bytes, little),
            _ => decode::decode(bytes, None).map_err(|e| place(e.moved(byte)))?,
        };
        let text = decoded.text.trim();
        let record: Record<'_> = serde_json::from_str(text).map_err(|error| {
            // Within one line only the column tells something.
            let column = error.column().saturating_sub(1) as u64;
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
            place(Error::new(ErrorKind::Json { reason }).at_byte(byte + if error.line() == 1 { column } else { 0 }))
        })?;
        let mut article = record.read(|| match &self.file {
            Some(file) => format!("{file}:{line}"),
            None => format!("line {line}"),
        });
        if let (Ok(article), Some(broken)) = (&mut article, decoded.broken) {
            article.notes.push(Note::Encoding { line, byte: byte + broken as u64, read_as: decoded.encoding });
        }
        article.map_err(place)
    }
}

/// The bytes that are ready, none at the end.
fn fill<R: BufRead>(reader: &mut R) -> Result<&[u8], std::io::Error> {
    loop {
        match reader.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    reader.fill_buf()
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Article, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let result = self.step()?;
        Some(match &self.file {
            Some(file) => result.map_err(|error| error.in_file(file)),
            None => result,
        })
    }
}

/// The fields of a record that are read; any scalar will do for each.
#[derive(Deserialize)]
struct Record<'a> {
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
}

impl Record<'_> {
    fn read(self, name: impl FnOnce() -> String) -> Result<Article, Error> {
        let Some(text) = [self.text, self.body, self.event_text].into_iter().find_map(Scalar::filled) else {
            return Err(Error::new(ErrorKind::NoText));
        };
        let title = self.title.filled();
        let facts = Facts {
            date_in_record: self.date.filled().map(Cow::into_owned),
            url: self.url.filled().map(Cow::into_owned),
            source: self.source.filled().map(Cow::into_owned),
            author: self.author.filled().map(Cow::into_owned),
            ..Facts::default()
        };
        let id = self.id.filled().map_or_else(name, Cow::into_owned);
        let mut draft = if holds_markup(&text) {
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
        Ok(draft.finish(id))
    }
}

/// Whether a field holds the source of a page and not plain text.
fn holds_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    ["</p>", "<br", "</div>", "<p>"].iter().any(|tag| memchr::memmem::find(bytes, tag.as_bytes()).is_some())
}

/// A string, number or truth value as its words; anything else counts as absent.
#[derive(Default)]
struct Scalar<'a>(Option<Cow<'a, str>>);

impl<'a> Scalar<'a> {
    /// The words, unless there are none.
    fn filled(self) -> Option<Cow<'a, str>> {
        self.0.filter(|words| !words.trim().is_empty())
    }
}

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
