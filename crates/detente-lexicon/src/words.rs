//! Words: sets that widen a slot, nouns of verbs, verbs that embed an act, marks of history.

use std::{collections::HashSet, sync::Arc};

use smol_str::SmolStr;

use crate::{
    error::{Error, Problem},
    names::FnvMap,
    record::{items, lines},
    source::File,
};

/// What an embedding word does to the act inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Embedding {
    /// The act is meant to be done.
    Intended,
    /// The act may be done.
    Possible,
    /// The act is asked for.
    Requested,
    /// The act is not done.
    Denied,
    /// The act is done.
    Actual,
    /// The act is told of.
    Reported,
}

/// What fits any state, in `words/descriptions.txt`.
pub const FITS_ANY: &str = "any";

/// The word lists of `words/`.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Word sets by name; each member is a sequence of lemmas.
    pub sets: FnvMap<SmolStr, Vec<SmolStr>>,
    /// Verbs by the noun that denotes the act.
    pub verbs_of: FnvMap<SmolStr, Vec<SmolStr>>,
    /// Embedding words by lemma or phrase of lemmas.
    pub embedding: FnvMap<SmolStr, Embedding>,
    /// Words that mark history.
    pub background: Vec<SmolStr>,
    /// Words of sport, in small letters, and whether they are of nothing else.
    pub sport: FnvMap<SmolStr, bool>,
    /// Surnames that many bear, which alone name no office-holder.
    pub surnames: HashSet<SmolStr>,
    /// Cities where many states meet, and that stand for no state but where they act.
    pub venues: HashSet<SmolStr>,
    /// Names of the sets that hold a lemma as a member of one word; without those of circumstances, which tell of no act.
    pub sets_of: FnvMap<SmolStr, Vec<SmolStr>>,
    /// Types of the acts for which a noun may stand ("the attack"), by its lemma; `any` for every material one.
    pub deeds: FnvMap<SmolStr, Vec<SmolStr>>,
    /// Verbs, with the words beside them in order, that say that what another did is done again.
    pub same_deeds: Vec<Vec<SmolStr>>,
    /// Adjectives by which a speaker judges what another has done.
    pub judging: HashSet<SmolStr>,
    /// Nouns for what is so judged, besides those of deeds.
    pub judged: HashSet<SmolStr>,
    /// Nouns that judge without an adjective: "oppression".
    pub condemning: HashSet<SmolStr>,
    /// PLOVER contexts by a lemma, or two, that marks them.
    pub contexts: FnvMap<SmolStr, Vec<SmolStr>>,
    /// Codes of the states and bodies that a word or phrase in small letters describes ("emirate", "west african"); [`FITS_ANY`] for
    /// what fits all states.
    pub described: FnvMap<SmolStr, Arc<[SmolStr]>>,
}

impl Words {
    /// Tells whether a noun may stand for an act of a type: "the raid" for an assault.
    pub fn is_deed(&self, noun: &str, kind: &str) -> bool {
        self.deeds.get(noun).is_some_and(|kinds| kinds.iter().any(|known| known == kind))
    }

    /// Adds the words of a file of `words/`.
    pub(crate) fn read(&mut self, file: &File) -> Result<(), Error> {
        let Some(name) = file.path.strip_prefix("words/") else { return Ok(()) };
        let mut section = None;
        let mut is_alone = true;
        for (number, line) in lines(&file.text) {
            let fail = |problem| Error::new(file.path.as_ref(), number, problem);
            if name == "background.txt" {
                self.background.extend(items(line).map(SmolStr::from));
            } else if name == "surnames.txt" {
                self.surnames.extend(items(line).map(SmolStr::from));
            } else if name == "sport.txt" {
                if let Some(title) = line.strip_prefix('=') {
                    is_alone = title.trim() == "alone";
                } else {
                    self.sport.extend(items(line).map(|word| (word.into(), is_alone)));
                }
            } else if name == "venues.txt" {
                self.venues.extend(items(line).map(SmolStr::from));
            } else if name == "embedding.txt" {
                if let Some(title) = line.strip_prefix('=') {
                    section = Some(match title.trim() {
                        "intended" => Embedding::Intended,
                        "possible" => Embedding::Possible,
                        "requested" => Embedding::Requested,
                        "denied" => Embedding::Denied,
                        "actual" => Embedding::Actual,
                        "reported" => Embedding::Reported,
                        other => return Err(fail(Problem::UnknownSection(other.to_owned()))),
                    });
                } else {
                    let section = section.ok_or_else(|| fail(Problem::BadLine(line.to_owned())))?;
                    for word in items(line) {
                        self.embedding.entry(word.into()).or_insert(section);
                    }
                }
            } else {
                let (key, members) = line.split_once('=').ok_or_else(|| fail(Problem::BadLine(line.to_owned())))?;
                let key = key.trim();
                if name == "descriptions.txt" {
                    let codes: Arc<[SmolStr]> = members.split_whitespace().map(SmolStr::from).collect();
                    self.described.extend(items(key).map(|word| (word.to_lowercase().into(), codes.clone())));
                } else if name == "contexts.txt" {
                    for member in items(members) {
                        self.contexts.entry(member.into()).or_default().push(key.into());
                    }
                } else if name == "deeds.txt" && key == "same" {
                    let words = |phrase: &str| phrase.split(' ').map(SmolStr::from).collect();
                    self.same_deeds.extend(items(members).map(words));
                } else if name == "deeds.txt" {
                    for noun in items(members) {
                        self.deeds.entry(noun.into()).or_default().push(key.into());
                    }
                } else if name == "judgements.txt" {
                    let words = items(members).map(SmolStr::from);
                    match key {
                        "adjective" => self.judging.extend(words),
                        "noun" => self.judged.extend(words),
                        "alone" => self.condemning.extend(words),
                        _ => return Err(fail(Problem::UnknownSection(key.to_owned()))),
                    }
                } else if name == "nominalizations.txt" {
                    for noun in items(members) {
                        let verbs = self.verbs_of.entry(noun.into()).or_default();
                        if !verbs.iter().any(|v| v == key) {
                            verbs.push(key.into());
                        }
                    }
                } else {
                    let of_acts = name != "sets-standing.txt";
                    let set = self.sets.entry(key.into()).or_default();
                    for member in items(members) {
                        if !set.iter().any(|m| m == member) {
                            set.push(member.into());
                            if of_acts && !member.contains(' ') {
                                self.sets_of.entry(member.into()).or_default().push(key.into());
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;

    #[test]
    fn each_set_and_each_description_is_given_once() {
        let mut given: FnvMap<String, String> = FnvMap::default();
        for file in source::builtin() {
            let is_set = file.path.starts_with("words/sets-");
            if !is_set && file.path != "words/descriptions.txt" {
                continue;
            }
            for (number, line) in lines(&file.text) {
                let (key, _) = line.split_once('=').expect("a line of words");
                let keys: Vec<&str> = if is_set { vec![key.trim()] } else { items(key).collect() };
                for key in keys {
                    let place = format!("{}:{number}", file.path);
                    let name = if is_set { key.to_owned() } else { format!("described {}", key.to_lowercase()) };
                    let before = given.insert(name, place.clone());
                    assert_eq!(before, None, "{place}: '{key}' is given already");
                }
            }
        }
        assert!(given.len() > 3000, "{}", given.len());
    }
}
