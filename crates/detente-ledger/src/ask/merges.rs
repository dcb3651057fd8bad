//! Which reports were taken for one act, and why.

use std::fmt::Write;

use detente_coder::{Act, Party};
use serde::Serialize;

use super::Table;
use crate::{
    brief::{printable, sides},
    store::{ArticleFacts, Error, Ledger, StoredAct},
};

/// Acts that several reports tell.
#[derive(Debug, Serialize)]
pub struct Merges {
    /// In order of time, each with its reports.
    pub merges: Vec<StoredAct>,
}

impl Merges {
    /// All of a ledger.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger) -> Result<Merges, Error> {
        Ok(Merges { merges: ledger.at_once(|| ledger.merges())? })
    }

    /// One row for each report, that which stands for the act first.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&["act", "report", "article", "source", "date", "text", "why"]);
        let mut add = |act: &str, report: &Act, article: &ArticleFacts, why: &str| {
            let date = article.date.map(|date| date.to_string()).unwrap_or_default();
            let source = article.source.clone().unwrap_or_default();
            let cells = [act, &report.id, &article.name, &source, &date, &report.event_text, why];
            table.rows.push(cells.map(str::to_owned).to_vec());
        };
        for stored in &self.merges {
            add(&stored.act.id, &stored.act, &stored.article, "");
            for report in &stored.reports {
                add(&stored.act.id, &report.act, &report.article, &report.why);
            }
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self) -> String {
        if self.merges.is_empty() {
            return "No report was taken for an act that another one tells.\n".to_owned();
        }
        let mut text = String::new();
        for stored in &self.merges {
            let _ = writeln!(text, "{}", printable(&head(stored)));
            let line = |act: &Act, article: &ArticleFacts| {
                printable(&format!("    {}  {}: {}", act.id, article.label(), act.event_text))
            };
            let _ = writeln!(text, "{}", line(&stored.act, &stored.article));
            for other in &stored.reports {
                let _ = writeln!(text, "{}\n        merged: {}", line(&other.act, &other.article), other.why);
            }
        }
        text
    }
}

/// Day, sides and type of an act, and how many reports tell it.
fn head(stored: &StoredAct) -> String {
    let names = |parties: &[Party]| {
        let name = |party: &Party| party.code.clone().unwrap_or_else(|| party.entity_text.clone());
        parties.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let act = &stored.act;
    let day = stored.day.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let reports = stored.reports.len() + 1;
    format!("{day}  {}{}, {reports} reports", sides(&names(&act.actor), &names(&act.recipient)), act.event.join(" "))
}
