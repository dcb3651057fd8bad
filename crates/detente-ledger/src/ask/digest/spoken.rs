//! When matters were spoken of: which affairs may stand otherwise at one time than at another.

use jiff::civil::Date;

use super::Digest;
use crate::store::Times;

/// Something that is said of a matter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    pub matter: u32,
    pub article: u32,
    /// The day to which it belongs: its own, or that of its article.
    pub day: Option<Date>,
}

/// A kind of affair, and what tells one from others of the kind.
pub(crate) type Matter = (String, String);

impl Digest {
    /// Kinds and keys of the affairs that are spoken of.
    pub fn matters(&self) -> &[(String, String)] {
        &self.matters
    }

    /// Matters of which something is said at only one of two times, each with the last day of what is said of it at the
    /// second one; the latest first.
    pub(crate) fn spoken_between(&self, from: Times, to: Times) -> Vec<(Option<Date>, Matter)> {
        let mut matters: Vec<(bool, Option<Date>)> = vec![(false, None); self.matters.len()];
        for spoken in &self.spoken {
            let article = &self.articles[spoken.article as usize];
            let is_of = |times: Times| {
                times.has(spoken.day, None)
                    && times.known_by.is_none_or(|last| article.learned.is_some_and(|learned| learned <= last))
            };
            let (before, after) = (is_of(from), is_of(to));
            let (is_changed, last) = &mut matters[spoken.matter as usize];
            *is_changed |= before != after;
            if after {
                *last = (*last).max(spoken.day);
            }
        }
        let mut changed: Vec<(Option<Date>, Matter)> = matters
            .into_iter()
            .zip(&self.matters)
            .filter(|((is_changed, _), _)| *is_changed)
            .map(|((_, last), matter)| (last, matter.clone()))
            .collect();
        changed.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        changed
    }

    pub(super) fn add_spoken(&mut self, article: i64, kind: &str, key: &str, at: Option<Date>) {
        // What is said is of an article that was read before it.
        let Ok(article) = self.articles.binary_search_by_key(&article, |article| article.number) else { return };
        let next = self.matters.len() as u32;
        let matter = *self.matter_numbers.entry((kind.to_owned(), key.to_owned())).or_insert(next);
        if matter == next {
            self.matters.push((kind.to_owned(), key.to_owned()));
        }
        let day = at.or(self.articles[article].date);
        self.spoken.push(Spoken { matter, article: article as u32, day });
    }
}
