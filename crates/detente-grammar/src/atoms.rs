//! What the classifiers see of a word: hashes of its letters, its shape, and its entry in the vocabulary.

use crate::vocabulary::{Entry, Vocabulary};

/// Hash of a word or part of a word.
pub(crate) type Letters = u32;

/// A word as the tagger sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Atoms {
    /// The word in lower case, digits as zero, quotes straight.
    pub(crate) lower: Letters,
    /// The word as written.
    pub(crate) exact: Letters,
    /// First one to four letters.
    pub(crate) prefixes: [Letters; 4],
    /// Last one to five letters.
    pub(crate) suffixes: [Letters; 5],
    /// Capitals, digits, hyphens and the like, together with the sentence's way of writing capitals.
    pub(crate) shape: u32,
    /// What the vocabulary knows.
    pub(crate) entry: Entry,
}

/// Length in characters beyond which the rest of a word is not looked at.
const LONGEST: usize = 64;

/// How a sentence writes capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Running,
    Title,
    Upper,
    Lower,
}

/// Finds how a sentence writes capitals.
pub(crate) fn case_of<'t>(forms: impl Iterator<Item = &'t str>) -> Case {
    let (mut words, mut upper, mut capital, mut long, mut long_capital) = (0, 0, 0, 0, 0);
    for form in forms {
        let mut letters = form.chars().filter(|letter| letter.is_alphabetic());
        let Some(first) = letters.next() else { continue };
        let length = form.len();
        if length < 2 || form.ends_with('.') {
            continue;
        }
        words += 1;
        upper += usize::from(first.is_uppercase() && letters.all(|letter| !letter.is_lowercase()));
        capital += usize::from(first.is_uppercase());
        if length >= 5 {
            long += 1;
            long_capital += usize::from(first.is_uppercase());
        }
    }
    if words >= 2 && upper * 10 >= words * 7 {
        Case::Upper
    } else if long >= 3 && long_capital * 10 >= long * 8 {
        Case::Title
    } else if words >= 4 && capital == 0 {
        Case::Lower
    } else {
        Case::Running
    }
}

/// A character as the hashes see it.
#[inline]
fn fold(letter: char) -> char {
    match letter {
        '0'..='9' => '0',
        'A'..='Z' => letter.to_ascii_lowercase(),
        '`' => '\'',
        '\0'..='\x7f' => letter,
        '’' | '‘' | 'ʼ' | '´' => '\'',
        '“' | '”' | '«' | '»' => '"',
        '–' | '—' | '‒' | '―' => '-',
        '…' => '.',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

#[inline(always)]
fn step(hash: u32, letter: char) -> u32 {
    (hash.rotate_left(5) ^ letter as u32).wrapping_mul(0x9e37_79b1)
}

#[inline(always)]
fn finish(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

/// The hash of a word in lower case, as the vocabulary and the lemma rules are keyed.
pub(crate) fn lower_hash(word: &str) -> Letters {
    finish(word.chars().take(LONGEST).fold(0, |hash, letter| step(hash, fold(letter))))
}

impl Atoms {
    /// Reads a word.
    pub(crate) fn read(form: &str, first: bool, case: Case, vocabulary: &Vocabulary) -> Atoms {
        let mut folded = ['\0'; LONGEST];
        let mut length = 0;
        let (mut lower, mut exact) = (0u32, 0u32);
        let mut prefixes = [0; 4];
        let (mut capitals, mut smalls, mut digits, mut hyphens, mut stops, mut others) =
            (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
        let mut first_capital = false;
        for letter in form.chars().take(LONGEST) {
            let small = fold(letter);
            folded[length] = small;
            lower = step(lower, small);
            exact = step(exact, letter);
            if length < 4 {
                prefixes[length] = finish(lower ^ 0x5bd1_e995);
            }
            match small {
                '0' => digits += 1,
                '-' => hyphens += 1,
                '.' => stops += 1,
                _ if small != letter && letter.is_alphabetic() => {
                    capitals += 1;
                    first_capital |= length == 0;
                }
                _ if letter.is_alphabetic() => smalls += 1,
                _ => others += 1,
            }
            length += 1;
        }
        for prefix in prefixes.iter_mut().skip(length) {
            *prefix = finish(lower ^ 0x1b87_3593);
        }
        let mut suffixes = [0; 5];
        let mut hash = 1;
        for (at, suffix) in suffixes.iter_mut().enumerate() {
            hash = step(hash, if at < length { folded[length - 1 - at] } else { '\0' });
            *suffix = finish(hash);
        }
        let lower = finish(lower);
        let few = |count: u32| count.min(2);
        let shape = u32::from(first_capital)
            | few(capitals) << 1
            | few(smalls) << 3
            | few(digits) << 5
            | u32::from(hyphens > 0) << 7
            | u32::from(stops > 0) << 8
            | u32::from(others > 0) << 9
            | (case as u32) << 10
            | u32::from(first) << 12;
        Atoms { lower, exact: finish(exact), prefixes, suffixes, shape, entry: vocabulary.look_up(lower) }
    }

    /// The word that stands before the first and after the last.
    pub(crate) fn edge(before: bool) -> Atoms {
        let letters = if before { 0xb0 } else { 0xe0 };
        Atoms { lower: letters, exact: letters, shape: letters, ..Atoms::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_digits_and_quotes() {
        assert_eq!(lower_hash("N’T"), lower_hash("n't"));
        assert_eq!(lower_hash("1999"), lower_hash("2024"));
        assert_ne!(lower_hash("ab"), lower_hash("ba"));
        assert_eq!(Atoms::read("Iran", false, Case::Running, &Vocabulary::default()).lower, lower_hash("IRAN"));
    }

    #[test]
    fn tells_headlines_from_running_text() {
        let case = |text: &str| case_of(text.split(' '));
        assert_eq!(case("RUSSIA SUSPENDS TALKS WITH JAPAN"), Case::Upper);
        assert_eq!(case("Russia Suspends Treaty Talks With Japan"), Case::Title);
        assert_eq!(case("Russia suspended talks with Japan"), Case::Running);
        assert_eq!(case("talks with them began"), Case::Lower);
        assert_eq!(case(""), Case::Running);
    }
}
