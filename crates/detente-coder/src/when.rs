//! Dates as news writes them, resolved against the day of publication.

use detente_grammar::{Deprel, Upos};
use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use smol_str::{SmolStr, StrExt as _};

use crate::{
    act::{ActDate, Precision},
    syntax::{Syntax, Tok},
};

/// A date expression in a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct When {
    /// First token.
    pub first: Tok,
    /// Last token.
    pub last: Tok,
    /// The date.
    pub date: ActDate,
    /// The expression says that it was so before the news: "since 2011", "in October", "years ago".
    pub past: bool,
    /// The expression points ahead: "next week".
    pub future: bool,
    /// The expression says since when something is so.
    pub since: bool,
}

impl When {
    /// Tells whether the date lies before the news of a day, which tells of the last days: "on 3 May" on the 20th, "last month".
    pub(crate) fn is_before_the_news(&self, day: Date) -> bool {
        let Some(date) = self.date.date else { return self.past };
        match self.date.precision {
            Precision::Month => date < day.first_of_month() && distance(date, day) > 14,
            _ => self.past || distance(date, day) > 14,
        }
    }

    /// Tells whether the date is a day or month of the news that began on a day.
    fn is_from(&self, news_from: Option<Date>) -> bool {
        self.date.date.zip(news_from).is_some_and(|(date, first)| match self.date.precision {
            Precision::Day => date >= first,
            Precision::Month => date >= first.first_of_month(),
            _ => date.year() >= first.year(),
        })
    }
}

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

const UNITS: [&str; 9] = ["day", "week", "month", "year", "decade", "century", "hour", "minute", "weekend"];

/// News tells of the last so many days; what is told of a day or a month that began before them is mostly recalled.
const NEAR_DAYS: i32 = 45;

/// Tells whether a lemma names a time.
pub fn is_time_word(lemma: &str) -> bool {
    let lower = lemma.to_ascii_lowercase_smolstr();
    month(&lower).is_some()
        || weekday(&lower).is_some()
        || UNITS.contains(&lower.as_str())
        || matches!(
            lower.as_str(),
            "yesterday"
                | "today"
                | "tomorrow"
                | "tonight"
                | "morning"
                | "evening"
                | "afternoon"
                | "night"
                | "midnight"
                | "noon"
                | "end"
                | "summer"
                | "winter"
                | "spring"
                | "autumn"
                | "time"
        )
        || (lower.len() == 4 && lower.bytes().all(|b| b.is_ascii_digit()))
}

pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    MONTHS
        .iter()
        .position(|m| {
            *m == word
                || (word.len() >= 3 && word != "mar" && m.starts_with(word) && (word.len() == 3 || word == "sept"))
                || (word == "mar" && *m == "march")
        })
        .map(|at| at as i8 + 1)
}

pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.trim_end_matches('.') {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// The month in which a season ends.
fn last_month_of(season: &str) -> Option<i8> {
    Some(match season {
        "winter" => 2,
        "spring" => 5,
        "summer" => 8,
        "autumn" | "fall" => 11,
        _ => return None,
    })
}

/// The number that a word tells.
pub(crate) fn count(word: &str) -> Option<i64> {
    Some(match word {
        "a" | "an" | "one" => 1,
        "two" | "couple" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "several" | "few" => 3,
        _ => word.parse().ok().filter(|&n| (1..=500).contains(&n))?,
    })
}

fn year(word: &str) -> Option<i16> {
    let digits = word.strip_suffix('s').unwrap_or(word);
    (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|y| (1500..=2100).contains(y) || (1000..1500).contains(y) && digits == word && word.len() == 4)
}

fn precise(date: Option<Date>, precision: Precision) -> ActDate {
    date.map_or(ActDate::UNKNOWN, |date| ActDate { date: Some(date), precision })
}

/// Finds the date expressions of a sentence; `day` is the article's date, `news_from` an earlier day since when its news is.
pub fn find(syntax: &Syntax<'_>, day: Option<Date>, news_from: Option<Date>) -> Vec<When> {
    let lower: Vec<SmolStr> =
        (0..syntax.len() as Tok).map(|tok| syntax.form(tok).to_ascii_lowercase_smolstr()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lower.len() {
        match expression(syntax, &lower, at, day) {
            Some(mut when) => {
                at = when.last as usize + 1;
                when.past &= when.since || !when.is_from(news_from);
                found.push(when);
            }
            None => at += 1,
        }
    }
    found
}

fn expression(syntax: &Syntax<'_>, lower: &[SmolStr], at: usize, day: Option<Date>) -> Option<When> {
    let word = lower[at].as_str();
    let next = |offset: usize| lower.get(at + offset).map_or("", SmolStr::as_str);
    let before = |offset: usize| at.checked_sub(offset).map_or("", |a| lower[a].as_str());
    let when = |first: usize, last: usize, date: ActDate| {
        let today = day;
        let past = match (date.date, today, date.precision) {
            (Some(date), Some(today), Precision::Day) => distance(date, today) > NEAR_DAYS,
            (Some(date), Some(today), Precision::Month) => distance(date, today) > NEAR_DAYS,
            (Some(date), Some(today), Precision::Year) => i32::from(today.year()) - i32::from(date.year()) >= 1,
            (Some(_), None, Precision::Year) => true,
            _ => false,
        };
        let since = first.checked_sub(1).is_some_and(|before| lower[before] == "since");
        let future = match (date.date, today) {
            (Some(date), Some(today)) => date > today,
            _ => false,
        };
        Some(When { first: first as Tok, last: last as Tok, date, past: past || since, future, since })
    };
    // 3 November 2024, November 3 (2024), November 2024, in November
    if let Some(number) = month(word)
        && (syntax.token(at as Tok).upos == Upos::Propn || syntax.form(at as Tok).starts_with(char::is_uppercase))
        && (word != "may" && word != "march"
            || next(1).parse::<u16>().is_ok()
            || before(1).parse::<u8>().is_ok()
            || matches!(before(1), "in" | "last" | "since" | "of" | "early" | "late" | "until" | "next" | "this"))
    {
        let ordinal = |text: &str| {
            text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i8>().ok().filter(|d| (1..=31).contains(d))
        };
        let (mut first, mut last) = (at, at);
        let mut day_of_month = None;
        if next(1) == "." {
            last += 1;
        }
        if let Some(d) = ordinal(lower.get(last + 1).map_or("", SmolStr::as_str)) {
            day_of_month = Some(d);
            last += 1;
        } else if let Some(d) = at.checked_sub(1).and_then(|b| ordinal(&lower[b])) {
            day_of_month = Some(d);
            first -= 1;
        }
        let mut explicit = None;
        let comma = usize::from(lower.get(last + 1).is_some_and(|w| w == "," || w == "of"));
        if let Some(y) = lower.get(last + 1 + comma).and_then(|w| year(w)) {
            explicit = Some(y);
            last += 1 + comma;
        }
        let resolved = explicit.or_else(|| {
            let today = day?;
            let back = before(if first < at { 2 } else { 1 });
            match back {
                "next" => return Some(if number > today.month() { today.year() } else { today.year() + 1 }),
                "last" => return Some(if number < today.month() { today.year() } else { today.year() - 1 }),
                _ => {}
            }
            // The nearest such month, looking back rather than ahead unless the sentence looks ahead.
            let this = Date::new(today.year(), number, 1).ok()?;
            let ahead = looks_ahead(syntax, at as Tok);
            Some(if distance(today, this) > 62 && !ahead {
                today.year() - 1
            } else if ahead && distance(this, today) > 31 {
                today.year() + 1
            } else {
                today.year()
            })
        });
        let date = match (resolved, day_of_month) {
            (Some(y), Some(d)) => precise(Date::new(y, number, d).ok(), Precision::Day),
            (Some(y), None) => precise(Date::new(y, number, 1).ok(), Precision::Month),
            (None, _) => ActDate::UNKNOWN,
        };
        return when(first, last, date).map(|mut w| {
            w.past |= w.date == ActDate::UNKNOWN && matches!(before(1), "in" | "last");
            // "until March", of a month to come or gone by
            w.past &= explicit.is_some() || !matches!(before(1), "until" | "by");
            w
        });
    }
    if let Some(target) = weekday(word)
        && syntax.form(at as Tok).starts_with(char::is_uppercase)
    {
        let date = day.and_then(|today| {
            let back = i64::from(today.weekday().since(target));
            let ahead = looks_ahead(syntax, at as Tok) || before(1) == "next";
            match (before(1), ahead) {
                ("last", _) if back == 0 => today.checked_sub(7.days()).ok(),
                (_, true) => {
                    let forward = i64::from(today.weekday().until(target));
                    today.checked_add((if forward == 0 { 7 } else { forward }).days()).ok()
                }
                _ => today.checked_sub(back.days()).ok(),
            }
        });
        return when(at, at, precise(date, Precision::Day));
    }
    if let Some(y) = year(word)
        && (matches!(
            before(1),
            "in" | "since"
                | "of"
                | "by"
                | "until"
                | "from"
                | "to"
                | "between"
                | "and"
                | "during"
                | "after"
                | "before"
                | "the"
                | "a"
                | "its"
                | "their"
                | "his"
                | "her"
                | "'s"
                | "early"
                | "late"
                | "mid"
                | "around"
                | ","
                | "("
                | "-"
                | "–"
        ))
        && !matches!(next(1), "%" | "percent" | "people" | "troops" | "soldiers")
    {
        return when(at, at, precise(Date::new(y, 1, 1).ok(), Precision::Year));
    }
    match word {
        "yesterday" => return when(at, at, precise(day.and_then(|d| d.checked_sub(1.day()).ok()), Precision::Day)),
        "today" | "tonight" => return when(at, at, precise(day, Precision::Day)),
        "tomorrow" => return when(at, at, precise(day.and_then(|d| d.checked_add(1.day()).ok()), Precision::Day)),
        "last" | "previous" | "past" | "this" | "next" | "earlier" | "later" | "coming" => {
            let skip = usize::from(matches!(word, "earlier" | "later") && matches!(next(1), "this" | "in"));
            let skip = skip + usize::from(skip == 1 && next(2) == "the");
            let unit = next(1 + skip);
            let back: i32 = match word {
                "last" | "previous" => -1,
                "next" | "coming" => 1,
                _ => 0,
            };
            if matches!(word, "earlier" | "later") && skip == 0 {
                return None;
            }
            let date = match unit {
                "week" | "weekend" => {
                    precise(day.and_then(|d| d.checked_add((i64::from(back) * 7).days()).ok()), Precision::Month)
                }
                "month" => precise(
                    day.and_then(|d| d.first_of_month().checked_add(i64::from(back).months()).ok()),
                    Precision::Month,
                ),
                "year" => precise(day.and_then(|d| Date::new(d.year() + back as i16, 1, 1).ok()), Precision::Year),
                "decade" | "century" if back < 0 => ActDate::UNKNOWN,
                unit => {
                    let end = last_month_of(unit)?;
                    let year = day.map(|today| match (back, end < today.month()) {
                        (-1, false) => today.year() - 1,
                        (1, true) => today.year() + 1,
                        _ => today.year(),
                    });
                    precise(year.and_then(|year| Date::new(year, 1, 1).ok()), Precision::Year)
                }
            };
            return when(at, at + 1 + skip, date).map(|mut w| {
                let is_long = matches!(unit, "year" | "decade" | "century") || last_month_of(unit).is_some();
                let is_far = is_long || unit == "month" && w.past;
                w.past = matches!(word, "last" | "previous") && is_far || (word, unit) == ("earlier", "year");
                w.future = back > 0;
                w
            });
        }
        _ => {}
    }
    // "two years ago", "three days earlier"
    if let Some(n) = count(word) {
        let filler = usize::from(next(1) == "of" || next(1) == "-");
        let unit = next(1 + filler).trim_end_matches('s');
        if UNITS.contains(&unit) && matches!(next(2 + filler), "ago" | "earlier" | "before") {
            let ago = next(2 + filler) == "ago";
            let date = match (day, unit) {
                (None, _) => ActDate::UNKNOWN,
                (Some(d), "day") => precise(d.checked_sub(n.days()).ok(), Precision::Day),
                (Some(d), "hour" | "minute") => precise(Some(d), Precision::Day),
                (Some(d), "week") => precise(d.checked_sub((n * 7).days()).ok(), Precision::Month),
                (Some(d), "month") => precise(d.first_of_month().checked_sub(n.months()).ok(), Precision::Month),
                (Some(d), "decade") => precise(Date::new(d.year() - 10 * n as i16, 1, 1).ok(), Precision::Year),
                (Some(d), "century") => {
                    precise(Date::new(d.year().saturating_sub((100 * n.min(10)) as i16), 1, 1).ok(), Precision::Year)
                }
                (Some(d), _) => precise(Date::new(d.year().saturating_sub(n as i16), 1, 1).ok(), Precision::Year),
            };
            let date = if ago { date } else { ActDate::UNKNOWN };
            return when(at, at + 2 + filler, date).map(|mut w| {
                w.past = !matches!(unit, "hour" | "minute")
                    && (unit != "day" || n > i64::from(NEAR_DAYS))
                    && (unit != "week" || n * 7 > i64::from(NEAR_DAYS))
                    && (unit != "month" || n > 1);
                w
            });
        }
    }
    None
}

fn looks_ahead(syntax: &Syntax<'_>, tok: Tok) -> bool {
    let mut at = tok;
    for _ in 0..6 {
        if syntax.is_verbal(at) {
            if syntax.kids_by(at, Deprel::Aux).any(|a| matches!(syntax.lemma(a), "will" | "shall" | "'ll"))
                || syntax.kids_by(at, Deprel::Mark).any(|m| syntax.lemma(m) == "to")
            {
                return true;
            }
            if syntax.rel(at) == Deprel::Root {
                return false;
            }
        }
        match syntax.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

fn distance(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Tells whether a date says of what time a thing is and not when something is done: "the 2018 treaty", "the war of 2018", but
/// "in its 2018 ruling".
fn dates_its_noun(syntax: &Syntax<'_>, date: Tok) -> bool {
    let Some(noun) = syntax.head(date).filter(|&noun| syntax.is_nominal(noun)) else { return false };
    let modifies = noun > date || syntax.case(date) == Some("of");
    let is_setting =
        syntax.rel(noun) == Deprel::Obl && matches!(syntax.case(noun), Some("in" | "at" | "during" | "on"));
    modifies && !is_setting
}

/// The date expression that belongs to a word's clause: below it, or below the clause above.
pub fn of_clause<'w>(syntax: &Syntax<'_>, whens: &'w [When], tok: Tok) -> Option<&'w When> {
    let mut at = tok;
    for _ in 0..4 {
        // Directly below, without another verb between.
        let own = whens.iter().find(|when| {
            let mut up = when.first;
            // The expression's own head.
            for _ in 0..5 {
                if up == at {
                    return true;
                }
                match syntax.head(up) {
                    Some(head) => {
                        // "violated the 2018 treaty": the treaty is of that year, and nothing is said of the deed.
                        let leaves =
                            (when.first..=when.last).contains(&up) && !(when.first..=when.last).contains(&head);
                        if leaves && head != at && dates_its_noun(syntax, up) {
                            return false;
                        }
                        // "imports that were worth much last year": the time of the clause between.
                        let clause = syntax.is_verbal(up) || syntax.rel(up) == Deprel::AclRelcl;
                        if clause && up != when.first && up != at {
                            return false;
                        }
                        up = head;
                    }
                    None => return false,
                }
            }
            false
        });
        if own.is_some() {
            return own;
        }
        let head = syntax.head(at)?;
        // A relative clause or a report has its own time; a noun has that of its verb.
        match syntax.rel(at) {
            Deprel::AclRelcl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl if syntax.is_verbal(at) => {
                return None;
            }
            _ => at = head,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::syntax::tests::read;

    /// A Friday.
    const DAY: Date = date(2025, 3, 14);

    fn dates(text: &str, day: Option<Date>) -> Vec<When> {
        read(text, |syntax| find(syntax, day, None))
    }

    fn only(text: &str) -> When {
        let found = dates(text, Some(DAY));
        assert_eq!(found.len(), 1, "one date: {text}");
        found[0]
    }

    fn at(year: i16, month: i8, day: i8, precision: Precision) -> ActDate {
        ActDate { date: Some(date(year, month, day)), precision }
    }

    #[test]
    fn a_weekday_is_the_last_one_unless_the_sentence_looks_ahead() {
        let day = |text| only(text).date;
        assert_eq!(day("Norway recalled its envoy on Tuesday."), at(2025, 3, 11, Precision::Day));
        assert_eq!(day("Norway recalled its envoy on Friday."), at(2025, 3, 14, Precision::Day));
        assert_eq!(day("Norway will recall its envoy on Tuesday."), at(2025, 3, 18, Precision::Day));
        assert_eq!(day("Norway will recall its envoy on Friday."), at(2025, 3, 21, Precision::Day));
        assert!(only("Norway will recall its envoy on Tuesday.").future);
    }

    #[test]
    fn a_month_without_a_year_is_the_nearest() {
        let month = |text| only(text).date;
        assert_eq!(month("Norway recalled its envoy in January."), at(2025, 1, 1, Precision::Month));
        assert_eq!(month("Norway recalled its envoy in November."), at(2024, 11, 1, Precision::Month));
        assert_eq!(month("Norway will recall its envoy in January."), at(2026, 1, 1, Precision::Month));
        assert_eq!(month("Norway will recall its envoy in May."), at(2025, 5, 1, Precision::Month));
    }

    #[test]
    fn days_of_a_month_are_read_in_either_order() {
        for text in [
            "Norway recalled its envoy on 3 November 2024.",
            "Norway recalled its envoy on November 3, 2024.",
            "Norway recalled its envoy on 3rd November.",
            "Norway recalled its envoy on Nov. 3.",
        ] {
            assert_eq!(only(text).date, at(2024, 11, 3, Precision::Day), "{text}");
        }
        assert_eq!(only("Norway recalled its envoy in November 2019.").date, at(2019, 11, 1, Precision::Month));
    }

    #[test]
    fn a_day_that_no_month_has_is_no_date() {
        assert_eq!(only("Norway recalled its envoy on 31 February 2024.").date, ActDate::UNKNOWN);
    }

    #[test]
    fn years_and_times_ago_are_past() {
        for (text, expected) in [
            ("Norway recalled its envoy in 2011.", at(2011, 1, 1, Precision::Year)),
            ("Norway recalled its envoy last year.", at(2024, 1, 1, Precision::Year)),
            ("Norway recalled its envoy two years ago.", at(2023, 1, 1, Precision::Year)),
            ("Norway recalled its envoy three months ago.", at(2024, 12, 1, Precision::Month)),
            ("Norway recalled its envoy in January.", at(2025, 1, 1, Precision::Month)),
        ] {
            assert_eq!(only(text).date, expected, "{text}");
            assert!(only(text).past, "{text}");
        }
    }

    #[test]
    fn a_last_month_or_season_is_over() {
        for (time, expected) in [
            ("last August", at(2024, 8, 1, Precision::Month)),
            ("last March", at(2024, 3, 1, Precision::Month)),
            ("last autumn", at(2024, 1, 1, Precision::Year)),
            ("last winter", at(2025, 1, 1, Precision::Year)),
            ("last spring", at(2024, 1, 1, Precision::Year)),
        ] {
            let text = format!("Norway asked Chad to lift the ban that it imposed {time}.");
            assert_eq!(only(&text).date, expected, "{text}");
            assert!(only(&text).past, "{text}");
        }
        assert!(!only("Norway will recall its envoy this summer.").past);
        assert!(only("Norway recalled its envoy earlier this year.").past);
    }

    #[test]
    fn days_and_months_near_today_are_no_history() {
        for (text, expected) in [
            ("Norway recalled its envoy today.", at(2025, 3, 14, Precision::Day)),
            ("Norway recalled its envoy yesterday.", at(2025, 3, 13, Precision::Day)),
            ("Norway will recall its envoy tomorrow.", at(2025, 3, 15, Precision::Day)),
            ("Norway recalled its envoy three days ago.", at(2025, 3, 11, Precision::Day)),
            ("Norway recalled its envoy last month.", at(2025, 2, 1, Precision::Month)),
            ("Norway recalled its envoy in February.", at(2025, 2, 1, Precision::Month)),
        ] {
            assert_eq!(only(text).date, expected, "{text}");
            assert!(!only(text).past, "{text}");
        }
    }

    #[test]
    fn without_a_day_of_publication_only_full_dates_are_known() {
        let day = |text| dates(text, None).iter().map(|when| when.date).collect::<Vec<_>>();
        assert_eq!(day("Norway recalled its envoy on Tuesday."), [ActDate::UNKNOWN]);
        assert_eq!(day("Norway recalled its envoy last year."), [ActDate::UNKNOWN]);
        assert_eq!(day("Norway recalled its envoy two years ago."), [ActDate::UNKNOWN]);
        assert_eq!(day("Norway recalled its envoy in January."), [ActDate::UNKNOWN]);
        assert_eq!(day("Norway recalled its envoy in 2011."), [at(2011, 1, 1, Precision::Year)]);
        assert_eq!(day("Norway recalled its envoy on 3 November 2024."), [at(2024, 11, 3, Precision::Day)]);
    }

    #[test]
    fn words_and_numbers_that_only_look_like_dates_are_none() {
        for text in ["Norway may recall its envoy.", "Norway sent 2011 soldiers.", "Norway saw two ships earlier."] {
            assert!(dates(text, Some(DAY)).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_clause_has_the_date_that_hangs_on_its_verb() {
        let of = |text: &str, verb: &str| {
            read(text, |syntax| {
                let whens = find(syntax, Some(DAY), None);
                of_clause(syntax, &whens, crate::syntax::tests::tok(syntax, verb)).map(|when| when.date)
            })
        };
        let text = "Norway, which expelled the envoy in 2011, invited Chad on Tuesday.";
        assert_eq!(of(text, "expelled"), Some(at(2011, 1, 1, Precision::Year)));
        assert_eq!(of(text, "invited"), Some(at(2025, 3, 11, Precision::Day)));
        assert_eq!(of("Norway invited Chad.", "invited"), None);
    }
}
