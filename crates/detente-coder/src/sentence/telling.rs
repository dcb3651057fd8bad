//! Of which time a sentence tells, after those before it.

use detente_grammar::{Deprel, Xpos};

use super::SentenceCoder;
use crate::{
    act::TextField,
    discourse::story::{Story, Telling},
    factuality,
    syntax::Tok,
    when::of_clause,
};

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    /// Takes note of the time that the sentence tells of.
    pub(super) fn go_on(&self, story: &mut Story) {
        if self.context.field == TextField::Text {
            story.go_on(self.context.passage.span().start, self.telling());
        }
    }

    fn root(&self) -> Option<Tok> {
        (0..self.syntax.len() as Tok).find(|&tok| self.syntax.rel(tok) == Deprel::Root)
    }

    /// Of which time the sentence tells.
    fn telling(&self) -> Telling {
        let Some(root) = self.root() else { return Telling::Reports };
        if !self.is_narrated(root) {
            return Telling::Reports;
        }
        match of_clause(&self.syntax, &self.whens, root) {
            Some(when) if when.past => Telling::Recalls,
            Some(_) => Telling::Reports,
            None if self.whens.iter().all(|when| when.past) && !self.says(root) => Telling::GoesOn,
            None => Telling::Reports,
        }
    }

    /// Tells whether an act without a time is of the past that the sentences before recall.
    pub(super) fn goes_on_recalling(&self, root: Tok, story: &Story) -> bool {
        story.recalls(self.context.passage.span().start) && self.telling() == Telling::GoesOn && self.is_narrated(root)
    }

    /// Tells whether a verb tells of what was done: a past tense, or a passive of it.
    pub(super) fn is_narrated(&self, verb: Tok) -> bool {
        let mut helpers = self
            .syntax
            .kids_by(verb, Deprel::Aux)
            .chain(self.syntax.kids_by(verb, Deprel::AuxPass))
            .chain(self.syntax.kids_by(verb, Deprel::Cop));
        match helpers.next() {
            None => self.syntax.token(verb).xpos == Xpos::Vbd,
            Some(first) => matches!(self.syntax.form(first), "was" | "were" | "did"),
        }
    }

    /// Tells whether a verb reports what is said.
    fn says(&self, verb: Tok) -> bool {
        factuality::is_speech(&self.context.coder.lexicon, self.syntax.lemma(verb))
            && self.syntax.kid(verb, Deprel::Ccomp).is_some()
    }
}
