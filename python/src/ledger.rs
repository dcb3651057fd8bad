//! A ledger, to be read and asked.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow_array::{ArrayRef, Date32Array, Int32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field};
use detente_columns::{acts, days};
use detente_ledger::Ledger as Store;
use detente_ledger::ask::{Count, Grouping, Period, Search, Show, Status, Timeline, who};
use detente_ledger::brief::Style;
use detente_ledger::store::{Select, StoredAct, Times, Who};
use detente_lexicon::Lexicon;
use pyo3::prelude::*;

use crate::cluster::affairs;
use crate::coder::day;
use crate::errors::{Failure, Outcome, bug, raise};
use crate::table::{Table, widen, widened};

/// How answers are written as text.
const STYLE: Style = Style { width: 100, is_bold: false };

/// A ledger that is there, opened to be read.
#[pyclass(frozen, module = "detente._detente")]
pub struct Ledger {
    store: Mutex<Store>,
    lexicon: Lexicon,
}

/// What is asked for: whose, as of which day, as known by which day, from and until.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Asked {
    who: Vec<String>,
    as_of: Option<String>,
    known_by: Option<String>,
    from: Option<String>,
    until: Option<String>,
    latest: Option<usize>,
}

impl Ledger {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn select(&self, asked: Asked, store: &Store) -> Outcome<Select> {
        let who = self.who(&asked.who, store)?;
        let times = Times { as_of: day(asked.as_of)?, known_by: day(asked.known_by)? };
        Ok(Select { who, times, from: day(asked.from)?, until: day(asked.until)?, latest: asked.latest })
    }

    fn who(&self, names: &[String], store: &Store) -> Outcome<Who> {
        if names.len() > 2 {
            return Err(Failure::input("more than two states are named", "name one, or the two of a pair").into());
        }
        who(names, &self.lexicon, store).map_err(raise)
    }
}

#[pymethods]
impl Ledger {
    #[new]
    #[pyo3(signature = (path, lexicon=None))]
    fn new(py: Python<'_>, path: PathBuf, lexicon: Option<PathBuf>) -> PyResult<Ledger> {
        let lexicon = py.detach(|| detente_builtin::parties(lexicon.as_deref())).map_err(raise)?;
        Ok(Ledger { store: Mutex::new(Store::open_read_only(&path).map_err(raise)?), lexicon })
    }

    /// What is in it, as JSON.
    fn status(&self, py: Python<'_>) -> PyResult<String> {
        let status = py.detach(|| Status::of(&self.store())).map_err(raise)?;
        serde_json::to_string(&status).map_err(bug)
    }

    /// What stands between whom and the latest acts: JSON, and text as a terminal shows it.
    fn show(&self, py: Python<'_>, asked: Asked) -> PyResult<(String, String)> {
        let latest = asked.latest.unwrap_or(0);
        let (json, text) = py.detach(|| -> Outcome<_> {
            let store = self.store();
            let select = self.select(asked, &store)?;
            let show = Show::of(&store, &select.who, select.times, latest, &self.lexicon).map_err(raise)?;
            Ok((serde_json::to_string(&show), show.text(STYLE, &self.lexicon)))
        })?;
        Ok((json.map_err(bug)?, text))
    }

    /// One affair with its acts: JSON, and text as a terminal shows it.
    fn affair(&self, py: Python<'_>, id: &str, asked: Asked) -> PyResult<(String, String)> {
        let (json, text) = py.detach(|| -> Outcome<_> {
            let store = self.store();
            let times = self.select(asked, &store)?.times;
            let show = Show::affair(&store, id, times, &self.lexicon).map_err(raise)?;
            Ok((serde_json::to_string(&show), show.text(STYLE, &self.lexicon)))
        })?;
        Ok((json.map_err(bug)?, text))
    }

    /// How many acts took place, period by period.
    fn count(&self, py: Python<'_>, asked: Asked, period: &str, by: &str, directed: bool) -> PyResult<Table> {
        let period = match period {
            "day" => Period::Day,
            "month" => Period::Month,
            "year" => Period::Year,
            other => {
                return Err(Failure::input(format!("no period is named {other:?}"), "say day, month or year").into());
            }
        };
        let by = match by {
            "quad" => Grouping::Quad,
            "type" => Grouping::Type,
            other => return Err(Failure::input(format!("nothing is counted by {other:?}"), "say quad or type").into()),
        };
        py.detach(|| {
            let store = self.store();
            let select = self.select(asked, &store)?;
            if directed && !matches!(select.who, Who::Pair(..)) {
                return Err(Failure::input("a direction needs a pair", "name actor and recipient").into());
            }
            let count = Count::of(&store, &select, period, by, directed).map_err(raise)?;
            let whole: Vec<&str> = count.groups.iter().copied().chain(["acts"]).collect();
            Table::of_answer(&count.table(), &whole, &["mean_scale"])
        })
    }

    /// Acts in order of time, one for all reports of it.
    fn acts(&self, py: Python<'_>, asked: Asked) -> PyResult<Table> {
        py.detach(|| {
            let store = self.store();
            let mut stored = Vec::new();
            store.acts(&self.select(asked, &store)?, |act| stored.push(act)).map_err(raise)?;
            Table::of(told(&stored))
        })
    }

    /// Affairs in order of parties and kind.
    fn affairs(&self, py: Python<'_>, asked: Asked) -> PyResult<Table> {
        py.detach(|| {
            let store = self.store();
            let select = self.select(asked, &store)?;
            Table::of(affairs(&store.affairs(&select.who, select.times, &self.lexicon).map_err(raise)?))
        })
    }

    /// Acts and turns of affairs in order of time.
    fn timeline(&self, py: Python<'_>, asked: Asked) -> PyResult<Table> {
        py.detach(|| {
            let store = self.store();
            let select = self.select(asked, &store)?;
            let timeline = Timeline::of(&store, &select, &self.lexicon).map_err(raise)?;
            Table::of_answer(&timeline.table(), &[], &[])
        })
    }

    /// Sentences that hold words, the best first, with the acts that they show.
    fn search(&self, py: Python<'_>, words: &str, asked: Asked) -> PyResult<Table> {
        let most = asked.latest.unwrap_or(20);
        py.detach(|| {
            let store = self.store();
            let Select { who, times, .. } = self.select(asked, &store)?;
            let search = Search::of(&store, words, &who, times, most).map_err(raise)?;
            Table::of_answer(&search.table(), &[], &[])
        })
    }
}

/// Acts with what the ledger knows of them: the day to which they belong, how many articles report them, and what speaks
/// against them.
fn told(stored: &[StoredAct]) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let batch = acts(&stored.iter().map(|stored| &stored.act).collect::<Vec<_>>())?;
    let reports = |stored: &StoredAct| i32::try_from(stored.reports.len() + 1).ok();
    let against = |stored: &StoredAct| {
        let how: Vec<&str> = stored.against.iter().map(|(_, how)| how.as_str()).collect();
        (!how.is_empty()).then(|| how.join(";"))
    };
    let added: [(Field, ArrayRef); 4] = [
        (
            Field::new("day", DataType::Date32, true),
            Arc::new(stored.iter().map(|stored| stored.day.map(days)).collect::<Date32Array>()),
        ),
        (
            Field::new("learned", DataType::Date32, true),
            Arc::new(stored.iter().map(|stored| Some(days(stored.article.learned))).collect::<Date32Array>()),
        ),
        (Field::new("reports", DataType::Int32, true), Arc::new(stored.iter().map(reports).collect::<Int32Array>())),
        (Field::new("against", DataType::Utf8, true), Arc::new(stored.iter().map(against).collect::<StringArray>())),
    ];
    let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = added.into_iter().unzip();
    widen(&batch, &widened(&batch.schema(), fields), columns)
}
