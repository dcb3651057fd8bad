//! Who is acted upon, where the rule's own place does not show it, or another phrase is far likelier.

use detente_grammar::Deprel;

use crate::{
    act::Via,
    discourse::Discourse,
    entity::{Entity, Sort},
    frame::Slot,
    linker::Question,
    matching::{Match, Matcher, is_manner},
    ontology::EventType,
    sentence::SentenceCoder,
    syntax::Tok,
    when,
};

/// The linker fills the recipient that a rule leaves open from this probability: under the words of the act, and elsewhere.
const LINKED_RECIPIENT: f32 = 0.1;
const LINKED_ELSEWHERE: f32 = 0.3;
/// The linker's recipient takes the place of the rule's from this probability, where it finds the rule's less likely by this
/// factor.
const RELINKED: f32 = 0.5;
const UNLIKELIER: f32 = 0.2;

/// What is known of an act whose recipient is sought.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sought<'q> {
    /// Where a rule, or the chooser, sees the act.
    pub found: &'q Match,
    /// Its type, where it is known.
    pub event: Option<EventType>,
    /// Who acts.
    pub actors: &'q [Entity],
    /// Who only tells of it, and is no side.
    pub tellers: &'q [Tok],
}

impl<'s> SentenceCoder<'_, 's> {
    /// The phrases that may be acted upon, the likeliest first; who acts, tells of it or owns what is moved is left out, and
    /// `words`, which are the act's.
    pub(crate) fn ranked_recipients(
        &self,
        sought: Sought<'_>,
        words: &[Tok],
        matcher: &Matcher<'_, 's>,
    ) -> Vec<(Tok, f32)> {
        let Sought { found, event, actors, tellers } = sought;
        let actor = actors.first().map(|actor| actor.head);
        let question = Question { root: found.root, words, event, actor };
        let apart = self.apart(found, event, actors);
        let part = self.part_of(found.root);
        let mut ranked = self.context.coder.learned.linker.recipients(matcher, self.phrases(), question);
        // "Ruritania, which joined the alliance, condemned Freedonia": what follows the clause is not of it.
        let ends = self.syntax.relative_clause_of(found.root).map(|clause| self.syntax.extent(clause).1);
        // "the envoy, whom Ruritania supports, condemned the raid": what is told of the actor aside is not what he does.
        let of_actor = |noun: Tok| actors.iter().any(|a| a.first <= noun && noun <= a.last);
        let is_aside = |tok: Tok| {
            self.syntax.aside(tok, found.root).and_then(|clause| self.syntax.head(clause)).is_some_and(of_actor)
        };
        let own: Vec<&Entity> = actors.iter().filter(|a| a.code.is_some() && a.is_state_voice()).collect();
        // "condemned the move and said Moscow would respond": the actor's own state is nobody whom it acts upon.
        let is_of_words = matches!(
            event,
            Some(
                EventType::Accuse
                    | EventType::Reject
                    | EventType::Support
                    | EventType::Request
                    | EventType::Threaten
                    | EventType::Agree
                    | EventType::Consult
                    | EventType::Cooperate
            )
        );
        let is_own_state = |tok: Tok| {
            if !is_of_words {
                return false;
            }
            let other = self.reader().entity(tok);
            let is_state = other.sort == Sort::State || other.via == Via::Metonym && other.sort == Sort::Body;
            is_state && own.iter().any(|a| a.code == other.code)
        };
        // "arrested a captain wanted by Freedonia": who does what is told of somebody aside.
        let does_aside = |tok: Tok| {
            let clause = self.syntax.head(tok).filter(|_| self.syntax.rel(tok) == Deprel::OblAgent);
            clause.is_some_and(|clause| {
                clause != found.root
                    && self.syntax.rel(clause) == Deprel::Acl
                    && matches!(self.syntax.lemma(clause), "want" | "seek" | "suspect" | "hold" | "detain" | "capture")
            })
        };
        ranked.retain(|(tok, _)| {
            !self.tells(tellers, *tok)
                && !does_aside(*tok)
                && !is_own_state(*tok)
                && !is_aside(*tok)
                && ends.is_none_or(|end| *tok <= end)
                && part.contains(tok)
                && !self.is_beyond_clause(*tok, found.root)
                && !self.is_in_result(*tok, found.root)
                && !apart.iter().any(|&(first, last)| first <= *tok && *tok <= last)
                && !actors.iter().any(|a| a.first <= *tok && *tok <= a.last)
                && !self.is_equipment_of(event, found, *tok)
                && !self.is_means_of(event, *tok)
        });
        ranked
    }

    /// The other side that words of the rule name: "fired at Ethiopian migrants", where the example has "fired at protesters".
    pub(crate) fn named_by_words(
        &self,
        sought: Sought<'_>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let Sought { found, event, actors, .. } = sought;
        // Whose the goods and troops are that are sent says nothing of where to.
        if matches!(event, None | Some(EventType::Mobilize | EventType::Aid | EventType::Agree)) {
            return Vec::new();
        }
        let stricken = self.stricken(found, event);
        let is_harm = matches!(event, Some(EventType::Assault | EventType::Coerce));
        for &over in &found.words {
            for &(slot, word) in &matcher.frame(over).args {
                let is_acted_upon = match slot {
                    Slot::Obj | Slot::Iobj => true,
                    Slot::Prep(case) => matches!(case, "at" | "on" | "to" | "against" | "with" | "of" | "for"),
                    _ => false,
                };
                let is_of_rule = found.words.contains(&word) || is_harm && found.content.contains(&word);
                if !is_acted_upon || !is_of_rule || found.actor.contains(&word) {
                    continue;
                }
                let named = self.resolve_all(&[word], discourse, speaker);
                let is_other = |e: &Entity| {
                    e.code.is_some()
                        && e.sort != Sort::Media
                        && actors.iter().all(|a| a.code != e.code)
                        && !stricken.iter().any(|&(first, last)| e.first <= last && first <= e.last)
                };
                if named.iter().all(is_other) && !named.is_empty() {
                    return named;
                }
            }
        }
        Vec::new()
    }

    /// What is harmed, where the rule's place only says where: "bombed an Iranian base in Syria".
    pub(crate) fn harmed_there(
        &self,
        sought: Sought<'_>,
        recipients: &[Entity],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Option<Vec<Entity>> {
        let is_harm = matches!(sought.event, Some(EventType::Assault | EventType::Coerce));
        let is_where = |r: &Entity| {
            let case = self.syntax.case(r.head);
            matches!(case, Some("in" | "near" | "off" | "at" | "inside" | "outside" | "around" | "across" | "over"))
        };
        if !is_harm || recipients.is_empty() || !recipients.iter().all(is_where) {
            return None;
        }
        let owners = self.named_by_words(sought, matcher, discourse, speaker);
        // "an army camp in western Kabul" says more than Kabul.
        let is_other = |owner: &Entity| {
            let holds = |r: &Entity| owner.first <= r.first && r.last <= owner.last;
            let is_someone = matches!(owner.sort, Sort::Role | Sort::Group | Sort::Body | Sort::Person);
            recipients.iter().all(|r| r.code != owner.code || is_someone && holds(r))
        };
        let is_harmed = |owner: &Entity| is_other(owner) && !self.is_own(owner.head);
        (!owners.is_empty() && owners.iter().all(is_harmed)).then_some(owners)
    }

    /// Who is acted upon, where the rule's own place does not show it: the phrase that the linker finds likeliest.
    pub(crate) fn linked_recipients(
        &self,
        sought: Sought<'_>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let found = sought.found;
        let ranked = self.ranked_recipients(sought, &found.words, matcher);
        let Some(&(tok, probability)) = ranked.first() else { return Vec::new() };
        let near = found.words.iter().any(|&word| self.syntax.is_under(tok, word));
        // "recalled its envoy after Ruritania invited the rebels": because of Ruritania.
        let causes = self.syntax.kids_by(found.root, Deprel::Advcl).any(|clause| {
            self.syntax.is_under(tok, clause)
                && self
                    .syntax
                    .kids_by(clause, Deprel::Mark)
                    .any(|mark| matches!(self.syntax.lemma(mark), "after" | "because"))
        });
        if causes {
            let provokers = self.provoker(found, sought.actors, matcher, discourse, speaker);
            if !provokers.is_empty() {
                return provokers;
            }
        }
        if probability > if near { LINKED_RECIPIENT } else { LINKED_ELSEWHERE } {
            self.resolve_all(&self.syntax.coordinated(tok), discourse, speaker)
        } else {
            Vec::new()
        }
    }

    /// A phrase that is far likelier acted upon than the one in the rule's place: "arrested editors in Freedonia".
    pub(crate) fn likelier_recipient(&self, sought: Sought<'_>, matcher: &Matcher<'_, 's>) -> Option<Tok> {
        let found = sought.found;
        // A word of the rule may be it: "arrested" and "editors" are both words of the rule.
        let ranked = self.ranked_recipients(sought, &[found.root], matcher);
        let own = ranked.iter().find(|(tok, _)| found.recipient.contains(tok)).map_or(0.0, |(_, own)| *own);
        let &(best, probability) = ranked.first()?;
        let near = found.words.iter().any(|&word| self.syntax.is_under(best, word));
        (near && probability > RELINKED && own < probability * UNLIKELIER && !found.recipient.contains(&best))
            .then_some(best)
    }

    /// Recipients that the rule's own place does not show: in the phrases of the act, the nearest known actor first,
    /// else what the act's own object is.
    pub(crate) fn find_recipients(
        &self,
        sought: Sought<'_>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let Sought { found, event, actors, .. } = sought;
        let mut level: Vec<(Tok, Slot<'_>, bool)> = Vec::new();
        let apart = self.apart(found, event, actors);
        let taken = |head: Tok| {
            is_manner(self.syntax.lemma(head))
                || found.actor.contains(&head)
                || found.words.contains(&head)
                || found.third.contains(&head)
                || apart.iter().any(|&(first, last)| first <= head && head <= last)
        };
        let open = |slot: Slot<'_>, inner: bool| match slot {
            // Forces are moved against somebody; with whom that is talked about is another matter.
            Slot::Prep("with") if event == Some(EventType::Mobilize) => false,
            Slot::Prep(case) => {
                matches!(
                    case,
                    "with"
                        | "against"
                        | "on"
                        | "upon"
                        | "to"
                        | "for"
                        | "of"
                        | "toward"
                        | "towards"
                        | "from"
                        | "into"
                        | "between"
                        | "among"
                        | "at"
                ) || inner && matches!(case, "in" | "by")
            }
            Slot::Obj | Slot::Iobj | Slot::Pred => true,
            Slot::Poss | Slot::Mod => inner,
            _ => false,
        };
        for &word in &found.words {
            for &(slot, head) in &matcher.frame(word).args {
                if open(slot, word != found.root)
                    && !taken(head)
                    && !self.is_equipment_of(event, found, head)
                    && self.syntax.is_nominal(head)
                    && !when::is_time_word(self.syntax.lemma(head))
                {
                    level.push((head, slot, word != found.root));
                }
            }
        }
        for &content in &found.content {
            if self.syntax.is_verbal(content) {
                for &(slot, head) in &matcher.frame(content).args {
                    if (open(slot, true) || slot == Slot::Subj)
                        && !taken(head)
                        && self.syntax.is_nominal(head)
                        && !when::is_time_word(self.syntax.lemma(head))
                    {
                        level.push((head, slot, true));
                    }
                }
            } else if self.syntax.is_nominal(content)
                && !taken(content)
                && !level.iter().any(|(head, ..)| *head == content)
            {
                level.push((content, Slot::Obj, true));
            }
        }
        let first_level = level.clone();
        let mut own: Vec<Entity> = Vec::new();
        for _ in 0..3 {
            for &(head, slot, _) in &level {
                let entities: Vec<Entity> = self
                    .resolve_all(&[head], discourse, speaker)
                    .into_iter()
                    .filter(|e| {
                        e.code.is_some()
                            && e.sort != Sort::Media
                            && !matches!((slot, e.sort), (Slot::Prep("on" | "for" | "at" | "into" | "in"), Sort::Place))
                    })
                    .filter(|e| !actors.iter().any(|a| a.is_same(e)))
                    .collect();
                // Someone of the actor's own country only where nobody else is there.
                if entities.iter().any(|e| actors.iter().all(|a| a.code != e.code)) {
                    return entities;
                }
                if own.is_empty() {
                    own = entities;
                }
            }
            let mut next = Vec::new();
            for &(head, ..) in &level {
                for &(slot, inner) in &matcher.frame(head).args {
                    if open(slot, true)
                        && !taken(inner)
                        && !self.is_equipment_of(event, found, inner)
                        && self.syntax.is_nominal(inner)
                        && !level.iter().any(|(h, ..)| *h == inner)
                    {
                        next.push((inner, slot, true));
                    }
                }
            }
            level = next;
        }
        // "outlawed parties": the people that the rule names are those to whom it is done.
        let people = || {
            let is_done_to_one = matches!(event, Some(EventType::Coerce | EventType::Sanction | EventType::Accuse));
            let rule = self.context.coder.rules.all.get(found.rule as usize).filter(|_| is_done_to_one)?;
            // A treaty that is left is named, where people must be called for by the example.
            let is_one = |e: &Entity| match e.sort {
                Sort::Group | Sort::Role => rule.has_recipient,
                sort => sort == Sort::Name,
            };
            let words = found.words.iter().filter(|&&word| word != found.root);
            let mut resolved = words.map(|&word| self.resolve_all(&[word], discourse, speaker));
            resolved.find(|all| all.iter().any(is_one))
        };
        // Somebody of the actor's own country; where only a place of it is named, the people whom the rule names.
        if own.iter().any(|e| e.sort != Sort::Place) {
            return own;
        }
        if !own.is_empty() {
            return people().unwrap_or(own);
        }
        let rank = |slot: Slot<'_>| match slot {
            Slot::Obj | Slot::Iobj => 0,
            Slot::Prep("against" | "to" | "with") => 1,
            Slot::Subj => 2,
            Slot::Prep(_) => 3,
            _ => 4,
        };
        let nearest = first_level
            .iter()
            .filter(|(head, slot, _)| !matches!(slot, Slot::Mod) && !self.is_own(*head))
            .min_by_key(|(_, slot, _)| rank(*slot));
        match nearest {
            Some(&(head, ..)) => self.resolve_all(&[head], discourse, speaker),
            None => people().unwrap_or_default(),
        }
    }
}
