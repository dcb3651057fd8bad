//! How long questions to a ledger take: near-duplicates of new articles, and where pairs of states stand.
//!
//! `cargo run --release -p detente-ledger --example lookups -- LEDGER ARTICLES.jsonl CODES`

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::Instant;

use detente_coder::Coded;
use detente_ledger::Ledger;
use detente_ledger::ask::Show;
use detente_ledger::store::{Intake, Times, Vintage, Who};
use detente_lexicon::Lexicon;
use detente_text::Records;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [ledger, articles, codes] = arguments.as_slice() else {
        return Err("give a ledger, a file of articles that are not in it, and codes: KEN,TZA,...".into());
    };
    let ledger = Ledger::open(Path::new(ledger))?;
    let lexicon = Lexicon::builtin()?;
    let vintage = Vintage { version: String::new(), lexicon: String::new(), model: String::new() };
    let intake = Intake::new(&lexicon, vintage);
    let mut near = Vec::new();
    let mut found = 0;
    for article in Records::new(BufReader::new(File::open(articles)?)) {
        let article = article?;
        let prepared = intake.prepare(&article, &article.id, &Coded::default())?;
        let begin = Instant::now();
        found += usize::from(!ledger.near(&prepared)?.is_empty());
        near.push(begin.elapsed());
    }
    println!("{} articles, {found} with near-duplicates", near.len());
    report("near-duplicates of an article", near);
    let codes: Vec<&str> = codes.split(',').collect();
    for (what, times) in [
        ("show a pair", Times::default()),
        ("show a pair as of a day", Times { as_of: Some("2020-01-01".parse()?), known_by: None }),
    ] {
        let mut shows = Vec::new();
        for one in &codes {
            for other in codes.iter().filter(|other| *other != one) {
                let who = Who::Pair((*one).to_owned(), (*other).to_owned());
                let begin = Instant::now();
                let show = Show::of(&ledger, &who, times, 10, &lexicon)?;
                std::hint::black_box(show);
                shows.push(begin.elapsed());
            }
        }
        report(what, shows);
    }
    Ok(())
}

fn report(what: &str, mut times: Vec<std::time::Duration>) {
    times.sort();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    if let (Some(half), Some(most)) = (at(50), at(99)) {
        println!("{what}: median {half:.2?}, 99th percentile {most:.2?}");
    }
}
