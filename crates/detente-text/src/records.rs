//! JSON records, one a line, cut out of a stream one at a time in bounded memory.

use std::io::BufRead;

use crate::article::Article;
use crate::error::{Error, ErrorKind};
use crate::record::Record;

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

    /// Cuts the next record out of the stream without reading it.
    ///
    /// # Errors
    ///
    /// When the record is too long or the stream cannot be read on; the error knows file, line and byte.
    pub fn next_record(&mut self) -> Option<Result<Record, Error>> {
        if self.ended {
            return None;
        }
        let result = self.step()?;
        Some(match &self.file {
            Some(file) => result.map_err(|error| error.in_file(file)),
            None => result,
        })
    }

    fn step(&mut self) -> Option<Result<Record, Error>> {
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
                Ok(Read::Whole) => {
                    let bytes = std::mem::take(&mut self.buffer);
                    let wide = match self.layout {
                        Some(Layout::WideLines { little }) => Some(little),
                        _ => None,
                    };
                    return Some(Ok(Record { bytes, line, byte, wide, file: self.file.clone() }));
                }
            }
        }
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
        Some(self.next_record()?.and_then(|record| record.read()))
    }
}
