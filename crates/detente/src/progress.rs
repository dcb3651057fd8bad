//! How far a long run is, on a terminal: articles, rate, and the time that is left.

use std::io::{IsTerminal, stderr, stdout};
use std::time::{Duration, Instant};

use detente_source::Meter;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line on standard error that tells how far a run is; silent where nobody sees it.
pub struct Progress {
    bar: ProgressBar,
    meter: Meter,
    /// Bytes of the input, where they are known.
    size: Option<u64>,
    begun: Instant,
    /// Bytes that were read before.
    passed: u64,
    articles: u64,
}

impl Progress {
    /// Begins; `in_the_way` where the results go to the same terminal.
    pub fn new(meter: Meter, size: impl FnOnce() -> Option<u64>, in_the_way: bool) -> Progress {
        let is_seen = stderr().is_terminal() && !(in_the_way && stdout().is_terminal());
        let target = if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        let passed = meter.bytes();
        let size = if is_seen { size().map(|size| size.saturating_sub(passed)) } else { None };
        Progress { bar, meter, size, begun: Instant::now(), passed, articles: 0 }
    }

    /// One more article is done.
    pub fn step(&mut self) {
        self.articles += 1;
        if !self.bar.is_hidden() {
            self.bar.set_message(line(
                self.articles,
                self.meter.bytes() - self.passed,
                self.size,
                self.begun.elapsed(),
            ));
            self.bar.tick();
        }
    }

    /// Writes something to the terminal without the line.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the line away.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}

/// What the line says.
fn line(articles: u64, bytes: u64, size: Option<u64>, took: Duration) -> String {
    let seconds = took.as_secs_f64().max(0.001);
    let mut line = format!("{articles} articles, {:.0}/s", articles as f64 / seconds);
    if let Some(size) = size.filter(|size| *size > 0) {
        let share = (bytes as f64 / size as f64).min(1.0);
        line.push_str(&format!(", {:.0} % read", share * 100.0));
        if share > 0.0 {
            let left = Duration::from_secs_f64(seconds * (1.0 - share) / share);
            line.push_str(&format!(", {} left", HumanDuration(left)));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_rate_and_time_left() {
        let minute = Duration::from_secs(60);
        assert_eq!(line(1200, 25, Some(100), minute), "1200 articles, 20/s, 25 % read, 3 minutes left");
        assert_eq!(line(1200, 25, None, minute), "1200 articles, 20/s");
        assert_eq!(line(0, 0, Some(100), Duration::ZERO), "0 articles, 0/s, 0 % read");
        assert_eq!(line(9, 101, Some(100), minute), "9 articles, 0/s, 100 % read, 0 seconds left");
    }
}
