//! Pairs: what was done between two, and what stands.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use detente_ledger::Affair;
use detente_ledger::ask::digest::PairSum;
use detente_ledger::ask::{Filter, who};
use detente_ledger::store::Who;
use detente_lexicon::Lexicon;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{List, json, list};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::{At, Filters, Paging, Parameters, unknown};
use crate::view::{AffairView, PairPage, PairView, name};

/// The most affairs that a pair of a list tells of.
const STANDING: usize = 12;

/// The order of pairs.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PairOrder {
    /// Words in the names or codes of one of the two
    q: Option<String>,
    /// last (the latest act first, the default), acts (most acts first), recent, cooperation, conflict, friendly, hostile (by mean scale) or name
    order: Option<String>,
}

impl PairOrder {
    /// Tells whether a pair has the words that are asked for: each in a name or code of one of the two.
    fn lets(&self, pair: &PairSum, lexicon: &Lexicon) -> bool {
        let Some(words) = &self.q else { return true };
        let names = [&pair.a, &pair.b].map(|code| format!("{} {code}", name(code, lexicon)).to_lowercase());
        words.to_lowercase().split_whitespace().all(|word| names.iter().any(|name| name.contains(word)))
    }

    fn sort(&self, pairs: &mut [PairSum]) -> Result<(), Failure> {
        let scale = |pair: &PairSum| pair.all.mean_scale().unwrap_or_default();
        let more = |key: fn(&PairSum) -> u32| move |a: &PairSum, b: &PairSum| key(b).cmp(&key(a));
        match self.order.as_deref() {
            Some("acts") => pairs.sort_by(more(|pair| pair.all.acts)),
            Some("recent") => pairs.sort_by_key(|pair| std::cmp::Reverse((pair.recent, pair.all.last))),
            Some("cooperation") => pairs.sort_by(more(|pair| pair.all.cooperation())),
            Some("conflict") => pairs.sort_by(more(|pair| pair.all.conflict())),
            None | Some("last") => pairs.sort_by_key(|pair| std::cmp::Reverse(pair.all.last)),
            Some("friendly") => pairs.sort_by(|a, b| scale(b).total_cmp(&scale(a))),
            Some("hostile") => pairs.sort_by(|a, b| scale(a).total_cmp(&scale(b))),
            Some("name") => {}
            Some(other) => {
                let known = ["last", "acts", "recent", "cooperation", "conflict", "friendly", "hostile", "name"];
                return Err(unknown("order", other, &known));
            }
        }
        Ok(())
    }
}

/// Pairs of states and organisations, with acts by month and what stands
#[utoipa::path(
    get,
    path = "/pairs",
    tag = "relations",
    params(Filters, PairOrder, Paging),
    responses((status = 200, body = List<PairView>))
)]
pub async fn pairs(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, order, paging) = parameters.read::<(Filters, PairOrder, Paging)>()?;
    desk.read(move |desk, ledger| {
        let filter = filters.filter(desk.lexicon(), ledger)?;
        let mut pairs = desk.digest()?.pair_sums(&filter, true);
        if let Who::One(code) = &filter.who {
            // Acts of one side name others as well; asked for are its own relations.
            pairs.retain(|pair| pair.a == *code || pair.b == *code);
        }
        pairs.retain(|pair| order.lets(pair, desk.lexicon()));
        order.sort(&mut pairs)?;
        let page = paging.cut(&pairs)?;
        let of: Vec<Who> = page.iter().map(|pair| Who::Pair(pair.a.clone(), pair.b.clone())).collect();
        let affairs = ledger.latest_affairs(&of, filter.times, STANDING, desk.lexicon())?;
        let view = |(pair, affairs): (&PairSum, Vec<Affair>)| PairView::new(pair, &affairs, desk.lexicon());
        list(pairs.len(), page.iter().zip(affairs).map(view).collect(), &paging)
    })
    .await
}

/// A pair: its affairs with all entries, and its acts by day
#[utoipa::path(
    get,
    path = "/pairs/{a}/{b}",
    tag = "relations",
    params(("a" = String, Path, description = "Code, name or adjective"), ("b" = String, Path,
        description = "Code, name or adjective"), Filters),
    responses((status = 200, body = PairPage))
)]
pub async fn pair(
    State(desk): State<Arc<Desk>>,
    At((a, b)): At<(String, String)>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let (filters,) = parameters.read::<(Filters,)>()?;
    desk.read(move |desk, ledger| {
        let lexicon = desk.lexicon();
        let pair = who(&[a, b], lexicon, ledger)?;
        let Who::Pair(a, b) = &pair else { return Err(Failure::wrong("a pair has two sides")) };
        let filter = Filter { who: pair.clone(), ..filters.filter(lexicon, ledger)? };
        let affairs = ledger.affairs(&pair, filter.times, lexicon)?;
        let affairs =
            affairs.iter().map(|affair| AffairView::new(affair, ledger, lexicon)).collect::<Result<_, _>>()?;
        let digest = desk.digest()?;
        let sums = digest.pair_sums(&filter, false);
        let is_this = |sum: &&PairSum| (&sum.a, &sum.b) == (a.min(b), a.max(b));
        let all = sums.iter().find(is_this).map(|sum| sum.all).unwrap_or_default();
        let days = digest.by_day(&filter).into_iter();
        json(&PairPage {
            a_name: name(a, lexicon),
            b_name: name(b, lexicon),
            a: a.clone(),
            b: b.clone(),
            acts: all.acts,
            cooperation: all.cooperation(),
            conflict: all.conflict(),
            mean_scale: all.mean_scale(),
            affairs,
            days: days.map(|(day, [one, two, three, four])| (day.to_string(), one, two, three, four)).collect(),
        })
    })
    .await
}
