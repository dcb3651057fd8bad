//! When each feed is asked again: in its turn, and ever more seldom while it fails.

use std::time::{Duration, Instant};

use crate::error::Error;
use crate::fetcher::Validators;

/// The longest time between two tries.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Feeds and when they are asked.
#[derive(Debug)]
pub struct Schedule {
    every: Duration,
    feeds: Vec<Feed>,
}

/// A feed that is asked again and again.
#[derive(Debug)]
pub struct Feed {
    /// Its address.
    pub address: String,
    /// By what to ask for changes.
    pub validators: Validators,
    /// When it is asked.
    next: Instant,
    /// How often in a row it failed.
    failures: u32,
}

impl Schedule {
    /// Asks each of these feeds at once, and then every so often.
    pub fn new(addresses: impl IntoIterator<Item = String>, every: Duration, now: Instant) -> Schedule {
        let feed = |address| Feed { address, validators: Validators::default(), next: now, failures: 0 };
        Schedule { every, feeds: addresses.into_iter().map(feed).collect() }
    }

    /// The feed that is next, and how long it is until then.
    pub fn next(&mut self, now: Instant) -> Option<(&mut Feed, Duration)> {
        let feed = self.feeds.iter_mut().min_by_key(|feed| feed.next)?;
        let wait = feed.next.saturating_duration_since(now);
        Some((feed, wait))
    }

    /// The feeds, in the order in which they were given.
    pub fn feeds_mut(&mut self) -> &mut [Feed] {
        &mut self.feeds
    }

    /// The time between two requests of a feed that answers.
    pub fn every(&self) -> Duration {
        self.every
    }
}

impl Feed {
    /// The feed answered; it is asked again after the usual time.
    pub fn answered(&mut self, every: Duration, now: Instant) {
        self.failures = 0;
        self.next = now + every;
    }

    /// The feed failed; it is asked again after twice the time for each failure in a row, a day at most, and not before it wants to be. Gives the time.
    pub fn failed(&mut self, error: &Error, every: Duration, now: Instant) -> Duration {
        let patience = if error.may_pass() { every.saturating_mul(1 << self.failures.min(16)) } else { LONGEST };
        let wait = patience.min(LONGEST.max(every)).max(error.retry_after().unwrap_or_default());
        self.failures = self.failures.saturating_add(1);
        self.next = now + wait;
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn failure(status: u16, retry_after: Option<Duration>) -> Error {
        Error::new("x", ErrorKind::Status { status, retry_after })
    }

    #[test]
    fn a_feed_that_fails_is_asked_ever_more_seldom() {
        let (now, minute) = (Instant::now(), Duration::from_secs(60));
        let mut schedule = Schedule::new(["a".to_owned(), "b".to_owned()], minute, now);
        let (feed, wait) = schedule.next(now).unwrap();
        assert_eq!(wait, Duration::ZERO);
        let waits: Vec<Duration> = (0..3).map(|_| feed.failed(&failure(503, None), minute, now)).collect();
        assert_eq!(waits, [minute, minute * 2, minute * 4]);
        for _ in 0..40 {
            assert!(feed.failed(&failure(503, None), minute, now) <= LONGEST);
        }
        assert_eq!(feed.failed(&failure(404, None), minute, now), LONGEST);
        let (other, _) = schedule.next(now).unwrap();
        assert_eq!(other.address, "b");
        assert_eq!(other.failed(&failure(429, Some(minute * 9)), minute, now), minute * 9);
        other.answered(minute, now);
        assert_eq!(schedule.next(now).unwrap().1, minute);
        assert_eq!(schedule.every(), minute);
    }
}
