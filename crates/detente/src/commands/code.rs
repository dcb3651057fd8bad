//! `detente code`: acts, as PLOVER JSON or in another format of event data.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use detente_coder::Act;
use detente_export::{Event, Exported, Exporter, Format, LeftOut, Network};
use detente_lexicon::Lexicon;
use detente_source::Meter;
use detente_text::Article;

use super::export::{How, report_left_out, sentence};
use crate::input::{Complaint, Documents, Unread, report_all};
use crate::journal::{Done, Kept, Task};
use crate::output::Output;
use crate::progress::Progress;
use crate::sink::Sink;
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
    /// Write to this file; FILE.progress beside it tells how far it is until it is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Go on where a run that was stopped had come to, if it had begun; the files and options must be the same
    #[arg(long, requires = "output")]
    resume: bool,
}

/// Codes article by article; acts come in the order of the input.
pub fn run(options: &Options, arguments: Arguments) -> anyhow::Result<Outcome> {
    let Arguments { files, how, output, resume } = arguments;
    let coder = pipeline::coder(options.lexicon.as_deref())?;
    let exporter = how.exporter(coder.lexicon());
    // Networks and Parquet are of use only when they are whole.
    let can_resume = !exporter.format.is_network() && !how.is_parquet();
    if resume && !can_resume {
        let format = how.name();
        bail!(
            "--resume cannot go on with {format}, which is of use only when it is whole: leave --resume out to begin anew, or \
             add the articles to a ledger, which goes on where it was stopped (`detente add LEDGER FILES`), and write {format} \
             from there (`detente export LEDGER --format {format}`)"
        );
    }
    let in_the_way = output.is_none();
    let (output, mut done) = match output {
        None => (Output::open(), Done::default()),
        Some(path) if !can_resume => (Output::create(&path)?, Done::default()),
        Some(path) => {
            let (kept, done) = Kept::open(&path, task(options, &files, &how, coder.lexicon()), resume)?;
            (Output::Kept(Box::new(kept)), done)
        }
    };
    let mut sink = Sink::new(output, how.is_parquet())?;
    let takes_acts = sink.takes_acts();
    let mut network = Network::default();
    let mut left_out = LeftOut::from_counts(done.left_out);
    if done.articles == 0 {
        sink.text(&exporter.head());
    }
    let meter = Meter::default();
    let mut documents = Documents::open(files.clone(), options).with_meter(meter.clone());
    for passed in 0..done.articles {
        if documents.next().is_none() {
            bail!("the input ends after {passed} articles, but {} were done before: it is not the same", done.articles);
        }
    }
    let mut progress = Progress::new(meter, || detente_source::size(&files), in_the_way);
    ordered::map(
        options.threads(),
        documents,
        |unread| match unread.and_then(Unread::read) {
            Ok(article) => {
                let (coded, complaints) = pipeline::code(coder, &article);
                let acts = coded.map(|coded| coded.acts).unwrap_or_default();
                match takes_acts {
                    true => (Ok((Exported::default(), acts)), complaints),
                    false => (export(&exporter, &article, &acts).map(|text| (text, Vec::new())), complaints),
                }
            }
            Err(complaint) => (Ok((Exported::default(), Vec::new())), vec![complaint]),
        },
        |(exported, complaints)| {
            if !complaints.is_empty() && progress.aside(|| report_all(&complaints)) {
                done.is_partial = true;
            }
            let written = exported.map_err(anyhow::Error::from).and_then(|(exported, acts)| {
                sink.text(&exported.bytes);
                network.add(&exported);
                left_out.add(exported.left_out);
                sink.acts(&acts)
            });
            if let Err(error) = written {
                let fault = format!("an act cannot be written: {error}");
                progress.aside(|| Complaint::fault(fault, "this is a bug of detente").report());
                done.is_partial = true;
            }
            done.articles += 1;
            done.left_out = left_out.counts();
            sink.done(&done);
            progress.step();
        },
    );
    progress.finish();
    sink.text(&exporter.tail(&network));
    sink.finish()?;
    report_left_out(&exporter, left_out);
    Ok(if done.is_partial { Outcome::Partial } else { Outcome::Whole })
}

/// What makes a run the same as one before.
fn task(options: &Options, files: &[String], how: &How, lexicon: &Lexicon) -> Task {
    let vintage = pipeline::vintage(lexicon);
    let columns = options.column.iter().map(|(field, name)| format!("{field}={name}"));
    let date = options.date.map(|date| date.to_string());
    Task {
        coder: [vintage.version, vintage.lexicon, vintage.model],
        files: files.to_vec(),
        options: std::iter::once(format!("{how:?}")).chain(date).chain(columns).collect(),
    }
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
