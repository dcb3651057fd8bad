//! What a page states about its article: meta elements, linked data, time elements.

use serde_json::Value;

use super::scan::{Attributes, decoded};
use crate::article::{Origin, Stated};
use crate::cleaner::Cleaner;
use crate::draft::{Block, Facts};

/// Linked data of one page is looked through to this depth and number of nodes.
const DEEPEST: usize = 16;
const MOST_NODES: usize = 2_000;

/// Collects what the head and the time elements of a page state.
#[derive(Default)]
pub(super) struct PageFacts {
    dates: Vec<Stated<String>>,
    url: Option<String>,
    source: Option<String>,
    author: Option<String>,
    /// The title for sharing, with its place in the source.
    pub shared_title: Option<Block>,
    /// The title of the window.
    pub window_title: Option<Block>,
    headline: Option<String>,
    first_time: Option<String>,
    nodes: usize,
}

impl PageFacts {
    /// Reads a meta element.
    pub fn meta(&mut self, attributes: Attributes<'_>) {
        let key = attributes.get("property").or(attributes.get("name")).or(attributes.get("itemprop")).unwrap_or("");
        let Some((_, content, at)) = attributes.clone().find(|(name, ..)| name.eq_ignore_ascii_case("content")) else {
            return;
        };
        if content.trim().is_empty() {
            return;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "article:published_time"
            | "og:published_time"
            | "article:published"
            | "datepublished"
            | "date"
            | "pubdate"
            | "publishdate"
            | "publish-date"
            | "publish_date"
            | "published_at"
            | "publication_date"
            | "parsely-pub-date"
            | "sailthru.date"
            | "dc.date"
            | "dc.date.issued"
            | "dc.date.created"
            | "dcterms.date"
            | "dcterms.created"
            | "dcterms.issued"
            | "article.published"
            | "originalpublicationdate"
            | "cxenseparse:recs:publishtime"
            | "citation_publication_date" => self.dates.push(Stated::new(decoded(content), Origin::Meta)),
            "og:title" | "twitter:title" | "parsely-title" if self.shared_title.is_none() => {
                self.shared_title = title(content, at);
            }
            "og:site_name" | "application-name" | "parsely-network" if self.source.is_none() => {
                self.source = Some(decoded(content));
            }
            "og:url" => self.url = self.url.take().or_else(|| Some(decoded(content))),
            "author" | "article:author" | "parsely-author" | "dc.creator" | "byl" if !content.contains("://") => {
                self.author = self.author.take().or_else(|| Some(decoded(content)));
            }
            _ => {}
        }
    }

    /// Reads a link element.
    pub fn link(&mut self, attributes: Attributes<'_>) {
        let canonical = attributes.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if let (true, Some(href)) = (canonical, attributes.get("href")) {
            self.url = Some(decoded(href));
        }
    }

    /// Reads a time element; `published` where the page says that it is the time of publication.
    pub fn time(&mut self, attributes: Attributes<'_>) {
        let Some(when) = attributes.get("datetime").filter(|v| v.len() >= 8) else { return };
        let said = |name: &str| attributes.get(name).unwrap_or("").to_ascii_lowercase();
        if said("itemprop").contains("datepublished")
            || attributes.get("pubdate").is_some()
            || said("class").contains("publi")
        {
            self.dates.push(Stated::new(decoded(when), Origin::TimeElement));
        } else if !said("itemprop").contains("modified")
            && !said("class").contains("updated")
            && self.first_time.is_none()
        {
            self.first_time = Some(decoded(when));
        }
    }

    /// Reads the title element.
    pub fn window(&mut self, text: &str, at: usize) {
        if self.window_title.is_none() {
            self.window_title = title(text, at);
        }
    }

    /// Reads a script of linked data.
    pub fn linked_data(&mut self, script: &str) {
        if let Ok(value) = serde_json::from_str::<Value>(script.trim()) {
            self.walk(&value, 0);
        }
    }

    fn walk(&mut self, value: &Value, depth: usize) {
        self.nodes += 1;
        if depth > DEEPEST || self.nodes > MOST_NODES {
            return;
        }
        match value {
            Value::Array(values) => values.iter().for_each(|v| self.walk(v, depth + 1)),
            Value::Object(object) => {
                if object.get("@type").is_some_and(is_article) {
                    self.linked_article(object);
                }
                for key in ["@graph", "mainEntity"] {
                    if let Some(inner) = object.get(key) {
                        self.walk(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn linked_article(&mut self, object: &serde_json::Map<String, Value>) {
        let words = |key: &str| object.get(key).and_then(Value::as_str).map(decoded);
        if let Some(date) = words("datePublished").or_else(|| words("dateCreated")) {
            self.dates.push(Stated::new(date, Origin::LinkedData));
        }
        self.headline = self.headline.take().or_else(|| words("headline"));
        self.author = self.author.take().or_else(|| object.get("author").and_then(name));
        self.source = self.source.take().or_else(|| object.get("publisher").and_then(name));
        self.url = self.url.take().or_else(|| words("url"));
    }

    /// What was collected, and the titles.
    pub fn finish(mut self) -> (Facts, Titles) {
        if let Some(when) = self.first_time {
            self.dates.push(Stated::new(when, Origin::TimeElement));
        }
        let facts = Facts {
            date_in_record: None,
            dates_in_page: self.dates,
            url: self.url,
            source: self.source,
            author: self.author,
        };
        (facts, Titles { shared: self.shared_title, window: self.window_title, headline: self.headline })
    }
}

/// The titles that a page states beside its heading.
pub(super) struct Titles {
    pub shared: Option<Block>,
    pub window: Option<Block>,
    pub headline: Option<String>,
}

fn title(text: &str, at: usize) -> Option<Block> {
    let mut cleaner = Cleaner::default();
    super::scan::push_text(&mut cleaner, text, at);
    if cleaner.is_empty() {
        return None;
    }
    let (text, pieces) = cleaner.take();
    Some(Block::new(text, pieces))
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => kind.ends_with("Article") || kind == "BlogPosting" || kind == "Report",
        Value::Array(kinds) => kinds.iter().take(8).any(|k| k.as_str().is_some_and(|k| k.ends_with("Article"))),
        _ => false,
    }
}

/// The name of a person or organisation, or of the first of several.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(name) if !name.contains("://") => Some(decoded(name)),
        Value::Object(object) => object.get("name").and_then(Value::as_str).map(decoded),
        Value::Array(values) => match values.first()? {
            Value::Array(_) => None,
            first => name(first),
        },
        _ => None,
    }
    .filter(|name| !name.is_empty())
}
