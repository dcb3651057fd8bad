//! Plain text into paragraphs: blank lines, one paragraph a line, or lines wrapped at a width.

use crate::cleaner::Cleaner;
use crate::draft::{Block, MOST_BLOCKS};
use crate::html::push_text;
use crate::label;

/// What the text may hold beside itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum References {
    /// `&amp;` is five characters.
    Literal,
    /// `&amp;` was left over from a page and means `&`.
    Decoded,
}

/// A line of the source, without its end.
struct Line<'a> {
    text: &'a str,
    /// Character of the source where it starts.
    at: usize,
    /// Its characters.
    chars: usize,
    /// Characters of its end: none, LF or CRLF.
    ending: usize,
}

/// The lines of a text.
#[derive(Clone)]
struct Lines<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (text, ending, rest) = match memchr::memchr2(b'\n', b'\r', self.rest.as_bytes()) {
            Some(end) if self.rest[end..].starts_with("\r\n") => (&self.rest[..end], 2, &self.rest[end + 2..]),
            Some(end) => (&self.rest[..end], 1, &self.rest[end + 1..]),
            None => (self.rest, 0, ""),
        };
        let chars = if text.is_ascii() { text.len() } else { text.chars().count() };
        let at = self.at;
        self.at += chars + ending;
        self.rest = rest;
        Some(Line { text, at, chars, ending })
    }
}

/// Splits a text into its paragraphs.
pub(crate) fn paragraphs(text: &str, references: References) -> Vec<Block> {
    let lines = Lines { rest: text, at: 0 };
    let width = wrap_width(&lines);
    let mut blocks = Vec::new();
    let mut cleaner = Cleaner::default();
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        match references {
            References::Literal => cleaner.push(line.text, line.at),
            References::Decoded => push_text(&mut cleaner, line.text, line.at),
        };
        let next = lines.peek();
        let joined = next.is_some_and(|next| joins(&line, next, width));
        if joined && next.is_some_and(|next| ends_in_hyphen(line.text, next.text)) {
            continue;
        }
        if joined || (blocks.len() + 1 >= MOST_BLOCKS && next.is_some()) {
            cleaner.push_break(line.at + line.chars, line.ending);
        } else if cleaner.is_empty() {
            cleaner.take();
        } else {
            let (text, pieces) = cleaner.take();
            blocks.push(Block::new(text, pieces));
        }
    }
    blocks
}

/// The width at which the lines were wrapped, if they were.
///
/// A line that breaks inside a sentence, the next one beginning low, was wrapped; the longest of those lines is the width,
/// if for most of them the next word would not have fitted.
fn wrap_width(lines: &Lines<'_>) -> Option<usize> {
    let wrapped = |(line, next): &(Line<'_>, Line<'_>)| {
        (30..=120).contains(&line.chars) && next.text.starts_with(char::is_lowercase) && !ends_sentence(line.text)
    };
    let pairs = || lines.clone().zip(lines.clone().skip(1)).filter(wrapped);
    let width = pairs().map(|(line, _)| line.chars).max()?;
    let (all, full) =
        pairs().fold((0, 0), |(all, full), (line, next)| (all + 1, full + usize::from(is_full(&line, &next, width))));
    (full >= 2 && full * 3 >= all * 2).then_some(width)
}

fn is_blank(line: &Line<'_>) -> bool {
    line.text.trim().is_empty()
}

/// Ragged text leaves a few characters more than it must.
const SLACK: usize = 3;

/// Whether the next line's first word had no room.
fn is_full(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    needed(line, next) + SLACK > width
}

/// The room that the line would take with the next line's first word.
fn needed(line: &Line<'_>, next: &Line<'_>) -> usize {
    line.chars + 1 + next.text.split_whitespace().next().map_or(0, |word| word.chars().count())
}

fn joins(line: &Line<'_>, next: &Line<'_>, width: Option<usize>) -> bool {
    if is_blank(line) || is_blank(next) {
        return false;
    }
    let indented = next.text.starts_with([' ', '\t']) && !line.text.starts_with([' ', '\t']);
    let starts_low = next.text.trim_start().starts_with(char::is_lowercase);
    if starts_low && !ends_sentence(line.text) && line.chars >= 30 {
        return true;
    }
    let slack = if ends_sentence(line.text) { 0 } else { SLACK };
    let was_full = |width| line.chars <= width + SLACK && needed(line, next) + slack > width;
    // What looks like an entry's day may be the middle of a sentence.
    let starts_entry = || ends_sentence(line.text) && label::read(next.text.trim_start()).is_some();
    width.is_some_and(was_full) && !indented && !starts_item(next.text) && !starts_entry()
}

fn starts_item(line: &str) -> bool {
    line.trim_start().starts_with(['*', '•', '·', '▪', '#', '-', '–', '—'])
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end().trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']).ends_with(['.', '!', '?', ':', '…'])
}

/// A compound broken at its own hyphen: "south-" and "eastern".
fn ends_in_hyphen(line: &str, next: &str) -> bool {
    let mut end = line.chars().rev();
    end.next() == Some('-')
        && end.next().is_some_and(char::is_alphabetic)
        && next.starts_with(|c: char| c.is_lowercase())
}
