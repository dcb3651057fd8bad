//! "its northern neighbour": which of the states that were named lies there.

use detente_grammar::Deprel;
use detente_lexicon::Lexicon;
use smol_str::SmolStr;

use super::Discourse;
use crate::{
    act::Span,
    entity::{Entity, Reader},
    syntax::{Syntax, Tok},
};

impl Discourse {
    /// The neighbour of some states that a phrase stands for: the other one of a pair, else the one that was named last; nothing where
    /// none that was named lies beside them, in the direction that the phrase tells.
    pub(super) fn neighbour(
        &self,
        reader: Reader<'_, '_>,
        tok: Tok,
        owners: &[Entity],
        span_of: &dyn Fn(Tok, Tok) -> Span,
    ) -> Option<(Entity, Span)> {
        let lexicon = reader.lexicon;
        let direction = direction(reader.syntax, tok);
        let lies_beside = |code: &SmolStr| {
            let mut codes = owners.iter().filter_map(|owner| owner.code.as_ref());
            codes.any(|owner| lexicon.are_neighbours(owner, code) && lies(lexicon, owner, code, &direction))
        };
        let other = self.other_side(owners);
        other
            .filter(|(other, _)| other.code.as_ref().is_some_and(lies_beside))
            .or_else(|| self.fitting(reader, tok, span_of, &lies_beside))
    }
}

/// Tells whether a noun stands for who lies beside somebody.
pub(super) fn is_neighbour(lemma: &str) -> bool {
    matches!(lemma, "neighbour" | "neighbor")
}

/// The directions that a phrase tells, in small letters: "south-eastern".
fn direction(syntax: &Syntax<'_>, tok: Tok) -> String {
    let words = syntax.kids(tok).iter().filter(|&&kid| matches!(syntax.rel(kid), Deprel::Amod | Deprel::Compound));
    words.map(|&kid| syntax.form(kid).to_lowercase()).collect()
}

/// Tells whether a state lies in a direction from another, by their capitals. Of those whose capitals are unknown nothing is said.
fn lies(lexicon: &Lexicon, from: &str, to: &str, direction: &str) -> bool {
    let (Some(from), Some(to)) = (lexicon.capital_position(from), lexicon.capital_position(to)) else { return true };
    let (north, east) = (to.0 - from.0, to.1 - from.1);
    let agrees = |word: &str, far: f32| !direction.contains(word) || far > 0.0;
    agrees("north", north) && agrees("south", -north) && agrees("east", east) && agrees("west", -east)
}
