//! Affairs: where a matter between states stands, and which acts brought it there.

use std::collections::{HashMap, hash_map};

use detente_coder::{Attribution, Precision, TextField};
use detente_lexicon::{Lexicon, Sides};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::store::Who;

/// A matter between states or organisations: a negotiation, a sanction, a claim...
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Affair {
    /// The same affair gets the same id in every run: a hash of its kind, its key and its first subject.
    pub id: String,
    /// Other ids by which it is found: those of its other subjects, one of which it had while less was known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What, beside its kind, tells its matter from others: parties, candidate or territory.
    #[serde(skip)]
    pub(crate) key: Vec<String>,
    /// Its kind: the name of a machine of the lexicon.
    pub kind: String,
    /// Codes of its parties; in sanction, aid and recognition the one that acts stands first.
    pub parties: Vec<String>,
    /// What it is about, in the words of the text.
    pub subject: Option<String>,
    /// The territory or organisation it is about.
    pub object: Option<String>,
    /// The parts of that territory.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Where it stands.
    pub state: String,
    /// Since when: the date of the entry that brought the state.
    pub since: Option<Date>,
    /// How exactly that date is known.
    pub since_precision: Precision,
    /// Where it could stand next, by the machine of its kind.
    pub next: Vec<String>,
    /// Codes of those that claim the territory and do not hold it.
    pub claimants: Vec<String>,
    /// Code of the one that holds it.
    pub holder: Option<String>,
    /// Who says what of it, where they differ.
    pub accounts: Vec<Account>,
    /// Everything that was said of it, in order of time.
    pub entries: Vec<Entry>,
}

impl Affair {
    /// All ids by which it is found.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.id).chain(&self.aliases)
    }

    /// By which words it came to which state: alike for all whom the same words brought there.
    fn history(&self) -> String {
        let told = |entry: &Entry| {
            let Entry { act, article, field, start, end, state, .. } = entry;
            format!("{act:?} {article:?} {field:?} {start} {end} {state:?}")
        };
        let entries: Vec<String> = self.entries.iter().map(told).collect();
        format!("{} {:?} {} {:?} {}", self.kind, self.object, self.state, self.since, entries.join("\n"))
    }

    fn join(&mut self, other: Affair) {
        for code in other.parties {
            if let Err(place) = self.parties.binary_search(&code) {
                self.parties.insert(place, code);
            }
        }
        for (entry, same) in self.entries.iter_mut().zip(other.entries) {
            entry.movers.extend(same.movers);
            entry.movers.sort_unstable();
            entry.movers.dedup();
        }
        self.aliases.push(other.id);
        self.aliases.extend(other.aliases);
        if self.subject != other.subject {
            self.subject = None;
        }
    }

    /// Tells whether a state, or both of a pair, has part in it.
    pub(crate) fn is_of(&self, who: &Who) -> bool {
        who.codes().iter().all(|code| self.parties.iter().any(|party| party == code))
    }

    /// The entry that brought the state.
    pub fn mover(&self) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.moved)
    }
}

/// Tells in one row the memberships of one body that the same words brought to the same state: "the seven states suspend
/// their participation". Each stays an affair of its own, and leaves the row as soon as it moves alone.
pub fn joint(affairs: Vec<Affair>, lexicon: &Lexicon) -> Vec<Affair> {
    let memberships: Vec<&str> = lexicon
        .machines
        .iter()
        .filter(|machine| machine.sides == Sides::Membership)
        .map(|machine| machine.kind.as_str())
        .collect();
    let mut rows: Vec<Affair> = Vec::with_capacity(affairs.len());
    let mut known: HashMap<String, usize> = HashMap::new();
    for affair in affairs {
        if !memberships.contains(&affair.kind.as_str()) || affair.object.is_none() || !affair.accounts.is_empty() {
            rows.push(affair);
            continue;
        }
        match known.entry(affair.history()) {
            hash_map::Entry::Occupied(row) => rows[*row.get()].join(affair),
            hash_map::Entry::Vacant(free) => {
                free.insert(rows.len());
                rows.push(affair);
            }
        }
    }
    rows
}

/// What one side says of an affair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Account {
    /// Code of the side, or the speaker's words where it has none.
    pub by: String,
    /// Where the affair stands by that account.
    pub state: String,
    /// Id of the act that says so; nothing where a circumstance does.
    pub act: Option<String>,
}

/// One thing that an article says of an affair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the act; nothing where the article tells of a circumstance.
    pub act: Option<String>,
    /// The state that it says; where it says none, the one it leaves; nothing before the first.
    pub state: Option<String>,
    /// When it was so.
    pub date: Option<Date>,
    /// How exactly the date is known.
    pub date_precision: Precision,
    /// On whose word.
    pub attribution: Attribution,
    /// The record's id, or the file.
    pub article: String,
    /// The field of the article that holds the words.
    pub field: TextField,
    /// First character of the words.
    pub start: u32,
    /// Character after the words.
    pub end: u32,
    /// Codes of those whose deed it is.
    pub movers: Vec<String>,
    /// It brought the affair into another state.
    pub moved: bool,
}
