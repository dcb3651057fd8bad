//! Scores a grammar against a treebank by the rules of the CoNLL 2018 shared task.

use crate::conllu::Passage;
use crate::grammar::{Grammar, blank};
use crate::tree::{ROOT, Sentence, Token};

/// How many units the treebank has, the grammar found, and both agree on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Units of the treebank.
    pub gold: usize,
    /// Units that the grammar found.
    pub found: usize,
    /// Units found that are right.
    pub right: usize,
}

impl Count {
    /// Right units as a share of those found.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Right units as a share of those of the treebank.
    pub fn recall(&self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.right, self.gold + self.found)
    }

    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Scores of a grammar. Subtypes of relations and the letters of `PRP$` and the like do not count, as the shared task has it for
/// relations; everything else is compared as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Orthographic tokens by their places.
    pub tokens: Count,
    /// Sentences by their places.
    pub sentences: Count,
    /// Words by their places.
    pub words: Count,
    /// Words with the right universal part of speech.
    pub upos: Count,
    /// Words with the right Penn tag.
    pub xpos: Count,
    /// Words with the right lemma.
    pub lemmas: Count,
    /// Words with the right head.
    pub uas: Count,
    /// Words with the right head and relation, subtypes apart.
    pub las: Count,
    /// Words with the right head and relation, subtypes included.
    pub las_subtypes: Count,
}

impl Score {
    /// The parts with their names, in the order of a table.
    pub fn rows(&self) -> [(&'static str, Count); 9] {
        [
            ("Tokens", self.tokens),
            ("Sentences", self.sentences),
            ("Words", self.words),
            ("UPOS", self.upos),
            ("XPOS", self.xpos),
            ("Lemmas", self.lemmas),
            ("UAS", self.uas),
            ("LAS", self.las),
            ("LAS with subtypes", self.las_subtypes),
        ]
    }
}

/// What the grammar is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The sentences and words of the treebank.
    Words,
    /// Running text: it splits sentences and words itself.
    Raw,
}

/// Scores `grammar` on the passages of a treebank.
pub fn score(grammar: &Grammar, passages: &[Passage], input: Input) -> Score {
    let mut parser = grammar.parser();
    let mut score = Score::default();
    for passage in passages {
        let mut sentences = match input {
            Input::Raw => parser.split(&passage.text),
            Input::Words => passage.sentences.iter().map(unparsed).collect(),
        };
        for sentence in &mut sentences {
            parser.parse(&passage.text, sentence);
        }
        compare(passage, &sentences, &mut score);
    }
    score
}

fn unparsed(sentence: &Sentence) -> Sentence {
    let tokens = sentence.tokens.iter().map(|token| blank(token.start, token.end)).collect();
    Sentence { start: sentence.start, end: sentence.end, tokens }
}

/// Adds to `score` how `found` agrees with the annotation of `passage`.
pub fn compare(passage: &Passage, found: &[Sentence], score: &mut Score) {
    let spans = |sentences: &[Sentence]| sentences.iter().map(|s| (s.start, s.end)).collect::<Vec<_>>();
    count_spans(&spans(&passage.sentences), &spans(found), &mut score.sentences);
    count_spans(&passage.tokens, &orthographic(&passage.text, found), &mut score.tokens);

    let gold: Vec<Word> = words(&passage.sentences);
    let found: Vec<Word> = words(found);
    let counts = [
        &mut score.words,
        &mut score.upos,
        &mut score.xpos,
        &mut score.lemmas,
        &mut score.uas,
        &mut score.las,
        &mut score.las_subtypes,
    ];
    for count in counts {
        count.gold += gold.len();
        count.found += found.len();
    }
    let mut rest = found.iter().peekable();
    for word in &gold {
        while rest.next_if(|other| (other.token.start, other.token.end) < (word.token.start, word.token.end)).is_some()
        {
        }
        let Some(other) = rest.next_if(|other| span(other.token) == span(word.token)) else { continue };
        score.words.add(true);
        score.upos.add(word.token.upos == other.token.upos);
        score.xpos.add(word.token.xpos == other.token.xpos);
        score.lemmas.add(word.token.lemma == "_" || word.token.lemma == other.token.lemma);
        let head = word.head.map(span) == other.head.map(span);
        score.uas.add(head);
        score.las.add(head && base(word.token) == base(other.token));
        score.las_subtypes.add(head && word.token.deprel == other.token.deprel);
    }
}

struct Word<'s> {
    token: &'s Token,
    head: Option<&'s Token>,
}

fn span(token: &Token) -> (u32, u32) {
    (token.start, token.end)
}

fn base(token: &Token) -> &'static str {
    let name = token.deprel.as_str();
    name.split_once(':').map_or(name, |(base, _)| base)
}

fn words(sentences: &[Sentence]) -> Vec<Word<'_>> {
    let of = |sentence: &'_ Sentence, token: &Token| {
        (token.head != ROOT).then(|| usize::from(token.head)).filter(|&head| head < sentence.tokens.len())
    };
    sentences
        .iter()
        .flat_map(|sentence| {
            sentence
                .tokens
                .iter()
                .map(move |token| Word { token, head: of(sentence, token).map(|head| &sentence.tokens[head]) })
        })
        .collect()
}

fn count_spans(gold: &[(u32, u32)], found: &[(u32, u32)], count: &mut Count) {
    count.gold += gold.len();
    count.found += found.len();
    let mut rest = found.iter().peekable();
    for span in gold {
        while rest.next_if(|other| *other < span).is_some() {}
        count.add(rest.next_if(|other| *other == span).is_some());
    }
}

/// Joins clitics to the word before them, as the treebanks write tokens.
fn orthographic(text: &str, sentences: &[Sentence]) -> Vec<(u32, u32)> {
    const CLITICS: &[&str] = &["'s", "n't", "'re", "'ve", "'ll", "'m", "'d", "na", "not", "nt", "'", "ta"];
    let mut tokens: Vec<(u32, u32)> = Vec::new();
    for token in sentences.iter().flat_map(|sentence| &sentence.tokens) {
        let form = token.form(text).to_lowercase().replace(['’', '`'], "'");
        let letter = text[..token.start as usize].chars().next_back().is_some_and(char::is_alphanumeric);
        match tokens.last_mut() {
            Some(last) if last.1 == token.start && letter && CLITICS.contains(&form.as_str()) => last.1 = token.end,
            _ => tokens.push((token.start, token.end)),
        }
    }
    tokens
}
