//! Rules: example sentences, cut down to what ties actor, act and recipient.

use std::{cell::RefCell, panic, sync::Arc, thread};

use detente_grammar::{Deprel, Grammar, Upos, Xpos};
use detente_lexicon::{Example, Expect, FnvMap, Lexicon, Section};
use smol_str::SmolStr;

use crate::{
    examples::ParsedExamples,
    frame::{Slot, frame},
    inflection::Lemmas,
    mending::mend,
    ontology::EventType,
    syntax::{Syntax, Tok},
    wordlist::{Needs, Present, WordLists},
};

/// The part that an invented name of an example plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ruritania.
    Actor,
    /// Freedonia.
    Recipient,
    /// Sylvania.
    Third,
    /// Zenda, a territory.
    Territory,
}

impl Role {
    /// The part of a word of a staged example.
    pub fn of(form: &str) -> Option<Role> {
        Some(match form.strip_suffix("'s").unwrap_or(form) {
            "Russia" | "Russian" | "Russians" | "RUSSIA" => Role::Actor,
            "Iran" | "Iranian" | "Iranians" | "IRAN" => Role::Recipient,
            "Syria" | "Syrian" | "Syrians" => Role::Third,
            "Crimea" => Role::Territory,
            _ => return None,
        })
    }
}

/// The states that play the invented ones where an example is parsed: the grammar knows their names.
const CAST: &[(&str, &str)] = &[
    ("RURITANIA", "RUSSIA"),
    ("Ruritania", "Russia"),
    ("FREEDONIA", "IRAN"),
    ("Freedonian", "Iranian"),
    ("Freedonia", "Iran"),
    ("Sylvania", "Syria"),
    ("Zenda", "Crimea"),
];

/// The sentence with real states in the parts of the invented ones.
pub fn staged(sentence: &str) -> String {
    CAST.iter().fold(
        sentence.to_owned(),
        |text, (part, state)| {
            if text.contains(part) { text.replace(part, state) } else { text }
        },
    )
}

/// The place of an argument in a pattern: [`Slot`] with words of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Who acts.
    Subj,
    /// Who or what is acted upon.
    Obj,
    /// To whom.
    Iobj,
    /// After a preposition.
    Prep(SmolStr),
    /// Possessor.
    Poss,
    /// Modifier.
    Mod,
    /// Clause inside.
    Clause,
    /// What the subject is said to be.
    Pred,
    /// Who acts in the content: "said that Freedonia did something".
    ContentSubj,
}

impl From<Slot<'_>> for Place {
    fn from(slot: Slot<'_>) -> Place {
        match slot {
            Slot::Subj => Place::Subj,
            Slot::Obj => Place::Obj,
            Slot::Iobj => Place::Iobj,
            Slot::Prep(case) => Place::Prep(case.into()),
            Slot::Poss => Place::Poss,
            Slot::Mod => Place::Mod,
            Slot::Clause => Place::Clause,
            Slot::Pred => Place::Pred,
        }
    }
}

/// What must stand in a place.
#[derive(Clone, Debug)]
pub enum Target {
    /// One of the sides.
    Side(Role),
    /// A word.
    Word(Node),
    /// Anything; the content of the act where it is a clause.
    Content(Form),
}

/// The form of a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// "something"
    Noun,
    /// "to do something"
    Infinitive,
    /// "doing something"
    Gerund,
    /// "that it did something"
    Finite,
}

impl Form {
    /// The form of a clause or phrase.
    pub fn of(syntax: &Syntax<'_>, tok: Tok) -> Form {
        if !syntax.is_verbal(tok) {
            // "to be ready": a predicate with its copula.
            let copula = syntax.kid(tok, Deprel::Cop).is_some();
            let to = syntax.kids(tok).iter().any(|&k| matches!(syntax.rel(k), Deprel::Mark) && syntax.lemma(k) == "to");
            return match (copula, to) {
                (true, true) => Form::Infinitive,
                (true, false) => Form::Finite,
                _ => Form::Noun,
            };
        }
        let to = syntax
            .kids(tok)
            .iter()
            .any(|&k| syntax.token(k).xpos == Xpos::To || (syntax.rel(k) == Deprel::Mark && syntax.lemma(k) == "to"));
        match syntax.token(tok).xpos {
            _ if to => Form::Infinitive,
            Xpos::Vbg if !syntax.kids(tok).iter().any(|&k| matches!(syntax.rel(k), Deprel::Aux | Deprel::Nsubj)) => {
                Form::Gerund
            }
            _ => Form::Finite,
        }
    }
}

/// A word, or one of a set: the lemma that heads it, and those beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Head lemma.
    pub head: SmolStr,
    /// Other lemmas, which must hang on the head.
    pub beside: Vec<SmolStr>,
}

/// A word of a pattern with what hangs on it.
#[derive(Clone, Debug)]
pub struct Node {
    /// The words it may be.
    pub words: Arc<[Alternative]>,
    /// The word is a verb in the example.
    pub verb: bool,
    /// The word is negated in the example, and must be in the news.
    pub negated: bool,
    /// What must stand where.
    pub args: Vec<(Place, Target)>,
}

impl Node {
    /// Tells whether the example denies one of its words.
    pub(crate) fn denies(&self) -> bool {
        let is_denied = |target: &Target| matches!(target, Target::Word(inner) if inner.denies());
        self.negated
            || self.words.iter().any(|word| word.head == "not" || word.head == "no")
            || self.args.iter().any(|(_, target)| is_denied(target))
    }
}

/// What a pattern codes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An act of a type, with the mode of its section.
    Act(EventType, Option<SmolStr>),
    /// A circumstance: kind and state of an affair.
    Standing(SmolStr, SmolStr),
    /// Nothing: what looks like an act is none.
    Nothing,
}

/// A compiled example or counter-example.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Number of the example in the lexicon.
    pub example: u32,
    /// What it codes to.
    pub outcome: Outcome,
    /// Both sides act.
    pub mutual: bool,
    /// The sentence's main word.
    pub root: Node,
    /// Words that the tree does not tie to the main word: they must stand somewhere in the act's part of the sentence.
    pub also: Vec<Arc<[Alternative]>>,
    /// Number of words that must be there.
    pub words: u8,
    /// The example names a recipient.
    pub has_recipient: bool,
    /// The example names a territory.
    pub has_territory: bool,
}

/// Why an example is no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// Number of the example in the lexicon.
    pub example: u32,
    /// Why, for people.
    pub why: String,
}

/// In so many parts the examples are compiled, each on a thread of its own: a start waits for them, and small machines have two cores.
const PARTS: usize = 2;

/// A rule that a lemma begins, with what tells most often that it does not match.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Number of the rule.
    pub(crate) rule: u32,
    /// The example has a verb for main word.
    pub(crate) verb: bool,
    /// Of the lists that the rule needs the one with the fewest words.
    pub(crate) rarest: Option<u32>,
}

/// All rules, found by the lemma of their main word.
#[derive(Debug, Default)]
pub struct Rules {
    /// The rules.
    pub all: Vec<Rule>,
    /// Examples that could not be compiled.
    pub unusable: Vec<Unusable>,
    by_lemma: FnvMap<SmolStr, Vec<Candidate>>,
    lists: WordLists,
    /// What each rule needs besides its main word.
    needs: Vec<Needs>,
}

impl Rules {
    /// Compiles the examples of a lexicon.
    pub fn compile(lexicon: &Lexicon, grammar: &Grammar, parsed: &ParsedExamples, lemmas: &Lemmas) -> Rules {
        let part = lexicon.examples.len().div_ceil(PARTS).max(1);
        let compile_part = &|number: usize, examples: &[Example]| -> Vec<Result<Rule, Unusable>> {
            let sources = Sources { lexicon, grammar, parsed, lemmas, of_sets: RefCell::default() };
            let numbered = examples.iter().enumerate().map(|(at, example)| ((number * part + at) as u32, example));
            let compiled = numbered.map(|(example, sentence)| {
                compile(example, sentence, &sources).map_err(|why| Unusable { example, why })
            });
            compiled.collect()
        };
        let compiled: Vec<Vec<Result<Rule, Unusable>>> = thread::scope(|scope| {
            let parts = lexicon.examples.chunks(part).enumerate();
            let threads: Vec<_> =
                parts.map(|(number, examples)| scope.spawn(move || compile_part(number, examples))).collect();
            threads.into_iter().map(|part| part.join().unwrap_or_else(|cause| panic::resume_unwind(cause))).collect()
        });
        let mut rules = Rules::default();
        for rule in compiled.into_iter().flatten() {
            match rule {
                Ok(rule) => rules.add(rule),
                Err(unusable) => rules.unusable.push(unusable),
            }
        }
        rules
    }

    fn add(&mut self, rule: Rule) {
        let number = self.all.len() as u32;
        let needs = self.lists.needs(&rule);
        let candidate = Candidate { rule: number, verb: rule.root.verb, rarest: self.lists.rarest(&needs) };
        for word in rule.root.words.iter() {
            let list = self.by_lemma.entry(word.head.clone()).or_default();
            if list.last().is_none_or(|last| last.rule != number) {
                list.push(candidate);
            }
        }
        self.needs.push(needs);
        self.all.push(rule);
    }

    /// What a rule needs besides its main word.
    pub(crate) fn needs(&self, number: u32) -> &Needs {
        &self.needs[number as usize]
    }

    /// The lists of words that rules need.
    pub(crate) fn lists(&self) -> &WordLists {
        &self.lists
    }

    /// The lists of words of which a sentence holds one.
    pub(crate) fn present(&self, syntax: &Syntax<'_>) -> Present {
        self.lists.present(syntax)
    }

    /// Rules whose main word may be this lemma.
    pub(crate) fn of(&self, lemma: &str) -> &[Candidate] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Lemmas of main words.
    pub fn lemmas(&self) -> impl Iterator<Item = &str> {
        self.by_lemma.keys().map(SmolStr::as_str)
    }
}

/// An example's sentence without braces, and which bytes of it stand for which word set.
pub fn plain(sentence: &str) -> (String, Vec<(std::ops::Range<usize>, SmolStr)>) {
    let mut text = String::with_capacity(sentence.len());
    let mut sets = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((inside, after)) = after.split_once('}') else {
            text.push_str(after);
            return (text, sets);
        };
        let (shown, set) = inside.split_once(':').unwrap_or((inside, inside));
        let start = text.len();
        text.push_str(shown);
        sets.push((start..text.len(), set.trim().into()));
        rest = after;
    }
    text.push_str(rest);
    (text, sets)
}

/// What a set's members may be, by its name and whether nouns count.
type Alternatives = FnvMap<(SmolStr, bool), Arc<[Alternative]>>;

/// What rules are compiled from.
struct Sources<'a> {
    lexicon: &'a Lexicon,
    grammar: &'a Grammar,
    parsed: &'a ParsedExamples,
    lemmas: &'a Lemmas,
    /// The alternatives of word sets, made once for all rules; `true` where they are verbs.
    of_sets: RefCell<Alternatives>,
}

fn compile(number: u32, example: &Example, sources: &Sources<'_>) -> Result<Rule, String> {
    let section: &Section = &example.section;
    let outcome = match &example.expect {
        Expect::Nothing => Outcome::Nothing,
        Expect::Act if section.standing => Outcome::Standing(
            section.kind.clone(),
            section.mode.clone().ok_or("the section names no state of the affair")?,
        ),
        Expect::Act => act_outcome(&section.kind, section.mode.as_deref())?,
        Expect::Other(kind) => {
            let mut words = kind.split_whitespace();
            act_outcome(words.next().unwrap_or(""), words.next())?
        }
    };
    let (text, sets) = plain(&staged(&example.sentence));
    let sentence = match sources.parsed.get(&text) {
        Some(sentence) => {
            let mut sentence = sentence.clone();
            // The lexicon may know more words than the one whose examples were parsed.
            sources.lemmas.mend(&text, &mut sentence);
            sentence
        }
        None => {
            let mut fresh = sources.grammar.parse(&text);
            let Some(mut sentence) = fresh.pop().filter(|_| fresh.is_empty()) else {
                return Err("does not read as one sentence".to_owned());
            };
            mend(sources.lemmas, &text, &mut sentence);
            sentence
        }
    };
    let syntax = Syntax::new(&text, &sentence);
    let root = (0..syntax.len() as Tok).find(|&tok| syntax.head(tok).is_none()).ok_or("has no word")?;
    let builder = Builder { syntax: &syntax, sets: &sets, sources };
    let root = builder.node(root, &mut Vec::new())?;
    let also = builder.left_out(&root)?;
    let sides = sides(&root);
    if example.expect != Expect::Nothing {
        for (name, role) in [("Ruritania", Role::Actor), ("Freedonia", Role::Recipient)] {
            if example.sentence.contains(name) && !sides.contains(&role) {
                return Err(format!("its tree does not tie {name} to '{}'", root.words[0].head));
            }
        }
    }
    Ok(Rule {
        example: number,
        outcome,
        mutual: section.mutual && example.expect == Expect::Act,
        // "Has no ambassador" tells more than "has an ambassador".
        words: count(&root) + also.len() as u8 + u8::from(root.denies()),
        also,
        has_recipient: sides.contains(&Role::Recipient),
        has_territory: sides.contains(&Role::Territory),
        root,
    })
}

fn act_outcome(kind: &str, mode: Option<&str>) -> Result<Outcome, String> {
    let event = EventType::parse(kind).ok_or_else(|| format!("'{kind}' is no PLOVER type"))?;
    if let Some(mode) = mode
        && !event.modes().any(|m| m == mode)
    {
        return Err(format!("'{mode}' is no mode of {kind}"));
    }
    Ok(Outcome::Act(event, mode.map(SmolStr::from)))
}

/// The words of a pattern.
fn gather<'n>(node: &'n Node, held: &mut Vec<&'n [Alternative]>) {
    held.push(&node.words);
    for (_, target) in &node.args {
        if let Target::Word(inner) = target {
            gather(inner, held);
        }
    }
}

/// The sides that a pattern names.
fn sides(node: &Node) -> Vec<Role> {
    let mut found = Vec::new();
    for (_, target) in &node.args {
        match target {
            Target::Side(role) => found.push(*role),
            Target::Word(inner) => found.extend(sides(inner)),
            Target::Content(_) => {}
        }
    }
    found
}

fn count(node: &Node) -> u8 {
    1 + node
        .args
        .iter()
        .map(|(_, target)| match target {
            Target::Word(inner) => count(inner),
            Target::Content(_) | Target::Side(_) => 0,
        })
        .sum::<u8>()
}

struct Builder<'a, 's> {
    syntax: &'a Syntax<'s>,
    sets: &'a [(std::ops::Range<usize>, SmolStr)],
    sources: &'a Sources<'a>,
}

impl Builder<'_, '_> {
    /// Words of the example that the pattern does not hold, except helping words and wildcards.
    fn left_out(&self, root: &Node) -> Result<Vec<Arc<[Alternative]>>, String> {
        let mut held = Vec::new();
        gather(root, &mut held);
        let mut also: Vec<Arc<[Alternative]>> = Vec::new();
        let mut braces: Vec<usize> = Vec::new();
        for tok in 0..self.syntax.len() as Tok {
            let open =
                matches!(self.syntax.token(tok).upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn | Upos::Adv);
            let lemma = self.syntax.lemma(tok);
            let wildcard =
                matches!(lemma, "do" | "something" | "someone" | "somebody" | "anything" | "somewhere" | "have" | "be");
            if !open || wildcard || Role::of(self.syntax.form(tok)).is_some() || self.syntax.negation_of(tok) {
                continue;
            }
            if let Some(brace) = self.brace(tok) {
                if braces.contains(&brace) {
                    continue;
                }
                braces.push(brace);
            }
            let words = self.words(tok)?;
            if !held.contains(&&*words) {
                also.push(words);
            }
        }
        Ok(also)
    }

    /// The pattern of a word; `above` are the words that the pattern holds already: a controlled subject stands once.
    fn node(&self, tok: Tok, above: &mut Vec<Tok>) -> Result<Node, String> {
        if let Some(role) = Role::of(self.syntax.form(tok)) {
            return Err(format!("its tree takes {role:?} for the main word"));
        }
        let words = self.words(tok)?;
        let mut args = Vec::new();
        above.push(tok);
        for (slot, kid) in frame(self.syntax, tok).args {
            if above.contains(&kid)
                || (self.set_of(kid).is_some() && self.set_of(kid) == self.set_of(tok) && self.same_brace(kid, tok))
            {
                continue;
            }
            let form = self.syntax.form(kid);
            let lemma = self.syntax.lemma(kid);
            let wildcard = matches!(lemma, "something" | "someone" | "somebody" | "anything" | "somewhere");
            if let Some(role) = Role::of(form) {
                args.push((Place::from(slot), Target::Side(role)));
            } else if wildcard || (slot == Slot::Clause && self.is_any_deed(kid)) {
                args.push((Place::from(slot), Target::Content(Form::of(self.syntax, kid))));
                // The sides may hang on the wildcard: "gave something to Freedonia", "that Freedonia did something".
                for (inner, side) in frame(self.syntax, kid).args {
                    if let Some(role) = Role::of(self.syntax.form(side)) {
                        let place =
                            if inner == Slot::Subj && !wildcard { Place::ContentSubj } else { Place::from(inner) };
                        if place != Place::Subj && !(place == Place::ContentSubj && role == Role::Actor) {
                            args.push((place, Target::Side(role)));
                        }
                    }
                }
            } else if !self.is_function(kid) && self.syntax.negation(tok) != Some(kid) {
                args.push((Place::from(slot), Target::Word(self.node(kid, above)?)));
            }
        }
        Ok(Node { words, verb: self.syntax.is_verbal(tok), negated: self.syntax.negation(tok).is_some(), args })
    }

    /// "to do something", "that it did something", "doing something".
    fn is_any_deed(&self, tok: Tok) -> bool {
        self.syntax.lemma(tok) == "do"
            || self
                .syntax
                .kids_by(tok, Deprel::Obj)
                .any(|o| self.syntax.lemma(o) == "something" && self.syntax.lemma(tok) == "do")
    }

    fn is_function(&self, tok: Tok) -> bool {
        matches!(
            self.syntax.token(tok).upos,
            Upos::Det | Upos::Pron | Upos::Punct | Upos::Aux | Upos::Part | Upos::Sconj | Upos::Cconj
        ) && self.set_of(tok).is_none()
    }

    fn brace(&self, tok: Tok) -> Option<usize> {
        let token = self.syntax.token(tok);
        let bytes = token.start as usize..token.end as usize;
        self.sets.iter().position(|(range, _)| range.start <= bytes.start && bytes.end <= range.end)
    }

    fn same_brace(&self, a: Tok, b: Tok) -> bool {
        self.brace(a) == self.brace(b)
    }

    fn set_of(&self, tok: Tok) -> Option<&SmolStr> {
        self.brace(tok).map(|at| &self.sets[at].1)
    }

    fn words(&self, tok: Tok) -> Result<Arc<[Alternative]>, String> {
        let lemma = self.syntax.lemma(tok);
        let verb = self.syntax.is_verbal(tok);
        let Some(name) = self.set_of(tok) else {
            return Ok(Arc::new([Alternative { head: lemma.to_lowercase().into(), beside: Vec::new() }]));
        };
        let key = (name.clone(), verb);
        if let Some(words) = self.sources.of_sets.borrow().get(&key) {
            return Ok(words.clone());
        }
        let set = self.sources.lexicon.words.sets.get(name).ok_or_else(|| format!("no word set is called '{name}'"))?;
        let mut words: Vec<Alternative> = Vec::with_capacity(set.len() + 1);
        for member in set {
            let parts: Vec<&str> = member.split([' ', '-']).filter(|p| !p.is_empty()).collect();
            let of = parts.iter().position(|&p| matches!(p, "of" | "in" | "for" | "on" | "to" | "with"));
            let head =
                if verb { 0 } else { of.filter(|&at| at > 0).map_or(parts.len().saturating_sub(1), |at| at - 1) };
            let Some(&head_word) = parts.get(head) else { continue };
            let beside = parts
                .iter()
                .enumerate()
                .filter(|&(at, part)| at != head && !matches!(*part, "of" | "the" | "a" | "an" | "'s"))
                .map(|(_, part)| SmolStr::from(*part))
                .collect();
            words.push(Alternative { head: head_word.into(), beside });
        }
        if words.is_empty() {
            return Err(format!("the word set '{name}' is empty"));
        }
        let words: Arc<[Alternative]> = words.into();
        self.sources.of_sets.borrow_mut().insert(key, words.clone());
        Ok(words)
    }
}
