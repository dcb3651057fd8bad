//! Records of coding: what an article was coded to, to be added to a ledger by another program than the one that coded it.

use detente_coder::{Act, Coded, Standing};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::store::Vintage;

/// What an article was coded to, and by which version, lexicon and model. Serialises to JSON and back.
///
/// ```
/// use detente_coder::Coded;
/// use detente_ledger::{Record, store::Vintage};
/// let vintage = Vintage { version: "1".into(), lexicon: "2".into(), model: "3".into() };
/// let record = Record::of(vintage, Coded { article: "a".into(), ..Coded::default() });
/// let json = serde_json::to_string(&record)?;
/// assert_eq!(serde_json::from_str::<Record>(&json)?, record);
/// assert_eq!(record.into_coded().article, "a");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Which version, lexicon and model coded.
    #[serde(flatten)]
    pub vintage: Vintage,
    /// The name under which the article was coded: for a ledger its [`uid`](crate::store::uid).
    pub article: String,
    date: Option<Date>,
    acts: Vec<WholeAct>,
    standings: Vec<Standing>,
}

/// An act with the lemmas that its own JSON leaves out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct WholeAct {
    lemmas: Vec<String>,
    act: Act,
}

impl Record {
    /// Records what an article was coded to.
    pub fn of(vintage: Vintage, coded: Coded) -> Record {
        let whole = |act: Act| WholeAct { lemmas: act.lemmas.clone(), act };
        Record {
            vintage,
            article: coded.article,
            date: coded.date,
            acts: coded.acts.into_iter().map(whole).collect(),
            standings: coded.standings,
        }
    }

    /// What the article was coded to.
    pub fn into_coded(self) -> Coded {
        let act = |WholeAct { lemmas, act }| Act { lemmas, ..act };
        Coded {
            article: self.article,
            date: self.date,
            acts: self.acts.into_iter().map(act).collect(),
            standings: self.standings,
            ..Coded::default()
        }
    }
}
