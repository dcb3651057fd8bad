//! The coder: an article in, its acts and circumstances out.

use detente_grammar::{Grammar, Parser};
use detente_lexicon::Lexicon;
use detente_text::{Article, Field, Kind, Passage};
use jiff::civil::Date;

use crate::{
    act::{Act, Repeat, Span, TextField},
    chooser,
    discourse::Discourse,
    examples::ParsedExamples,
    gate::Gate,
    inflection::Lemmas,
    learned::Learned,
    matching::Matcher,
    mention::Mentions,
    merge,
    rule::Rules,
    sentence::{Context, SentenceCoder},
    standing::Standing,
    syntax::{Syntax, quotations},
};

/// Codes articles. Made once, used from many threads.
#[derive(Debug)]
pub struct Coder {
    pub(crate) grammar: Grammar,
    pub(crate) lexicon: Lexicon,
    pub(crate) rules: Rules,
    pub(crate) gate: Gate,
    pub(crate) lemmas: Lemmas,
    pub(crate) learned: Learned,
}

/// What an article was coded to.
#[derive(Clone, Debug, Default)]
pub struct Coded {
    /// The article's id.
    pub article: String,
    /// The article's date, if it states one.
    pub date: Option<Date>,
    /// Acts, in the order of the text.
    pub acts: Vec<Act>,
    /// Circumstances: claims, strained relations, what is in force.
    pub standings: Vec<Standing>,
    /// Sentences read.
    pub sentences: usize,
    /// Sentences that had to be parsed.
    pub parsed: usize,
}

impl Coder {
    /// Compiles the rules of a lexicon with a grammar.
    pub fn new(grammar: Grammar, lexicon: Lexicon) -> Coder {
        Coder::with_examples(grammar, lexicon, &ParsedExamples::default())
    }

    /// Compiles the rules of a lexicon with a grammar, from trees that the same grammar made before.
    pub fn with_examples(grammar: Grammar, lexicon: Lexicon, parsed: &ParsedExamples) -> Coder {
        let lemmas = Lemmas::new(&lexicon);
        let rules = Rules::compile(&lexicon, &grammar, parsed, &lemmas);
        let gate = Gate::new(&rules, &lexicon);
        Coder { grammar, lexicon, rules, gate, lemmas, learned: Learned::default() }
    }

    /// Lets trained models weigh in.
    #[must_use]
    pub fn with_learned(mut self, learned: Learned) -> Coder {
        self.learned = learned;
        self
    }

    /// The type that the chooser finds most likely between two phrases of a sentence, given as bytes of the text, and
    /// its probability; nothing where the phrases do not stand in one sentence or there is no chooser.
    pub fn choose(
        &self,
        text: &str,
        actor: std::ops::Range<usize>,
        recipient: std::ops::Range<usize>,
    ) -> Option<(crate::EventType, f32)> {
        self.grammar.parse(text).iter_mut().find_map(|sentence| {
            self.lemmas.mend(text, sentence);
            let syntax = Syntax::new(text, sentence);
            let actor = syntax.toks_within(&actor)?;
            let recipient = syntax.toks_within(&recipient)?;
            let mentions = Mentions::find(&syntax, &self.lexicon, None);
            let matcher = Matcher::new(&syntax, &self.lexicon);
            let root = chooser::meeting_point(&matcher, actor, recipient)?;
            let site = chooser::Site { root, actor: Some(actor), recipient: Some(recipient) };
            let matches = matcher.matches(&self.rules, &mentions);
            let told = chooser::Told { rules: &self.rules, matches: &matches };
            Some(self.learned.chooser.opinion(&matcher, &mentions, site, Some(told))?.best())
        })
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Codes an article.
    pub fn code(&self, article: &Article) -> Coded {
        let day = article.date.as_ref().map(|stated| stated.value);
        let mut coded = Coded { article: article.id.clone(), date: day, ..Coded::default() };
        let mut discourse = Discourse::of(&self.lexicon, article);
        let mut parser = self.grammar.parser();
        // The body first: a headline is telegraphic, and restates it.
        let order = article
            .body()
            .filter(|(_, p)| p.field == Field::Text)
            .chain(article.body().filter(|(_, p)| p.field == Field::Title));
        let mut sequence = 0;
        for (number, passage) in order {
            if passage.field == Field::Title {
                sequence = 0;
            }
            let before = coded.acts.len();
            self.passage(article, passage, day, &mut parser, &mut discourse, &mut sequence, &mut coded);
            for act in &mut coded.acts[before..] {
                add_repeats(article, number, act);
            }
        }
        merge::restatements(&mut coded.acts);
        merge::causes(&mut coded.acts);
        coded
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the state of one article, taken apart so that its parts can be borrowed"
    )]
    fn passage(
        &self,
        article: &Article,
        passage: &Passage,
        day: Option<Date>,
        parser: &mut Parser<'_>,
        discourse: &mut Discourse,
        sequence: &mut u32,
        coded: &mut Coded,
    ) {
        let text = passage.text.as_str();
        let body = passage.body_start.min(text.len());
        let quotes = quotations(text);
        for mut sentence in parser.split(text) {
            if (sentence.end as usize) <= body {
                continue;
            }
            sentence.tokens.retain(|token| token.start as usize >= body);
            if sentence.tokens.is_empty() {
                continue;
            }
            sentence.start = sentence.start.max(body as u32);
            coded.sentences += 1;
            let number = *sequence;
            *sequence += 1;
            if !self.gate.lets_through(&self.lexicon, text, &sentence) {
                continue;
            }
            coded.parsed += 1;
            parser.parse(text, &mut sentence);
            self.lemmas.mend(text, &mut sentence);
            let context = Context {
                coder: self,
                article,
                passage,
                quotes: &quotes,
                day,
                sequence: number,
                field: if passage.field == Field::Title { TextField::Title } else { TextField::Text },
            };
            SentenceCoder::new(&context, &sentence).code(discourse, &mut coded.acts, &mut coded.standings);
        }
    }
}

/// Notes where the article says the act's passage again.
fn add_repeats(article: &Article, number: usize, act: &mut Act) {
    for passage in &article.passages {
        if passage.kind != (Kind::Repeat { of: number }) {
            continue;
        }
        let span = match passage.text.find(act.event_text.as_str()) {
            Some(at) => passage.source_span(at..at + act.event_text.len()),
            None => passage.span(),
        };
        let field = if passage.field == Field::Title { TextField::Title } else { TextField::Text };
        act.repeats.push(Repeat { field, start: span.start as u32, end: span.end as u32 });
    }
}

pub(crate) fn char_span(passage: &Passage, bytes: std::ops::Range<usize>) -> Span {
    let span = passage.source_span(bytes);
    Span { start: span.start as u32, end: span.end as u32 }
}
