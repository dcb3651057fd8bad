//! Reads calendar dates as records, pages and news lines write them.

use jiff::civil::Date;

/// A number or word of a written date, and what stands before it.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    /// The character before it, a space where there is none.
    before: char,
}

impl Token<'_> {
    fn number(&self) -> Option<i32> {
        if self.text.len() <= 8 && self.text.bytes().all(|b| b.is_ascii_digit()) {
            self.text.parse().ok()
        } else {
            None
        }
    }

    fn year(&self) -> Option<i32> {
        self.number().filter(|n| self.text.len() == 4 && (1900..=2100).contains(n))
    }

    fn day(&self) -> Option<i32> {
        self.number().filter(|n| self.text.len() <= 2 && (1..=31).contains(n))
    }

    fn month(&self) -> Option<i32> {
        month(self.text)
    }
}

/// The number of a month from its English name, whole or short.
pub(crate) fn month(word: &str) -> Option<i32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    if word == "sept" {
        return Some(9);
    }
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|name| *name == word || (word.len() == 3 && name.starts_with(&word)))?;
    i32::try_from(at + 1).ok()
}

/// The date of a field or attribute: ISO 8601, RFC 2822, seconds since 1970, or written out.
pub(crate) fn read(words: &str) -> Option<Date> {
    let words = words.trim();
    if words.bytes().all(|b| b.is_ascii_digit()) && (words.len() == 10 || words.len() == 13) {
        let seconds: i64 = words[..10].parse().ok()?;
        return Some(jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date());
    }
    find(words)
}

/// The first date with its year in a line.
pub(crate) fn find(line: &str) -> Option<Date> {
    let tokens = tokens(line);
    (0..tokens.len()).find_map(|i| at(&tokens[i..]))
}

/// Whether a day and a month stand side by side, with or without a year.
pub(crate) fn has_day_and_month(line: &str) -> bool {
    let tokens = tokens(line);
    tokens.windows(2).any(|pair| {
        (pair[0].month().is_some() && pair[1].day().is_some()) || (pair[0].day().is_some() && pair[1].month().is_some())
    })
}

fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut before = ' ';
    let mut chars = line.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_ascii_alphanumeric() {
            before = first;
            continue;
        }
        let mut end = start + 1;
        while let Some(&(i, c)) = chars.peek() {
            if !c.is_ascii_alphanumeric() || c.is_ascii_digit() != first.is_ascii_digit() {
                break;
            }
            end = i + 1;
            chars.next();
        }
        let text = &line[start..end];
        let ordinal = before == 'd' && ["st", "nd", "rd", "th"].contains(&text.to_ascii_lowercase().as_str());
        if !ordinal && !text.eq_ignore_ascii_case("of") {
            tokens.push(Token { text, before });
        }
        // A digit before letters marks "3rd"; anything else is no separator.
        before = if first.is_ascii_digit() { 'd' } else { ' ' };
        if tokens.len() >= 64 {
            break;
        }
    }
    tokens
}

fn at(tokens: &[Token<'_>]) -> Option<Date> {
    let first = tokens.first()?;
    if let Some(n) = first.number().filter(|_| first.text.len() == 8) {
        return date(n / 10_000, n / 100 % 100, n % 100).filter(|d| (1900..=2100).contains(&d.year()));
    }
    let [a, b, c, ..] = tokens else { return None };
    if let (Some(year), Some(month), Some(day)) = (a.year(), b.number().or_else(|| b.month()), c.day())
        && b.before == c.before
        && matches!(b.before, '-' | '/' | '.' | ' ' | '_')
    {
        return date(year, month, day);
    }
    let year = c.year()?;
    if let (Some(day), Some(month)) = (a.day(), b.month()) {
        return date(year, month, day);
    }
    if let (Some(month), Some(day)) = (a.month(), b.day()) {
        return date(year, month, day);
    }
    let (x, y) = (a.day()?, b.day()?);
    match (b.before, c.before) {
        ('.', '.') => date(year, y, x),
        // Day first or month first: only a number above twelve tells.
        ('/', '/') | ('-', '-') if x > 12 || x == y => date(year, y, x),
        ('/', '/') | ('-', '-') if y > 12 => date(year, x, y),
        _ => None,
    }
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// The date in the path of an address: `/2024/11/03/`, `/2024/nov/03/`, `/2024-11-03-`, `/20241103/`.
pub(crate) fn in_address(url: &str) -> Option<Date> {
    let path = url.split(['?', '#']).next()?;
    let tokens = tokens(path);
    (0..tokens.len()).find_map(|i| {
        let first = &tokens[i];
        let starts = matches!(first.before, '/' | '-' | '_' | '.') && (first.year().is_some() || first.text.len() == 8);
        if starts { at(&tokens[i..]) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(words: &str, expected: &str) {
        assert_eq!(read(words).map(|d| d.to_string()).as_deref(), Some(expected), "{words}");
    }

    #[test]
    fn dates_are_read_as_written() {
        for words in [
            "2024-11-03",
            "2024-11-03T10:00:00Z",
            "2024/11/03 10:00",
            "20241103",
            "Nov 3, 2024",
            "Nov. 3, 2024 10:30 AM GMT",
            "3 November 2024",
            "Sunday, 3rd November 2024",
            "the 3rd of November, 2024",
            "Sun, 03 Nov 2024 10:00:00 +0000",
            "03.11.2024",
            "Published: November 3, 2024 at 11:20",
            "1730628000",
        ] {
            is(words, "2024-11-03");
        }
        is("13/11/2024", "2024-11-13");
        is("11/13/2024", "2024-11-13");
    }

    #[test]
    fn what_is_ambiguous_or_no_date_is_none() {
        for words in
            ["03/11/2024", "November 2024", "yesterday", "2024-13-40", "", "12", "99999999", "30 February 2024"]
        {
            assert_eq!(read(words), None, "{words}");
        }
    }

    #[test]
    fn an_address_may_hold_a_date() {
        let day = |url| in_address(url).map(|d| d.to_string());
        assert_eq!(day("https://news.example/world/2024/11/03/talks").as_deref(), Some("2024-11-03"));
        assert_eq!(day("https://news.example/world/2024/nov/03/talks").as_deref(), Some("2024-11-03"));
        assert_eq!(day("https://news.example/a-12345678/talks"), None);
        assert_eq!(day("https://news.example/2024-election-10-things"), None);
    }
}
