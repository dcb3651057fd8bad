//! Sentences as news writes them, with an actor and a recipient marked: they train and measure the coder.

use std::ops::Range;

use crate::{
    error::{Error, Problem},
    record::lines,
    source::File,
};

/// One sentence of `sentences/`: "[Kenyan police] arrested [[two aid workers]]".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// PLOVER type of what the actor does to the recipient.
    pub kind: String,
    /// The sentence without its brackets.
    pub text: String,
    /// Bytes of the actor in `text`.
    pub actor: Range<usize>,
    /// Bytes of the recipient in `text`.
    pub recipient: Range<usize>,
}

/// Reads the sentences of a file of `sentences/`.
pub(crate) fn samples(file: &File) -> Result<Vec<Sample>, Error> {
    let Some(kind) = file.path.strip_prefix("sentences/").and_then(|name| name.strip_suffix(".txt")) else {
        return Ok(Vec::new());
    };
    lines(&file.text)
        .map(|(line, text)| {
            sample(&kind.to_uppercase(), text)
                .ok_or_else(|| Error::new(file.path.as_ref(), line, Problem::BadLine(text.to_owned())))
        })
        .collect()
}

fn sample(kind: &str, marked: &str) -> Option<Sample> {
    let mut text = String::with_capacity(marked.len());
    let (mut actor, mut recipient) = (None, None);
    let mut rest = marked.trim();
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let start = text.len();
        let (inside, after, side) = match after.strip_prefix('[') {
            Some(after) => {
                let (inside, after) = after.split_once("]]")?;
                (inside, after, &mut recipient)
            }
            None => {
                let (inside, after) = after.split_once(']')?;
                (inside, after, &mut actor)
            }
        };
        text.push_str(inside);
        if side.replace(start..text.len()).is_some() {
            return None;
        }
        rest = after;
    }
    text.push_str(rest);
    Some(Sample { kind: kind.to_owned(), text, actor: actor?, recipient: recipient? })
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn brackets_mark_the_sides() {
        let sample =
            sample("COERCE", "On Monday [Ruritanian police] held [[two envoys]] at the border.").expect("a sample");
        assert_eq!(&sample.text[sample.actor.clone()], "Ruritanian police");
        assert_eq!(&sample.text[sample.recipient.clone()], "two envoys");
        assert_eq!(sample.text, "On Monday Ruritanian police held two envoys at the border.");
    }

    #[test]
    fn a_side_that_is_missing_or_marked_twice_is_no_sample() {
        assert_eq!(sample("COERCE", "[Police] held an envoy."), None);
        assert_eq!(sample("COERCE", "[Police] held [[one]] and [[another]]."), None);
    }
}
