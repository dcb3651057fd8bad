//! What changed between two days.

use std::collections::BTreeMap;

use detente_lexicon::Lexicon;
use jiff::civil::Date;
use serde::Serialize;

use super::{Digest, Table, affairs::shared};
use crate::{
    Affair,
    brief::{printable, shown_date},
    store::{Error, Ledger, Times, Who},
};

/// Matters that are folded at once.
const SOME: usize = 32;

/// Affairs that stand otherwise on one day than on another.
#[derive(Debug, Serialize)]
pub struct Diff {
    /// The one time.
    pub from: Option<Date>,
    /// The other time.
    pub to: Option<Date>,
    /// In order of parties and kind.
    pub changes: Vec<Change>,
}

/// An affair that stands otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Its id on the later day, or on the earlier one where it is no more.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Its parties.
    pub parties: Vec<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// Where it stood; nothing where it was not known.
    pub before: Option<String>,
    /// Where it stands; nothing where it is no longer known.
    pub after: Option<String>,
    /// Since when.
    pub since: Option<String>,
    /// Entries that it gained.
    pub entries: usize,
}

impl Diff {
    /// Compares two times.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger, who: &Who, from: Times, to: Times, lexicon: &Lexicon) -> Result<Diff, Error> {
        let mut changes = Vec::new();
        let (before, after) =
            ledger.at_once(|| ledger.affairs_of_keys_twice(&ledger.keys(who, lexicon)?, who, (from, to), lexicon))?;
        compare(before, after, |_, change| changes.push(change));
        changes.sort_by(|a, b| (&a.parties, &a.kind, &a.id).cmp(&(&b.parties, &b.kind, &b.id)));
        Ok(Diff::between(from, to, changes))
    }

    /// Compares two times as [`Diff::of`] does, but tells what turned last first, at most so many changes; what no longer
    /// stands comes last. Only what was spoken of between the two is folded, and of that no more than is told.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn latest(
        ledger: &Ledger,
        digest: &Digest,
        who: &Who,
        (from, to): (Times, Times),
        most: usize,
        lexicon: &Lexicon,
    ) -> Result<Diff, Error> {
        let mut matters = digest.spoken_between(from, to);
        if *who != Who::All {
            let keys = ledger.keys(who, lexicon)?;
            matters.retain(|(_, matter)| keys.contains(matter));
        }
        let mut changes: Vec<(Option<Date>, Change)> = Vec::new();
        for some in matters.chunks(SOME) {
            // What turned since is of the last day on which it was spoken of, or earlier.
            let is_later = |(since, _): &&(Option<Date>, Change)| since.is_some() && *since > some[0].0;
            if changes.iter().filter(is_later).count() >= most {
                break;
            }
            let keys = some.iter().map(|(_, matter)| matter.clone()).collect();
            let (before, after) = ledger.affairs_of_keys_twice(&keys, who, (from, to), lexicon)?;
            compare(before, after, |since, change| changes.push((since, change)));
        }
        changes.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.id.cmp(&other.id)));
        changes.truncate(most);
        Ok(Diff::between(from, to, changes.into_iter().map(|(_, change)| change).collect()))
    }

    fn between(from: Times, to: Times, changes: Vec<Change>) -> Diff {
        let day = |times: Times| times.as_of.or(times.known_by);
        Diff { from: day(from), to: day(to), changes }
    }

    /// The changes as rows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&["id", "kind", "parties", "subject", "before", "after", "since", "new_entries"]);
        for change in &self.changes {
            table.rows.push(vec![
                change.id.clone(),
                change.kind.clone(),
                change.parties.join(" "),
                change.subject.clone().unwrap_or_default(),
                change.before.clone().unwrap_or_default(),
                change.after.clone().unwrap_or_default(),
                change.since.clone().unwrap_or_default(),
                change.entries.to_string(),
            ]);
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self, lexicon: &Lexicon) -> String {
        if self.changes.is_empty() {
            return "Nothing changed.\n".to_owned();
        }
        let name = |code: &String| lexicon.actor(code).map_or_else(|| code.clone(), |actor| actor.title.to_string());
        let mut text = String::new();
        let mut last: Option<&Vec<String>> = None;
        for change in &self.changes {
            if last != Some(&change.parties) {
                let names: Vec<String> = change.parties.iter().map(name).collect();
                text.push_str(&format!("{}{}\n", if last.is_some() { "\n" } else { "" }, names.join(" – ")));
                last = Some(&change.parties);
            }
            let about = change.subject.as_ref().map_or_else(String::new, |subject| format!(" ({subject})"));
            let turn = match (&change.before, &change.after) {
                (Some(before), Some(after)) => format!("{before} → {after}"),
                (None, Some(after)) => format!("new: {after}"),
                (Some(before), None) => format!("no longer known: {before}"),
                (None, None) => String::new(),
            };
            let since = change.since.as_ref().map_or_else(String::new, |since| format!(" since {since}"));
            text.push_str(&printable(&format!("  {}{about}: {turn}{since}", change.kind)));
            text.push('\n');
        }
        text
    }
}

/// Hands each affair that stands otherwise to `each`, with the day since when it stands so.
fn compare(before: Vec<Affair>, after: Vec<Affair>, mut each: impl FnMut(Option<Date>, Change)) {
    // Only those of one kind and key can be the same.
    let mut of_key: BTreeMap<(String, Vec<String>), Vec<Affair>> = BTreeMap::new();
    for affair in before {
        of_key.entry((affair.kind.clone(), affair.key.clone())).or_default().push(affair);
    }
    let mut take = |after: &Affair, likeness: &dyn Fn(&Affair) -> usize| {
        let before = of_key.get_mut(&(after.kind.clone(), after.key.clone()))?;
        let (most, number) = before.iter().enumerate().map(|(number, old)| (likeness(old), number)).max()?;
        (most > 0).then(|| before.swap_remove(number))
    };
    // What goes by the same id on both days is one affair; only what is left may have changed its id.
    let named: Vec<Option<Affair>> =
        after.iter().map(|after| take(after, &|old| usize::from(old.id == after.id))).collect();
    for (after, named) in after.into_iter().zip(named) {
        let old = named.or_else(|| take(&after, &|old| shared(&after, old)));
        if old.as_ref().is_none_or(|old| old.state != after.state) {
            let entries = after.entries.len().saturating_sub(old.as_ref().map_or(0, |old| old.entries.len()));
            let change = Change::new(&after, old.map(|old| old.state), Some(after.state.clone()), entries);
            each(after.since, change);
        }
    }
    for gone in of_key.into_values().flatten() {
        let change = Change::new(&gone, Some(gone.state.clone()), None, 0);
        each(None, change);
    }
}

impl Change {
    fn new(affair: &Affair, before: Option<String>, after: Option<String>, entries: usize) -> Change {
        Change {
            id: affair.id.clone(),
            kind: affair.kind.clone(),
            parties: affair.parties.clone(),
            subject: affair.subject.clone().or_else(|| affair.object.clone()),
            since: shown_date(affair.since, affair.since_precision).filter(|_| after.is_some()),
            before,
            after,
            entries,
        }
    }
}
