//! Descriptions of states and bodies that were named before: "the country", "the rebels", "the North".

use super::Discourse;
use crate::{
    act::Span,
    entity::{Entity, Sort},
    waiting::Waiting,
};

impl Discourse {
    /// The Korea that "the North" or "the South" stands for, in an article that names one of the two.
    pub(super) fn half_of_korea(&self, half: &str) -> Option<(Entity, Span)> {
        let wanted = if half == "North" { "PRK" } else { "KOR" };
        self.ask(0, Waiting::may_name_known);
        let of = |code: &str| {
            let named = self.past().iter().rev().find(|n| n.entity.code.as_deref() == Some(code))?;
            Some((named.entity.clone(), named.span))
        };
        of(wanted).or_else(|| of(if wanted == "PRK" { "KOR" } else { "PRK" })).map(|(entity, span)| {
            (Entity { code: Some(wanted.into()), name: None, sort: Sort::State, sectors: Vec::new(), ..entity }, span)
        })
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
