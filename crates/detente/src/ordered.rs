//! Work on many threads whose results come in the order of the input.

use std::collections::BTreeMap;
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Items under way for each thread: read, being worked on, or waiting for an earlier one.
const WINDOW: usize = 4;

/// Applies `work` to each item on that many threads and hands the results to `sink` in order.
///
/// At most a few items for each thread are held at any time, however long the input.
pub fn map<T: Send, U: Send>(
    threads: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> U + Sync,
    mut sink: impl FnMut(U),
) {
    if threads <= 1 {
        return items.map(work).for_each(sink);
    }
    let window = threads * WINDOW;
    let (give_back, permits) = sync_channel(window);
    let (send_job, jobs) = sync_channel(window);
    let (send_result, results) = channel();
    let jobs = Mutex::new(jobs);
    let (jobs, work) = (&jobs, &work);
    for _ in 0..window {
        // The channel holds as many as this and its receiver is alive.
        let _ = give_back.send(());
    }
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut items = items.enumerate();
            while permits.recv().is_ok() {
                let Some(job) = items.next() else { return };
                if send_job.send(job).is_err() {
                    return;
                }
            }
        });
        for _ in 0..threads {
            let send_result = send_result.clone();
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, item)) = job else { return };
                    if send_result.send((number, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send_result);
        let mut early = BTreeMap::new();
        let mut next = 0usize;
        for (number, result) in results {
            early.insert(number, result);
            while let Some(result) = early.remove(&next) {
                sink(result);
                next += 1;
                // Fails only when the reader is done.
                let _ = give_back.send(());
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_input() {
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let slow = |n: u64| {
                thread::sleep(std::time::Duration::from_micros((n * 7919) % 400));
                n * 2
            };
            map(threads, 0..300, slow, |n| seen.push(n));
            assert_eq!(seen, (0..300).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_reader_does_not_run_ahead() {
        let read = AtomicUsize::new(0);
        let mut written = 0;
        let mut ahead = 0;
        let items = (0..500).inspect(|_| {
            read.fetch_add(1, Ordering::SeqCst);
        });
        map(
            3,
            items,
            |n| n,
            |_: i32| {
                ahead = ahead.max(read.load(Ordering::SeqCst) - written);
                written += 1;
            },
        );
        assert!(ahead <= 3 * WINDOW, "{ahead}");
    }
}
