//! `detente add`: articles into a ledger.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use detente_coder::Coder;
use detente_ledger::Ledger;
use detente_ledger::store::{Added, Error, Feed, Intake, Prepared, uid};
use detente_text::Article;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::input::{Articles, Complaint, complaints};
use crate::output::Output;
use crate::{Options, Outcome, ordered, pipeline};

/// Articles in a transaction.
const BATCH: usize = 64;

/// The longest time that what was coded waits to be written.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// Add articles to a ledger; one that is not there is made
///
/// Adding the same again adds nothing, and an addition that was cut short goes on when it is run again.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// Articles: text, HTML or JSONL files, - for standard input
    #[arg(required = true, value_name = "SOURCES")]
    sources: Vec<String>,
    /// The day on which the ledger learns of them [default: today]
    #[arg(long, value_name = "DATE")]
    learned: Option<Date>,
}

/// Adds the articles of all sources, then computes what follows from them.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open_or_create(&arguments.ledger)?;
    let reader = Ledger::open(&arguments.ledger)?;
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let intake = Intake::new(coder.lexicon(), pipeline::vintage(coder.lexicon()));
    let bar = spinner();
    let stop = AtomicBool::new(false);
    let items = Items { sources: arguments.sources.into_iter(), open: None, reader, date: options.date };
    let mut writing = Writing {
        ledger: &mut ledger,
        intake: &intake,
        learned: arguments.learned.unwrap_or_else(today),
        bar: &bar,
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
        |item| work(item, &coder, &intake),
        |done| {
            if result.is_ok() {
                result = writing.take(done);
                stop.store(result.is_err(), Ordering::Relaxed);
            }
        },
    );
    let Writing { added, failed, .. } = writing;
    result?;
    bar.set_message("computing affairs");
    bar.enable_steady_tick(Duration::from_millis(200));
    let settled = ledger.settle(coder.lexicon())?;
    bar.finish_and_clear();
    let mut summary = format!(
        "{} added, {} known before; {} of the same words as another, {}\n",
        number(added.articles, "article"),
        added.known,
        added.same_words,
        number(added.near, "near-duplicate"),
    );
    summary.push_str(&format!("{}, {} computed\n", number(added.acts, "act"), number(settled.affairs, "affair")));
    if failed > 0 {
        summary.push_str(&format!("{failed} failed, see above and `detente status`\n"));
    }
    Output::open().write(summary.as_bytes());
    Ok(if failed > 0 { Outcome::Partial } else { Outcome::Whole })
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
struct Items {
    sources: std::vec::IntoIter<String>,
    open: Option<Articles>,
    reader: Ledger,
    date: Option<Date>,
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let Some(articles) = &mut self.open else {
            let source = self.sources.next()?;
            self.open = Some(Articles::open(vec![source.clone()], self.date));
            return Some(Item::Begin(source));
        };
        Some(match articles.next() {
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
            let coded = match pipeline::acts(coder, &article, &name) {
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
            Done::Begin(name) => self.feed = Feed { name, ..Feed::default() },
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
