//! Builds clean text and remembers, piece by piece, which characters of the source it came from.

use std::ops::Range;

use crate::passage::Span;

/// A stretch of clean text and its place in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(from = "(u32, u32, u32)", into = "(u32, u32, u32)")]
pub(crate) struct Piece {
    /// Byte in the clean text where it starts.
    clean: u32,
    /// Character in the source where it starts.
    source: u32,
    /// 0 where each clean character is one source character; else how many source characters stand for the whole piece.
    opaque: u32,
}

impl From<(u32, u32, u32)> for Piece {
    fn from((clean, source, opaque): (u32, u32, u32)) -> Piece {
        Piece { clean, source, opaque }
    }
}

impl From<Piece> for (u32, u32, u32) {
    fn from(piece: Piece) -> (u32, u32, u32) {
        (piece.clean, piece.source, piece.opaque)
    }
}

/// Clean text under construction: white space is made simple, invisible characters are dropped.
#[derive(Debug, Default)]
pub(crate) struct Cleaner {
    text: String,
    pieces: Vec<Piece>,
    /// Source character that would continue the last piece.
    next: Option<u32>,
    /// White space seen since the last word: start and length in the source.
    gap: Option<(u32, u32)>,
}

impl Cleaner {
    /// Adds source text that starts at character `at`; returns the number of its characters.
    pub fn push(&mut self, s: &str, at: usize) -> usize {
        let bytes = s.as_bytes();
        let mut at = narrow(at);
        let begin = at;
        let mut i = 0;
        while i < bytes.len() {
            // The longest run of characters that stay as they are, single spaces between words included.
            let start = i;
            let mut chars = 0u32;
            while i < bytes.len() {
                let b = bytes[i];
                if b > 0x20 && b < 0x7f {
                    i += 1;
                } else if b == b' ' {
                    let word_follows = bytes.get(i + 1).is_some_and(|&n| n > 0x20 && n < 0x7f);
                    if i == start || !word_follows {
                        break;
                    }
                    i += 1;
                } else if b >= 0x80 {
                    let Some(c) = s[i..].chars().next() else { break };
                    if c.is_whitespace() || is_invisible(c) {
                        break;
                    }
                    i += c.len_utf8();
                } else {
                    break;
                }
                chars += 1;
            }
            if i > start {
                self.flush_gap();
                self.verbatim(&s[start..i], at, chars);
                at += chars;
            }
            if let Some(c) = s[i..].chars().next() {
                if c.is_whitespace() {
                    self.space(at, 1);
                }
                at += 1;
                i += c.len_utf8();
            }
        }
        (at - begin) as usize
    }

    /// Adds one decoded character reference that takes `len` source characters.
    pub fn push_reference(&mut self, decoded: &str, at: usize, len: usize) {
        if decoded.chars().all(char::is_whitespace) {
            self.space(narrow(at), narrow(len));
            return;
        }
        let kept: String = decoded.chars().filter(|&c| !is_invisible(c)).collect();
        if kept.is_empty() {
            return;
        }
        self.flush_gap();
        self.opaque(&kept, narrow(at), narrow(len));
    }

    /// Adds a break between words that takes `len` source characters.
    pub fn push_break(&mut self, at: usize, len: usize) {
        self.space(narrow(at), narrow(len));
    }

    /// The text so far, without the white space at its end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing but white space was added.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The clean text and its pieces; starts anew.
    pub fn take(&mut self) -> (String, Vec<Piece>) {
        self.gap = None;
        self.next = None;
        (std::mem::take(&mut self.text), std::mem::take(&mut self.pieces))
    }

    fn space(&mut self, at: u32, len: u32) {
        self.gap = Some(match self.gap {
            Some((start, _)) => (start, (at + len).saturating_sub(start)),
            None => (at, len),
        });
    }

    fn flush_gap(&mut self) {
        let Some((start, len)) = self.gap.take() else { return };
        if self.text.is_empty() {
            return;
        }
        if len == 1 {
            self.verbatim(" ", start, 1);
        } else {
            self.opaque(" ", start, len);
        }
    }

    fn verbatim(&mut self, s: &str, at: u32, chars: u32) {
        if self.next != Some(at) {
            self.pieces.push(Piece { clean: narrow(self.text.len()), source: at, opaque: 0 });
        }
        self.text.push_str(s);
        self.next = Some(at + chars);
    }

    fn opaque(&mut self, s: &str, at: u32, len: u32) {
        self.pieces.push(Piece { clean: narrow(self.text.len()), source: at, opaque: len.max(1) });
        self.text.push_str(s);
        self.next = None;
    }
}

/// Sources are capped far below this, so nothing is lost.
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Characters that a reader does not see: soft hyphen, zero-width marks, controls.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}

/// The characters of the source that `bytes` of the clean text came from.
pub(crate) fn source_span(text: &str, pieces: &[Piece], bytes: Range<usize>) -> Span {
    let start_byte = floor(text, bytes.start);
    let end_byte = floor(text, bytes.end).max(start_byte);
    let piece_of = |byte: usize| pieces.partition_point(|p| p.clean as usize <= byte).checked_sub(1).map(|i| pieces[i]);
    let chars = |p: Piece, to: usize| text[p.clean as usize..to].chars().count();
    let start = match piece_of(start_byte) {
        Some(p) if p.opaque == 0 => p.source as usize + chars(p, start_byte),
        // Past the end of the text there is only the end of the last piece.
        Some(p) if start_byte >= text.len() => p.source as usize + p.opaque as usize,
        Some(p) => p.source as usize,
        None => 0,
    };
    if end_byte == start_byte {
        return Span { start, end: start };
    }
    let end = match piece_of(end_byte - 1) {
        Some(p) if p.opaque == 0 => p.source as usize + chars(p, end_byte),
        Some(p) => p.source as usize + p.opaque as usize,
        None => start,
    };
    Span { start, end }
}

fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// A clean text with other words for some of its ranges, which come in order.
pub(crate) fn replace(text: &str, pieces: &[Piece], edits: &[(Range<usize>, String)]) -> (String, Vec<Piece>) {
    let (mut new, mut kept) = (String::with_capacity(text.len()), Vec::with_capacity(pieces.len() + 2 * edits.len()));
    let keep = |new: &mut String, kept: &mut Vec<Piece>, range: Range<usize>| {
        let at = narrow(new.len());
        let (same, of_it) = cut(text, pieces, range);
        kept.extend(of_it.into_iter().map(|piece| Piece { clean: piece.clean + at, ..piece }));
        new.push_str(&same);
    };
    let mut from = 0;
    for (range, words) in edits {
        keep(&mut new, &mut kept, from..range.start);
        let Span { start, end } = source_span(text, pieces, range.clone());
        kept.push(Piece { clean: narrow(new.len()), source: narrow(start), opaque: narrow(end - start).max(1) });
        new.push_str(words);
        from = range.end;
    }
    keep(&mut new, &mut kept, from..text.len());
    (new, kept)
}

/// The pieces of `range` of a clean text, for a text of its own.
pub(crate) fn cut(text: &str, pieces: &[Piece], range: Range<usize>) -> (String, Vec<Piece>) {
    let first = pieces.partition_point(|p| (p.clean as usize) <= range.start).saturating_sub(1);
    let mut kept = Vec::new();
    for piece in &pieces[first.min(pieces.len())..] {
        if piece.clean as usize >= range.end {
            break;
        }
        let mut piece = *piece;
        if (piece.clean as usize) < range.start {
            if piece.opaque == 0 {
                piece.source += narrow(text[piece.clean as usize..range.start].chars().count());
            }
            piece.clean = 0;
        } else {
            piece.clean -= narrow(range.start);
        }
        kept.push(piece);
    }
    (text[range].to_owned(), kept)
}
