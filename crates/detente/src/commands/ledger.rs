//! `detente ledger`: what a ledger computed, and doing it again.

use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use detente_ledger::Ledger;
use detente_ledger::ask::{Merges, Recoding};
use detente_ledger::store::{Intake, Recoded};

use super::answer::Asked;
use crate::feeding::{number, spinner};
use crate::output::Output;
use crate::{Options, Outcome, ordered, pipeline};

/// Articles that are coded anew in one transaction.
const BATCH: usize = 256;

/// Look after a ledger: what was merged, take that back, rebuild, check
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show which reports were taken for one act, and why
    Merges {
        #[command(flatten)]
        asked: Asked,
    },
    /// Say that an act is no report of another one; this outlasts a rebuild
    Split {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// The id of the act
        #[arg(value_name = "ACT")]
        act: String,
        /// Take an earlier split back
        #[arg(long)]
        undo: bool,
    },
    /// Fold all anew from the acts; code the articles anew where version, lexicon or model changed
    Rebuild {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
    },
    /// Write the acts that a vintage coded as PLOVER JSON, one a line; `detente status` numbers the vintages
    Acts {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// The number of the vintage
        #[arg(long, value_name = "N")]
        vintage: i64,
    },
    /// Tell which acts are coded otherwise than an earlier vintage coded them
    Changes {
        #[command(flatten)]
        asked: Asked,
        /// The number of the vintage
        #[arg(long, value_name = "N")]
        vintage: i64,
    },
    /// Check that the file is whole
    Check {
        /// The ledger
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
    },
}

/// Does one of these.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.action {
        Action::Merges { asked } => merges(options, &asked),
        Action::Split { ledger, act, undo } => split(options, &mut Ledger::open(&ledger)?, &act, undo),
        Action::Rebuild { ledger } => rebuild(options, &mut Ledger::open(&ledger)?),
        Action::Acts { ledger, vintage } => acts(&Ledger::open(&ledger)?, vintage),
        Action::Changes { asked, vintage } => {
            let recoding = Recoding::since(&asked.open()?, vintage)?;
            asked.answer(&recoding, || recoding.table(), || recoding.text())
        }
        Action::Check { ledger } => check(&Ledger::open(&ledger)?),
    }
}

fn merges(options: &Options, asked: &Asked) -> anyhow::Result<Outcome> {
    let mut ledger = asked.open()?;
    if ledger.is_writable() && !ledger.is_settled()? {
        ledger.settle(&pipeline::lexicon(options.lexicon.as_deref())?)?;
    }
    let merges = Merges::of(&ledger)?;
    asked.answer(&merges, || merges.table(), || merges.text())
}

fn split(options: &Options, ledger: &mut Ledger, act: &str, undo: bool) -> anyhow::Result<Outcome> {
    ledger.split(act, !undo)?;
    ledger.settle(&pipeline::lexicon(options.lexicon.as_deref())?)?;
    Ok(Outcome::Whole)
}

fn rebuild(options: &Options, ledger: &mut Ledger) -> anyhow::Result<Outcome> {
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let vintage = pipeline::vintage(coder.lexicon());
    let intake = Intake::new(coder.lexicon(), vintage.clone());
    let bar = spinner();
    let all = ledger.outdated_count(&vintage)?;
    let mut recoded = Recoded::default();
    loop {
        let outdated = ledger.outdated(&vintage, BATCH)?;
        if outdated.is_empty() {
            break;
        }
        let mut batch = Vec::new();
        let mut failed = None;
        ordered::map(
            options.threads(),
            outdated.into_iter(),
            |outdated| {
                let coded = pipeline::acts(coder, &outdated.article, &outdated.article.id);
                (outdated, coded)
            },
            |(outdated, coded)| match coded {
                Ok(coded) => batch.push((outdated, coded)),
                Err(complaint) => failed = Some(complaint),
            },
        );
        if let Some(complaint) = failed {
            bar.suspend(|| complaint.report());
            anyhow::bail!("the rebuild stopped; what was coded anew is kept, the rest is as it was");
        }
        recoded += ledger.recode(&intake, &batch)?;
        bar.set_message(format!("{} of {all} articles coded anew", recoded.articles));
        bar.tick();
    }
    bar.set_message("computing affairs");
    let settled = ledger.refold(&intake)?;
    bar.finish_and_clear();
    let mut page = match recoded.articles {
        0 => "version, lexicon and model are those that coded the articles: nothing was coded anew\n".to_owned(),
        count => format!(
            "{} coded anew: {} the same, {} coded otherwise, {} gone, {} new\n",
            number(count, "article"),
            number(recoded.same, "act"),
            recoded.changed,
            recoded.gone,
            recoded.new
        ),
    };
    if recoded.articles > 0 {
        page.push_str(
            "`detente ledger changes LEDGER --vintage N` tells which; `detente status` numbers the vintages\n",
        );
    }
    let _ = writeln!(page, "{} computed", number(settled.affairs, "affair"));
    Output::open().write(page.as_bytes());
    Ok(Outcome::Whole)
}

fn acts(ledger: &Ledger, vintage: i64) -> anyhow::Result<Outcome> {
    let mut output = Output::open();
    let mut failed = None;
    ledger.acts_of_vintage(vintage, |act| match serde_json::to_vec(&act) {
        Ok(mut bytes) => {
            bytes.push(b'\n');
            output.write(&bytes);
        }
        Err(error) => failed = Some(error),
    })?;
    failed.map_or(Ok(Outcome::Whole), |error| Err(error.into()))
}

fn check(ledger: &Ledger) -> anyhow::Result<Outcome> {
    let wrong = ledger.check()?;
    let page = if wrong.is_empty() { "whole\n".to_owned() } else { wrong.join("\n") + "\n" };
    Output::open().write(page.as_bytes());
    Ok(if wrong.is_empty() { Outcome::Whole } else { Outcome::Partial })
}
