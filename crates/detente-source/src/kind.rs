//! Which kind of source the bytes are: told by the name and the first bytes.

use detente_text::{Format, decode};

use crate::table::{Columns, same_name};

/// Bytes that are enough to tell.
pub(crate) const HEAD: usize = 4096;

/// Kinds of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One article, or JSON records.
    Text(Format),
    /// A table with named columns, and what separates them.
    Table(u8),
    /// RSS or Atom.
    Feed,
    /// WARC.
    Archive,
}

/// Endings of packed files.
const PACKED: [&str; 4] = [".gz", ".zst", ".zstd", ".gzip"];

/// Endings of the files that a folder is searched for.
const READABLE: [&str; 17] = [
    "txt", "text", "html", "htm", "xhtml", "shtml", "json", "jsonl", "ndjson", "jl", "csv", "tsv", "xml", "rss",
    "atom", "rdf", "warc",
];

/// The ending of Parquet files, which are not read from their beginning to their end.
pub(crate) const PARQUET: &str = "parquet";

/// The name of a file without the endings that tell how it is packed.
pub(crate) fn unpacked_name(name: &str) -> &str {
    let mut name = name;
    while let Some(ending) = PACKED.iter().find(|ending| ends_with(name, ending)) {
        name = &name[..name.len() - ending.len()];
    }
    name
}

fn ends_with(name: &str, ending: &str) -> bool {
    let at = name.len().wrapping_sub(ending.len());
    name.get(at..).is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
}

/// What the name of a file ends in, in lower case, without how it is packed.
pub(crate) fn ending(name: &str) -> Option<String> {
    let (stem, ending) = unpacked_name(name).rsplit_once('.')?;
    (!stem.is_empty() && !ending.contains(['/', '\\'])).then(|| ending.to_ascii_lowercase())
}

impl Kind {
    /// Whether a file of a folder is read, by its name; Parquet only where it can be.
    pub fn is_readable(name: &str, parquet: bool) -> bool {
        ending(name).is_none_or(|ending| READABLE.contains(&ending.as_str()) || parquet && ending == PARQUET)
    }

    /// Tells the kind from the name (`-` for none), the first bytes of what is unpacked, and the columns that the caller names.
    pub fn guess(name: &str, head: &[u8], columns: &Columns) -> Kind {
        let name = unpacked_name(name);
        if head.starts_with(b"WARC/") {
            return Kind::Archive;
        }
        match ending(name).as_deref() {
            Some("warc") => return Kind::Archive,
            Some("tsv") => return Kind::Table(b'\t'),
            Some("csv") => return Kind::Table(separator(first_line(head)).unwrap_or(b',')),
            _ => {}
        }
        if is_feed(head) {
            return Kind::Feed;
        }
        let format = Format::guess(name, head);
        if format == Format::Text
            && ending(name).is_none_or(|ending| ending != "txt" && ending != "text")
            && let Some(separator) = names_columns(first_line(head), columns)
        {
            return Kind::Table(separator);
        }
        Kind::Text(format)
    }
}

/// The first letters, whatever the encoding.
fn letters(head: &[u8]) -> String {
    head.iter().filter(|b| **b != 0 && b.is_ascii()).map(|b| char::from(*b).to_ascii_lowercase()).collect()
}

fn is_feed(head: &[u8]) -> bool {
    let head = letters(head);
    let mut rest = head.trim_start();
    // The root element comes after the declaration, comments and style sheets.
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!doctype rss") => ">",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    ["<rss", "<feed", "<rdf:rdf"]
        .iter()
        .any(|root| rest.strip_prefix(root).is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', '>', '/'])))
}

fn first_line(head: &[u8]) -> &[u8] {
    head.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or(head)
}

/// What separates the columns of a header.
fn separator(line: &[u8]) -> Option<u8> {
    let count = |separator: u8| memchr::memchr_iter(separator, line).count();
    [b',', b'\t', b';'].into_iter().filter(|s| count(*s) > 0).max_by_key(|s| count(*s))
}

/// The separator of a line that names a column of texts and another, or all columns that the caller names.
fn names_columns(line: &[u8], columns: &Columns) -> Option<u8> {
    let separator = separator(line)?;
    // Of a pair of bytes that ends a line of UTF-16, the first may be left.
    let whole = if line.contains(&0) { line.len() & !1 } else { line.len() };
    let line = decode(line.get(..whole)?, None).ok()?.text;
    let names: Vec<&str> = line.split(char::from(separator)).map(|name| name.trim().trim_matches('"').trim()).collect();
    let has = |known: &[&str]| names.iter().any(|name| known.iter().any(|known| same_name(name, known)));
    let is_header = has(&["text", "body", "event_text"]) && has(&["id", "title", "date", "url", "source", "author"]);
    let given = |given: &String| names.iter().any(|name| same_name(name, given));
    (is_header || !columns.is_empty() && columns.values().all(given)).then_some(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes_tell_the_kind() {
        let text = Kind::Text(Format::Text);
        for (name, head, kind) in [
            ("news.warc.gz", "WARC/1.0\r\n", Kind::Archive),
            ("-", "WARC/1.1\r\n", Kind::Archive),
            ("week.csv", "id;text\n", Kind::Table(b';')),
            ("week.CSV.GZ", "text\n", Kind::Table(b',')),
            ("week.tsv.zst", "id,a\ttext\n", Kind::Table(b'\t')),
            ("-", "\"ID\", \"Text\"\n", Kind::Table(b',')),
            ("talks.txt", "id, text\n", text),
            ("-", "The text, the body, and a title\n", text),
            ("feed.xml", "<?xml version='1.0'?>\n<!-- made -->\n<rss version='2.0'>", Kind::Feed),
            ("-", "<feed xmlns='http://www.w3.org/2005/Atom'>", Kind::Feed),
            ("old.rdf", "<rdf:RDF xmlns=''>", Kind::Feed),
            ("page.html", "<!doctype html><p>", Kind::Text(Format::Html)),
            ("lines.jsonl.gz", "{\"text\": \"a\"}", Kind::Text(Format::Jsonl)),
            ("notes", "Talks ended.", text),
        ] {
            assert_eq!(Kind::guess(name, head.as_bytes(), &Columns::new()), kind, "{name}: {head}");
        }
    }

    #[test]
    fn a_line_with_the_columns_that_are_named_begins_a_table() {
        let of = |columns: &[(&str, &str)], head: &str| {
            let columns = columns.iter().map(|(field, name)| ((*field).to_owned(), (*name).to_owned())).collect();
            Kind::guess("-", head.as_bytes(), &columns)
        };
        let head = "Day;\"Full Story\"\n";
        assert_eq!(of(&[("text", "Full story"), ("date", "Day")], head), Kind::Table(b';'));
        assert_eq!(of(&[("text", "Full story"), ("date", "When")], head), Kind::Text(Format::Text));
        assert_eq!(of(&[], head), Kind::Text(Format::Text));
        // Letters outside ASCII are letters too.
        assert_eq!(of(&[("text", "Überblick")], "Tag;Überblick\n"), Kind::Table(b';'));
        assert_eq!(of(&[("text", "ÜBERBLICK"), ("date", "день")], "День;Überblick\n"), Kind::Table(b';'));
        assert_eq!(of(&[("text", "Überblick")], "Tag;Oberblick\n"), Kind::Text(Format::Text));
        assert_eq!(of(&[("text", "день")], "Tag;Überblick\n"), Kind::Text(Format::Text));
    }

    #[test]
    fn columns_are_named_in_any_encoding() {
        let columns = Columns::from([("text".to_owned(), "Überblick".to_owned())]);
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let wide_big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for head in [
            wide("\u{feff}Tag;Überblick\nMontag;Ja\n"),
            wide_big("\u{feff}Tag;Überblick\nMontag;Ja\n"),
            b"Tag;\xdcberblick\r\nMontag;Ja\r\n".to_vec(),
        ] {
            assert_eq!(Kind::guess("-", &head, &columns), Kind::Table(b';'), "{head:?}");
        }
    }

    #[test]
    fn folders_are_searched_for_what_can_be_read() {
        for name in ["a.txt", "a.HTML", "a.warc.gz", "page", "a.jsonl.zst", "a.gz"] {
            assert!(Kind::is_readable(name, false), "{name}");
        }
        for name in ["a.png", "a.css", "a.js.gz"] {
            assert!(!Kind::is_readable(name, false), "{name}");
        }
    }
}
