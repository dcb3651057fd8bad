//! Trains how far acts are to be trusted, from verdicts on acts of news and from the lexicon's marked sentences, and tells how good
//! the model is on texts that it has not learned from. `bench/trust.sh` calls it.

use std::{collections::HashMap, env, error::Error, fs, path::Path};

use detente_coder::{Coder, Judged, ParsedExamples, Trust, Verdict, acts_of_samples, judged_acts};
use detente_grammar::Grammar;
use detente_lexicon::Lexicon;
use detente_text::Records;

/// Into so many parts the texts are cut: each is weighed by a model that has learned from the others.
const PARTS: u64 = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [verdicts, model, articles @ ..] = arguments.as_slice() else {
        return Err("usage: trust VERDICTS MODEL ARTICLES...".into());
    };
    let verdicts = Verdict::read(&fs::read_to_string(verdicts)?)?;
    let mut by_article: HashMap<&str, Vec<&Verdict>> = HashMap::new();
    for verdict in &verdicts {
        by_article.entry(&verdict.article).or_default().push(verdict);
    }
    let coder = detente_builtin::coder(None)?;
    let mut news = Vec::new();
    for name in articles {
        for article in Records::new(fs::read(name)?.as_slice()) {
            news.extend(judged_acts(&coder, &article?, &by_article));
        }
    }
    let grammar = || Grammar::from_bytes(detente_model::grammar_bytes()).expect("the model was read above");
    // The lexicon with its sentences, which the built-in one leaves out.
    let lexicon = Lexicon::from_folder(Path::new("lexicon"))?;
    let examples = ParsedExamples::parse(&lexicon, &grammar());
    let sentences = acts_of_samples(|lexicon| Coder::with_examples(grammar(), lexicon, &examples), &lexicon);
    println!("\n{} verdicts, {} of them on acts that the coder still finds.", verdicts.len(), news.len());
    let (mut of_news, mut of_sentences) = (Vec::new(), Vec::new());
    for part in 0..PARTS {
        let is_held = |judged: &&Judged| part_of(&judged.text) == part;
        let trust = Trust::train(news.iter().chain(&sentences).filter(|judged| !is_held(judged)));
        let weigh = |judged: &Judged| (trust.of(judged.ground()).unwrap_or_default(), judged.is_right());
        of_news.extend(news.iter().filter(is_held).map(weigh));
        of_sentences.extend(sentences.iter().filter(is_held).map(weigh));
    }
    report("news", of_news);
    report("marked sentences", of_sentences);
    fs::write(model, Trust::train(news.iter().chain(&sentences)).to_bytes())?;
    Ok(())
}

/// The part that a text falls into, the same in every run.
fn part_of(text: &str) -> u64 {
    let hash = text.bytes().fold(7u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    (hash >> 20) % PARTS
}

/// Prints how well probabilities tell right acts from wrong ones, and how many in each tenth are right.
fn report(name: &str, mut weighed: Vec<(f32, bool)>) {
    weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let right = weighed.iter().filter(|(_, right)| *right).count();
    // The share of pairs of a right and a wrong act in which the right one is trusted more.
    let ranks: usize = weighed.iter().enumerate().filter(|(_, (_, right))| *right).map(|(rank, _)| rank).sum();
    let pairs = right * (weighed.len() - right);
    let area = (ranks - right * right.saturating_sub(1) / 2) as f64 / pairs.max(1) as f64;
    println!("\n{name}: {} acts, {right} right; area under the curve {area:.3}\n", weighed.len());
    println!("| trust | acts | right | kept from here | right of these |\n|---|---|---|---|---|");
    for tenth in 0..10 {
        let least = tenth as f32 / 10.0;
        let share = |acts: &[&(f32, bool)]| acts.iter().filter(|a| a.1).count() as f64 / acts.len().max(1) as f64;
        let within: Vec<_> = weighed.iter().filter(|a| least <= a.0 && (a.0 < least + 0.1 || tenth == 9)).collect();
        let above: Vec<_> = weighed.iter().filter(|a| least <= a.0).collect();
        println!("| {least:.1} | {} | {:.3} | {} | {:.3} |", within.len(), share(&within), above.len(), share(&above));
    }
}
