//! Articles made ready for a ledger: what is kept of each, computed outside of any transaction and on any thread.

use std::{borrow::Cow, collections::HashSet, io::Read};

use detente_coder::{Act, Coded, Epoch, Factuality, Party, Span, TextField};
use detente_lexicon::Lexicon;
use detente_text::{Article, Kind, Passage, Reason};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    minhash::{Signature, Wording},
    same_act::Against,
};
use crate::{brief::Source, fold::Machines, saying::Saying};

/// How hard texts are compressed.
const LEVEL: i32 = 6;

/// The largest article that is read back, in bytes: more than [`detente_text`] reads.
const LARGEST: u64 = 256 << 20;

/// What of a correction is kept to see whose report it corrects, in characters.
const LONGEST_NOTICE: usize = 2_000;

/// Which version, lexicon and model coded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Vintage {
    /// Version of Detente.
    pub version: String,
    /// Fingerprint of the lexicon.
    pub lexicon: String,
    /// Fingerprint of grammar and chooser.
    pub model: String,
}

/// Makes articles ready: knows who codes, and by which machines acts become affairs.
pub struct Intake<'l> {
    pub(super) machines: Machines<'l>,
    pub(super) vintage: Vintage,
}

/// The name that an article has in every ledger: a hash of its words, title, date, address and outlet.
///
/// Code an article under this name: its acts then have ids that no other article's acts have.
pub fn uid(article: &Article) -> String {
    let mut all = String::new();
    let date = article.date.as_ref().map(|date| date.value.to_string());
    let facts = [date.as_deref(), article.url.as_deref(), article.source.as_deref()];
    for fact in facts.into_iter().map(Option::unwrap_or_default) {
        all.push_str(fact);
        all.push('\u{1f}');
    }
    // Page furniture changes from visit to visit; what the editor notes is the outlet's word.
    let is_said = |passage: &&Passage| passage.is_body() || passage.kind == Kind::Furniture(Reason::Notice);
    for passage in article.passages.iter().filter(is_said) {
        all.push_str(&passage.text);
        all.push('\u{1e}');
    }
    format!("{:016x}", xxh3_64(all.as_bytes()))
}

/// What an article says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// It puts an earlier report of its outlet, or of one that it names, right.
    Correction,
    /// It takes an earlier report of its outlet, or of one that it names, back.
    Retraction,
}

impl Notice {
    /// The word in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Notice::Correction => "correction",
            Notice::Retraction => "retraction",
        }
    }

    /// How it speaks against a report.
    pub(super) fn against(self) -> Against {
        match self {
            Notice::Correction => Against::Corrected,
            Notice::Retraction => Against::Retracted,
        }
    }

    pub(super) fn parse(word: &str) -> Option<Notice> {
        [Notice::Correction, Notice::Retraction].into_iter().find(|notice| notice.as_str() == word)
    }

    /// Reads the title, the opening of the report and the editor's notes; gives the words of those that say so as well.
    pub(super) fn of(article: &Article) -> Option<(Notice, String)> {
        let opening = article.body().take(2).map(|(_, passage)| passage);
        let notes = article.passages.iter().filter(|passage| passage.kind == Kind::Furniture(Reason::Notice));
        let said: Vec<(Notice, &str)> =
            opening.chain(notes).filter_map(|passage| Some((Notice::in_words(passage)?, passage.body()))).collect();
        let notice = said.iter().map(|(notice, _)| *notice).max()?;
        let words = said.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(" ");
        Some((notice, words.chars().take(LONGEST_NOTICE).collect()))
    }

    fn in_words(passage: &Passage) -> Option<Notice> {
        let text = passage.body();
        let first: String = text.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        match first.as_str() {
            "retraction" | "retracted" | "withdrawn" => Some(Notice::Retraction),
            "correction" | "corrections" | "corrected" | "corrects" | "clarification" => Some(Notice::Correction),
            _ => {
                let text = text.to_lowercase();
                let says = |words: &[&str]| words.iter().any(|words| text.contains(words));
                if passage.kind != Kind::Furniture(Reason::Notice) {
                    return None;
                }
                if says(&["retracted", "retracts", "retraction"]) {
                    return Some(Notice::Retraction);
                }
                says(&["has been corrected", "was corrected", "corrects an earlier", "an earlier version"])
                    .then_some(Notice::Correction)
            }
        }
    }
}

/// An article with what it was coded to, ready to be added.
#[derive(Debug)]
pub struct Prepared {
    pub(super) uid: String,
    pub(super) name: String,
    pub(super) title: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) url: Option<String>,
    pub(super) source: Option<String>,
    pub(super) notice: Option<Notice>,
    pub(super) notice_words: Option<String>,
    pub(super) text: [u8; 8],
    pub(super) signature: Option<Signature>,
    pub(super) body: Vec<u8>,
    pub(super) coding: Coding,
}

/// What an article was coded to, as rows.
#[derive(Debug)]
pub(crate) struct Coding {
    pub passages: Vec<(TextField, Span, String)>,
    pub acts: Vec<ActRow>,
    pub standings: Vec<String>,
    pub sayings: Vec<SayingRow>,
}

#[derive(Debug)]
pub(crate) struct ActRow {
    pub act: Act,
    pub pair: String,
    pub day: Option<Date>,
    pub lemmas: String,
    pub json: String,
}

#[derive(Debug)]
pub(crate) struct SayingRow {
    pub kind: String,
    pub key: Option<String>,
    pub makes: bool,
    pub act: Option<String>,
    pub parties: Vec<String>,
    pub json: String,
}

impl<'l> Intake<'l> {
    /// An intake for what that version, lexicon and model codes.
    pub fn new(lexicon: &'l Lexicon, vintage: Vintage) -> Intake<'l> {
        Intake { machines: Machines::new(lexicon), vintage }
    }

    /// Which version, lexicon and model it is for.
    pub fn vintage(&self) -> &Vintage {
        &self.vintage
    }

    /// Makes an article ready that was coded under its [`uid`]; `name` is what the user calls it.
    ///
    /// # Errors
    ///
    /// When it cannot be compressed.
    pub fn prepare(&self, article: &Article, name: &str, coded: &Coded) -> std::io::Result<Prepared> {
        let json = serde_json::to_vec(article)?;
        let notice = Notice::of(article);
        let wording = Wording::of(article);
        Ok(Prepared {
            uid: article.id.clone(),
            name: name.to_owned(),
            title: article.title().map(|title| title.text.clone()),
            date: article.date.as_ref().map(|date| date.value),
            url: article.url.clone(),
            source: article.source.clone(),
            notice: notice.as_ref().map(|(notice, _)| *notice),
            notice_words: notice.map(|(_, words)| words),
            text: wording.hash.to_be_bytes(),
            signature: wording.signature,
            body: zstd::bulk::compress(&json, LEVEL)?,
            coding: self.coding(article, coded)?,
        })
    }

    pub(super) fn coding(&self, article: &Article, coded: &Coded) -> std::io::Result<Coding> {
        // An id is of an article, place, type and sides: what has the same is the same act.
        let mut ids = HashSet::new();
        let mut coded = Cow::Borrowed(coded);
        if !coded.acts.iter().all(|act| ids.insert(act.id.clone())) {
            ids.clear();
            coded.to_mut().acts.retain(|act| ids.insert(act.id.clone()));
        }
        let source = Source::new(article, &coded);
        let rows = coded.acts.iter().map(|act| ActRow::new(act, coded.date));
        Ok(Coding {
            passages: source.into_passages(),
            acts: rows.collect::<Result<_, _>>()?,
            standings: coded.standings.iter().map(serde_json::to_string).collect::<Result<_, _>>()?,
            sayings: self.said(&coded)?,
        })
    }

    /// What an article says of affairs, as rows.
    pub(super) fn said(&self, coded: &Coded) -> serde_json::Result<Vec<SayingRow>> {
        said(&self.machines, coded)
    }
}

impl ActRow {
    /// The row of an act of an article that was published on a day.
    pub fn new(act: &Act, published: Option<Date>) -> serde_json::Result<ActRow> {
        Ok(ActRow {
            pair: pair(act),
            day: day(act, published),
            lemmas: serde_json::to_string(&act.lemmas)?,
            json: serde_json::to_string(act)?,
            act: act.clone(),
        })
    }
}

/// What an article says of affairs by some machines, as rows.
pub(crate) fn said(machines: &Machines<'_>, coded: &Coded) -> serde_json::Result<Vec<SayingRow>> {
    machines.sayings(coded).into_iter().map(|saying| row(machines, saying)).collect()
}

fn row(machines: &Machines<'_>, saying: Saying) -> serde_json::Result<SayingRow> {
    let mut parties: Vec<String> = saying.parties.clone();
    parties.sort();
    parties.dedup();
    Ok(SayingRow {
        kind: machines.kind(&saying).to_owned(),
        key: saying.key.as_ref().map(|key| key.join(" ")),
        makes: saying.makes,
        act: saying.source.act.clone(),
        parties,
        json: serde_json::to_string(&saying)?,
    })
}

/// Reads an article back.
pub(super) fn unpack(body: &[u8]) -> Result<Article, String> {
    let mut json = Vec::new();
    let unpacked = zstd::Decoder::new(body).and_then(|body| body.take(LARGEST).read_to_end(&mut json));
    unpacked.map_err(|error| error.to_string())?;
    serde_json::from_slice(&json).map_err(|error| error.to_string())
}

/// The day to which an act belongs: its own, or that of the article for what is news.
fn day(act: &Act, article: Option<Date>) -> Option<Date> {
    let own = match act.factuality {
        Factuality::Actual | Factuality::Denied => act.date,
        // What is only meant is meant since the article says so.
        _ => act.date_reported,
    };
    own.or(if act.epoch == Epoch::New { article } else { None })
}

/// The sides of an act in order of the alphabet: codes, or names where there is no code.
fn pair(act: &Act) -> String {
    let mut sides: Vec<String> = act.actor.iter().chain(&act.recipient).map(side).collect();
    sides.sort();
    sides.dedup();
    sides.join(" ")
}

/// What tells a side from others.
pub(crate) fn side(party: &Party) -> String {
    let name = party.name.as_ref().unwrap_or(&party.entity_text);
    party.code.clone().unwrap_or_else(|| name.to_lowercase())
}
