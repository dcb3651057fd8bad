//! Plain text into paragraphs: blank lines, one paragraph a line, or lines wrapped at a width.

use crate::cleaner::Cleaner;
use crate::draft::Block;

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

/// Splits a text into its paragraphs.
pub(crate) fn paragraphs(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut blocks = Vec::new();
    let mut cleaner = Cleaner::default();
    let mut close = |cleaner: &mut Cleaner| {
        if !cleaner.is_empty() {
            let (text, pieces) = cleaner.take();
            blocks.push(Block::new(text, pieces));
        }
    };
    for (i, line) in lines.iter().enumerate() {
        cleaner.push(line.text, line.at);
        let Some(next) = lines.get(i + 1) else { break };
        if !joins(line, next, width) {
            close(&mut cleaner);
        } else if !ends_in_hyphen(line.text, next.text) {
            cleaner.push_break(line.at + line.chars, line.ending);
        }
    }
    close(&mut cleaner);
    blocks
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, ending, after) = match memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
            Some(end) if rest[end..].starts_with("\r\n") => (&rest[..end], 2, &rest[end + 2..]),
            Some(end) => (&rest[..end], 1, &rest[end + 1..]),
            None => (rest, 0, ""),
        };
        let chars = if line.is_ascii() { line.len() } else { line.chars().count() };
        lines.push(Line { text: line, at, chars, ending });
        at += chars + ending;
        rest = after;
    }
    lines
}

/// The width at which the lines were wrapped, if they were.
///
/// Wrapped lines give themselves away: the first word of the next line would not have fitted.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let long = |l: &&Line<'_>| l.chars > 0;
    let widest = lines.iter().filter(long).map(|l| l.chars).max()?;
    if !(40..=120).contains(&widest) {
        return None;
    }
    let mut pairs = 0;
    let mut full = 0;
    for pair in lines.windows(2) {
        if is_blank(&pair[0]) || is_blank(&pair[1]) {
            continue;
        }
        pairs += 1;
        if is_full(&pair[0], &pair[1], widest) && !ends_sentence(pair[0].text) {
            full += 1;
        }
    }
    (full >= 2 && full * 2 >= pairs || full == 1 && pairs == 1 && lines.len() <= 4).then_some(widest)
}

fn is_blank(line: &Line<'_>) -> bool {
    line.text.trim().is_empty()
}

/// Whether the next line's first word had no room. Ragged text leaves a few characters more.
fn is_full(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
    line.chars + 1 + word + 3 > width
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
    width.is_some_and(|width| !indented && is_full(line, next, width) && !starts_item(next.text))
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
