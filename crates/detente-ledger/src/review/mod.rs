//! Review: what people judge of acts, and what comes of it.
//!
//! A [`Judgement`] is added to the ledger and never changed; taking one back is a judgement too. Each names its act by what
//! outlasts a coder: article, words, type and sides ([`Target`]). [`Ledger::settle`](crate::Ledger::settle) lays the newest
//! valid judgement of each act over what the coder said, so that acts, counts and affairs follow it, and a rebuild does
//! the same again. What finds its act no more is listed ([`Judged::astray`]), not lost.
//!
//! ```no_run
//! use detente_ledger::Ledger;
//! use detente_ledger::review::{Changes, NewJudgement, QueueSelect, Verdict};
//! use detente_lexicon::Lexicon;
//!
//! let lexicon = Lexicon::builtin()?;
//! let mut ledger = Ledger::open("chain.db".as_ref())?;
//! let queue = ledger.queue("Anna", &QueueSelect::default())?;
//! let first = &queue.items[0].act.act;
//! let judgement = ledger.judge(
//!     &NewJudgement {
//!         reviewer: "Anna".into(),
//!         verdict: Verdict::Correct,
//!         act: Some(first.id.clone()),
//!         fields: Changes { event: Some("CONSULT".into()), ..Changes::default() },
//!         ..NewJudgement::default()
//!     },
//!     jiff::Timestamp::now(),
//!     &lexicon,
//! )?;
//! ledger.settle(&lexicon)?;
//! ledger.undo(&judgement.id, "Anna", jiff::Timestamp::now())?;
//! ledger.settle(&lexicon)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod agreement;
mod effect;
mod find;
mod gold;
mod judge;
mod judgement;
mod list;
mod queue;
mod reach;
mod reading;
mod statistics;

pub use agreement::{Agreement, Fields, Figures, Labels, OfType, Unit};
pub(crate) use effect::{forget_effects, is_judged, mark_all, mark_article, review_stale};
pub use judge::NewJudgement;
pub use judgement::{Judgement, Place, Target, Verdict};
pub use list::{Judged, JudgementSelect, Judgements, Review};
pub(crate) use list::{is_after_review, review_of};
pub use queue::{BlindQueue, Confidence, Passage, Queue, QueueItem, QueueSelect};
pub(crate) use reach::{mark_coded, reach_stale};
pub use reading::{Changes, Reading, Side};
pub use statistics::{cohen_kappa, krippendorff_alpha, raw_agreement};
