//! Prints the passages of each file with what they are, and how fast they were read.
//!
//! `cargo run --release -p detente-text --example passages -- FILE...`; `--quiet` first prints the figures only,
//! `--left-out` what is not coded.

use std::io::BufReader;
use std::time::Instant;

use detente_text::{Article, Format, Records, read_article};

fn main() {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let option = if files.first().is_some_and(|f| f.starts_with("--")) { files.remove(0) } else { String::new() };
    let started = Instant::now();
    let (mut articles, mut failed, mut chars) = (0, 0, 0);
    for file in &files {
        let mut show = |result: Result<Article, detente_text::Error>| match result {
            Ok(article) => {
                articles += 1;
                chars += article.text_chars;
                print(&article, &option);
            }
            Err(error) => {
                failed += 1;
                eprintln!("{error}: {}", error.advice());
            }
        };
        if Format::guess(file, b"") == Format::Jsonl {
            match std::fs::File::open(file) {
                Ok(source) => Records::new(BufReader::new(source)).named(file).for_each(show),
                Err(error) => eprintln!("{file}: {error}"),
            }
            continue;
        }
        match std::fs::read(file) {
            Ok(bytes) => show(read_article(&bytes, Format::guess(file, &bytes), file).map_err(|e| e.in_file(file))),
            Err(error) => eprintln!("{file}: {error}"),
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    eprintln!(
        "{articles} articles, {failed} errors, {chars} characters in {seconds:.3} s: {:.0} articles/s, {:.1} million characters/s",
        articles as f64 / seconds,
        chars as f64 / seconds / 1e6
    );
}

fn print(article: &Article, option: &str) {
    if option == "--quiet" {
        return;
    }
    if option.is_empty() {
        let date = article.date.as_ref().map(|d| format!("{} ({})", d.value, d.origin));
        println!(
            "== {} | {:?} | {:?} | {:?} | {:?}",
            article.id, date, article.source, article.author, article.language
        );
    }
    for note in &article.notes {
        println!("note: {note}");
    }
    for (i, passage) in article.passages.iter().enumerate() {
        if option == "--left-out" && passage.is_body() {
            continue;
        }
        let span = passage.span();
        println!(
            "{} {i} {:?} [{}] {}-{}: {}",
            article.id, passage.field, passage.kind, span.start, span.end, passage.text
        );
    }
}
