//! How far reading is: bytes taken from files, of how many.

use std::fs;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::folder::Walk;

/// Counts the bytes that were taken from files and standard input, as they are packed. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Bytes taken so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts bytes that are read elsewhere.
    pub(crate) fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Lets a reader be counted.
    pub(crate) fn count<R>(&self, reader: R) -> Metered<R> {
        Metered { reader, meter: self.clone() }
    }
}

/// A reader whose bytes are counted.
pub(crate) struct Metered<R> {
    reader: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.add(read as u64);
        Ok(read)
    }
}

/// The bytes of all files that these files and folders hold; nothing where standard input is among them. What cannot be opened counts
/// for nothing.
///
/// ```
/// assert_eq!(detente_source::size(["no such file".to_owned()].iter()), Some(0));
/// assert_eq!(detente_source::size(["-".to_owned()].iter()), None);
/// ```
pub fn size<'p>(paths: impl IntoIterator<Item = &'p String>) -> Option<u64> {
    let length = |path: &std::path::Path| fs::metadata(path).map_or(0, |file| file.len());
    let mut size = 0;
    for path in paths {
        if path == "-" {
            return None;
        }
        size += match fs::metadata(path) {
            Ok(entry) if entry.is_dir() => Walk::new(path, true).flatten().map(|file| length(&file)).sum(),
            Ok(file) => file.len(),
            Err(_) => 0,
        };
    }
    Some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_counted_once() {
        let meter = Meter::default();
        let mut all = Vec::new();
        for bytes in [&b"Ruritania"[..], b" sued"] {
            meter.count(bytes).read_to_end(&mut all).unwrap();
        }
        assert_eq!((meter.bytes(), all.as_slice()), (14, &b"Ruritania sued"[..]));
    }
}
