//! Affairs as they stand at a time.

use std::collections::BTreeSet;

use detente_lexicon::Lexicon;

use crate::{
    Affair,
    store::{Error, Ledger, Times, Who},
};

impl Ledger {
    /// The affairs of a state or a pair, in order of parties and kind, as of a day and as known by a day.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn affairs(&self, who: &Who, times: Times, lexicon: &Lexicon) -> Result<Vec<Affair>, Error> {
        if times.is_now() && self.is_settled()? {
            return self.kept_affairs(who);
        }
        let mut affairs = self.folded(&self.keys(who, lexicon)?, times, lexicon)?;
        affairs.retain(|affair| who.codes().iter().all(|code| affair.parties.iter().any(|party| party == code)));
        affairs.sort_by(|a, b| (&a.parties, &a.kind, &a.subject, &a.id).cmp(&(&b.parties, &b.kind, &b.subject, &b.id)));
        Ok(affairs)
    }

    /// The affair of an id, or of the beginning of one, at a time; nothing where it had not begun.
    ///
    /// # Errors
    ///
    /// When there is no such affair, or several, or the ledger cannot be read.
    pub fn affair(&self, id: &str, times: Times, lexicon: &Lexicon) -> Result<Option<Affair>, Error> {
        let mut found = self.kept_affair(id)?;
        let affair = match (found.pop(), found.pop()) {
            (Some(affair), None) => affair,
            (None, _) => return Err(Error::Unknown(format!("{id}: no affair of this id is in the ledger"))),
            (Some(_), Some(_)) => {
                return Err(Error::Unknown(format!("{id}: several affairs begin so; give more of it")));
            }
        };
        if times.is_now() && self.is_settled()? {
            return Ok(Some(affair));
        }
        let key = (affair.kind.clone(), affair.key.join(" "));
        let at_the_time = self.folded(&BTreeSet::from([key]), times, lexicon)?;
        Ok(at_the_time
            .into_iter()
            .max_by_key(|other| shared(&affair, other))
            .filter(|other| shared(&affair, other) > 0))
    }
}

/// How much two states of an affair have in common: an id, since at another time it may go by another of its ids, and
/// entries.
pub(super) fn shared(one: &Affair, other: &Affair) -> usize {
    if one.kind != other.kind || one.key != other.key {
        return 0;
    }
    let places = |affair: &Affair| -> BTreeSet<(String, u32)> {
        affair.entries.iter().map(|entry| (entry.article.clone(), entry.start)).collect()
    };
    let same = places(one).intersection(&places(other)).count();
    let is_named_so = one.ids().any(|id| other.ids().any(|known| known == id));
    if is_named_so { same + 1_000_000 } else { same }
}
