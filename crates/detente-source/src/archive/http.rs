//! What a server answered: the page in an HTTP message as an archive holds it.

use std::io::Read;

use detente_text::{Format, Page as ReadPage};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// A page, as it would be on a disk.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub body: Vec<u8>,
    pub format: Format,
    pub charset: Option<String>,
}

impl Page {
    /// A page of this media type, if it is one of text.
    pub fn of_type(content_type: &str, body: Vec<u8>) -> Option<Page> {
        let (media, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        let format = match media.trim().to_ascii_lowercase().as_str() {
            "text/html" | "application/xhtml+xml" => Format::Html,
            "text/plain" => Format::Text,
            _ => return None,
        };
        let charset = parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        });
        Some(Page { body, format, charset })
    }
}

/// The head of an answer.
#[derive(Default)]
struct Head {
    content_type: String,
    is_chunked: bool,
    encodings: Vec<String>,
}

/// The page of an answer; nothing where it holds none, an error where it cannot be unpacked.
pub(super) fn page(message: Vec<u8>) -> Result<Option<Page>, String> {
    let Some((head, start)) = head(&message) else { return Ok(None) };
    // What is no page need not be unpacked.
    if Page::of_type(&head.content_type, Vec::new()).is_none() {
        return Ok(None);
    }
    let mut body = message;
    body.drain(..start);
    if head.is_chunked {
        // Many crawlers join the chunks and leave the field as it was.
        if let Some(joined) = join_chunks(&body) {
            body = joined;
        }
    }
    for encoding in head.encodings.iter().rev() {
        body = match encoding.as_str() {
            // The same holds for packing.
            "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => unpack(MultiGzDecoder::new(body.as_slice()))?,
            "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
                unpack(ZlibDecoder::new(body.as_slice())).or_else(|_| unpack(DeflateDecoder::new(body.as_slice())))?
            }
            "br" | "zstd" if std::str::from_utf8(&body).is_err() => {
                return Err(format!("a page that is packed by {encoding} cannot be read"));
            }
            _ => body,
        };
    }
    Ok(Page::of_type(&head.content_type, body))
}

/// Unpacks a page; a byte too many is kept, so that the reader of pages says that it is too long.
fn unpack(decoder: impl Read) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    match decoder.take(ReadPage::LONGEST as u64 + 1).read_to_end(&mut body) {
        Err(error) if body.is_empty() => Err(format!("the packed page is broken: {error}")),
        // Pages that were cut when they were fetched are read as far as they go.
        _ => Ok(body),
    }
}

/// The head of a successful answer, and where its body begins.
fn head(message: &[u8]) -> Option<(Head, usize)> {
    let end = memchr::memmem::find(message, b"\r\n\r\n").map(|at| (at, at + 4));
    let end = end.or_else(|| memchr::memmem::find(message, b"\n\n").map(|at| (at, at + 2)));
    let (end, start) = end?;
    let text = String::from_utf8_lossy(&message[..end]);
    let mut lines = text.lines();
    let status = lines.next()?.strip_prefix("HTTP/")?.split_whitespace().nth(1)?;
    if status != "200" {
        return None;
    }
    let mut head = Head::default();
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => head.content_type = value.to_owned(),
            "transfer-encoding" => head.is_chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => {
                head.encodings = value.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
            }
            _ => {}
        }
    }
    Some((head, start))
}

/// Joins the chunks of a body; nothing where it does not lie in chunks.
fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(64)])?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        // The last chunk may have been cut when the page was fetched.
        let taken = size.min(rest.len());
        joined.extend_from_slice(&rest[..taken]);
        rest = &rest[taken..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(joined);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(message: &str) -> Option<String> {
        let page = page(message.as_bytes().to_vec()).unwrap()?;
        Some(String::from_utf8(page.body).unwrap())
    }

    #[test]
    fn chunks_are_joined() {
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(body(&format!("{head}4\r\nRuri\r\n5;x=y\r\ntania\r\n0\r\n\r\n")).as_deref(), Some("Ruritania"));
        assert_eq!(body(&format!("{head}4\r\nRuri\r\nff\r\ntan")).as_deref(), Some("Ruritan"));
        assert_eq!(body(&format!("{head}<p>Joined before</p>")).as_deref(), Some("<p>Joined before</p>"));
    }

    #[test]
    fn only_pages_that_were_found_count() {
        assert_eq!(body("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno"), None);
        assert_eq!(body("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nno"), None);
        assert_eq!(body("no answer at all"), None);
        let found = page(b"HTTP/1.0 200 OK\nContent-Type: text/html;charset=koi8-r\n\nda".to_vec()).unwrap().unwrap();
        assert_eq!((found.charset.as_deref(), found.format), (Some("koi8-r"), Format::Html));
    }
}
