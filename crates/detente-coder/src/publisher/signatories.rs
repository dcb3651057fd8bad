//! Who signs a joint statement.

use std::ops::Range;

use detente_lexicon::Lexicon;
use detente_text::Article;

use super::{names_in, signatory};
use crate::{act::Span, coder::char_span, entity::Entity};

/// How many passages, the title among them, open an article, and the longest of them that may list who signs, in bytes.
const OPENING: usize = 6;
const LIST: usize = 1200;

/// Who signs a joint statement, by the line that opens it: "released by the Governments of Ruritania and Freedonia", "We, the
/// foreign ministers of ...". The members of a group that signs are not named besides it.
pub fn signatories(lexicon: &Lexicon, article: &Article) -> Vec<(Entity, Span)> {
    let signed = article.passages.iter().take(OPENING).filter(|p| p.text.len() < LIST).map(|p| {
        let Some(list) = signed_by(&p.text) else { return Vec::new() };
        let mut found: Vec<(Entity, Span)> = Vec::new();
        let mut of_group = false;
        for (words, meanings) in names_in(lexicon, &p.text, list) {
            let day = article.date.as_ref().map(|stated| stated.value);
            let Some((entity, is_group)) = signatory(lexicon, meanings, day) else { continue };
            let is_member = of_group && !is_group;
            of_group |= is_group && p.text[words.end..].split(',').next().is_some_and(|rest| rest.contains(" of "));
            if !is_member && !found.iter().any(|(known, _)| known.code == entity.code) {
                found.push((entity, char_span(p, words)));
            }
        }
        found
    });
    signed.into_iter().find(|found| found.len() > 1).unwrap_or_default()
}

/// Words between a statement and those by whom it is.
const ISSUED: &[&str] = &[
    "was",
    "were",
    "is",
    "has",
    "been",
    "jointly",
    "released",
    "issued",
    "adopted",
    "made",
    "published",
    "signed",
    "agreed",
    "endorsed",
    "given",
    "today",
];

/// Where a line names those whose statement follows.
fn signed_by(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let start = if lower.starts_with("we, ") {
        4
    } else {
        let nouns = ["statement", "communiqué", "communique", "declaration"];
        let noun_end = nouns.iter().filter_map(|noun| lower.find(noun).map(|at| at + noun.len())).min()?;
        let by = noun_end + lower[noun_end..].find(" by ")?;
        // "a statement said that attacks by Ruritania" is signed by nobody.
        let says_whose = lower[noun_end..by].split_whitespace().all(|word| ISSUED.contains(&word));
        says_whose.then_some(by + " by ".len())?
    };
    // What it is about comes after whose it is.
    let about = [
        " regarding ",
        " concerning ",
        " about ",
        " following ",
        " condemning ",
        " at the ",
        " in the ",
        " to express ",
        " to mark ",
    ];
    let on = lower[start..]
        .match_indices(" on ")
        .map(|(at, _)| at)
        .find(|&at| !lower[start + at..].starts_with(" on behalf"));
    // "We, the ministers of Kenya and Estonia, condemn": behind the last of them comes what they say.
    let says = text[start..].match_indices(", ").map(|(at, comma)| (at, &text[start + at + comma.len()..]));
    let says = says.filter(|(_, rest)| {
        let word = rest.split(' ').next().unwrap_or_default();
        lower.starts_with("we, ")
            && word.starts_with(char::is_lowercase)
            && !matches!(word, "the" | "and" | "as" | "of")
    });
    let said = says.map(|(at, _)| at).next();
    let end = about.iter().filter_map(|mark| lower[start..].find(mark)).chain(on).chain(said).min();
    Some(start..end.map_or(text.len(), |length| start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_those_who_sign() {
        let signed = |text: &'static str| signed_by(text).map(|list| &text[list]);
        assert_eq!(
            signed(
                "The text of the following statement was released by the Governments of Kenya and Estonia on Sudan."
            ),
            Some("the Governments of Kenya and Estonia")
        );
        assert_eq!(signed("Joint Statement by Kenya and Estonia"), Some("Kenya and Estonia"));
        assert_eq!(signed("We, Kenya and Estonia, met."), Some("Kenya and Estonia"));
        assert_eq!(signed("A statement said that attacks by Kenya and Estonia went on."), None);
        assert_eq!(signed("Kenya and Estonia met."), None);
    }
}
