//! Who says it, where he stands before a colon: "Norwegian minister: Chad must leave" is read as if the colon were "says".

use detente_grammar::{Deprel, Parser, ROOT, Sentence, Upos, Xpos};
use detente_lexicon::{ActorKind, Form, Lexicon, Meaning};

use crate::{
    publisher::{names_in, says_we},
    syntax,
};

/// Words that may stand before the colon, at most.
const LONGEST: usize = 6;

/// One who stands before a colon and says what follows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker {
    /// The colon among the tokens.
    colon: usize,
    /// He is a person, or a body by its role, and no place: he may say anything.
    is_somebody: bool,
}

/// Where a sentence was cut behind such a colon, its parts are put together again.
pub(crate) fn join(lexicon: &Lexicon, text: &str, sentences: &mut Vec<Sentence>) {
    let mut at = 0;
    while at + 1 < sentences.len() {
        let ends_in_colon = sentences[at].tokens.last().is_some_and(|token| token.form(text) == ":");
        if ends_in_colon && sentences[at].tokens.len() <= LONGEST + 1 {
            let next = &sentences[at + 1];
            let mut whole = sentences[at].clone();
            whole.end = next.end;
            whole.tokens.extend_from_slice(&next.tokens);
            if of(lexicon, text, &whole).is_some() {
                sentences[at] = whole;
                sentences.remove(at + 1);
            }
        }
        at += 1;
    }
}

/// Who says what a sentence tells behind its colon.
pub(crate) fn of(lexicon: &Lexicon, text: &str, sentence: &Sentence) -> Option<Speaker> {
    let tokens = &sentence.tokens;
    let colon = tokens.iter().take(LONGEST + 1).position(|token| token.form(text) == ":").filter(|&colon| colon > 0)?;
    let (first, last) = (&tokens[0], &tokens[colon - 1]);
    let is_parted = text[tokens[colon].end as usize..].chars().next().is_none_or(char::is_whitespace);
    if !is_parted || !first.form(text).starts_with(char::is_uppercase) {
        return None;
    }
    let part = first.start as usize..last.end as usize;
    let names = names_in(lexicon, text, part.clone());
    // "Norway: We will not go", "Norway: Chad must leave", but "Norway: Police must leave" is about Norway.
    let is_speech = || {
        let said = &tokens[colon + 1..];
        let (Some(opens), Some(ends)) = (said.first(), said.last()) else { return false };
        let asks = said.iter().any(|token| matches!(token.form(text), "must" | "should"))
            && !said
                .iter()
                .any(|token| matches!(token.form(text), "says" | "said" | "urges" | "urged" | "tells" | "told"));
        let is_another = |(words, meanings): &(std::ops::Range<usize>, &[Meaning])| {
            let is_state = |meaning: &Meaning| matches!(meaning, Meaning::Actor(number, _) if lexicon.actors[*number as usize].kind == ActorKind::State);
            words.start == opens.start as usize && meanings.iter().any(is_state)
        };
        matches!(opens.form(text), "We" | "Our" | "I" | "\"" | "“")
            || asks && names_in(lexicon, text, opens.start as usize..ends.end as usize).iter().any(is_another)
    };
    let is_holder = |meaning: &Meaning| matches!(meaning, Meaning::Holder(..));
    let ends_in_holder = names.iter().any(|(words, meanings)| words.end == part.end && meanings.iter().any(is_holder));
    // "Norwegian minister", "Chad's army"
    let has_role = || !lexicon.role_names.get(&last.form(text).to_lowercase()).is_empty() && !names.is_empty();
    let is_body = |meaning: &Meaning| match *meaning {
        // A state alone is as often what it is about.
        Meaning::Actor(number, form) => match lexicon.actors[number as usize].kind {
            ActorKind::State => form == Form::Capital || is_speech(),
            ActorKind::Media | ActorKind::Firm => false,
            _ => true,
        },
        _ => false,
    };
    let is_somebody = ends_in_holder || has_role();
    let speaks = is_somebody || names.iter().any(|(words, meanings)| *words == part && meanings.iter().any(is_body));
    speaks.then_some(Speaker { colon, is_somebody })
}

/// The quotations of a passage, in bytes: among them all that follows one who stands before its first colon and goes on with "we", as
/// in a transcript.
pub(crate) fn quotations(lexicon: &Lexicon, text: &str, first: Option<&Sentence>) -> Vec<(usize, usize)> {
    let turn = |first: &Sentence| {
        let start = first.tokens[of(lexicon, text, first)?.colon].end as usize;
        says_we(&text[start..]).then_some((start, text.len()))
    };
    let mut quotes = syntax::quotations(text);
    quotes.extend(first.and_then(turn));
    quotes
}

/// Parses what stands before and behind the colon, each by itself, and reads the colon as "says"; tells whether both are what
/// they must be.
pub(crate) fn parse(parser: &mut Parser<'_>, text: &str, sentence: &mut Sentence, speaker: Speaker) -> bool {
    let Speaker { colon, is_somebody } = speaker;
    let part = |range: std::ops::Range<usize>| {
        let tokens = sentence.tokens[range].to_vec();
        let (start, end) = (tokens.first().map_or(0, |t| t.start), tokens.last().map_or(0, |t| t.end));
        Sentence { start, end, tokens }
    };
    let (mut before, mut behind) = (part(0..colon), part(colon + 1..sentence.tokens.len()));
    if behind.tokens.len() < 2 {
        return false;
    }
    parser.parse(text, &mut before);
    parser.parse(text, &mut behind);
    let root_of = |part: &Sentence| part.tokens.iter().position(|token| token.head == ROOT);
    let (Some(speaker), Some(said)) = (root_of(&before), root_of(&behind)) else { return false };
    let is_nominal = matches!(before.tokens[speaker].upos, Upos::Noun | Upos::Propn);
    let has_copula = behind.tokens.iter().any(|token| token.head as usize == said && token.deprel == Deprel::Cop);
    let is_clause = has_copula || matches!(behind.tokens[said].upos, Upos::Verb | Upos::Aux);
    if !is_nominal || !is_clause && !is_somebody {
        return false;
    }
    let says = colon as u16;
    before.tokens[speaker].head = says;
    before.tokens[speaker].deprel = Deprel::Nsubj;
    for token in &mut behind.tokens {
        token.head = if token.head == ROOT { says } else { token.head + says + 1 };
    }
    behind.tokens[said].deprel = Deprel::Ccomp;
    let mut mark = sentence.tokens[colon].clone();
    (mark.lemma, mark.upos, mark.xpos, mark.head, mark.deprel) =
        ("say".into(), Upos::Verb, Xpos::Vbz, ROOT, Deprel::Root);
    sentence.tokens = before.tokens;
    sentence.tokens.push(mark);
    sentence.tokens.extend(behind.tokens);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tests::{grammar, lexicon};

    /// The words of the one who says what follows, and the main word of what he says.
    fn read(text: &str) -> Option<(String, String)> {
        let mut parser = grammar().parser();
        let mut sentences = parser.split(text);
        join(lexicon(), text, &mut sentences);
        let sentence = &mut sentences[0];
        let label = of(lexicon(), text, sentence)?;
        let words = |end: usize, sentence: &Sentence| text[..sentence.tokens[end - 1].end as usize].to_owned();
        if !parse(&mut parser, text, sentence, label) {
            return None;
        }
        let said = sentence.tokens.iter().find(|token| token.deprel == Deprel::Ccomp)?;
        Some((words(label.colon, sentence), said.form(text).to_owned()))
    }

    #[test]
    fn who_stands_before_a_colon_says_what_follows() {
        for (text, speaker, said) in [
            ("Oslo: Chad shelled a village near the border.", "Oslo", "shelled"),
            ("Norwegian minister: Chad must withdraw its troops.", "Norwegian minister", "withdraw"),
            ("Norway: Chad must withdraw its troops.", "Norway", "withdraw"),
            ("NATO: We will not accept the claims of Chad.", "NATO", "accept"),
            ("Chad's army: Norwegian jets bombed our positions.", "Chad's army", "bombed"),
        ] {
            assert_eq!(read(text), Some((speaker.to_owned(), said.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_topic_says_nothing() {
        for text in [
            "Norway: Chad bombed a village.",
            "Norway: Police must halt the raids.",
            "Norway: Chad must free the hostages, UN says.",
            "Norway: a guide to Chad's claims.",
            "Chad war: jets bombed a village.",
            "Oslo: a guide for travellers.",
            "The minister met two envoys: Chad sent them.",
            "At 10:30 the army left.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
