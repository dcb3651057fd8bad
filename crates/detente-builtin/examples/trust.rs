//! Trains how far acts are to be trusted, from verdicts on acts of news, from texts whose acts are known and from the lexicon's marked
//! sentences; then, from the same texts, how likely somebody is an act's other side where only the article shows it. Tells how good the
//! models are on texts that they have not learned from. `bench/trust.sh` calls it.

use std::{collections::HashMap, env, error::Error, fs, path::Path};

use detente_coder::{
    Coder, Judged, Learned, ParsedExamples, Training, Trust, Verdict, acts_of_samples, acts_of_story,
    counterparts_of_story, judged_acts,
    score::{ArticleGold, GoldAct},
};
use detente_grammar::Grammar;
use detente_lexicon::Lexicon;
use detente_text::{Article, Records};

/// Into so many parts the texts are cut: each is weighed by a model that has learned from the others.
const PARTS: u64 = 5;

/// A text and the acts that it tells.
type Story = (Article, Vec<GoldAct>);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [verdicts, stories, model, model_of_counterparts, articles @ ..] = arguments.as_slice() else {
        return Err("usage: trust VERDICTS STORIES TRUST COUNTERPARTS ARTICLES...".into());
    };
    let verdicts = Verdict::read(&fs::read_to_string(verdicts)?)?;
    let stories = read_stories(stories)?;
    let mut by_article: HashMap<&str, Vec<&Verdict>> = HashMap::new();
    for verdict in &verdicts {
        by_article.entry(&verdict.article).or_default().push(verdict);
    }
    // The lexicon with its sentences, which the built-in one leaves out.
    let lexicon = Lexicon::from_folder(Path::new("lexicon"))?;
    let grammar = || Grammar::from_bytes(detente_model::grammar_bytes()).expect("the program's own model is whole");
    let examples = ParsedExamples::parse(&lexicon, &grammar());
    let made = |lexicon: Lexicon| Coder::with_examples(grammar(), lexicon, &examples);
    let learned = Learned::train(&made(lexicon.clone()));
    let coder = made(lexicon.clone()).with_learned(learned.clone());
    let mut news = Vec::new();
    for name in articles {
        for article in Records::new(fs::read(name)?.as_slice()) {
            news.extend(judged_acts(&coder, &article?, &by_article));
        }
    }
    let (of_verdicts, judged) = (news.len(), verdicts.len());
    news.extend(stories.iter().flat_map(|(article, acts)| acts_of_story(&coder, article, acts)));
    let of_stories = news.len() - of_verdicts;
    println!(
        "\n{judged} verdicts, {of_verdicts} of them on acts that the coder still finds; {of_stories} acts of stories."
    );
    let sentences = acts_of_samples(made, &lexicon);
    report("news", weighed_apart(&news, &sentences, Training::ON_ACTS));
    report("marked sentences", weighed_apart(&sentences, &news, Training::ON_ACTS));
    let trust = Trust::train(news.iter().chain(&sentences), Training::ON_ACTS);
    fs::write(model, trust.to_bytes())?;
    let coder = coder.with_learned(learned.with_trust(trust));
    let told = stories.iter().flat_map(|(article, acts)| counterparts_of_story(&coder, article, acts));
    let counterparts: Vec<Judged> = told.collect();
    report("those whom only the article shows", weighed_apart(&counterparts, &[], Training::ON_COUNTERPARTS));
    fs::write(model_of_counterparts, Trust::train(&counterparts, Training::ON_COUNTERPARTS).to_bytes())?;
    Ok(())
}

/// Texts with their acts, as gold files have them.
fn read_stories(name: &str) -> Result<Vec<Story>, Box<dyn Error>> {
    let read = |line: &str| -> Result<Story, Box<dyn Error>> {
        let article = Records::new(line.as_bytes()).next().ok_or("a line holds no text")??;
        Ok((article, serde_json::from_str::<ArticleGold>(line)?.acts))
    };
    fs::read_to_string(name)?.lines().map(read).collect()
}

/// What was judged, each weighed by a model that has learned from other texts and from what goes with them.
fn weighed_apart(judged: &[Judged], beside: &[Judged], training: Training) -> Vec<(f32, bool)> {
    let mut all = Vec::new();
    for part in 0..PARTS {
        let is_held = |judged: &&Judged| part_of(&judged.text) == part;
        let trust = Trust::train(judged.iter().chain(beside).filter(|judged| !is_held(judged)), training);
        let weigh = |judged: &Judged| (trust.of(judged.ground()).unwrap_or_default(), judged.is_right());
        all.extend(judged.iter().filter(is_held).map(weigh));
    }
    all
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
