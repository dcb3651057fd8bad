//! What can go wrong when a model or a treebank is read.

/// An error of this crate.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("the bytes are not a grammar model")]
    NotAModel,
    #[error("the grammar model has format {found}, this version reads format {expected}")]
    ModelFormat { found: u32, expected: u32 },
    #[error("the grammar model is cut off or damaged at byte {byte}")]
    ModelDamaged { byte: usize },
    #[error("treebank, line {line}: {what}")]
    Treebank { line: usize, what: &'static str },
    #[error("the treebanks hold no sentence to train on")]
    NothingToTrain,
    #[error("the texts hold no sentence in which the grammar has a choice: give it longer texts")]
    NothingToRead,
}

impl Error {
    /// Whether the bytes given as a model cannot be read as one.
    pub fn is_model(&self) -> bool {
        matches!(self.0, Kind::NotAModel | Kind::ModelFormat { .. } | Kind::ModelDamaged { .. })
    }

    /// The line of the treebank, counted from one, where reading stopped.
    pub fn line(&self) -> Option<usize> {
        match self.0 {
            Kind::Treebank { line, .. } => Some(line),
            _ => None,
        }
    }
}
