//! The coder: an article in, its acts and circumstances out.

use detente_grammar::{Grammar, Parser, Sentence};
use detente_lexicon::Lexicon;
use detente_text::{Article, Field, Kind, Passage};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{
    act::{Act, Repeat, Span, TextField},
    chooser,
    deeds::Counterpart,
    discourse::Discourse,
    examples::ParsedExamples,
    gate::Gate,
    inflection::Lemmas,
    labelled,
    learned::Learned,
    matching::Matcher,
    mending::mend,
    mention::Mentions,
    merge, respelling,
    rule::Rules,
    sentence::{Context, Findings, SentenceCoder},
    standing::Standing,
    syntax::{Syntax, quotations},
    trust::{Ground, Weighing},
    waiting::MOST_WAITING,
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
            mend(&self.lemmas, text, sentence);
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

    /// All that could be an act in an article, and what speaks for each.
    pub fn candidates(&self, article: &Article) -> Vec<(Act, Ground)> {
        let mut work = Work::new(self, article, Weighing::Open);
        work.read();
        let Findings { acts, grounds, .. } = work.told;
        acts.into_iter().zip(grounds).collect()
    }

    /// All that could be an act in an article and names no other side, with whom only the article shows as one, and what speaks for him.
    pub(crate) fn counterparts(&self, article: &Article) -> Vec<(Act, SmolStr, Ground)> {
        let mut work = Work::new(self, article, Weighing::Open);
        work.read();
        let Findings { acts, counterparts, .. } = work.told;
        let named = |(act, one): (usize, Counterpart)| Some((acts[act].clone(), one.entity.code?, one.ground));
        counterparts.into_iter().filter_map(named).collect()
    }

    /// Codes an article.
    pub fn code(&self, article: &Article) -> Coded {
        self.code_as(article, Weighing::of(&self.learned.trust))
    }

    /// Codes an article, its acts weighed so.
    pub(crate) fn code_as(&self, article: &Article, weighing: Weighing) -> Coded {
        let mut work = Work::new(self, article, weighing);
        work.read();
        let Work { mut coded, told, .. } = work;
        coded.acts = told.acts;
        coded.standings = told.standings;
        merge::restatements(&mut coded.acts);
        merge::causes(&mut coded.acts);
        coded
    }
}

/// The state of an article that is being coded.
struct Work<'c> {
    coder: &'c Coder,
    article: &'c Article,
    parser: Parser<'c>,
    discourse: Discourse,
    /// Number of the next sentence in its field.
    sequence: u32,
    /// Sentences that were held back and may name somebody, in their order.
    held: Vec<Held<'c>>,
    /// What was counted.
    coded: Coded,
    told: Findings,
    weighing: Weighing,
}

/// A sentence that was held back.
struct Held<'c> {
    passage: &'c Passage,
    sentence: Sentence,
    /// Its number in the discourse.
    number: u32,
}

/// So many sentences and more are split and parsed before they are coded: grammar and coder would else drive each other's tables from
/// the cache with every sentence.
const AT_ONCE: usize = 64;

/// A sentence that is still to be coded.
struct Split {
    sentence: Sentence,
    /// The gate holds it back, so it is not parsed.
    is_held: bool,
}

impl<'c> Work<'c> {
    fn new(coder: &'c Coder, article: &'c Article, weighing: Weighing) -> Work<'c> {
        let day = article.date.as_ref().map(|stated| stated.value);
        Work {
            coder,
            article,
            parser: coder.grammar.parser(),
            discourse: Discourse::of(&coder.lexicon, article),
            sequence: 0,
            held: Vec::new(),
            coded: Coded { article: article.id.clone(), date: day, ..Coded::default() },
            told: Findings::default(),
            weighing,
        }
    }

    fn read(&mut self) {
        let article = self.article;
        // The body first: a headline is telegraphic, and restates it.
        let mut order = article
            .body()
            .filter(|(_, p)| p.field == Field::Text)
            .chain(article.body().filter(|(_, p)| p.field == Field::Title));
        loop {
            let mut split = Vec::new();
            let mut sentences = 0;
            while sentences < AT_ONCE
                && let Some((number, passage)) = order.next()
            {
                let read = self.split(passage);
                sentences += read.len();
                split.push((number, passage, read));
            }
            if split.is_empty() {
                return;
            }
            for (number, passage, sentences) in split {
                if passage.field == Field::Title {
                    self.sequence = 0;
                }
                let before = self.told.acts.len();
                self.passage(passage, sentences);
                for act in &mut self.told.acts[before..] {
                    add_repeats(article, number, act);
                }
            }
        }
    }

    /// The sentences of a passage; those that may hold an act are parsed.
    fn split(&mut self, passage: &Passage) -> Vec<Split> {
        let text = passage.text.as_str();
        let body = passage.body_start.min(text.len());
        let Coder { gate, lexicon, grammar, .. } = self.coder;
        let mut read = self.parser.split(text);
        read.retain_mut(|sentence| {
            sentence.tokens.retain(|token| token.start as usize >= body);
            sentence.start = sentence.start.max(body as u32);
            !sentence.tokens.is_empty()
        });
        labelled::join(lexicon, text, &mut read);
        read.into_iter()
            .map(|mut sentence| {
                let is_held = !gate.lets_through(lexicon, grammar, text, &sentence);
                if !is_held {
                    self.parse(text, &mut sentence);
                }
                Split { sentence, is_held }
            })
            .collect()
    }

    fn context<'q>(&self, passage: &'q Passage, quotes: &'q [(usize, usize)], sequence: u32) -> Context<'q>
    where
        'c: 'q,
    {
        Context {
            coder: self.coder,
            weighing: self.weighing,
            article: self.article,
            passage,
            quotes,
            day: passage.day.or(self.coded.date),
            sequence,
            field: TextField::of(passage.field),
            news_from: self.discourse.story.news_from,
        }
    }

    fn passage(&mut self, passage: &'c Passage, sentences: Vec<Split>) {
        let first = sentences.first().map(|split| &split.sentence);
        let quotes = labelled::quotations(&self.coder.lexicon, &passage.text, first);
        for Split { sentence, is_held } in sentences {
            self.coded.sentences += 1;
            let context = self.context(passage, &quotes, self.sequence);
            self.sequence += 1;
            if is_held {
                self.hold_back(passage, sentence);
                continue;
            }
            let coder = SentenceCoder::new(&context, &sentence, &self.discourse);
            while let Some(last) = coder.code(&mut self.discourse, &mut self.told) {
                self.read_held(last, 0);
            }
        }
    }

    fn parse(&mut self, text: &str, sentence: &mut Sentence) {
        self.coded.parsed += 1;
        respelling::parse(&mut self.parser, &self.coder.lexicon, text, sentence);
        mend(&self.coder.lemmas, text, sentence);
    }

    /// Keeps a sentence that holds no act, in case a later one asks whom it names.
    fn hold_back(&mut self, passage: &'c Passage, sentence: Sentence) {
        let Coder { gate, lexicon, .. } = self.coder;
        self.discourse.story.pass_over(&passage.text, &sentence);
        if let Some(number) = self.discourse.hold_back(gate, lexicon, &passage.text, &sentence) {
            if self.held.len() == MOST_WAITING {
                self.held.remove(0);
            }
            self.held.push(Held { passage, sentence, number });
        }
    }

    /// Reads whom a sentence that was held back names, and before it those that it asks for itself.
    fn read_held(&mut self, number: u32, depth: usize) {
        if depth == DEEPEST {
            // From the first on none asks for another.
            while let Some(first) = self.held.first().map(|held| held.number).filter(|&first| first < number) {
                self.read_held(first, 0);
            }
        }
        let Some(at) = self.held.iter().position(|held| held.number == number) else { return };
        let Held { passage, mut sentence, .. } = self.held.remove(at);
        self.parse(&passage.text, &mut sentence);
        let quotes = quotations(&passage.text);
        let context = self.context(passage, &quotes, 0);
        let now = self.discourse.go_back(number);
        let coder = SentenceCoder::new(&context, &sentence, &self.discourse);
        while let Some(older) = coder.name(&mut self.discourse) {
            self.read_held(older, depth + 1);
        }
        self.discourse.come_back(now);
    }
}

/// So many sentences that were held back may ask one for the next.
const DEEPEST: usize = 16;

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
        let field = TextField::of(passage.field);
        act.repeats.push(Repeat { field, start: span.start as u32, end: span.end as u32 });
    }
}

pub(crate) fn char_span(passage: &Passage, bytes: std::ops::Range<usize>) -> Span {
    let span = passage.source_span(bytes);
    Span { start: span.start as u32, end: span.end as u32 }
}
