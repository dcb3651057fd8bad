//! Reads treebanks in CoNLL-U, the format of Universal Dependencies.

use smol_str::SmolStr;

use crate::error::{Error, Kind};
use crate::tree::{Deprel, ROOT, Sentence, Token, Upos, Xpos};

/// A paragraph of a treebank: its running text, and the sentences annotated in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Identifier of the paragraph's first sentence.
    pub id: String,
    /// The running text, rebuilt from the words and their `SpaceAfter` notes.
    pub text: String,
    /// The annotated sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Byte ranges of the orthographic tokens: `don't` is one token and two words.
    pub tokens: Vec<(u32, u32)>,
}

/// Reads the text of a CoNLL-U file as paragraphs.
///
/// Sentences whose heads make no tree are left out. Empty nodes and enhanced dependencies are passed over. A relation with a subtype that this crate does not know is read as the
/// relation without it.
///
/// # Errors
/// A line that has too few columns, or a number or tag that cannot be read.
///
/// ```
/// let text = "# sent_id = a\n1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n\
///     2\tbegan\tbegin\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";
/// let passages = detente_grammar::conllu::read(text)?;
/// assert_eq!(passages[0].text, "Talks began.");
/// assert_eq!(passages[0].sentences[0].tokens.len(), 3);
/// # Ok::<(), detente_grammar::Error>(())
/// ```
pub fn read(text: &str) -> Result<Vec<Passage>, Error> {
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader.line(line).map_err(|what| Kind::Treebank { line: index + 1, what })?;
    }
    reader.end_sentence();
    reader.end_passage();
    Ok(reader.passages)
}

#[derive(Default)]
struct Reader {
    passages: Vec<Passage>,
    passage: Passage,
    sentence: Sentence,
    sentence_id: String,
    /// Last word number of the multi-word token being read.
    joined_until: usize,
    joined_space: bool,
    space: bool,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            self.end_sentence();
        } else if let Some(comment) = line.strip_prefix('#') {
            self.comment(comment.trim_start());
        } else {
            self.word(line)?;
        }
        Ok(())
    }

    fn comment(&mut self, comment: &str) {
        if comment.starts_with("newdoc") || (comment.starts_with("newpar") && !comment.starts_with("newpar_block")) {
            self.end_passage();
        } else if let Some(id) = comment.strip_prefix("sent_id =") {
            self.sentence_id = id.trim().to_owned();
        }
    }

    fn word(&mut self, line: &str) -> Result<(), &'static str> {
        let mut columns = [""; 10];
        let mut count = 0;
        for (column, text) in columns.iter_mut().zip(line.split('\t')) {
            *column = text;
            count += 1;
        }
        if count < 10 {
            return Err("fewer than ten columns");
        }
        let [number, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns;
        if number.contains('.') {
            return Ok(());
        }
        let space = !misc.split('|').any(|note| note == "SpaceAfter=No");
        if let Some((_, last)) = number.split_once('-') {
            self.joined_until = last.parse().map_err(|_| "the word range is not a number")?;
            self.joined_space = space;
            self.begin_word();
            let start = self.passage.text.len() as u32;
            self.passage.tokens.push((start, start));
            return Ok(());
        }
        let number: usize = number.parse().map_err(|_| "the word number is not a number")?;
        let head: u16 = head.parse().map_err(|_| "the head is not a number")?;
        let joined = number <= self.joined_until;
        self.begin_word();
        let start = self.passage.text.len() as u32;
        self.passage.text.push_str(form);
        let end = self.passage.text.len() as u32;
        if joined {
            if let Some(token) = self.passage.tokens.last_mut() {
                token.1 = end;
            }
            self.space = number == self.joined_until && self.joined_space;
        } else {
            self.passage.tokens.push((start, end));
            self.space = space;
        }
        if self.sentence.tokens.is_empty() {
            self.sentence.start = start;
        }
        self.sentence.end = end;
        self.sentence.tokens.push(Token {
            start,
            end,
            lemma: SmolStr::new(lemma),
            upos: Upos::parse(upos).unwrap_or(Upos::X),
            xpos: Xpos::parse(xpos).unwrap_or(Xpos::Unknown),
            head: head.checked_sub(1).unwrap_or(ROOT),
            deprel: relation(deprel),
        });
        Ok(())
    }

    /// Writes the space that the word before asked for.
    fn begin_word(&mut self) {
        if std::mem::take(&mut self.space) && !self.passage.text.is_empty() {
            self.passage.text.push(' ');
        }
    }

    fn end_sentence(&mut self) {
        self.joined_until = 0;
        if self.sentence.tokens.is_empty() {
            return;
        }
        let sentence = std::mem::take(&mut self.sentence);
        if !is_tree(&sentence.tokens) {
            return;
        }
        if self.passage.sentences.is_empty() {
            self.passage.id.clone_from(&self.sentence_id);
        }
        self.passage.sentences.push(sentence);
    }

    fn end_passage(&mut self) {
        self.space = false;
        let passage = std::mem::take(&mut self.passage);
        if !passage.sentences.is_empty() {
            self.passages.push(passage);
        }
    }
}

/// Whether every word leads to a root.
fn is_tree(tokens: &[Token]) -> bool {
    (0..tokens.len()).all(|index| {
        let mut at = index;
        for _ in 0..tokens.len() {
            match tokens.get(at) {
                Some(token) if token.head == ROOT => return true,
                Some(token) => at = usize::from(token.head),
                None => return false,
            }
        }
        false
    })
}

fn relation(text: &str) -> Deprel {
    Deprel::parse(text)
        .or_else(|| text.split_once(':').and_then(|(base, _)| Deprel::parse(base)))
        .unwrap_or(Deprel::Dep)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOINED: &str = "# newdoc id = d\n# newpar\n# sent_id = d-1\n1-2\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tdid\tdo\tAUX\tVBD\t_\t3\taux\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n\
        3\tsign\tsign\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n\
        # sent_id = d-2\n1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n\n\
        # newpar\n1\tNo\tno\tINTJ\tUH\t_\t0\troot:odd\t_\t_\n";

    #[test]
    fn joins_words_of_one_token() {
        let passages = read(JOINED).unwrap();
        assert_eq!(passages.len(), 2);
        assert_eq!(passages[0].text, "didn't sign. Yes");
        assert_eq!(passages[0].tokens, [(0, 6), (7, 11), (11, 12), (13, 16)]);
        let words: Vec<_> = passages[0].sentences[0].tokens.iter().map(|t| t.form(&passages[0].text)).collect();
        assert_eq!(words, ["did", "n't", "sign", "."]);
        assert_eq!(passages[0].sentences[0].tokens[2].head, ROOT);
        assert_eq!(passages[1].sentences[0].tokens[0].deprel, Deprel::Root);
    }

    #[test]
    fn names_the_line_of_an_error() {
        assert_eq!(read("# a\n1\tx\n").unwrap_err().line(), Some(2));
        assert_eq!(read("x\tx\tx\tx\tx\tx\tx\tx\tx\tx\n").unwrap_err().line(), Some(1));
    }
}
