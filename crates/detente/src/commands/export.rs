//! `detente export`: the acts of a ledger in a format of event data; and how acts are written, for other commands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use detente_coder::{Act, TextField};
use detente_export::{Event, Exporter, LeftOut, Network, StateCodes};
use detente_ledger::Ledger;
use detente_ledger::store::Against;
use detente_lexicon::Lexicon;
use detente_text::{Article, Field, Span};

use super::answer::Selected;
use crate::input::Complaint;
use crate::output::Output;
use crate::sink::Sink;
use crate::{Options, Outcome, pipeline};

/// Write the acts of a ledger as PLOVER, CSV, POLECAT, ICEWS, GDELT or a network of states
///
/// Reports of one act are one act. An act that its own outlet corrected or took back is left out, unless --all is given.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The ledger
    #[arg(value_name = "LEDGER")]
    ledger: PathBuf,
    #[command(flatten)]
    selected: Selected,
    #[command(flatten)]
    how: How,
}

/// Writes act by act, in order of time.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open(&arguments.ledger)?;
    let lexicon = pipeline::lexicon(options.lexicon.as_deref())?;
    let select = arguments.selected.select(&ledger, &lexicon)?;
    let exporter = arguments.how.exporter(&lexicon);
    let mut sink = Sink::new(Output::open(), arguments.how.is_parquet())?;
    let mut network = Network::default();
    let mut left_out = LeftOut::default();
    let mut failed = None;
    // The articles are read from a connection of their own, while the acts come in.
    let texts = Ledger::open(&arguments.ledger)?;
    sink.text(&exporter.head());
    ledger.acts(&select, |stored| {
        if failed.is_some() {
            return;
        }
        if !exporter.options.all && stored.against.iter().any(|(_, how)| *how != Against::Denied) {
            left_out.taken_back += 1;
            return;
        }
        let mut outlets: Vec<_> = stored.reports.iter().map(|report| &report.article.source).collect();
        outlets.push(&stored.article.source);
        outlets.sort_unstable();
        outlets.dedup();
        if sink.takes_acts() {
            failed = sink.acts(std::slice::from_ref(&stored.act)).err();
            return;
        }
        let event = texts.text(&stored.article.uid).map_err(anyhow::Error::from).and_then(|article| {
            let words = article.as_ref().and_then(|article| sentence(article, &stored.act));
            Ok(Event::of(&stored.act, words)?.reported(1 + stored.reports.len(), outlets.len()))
        });
        match event {
            Ok(event) => {
                let exported = exporter.export(std::slice::from_ref(&event));
                sink.text(&exported.bytes);
                network.add(&exported);
                left_out.add(exported.left_out);
            }
            Err(error) => failed = Some(error),
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    sink.text(&exporter.tail(&network));
    sink.finish()?;
    report_left_out(&exporter, left_out);
    Ok(Outcome::Whole)
}

/// How acts are written.
#[derive(Debug, Args)]
pub struct How {
    /// How acts are written
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Codes of states in CSV and networks
    #[arg(long, value_enum, default_value_t = Codes::Iso)]
    codes: Codes,
    /// Also write acts that did not take place, and history, in formats that cannot say so (POLECAT, ICEWS, GDELT and networks)
    #[arg(long)]
    all: bool,
    /// Leave out the words of the articles: spans, links and hashes stay
    #[arg(long)]
    no_text: bool,
}

/// How acts are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// PLOVER JSON, one act a line
    #[value(alias = "plover")]
    Jsonl,
    /// A table, one row for each directed pair
    Csv,
    /// POLECAT, 40 columns
    Polecat,
    /// ICEWS, 20 columns
    Icews,
    /// GDELT 2 events, 61 columns
    Gdelt,
    /// A network of states, for Gephi
    Gexf,
    /// A network of states, for igraph and others
    Graphml,
    /// Parquet, one row an act
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Codes of states.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Codes {
    /// ISO 3166-1 alpha-3
    Iso,
    /// Correlates of War
    Cow,
    /// Gleditsch-Ward
    Gw,
}

impl How {
    /// The format as the user names it.
    pub fn name(&self) -> String {
        self.format.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Whether acts are written as columns of Parquet.
    pub fn is_parquet(&self) -> bool {
        #[cfg(feature = "parquet")]
        return matches!(self.format, Format::Parquet);
        #[cfg(not(feature = "parquet"))]
        false
    }

    /// An exporter with a lexicon.
    pub fn exporter<'l>(&self, lexicon: &'l Lexicon) -> Exporter<'l> {
        let format = match self.format {
            Format::Jsonl => detente_export::Format::Plover,
            Format::Csv => detente_export::Format::Csv,
            Format::Polecat => detente_export::Format::Polecat,
            Format::Icews => detente_export::Format::Icews,
            Format::Gdelt => detente_export::Format::Gdelt,
            Format::Gexf => detente_export::Format::Gexf,
            Format::Graphml => detente_export::Format::GraphMl,
            // Its rows hold the act as PLOVER JSON.
            #[cfg(feature = "parquet")]
            Format::Parquet => detente_export::Format::Plover,
        };
        let codes = match self.codes {
            Codes::Iso => StateCodes::Iso,
            Codes::Cow => StateCodes::Cow,
            Codes::Gw => StateCodes::Gw,
        };
        let options = detente_export::Options { codes, all: self.all, text: !self.no_text };
        Exporter::new(format, options, lexicon)
    }
}

/// Says what a format could not hold.
pub fn report_left_out(exporter: &Exporter<'_>, left_out: LeftOut) {
    if left_out.count() > 0 {
        let acts = if left_out.count() == 1 { "act" } else { "acts" };
        let message = format!("{} {acts} left out of {}: {left_out}", left_out.count(), exporter.format);
        Complaint::note(message).report();
    }
}

/// The sentence that tells an act.
pub fn sentence<'a>(article: &'a Article, act: &Act) -> Option<&'a str> {
    let field = match act.text_info.field {
        TextField::Title => Field::Title,
        TextField::Text => Field::Text,
    };
    article.words(field, Span { start: act.text_info.start as usize, end: act.text_info.end as usize })
}
