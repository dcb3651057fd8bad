//! Tables with named columns (CSV, TSV), one article a row.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, Reader, ReaderBuilder};
use detente_text::{ErrorKind as TextError, Fields, Note, decode};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use crate::document::{Content, Document};
use crate::error::{Error, ErrorKind, Place};
use crate::stream::Stream;

/// The longest row that is read into memory.
const MAX_ROW: u64 = 16 << 20;

/// The names of columns that hold the text, the first that is there and filled being taken.
const TEXTS: [&str; 3] = ["text", "body", "event_text"];

/// What the caller calls the columns: name of a field (`text`, `date`, `title`...) and of the column that holds it.
pub type Columns = BTreeMap<String, String>;

/// Tells whether two names of columns are the same: capitals do not count.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.trim().chars().flat_map(char::to_lowercase))
}

/// The rows of a table.
pub(crate) struct Table {
    file: Arc<str>,
    rows: Reader<Watched>,
    /// Bytes that were handed out since the row began.
    row_bytes: Arc<AtomicU64>,
    columns: Columns,
    places: Option<Places>,
    row: ByteRecord,
    ended: bool,
}

/// The column of each field.
#[derive(Default)]
struct Places {
    id: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
    url: Option<usize>,
    source: Option<usize>,
    author: Option<usize>,
    texts: Vec<usize>,
    /// Columns in all.
    count: u64,
}

impl Table {
    /// The rows of a stream.
    pub fn new(stream: Stream, file: &Arc<str>, separator: u8, columns: Columns) -> Table {
        let row_bytes = Arc::new(AtomicU64::new(0));
        // Spreadsheets write UTF-16 with its mark; all else is decoded row by row.
        let decoded = DecodeReaderBytesBuilder::new().utf8_passthru(true).strip_bom(true).build(stream);
        let watched = Watched { inner: decoded, row_bytes: Arc::clone(&row_bytes) };
        let rows = ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(watched);
        Table { file: Arc::clone(file), rows, row_bytes, columns, places: None, row: ByteRecord::new(), ended: false }
    }

    /// Reads a row; nothing at the end.
    fn read_row(&mut self) -> Result<Option<u64>, Error> {
        self.row_bytes.store(0, Ordering::Relaxed);
        let line = self.rows.position().line();
        match self.rows.read_byte_record(&mut self.row) {
            Ok(true) => Ok(Some(self.row.position().map_or(line, csv::Position::line))),
            Ok(false) => Ok(None),
            Err(error) => {
                let kind = match error.into_kind() {
                    csv::ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<RowTooLong>()) => {
                        ErrorKind::Text(TextError::TooLong { limit: MAX_ROW as usize })
                    }
                    csv::ErrorKind::Io(error) => error.into(),
                    // Fields may have any bytes and any number: nothing else can be wrong.
                    other => ErrorKind::from(io::Error::other(format!("{other:?}"))),
                };
                Err(Error::new(&self.file, Place::line(line), kind))
            }
        }
    }

    fn header(&mut self) -> Result<Option<()>, Error> {
        let Some(line) = self.read_row()? else { return Ok(None) };
        let fail = |kind| Error::new(&self.file, Place::line(line), kind);
        // All names together tell their encoding better than each by itself.
        let encoding = decode(self.row.as_slice(), None).map(|decoded| decoded.encoding).ok();
        let name = |bytes| decode(bytes, encoding).map_or_else(|_| String::new(), |name| name.text.trim().to_owned());
        let names: Vec<String> = self.row.iter().map(name).collect();
        let at = |name: &str| names.iter().position(|known| same_name(known, name));
        let found = || names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
        let given = |field: &str| match self.columns.get(field) {
            None => Ok(at(field)),
            Some(name) => match at(name) {
                None => Err(fail(ErrorKind::NoColumn { name: name.clone(), found: found() })),
                place => Ok(place),
            },
        };
        let texts = match self.columns.contains_key("text") {
            true => given("text")?.into_iter().collect(),
            false => TEXTS.iter().filter_map(|name| at(name)).collect::<Vec<_>>(),
        };
        if texts.is_empty() {
            let wanted = TEXTS.join(", ");
            return Err(fail(ErrorKind::NoTextColumn { wanted, found: found() }));
        }
        self.places = Some(Places {
            id: given("id")?,
            title: given("title")?,
            date: given("date")?,
            url: given("url")?,
            source: given("source")?,
            author: given("author")?,
            texts,
            count: names.len() as u64,
        });
        Ok(Some(()))
    }

    fn document(&self, places: &Places, line: u64) -> Result<Document, Error> {
        let fail = |kind| Error::new(&self.file, Place::line(line), kind);
        let found = self.row.len() as u64;
        if found != places.count {
            return Err(fail(ErrorKind::Fields { found, expected: places.count }));
        }
        let mut note = None;
        let mut words = |place: Option<usize>| -> Result<Option<String>, Error> {
            let bytes = place.and_then(|place| self.row.get(place)).unwrap_or_default();
            if bytes.trim_ascii().is_empty() {
                return Ok(None);
            }
            let decoded = decode(bytes, None).map_err(|error| fail(error.into_kind().into()))?;
            if let (Some(_), None) = (decoded.broken, &note) {
                let byte = self.row.position().map_or(0, csv::Position::byte);
                note = Some(Note::Encoding { line, byte, read_as: decoded.encoding });
            }
            Ok(Some(decoded.text.into_owned()))
        };
        let mut text = None;
        for &place in &places.texts {
            if text.is_none() {
                text = words(Some(place))?;
            }
        }
        let mut field = |place| Ok::<_, Error>(words(place)?.map(Into::into));
        let fields = Fields {
            id: field(places.id)?,
            title: field(places.title)?,
            date: field(places.date)?,
            url: field(places.url)?,
            source: field(places.source)?,
            author: field(places.author)?,
            text: text.map(Into::into),
            coded: None,
            is_page: false,
        };
        Ok(Document::new(&self.file, Place::line(line), Content::Fields { fields: Box::new(fields), note }))
    }

    fn step(&mut self) -> Result<Option<Document>, Error> {
        if self.places.is_none() {
            match self.header() {
                Ok(Some(())) => {}
                other => {
                    self.ended = true;
                    return other.map(|_| None);
                }
            }
        }
        match self.read_row() {
            Ok(Some(line)) => match &self.places {
                Some(places) => self.document(places, line).map(Some),
                None => Ok(None),
            },
            end => {
                self.ended = true;
                end.map(|_| None)
            }
        }
    }
}

impl Iterator for Table {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended { None } else { self.step().transpose() }
    }
}

/// A row that goes on and on, for instance for want of a closing quote.
#[derive(Debug)]
struct RowTooLong;

impl std::fmt::Display for RowTooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the row is too long")
    }
}

impl std::error::Error for RowTooLong {}

/// Hands bytes on until a row is too long.
struct Watched {
    inner: DecodeReaderBytes<Stream, Vec<u8>>,
    row_bytes: Arc<AtomicU64>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.row_bytes.load(Ordering::Relaxed) > MAX_ROW {
            return Err(io::Error::other(RowTooLong));
        }
        let read = self.inner.read(buffer)?;
        self.row_bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
