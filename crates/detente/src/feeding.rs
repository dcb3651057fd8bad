//! Articles into a ledger: read, coded on all threads, written in order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use detente_coder::{Coded, Coder};
use detente_ledger::store::{Added, Error, Feed, Intake, Prepared, Vintage, uid};
use detente_ledger::{Ledger, Record};
use detente_text::Article;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::input::{Complaint, Documents, Unread, complaints};
use crate::{Options, ordered, pipeline};

/// Articles in a transaction.
const BATCH: usize = 64;

/// The longest time that what was coded waits to be written.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// What articles are coded with and where they go.
pub struct Feeding<'f> {
    /// The ledger.
    pub ledger: &'f mut Ledger,
    /// What codes.
    pub coder: &'f Coder,
    /// The day on which the ledger learns of the articles.
    pub learned: Date,
    /// Tells how far the work is.
    pub bar: &'f ProgressBar,
}

impl Feeding<'_> {
    /// Notes in the ledger that a source could not be had, so that `detente status` tells it.
    pub fn failed(&mut self, name: &str, complaint: &Complaint) -> Result<(), Error> {
        let intake = Intake::new(self.coder.lexicon(), pipeline::vintage(self.coder.lexicon()));
        let feed = Feed { name: name.to_owned(), failures: vec![complaint.message().to_owned()], ..Feed::default() };
        self.ledger.add(&intake, &[], self.learned, Some(&feed)).map(|_| ())
    }

    /// Adds the articles of these sources, each under its name; tells what came of them and how many failed.
    pub fn add(
        &mut self,
        options: &Options,
        sources: impl Iterator<Item = (String, Documents)> + Send,
    ) -> Result<(Added, usize), Error> {
        let Feeding { ledger, coder, learned, bar } = self;
        let reader = Ledger::open(ledger.path())?;
        let intake = Intake::new(coder.lexicon(), pipeline::vintage(coder.lexicon()));
        let stop = AtomicBool::new(false);
        let items = Items { sources, open: None, reader };
        let mut writing = Writing {
            ledger,
            intake: &intake,
            learned: *learned,
            bar,
            flushed: Instant::now(),
            batch: Vec::new(),
            known: Vec::new(),
            feed: Feed::default(),
            added: Added::default(),
            failed: 0,
        };
        let mut result = Ok(());
        ordered::map(
            options.threads(),
            items.take_while(|_| !stop.load(Ordering::Relaxed)),
            |item| work(item, coder, &intake),
            |done| {
                if result.is_ok() {
                    result = writing.take(done);
                    stop.store(result.is_err(), Ordering::Relaxed);
                }
            },
        );
        result?;
        Ok((writing.added, writing.failed))
    }
}

/// Today, by the clock of the system.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// A number with its noun.
pub fn number(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A line on standard error that tells how far the work is, where that is a terminal.
pub fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    match ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// What is read, in order.
enum Item {
    /// An article that the ledger has, by uid and name.
    Known(String, String),
    /// An article to be coded, under its uid; its name, and what is wrong with it.
    New(Box<Article>, String, Vec<Complaint>),
    /// Something that could not be read.
    Failed(Complaint),
    /// The ledger could not be read.
    Broken(Error),
    /// A source begins.
    Begin(String),
    /// The source is read to its end.
    End,
}

/// The articles of all sources.
struct Items<S> {
    sources: S,
    open: Option<Documents>,
    reader: Ledger,
}

impl<S: Iterator<Item = (String, Documents)>> Iterator for Items<S> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let Some(documents) = &mut self.open else {
            let (name, documents) = self.sources.next()?;
            self.open = Some(documents);
            return Some(Item::Begin(name));
        };
        Some(match documents.next().map(|unread| unread.and_then(Unread::read)) {
            None => {
                self.open = None;
                Item::End
            }
            Some(Err(complaint)) => Item::Failed(complaint),
            Some(Ok(mut article)) => {
                let uid = uid(&article);
                match self.reader.holds(&uid) {
                    Ok(true) => Item::Known(uid, article.id),
                    Ok(false) => {
                        let complaints = complaints(&article);
                        let name = std::mem::replace(&mut article.id, uid);
                        Item::New(Box::new(article), name, complaints)
                    }
                    Err(error) => Item::Broken(error),
                }
            }
        })
    }
}

/// What came of an item.
enum Done {
    Known(String, String),
    Coded(Option<Box<Prepared>>, Vec<Complaint>),
    Broken(Error),
    Begin(String),
    End,
}

fn work(item: Item, coder: &Coder, intake: &Intake<'_>) -> Done {
    match item {
        Item::Known(uid, name) => Done::Known(uid, name),
        Item::Failed(complaint) => Done::Coded(None, vec![complaint]),
        Item::Broken(error) => Done::Broken(error),
        Item::Begin(source) => Done::Begin(source),
        Item::End => Done::End,
        Item::New(article, name, mut complaints) => {
            if article.body().next().is_none() {
                return Done::Coded(None, complaints);
            }
            let known = article.coded.as_deref().and_then(|record| coded_before(record, &article.id, intake.vintage()));
            let coded = match known.map_or_else(|| pipeline::acts(coder, &article, &name), Ok) {
                Ok(coded) => coded,
                Err(complaint) => {
                    complaints.push(complaint);
                    return Done::Coded(None, complaints);
                }
            };
            match intake.prepare(&article, &name, &coded) {
                Ok(prepared) => Done::Coded(Some(Box::new(prepared)), complaints),
                Err(error) => Done::Broken(error.into()),
            }
        }
    }
}

/// What an article was coded to before, if by the same version, lexicon and model under the same name.
fn coded_before(record: &str, uid: &str, vintage: &Vintage) -> Option<Coded> {
    let record: Record = serde_json::from_str(record).ok()?;
    (record.vintage == *vintage && record.article == uid).then(|| record.into_coded())
}

/// Writes what was coded, batch by batch.
struct Writing<'w, 'l> {
    ledger: &'w mut Ledger,
    intake: &'w Intake<'l>,
    learned: Date,
    bar: &'w ProgressBar,
    flushed: Instant,
    batch: Vec<Prepared>,
    known: Vec<(String, String)>,
    feed: Feed,
    added: Added,
    failed: usize,
}

impl Writing<'_, '_> {
    fn take(&mut self, done: Done) -> Result<(), Error> {
        match done {
            Done::Broken(error) => return Err(error),
            Done::Begin(name) => self.feed = Feed { name, is_whole: true, ..Feed::default() },
            Done::End => {
                self.feed.is_done = true;
                return self.flush();
            }
            Done::Known(uid, name) => {
                self.feed.read += 1;
                self.added.known += 1;
                self.known.push((uid, name));
            }
            Done::Coded(prepared, complaints) => {
                self.feed.read += 1;
                for complaint in complaints {
                    self.bar.suspend(|| complaint.report());
                    if complaint.is_fault() {
                        self.failed += 1;
                        self.feed.is_whole = false;
                        self.feed.failures.push(complaint.message().to_owned());
                    }
                }
                self.batch.extend(prepared.map(|prepared| *prepared));
            }
        }
        if self.batch.len() >= BATCH || self.known.len() >= BATCH * 16 || self.flushed.elapsed() >= LONGEST_WAIT {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.ledger.known_since(&std::mem::take(&mut self.known), self.learned)?;
        self.added += self.ledger.add(self.intake, &self.batch, self.learned, Some(&self.feed))?;
        self.batch.clear();
        self.feed.failures.clear();
        self.flushed = Instant::now();
        let (articles, acts) = (self.added.articles, self.added.acts);
        self.bar.set_message(format!(
            "{}: {} added, {} known, {}",
            self.feed.name,
            number(articles, "article"),
            self.added.known,
            number(acts, "act")
        ));
        self.bar.tick();
        Ok(())
    }
}
