//! Judgements: what a speaker calls another's deed. "Russia's unprovoked war" in a ministry's statement accuses Russia.

use detente_grammar::{Deprel, Upos};

use super::{Basis, Draft, SentenceCoder};
use crate::{
    discourse::Discourse,
    entity::{Entity, Sort},
    factuality,
    frame::Slot,
    matching::{Match, Matcher},
    ontology::EventType,
    rule::Outcome,
    syntax::Tok,
};

/// How sure a judgement is an accusation.
const SURE: f32 = 0.9;

impl<'s> SentenceCoder<'_, 's> {
    /// Finds what the article's publisher, or a speaker whom it quotes, judges by an adjective, or by a noun that judges.
    pub(super) fn judge<'m>(
        &'m self,
        drafts: &mut Vec<Draft<'m>>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        let words = &self.context.coder.lexicon.words;
        for noun in 0..self.syntax.len() as Tok {
            let lemma = self.syntax.lemma(noun);
            if self.syntax.token(noun).upos != Upos::Noun {
                continue;
            }
            let may_be_judged = words.judged.contains(lemma) || words.deeds.contains_key(lemma);
            let mut adjectives = self.syntax.kids_by(noun, Deprel::Amod).filter(|_| may_be_judged);
            let adjective = adjectives.find(|&kid| words.judging.contains(self.syntax.lemma(kid)));
            let Some(judging) = adjective.or_else(|| words.condemning.contains(lemma).then_some(noun)) else {
                continue;
            };
            let Some(doer) = self.doer_of(noun) else { continue };
            let reading = factuality::read(&self.syntax, &self.context.coder.lexicon, noun, &[noun, judging], false);
            let recipients = self.resolve_all(&[doer], discourse, speaker);
            let actors = self.judges(noun, judging, reading.reported_by, matcher, discourse, speaker);
            let is_other = |r: &Entity| {
                let is_known = r.code.is_some() && !matches!(r.sort, Sort::Media | Sort::Place | Sort::Thing);
                is_known && actors.iter().all(|a| a.code.is_some() && a.code != r.code)
            };
            let told = drafts.iter().any(|draft| {
                let accuses = matches!(draft.outcome, Outcome::Act(EventType::Accuse | EventType::Reject, _));
                accuses && draft.recipients.iter().any(|known| recipients.iter().any(|r| r.code == known.code))
            });
            if reading.unsaid || told || actors.is_empty() || recipients.is_empty() || !recipients.iter().all(is_other)
            {
                continue;
            }
            let found = Match {
                recipient: vec![doer],
                nominal: true,
                ..Match::unruled(noun, if judging == noun { vec![noun] } else { vec![noun, judging] })
            };
            let outcome = Outcome::Act(EventType::Accuse, Some("disapprove".into()));
            let reading =
                factuality::Reading { factuality: crate::act::Factuality::Actual, cues: Vec::new(), ..reading };
            drafts.push(Draft::new(Basis::Judgement, found, outcome, [actors, recipients], reading).sure(SURE));
        }
    }

    /// Who does what a noun tells: "Ruritania's war", "Ruritanian aggression", "the aggression carried out by Ruritania".
    pub(super) fn doer_of(&self, noun: Tok) -> Option<Tok> {
        let is_named = |kid: &Tok| self.mentions.at(*kid).is_some();
        let owner = self.syntax.kid(noun, Deprel::NmodPoss).filter(|&kid| !self.syntax.is_pronoun(kid));
        owner
            .or_else(|| self.syntax.kids_by(noun, Deprel::Amod).find(is_named))
            .or_else(|| self.syntax.kids_by(noun, Deprel::Compound).find(is_named))
            .or_else(|| self.syntax.kids_by(noun, Deprel::Nmod).find(|&kid| self.syntax.case(kid) == Some("by")))
            .or_else(|| {
                let clauses = self.syntax.kids_by(noun, Deprel::Acl);
                clauses.flat_map(|clause| self.syntax.kids_by(clause, Deprel::OblAgent)).next()
            })
    }

    /// Who judges: the speaker whose words these are, else the article's publisher. They stand at the word that judges.
    fn judges(
        &self,
        noun: Tok,
        judging: Tok,
        reporter: Option<Tok>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        let quoted = self.is_quoted(noun);
        if !quoted && let Some(saying) = reporter.and_then(|verb| matcher.frame(verb).at(Slot::Subj).next()) {
            return self.resolve_all(&self.syntax.coordinated(saying), discourse, speaker);
        }
        let voices =
            if quoted || discourse.has_voice { discourse.voice(quoted, true, speaker, &span_of) } else { Vec::new() };
        let at_word =
            |(entity, antecedent)| Entity { first: judging, last: judging, head: judging, antecedent, ..entity };
        voices.into_iter().map(at_word).collect()
    }
}
