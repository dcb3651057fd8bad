//! Descriptions of states and bodies that were named before: "the country", "the rebels", "the North".

use detente_lexicon::Lexicon;
use smol_str::SmolStr;

use super::Discourse;
use crate::{
    act::Span,
    entity::{Entity, Sort},
    waiting::Waiting,
};

impl Discourse {
    /// The state that "the North" stands for, where it or the one that shares its name was spoken of.
    pub(super) fn half(&self, lexicon: &Lexicon, name: &str) -> Option<(Entity, Span)> {
        let state = lexicon.half(name)?;
        let (_, beside) = state.half.as_ref()?;
        self.ask(0, Waiting::may_name_known);
        let named = |code: &SmolStr| self.past().iter().rev().find(|n| n.entity.code.as_ref() == Some(code));
        let named = named(&state.code).or_else(|| named(beside))?;
        let code = Some(state.code.clone());
        let half = Entity { code, name: None, sort: Sort::State, sectors: Vec::new(), ..named.entity.clone() };
        Some((half, named.span))
    }
}

/// Nouns that describe a state or body named before.
pub(super) fn described(lemma: &str) -> bool {
    matches!(
        lemma,
        "country"
            | "nation"
            | "state"
            | "government"
            | "kingdom"
            | "republic"
            | "side"
            | "bloc"
            | "alliance"
            | "group"
            | "organization"
            | "organisation"
            | "movement"
            | "regime"
            | "company"
            | "party"
            | "body"
            | "institution"
            | "forum"
            | "union"
            | "agency"
            | "administration"
    )
}

/// The sectors of bodies that a noun may stand for, once they are named.
pub(super) fn sectors_of(lemma: &str) -> &'static [&'static str] {
    match lemma {
        "rebel" | "insurgent" | "militant" | "guerrilla" | "separatist" | "fighter" | "jihadist" | "militia"
        | "militiaman" => &["REB", "PRM", "UAF", "SPY"],
        "group" | "movement" => &["REB", "PRM", "UAF", "NGO", "PTY"],
        "organisation" | "organization" | "charity" | "watchdog" => &["NGO"],
        "airline" | "company" | "firm" | "carrier" | "manufacturer" | "retailer" => &["BUS"],
        _ => &[],
    }
}
