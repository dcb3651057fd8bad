//! Acts that are told as the same again: "Freedonia followed suit", "So did Sylvania", "Freedonia responded in kind".

use detente_grammar::Upos;

use super::{Basis, Draft, SentenceCoder};
use crate::{
    deeds::{Deed, stands_at},
    discourse::Discourse,
    entity::Entity,
    factuality,
    frame::Slot,
    matching::{Match, Matcher},
    rule::Outcome,
    syntax::Tok,
};

/// How many sentences before the deed may stand.
const REACH: u32 = 2;
/// How sure it is that the same was done again.
const SURE: f32 = 0.9;

impl<'s> SentenceCoder<'_, 's> {
    /// Finds who did what another had done before: to the same, or back to who had done it.
    pub(super) fn repeat<'m>(
        &'m self,
        drafts: &mut Vec<Draft<'m>>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) {
        if discourse.deeds.is_empty() {
            return;
        }
        for verb in
            (0..self.syntax.len() as Tok).filter(|&tok| matches!(self.syntax.token(tok).upos, Upos::Verb | Upos::Aux))
        {
            let Some(words) = self.says_same(verb) else { continue };
            let heads: Vec<Tok> = matcher.frame(verb).at(Slot::Subj).collect();
            let actors = self.resolve_all(&heads, discourse, speaker);
            if actors.is_empty() || actors.iter().any(|actor| actor.code.is_none()) {
                continue;
            }
            let reading = factuality::read(&self.syntax, &self.context.coder.lexicon, verb, &words, false);
            let is_before =
                |deed: &&Deed| deed.sentence < discourse.sentence && deed.sentence + REACH >= discourse.sentence;
            let mut deeds = discourse.deeds.iter().filter(is_before);
            let Some(deed) = deeds.rfind(|deed| !deed.is_done_by(&actors)).filter(|_| !reading.unsaid) else {
                continue;
            };
            // "responded in kind, expelling two diplomats": what was done is told.
            let is_told = |draft: &Draft<'_>| {
                matches!(draft.outcome, Outcome::Act(event, _) if event == deed.event)
                    && draft.actors.iter().any(|actor| actors.iter().any(|own| own.code == actor.code))
            };
            if drafts.iter().any(is_told) {
                continue;
            }
            let others = if deed.is_done_to(&actors) { &deed.actors } else { &deed.recipients };
            let recipients = others.iter().map(|side| stands_at(side, verb, verb)).collect();
            let found = Match { actor: heads, ..Match::unruled(verb, words) };
            let outcome = Outcome::Act(deed.event, None);
            let draft = Draft::new(Basis::Repeat, found, outcome, [actors, recipients], reading);
            drafts.push(Draft { opinion: Some(SURE), ..draft });
        }
    }

    /// The words by which a verb says that the same is done: "follow suit", "so do", "respond in kind".
    fn says_same(&self, verb: Tok) -> Option<Vec<Tok>> {
        let is = |tok: Tok, word: &str| self.syntax.lemma(tok).eq_ignore_ascii_case(word);
        let beside = |word: &str| self.syntax.kids(verb).iter().copied().find(|&kid| is(kid, word));
        self.context.coder.lexicon.words.same_deeds.iter().find_map(|phrase| match phrase.as_slice() {
            [only] => is(verb, only).then(|| vec![verb]),
            [first, last] if is(verb, first) => beside(last).map(|word| vec![verb, word]),
            [first, last] if is(verb, last) => beside(first).filter(|&word| word < verb).map(|word| vec![word, verb]),
            [first, case, last] if is(verb, first) => {
                beside(last).filter(|&word| self.syntax.case(word) == Some(case)).map(|word| vec![verb, word])
            }
            _ => None,
        })
    }
}
