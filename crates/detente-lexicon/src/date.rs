//! Dates as lexicon files write them.

use jiff::{ToSpan as _, civil::Date};

/// Reads `2024-10-01`, `2024-10` or `2024`: the first day, or with `end` the last day, of what is named.
pub(crate) fn read(text: &str, end: bool) -> Option<Date> {
    let mut parts = text.trim().split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok(),
        (Some(month), None) => {
            let first = Date::new(year, month, 1).ok()?;
            Some(if end { first.last_of_month() } else { first })
        }
        (None, _) => {
            let first = Date::new(year, 1, 1).ok()?;
            if end { first.checked_add(1.year()).ok()?.checked_sub(1.day()).ok() } else { Some(first) }
        }
    }
}
