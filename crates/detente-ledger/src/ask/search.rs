//! Sentences that hold words, with the acts that they show.

use detente_coder::Span;
use serde::Serialize;

use super::Table;
use crate::brief::{printable, sides};
use crate::store::{ArticleFacts, Error, Ledger, Times, Who};

/// What a search found.
#[derive(Debug, Serialize)]
pub struct Search {
    /// The sentences, the best first.
    pub hits: Vec<Hit>,
}

/// A sentence that holds the words.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    /// Its article.
    pub article: ArticleFacts,
    /// Title or text.
    pub field: String,
    /// First character.
    pub start: u32,
    /// Character after the last one.
    pub end: u32,
    /// The sentence.
    pub text: String,
    /// The acts that it shows.
    pub acts: Vec<HitAct>,
}

/// An act that a sentence shows.
#[derive(Clone, Debug, Serialize)]
pub struct HitAct {
    /// Its id.
    pub id: String,
    /// Its day.
    pub day: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub event: String,
    /// Codes of those who act.
    pub actors: Vec<String>,
    /// Codes of those who are acted upon.
    pub recipients: Vec<String>,
    /// How far it took place.
    pub factuality: String,
    /// What a reviewer said of it: "corrected by Anna".
    pub review: Option<String>,
}

/// A sentence that holds the words, and where it holds them.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// The sentence.
    #[serde(flatten)]
    pub hit: Hit,
    /// The places of the words, in characters of its text.
    pub marks: Vec<Span>,
}

impl Found {
    /// Finds sentences as [`Search::of`] does: a page of them, and how many there are.
    ///
    /// # Errors
    ///
    /// When there is no word or the ledger cannot be read.
    pub fn page(
        ledger: &Ledger,
        words: &str,
        who: &Who,
        times: Times,
        offset: usize,
        limit: usize,
    ) -> Result<(usize, Vec<Found>), Error> {
        ledger.search_page(&query(words)?, who, times, offset, limit)
    }
}

impl Search {
    /// Finds sentences that hold all the words, in any form; words in quotation marks stand together.
    ///
    /// # Errors
    ///
    /// When there is no word or the ledger cannot be read.
    pub fn of(ledger: &Ledger, words: &str, who: &Who, times: Times, most: usize) -> Result<Search, Error> {
        Ok(Search { hits: ledger.search(&query(words)?, who, times, most)? })
    }

    /// The hits as rows, one for each act that a sentence shows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&[
            "day",
            "act",
            "type",
            "actors",
            "recipients",
            "factuality",
            "article",
            "source",
            "date",
            "url",
            "text",
        ]);
        let none = HitAct {
            id: String::new(),
            day: None,
            event: String::new(),
            actors: Vec::new(),
            recipients: Vec::new(),
            factuality: String::new(),
            review: None,
        };
        for hit in &self.hits {
            let acts = if hit.acts.is_empty() { std::slice::from_ref(&none) } else { &hit.acts };
            for act in acts {
                table.rows.push(vec![
                    act.day.clone().unwrap_or_default(),
                    act.id.clone(),
                    act.event.clone(),
                    act.actors.join(" "),
                    act.recipients.join(" "),
                    act.factuality.clone(),
                    hit.article.name.clone(),
                    hit.article.source.clone().unwrap_or_default(),
                    hit.article.date.map_or_else(String::new, |date| date.to_string()),
                    hit.article.url.clone().unwrap_or_default(),
                    hit.text.clone(),
                ]);
            }
        }
        table
    }

    /// Writes it for a terminal.
    pub fn text(&self, width: usize) -> String {
        if self.hits.is_empty() {
            return "Nothing found.\n".to_owned();
        }
        let mut text = String::new();
        let options = textwrap::Options::new(width.max(40)).initial_indent("  ").subsequent_indent("  ");
        for hit in &self.hits {
            text.push_str(&printable(&hit.article.label()));
            if let Some(title) = hit.article.title.as_ref().filter(|title| **title != hit.text) {
                text.push_str(&format!(": {}", printable(title)));
            }
            text.push('\n');
            text.push_str(&textwrap::fill(&printable(&hit.text), &options));
            text.push('\n');
            for act in &hit.acts {
                let day = act.day.as_deref().unwrap_or("no date");
                let sides = sides(&act.actors.join(", "), &act.recipients.join(", "));
                let not = if act.factuality == "actual" { String::new() } else { format!(", {}", act.factuality) };
                let review = act.review.as_ref().map_or_else(String::new, |review| format!(" [{}]", printable(review)));
                text.push_str(&format!("    {day}  {sides}{}{not}{review}  ({})\n", act.event, act.id));
            }
        }
        text
    }
}

/// Words as the full-text index asks for them: each a string, so that no sign in it is a command.
fn query(words: &str) -> Result<String, Error> {
    let mut terms: Vec<String> = Vec::new();
    for (number, piece) in words.split('"').enumerate() {
        match number % 2 {
            1 => terms.push(piece.to_owned()),
            _ => terms.extend(piece.split_whitespace().map(str::to_owned)),
        }
    }
    terms.retain(|term| term.chars().any(char::is_alphanumeric));
    if terms.is_empty() {
        return Err(Error::Question("no word to search for".to_owned()));
    }
    Ok(terms.iter().map(|term| format!("\"{term}\"")).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn no_sign_is_a_command() {
        assert_eq!(query("peace treaty").unwrap(), "\"peace\" \"treaty\"");
        assert_eq!(query("\"peace treaty\" NEAR( talks* -").unwrap(), "\"peace treaty\" \"NEAR(\" \"talks*\"");
        assert!(query(" \" \" - ").is_err());
    }
}
