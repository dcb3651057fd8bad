//! `detente brief`: where each relation stands.

use std::io::{IsTerminal, stdout};

use clap::{Args, ValueEnum};
use detente_ledger::brief::{Brief, Source, Style};
use detente_ledger::store::uid;
use serde_json::json;

use crate::input::{Documents, Unread, report_all};
use crate::output::Output;
use crate::{Options, Outcome, ordered, pipeline};

/// Tell where each relation stands: affairs with their state, then the acts in order
#[derive(Debug, Args)]
pub struct Arguments {
    /// Articles: files or folders of text, HTML, JSONL, CSV, feeds, WARC, also packed by gzip or zstd; - for
    /// standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
    /// How the brief is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the brief is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a page
    Markdown,
    /// One HTML file that needs nothing else, with a picture of each relation over time
    Html,
    /// One JSON object: {acts, affairs}
    Json,
}

/// Codes all articles, folds their acts into affairs and writes both.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let mut outcome = Outcome::Whole;
    let mut coded = Vec::new();
    let mut sources = Vec::new();
    let mut uids = Vec::new();
    ordered::map(
        options.threads(),
        Documents::open(arguments.files, options),
        |unread| match unread.and_then(Unread::read) {
            Ok(article) => {
                let (coded, complaints) = pipeline::code(coder, &article);
                let all = coded.map(|coded| {
                    let source = Source::new(&article, &coded);
                    (coded, source, uid(&article))
                });
                (all, complaints)
            }
            Err(complaint) => (None, vec![complaint]),
        },
        |(all, complaints)| {
            if report_all(&complaints) {
                outcome = Outcome::Partial;
            }
            if let Some((article, source, uid)) = all {
                coded.push(article);
                sources.push(source);
                uids.push(uid);
            }
        },
    );
    let affairs = detente_ledger::fold_named(&coded, &uids, coder.lexicon());
    let affairs = detente_ledger::joint(affairs, coder.lexicon());
    let brief = Brief { coded: &coded, sources: &sources, affairs: &affairs, lexicon: coder.lexicon() };
    let page = match arguments.format {
        Format::Text => brief.text(style()),
        Format::Markdown => brief.markdown(),
        Format::Html => brief.html(),
        Format::Json => {
            let acts: Vec<_> = coded.iter().flat_map(|coded| &coded.acts).collect();
            format!("{}\n", serde_json::to_string_pretty(&json!({"acts": acts, "affairs": affairs}))?)
        }
    };
    Output::open().write(page.as_bytes());
    Ok(outcome)
}

/// As wide as the terminal says it is; bold only where a terminal shows it and the user does not mind.
pub fn style() -> Style {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = columns.unwrap_or(100usize).clamp(40, 160);
    let minds = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Style { width, is_bold: stdout().is_terminal() && !minds }
}
