//! Matching: where a rule's pattern stands in a sentence, in any voice, as verb or noun.

mod places;
mod support;

use std::cell::OnceCell;

use detente_grammar::{Deprel, Upos, Xpos};
use detente_lexicon::{Lexicon, UNKNOWN};

use crate::{
    frame::{Frame, Slot, frame},
    mention::Mentions,
    ontology::EventType,
    rule::{Alternative, Candidate, Node, Outcome, Place, Role, Rule, Rules, Target},
    syntax::{Syntax, Tok},
    wordlist::{Present, lowered},
};

pub(crate) use places::is_manner;
pub(crate) use support::content_head;

/// A rule found in a sentence.
#[derive(Clone, Debug)]
pub struct Match {
    /// Number of the rule.
    pub rule: u32,
    /// Its main word.
    pub root: Tok,
    /// All words of the rule, the main word first.
    pub words: Vec<Tok>,
    /// Heads of the phrases that act.
    pub actor: Vec<Tok>,
    /// Heads of the phrases that are acted upon.
    pub recipient: Vec<Tok>,
    /// Heads of third parties.
    pub third: Vec<Tok>,
    /// Heads of territories.
    pub territory: Vec<Tok>,
    /// Head of the content: what is asked, promised, refused.
    pub content: Vec<Tok>,
    /// The main word is a noun where the example has a verb.
    pub nominal: bool,
    /// Both sides stand in one place: "A and B met".
    pub joint: bool,
    /// How many more words its nouns bring with them: "cyber" in "cyber attack".
    pub beside: u32,
}

impl Match {
    /// What words show that no rule knows; whose words they are is still to be said.
    pub(crate) fn unruled(root: Tok, words: Vec<Tok>) -> Match {
        Match {
            rule: u32::MAX,
            root,
            words,
            actor: Vec::new(),
            recipient: Vec::new(),
            third: Vec::new(),
            territory: Vec::new(),
            content: Vec::new(),
            nominal: false,
            joint: false,
            beside: 0,
        }
    }

    /// How much of the sentence the rule explains: more is better.
    pub fn weight(&self, rule: &Rule) -> u32 {
        u32::from(rule.words) * 4
            + self.beside * 3
            + u32::from(!self.recipient.is_empty() || self.joint) * 3
            + u32::from(!self.actor.is_empty()) * 2
            + u32::from(!self.content.is_empty())
            + u32::from(!self.nominal)
    }
}

/// A sentence with its frames, made when first asked for.
#[derive(Debug)]
pub struct Matcher<'a, 's> {
    /// The sentence.
    pub syntax: &'a Syntax<'s>,
    pub(crate) lexicon: &'a Lexicon,
    frames: Vec<OnceCell<Frame<'s>>>,
}

impl<'a, 's> Matcher<'a, 's> {
    /// Prepares a sentence.
    pub fn new(syntax: &'a Syntax<'s>, lexicon: &'a Lexicon) -> Matcher<'a, 's> {
        Matcher { syntax, lexicon, frames: (0..syntax.len()).map(|_| OnceCell::new()).collect() }
    }

    /// The frame of a token.
    pub fn frame(&self, tok: Tok) -> &Frame<'s> {
        self.frames[tok as usize].get_or_init(|| {
            let mut frame = frame(self.syntax, tok);
            if !self.syntax.is_verbal(tok) {
                self.add_support(tok, &mut frame);
            }
            frame
        })
    }

    /// Finds the matches of the sentence: the fullest first, each main word once.
    pub fn matches(&self, rules: &Rules, mentions: &Mentions) -> Vec<Match> {
        let mut found = Vec::new();
        let present = rules.present(self.syntax);
        for tok in 0..self.syntax.len() as Tok {
            // The words of a name tell of no act: "the Cooperation Council".
            let named =
                mentions.at(tok).is_some_and(|m| m.first != m.last || self.syntax.token(tok).upos == Upos::Propn);
            if !named
                && matches!(
                    self.syntax.token(tok).upos,
                    Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn | Upos::Aux | Upos::Adv
                )
            {
                self.matches_at(rules, &present, tok, &mut found);
            }
        }
        // A word of a rule without any side is no act, unless the rule says so.
        found.retain(|m| {
            let rule = &rules.all[m.rule as usize];
            rule.outcome == Outcome::Nothing || !m.actor.is_empty() || !m.recipient.is_empty() || m.joint
        });
        // "A row with Freedonia" is none over Zenda.
        found.retain(|m| !m.territory.is_empty() || !rules.all[m.rule as usize].has_territory);
        // "Ruritania is expected to meet Freedonia": nobody asks for it, and what is done tells more.
        found.retain(|m| {
            let asks = matches!(&rules.all[m.rule as usize].outcome, Outcome::Act(EventType::Request, _));
            let is_told =
                |&word: &Tok| self.syntax.rel(word) == Deprel::Xcomp && self.syntax.head(word) == Some(m.root);
            !(asks && m.actor.is_empty() && self.syntax.is_passive(m.root) && m.words.iter().any(is_told))
        });
        found.retain(|m| !self.is_turned(&rules.all[m.rule as usize], m));
        found.sort_by_key(|m| std::cmp::Reverse(m.weight(&rules.all[m.rule as usize])));
        let mut kept: Vec<Match> = Vec::new();
        for candidate in found {
            // Circumstances stand beside acts: "sanctions on" tells of both.
            let standing = |m: &Match| matches!(rules.all[m.rule as usize].outcome, Outcome::Standing(..));
            let outcome = |m: &Match| &rules.all[m.rule as usize].outcome;
            let clash = kept.iter_mut().find(|k| {
                standing(k) == standing(&candidate)
                    && (k.root == candidate.root
                        || k.words.contains(&candidate.root)
                        || candidate.words.contains(&k.root))
            });
            match clash {
                None => kept.push(candidate),
                // "Freed a blogger": whom the fuller rule takes for a word of its own, a plainer one takes for a side.
                // "Met him for talks": where the fuller has both sides in one place, he is the other one.
                Some(fuller) if fuller.root == candidate.root => {
                    if let (Outcome::Act(a, _), Outcome::Act(b, _)) = (outcome(fuller), outcome(&candidate))
                        && a == b
                    {
                        self.fill(fuller, candidate);
                    }
                }
                Some(_) => {}
            }
        }
        kept.sort_by_key(|m| m.root);
        kept
    }

    /// Tells whether a match takes who does it for whom it is done to: "Ruritania charged Freedonia with arming rebels" by the rule for
    /// "alleged that Freedonia arms rebels", "expects to meet Freedonia" by that for "expects Freedonia to yield".
    fn is_turned(&self, rule: &Rule, found: &Match) -> bool {
        let args = &rule.root.args;
        let acts_as_subject = args.iter().any(|arg| matches!(arg, (Place::Subj, Target::Side(Role::Actor))));
        acts_as_subject
            && found.actor.is_empty()
            && !found.nominal
            && !self.syntax.is_passive(found.root)
            && self.frame(found.root).at(Slot::Subj).any(|subject| found.recipient.contains(&subject))
    }

    /// Gives a match the sides that a plainer one of the same main word has found and it has not. Who stands inside a side is no other ("the
    /// Bulgarian ambassador was expelled"), and a thing that makes the act is none ("rejected the claim").
    fn fill(&self, fuller: &mut Match, plainer: Match) {
        let inside = |tok: Tok, side: &[Tok]| side.iter().any(|&other| self.syntax.is_under(tok, other));
        if fuller.joint {
            if !plainer.joint && plainer.recipient.iter().any(|tok| !fuller.words.contains(tok)) {
                (fuller.actor, fuller.recipient, fuller.joint) = (plainer.actor, plainer.recipient, false);
            }
            return;
        }
        if fuller.recipient.is_empty() {
            let makes_it = |tok: Tok| fuller.words.contains(&tok) && !self.is_somebody(tok);
            let found = plainer.recipient.into_iter();
            fuller.recipient = found.filter(|&tok| !makes_it(tok) && !inside(tok, &fuller.actor)).collect();
        }
        if fuller.actor.is_empty() {
            let found = plainer.actor.into_iter();
            let holds_other = |tok: Tok| fuller.recipient.iter().any(|&other| self.syntax.is_under(other, tok));
            fuller.actor = found.filter(|&tok| !holds_other(tok) && !inside(tok, &fuller.recipient)).collect();
        }
    }

    /// Tells whether a noun names those to whom a verb is done.
    fn undergoes(&self, noun: Tok, verb: Tok) -> bool {
        self.is_somebody(noun)
            && self.syntax.token(noun).upos == Upos::Noun
            && self.frame(verb).at(Slot::Obj).any(|object| object == noun)
    }

    /// Tells whether a word is a name or a noun for people and their bodies.
    fn is_somebody(&self, tok: Tok) -> bool {
        self.syntax.token(tok).upos == Upos::Propn || self.lexicon.role_names.word(self.syntax.lemma(tok)) != UNKNOWN
    }

    /// All rules that match with this token as main word.
    fn matches_at(&self, rules: &Rules, present: &Present, tok: Tok, found: &mut Vec<Match>) {
        let lemma = &*lowered(self.syntax.lemma(tok));
        let verbal = self.syntax.is_verbal(tok);
        let may_match = |one: &Candidate, verb: bool, nominal: bool| {
            one.verb == verb
                && one.rarest.is_none_or(|list| present.holds(list))
                && rules.needs(one.rule).are_met(present, nominal)
        };
        for one in rules.of(lemma).iter().filter(|one| may_match(one, verbal, false)) {
            self.try_rule(one.rule, &rules.all[one.rule as usize], tok, false, None, found);
        }
        if !verbal && let Some(verbs) = self.lexicon.words.verbs_of.get(lemma) {
            for verb in verbs {
                let phrase = verb.split(' ').next().unwrap_or(verb);
                for one in rules.of(phrase).iter().filter(|one| may_match(one, true, true)) {
                    self.try_rule(one.rule, &rules.all[one.rule as usize], tok, true, Some(verb), found);
                }
            }
        }
    }

    fn try_rule(&self, number: u32, rule: &Rule, tok: Tok, nominal: bool, verb: Option<&str>, found: &mut Vec<Match>) {
        if !self.root_fits(&rule.root, tok, nominal, verb) {
            return;
        }
        let mut binding = Match {
            rule: number,
            root: tok,
            words: vec![tok],
            actor: Vec::new(),
            recipient: Vec::new(),
            third: Vec::new(),
            territory: Vec::new(),
            content: Vec::new(),
            nominal,
            joint: false,
            beside: 0,
        };
        if !nominal {
            binding.beside += self.beside(&rule.root.words, tok);
        }
        let mut open: Vec<(&Place, Role)> = Vec::new();
        if !self.bind(&rule.root, tok, nominal, &mut binding, &mut open) {
            return;
        }
        for words in &rule.also {
            let (first, last) = self.syntax.extent(tok);
            match (first..=last).find(|&at| !binding.words.contains(&at) && self.fits(words, at)) {
                Some(word) => {
                    binding.words.push(word);
                    binding.beside += self.beside(words, word);
                }
                None => return,
            }
        }
        // A side that was not found where the example has it may hang on another word of the rule.
        let mut lacking = false;
        for (place, role) in open {
            let mut heads = Vec::new();
            let inner: &[Tok] =
                if matches!(place, Place::Prep(_) | Place::ContentSubj) { &binding.content } else { &[] };
            for &word in binding.words.iter().chain(inner) {
                // "a Ruritanian leader was abducted": whose leader he is, did not do it.
                if role == Role::Actor && word != tok && !nominal && self.undergoes(word, tok) {
                    continue;
                }
                heads = self.side_heads(word, place, word == tok && nominal, &binding);
                heads.retain(|&head| self.may_be_in(place, role, head));
                if !heads.is_empty() {
                    break;
                }
            }
            // With one word alone, the side that its preposition or object names is what makes it this act.
            lacking |= heads.is_empty()
                && rule.words == 1
                && role == Role::Recipient
                && (matches!(place, Place::Prep(_)) || (*place == Place::Obj && !nominal));
            self.assign(role, heads, &mut binding);
        }
        if lacking || self.has_object_of_its_own(rule, &binding) {
            return;
        }
        found.push(binding);
    }

    /// Tells whether a verb that the example has without an object acts on something here: "submitted to Ruritania" yields, "submitted a report
    /// to Ruritania" does not.
    fn has_object_of_its_own(&self, rule: &Rule, found: &Match) -> bool {
        let takes_object =
            rule.root.args.iter().any(|(place, _)| matches!(place, Place::Obj | Place::Iobj | Place::Clause));
        rule.words == 1
            && rule.root.verb
            && !found.nominal
            && !takes_object
            && !self.syntax.is_passive(found.root)
            && self.frame(found.root).at(Slot::Obj).filter(|&object| !self.syntax.lemma(object).ends_with("self")).any(
                |object| {
                    let bound = found.actor.iter().chain(&found.recipient).chain(&found.third).chain(&found.content);
                    !bound.into_iter().any(|&known| known == object)
                        && !crate::when::is_time_word(self.syntax.lemma(object))
                },
            )
    }

    fn root_fits(&self, node: &Node, tok: Tok, nominal: bool, verb: Option<&str>) -> bool {
        match (nominal, verb) {
            (true, Some(verb)) => {
                // The noun stands for the verb; a particle of the verb is inside the noun.
                let (head, particle) = verb.split_once(' ').unwrap_or((verb, ""));
                node.words.iter().any(|w| w.head == head && (w.beside.is_empty() || particle == w.beside.join(" ")))
            }
            _ => self.fits(&node.words, tok),
        }
    }

    /// Tells whether a token is one of the words.
    fn fits(&self, words: &[Alternative], tok: Tok) -> bool {
        let lemma = &*lowered(self.syntax.lemma(tok));
        words.iter().any(|word| word.head == lemma && word.beside.iter().all(|beside| self.is_beside(tok, beside)))
    }

    /// How many words the longest of the words that a noun is has beside it.
    fn beside(&self, words: &[Alternative], tok: Tok) -> u32 {
        // What a verb has beside it, "from" or "out", says less than another word of a rule.
        if self.syntax.is_verbal(tok) {
            return 0;
        }
        let lemma = &*lowered(self.syntax.lemma(tok));
        let fitting = words.iter().filter(|word| word.head == lemma);
        let fitting = fitting.filter(|word| word.beside.iter().all(|beside| self.is_beside(tok, beside)));
        fitting.map(|word| word.beside.len() as u32).max().unwrap_or(0)
    }

    fn is_beside(&self, tok: Tok, lemma: &str) -> bool {
        self.syntax.kids(tok).iter().any(|&kid| {
            self.syntax.lemma(kid).eq_ignore_ascii_case(lemma)
                || self.syntax.kids(kid).iter().any(|&inner| self.syntax.lemma(inner).eq_ignore_ascii_case(lemma))
        }) || (tok as usize + 1 < self.syntax.len() && self.syntax.lemma(tok + 1).eq_ignore_ascii_case(lemma))
            || (tok > 0 && self.syntax.lemma(tok - 1).eq_ignore_ascii_case(lemma))
            || (tok > 1 && self.syntax.form(tok - 1) == "-" && self.syntax.lemma(tok - 2).eq_ignore_ascii_case(lemma))
    }

    fn bind<'r>(
        &self,
        node: &'r Node,
        tok: Tok,
        nominal: bool,
        binding: &mut Match,
        open: &mut Vec<(&'r Place, Role)>,
    ) -> bool {
        if node.negated && self.syntax.negation(tok).is_none() {
            return false;
        }
        // Words first: they decide; then the sides, which may hang on either.
        for (place, target) in &node.args {
            let Target::Word(inner) = target else { continue };
            // The particle of a verb is inside its noun: "pull out", "pullout".
            if nominal
                && *place == Place::Mod
                && inner.args.is_empty()
                && inner.words.iter().all(|w| is_particle(&w.head))
            {
                continue;
            }
            let heads = self.word_heads(tok, place, nominal);
            let Some(word) =
                heads.into_iter().find(|&word| !binding.words.contains(&word) && self.fits(&inner.words, word))
            else {
                return false;
            };
            binding.words.push(word);
            binding.beside += self.beside(&inner.words, word);
            if !self.bind(inner, word, false, binding, open) {
                return false;
            }
        }
        let mut joint: Vec<&Place> = Vec::new();
        for (place, target) in &node.args {
            match target {
                Target::Word(_) => {}
                Target::Content(form) => {
                    let heads = self.content_heads(tok, place, *form);
                    if heads.is_empty() && (*place == Place::Clause || *place == Place::Obj) {
                        return false;
                    }
                    binding.content.extend(heads);
                }
                Target::Side(Role::Recipient)
                    if node.args.iter().any(|(p, t)| p == place && matches!(t, Target::Side(Role::Actor))) =>
                {
                    joint.push(place);
                }
                Target::Side(role) => {
                    let mut heads = self.side_heads(tok, place, nominal, binding);
                    heads.retain(|&head| {
                        self.may_be_in(place, *role, head) && self.syntax.token(head).upos != Upos::Sconj
                    });
                    // "were arrested in Ruritania"; but "the police arrested them in Ruritania" tells who did it.
                    if *role == Role::Actor && matches!(place, Place::Prep(_)) && node.verb && !nominal {
                        let doers = self.side_heads(tok, &Place::Subj, false, binding);
                        heads = if doers.is_empty() { heads } else { doers };
                    }
                    // "while Freedonian sanctions are in force": whose they are is who imposed them, not who is under them.
                    let is_owned = node.args.iter().any(|(p, t)| *p == Place::Poss && matches!(t, Target::Side(_)));
                    if *place == Place::Subj && is_owned && !self.syntax.is_verbal(tok) {
                        heads.retain(|&head| self.frame(tok).at(Slot::Subj).any(|subject| subject == head));
                    }
                    if nominal && *place == Place::Subj && node.args.iter().any(|(p, _)| *p == Place::Obj) {
                        heads.retain(|&head| !self.is_undergone_by(tok, head));
                    }
                    if heads.is_empty() {
                        open.push((place, *role));
                    } else {
                        self.assign(*role, heads, binding);
                    }
                }
            }
        }
        if let Some(place) = joint.first() {
            // Both sides in one place: two phrases, or one that stands for several.
            let heads = self.side_heads_of(tok, place, nominal);
            let several = heads.len() > 1
                || heads.iter().any(|&head| {
                    matches!(self.syntax.token(head).xpos, Xpos::Nns | Xpos::Nnps)
                        || matches!(
                            self.syntax.form(head).to_ascii_lowercase().as_str(),
                            "they" | "we" | "both" | "their" | "our" | "who" | "which" | "them" | "us"
                        )
                });
            if !several {
                return false;
            }
            binding.joint = true;
        }
        true
    }

    fn assign(&self, role: Role, heads: Vec<Tok>, binding: &mut Match) {
        let side = match role {
            Role::Actor => &mut binding.actor,
            Role::Recipient => &mut binding.recipient,
            Role::Third => &mut binding.third,
            Role::Territory => &mut binding.territory,
        };
        for head in heads {
            if !side.contains(&head) {
                side.push(head);
            }
        }
    }
}

/// Particles of verbs, which their nouns hold: "pull out", "pullout".
fn is_particle(lemma: &str) -> bool {
    matches!(
        lemma,
        "up" | "out"
            | "down"
            | "off"
            | "over"
            | "in"
            | "on"
            | "back"
            | "away"
            | "through"
            | "around"
            | "forward"
            | "aside"
            | "apart"
            | "under"
    )
}
