//! Shorthand of posts and notes, spelled out as the grammar knows it: flags for names, "w/", hashtags and handles of names.

use std::ops::Range;

use crate::flags;

/// Words that are written short, and what they stand for.
const SHORT: &[(&str, &str)] = &[
    ("Amb", "Ambassador"),
    ("abt", "about"),
    ("frm", "from"),
    ("gov't", "government"),
    ("govt", "government"),
    ("rcvd", "received"),
    ("w/", "with"),
    ("w/o", "without"),
];

/// So many words of a passage are spelled out at most: what holds more is no text.
const MOST: usize = 500;

/// A word of a text, and where it stands.
#[derive(Clone, Copy)]
struct Word<'t> {
    at: usize,
    text: &'t str,
}

impl Word<'_> {
    /// What of the word its marks and its ending leave: "@Chad" of "(@Chad,".
    fn core(&self) -> Range<usize> {
        let is_outside = |c: char| !c.is_alphanumeric() && !matches!(c, '@' | '#' | '/');
        let start = self.at + self.text.len() - self.text.trim_start_matches(is_outside).len();
        let end = self.at + self.text.trim_end_matches(is_outside).trim_end_matches("'s").trim_end_matches("’s").len();
        start..end.max(start)
    }
}

/// What is to be written instead, in order; nothing in most texts.
pub(crate) fn spelled_out(text: &str) -> Vec<(Range<usize>, String)> {
    if !text.contains(['@', '#', '/']) && !text.contains(is_flag_letter) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let words: Vec<Word<'_>> = words(text).collect();
    for (number, word) in words.iter().enumerate() {
        if edits.len() == MOST {
            break;
        }
        let before = number.checked_sub(1).map(|at| words[at]);
        let opener = number.checked_sub(2).map(|at| words[at]);
        let after = words.get(number + 1).copied();
        let core = word.core();
        if let Some(letters) = flag(word.text) {
            let end = word.at + 8;
            if let Some(name) = flags::name(letters)
                && stands_for_name([opener, before, after], &text[end..word.at + word.text.len()])
                && after.is_none_or(|after| !after.text.starts_with(name))
            {
                edits.push((word.at..end, name.to_owned()));
            }
        } else if let Some(named) = text[core.clone()].strip_prefix(['#', '@']) {
            let is_handle = text[core.clone()].starts_with('@');
            let parts = parts(named);
            // "#Odesa" is a name, "#StandWithUkraine" a slogan.
            if parts.len() == 1 && !named.chars().all(|c| c.is_uppercase() && named.len() > 4)
                || is_handle && parts.len() > 1
            {
                edits.push((core, parts.join(" ")));
            }
        } else if let Ok(at) = SHORT.binary_search_by_key(&&text[core.clone()], |(short, _)| short)
            && after.is_some()
        {
            edits.push((core, SHORT[at].1.to_owned()));
        }
    }
    edits
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.split(' ').scan(0, |at, text| {
        let word = Word { at: *at, text };
        *at += text.len() + 1;
        Some(word)
    })
}

/// The two letters of the flag that a word begins with.
fn flag(word: &str) -> Option<[u8; 2]> {
    let letter = |c: char| is_flag_letter(c).then(|| (c as u32 - 0x1f1e6) as u8 + b'A');
    let mut chars = word.chars();
    Some([letter(chars.next()?)?, letter(chars.next()?)?])
}

/// Tells whether a character is half of a flag.
fn is_flag_letter(c: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}

/// Tells whether a flag stands for a name in its sentence, and not beside one: "talks with 🇺🇦 failed", but "Kuleba 🇺🇦 said".
fn stands_for_name([opener, before, after]: [Option<Word<'_>>; 3], ending: &str) -> bool {
    let is_low = |word: Word<'_>| word.text.starts_with(char::is_lowercase) || matches!(word.text, "&" | "+");
    let goes_on = ending.starts_with(['\'', '’']) || after.is_some_and(is_low) && ending.is_empty();
    let is_preposition = |word: Word<'_>| matches!(word.text, "in" | "In" | "at" | "At" | "to" | "from");
    let begins_name = |word: Word<'_>| word.text.starts_with(|c: char| c.is_uppercase() || matches!(c, '@' | '#'));
    let is_named =
        before.is_some_and(|before| begins_name(before) && !before.text.ends_with(['.', ':', ',', '!', '?']));
    let is_last =
        before.is_some_and(|before| is_low(before) && !before.text.ends_with(['.', ':', '!', '?'])) && !goes_on;
    let ends_word = !ending.starts_with(|c: char| c.is_alphanumeric() || is_flag_letter(c));
    ends_word && is_last || goes_on && (!is_named || opener.is_some_and(is_preposition))
}

/// The words of a handle or a hashtag: "HakanFidan", "MFA_Chad", "UN".
fn parts(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !name.starts_with(char::is_uppercase) || !name.bytes().all(is_letter) {
        return parts;
    }
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let bytes = word.as_bytes();
        let mut start = 0;
        for at in 1..bytes.len() {
            let begins = bytes[at].is_ascii_uppercase()
                && (bytes[at - 1].is_ascii_lowercase() || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase));
            if begins {
                parts.push(&word[start..at]);
                start = at;
            }
        }
        parts.push(&word[start..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &str) {
        let mut read = text.to_owned();
        for (range, words) in spelled_out(text).into_iter().rev() {
            read.replace_range(range, &words);
        }
        assert_eq!(read, expected);
    }

    #[test]
    fn what_is_short_is_spelled_out() {
        assert!(SHORT.is_sorted());
        reads("Spoke w/ @HakanFidan abt #Chad.", "Spoke with Hakan Fidan about Chad.");
        reads("Thanks to (@UN), @MFA_Chad & President @RTBrown.", "Thanks to (UN), MFA Chad & President RT Brown.");
        reads("See @Chad/@Norway and @FooBar.com/xY.", "See @Chad/@Norway and @FooBar.com/xY.");
        reads("We #StandWithChad @someone #BREAKING 1/2", "We #StandWithChad @someone #BREAKING 1/2");
    }

    #[test]
    fn a_flag_is_a_name_where_none_stands_beside_it() {
        reads("🇹🇩 recalled its envoy.", "Chad recalled its envoy.");
        reads("Yesterday in Oslo 🇹🇩 signed the deal.", "Yesterday in Oslo Chad signed the deal.");
        reads("We call on 🇹🇩 to leave and thank 🇳🇴.", "We call on Chad to leave and thank Norway.");
        reads("🇹🇩's army left.", "Chad's army left.");
        reads("Chad 🇹🇩 said no.", "Chad 🇹🇩 said no.");
        reads("We thank 🇹🇩 Chad and Met w/ 🇹🇩Chad.", "We thank 🇹🇩 Chad and Met with 🇹🇩Chad.");
        reads("We mediate between 🇹🇩🇳🇴 today.", "We mediate between 🇹🇩🇳🇴 today.");
        reads("Thanks for the support! 🇹🇩", "Thanks for the support! 🇹🇩");
        reads("Salute to Chad! 🇹🇩🇳🇴", "Salute to Chad! 🇹🇩🇳🇴");
    }
}
