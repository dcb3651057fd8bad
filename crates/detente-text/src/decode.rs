//! Turns bytes of any encoding into text, or says that they are none.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, ErrorKind};

/// Text and how it was found in the bytes.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// First byte that is wrong in the encoding that was declared or expected.
    pub broken: Option<usize>,
}

/// Decodes a whole source: byte order mark, then the encoding `declared`, then UTF-8, then detection.
///
/// ```
/// let decoded = detente_text::decode(b"caf\xe9", None)?;
/// assert_eq!((decoded.text.as_ref(), decoded.encoding, decoded.broken), ("café", "windows-1252", Some(3)));
/// # Ok::<(), detente_text::Error>(())
/// ```
///
/// # Errors
///
/// When there is nothing but white space, or what is there is no text.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(ErrorKind::Empty));
    }
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Ok(decode_utf32(bytes));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return checked(with(encoding, &bytes[mark..], mark));
    }
    if let Some(encoding) = wide_without_mark(bytes) {
        return checked(with(encoding, bytes, 0));
    }
    if let Some(what) = magic(bytes) {
        return Err(Error::new(ErrorKind::Binary { what }).at_byte(0));
    }
    if let Some(zero) = memchr::memchr(0, bytes) {
        return Err(Error::new(ErrorKind::Binary { what: "binary data (a zero byte)" }).at_byte(zero as u64));
    }
    let declared = declared
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|e| ![UTF_8, UTF_16LE, UTF_16BE].contains(e));
    let valid_up_to = match std::str::from_utf8(bytes) {
        Ok(text) if declared.is_none_or(|e| e.is_ascii_compatible()) => {
            return checked(Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", broken: None });
        }
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    if let Some(encoding) = declared {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        if !had_errors {
            return checked(Decoded { text, encoding: encoding.name(), broken: None });
        }
    }
    // A few wrong bytes among many right sequences: UTF-8 with a fault, not another encoding.
    if sequences(&bytes[..valid_up_to]) + sequences(&bytes[valid_up_to..]) > 2 * faults(bytes) {
        let text = String::from_utf8_lossy(bytes);
        return checked(Decoded { text, encoding: "UTF-8", broken: Some(valid_up_to) });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    checked(Decoded { text, encoding: encoding.name(), broken: Some(valid_up_to) })
}

/// Decodes a record of a UTF-16 stream, with or without its mark.
pub(crate) fn decode_wide(bytes: &[u8], little: bool) -> Decoded<'_> {
    let encoding = if little { UTF_16LE } else { UTF_16BE };
    let mark = Encoding::for_bom(bytes).map_or(0, |(_, mark)| mark);
    with(encoding, &bytes[mark..], mark)
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], skipped: usize) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let broken = had_errors.then(|| match std::str::from_utf8(bytes) {
        Err(error) if encoding == UTF_8 => skipped + error.valid_up_to(),
        _ => skipped,
    });
    Decoded { text, encoding: encoding.name(), broken }
}

/// Refuses text that is mostly control characters.
fn checked(decoded: Decoded<'_>) -> Result<Decoded<'_>, Error> {
    let mut controls = 0;
    let mut first = None;
    let mut total = 0;
    for (at, b) in decoded.text.bytes().enumerate().take(8192) {
        total += 1;
        if b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b) {
            controls += 1;
            first.get_or_insert(at);
        }
    }
    if controls * 20 > total {
        let at = first.unwrap_or(0) as u64;
        return Err(Error::new(ErrorKind::Binary { what: "binary data (control characters)" }).at_byte(at));
    }
    if decoded.text.trim().is_empty() {
        return Err(Error::new(ErrorKind::Empty));
    }
    Ok(decoded)
}

/// UTF-16 without its mark: Latin text has a zero in every other byte.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    let pairs = head.len() / 2;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        (even, odd) if odd * 10 > pairs * 6 && even == 0 => Some(UTF_16LE),
        (even, odd) if even * 10 > pairs * 6 && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_utf32(bytes: &[u8]) -> Decoded<'static> {
    let little = bytes[0] == 0xff;
    let unit = |chunk: &[u8]| {
        let four = [chunk[0], chunk[1], chunk[2], chunk[3]];
        if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }
    };
    let mut broken = None;
    let mut text = String::with_capacity(bytes.len() / 4);
    for (i, chunk) in bytes[4..].chunks_exact(4).enumerate() {
        text.push(char::from_u32(unit(chunk)).unwrap_or_else(|| {
            broken.get_or_insert(4 + i * 4);
            char::REPLACEMENT_CHARACTER
        }));
    }
    Decoded { text: Cow::Owned(text), encoding: if little { "UTF-32LE" } else { "UTF-32BE" }, broken }
}

/// What the first bytes of well-known binary files say.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\x1f\x8b", "gzip data"),
        (b"\xfd7zXZ", "xz data"),
        (b"\x28\xb5\x2f\xfd", "zstd data"),
        (b"BZh", "bzip2 data"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"\x7fELF", "a program"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"{\\rtf", "an RTF document"),
        (b"SQLite format 3", "an SQLite database"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Well-formed UTF-8 sequences of two bytes and more.
fn sequences(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.valid().bytes().filter(|b| *b >= 0xc0).count()).sum()
}

/// Places where the bytes are not UTF-8.
fn faults(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()
}

/// The encoding that the head of a page or feed declares.
pub fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(4096)];
    for key in [b"charset".as_slice(), b"encoding"] {
        for at in memchr::memmem::find_iter(head, key) {
            let rest = &head[at + key.len()..];
            let rest = rest.trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let rest = rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end =
                rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(rest.len());
            if end > 0 {
                return Some(String::from_utf8_lossy(&rest[..end]).into_owned());
            }
        }
    }
    None
}
