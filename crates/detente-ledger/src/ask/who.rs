//! Whom a user means: a code, a name, an adjective.

use detente_lexicon::{ActorKind, Form, Lexicon, Meaning};

use crate::store::{Error, Ledger, Who};

/// Reads whom up to two words name: "JPN", "Japan", "Japanese".
///
/// # Errors
///
/// When a word names no state or organisation of the lexicon and no side of the ledger, or names several.
pub fn who(names: &[String], lexicon: &Lexicon, ledger: &Ledger) -> Result<Who, Error> {
    let code = |name: &String| code(name, lexicon, ledger);
    match names {
        [] => Ok(Who::All),
        [one] => Ok(Who::One(code(one)?)),
        [one, other, ..] => {
            let (one, other) = (code(one)?, code(other)?);
            if one == other {
                return Err(Error::Question(format!("{one}: named twice; a pair has two sides")));
            }
            Ok(Who::Pair(one, other))
        }
    }
}

fn code(name: &str, lexicon: &Lexicon, ledger: &Ledger) -> Result<String, Error> {
    let name = name.trim();
    let upper = name.to_uppercase();
    if lexicon.actor(&upper).is_some() {
        return Ok(upper);
    }
    let mut codes: Vec<&str> = Vec::new();
    for spelling in [name.to_owned(), capitalised(name)] {
        let actors = lexicon.names.get(&spelling).iter().filter_map(|meaning| match meaning {
            Meaning::Actor(number, form) if *form != Form::Organ => Some(&lexicon.actors[*number as usize]),
            _ => None,
        });
        let lasting = actors.filter(|actor| matches!(actor.kind, ActorKind::State | ActorKind::Organisation));
        codes.extend(lasting.map(|actor| actor.code.as_str()));
        if !codes.is_empty() {
            break;
        }
    }
    codes.dedup();
    match codes.as_slice() {
        [only] => Ok((*only).to_owned()),
        [] if ledger.has_side(&upper)? => Ok(upper),
        [] => Err(Error::Unknown(format!("{name}: no state or organisation of that code or name is known"))),
        several => Err(Error::Unknown(format!("{name}: may be {}; give the code", several.join(" or ")))),
    }
}

/// Each word with a capital, as names stand in the lexicon.
fn capitalised(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
