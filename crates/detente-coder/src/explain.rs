//! Explanations: how a sentence was read, and how far it got where it yields nothing.

use std::fmt::{self, Write as _};

use detente_grammar::{ROOT, Sentence};
use detente_text::{Article, Field, Format, Kind, read_article};
use jiff::civil::Date;

use crate::{
    act::{Act, Party, TextField},
    coder::Coder,
    discourse::Discourse,
    labelled,
    matching::Matcher,
    mending::mend,
    respelling,
    rule::{Outcome, plain},
    sentence::{Context, Findings, SentenceCoder},
    standing::Standing,
    syntax::Tok,
    trust::Weighing,
};

/// How a text was read, sentence by sentence. Displays as plain text.
#[derive(Clone, Debug)]
pub struct Explanation {
    text: String,
    /// The acts.
    pub acts: Vec<Act>,
    /// The circumstances.
    pub standings: Vec<Standing>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A text as an article of body passages alone.
pub(crate) fn as_article(text: &str, id: &str) -> Option<Article> {
    let mut article = read_article(text.as_bytes(), Format::Text, id).ok()?;
    for passage in &mut article.passages {
        passage.kind = Kind::Body;
        passage.field = Field::Text;
    }
    Some(article)
}

impl Coder {
    /// Explains how a sentence is coded; `day` is the date that it is read on.
    pub fn explain(&self, text: &str, day: Option<Date>) -> Explanation {
        let mut out = String::new();
        let mut told = Findings::default();
        if let Some(article) = as_article(text, "sentence") {
            let mut discourse = Discourse::of(&self.lexicon, &article);
            let mut parser = self.grammar.parser();
            let mut number = 0;
            for passage in &article.passages {
                let mut sentences = parser.split(&passage.text);
                labelled::join(&self.lexicon, &passage.text, &mut sentences);
                let quotes = labelled::quotations(&self.lexicon, &passage.text, sentences.first());
                for mut sentence in sentences {
                    let gated = !self.gate.lets_through(&self.lexicon, &self.grammar, &passage.text, &sentence);
                    respelling::parse(&mut parser, &self.lexicon, &passage.text, &mut sentence);
                    mend(&self.lemmas, &passage.text, &mut sentence);
                    let context = Context {
                        coder: self,
                        weighing: Weighing::of(&self.learned.trust),
                        article: &article,
                        passage,
                        quotes: &quotes,
                        day,
                        sequence: number,
                        field: TextField::Text,
                        news_from: discourse.story.news_from,
                    };
                    number += 1;
                    let (acts_before, standings_before) = (told.acts.len(), told.standings.len());
                    let coder = SentenceCoder::new(&context, &sentence, &discourse);
                    self.explain_reading(&mut out, &coder, &passage.text, &sentence, gated);
                    let unlikely = self.all_that_could_be(&context, &sentence, discourse.clone());
                    let story = discourse.story;
                    let asked = coder.code(&mut discourse, &mut told);
                    debug_assert_eq!(asked, None, "no sentence waits");
                    if gated {
                        discourse.story = story;
                        discourse.story.pass_over(&passage.text, &sentence);
                    }
                    let acts = &told.acts[acts_before..];
                    explain_result(&mut out, acts, &told.standings[standings_before..]);
                    // The same, towards whom only the article shows, is told.
                    let is_told = |act: &Act| acts.iter().any(|a| a.event == act.event && a.matched == act.matched);
                    explain_unlikely(&mut out, unlikely.iter().filter(|act| !is_told(act)));
                }
            }
        }
        if out.is_empty() {
            out.push_str("There is no sentence in this text.\n");
        }
        Explanation { text: out, acts: told.acts, standings: told.standings }
    }

    /// The acts that a sentence could tell, however unlikely, with their probabilities; none where acts are not weighed.
    fn all_that_could_be(&self, context: &Context<'_>, sentence: &Sentence, mut discourse: Discourse) -> Vec<Act> {
        let mut found = Findings::default();
        if context.weighing == Weighing::On {
            let context = Context { weighing: Weighing::Open, ..*context };
            let asked = SentenceCoder::new(&context, sentence, &discourse).code(&mut discourse, &mut found);
            debug_assert_eq!(asked, None, "no sentence waits");
        }
        found.acts
    }

    fn explain_reading<'c: 's, 's>(
        &self,
        out: &mut String,
        coder: &SentenceCoder<'c, 's>,
        text: &'s str,
        sentence: &'s Sentence,
        gated: bool,
    ) {
        let _ = writeln!(out, "{}\n", &text[sentence.start as usize..sentence.end as usize]);
        let width = sentence.tokens.iter().map(|t| t.form(text).chars().count()).max().unwrap_or(4).max(4);
        let _ = writeln!(out, "Words");
        for (number, token) in sentence.tokens.iter().enumerate() {
            let head = if token.head == ROOT { "-".to_owned() } else { (token.head + 1).to_string() };
            let _ = writeln!(
                out,
                "  {:>3}  {:<width$}  {:<width$}  {:<5}  {:<5}  {:>3}  {}",
                number + 1,
                token.form(text),
                token.lemma,
                token.upos.as_str(),
                token.xpos.as_str(),
                head,
                token.deprel
            );
        }
        let _ = writeln!(out, "\nMentions");
        let reader = coder.reader();
        for mention in &coder.mentions.all {
            let entity = reader.entity(mention.last);
            let entity = if entity.code.is_some() { entity } else { reader.entity(mention.first) };
            let _ = writeln!(
                out,
                "  {}  {}  {}",
                reader.words(mention.first, mention.last),
                entity.code.as_deref().unwrap_or("no code"),
                entity.name.as_deref().unwrap_or("")
            );
        }
        if coder.mentions.all.is_empty() {
            let _ = writeln!(out, "  none that the lexicon knows");
        }
        let matcher = Matcher::new(&coder.syntax, &self.lexicon);
        let matches = matcher.matches(&self.rules, &coder.mentions);
        let _ = writeln!(out, "\nRules");
        for found in &matches {
            let rule = &self.rules.all[found.rule as usize];
            let example = &self.lexicon.examples[rule.example as usize];
            let outcome = match &rule.outcome {
                Outcome::Act(event, mode) => {
                    format!("{event}{}", mode.as_ref().map_or(String::new(), |m| format!(" {m}")))
                }
                Outcome::Standing(kind, state) => format!("{kind}: {state}"),
                Outcome::Nothing => "nothing".to_owned(),
            };
            let show = |toks: &[Tok]| toks.iter().map(|&t| coder.syntax.form(t)).collect::<Vec<_>>().join(", ");
            let _ = writeln!(
                out,
                "  {}  {}:{}  {}\n      words: {}; actor: {}; recipient: {}{}{}",
                outcome,
                example.file,
                example.line,
                plain(&example.sentence).0,
                show(&found.words),
                show(&found.actor),
                show(&found.recipient),
                if found.content.is_empty() { String::new() } else { format!("; content: {}", show(&found.content)) },
                if found.nominal { "; as a noun" } else { "" }
            );
        }
        if matches.is_empty() {
            let reason = if gated {
                "no word of any rule together with anything that could be an actor"
            } else {
                "words of rules are there, but no example fits their tree"
            };
            let _ = writeln!(out, "  none: {reason}");
        }
    }
}

/// Who did what to whom, in one line.
fn deed(act: &Act) -> String {
    let side = |parties: &[Party]| {
        let named =
            parties.iter().map(|p| format!("{} [{}, {}]", p.code.as_deref().unwrap_or("?"), p.entity_text, p.via));
        named.collect::<Vec<_>>().join(" and ")
    };
    let about = act.about.as_ref().map_or(String::new(), |about| format!(" (about {about})"));
    format!("{} {}{about} {}", side(&act.actor), act.event[0], side(&act.recipient))
}

/// Tells which acts were found and left out.
fn explain_unlikely<'a>(out: &mut String, acts: impl Iterator<Item = &'a Act>) {
    let lines: Vec<String> = acts
        .map(|act| format!("  {}\n      confidence {:.2}; rule {}\n", deed(act), act.confidence, act.rule))
        .collect();
    if !lines.is_empty() {
        let _ = writeln!(out, "Left out, since unlikely\n{}", lines.concat());
    }
}

fn explain_result(out: &mut String, acts: &[Act], standings: &[Standing]) {
    let _ = writeln!(out, "\nActs");
    for act in acts {
        let _ = writeln!(
            out,
            "  {}\n      {}, {}, by {}; date {}; confidence {:.2}; rule {}",
            deed(act),
            act.factuality,
            act.epoch,
            match &act.attribution.speaker {
                Some(speaker) => format!("{speaker} ({})", act.attribution.kind),
                None => act.attribution.kind.to_string(),
            },
            act.date.map_or("unknown".to_owned(), |d| format!("{d} ({})", act.date_precision)),
            act.confidence,
            act.rule
        );
    }
    for standing in standings {
        let codes = |parties: &[Party]| {
            parties.iter().map(|p| p.code.as_deref().unwrap_or("?").to_owned()).collect::<Vec<_>>().join(" ")
        };
        let _ = writeln!(
            out,
            "  {}: {} ({} / {}) {}",
            standing.kind,
            standing.state,
            codes(&standing.actor),
            codes(&standing.recipient),
            standing.territory.join(" ")
        );
    }
    if acts.is_empty() && standings.is_empty() {
        let _ = writeln!(out, "  none");
    }
    out.push('\n');
}
