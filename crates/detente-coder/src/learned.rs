//! What the coder learned from the lexicon's sentences when the program was built.

use crate::{chooser::Chooser, coder::Coder, linker::Linker};

/// The trained models of the coder: which type an act is, and which phrases are its sides.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    pub(crate) chooser: Chooser,
    pub(crate) linker: Linker,
}

impl Learned {
    /// Trains on the marked sentences and the rule examples of a coder's lexicon, as the coder reads them. The same coder
    /// gives the same models.
    pub fn train(coder: &Coder) -> Learned {
        Learned { chooser: Chooser::train(coder), linker: Linker::train(&coder.lexicon, &coder.grammar) }
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
        Learned { chooser: Chooser::from_bytes(chooser), linker: Linker::from_bytes(linker) }
    }
}
