//! A machine of the lexicon with its word sets filled in, and the step that an act is.

use std::collections::HashSet;

use detente_coder::Act;
use detente_lexicon::{Lexicon, Machine, Move, Need, Term};

use crate::phrase::{Phrase, lemma};

/// A machine, ready to read acts.
#[derive(Debug)]
pub struct Table<'l> {
    /// The machine.
    pub machine: &'l Machine,
    plain: HashSet<&'l str>,
    steps: Vec<Step<'l>>,
}

#[derive(Debug)]
struct Step<'l> {
    step: &'l Move,
    verbs: Vec<&'l str>,
    words: Vec<&'l str>,
    with: Vec<&'l str>,
    unless: Vec<&'l str>,
}

/// An act with what is read off its words once for all machines.
#[derive(Debug)]
pub struct Told<'a> {
    /// The act.
    pub act: &'a Act,
    /// The words of its subject.
    pub subject: Phrase<'a>,
    /// The words from its first to its last one.
    pub evidence: Phrase<'a>,
    /// Matched lemmas, and the verbs that nouns among them come from.
    lemmas: HashSet<String>,
    /// It names an organisation.
    pub has_organisation: bool,
    /// It names a disputed territory.
    pub has_territory: bool,
}

impl<'a> Told<'a> {
    /// Reads the words of an act.
    pub fn new(act: &'a Act, lexicon: &'a Lexicon) -> Told<'a> {
        let subject = Phrase::new(act.subject.as_deref().unwrap_or(""), lexicon);
        let evidence = Phrase::new(&act.event_text, lexicon);
        let mut lemmas: HashSet<String> = HashSet::new();
        for word in &act.lemmas {
            // A tagger may keep the plural of what it takes for a plural only: "troops".
            lemmas.extend([word.clone(), lemma(word)]);
            if let Some(verbs) = lexicon.words.verbs_of.get(word.as_str()) {
                lemmas.extend(verbs.iter().map(ToString::to_string));
            }
        }
        let parties = || act.actor.iter().chain(&act.recipient).chain(&act.third);
        let has_organisation = parties().any(|party| party.sector.first().is_some_and(|sector| sector == "IGO"))
            || subject.organisations().next().is_some();
        let has_territory = subject.territories().chain(evidence.territories()).next().is_some();
        Told { act, subject, evidence, lemmas, has_organisation, has_territory }
    }

    fn says(&self, terms: &[&str]) -> bool {
        terms.iter().any(|term| {
            self.lemmas.contains(*term)
                || self.subject.says(term)
                || term.contains([' ', '-'])
                    && (self.evidence.says(term) || term.split([' ', '-']).all(|part| self.lemmas.contains(part)))
        })
    }
}

impl<'l> Table<'l> {
    /// Fills in the word sets of a machine.
    pub fn new(machine: &'l Machine, lexicon: &'l Lexicon) -> Table<'l> {
        let words = |terms: &'l [Term]| terms.iter().flat_map(|term| members(term, lexicon)).collect();
        let steps = machine.moves.iter().map(|step| Step {
            step,
            verbs: words(&step.verbs),
            words: words(&step.words),
            with: words(&step.with),
            unless: words(&step.unless),
        });
        let plain: Vec<&str> = words(&machine.plain);
        Table { machine, steps: steps.collect(), plain: plain.into_iter().collect() }
    }

    /// Tells whether a lemma says nothing of a subject.
    pub fn is_plain(&self, lemma: &str) -> bool {
        self.plain.contains(lemma)
    }

    /// The first step that fits an act.
    pub fn step(&self, told: &Told<'_>) -> Option<&'l Move> {
        self.steps.iter().find(|step| step.fits(told)).map(|step| step.step)
    }
}

impl Step<'_> {
    fn fits(&self, told: &Told<'_>) -> bool {
        let act = told.act;
        let step = self.step;
        let among = |list: &[smol_str::SmolStr], text: &str| list.iter().any(|item| item == text);
        among(&step.types, act.event.first().map_or("", String::as_str))
            && (step.about.is_empty() || act.about.as_deref().is_some_and(|about| among(&step.about, about)))
            && (step.modes.is_empty() || act.mode.iter().any(|mode| among(&step.modes, mode)))
            && !act.mode.iter().any(|mode| among(&step.unless_modes, mode))
            && (self.verbs.is_empty() || self.verbs.iter().any(|verb| told.lemmas.contains(*verb)))
            && (self.words.is_empty() || told.says(&self.words))
            && (self.with.is_empty() || told.says(&self.with))
            && !told.says(&self.unless)
            && step.needs.iter().all(|need| match need {
                Need::Organisation => told.has_organisation,
                Need::Territory => told.has_territory,
                // Judged once the parties are known.
                Need::Subject => act.subject.is_some(),
                Need::Both => act.actor.len() > 1,
                Need::Recipient => !act.recipient.is_empty(),
                // "Recognises that Freedonia tries" has no subject either.
                Need::Name => match act.subject {
                    Some(_) => told.subject.only_names(),
                    None => !told.evidence.says("that"),
                },
            })
    }
}

/// The words that a term stands for.
fn members<'l>(term: &'l Term, lexicon: &'l Lexicon) -> impl Iterator<Item = &'l str> {
    let (word, set) = match term {
        Term::Word(word) => (Some(word), None),
        Term::Set(set) => (None, lexicon.words.sets.get(set)),
    };
    word.into_iter().chain(set.into_iter().flatten()).map(|member| member.as_str())
}
