//! What a discourse keeps of each sentence: whom it named, who spoke in it, which two stood in it together.

use detente_grammar::Deprel;

use crate::{
    act::Span,
    discourse::Discourse,
    entity::{Entity, Reader, Sort},
    named::Named,
    syntax::Tok,
    waiting::Waiting,
    when::is_time_word,
};

impl Discourse {
    /// Keeps what a sentence named, once it is coded.
    pub fn remember(
        &mut self,
        reader: Reader<'_, '_>,
        entities: &[(Tok, Entity)],
        span_of: &dyn Fn(Tok, Tok) -> Span,
        speaker: Option<&Entity>,
        signed: &[Entity],
    ) {
        let syntax = reader.syntax;
        let mut here: Vec<Named> = Vec::new();
        for (tok, entity) in entities {
            if !entity.is_actor()
                || matches!(entity.sort, Sort::Place)
                || entity.code.is_none() && is_time_word(syntax.lemma(*tok))
            {
                continue;
            }
            let span = entity.antecedent.unwrap_or_else(|| span_of(entity.first, entity.last));
            let mut top = *tok;
            while syntax.rel(top) == Deprel::Conj
                && let Some(head) = syntax.head(top)
            {
                top = head;
            }
            let subject = matches!(syntax.rel(top), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
            let main = subject && syntax.head(top).is_some_and(|verb| syntax.rel(verb) == Deprel::Root);
            let mut entity = entity.clone();
            entity.antecedent = Some(span);
            let words = matches!(entity.sort, Sort::Person | Sort::Role | Sort::Body)
                .then(|| reader.words(entity.first, entity.last).to_lowercase().into());
            here.push(Named { entity, span, sentence: self.sentence, subject, main, words });
        }
        let at = self.named.partition_point(|n| n.sentence <= self.sentence);
        self.named.splice(at..at, here);
        if let Some(speaker) = speaker {
            let span = speaker.antecedent.unwrap_or_else(|| span_of(speaker.first, speaker.last));
            let mut speaker = speaker.clone();
            if speaker.antecedent.is_none() || speaker.name.is_none() {
                speaker.name = speaker.name.or_else(|| Some(reader.words(speaker.first, speaker.last)));
            }
            speaker.antecedent = Some(span);
            let at = self.speakers.partition_point(|(sentence, ..)| *sentence <= self.sentence);
            self.speakers.insert(at, (self.sentence, speaker, span));
        }
        if self.signatories.is_empty() {
            self.signatories = signed.iter().map(|e| (e.clone(), span_of(e.first, e.last))).collect();
        }
        self.remember_pair(syntax, entities);
        self.sentence += 1;
        if self.named.len() > 400 {
            self.named.drain(..200);
        }
        if self.deeds.len() > 200 {
            self.deeds.drain(..100);
        }
        if self.speakers.len() > 200 {
            self.speakers.drain(..100);
        }
        if self.pairs.len() > 200 {
            self.pairs.drain(..100);
        }
    }

    /// Who spoke last, and where he is named.
    pub(crate) fn last_speaker(&self) -> Option<(Entity, Span)> {
        let found = self.speakers.iter().rev().find(|(sentence, ..)| *sentence < self.sentence);
        self.ask(found.map_or(0, |(sentence, ..)| sentence + 1), Waiting::may_speak);
        found.map(|(_, entity, span)| (entity.clone(), *span))
    }

    /// Who spoke last.
    pub fn speaker(&self) -> Option<Entity> {
        self.last_speaker().map(|(entity, _)| entity)
    }

    /// All that was named before the sentence that is read.
    pub(crate) fn past(&self) -> &[Named] {
        &self.named[..self.named.partition_point(|n| n.sentence < self.sentence)]
    }
}
