//! `detente code`: acts, as PLOVER JSON or in another format of event data.

use clap::{Args, ValueEnum};
use detente_coder::{Act, TextField};
use detente_export::{Event, Exported, Exporter, Format as ExportFormat, LeftOut, Network, StateCodes};
use detente_text::{Article, Field, Span};

use crate::input::{Complaint, Documents, Unread, report_all};
use crate::output::Output;
use crate::{Options, Outcome, ordered, pipeline};

/// Code the acts of articles and write them, one a line
#[derive(Debug, Args)]
pub struct Arguments {
    /// Articles: files or folders of text, HTML, JSONL, CSV, feeds, WARC, also packed by gzip or zstd; - for
    /// standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    #[command(flatten)]
    export: ExportArguments,
}

/// How acts are written.
#[derive(Debug, Args)]
pub struct ExportArguments {
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

impl ExportArguments {
    /// The format.
    pub fn format(&self) -> ExportFormat {
        match self.format {
            Format::Jsonl => ExportFormat::Plover,
            Format::Csv => ExportFormat::Csv,
            Format::Polecat => ExportFormat::Polecat,
            Format::Icews => ExportFormat::Icews,
            Format::Gdelt => ExportFormat::Gdelt,
            Format::Gexf => ExportFormat::Gexf,
            Format::Graphml => ExportFormat::GraphMl,
        }
    }

    /// The exporter's options.
    pub fn options(&self) -> detente_export::Options {
        let codes = match self.codes {
            Codes::Iso => StateCodes::Iso,
            Codes::Cow => StateCodes::Cow,
            Codes::Gw => StateCodes::Gw,
        };
        detente_export::Options { codes, all: self.all, text: !self.no_text }
    }
}

/// Codes article by article; acts come in the order of the input.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let exporter = Exporter::new(arguments.export.format(), arguments.export.options(), coder.lexicon());
    let mut output = Output::open();
    let mut outcome = Outcome::Whole;
    let mut network = Network::default();
    let mut left_out = LeftOut::default();
    output.write(&exporter.head());
    ordered::map(
        options.threads(),
        Documents::open(arguments.files, options),
        |unread| match unread.and_then(Unread::read) {
            Ok(article) => {
                let (coded, complaints) = pipeline::code(&coder, &article);
                (coded.map(|coded| export(&exporter, &article, &coded.acts)).transpose(), complaints)
            }
            Err(complaint) => (Ok(None), vec![complaint]),
        },
        |(exported, complaints)| {
            if report_all(&complaints) {
                outcome = Outcome::Partial;
            }
            match exported {
                Ok(Some(exported)) => {
                    output.write(&exported.bytes);
                    network.add(&exported);
                    left_out.add(exported.left_out);
                }
                Ok(None) => {}
                Err(error) => {
                    Complaint::fault(format!("an act cannot be written: {error}"), "this is a bug of detente").report();
                    outcome = Outcome::Partial;
                }
            }
        },
    );
    output.write(&exporter.tail(&network));
    report_left_out(&exporter, left_out);
    Ok(outcome)
}

/// Says what a format could not hold.
pub fn report_left_out(exporter: &Exporter<'_>, left_out: LeftOut) {
    if left_out.count() > 0 {
        let acts = if left_out.count() == 1 { "act" } else { "acts" };
        let message = format!("{} {acts} left out of {}: {left_out}", left_out.count(), exporter.format);
        Complaint::note(message).report();
    }
}

fn export(exporter: &Exporter<'_>, article: &Article, acts: &[Act]) -> serde_json::Result<Exported> {
    // The usual format needs no more than the act.
    if exporter.format == ExportFormat::Plover && exporter.options.text {
        let mut exported = Exported::default();
        exported.bytes = lines(acts)?;
        return Ok(exported);
    }
    let event = |act: &Act| {
        let field = match act.text_info.field {
            TextField::Title => Field::Title,
            TextField::Text => Field::Text,
        };
        let span = Span { start: act.text_info.start as usize, end: act.text_info.end as usize };
        Event::of(act, article.words(field, span))
    };
    let events: Vec<Event> = acts.iter().map(event).collect::<serde_json::Result<_>>()?;
    Ok(exporter.export(&events))
}

fn lines(acts: &[Act]) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for act in acts {
        serde_json::to_writer(&mut bytes, act)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
