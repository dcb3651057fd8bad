//! Opens what the caller names and gives its articles one after the other.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::sync::Arc;

use detente_text::{ErrorKind as TextError, Fields, Format, Page, Records};

use crate::archive::Archive;
use crate::document::{Content, Document};
use crate::error::{Error, ErrorKind, Place};
use crate::feed;
use crate::folder::Walk;
use crate::kind::{HEAD, Kind, PARQUET, ending};
use crate::meter::Meter;
use crate::stream::{Stream, peek, whole};
use crate::table::{Columns, Table};
use crate::unpack::{LIMITS, Limits, MOST_LAYERS, unpack};

/// The articles of a Parquet file, row by row.
pub type Opening = Box<dyn Iterator<Item = Result<Fields<'static>, Box<dyn std::error::Error + Send + Sync>>> + Send>;

/// What opens Parquet files; the crate detente-parquet has it.
pub type Opener =
    Arc<dyn Fn(File, &Columns) -> Result<Opening, Box<dyn std::error::Error + Send + Sync>> + Send + Sync>;

/// The articles of files and folders, in order; `-` is standard input.
///
/// Text, HTML, JSON records, tables, feeds and web archives are told by name and first bytes, packed or not. What is broken is an error of its
/// own, and what comes after it is read. Memory does not grow with the input.
///
/// ```
/// use detente_source::Sources;
/// # let folder = std::env::temp_dir().join(format!("detente-source-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let table = folder.join("week.csv");
/// std::fs::write(&table, "id,text\na,Ruritania sued Freedonia.\nb\n")?;
/// let read: Vec<_> = Sources::new([table.display().to_string()]).collect();
/// assert!(read[0].is_ok());
/// assert_eq!(read[1].as_ref().unwrap_err().place().line, Some(3));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Sources {
    paths: std::vec::IntoIter<String>,
    /// What is read before them.
    reader: Option<(String, Stream)>,
    columns: Columns,
    meter: Meter,
    parquet: Option<Opener>,
    only_feeds: bool,
    limits: Limits,
    folder: Option<Walk>,
    open: Option<Open>,
}

/// A file that is being read.
struct Open {
    file: Arc<str>,
    documents: Box<dyn Iterator<Item = Result<Document, Error>> + Send>,
    /// Whether it gave anything.
    any: bool,
}

impl Sources {
    /// The articles of these files and folders.
    pub fn new(paths: impl IntoIterator<Item = String>) -> Sources {
        let paths: Vec<String> = paths.into_iter().collect();
        Sources {
            paths: paths.into_iter(),
            reader: None,
            columns: Columns::new(),
            meter: Meter::default(),
            parquet: None,
            only_feeds: false,
            limits: LIMITS,
            folder: None,
            open: None,
        }
    }

    /// The articles of what a reader gives; the name tells the kind where the bytes do not, and stands in errors.
    ///
    /// ```
    /// let feed = "<rss version='2.0'><channel><item><title>Ruritania sued</title></item></channel></rss>";
    /// let mut sources = detente_source::Sources::of_reader("feed.xml", feed.as_bytes());
    /// let article = sources.next().unwrap()?.read()?;
    /// assert_eq!((article.id.as_str(), article.passages[0].text.as_str()), ("feed.xml:1", "Ruritania sued"));
    /// # Ok::<(), detente_source::Error>(())
    /// ```
    pub fn of_reader(name: &str, reader: impl BufRead + Send + 'static) -> Sources {
        let mut sources = Sources::new([]);
        sources.reader = Some((name.to_owned(), Box::new(reader)));
        sources
    }

    /// The same, but what is no feed is an error: a server may answer anything.
    pub fn of_feed(name: &str, reader: impl BufRead + Send + 'static) -> Sources {
        Sources { only_feeds: true, ..Sources::of_reader(name, reader) }
    }

    /// Names the columns of tables: field, column.
    #[must_use]
    pub fn with_columns(mut self, columns: Columns) -> Sources {
        self.columns = columns;
        self
    }

    /// Counts the bytes that are read.
    #[must_use]
    pub fn with_meter(mut self, meter: Meter) -> Sources {
        self.meter = meter;
        self
    }

    /// Reads Parquet too.
    #[must_use]
    pub fn with_parquet(mut self, opener: Opener) -> Sources {
        self.parquet = Some(opener);
        self
    }

    /// Lets gzip expand no more than that many times over `window` bytes, and zstd ten times that; 150 times over 64 MiB unless told.
    #[must_use]
    pub fn with_expansion(mut self, ratio: u64, window: u64) -> Sources {
        self.limits = Limits { ratio, window, ..self.limits };
        self
    }

    /// Opens a file, or a folder to be walked.
    fn open_path(&mut self, path: &str) -> Result<(), Error> {
        let fail = |error: io::Error| Error::new(path, Place::default(), error);
        if path == "-" {
            return self.open_stream("stdin", "-", Box::new(BufReader::new(self.meter.count(io::stdin()))));
        }
        if fs::metadata(path).map_err(fail)?.is_dir() {
            self.folder = Some(Walk::new(path, self.parquet.is_some()));
            return Ok(());
        }
        let file = File::open(path).map_err(fail)?;
        self.open_file(path, file)
    }

    fn open_file(&mut self, name: &str, file: File) -> Result<(), Error> {
        if ending(name).as_deref() == Some(PARQUET) {
            return self.open_parquet(name, file);
        }
        let file = BufReader::with_capacity(1 << 16, self.meter.count(file));
        self.open_stream(name, name, Box::new(file))
    }

    fn open_parquet(&mut self, name: &str, file: File) -> Result<(), Error> {
        let fail = |kind: ErrorKind| Error::new(name, Place::default(), kind);
        let Some(opener) = &self.parquet else { return Err(fail(ErrorKind::NoParquet)) };
        let size = file.metadata().map_or(0, |file| file.len());
        let broken = |error: Box<dyn std::error::Error + Send + Sync>| ErrorKind::Parquet { reason: error.to_string() };
        let rows = opener(file, &self.columns).map_err(|error| fail(broken(error)))?;
        let file: Arc<str> = name.into();
        let documents = {
            let (file, meter) = (Arc::clone(&file), self.meter.clone());
            let end = std::iter::once_with(move || meter.add(size)).filter_map(|()| None);
            let rows = rows.zip(1..).map(move |(row, number)| match row {
                Ok(fields) => {
                    let fields = Box::new(fields);
                    Ok(Document::new(&file, Place::entry(number), Content::Fields { fields, note: None }))
                }
                Err(error) => Err(Error::new(&file, Place::entry(number), broken(error))),
            });
            rows.chain(end)
        };
        self.open = Some(Open { file, documents: Box::new(documents), any: false });
        Ok(())
    }

    fn open_stream(&mut self, file: &str, name: &str, stream: Stream) -> Result<(), Error> {
        self.open = Some(self.open(file, name, stream)?);
        Ok(())
    }

    /// Tells what a stream holds and gives its articles.
    fn open(&self, file: &str, name: &str, stream: Stream) -> Result<Open, Error> {
        let fail = |kind: ErrorKind| Error::new(file, Place::default(), kind);
        let stream = unpack(stream, self.limits).map_err(|error| fail(error.into()))?;
        let stream = stream.ok_or_else(|| fail(ErrorKind::PackedTooOften { limit: MOST_LAYERS }))?;
        // A record that comes through a pipe is not kept waiting for the next.
        let is_record = |head: &[u8]| head.trim_ascii_start().first() == Some(&b'{') && head.contains(&b'\n');
        let (head, stream) = peek(stream, |head| head.len() >= HEAD || is_record(head));
        let kind = Kind::guess(name, &head, &self.columns);
        if self.only_feeds && kind != Kind::Feed && !head.trim_ascii().is_empty() {
            return Err(fail(ErrorKind::NoFeed));
        }
        let file: Arc<str> = file.into();
        let documents: Box<dyn Iterator<Item = Result<Document, Error>> + Send> = match kind {
            Kind::Archive => Box::new(Archive::new(stream, &file)),
            Kind::Feed => {
                let file = Arc::clone(&file);
                Box::new(std::iter::once_with(move || feed::entries(stream, &file)).flatten())
            }
            Kind::Table(separator) => Box::new(Table::new(stream, &file, separator, self.columns.clone())),
            Kind::Text(Format::Jsonl) => {
                let mut records = Records::new(stream).named(&file);
                let file = Arc::clone(&file);
                Box::new(std::iter::from_fn(move || {
                    Some(match records.next_record()? {
                        Ok(record) => Ok(Document::new(&file, Place::default(), Content::Record(record))),
                        Err(error) => Err(Error::of_text(&file, Place::default(), error)),
                    })
                }))
            }
            Kind::Text(format) => {
                let file = Arc::clone(&file);
                Box::new(std::iter::once_with(move || article(stream, &file, format)).flatten())
            }
        };
        Ok(Open { file, documents, any: false })
    }
}

/// A file of one article; what came before it could not be read on is kept.
fn article(stream: Stream, file: &Arc<str>, format: Format) -> Vec<Result<Document, Error>> {
    let (bytes, error) = whole(stream, Page::LONGEST + 1);
    let mut read = Vec::new();
    if error.is_none() || !bytes.trim_ascii().is_empty() {
        read.push(Ok(Document::new(file, Place::default(), Content::File { bytes, format })));
    }
    read.extend(error.map(|error| Err(Error::new(file, Place::default(), error))));
    read
}

impl Iterator for Sources {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(document) = open.documents.next() {
                    open.any = true;
                    return Some(document);
                }
                let Open { file, any, .. } = self.open.take()?;
                if !any {
                    let kind = ErrorKind::Text(TextError::Empty);
                    return Some(Err(Error::new(&file, Place::line(1), kind)));
                }
            }
            let opened = match self.folder.as_mut().and_then(Iterator::next) {
                Some(Ok(path)) => match File::open(&path) {
                    Ok(file) => self.open_file(&path.display().to_string(), file),
                    Err(error) => Err(Error::new(&path.display().to_string(), Place::default(), error)),
                },
                Some(Err(error)) => Err(error),
                None => {
                    self.folder = None;
                    match self.reader.take() {
                        Some((name, stream)) => self.open_stream(&name, &name, stream),
                        None => {
                            let path = self.paths.next()?;
                            self.open_path(&path)
                        }
                    }
                }
            };
            if let Err(error) = opened {
                return Some(Err(error));
            }
        }
    }
}
