//! What changed since an earlier vintage coded the articles, act by act.

use detente_coder::{Act, Party};
use serde::Serialize;

use super::Table;
use crate::{
    brief::printable,
    store::{ArticleFacts, Error, Ledger},
};

/// Acts that are coded otherwise than an earlier vintage coded them.
#[derive(Debug, Serialize)]
pub struct Recoding {
    /// The number of the vintage.
    pub vintage: i64,
    /// Acts that are no more, are new, or differ, in order of articles.
    pub acts: Vec<RecodedAct>,
}

/// An act that is coded otherwise; its id says article, place, type and sides, so that of other sides is another act.
#[derive(Debug, Serialize)]
pub struct RecodedAct {
    /// The id.
    pub id: String,
    /// What became of it.
    pub change: Fate,
    /// The fields in which it differs.
    pub fields: Vec<String>,
    /// Its article.
    pub article: ArticleFacts,
    /// As the earlier vintage coded it.
    pub before: Option<Act>,
    /// As it is coded now.
    pub after: Option<Act>,
}

/// What became of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is found no more.
    Gone,
    /// It was not found before.
    New,
    /// It is the same, but for some fields.
    Changed,
}

impl Fate {
    fn as_str(self) -> &'static str {
        match self {
            Fate::Gone => "gone",
            Fate::New => "new",
            Fate::Changed => "changed",
        }
    }
}

impl Recoding {
    /// Compares what a vintage coded with what is coded now, by whatever vintage; what reviewers said is left aside.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read or has no such vintage.
    pub fn since(ledger: &Ledger, vintage: i64) -> Result<Recoding, Error> {
        let mut acts = Vec::new();
        ledger.recoded_since(vintage, |article, before, after| acts.extend(RecodedAct::new(article, before, after)))?;
        Ok(Recoding { vintage, acts })
    }

    /// The acts as rows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&[
            "article",
            "date",
            "id",
            "change",
            "fields",
            "type",
            "actors",
            "recipients",
            "factuality_before",
            "factuality_after",
            "date_before",
            "date_after",
            "text",
        ]);
        let of = |act: &Option<Act>, tell: fn(&Act) -> Option<String>| act.as_ref().and_then(tell).unwrap_or_default();
        for act in &self.acts {
            let Some(shown) = act.shown() else { continue };
            let factuality = |act: &Act| Some(act.factuality.as_str().to_owned());
            let date = |act: &Act| act.date.map(|date| date.to_string());
            table.rows.push(vec![
                act.article.name.clone(),
                act.article.date.map(|date| date.to_string()).unwrap_or_default(),
                act.id.clone(),
                act.change.as_str().to_owned(),
                act.fields.join(" "),
                shown.event.join(" "),
                sides(&shown.actor, " "),
                sides(&shown.recipient, " "),
                of(&act.before, factuality),
                of(&act.after, factuality),
                of(&act.before, date),
                of(&act.after, date),
                shown.event_text.clone(),
            ]);
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self) -> String {
        if self.acts.is_empty() {
            return format!("Nothing is coded otherwise than by vintage {}.\n", self.vintage);
        }
        let mut text = String::new();
        let mut last: Option<&str> = None;
        for act in &self.acts {
            let Some(shown) = act.shown() else { continue };
            if last != Some(&act.article.uid) {
                text.push_str(&printable(&act.article.label()));
                text.push('\n');
                last = Some(&act.article.uid);
            }
            let fields = if act.fields.is_empty() { String::new() } else { format!(" ({})", act.fields.join(", ")) };
            let arrow = if shown.recipient.is_empty() { "" } else { " → " };
            let line = format!(
                "  {}{fields}  {}{arrow}{}: {}: {}",
                act.change.as_str(),
                sides(&shown.actor, ", "),
                sides(&shown.recipient, ", "),
                shown.event.join(" "),
                shown.event_text
            );
            text.push_str(&printable(&line));
            text.push('\n');
        }
        text
    }
}

impl RecodedAct {
    fn new(article: &ArticleFacts, before: Option<Act>, after: Option<Act>) -> Option<RecodedAct> {
        let (id, change, fields) = match (&before, &after) {
            (Some(before), None) => (before.id.clone(), Fate::Gone, Vec::new()),
            (None, Some(after)) => (after.id.clone(), Fate::New, Vec::new()),
            (Some(before), Some(after)) => {
                let fields = differing(before, after);
                if fields.is_empty() {
                    return None;
                }
                (after.id.clone(), Fate::Changed, fields)
            }
            (None, None) => return None,
        };
        Some(RecodedAct { id, change, fields, article: article.clone(), before, after })
    }

    fn shown(&self) -> Option<&Act> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// The fields of their JSON in which two acts differ; the version that coded them is none.
pub(crate) fn differing(before: &Act, after: &Act) -> Vec<String> {
    let object = |act: &Act| match serde_json::to_value(act) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (object(before), object(after));
    let names = after.keys().chain(before.keys().filter(|name| !after.contains_key(*name)));
    names.filter(|name| *name != "version" && before.get(*name) != after.get(*name)).cloned().collect()
}

fn sides(parties: &[Party], between: &str) -> String {
    let side = |party: &Party| party.code.clone().unwrap_or_else(|| party.entity_text.clone());
    parties.iter().map(side).collect::<Vec<_>>().join(between)
}
