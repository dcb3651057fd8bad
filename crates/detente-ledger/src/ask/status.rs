//! What is in a ledger, when it was last fed, and what failed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Table;
use crate::brief::printable;
use crate::store::{Error, Ledger};

/// What is in a ledger.
#[derive(Debug, Default, Serialize)]
pub struct Status {
    /// The file.
    pub ledger: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Articles.
    pub articles: u64,
    /// Of these, those whose very words another one has.
    pub same_words: u64,
    /// Of these, those that say nearly what another one says.
    pub near_duplicates: u64,
    /// Dates of the first and the last article.
    pub dates: (Option<String>, Option<String>),
    /// The first and the last day on which articles were learned of.
    pub learned: (Option<String>, Option<String>),
    /// Reports of acts, as they are coded now.
    pub reports: u64,
    /// Acts, once the reports of one are taken together.
    pub acts: u64,
    /// Acts that others deny, that were corrected, that were taken back.
    pub corrections: BTreeMap<String, u64>,
    /// Judgements of reviewers that were not taken back.
    pub judgements: u64,
    /// How many reviewers there are.
    pub reviewers: u64,
    /// Judgements, but for those of passages, that find no act.
    pub astray: u64,
    /// Affairs of each kind.
    pub affairs: BTreeMap<String, u64>,
    /// Something has to be computed anew.
    pub is_stale: bool,
    /// Which version, lexicon and model coded how many articles.
    pub vintages: Vec<VintageStatus>,
    /// How far each source was read.
    pub sources: Vec<SourceStatus>,
    /// What could not be read, the latest first.
    pub failures: Vec<FailureStatus>,
}

/// A vintage and what is of it.
#[derive(Debug, Serialize)]
pub struct VintageStatus {
    /// Its number.
    pub number: i64,
    /// Version of Detente.
    pub version: String,
    /// Fingerprint of the lexicon.
    pub lexicon: String,
    /// Fingerprint of grammar and chooser.
    pub model: String,
    /// Articles whose acts now are of it.
    pub articles: u64,
}

/// How far a source was read.
#[derive(Debug, Serialize)]
pub struct SourceStatus {
    /// The source, as the user names it.
    pub name: String,
    /// Articles read of it the last time.
    pub read: u64,
    /// Articles that came of it.
    pub added: u64,
    /// When it was last read.
    pub fed: String,
    /// It was read to its end.
    pub is_done: bool,
}

/// What could not be read.
#[derive(Debug, Serialize)]
pub struct FailureStatus {
    /// The source.
    pub source: String,
    /// What went wrong.
    pub message: String,
    /// When.
    pub day: String,
}

/// Failures that a terminal shows.
const SHOWN: usize = 10;

impl Status {
    /// Counts what is in a ledger.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger) -> Result<Status, Error> {
        let vintages = ledger.vintages()?.into_iter().map(|facts| VintageStatus {
            number: facts.number,
            version: facts.vintage.version,
            lexicon: facts.vintage.lexicon,
            model: facts.vintage.model,
            articles: facts.articles,
        });
        let mut status = Status {
            ledger: ledger.path().display().to_string(),
            bytes: std::fs::metadata(ledger.path()).map_or(0, |facts| facts.len()),
            is_stale: !ledger.is_settled()?,
            vintages: vintages.collect(),
            ..Status::default()
        };
        ledger.fill_status(&mut status)?;
        Ok(status)
    }

    /// The status as rows of a name and a value.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&["what", "value"]);
        let mut add = |what: &str, value: String| table.rows.push(vec![what.to_owned(), value]);
        let day = |day: &Option<String>| day.clone().unwrap_or_default();
        add("ledger", self.ledger.clone());
        add("bytes", self.bytes.to_string());
        add("articles", self.articles.to_string());
        add("same_words", self.same_words.to_string());
        add("near_duplicates", self.near_duplicates.to_string());
        add("first_date", day(&self.dates.0));
        add("last_date", day(&self.dates.1));
        add("first_learned", day(&self.learned.0));
        add("last_learned", day(&self.learned.1));
        add("reports", self.reports.to_string());
        add("acts", self.acts.to_string());
        for (kind, count) in &self.corrections {
            add(&format!("acts_{kind}"), count.to_string());
        }
        add("judgements", self.judgements.to_string());
        add("reviewers", self.reviewers.to_string());
        add("judgements_astray", self.astray.to_string());
        for (kind, count) in &self.affairs {
            add(&format!("affairs_{kind}"), count.to_string());
        }
        for vintage in &self.vintages {
            add(&format!("vintage {}", vintage.number), vintage.text());
        }
        for source in &self.sources {
            add(&format!("source {}", source.name), source.text());
        }
        add("is_stale", self.is_stale.to_string());
        for failure in &self.failures {
            add(&format!("failure {}", failure.source), format!("{}: {}", failure.day, failure.message));
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let range = |(from, to): &(Option<String>, Option<String>)| match (from, to) {
            (Some(from), Some(to)) if from == to => from.clone(),
            (Some(from), Some(to)) => format!("{from} to {to}"),
            _ => "none".to_owned(),
        };
        let mut line = |what: &str, value: String| text.push_str(&format!("{what:<10} {}\n", printable(&value)));
        line("Ledger", format!("{}, {}", self.ledger, size(self.bytes)));
        line(
            "Articles",
            format!(
                "{} ({} of the same words, {} near-duplicates)",
                self.articles, self.same_words, self.near_duplicates
            ),
        );
        line("Dated", range(&self.dates));
        line("Learned", range(&self.learned));
        line("Acts", format!("{} from {} reports", self.acts, self.reports));
        if !self.corrections.is_empty() {
            let counts: Vec<String> = self.corrections.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            line("Against", counts.join(", "));
        }
        if self.judgements > 0 {
            let of = |count: u64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
            let astray = if self.astray > 0 { format!(", {} of them find no act", self.astray) } else { String::new() };
            line(
                "Reviewed",
                format!("{} by {}{astray}", of(self.judgements, "judgement"), of(self.reviewers, "reviewer")),
            );
        }
        let all: u64 = self.affairs.values().sum();
        let kinds: Vec<String> = self.affairs.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        line("Affairs", if kinds.is_empty() { "none".to_owned() } else { format!("{all}: {}", kinds.join(", ")) });
        for vintage in &self.vintages {
            line("Vintage", format!("{}: {}", vintage.number, vintage.text()));
        }
        for source in &self.sources {
            line("Source", format!("{}: {}", source.name, source.text()));
        }
        for failure in self.failures.iter().take(SHOWN) {
            line("Failed", format!("{}, {}", failure.day, failure.message));
        }
        if self.failures.len() > SHOWN {
            line("Failed", format!("and {} more (--format json shows all)", self.failures.len() - SHOWN));
        }
        if self.is_stale {
            let why = "not all is computed: an `add` did not end, or an older version wrote it";
            line("Note", format!("{why}; the next `add` does, and until then questions take longer"));
        }
        text
    }
}

impl VintageStatus {
    fn text(&self) -> String {
        let VintageStatus { version, lexicon, model, articles, .. } = self;
        format!("version {version}, lexicon {lexicon}, model {model}; {articles} articles")
    }
}

impl SourceStatus {
    fn text(&self) -> String {
        let end = if self.is_done { "" } else { ", not to its end" };
        format!("{} read{end}, {} added, last on {}", self.read, self.added, self.fed)
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}
