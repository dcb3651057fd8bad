//! Circumstances of an act: where it happened, why, in which context.

use detente_grammar::Deprel;
use detente_lexicon::{ActorKind, Meaning};

use super::{Draft, SentenceCoder};

use crate::{
    act::{Cause, Cue, Location, Via},
    coder::char_span,
    discourse::Discourse,
    entity::{Entity, Sort},
    syntax::Tok,
};

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    pub(super) fn location(&self, draft: &Draft<'_>) -> Option<Location> {
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

    pub(super) fn cause(&self, draft: &Draft<'_>) -> Option<(Cause, Cue)> {
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

    /// The contexts that the sentence's words mark most, three at most.
    pub(super) fn contexts(&self) -> Vec<String> {
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
    pub(super) fn add_context_country(&self, entities: &mut [Entity], discourse: &Discourse) {
        for entity in entities.iter_mut() {
            // Allies and the international community are of no place.
            if entity.code.is_some() || entity.weak || !matches!(entity.sort, Sort::Group | Sort::Role) {
                continue;
            }
            // Where the matter is of which a minister speaks is not his country.
            let speaks = entity.sort == Sort::Role && entity.level.is_some();
            let place = self.mentions.all.iter().find_map(|mention| {
                let head = mention.first;
                let rel = self.syntax.rel(head);
                let local = (rel == Deprel::Obl || rel == Deprel::Nmod && !speaks)
                    && matches!(self.syntax.case(head), Some("in" | "at" | "near"));
                // "an official in Chad said": there is who tells of it.
                let is_tellers = rel == Deprel::Nmod
                    && self.syntax.head(head).filter(|&noun| self.syntax.rel(noun) == Deprel::Nsubj).is_some_and(
                        |noun| {
                            let verb = self.syntax.head(noun);
                            verb.is_some_and(|verb| {
                                matches!(self.syntax.lemma(verb), "say" | "report" | "tell" | "announce")
                            })
                        },
                    );
                if !local || is_tellers {
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

    /// Bodies that every state has, of the one state that the sentence speaks of: "the opposition party Ruritanian Dawn said police had
    /// arrested its leader". Those on whom they act tell nothing of it.
    pub(super) fn add_only_country(
        &self,
        actors: &mut [Entity],
        recipients: &[Entity],
        root: Tok,
        discourse: &Discourse,
    ) {
        let is_of_state = |e: &Entity| {
            matches!(e.sort, Sort::Group | Sort::Role)
                && !e.weak
                && e.sectors.iter().any(|sector| matches!(sector.as_str(), "COP" | "MIL" | "JUD" | "LEG"))
        };
        if !actors.iter().any(|e| e.code.is_none() && is_of_state(e)) {
            return;
        }
        let mut only = None;
        for mention in &self.mentions.all {
            let entity = self.reader().entity(mention.last);
            let acted_upon = recipients.iter().any(|r| r.first <= mention.first && mention.last <= r.last)
                || self.syntax.is_under(mention.last, root) && !self.syntax.is_under(mention.last, actors[0].head);
            let is_state = entity.code.as_ref().and_then(|code| self.context.coder.lexicon.actor(code));
            let is_state = is_state.is_some_and(|actor| actor.kind == ActorKind::State);
            if acted_upon || !is_state || matches!(entity.sort, Sort::Media) {
                continue;
            }
            if only.as_ref().is_some_and(|known| Some(known) != entity.code.as_ref()) {
                return;
            }
            only = entity.code;
        }
        // In a report of Ruritania's matters written elsewhere, the court is Ruritania's.
        let Some(only) = only.or_else(|| discourse.only_country()) else { return };
        for actor in actors.iter_mut().filter(|e| e.code.is_none() && is_of_state(e)) {
            actor.code = Some(only.clone());
            actor.via = Via::Context;
        }
    }

    /// An official whose state nothing says is of the one that has to do with whom he acts upon: "Ruritania recalled its envoy from
    /// Freedonia. Foreign Minister Lee rejected Freedonia's demand."
    pub(super) fn add_other_state(&self, actors: &mut [Entity], recipients: &[Entity], discourse: &Discourse) {
        let [actor] = actors else { return };
        let is_official = matches!(actor.sort, Sort::Role | Sort::Person)
            && !actor.weak
            && !actor.plural
            && actor.level.is_some()
            && actor.sectors.iter().any(|sector| matches!(sector.as_str(), "GOV" | "MIL"));
        let [first, rest @ ..] = recipients else { return };
        let is_one = first.code.is_some() && rest.iter().all(|other| other.code == first.code);
        if actor.code.is_some() || !is_official || !is_one {
            return;
        }
        if let Some((other, _)) = discourse.other_of_pair(std::slice::from_ref(first))
            && other.sectors.iter().all(|sector| sector != "IGO")
        {
            actor.code = other.code;
            actor.via = Via::Context;
        }
    }

    /// To whom something was done by nobody named, of the place where it was done: "bloggers were arrested in Ruritania".
    pub(super) fn place_sufferers(&self, root: Tok, recipients: &mut [Entity]) {
        let is_place = |tok: &Tok| matches!(self.syntax.case(*tok), Some("in" | "near"));
        let places = self.syntax.kids_by(root, Deprel::Obl).filter(is_place);
        let Some(code) = places.filter_map(|tok| self.reader().entity(tok).code).next() else { return };
        for one in
            recipients.iter_mut().filter(|one| one.code.is_none() && matches!(one.sort, Sort::Group | Sort::Role))
        {
            one.code = Some(code.clone());
            one.via = Via::Context;
        }
    }
}
