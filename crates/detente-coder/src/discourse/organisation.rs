//! Organisations that speak: whom "the team", "the authorities" and "the Council" stand for in their own releases.

use detente_grammar::Deprel;
use detente_lexicon::{Form, Lexicon};

use super::Discourse;
use crate::{
    act::Via,
    entity::{Entity, Reader, Sort},
    pair::is_organisation,
    syntax::Tok,
};

impl Discourse {
    /// Whom a phrase without a name stands for in the release of an organisation.
    pub(super) fn of_organisation(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        entity: &Entity,
        lemma: &str,
        is_definite: bool,
    ) -> Option<Entity> {
        let syntax = reader.syntax;
        let (organisation, _) = self.publisher.as_ref().filter(|(by, _)| is_organisation(by))?;
        if entity.code.is_some() {
            return None;
        }
        let own = || Entity { code: organisation.code.clone(), via: Via::Context, sort: Sort::Role, ..entity.clone() };
        if is_definite {
            // An organisation speaks of those whom it has sent, "the team" or "the mission chief", and of "the authorities" of the one state
            // that the title names.
            let heads_mission =
                || lemma == "chief" && tok.checked_sub(1).is_some_and(|at| is_of_its_own(syntax.lemma(at)));
            if is_of_its_own(lemma) || heads_mission() {
                return Some(own());
            }
            let is_of_land = matches!(lemma, "authority" | "authorities" | "government" | "country");
            if let Some(state) = self.about.as_ref().filter(|_| is_of_land) {
                return Some(Entity { code: Some(state.clone()), via: Via::Context, ..entity.clone() });
            }
        }
        // "Council decides to suspend Chad", in a communiqué of the Council.
        let is_said =
            |kid: Tok| matches!(syntax.rel(kid), Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss);
        let is_bare = !syntax.kids(tok).iter().any(|&kid| is_said(kid));
        (is_bare && has_organ(reader.lexicon, organisation, syntax.form(tok))).then(own)
    }
}

/// Nouns for those whom an organisation sends.
fn is_of_its_own(lemma: &str) -> bool {
    matches!(lemma, "team" | "mission" | "coordinator" | "envoy" | "rapporteur")
}

/// Tells whether a word is the last of the name of an organisation's own organ: "Council" in a text of the African Union, which has the Peace
/// and Security Council.
fn has_organ(lexicon: &Lexicon, organisation: &Entity, form: &str) -> bool {
    let actor = organisation.code.as_ref().and_then(|code| lexicon.actor(code));
    form.starts_with(char::is_uppercase)
        && actor.is_some_and(|actor| {
            let mut organs = actor.names.iter().filter(|(_, kind)| *kind == Form::Organ);
            organs.any(|(name, _)| name.rsplit_once(' ').is_some_and(|(_, last)| last == form))
        })
}
