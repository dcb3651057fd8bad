//! Judgements as a gold file: what a desk measures its coder by.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use detente_coder::score::{ArticleGold, CodedAct, CodedParty, GoldAct};
use detente_coder::{Act, Party};
use detente_text::{Article, Field};

use super::{Judgement, Place, Reading, Verdict, effect::valid, judge::reviewer, list::judgement_of};
use crate::{
    Ledger,
    store::{Error, act_of},
};

/// Who does what to whom.
type Triple = (String, String, String);

impl Ledger {
    /// The articles that were judged, by all reviewers or by one, as lines of a gold file of articles with their texts.
    ///
    /// What all who judged an act say of it is agreed on. What only some say, and what nobody judged, counts neither for nor
    /// against a coder. What was rejected is left out, so that it counts against. Settle the ledger before.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read or an article is damaged.
    pub fn gold(&self, name: Option<&str>) -> Result<Vec<ArticleGold>, Error> {
        let name = name.map(reviewer).transpose()?;
        let mut all: Vec<Judgement> = self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT json FROM judgements ORDER BY id")?;
            statement.query_map([], judgement_of)?.collect()
        })?;
        all = valid(all);
        all.retain(|judgement| name.as_ref().is_none_or(|name| judgement.reviewer == *name));
        // The newest of each reviewer is in force.
        all.sort_by(|a, b| a.age().cmp(&b.age()));
        let found: Vec<(String, String, String)> = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT articles.uid, reviewed.act, judgement FROM reviewed JOIN articles ON articles.id = reviewed.article
                 ORDER BY articles.uid, reviewed.act, judgement",
            )?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
        })?;
        let by_id: HashMap<&str, &Judgement> = all.iter().map(|judgement| (judgement.id.as_str(), judgement)).collect();
        let mut articles: BTreeMap<&str, Review<'_>> = BTreeMap::new();
        for (article, act, id) in &found {
            let Some(judgement) = by_id.get(id.as_str()) else { continue };
            let by_reviewer = articles.entry(article).or_default().acts.entry(act).or_default();
            let known = by_reviewer.entry(&judgement.reviewer).or_insert(judgement);
            if judgement.age() > known.age() {
                *known = judgement;
            }
        }
        for judgement in all.iter().filter(|judgement| judgement.verdict == Verdict::Coded) {
            if let Some(place) = &judgement.passage {
                let of_place = articles.entry(&place.article).or_default().passages.entry(place).or_default();
                of_place.insert(&judgement.reviewer, judgement);
            }
        }
        let mut gold = Vec::new();
        for (uid, review) in articles {
            let Some(article) = self.text(uid)? else { continue };
            gold.push(ArticleGold {
                id: uid.to_owned(),
                title: article.title().map(|title| title.text.clone()),
                date: article.date.as_ref().map(|date| date.value),
                text: Some(text(&article)),
                acts: review.gold(&self.coded(uid)?),
                affairs: None,
            });
        }
        Ok(gold)
    }

    /// The acts of an article as its coder found them.
    fn coded(&self, uid: &str) -> Result<Vec<Act>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT json, lemmas FROM acts JOIN articles ON articles.id = acts.article
                 AND acts.vintage = coalesce(articles.coded, articles.vintage) WHERE articles.uid = ?1 ORDER BY acts.id",
            )?;
            let rows = statement.query_map([uid], |row| act_of(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?))?;
            rows.collect()
        })
    }
}

/// What reviewers said of one article: of each act and passage the newest judgement of each of them.
#[derive(Default)]
struct Review<'j> {
    acts: BTreeMap<&'j str, BTreeMap<&'j str, &'j Judgement>>,
    passages: BTreeMap<&'j Place, BTreeMap<&'j str, &'j Judgement>>,
}

impl Review<'_> {
    fn gold(&self, coded: &[Act]) -> Vec<GoldAct> {
        let mut gold = Vec::new();
        for said in self.acts.values() {
            let readings = said.values().map(|judgement| judgement.readings.as_slice());
            agreed(&readings.collect::<Vec<_>>(), &mut gold);
        }
        for said in self.passages.values() {
            let readings = said.values().map(|judgement| judgement.readings.as_slice());
            agreed(&readings.collect::<Vec<_>>(), &mut gold);
        }
        let is_open = |act: &&Act| {
            let of_act = |place: &Place| {
                place.field == act.text_info.field
                    && place.start <= act.evidence.start
                    && act.evidence.start < place.end
            };
            !self.acts.contains_key(act.id.as_str()) && !self.passages.keys().any(|place| of_act(place))
        };
        for act in coded.iter().filter(is_open) {
            gold.extend(GoldAct::of(&CodedAct::from(act)).into_iter().map(|act| GoldAct { agreed: false, ..act }));
        }
        gold
    }
}

/// What several reviewers say of one act or passage: agreed on, where all of them say it.
fn agreed(all: &[&[Reading]], gold: &mut Vec<GoldAct>) {
    let mut by_triple: BTreeMap<Triple, (BTreeSet<usize>, GoldAct)> = BTreeMap::new();
    for (number, act) in all.iter().enumerate().flat_map(|(number, readings)| {
        readings.iter().flat_map(move |reading| GoldAct::of(&coded(reading)).into_iter().map(move |act| (number, act)))
    }) {
        let triple = (act.actor.clone(), act.event.clone(), act.recipient.clone());
        let (by, known) = by_triple.entry(triple).or_insert_with(|| (BTreeSet::new(), act.clone()));
        by.insert(number);
        for (all, more) in [(&mut known.factuality, act.factuality), (&mut known.time, act.time)] {
            let new: Vec<String> = more.into_iter().filter(|word| !all.contains(word)).collect();
            all.extend(new);
        }
    }
    gold.extend(by_triple.into_values().map(|(by, act)| GoldAct { agreed: by.len() == all.len(), ..act }));
}

/// A reading as the scorer reads it.
fn coded(reading: &Reading) -> CodedAct {
    let parties = |parties: &[Party]| parties.iter().map(CodedParty::from).collect();
    CodedAct {
        event: vec![reading.event.clone()],
        about: reading.about.clone(),
        actor: parties(&reading.actor),
        recipient: parties(&reading.recipient),
        factuality: reading.factuality.to_string(),
        epoch: reading.epoch.to_string(),
        event_text: reading.text.clone(),
        ..CodedAct::default()
    }
}

/// The text of an article as it was coded, paragraph by paragraph.
fn text(article: &Article) -> String {
    let paragraphs = article.body().filter(|(_, passage)| passage.field == Field::Text);
    paragraphs.map(|(_, passage)| passage.text.as_str()).collect::<Vec<_>>().join("\n\n")
}
