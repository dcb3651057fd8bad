//! How far an act is to be trusted: a linear model, trained on acts that were judged right or wrong.

use std::{collections::HashMap, ops::Range};

use detente_text::Article;

use crate::{
    act::{Act, Party, TextField},
    coder::Coder,
    learned::Learned,
    linear::{Lesson, Linear},
    ontology::EventType,
};

/// How often all lessons are gone through.
const EPOCHS: usize = 6;
/// What of a weight is lost with each lesson: judged acts are few.
const DECAY: f32 = 5e-3;
/// Marked sentences are coded by models that have learned from all the others: into so many parts they are cut.
const PARTS: usize = 4;
/// How much an act of a marked sentence counts beside one of the news.
const OF_SAMPLES: f32 = 0.25;

/// Whether acts are weighed when they are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighing {
    /// They are not: what finds them must be sure.
    Off,
    /// More is found, and what is unlikely left out.
    On,
    /// More is found, and all is kept, for somebody to judge.
    Open,
}

impl Weighing {
    /// On, where there is a model to weigh by.
    pub fn of(trust: &Trust) -> Weighing {
        if trust.is_empty() { Weighing::Off } else { Weighing::On }
    }

    /// Tells whether more is found than is kept.
    pub fn is_on(self) -> bool {
        self != Weighing::Off
    }
}

/// Hashed features of an act: what speaks for it, and against it.
pub type Ground = Vec<u32>;

/// A model of how likely an act is right, from what speaks for it and against it.
#[derive(Clone, Debug, Default)]
pub struct Trust(Linear<2>);

/// An act of which it is known whether it is right.
#[derive(Clone, Debug)]
pub struct Judged {
    ground: Ground,
    right: bool,
    importance: f32,
    /// Where it stands: acts of one text are alike.
    pub text: String,
}

impl Judged {
    /// What speaks for it, and against it.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// Tells whether it is right.
    pub fn is_right(&self) -> bool {
        self.right
    }
}

/// What somebody said of an act that the coder read off an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The article.
    pub article: String,
    /// Title or text.
    pub field: TextField,
    /// The actor's first words, in characters; nothing where there is no actor.
    pub actor: Option<Range<u32>>,
    /// The recipient's first words.
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
            recipient: act.recipient.first().map(words),
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

    fn is_on(&self, act: &Act) -> bool {
        Verdict::on(act, self.right).is_some_and(|other| other == *self)
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

impl Trust {
    /// Tells whether there is no model.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The probability that an act is right; nothing where there is no model.
    pub fn of(&self, ground: &[u32]) -> Option<f32> {
        (!self.is_empty()).then(|| self.0.probabilities(ground)[1])
    }

    /// Trains on judged acts. The same acts in the same order give the same model.
    pub fn train<'j>(judged: impl IntoIterator<Item = &'j Judged>) -> Trust {
        let lesson =
            |j: &Judged| Lesson { features: j.ground.clone(), class: usize::from(j.right), importance: j.importance };
        Trust(Linear::fit_weakly(judged.into_iter().map(lesson).collect(), EPOCHS, DECAY))
    }

    /// Writes the model for [`Trust::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Reads what [`Trust::to_bytes`] wrote; too few bytes are no model.
    pub fn from_bytes(bytes: &[u8]) -> Trust {
        Trust(Linear::from_bytes(bytes))
    }
}

/// The acts of an article on which there is a verdict.
pub fn judged_acts(coder: &Coder, article: &Article, verdicts: &HashMap<&str, Vec<&Verdict>>) -> Vec<Judged> {
    let Some(verdicts) = verdicts.get(article.id.as_str()) else { return Vec::new() };
    let mut found = Vec::new();
    for (act, ground) in coder.candidates(article) {
        if let Some(verdict) = verdicts.iter().find(|verdict| verdict.is_on(&act)) {
            found.push(Judged { ground, right: verdict.right, importance: 1.0, text: article.id.clone() });
        }
    }
    found
}

/// The acts of the lexicon's marked sentences between the two that are marked. What codes a sentence has not learned from it.
pub fn acts_of_samples(
    made: impl Fn(detente_lexicon::Lexicon) -> Coder,
    lexicon: &detente_lexicon::Lexicon,
) -> Vec<Judged> {
    let mut found = Vec::new();
    for part in 0..PARTS {
        let mut others = lexicon.clone();
        let mut number = 0;
        others.samples.retain(|_| {
            number += 1;
            number % PARTS != part
        });
        let learned = Learned::train(&made(others));
        let coder = made(lexicon.clone()).with_learned(learned);
        for (number, sample) in lexicon.samples.iter().enumerate().filter(|(number, _)| (number + 1) % PARTS == part) {
            let Ok(article) = detente_text::read_article(sample.text.as_bytes(), detente_text::Format::Text, "sample")
            else {
                continue;
            };
            let characters = |byte: usize| sample.text[..byte].chars().count() as u32;
            let place = |bytes: &Range<usize>| characters(bytes.start)..characters(bytes.end);
            let (actor, recipient) = (place(&sample.actor), place(&sample.recipient));
            let over = |party: &Party, side: &Range<u32>| party.start < side.end && side.start < party.end;
            for (act, ground) in coder.candidates(&article) {
                let acts = act.actor.iter().any(|party| over(party, &actor));
                let undergoes = act.recipient.iter().any(|party| over(party, &recipient))
                    || act.recipient.is_empty()
                        && act.actor.len() > 1
                        && act.actor.iter().any(|party| over(party, &recipient));
                if acts && undergoes && act.content_of.is_none() {
                    let right = act.event.iter().chain(&act.about).any(|event| *event == sample.kind);
                    found.push(Judged { ground, right, importance: OF_SAMPLES, text: format!("sample {number}") });
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(ground: &[u32], right: bool) -> Judged {
        Judged { ground: ground.to_vec(), right, importance: 1.0, text: "a".to_owned() }
    }

    fn lessons() -> Vec<Judged> {
        (0..60).map(|number| judged(&[1, 2 + number % 2], number % 2 == 0)).collect()
    }

    #[test]
    fn what_was_judged_right_is_trusted_more() {
        let trust = Trust::train(&lessons());
        let (right, wrong) = (trust.of(&[1, 2]).unwrap(), trust.of(&[1, 3]).unwrap());
        assert!(right > 0.6 && wrong < 0.4, "{right} {wrong}");
    }

    #[test]
    fn a_model_comes_back_as_it_was_written_and_is_the_same_each_time() {
        let trust = Trust::train(&lessons());
        assert_eq!(Trust::from_bytes(&trust.to_bytes()).to_bytes(), trust.to_bytes());
        assert_eq!(Trust::train(&lessons()).to_bytes(), trust.to_bytes());
    }

    #[test]
    fn without_a_model_nothing_is_weighed() {
        let none = Trust::from_bytes(&[]);
        assert_eq!(none.of(&[1]), None);
        assert_eq!(Weighing::of(&none), Weighing::Off);
        assert_eq!(Weighing::of(&Trust::train(&lessons())), Weighing::On);
    }

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
