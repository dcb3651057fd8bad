//! The lexicon's own proof: every example codes to itself, every counter-example to nothing.

use std::{
    collections::{BTreeMap, HashSet},
    fmt,
};

use detente_grammar::Grammar;
use detente_lexicon::Expect;

use crate::{
    act::{Act, Factuality},
    coder::Coder,
    deeds::ANY_DEED,
    discourse::Discourse,
    explain::as_article,
    matching::Matcher,
    mending::mend,
    ontology::EventType,
    respelling,
    rule::{Node, Rule, Target, plain, staged},
    sentence::{ANSWERED, Context, SentenceCoder},
    syntax::quotations,
    trust::Weighing,
};

/// One example that does not code as its section says.
#[derive(Clone, Debug)]
pub struct Failure {
    /// File and line.
    pub place: String,
    /// The sentence.
    pub sentence: String,
    /// What is wrong.
    pub why: String,
}

/// What a check of the lexicon found.
#[derive(Clone, Debug, Default)]
pub struct CheckReport {
    /// Examples that fail.
    pub failures: Vec<Failure>,
    /// Mistakes in the facts: overlapping terms, dates before a state's birth.
    pub facts: Vec<String>,
    /// By type: examples, different trees, counter-examples.
    pub counts: BTreeMap<String, (usize, usize, usize)>,
    /// Sentences of the corpus, if one was read.
    pub corpus_sentences: usize,
    /// Rules with the number of corpus sentences that each matched.
    pub corpus: Vec<(String, usize)>,
}

impl CheckReport {
    /// Tells whether nothing failed.
    pub fn is_ok(&self) -> bool {
        self.failures.is_empty() && self.facts.is_empty()
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for failure in &self.failures {
            writeln!(f, "{}: {}\n    {}", failure.place, failure.why, failure.sentence)?;
        }
        for fact in &self.facts {
            writeln!(f, "{fact}")?;
        }
        writeln!(f, "{:<12} {:>8} {:>10} {:>16}", "type", "examples", "trees", "counter-examples")?;
        let mut total = (0, 0, 0);
        for (kind, (examples, trees, counters)) in &self.counts {
            writeln!(f, "{kind:<12} {examples:>8} {trees:>10} {counters:>16}")?;
            total = (total.0 + examples, total.1 + trees, total.2 + counters);
        }
        writeln!(f, "{:<12} {:>8} {:>10} {:>16}", "all", total.0, total.1, total.2)?;
        if self.corpus_sentences > 0 {
            let matched = self.corpus.iter().filter(|(_, n)| *n > 0).count();
            writeln!(
                f,
                "{matched} of {} rules match in {} corpus sentences",
                self.corpus.len(),
                self.corpus_sentences
            )?;
            for (rule, count) in self.corpus.iter().filter(|(_, n)| *n > 0) {
                writeln!(f, "  {count:>6}  {rule}")?;
            }
            for (rule, _) in self.corpus.iter().filter(|(_, n)| *n == 0) {
                writeln!(f, "  never   {rule}")?;
            }
        }
        match self.failures.len() + self.facts.len() {
            0 => writeln!(f, "every example codes to itself, every counter-example to nothing"),
            failures => writeln!(f, "{failures} failed"),
        }
    }
}

impl Coder {
    /// Codes every example of the lexicon, and with a corpus counts the sentences that each rule matches.
    pub fn check<'t>(&self, corpus: impl IntoIterator<Item = &'t str>) -> CheckReport {
        let mut report = CheckReport { facts: self.lexicon.check(), ..CheckReport::default() };
        for unusable in &self.rules.unusable {
            let example = &self.lexicon.examples[unusable.example as usize];
            report.failures.push(Failure {
                place: format!("{}:{}", example.file, example.line),
                sentence: plain(&example.sentence).0,
                why: unusable.why.clone(),
            });
        }
        let mut unknown: Vec<String> = self.lexicon.words.deeds.values().flatten().map(ToString::to_string).collect();
        unknown.retain(|name| name != ANY_DEED && EventType::parse(name).is_none());
        unknown.sort_unstable();
        unknown.dedup();
        report.facts.extend(unknown.iter().map(|name| format!("words/deeds.txt: {name} is no type")));
        let mut trees: BTreeMap<String, HashSet<String>> = BTreeMap::new();
        for rule in &self.rules.all {
            let example = &self.lexicon.examples[rule.example as usize];
            let count = report.counts.entry(example.section.kind.to_string()).or_default();
            if example.expect == Expect::Act {
                count.0 += 1;
                trees.entry(example.section.kind.to_string()).or_default().insert(signature(&rule.root));
            } else {
                count.2 += 1;
            }
            if let Some(why) = self.example_fault(rule) {
                report.failures.push(Failure {
                    place: format!("{}:{}", example.file, example.line),
                    sentence: plain(&example.sentence).0,
                    why,
                });
            }
        }
        for (kind, trees) in trees {
            report.counts.entry(kind).or_default().1 = trees.len();
        }
        report.failures.sort_by(|a, b| place_key(&a.place).cmp(&place_key(&b.place)));
        self.count_corpus(corpus, &mut report);
        report
    }

    fn example_fault(&self, rule: &Rule) -> Option<String> {
        let example = &self.lexicon.examples[rule.example as usize];
        let text = plain(&staged(&example.sentence)).0;
        let Some(article) = as_article(&text, "example") else { return Some("cannot be read".to_owned()) };
        let coded = self.code_as(&article, Weighing::Off);
        let shown = |acts: &[Act]| {
            acts.iter()
                .map(|a| {
                    let sides =
                        |p: &[crate::act::Party]| p.iter().map(|p| p.entity_text.clone()).collect::<Vec<_>>().join("+");
                    format!("{} {} {} ({})", sides(&a.actor), a.event[0], sides(&a.recipient), a.rule)
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        let is = |act: &Act, kind: &str| act.event[0] == kind || act.about.as_deref() == Some(kind);
        match &example.expect {
            Expect::Nothing => {
                (!coded.acts.is_empty()).then(|| format!("a counter-example that codes to {}", shown(&coded.acts)))
            }
            Expect::Other(other) => {
                let other = other.split(' ').next().unwrap_or(other);
                // "denied the accusations of Freedonia" accuses nobody, though Freedonia did.
                let is_own = |act: &Act| act.rule != ANSWERED && act.event[0] == example.section.kind;
                if !coded.acts.iter().any(|a| is(a, other)) {
                    Some(format!("should code to {other}, codes to [{}]", shown(&coded.acts)))
                } else if coded.acts.iter().any(is_own) {
                    Some(format!("should not code to {}: [{}]", example.section.kind, shown(&coded.acts)))
                } else {
                    None
                }
            }
            Expect::Act if example.section.standing => (!coded
                .standings
                .iter()
                .any(|s| s.kind == example.section.kind && Some(s.state.as_str()) == example.section.mode.as_deref()))
            .then(|| "does not come out as its circumstance".to_owned()),
            Expect::Act => {
                // "is due in Freedonia": what lies ahead is promised.
                let is_ahead = |act: &Act| act.factuality == Factuality::Intended && is(act, &example.section.kind);
                let is_it = |act: &&Act| act.event[0] == example.section.kind || is_ahead(act);
                let Some(act) = coded.acts.iter().find(is_it) else {
                    return Some(format!("should code to {}, codes to [{}]", example.section.kind, shown(&coded.acts)));
                };
                let names =
                    |parties: &[crate::act::Party], name: &str| parties.iter().any(|p| p.entity_text.contains(name));
                let actor = !text.contains("Russia") || names(&act.actor, "Russia");
                let recipient = !text.contains("Iran")
                    || names(&act.recipient, "Iran")
                    || (example.section.mutual || rule.mutual) && names(&act.actor, "Iran");
                (!(actor && recipient))
                    .then(|| format!("the sides are not found: {}", shown(std::slice::from_ref(act))))
            }
        }
    }

    fn count_corpus<'t>(&self, corpus: impl IntoIterator<Item = &'t str>, report: &mut CheckReport) {
        let mut counts = vec![0usize; self.rules.all.len()];
        let mut parser = self.grammar.parser();
        for text in corpus {
            let Some(article) = as_article(text, "corpus") else { continue };
            for passage in &article.passages {
                let quotes = quotations(&passage.text);
                for mut sentence in parser.split(&passage.text) {
                    report.corpus_sentences += 1;
                    if !self.gate.lets_through(&self.lexicon, &self.grammar, &passage.text, &sentence) {
                        continue;
                    }
                    respelling::parse(&mut parser, &self.lexicon, &passage.text, &mut sentence);
                    mend(&self.lemmas, &passage.text, &mut sentence);
                    let context = Context {
                        coder: self,
                        weighing: Weighing::Off,
                        article: &article,
                        passage,
                        quotes: &quotes,
                        day: None,
                        sequence: 0,
                        field: crate::act::TextField::Text,
                        news_from: None,
                    };
                    let coder = SentenceCoder::new(&context, &sentence, &Discourse::default());
                    let matcher = Matcher::new(&coder.syntax, &self.lexicon);
                    for found in matcher.matches(&self.rules, &coder.mentions) {
                        counts[found.rule as usize] += 1;
                    }
                }
            }
        }
        if report.corpus_sentences > 0 {
            report.corpus = self
                .rules
                .all
                .iter()
                .zip(counts)
                .map(|(rule, count)| {
                    let example = &self.lexicon.examples[rule.example as usize];
                    (format!("{}:{}  {}", example.file, example.line, plain(&example.sentence).0), count)
                })
                .collect();
            report.corpus.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
    }

    /// The grammar that rules and news are parsed by.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }
}

/// What makes a tree: its words and places, without the inflection.
fn signature(node: &Node) -> String {
    let mut words: Vec<&str> = node.words.iter().map(|w| w.head.as_str()).collect();
    words.sort_unstable();
    let mut args: Vec<String> = node
        .args
        .iter()
        .map(|(place, target)| match target {
            Target::Side(role) => format!("{place:?}={role:?}"),
            Target::Content(form) => format!("{place:?}={form:?}"),
            Target::Word(inner) => format!("{place:?}=({})", signature(inner)),
        })
        .collect();
    args.sort();
    format!("{}[{}]", words.join("|"), args.join(" "))
}

fn place_key(place: &str) -> (&str, usize) {
    place.rsplit_once(':').map_or((place, 0), |(file, line)| (file, line.parse().unwrap_or(0)))
}
