//! What the grammar is given to read instead: in a headline "&" for a comma between two names ("Norway, Chad bomb camps"), in a name
//! another ending for one that else is a preposition ("Moon Jae-in").

use std::borrow::Cow;

use detente_grammar::{Parser, Sentence};
use detente_lexicon::Lexicon;

use crate::labelled;

/// Parses a sentence; in a headline commas between names are read as "and", what ends a name as a name, and a colon behind one who
/// speaks as "says".
pub(crate) fn parse(parser: &mut Parser<'_>, lexicon: &Lexicon, text: &str, sentence: &mut Sentence) {
    if let Some(speaker) = labelled::of(lexicon, text, sentence)
        && labelled::parse(parser, text, sentence, speaker)
    {
        return;
    }
    let named = named(text, sentence);
    let read = with_and(named.as_deref().unwrap_or(text), sentence);
    parser.parse(&read, sentence);
}

/// The text with "un" for each "in" or "on" that ends a name, if there is one: "Moon Jae-un".
fn named(text: &str, sentence: &Sentence) -> Option<String> {
    let form = |at: usize| sentence.tokens[at].form(text);
    let is_name = |at: usize| form(at).len() > 1 && form(at) != "The" && form(at).starts_with(char::is_uppercase);
    let ends_name =
        |at: &usize| form(*at - 1) == "-" && is_name(at - 2) && is_name(at - 3) && matches!(form(*at), "in" | "on");
    let mut ends = (3..sentence.tokens.len()).filter(ends_name).peekable();
    ends.peek()?;
    let mut named = text.to_owned();
    for end in ends {
        let at = sentence.tokens[end].start as usize;
        named.replace_range(at..at + 2, "un");
    }
    Some(named)
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
    fn a_preposition_that_ends_a_name_is_none() {
        let mut parser = grammar().parser();
        for (text, read) in [
            ("President Moon Jae-in met the king.", Some("President Moon Jae-un met the king.")),
            ("The Drive-in at Camp David closed.", None),
        ] {
            let sentences = parser.split(text);
            assert_eq!(super::named(text, &sentences[0]).as_deref(), read);
        }
    }

    #[test]
    fn a_comma_between_two_names_of_a_headline_is_and() {
        assert_eq!(read("Norway, Chad bomb camps"), "Norway& Chad bomb camps");
        for text in ["Norway, Chad and Peru bomb camps", "Norway, Chad bomb camps.", "Norway seizes town, army says"] {
            assert_eq!(read(text), text);
        }
    }
}
