//! Who acts and who is acted upon: the phrases of a sentence resolved, and the sides that a rule's places leave open.

use detente_grammar::{Deprel, Xpos};
use detente_lexicon::Meaning;

use crate::{
    act::Via,
    discourse::Discourse,
    entity::{Entity, Sort},
    frame::{Slot, is_condition},
    linker::Question,
    matching::{Match, Matcher, content_head},
    ontology::EventType,
    sentence::SentenceCoder,
    syntax::Tok,
    when,
};

/// The linker fills a side that a rule leaves open from this probability: who acts by a verb, by a noun; who is acted
/// upon, under the words of the act and elsewhere.
const LINKED_ACTOR: f32 = 0.5;
const LINKED_OWNER: f32 = 0.9;
/// Who acts by a verb, where acts are weighed later.
const LINKED_ACTOR_WEIGHED: f32 = 0.35;
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
    pub(crate) fn resolve_all(&self, heads: &[Tok], discourse: &Discourse, speaker: Option<&Entity>) -> Vec<Entity> {
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        let mut found: Vec<Entity> = Vec::new();
        let mut all: Vec<Tok> = heads.to_vec();
        for &head in heads {
            for member in self.list_of(head) {
                if !all.contains(&member) {
                    all.push(member);
                }
            }
        }
        for &head in heads {
            let named = self.examples_of(head);
            if !named.is_empty() {
                all.retain(|&known| known != head);
                all.extend(named);
            }
        }
        all.sort_unstable();
        all.dedup();
        for head in all {
            let inner = content_head(&self.syntax, head);
            for mut entity in discourse.resolve(self.reader(), inner, &span_of, self.is_quoted(inner), speaker) {
                if inner != head {
                    entity.first = entity.first.min(head);
                }
                // "Tajik mortars" are the state's.
                entity = entity.before_noun(self.syntax.rel(inner));
                if !found.iter().any(|known| known.is_same(&entity)) {
                    found.push(entity);
                }
            }
        }
        found
    }

    /// Who is named for several: "allies such as Ruritania", "countries including Freedonia and Sylvania".
    fn examples_of(&self, head: Tok) -> Vec<Tok> {
        // "Presidents Lund and Sy": each of the names behind the title.
        let plural = matches!(self.syntax.token(head).xpos, Xpos::Nns | Xpos::Nnps);
        if plural && let Some(name) = self.syntax.kids_by(head, Deprel::Appos).find(|&kid| kid == head + 1) {
            let mut names = vec![name];
            self.syntax.with_conjuncts(&mut names);
            if names.len() > 1 && names.iter().all(|&name| self.reader().entity(name).code.is_some()) {
                return names;
            }
        }
        if self.reader().entity(head).code.is_some() {
            return Vec::new();
        }
        let named = self.syntax.kids_by(head, Deprel::Nmod).filter(|&kid| {
            matches!(self.syntax.case_phrase(kid).as_str(), "such as" | "including" | "like" | "notably" | "especially")
                && self.reader().entity(kid).code.is_some()
        });
        named.flat_map(|kid| std::iter::once(kid).chain(self.syntax.kids_by(kid, Deprel::Conj))).collect()
    }

    /// The other names of a list that a name stands in: "Canada, Finland, Norway and Sweden". Long lists are often
    /// parsed wrong; their commas are clear.
    pub(crate) fn list_of(&self, head: Tok) -> Vec<Tok> {
        let all = &self.mentions.all;
        let Some(at) = all.iter().position(|m| m.first <= head && head <= m.last) else { return Vec::new() };
        let joined = |a: usize, b: usize| {
            let between = all[a].last + 1..all[b].first;
            !between.is_empty()
                && between.len() < 5
                && between.clone().all(|t| {
                    matches!(self.syntax.form(t).to_ascii_lowercase().as_str(), "," | "and" | "&" | "the" | ";")
                })
                && between.clone().any(|t| self.syntax.form(t) != "the")
        };
        let states = |m: usize| matches!(all[m].meaning, Meaning::Actor(n, detente_lexicon::Form::Name) if matches!(self.context.coder.lexicon.actors[n as usize].kind, detente_lexicon::ActorKind::State | detente_lexicon::ActorKind::Organisation));
        if !states(at) {
            return Vec::new();
        }
        // "In Syria and Iraq, Iran supports": where a subject stands, another clause begins.
        let begins_clause = |m: usize| {
            let name = all[m].last;
            let is_subject = matches!(self.syntax.rel(name), Deprel::Nsubj | Deprel::NsubjPass);
            let closes_list = (all[m - 1].last..all[m].first).any(|tok| self.syntax.form(tok) == "and");
            is_subject && !closes_list || self.syntax.begins_main_clause(name)
        };
        let mut first = at;
        while first > 0 && states(first - 1) && joined(first - 1, first) && !begins_clause(first) {
            first -= 1;
        }
        let mut last = at;
        while last + 1 < all.len() && states(last + 1) && joined(last, last + 1) && !begins_clause(last + 1) {
            last += 1;
        }
        if last - first < 2 {
            return Vec::new();
        }
        (first..=last).map(|m| all[m].last).filter(|&t| t != head).collect()
    }

    /// Who acts, where the rule's own place does not show it: the phrase that the linker finds likeliest.
    pub(crate) fn linked_actors(
        &self,
        found: &Match,
        event: Option<EventType>,
        tellers: &[Tok],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        // "following the end of the war" dates what is told, and tells of nobody; "over the raid" says why. "During a visit to Ruritania, he
        // said": he visits.
        if event != Some(EventType::Consult)
            && !self.syntax.is_verbal(found.root)
            && matches!(
                self.syntax.case(found.root),
                Some(
                    "after"
                        | "before"
                        | "follow"
                        | "following"
                        | "since"
                        | "until"
                        | "during"
                        | "over"
                        | "amid"
                        | "at"
                        | "despite"
                        | "about"
                )
            )
        {
            return Vec::new();
        }
        // "welcomed the release of the prisoners", "demands a withdrawal": who says so does not do it.
        let is_spoken_of = || {
            // "discussed trade and aid to Ruritania": what stands in a row is spoken of alike.
            let mut first = found.root;
            while let Some(before) = self.syntax.head(first).filter(|_| self.syntax.rel(first) == Deprel::Conj) {
                first = before;
            }
            let verb = self.syntax.head(first).filter(|_| self.syntax.rel(first) == Deprel::Obj);
            verb.is_some_and(|verb| speaks_of(self.syntax.lemma(verb)))
        };
        if !self.syntax.is_verbal(found.root) && is_spoken_of() {
            return Vec::new();
        }
        // "We welcome the pledge and call on them": whoever we are, no other phrase names us.
        let says_so =
            |&subject: &Tok| matches!(self.syntax.lemma(subject), "we" | "i" | "I" | "he" | "she" | "they" | "you");
        if self.syntax.is_verbal(found.root)
            && !self.syntax.is_passive(found.root)
            && matcher.frame(found.root).at(Slot::Subj).any(|subject| says_so(&subject))
        {
            return Vec::new();
        }
        let question = Question { root: found.root, words: &found.words, event, actor: None };
        let ranked = self.context.coder.learned.linker.actors(matcher, self.phrases(), question);
        // "Seven were killed when a bomber crashed": nobody did it.
        let has_accident = |tok: Tok| {
            let verb = self.syntax.head(tok).filter(|_| self.syntax.rel(tok) == Deprel::Nsubj);
            verb.is_some_and(|verb| {
                matches!(
                    self.syntax.lemma(verb),
                    "crash" | "collide" | "capsize" | "derail" | "collapse" | "overturn" | "plunge" | "erupt" | "catch"
                )
            })
        };
        let is_apart = |tok: Tok| self.circumstances().contains(&(tok, tok));
        // "a Ruritanian leader was abducted": what tells of him is no name of who did it.
        let passive = self.syntax.kids(found.root).iter().any(|&kid| self.syntax.rel(kid) == Deprel::AuxPass);
        let is_someone = |&object: &Tok| {
            matches!(self.reader().entity(object).sort, Sort::Role | Sort::Group | Sort::Person | Sort::Name)
        };
        let undergoing: Vec<Tok> = match passive {
            true => matcher.frame(found.root).at(Slot::Obj).filter(is_someone).collect(),
            false => Vec::new(),
        };
        // "after a raid in which a guard was shot": who does something else after it has not shot him.
        let has_own = self.syntax.is_passive(found.root)
            || self.syntax.is_verbal(found.root) && matcher.frame(found.root).at(Slot::Subj).next().is_some();
        let elsewhere = has_own.then(|| self.told_apart(found.root)).flatten();
        let is_elsewhere = |tok: Tok| elsewhere.is_some_and(|clause| !self.syntax.is_under(tok, clause));
        let undergoes = |tok: Tok| undergoing.iter().any(|&object| tok == object || self.syntax.is_under(tok, object));
        let may_act = |tok: &Tok| {
            !found.recipient.contains(tok)
                && !self.tells(tellers, *tok)
                && !has_accident(*tok)
                && !is_apart(*tok)
                && !undergoes(*tok)
                && !is_elsewhere(*tok)
        };
        match ranked.iter().find(|(tok, _)| may_act(tok)) {
            Some(&(tok, probability)) if probability > self.linked_actor_from(found.nominal) => {
                self.resolve_all(&self.syntax.coordinated(tok), discourse, speaker)
            }
            _ => Vec::new(),
        }
    }

    /// The noun with a clause, or the clause behind "after", that a verb stands in: what is told in it has its own doers.
    fn told_apart(&self, verb: Tok) -> Option<Tok> {
        let mut above = std::iter::successors(Some(verb), |&at| {
            self.syntax.head(at).filter(|_| matches!(self.syntax.rel(at), Deprel::Xcomp | Deprel::Conj))
        });
        let clause = above.find(|&clause| match self.syntax.rel(clause) {
            Deprel::AclRelcl => true,
            Deprel::Advcl => self
                .syntax
                .kids_by(clause, Deprel::Mark)
                .any(|mark| matches!(self.syntax.lemma(mark), "after" | "because" | "since" | "as")),
            _ => false,
        })?;
        if self.syntax.rel(clause) == Deprel::AclRelcl { self.syntax.head(clause) } else { Some(clause) }
    }

    /// Tells whether a phrase is who tells of the act, or says whose he is: "..., Ruritania's minister said".
    fn tells(&self, tellers: &[Tok], tok: Tok) -> bool {
        tellers.iter().any(|&teller| self.syntax.is_under(tok, teller))
    }

    /// The probability from which the linker's actor of a verb, or of a noun, is taken.
    pub(crate) fn linked_actor_from(&self, nominal: bool) -> f32 {
        match self.context.weighing.is_on() {
            _ if nominal => LINKED_OWNER,
            true => LINKED_ACTOR_WEIGHED,
            false => LINKED_ACTOR,
        }
    }

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
        ranked.retain(|(tok, _)| {
            !self.tells(tellers, *tok)
                && !is_own_state(*tok)
                && !is_aside(*tok)
                && ends.is_none_or(|end| *tok <= end)
                && part.contains(tok)
                && !self.is_beyond_clause(*tok, found.root)
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
        for &over in &found.words {
            for &(slot, word) in &matcher.frame(over).args {
                let is_acted_upon = match slot {
                    Slot::Obj | Slot::Iobj => true,
                    Slot::Prep(case) => matches!(case, "at" | "on" | "to" | "against" | "with" | "of" | "for"),
                    _ => false,
                };
                if !is_acted_upon || !found.words.contains(&word) || found.actor.contains(&word) {
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
            found.actor.contains(&head)
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

    /// The state in which force is used, where nobody is named against whom: "killed the gunmen in Ruritania".
    pub(crate) fn state_struck(&self, found: &Match, actors: &[Entity]) -> Vec<Entity> {
        let is_known = !actors.is_empty() && actors.iter().all(|a| a.code.is_some() && a.is_state_voice());
        let is_there = |tok: &Tok| {
            matches!(self.syntax.rel(*tok), Deprel::Obl | Deprel::Nmod)
                && matches!(self.syntax.case(*tok), Some("in" | "inside" | "near" | "across" | "outside"))
                && found.words.iter().any(|&word| self.syntax.head(*tok) == Some(word))
        };
        let places = (0..self.syntax.len() as Tok).filter(is_there).map(|tok| self.reader().entity(tok));
        let mut foreign = places.filter(|place| {
            let is_place = matches!(place.sort, Sort::State | Sort::Place | Sort::Thing);
            is_known && is_place && place.code.is_some() && actors.iter().all(|a| a.code != place.code)
        });
        foreign.next().into_iter().collect()
    }

    /// Whose deed an act answers: "recalled its ambassador after Freedonia invited the rebels".
    pub(crate) fn provoker(
        &self,
        found: &Match,
        actors: &[Entity],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let is_cause = |clause: &Tok| {
            let mut marks = self.syntax.kids_by(*clause, Deprel::Mark);
            self.syntax.is_verbal(*clause) && marks.any(|mark| matches!(self.syntax.lemma(mark), "after" | "because"))
        };
        let causes = self.syntax.kids_by(found.root, Deprel::Advcl).filter(is_cause);
        for clause in causes.chain(self.prompting(found.root)) {
            let heads: Vec<Tok> = matcher.frame(clause).at(Slot::Subj).collect();
            let doers = self.resolve_all(&heads, discourse, speaker);
            let is_other = |e: &Entity| {
                e.code.is_some()
                    && e.is_state_voice()
                    && e.sort != Sort::Place
                    && actors.iter().all(|a| a.code.is_some() && a.code != e.code)
            };
            if !actors.is_empty() && !doers.is_empty() && doers.iter().all(is_other) {
                return doers;
            }
        }
        Vec::new()
    }

    /// Who must do something for an act to follow: "if Ruritania attacks them, we will send troops", "unless Ruritania withdraws".
    pub(crate) fn under_condition(
        &self,
        root: Tok,
        actors: &[Entity],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let is_condition = |clause: &Tok| is_condition(&self.syntax, *clause) && self.syntax.is_verbal(*clause);
        let Some(clause) = self.syntax.kids_by(root, Deprel::Advcl).find(is_condition) else { return Vec::new() };
        let heads: Vec<Tok> = matcher.frame(clause).at(Slot::Subj).collect();
        let mut others = self.resolve_all(&heads, discourse, speaker);
        others.retain(|e| e.code.is_some() && e.is_state_voice() && actors.iter().all(|a| a.code != e.code));
        others
    }

    /// The verb whose subject brings somebody to do what another verb says: "expelled the envoy, prompting Ruritania to recall its own".
    fn prompting(&self, verb: Tok) -> Option<Tok> {
        let prompts = |tok: &Tok| {
            matches!(
                self.syntax.lemma(*tok),
                "prompt" | "lead" | "cause" | "push" | "drive" | "force" | "spur" | "provoke"
            )
        };
        let infinitive = matches!(self.syntax.rel(verb), Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp);
        let prompting = self.syntax.head(verb).filter(|_| infinitive).filter(prompts)?;
        match self.syntax.rel(prompting) {
            Deprel::Advcl | Deprel::Xcomp => self.syntax.head(prompting),
            _ => Some(prompting),
        }
    }

    /// Stretches what is no actor by name over its whole phrase: "the movement of workers in the zone".
    pub(crate) fn spread(&self, entities: &mut [Entity]) {
        for entity in entities
            .iter_mut()
            .filter(|e| matches!(e.sort, Sort::Other | Sort::Thing | Sort::Group) && e.antecedent.is_none())
        {
            let mut stack = vec![entity.head];
            while let Some(at) = stack.pop() {
                entity.first = entity.first.min(at);
                entity.last = entity.last.max(at);
                for &kid in self.syntax.kids(at) {
                    let rel = self.syntax.rel(kid);
                    let inside = matches!(
                        rel,
                        Deprel::Nmod
                            | Deprel::NmodPoss
                            | Deprel::Amod
                            | Deprel::Compound
                            | Deprel::Nummod
                            | Deprel::Flat
                            | Deprel::Case
                            | Deprel::NmodDesc
                            | Deprel::NmodUnmarked
                    ) || (rel == Deprel::Det && at != entity.head);
                    if inside && !(rel == Deprel::Case && at == entity.head) {
                        stack.push(kid);
                    }
                }
            }
        }
    }

    /// Tells whether a phrase is the actor's own: "its territory".
    pub(crate) fn is_own(&self, head: Tok) -> bool {
        self.syntax.kid(head, Deprel::NmodPoss).is_some_and(|p| {
            matches!(
                self.syntax.lemma(p),
                "its" | "their" | "his" | "her" | "our" | "my" | "it" | "they" | "he" | "she" | "we" | "I"
            )
        })
    }
}

/// Tells whether who is the subject of a verb judges or wants what its object tells, and does not do it.
fn speaks_of(lemma: &str) -> bool {
    matches!(
        lemma,
        "welcome"
            | "praise"
            | "applaud"
            | "commend"
            | "hail"
            | "celebrate"
            | "condemn"
            | "deplore"
            | "denounce"
            | "decry"
            | "criticize"
            | "criticise"
            | "regret"
            | "mourn"
            | "oppose"
            | "demand"
            | "urge"
            | "want"
            | "note"
            | "recall"
            | "mention"
            | "discuss"
            | "debate"
            | "review"
            | "address"
            | "assess"
            | "raise"
            | "highlight"
            | "witness"
            | "see"
            | "fear"
            | "expect"
            | "await"
            | "predict"
    )
}
