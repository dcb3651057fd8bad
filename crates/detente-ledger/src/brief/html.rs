//! A page as one HTML file that needs nothing else: to be mailed, kept or printed.

use std::fmt::Write as _;

use super::page::{Block, Page, printable};

/// The look of the page.
const STYLE: &str = include_str!("html.css");

/// Nothing is loaded and nothing runs, whatever the words of articles are.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

impl Page {
    /// Writes the page under a title.
    pub fn html(&self, title: &str) -> String {
        let title = escaped(title);
        let mut out = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        );
        let mut open = Open::default();
        for block in self.blocks() {
            match block {
                Block::Title(text) => open.text(&mut out, "h2", text),
                Block::Heading(text) => open.text(&mut out, "h3", text),
                Block::Line(text) => open.text(&mut out, "p", text),
                Block::Note(text) => open.text(&mut out, "p class=\"note\"", text),
                Block::Lanes(lanes) => {
                    open.close(&mut out);
                    let _ = writeln!(out, "<figure>\n{}</figure>", lanes.svg());
                }
                Block::Item(text) => open.item(&mut out, 1, "", text),
                Block::Detail(text) => open.item(&mut out, 2, "", text),
                Block::Passage(number, text) => {
                    open.item(&mut out, 1, &format!(" id=\"p{number}\""), &format!("[{number}] {text}"));
                }
            }
        }
        open.close(&mut out);
        out.push_str("</main>\n</body>\n</html>\n");
        out
    }
}

/// Lists that are open, one within the other.
#[derive(Default)]
struct Open {
    depth: usize,
}

impl Open {
    fn close(&mut self, out: &mut String) {
        for _ in 0..std::mem::take(&mut self.depth) {
            out.push_str("</li>\n</ul>\n");
        }
    }

    fn text(&mut self, out: &mut String, element: &str, text: &str) {
        self.close(out);
        let name = element.split(' ').next().unwrap_or(element);
        let _ = writeln!(out, "<{element}>{}</{name}>", linked(text));
    }

    fn item(&mut self, out: &mut String, depth: usize, attributes: &str, text: &str) {
        if self.depth >= depth {
            for _ in depth..self.depth {
                out.push_str("</li>\n</ul>\n");
            }
            out.push_str("</li>\n");
        }
        for _ in self.depth.min(depth)..depth {
            out.push_str("<ul>\n");
        }
        self.depth = depth;
        let text = if attributes.is_empty() { linked(text) } else { escaped(text) };
        let _ = write!(out, "<li{attributes}>{text}");
    }
}

/// A text whose last number in brackets leads to its passage.
fn linked(text: &str) -> String {
    let mark = text.strip_suffix(']').and_then(|rest| rest.rsplit_once(" ["));
    match mark.filter(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
        Some((words, number)) => format!("{} <a href=\"#p{number}\">[{number}]</a>", escaped(words)),
        None => escaped(text),
    }
}

/// Words that are no markup, without characters that turn their direction.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_close_and_words_stay_words() {
        let mut page = Page::default();
        page.push(Block::Title("A <b>".to_owned()));
        page.push(Block::Item("one [1]".to_owned()));
        page.push(Block::Detail("of \"one\"".to_owned()));
        page.push(Block::Item("two".to_owned()));
        page.push(Block::Passage(1, "x [2]".to_owned()));
        let html = page.html("T");
        let body = html.split("<h1>T</h1>\n").nth(1).unwrap();
        assert_eq!(
            body,
            "<h2>A &lt;b&gt;</h2>\n<ul>\n<li>one <a href=\"#p1\">[1]</a><ul>\n<li>of &quot;one&quot;</li>\n</ul>\n\
             </li>\n<li>two</li>\n<li id=\"p1\">[1] x [2]</li>\n</ul>\n</main>\n</body>\n</html>\n"
        );
    }
}
