//! Opens what the user names and reads its articles one after the other.

use std::io::Cursor;

use detente_builtin::{Remark, remarks};
use detente_source::{Document, Error, Meter, Sources};
use detente_text::{Article, Origin, Stated};
use jiff::civil::Date;

use crate::Options;
use crate::output::complain;

/// A remark on the input, to be written to standard error.
#[derive(Debug)]
pub struct Complaint(Remark);

impl Complaint {
    /// Something of the input is lost.
    pub fn fault(message: impl Into<String>, hint: impl Into<String>) -> Complaint {
        Complaint(Remark::fault(message, hint))
    }

    /// Something to know; nothing is lost.
    pub fn note(message: impl Into<String>) -> Complaint {
        Complaint(Remark::note(message))
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Tells whether something of the input is lost.
    pub fn is_fault(&self) -> bool {
        self.0.is_fault()
    }

    /// Writes it to standard error and tells whether something of the input is lost.
    pub fn report(&self) -> bool {
        complain(&self.0.message, self.0.advice.as_deref());
        self.is_fault()
    }
}

/// Reports them all and tells whether something of the input is lost.
pub fn report_all(complaints: &[Complaint]) -> bool {
    complaints.iter().fold(false, |lost, complaint| complaint.report() | lost)
}

impl From<Remark> for Complaint {
    fn from(remark: Remark) -> Self {
        Complaint(remark)
    }
}

impl From<detente_fetch::Error> for Complaint {
    fn from(error: detente_fetch::Error) -> Self {
        Complaint::fault(error.to_string(), error.advice())
    }
}

impl From<detente_text::Error> for Complaint {
    fn from(error: detente_text::Error) -> Self {
        Complaint::fault(error.to_string(), error.advice())
    }
}

impl From<Error> for Complaint {
    fn from(error: Error) -> Self {
        match error.is_fault() {
            true => Complaint::fault(error.to_string(), error.advice()),
            false => Complaint::note(error.to_string()),
        }
    }
}

/// The articles of all files and folders named, in order and not yet read; `-` is standard input.
pub struct Documents {
    sources: Sources,
    date: Option<Date>,
}

/// An article that is not yet read.
pub struct Unread {
    document: Document,
    date: Option<Date>,
}

impl Documents {
    /// The articles of these files and folders, with the date that the user gives.
    pub fn open(paths: Vec<String>, options: &Options) -> Documents {
        let sources = Sources::new(paths).with_columns(options.columns());
        #[cfg(feature = "parquet")]
        let sources = sources.with_parquet(detente_parquet::opener());
        Documents { sources, date: options.date }
    }

    /// Counts the bytes that are read.
    pub fn with_meter(self, meter: Meter) -> Documents {
        Documents { sources: self.sources.with_meter(meter), ..self }
    }

    /// The entries of a feed that was fetched from an address.
    pub fn of_feed(address: &str, bytes: Vec<u8>, options: &Options) -> Documents {
        Documents { sources: Sources::of_feed(address, Cursor::new(bytes)), date: options.date }
    }

    /// Reads each article as it comes.
    pub fn read(self) -> impl Iterator<Item = Result<Article, Complaint>> {
        self.map(|unread| unread.and_then(Unread::read))
    }
}

impl Iterator for Documents {
    type Item = Result<Unread, Complaint>;

    fn next(&mut self) -> Option<Self::Item> {
        let document = self.sources.next()?;
        Some(document.map(|document| Unread { document, date: self.date }).map_err(Complaint::from))
    }
}

impl Unread {
    /// Reads the article.
    pub fn read(self) -> Result<Article, Complaint> {
        let Unread { document, date } = self;
        let is_crawled = document.is_crawled();
        let mut article = document.read().map_err(|error| {
            // A crawler finds much that is no article.
            if is_crawled { Complaint::note(error.to_string()) } else { Complaint::from(error) }
        })?;
        if is_crawled && article.body().next().is_none() {
            let left: Vec<String> = remarks(&article).into_iter().map(|remark| remark.message).collect();
            return Err(Complaint::note(left.join("; ")));
        }
        if let Some(date) = date {
            article.date = Some(Stated::new(date, Origin::Given));
        }
        Ok(article)
    }
}

/// Tells what is to be said of an article before it is coded.
pub fn complaints(article: &Article) -> Vec<Complaint> {
    remarks(article).into_iter().map(Complaint::from).collect()
}
