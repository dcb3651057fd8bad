//! Cuts the source of a page into tags and text, each with the character where it starts.
//!
//! One pass, no recursion: time and memory grow with the length of the page, whatever is nested in it.

use crate::cleaner::Cleaner;

/// A stretch of the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    /// Character where it starts.
    pub at: usize,
    /// What it is.
    pub kind: TokenKind<'a>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum TokenKind<'a> {
    /// Characters and references to characters.
    Text(&'a str),
    /// The inside of a script, style or other element that holds no markup.
    Raw(&'a str),
    /// A start tag.
    Open { name: &'a str, attributes: Attributes<'a> },
    /// An end tag.
    Close { name: &'a str },
    /// A comment, a declaration.
    Other,
}

/// The tokens of a page.
pub(super) struct Scanner<'a> {
    rest: &'a str,
    at: usize,
    /// The element whose raw text comes next.
    raw: Option<&'a str>,
}

impl<'a> Scanner<'a> {
    pub fn new(page: &'a str) -> Self {
        Scanner { rest: page, at: 0, raw: None }
    }

    fn take(&mut self, bytes: usize) -> (usize, &'a str) {
        let (taken, rest) = self.rest.split_at(bytes);
        let at = self.at;
        self.at += if taken.is_ascii() { taken.len() } else { taken.chars().count() };
        self.rest = rest;
        (at, taken)
    }

    fn raw_text(&mut self, name: &str) -> Token<'a> {
        let bytes = self.rest.as_bytes();
        let end = memchr::memmem::find_iter(bytes, b"</")
            .find(|&i| bytes.get(i + 2..i + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())))
            .unwrap_or(bytes.len());
        let (at, text) = self.take(end);
        Token { at, kind: TokenKind::Raw(text) }
    }

    fn tag(&mut self) -> Token<'a> {
        let bytes = self.rest.as_bytes();
        if self.rest.starts_with("<!--") {
            let end = memchr::memmem::find(&bytes[4..], b"-->").map_or(bytes.len(), |i| i + 7);
            return Token { at: self.take(end).0, kind: TokenKind::Other };
        }
        if matches!(bytes.get(1), Some(b'!' | b'?')) {
            let end = memchr::memchr(b'>', bytes).map_or(bytes.len(), |i| i + 1);
            return Token { at: self.take(end).0, kind: TokenKind::Other };
        }
        let closing = bytes.get(1) == Some(&b'/');
        let end = tag_end(bytes);
        let (at, tag) = self.take(end);
        let inner = tag[1 + usize::from(closing)..].trim_end_matches('>');
        let name = &inner[..inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len())];
        if closing {
            return Token { at, kind: TokenKind::Close { name } };
        }
        const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
        if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            self.raw = Some(name);
        }
        let attributes = Attributes { rest: &inner[name.len()..], at: at + 1 + name.chars().count() };
        Token { at, kind: TokenKind::Open { name, attributes } }
    }
}

/// The byte after the `>` that closes a tag; quoted values may hold one.
fn tag_end(bytes: &[u8]) -> usize {
    let mut i = 1;
    let mut after_equals = false;
    while i < bytes.len() {
        match bytes[i] {
            b'>' => return i + 1,
            quote @ (b'"' | b'\'') if after_equals => match memchr::memchr(quote, &bytes[i + 1..]) {
                Some(end) => i += end + 1,
                None => return bytes.len(),
            },
            _ => {}
        }
        after_equals = bytes[i] == b'=' || (after_equals && bytes[i].is_ascii_whitespace());
        i += 1;
    }
    bytes.len()
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            return Some(self.raw_text(name));
        }
        let bytes = self.rest.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        if opens_tag(bytes) {
            return Some(self.tag());
        }
        let end = memchr::memchr_iter(b'<', bytes).find(|&i| opens_tag(&bytes[i..])).unwrap_or(bytes.len());
        let (at, text) = self.take(end);
        Some(Token { at, kind: TokenKind::Text(text) })
    }
}

fn opens_tag(bytes: &[u8]) -> bool {
    match bytes {
        [b'<', b'/', c, ..] => c.is_ascii_alphabetic(),
        [b'<', c, ..] => c.is_ascii_alphabetic() || matches!(c, b'!' | b'?'),
        _ => false,
    }
}

/// The attributes of a tag: name, value and the character where the value starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attributes<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Attributes<'a> {
    /// The value of an attribute, as written.
    pub fn get(self, name: &str) -> Option<&'a str> {
        self.clone().find(|(n, ..)| n.eq_ignore_ascii_case(name)).map(|(_, value, _)| value)
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let (skipped, rest) = self.rest.split_at(bytes);
        self.at += skipped.chars().count();
        self.rest = rest;
        skipped
    }

    fn skip_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        self.skip(end)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let space = |c: char| c.is_ascii_whitespace();
        self.skip_while(|c| space(c) || c == '/' || c == '=');
        let name = self.skip_while(|c| !space(c) && c != '=' && c != '/');
        if name.is_empty() {
            return None;
        }
        self.skip_while(space);
        if !self.rest.starts_with('=') {
            return Some((name, "", self.at));
        }
        self.skip(1);
        self.skip_while(space);
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            let at = self.at;
            return Some((name, self.skip_while(|c| !space(c)), at));
        };
        self.skip(1);
        let at = self.at;
        let value = self.skip_while(|c| c != quote);
        let closing = self.rest.len().min(1);
        self.skip(closing);
        Some((name, value, at))
    }
}

/// Adds text of the page with its character references decoded; returns the number of source characters.
pub(crate) fn push_text(cleaner: &mut Cleaner, text: &str, at: usize) -> usize {
    let mut rest = text;
    let mut here = at;
    while let Some(amp) = memchr::memchr(b'&', rest.as_bytes()) {
        here += cleaner.push(&rest[..amp], here);
        rest = &rest[amp..];
        let name = rest[1..].bytes().take(33).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let semicolon = usize::from(rest.as_bytes().get(1 + name) == Some(&b';'));
        let reference = &rest[..1 + name + semicolon];
        let decoded = htmlize::unescape(reference);
        if decoded == reference {
            here += cleaner.push(reference, here);
        } else {
            cleaner.push_reference(&decoded, here, reference.len());
            here += reference.len();
        }
        rest = &rest[reference.len()..];
    }
    here += cleaner.push(rest, here);
    here - at
}

/// A value of an attribute with its references decoded.
pub(super) fn decoded(value: &str) -> String {
    htmlize::unescape_attribute(value.trim()).into_owned()
}
