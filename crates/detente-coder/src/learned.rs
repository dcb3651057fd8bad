//! What the coder learned from the lexicon's sentences when the program was built.

use std::{panic::resume_unwind, thread};

use detente_grammar::Sentence;

use crate::{
    chooser::Chooser,
    coder::Coder,
    linker::Linker,
    mending::mend,
    rule::{plain, staged},
    trust::Trust,
};

/// The trained models of the coder: which type an act is, and which phrases are its sides.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    pub(crate) chooser: Chooser,
    pub(crate) linker: Linker,
    pub(crate) trust: Trust,
    /// How likely somebody is an act's other side where only the article shows it.
    pub(crate) counterparts: Trust,
}

impl Learned {
    /// Trains on the marked sentences and the rule examples of a coder's lexicon, as the coder reads them. The same coder
    /// gives the same models.
    pub fn train(coder: &Coder) -> Learned {
        let trees = Trees::parse(coder);
        let (chooser, linker) = thread::scope(|scope| {
            let chooser = scope.spawn(|| Chooser::train(coder, &trees));
            let linker = Linker::train(coder, &trees);
            (chooser.join(), linker)
        });
        Learned { chooser: chooser.unwrap_or_else(|panic| resume_unwind(panic)), linker, ..Learned::default() }
    }

    /// Lets acts be weighed by a model of how far they are to be trusted.
    #[must_use]
    pub fn with_trust(mut self, trust: Trust) -> Learned {
        self.trust = trust;
        self
    }

    /// Lets acts whose words name no other side be told towards those whom the article shows.
    #[must_use]
    pub fn with_counterparts(mut self, counterparts: Trust) -> Learned {
        self.counterparts = counterparts;
        self
    }

    /// Writes the models for [`Learned::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let chooser = self.chooser.to_bytes();
        let mut bytes = (chooser.len() as u32).to_le_bytes().to_vec();
        bytes.extend(chooser);
        bytes.extend(self.linker.to_bytes());
        bytes
    }

    /// Reads what [`Learned::to_bytes`] wrote; too few bytes are no models.
    pub fn from_bytes(bytes: &[u8]) -> Learned {
        let Some((length, rest)) = bytes.split_first_chunk::<4>() else { return Learned::default() };
        let (chooser, linker) = rest.split_at((u32::from_le_bytes(*length) as usize).min(rest.len()));
        Learned { chooser: Chooser::from_bytes(chooser), linker: Linker::from_bytes(linker), ..Learned::default() }
    }
}

/// The trees of a lexicon's sentences, from which both models learn.
#[derive(Debug)]
pub(crate) struct Trees {
    /// Those of each sample, with the lemmas that the coder sees.
    pub samples: Vec<Vec<Sentence>>,
    /// That of each example; nothing where it reads as more than one sentence.
    pub examples: Vec<Option<Sentence>>,
}

impl Trees {
    /// Parses the samples and examples of a coder's lexicon.
    pub fn parse(coder: &Coder) -> Trees {
        let Coder { lexicon, grammar, lemmas, .. } = coder;
        let sample = |text: &str| {
            let mut sentences = grammar.parse(text);
            sentences.iter_mut().for_each(|sentence| mend(lemmas, text, sentence));
            sentences
        };
        let example = |sentence: &str| {
            let mut sentences = grammar.parse(&plain(&staged(sentence)).0);
            sentences.pop().filter(|_| sentences.is_empty())
        };
        Trees {
            samples: lexicon.samples.iter().map(|each| sample(&each.text)).collect(),
            examples: lexicon.examples.iter().map(|each| example(&each.sentence)).collect(),
        }
    }
}
