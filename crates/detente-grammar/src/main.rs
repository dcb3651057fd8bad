//! `detente-grammar`: trains, scores and times grammar models.

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use detente_grammar::Grammar;
use detente_grammar::conllu::{self, Passage};
use detente_grammar::score::{Input, score};
use detente_grammar::train::{Options, QuickOptions, quicken, train};

const USAGE: &str =
    "usage: detente-grammar train --out MODEL [--text FILE]... [--silver FILE]... [--parts N] [--epochs TAGGER,PARSER] [--runs N] [--threads N] TREEBANK...
       detente-grammar quicken --out MODEL [--doubt SHARE] [--epochs BEFORE,AFTER] [--keep TAGS,STEPS,RELATIONS] [--whole N] WHOLE TEXT...
       detente-grammar score MODEL TREEBANK [--raw] [--only PREFIX]
       detente-grammar speed MODEL TEXT
       detente-grammar parse MODEL TEXT

TREEBANK is a file in CoNLL-U, TEXT a plain text file with a paragraph a line.
train --silver reads trees that another parser made, a part of them in each epoch: one in --parts.
quicken makes a faster model of the model WHOLE: it learns from the texts when a few features tell what WHOLE would choose; a share of
--doubt of these choices may be others. Of its features of steps it keeps --whole.
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
        "quicken" => quicken_model(&arguments),
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
    epochs: Vec<usize>,
    options: Options,
    quick: QuickOptions,
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
                "--parts" => read.options.silver_parts = number(argument, value()?)?,
                "--only" => read.only = Some(value()?.clone()),
                "--raw" => read.raw = true,
                "--epochs" => read.epochs = numbers(argument, value()?)?,
                "--folds" => read.options.folds = number(argument, value()?)?,
                "--runs" => read.options.runs = number(argument, value()?)?,
                "--keep" => {
                    let [tagger, steps, labels] = numbers(argument, value()?)?[..] else {
                        return Err("--keep takes three numbers: of features of tags, steps and relations".into());
                    };
                    read.options.tagger_features = tagger;
                    read.options.parser_features = [steps, labels];
                    read.quick.features = [tagger, steps, labels];
                }
                "--threads" => read.options.threads = number(argument, value()?)?,
                "--whole" => read.quick.whole = number(argument, value()?)?,
                "--doubt" => {
                    let doubt = value()?;
                    read.quick.doubt = doubt.parse().map_err(|error| format!("--doubt {doubt}: {error}"))?;
                }
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

fn number<N: std::str::FromStr<Err = std::num::ParseIntError>>(option: &str, value: &str) -> Outcome<N> {
    value.parse().map_err(|error| format!("{option} {value}: {error}").into())
}

fn numbers(option: &str, value: &str) -> Outcome<Vec<usize>> {
    value.split(',').map(|part| number(option, part)).collect()
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
    let mut options = arguments.options.clone();
    match arguments.epochs[..] {
        [] => {}
        [tagger, parser] => (options.tagger_epochs, options.parser_epochs) = (tagger, parser),
        _ => return Err("train --epochs takes two numbers, of the tagger and the parser, as in 5,9".into()),
    }
    let treebanks = passages(&arguments.names)?;
    let silver = passages(&arguments.silver)?;
    let texts: Vec<String> = arguments.texts.iter().map(|name| read(name)).collect::<Outcome<_>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let begin = Instant::now();
    let model = train(&treebanks, &silver, &texts, &options, &mut |line| {
        eprintln!("{:6.1} s  {line}", begin.elapsed().as_secs_f64());
    })?;
    fs::write(out, &model)?;
    eprintln!("{:6.1} s  {} bytes written to {out}", begin.elapsed().as_secs_f64(), model.len());
    Ok(())
}

fn quicken_model(arguments: &Arguments) -> Outcome<()> {
    let out = arguments.out.as_ref().ok_or("quicken needs --out")?;
    let mut options = arguments.quick.clone();
    match arguments.epochs[..] {
        [] => {}
        [before, after] => options.epochs = [before, after],
        _ => return Err("quicken --epochs takes two numbers, before features are left out and after, as in 2,1".into()),
    }
    let Some((whole, texts)) = arguments.names.split_first().filter(|(_, texts)| !texts.is_empty()) else {
        return Err(format!("quicken needs a model and a text\n{USAGE}").into());
    };
    let bytes = fs::read(whole).map_err(|error| format!("{whole}: {error}"))?;
    let texts: Vec<String> = texts.iter().map(|name| read(name)).collect::<Outcome<_>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let begin = Instant::now();
    let model = quicken(&bytes, &texts, &options, &mut |line| {
        eprintln!("{:6.1} s  {line}", begin.elapsed().as_secs_f64());
    });
    let model =
        model.map_err(|error| if error.is_model() { format!("{whole}: {error}") } else { error.to_string() })?;
    fs::write(out, &model).map_err(|error| format!("{out}: {error}"))?;
    eprintln!(
        "{:6.1} s  {} bytes written to {out}, {} before",
        begin.elapsed().as_secs_f64(),
        model.len(),
        bytes.len()
    );
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
