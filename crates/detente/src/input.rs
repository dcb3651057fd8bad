//! Opens what the user names and reads its articles one after the other.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use detente_text::{Article, Error, Format, Kind, Origin, Records, Stated, read_article};
use jiff::civil::Date;

use crate::output::complain;

/// The longest file of one article: one byte more is enough to learn that it is too long.
const LONGEST_FILE: u64 = (64 << 20) + 1;

/// First bytes that tell the format.
const HEAD: usize = 2048;

/// Something that the user should know about the input.
#[derive(Debug)]
pub struct Complaint {
    message: String,
    hint: Option<String>,
    /// Whether something of the input is lost.
    is_fault: bool,
}

impl Complaint {
    /// Something of the input is lost.
    pub fn fault(message: impl Into<String>, hint: impl Into<String>) -> Complaint {
        Complaint { message: message.into(), hint: Some(hint.into()), is_fault: true }
    }

    fn note(message: String) -> Complaint {
        Complaint { message, hint: None, is_fault: false }
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Tells whether something of the input is lost.
    pub fn is_fault(&self) -> bool {
        self.is_fault
    }

    /// Writes it to standard error and tells whether something of the input is lost.
    pub fn report(&self) -> bool {
        complain(&self.message, self.hint.as_deref());
        self.is_fault
    }
}

/// Reports them all and tells whether something of the input is lost.
pub fn report_all(complaints: &[Complaint]) -> bool {
    complaints.iter().fold(false, |lost, complaint| complaint.report() | lost)
}

impl From<Error> for Complaint {
    fn from(error: Error) -> Self {
        Complaint::fault(error.to_string(), error.advice())
    }
}

/// The articles of all files named, in order; `-` is standard input.
pub struct Articles {
    paths: std::vec::IntoIter<String>,
    date: Option<Date>,
    open: Option<OpenRecords>,
}

/// A JSONL source that is being read.
struct OpenRecords {
    name: String,
    records: Records<Box<dyn BufRead + Send>>,
    /// Whether it had any record, good or broken.
    any: bool,
}

impl Articles {
    /// The articles of these files, with this date if the user gives one.
    pub fn open(paths: Vec<String>, date: Option<Date>) -> Articles {
        Articles { paths: paths.into_iter(), date, open: None }
    }

    fn read(&mut self, path: String) -> Result<Option<Article>, Complaint> {
        let is_stdin = path == "-";
        let (name, mut reader): (String, Box<dyn BufRead + Send>) = if is_stdin {
            ("stdin".to_owned(), Box::new(BufReader::new(io::stdin())))
        } else {
            let file = open(&path)?;
            (path, Box::new(BufReader::with_capacity(1 << 16, file)))
        };
        let head = head(&mut reader).map_err(|error| unreadable(&name, &error))?;
        let format = Format::guess(if is_stdin { "-" } else { &name }, &head);
        let mut whole = Cursor::new(head).chain(reader);
        if format == Format::Jsonl {
            let records = Records::new(Box::new(whole) as Box<dyn BufRead + Send>).named(&name);
            self.open = Some(OpenRecords { name, records, any: false });
            return Ok(None);
        }
        let mut bytes = Vec::new();
        whole.by_ref().take(LONGEST_FILE).read_to_end(&mut bytes).map_err(|error| unreadable(&name, &error))?;
        Ok(Some(read_article(&bytes, format, &name).map_err(|error| error.in_file(&name))?))
    }
}

impl Iterator for Articles {
    type Item = Result<Article, Complaint>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(record) = open.records.next() {
                    open.any = true;
                    return Some(record.map(|article| dated(article, self.date)).map_err(Complaint::from));
                }
                let OpenRecords { name, any, .. } = self.open.take()?;
                if !any {
                    let message = format!("{name}, line 1: nothing in it to read");
                    return Some(Err(Complaint::fault(message, "give a file that holds an article")));
                }
            }
            let path = self.paths.next()?;
            match self.read(path) {
                Ok(Some(article)) => return Some(Ok(dated(article, self.date))),
                Ok(None) => {}
                Err(complaint) => return Some(Err(complaint)),
            }
        }
    }
}

fn dated(mut article: Article, date: Option<Date>) -> Article {
    if let Some(date) = date {
        article.date = Some(Stated::new(date, Origin::Given));
    }
    article
}

/// Opens a file, not a folder.
fn open(path: &str) -> Result<File, Complaint> {
    let is_folder = fs::metadata(path).map_err(|error| unreadable(path, &error))?.is_dir();
    if is_folder {
        let example = Path::new(path).join("*.txt");
        let hint = format!("name the files in it, for instance {}", example.display());
        return Err(Complaint::fault(format!("{path}: is a folder, not a file"), hint));
    }
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(name: &str, error: &io::Error) -> Complaint {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Complaint::fault(format!("{name}: no such file"), "check the name, or give - for standard input")
        }
        io::ErrorKind::PermissionDenied => {
            Complaint::fault(format!("{name}: may not be read"), "check who owns the file and who may read it")
        }
        _ => Complaint::fault(format!("{name}: cannot be read: {error}"), "check the file and the disk it lies on"),
    }
}

/// Reads enough to tell the format: the first record of a JSONL source, else the first bytes.
fn head(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while head.len() < HEAD {
        let chunk = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            chunk => chunk?,
        };
        if chunk.is_empty() {
            break;
        }
        head.extend_from_slice(chunk);
        let length = chunk.len();
        reader.consume(length);
        // A record that comes through a pipe is not kept waiting for the next.
        if head.trim_ascii_start().first() == Some(&b'{') && head.contains(&b'\n') {
            break;
        }
    }
    Ok(head)
}

/// Tells what is to be said of an article before it is coded.
pub fn complaints(article: &Article) -> Vec<Complaint> {
    let id = &article.id;
    let mut complaints: Vec<Complaint> = Vec::new();
    for note in &article.notes {
        let message = format!("{id}: {note}");
        complaints.push(match note.is_fault() {
            true => Complaint::fault(message, "save the file as UTF-8; what could be read is used"),
            false => Complaint::note(message),
        });
    }
    let foreign: Vec<_> = article
        .left_out()
        .filter_map(|(_, passage)| match passage.kind {
            Kind::Foreign { language } => Some(language.name()),
            _ => None,
        })
        .collect();
    let mut languages = foreign.clone();
    languages.sort_unstable();
    languages.dedup();
    let languages = languages.join(" and ");
    if article.body().next().is_none() {
        complaints.push(match foreign.len() {
            0 => Complaint::fault(
                format!("{id}: nothing in it to code"),
                format!("see with `detente read` what was left out of {id}, and why"),
            ),
            _ => Complaint::fault(
                format!("{id}: in {languages}, not coded"),
                "only English is coded; give a translation",
            ),
        });
    } else if !foreign.is_empty() {
        let count = foreign.len();
        let passages = if count == 1 { "passage" } else { "passages" };
        complaints.push(Complaint::note(format!("{id}: {count} {passages} in {languages} left out")));
    }
    complaints
}
