//! How often a server is asked.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// When each host may be asked again.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    next: BTreeMap<String, Instant>,
}

impl Pace {
    /// The time to wait before the host may be asked; the next one must then wait for `interval` more.
    pub fn wait(&mut self, host: &str, interval: Duration, now: Instant) -> Duration {
        let at = self.next.get(host).copied().unwrap_or(now).max(now);
        self.next.insert(host.to_owned(), at + interval);
        at - now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_to_a_host_keep_their_distance() {
        let (mut pace, now, second) = (Pace::default(), Instant::now(), Duration::from_secs(1));
        assert_eq!(pace.wait("a", second, now), Duration::ZERO);
        assert_eq!(pace.wait("a", second, now), second);
        assert_eq!(pace.wait("b", second, now), Duration::ZERO);
        assert_eq!(pace.wait("a", second, now + second * 5), Duration::ZERO);
    }
}
