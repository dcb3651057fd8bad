//! gzip and zstd, told by their first bytes and unpacked as they are read; data that expands beyond all measure is refused.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::stream::{Stream, peek};

/// How often packed data may be packed again.
pub(crate) const MOST_LAYERS: usize = 3;

/// How far packed data may expand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Unpacked bytes over which the ratio is taken.
    pub window: u64,
    /// Unpacked bytes for each byte of gzip in a window.
    pub ratio: u64,
    /// Unpacked bytes in all.
    pub size: u64,
}

/// News packs to a tenth, lines that are nearly equal to a hundredth; only what is made to do harm goes on beyond.
pub(crate) const LIMITS: Limits = Limits { window: 64 << 20, ratio: 150, size: 1 << 40 };

/// zstd finds repeats megabytes away, where gzip sees no further than 32 KiB: it packs articles that come again as often better.
const ZSTD_RATIO: u64 = 10;

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Packing {
    /// RFC 1952, one member or several.
    Gzip,
    /// RFC 8878, one frame or several.
    Zstd,
}

impl Packing {
    fn of(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1f, 0x8b, ..] => Some(Packing::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        })
    }
}

/// Why unpacking ended; travels inside an [`io::Error`].
#[derive(Debug)]
pub(crate) enum UnpackError {
    Broken { packing: Packing, reason: String },
    Bomb { packing: Packing, measure: String },
}

impl fmt::Display for UnpackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnpackError::Broken { packing, reason } => write!(f, "broken {packing} data: {reason}"),
            UnpackError::Bomb { packing, measure } => write!(f, "{packing} data that expands {measure}"),
        }
    }
}

impl std::error::Error for UnpackError {}

/// What a stream holds when all packing is taken off; nothing where it is packed too often.
pub(crate) fn unpack(stream: Stream, limits: Limits) -> io::Result<Option<Stream>> {
    let mut stream = stream;
    for _ in 0..=MOST_LAYERS {
        let (head, again) = peek(stream, |head| head.len() >= 4);
        let Some(packing) = Packing::of(&head) else { return Ok(Some(again)) };
        let packed = Arc::new(AtomicU64::new(0));
        let counted = Counted { inner: again, taken: Arc::clone(&packed) };
        let decoder: Box<dyn Read + Send> = match packing {
            Packing::Gzip => Box::new(MultiGzDecoder::new(counted)),
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(counted)?),
        };
        let unpacked = Unpacked { packing, decoder, packed, limits, out: 0, window_start: (0, 0) };
        stream = Box::new(BufReader::with_capacity(1 << 16, unpacked));
    }
    Ok(None)
}

/// Counts the packed bytes that were taken.
struct Counted {
    inner: Stream,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.taken.fetch_add(length as u64, Ordering::Relaxed);
        self.inner.consume(length);
    }
}

/// Unpacks and watches how far the data expands.
struct Unpacked {
    packing: Packing,
    decoder: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    limits: Limits,
    /// Unpacked bytes so far.
    out: u64,
    /// Unpacked and packed bytes where the window began.
    window_start: (u64, u64),
}

impl Unpacked {
    fn check(&mut self) -> Result<(), UnpackError> {
        let Limits { window, ratio, size } = self.limits;
        let ratio = match self.packing {
            Packing::Gzip => ratio,
            Packing::Zstd => ratio * ZSTD_RATIO,
        };
        let bomb = |measure| UnpackError::Bomb { packing: self.packing, measure };
        if self.out > size {
            return Err(bomb(format!("to more than {size} bytes")));
        }
        let packed = self.packed.load(Ordering::Relaxed);
        let (out_before, packed_before) = self.window_start;
        if self.out - out_before >= window {
            if self.out - out_before > ratio * (packed - packed_before).max(1) {
                return Err(bomb(format!("more than {ratio} times")));
            }
            self.window_start = (self.out, packed);
        }
        Ok(())
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match self.decoder.read(buffer) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            // A layer below has said already what is wrong.
            Err(error) if error.get_ref().is_some_and(|inner| inner.is::<UnpackError>()) => return Err(error),
            Err(error) => {
                let reason = match error.kind() {
                    io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
                    _ => error.to_string(),
                };
                return Err(io::Error::other(UnpackError::Broken { packing: self.packing, reason }));
            }
        };
        self.out += read as u64;
        self.check().map_err(io::Error::other)?;
        Ok(read)
    }
}
