//! `detente code`: acts, one a line.

use clap::{Args, ValueEnum};
use detente_coder::Act;

use crate::input::{Complaint, Documents, Unread, report_all};
use crate::output::Output;
use crate::{Options, Outcome, ordered, pipeline};

/// Code the acts of articles, one JSON object a line
#[derive(Debug, Args)]
pub struct Arguments {
    /// Articles: files or folders of text, HTML, JSONL, CSV, feeds, WARC, also packed by gzip or zstd; - for
    /// standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    /// How acts are written
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

/// How acts are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// PLOVER JSON, one act a line
    Jsonl,
}

/// Codes article by article; acts come in the order of the input.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let mut output = Output::open();
    let mut outcome = Outcome::Whole;
    let write = match arguments.format {
        Format::Jsonl => lines,
    };
    ordered::map(
        options.threads(),
        Documents::open(arguments.files, options),
        |unread| match unread.and_then(Unread::read) {
            Ok(article) => {
                let (coded, complaints) = pipeline::code(&coder, &article);
                (coded.map(|coded| write(&coded.acts)).transpose(), complaints)
            }
            Err(complaint) => (Ok(None), vec![complaint]),
        },
        |(bytes, complaints)| {
            if report_all(&complaints) {
                outcome = Outcome::Partial;
            }
            match bytes {
                Ok(Some(bytes)) => output.write(&bytes),
                Ok(None) => {}
                Err(error) => {
                    Complaint::fault(format!("an act cannot be written: {error}"), "this is a bug of detente").report();
                    outcome = Outcome::Partial;
                }
            }
        },
    );
    Ok(outcome)
}

fn lines(acts: &[Act]) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for act in acts {
        serde_json::to_writer(&mut bytes, act)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
