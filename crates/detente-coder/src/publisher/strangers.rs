//! Surnames of ministers that somebody else in the article bears: after "Representative Elijah Cummings" no Cummings is the minister of that
//! name.

use detente_lexicon::{Lexicon, Meaning};
use detente_text::Article;
use smol_str::SmolStr;

/// Words that may begin a sentence right before a surname.
const OPENERS: &[&str] = &[
    "A",
    "After",
    "Also",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Did",
    "Does",
    "Earlier",
    "For",
    "From",
    "How",
    "However",
    "If",
    "In",
    "Is",
    "Later",
    "Meanwhile",
    "Mr",
    "Mrs",
    "Ms",
    "On",
    "Since",
    "So",
    "That",
    "The",
    "Then",
    "To",
    "Today",
    "Was",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Yesterday",
    "Yet",
];

/// Surnames of office holders before which the article sets a first name that none of them bears.
pub fn strangers(lexicon: &Lexicon, article: &Article) -> Vec<SmolStr> {
    let is_holder = |meaning: &Meaning| matches!(meaning, Meaning::Holder(..));
    let is_name =
        |word: &str| word.len() > 2 && word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    let mut found: Vec<SmolStr> = Vec::new();
    for (_, passage) in article.body() {
        let mut before = "";
        for chunk in passage.text.split(' ') {
            let word = chunk.trim_matches(|c: char| !c.is_alphanumeric());
            let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            let is_first_name = is_name(before)
                && !OPENERS.contains(&before)
                && lexicon.names.get(before).is_empty()
                && lexicon.role_names.get(&before.to_lowercase()).is_empty();
            if is_first_name
                && is_name(word)
                && lexicon.names.get(word).iter().any(is_holder)
                && !lexicon.names.get(&format!("{before} {word}")).iter().any(is_holder)
                && !found.iter().any(|known| known == word)
            {
                found.push(word.into());
            }
            // Behind a mark no name goes on.
            before = if chunk.ends_with(char::is_alphanumeric) { word } else { "" };
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
        for text in
            ["Sergei Lavrov met Fidan.", "But Lavrov left.", "Foreign Minister Lavrov left.", "Moscow's Lavrov left."]
        {
            assert!(strangers_of(text).is_empty(), "{text}");
        }
    }
}
