//! Rebuilds a ledger: folds anew, and codes anew what another version, lexicon or model coded.

use std::collections::BTreeMap;

use detente_coder::{Act, Coded, Standing};
use detente_text::Article;
use rusqlite::{Connection, Row, params};

use super::{
    ArticleFacts, Error, Intake, Ledger, Notice, Result, Settled, Vintage,
    add::{rows, sayings, vintage},
    articles::{FACTS, facts},
    intake::unpack,
    schema::REVIEWED,
    settle::{act_of, date, unreadable},
};
use crate::{
    ask::differing,
    review::{forget_effects, is_judged, mark_all, mark_article, mark_coded},
};

/// An article that another vintage coded.
#[derive(Debug)]
pub struct Outdated {
    id: i64,
    /// The article, under its uid.
    pub article: Article,
}

/// What changed when articles were coded anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recoded {
    /// Articles that were coded anew.
    pub articles: usize,
    /// Acts that are the same.
    pub same: usize,
    /// Acts of the same words and sides that are coded otherwise.
    pub changed: usize,
    /// Acts that are found no more.
    pub gone: usize,
    /// Acts that were not found before.
    pub new: usize,
}

impl std::ops::AddAssign for Recoded {
    fn add_assign(&mut self, more: Recoded) {
        self.articles += more.articles;
        self.same += more.same;
        self.changed += more.changed;
        self.gone += more.gone;
        self.new += more.new;
    }
}

/// A vintage, with how much of the ledger it coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VintageFacts {
    /// Its number in this ledger.
    pub number: i64,
    /// Version, lexicon and model.
    pub vintage: Vintage,
    /// Articles whose acts now are of this vintage.
    pub articles: u64,
    /// Acts that it coded, also of articles that were coded anew since.
    pub acts: u64,
}

impl Ledger {
    /// The vintages of a ledger, in the order in which they came.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn vintages(&self) -> Result<Vec<VintageFacts>> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT id, version, lexicon, model,
                     (SELECT count(*) FROM articles WHERE coalesce(coded, articles.vintage) = vintages.id),
                     (SELECT count(*) FROM acts WHERE acts.vintage = vintages.id)
                 FROM vintages WHERE id <> ?1 ORDER BY id",
            )?;
            let rows = statement.query_map([REVIEWED], |row| {
                Ok(VintageFacts {
                    number: row.get(0)?,
                    vintage: Vintage { version: row.get(1)?, lexicon: row.get(2)?, model: row.get(3)? },
                    articles: row.get::<_, i64>(4)?.cast_unsigned(),
                    acts: row.get::<_, i64>(5)?.cast_unsigned(),
                })
            })?;
            rows.collect()
        })
    }

    /// Hands the acts that a vintage coded to `each`, article by article: also those that are coded otherwise now.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read or has no such vintage.
    pub fn acts_of_vintage(&self, number: i64, mut each: impl FnMut(Act)) -> Result<()> {
        self.require_vintage(number)?;
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT acts.json, acts.lemmas FROM acts JOIN articles ON articles.id = acts.article
                 WHERE acts.vintage = ?1 ORDER BY articles.date, articles.uid, acts.id",
            )?;
            let mut rows = statement.query([number])?;
            while let Some(row) = rows.next()? {
                each(act_of(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?)?);
            }
            Ok(())
        })
    }

    /// Hands each act that a vintage or the present one coded to `each`, as both coded it.
    ///
    /// Articles that came after the last one of which the vintage found something are none of its own.
    pub(crate) fn recoded_since(
        &self,
        number: i64,
        mut each: impl FnMut(&ArticleFacts, Option<Act>, Option<Act>),
    ) -> Result<()> {
        self.require_vintage(number)?;
        self.read(|connection| {
            let mut articles = connection.prepare(&format!(
                "SELECT articles.id, coalesce(coded, articles.vintage), {FACTS} FROM articles
                 WHERE coalesce(coded, articles.vintage) <> ?1
                     AND articles.id <= (SELECT max(article) FROM acts WHERE acts.vintage = ?1) ORDER BY articles.date, articles.uid"
            ))?;
            let mut of_article = connection.prepare(
                "SELECT json, lemmas FROM acts WHERE article = ?1 AND vintage = ?2 ORDER BY id",
            )?;
            let mut rows = articles.query([number])?;
            while let Some(row) = rows.next()? {
                let (id, now): (i64, i64) = (row.get(0)?, row.get(1)?);
                let article = facts(row, 2)?;
                let mut acts = |vintage: i64| -> rusqlite::Result<Vec<Act>> {
                    let read = |row: &Row<'_>| act_of(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?);
                    of_article.query_map([id, vintage], read)?.collect()
                };
                let mut before: BTreeMap<String, Act> =
                    acts(number)?.into_iter().map(|act| (act.id.clone(), act)).collect();
                for act in acts(now)? {
                    each(&article, before.remove(&act.id), Some(act));
                }
                for act in before.into_values() {
                    each(&article, Some(act), None);
                }
            }
            Ok(())
        })
    }

    fn require_vintage(&self, number: i64) -> Result<()> {
        match self.vintages()?.iter().any(|known| known.number == number) {
            true => Ok(()),
            false => Err(Error::Unknown(format!("{}: has no vintage {number}", self.path.display()))),
        }
    }

    /// How many articles another vintage coded.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn outdated_count(&self, now: &Vintage) -> Result<u64> {
        let count = self.read(|connection| {
            connection.query_row(
                "SELECT count(*) FROM articles JOIN vintages ON vintages.id = coalesce(coded, articles.vintage)
                 WHERE (version, lexicon, model) <> (?1, ?2, ?3)",
                [&now.version, &now.lexicon, &now.model],
                |row| row.get::<_, i64>(0),
            )
        })?;
        Ok(count.cast_unsigned())
    }

    /// The next articles that another vintage coded.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read or an article is damaged.
    pub fn outdated(&self, now: &Vintage, most: usize) -> Result<Vec<Outdated>> {
        let bodies: Vec<(i64, String, Vec<u8>)> = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT articles.id, uid, body FROM articles JOIN vintages ON vintages.id = coalesce(coded, articles.vintage)
                 WHERE (version, lexicon, model) <> (?1, ?2, ?3) LIMIT ?4",
            )?;
            let values = params![now.version, now.lexicon, now.model, most as i64];
            statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
        })?;
        let whole = |(id, uid, body): (i64, String, Vec<u8>)| {
            let article = unpack(&body).map_err(|what| self.damaged(format!("article {uid}: {what}")))?;
            Ok(Outdated { id, article })
        };
        bodies.into_iter().map(whole).collect()
    }

    /// Puts what articles were coded to anew beside what they were coded to before, in one transaction.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written.
    pub fn recode(&mut self, intake: &Intake<'_>, batch: &[(Outdated, Coded)]) -> Result<Recoded> {
        let codings: Vec<_> = batch
            .iter()
            .map(|(outdated, coded)| intake.coding(&outdated.article, coded))
            .collect::<std::io::Result<_>>()?;
        let path = self.path.clone();
        self.write(|change| {
            let recode = || -> rusqlite::Result<Recoded> {
                let number = vintage(change, &intake.vintage)?;
                let mut recoded = Recoded::default();
                for ((outdated, _), coding) in batch.iter().zip(&codings) {
                    forget_effects(change, Some(outdated.id))?;
                    if is_judged(change, &outdated.article.id)? {
                        mark_article(change, &outdated.article.id)?;
                    }
                    mark_stale(change, outdated.id)?;
                    mark_coded(change, outdated.id)?;
                    let before = current(change, outdated.id)?;
                    // A vintage that comes back has coded this article already.
                    forget(change, outdated.id, number)?;
                    rows(change, outdated.id, number, coding)?;
                    // A ledger of an older version does not know the words of its corrections.
                    let notice = Notice::of(&outdated.article);
                    change
                        .prepare_cached(
                            "UPDATE articles SET vintage = ?2, notice = ?3, notice_words = ?4 WHERE id = ?1",
                        )?
                        .execute(params![
                            outdated.id,
                            number,
                            notice.as_ref().map(|(notice, _)| notice.as_str()),
                            notice.as_ref().map(|(_, words)| words),
                        ])?;
                    mark_coded(change, outdated.id)?;
                    recoded += difference(before, &current(change, outdated.id)?);
                }
                Ok(recoded)
            };
            recode().map_err(|error| Error::of(&path, error))
        })
    }

    /// Folds everything anew from the acts: what reviewers make of them, what they say of affairs, merges, corrections,
    /// affairs.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written; then it is as it was.
    pub fn refold(&mut self, intake: &Intake<'_>) -> Result<Settled> {
        let path = self.path.clone();
        self.write(|change| {
            let refold = || -> rusqlite::Result<()> {
                forget_effects(change, None)?;
                change.execute_batch(
                    "DELETE FROM merges; DELETE FROM corrections; DELETE FROM affairs; DELETE FROM stale;
                     DELETE FROM reviewed; DELETE FROM reached; DELETE FROM concerns; DELETE FROM sayings;
                     INSERT INTO stale (what, kind, key) SELECT DISTINCT 'acts', acts.type, acts.pair FROM acts
                     JOIN articles ON articles.id = acts.article AND articles.vintage = acts.vintage;",
                )?;
                mark_all(change)?;
                let mut statement = change.prepare("SELECT id, uid, date, vintage FROM articles ORDER BY id")?;
                let mut articles = statement.query([])?;
                while let Some(row) = articles.next()? {
                    let (id, number): (i64, i64) = (row.get(0)?, row.get(3)?);
                    let coded = Coded {
                        article: row.get(1)?,
                        date: date(row, 2)?,
                        acts: current(change, id)?,
                        standings: standings(change, id)?,
                        ..Coded::default()
                    };
                    sayings(change, id, number, &intake.said(&coded).map_err(unreadable)?)?;
                }
                Ok(())
            };
            refold().map_err(|error| Error::of(&path, error))
        })?;
        self.settle_with(&intake.machines)
    }

    /// Tells that an act is a report of nothing else, or takes that back; this outlasts a rebuild.
    ///
    /// # Errors
    ///
    /// When there is no such act or the ledger cannot be written.
    pub fn split(&mut self, act: &str, is_split: bool) -> Result<()> {
        let path = self.path.clone();
        self.write(|change| {
            let known = change
                .prepare_cached("SELECT 1 FROM acts WHERE uid = ?1")
                .and_then(|mut statement| statement.exists([act]))
                .map_err(|error| Error::of(&path, error))?;
            if !known {
                return Err(Error::Unknown(format!("{}: has no act {act}", path.display())));
            }
            let change_it = || -> rusqlite::Result<()> {
                match is_split {
                    true => change.execute("INSERT OR IGNORE INTO splits (act) VALUES (?1)", [act])?,
                    false => change.execute("DELETE FROM splits WHERE act = ?1", [act])?,
                };
                for what in ["acts", "reach"] {
                    change.execute(
                        "INSERT OR IGNORE INTO stale (what, kind, key) SELECT ?2, type, pair FROM acts WHERE uid = ?1",
                        [act, what],
                    )?;
                }
                Ok(())
            };
            change_it().map_err(|error| Error::of(&path, error))
        })
    }
}

/// Marks what an article has part in as stale.
pub(crate) fn mark_stale(change: &Connection, article: i64) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT OR IGNORE INTO stale (what, kind, key)
             SELECT 'acts', acts.type, acts.pair FROM acts JOIN articles
                 ON articles.id = acts.article AND articles.vintage = acts.vintage WHERE articles.id = ?1
             UNION SELECT 'affairs', kind, key FROM sayings WHERE article = ?1 AND key IS NOT NULL",
        )?
        .execute([article])?;
    Ok(())
}

/// Takes out what a vintage coded an article to.
pub(crate) fn forget(change: &Connection, article: i64, vintage: i64) -> rusqlite::Result<()> {
    for table in ["sides", "evidence"] {
        change
            .prepare_cached(&format!(
                "DELETE FROM {table} WHERE act IN (SELECT id FROM acts WHERE article = ?1 AND vintage = ?2)"
            ))?
            .execute([article, vintage])?;
    }
    for table in ["sayings", "standings", "acts"] {
        change
            .prepare_cached(&format!("DELETE FROM {table} WHERE article = ?1 AND vintage = ?2"))?
            .execute([article, vintage])?;
    }
    Ok(())
}

/// The acts of an article as they are coded now.
fn current(connection: &Connection, article: i64) -> rusqlite::Result<Vec<Act>> {
    let mut statement = connection.prepare_cached(
        "SELECT json, lemmas FROM acts JOIN articles ON articles.id = acts.article
         AND articles.vintage = acts.vintage WHERE articles.id = ?1 ORDER BY acts.id",
    )?;
    let rows = statement.query_map([article], |row| act_of(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?))?;
    rows.collect()
}

fn standings(connection: &Connection, article: i64) -> rusqlite::Result<Vec<Standing>> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM standings JOIN articles ON articles.id = standings.article
         AND articles.vintage = standings.vintage WHERE articles.id = ?1 ORDER BY standings.id",
    )?;
    let rows = statement.query_map([article], |row| row.get::<_, String>(0))?;
    rows.map(|json| serde_json::from_str(&json?).map_err(unreadable)).collect()
}

fn difference(before: Vec<Act>, after: &[Act]) -> Recoded {
    let mut recoded = Recoded { articles: 1, ..Recoded::default() };
    let mut before: BTreeMap<String, Act> = before.into_iter().map(|act| (act.id.clone(), act)).collect();
    for act in after {
        match before.remove(&act.id) {
            None => recoded.new += 1,
            // As `detente ledger changes` tells them one by one.
            Some(old) => match differing(&old, act).is_empty() {
                true => recoded.same += 1,
                false => recoded.changed += 1,
            },
        }
    }
    recoded.gone = before.len();
    recoded
}
