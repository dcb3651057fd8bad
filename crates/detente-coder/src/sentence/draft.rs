//! Drafts: matches with their sides and reading, before they become acts.

use std::borrow::Cow;

use detente_grammar::{Deprel, Upos};
use detente_lexicon::Meaning;

use super::SentenceCoder;
use crate::{
    act::Via,
    chooser::Opinion,
    discourse::{Discourse, antecedent::is_thing},
    entity::{Entity, Sort},
    factuality::{self, Reading},
    frame::{self, Slot},
    matching::{Match, Matcher},
    ontology::EventType,
    pair,
    rule::{Outcome, Rule},
    sides::{Sought, is_land},
    syntax::Tok,
};

/// What shows an act.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Basis<'m> {
    /// A rule.
    Rule(&'m Rule),
    /// The chooser alone.
    Chooser,
    /// What one says that another must do.
    Duty,
    /// Where somebody is said to be.
    Presence,
    /// Whom a state is said to leave.
    Leaving,
    /// What somebody's deed is called.
    Judgement,
    /// What somebody is said to have done to who says so.
    Charge,
    /// The answer to it: "rejected Freedonian accusations".
    Answered,
    /// Words that say that it is done again.
    Repeat,
}

/// A match with everything read off it, before it becomes an act.
#[derive(Clone)]
pub(crate) struct Draft<'m> {
    pub(crate) found: Cow<'m, Match>,
    pub(crate) outcome: Outcome,
    /// What shows the act.
    pub(crate) basis: Basis<'m>,
    /// The chooser's probability of the type.
    pub(crate) opinion: Option<f32>,
    /// All that the chooser says of it.
    pub(crate) thought: Option<Opinion>,
    pub(crate) actors: Vec<Entity>,
    pub(crate) recipients: Vec<Entity>,
    pub(crate) thirds: Vec<Entity>,
    pub(crate) territories: Vec<u32>,
    pub(crate) reading: Reading,
    /// Index of the draft whose content this is.
    pub(crate) outer: Option<usize>,
    pub(crate) about: Option<EventType>,
    /// How likely the recipient is, where only the article shows who it is.
    pub(crate) counterpart: Option<f32>,
}

impl<'m> Draft<'m> {
    /// A match of its own making, with its sides and reading.
    pub(crate) fn new(
        basis: Basis<'m>,
        found: Match,
        outcome: Outcome,
        [actors, recipients]: [Vec<Entity>; 2],
        reading: Reading,
    ) -> Draft<'m> {
        Draft {
            found: Cow::Owned(found),
            outcome,
            basis,
            opinion: None,
            thought: None,
            actors,
            recipients,
            thirds: Vec::new(),
            territories: Vec::new(),
            reading,
            outer: None,
            about: None,
            counterpart: None,
        }
    }

    /// The draft with a probability of its type.
    pub(crate) fn sure(self, opinion: f32) -> Draft<'m> {
        Draft { opinion: Some(opinion), ..self }
    }

    /// The rule, where one shows the act.
    pub(crate) fn rule(&self) -> Option<&'m Rule> {
        match self.basis {
            Basis::Rule(rule) => Some(rule),
            _ => None,
        }
    }
}

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    /// What is struck in another country is that country's: "struck a hospital in the Ruritanian city of Zenda".
    fn place_struck(&self, found: &Match, actors: &[Entity], recipients: &mut Vec<Entity>) {
        let is_unknown = |r: &Entity| r.code.is_none() && matches!(r.sort, Sort::Thing | Sort::Other | Sort::Role);
        // "attacked a camp of its own rebels inside Ruritania": that state is struck too.
        let is_own = |r: &Entity| {
            r.sectors.iter().any(|sector| sector == "REB") && actors.iter().any(|actor| actor.code == r.code)
        };
        if !recipients.is_empty() && recipients.iter().all(is_own) {
            recipients.extend(self.state_struck(found, actors));
            return;
        }
        if recipients.is_empty() || !recipients.iter().all(is_unknown) {
            return;
        }
        if let [place] = &self.state_struck(found, actors)[..] {
            for thing in recipients.iter_mut() {
                thing.code.clone_from(&place.code);
                thing.via = Via::Context;
            }
        }
    }

    /// Who is accused of a deed: "accused Ruritania of an airstrike on a market".
    fn accused_of(&self, deed: Tok) -> Vec<Tok> {
        let charges = |verb: &Tok| {
            matches!(
                (self.syntax.lemma(*verb), self.syntax.case(deed)),
                ("accuse" | "suspect" | "convict", Some("of")) | ("blame" | "condemn" | "denounce", Some("for"))
            )
        };
        let verb = self.syntax.head(deed).filter(charges);
        let relation = verb.map(|verb| if self.syntax.is_passive(verb) { Deprel::NsubjPass } else { Deprel::Obj });
        verb.zip(relation).and_then(|(verb, relation)| self.syntax.kid(verb, relation)).into_iter().collect()
    }

    /// Who acts among the words of a rule: the subject of its verb, of a passive one only where forces are moved.
    fn acting_words(
        &self,
        found: &Match,
        event: Option<EventType>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let subject = match self.syntax.is_passive(found.root) {
            false => Deprel::Nsubj,
            true if event == Some(EventType::Mobilize) => Deprel::NsubjPass,
            true => return Vec::new(),
        };
        let words = self.syntax.kids_by(found.root, subject).filter(|word| found.words.contains(word));
        let mut acting = self.resolve_all(&words.collect::<Vec<_>>(), discourse, speaker);
        acting.retain(|one| one.code.is_some());
        acting
    }

    /// Tells whether the sentence names somebody of another state or organisation than some sides'.
    fn names_another(&self, sides: &[&[Entity]]) -> bool {
        self.mentions.all.iter().any(|mention| {
            let named = self.reader().entity(mention.last);
            named.code.is_some() && sides.iter().copied().flatten().all(|side| side.code != named.code)
        })
    }

    /// Tells whether a verb behind a denial says what would be a favour to its object: "denied supplying Ruritania with arms".
    fn is_favour(&self, verb: Tok) -> bool {
        self.syntax.is_verbal(verb)
            && matches!(
                self.syntax.lemma(verb),
                "supply" | "arm" | "equip" | "fund" | "finance" | "provide" | "help" | "support" | "send"
            )
    }

    /// Takes those to whom a deed was done for its recipients, where the rule has the place: "bloggers were arrested in
    /// Ruritania".
    fn undergo(
        &self,
        found: &Match,
        event: Option<EventType>,
        recipients: &mut Vec<Entity>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        let is_place = |r: &Entity| {
            self.syntax.case(r.head) == Some("in") && matches!(self.syntax.rel(r.head), Deprel::Obl | Deprel::Nmod)
        };
        let [place] = recipients.as_slice() else { return };
        let is_done = matches!(event, Some(EventType::Coerce | EventType::Assault | EventType::Sanction));
        if !is_done || !is_place(place) {
            return;
        }
        let heads: Vec<Tok> =
            matcher.frame(found.root).at(Slot::Obj).filter(|noun| found.words.contains(noun)).collect();
        let mut undergoing = self.resolve_all(&heads, discourse, speaker);
        let passive = self.syntax.is_passive(found.root);
        let is_someone = |e: &Entity| matches!(e.sort, Sort::Group | Sort::Person | Sort::Name) && !self.is_own(e.head);
        undergoing.retain(|e| is_someone(e) && (passive || e.code.is_some()));
        if undergoing.is_empty() {
            return;
        }
        *recipients = undergoing;
    }

    pub(super) fn draft<'m>(
        &'m self,
        found: &'m Match,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Option<Draft<'m>> {
        let rule = &self.context.coder.rules.all[found.rule as usize];
        // "called the vote a farce" judges, "called the claims baseless" denies; they ask for nothing.
        let judges =
            matches!(rule.outcome, Outcome::Act(EventType::Accuse | EventType::Reject | EventType::Support, _));
        if rule.outcome == Outcome::Nothing || !judges && frame::is_naming(&self.syntax, found.root) {
            return None;
        }
        // "Has no ambassador" denies nothing where the rule says so itself.
        let mut words = Cow::from(&found.words);
        if rule.root.denies() && !rule.root.negated {
            words.to_mut().retain(|&word| word == found.root || self.syntax.negation(word).is_none());
        }
        let reading =
            factuality::read(&self.syntax, &self.context.coder.lexicon, found.root, &words, rule.root.negated);
        if reading.unsaid
            || !rule.root.denies() && self.is_denied_inside(found)
            || is_ceasefire(&rule.outcome) && self.is_helped(found.root)
        {
            return None;
        }
        if matches!(rule.outcome, Outcome::Act(EventType::Request, _)) && self.asserts(found.root) {
            return None;
        }
        // "would neither confirm nor deny it"
        let is_confirmed = || {
            let beside = |lemma| {
                let head = self.syntax.head(found.root).filter(|_| self.syntax.rel(found.root) == Deprel::Conj);
                let kids = self.syntax.kids_by(found.root, Deprel::Conj);
                head.into_iter().chain(kids).any(|tok| self.syntax.lemma(tok) == lemma)
            };
            self.syntax.lemma(found.root) == "deny" && beside("confirm")
        };
        if matches!(rule.outcome, Outcome::Act(EventType::Reject, _)) && is_confirmed() {
            return None;
        }
        // "The two held talks on a treaty": none that they have.
        if matches!(rule.outcome, Outcome::Standing(..)) && self.is_of_others(found) {
            return None;
        }
        // "signed a peace that ended the war between Ruritania and Freedonia": it goes on no longer.
        if matches!(&rule.outcome, Outcome::Standing(kind, state) if kind == "conflict" && state == "ongoing")
            && self.is_ended(found.root)
        {
            return None;
        }
        // "criticised the move as a gift to Ruritania" tells of no gift.
        if !self.syntax.is_verbal(found.root) && self.is_judged_to_be(found.root) || self.is_told_by_what_follows(found)
        {
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
        actors.retain(|a| a.sort != Sort::Media && !self.is_time(a));
        // "The president called him, the Kremlin said": the president is who tells it.
        if let Some(teller) = quoted_speaker.as_ref().filter(|teller| teller.code.is_some() && teller.is_state_voice())
        {
            let is_his = |a: &Entity| a.code.is_none() || a.via == Via::Context && teller.via == Via::Metonym;
            for actor in actors.iter_mut().filter(|a| is_unnamed_office(a) && is_his(a)) {
                actor.code.clone_from(&teller.code);
                actor.via = Via::Context;
            }
        }
        // "arrested in Prague in cooperation with Chad": no cooperation acts.
        if actors.iter().any(|a| a.code.is_some()) {
            let is_manner =
                |a: &Entity| self.syntax.case(a.head) == Some("in") && self.syntax.token(a.head).upos == Upos::Noun;
            actors.retain(|a| a.code.is_some() || a.is_actor() || !is_manner(a));
        }
        // Before a noun only a known name is a side: "the World War" is no war of a World.
        if !self.syntax.is_verbal(found.root) {
            actors.retain(|a| a.code.is_some() || a.sort != Sort::Name || self.syntax.rel(a.head) != Deprel::Compound);
        }
        let event = match rule.outcome {
            Outcome::Act(event, _) => Some(event),
            _ => None,
        };
        if self.is_forecast(found, matcher, event) {
            return None;
        }
        // "welcomed the lifting of the ban": what comes as a guest is someone.
        if event == Some(EventType::Consult) {
            actors.retain(|a| !matches!(a.sort, Sort::Thing | Sort::Other));
        }
        // "the Kabul bombing" struck Kabul.
        if found.nominal {
            let (struck, acting) = actors.into_iter().partition(|a| self.reader().is_struck(found.root, a));
            actors = acting;
            if recipients.is_empty() {
                recipients = struck;
            }
        }
        // Who only tells of the act is no side of it.
        let tellers: Vec<Tok> =
            reading.reported_by.map(|verb| matcher.frame(verb).at(Slot::Subj).collect()).unwrap_or_default();
        let sought = |actors| Sought { found, event, actors, tellers: &tellers };
        if event.is_some() && actors.is_empty() && !self.syntax.is_verbal(found.root) {
            actors = self.resolve_all(&self.accused_of(found.root), discourse, speaker);
        }
        // "Chadian troops were massed on the border", "hackers working for Chad broke in": a word of the rule may be who acts.
        if event.is_some() && actors.is_empty() {
            actors = self.acting_words(found, event, discourse, speaker);
            recipients.retain(|r| !actors.iter().any(|a| a.is_same(r)));
        }
        if event == Some(EventType::Consult) && actors.is_empty() && !recipients.is_empty() && !found.joint {
            actors = self.conferring(found.root, matcher, discourse, speaker);
            actors.retain(|a| recipients.iter().all(|r| r.code != a.code));
        }
        if event.is_some() && actors.is_empty() {
            actors = self.announcers(found.root, matcher, discourse, speaker);
        }
        if actors.is_empty() && (is_sending_away(&rule.outcome) || event == Some(EventType::Accuse)) {
            actors = self.left_behind(found, &recipients, discourse, speaker);
            recipients.retain(|r| !actors.iter().any(|a| a.is_same(r)));
        }
        if event.is_some() && actors.is_empty() {
            actors = self.linked_actors(found, event, &tellers, matcher, discourse, speaker);
            // "pointing to the attack on its embassy" is none of its own attacks.
            let is_hit = |a: &Entity| {
                let strikes = matches!(
                    event,
                    Some(EventType::Assault | EventType::Accuse | EventType::Sanction | EventType::Coerce)
                );
                // "two Iraqi civilians died in a raid": "Iraqi" is of them.
                let holds = |r: &Entity| a.first <= r.head && r.head <= a.last;
                recipients.iter().any(|r| {
                    r.is_same(a) || holds(r) || found.nominal && strikes && r.code.is_some() && r.code == a.code
                })
            };
            actors.retain(|a| a.sort != Sort::Media && !is_hit(a));
        }
        // "supplies to Chad will be halted, Niger has warned": Niger will.
        let lies_ahead = event == Some(EventType::Sanction) && reading.future;
        let is_expulsion = matches!(&rule.outcome, Outcome::Act(EventType::Sanction, Some(mode)) if mode == "expel");
        if actors.is_empty() && (is_expulsion || lies_ahead) {
            actors = self.own_tellers(found, &tellers, &recipients, discourse, speaker);
        }
        // "paused its participation in the Union": the actor's own words name no other side.
        let own = !actors.is_empty()
            && !recipients.is_empty()
            && recipients.iter().all(|r| {
                let is_it = |a: &Entity| r.code.is_some() && r.code == a.code && self.syntax.is_pronoun(r.head);
                r.via == Via::Pronoun && actors.iter().any(|a| a.is_same(r) || is_it(a))
            });
        if own {
            recipients.clear();
        }
        // "accused her of fraud": whoever she is, no other phrase names her.
        let is_someone = |&head: &Tok| {
            matches!(self.syntax.lemma(head), "he" | "she" | "they" | "him" | "her" | "them")
                && self.syntax.rel(head) == Deprel::Obj
        };
        let is_told_of_people =
            matches!(event, Some(EventType::Accuse | EventType::Request | EventType::Support | EventType::Threaten));
        // "agreed not to use force against each other": nobody else is meant.
        let is_mutual = actors.len() > 1 && found.recipient.iter().any(|&head| pair::is_reciprocal(&self.syntax, head));
        let settled =
            recipients.is_empty() && (is_told_of_people && found.recipient.iter().any(is_someone) || is_mutual);
        // "expelled the Russian ambassador": he is the other side, and not only his country.
        for recipient in &mut recipients {
            let noun = self.syntax.head(recipient.head).filter(|noun| found.words.contains(noun));
            if let Some(noun) = noun
                && matches!(self.syntax.rel(recipient.head), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
            {
                let person = self.reader().entity(noun);
                if person.code == recipient.code && matches!(person.sort, Sort::Role | Sort::Group | Sort::Person) {
                    *recipient = person;
                }
            }
        }
        self.undergo(found, event, &mut recipients, matcher, discourse, speaker);
        // "promised Washington's support": whose the support is, is nobody whom it is promised to.
        let own_phrases = [self.own_phrases(found, &actors), self.rules_broken(event)].concat();
        recipients.retain(|r| !own_phrases.iter().any(|&(first, last)| first <= r.head && r.head <= last));
        // "its objection to Norwegian membership of the Union": whose it is, says the word before it.
        let is_whose = |r: &Entity| {
            r.code.is_some()
                && matches!(self.syntax.rel(r.head), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
                && self.syntax.head(r.head).is_some_and(|noun| {
                    noun != found.root
                        && matches!(self.syntax.lemma(noun), "membership" | "accession" | "entry" | "admission" | "bid")
                })
        };
        if !recipients.is_empty()
            && !recipients.iter().any(is_whose)
            && !found.joint
            && event.is_some()
            && let Some(likelier) = self.likelier_recipient(sought(&actors), matcher)
        {
            let others = self.resolve_all(&[likelier], discourse, speaker);
            // Another mention of the same state shows nothing better, unless it holds the first: "Cuban" in "a Cuban diplomat".
            let is_known = |other: &Entity| {
                let holds = |r: &Entity| other.first <= r.first && r.last <= other.last;
                other.code.is_some() && recipients.iter().any(|r| r.code == other.code && !holds(r))
            };
            // "invited him to visit Ruritania": the actor's own state is nobody likelier.
            let is_own = |other: &Entity| other.code.is_some() && actors.iter().any(|a| a.code == other.code);
            let has_other = recipients.iter().any(|r| r.code.is_some() && actors.iter().all(|a| a.code != r.code));
            if !(others.iter().any(is_known) || has_other && others.iter().all(is_own)) {
                recipients = others;
            }
        }
        if let Some(owners) = self.harmed_there(sought(&actors), &recipients, matcher, discourse, speaker) {
            recipients = owners;
        }
        // "demanded an apology and compensation": the apology is nobody.
        let is_beside_word = |r: &Entity| {
            let is_joined = |word: &Tok| {
                let joined =
                    |one: Tok, other: Tok| self.syntax.rel(one) == Deprel::Conj && self.syntax.head(one) == Some(other);
                joined(*word, r.head) || joined(r.head, *word)
            };
            r.code.is_none() && !r.is_actor() && found.words.iter().any(is_joined)
        };
        // Where the sentence names another, he may be meant.
        let is_nobody = |r: &Entity| is_beside_word(r) && self.names_another(&[&actors]);
        recipients.retain(|r| !is_nobody(r));
        // "eased restrictions on American travel to Cuba": it is Cuba's matter.
        if let Some(other) = self.beside_own(event, &actors, &recipients) {
            recipients = vec![other];
        }
        // "denied supplying Russia with arms": to whom it would be a favour, has not charged him with it.
        let is_favour_denied = event == Some(EventType::Reject)
            && found.words.iter().any(|&word| word != found.root && self.is_favour(word))
            && self.names_another(&[&actors, &recipients]);
        if is_favour_denied {
            recipients.clear();
        }
        let is_sought = !found.joint && !settled && !is_favour_denied;
        if recipients.is_empty() && is_sought {
            recipients = self.named_by_words(sought(&actors), matcher, discourse, speaker);
        }
        // "warned the envoy that it would expel him": who is told, is meant.
        if own && recipients.is_empty() && is_sought && is_told_of_people {
            let told: Vec<Tok> = matcher
                .frame(found.root)
                .args
                .iter()
                .filter(|(slot, _)| matches!(slot, Slot::Obj | Slot::Iobj))
                .map(|&(_, tok)| tok)
                .collect();
            recipients = self.resolve_all(&told, discourse, speaker);
            recipients.retain(|r| r.code.is_some() && actors.iter().all(|a| a.code != r.code));
        }
        if recipients.is_empty() && is_sought {
            recipients = self.under_condition(found.root, &actors, matcher, discourse, speaker);
        }
        if recipients.is_empty() && is_sought && !(rule.mutual && actors.len() > 1) {
            recipients = self.linked_recipients(sought(&actors), matcher, discourse, speaker);
            if recipients.is_empty() {
                recipients = self.find_recipients(sought(&actors), matcher, discourse, speaker);
            }
            recipients.retain(|r| !is_nobody(r));
        }
        if own && recipients.iter().all(|r| r.code.is_none()) {
            recipients.clear();
        }
        // "Chile and Bolivia agreed to build a road": with each other, not with the road.
        let with_each_other = actors.iter().filter(|a| a.is_actor()).count() > 1
            && found.recipient.is_empty()
            && (matches!(event, Some(EventType::Agree | EventType::Consult | EventType::Cooperate))
                || is_ceasefire(&rule.outcome));
        // "agreed to share news of Peru": with each other as well, whatever they will do.
        let to_do = event == Some(EventType::Agree)
            && self.syntax.lemma(found.root) == "agree"
            && recipients.iter().all(|r| self.syntax.case(r.head) != Some("with"));
        // "reviewed his visits to Peru": neither with Peru.
        let is_topic = |r: &Entity| found.content.iter().any(|&content| self.syntax.is_under(r.head, content));
        let talked = event == Some(EventType::Consult) && recipients.iter().all(is_topic);
        // "agreed to a ceasefire at talks in Peru": nor is it Peru's.
        let elsewhere = !recipients.is_empty() && recipients.iter().all(|r| pair::is_venue(&self.syntax, r.head));
        if with_each_other && (to_do || talked || elsewhere || recipients.iter().all(|r| r.code.is_none())) {
            recipients.clear();
        }
        // "their armies left": whose they are, acts.
        let is_owner = |a: &Entity, r: &Entity| {
            self.syntax.rel(a.head) == Deprel::NmodPoss && r.first <= a.head && a.head <= r.last && a.head != r.head
        };
        // "rejects that and says the country's claim is just": the country is who acts.
        let is_it = |a: &Entity, r: &Entity| {
            let own = self.span(a.first, a.last);
            r.via == Via::Pronoun && a.code == r.code && r.antecedent.is_some_and(|name| name.overlaps(own))
        };
        recipients.retain(|r| !actors.iter().any(|a| is_owner(a, r) || is_it(a, r)));
        // "Ruritania and Freedonia shook hands in Zenda": the hands are nobody.
        let is_word = |r: &Entity| r.sort == Sort::Thing && found.words.contains(&r.head);
        if event.is_some_and(EventType::is_joint) && actors.len() > 1 {
            recipients.retain(|r| !is_word(r));
        }
        let only_venue = !recipients.is_empty()
            && recipients.iter().all(|r| self.is_venue_of(event, r, actors.len()))
            && found.words.iter().any(|&word| matches!(self.syntax.lemma(word), "see" | "meet"));
        recipients.retain(|r| !self.is_venue_of(event, r, actors.len()));
        // "flew to Jeddah to see the king"
        if only_venue && event == Some(EventType::Consult) && !found.joint {
            recipients.extend(self.resolve_all(&found.content, discourse, speaker).into_iter().filter(|met| {
                matches!(met.sort, Sort::Person | Sort::Role)
                    && met.code.is_some()
                    && actors.iter().all(|a| a.code != met.code)
            }));
        }
        recipients.retain(|r| !actors.iter().any(|a| a.is_same(r)) && r.sort != Sort::Media && !self.is_time(r));
        // "denied that his country helped": the actor's own land is nobody else.
        recipients.retain(|r| {
            let is_others = r.code.is_some() && actors.iter().all(|a| a.code != r.code);
            is_others || !(self.is_own(r.head) && is_land(self.syntax.lemma(r.head)))
        });
        self.spread(&mut recipients);
        if recipients.is_empty() && !found.joint && event.is_some_and(answers) {
            recipients = self.provoker(found, &actors, matcher, discourse, speaker);
        }
        if recipients.is_empty() && event == Some(EventType::Assault) {
            recipients = self.state_struck(found, &actors);
        }
        if event == Some(EventType::Assault) {
            self.place_struck(found, &actors, &mut recipients);
        }
        self.host_of_games(event, &mut recipients);
        if let Some(host) = self.host_of_mission(found, event, &actors, &recipients, discourse) {
            recipients = vec![host];
        }
        if let Some(owner) = self.owner_of_land(event, &actors, &recipients, quoted_speaker.as_ref()) {
            recipients = vec![owner];
        }
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
        let outcome = if event == Some(EventType::Protest) && self.is_lodged(found.root, &actors) {
            Outcome::Act(EventType::Accuse, Some("disapprove".into()))
        } else if event == Some(EventType::Sanction) && found.recipient.iter().any(|&r| is_thing(self.reader(), r)) {
            // "held talks until Chad suspended them": talks are halted, nobody is shut out.
            Outcome::Act(EventType::Sanction, Some("discontinue".into()))
        } else {
            rule.outcome.clone()
        };
        let mut territories: Vec<u32> = recipients.iter().chain(&actors).filter_map(|e| e.territory).collect();
        for &head in &found.territory {
            let named = self.reader().entity(head);
            // What is claimed may bear a state's name: "claims Taiwan".
            let lexicon = &self.context.coder.lexicon;
            let by_name = || {
                let meanings = named.name.as_ref().map(|name| lexicon.names.get(name)).unwrap_or_default();
                meanings.iter().find_map(|meaning| match meaning {
                    Meaning::Territory(number, _) => Some(*number),
                    _ => None,
                })
            };
            territories.extend(named.territory.or_else(by_name));
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
            outcome,
            basis: Basis::Rule(rule),
            opinion: None,
            thought: None,
            actors,
            recipients,
            thirds,
            territories,
            reading,
            outer: None,
            about: None,
            counterpart: None,
        })
    }
}

/// Tells whether a rule tells of a ceasefire.
fn is_ceasefire(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Act(EventType::Retreat, Some(mode)) if mode == "ceasefire")
}

/// Tells whether an act of a type may answer another's: who is named as its cause is then the other side.
fn answers(event: EventType) -> bool {
    matches!(
        event,
        EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
            | EventType::Protest
            | EventType::Sanction
            | EventType::Coerce
    )
}

/// Tells whether an outcome is that somebody is sent away.
fn is_sending_away(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Act(EventType::Sanction | EventType::Coerce, Some(mode)) if matches!(mode.as_str(), "expel" | "deport"))
}

/// Tells whether somebody is named by a high office alone: "the president".
fn is_unnamed_office(entity: &Entity) -> bool {
    let is_high = |level: &str| level.starts_with("head-of") || level.contains("minister");
    entity.sort == Sort::Role && entity.name.is_none() && entity.level.as_deref().is_some_and(is_high)
}
