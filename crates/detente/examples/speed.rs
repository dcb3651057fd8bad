//! Codes articles on one thread and tells what was done, for `bench/speed.py`: articles, sentences, how many of them were parsed,
//! words of what was parsed or not, and acts.
//!
//! ```sh
//! cargo run --release -p detente --example speed -- FILES
//! ```
//!
//! With `--open` it codes the text of each article with and without the gate, which holds back sentences that can hold no act, and tells
//! how many acts stand elsewhere without it.

use std::error::Error;
use std::time::Instant;

use detente_coder::Act;
use detente_source::{Document, Sources};
use detente_text::{Field, Format, Kind, read_article};

fn main() -> Result<(), Box<dyn Error>> {
    let (options, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let coder = detente_builtin::coder(None)?;
    let articles = || Sources::new(files.clone()).filter_map(|found| found.and_then(Document::read).ok());
    if options.iter().any(|option| option == "--open") {
        let (mut compared, mut gated_acts, mut moved) = (0, 0, 0);
        for article in articles() {
            let text: Vec<&str> =
                article.body().filter(|(_, p)| p.field == Field::Text).map(|(_, p)| p.text.as_str()).collect();
            let text = text.join("\n\n");
            let Ok(mut article) = read_article(text.as_bytes(), Format::Text, "article") else { continue };
            for passage in &mut article.passages {
                (passage.kind, passage.field) = (Kind::Body, Field::Text);
            }
            // Without the gate a dateline is read with its sentence.
            if article.passages.iter().any(|passage| passage.body_start > 0) {
                continue;
            }
            let gated = places(&coder.code(&article).acts);
            let open = places(&coder.explain(&text, article.date.as_ref().map(|stated| stated.value)).acts);
            compared += 1;
            gated_acts += gated.len();
            moved += gated.iter().filter(|place| !open.contains(place)).count();
            moved += open.iter().filter(|place| !gated.contains(place)).count();
        }
        println!("{{\"articles\":{compared},\"acts\":{gated_acts},\"moved\":{moved}}}");
        return Ok(());
    }
    let begun = Instant::now();
    let (mut count, mut sentences, mut parsed, mut words, mut acts) = (0, 0, 0, 0, 0);
    for article in articles() {
        let coded = coder.code(&article);
        count += 1;
        sentences += coded.sentences;
        parsed += coded.parsed;
        acts += coded.acts.len();
        words += article.body().map(|(_, passage)| passage.text.split_whitespace().count()).sum::<usize>();
    }
    println!(
        "{{\"articles\":{count},\"sentences\":{sentences},\"parsed\":{parsed},\"words\":{words},\"acts\":{acts},\"seconds\":{:.3}}}",
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Where acts stand; acts told again count once for each time.
fn places(acts: &[Act]) -> Vec<(u32, u32)> {
    let own = acts.iter().map(|act| (act.evidence.start, act.evidence.end));
    let again = acts.iter().flat_map(|act| act.repeats.iter().map(|repeat| (repeat.start, repeat.end)));
    own.chain(again).collect()
}
