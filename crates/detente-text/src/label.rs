//! What opens an entry of a running account, a chronology or a list, before its own words: "14:32 GMT", "July 31 -", "- ", "2/5".

use jiff::ToSpan;
use jiff::civil::Date;

use crate::{dateline::is_loud, dates::month};

/// A month and a day of it, and the year where it is written.
type Day = (i8, i8, Option<i16>);

/// What stands before the words of an entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// Byte where the entry's own words begin.
    pub end: usize,
    /// The day of the entry.
    pub day: Option<Day>,
    /// The date as written.
    pub date: Option<String>,
}

/// Marks before an item, and those of markup.
const MARKS: &[char] = &['*', '•', '·', '▪', '◦', '●', '■', '‣', '►', '➡', '▶', '_', '#', '–', '—', '-', '>'];
/// What may stand between a label and the words that follow it.
const SEPARATORS: &[char] = &['–', '—', '-', ':', '|', '.', ',', '*', '_', '/'];
/// So many days ahead of its report an entry may be: a programme is.
const AHEAD: i64 = 60;
/// Zones of a time of day.
const ZONES: &[&str] = &[
    "GMT", "UTC", "BST", "CET", "CEST", "EET", "EST", "EDT", "ET", "CST", "CDT", "PST", "PDT", "AST", "IST", "MSK",
    "JST", "KST", "SGT", "HKT", "EAT", "WAT", "CAT", "AEST", "local", "time", "hrs", "hours", "h",
];
const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The label of an entry; nothing where it begins with its own words.
pub(crate) fn read(text: &str) -> Option<Label> {
    let mut rest = after_marks(text);
    let mut label = Label::default();
    if let Some(after) = number(rest) {
        rest = after_marks(after);
    }
    let (mut is_timed, mut is_dated) = (false, false);
    if let Some(after) = time(rest) {
        is_timed = true;
        rest = after;
    } else if let Some((day, after)) = day(rest) {
        is_dated = true;
        label.day = Some(day);
        label.date = Some(rest[..rest.len() - after.len()].trim().to_owned());
        rest = after;
    }
    let words = rest.trim_start_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c));
    // "14:30 was too late", "May 4 is a holiday", "In 1994": words of a sentence.
    let begins = |c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘«(@".contains(c) || !c.is_alphanumeric();
    let is_parted = rest.len() - words.len() > rest.len() - rest.trim_start().len();
    let stands_apart = is_parted || rest.starts_with("  ") || is_timed;
    if !words.starts_with(begins) || is_dated && !stands_apart && !label.date.as_deref().is_some_and(is_loud) {
        return None;
    }
    label.end = if is_timed || is_dated { text.len() - words.len() } else { text.len() - rest.len() };
    (label.end > 0).then_some(label)
}

impl Label {
    /// The day of the entry: in the year that is written or that a heading gives, else the one nearest to the report.
    pub fn day_in(&self, year: Option<i16>, reported: Option<Date>) -> Option<Date> {
        let (month, day, written) = self.day?;
        if let Some(year) = written.or(year) {
            return Date::new(year, month, day).ok();
        }
        let reported = reported?;
        let latest = reported.checked_add(AHEAD.days()).ok()?;
        let years = reported.year() - 1..=reported.year() + 1;
        let dates = years.filter_map(|year| Date::new(year, month, day).ok()).filter(|date| *date <= latest);
        dates.min_by_key(|date| reported.until(*date).map_or(i32::MAX, |span| span.get_days().abs()))
    }
}

/// The year that a line of its own gives to what follows: "1990", "2024 in brief" is none.
pub(crate) fn year(text: &str) -> Option<i16> {
    let line = text.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c) || c == '=');
    line.parse().ok().filter(|year| (1900..2100).contains(year) && line.len() == 4)
}

fn after_marks(text: &str) -> &str {
    let is_mark = |c: char| c.is_whitespace() || MARKS.contains(&c) || is_picture(c);
    let rest = text.trim_start_matches(is_mark);
    // "#Odesa" and "-5 degrees" are words.
    let taken = &text[..text.len() - rest.len()];
    match taken.chars().last() {
        Some(last @ ('#' | '-' | '_')) if !rest.is_empty() => &text[taken.len() - last.len_utf8()..],
        _ => rest,
    }
}

/// Small pictures, less those that make flags.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{25ff}' | '\u{fe0f}')
}

/// "2/5", "3.", "4)": the number of an item.
fn number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let after = match rest.chars().next()? {
        '/' => {
            let after = rest[1..].trim_start_matches(|c: char| c.is_ascii_digit());
            // "24/7", "9/11"
            let all: u32 = rest[1..rest.len() - after.len()].parse().unwrap_or_default();
            let number: u32 = text[..digits].parse().ok()?;
            if number > all || (number, all) == (9, 11) || (number, all) == (7, 7) {
                return None;
            }
            after
        }
        '.' | ')' => &rest[1..],
        _ => return None,
    };
    ((1..=2).contains(&digits) && after.starts_with(char::is_whitespace)).then_some(after)
}

/// A time of day, with its zone: "14:32 GMT", "8:04 pm AST", "10.05 AM", "0800 UTC".
fn time(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let hours = &text[..text.len() - rest.len()];
    let mut is_clock = false;
    let mut after = rest;
    if let Some(minutes) = rest.strip_prefix([':', '.', 'h']).filter(|_| (1..=2).contains(&hours.len())) {
        after = minutes.trim_start_matches(|c: char| c.is_ascii_digit());
        is_clock = minutes.len() - after.len() == 2;
        if !is_clock {
            return None;
        }
        // "20.000 men", "10:30:15"
        if after.starts_with(|c: char| c.is_alphanumeric() && !"apAPh".contains(c) || c == '%') {
            return None;
        }
    } else if !(1..=2).contains(&hours.len()) && hours.len() != 4 {
        return None;
    }
    let number: u32 = hours.parse().ok()?;
    if number > 23 && hours.len() < 4 || number > 2359 {
        return None;
    }
    if goes_on(after) {
        return None;
    }
    let mut is_half = false;
    let mut is_zoned = false;
    loop {
        let word = after.trim_start();
        let end = word.find(|c: char| !c.is_ascii_alphabetic() && c != '.').unwrap_or(word.len());
        let low = word[..end].to_ascii_lowercase();
        if matches!(low.trim_end_matches('.'), "am" | "pm" | "a.m" | "p.m") && !is_half {
            is_half = true;
        } else if end > 0 && ZONES.contains(&word[..end].trim_end_matches('.')) {
            is_zoned = true;
        } else {
            break;
        }
        after = &word[end..];
    }
    let is_time = match hours.len() {
        4 => is_zoned,
        _ => is_clock && (rest.starts_with(':') || is_half || is_zoned) || is_half,
    };
    is_time.then_some(after)
}

/// Tells whether a number goes on: "2.5 million", "20,000", "10:30:15".
fn goes_on(after: &str) -> bool {
    after.strip_prefix([',', '.', ':']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A day, with its weekday and its year where they are written: "July 31", "13 January", "MON 2", "Aug. 10-12".
fn day(text: &str) -> Option<(Day, &str)> {
    let mut rest = text;
    let mut take = || {
        let word = rest.trim_start_matches([' ', ',', '.']);
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let end = word
            .find(|c: char| if is_number { !c.is_ascii_digit() } else { !c.is_ascii_alphabetic() })
            .unwrap_or(word.len());
        rest = &word[end..];
        &word[..end]
    };
    let mut first = take();
    let low = first.to_ascii_lowercase();
    if DAYS.iter().any(|day| low.starts_with(day)) && (low.len() == 3 || low.ends_with("day")) {
        first = take();
    }
    let second = take();
    let as_day = |word: &str| word.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && word.len() <= 2);
    let as_month = |word: &str| month(word).and_then(|month| i8::try_from(month).ok());
    let (month, day) = match (as_month(first), as_day(second)) {
        (Some(month), Some(day)) => (month, day),
        _ => (as_month(second)?, as_day(first)?),
    };
    // "July 31st", "Aug. 10-12", "May 7 - 8"
    for ordinal in ["st", "nd", "rd", "th"] {
        rest = rest.strip_prefix(ordinal).unwrap_or(rest);
    }
    if goes_on(rest) {
        return None;
    }
    let range = rest.trim_start().strip_prefix(['-', '–', '—']).map(str::trim_start);
    if let Some(range) = range {
        let after = range.trim_start_matches(|c: char| c.is_ascii_digit());
        // "July 31 - 12 soldiers were killed": the number is of the words.
        let is_word = after.trim_start().starts_with(char::is_alphanumeric) || goes_on(after);
        if range[..range.len() - after.len()].parse::<i8>().is_ok_and(|last| last > day && last <= 31) && !is_word {
            rest = after;
        }
    }
    let mut year = None;
    let word = rest.trim_start_matches([' ', ',']);
    if let Some(digits) = word.get(..4)
        && let Ok(number) = digits.parse::<i16>()
        && (1900..2100).contains(&number)
        && !word[4..].starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        year = Some(number);
        rest = &word[4..];
    }
    Some(((month, day, year), rest))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn words(text: &str) -> &str {
        read(text).map_or("", |label| &text[label.end..])
    }

    #[test]
    fn the_words_of_an_entry_follow_its_label() {
        for text in [
            "14:32 GMT Ministers met.",
            "18.41 GMT  Ministers met.",
            "8:04 pm AST — Ministers met.",
            "**8:04 pm AST** Ministers met.",
            "📌 08:20 Ministers met.",
            "6:55 PM  Ministers met.",
            "0800 UTC Ministers met.",
            "14:32 GMT. Ministers met.",
            "July 31 - Ministers met.",
            "Aug. 6 – Ministers met.",
            "JAN 14 Ministers met.",
            "13 January. Ministers met.",
            "Feb 8-21 — Ministers met.",
            "Friday, 3 November 2024: Ministers met.",
            "• Ministers met.",
            "- Ministers met.",
            "2/5 Ministers met.",
            "3) Ministers met.",
        ] {
            assert_eq!(words(text), "Ministers met.", "{text}");
        }
    }

    #[test]
    fn words_of_a_sentence_are_no_label() {
        for text in [
            "Ministers met.",
            "14:30 was too late.",
            "May 4 is a holiday.",
            "March 5 Brigade Square was shelled.",
            "20.000 men marched.",
            "10 Downing Street said so.",
            "1994 was a hard year.",
            "2.5 million fled.",
            "7 ministers met.",
            "24/7 Aid arrived.",
            "9/11 Commission members met.",
            "10:30:15 Ministers met.",
            "May 20,000 Chadians return home?",
            "",
            "-",
        ] {
            assert_eq!(words(text), "", "{text}");
        }
    }

    #[test]
    fn numbers_behind_a_label_are_words() {
        assert_eq!(words("July 31 - 1,200 troops left."), "1,200 troops left.");
        assert_eq!(words("Aug. 2 - 2.5 million fled."), "2.5 million fled.");
        assert_eq!(words("July 11 - 12 soldiers were killed."), "12 soldiers were killed.");
    }

    #[test]
    fn an_entry_is_of_the_nearest_such_day() {
        let day = |text: &str, year| read(text).and_then(|label| label.day_in(year, Some(date(2024, 3, 10))));
        assert_eq!(day("March 3 - Ministers met.", None), Some(date(2024, 3, 3)));
        assert_eq!(day("Dec 11 — Ministers met.", None), Some(date(2023, 12, 11)));
        assert_eq!(day("March 20 - Ministers meet.", None), Some(date(2024, 3, 20)));
        assert_eq!(day("JUL 2 Ministers met.", Some(1990)), Some(date(1990, 7, 2)));
        assert_eq!(day("3 May 2019: Ministers met.", None), Some(date(2019, 5, 3)));
        assert_eq!(day("14:32 GMT Ministers met.", None), None);
    }

    #[test]
    fn a_line_gives_its_year() {
        assert_eq!(year("1990"), Some(1990));
        assert_eq!(year("== 1990 =="), Some(1990));
        assert_eq!(year("1990 in brief"), None);
        assert_eq!(year("© 2019"), None);
    }
}
