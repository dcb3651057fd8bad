//! Finds where sentences end: a linear classifier over the words around each gap, with rules for the sure cases.

use crate::atoms::{Letters, lower_hash};
use crate::conllu::Passage;
use crate::tokenise::{Range, tokenise};
use crate::train::learner::{Learner, Random};
use crate::weights::{Feature, Sparse, feature};

/// Words after which a sentence is cut even without a boundary.
pub(crate) const LONGEST: usize = 400;

/// Words after which it is cut also where no space parts them.
const LONGEST_STRETCH: usize = 2 * LONGEST;

const TEMPLATES: usize = 26;

/// The weights of the boundary classifier.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Boundaries {
    pub(crate) weights: Sparse,
}

/// What stands at a gap between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// A blank line: always a boundary.
    Paragraph,
    Line,
    Space,
    None,
}

fn gap(text: &str, before: Range, after: Range) -> Gap {
    let between = &text[before.1 as usize..after.0 as usize];
    if between.is_empty() {
        return Gap::None;
    }
    let lines = between.bytes().filter(|byte| *byte == b'\n').count();
    match lines {
        0 if between.contains('\u{2029}') => Gap::Paragraph,
        0 => Gap::Space,
        1 => Gap::Line,
        _ => Gap::Paragraph,
    }
}

fn form(text: &str, word: Range) -> &str {
    &text[word.0 as usize..word.1 as usize]
}

/// Kind of a word that begins with a small letter.
const SMALL: u32 = 18;

/// Kind of a word: capital, small letter, digit, stop, other end mark, closing or opening mark, and so on.
fn kind(word: &str) -> u32 {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return 0 };
    let single = letters.next().is_none();
    match first {
        '.' if single => 1,
        '!' | '?' => 2,
        '.' | '…' => 3,
        '"' | '”' | '’' | '\'' if word.chars().count() <= 2 => 4,
        ')' | ']' => 5,
        '(' | '[' => 6,
        '“' | '‘' | '`' => 7,
        ',' | ';' => 8,
        ':' => 9,
        '-' | '–' | '—' => 10,
        '*' | '•' | '·' | '=' | '_' | '#' | '>' | '<' => 11,
        _ if first.is_ascii_digit() => 12,
        _ if !first.is_alphanumeric() => 13,
        _ if word.ends_with('.') => 14,
        _ if first.is_uppercase() && single => 15,
        _ if first.is_uppercase() && word.chars().all(|c| !c.is_lowercase()) => 16,
        _ if first.is_uppercase() => 17,
        _ => SMALL,
    }
}

/// Titles and other abbreviations after which a capital does not begin a sentence.
fn leads_on(word: &str) -> bool {
    const LEADS: &[&str] = &[
        "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "sens", "reps", "gov", "lt", "col", "maj", "sgt", "capt",
        "adm", "brig", "st", "mt", "ft", "rev", "hon", "pres", "vs", "messrs", "mme", "mlle", "no", "nos", "cmdr",
        "e.g", "i.e", "cf", "supt",
    ];
    word.strip_suffix('.').is_some_and(|word| LEADS.iter().any(|other| word.eq_ignore_ascii_case(other)))
}

/// What the classifier sees of a word.
#[derive(Clone, Copy, Default)]
struct Look {
    hash: Letters,
    kind: u32,
    /// Bytes, as many as count.
    length: u32,
    leads_on: bool,
}

impl Look {
    /// Looks at each word once: every gap near it asks for it.
    fn at_all(text: &str, words: &[Range]) -> Vec<Look> {
        let look = |&word: &Range| {
            let word = form(text, word);
            Look {
                hash: lower_hash(word),
                kind: kind(word),
                length: word.len().min(12) as u32,
                leads_on: leads_on(word),
            }
        };
        words.iter().map(look).collect()
    }

    /// Where no word stands.
    fn nothing() -> Look {
        Look { hash: lower_hash(""), ..Look::default() }
    }
}

fn features(
    text: &str,
    words: &[Range],
    looks: &[Look],
    at: usize,
    start: usize,
    depth: i32,
    out: &mut [Feature; TEMPLATES],
) {
    let nothing = Look::nothing();
    let look = |index: usize| looks.get(index).copied().unwrap_or(nothing);
    let (a, a1) = (look(at), if at > start { look(at - 1) } else { nothing });
    let a2 = if at > start + 1 { look(at - 2) } else { nothing };
    let (b, b1, b2) = (look(at + 1), look(at + 2), look(at + 3));
    let gap = words.get(at + 1).map_or(Gap::Paragraph, |&after| gap(text, words[at], after)) as u32;
    let (ha, hb) = (a.hash, b.hash);
    let (ka, ka1, ka2, kb, kb1) = (a.kind, a1.kind, a2.kind, b.kind, b1.kind);
    let length = match at + 1 - start {
        near @ 0..=4 => near as u32,
        5..=8 => 5,
        9..=15 => 6,
        16..=30 => 7,
        _ => 8,
    };
    let inside = depth.clamp(0, 2) as u32;
    let mut count = 0;
    let mut add = |a: u32, b: u32, c: u32| {
        out[count] = feature(3000 + count as u32, a, b, c);
        count += 1;
    };
    let pair = ka << 8 | kb;
    add(0, 0, 0);
    add(pair, gap, 0);
    add(pair, gap, inside);
    add(pair, ka1, gap);
    add(pair, kb1, gap);
    add(pair, ka1, kb1);
    add(pair, ka1 << 8 | ka2, gap);
    add(ha, gap, kb);
    add(hb, gap, ka);
    add(ha, hb, gap);
    add(ha, a1.hash, kb);
    add(hb, b1.hash, ka);
    add(a1.hash, ka, kb);
    add(b1.hash, ka, kb);
    add(b1.hash, ka, kb1);
    add(b2.hash, pair, 0);
    add(pair, length, gap);
    add(pair, length, inside);
    add(length, gap, 0);
    add(ha, length, kb);
    add(a.length, pair, gap);
    add(a1.length, pair, gap);
    add(u32::from(a.leads_on), pair, 0);
    add(hb, ha, ka1);
    add(kb1 << 8 | b2.kind, pair, gap);
    add(hb, length, ka);
    debug_assert_eq!(count, TEMPLATES);
}

/// Longest dateline, in words.
const DATELINE: usize = 14;

/// The number of words of the dateline that a text begins with: `TOKYO (AP) -`, `MOSCOW, May 5 (Reuters) —`.
fn dateline(text: &str, words: &[Range]) -> usize {
    let is_dash = |word: &str| word.chars().all(|letter| matches!(letter, '-' | '–' | '—'));
    let place = words.first().is_some_and(|&word| {
        let word = form(text, word);
        word.chars().count() >= 3 && word.chars().all(|letter| letter.is_uppercase() || letter == '.')
    });
    let end = words.iter().take(DATELINE).position(|&word| is_dash(form(text, word)));
    let Some(end) = end.filter(|&end| place && end > 0 && end + 1 < words.len()) else { return 0 };
    // The dash stands apart, before a capital; the words before it are names, months, numbers, brackets and commas.
    let apart = words[end].1 < words[end + 1].0 || words[end - 1].1 < words[end].0;
    let leads =
        form(text, words[end + 1]).starts_with(|letter: char| letter.is_uppercase() || matches!(letter, '"' | '“'));
    let plain = words[1..end].iter().all(|&word| matches!(kind(form(text, word)), 5 | 6 | 8 | 12 | 14..=17));
    let bracket = words[1..end].iter().any(|&word| kind(form(text, word)) == 5);
    let capitals = words[..end].iter().all(|&word| matches!(kind(form(text, word)), 8 | 14..=16));
    if apart && leads && plain && (bracket || capitals) { end + 1 } else { 0 }
}

/// A change of the depth of brackets by a word.
fn bracket(word: &str) -> i32 {
    match word {
        "(" | "[" | "{" | "“" => 1,
        ")" | "]" | "}" | "”" => -1,
        _ => 0,
    }
}

impl Boundaries {
    /// Whether a sentence ends after the word `at`, where it began with the word `start`.
    fn ends(&self, text: &str, words: &[Range], looks: &[Look], at: usize, start: usize, depth: i32) -> bool {
        let Some(&after) = words.get(at + 1) else { return true };
        let length = at + 1 - start;
        match gap(text, words[at], after) {
            Gap::Paragraph => return true,
            // Within a stretch without space only end marks can end a sentence, unless it goes on and on.
            Gap::None if !matches!(looks[at].kind, 1..=5) => return length >= LONGEST_STRETCH,
            _ => {}
        }
        if length >= LONGEST {
            return true;
        }
        // A word in small letters ends none within a line: "the king congratulated Spain on its vote".
        if looks[at].leads_on || looks[at].kind == SMALL && gap(text, words[at], after) == Gap::Space {
            return false;
        }
        let mut buffer = [0; TEMPLATES];
        features(text, words, looks, at, start, depth, &mut buffer);
        let mut scores = [0; 128];
        self.weights.score(&buffer, &mut scores);
        scores[1] > scores[0]
    }

    /// Calls `sentence` with the range of words of each sentence.
    pub(crate) fn cut(&self, text: &str, words: &[Range], mut sentence: impl FnMut(std::ops::Range<usize>)) {
        let dateline = dateline(text, words);
        if dateline > 0 {
            sentence(0..dateline);
        }
        let looks = Look::at_all(text, words);
        let (mut start, mut depth) = (dateline, 0);
        for at in dateline..words.len() {
            depth += bracket(form(text, words[at]));
            if self.ends(text, words, &looks, at, start, depth) {
                sentence(start..at + 1);
                start = at + 1;
                depth = 0;
            }
        }
        if start < words.len() {
            sentence(start..words.len());
        }
    }
}

/// Learns boundaries from the paragraphs of treebanks.
pub(crate) fn learn(passages: &[Passage]) -> Boundaries {
    let mut learner = Learner::default();
    let mut random = Random(7);
    let mut order: Vec<usize> = (0..passages.len()).collect();
    let mut words = Vec::new();
    let mut buffer = [0; TEMPLATES];
    for _ in 0..8 {
        random.shuffle(&mut order);
        for &index in &order {
            let passage = &passages[index];
            words.clear();
            tokenise(&passage.text, 0, passage.text.len(), &mut words);
            let looks = Look::at_all(&passage.text, &words);
            let (mut start, mut depth) = (0, 0);
            let mut ends = passage.sentences.iter().map(|sentence| sentence.end).peekable();
            for at in 0..words.len().saturating_sub(1) {
                let word = form(&passage.text, words[at]);
                depth += bracket(word);
                let gold = ends.peek().is_some_and(|&end| end <= words[at].1);
                if gold {
                    ends.next();
                }
                if gap(&passage.text, words[at], words[at + 1]) == Gap::None && !matches!(looks[at].kind, 1..=5) {
                    continue;
                }
                features(&passage.text, &words, &looks, at, start, depth, &mut buffer);
                let mut scores = [0.0; 2];
                learner.score(&buffer, &mut scores);
                learner.tick();
                if (scores[1] > scores[0]) != gold {
                    learner.update(&buffer, u8::from(gold), u8::from(!gold));
                }
                if gold {
                    start = at + 1;
                    depth = 0;
                }
            }
        }
    }
    let (rows, step) = learner.average().rows(500, 60_000, 0.5);
    Boundaries { weights: Sparse::build(&rows, step) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dateline_of(text: &str) -> usize {
        let mut words = Vec::new();
        tokenise(text, 0, text.len(), &mut words);
        dateline(text, &words)
    }

    #[test]
    fn datelines_stand_apart() {
        assert_eq!(dateline_of("TOKYO (AP) - Japan said"), 5);
        assert_eq!(dateline_of("MOSCOW, May 5 (Reuters) — The talks"), 8);
        assert_eq!(dateline_of("WASHINGTON — Talks began"), 2);
        assert_eq!(dateline_of("NATO (the alliance) - once larger - said"), 0);
        assert_eq!(dateline_of("Japan - said"), 0);
        assert_eq!(dateline_of("UNITED-led"), 0);
        assert_eq!(dateline_of("TOKYO -"), 0);
        assert_eq!(dateline_of(""), 0);
    }

    #[test]
    fn a_small_word_ends_no_sentence_within_its_line() {
        let cuts = |text: &str| {
            let mut words = Vec::new();
            tokenise(text, 0, text.len(), &mut words);
            let mut last = Vec::new();
            // With weights that are all alike, what no rule decides goes on.
            Boundaries::default().cut(text, &words, |range| last.push(range.end));
            last
        };
        assert_eq!(cuts("The king congratulated Spain on it"), [6]);
        assert_eq!(cuts("The king congratulated\n\nSpain won"), [3, 5]);
    }

    #[test]
    fn a_stretch_without_space_is_no_endless_sentence() {
        let text = "(".repeat(100_000);
        let mut words = Vec::new();
        tokenise(&text, 0, text.len(), &mut words);
        let mut longest = 0;
        Boundaries::default().cut(&text, &words, |range| longest = longest.max(range.len()));
        assert_eq!(longest, LONGEST_STRETCH);
    }

    #[test]
    fn blank_lines_end_sentences_without_a_model() {
        let text = "Gen. Smith left\n\nMr. Miller stayed";
        let mut words = Vec::new();
        tokenise(text, 0, text.len(), &mut words);
        let mut sentences = Vec::new();
        Boundaries::default().cut(text, &words, |range| sentences.push(range));
        assert_eq!(sentences, [0..3, 3..6]);
    }
}
