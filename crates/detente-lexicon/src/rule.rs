//! Act rules as the files of `acts/` and `affairs/` write them: example sentences under a section.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::{
    error::{Error, Problem},
    record::lines,
    source::File,
};

/// One example or counter-example.
#[derive(Clone, Debug)]
pub struct Example {
    /// The file, inside the lexicon folder.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The section that it stands in.
    pub section: Arc<Section>,
    /// The sentence, with its braces.
    pub sentence: SmolStr,
    /// Example or counter-example.
    pub expect: Expect,
}

/// What an example proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It is a rule, and codes to its section's type.
    Act,
    /// It codes to nothing.
    Nothing,
    /// It codes to another type.
    Other(SmolStr),
}

/// The head of a group of examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Type of act, or in `affairs/` the kind of affair.
    pub kind: SmolStr,
    /// Mode of the act, or state of the affair.
    pub mode: Option<SmolStr>,
    /// Both sides act.
    pub mutual: bool,
    /// The section stands in `affairs/`: what is said is a circumstance, not an act.
    pub standing: bool,
}

/// Reads the examples of a file of `acts/` or `affairs/`.
pub(crate) fn examples(file: &File) -> Result<Vec<Example>, Error> {
    let standing = file.path.starts_with("affairs/");
    if !standing && !file.path.starts_with("acts/") {
        return Ok(Vec::new());
    }
    let path: Arc<str> = file.path.as_ref().into();
    let mut section: Option<Arc<Section>> = None;
    let mut examples = Vec::new();
    for (line, text) in lines(&file.text) {
        let fail = |problem| Error::new(file.path.as_ref(), line, problem);
        let (mark, rest) = text.split_at(text.char_indices().nth(1).map_or(text.len(), |(at, _)| at));
        let rest = rest.trim();
        match (mark, &section) {
            ("=", _) => {
                let mut words = rest.split_whitespace();
                let kind = words.next().ok_or_else(|| fail(Problem::BadHeader(text.to_owned())))?.into();
                let mut head = Section { kind, mode: None, mutual: false, standing };
                for word in words {
                    if word == "mutual" {
                        head.mutual = true;
                    } else {
                        head.mode = Some(word.into());
                    }
                }
                section = Some(Arc::new(head));
            }
            ("+", Some(section)) => {
                examples.push(Example {
                    file: path.clone(),
                    line,
                    section: section.clone(),
                    sentence: rest.into(),
                    expect: Expect::Act,
                });
            }
            ("-", Some(section)) => {
                let (sentence, expect) = match rest.rsplit_once("=>") {
                    Some((sentence, other)) => (sentence.trim(), Expect::Other(other.trim().into())),
                    None => (rest, Expect::Nothing),
                };
                examples.push(Example {
                    file: path.clone(),
                    line,
                    section: section.clone(),
                    sentence: sentence.into(),
                    expect,
                });
            }
            _ => return Err(fail(Problem::BadLine(text.to_owned()))),
        }
    }
    Ok(examples)
}
