//! The patterns of `patterns.txt`, ready to be looked up by a line's first word.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::passage::Reason;

/// One line of the file.
struct Pattern {
    words: &'static str,
    reason: Reason,
    /// Whether more may follow.
    open: bool,
    /// Whether it may end as a sentence.
    stop: bool,
}

/// All patterns.
struct Patterns {
    /// By first word.
    first: HashMap<&'static str, Vec<Pattern>>,
    /// Those that may stand anywhere in the line.
    inside: Vec<Pattern>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::parse(include_str!("patterns.txt")));

const REASONS: [Reason; 21] = [
    Reason::SectionLabel,
    Reason::Heading,
    Reason::Byline,
    Reason::EditorLine,
    Reason::SoftwareLine,
    Reason::Timestamp,
    Reason::Metadata,
    Reason::Share,
    Reason::Cookie,
    Reason::Subscribe,
    Reason::Advertisement,
    Reason::Copyright,
    Reason::Related,
    Reason::Caption,
    Reason::Credit,
    Reason::Navigation,
    Reason::Comments,
    Reason::Contact,
    Reason::EndMark,
    Reason::Notice,
    Reason::OutsideArticle,
];

/// The reason that a heading of the file names, in its words or their last part.
fn reason_named(name: &str) -> Option<Reason> {
    REASONS.into_iter().find(|reason| reason.to_string().ends_with(name)).or(match name {
        "share" => Some(Reason::Share),
        "cookie" => Some(Reason::Cookie),
        "subscribe" => Some(Reason::Subscribe),
        "copyright" => Some(Reason::Copyright),
        "related" => Some(Reason::Related),
        _ => None,
    })
}

impl Patterns {
    fn parse(file: &'static str) -> Patterns {
        let mut patterns = Patterns { first: HashMap::new(), inside: Vec::new() };
        let mut reason = None;
        for line in file.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                reason = reason_named(name);
                continue;
            }
            let Some(reason) = reason.filter(|_| !line.is_empty() && !line.starts_with("# \"")) else { continue };
            let (line, inside) = line.strip_prefix('*').map_or((line, false), |l| (l, true));
            let words = line.trim_end_matches('*');
            let stars = line.len() - words.len();
            let pattern = Pattern { words, reason, open: stars > 0, stop: stars > 1 };
            if inside {
                patterns.inside.push(pattern);
            } else {
                patterns.first.entry(first_word(words)).or_default().push(pattern);
            }
        }
        patterns
    }
}

/// The first word or number of a line; the mark itself where it opens with one.
fn first_word(line: &str) -> &str {
    let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
    if end > 0 { &line[..end] } else { &line[..line.chars().next().map_or(0, char::len_utf8)] }
}

/// The reason for a line in lower case with its numbers as `#`, without outer brackets; `stop` where it ends as a sentence.
pub(super) fn look_up(line: &str, stop: bool) -> Option<Reason> {
    let patterns = &*PATTERNS;
    let whole = line.trim_end_matches([':', '…', '»', '>', '→', ')', ']', ' ', '*', '-']);
    let at_start = patterns.first.get(first_word(line)).into_iter().flatten().find(|p| {
        if stop && !p.stop {
            return false;
        }
        match line.strip_prefix(p.words) {
            Some(rest) if p.open => {
                // A pattern ends where a word ends.
                !(p.words.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric))
            }
            Some(rest) => rest.is_empty() || whole == p.words,
            None => whole == p.words,
        }
    });
    let found = at_start.or_else(|| patterns.inside.iter().find(|p| (p.stop || !stop) && line.contains(p.words)));
    found.map(|p| p.reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_the_file_names_a_reason() {
        let file = include_str!("patterns.txt");
        for line in file.lines().filter_map(|l| l.strip_prefix('[')?.strip_suffix(']')) {
            assert!(reason_named(line).is_some(), "{line}");
        }
    }

    #[test]
    fn every_pattern_matches_itself() {
        for patterns in PATTERNS.first.values() {
            for p in patterns {
                assert!(look_up(p.words, false).is_some(), "{}", p.words);
            }
        }
    }
}
