//! Reads the dateline that opens a report: place, date and agency.

use crate::dates;
use crate::passage::Dateline;

/// Bytes within which a dateline ends.
const REACH: usize = 140;

/// Agencies that may stand alone in brackets or behind a dash.
const AGENCIES: &[&str] = &[
    "AP",
    "AFP",
    "Reuters",
    "Xinhua",
    "TASS",
    "CNN",
    "dpa",
    "UPI",
    "ANI",
    "PTI",
    "Kyodo",
    "Yonhap",
    "Bloomberg",
    "Interfax",
    "RIA Novosti",
    "Anadolu",
    "AA",
    "IRNA",
    "EFE",
    "ANSA",
    "BBC",
    "KCNA",
    "SANA",
    "SPA",
    "WAM",
    "Ukrinform",
    "BelTA",
    "Agerpres",
    "Bernama",
    "Antara",
    "NHK",
    "CNBC",
    "VOA",
    "RFE/RL",
    "The Associated Press",
    "Associated Press",
    "Agence France-Presse",
    "Jiji",
    "Jiji Press",
    "Kyodo News",
    "Press TV",
    "Tasnim",
    "CNA",
    "IANS",
    "Euronews",
    "NBC News",
    "CBS News",
    "ABC News",
];

/// Bytes that a place before a colon takes at most.
const LONGEST_BEFORE_COLON: usize = 40;

/// The dateline of a report and the byte where the report itself begins.
pub(crate) fn read(text: &str) -> Option<(Dateline, usize)> {
    let mut reach = text.len().min(REACH);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let (dateline, body) = separators(&text[..reach]).find_map(|(end, start, dashed)| {
        let start = start + (text[start..].len() - text[start..].trim_start().len());
        let opens = text[start..].chars().next()?;
        let begins_report = opens.is_uppercase() || opens.is_ascii_digit() || "\"'“‘«(".contains(opens);
        if begins_report { parse(&text[..end], dashed).map(|dateline| (dateline, start)) } else { None }
    })?;
    Some((dateline, body))
}

/// The dateline of a further story in the same text: a place in capitals, and a date or an agency.
pub(crate) fn of_another_story(text: &str) -> Option<(Dateline, usize)> {
    let is_sure = |dateline: &Dateline| dateline.date.is_some() || dateline.agency.as_deref().is_some_and(is_agency);
    let is_of_story = |dateline: &Dateline| dateline.place.as_deref().is_some_and(is_loud) && is_sure(dateline);
    read(text).filter(|(dateline, _)| is_of_story(dateline))
}

/// The dateline that a colon ends, "NEW DELHI: Ministers met", and the byte where the report begins. Transcripts name their speakers
/// the same way; whoever asks must know that the text is none.
pub(crate) fn before_colon(text: &str) -> Option<(Dateline, usize)> {
    let (head, report) = text.split_once(':')?;
    let speaks = [
        "MR",
        "MS",
        "MRS",
        "DR",
        "QUESTION",
        "ANSWER",
        "MODERATOR",
        "HOST",
        "SECRETARY",
        "PRESIDENT",
        "MINISTER",
        "SENATOR",
    ];
    let first = head.split([' ', '.', ',']).next()?;
    if head.len() > LONGEST_BEFORE_COLON || !is_loud(head) || speaks.contains(&first) {
        return None;
    }
    let start = text.len() - report.trim_start().len();
    let begins_report =
        report.starts_with(' ') && text[start..].starts_with(|c: char| c.is_uppercase() || "\"'“‘".contains(c));
    parse(head, false).filter(|_| begins_report).map(|dateline| (dateline, start))
}

/// Places where a dateline could end: end of the head, start of the report, and whether a dash lies between.
fn separators(text: &str) -> impl Iterator<Item = (usize, usize, bool)> + '_ {
    text.char_indices().filter_map(|(i, c)| {
        let after = &text[i + c.len_utf8()..];
        match c {
            '—' | '–' | '―' => Some((i, i + c.len_utf8(), true)),
            '_' if text[..i].ends_with(' ') && after.starts_with(' ') => Some((i, i + 1, true)),
            '-' if text[..i].ends_with(' ') => {
                Some((i, i + 1 + (after.len() - after.trim_start_matches('-').len()), true))
            }
            '-' if after.starts_with('-') => Some((i, i + 2, true)),
            ')' | '/' => {
                let rest = after.trim_start_matches([':', '.']);
                let start = i + 1 + (after.len() - rest.len());
                let dash = rest.trim_start().starts_with(['-', '—', '–', '―']);
                let closes = c == ')' || text[..i].contains('/');
                (closes && !dash && !rest.is_empty()).then_some((i + 1, start, false))
            }
            _ => None,
        }
    })
}

fn parse(head: &str, dashed: bool) -> Option<Dateline> {
    let head = head.trim();
    let (head, agency) = bracketed(head);
    let agency = agency.map(str::trim);
    let mut place = Vec::new();
    let mut date = Vec::new();
    for part in head.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let is_year = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        let plain =
            part.chars().all(|c| c.is_alphanumeric() || ". ".contains(c)) && part.split_whitespace().count() <= 4;
        if (plain && dates::has_day_and_month(part)) || (is_year && !date.is_empty()) {
            date.push(part);
        } else if date.is_empty() && is_weekday(part) {
            continue;
        } else if is_place(part) {
            place.push(part);
        } else {
            return None;
        }
    }
    let written = !date.is_empty();
    let place = (!place.is_empty()).then(|| place.join(", "));
    let told = match (&place, agency, written) {
        (None, Some(agency), _) => is_agency(agency),
        // "The Ruritanian Broadcasting Union (RBU) Director said" is no dateline.
        (Some(place), Some(agency), _) => {
            (written || is_loud(place) || dashed) && (is_agency(agency) || written || is_loud(place))
        }
        (Some(_), None, true) => true,
        (Some(place), None, false) => is_loud(place) || dashed && is_city_of_country(place),
        (None, None, _) => false,
    };
    if !told {
        return None;
    }
    let date = written.then(|| date.join(", "));
    Some(Dateline { place, day: date.as_deref().and_then(dates::find), date, agency: agency.map(str::to_owned) })
}

/// Takes an agency in brackets or slashes off the end of the head.
fn bracketed(head: &str) -> (&str, Option<&str>) {
    for (open, close) in [('(', ')'), ('/', '/'), ('[', ']')] {
        let Some(inner) = head.strip_suffix(close) else { continue };
        let Some(at) = inner.rfind(open) else { continue };
        return (inner[..at].trim_end(), Some(&inner[at + 1..]));
    }
    (head, None)
}

fn is_weekday(part: &str) -> bool {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    days.contains(&part.to_ascii_lowercase().as_str())
}

/// A place name: at most five words, each with a capital but for particles.
fn is_place(part: &str) -> bool {
    let mut words = 0;
    for word in part.split_whitespace() {
        words += 1;
        let particle =
            words > 1 && ["de", "la", "el", "al", "of", "the", "and", "on", "upon", "sur", "am"].contains(&word);
        let begins = word.trim_start_matches(['\'', '’', '`']).starts_with(char::is_uppercase);
        if !begins && !particle {
            return false;
        }
        let only_letters = word.chars().all(|c| c.is_alphabetic() || ".'’`-/".contains(c));
        if !only_letters {
            return false;
        }
    }
    (1..=5).contains(&words)
}

/// Written in capitals, as places in datelines are.
pub(crate) fn is_loud(place: &str) -> bool {
    let first = place.split(',').next().unwrap_or(place);
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let label = [
        "UPDATE",
        "BREAKING",
        "BREAKING NEWS",
        "EXCLUSIVE",
        "LIVE",
        "WATCH",
        "CORRECTED",
        "FILE",
        "ANALYSIS",
        "URGENT",
    ];
    letters >= 3 && !first.chars().any(char::is_lowercase) && !label.contains(&first)
}

/// "Cucuta, Colombia": a city and its country, as some outlets open a report with.
fn is_city_of_country(place: &str) -> bool {
    const OPENERS: &[&str] = &[
        "However",
        "Today",
        "Yesterday",
        "Meanwhile",
        "Instead",
        "Still",
        "Yet",
        "But",
        "And",
        "So",
        "Also",
        "First",
        "Second",
        "Indeed",
        "Now",
        "Then",
        "Here",
        "There",
        "Thus",
        "Again",
        "Worse",
        "Moreover",
        "Nevertheless",
        "Besides",
    ];
    let Some((city, country)) = place.split_once(", ") else { return false };
    let is_short = |name: &str| name.split(' ').count() <= 3 && name.chars().any(char::is_lowercase);
    let opens = city.ends_with("ly") || OPENERS.contains(&city);
    is_short(city) && is_short(country) && !country.contains(',') && !opens
}

fn is_agency(name: &str) -> bool {
    AGENCIES.iter().any(|agency| agency.eq_ignore_ascii_case(name.trim()))
}

/// The agency that an end mark names: "- Reuters", "(AFP)".
pub(crate) fn agency_in(line: &str) -> Option<&str> {
    let name = line.trim_matches(|c: char| !c.is_alphanumeric());
    is_agency(name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(text: &str, place: &str, date: &str, agency: &str) {
        let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        let (dateline, body) = read(text).unwrap();
        assert_eq!((dateline.place, dateline.date, dateline.agency), (some(place), some(date), some(agency)), "{text}");
        assert_eq!(&text[body..], "Ministers met.");
    }

    #[test]
    fn datelines_are_read() {
        is("STRELSAU (AP) — Ministers met.", "STRELSAU", "", "AP");
        is("STRELSAU, Nov 3 (Reuters) - Ministers met.", "STRELSAU", "Nov 3", "Reuters");
        is(
            "STRELSAU, Ruritania, Nov. 3, 2024 (Xinhua) -- Ministers met.",
            "STRELSAU, Ruritania",
            "Nov. 3, 2024",
            "Xinhua",
        );
        is("Strelsau, November 3 /TASS/. Ministers met.", "Strelsau", "November 3", "TASS");
        is("STRELSAU, November 3. /TASS/. Ministers met.", "STRELSAU", "November 3.", "TASS");
        is("STRELSAU (AP) _ Ministers met.", "STRELSAU", "", "AP");
        is("(CNN) — Ministers met.", "", "", "CNN");
        is("(CNN)Ministers met.", "", "", "CNN");
        is("STRELSAU — Ministers met.", "STRELSAU", "", "");
        is("Strelsau, 3 November 2024 – Ministers met.", "Strelsau", "3 November 2024", "");
        is("Strelsau, Ruritania - Ministers met.", "Strelsau, Ruritania", "", "");
    }

    #[test]
    fn sentences_are_not_datelines() {
        for text in [
            "Ruritania — which left the talks — will return.",
            "NATO - the alliance of the north - met.",
            "However, Ruritania - Freedonia's ally - met.",
            "Ruritania, Freedonia - and Sylvania - met.",
            "SECRETARY RASSENDYLL: Good morning.",
            "Ruritania (population 3 million) Has a king.",
            "In Strelsau, ministers met on Nov 3 - The king was away.",
            "BREAKING — Ministers met.",
            "The Ruritanian Broadcasting Union (BBC) Director met the king.",
            "Freedonia Liberation Front (FLF) — Ministers met.",
            "",
            "-",
            ") X",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn further_stories_have_datelines_of_their_own() {
        let place = |text: &str| of_another_story(text).and_then(|(dateline, _)| dateline.place);
        assert_eq!(place("STRELSAU, Nov 3 - Ministers met.").as_deref(), Some("STRELSAU"));
        assert_eq!(place("STRELSAU (AP) — Ministers met.").as_deref(), Some("STRELSAU"));
        assert_eq!(place("Strelsau, 3 November 2024 – Ministers met."), None);
        assert_eq!(place("STRELSAU — Ministers met."), None);
        assert_eq!(place("NATO (North Atlantic Treaty Organization) - Ministers met."), None);
    }

    #[test]
    fn a_colon_ends_a_dateline_in_capitals() {
        let place = |text: &str| before_colon(text).and_then(|(dateline, _)| dateline.place);
        assert_eq!(place("NEW STRELSAU: Ministers met.").as_deref(), Some("NEW STRELSAU"));
        assert_eq!(place("STRELSAU, Nov 3: Ministers met.").as_deref(), Some("STRELSAU"));
        for text in [
            "Strelsau: Ministers met.",
            "MR RASSENDYLL: Good morning.",
            "BREAKING: Ministers met.",
            "STRELSAU:Ministers met.",
        ] {
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn a_dateline_with_its_year_dates_the_report() {
        let (dateline, _) = read("Strelsau, 3 November 2024 – Ministers met.").unwrap();
        assert_eq!(dateline.day.map(|d| d.to_string()).as_deref(), Some("2024-11-03"));
    }
}
