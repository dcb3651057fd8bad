//! The grammar: a model read from bytes, and parsers that use it.

use smol_str::SmolStr;

use crate::atoms::lower_hash;
use crate::error::Error;
use crate::model::Model;
use crate::parser::{Candidate, Hanging, MOST, Outline, State};
use crate::tagger::Tagging;
use crate::tokenise::{Range, tokenise};
use crate::tree::{Deprel, ROOT, Sentence, Token, Upos, Xpos};

/// Past tenses that are nothing else, and stand in the treebanks seldom or never.
const PASTS: &[&str] = &[
    "froze",
    "overran",
    "overthrew",
    "forbade",
    "withdrew",
    "undertook",
    "overtook",
    "retook",
    "oversaw",
    "foresaw",
    "underwent",
    "forsook",
    "forewent",
    "outran",
    "unfroze",
    "overrode",
    "outdid",
    "mistook",
    "forgave",
    "misspoke",
];

/// A trained grammar of English. It is read once and shared by all threads.
#[derive(Clone, Debug)]
pub struct Grammar {
    model: Model,
}

impl Grammar {
    /// Reads a trained model.
    ///
    /// # Errors
    /// The bytes are no model, a model of another format, or damaged.
    ///
    /// ```
    /// let error = detente_grammar::Grammar::from_bytes(b"not a model").unwrap_err();
    /// assert!(error.is_model());
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Grammar, Error> {
        let mut model = Model::from_bytes(bytes)?;
        if let Some(past) = model.number_of(Upos::Verb, Xpos::Vbd) {
            for form in PASTS {
                model.vocabulary.make_certain(lower_hash(form), past);
            }
        }
        Ok(Grammar { model })
    }

    /// Tells whether a word stands in the treebanks that the grammar was trained on; any other word may be taken for a name.
    pub fn knows(&self, word: &str) -> bool {
        self.model.vocabulary.look_up(lower_hash(word)).tags != 0
    }

    /// A parser with its own working memory, for one thread.
    pub fn parser(&self) -> Parser<'_> {
        Parser {
            model: &self.model,
            words: Vec::new(),
            tagging: Tagging::default(),
            state: State::default(),
            outline: Outline::default(),
            candidates: Vec::new(),
        }
    }

    /// Splits a text into sentences and parses them.
    pub fn parse(&self, text: &str) -> Vec<Sentence> {
        let mut parser = self.parser();
        let mut sentences = parser.split(text);
        for sentence in &mut sentences {
            parser.parse(text, sentence);
        }
        sentences
    }
}

/// Splits and parses texts, reusing its working memory.
#[derive(Clone, Debug)]
pub struct Parser<'g> {
    model: &'g Model,
    words: Vec<Range>,
    tagging: Tagging,
    state: State,
    outline: Outline,
    candidates: Vec<Candidate>,
}

impl Parser<'_> {
    /// Splits a text into sentences and words. The words have their places only: no tags, lemmas or heads.
    ///
    /// A blank line always ends a sentence. Of a text of more than 4 GiB the first 4 GiB are read.
    pub fn split(&mut self, text: &str) -> Vec<Sentence> {
        let mut end = text.len().min(u32::MAX as usize);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.words.clear();
        tokenise(text, 0, end, &mut self.words);
        let words = &self.words;
        let mut sentences = Vec::new();
        self.model.boundaries.cut(text, words, |range| {
            let tokens: Vec<Token> = words[range].iter().map(|&(start, end)| blank(start, end)).collect();
            if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
                sentences.push(Sentence { start: first.start, end: last.end, tokens });
            }
        });
        sentences
    }

    /// Tags the words of a sentence, finds their lemmas, and builds the tree.
    ///
    /// The tree has one root and no cycles, whatever the words are.
    pub fn parse(&mut self, text: &str, sentence: &mut Sentence) {
        let model = self.model;
        let tokens = &mut sentence.tokens;
        if tokens.is_empty() {
            return;
        }
        self.tagging.read(tokens.iter().map(|token| token.form(text)), &model.vocabulary);
        model.tagger.tag(&mut self.tagging);
        for (index, token) in tokens.iter_mut().enumerate() {
            (token.upos, token.xpos) = model.tag(self.tagging.best(index));
            token.lemma = model.lemmas.lemma(token.form(text), self.tagging.word(index).lower, token.upos, token.xpos);
        }
        self.state.read(&self.tagging, |tag| model.tag(tag).0);
        model.arcs.parse(&mut self.state);
        let (tagging, outline) = (&self.tagging, &mut self.outline);
        let parsed = tokens.len().min(MOST);
        outline.reset((0..parsed).map(|index| model.tag(tagging.best(index)).0 == Upos::Punct));
        self.state.write(outline);
        outline.pair_marks(|index| tagging.word(index).lower);
        let mut hanging =
            Hanging { outline, words: &|index| tagging.word(index).lower, tags: &|index| tagging.best(index) };
        model.arcs.marks.hang(&mut hanging, &mut self.candidates);
        write_heads(outline, tokens);
    }
}

/// Writes the heads of a finished tree into the tokens. Where all are punctuation, the first is the root; what was not parsed hangs
/// from the root.
fn write_heads(outline: &Outline, tokens: &mut [Token]) {
    let root = outline.heads.iter().position(|&head| head == outline.heads.len()).unwrap_or(0);
    for (index, token) in tokens.iter_mut().enumerate() {
        let head = outline.heads.get(index).copied().unwrap_or(root);
        let label = outline.labels.get(index).copied().unwrap_or(Deprel::Dep);
        (token.head, token.deprel) = match head {
            _ if index == root => (ROOT, Deprel::Root),
            head if head == outline.heads.len() => (root as u16, Deprel::Punct),
            head => (head as u16, label),
        };
    }
}

/// A word that is not parsed yet.
pub(crate) fn blank(start: u32, end: u32) -> Token {
    Token { start, end, lemma: SmolStr::default(), upos: Upos::X, xpos: Xpos::Unknown, head: ROOT, deprel: Deprel::Dep }
}
