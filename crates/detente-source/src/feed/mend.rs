//! Makes well-formed XML of what feeds hold, and cuts a feed into its entries where that is not enough.

use std::borrow::Cow;

/// A piece of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// Text between tags, references included.
    Text(&'a str),
    /// A CDATA section with its marks; its end may be missing.
    Data(&'a str),
    /// A tag with its angle brackets.
    Tag(&'a str),
    /// A comment, declaration or instruction: not kept.
    Other,
}

/// Cuts a feed into pieces.
struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (piece, rest) = self.rest.split_at(length);
        self.rest = rest;
        piece
    }

    /// Takes all up to and with `end`, or all that is left.
    fn take_through(&mut self, end: &str) -> &'a str {
        let length = memchr::memmem::find(self.rest.as_bytes(), end.as_bytes()).map(|at| at + end.len());
        self.take(length.unwrap_or(self.rest.len()))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.rest;
        if rest.is_empty() {
            return None;
        }
        Some(if rest.starts_with("<![CDATA[") {
            Piece::Data(self.take_through("]]>"))
        } else if rest.starts_with("<!--") {
            self.take_through("-->");
            Piece::Other
        } else if rest.starts_with("<?") {
            self.take_through("?>");
            Piece::Other
        } else if rest.starts_with("<!") {
            let end = rest.find(['[', '>']);
            let has_subset = end.is_some_and(|end| rest[end..].starts_with('['));
            self.take_through(if has_subset { "]>" } else { ">" });
            Piece::Other
        } else if opens_tag(rest) {
            match tag_end(rest) {
                Some(end) => Piece::Tag(self.take(end)),
                // A tag that the document ends in.
                None => {
                    self.rest = "";
                    Piece::Other
                }
            }
        } else {
            let bytes = rest.as_bytes();
            let end = memchr::memchr_iter(b'<', bytes)
                .find(|at| opens_tag(&rest[*at..]) || rest[at + 1..].starts_with(['!', '?']));
            Piece::Text(self.take(end.unwrap_or(rest.len())))
        })
    }
}

fn opens_tag(rest: &str) -> bool {
    let Some(name) = rest.strip_prefix('<') else { return false };
    let name = name.strip_prefix('/').unwrap_or(name);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// Byte after the tag at the start: an angle bracket in quotes does not end it, another tag's start does.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, b) in rest.bytes().enumerate().skip(1) {
        match (b, quote) {
            (b'>', None) => return Some(at + 1),
            (b'<', _) => return None,
            (b'"' | b'\'', None) => quote = Some(b),
            (b, Some(open)) if b == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Well-formed text: bare ampersands and angle brackets escaped, named references of HTML resolved, forbidden characters left out.
pub(super) fn mend(feed: &str) -> String {
    let mut mended = String::with_capacity(feed.len() + feed.len() / 8);
    for piece in (Pieces { rest: feed }) {
        match piece {
            Piece::Text(text) | Piece::Tag(text) => {
                let is_text = matches!(piece, Piece::Text(_));
                push(&mut mended, text, is_text);
            }
            Piece::Data(data) => {
                mended.extend(data.chars().filter(|c| is_allowed(*c)));
                if !data.ends_with("]]>") {
                    mended.push_str("]]>");
                }
            }
            Piece::Other => {}
        }
    }
    mended
}

fn push(mended: &mut String, text: &str, is_text: bool) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '&' => {
                let (reference, taken) = reference(rest);
                mended.push_str(&reference);
                length = taken;
            }
            '<' if is_text => mended.push_str("&lt;"),
            c if is_allowed(c) => mended.push(c),
            _ => {}
        }
        rest = &rest[length..];
    }
}

/// What the ampersand at the start stands for, escaped, and how many bytes it takes.
fn reference(rest: &str) -> (Cow<'_, str>, usize) {
    let bare = (Cow::Borrowed("&amp;"), 1);
    let Some(end) = rest.bytes().take(40).position(|b| b == b';') else { return bare };
    let whole = &rest[..=end];
    let name = &rest[1..end];
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        return (Cow::Borrowed(whole), end + 1);
    }
    let is_reference = name.strip_prefix('#').map_or_else(
        || !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()),
        |digits| digits.bytes().all(|b| b.is_ascii_hexdigit() || b == b'x' || b == b'X'),
    );
    if !is_reference {
        return bare;
    }
    let meant = htmlize::unescape(whole);
    if meant == whole {
        return bare;
    }
    let escaped = meant.chars().filter(|c| is_allowed(*c)).map(|c| match c {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&apos;".to_owned(),
        c => c.to_string(),
    });
    (Cow::Owned(escaped.collect()), end + 1)
}

/// Characters of XML 1.0.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

/// A feed cut into its entries.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// The opening tag of the root element.
    root: &'a str,
    /// The title of the feed, with its tags.
    title: &'a str,
    /// The entries with their tags.
    pub entries: Vec<&'a str>,
    /// Whether the last entry has no end.
    pub is_cut: bool,
}

impl Parts<'_> {
    /// A feed of one entry, or of none.
    pub fn around(&self, entry: &str) -> String {
        let Parts { root, title, .. } = self;
        match name(root) {
            "feed" => format!("{root}{title}{entry}</feed>"),
            "rss" => {
                // The parser asks for a version that it knows.
                let root = if root.contains("version") { root } else { "<rss version=\"2.0\">" };
                format!("{root}<channel>{title}{entry}</channel></rss>")
            }
            root_name => format!("{root}<channel>{title}</channel>{entry}</{root_name}>"),
        }
    }
}

/// The name in a tag, with its prefix.
fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    &name[..name.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(name.len())]
}

/// Cuts a mended feed into its entries, if it has the root of a feed and an entry.
pub(super) fn split(feed: &str) -> Option<Parts<'_>> {
    let mut parts = Parts { root: "", title: "", entries: Vec::new(), is_cut: false };
    let mut pieces = Pieces { rest: feed };
    let mut entry = None;
    let mut title = None;
    loop {
        let at = feed.len() - pieces.rest.len();
        let Some(piece) = pieces.next() else { break };
        let end = feed.len() - pieces.rest.len();
        let Piece::Tag(tag) = piece else { continue };
        let is_end = tag.starts_with("</");
        match name(tag) {
            _ if tag.ends_with("/>") => {}
            root @ ("rss" | "feed") if parts.root.is_empty() && !root.is_empty() => parts.root = tag,
            root if parts.root.is_empty() && root.eq_ignore_ascii_case("rdf:RDF") => parts.root = tag,
            "item" | "entry" if is_end => {
                if let Some(start) = entry.take() {
                    parts.entries.push(&feed[start..end]);
                }
            }
            "item" | "entry" => {
                // An entry that the next one begins in was never closed.
                entry = Some(at);
            }
            "title" if parts.entries.is_empty() && entry.is_none() && parts.title.is_empty() => {
                if !is_end {
                    title = Some(at);
                } else if let Some(start) = title.take() {
                    parts.title = &feed[start..end];
                }
            }
            _ => {}
        }
    }
    parts.is_cut = entry.is_some();
    let is_feed = !parts.root.is_empty() && (!parts.entries.is_empty() || parts.is_cut);
    is_feed.then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_well_formed() {
        for (feed, mended) in [
            ("<a>R & F &amp; S</a>", "<a>R &amp; F &amp; S</a>"),
            ("<a>caf&eacute;&nbsp;&lt;b&gt;</a>", "<a>café\u{a0}&lt;b&gt;</a>"),
            ("<a>2 < 3 &unknown; &#38; &#0;</a>", "<a>2 &lt; 3 &amp;unknown; &amp; \u{fffd}</a>"),
            ("<a href=\"?x=1&y=2\">b\u{1}</a>", "<a href=\"?x=1&amp;y=2\">b</a>"),
            ("<a><![CDATA[R & F <b>]]></a>", "<a><![CDATA[R & F <b>]]></a>"),
            ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><!-- & --><a>b</a>", "<a>b</a>"),
            ("<a>b</a><c", "<a>b</a>"),
            ("<a><![CDATA[b", "<a><![CDATA[b]]>"),
        ] {
            assert_eq!(mend(feed), mended);
        }
    }

    #[test]
    fn a_feed_is_cut_into_entries() {
        let feed = "<rss version=\"2.0\"><channel><title>T</title><item><title>a</title></item><item>b</item><item>c";
        let parts = split(feed).unwrap();
        assert_eq!(parts.entries, ["<item><title>a</title></item>", "<item>b</item>"]);
        assert!(parts.is_cut);
        assert_eq!(
            parts.around(parts.entries[1]),
            "<rss version=\"2.0\"><channel><title>T</title><item>b</item></channel></rss>"
        );
        assert!(split("<html><body>no feed</body></html>").is_none());
    }
}
