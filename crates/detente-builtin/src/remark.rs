//! What is to be said to the user of an article, in the same words wherever it is coded.

use std::fmt;

use detente_text::{Article, Kind};

/// Something that the user should know of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What is wrong.
    pub message: String,
    /// What the user can do about it; nothing where nothing is lost.
    pub advice: Option<String>,
}

impl Remark {
    /// Something of the article is lost.
    pub fn fault(message: impl Into<String>, advice: impl Into<String>) -> Remark {
        Remark { message: message.into(), advice: Some(advice.into()) }
    }

    /// Something to know; nothing is lost.
    pub fn note(message: impl Into<String>) -> Remark {
        Remark { message: message.into(), advice: None }
    }

    /// Tells whether something of the article is lost.
    pub fn is_fault(&self) -> bool {
        self.advice.is_some()
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.advice {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Remark {}

/// Tells what is to be said of an article before it is coded.
///
/// ```
/// use detente_text::{Format, read_article};
/// let german = "Die Minister beider Staaten trafen sich am Montag und wollen sich im Frühjahr wieder treffen, hieß es.";
/// let article = read_article(german.as_bytes(), Format::Text, "a")?;
/// assert_eq!(detente_builtin::remarks(&article)[0].message, "a: in German, not coded");
/// # Ok::<(), detente_text::Error>(())
/// ```
pub fn remarks(article: &Article) -> Vec<Remark> {
    let id = &article.id;
    let mut remarks: Vec<Remark> = Vec::new();
    for note in &article.notes {
        let message = format!("{id}: {note}");
        remarks.push(match note.is_fault() {
            true => Remark::fault(message, "save the file as UTF-8; what could be read is used"),
            false => Remark::note(message),
        });
    }
    let foreign: Vec<_> = article
        .left_out()
        .filter_map(|(_, passage)| match passage.kind {
            Kind::Foreign { language } => Some(language.name()),
            _ => None,
        })
        .collect();
    let mut languages = foreign.clone();
    languages.sort_unstable();
    languages.dedup();
    let languages = languages.join(" and ");
    if article.body().next().is_none() {
        remarks.push(match foreign.len() {
            0 => Remark::fault(
                format!("{id}: nothing in it to code"),
                format!("see with `detente read` what was left out of {id}, and why"),
            ),
            _ => Remark::fault(format!("{id}: in {languages}, not coded"), "only English is coded; give a translation"),
        });
    } else if !foreign.is_empty() {
        let count = foreign.len();
        let passages = if count == 1 { "passage" } else { "passages" };
        remarks.push(Remark::note(format!("{id}: {count} {passages} in {languages} left out")));
    }
    remarks
}
