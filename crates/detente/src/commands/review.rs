//! `detente review`: people judge what was coded.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use detente_coder::{Epoch, Factuality, TextField};
use detente_ledger::Ledger;
use detente_ledger::ask::who;
use detente_ledger::review::{
    Changes, Confidence, Judgement, JudgementSelect, Judgements, NewJudgement, QueueSelect, Side, Verdict,
};
use detente_ledger::store::Error;
use detente_lexicon::Lexicon;
use jiff::Timestamp;
use jiff::civil::Date;

use super::answer::Asked;
use crate::feeding::number;
use crate::output::Output;
use crate::{Options, Outcome, pipeline};

/// Judge acts: what to judge, saying so, taking it back, how far two agree, a gold file of it
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Queue(QueueArguments),
    Judge(JudgeArguments),
    Undo(UndoArguments),
    List(ListArguments),
    Agreement(AgreementArguments),
    Gold(GoldArguments),
    Import(ImportArguments),
}

/// Show acts that a reviewer has not judged, the least certain first; or passages to be coded blind
#[derive(Debug, Args)]
struct QueueArguments {
    #[command(flatten)]
    asked: Asked,
    /// One or two states or organisations, by code, name or adjective
    #[arg(value_name = "WHO", num_args = 0..=2)]
    who: Vec<String>,
    /// Who judges
    #[arg(long, value_name = "NAME")]
    reviewer: String,
    /// Show passages without anybody's answer: the same for every reviewer, drawn by chance from articles of such acts
    #[arg(long)]
    blind: bool,
    /// Only acts of this type; may be given again
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Only acts that an outlet reports
    #[arg(long, value_name = "OUTLET")]
    source: Option<String>,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Up to this day
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Only acts that took place so far; may be given again
    #[arg(long, value_name = "FACTUALITY", value_parser = factuality)]
    factuality: Vec<Factuality>,
    /// Only acts of which the coder was so sure, for instance 0.2..0.6
    #[arg(long, value_name = "FROM..TO", value_parser = confidence)]
    confidence: Option<Confidence>,
    /// Show so many
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Pass over so many
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
}

/// Say whether an act is right, or what is
///
/// `accept`, `reject` and `correct` judge an ACT, `missed` adds an act that the coder did not find. What a correction does
/// not name stays as it is.
#[derive(Debug, Args)]
struct JudgeArguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// What is said
    #[arg(value_enum, value_name = "VERDICT")]
    verdict: Said,
    /// The act that is judged, by its id
    #[arg(value_name = "ACT", required_if_eq_any([("verdict", "accept"), ("verdict", "reject"), ("verdict", "correct")]))]
    act: Option<String>,
    /// Who judges
    #[arg(long, value_name = "NAME")]
    reviewer: String,
    /// The article of a missed act, by its uid
    #[arg(long, value_name = "UID", required_if_eq("verdict", "missed"))]
    article: Option<String>,
    /// The field that holds the words of a missed act
    #[arg(long, value_name = "FIELD", default_value = "text", value_parser = field)]
    field: TextField,
    /// PLOVER type
    #[arg(long = "type", value_name = "TYPE")]
    event: Option<String>,
    /// Type of what is agreed, promised, asked for or refused; empty: none
    #[arg(long, value_name = "TYPE")]
    about: Option<String>,
    /// Mode; may be given again, empty: none
    #[arg(long, value_name = "MODE")]
    mode: Vec<String>,
    /// Who acts, by code; may be given again
    #[arg(long, value_name = "CODE")]
    actor: Vec<String>,
    /// Who is acted upon, by code; may be given again, empty: nobody
    #[arg(long, value_name = "CODE")]
    recipient: Vec<String>,
    /// How far it took place
    #[arg(long, value_name = "FACTUALITY", value_parser = factuality)]
    factuality: Option<Factuality>,
    /// News or history
    #[arg(long, value_name = "EPOCH", value_parser = epoch)]
    epoch: Option<Epoch>,
    /// When: 2024-05-01, 2024-05, 2024 or unknown
    #[arg(long, value_name = "DATE")]
    day: Option<String>,
    /// The characters that show it, from 0, the last not included: 120..164
    #[arg(long, value_name = "START..END", value_parser = span, required_if_eq("verdict", "missed"))]
    span: Option<(u32, u32)>,
    /// What it is about; empty: nothing
    #[arg(long, value_name = "WORDS")]
    subject: Option<String>,
    /// A remark
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
}

/// What may be said of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Said {
    /// It is right as it is shown
    Accept,
    /// There is no such act
    Reject,
    /// There is an act, but not as it is shown
    Correct,
    /// There is an act that the coder did not find
    Missed,
}

/// Take a judgement back
#[derive(Debug, Args)]
struct UndoArguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// The judgement, by its id or the beginning of it
    #[arg(value_name = "JUDGEMENT")]
    judgement: String,
    /// Who takes it back
    #[arg(long, value_name = "NAME")]
    reviewer: String,
}

/// List judgements, the newest first
#[derive(Debug, Args)]
struct ListArguments {
    #[command(flatten)]
    asked: Asked,
    /// Only those of a reviewer
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Only those of an act, by its id
    #[arg(long, value_name = "ACT")]
    act: Option<String>,
    /// Only those that find their act no more
    #[arg(long)]
    astray: bool,
}

/// Tell how far two reviewers agree: raw agreement, Cohen's kappa, Krippendorff's alpha, by field and type
#[derive(Debug, Args)]
struct AgreementArguments {
    #[command(flatten)]
    asked: Asked,
    /// The one
    #[arg(value_name = "NAME")]
    one: String,
    /// The other
    #[arg(value_name = "NAME")]
    other: String,
    /// Write the labels themselves, one row for each act and field, for figures of your own
    #[arg(long)]
    labels: bool,
}

/// Write judgements as a gold file that `detente score` reads
#[derive(Debug, Args)]
struct GoldArguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// Only the judgements of one reviewer
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
}

/// Add judgements from JSON: what `list --format json` wrote of another copy of the ledger, or new ones, one after the other
#[derive(Debug, Args)]
struct ImportArguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Does one of these.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let lexicon = pipeline::lexicon(options.lexicon.as_deref())?;
    match arguments.action {
        Action::Queue(arguments) => queue(&lexicon, &arguments),
        Action::Judge(arguments) => judge(&lexicon, arguments),
        Action::Undo(arguments) => undo(&lexicon, &arguments),
        Action::List(arguments) => list(&lexicon, arguments),
        Action::Agreement(arguments) => agreement(&lexicon, &arguments),
        Action::Gold(arguments) => gold(&lexicon, &arguments),
        Action::Import(arguments) => import(&lexicon, &arguments),
    }
}

/// What an addition that was cut short left to be computed is computed first.
fn settled(mut ledger: Ledger, lexicon: &Lexicon) -> anyhow::Result<Ledger> {
    if ledger.is_writable() && !ledger.is_settled()? {
        ledger.settle(lexicon)?;
    }
    Ok(ledger)
}

fn queue(lexicon: &Lexicon, arguments: &QueueArguments) -> anyhow::Result<Outcome> {
    let ledger = settled(arguments.asked.open()?, lexicon)?;
    let select = QueueSelect {
        who: who(&arguments.who, lexicon, &ledger)?,
        types: arguments.types.iter().map(|event| event.to_uppercase()).collect(),
        source: arguments.source.clone(),
        from: arguments.from,
        until: arguments.until,
        factuality: arguments.factuality.clone(),
        confidence: arguments.confidence.unwrap_or_default(),
        offset: arguments.offset,
        limit: arguments.limit,
    };
    if arguments.blind {
        let queue = ledger.blind_queue(&arguments.reviewer, &select)?;
        return arguments.asked.answer(&queue, || queue.table(), || queue.text());
    }
    let queue = ledger.queue(&arguments.reviewer, &select)?;
    arguments.asked.answer(&queue, || queue.table(), || queue.text())
}

fn judge(lexicon: &Lexicon, arguments: JudgeArguments) -> anyhow::Result<Outcome> {
    let mut ledger = settled(Ledger::open(&arguments.ledger)?, lexicon)?;
    let given = |words: Vec<String>| -> Option<Vec<String>> {
        let some = !words.is_empty();
        some.then(|| words.into_iter().filter(|word| !word.is_empty()).collect())
    };
    let sides = |codes| given(codes).map(|codes| codes.iter().map(|code| Side::from(code.as_str())).collect());
    let new = NewJudgement {
        reviewer: arguments.reviewer,
        verdict: match arguments.verdict {
            Said::Accept => Verdict::Accept,
            Said::Reject => Verdict::Reject,
            Said::Correct => Verdict::Correct,
            Said::Missed => Verdict::Missed,
        },
        act: arguments.act,
        article: arguments.article,
        field: Some(arguments.field),
        fields: Changes {
            event: arguments.event.map(|event| event.to_uppercase()),
            about: arguments.about.map(|about| about.to_uppercase()),
            mode: given(arguments.mode),
            actor: sides(arguments.actor),
            recipient: sides(arguments.recipient),
            factuality: arguments.factuality,
            epoch: arguments.epoch,
            date: arguments.day,
            start: arguments.span.map(|(start, _)| start),
            end: arguments.span.map(|(_, end)| end),
            subject: arguments.subject,
        },
        note: arguments.note,
        ..NewJudgement::default()
    };
    let judgement = ledger.judge(&new, Timestamp::now(), lexicon)?;
    ledger.settle(lexicon)?;
    tell(&ledger, &judgement.id)
}

fn undo(lexicon: &Lexicon, arguments: &UndoArguments) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::open(&arguments.ledger)?;
    let undo = ledger.undo(&arguments.judgement, &arguments.reviewer, Timestamp::now())?;
    ledger.settle(lexicon)?;
    tell(&ledger, &undo.id)
}

/// Writes what was said, as `list` does.
fn tell(ledger: &Ledger, id: &str) -> anyhow::Result<Outcome> {
    let mut all = ledger.judgements(&JudgementSelect::default())?;
    all.items.retain(|judged| judged.judgement.id == id);
    Output::open().write(all.text().as_bytes());
    Ok(Outcome::Whole)
}

fn list(lexicon: &Lexicon, arguments: ListArguments) -> anyhow::Result<Outcome> {
    let ledger = settled(arguments.asked.open()?, lexicon)?;
    let select = JudgementSelect {
        reviewer: arguments.reviewer,
        act: arguments.act,
        article: None,
        only_astray: arguments.astray,
    };
    let judgements: Judgements = ledger.judgements(&select)?;
    arguments.asked.answer(&judgements, || judgements.table(), || judgements.text())
}

fn agreement(lexicon: &Lexicon, arguments: &AgreementArguments) -> anyhow::Result<Outcome> {
    let ledger = settled(arguments.asked.open()?, lexicon)?;
    let agreement = ledger.agreement(&arguments.one, &arguments.other)?;
    match arguments.labels {
        true => arguments.asked.answer(&agreement.units, || agreement.labels(), || agreement.labels().text()),
        false => arguments.asked.answer(&agreement, || agreement.table(), || agreement.text()),
    }
}

fn gold(lexicon: &Lexicon, arguments: &GoldArguments) -> anyhow::Result<Outcome> {
    let ledger = settled(Ledger::open(&arguments.ledger)?, lexicon)?;
    let mut output = Output::open();
    for article in ledger.gold(arguments.reviewer.as_deref())? {
        let mut line = serde_json::to_vec(&article)?;
        line.push(b'\n');
        output.write(&line);
    }
    Ok(Outcome::Whole)
}

fn import(lexicon: &Lexicon, arguments: &ImportArguments) -> anyhow::Result<Outcome> {
    let name = arguments.file.display();
    let text = fs::read_to_string(&arguments.file).with_context(|| format!("{name} cannot be read"))?;
    let mut ledger = settled(Ledger::open(&arguments.ledger)?, lexicon)?;
    let mut new: Vec<NewJudgement> = Vec::new();
    let mut whole: Vec<Judgement> = Vec::new();
    let wrong = |error| Error::Judgement(format!("{name}: is no list of judgements: {error}"));
    for value in serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>() {
        let mut value = value.map_err(wrong)?;
        let items = match value.get_mut("items").map(serde_json::Value::take) {
            Some(serde_json::Value::Array(items)) => items,
            _ => vec![value],
        };
        for item in items {
            match item.get("id") {
                Some(_) => whole.push(serde_json::from_value(item).map_err(wrong)?),
                None => new.push(serde_json::from_value(item).map_err(wrong)?),
            }
        }
    }
    let mut count = ledger.add_judgements(&whole)?;
    let mut at = Timestamp::now();
    for (place, judgement) in new.iter().enumerate() {
        ledger.judge(judgement, at, lexicon).with_context(|| format!("{name}: new judgement {}", place + 1))?;
        // The later of two stands after the earlier.
        at += jiff::SignedDuration::from_micros(1);
        count += 1;
    }
    ledger.settle(lexicon)?;
    Output::open().write(format!("{} added\n", number(count, "judgement")).as_bytes());
    Ok(Outcome::Whole)
}

fn factuality(word: &str) -> Result<Factuality, String> {
    Factuality::parse(word).ok_or_else(|| one_of(Factuality::ALL.iter().map(|word| word.as_str())))
}

fn epoch(word: &str) -> Result<Epoch, String> {
    Epoch::parse(word).ok_or_else(|| one_of(Epoch::ALL.iter().map(|word| word.as_str())))
}

fn field(word: &str) -> Result<TextField, String> {
    TextField::parse(word).ok_or_else(|| one_of(TextField::ALL.iter().map(|word| word.as_str())))
}

fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    format!("write one of {}", words.collect::<Vec<_>>().join(", "))
}

fn confidence(words: &str) -> Result<Confidence, String> {
    let range = words.split_once("..").and_then(|(from, to)| {
        let from: f64 = if from.is_empty() { 0.0 } else { from.parse().ok()? };
        let to: f64 = if to.is_empty() { 1.0 } else { to.parse().ok()? };
        (0.0 <= from && from <= to && to <= 1.0).then_some(Confidence { from, to })
    });
    range.ok_or_else(|| "write two figures from 0 to 1: 0.2..0.6, ..0.6 or 0.2..".to_owned())
}

fn span(words: &str) -> Result<(u32, u32), String> {
    let span = words.split_once("..").and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    span.ok_or_else(|| "write the first character and the one after the last: 120..164".to_owned())
}
