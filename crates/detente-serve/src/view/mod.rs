//! What answers look like: the ledger's facts as JSON objects and as rows of tables.

mod act;
mod affair;
mod article;
mod pair;
mod review;
mod status;
mod world;

use detente_lexicon::{ActorKind, Lexicon};

pub use act::{Act, ActPage, AffairOfAct, Explanation, MarkView, PassageView, ReportView, RuleView, WordView};
pub use affair::{AffairView, ChangeView, ChangesView};
pub use article::{ArticlePage, ArticleView, EventView, HitView, ParagraphView, ShownView};
pub use pair::{PairPage, PairView};
pub use review::{BlindView, JudgementView, QueueView};
pub use status::{MachineView, OutletView, StatusView, TypeView};
pub use world::{ClaimView, CountView, LinkView, NetworkView, PlaceView, StateView, TerritoryView};

/// The name of a code, as the lexicon has it.
pub fn name(code: &str, lexicon: &Lexicon) -> String {
    lexicon.actor(code).map_or_else(|| code.to_owned(), |actor| actor.title.to_string())
}

/// What a code stands for: `state` or `organisation`; `other` where one code stands for many.
pub fn sort(code: &str, lexicon: &Lexicon) -> &'static str {
    match lexicon.actor(code).map(|actor| actor.kind) {
        Some(ActorKind::Organisation) => "organisation",
        Some(_) => "state",
        None if lexicon.actors.iter().any(|actor| actor.code == code) => "other",
        None => "state",
    }
}
