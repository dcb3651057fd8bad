//! Acts, and all that is to be told of one.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use detente_ledger::Ledger;
use detente_ledger::ask::{Answered, Shown};
use detente_ledger::review::JudgementSelect;
use detente_ledger::store::StoredAct;

use crate::answer::{List, json, list};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::parameters::{At, Filters, Ordering, Paging, Parameters};
use crate::view::{Act, ActPage, AffairOfAct, Explanation, JudgementView, PassageView, ReportView, RuleView, WordView};

/// Acts, the latest first
#[utoipa::path(
    get,
    path = "/acts",
    tag = "acts",
    params(Filters, Ordering, Paging),
    responses((status = 200, body = List<Act>))
)]
pub async fn acts(State(desk): State<Arc<Desk>>, parameters: Parameters) -> Result<Response, Failure> {
    let (filters, ordering, paging) = parameters.read::<(Filters, Ordering, Paging)>()?;
    desk.read(move |desk, ledger| {
        let filter = filters.filter(desk.lexicon(), ledger)?;
        let numbers = desk.digest()?.acts(&filter, ordering.order()?);
        let acts = ledger.acts_by_number(paging.cut(&numbers)?)?;
        list(numbers.len(), Act::all(&acts, ledger, desk.lexicon())?, &paging)
    })
    .await
}

/// An act: the words that show it, who reports it, how it was read, what it answers
#[utoipa::path(
    get,
    path = "/acts/{id}",
    tag = "acts",
    params(("id" = String, Path, description = "Id of the act, or of any report of it")),
    responses((status = 200, body = ActPage))
)]
pub async fn act(
    State(desk): State<Arc<Desk>>,
    At(id): At<String>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    parameters.read::<()>()?;
    desk.read(move |desk, ledger| {
        let leader = ledger.leader(&id)?;
        let found = match ledger.act(&leader)? {
            None => ledger.act_as_coded(&leader)?,
            found => found,
        };
        let Some(act) = found else {
            return Err(Failure::missing(format!("{id}: no act of this id is in the ledger; search for its words")));
        };
        json(&page(desk, ledger, &act)?)
    })
    .await
}

fn page(desk: &Desk, ledger: &Ledger, act: &StoredAct) -> Result<ActPage, Failure> {
    let lexicon = desk.lexicon();
    let mut passages = Shown::of(ledger, &act.act, &act.article)?;
    for report in &act.reports {
        passages.extend(Shown::of(ledger, &report.act, &report.article)?);
    }
    let answered = Answered::of(ledger, act)?;
    let short = |acts: &[StoredAct]| Act::all(acts, ledger, lexicon);
    let against = act.against.iter().filter_map(|(by, _)| ledger.act(by).transpose()).collect::<Result<Vec<_>, _>>()?;
    let judgements = JudgementSelect { act: Some(act.act.id.clone()), ..JudgementSelect::default() };
    let judgements = ledger.judgements(&judgements)?;
    let sentence = passages.first().map_or(act.act.event_text.as_str(), |shown| shown.text.as_str());
    Ok(ActPage {
        act: Act::new(act, ledger, lexicon)?,
        json: serde_json::to_value(&act.act).unwrap_or_default(),
        explanation: explanation(desk, act, sentence),
        told_by: ReportView::all(act),
        answers: short(&answered.answers)?,
        because_of: answered.because_of,
        answered_by: short(&answered.answered_by)?,
        spoken_against_by: short(&against)?,
        affairs: ledger.affairs_of_act(act)?.into_iter().map(AffairOfAct::from).collect(),
        passages: passages.into_iter().map(PassageView::from).collect(),
        judgements: judgements.items.into_iter().map(JudgementView::from).collect(),
    })
}

/// How the sentence of an act is read by itself, by the lexicon and model of now.
fn explanation(desk: &Desk, act: &StoredAct, sentence: &str) -> Explanation {
    let rule = &act.act.rule;
    let place = rule.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse::<usize>().ok()?)));
    let is_it = |(file, line): (&str, usize)| {
        desk.lexicon().examples.iter().find(|example| example.line == line && *example.file == *file)
    };
    let example = place.and_then(is_it);
    let steps = desk.coder().explain(sentence, act.article.date).to_string();
    Explanation {
        rule: RuleView { name: rule.clone(), sentence: example.map(|example| example.sentence.to_string()) },
        tree: WordView::all(&desk.coder().read(sentence)),
        steps: steps.lines().map(str::to_owned).collect(),
    }
}
