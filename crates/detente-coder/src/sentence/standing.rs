//! What an article says of how a matter stands: the record of a circumstance, with the other side that the article shows.

use detente_grammar::{Deprel, Upos, Xpos};

use super::{Draft, SentenceCoder};
use crate::{
    act::{ActDate, Epoch},
    coder::char_span,
    discourse::Discourse,
    entity::Entity,
    matching::{Match, Matcher},
    ontology::EventType,
    pair::is_organisation,
    rule::Outcome,
    standing::Standing,
    syntax::Tok,
    trust::Weighing,
    when::{self, When},
};

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    /// The record of a circumstance, unless it is of nobody that is known.
    pub(super) fn standing(
        &self,
        draft: &Draft<'_>,
        kind: &str,
        state: &str,
        matcher: &Matcher<'_, 's>,
        speaker: Option<&Entity>,
        discourse: &Discourse,
    ) -> Option<Standing> {
        // "The dispute over the island": who has part in it is known of the island.
        let is_known = kind == "claim" && !draft.territories.is_empty();
        if !is_known && draft.actors.iter().chain(&draft.recipients).all(|e| e.code.is_none()) {
            return None;
        }
        // "Ruritania, for its part, agreed": no part of any land.
        if kind == "claim" && draft.territories.is_empty() && self.syntax.lemma(draft.found.root) == "part" {
            return None;
        }
        // Where rules are proved, a state stands for the union.
        let joins_nothing = || !draft.actors.iter().chain(&draft.recipients).any(|side| self.is_union(side));
        if kind == "membership" && self.context.weighing == Weighing::On && joins_nothing() {
            return None;
        }
        let whole = self.of_both_sides(draft, kind, matcher, speaker, discourse);
        let draft = whole.as_ref().unwrap_or(draft);
        let (first, last) = self.evidence(draft);
        let bytes = self.syntax.bytes(first, last);
        let root = draft.found.root;
        // "has held it since 1950, and Japan claims it": the time of a clause before says nothing of one with a subject of its own.
        let is_apart = self.syntax.rel(root) == Deprel::Conj && self.syntax.kid(root, Deprel::Nsubj).is_some();
        let is_its_own = |when: &&When| !is_apart || self.syntax.is_under(when.first, root);
        let when = when::of_clause(&self.syntax, &self.whens, root).filter(is_its_own);
        // "the 1991 war" is how it stood then; what stands "since 1991" still does, as what "has been" so for years.
        let still_stands = when.is_some_and(|when| when.since) || self.stands_now(draft.found.root);
        let epoch = if still_stands { Epoch::New } else { self.epoch(draft, when, discourse).0 };
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
            epoch,
            factuality: draft.reading.factuality,
            attribution: self.attribution(draft, matcher, speaker, discourse),
            field: self.context.field,
            evidence: char_span(self.context.passage, bytes.clone()),
            event_text: self.context.passage.text[bytes].to_owned(),
            rule: self.rule_name(draft),
        })
    }

    /// Tells whether a side is an organisation, or a noun for one: "the bloc".
    fn is_union(&self, side: &Entity) -> bool {
        is_organisation(side)
            || matches!(
                self.syntax.lemma(side.head),
                "alliance"
                    | "bloc"
                    | "body"
                    | "club"
                    | "council"
                    | "court"
                    | "forum"
                    | "group"
                    | "organisation"
                    | "organization"
                    | "pact"
                    | "union"
            )
    }

    /// Tells whether a clause is told in the present or the present perfect: "are negotiating", "have had no ambassadors".
    fn stands_now(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        let is_present = |tok: Tok| matches!(syntax.token(tok).xpos, Xpos::Vbz | Xpos::Vbp);
        let helpers = syntax.kids_by(root, Deprel::Aux).chain(syntax.kids_by(root, Deprel::Cop));
        is_present(root) || helpers.into_iter().any(is_present)
    }

    /// A circumstance whose words name one side, with the other that the article shows: "its 1994 accord with Washington". It is
    /// weighed as an act that brings such a matter about.
    fn of_both_sides<'d>(
        &self,
        draft: &Draft<'d>,
        kind: &str,
        matcher: &Matcher<'_, 's>,
        speaker: Option<&Entity>,
        discourse: &Discourse,
    ) -> Option<Draft<'d>> {
        let (event, is_mutual) = match kind {
            "agreement" => (EventType::Cooperate, true),
            "negotiation" | "relations" => (EventType::Consult, true),
            "conflict" => (EventType::Assault, true),
            "presence" => (EventType::Mobilize, false),
            "sanction" => (EventType::Sanction, false),
            "aid" => (EventType::Aid, false),
            "recognition" => (EventType::Support, false),
            _ => return None,
        };
        let named = |side: &[Entity]| side.iter().any(|entity| entity.code.is_some());
        let one = match (named(&draft.actors), named(&draft.recipients)) {
            (true, false) => draft.clone(),
            (false, true) if is_mutual => {
                Draft { actors: draft.recipients.clone(), recipients: Vec::new(), ..draft.clone() }
            }
            _ => return None,
        };
        let act = self.act(&one, event, None, matcher, speaker, discourse)?.act;
        self.towards_counterpart(&one, &act, matcher, discourse)
    }

    /// Tells whether a circumstance's noun hangs behind a preposition, away from all those whose it would be.
    pub(super) fn is_of_others(&self, found: &Match) -> bool {
        let syntax = &self.syntax;
        let root = found.root;
        let mut sides = found.actor.iter().chain(&found.recipient);
        syntax.token(root).upos == Upos::Noun
            && matches!(syntax.rel(root), Deprel::Obl | Deprel::Nmod)
            && syntax.kid(root, Deprel::Nsubj).is_none()
            && !sides.any(|&side| syntax.is_under(side, root))
    }
}

/// Tells whether the word of a circumstance is also a word of an act that is told and changes how matters stand, as "lifted its
/// sanctions" does and "welcomed the treaty" does not; beside the drafts stand their acts' numbers.
pub(super) fn is_told_by_an_act<'d>(
    draft: &Draft<'_>,
    mut drafts: impl Iterator<Item = (&'d Draft<'d>, &'d Option<usize>)>,
) -> bool {
    use crate::ontology::EventType::{Accuse, Protest, Request, Support};
    drafts.any(|(act, id)| {
        let changes = !matches!(act.outcome, Outcome::Act(Accuse | Protest | Request | Support, _));
        id.is_some() && changes && act.found.root != draft.found.root && act.found.words.contains(&draft.found.root)
    })
}
