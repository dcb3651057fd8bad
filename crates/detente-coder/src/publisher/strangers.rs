//! Surnames of ministers that somebody else in the article bears: after "Representative Elijah Cummings" no Cummings is the minister of that
//! name.

use detente_lexicon::{Lexicon, Meaning};
use detente_text::{Article, Field};
use smol_str::SmolStr;

use crate::when::is_time_word;

/// Surnames of office holders before which the article sets a first name that none of them bears: behind a title, or twice.
pub fn strangers(lexicon: &Lexicon, article: &Article) -> Vec<SmolStr> {
    let is_holder = |meaning: &Meaning| matches!(meaning, Meaning::Holder(..));
    let is_role = |word: &str| !lexicon.role_names.get(&word.to_lowercase()).is_empty();
    let is_name =
        |word: &str| word.len() > 2 && word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    let mut once: Vec<(&str, &str)> = Vec::new();
    let mut found: Vec<SmolStr> = Vec::new();
    for (_, passage) in article.body().filter(|(_, passage)| passage.field == Field::Text) {
        // The words before of the same sentence, and the first of those that are names.
        let (mut before, mut title, mut run) = ("", "", "");
        for chunk in passage.text.split(' ') {
            let word = chunk.trim_matches(|c: char| !c.is_alphanumeric());
            let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            let is_first_name =
                is_name(before) && !is_time_word(before) && !is_role(before) && lexicon.names.get(before).is_empty();
            let is_his = |first: &str| lexicon.names.get(&format!("{first} {word}")).iter().any(is_holder);
            if is_first_name
                && is_name(word)
                && lexicon.names.get(word).iter().any(is_holder)
                && !is_his(before)
                && !is_his(run)
                && !found.iter().any(|known| known == word)
            {
                if is_role(title) || once.contains(&(before, word)) {
                    found.push(word.into());
                } else if !title.is_empty() {
                    once.push((before, word));
                }
            }
            if !chunk.ends_with(|c: char| c.is_alphanumeric()) {
                (before, title, run) = ("", "", "");
                continue;
            }
            if !is_name(word) || is_role(word) {
                run = "";
            } else if run.is_empty() {
                run = word;
            }
            (title, before) = (before, word);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use detente_text::{Format, read_article};

    use super::*;
    use crate::syntax::tests::lexicon;

    #[test]
    fn a_first_name_that_is_not_the_ministers_tells_of_another() {
        let strangers_of = |text: &str| {
            let article = read_article(text.as_bytes(), Format::Text, "a").expect("a text");
            strangers(lexicon(), &article)
        };
        assert_eq!(strangers_of("Representative Elijah Lavrov died. Lavrov was 68."), ["Lavrov"]);
        assert_eq!(strangers_of("They mourned Elijah Lavrov. When he met Elijah Lavrov, he wept."), ["Lavrov"]);
        for text in [
            "Sergei Lavrov met Fidan.",
            "But Lavrov left.",
            "Foreign Minister Lavrov left.",
            "Moscow's Lavrov left.",
            "On Monday Lavrov left.",
            "Then Foreign Minister Sergei Viktorovich Lavrov left.",
        ] {
            assert!(strangers_of(text).is_empty(), "{text}");
        }
    }
}
