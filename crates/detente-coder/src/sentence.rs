//! One sentence: rules matched, sides resolved, acts drafted.

use std::{borrow::Cow, cell::OnceCell};

use detente_grammar::{Deprel, Sentence, Upos};
use detente_lexicon::Meaning;
use detente_text::{Article, Passage};
use jiff::civil::Date;

use crate::{
    act::{
        Act, ActDate, Attribution, AttributionKind, Cause, CiteInfo, Cue, Epoch, Factuality, Location, Party,
        Precision, Span, TextField, TextInfo, Via,
    },
    chooser::{Opinion, Site, Told},
    coder::{Coder, char_span},
    confidence,
    discourse::Discourse,
    entity::{Entity, Reader, Sort},
    factuality::{self, Reading},
    frame::Slot,
    linker::{Phrases, Question},
    matching::{Match, Matcher},
    mention::Mentions,
    ontology::EventType,
    rule::{Outcome, Rule},
    sides::{LINKED_ACTOR, Sought},
    standing::Standing,
    syntax::{Syntax, Tok},
    when::{self, When},
};

/// Above this probability the chooser overrules a rule whose type it gives less than [`OVERRULED`].
const OVERRULES: f32 = 0.7;
/// Below this probability a rule's type can be overruled.
const OVERRULED: f32 = 0.1;
/// Above this probability of no act a match between two sides is dropped: of one word, of several.
const DISMISSED: f32 = 0.85;
const DISMISSED_WORDS: f32 = 0.9;
/// An act that no rule knows is proposed from this probability: between states, between other actors, on things.
const PROPOSED_BETWEEN_STATES: f32 = 0.5;
const PROPOSED_BETWEEN_ACTORS: f32 = 0.3;
const PROPOSED_ON_THINGS: f32 = 0.37;
/// A group is taken for the actor of a proposed act from this probability, anybody else from [`LINKED_ACTOR`].
const LINKED_GROUP: f32 = 0.7;

/// What stands around a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The coder.
    pub coder: &'c Coder,
    /// The article.
    pub article: &'c Article,
    /// The passage.
    pub passage: &'c Passage,
    /// Quotations of the passage, in bytes.
    pub quotes: &'c [(usize, usize)],
    /// The article's date.
    pub day: Option<Date>,
    /// Number of the sentence in its field.
    pub sequence: u32,
    /// The field.
    pub field: TextField,
}

/// Codes one sentence.
#[derive(Debug)]
pub struct SentenceCoder<'c, 's> {
    pub(crate) context: &'c Context<'c>,
    pub(crate) syntax: Syntax<'s>,
    pub(crate) mentions: Mentions,
    pub(crate) whens: Vec<When>,
    phrases: OnceCell<Phrases>,
}

/// A match with everything read off it, before it becomes an act.
struct Draft<'m> {
    found: Cow<'m, Match>,
    outcome: Outcome,
    /// The rule; nothing where the chooser alone proposes the act.
    rule: Option<&'m Rule>,
    /// The chooser's probability of the type.
    opinion: Option<f32>,
    actors: Vec<Entity>,
    recipients: Vec<Entity>,
    thirds: Vec<Entity>,
    territories: Vec<u32>,
    reading: Reading,
    /// Index of the draft whose content this is.
    outer: Option<usize>,
    about: Option<EventType>,
}

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    /// Reads the names and dates of a parsed sentence.
    pub fn new(context: &'c Context<'c>, sentence: &'s Sentence) -> SentenceCoder<'c, 's> {
        let syntax = Syntax::new(&context.passage.text, sentence);
        let mentions = Mentions::find(&syntax, &context.coder.lexicon, context.day);
        let whens = when::find(&syntax, context.day);
        SentenceCoder { context, syntax, mentions, whens, phrases: OnceCell::new() }
    }

    /// Whose phrases are whose.
    pub(crate) fn reader(&self) -> Reader<'_, 's> {
        Reader {
            syntax: &self.syntax,
            mentions: &self.mentions,
            lexicon: &self.context.coder.lexicon,
            day: self.context.day,
        }
    }

    /// The phrases that may be sides.
    pub(crate) fn phrases(&self) -> &Phrases {
        self.phrases.get_or_init(|| Phrases::find(self.reader()))
    }

    pub(crate) fn span(&self, first: Tok, last: Tok) -> Span {
        char_span(self.context.passage, self.syntax.bytes(first, last))
    }

    pub(crate) fn is_quoted(&self, tok: Tok) -> bool {
        let at = self.syntax.token(tok).start as usize;
        self.context.quotes.iter().any(|&(start, end)| start <= at && at < end)
    }

    /// Codes the sentence and keeps what it named.
    pub fn code(&self, discourse: &mut Discourse, acts: &mut Vec<Act>, standings: &mut Vec<Standing>) {
        let matcher = Matcher::new(&self.syntax, &self.context.coder.lexicon);
        let matches = matcher.matches(&self.context.coder.rules, &self.mentions);
        let speaker = self.main_speaker(&matcher, discourse);
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        for found in &matches {
            if let Some(draft) = self.draft(found, &matcher, discourse, speaker.as_ref()) {
                drafts.push(draft);
            }
        }
        for draft in &mut drafts {
            self.weigh(draft, &matches, &matcher);
        }
        let barred = self.barred(&matches);
        self.propose(&mut drafts, &matches, &barred, &matcher, discourse, speaker.as_ref());
        self.demand(&mut drafts, &matcher, discourse);
        self.link_contents(&mut drafts);
        let base = acts.len();
        let mut ids: Vec<Option<usize>> = vec![None; drafts.len()];
        for (number, draft) in drafts.iter().enumerate() {
            match &draft.outcome {
                Outcome::Act(event, mode) => {
                    if draft.outer.is_some_and(|outer| !self.stands_alone(draft, &drafts[outer])) {
                        continue;
                    }
                    if let Some(act) = self.act(draft, *event, mode.as_deref(), &matcher, speaker.as_ref(), discourse) {
                        ids[number] = Some(acts.len());
                        acts.push(act);
                    }
                }
                Outcome::Standing(kind, state) => {
                    standings.extend(self.standing(draft, kind, state, &matcher, speaker.as_ref(), discourse))
                }
                Outcome::Nothing => {}
            }
        }
        for (number, draft) in drafts.iter().enumerate() {
            if let (Some(inner), Some(outer)) = (ids[number], draft.outer.and_then(|o| ids[o])) {
                let outer_id = acts[outer].id.clone();
                acts[inner].content_of = Some(outer_id);
            }
        }
        debug_assert!(base <= acts.len());
        let mut named: Vec<(Tok, Entity)> = Vec::new();
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        for tok in 0..self.syntax.len() as Tok {
            let rel = self.syntax.rel(tok);
            let phrase = matches!(
                rel,
                Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::NsubjOuter
                    | Deprel::Obj
                    | Deprel::Iobj
                    | Deprel::Obl
                    | Deprel::OblAgent
                    | Deprel::Nmod
                    | Deprel::NmodPoss
                    | Deprel::Conj
                    | Deprel::Appos
                    | Deprel::Root
            ) || (matches!(rel, Deprel::Amod | Deprel::Compound) && self.mentions.at(tok).is_some());
            if phrase && (self.syntax.is_nominal(tok) || self.mentions.at(tok).is_some()) {
                for mut entity in discourse.resolve(self.reader(), tok, &span_of, self.is_quoted(tok), speaker.as_ref())
                {
                    if matches!(rel, Deprel::Amod | Deprel::Compound) && entity.sort == Sort::Group {
                        entity.sort = Sort::State;
                        entity.sectors.clear();
                        entity.plural = false;
                    }
                    named.push((tok, entity));
                }
            }
        }
        let signed = if discourse.is_open() { self.signatories(discourse) } else { Vec::new() };
        discourse.remember(self.reader(), &named, &span_of, speaker.as_ref(), &signed);
    }

    /// The states of a list that a joint statement opens with.
    fn signatories(&self, discourse: &Discourse) -> Vec<Entity> {
        let joint = |text: &str| text.to_ascii_lowercase().contains("joint statement");
        if !joint(&self.context.passage.text) && !self.context.article.title().is_some_and(|t| joint(&t.text)) {
            return Vec::new();
        }
        for mention in &self.mentions.all {
            let list = self.list_of(mention.last);
            if !list.is_empty() {
                return self.resolve_all(&[mention.last], discourse, None);
            }
        }
        Vec::new()
    }

    /// Who speaks in the sentence: the subject of its verb of speech.
    fn main_speaker(&self, matcher: &Matcher<'_, 's>, discourse: &Discourse) -> Option<Entity> {
        let lexicon = &self.context.coder.lexicon;
        let mut best: Option<(u8, Tok)> = None;
        for tok in 0..self.syntax.len() as Tok {
            if !self.syntax.is_verbal(tok) || !factuality::is_speech(lexicon, self.syntax.lemma(tok)) {
                continue;
            }
            let says =
                self.syntax.kids(tok).iter().any(|&k| matches!(self.syntax.rel(k), Deprel::Ccomp | Deprel::Parataxis))
                    || self.syntax.rel(tok) == Deprel::Parataxis;
            let rank = if says { 2 } else { 1 };
            if best.is_none_or(|(b, _)| rank > b)
                && let Some(subject) = matcher.frame(tok).at(Slot::Subj).next()
            {
                best = Some((rank, subject));
            }
        }
        // "according to X"
        let according = (0..self.syntax.len() as Tok).find(|&tok| {
            matches!(self.syntax.rel(tok), Deprel::Obl | Deprel::Nmod)
                && self.syntax.case_phrase(tok).starts_with("according")
        });
        let (_, subject) = best.or(according.map(|tok| (0, tok)))?;
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        discourse.resolve(self.reader(), subject, &span_of, false, None).into_iter().next()
    }

    fn draft<'m>(
        &'m self,
        found: &'m Match,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Option<Draft<'m>> {
        let rule = &self.context.coder.rules.all[found.rule as usize];
        if rule.outcome == Outcome::Nothing {
            return None;
        }
        let reading =
            factuality::read(&self.syntax, &self.context.coder.lexicon, found.root, &found.words, rule.root.negated);
        if reading.unsaid {
            return None;
        }
        let quoted_speaker = reading.reported_by.and_then(|verb| {
            let subject = matcher.frame(verb).at(Slot::Subj).next()?;
            let span_of = |first: Tok, last: Tok| self.span(first, last);
            discourse.resolve(self.reader(), subject, &span_of, false, None).into_iter().next()
        });
        let speaker = quoted_speaker.as_ref().or(speaker);
        let mut actors = self.resolve_all(&found.actor, discourse, speaker);
        let mut recipients = self.resolve_all(&found.recipient, discourse, speaker);
        let mut thirds = self.resolve_all(&found.third, discourse, speaker);
        actors.retain(|a| a.sort != Sort::Media);
        // Before a noun only a known name is a side: "the World War" is no war of a World.
        if !self.syntax.is_verbal(found.root) {
            actors.retain(|a| a.code.is_some() || a.sort != Sort::Name || self.syntax.rel(a.head) != Deprel::Compound);
        }
        let event = match rule.outcome {
            Outcome::Act(event, _) => Some(event),
            _ => None,
        };
        // Who only tells of the act is no side of it.
        let tellers: Vec<Tok> =
            reading.reported_by.map(|verb| matcher.frame(verb).at(Slot::Subj).collect()).unwrap_or_default();
        let sought = |actors| Sought { found, event, actors, tellers: &tellers };
        if event.is_some() && actors.is_empty() {
            actors = self.linked_actors(found, event, &tellers, matcher, discourse, speaker);
            actors.retain(|a| a.sort != Sort::Media && !recipients.iter().any(|r| r.is_same(a)));
        }
        if !recipients.is_empty()
            && !found.joint
            && event.is_some()
            && let Some(likelier) = self.likelier_recipient(sought(&actors), matcher)
        {
            recipients = self.resolve_all(&[likelier], discourse, speaker);
        }
        if recipients.is_empty() && !found.joint && !(rule.mutual && actors.len() > 1) {
            recipients = self.linked_recipients(sought(&actors), matcher, discourse, speaker);
            if recipients.is_empty() {
                recipients = self.find_recipients(found, event, &actors, matcher, discourse, speaker);
            }
        }
        // "Chile and Bolivia agreed to build a road": with each other, not with the road.
        let with_each_other = actors.iter().filter(|a| a.is_actor()).count() > 1
            && found.recipient.is_empty()
            && matches!(event, Some(EventType::Agree | EventType::Consult | EventType::Cooperate));
        if with_each_other && recipients.iter().all(|r| r.code.is_none()) {
            recipients.clear();
        }
        recipients.retain(|r| !actors.iter().any(|a| a.is_same(r)) && r.sort != Sort::Media && !self.is_time(r));
        recipients.retain(|r| r.code.is_some() || !(self.is_own(r.head) && is_land(self.syntax.lemma(r.head))));
        self.spread(&mut recipients);
        // Whose the troops, missiles or goods are, where they are neither side's.
        for &word in found.words.iter().filter(|&&w| w != found.root && self.syntax.token(w).upos == Upos::Noun) {
            if let Some(owner) = self.reader().owner(word)
                && owner.code.is_some()
                && matches!(owner.sort, Sort::State | Sort::Body)
                && !actors.iter().chain(&recipients).chain(&thirds).any(|e| e.code == owner.code)
            {
                thirds.push(owner);
            }
        }
        let mut territories: Vec<u32> = recipients.iter().chain(&actors).filter_map(|e| e.territory).collect();
        for &head in &found.territory {
            territories.extend(self.reader().entity(head).territory);
            // "several islands of the Zenda group"
            for at in self.syntax.extent(head).0..=self.syntax.extent(head).1 {
                if let Some(Meaning::Territory(number, _)) = self.mentions.at(at).map(|m| m.meaning) {
                    territories.push(number);
                }
            }
        }
        territories.sort_unstable();
        territories.dedup();
        Some(Draft {
            found: Cow::Borrowed(found),
            outcome: rule.outcome.clone(),
            rule: Some(rule),
            opinion: None,
            actors,
            recipients,
            thirds,
            territories,
            reading,
            outer: None,
            about: None,
        })
    }

    /// Where a draft stands, for the chooser.
    fn site(&self, draft: &Draft<'_>) -> Site {
        let extent = |entities: &[Entity]| entities.first().map(|e| (e.first, e.last));
        let second = if draft.recipients.is_empty() {
            draft.actors.get(1).map(|e| (e.first, e.last))
        } else {
            extent(&draft.recipients)
        };
        Site { root: draft.found.root, actor: extent(&draft.actors), recipient: second }
    }

    /// What the chooser says of a draft's type.
    fn opinion(&self, draft: &Draft<'_>, matches: &[Match], matcher: &Matcher<'_, 's>) -> Option<Opinion> {
        let coder = self.context.coder;
        let told = Told { rules: &coder.rules, matches };
        coder.learned.chooser.opinion(matcher, &self.mentions, self.site(draft), Some(told))
    }

    /// Lets the chooser weigh in on a rule's type: it overrules where it is sure and the rule's type is all but excluded.
    fn weigh(&self, draft: &mut Draft<'_>, matches: &[Match], matcher: &Matcher<'_, 's>) {
        let Outcome::Act(event, _) = draft.outcome else { return };
        let Some(opinion) = self.opinion(draft, matches, matcher) else { return };
        let (best, probability) = opinion.best();
        let own = opinion.of(event);
        draft.opinion = Some(own);
        let dismissed = if draft.found.words.len() > 1 { DISMISSED_WORDS } else { DISMISSED };
        if opinion.none() > dismissed && !draft.recipients.is_empty() {
            draft.outcome = Outcome::Nothing;
            return;
        }
        if best != event && probability > OVERRULES && own < OVERRULED {
            draft.outcome = Outcome::Act(best, None);
            draft.opinion = Some(probability);
        }
    }

    /// The words of counter-examples that name more than the main word: no act may be proposed there.
    fn barred(&self, matches: &[Match]) -> Vec<Tok> {
        let rules = &self.context.coder.rules.all;
        matches
            .iter()
            .filter(|m| m.words.len() > 1 && rules[m.rule as usize].outcome == Outcome::Nothing)
            .flat_map(|m| m.words.iter().copied())
            .collect()
    }

    /// Proposes acts where two actors stand in a clause that no rule knows, and the chooser is sure of the type.
    fn propose<'m>(
        &'m self,
        drafts: &mut Vec<Draft<'m>>,
        matches: &[Match],
        barred: &[Tok],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        let Context { coder, passage, .. } = *self.context;
        // The coder parses only what the gate lets through; an explanation shall say the same.
        if coder.learned.chooser.is_empty()
            || !coder.gate.lets_through(&coder.lexicon, &passage.text, self.syntax.sentence)
        {
            return;
        }
        for root in 0..self.syntax.len() as Tok {
            let verbal = self.syntax.is_verbal(root);
            let event_noun = self.syntax.token(root).upos == Upos::Noun
                && coder.lexicon.words.verbs_of.contains_key(self.syntax.lemma(root));
            if !(verbal || event_noun)
                || self.mentions.at(root).is_some()
                || barred.contains(&root)
                || matches!(self.syntax.lemma(root), "have" | "be" | "do")
                || factuality::is_speech(&coder.lexicon, self.syntax.lemma(root))
                || drafts.iter().any(|d| d.found.words.contains(&root))
            {
                continue;
            }
            let question = Question { root, words: &[root], event: None, actor: None };
            let ranked = coder.learned.linker.actors(matcher, self.phrases(), question);
            let Some(&(actor, acting)) = ranked.first().filter(|(_, probability)| *probability > LINKED_ACTOR) else {
                continue;
            };
            let actors = self.resolve_all(&[actor], discourse, speaker);
            if !actors.iter().any(|a| a.is_actor() && (!a.weak || acting > LINKED_GROUP)) {
                continue;
            }
            let found = Match {
                rule: u32::MAX,
                root,
                words: vec![root],
                actor: vec![actor],
                recipient: Vec::new(),
                third: Vec::new(),
                territory: Vec::new(),
                content: if verbal { matcher.frame(root).at(Slot::Clause).collect() } else { Vec::new() },
                nominal: !verbal,
                joint: false,
            };
            let reading = factuality::read(&self.syntax, &coder.lexicon, root, &found.words, false);
            let tellers: Vec<Tok> =
                reading.reported_by.map(|verb| matcher.frame(verb).at(Slot::Subj).collect()).unwrap_or_default();
            if reading.unsaid
                || !matches!(reading.factuality, Factuality::Actual | Factuality::Intended)
                || tellers.contains(&actor)
            {
                continue;
            }
            let mut recipients = self.linked_recipients(
                Sought { found: &found, event: None, actors: &actors, tellers: &tellers },
                matcher,
                discourse,
                speaker,
            );
            if recipients.is_empty() {
                recipients = self.find_recipients(&found, None, &actors, matcher, discourse, speaker);
            }
            recipients.retain(|r| !actors.iter().any(|a| a.is_same(r)) && r.sort != Sort::Media && !self.is_time(r));
            self.spread(&mut recipients);
            if recipients.is_empty() {
                continue;
            }
            let touches = |a: &[Entity], b: &[Entity]| {
                a.iter().any(|x| {
                    b.iter().any(|y| x.first <= y.last && y.first <= x.last || x.code.is_some() && x.code == y.code)
                })
            };
            let known = drafts.iter().any(|d| {
                matches!(d.outcome, Outcome::Act(..))
                    && (touches(&d.actors, &actors)
                        && (touches(&d.recipients, &recipients)
                            || touches(&d.actors[d.actors.len().min(1)..], &recipients)))
            });
            if known {
                continue;
            }
            let mut draft = Draft {
                found: Cow::Owned(Match { content: Vec::new(), ..found }),
                outcome: Outcome::Nothing,
                rule: None,
                opinion: None,
                actors,
                recipients,
                thirds: Vec::new(),
                territories: Vec::new(),
                reading,
                outer: None,
                about: None,
            };
            let Some(opinion) = self.opinion(&draft, matches, matcher) else { continue };
            let (best, probability) = opinion.best();
            let between_states =
                draft.actors.iter().any(|a| a.code.is_some()) && draft.recipients.iter().any(|r| r.code.is_some());
            let needed = match (between_states, draft.recipients.iter().any(Entity::is_actor)) {
                (true, _) => PROPOSED_BETWEEN_STATES,
                (false, true) => PROPOSED_BETWEEN_ACTORS,
                (false, false) => PROPOSED_ON_THINGS,
            };
            if probability < needed {
                continue;
            }
            draft.outcome = Outcome::Act(best, None);
            draft.opinion = Some(probability);
            drafts.push(draft);
        }
    }

    /// What one side says that another must do is asked of it: "Ruritania said that Freedonia must disarm".
    fn demand<'m>(&'m self, drafts: &mut Vec<Draft<'m>>, matcher: &Matcher<'_, 's>, discourse: &Discourse) {
        let lexicon = &self.context.coder.lexicon;
        for verb in 0..self.syntax.len() as Tok {
            let must = self
                .syntax
                .kids_by(verb, Deprel::Aux)
                .find(|&aux| matches!(self.syntax.lemma(aux), "must" | "should" | "ought"));
            let Some(must) = must else { continue };
            let reading = factuality::read(&self.syntax, lexicon, verb, &[], false);
            let Some(reporter) = reading.reported_by else { continue };
            let span_of = |first: Tok, last: Tok| self.span(first, last);
            let Some(saying) = matcher.frame(reporter).at(Slot::Subj).next() else { continue };
            let actors = discourse.resolve(self.reader(), saying, &span_of, false, None);
            let asked: Vec<Tok> = matcher
                .frame(verb)
                .at(Slot::Subj)
                .chain(matcher.frame(verb).at(Slot::Obj).filter(|_| self.syntax.is_passive(verb)))
                .collect();
            let mut recipients = self.resolve_all(&asked, discourse, actors.first());
            recipients.retain(|r| r.is_actor() && !actors.iter().any(|a| a.is_same(r)));
            if recipients.is_empty()
                || !actors.iter().any(Entity::is_actor)
                || drafts.iter().any(|d| d.found.root == reporter)
            {
                continue;
            }
            drafts.push(Draft {
                found: Cow::Owned(Match {
                    rule: u32::MAX,
                    root: reporter,
                    words: vec![reporter, must],
                    actor: vec![saying],
                    recipient: asked,
                    third: Vec::new(),
                    territory: Vec::new(),
                    content: vec![verb],
                    nominal: false,
                    joint: false,
                }),
                outcome: Outcome::Act(EventType::Request, None),
                rule: None,
                opinion: Some(1.0),
                actors,
                recipients,
                thirds: Vec::new(),
                territories: Vec::new(),
                reading: factuality::read(&self.syntax, lexicon, reporter, &[reporter], false),
                outer: None,
                about: None,
            });
        }
    }

    /// Who promises, threatens or refuses is who says so: "the court said it will free him".
    fn sayer(&self, draft: &Draft<'_>, matcher: &Matcher<'_, 's>, discourse: &Discourse) -> Option<Entity> {
        let reporter = draft.reading.reported_by?;
        let [actor] = draft.actors.as_slice() else { return None };
        if actor.via != Via::Pronoun || self.is_quoted(draft.found.root) {
            return None;
        }
        let saying = matcher.frame(reporter).at(Slot::Subj).next()?;
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        let sayer = discourse.resolve(self.reader(), saying, &span_of, false, None).into_iter().next()?;
        let same = actor.antecedent.is_some_and(|a| a.overlaps(self.span(sayer.first, sayer.last)))
            || (sayer.code.is_some() && sayer.code == actor.code);
        (same && sayer.via != Via::Pronoun).then_some(sayer)
    }

    fn rule_name(&self, draft: &Draft<'_>) -> String {
        match draft.rule {
            Some(rule) => {
                let example = &self.context.coder.lexicon.examples[rule.example as usize];
                format!("{}:{}", example.file, example.line)
            }
            None if draft.found.words.len() > 1 => "said to be a duty".to_owned(),
            None => "chooser".to_owned(),
        }
    }

    /// Says which drafts are the content of others, and what those are about.
    fn link_contents(&self, drafts: &mut [Draft<'_>]) {
        for outer in 0..drafts.len() {
            let Outcome::Act(outer_type, _) = drafts[outer].outcome else { continue };
            let contents = drafts[outer].found.content.clone();
            for head in contents {
                for inner in 0..drafts.len() {
                    if inner == outer || drafts[inner].outer.is_some() {
                        continue;
                    }
                    let root = drafts[inner].found.root;
                    // The content itself, a coordinated one, or the noun act that a light verb carries.
                    let direct = root == head
                        || self.syntax.head(root) == Some(head)
                            && matches!(self.syntax.rel(root), Deprel::Conj | Deprel::Obj | Deprel::Xcomp)
                        || drafts[inner].found.words.contains(&head);
                    if !direct {
                        continue;
                    }
                    drafts[inner].outer = Some(outer);
                    if let Outcome::Act(inner_type, _) = drafts[inner].outcome {
                        if drafts[outer].about.is_none() {
                            drafts[outer].about = Some(inner_type);
                        }
                        if drafts[outer].recipients.is_empty() && outer_type != EventType::Request {
                            let lent: Vec<Entity> = drafts[inner]
                                .recipients
                                .iter()
                                .filter(|r| r.code.is_some() && !drafts[outer].actors.iter().any(|a| a.is_same(r)))
                                .cloned()
                                .collect();
                            drafts[outer].recipients = lent;
                        }
                        let factuality = match outer_type {
                            EventType::Request => Factuality::Requested,
                            EventType::Agree | EventType::Threaten => Factuality::Intended,
                            EventType::Reject => Factuality::Denied,
                            _ => continue,
                        };
                        drafts[inner].reading.factuality = factuality;
                        let cue = drafts[outer].found.root;
                        drafts[inner].reading.cues = vec![(factuality.as_str(), cue)];
                    }
                }
            }
        }
    }

    /// Tells whether the content of another act is a line of its own: with an actor of its own, and a recipient.
    fn stands_alone(&self, inner: &Draft<'_>, outer: &Draft<'_>) -> bool {
        let own_actor = inner.actors.iter().any(|a| !outer.actors.iter().any(|o| o.is_same(a)));
        own_actor && (!inner.recipients.is_empty() || inner.actors.len() > 1)
    }

    fn party(&self, entity: &Entity) -> Party {
        let bytes = self.syntax.bytes(entity.first, entity.last);
        let span = char_span(self.context.passage, bytes.clone());
        Party {
            code: entity.code.as_ref().map(ToString::to_string),
            sector: entity.sectors.iter().map(ToString::to_string).collect(),
            name: entity.name.as_ref().map(ToString::to_string),
            office: entity.office.as_ref().map(ToString::to_string),
            entity_text: self.context.passage.text[bytes].to_owned(),
            start: span.start,
            end: span.end,
            via: entity.via,
            antecedent: entity.antecedent.filter(|_| entity.via == Via::Pronoun),
        }
    }

    fn attribution(
        &self,
        draft: &Draft<'_>,
        matcher: &Matcher<'_, 's>,
        speaker: Option<&Entity>,
        discourse: &Discourse,
    ) -> Attribution {
        let quoted = self.is_quoted(draft.found.root);
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        let reporter = draft.reading.reported_by.and_then(|verb| {
            let subject = matcher.frame(verb).at(Slot::Subj).next()?;
            discourse.resolve(self.reader(), subject, &span_of, false, None).into_iter().next()
        });
        let reporter =
            reporter.or_else(|| if quoted { speaker.cloned().or_else(|| discourse.speaker().cloned()) } else { None });
        let reporter = reporter.or_else(|| {
            speaker
                .filter(|_| (0..self.syntax.len() as Tok).any(|t| self.syntax.case_phrase(t).starts_with("according")))
                .cloned()
        });
        match reporter {
            Some(entity) => Attribution {
                speaker: Some(if entity.antecedent.is_some() && entity.name.is_some() {
                    entity.name.as_deref().unwrap_or_default().to_owned()
                } else {
                    self.context.passage.text[self.syntax.bytes(entity.first, entity.last)].to_owned()
                }),
                code: entity.code.as_ref().map(ToString::to_string),
                kind: if quoted { AttributionKind::Quotation } else { AttributionKind::Statement },
            },
            None if quoted => Attribution { speaker: None, code: None, kind: AttributionKind::Quotation },
            None => Attribution { speaker: None, code: None, kind: AttributionKind::Article },
        }
    }

    fn epoch(&self, draft: &Draft<'_>, when: Option<&When>) -> (Epoch, Option<Cue>) {
        if let Some(when) = when
            && when.past
        {
            return (Epoch::Background, None);
        }
        let words = &self.context.coder.lexicon.words.background;
        let mut at = draft.found.root;
        for _ in 0..3 {
            for &kid in self.syntax.kids(at) {
                let lemma = self.syntax.lemma(kid).to_ascii_lowercase();
                if matches!(
                    self.syntax.rel(kid),
                    Deprel::Advmod | Deprel::Obl | Deprel::Amod | Deprel::OblUnmarked | Deprel::Advcl
                ) && (words.iter().any(|w| *w == lemma) || self.is_background_phrase(kid))
                {
                    let span = self.span(kid, kid);
                    return (Epoch::Background, Some(Cue { kind: "background", start: span.start, end: span.end }));
                }
                // "after the war", "before the coup": history when it opens the sentence.
                if self.syntax.rel(kid) == Deprel::Obl
                    && matches!(self.syntax.case(kid), Some("during" | "after" | "following"))
                    && matches!(lemma.as_str(), "war" | "revolution" | "coup" | "collapse" | "independence")
                {
                    let span = self.span(kid, kid);
                    return (Epoch::Background, Some(Cue { kind: "background", start: span.start, end: span.end }));
                }
            }
            match self.syntax.head(at) {
                Some(head) if matches!(self.syntax.rel(at), Deprel::Xcomp | Deprel::Obj | Deprel::Conj) => at = head,
                _ => break,
            }
        }
        if draft.reading.past_perfect && draft.reading.reported_by.is_none() && when.is_none() {
            return (Epoch::Background, None);
        }
        (Epoch::New, None)
    }

    /// Tells whether a phrase begins with words that mark history: "in the past".
    fn is_background_phrase(&self, tok: Tok) -> bool {
        let (first, last) = self.syntax.extent(tok);
        if last - first > 8 {
            return false;
        }
        let phrase = self.context.passage.text[self.syntax.bytes(first, last)].to_ascii_lowercase();
        self.context.coder.lexicon.words.background.iter().any(|w| w.contains(' ') && phrase.starts_with(w.as_str()))
    }

    /// The words that the act's evidence reaches over.
    fn evidence(&self, draft: &Draft<'_>) -> (Tok, Tok) {
        let mut first = draft.found.root;
        let mut last = draft.found.root;
        let mut reach = |tok: Tok| {
            first = first.min(tok);
            last = last.max(tok);
        };
        for &word in &draft.found.words {
            reach(word);
        }
        for entity in draft.actors.iter().chain(&draft.recipients).chain(&draft.thirds) {
            if entity.antecedent.is_none() || entity.via == Via::Pronoun {
                reach(entity.first);
                reach(entity.last);
            }
        }
        for (_, cue) in &draft.reading.cues {
            reach(*cue);
        }
        (first, last)
    }

    /// What the act is about, in the words of the text.
    fn subject(&self, draft: &Draft<'_>) -> Option<String> {
        let noun = draft
            .found
            .words
            .iter()
            .copied()
            .filter(|&w| self.syntax.token(w).upos == Upos::Noun)
            .max_by_key(|&w| (w != draft.found.root, self.syntax.extent(w).1 - self.syntax.extent(w).0))
            .or_else(|| draft.found.content.first().copied())
            .or_else(|| {
                self.syntax.kids(draft.found.root).iter().copied().find(|&k| self.syntax.rel(k) == Deprel::Obj)
            })?;
        let (first, last) = self.syntax.extent(noun);
        let mut first = first;
        while first < last
            && matches!(self.syntax.token(first).upos, Upos::Det | Upos::Punct | Upos::Adp | Upos::Part | Upos::Cconj)
        {
            first += 1;
        }
        let mut last = last;
        // The matter may hang on the verb: "suspended talks with Freedonia on a treaty".
        for &kid in self.syntax.kids(draft.found.root) {
            let mark = self.syntax.kid(kid, Deprel::Mark).map(|m| self.syntax.lemma(m));
            if matches!(
                self.syntax.case(kid).or(mark),
                Some("on" | "about" | "over" | "regarding" | "concerning" | "to")
            ) && !(mark.is_none() && self.syntax.case(kid) == Some("to"))
            {
                let (from, to) = self.syntax.extent(kid);
                if from == last + 1 && noun != draft.found.root {
                    last = to;
                }
            }
        }
        let mut last = last.min(first + 24);
        while last > first && matches!(self.syntax.token(last).upos, Upos::Punct) {
            last -= 1;
        }
        let bytes = self.syntax.bytes(first, last);
        Some(self.context.passage.text[bytes].to_owned())
    }

    fn location(&self, draft: &Draft<'_>) -> Option<Location> {
        let lexicon = &self.context.coder.lexicon;
        let mut best: Option<(u8, Location)> = None;
        for mention in &self.mentions.all {
            let head = (mention.first..=mention.last)
                .find(|&t| self.syntax.head(t).is_none_or(|h| h < mention.first || h > mention.last))?;
            if !matches!(self.syntax.rel(head), Deprel::Obl | Deprel::Nmod | Deprel::Appos | Deprel::Conj) {
                continue;
            }
            let case = self.syntax.case(head);
            if !matches!(case, Some("in" | "at" | "near" | "inside" | "outside" | "off" | "across" | "around")) {
                continue;
            }
            let bytes = self.syntax.bytes(mention.first, mention.last);
            let span = char_span(self.context.passage, bytes.clone());
            let extracted = self.context.passage.text[bytes].to_owned();
            let (resolved, country, position, resolution) = match mention.meaning {
                Meaning::Place(number) => {
                    let place = &lexicon.places[number as usize];
                    let resolution = match place.kind {
                        detente_lexicon::PlaceKind::City => 4,
                        detente_lexicon::PlaceKind::Province => 2,
                        detente_lexicon::PlaceKind::Region => 1,
                    };
                    (
                        place.names[0].to_string(),
                        place.country.as_ref().map(ToString::to_string),
                        place.position,
                        resolution,
                    )
                }
                Meaning::Territory(number, _) => {
                    (lexicon.territories[number as usize].title.to_string(), None, None, 2)
                }
                Meaning::Actor(number, form) => {
                    let actor = &lexicon.actors[number as usize];
                    if actor.kind != detente_lexicon::ActorKind::State {
                        continue;
                    }
                    let capital = form == detente_lexicon::Form::Capital;
                    let position = if capital {
                        lexicon.names.get(&extracted).iter().find_map(|m| match m {
                            Meaning::Place(number) => lexicon.places[*number as usize].position,
                            _ => None,
                        })
                    } else {
                        None
                    };
                    let resolved = if capital { extracted.clone() } else { actor.title.to_string() };
                    (resolved, Some(actor.code.to_string()), position, if capital { 4 } else { 1 })
                }
                _ => continue,
            };
            let near = self.syntax.is_under(head, draft.found.root);
            let rank = resolution + if near { 10 } else { 0 };
            if best.as_ref().is_none_or(|(b, _)| rank > *b) {
                best = Some((
                    rank,
                    Location {
                        extracted_place: extracted,
                        start: span.start,
                        end: span.end,
                        resolved_place: resolved,
                        country_code: country,
                        lat: position.map(|p| p.0),
                        lon: position.map(|p| p.1),
                        resolution,
                    },
                ));
            }
        }
        best.map(|(_, location)| location)
    }

    fn cause(&self, draft: &Draft<'_>) -> Option<(Cause, Cue)> {
        let mut at = draft.found.root;
        for _ in 0..3 {
            for &kid in self.syntax.kids(at) {
                if !matches!(self.syntax.rel(kid), Deprel::Obl | Deprel::Nmod | Deprel::Advcl) {
                    continue;
                }
                let phrase = self.syntax.case_phrase(kid);
                let mark = self.syntax.kid(kid, Deprel::Mark).map(|m| self.syntax.form(m).to_ascii_lowercase());
                let lemma = self.syntax.lemma(kid);
                let names = phrase.as_str();
                let causal = matches!(
                    names,
                    "due to"
                        | "because of"
                        | "over"
                        | "in response to"
                        | "in retaliation for"
                        | "following"
                        | "after"
                        | "amid"
                        | "in protest at"
                        | "in light of"
                        | "owing to"
                        | "in view of"
                ) || mark.as_deref() == Some("because")
                    || (mark.as_deref() == Some("after") && self.syntax.is_verbal(kid))
                    || (names == "in"
                        && matches!(
                            lemma,
                            "response" | "retaliation" | "reaction" | "return" | "reply" | "protest" | "revenge"
                        ))
                    || (names == "for" && matches!(self.syntax.rel(kid), Deprel::Obl) && self.syntax.is_verbal(kid));
                if !causal || crate::when::is_time_word(lemma) {
                    continue;
                }
                let (first, last) = self.syntax.extent(kid);
                let span = self.span(first, last);
                let text = self.context.passage.text[self.syntax.bytes(first, last)].to_owned();
                let cue = Cue { kind: "cause", start: span.start, end: span.end };
                return Some((Cause::Span { text, start: span.start, end: span.end }, cue));
            }
            match self.syntax.head(at) {
                Some(head)
                    if matches!(self.syntax.rel(at), Deprel::Xcomp | Deprel::Obj | Deprel::Conj | Deprel::Acl) =>
                {
                    at = head
                }
                _ => break,
            }
        }
        None
    }

    /// Type and about as PLOVER has them: what lies ahead is an agreement or a threat, a refused deed a rejection.
    fn coded_type(&self, event: EventType, draft: &Draft<'_>) -> (EventType, Option<EventType>, Factuality) {
        use EventType::{
            Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request,
            Retreat, Sanction, Support, Threaten,
        };
        let reading = &draft.reading;
        let factuality = reading.factuality;
        let content = draft.outer.is_some();
        match (event, factuality) {
            (Consult | Cooperate | Aid | Support, Factuality::Intended) if !content => (Agree, Some(event), factuality),
            // Who says that he will yield promises it.
            (Concede | Retreat, Factuality::Intended) if !content && reading.reported_by.is_some() => {
                (Agree, Some(event), factuality)
            }
            (Sanction | Coerce | Assault | Mobilize | Protest, Factuality::Intended) if !content && reading.future => {
                (Threaten, Some(event), factuality)
            }
            (Consult | Cooperate | Aid | Support | Concede | Retreat | Agree, Factuality::Denied)
                if reading.refused && !content =>
            {
                (Reject, Some(if event == Agree { draft.about.unwrap_or(Agree) } else { event }), Factuality::Actual)
            }
            (Agree | Threaten | Request | Reject | Accuse, _) => (event, draft.about, factuality),
            _ => (event, None, factuality),
        }
    }

    fn act(
        &self,
        draft: &Draft<'_>,
        event: EventType,
        mode: Option<&str>,
        matcher: &Matcher<'_, 's>,
        speaker: Option<&Entity>,
        discourse: &Discourse,
    ) -> Option<Act> {
        let (coded, about, factuality) = self.coded_type(event, draft);
        let mode = if coded == event { mode } else { None };
        let mut actors = draft.actors.clone();
        let mut recipients = draft.recipients.clone();
        if (coded != event || matches!(coded.quad(), 1 | 3) && coded != EventType::Consult)
            && let Some(sayer) = self.sayer(draft, matcher, discourse)
        {
            actors = vec![sayer];
        }
        let mutual = draft.rule.is_some_and(|r| r.mutual);
        let has_recipient = draft.rule.is_some_and(|r| r.has_recipient);
        if mutual || draft.found.joint {
            // Both sides act; of several met by one, only he is known to have met each.
            let merged =
                if recipients.len() > 1 && !draft.found.joint && !actors.is_empty() { 0 } else { recipients.len() };
            for recipient in recipients.drain(..merged) {
                if !actors.iter().any(|a| a.is_same(&recipient)) {
                    actors.push(recipient);
                }
            }
            if actors.len() < 2
                && !actors.first().is_some_and(|a| a.plural)
                && has_recipient
                && (draft.found.joint || actors.is_empty())
            {
                return None;
            }
        }
        self.add_context_country(&mut actors, discourse);
        self.add_context_country(&mut recipients, discourse);
        if actors.is_empty() && recipients.iter().all(|r| r.code.is_none()) {
            return None;
        }
        // Of deeds it is told that they were done, if not by whom; of words, only a speaker makes an act.
        if actors.is_empty() && !(self.syntax.is_passive(draft.found.root) && matches!(coded.quad(), 2 | 4)) {
            return None;
        }
        let article = self.context.article;
        let (first, last) = self.evidence(draft);
        let bytes = self.syntax.bytes(first, last);
        let evidence = char_span(self.context.passage, bytes.clone());
        let when = when::of_clause(&self.syntax, &self.whens, draft.found.root);
        let (epoch, epoch_cue) = self.epoch(draft, when);
        let date = match when {
            Some(when) if !(when.future && factuality == Factuality::Actual) => when.date,
            _ if epoch == Epoch::New && factuality == Factuality::Actual => {
                self.context.day.map_or(ActDate::UNKNOWN, ActDate::day)
            }
            _ => ActDate::UNKNOWN,
        };
        let mut cues: Vec<Cue> = draft
            .reading
            .cues
            .iter()
            .map(|&(kind, tok)| {
                let span = self.span(tok, tok);
                Cue { kind, start: span.start, end: span.end }
            })
            .collect();
        if let Some(when) = when {
            let span = self.span(when.first, when.last);
            cues.push(Cue { kind: "date", start: span.start, end: span.end });
        }
        if let Some(verb) = draft.reading.reported_by {
            let span = self.span(verb, verb);
            cues.push(Cue { kind: "reported", start: span.start, end: span.end });
        }
        cues.extend(epoch_cue);
        let cause = self.cause(draft);
        let because_of = cause.map(|(cause, cue)| {
            cues.push(cue);
            cause
        });
        let sentence =
            char_span(self.context.passage, self.syntax.sentence.start as usize..self.syntax.sentence.end as usize);
        let confidence =
            confidence::of(&draft.found, draft.rule, draft.opinion, &actors, &recipients, factuality, epoch);
        let mut act = Act {
            id: String::new(),
            article: article.id.clone(),
            date: date.date,
            date_precision: date.precision,
            date_reported: self.context.day,
            event: vec![coded.as_str().to_owned()],
            about: about.map(|a| a.as_str().to_owned()),
            mode: mode.map(str::to_owned).into_iter().collect(),
            context: self.contexts(),
            quad_code: coded.quad(),
            event_scale: coded.scale(mode),
            actor: actors.iter().map(|e| self.party(e)).collect(),
            recipient: recipients.iter().map(|e| self.party(e)).collect(),
            third: draft.thirds.iter().map(|e| self.party(e)).collect(),
            factuality,
            epoch,
            attribution: self.attribution(draft, matcher, speaker, discourse),
            because_of,
            content_of: None,
            event_loc: self.location(draft),
            event_text: self.context.passage.text[bytes].to_owned(),
            evidence,
            matched: draft.found.words.iter().map(|&w| self.span(w, w)).collect(),
            lemmas: draft.found.words.iter().map(|&w| self.syntax.lemma(w).to_lowercase()).collect(),
            text_info: TextInfo {
                field: self.context.field,
                sequence: self.context.sequence,
                start: sentence.start,
                end: sentence.end,
            },
            cues,
            repeats: Vec::new(),
            subject: self.subject(draft),
            rule: self.rule_name(draft),
            confidence,
            link: article.url.clone(),
            cite_info: CiteInfo {
                title: article.title().map(|p| p.text.clone()),
                url: article.url.clone(),
                publication: article.source.clone(),
            },
            coder: "detente",
            version: env!("CARGO_PKG_VERSION"),
        };
        act.date_precision = if act.date.is_none() { Precision::Unknown } else { act.date_precision };
        act.id = crate::merge::identify(&act);
        Some(act)
    }

    /// The contexts that the sentence's words mark most, three at most.
    fn contexts(&self) -> Vec<String> {
        let marks = &self.context.coder.lexicon.words.contexts;
        let mut counts: Vec<(&str, u32)> = Vec::new();
        let mut note = |word: &str, weight: u32| {
            for name in marks.get(word).into_iter().flatten() {
                match counts.iter_mut().find(|(known, _)| known == name) {
                    Some((_, count)) => *count += weight,
                    None => counts.push((name, weight)),
                }
            }
        };
        for tok in 0..self.syntax.len() as Tok {
            if self.mentions.at(tok).is_some() {
                continue;
            }
            note(self.syntax.lemma(tok), 1);
            if (tok as usize) + 1 < self.syntax.len() {
                note(&format!("{} {}", self.syntax.lemma(tok), self.syntax.lemma(tok + 1)), 2);
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        counts.iter().take(3).map(|(name, _)| (*name).to_owned()).collect()
    }

    /// Generic actors of the place: "police arrested protesters in Freedonia".
    fn add_context_country(&self, entities: &mut [Entity], discourse: &Discourse) {
        for entity in entities.iter_mut() {
            if entity.code.is_some() || !matches!(entity.sort, Sort::Group | Sort::Role) {
                continue;
            }
            let place = self.mentions.all.iter().find_map(|mention| {
                let head = mention.first;
                let local = matches!(self.syntax.rel(head), Deprel::Obl | Deprel::Nmod)
                    && matches!(self.syntax.case(head), Some("in" | "at" | "near"));
                if !local {
                    return None;
                }
                self.reader().entity(head).code
            });
            if let Some(code) = place.or_else(|| discourse.place().cloned()) {
                entity.code = Some(code);
                entity.via = Via::Context;
            }
        }
    }

    fn standing(
        &self,
        draft: &Draft<'_>,
        kind: &str,
        state: &str,
        matcher: &Matcher<'_, 's>,
        speaker: Option<&Entity>,
        discourse: &Discourse,
    ) -> Option<Standing> {
        if draft.actors.iter().chain(&draft.recipients).all(|e| e.code.is_none()) {
            return None;
        }
        let (first, last) = self.evidence(draft);
        let bytes = self.syntax.bytes(first, last);
        let when = when::of_clause(&self.syntax, &self.whens, draft.found.root);
        let date = when.map_or(ActDate::UNKNOWN, |w| w.date);
        let lexicon = &self.context.coder.lexicon;
        Some(Standing {
            article: self.context.article.id.clone(),
            kind: kind.to_owned(),
            state: state.to_owned(),
            actor: draft.actors.iter().map(|e| self.party(e)).collect(),
            recipient: draft.recipients.iter().map(|e| self.party(e)).collect(),
            territory: draft.territories.iter().map(|&t| lexicon.territories[t as usize].code.to_string()).collect(),
            subject: self.subject(draft),
            date: date.date,
            date_precision: date.precision,
            factuality: draft.reading.factuality,
            attribution: self.attribution(draft, matcher, speaker, discourse),
            field: self.context.field,
            evidence: char_span(self.context.passage, bytes.clone()),
            event_text: self.context.passage.text[bytes].to_owned(),
            rule: self.rule_name(draft),
        })
    }
}

/// Nouns for a state's own land: where something is done, not to whom.
fn is_land(lemma: &str) -> bool {
    matches!(lemma, "territory" | "soil" | "land" | "border" | "water" | "waters" | "airspace" | "coast" | "country")
}
