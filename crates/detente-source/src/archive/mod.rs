//! Web archives (WARC 1.0 and 1.1): the pages that a crawler was given, one article a record.

mod http;

use std::io::{self, BufRead};
use std::sync::Arc;

use detente_text::ErrorKind as TextError;

use crate::document::{Content, Document};
use crate::error::{Error, ErrorKind, Place};
use crate::stream::Stream;

/// The longest record that is read into memory: its page may be no longer, and what a server says before it is short.
const LONGEST_RECORD: u64 = (16 << 20) + (64 << 10);

/// The longest head of a record.
const LONGEST_HEAD: usize = 64 << 10;

/// Reads an archive record by record; only the record at hand is in memory.
pub(crate) struct Archive {
    file: Arc<str>,
    stream: Stream,
    /// Records and bytes so far.
    record: u64,
    byte: u64,
    /// Where the next record begins, if its first line was read already.
    found: Option<u64>,
    ended: bool,
}

/// The head of a record.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    id: Option<String>,
    url: Option<String>,
    content_type: String,
    length: Option<u64>,
}

/// How the reading of one line ended.
enum Line {
    /// With its end taken off.
    Whole(Vec<u8>),
    TooLong,
    /// The file ends in it.
    Cut,
    End,
}

impl Archive {
    /// The pages of an archive.
    pub fn new(stream: Stream, file: &Arc<str>) -> Archive {
        Archive { file: Arc::clone(file), stream, record: 0, byte: 0, found: None, ended: false }
    }

    fn read_line(&mut self) -> io::Result<Line> {
        let mut line = Vec::new();
        let mut is_long = false;
        loop {
            let chunk = fill(&mut self.stream)?;
            if chunk.is_empty() {
                return Ok(if line.is_empty() && !is_long { Line::End } else { Line::Cut });
            }
            let end = memchr::memchr(b'\n', chunk);
            let taken = end.map_or(chunk.len(), |end| end + 1);
            is_long |= line.len() + taken > LONGEST_HEAD;
            if is_long {
                line.clear();
            } else {
                line.extend_from_slice(&chunk[..taken]);
            }
            self.stream.consume(taken);
            self.byte += taken as u64;
            if end.is_some() {
                return Ok(if is_long { Line::TooLong } else { Line::Whole(line.trim_ascii_end().to_vec()) });
            }
        }
    }

    /// Reads or leaves `length` bytes; tells how many were there.
    fn take(&mut self, length: u64, into: Option<&mut Vec<u8>>) -> io::Result<u64> {
        let mut into = into;
        let mut left = length;
        while left > 0 {
            let chunk = fill(&mut self.stream)?;
            if chunk.is_empty() {
                break;
            }
            let taken = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if let Some(bytes) = into.as_deref_mut() {
                bytes.extend_from_slice(&chunk[..taken]);
            }
            self.stream.consume(taken);
            self.byte += taken as u64;
            left -= taken as u64;
        }
        Ok(length - left)
    }

    fn fail(&self, place: Place, kind: impl Into<ErrorKind>) -> Error {
        Error::new(&self.file, place, kind)
    }

    fn broken(&self, place: Place, reason: impl Into<String>) -> Error {
        self.fail(place, ErrorKind::Archive { reason: reason.into() })
    }

    /// Finds the first line of the next record and tells where it is; nothing at the end.
    fn find(&mut self) -> Result<Option<Place>, Error> {
        if let Some(byte) = self.found.take() {
            return Ok(Some(Place::record(self.record + 1, byte)));
        }
        let mut stray = None;
        loop {
            let byte = self.byte;
            let place = Place::record(self.record + 1, byte);
            match self.line(place)? {
                Line::End => break,
                Line::Whole(line) if line.starts_with(b"WARC/") => {
                    if stray.is_none() {
                        return Ok(Some(place));
                    }
                    self.found = Some(byte);
                    break;
                }
                Line::Whole(line) if line.is_empty() => {}
                Line::Whole(_) | Line::TooLong | Line::Cut => {
                    stray.get_or_insert(place);
                }
            }
        }
        match stray {
            Some(place) => Err(self.broken(place, "what stands here is no record")),
            None => Ok(None),
        }
    }

    /// Reads a line; where that fails there is nothing more to read.
    fn line(&mut self, place: Place) -> Result<Line, Error> {
        self.read_line().map_err(|error| {
            self.ended = true;
            self.fail(place, error)
        })
    }

    fn head(&mut self, place: Place) -> Result<Head, Error> {
        self.record += 1;
        let mut head = Head::default();
        let start = self.byte;
        loop {
            let line = match self.line(place)? {
                Line::Whole(line) if line.is_empty() => return Ok(head),
                Line::Whole(line) => line,
                Line::TooLong => return Err(self.broken(place, "a line of the record's head is too long")),
                Line::Cut | Line::End => return Err(self.broken(place, "it ends inside the record")),
            };
            if self.byte - start > LONGEST_HEAD as u64 {
                return Err(self.broken(place, "the record's head is too long"));
            }
            let line = String::from_utf8_lossy(&line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            let unwrapped = || Some(value.trim_start_matches('<').trim_end_matches('>').to_owned());
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-record-id" => head.id = unwrapped(),
                "warc-target-uri" => head.url = unwrapped(),
                "content-type" => head.content_type = value.to_ascii_lowercase(),
                "content-length" => head.length = value.parse().ok(),
                _ => {}
            }
        }
    }

    /// Reads the next record; nothing within where it holds no page.
    fn step(&mut self) -> Result<Option<Option<Document>>, Error> {
        let Some(place) = self.find()? else { return Ok(None) };
        let head = self.head(place)?;
        let Some(length) = head.length else {
            return Err(self.broken(place, "the record has no length"));
        };
        let is_wanted = head.may_hold_page();
        let is_long = is_wanted && length > LONGEST_RECORD;
        let mut bytes = Vec::new();
        let into = (is_wanted && !is_long).then_some(&mut bytes);
        let taken = self.take(length, into).map_err(|error| {
            self.ended = true;
            self.fail(place, error)
        })?;
        if taken < length {
            self.ended = true;
            let reason = format!("it ends inside the record, {} bytes early", length - taken);
            return Err(self.broken(place, reason));
        }
        if is_long {
            return Err(self.fail(place, ErrorKind::Text(TextError::TooLong { limit: LONGEST_RECORD as usize })));
        }
        if !is_wanted {
            return Ok(Some(None));
        }
        self.page(head, bytes, place).map(Some)
    }

    fn page(&self, head: Head, bytes: Vec<u8>, place: Place) -> Result<Option<Document>, Error> {
        let Head { id, url, content_type, .. } = head;
        let page = if content_type.starts_with("application/http") {
            match http::page(bytes) {
                Ok(page) => page,
                Err(reason) => return Err(self.broken(place, reason)),
            }
        } else {
            http::Page::of_type(&content_type, bytes)
        };
        let Some(http::Page { body, format, charset }) = page else { return Ok(None) };
        let content = Content::Page { bytes: body, format, charset, url, id };
        Ok(Some(Document::new(&self.file, place, content)))
    }
}

impl Head {
    fn may_hold_page(&self) -> bool {
        match self.kind.as_str() {
            "response" | "resource" => true,
            // Text that was drawn from pages.
            "conversion" => self.content_type.starts_with("text/plain"),
            _ => false,
        }
    }
}

impl Iterator for Archive {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.step() {
                Ok(Some(Some(document))) => return Some(Ok(document)),
                Ok(Some(None)) => {}
                Ok(None) => self.ended = true,
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

/// The bytes that are ready, none at the end.
fn fill(stream: &mut Stream) -> io::Result<&[u8]> {
    loop {
        match stream.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    stream.fill_buf()
}
