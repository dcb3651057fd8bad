//! Spellings: the same name written by other rules of transliteration.
//!
//! Two names are the same when their keys are: Kunrei and Hepburn for Japanese, the ISO, British
//! and German ways for Russian and Ukrainian, the usual ways for Arabic, Persian, Korean and Chinese.

use std::borrow::Cow;

/// What stands for the same sound, longest first: found, written in the key.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "s"),
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "s"),
    ("dzh", "z"),
    ("skiy", "ski"),
    ("ch", "c"),
    ("sh", "s"),
    ("zh", "z"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ts", "c"),
    ("tz", "c"),
    ("ck", "k"),
    ("ks", "x"),
    ("dj", "z"),
    ("ty", "c"),
    ("ti", "ci"),
    ("tu", "cu"),
    ("sy", "s"),
    ("hu", "fu"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ie", "e"),
    ("ye", "e"),
    ("je", "e"),
    ("yo", "o"),
    ("ya", "a"),
    ("ia", "a"),
    ("ja", "a"),
    ("yu", "u"),
    ("iu", "u"),
    ("q", "k"),
    ("j", "z"),
    ("w", "v"),
    ("y", "i"),
];

/// The key of a name: names that may be spellings of one another have the same.
pub fn key(name: &str) -> String {
    let plain = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(any_ascii::any_ascii(name)) };
    let letters: String = plain.chars().filter(|c| c.is_ascii_alphabetic()).map(|c| c.to_ascii_lowercase()).collect();
    let mut key = String::with_capacity(letters.len());
    let mut rest = letters.as_str();
    while let Some(first) = rest.chars().next() {
        let mut sounds = SOUNDS.iter().filter(|(found, _)| found.as_bytes()[0] == first as u8);
        let (sound, length) = match sounds.find(|(found, _)| rest.starts_with(found)) {
            Some((found, sound)) => (*sound, found.len()),
            None => (&rest[..first.len_utf8()], first.len_utf8()),
        };
        for letter in sound.chars() {
            if !key.ends_with(letter) {
                key.push(letter);
            }
        }
        rest = &rest[length..];
    }
    key
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (one, other) in [
            ("Isiba", "Ishiba"),
            ("Zelenskyy", "Zelensky"),
            ("Zelenskiy", "Zelensky"),
            ("Yeltsin", "Eltsin"),
            ("Hatoyama", "Hatoyama"),
            ("Mitsui", "Mitui"),
            ("Lavrov", "Lawrow"),
            ("Erdoğan", "Erdogan"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for (one, other) in [("Ishiba", "Isiwa"), ("Putin", "Pashinyan"), ("Biden", "Baden"), ("Kim", "Khan")] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }
}
