//! Tells labels and headings from headlines, which say that something happened.

use super::ends_as_sentence;
use crate::passage::Reason;

/// Helping verbs and forms of "be", "have" and "do".
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could", "may", "might",
    "must", "should", "shall", "do", "does", "did", "not", "won't", "isn't", "aren't", "can't", "don't", "doesn't",
];

/// Verbs that headlines use in forms without an ending, or in irregular ones.
const VERBS: &[&str] = &[
    "meet", "met", "hold", "held", "sign", "agree", "cut", "quit", "join", "leave", "left", "ban", "vow", "urge",
    "call", "warn", "accuse", "reject", "back", "slam", "condemn", "seek", "sought", "plan", "vote", "win", "won",
    "lose", "lost", "halt", "end", "begin", "began", "open", "close", "visit", "attack", "strike", "struck", "kill",
    "die", "fall", "fell", "rise", "rose", "say", "said", "tell", "told", "ask", "deny", "refuse", "offer", "send",
    "sent", "launch", "fire", "impose", "lift", "ease", "expel", "recall", "arrest", "free", "release", "resume",
    "suspend", "withdraw", "withdrew", "return", "make", "made", "take", "took", "give", "gave", "get", "got", "set",
    "put", "face", "hit", "talk", "speak", "spoke", "discuss", "demand", "threaten", "block", "break", "broke",
    "build", "built", "buy", "bought", "sell", "sold", "pay", "paid", "go", "went", "come", "came", "see", "saw",
    "fight", "fought", "flee", "fled", "find", "found", "keep", "kept", "lead", "led", "pull", "push", "raise",
    "restore", "start", "stop", "support", "summon", "thank", "want", "welcome", "work", "want", "shoot", "shot",
    "clash", "approve", "ratify", "pledge", "capture", "seize", "bomb", "extend", "storm", "ink", "thrown", "execute",
    "pass", "shell", "ambush", "abduct", "kidnap", "deploy", "deport", "detain", "jail", "swap", "trade", "exchange",
    "blame", "sanction", "resume", "shut", "retake", "retook", "wound", "mediate", "host", "hail", "denounce",
    "protest", "march", "rally", "overrun", "overran", "invade", "occupy", "annex", "veto", "boycott", "pardon",
];

/// Words of a heading that say nothing of whether it has a verb.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "and", "for", "at", "by", "with", "from", "as", "or", "&", "its", "their",
    "our", "over", "against", "between", "under", "into", "about", "after", "before", "no", "-", "–", "—",
];

/// Whether some word could be a verb that says what happened. In doubt it could.
pub(super) fn has_verb(line: &str) -> bool {
    let words: Vec<String> = line
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'"))
        .collect();
    words.iter().enumerate().any(|(i, word)| {
        if word == "to" {
            // "Ruritania to close border", but "Background to the dispute".
            return i > 0
                && words
                    .get(i + 1)
                    .is_some_and(|next| !["the", "a", "an", "its", "their", "our"].contains(&next.as_str()));
        }
        if SMALL.contains(&word.as_str()) {
            return false;
        }
        let ending = word.len() > 3
            && (word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s"))
            && !word.ends_with("ics");
        AUXILIARIES.contains(&word.as_str()) || (i > 0 && (ending || VERBS.contains(&word.as_str())))
    })
}

/// Why a short line without a verb is no part of the text.
pub(super) fn reason(text: &str) -> Option<Reason> {
    let line = text.trim().trim_end_matches(':').trim_end();
    let words: Vec<&str> = line.split_whitespace().collect();
    let unfinished = line.ends_with([',', ';', '"', '”', '…', '-', '–', '—', ')']) || ends_as_sentence(line);
    if unfinished || words.is_empty() || words.len() > 8 || line.len() > 90 {
        return None;
    }
    if !line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    if words.len() == 1 {
        return Some(Reason::SectionLabel);
    }
    if has_verb(line) {
        return None;
    }
    Some(Reason::Heading)
}

/// Whether every part of a trail is a known label.
pub(super) fn is_trail_of_labels(line: &str) -> bool {
    trail(line).any(|part| super::patterns::look_up(&super::normal(part), false) == Some(Reason::SectionLabel))
}

/// The parts of a trail of labels. A stroke counts with spaces around it only.
pub(super) fn trail(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '>', '»', '›', '•', '·']).flat_map(|part| part.split(" / ")).map(str::trim)
}

/// Whether a first line reads as the title of what follows.
pub(crate) fn is_headline(text: &str) -> bool {
    let words = text.split_whitespace().count();
    if !(3..=25).contains(&words) || text.len() > 220 {
        return false;
    }
    let stop = text.trim_end_matches(['"', '”', '’', '\'']).ends_with(['.', ':', ',', ';']) && !text.ends_with("U.S.");
    let opens = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘".contains(c));
    opens
        && !stop
        && crate::dateline::read(text).is_none()
        && matches!(super::reason(text), None | Some(Reason::Heading))
}
