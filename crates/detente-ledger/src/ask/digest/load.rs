//! Reads a digest from a ledger, or what was added to it since.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::{Article, Code, Digest, Row, Spot};
use crate::store::columns::{ActColumns, ArticleColumns, Columns};
use crate::store::{Against, Error, Ledger, REVIEWED};

/// From so many articles that count by other acts on, all is read anew.
const MANY: usize = 5000;

impl Digest {
    /// Reads the acts of a ledger.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger) -> Result<Digest, Error> {
        Digest::default().updated(ledger)
    }

    /// The digest with what was added to the ledger, coded anew or judged since.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn updated(&self, ledger: &Ledger) -> Result<Digest, Error> {
        ledger.columns(|columns| {
            let mut digest = self.clone();
            let mut changed = digest.add_articles(columns)?;
            // Acts that are gone keep their places until they are as many as the others.
            let gone = digest.acts.iter().filter(|row| row.is_gone).count();
            if changed.len() > MANY || gone > MANY.max(digest.acts.len() / 2) {
                digest = Digest::default();
                digest.add_articles(columns)?;
                columns.acts(None, |act| digest.add_act(act))?;
                columns.sayings(None, |article, kind, key, at| digest.add_spoken(article, kind, key, at))?;
                changed.clear();
            }
            digest.forget(&changed);
            for article in changed {
                let number = digest.articles[article as usize].number;
                columns.acts(Some(number), |act| digest.add_act(act))?;
                columns.sayings(Some(number), |article, kind, key, at| digest.add_spoken(article, kind, key, at))?;
            }
            digest.judge(columns)?;
            Ok(digest)
        })
    }

    /// Adds new articles and tells, by their numbers in the digest, which ones count by other acts than were read:
    /// new ones, those of another vintage, and those that are as reviewers leave them where reviewers said more.
    fn add_articles(&mut self, columns: &Columns<'_>) -> Result<Vec<u32>, Error> {
        let known = self.articles.len();
        let last = self.articles.last().map_or(0, |article| article.number);
        columns.articles(last, |article| self.add_article(&article))?;
        let review = columns.review()?;
        let is_reviewed = std::mem::replace(&mut self.review, review) != review;
        let mut changed = Vec::new();
        columns.vintages(|number, vintage| {
            let Ok(at) = self.articles.binary_search_by_key(&number, |article| article.number) else { return };
            let article = &mut self.articles[at];
            if at >= known || article.vintage != vintage || (is_reviewed && vintage == REVIEWED) {
                article.vintage = vintage;
                changed.push(at as u32);
            }
        })?;
        // What is added again may turn out to have been known before.
        columns.learned(|number, learned| {
            if let Ok(at) = self.articles.binary_search_by_key(&number, |article| article.number) {
                self.articles[at].learned = learned;
            }
        })?;
        changed.sort_unstable();
        Ok(changed)
    }

    /// Forgets what articles tell, given in order.
    fn forget(&mut self, articles: &[u32]) {
        let known = self.spoken.last().map(|last| last.article);
        if known.is_some_and(|known| articles.first().is_some_and(|first| *first <= known)) {
            self.spoken.retain(|spoken| articles.binary_search(&spoken.article).is_err());
        }
        let had = articles.iter().map(|&article| std::mem::take(&mut self.articles[article as usize].acts));
        if had.sum::<u32>() > 0 {
            let is_theirs = |row: &&mut Row| articles.binary_search(&row.article).is_ok();
            self.acts.iter_mut().filter(is_theirs).for_each(|row| row.is_gone = true);
        }
    }

    /// Reads which reports are one act and what was taken back.
    fn judge(&mut self, columns: &Columns<'_>) -> Result<(), Error> {
        for number in 0..self.acts.len() {
            self.acts[number].leader = number as u32;
        }
        let mut reports: HashMap<u32, Vec<u32>> = HashMap::new();
        columns.merges(|act, same_as| {
            if let (Some(act), Some(leader)) = (self.number(act), self.number(same_as)) {
                self.acts[act as usize].leader = leader;
                reports.entry(leader).or_default().push(act);
            }
        })?;
        self.reports = reports;
        let mut taken_back: HashMap<u32, Vec<u32>> = HashMap::new();
        columns.corrections(|act, by, how| {
            if let (Some(act), Some(by), true) = (self.number(act), self.number(by), how != Against::Denied) {
                taken_back.entry(act).or_default().push(by);
            }
        })?;
        self.taken_back = taken_back;
        Ok(())
    }

    fn number(&self, id: &str) -> Option<u32> {
        self.ids.get(&xxh3_64(id.as_bytes())).copied()
    }

    fn add_article(&mut self, article: &ArticleColumns) {
        let outlet = article.source.as_deref().map(|name| match self.outlet_numbers.get(name) {
            Some(&number) => number,
            None => {
                let (name, number): (Arc<str>, u32) = (name.into(), self.outlets.len() as u32);
                self.outlets.push(name.clone());
                self.outlet_numbers.insert(name, number);
                number
            }
        });
        let ArticleColumns { number, date, learned, .. } = *article;
        self.articles.push(Article { number, date, learned, outlet, vintage: -1, acts: 0 });
    }

    fn add_act(&mut self, act: ActColumns) {
        // An act is of an article that was read before it.
        let Ok(article) = self.articles.binary_search_by_key(&act.article, |article| article.number) else { return };
        let number = self.acts.len() as u32;
        let first = self.sides.len();
        let count = |codes: &[String]| codes.len().min(usize::from(u8::MAX));
        let (actors, recipients) = (count(&act.actors), count(&act.recipients));
        for code in act.actors[..actors].iter().chain(&act.recipients[..recipients]) {
            let code = self.code(code);
            if !self.sides[first..].contains(&code) {
                self.of_code[code as usize].push(number);
            }
            self.sides.push(code);
        }
        let spot = act.place.map(|place| {
            let key = (place.resolved_place.clone(), place.country_code.clone());
            let next = self.spots.len() as u32;
            let number = *self.spot_numbers.entry(key).or_insert(next);
            if number == next {
                self.spots.push(Spot::of(place));
            }
            number
        });
        self.articles[article].acts += 1;
        self.ids.insert(xxh3_64(act.uid.as_bytes()), number);
        self.acts.push(Row {
            number: act.number,
            article: article as u32,
            sides: first as u32,
            actors: actors as u8,
            recipients: recipients as u8,
            quad: act.quad,
            event: act.event,
            factuality: act.factuality,
            epoch: act.epoch,
            precision: act.precision,
            day: act.day,
            scale: act.scale,
            confidence: act.confidence,
            spot,
            leader: number,
            is_gone: false,
        });
    }

    fn code(&mut self, code: &str) -> Code {
        if let Some(&number) = self.code_numbers.get(code) {
            return number;
        }
        let number = self.codes.len() as Code;
        let code: Arc<str> = code.into();
        self.codes.push(code.clone());
        self.code_numbers.insert(code, number);
        self.of_code.push(Vec::new());
        number
    }
}
