//! `detente score`: precision, recall and F1 against a gold file.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use detente_coder::score::{CodedAct, CodedAffair, Gold, GoldText, Half, Output as Coded, score};
use detente_ledger::Affair;
use detente_text::{Article, Records};

use crate::input::{Complaint, Documents, report_all};
use crate::output::Output;
use crate::{Options, Outcome, ordered, pipeline};

/// Score acts and affairs against a gold file
///
/// A gold file holds one JSON object a line: articles with their `acts` and `affairs`, sentences
/// with the spans of `actor` and `recipient`, or sentences with `source` and `target` codes. `detente review gold` writes
/// one from what was reviewed in a ledger.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The gold file
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// The articles [default: those in GOLD itself, else articles.jsonl beside it]; sentences stand in GOLD itself
    #[arg(value_name = "TEXTS")]
    texts: Option<PathBuf>,
    /// Score these lines of `detente code` and code nothing
    #[arg(long, value_name = "FILE")]
    acts: Option<PathBuf>,
    /// Score only every other record of GOLD, counted from 0
    #[arg(long, value_enum)]
    half: Option<Side>,
    /// Show up to this many errors of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// How figures are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Which records are scored.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Side {
    /// The first, third, fifth...
    Even,
    /// The second, fourth, sixth...
    Odd,
}

/// How figures are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Tables
    Text,
    /// One JSON object, without the errors
    Json,
}

impl Arguments {
    /// The file of the articles.
    fn texts(&self) -> PathBuf {
        self.texts.clone().unwrap_or_else(|| self.gold.with_file_name("articles.jsonl"))
    }
}

/// Codes the texts, unless their acts are given, and scores them.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let gold = file(&arguments.gold)?;
    let mut gold = Gold::read(&gold).with_context(|| arguments.gold.display().to_string())?;
    if let Some(side) = arguments.half {
        gold = gold.half(match side {
            Side::Even => Half::Even,
            Side::Odd => Half::Odd,
        });
    }
    let mut outcome = Outcome::Whole;
    let mut coded = match &arguments.acts {
        Some(path) => Coded::read_lines(&file(path)?).with_context(|| path.display().to_string())?,
        None => code(options, &arguments, &gold, &mut outcome)?,
    };
    if arguments.errors > 0 && matches!(gold, Gold::Articles(_)) {
        match own_texts(&arguments, &gold) {
            Some(texts) => {
                texts.iter().for_each(|own| coded.add_text(own.id, own.title.unwrap_or_default(), own.text));
            }
            None => add_texts(&mut coded, &arguments.texts()),
        }
    }
    let score = score(&gold, &coded);
    let mut output = Output::open();
    match arguments.format {
        Format::Text => output.write(score.summary(arguments.errors).as_bytes()),
        Format::Json => output.write(format!("{}\n", serde_json::to_string_pretty(&score)?).as_bytes()),
    }
    Ok(outcome)
}

/// The texts that the gold file holds, unless others are named.
fn own_texts<'g>(arguments: &Arguments, gold: &'g Gold) -> Option<Vec<GoldText<'g>>> {
    gold.texts().filter(|_| arguments.texts.is_none() || !matches!(gold, Gold::Articles(_)))
}

fn file(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Adds the articles' own words, in which errors are shown; what cannot be read goes without.
fn add_texts(coded: &mut Coded, path: &Path) {
    for line in fs::read_to_string(path).unwrap_or_default().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let field = |name: &str| record[name].as_str().unwrap_or_default();
        coded.add_text(field("id"), field("title"), field("text"));
    }
}

/// An affair as the scorer reads it.
fn as_coded(affair: Affair) -> CodedAffair {
    CodedAffair { kind: affair.kind, parties: affair.parties, state: affair.state, subject: affair.subject }
}

/// Codes the texts of the gold's records, each by itself.
fn code(options: &Options, arguments: &Arguments, gold: &Gold, outcome: &mut Outcome) -> anyhow::Result<Coded> {
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let wanted: HashSet<&str> = gold.ids().into_iter().collect();
    let mut unseen = wanted.clone();
    let mut coded = Coded::new();
    let mut tally = |(result, complaints): Worked| {
        if report_all(&complaints) {
            *outcome = Outcome::Partial;
        }
        let Some((id, acts, affairs)) = result else { return };
        unseen.remove(id.as_str());
        acts.into_iter().for_each(|act| coded.add(act));
        coded.add_affairs(&id, affairs);
    };
    let work = |article: Result<Article, Complaint>| -> Worked {
        match article {
            Err(complaint) => (None, vec![complaint]),
            Ok(article) => {
                let (coded, complaints) = pipeline::code(coder, &article);
                let coded = coded.unwrap_or_default();
                let affairs = detente_ledger::fold(std::slice::from_ref(&coded), coder.lexicon());
                let affairs = detente_ledger::joint(affairs, coder.lexicon());
                let acts = coded.acts.iter().map(CodedAct::from).collect();
                let affairs = affairs.into_iter().map(as_coded).collect();
                (Some((article.id, acts, affairs)), complaints)
            }
        }
    };
    if let Some(texts) = own_texts(arguments, gold) {
        let mut lines = String::new();
        for text in texts {
            lines.push_str(&serde_json::to_string(&text)?);
            lines.push('\n');
        }
        let records = Records::new(lines.as_bytes()).map(|article| article.map_err(Complaint::from));
        ordered::map(options.threads(), records, work, &mut tally);
    } else {
        let path = arguments.texts();
        let Some(path) = path.to_str() else { bail!("{} is no name in UTF-8", path.display()) };
        let articles = Documents::open(vec![path.to_owned()], options).read();
        let articles =
            articles.filter(|article| article.as_ref().map_or(true, |article| wanted.contains(article.id.as_str())));
        ordered::map(options.threads(), articles, work, &mut tally);
    }
    let mut unseen: Vec<&str> = unseen.into_iter().collect();
    unseen.sort_unstable();
    for id in unseen {
        Complaint::fault(format!("{id}: its text is not there"), "name the file that holds the texts of the gold")
            .report();
        *outcome = Outcome::Partial;
    }
    Ok(coded)
}

/// Acts and affairs of one record, and what was wrong with it.
type Worked = (Option<(String, Vec<CodedAct>, Vec<CodedAffair>)>, Vec<Complaint>);
