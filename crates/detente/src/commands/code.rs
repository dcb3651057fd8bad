//! `detente code`: acts, as PLOVER JSON or in another format of event data.

use clap::Args;
use detente_coder::Act;
use detente_export::{Event, Exported, Exporter, Format, LeftOut, Network};
use detente_text::Article;

use super::export::{How, report_left_out, sentence};
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
    how: How,
}

/// Codes article by article; acts come in the order of the input.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let exporter = arguments.how.exporter(coder.lexicon());
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

fn export(exporter: &Exporter<'_>, article: &Article, acts: &[Act]) -> serde_json::Result<Exported> {
    // The usual format needs no more than the act.
    if exporter.format == Format::Plover && exporter.options.text {
        let mut exported = Exported::default();
        exported.bytes = lines(acts)?;
        return Ok(exported);
    }
    let event = |act: &Act| Event::of(act, sentence(article, act));
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
