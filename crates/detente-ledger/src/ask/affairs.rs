//! Affairs as they stand at a time.

use std::collections::BTreeSet;

use detente_lexicon::Lexicon;

use crate::{
    Affair,
    store::{Error, Ledger, StoredAct, Times, Who},
};

/// Which affairs are asked for; what is not given lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AffairFilter {
    /// Parties that all have part.
    pub who: Who,
    /// A kind.
    pub kind: Option<String>,
    /// A state.
    pub state: Option<String>,
    /// As of which day, as known by which day.
    pub times: Times,
}

impl AffairFilter {
    /// The condition on kept affairs, and the values of its places.
    pub(crate) fn condition(&self) -> (String, Vec<String>) {
        let mut conditions = vec!["1"];
        let mut values: Vec<String> = self.who.codes().into_iter().map(str::to_owned).collect();
        // Of two parties, the affairs of the one are listed and the other is looked up, before anything long is read.
        conditions.extend(match values.len() {
            0 => None,
            1 => Some("id IN (SELECT affair FROM parties WHERE code = ?)"),
            _ => Some(
                "id IN (SELECT affair FROM parties AS one WHERE code = ?
                     AND EXISTS (SELECT 1 FROM parties WHERE code = ? AND affair = one.affair))",
            ),
        });
        for (condition, value) in [("kind = ?", &self.kind), ("state = ?", &self.state)] {
            if let Some(value) = value {
                conditions.push(condition);
                values.push(value.clone());
            }
        }
        (conditions.join(" AND "), values)
    }

    fn lets(&self, affair: &Affair) -> bool {
        self.kind.as_ref().is_none_or(|kind| *kind == affair.kind)
            && self.state.as_ref().is_none_or(|state| *state == affair.state)
    }
}

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
        let mut affairs = self.affairs_of_keys(&self.keys(who, lexicon)?, who, times, lexicon)?;
        affairs.sort_by(|a, b| (&a.parties, &a.kind, &a.subject, &a.id).cmp(&(&b.parties, &b.kind, &b.subject, &b.id)));
        Ok(affairs)
    }

    /// The affairs of these kinds and keys that a state or a pair has part in, folded as of a time.
    pub(super) fn affairs_of_keys(
        &self,
        keys: &BTreeSet<(String, String)>,
        who: &Who,
        times: Times,
        lexicon: &Lexicon,
    ) -> Result<Vec<Affair>, Error> {
        let mut affairs = self.folded(keys, times, lexicon)?;
        affairs.retain(|affair| affair.is_of(who));
        Ok(affairs)
    }

    /// The same as of two times.
    pub(super) fn affairs_of_keys_twice(
        &self,
        keys: &BTreeSet<(String, String)>,
        who: &Who,
        times: (Times, Times),
        lexicon: &Lexicon,
    ) -> Result<(Vec<Affair>, Vec<Affair>), Error> {
        let mut affairs = self.folded_twice(keys, times, lexicon)?;
        affairs.0.retain(|affair| affair.is_of(who));
        affairs.1.retain(|affair| affair.is_of(who));
        Ok(affairs)
    }

    /// A page of affairs, those that turned last first, and how many there are.
    ///
    /// While something is being added, affairs are told as they stood before.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn affairs_of(
        &self,
        filter: &AffairFilter,
        offset: usize,
        limit: usize,
        lexicon: &Lexicon,
    ) -> Result<(usize, Vec<Affair>), Error> {
        if filter.times.is_now() {
            return Ok((self.count_affairs(filter)?, self.affairs_page(filter, offset, limit)?));
        }
        let mut affairs = self.affairs(&filter.who, filter.times, lexicon)?;
        affairs.retain(|affair| filter.lets(affair));
        affairs.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.id.cmp(&b.id)));
        Ok((affairs.len(), affairs.into_iter().skip(offset).take(limit).collect()))
    }

    /// The affairs that turned last, at most so many for each of several states or pairs: [`Ledger::affairs_of`] where nobody
    /// asks how many there are.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn latest_affairs(
        &self,
        of: &[Who],
        times: Times,
        most: usize,
        lexicon: &Lexicon,
    ) -> Result<Vec<Vec<Affair>>, Error> {
        if times.is_now() {
            let page =
                |who: &Who| self.affairs_page(&AffairFilter { who: who.clone(), ..AffairFilter::default() }, 0, most);
            return of.iter().map(page).collect();
        }
        let mut keys = BTreeSet::new();
        for who in of {
            keys.extend(self.keys(who, lexicon)?);
        }
        let mut affairs = self.folded(&keys, times, lexicon)?;
        affairs.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.id.cmp(&b.id)));
        Ok(of.iter().map(|who| affairs.iter().filter(|one| one.is_of(who)).take(most).cloned().collect()).collect())
    }

    /// The affairs to which an act belongs, by any of its reports.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn affairs_of_act(&self, act: &StoredAct) -> Result<Vec<Affair>, Error> {
        let reports = act.reports.iter().map(|report| report.act.id.as_str());
        let ids = self.affairs_of_acts(std::iter::once(act.act.id.as_str()).chain(reports))?;
        Ok(ids.iter().map(|id| self.kept_affair(id)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// Says that an id is that of no affair, and of what it is.
    fn no_affair(&self, id: &str) -> Result<String, Error> {
        let Some(act) = self.act(&self.leader(id)?)? else {
            return Ok(format!("{id}: no affair of this id is in the ledger"));
        };
        let affairs: Vec<String> = self.affairs_of_act(&act)?.into_iter().map(|affair| affair.id).collect();
        Ok(match affairs.as_slice() {
            [] => format!("{id}: is an act, which speaks to no affair"),
            affairs => format!("{id}: is an act; ask for the affair to which it speaks, {}", affairs.join(" or ")),
        })
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
            (None, _) => return Err(Error::Unknown(self.no_affair(id)?)),
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
