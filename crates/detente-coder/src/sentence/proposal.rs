//! What the learned chooser says of drafts, and the acts that it proposes where no rule matches.

use detente_grammar::{Deprel, Upos};

use super::{Basis, Context, Draft, SentenceCoder};
use crate::{
    act::Factuality,
    chooser::{Opinion, Site, Told},
    discourse::Discourse,
    entity::{Entity, Sort},
    factuality,
    frame::Slot,
    linker::Question,
    matching::{Match, Matcher},
    ontology::EventType,
    rule::Outcome,
    sides::Sought,
    syntax::Tok,
};

/// Above this probability the chooser overrules a rule whose type it gives less than [`OVERRULED`].
const OVERRULES: f32 = 0.7;
/// Below this probability a rule's type can be overruled.
const OVERRULED: f32 = 0.1;
/// Above this probability of no act a match between two sides is dropped: of one word, of several.
const DISMISSED: f32 = 0.85;
const DISMISSED_WORDS: f32 = 0.9;
/// An act that no rule knows is proposed from this probability: between states, between other actors, on
/// things, on disputed territory.
const PROPOSED_BETWEEN_STATES: f32 = 0.75;
const PROPOSED_BETWEEN_ACTORS: f32 = 0.35;
const PROPOSED_ON_THINGS: f32 = 0.4;
const PROPOSED_ON_TERRITORY: f32 = 0.7;
const PROPOSED_AMONG_UNKNOWN: f32 = 0.6;
/// Where acts are weighed later, more is proposed, and less dismissed.
const PROPOSED_AT_ALL: f32 = 0.15;
const DISMISSED_AT_ONCE: f32 = 0.97;
/// A group is taken for the actor of a proposed act from this probability, anybody else from what [`SentenceCoder::linked_actor_from`] says.
const LINKED_GROUP: f32 = 0.7;

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
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

    /// Lets the chooser weigh in on a rule's type: it overrules where it is sure and the rule's type is all but excluded, and where no word
    /// of the rule has another beside it: of "cyber attacks" the chooser sees the attacks.
    pub(super) fn weigh(&self, draft: &mut Draft<'_>, matches: &[Match], matcher: &Matcher<'_, 's>) {
        let Outcome::Act(event, _) = draft.outcome else { return };
        let Some(opinion) = self.opinion(draft, matches, matcher) else { return };
        let (best, probability) = opinion.best();
        let own = opinion.of(event);
        draft.opinion = Some(own);
        let dismissed = match draft.found.words.len() {
            _ if self.context.weighing.is_on() => DISMISSED_AT_ONCE,
            0..=1 => DISMISSED,
            _ => DISMISSED_WORDS,
        };
        let none = opinion.none();
        draft.thought = Some(opinion);
        if none > dismissed && !draft.recipients.is_empty() {
            draft.outcome = Outcome::Nothing;
            return;
        }
        if best != event && probability > OVERRULES && own < OVERRULED && draft.found.beside == 0 {
            draft.outcome = Outcome::Act(best, None);
            draft.opinion = Some(probability);
        }
    }

    /// The words of counter-examples that name more than the main word: no act may be proposed there.
    pub(super) fn barred(&self, matches: &[Match]) -> Vec<Tok> {
        let rules = &self.context.coder.rules.all;
        matches
            .iter()
            .filter(|m| m.words.len() > 1 && rules[m.rule as usize].outcome == Outcome::Nothing)
            .flat_map(|m| m.words.iter().copied())
            .collect()
    }

    /// Proposes acts where two actors stand in a clause that no rule knows, and the chooser is sure of the type.
    pub(super) fn propose<'m>(
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
            || !coder.gate.lets_through(&coder.lexicon, &coder.grammar, &passage.text, self.syntax.sentence)
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
                || drafts.iter().any(|d| d.found.words.contains(&root) || self.is_content_of(d.found.root, root))
            {
                continue;
            }
            let reading = factuality::read(&self.syntax, &coder.lexicon, root, &[root], false);
            if reading.unsaid || !matches!(reading.factuality, Factuality::Actual | Factuality::Intended) {
                continue;
            }
            let question = Question { root, words: &[root], event: None, actor: None };
            let ranked = coder.learned.linker.actors(matcher, self.phrases(), question);
            let Some(&(actor, acting)) = ranked.first().filter(|(_, p)| *p > self.linked_actor_from(false)) else {
                continue;
            };
            let actors = self.resolve_all(&self.syntax.coordinated(actor), discourse, speaker);
            if !actors.iter().any(|a| a.is_actor() && (!a.weak || acting > LINKED_GROUP)) {
                continue;
            }
            let found = Match {
                actor: vec![actor],
                content: if verbal { matcher.frame(root).at(Slot::Clause).collect() } else { Vec::new() },
                nominal: !verbal,
                ..Match::unruled(root, vec![root])
            };
            let tellers: Vec<Tok> =
                reading.reported_by.map(|verb| matcher.frame(verb).at(Slot::Subj).collect()).unwrap_or_default();
            if tellers.contains(&actor) {
                continue;
            }
            let sought = Sought { found: &found, event: None, actors: &actors, tellers: &tellers };
            let mut recipients = self.linked_recipients(sought, matcher, discourse, speaker);
            if recipients.is_empty() {
                recipients = self.find_recipients(sought, matcher, discourse, speaker);
            }
            recipients.retain(|r| !actors.iter().any(|a| a.is_same(r)) && r.sort != Sort::Media && !self.is_time(r));
            // "In view of Ruritania's violation, our envoys left": who suffers from a noun stands in its own phrase.
            recipients.retain(|r| verbal || self.syntax.is_in_phrase_of(r.head, root));
            // "Ruritania and Freedonia signed the paper in Zenda"
            recipients.retain(|r| actors.len() < 2 || !self.is_venue_of(Some(EventType::Consult), r, actors.len()));
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
            let found = Match { content: Vec::new(), ..found };
            let mut draft = Draft::new(Basis::Chooser, found, Outcome::Nothing, [actors, recipients], reading);
            let Some(opinion) = self.opinion(&draft, matches, matcher) else { continue };
            let (best, probability) = opinion.best();
            let between_states =
                draft.actors.iter().any(|a| a.code.is_some()) && draft.recipients.iter().any(|r| r.code.is_some());
            // What is told of a disputed territory and no rule knows is mostly who holds or claims it.
            let on_territory =
                draft.recipients.iter().all(|r| r.sort == Sort::Territory) && !draft.recipients.is_empty();
            let needed = match (between_states, draft.recipients.iter().any(Entity::is_actor)) {
                _ if on_territory => PROPOSED_ON_TERRITORY,
                _ if self.context.weighing.is_on() => PROPOSED_AT_ALL,
                (true, _) => PROPOSED_BETWEEN_STATES,
                (false, true) => PROPOSED_BETWEEN_ACTORS,
                (false, false) if draft.actors.iter().any(|a| a.code.is_some()) => PROPOSED_ON_THINGS,
                (false, false) => PROPOSED_AMONG_UNKNOWN,
            };
            if probability < needed {
                continue;
            }
            draft.thought = Some(opinion);
            draft.outcome = Outcome::Act(best, None);
            draft.opinion = Some(probability);
            drafts.push(draft);
        }
    }

    /// Tells whether a verb is what another one is about: "is considering leaving".
    fn is_content_of(&self, verb: Tok, outer: Tok) -> bool {
        self.syntax.head(verb) == Some(outer) && matches!(self.syntax.rel(verb), Deprel::Xcomp | Deprel::Ccomp)
    }

    /// What one side says that another must do is asked of it: "Ruritania said that Freedonia must disarm".
    pub(super) fn demand<'m>(&'m self, drafts: &mut Vec<Draft<'m>>, matcher: &Matcher<'_, 's>, discourse: &Discourse) {
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
            let found = Match {
                actor: vec![saying],
                recipient: asked,
                content: vec![verb],
                ..Match::unruled(reporter, vec![reporter, must])
            };
            let outcome = Outcome::Act(EventType::Request, None);
            let reading = factuality::read(&self.syntax, lexicon, reporter, &[reporter], false);
            let draft = Draft::new(Basis::Duty, found, outcome, [actors, recipients], reading);
            drafts.push(Draft { opinion: Some(1.0), ..draft });
        }
    }
}
