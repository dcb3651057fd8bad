//! The kinds of source that can be read, and how to tell them apart.

/// What the bytes of a source are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One article as plain text.
    Text,
    /// One article as a web page.
    Html,
    /// Articles as JSON objects, one a line, or as one object or array.
    Jsonl,
}

impl Format {
    /// Tells the format from the name of the file (`-` or empty for none) and its first bytes.
    ///
    /// ```
    /// use detente_text::Format;
    /// assert_eq!(Format::guess("news.txt", b"Ruritania and Freedonia sign a treaty"), Format::Text);
    /// assert_eq!(Format::guess("-", b"{\"text\": \"Ruritania\"}"), Format::Jsonl);
    /// assert_eq!(Format::guess("saved page", b"<!DOCTYPE html><p>Ruritania"), Format::Html);
    /// ```
    pub fn guess(path: &str, head: &[u8]) -> Format {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
        match extension.as_str() {
            "jsonl" | "ndjson" | "json" | "jl" => return Format::Jsonl,
            "html" | "htm" | "xhtml" | "shtml" => return Format::Html,
            _ => {}
        }
        let head = first_letters(head);
        if is_page(&head) {
            return Format::Html;
        }
        let objects = head.strip_prefix('[').map_or(head.as_str(), str::trim_start);
        let is_json = objects.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
        if is_json && extension != "txt" { Format::Jsonl } else { Format::Text }
    }
}

/// The first letters of the source in lower case; wide encodings lose their zero bytes.
fn first_letters(head: &[u8]) -> String {
    let letters: Vec<u8> = head.iter().copied().take(2048).filter(|b| b.is_ascii() && *b != 0).collect();
    String::from_utf8_lossy(&letters).trim_start().to_ascii_lowercase()
}

fn is_page(head: &str) -> bool {
    let mut head = head;
    while let Some(rest) = head.strip_prefix("<!--") {
        let Some((_, after)) = rest.split_once("-->") else { return true };
        head = after.trim_start();
    }
    if head.starts_with("<?xml") {
        return head.contains("<html") || head.contains("<!doctype html");
    }
    let Some(tag) = head.strip_prefix('<') else { return false };
    let name: &str = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '!').unwrap_or(tag.len())];
    [
        "!doctype", "html", "head", "body", "article", "main", "div", "section", "p", "h1", "h2", "meta", "title",
        "span", "table",
    ]
    .contains(&name)
}
