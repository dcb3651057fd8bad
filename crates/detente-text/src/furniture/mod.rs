//! Tells the lines of a page from the sentences of an article.

mod headings;
mod patterns;

use crate::dates;
use crate::passage::Reason;

pub(crate) use headings::is_headline;

/// A longer paragraph is judged by its end only.
const LONGEST_LINE: usize = 420;
/// Bytes at the end of a paragraph in which something may be glued on.
const TAIL: usize = 240;

/// Furniture at the end of a paragraph.
pub(crate) struct Tail {
    /// Byte where it starts.
    pub start: usize,
    pub reason: Reason,
}

/// Why a paragraph is page furniture, or nothing for the article's own words.
pub(crate) fn reason(text: &str) -> Option<Reason> {
    if text.len() > LONGEST_LINE {
        return None;
    }
    let line = bare(text);
    if line.is_empty() {
        return Some(Reason::EndMark);
    }
    let low = normal(line);
    let stop = ends_as_sentence(line);
    if let Some(reason) = patterns::look_up(&low, stop) {
        return Some(reason);
    }
    if is_end_mark(text, line) {
        return Some(Reason::EndMark);
    }
    if stop && line.len() > 60 {
        return None;
    }
    if is_timestamp(line, &low) {
        return Some(Reason::Timestamp);
    }
    if is_byline(line) {
        return Some(Reason::Byline);
    }
    if is_address(line) {
        return Some(Reason::Contact);
    }
    if is_trail(line) {
        return Some(if headings::is_trail_of_labels(line) { Reason::SectionLabel } else { Reason::Navigation });
    }
    headings::reason(text)
}

/// Tells whether a notice puts an earlier report right: "Correction: ...".
pub(crate) fn is_correction(text: &str) -> bool {
    let word: String = bare(text).chars().take_while(|c| c.is_alphabetic()).collect();
    ["correction", "corrections", "clarification"].contains(&word.to_lowercase().as_str())
}

/// The furniture that is glued to the last sentence of a paragraph, with or without a space.
pub(crate) fn glued_tail(text: &str) -> Option<Tail> {
    if text.len() < 40 {
        return None;
    }
    let mut from = text.len().saturating_sub(TAIL);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    for (offset, c) in text[from..].char_indices() {
        if !matches!(c, '.' | '!' | '?' | '"' | ')' | '”' | '’') {
            continue;
        }
        let i = from + offset + c.len_utf8();
        let rest = text[i..].trim_start();
        let start = text.len() - rest.len();
        let opens = rest.starts_with(|c: char| c.is_uppercase() || "(©[#-—–*".contains(c));
        if !opens || (start == i && !before_is_sentence_end(&text[..i])) {
            continue;
        }
        let line = bare(rest);
        let stop = ends_as_sentence(line);
        let reason = if line.is_empty() || is_end_mark(rest, line) {
            Some(Reason::EndMark)
        } else {
            patterns::look_up(&normal(line), stop).filter(|reason| {
                let labels =
                    matches!(reason, Reason::SectionLabel | Reason::Navigation | Reason::Metadata | Reason::Byline);
                !labels && (!stop || certain(*reason))
            })
        };
        if let Some(reason) = reason {
            return Some(Tail { start, reason });
        }
    }
    None
}

/// Reasons that hold even of a whole sentence at the end of a paragraph.
fn certain(reason: Reason) -> bool {
    matches!(reason, Reason::EditorLine | Reason::Copyright | Reason::Subscribe | Reason::Cookie | Reason::Related)
}

/// A stop after a word, not after an initial: "disputed.Powered" and not "U.S.Navy".
fn before_is_sentence_end(before: &str) -> bool {
    let mut words = before.trim_end_matches(['.', '!', '?', '"', ')', '”', '’']).chars().rev();
    words.next().is_some_and(char::is_alphanumeric) && words.next().is_some_and(char::is_alphanumeric)
}

/// A line without the bullets, dashes and brackets around it.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_start_matches(|c: char| " *•·▪►▶»>|-–—=_~#([✉\u{200e}".contains(c));
    text.trim_end_matches(|c: char| " *|=_~#])»>-–—".contains(c))
}

/// Lower case, straight apostrophes, each number as `#`.
fn normal(line: &str) -> String {
    let mut low = String::with_capacity(line.len());
    let mut in_number = false;
    for c in line.chars() {
        let digit = c.is_ascii_digit() || (in_number && c == ',');
        if digit && !in_number {
            low.push('#');
        }
        if !digit {
            low.push(if c == '’' { '\'' } else { c.to_ascii_lowercase() });
        }
        in_number = digit;
    }
    low
}

pub(super) fn ends_as_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '\'', '”', '’', ')', ']', ' ', '»']);
    line.ends_with(['.', '!', '?']) && !line.ends_with("...")
}

/// "- Reuters", "(AFP)", "/TASS/": an agency between marks, and nothing else.
fn is_end_mark(text: &str, line: &str) -> bool {
    let text = text.trim();
    let marked = text.starts_with(['-', '–', '—', '(', '/', '[']) && text.len() < 40;
    marked && crate::dateline::agency_in(line).is_some()
}

fn is_timestamp(line: &str, low: &str) -> bool {
    let words = low.split_whitespace().count();
    if words > 14 || ends_as_sentence(line) && words > 5 {
        return false;
    }
    const LABELS: [&str; 12] = [
        "published",
        "updated",
        "last updated",
        "last modified",
        "posted",
        "first published",
        "modified",
        "date",
        "issued",
        "created",
        "publication date",
        "pub date",
    ];
    let dated = dates::find(line).is_some() || dates::has_day_and_month(line);
    let clock = low.contains("#:#") || low.contains("# am") || low.contains("# pm");
    let label = LABELS
        .iter()
        .any(|label| low.strip_prefix(label).is_some_and(|rest| rest.starts_with([' ', ':']) || rest.is_empty()));
    if label && (dated || clock || low.ends_with(" ago") || words <= 2) {
        return true;
    }
    if low.starts_with('#') && low.ends_with(" ago") && words <= 4 {
        return true;
    }
    // A date or time and nothing else.
    let other = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !is_time_word(w)).count();
    (dated || clock) && other == 0
}

fn is_time_word(word: &str) -> bool {
    const WORDS: [&str; 30] = [
        "am",
        "pm",
        "a",
        "p",
        "m",
        "gmt",
        "utc",
        "est",
        "edt",
        "et",
        "cet",
        "bst",
        "ist",
        "msk",
        "t",
        "z",
        "st",
        "nd",
        "rd",
        "th",
        "of",
        "at",
        "on",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let low = word.to_ascii_lowercase();
    let low = low.trim_start_matches(|c: char| c.is_ascii_digit());
    low.is_empty()
        || dates::month(low).is_some()
        || WORDS.contains(&low)
        || (low.len() == 3 && WORDS.iter().any(|day| day.len() > 5 && day.starts_with(low)))
}

/// "By Rudolf Rassendyll in Strelsau": capitalised words only, but for a few.
fn is_byline(line: &str) -> bool {
    let Some(names) =
        line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "))
    else {
        return is_role_line(line);
    };
    if ends_as_sentence(line) || line.len() > 160 {
        return false;
    }
    let small = [
        "and", "in", "at", "of", "for", "de", "van", "von", "der", "al", "the", "with", "bin", "da", "la", "|", "&",
        "-", "–",
    ];
    let words: Vec<&str> = names.split_whitespace().collect();
    (1..=18).contains(&words.len())
        && words
            .iter()
            .all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '@' || c.is_ascii_digit()) || small.contains(w))
        && words.iter().any(|w| !dates::month(w).is_some_and(|_| true) && w.starts_with(char::is_uppercase))
}

/// "Rudolf Rassendyll, Staff Writer".
fn is_role_line(line: &str) -> bool {
    const ROLES: [&str; 10] = [
        "staff writer",
        "staff reporter",
        "correspondent",
        "foreign correspondent",
        "diplomatic correspondent",
        "reporter",
        "political editor",
        "diplomatic editor",
        "world editor",
        "associated press",
    ];
    let Some((name, role)) = line.rsplit_once([',', '|']) else { return false };
    let name: Vec<&str> = name.split_whitespace().collect();
    (2..=4).contains(&name.len())
        && name.iter().all(|w| w.starts_with(char::is_uppercase))
        && ROLES.contains(&role.trim().to_ascii_lowercase().as_str())
}

/// The names of a byline.
pub(crate) fn author(text: &str) -> Option<String> {
    let line = bare(text);
    let names = ["By ", "BY ", "by ", "Written by ", "Author: "]
        .iter()
        .find_map(|label| line.strip_prefix(label))
        .unwrap_or(line);
    let end = [" in ", " at ", " for ", "|", ","].iter().filter_map(|m| names.find(m)).min().unwrap_or(names.len());
    let names = names[..end].trim();
    (!names.is_empty() && !names.eq_ignore_ascii_case("staff")).then(|| names.to_owned())
}

/// An address of the net or of the post, and nothing else.
fn is_address(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(word), None) = (words.next(), words.next()) else { return false };
    word.starts_with("http://")
        || word.starts_with("https://")
        || word.starts_with("www.")
        || (word.contains('@') && word.contains('.'))
        || (word.starts_with('@') && word.len() > 2)
}

/// "Home > World > Asia", "Politics | Asia": short parts between marks.
fn is_trail(line: &str) -> bool {
    if line.len() > 160 || ends_as_sentence(line) {
        return false;
    }
    let parts: Vec<&str> = headings::trail(line).collect();
    parts.len() >= 2
        && parts.iter().all(|p| p.split_whitespace().count() <= 3 && !p.is_empty())
        && parts.iter().all(|p| p.starts_with(char::is_uppercase))
        && !headings::has_verb(line)
}
