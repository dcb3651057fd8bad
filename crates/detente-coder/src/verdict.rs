//! Verdicts on acts, one a line: whether what the coder read off an article is right.

use std::{fmt, ops::Range};

use crate::{
    act::{Act, Party, TextField},
    ontology::EventType,
};

/// What somebody said of an act that the coder read off an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The article.
    pub article: String,
    /// Title or text.
    pub field: TextField,
    /// The actor's first words, in characters; nothing where there is no actor.
    pub actor: Option<Range<u32>>,
    /// The recipient's first words; nothing where several do it to each other.
    pub recipient: Option<Range<u32>>,
    /// The type that was judged.
    pub event: EventType,
    /// Who does what to whom is as the act says.
    pub right: bool,
}

/// A line of verdicts that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct BadVerdict {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: String,
}

impl Verdict {
    /// The verdict on an act.
    pub fn on(act: &Act, right: bool) -> Option<Verdict> {
        Some(Verdict {
            article: act.article.clone(),
            field: act.text_info.field,
            actor: act.actor.first().map(words),
            recipient: act.recipient.first().filter(|_| !act.is_of_each_other()).map(words),
            event: EventType::parse(act.event.first()?)?,
            right,
        })
    }

    /// Reads lines of article, field, actor, recipient, type and `right` or `wrong`, with tabs between.
    ///
    /// # Errors
    ///
    /// When a line is no verdict.
    pub fn read(lines: &str) -> Result<Vec<Verdict>, BadVerdict> {
        let told = lines.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        told.map(|(number, line)| Verdict::parse(line).map_err(|fault| BadVerdict { line: number + 1, fault }))
            .collect()
    }

    fn parse(line: &str) -> Result<Verdict, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [article, field, actor, recipient, event, right] = columns[..] else {
            return Err(format!("{} columns where there should be 6", columns.len()));
        };
        let side = |told: &str| -> Result<Option<Range<u32>>, String> {
            if told == "-" {
                return Ok(None);
            }
            let bounds = told.split_once('-').and_then(|(start, end)| Some(start.parse().ok()?..end.parse().ok()?));
            bounds.map(Some).ok_or_else(|| format!("{told:?} is no place such as 12-20"))
        };
        Ok(Verdict {
            article: article.to_owned(),
            field: match field {
                "title" => TextField::Title,
                "text" => TextField::Text,
                _ => return Err(format!("{field:?} is neither title nor text")),
            },
            actor: side(actor)?,
            recipient: side(recipient)?,
            event: EventType::parse(event).ok_or_else(|| format!("{event:?} is no type"))?,
            right: match right {
                "right" => true,
                "wrong" => false,
                _ => return Err(format!("{right:?} is neither right nor wrong")),
            },
        })
    }

    /// Tells whether an act is the one that was judged.
    pub(crate) fn is_on(&self, act: &Act) -> bool {
        Verdict::on(act, self.right).is_some_and(|other| other == *self)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side =
            |side: &Option<Range<u32>>| side.as_ref().map_or("-".to_owned(), |s| format!("{}-{}", s.start, s.end));
        let field = if self.field == TextField::Title { "title" } else { "text" };
        let right = if self.right { "right" } else { "wrong" };
        let (actor, recipient) = (side(&self.actor), side(&self.recipient));
        write!(out, "{}\t{field}\t{actor}\t{recipient}\t{}\t{right}", self.article, self.event.as_str())
    }
}

fn words(party: &Party) -> Range<u32> {
    party.start..party.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_read_as_it_is_written() {
        let lines = "# article, field, actor, recipient, type, verdict\na1\ttext\t4-10\t-\tAID\tright\nb\ttitle\t-\t0-7\tACCUSE\twrong\n";
        let verdicts = Verdict::read(lines).unwrap();
        let written: Vec<String> = verdicts.iter().map(Verdict::to_string).collect();
        assert_eq!(written.join("\n"), lines.trim_end().split_once('\n').unwrap().1);
    }

    #[test]
    fn a_line_that_is_no_verdict_is_named() {
        for (line, fault) in [
            ("a\ttext\t-\t-\tAID", "5 columns where there should be 6"),
            ("a\tbody\t-\t-\tAID\tright", "\"body\" is neither title nor text"),
            ("a\ttext\t4\t-\tAID\tright", "\"4\" is no place such as 12-20"),
            ("a\ttext\t-\t-\tHELP\tright", "\"HELP\" is no type"),
            ("a\ttext\t-\t-\tAID\ty", "\"y\" is neither right nor wrong"),
        ] {
            let error = Verdict::read(&format!("# head\n{line}\n")).unwrap_err();
            assert_eq!(error.to_string(), format!("line 2: {fault}"));
        }
    }
}
