//! What an act answers, and what answers it, as far as articles say so.

use std::collections::BTreeSet;

use detente_coder::{Act, Cause};
use serde::Serialize;

use crate::store::{Error, Ledger, StoredAct};

/// What an act answers, and what answers it.
#[derive(Debug, Default, Serialize)]
pub struct Answered {
    /// The acts that it answers.
    pub answers: Vec<StoredAct>,
    /// The circumstances that it answers, in the words of the text.
    pub because_of: Vec<String>,
    /// The acts that answer it.
    pub answered_by: Vec<StoredAct>,
}

impl Answered {
    /// Reads what the reports of an act say that it answers, and which other acts of their articles answer it.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger, stored: &StoredAct) -> Result<Answered, Error> {
        let reports: Vec<(&Act, &str)> = std::iter::once((&stored.act, stored.article.uid.as_str()))
            .chain(stored.reports.iter().map(|report| (&report.act, report.article.uid.as_str())))
            .collect();
        let own: BTreeSet<&str> = reports.iter().map(|(act, _)| act.id.as_str()).collect();
        let (mut answers, mut answered_by) = (BTreeSet::new(), BTreeSet::new());
        let mut because_of: Vec<String> = Vec::new();
        for (act, uid) in &reports {
            match &act.because_of {
                Some(Cause::Act(id)) => answers.extend([ledger.leader(id)?]),
                Some(Cause::Span { text, .. }) if !because_of.contains(text) => because_of.push(text.clone()),
                _ => {}
            }
            for id in ledger.ids_of_article(uid)? {
                let Some(other) = ledger.act(&id)? else { continue };
                let is_answer =
                    matches!(&other.act.because_of, Some(Cause::Act(cause)) if own.contains(cause.as_str()));
                if is_answer {
                    answered_by.insert(ledger.leader(&id)?);
                }
            }
        }
        let read = |ids: BTreeSet<String>| -> Result<Vec<StoredAct>, Error> {
            let others = ids.iter().filter(|id| !own.contains(id.as_str()));
            let mut acts = others.filter_map(|id| ledger.act(id).transpose()).collect::<Result<Vec<_>, _>>()?;
            acts.sort_by(|a, b| (a.day, &a.act.id).cmp(&(b.day, &b.act.id)));
            Ok(acts)
        };
        Ok(Answered { answers: read(answers)?, because_of, answered_by: read(answered_by)? })
    }
}
