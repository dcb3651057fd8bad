//! Examples parsed ahead: the trees of the lexicon's examples, made and mended when the program is built.

use detente_grammar::{Deprel, Grammar, Sentence, Token, Upos, Xpos};
use detente_lexicon::{FnvMap, Lexicon};

use crate::{
    inflection::Lemmas,
    mending::mend,
    rule::{plain, staged},
};

/// The trees of examples by their sentence, so that a start needs no parsing.
///
/// Made by one grammar and used with the same one. An example that is not among them is parsed when rules are
/// compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedExamples {
    trees: FnvMap<u64, Sentence>,
}

impl ParsedExamples {
    /// Parses and mends the examples of a lexicon; those that read as more than one sentence are left out.
    pub fn parse(lexicon: &Lexicon, grammar: &Grammar) -> ParsedExamples {
        let lemmas = Lemmas::new(lexicon);
        let mut trees = FnvMap::default();
        for example in &lexicon.examples {
            let (text, _) = plain(&staged(&example.sentence));
            let mut sentences = grammar.parse(&text);
            if sentences.len() == 1
                && let Some(mut sentence) = sentences.pop()
            {
                mend(&lemmas, &text, &mut sentence);
                trees.insert(hash(&text), sentence);
            }
        }
        ParsedExamples { trees }
    }

    /// The tree of a sentence.
    pub(crate) fn get(&self, text: &str) -> Option<&Sentence> {
        self.trees.get(&hash(text)).filter(|tree| tree.end as usize <= text.len())
    }

    /// Writes the trees for [`ParsedExamples::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut sorted: Vec<_> = self.trees.iter().collect();
        sorted.sort_by_key(|(hash, _)| **hash);
        let mut bytes = Vec::new();
        for (hash, tree) in sorted {
            bytes.extend_from_slice(&hash.to_le_bytes());
            bytes.extend_from_slice(&(tree.end as u16).to_le_bytes());
            bytes.extend_from_slice(&(tree.tokens.len() as u16).to_le_bytes());
            for token in &tree.tokens {
                bytes.extend_from_slice(&(token.start as u16).to_le_bytes());
                bytes.extend_from_slice(&(token.end as u16).to_le_bytes());
                bytes.extend_from_slice(&token.head.to_le_bytes());
                bytes.extend_from_slice(&[
                    token.upos as u8,
                    token.xpos as u8,
                    token.deprel as u8,
                    token.lemma.len() as u8,
                ]);
                bytes.extend_from_slice(token.lemma.as_bytes());
            }
        }
        bytes
    }

    /// Reads what [`ParsedExamples::to_bytes`] wrote; what is damaged is left out, and parsed anew when needed.
    pub fn from_bytes(bytes: &[u8]) -> ParsedExamples {
        let mut reader = Reader { bytes };
        let mut trees = FnvMap::default();
        while let Some((hash, tree)) = reader.tree() {
            trees.insert(hash, tree);
        }
        ParsedExamples { trees }
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn tree(&mut self) -> Option<(u64, Sentence)> {
        let hash = u64::from_le_bytes(self.take(8)?.try_into().ok()?);
        let end = u32::from(self.number()?);
        let count = self.number()?;
        let mut tokens = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let (start, end, head) = (self.number()?, self.number()?, self.number()?);
            let &[upos, xpos, deprel, length] = self.take(4)? else { return None };
            tokens.push(Token {
                start: u32::from(start),
                end: u32::from(end),
                lemma: std::str::from_utf8(self.take(length as usize)?).ok()?.into(),
                upos: *Upos::ALL.get(upos as usize)?,
                xpos: *Xpos::ALL.get(xpos as usize)?,
                head,
                deprel: *Deprel::ALL.get(deprel as usize)?,
            });
        }
        Some((hash, Sentence { start: 0, end, tokens }))
    }
}

/// FNV-1a of a sentence.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::tests::{grammar, lexicon};

    fn some() -> ParsedExamples {
        let mut lexicon = lexicon().clone();
        lexicon.examples.truncate(40);
        ParsedExamples::parse(&lexicon, grammar())
    }

    #[test]
    fn trees_come_back_as_they_were_written() {
        let parsed = some();
        assert!(parsed.trees.len() > 20);
        assert_eq!(ParsedExamples::from_bytes(&parsed.to_bytes()), parsed);
        assert_eq!(ParsedExamples::from_bytes(&[]), ParsedExamples::default());
    }

    #[test]
    fn a_tree_is_found_by_its_sentence_alone() {
        let parsed = some();
        let (text, _) = plain(&staged(&lexicon().examples[0].sentence));
        assert_eq!(parsed.get(&text), parsed.trees.get(&hash(&text)));
        assert!(parsed.get(&text).is_some());
        assert!(parsed.get("No example says so.").is_none());
    }

    #[test]
    fn of_bytes_cut_short_the_whole_trees_are_left() {
        let parsed = some();
        let bytes = parsed.to_bytes();
        let cut = ParsedExamples::from_bytes(&bytes[..bytes.len() - 1]);
        assert_eq!(cut.trees.len(), parsed.trees.len() - 1);
        assert!(cut.trees.iter().all(|(hash, tree)| parsed.trees.get(hash) == Some(tree)));
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            ParsedExamples::from_bytes(&bytes);
        }
    }
}
