//! Headlines: a comma between two names stands for "and" ("Norway, Chad bomb camps").

use std::borrow::Cow;

use detente_grammar::{Parser, Sentence};

/// Parses a sentence; in a headline commas between names are read as "and".
pub(crate) fn parse(parser: &mut Parser<'_>, text: &str, sentence: &mut Sentence) {
    let read = with_and(text, sentence);
    parser.parse(&read, sentence);
}

/// The text with "&" for each comma of a headline between two names, which is as long.
fn with_and<'t>(text: &'t str, sentence: &Sentence) -> Cow<'t, str> {
    let form = |at: usize| sentence.tokens.get(at).map_or("", |token| token.form(text));
    let last = form(sentence.tokens.len().saturating_sub(1));
    if matches!(last, "." | "?" | "!" | "\"" | "”" | ")" | ":") || sentence.tokens.len() > 20 {
        return Cow::Borrowed(text);
    }
    let is_name = |at: usize| form(at).starts_with(char::is_uppercase);
    let is_between = |at: &usize| form(*at) == "," && *at > 0 && is_name(at - 1) && is_name(at + 1);
    // "Norway, Chad and Peru" is a list as it is, and one comma alone joins two.
    let has_and = (0..sentence.tokens.len()).any(|at| matches!(form(at), "and" | "&"));
    let mut commas = (0..sentence.tokens.len()).filter(is_between);
    let (Some(comma), None) = (commas.next(), commas.next()) else { return Cow::Borrowed(text) };
    if has_and {
        return Cow::Borrowed(text);
    }
    let at = sentence.tokens[comma].start as usize;
    let mut changed = text.to_owned();
    changed.replace_range(at..at + 1, "&");
    Cow::Owned(changed)
}

#[cfg(test)]
mod tests {
    use crate::syntax::tests::grammar;

    use super::with_and;

    fn read(text: &str) -> String {
        let mut parser = grammar().parser();
        let sentences = parser.split(text);
        with_and(text, &sentences[0]).into_owned()
    }

    #[test]
    fn a_comma_between_two_names_of_a_headline_is_and() {
        assert_eq!(read("Norway, Chad bomb camps"), "Norway& Chad bomb camps");
        for text in ["Norway, Chad and Peru bomb camps", "Norway, Chad bomb camps.", "Norway seizes town, army says"] {
            assert_eq!(read(text), text);
        }
    }
}
