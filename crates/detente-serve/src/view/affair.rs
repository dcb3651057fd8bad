//! Affairs: where a matter stands, and what brought it there.

use detente_ledger::ask::{Change, Diff};
use detente_ledger::{Affair, Ledger};
use detente_lexicon::{Lexicon, Sides};
use serde::Serialize;
use utoipa::ToSchema;

use super::name;
use crate::answer::{Tabular, cell};
use crate::failure::Failure;

/// A matter between states or organisations.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AffairView {
    /// Its id: the same for the same affair in every run.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Codes of its parties.
    pub parties: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// Code of the one that acts, where the kind has a direction: who sanctions, gives aid, recognises.
    pub from_party: Option<String>,
    /// What it is about, in the words of the text.
    pub subject: Option<String>,
    /// The territory or organisation it is about.
    pub object: Option<String>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Where it stands.
    pub state: String,
    /// Since when.
    pub since: Option<String>,
    /// How exactly that date is known.
    pub since_precision: String,
    /// Codes of those that claim the territory and do not hold it.
    pub claimants: Vec<String>,
    /// Code of the one that holds it.
    pub holder: Option<String>,
    /// Who says what of it, where they differ.
    pub accounts: Vec<AccountView>,
    /// Where it could stand next.
    pub next: Vec<String>,
    /// Everything that was said of it, in order of time.
    pub entries: Vec<EntryView>,
}

/// What one side says of an affair.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountView {
    /// Code of the side, or the speaker's words where it has none.
    pub by: String,
    /// Where the affair stands by that account.
    pub state: String,
    /// The act that says so; nothing where a circumstance does.
    pub act: Option<String>,
}

/// One thing that an article says of an affair.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// When it was so.
    pub date: Option<String>,
    /// How exactly the date is known.
    pub precision: String,
    /// When the ledger learned it.
    pub learned: Option<String>,
    /// The state before.
    pub state_before: Option<String>,
    /// The state that it says, or leaves.
    pub state: Option<String>,
    /// It brought the affair into another state.
    pub moved: bool,
    /// Codes of those whose deed it is.
    pub actor: Vec<String>,
    /// The act; nothing where the article tells of a circumstance.
    pub act: Option<String>,
    /// On whose word, where it is not the article's own.
    pub speaker: Option<String>,
    /// The sentence.
    pub text: Option<String>,
    /// The outlet, or the article's name.
    pub source: Option<String>,
    /// The article's id.
    pub article: String,
    /// The article's address.
    pub url: Option<String>,
}

impl AffairView {
    /// An affair as the ledger has it.
    pub fn new(affair: &Affair, ledger: &Ledger, lexicon: &Lexicon) -> Result<AffairView, Failure> {
        let machine = lexicon.machines.iter().find(|machine| machine.kind == affair.kind);
        let is_directed = machine.is_some_and(|machine| machine.sides == Sides::Directed);
        let mut before: Option<String> = None;
        let mut entries = Vec::with_capacity(affair.entries.len());
        for entry in &affair.entries {
            let (facts, text) = match ledger.sentence_at(&entry.article, entry.field, entry.start)? {
                Some((facts, text)) => (Some(facts), text),
                None => (None, None),
            };
            entries.push(EntryView {
                date: entry.date.map(|date| date.to_string()),
                precision: entry.date_precision.to_string(),
                learned: facts.as_ref().map(|facts| facts.learned.to_string()),
                state_before: before.clone(),
                state: entry.state.clone(),
                moved: entry.moved,
                actor: entry.movers.clone(),
                act: entry.act.clone(),
                speaker: entry.attribution.speaker.clone(),
                text,
                source: facts.as_ref().map(|facts| facts.source.clone().unwrap_or_else(|| facts.name.clone())),
                article: entry.article.clone(),
                url: facts.and_then(|facts| facts.url),
            });
            if entry.moved {
                before.clone_from(&entry.state);
            }
        }
        Ok(AffairView {
            id: affair.id.clone(),
            kind: affair.kind.clone(),
            names: affair.parties.iter().map(|code| name(code, lexicon)).collect(),
            from_party: affair.parties.first().filter(|_| is_directed).cloned(),
            parties: affair.parties.clone(),
            subject: affair.subject.clone(),
            object: affair.object.clone(),
            place: affair.place.clone(),
            state: affair.state.clone(),
            since: affair.since.map(|since| since.to_string()),
            since_precision: affair.since_precision.to_string(),
            claimants: affair.claimants.clone(),
            holder: affair.holder.clone(),
            accounts: affair
                .accounts
                .iter()
                .map(|account| AccountView {
                    by: account.by.clone(),
                    state: account.state.clone(),
                    act: account.act.clone(),
                })
                .collect(),
            next: affair.next.clone(),
            entries,
        })
    }
}

impl Tabular for AffairView {
    const HEADER: &'static [&'static str] = &[
        "id",
        "kind",
        "parties",
        "subject",
        "object",
        "place",
        "state",
        "since",
        "since_precision",
        "next",
        "accounts",
        "entries",
    ];

    fn cells(&self) -> Vec<String> {
        let accounts = self.accounts.iter().map(|account| format!("{}: {}", account.by, account.state));
        vec![
            self.id.clone(),
            self.kind.clone(),
            self.parties.join(" "),
            cell(self.subject.as_ref()),
            cell(self.object.as_ref()),
            cell(self.place.as_ref()),
            self.state.clone(),
            cell(self.since.as_ref()),
            self.since_precision.clone(),
            self.next.join("; "),
            accounts.collect::<Vec<_>>().join("; "),
            self.entries.len().to_string(),
        ]
    }
}

/// An affair that stands otherwise on one day than on another.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeView {
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

/// What changed between two days.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesView {
    /// The one day.
    pub from: Option<String>,
    /// The other day.
    pub until: Option<String>,
    /// What turned last first; what no longer stands comes last.
    pub items: Vec<ChangeView>,
}

impl From<Diff> for ChangesView {
    fn from(diff: Diff) -> ChangesView {
        ChangesView {
            from: diff.from.map(|day| day.to_string()),
            until: diff.to.map(|day| day.to_string()),
            items: diff.changes.into_iter().map(ChangeView::from).collect(),
        }
    }
}

impl Tabular for ChangeView {
    const HEADER: &'static [&'static str] =
        &["id", "kind", "parties", "subject", "before", "after", "since", "entries"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.kind.clone(),
            self.parties.join(" "),
            cell(self.subject.as_ref()),
            cell(self.before.as_ref()),
            cell(self.after.as_ref()),
            cell(self.since.as_ref()),
            self.entries.to_string(),
        ]
    }
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> ChangeView {
        let Change { id, kind, parties, subject, before, after, since, entries } = change;
        ChangeView { id, kind, parties, subject, before, after, since, entries }
    }
}
