//! Readings: a text's sentences with their trees, as the coder sees them.

use std::ops::Range;

use detente_grammar::{ROOT, Sentence};
use serde::Serialize;

use crate::{act::Span, coder::Coder, mending::mend};

/// A sentence of a text with its tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Where it stands, in characters of the text.
    pub span: Span,
    /// Its words in order.
    pub words: Vec<Word>,
}

/// A word of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// Where it stands, in characters of the text.
    pub span: Span,
    /// The word.
    pub form: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: &'static str,
    /// Number of its head among the sentence's words, from 1; 0 for the root.
    pub head: u16,
    /// Universal dependency relation to the head.
    pub relation: &'static str,
}

impl Coder {
    /// Splits a text into sentences, as ranges of its bytes.
    pub fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        let sentences = self.grammar.parser().split(text);
        sentences.iter().map(|sentence| sentence.start as usize..sentence.end as usize).collect()
    }

    /// Reads a text: its sentences with the trees from which acts are coded.
    pub fn read(&self, text: &str) -> Vec<Reading> {
        let mut characters = Characters::new(text);
        let mut sentences = self.grammar.parse(text);
        let read = |sentence: &mut Sentence| {
            mend(&self.lemmas, text, sentence);
            let span = characters.span(sentence.start, sentence.end);
            let mut inside = Characters::new(text);
            let words = sentence.tokens.iter().map(|token| Word {
                span: inside.span(token.start, token.end),
                form: token.form(text).to_owned(),
                lemma: token.lemma.to_string(),
                upos: token.upos.as_str(),
                head: if token.head == ROOT { 0 } else { token.head + 1 },
                relation: token.deprel.as_str(),
            });
            Reading { span, words: words.collect() }
        };
        sentences.iter_mut().map(read).collect()
    }
}

/// Turns bytes into characters, for places that mostly come in order.
struct Characters<'t> {
    text: &'t str,
    byte: usize,
    character: u32,
}

impl<'t> Characters<'t> {
    fn new(text: &'t str) -> Characters<'t> {
        Characters { text, byte: 0, character: 0 }
    }

    fn at(&mut self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        if byte < self.byte {
            (self.byte, self.character) = (0, 0);
        }
        self.character += self.text[self.byte..byte].chars().count() as u32;
        self.byte = byte;
        self.character
    }

    fn span(&mut self, start: u32, end: u32) -> Span {
        Span { start: self.at(start), end: self.at(end) }
    }
}
