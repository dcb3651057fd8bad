//! `detente-grammar`: trains, scores and times grammar models.

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use detente_grammar::Grammar;
use detente_grammar::conllu::{self, Passage};
use detente_grammar::score::{Input, score};
use detente_grammar::train::{Options, train};

const USAGE: &str =
    "usage: detente-grammar train --out MODEL [--text FILE]... [--silver FILE]... [--parts N] [--epochs N] [--runs N] [--threads N] TREEBANK...
       detente-grammar score MODEL TREEBANK [--raw] [--only PREFIX]
       detente-grammar speed MODEL TEXT
       detente-grammar parse MODEL TEXT

TREEBANK is a file in CoNLL-U, TEXT a plain text file with a paragraph a line.
train --silver reads trees that another parser made, a part of them in each epoch: one in --parts.
score --only keeps the passages whose identifier begins with PREFIX.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("detente-grammar: {error}");
            ExitCode::FAILURE
        }
    }
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn run(arguments: &[String]) -> Outcome<()> {
    let Some((command, rest)) = arguments.split_first() else { return Err(USAGE.into()) };
    let arguments = Arguments::read(rest)?;
    match command.as_str() {
        "train" => train_model(&arguments),
        "score" => score_model(&arguments),
        "speed" => time_model(&arguments),
        "parse" => print_trees(&arguments),
        _ => Err(USAGE.into()),
    }
}

#[derive(Default)]
struct Arguments {
    names: Vec<String>,
    out: Option<String>,
    texts: Vec<String>,
    silver: Vec<String>,
    only: Option<String>,
    raw: bool,
    options: Options,
}

impl Arguments {
    fn read(arguments: &[String]) -> Outcome<Arguments> {
        let mut read = Arguments::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--out" => read.out = Some(value()?.clone()),
                "--text" => read.texts.push(value()?.clone()),
                "--silver" => read.silver.push(value()?.clone()),
                "--parts" => read.options.silver_parts = value()?.parse()?,
                "--only" => read.only = Some(value()?.clone()),
                "--raw" => read.raw = true,
                "--epochs" => {
                    let epochs: Vec<usize> = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?;
                    if let [tagger, parser] = epochs[..] {
                        read.options.tagger_epochs = tagger;
                        read.options.parser_epochs = parser;
                    }
                }
                "--folds" => read.options.folds = value()?.parse()?,
                "--runs" => read.options.runs = value()?.parse()?,
                "--keep" => {
                    let keep: Vec<usize> = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?;
                    if let [tagger, steps, labels] = keep[..] {
                        read.options.tagger_features = tagger;
                        read.options.parser_features = [steps, labels];
                    }
                }
                "--threads" => read.options.threads = value()?.parse()?,
                name if name.starts_with("--") => return Err(format!("unknown option {name}\n{USAGE}").into()),
                name => read.names.push(name.to_owned()),
            }
        }
        Ok(read)
    }

    fn two(&self) -> Outcome<(&str, &str)> {
        match self.names.as_slice() {
            [model, text] => Ok((model, text)),
            _ => Err(USAGE.into()),
        }
    }
}

fn read(name: &str) -> Outcome<String> {
    fs::read_to_string(name).map_err(|error| format!("{name}: {error}").into())
}

fn grammar(name: &str) -> Outcome<Grammar> {
    let bytes = fs::read(name).map_err(|error| format!("{name}: {error}"))?;
    Grammar::from_bytes(&bytes).map_err(|error| format!("{name}: {error}").into())
}

fn passages(names: &[String]) -> Outcome<Vec<Passage>> {
    let mut passages = Vec::new();
    for name in names {
        passages.extend(conllu::read(&read(name)?).map_err(|error| format!("{name}: {error}"))?);
    }
    Ok(passages)
}

fn train_model(arguments: &Arguments) -> Outcome<()> {
    let out = arguments.out.as_ref().ok_or("train needs --out")?;
    let treebanks = passages(&arguments.names)?;
    let silver = passages(&arguments.silver)?;
    let texts: Vec<String> = arguments.texts.iter().map(|name| read(name)).collect::<Outcome<_>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let begin = Instant::now();
    let model = train(&treebanks, &silver, &texts, &arguments.options, &mut |line| {
        eprintln!("{:6.1} s  {line}", begin.elapsed().as_secs_f64());
    })?;
    fs::write(out, &model)?;
    eprintln!("{:6.1} s  {} bytes written to {out}", begin.elapsed().as_secs_f64(), model.len());
    Ok(())
}

fn score_model(arguments: &Arguments) -> Outcome<()> {
    let (model, treebank) = arguments.two()?;
    let mut passages = conllu::read(&read(treebank)?)?;
    if let Some(prefix) = &arguments.only {
        passages.retain(|passage| passage.id.starts_with(prefix));
    }
    let input = if arguments.raw { Input::Raw } else { Input::Words };
    let score = score(&grammar(model)?, &passages, input);
    for (name, count) in score.rows() {
        println!(
            "{name:18} F1 {:6.2}  precision {:6.2}  recall {:6.2}",
            100.0 * count.f1(),
            100.0 * count.precision(),
            100.0 * count.recall()
        );
    }
    Ok(())
}

fn time_model(arguments: &Arguments) -> Outcome<()> {
    let (model, text) = arguments.two()?;
    let text = read(text)?;
    let bytes = fs::read(model)?;
    let begin = Instant::now();
    let grammar = Grammar::from_bytes(&bytes)?;
    let loaded = begin.elapsed();
    let mut parser = grammar.parser();
    println!("load {:.1} ms", loaded.as_secs_f64() * 1000.0);
    for _ in 0..3 {
        let begin = Instant::now();
        let mut paragraphs: Vec<_> = text.lines().map(|line| (line, parser.split(line))).collect();
        let split = begin.elapsed().as_secs_f64();
        let begin = Instant::now();
        let mut words = 0;
        for (line, sentences) in &mut paragraphs {
            for sentence in sentences {
                parser.parse(line, sentence);
                words += sentence.tokens.len();
            }
        }
        let parsed = begin.elapsed().as_secs_f64();
        let words = words as f64;
        println!(
            "{words} words: split {:.0} words/s, tag and parse {:.0} words/s, all {:.0} words/s",
            words / split,
            words / parsed,
            words / (split + parsed)
        );
    }
    Ok(())
}

fn print_trees(arguments: &Arguments) -> Outcome<()> {
    let (model, text) = arguments.two()?;
    let grammar = grammar(model)?;
    for line in read(text)?.lines() {
        for sentence in grammar.parse(line) {
            for (index, token) in sentence.tokens.iter().enumerate() {
                println!(
                    "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t_",
                    index + 1,
                    token.form(line),
                    token.lemma,
                    token.upos,
                    token.xpos,
                    token.head.wrapping_add(1),
                    token.deprel
                );
            }
            println!();
        }
    }
    Ok(())
}
