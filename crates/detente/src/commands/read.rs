//! `detente read`: the cleaned article and what was left out of coding.

use std::fmt::Write;

use clap::Args;
use detente_text::{Article, Origin};

use crate::input::{Documents, complaints, report_all};
use crate::output::Output;
use crate::{Options, Outcome};

/// Show the cleaned article, and what is left out of coding with the reason
#[derive(Debug, Args)]
pub struct Arguments {
    /// Articles: files or folders of text, HTML, JSONL, CSV, feeds, WARC, also packed by gzip or zstd; - for
    /// standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<String>,
}

/// Shows each article in turn.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let mut output = Output::open();
    let mut outcome = Outcome::Whole;
    let mut first = true;
    for article in Documents::open(arguments.files, options).read() {
        let complaints = match article {
            Ok(article) => {
                let mut page = if std::mem::take(&mut first) { String::new() } else { "\n".to_owned() };
                show(&mut page, &article)?;
                output.write(page.as_bytes());
                complaints(&article)
            }
            Err(complaint) => vec![complaint],
        };
        if report_all(&complaints) {
            outcome = Outcome::Partial;
        }
    }
    Ok(outcome)
}

fn show(page: &mut String, article: &Article) -> std::fmt::Result {
    let date = article.date.as_ref().map(|date| match date.origin {
        Origin::Given => date.value.to_string(),
        origin => format!("{} (from the {origin})", date.value),
    });
    let facts = [
        ("Article", Some(article.id.clone())),
        ("Date", Some(date.unwrap_or_else(|| "none stated".to_owned()))),
        ("Place", article.place.clone()),
        ("Agency", article.agency.clone()),
        ("Author", article.author.clone()),
        ("Source", article.source.clone()),
        ("Address", article.url.clone()),
        ("Language", article.language.map(|language| language.to_string())),
    ];
    for (name, fact) in facts {
        if let Some(fact) = fact {
            writeln!(page, "{name:<9} {fact}")?;
        }
    }
    if let Some(title) = article.title().filter(|title| title.is_body()) {
        writeln!(page, "\n{}\n{}", title.text, "=".repeat(title.text.chars().count().min(100)))?;
    }
    for (index, passage) in article.body() {
        let is_title = index == 0 && article.title().is_some();
        if !is_title {
            writeln!(page, "\n{}", passage.text)?;
        }
    }
    let mut heading = "\nLeft out\n";
    for (_, passage) in article.left_out() {
        let span = passage.span();
        writeln!(page, "{}  characters {}-{}, {}: {}", heading, span.start, span.end, passage.kind, passage.text)?;
        heading = "";
    }
    Ok(())
}
