//! `detente watch`: feeds, asked again and again, into a ledger. The one command that uses the network.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use detente_fetch::{Feed, Fetched, Fetcher, Policy, Schedule, Validators};
use detente_ledger::Ledger;
use detente_ledger::store::Error;

use crate::feeding::{Feeding, number, spinner, today};
use crate::input::{Complaint, Documents};
use crate::output::{Output, complain};
use crate::{Options, Outcome, pipeline};

/// Who asks, as servers are told.
const USER_AGENT: &str = concat!("detente/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");

/// Ask feeds again and again, and add what is new to a ledger
///
/// This is the only command that uses the network. It asks the feeds and nothing that they point at, heeds robots.txt,
/// asks a feed that fails ever more seldom, and refuses addresses of private networks. It runs until it is stopped, which it
/// may be at any time.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The ledger; one that is not there is made
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// Addresses of RSS or Atom feeds, http or https
    #[arg(required = true, value_name = "FEEDS", value_parser = address)]
    feeds: Vec<String>,
    /// Minutes between two requests of a feed
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=10_080))]
    every: u32,
    /// Ask each feed once, then end
    #[arg(long)]
    once: bool,
    /// Also ask hosts of private networks
    #[arg(long)]
    allow_private: bool,
}

/// Reads the address of a feed.
fn address(words: &str) -> Result<String, String> {
    match detente_fetch::check(words) {
        Ok(()) => Ok(words.to_owned()),
        Err(error) => Err(format!("{}; {}", error.kind(), error.advice())),
    }
}

/// Asks the feeds in turn.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open_or_create(&arguments.ledger)?;
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let mut policy = Policy::new("detente", USER_AGENT);
    policy.allow_private = arguments.allow_private;
    let mut fetcher = Fetcher::new(policy);
    let mut output = Output::open();
    let mut outcome = Outcome::Whole;
    let every = Duration::from_secs(u64::from(arguments.every) * 60);
    let mut left = arguments.feeds.len();
    let mut schedule = Schedule::new(arguments.feeds, every, Instant::now());
    for feed in schedule.feeds_mut() {
        let (etag, last_modified) = ledger.validators(&feed.address)?;
        feed.validators = Validators { etag, last_modified };
    }
    while let Some((feed, wait)) = schedule.next(Instant::now()) {
        if arguments.once && left == 0 {
            break;
        }
        left = left.saturating_sub(1);
        thread::sleep(wait);
        let bar = spinner();
        let mut feeding = Feeding { ledger: &mut ledger, coder, learned: today(), bar: &bar };
        let fetched = fetcher.fetch(&feed.address, &feed.validators);
        match &fetched {
            Ok(_) => feed.answered(every, Instant::now()),
            Err(error) => {
                feed.failed(error, every, Instant::now());
            }
        }
        let taken = take(&mut feeding, options, feed, fetched, &mut output);
        bar.finish_and_clear();
        match taken {
            Ok(Outcome::Whole) => {}
            Ok(Outcome::Partial) => outcome = Outcome::Partial,
            // What another program or a full disk keeps from being written comes again.
            Err(error @ (Error::Busy(_) | Error::Full(_))) if !arguments.once => {
                complain(&error.to_string(), Some(error.advice()));
                outcome = Outcome::Partial;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(outcome)
}

/// Adds what came of asking a feed, and computes what follows from it.
fn take(
    feeding: &mut Feeding<'_>,
    options: &Options,
    feed: &mut Feed,
    fetched: Result<Fetched, detente_fetch::Error>,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let mut outcome = Outcome::Whole;
    let address = feed.address.clone();
    let complaint = match fetched {
        Ok(Fetched::Unchanged) => {
            // Only what was read whole is asked for changes.
            feeding.ledger.unchanged(&address, feeding.learned)?;
            output.write(format!("{address}: unchanged\n").as_bytes());
            None
        }
        Ok(Fetched::Content { bytes, cut, validators, .. }) => {
            let entries = Documents::of_feed(&address, bytes, options);
            let (added, failed) = feeding.add(options, std::iter::once((address.clone(), entries)))?;
            // What failed is worth another look.
            if failed == 0 && cut.is_none() {
                let (etag, modified) = (validators.etag.as_deref(), validators.last_modified.as_deref());
                feeding.ledger.keep_validators(&address, etag, modified)?;
                feed.validators = validators;
            } else if failed > 0 {
                outcome = Outcome::Partial;
            }
            let known = added.known;
            let line = format!("{address}: {} added, {known} known\n", number(added.articles, "article"));
            output.write(line.as_bytes());
            cut.map(Complaint::from)
        }
        Err(error) => Some(Complaint::from(error)),
    };
    if let Some(complaint) = complaint {
        feeding.bar.suspend(|| complaint.report());
        feeding.failed(&address, &complaint)?;
        outcome = Outcome::Partial;
    }
    feeding.ledger.settle(feeding.coder.lexicon())?;
    Ok(outcome)
}
