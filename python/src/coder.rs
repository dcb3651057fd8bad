//! The coder: texts and tables of articles in, acts out.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field};
use detente_builtin::Remark;
use detente_coder::Act;
use detente_columns::{Articles, Columns, act_schema, acts};
use detente_ledger::Record;
use detente_ledger::store::{Vintage, uid};
use detente_text::{Article, Fields};
use jiff::civil::Date;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::json;

use crate::errors::{Failure, Outcome, bug, raise};
use crate::rows::{Said, each, read, said};
use crate::table::{Table, widen, widened};

/// Codes articles. Made once; loading takes a moment.
#[pyclass(frozen, module = "detente._detente")]
pub struct Coder {
    pub(crate) coder: detente_coder::Coder,
    pub(crate) pool: ThreadPool,
    vintage: Vintage,
}

/// A number of threads to work on; all cores unless told.
pub fn pool(threads: Option<usize>) -> Outcome<ThreadPool> {
    if threads.is_some_and(|threads| !(1..=1024).contains(&threads)) {
        return Err(Failure::input("threads must be between 1 and 1024", "leave it out to use all cores").into());
    }
    ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build().map_err(bug)
}

impl Coder {
    /// Works on each article of a table that can be read and hands what comes of each chunk of rows to `sink`; tells what is to be
    /// said of the articles.
    fn each<T: Send>(
        &self,
        py: Python<'_>,
        table: AnyRecordBatch,
        columns: &Columns,
        work: impl Fn(Article, &mut Vec<Remark>) -> T + Sync,
        mut sink: impl FnMut(RecordBatch, Vec<Option<T>>) -> Outcome<()>,
    ) -> Outcome<Vec<Said>> {
        let mut all = Vec::new();
        let work = |articles: &Articles, row: usize, number: usize| {
            let (article, mut remarks) = read(articles.fields(row), number);
            (article.map(|article| work(article, &mut remarks)), remarks)
        };
        each(py, &self.pool, table, columns, work, |chunk, done| {
            let (done, remarks): (Vec<_>, Vec<_>) = done.into_iter().unzip();
            all.extend(remarks.into_iter().flatten().map(said));
            sink(chunk, done)
        })?;
        Ok(all)
    }

    /// Codes an article that was read; adds what is to be said of it.
    fn acts(&self, article: &Article, remarks: &mut Vec<Remark>) -> Vec<Act> {
        if article.body().next().is_none() {
            return Vec::new();
        }
        match detente_builtin::code(&self.coder, article, &article.id) {
            Ok(coded) => coded.acts,
            Err(remark) => {
                remarks.push(remark);
                Vec::new()
            }
        }
    }

    /// What an article is coded to under the name that it has in ledgers.
    fn record(&self, mut article: Article, remarks: &mut Vec<Remark>) -> Option<Record> {
        article.body().next()?;
        let name = std::mem::take(&mut article.id);
        article.id = uid(&article);
        match detente_builtin::code(&self.coder, &article, &name) {
            Ok(coded) => Some(Record::of(self.vintage.clone(), coded)),
            Err(remark) => {
                remarks.push(remark);
                None
            }
        }
    }
}

#[pymethods]
impl Coder {
    #[new]
    #[pyo3(signature = (lexicon=None, threads=None))]
    fn new(py: Python<'_>, lexicon: Option<PathBuf>, threads: Option<usize>) -> PyResult<Coder> {
        let coder = py.detach(|| detente_builtin::coder(lexicon.as_deref())).map_err(raise)?;
        let vintage = detente_builtin::vintage(coder.lexicon());
        Ok(Coder { coder, pool: pool(threads)?, vintage })
    }

    /// Version, fingerprint of the lexicon, fingerprint of the model.
    #[getter]
    fn vintage(&self) -> (String, String, String) {
        let Vintage { version, lexicon, model } = self.vintage.clone();
        (version, lexicon, model)
    }

    /// The acts of one article, each as PLOVER JSON, and what is to be said of the article.
    #[pyo3(signature = (text, id=None, title=None, date=None, source=None, url=None))]
    #[allow(clippy::too_many_arguments, reason = "the fields of an article, by name in Python")]
    fn code(
        &self,
        py: Python<'_>,
        text: String,
        id: Option<String>,
        title: Option<String>,
        date: Option<String>,
        source: Option<String>,
        url: Option<String>,
    ) -> PyResult<(Vec<String>, Vec<Said>)> {
        let field = |words: Option<String>| words.map(Into::into);
        let fields = Fields {
            id: field(id),
            title: field(title),
            date: field(date),
            url: field(url),
            source: field(source),
            text: Some(text.into()),
            ..Fields::default()
        };
        let (acts, remarks) = py.detach(|| -> Result<_, Failure> {
            if fields.text.as_ref().is_none_or(|text| text.trim().is_empty()) {
                return Err(Failure::input("no article text", "give the text of an article"));
            }
            let (article, mut remarks) = read(fields, 0);
            let acts = article.map(|article| self.acts(&article, &mut remarks)).unwrap_or_default();
            Ok((acts, remarks))
        })?;
        let json = acts.iter().map(serde_json::to_string).collect::<Result<_, _>>().map_err(bug)?;
        Ok((json, remarks.into_iter().map(said).collect()))
    }

    /// The acts of a table of articles, and what is to be said of the articles.
    fn code_batch(&self, py: Python<'_>, table: AnyRecordBatch, columns: Columns) -> PyResult<(Table, Vec<Said>)> {
        let mut batches = Vec::new();
        let work = |article: Article, remarks: &mut Vec<Remark>| self.acts(&article, remarks);
        let all = self.each(py, table, &columns, work, |_, done| {
            let coded: Vec<Act> = done.into_iter().flatten().flatten().collect();
            if !coded.is_empty() {
                batches.push(py.detach(|| acts(&coded)).map_err(bug)?);
            }
            Ok(())
        })?;
        Ok((Table::new(batches, act_schema()), all))
    }

    /// The table with one column more: what each article is coded to, for `detente add` and for `said`.
    fn code_articles(&self, py: Python<'_>, table: AnyRecordBatch, columns: Columns) -> PyResult<(Table, Vec<Said>)> {
        let schema = widened(table.schema()?.as_ref(), [Field::new("coded", DataType::Utf8, true)]);
        let mut batches = Vec::new();
        let work = |article: Article, remarks: &mut Vec<Remark>| {
            self.record(article, remarks).map(|record| serde_json::to_string(&record))
        };
        let all = self.each(py, table, &columns, work, |chunk, done| {
            let coded = done.into_iter().map(|json| json.flatten().transpose());
            let coded: StringArray = coded.collect::<Result<Vec<_>, _>>().map_err(bug)?.into();
            batches.push(widen(&chunk, &schema, [Arc::new(coded) as ArrayRef]).map_err(bug)?);
            Ok(())
        })?;
        Ok((Table::new(batches, schema), all))
    }

    /// How a sentence was read, as JSON: the text of `detente explain`, sentences with their trees, acts.
    #[pyo3(signature = (sentence, date=None))]
    fn explain(&self, py: Python<'_>, sentence: String, date: Option<String>) -> PyResult<String> {
        if sentence.trim().is_empty() {
            return Err(Failure::input("the sentence is empty", "write one in quotation marks").into());
        }
        let date = day(date)?;
        py.detach(|| {
            let explanation = self.coder.explain(&sentence, date);
            serde_json::to_string(&json!({
                "sentence": sentence,
                "text": explanation.to_string(),
                "readings": self.coder.read(&sentence),
                "acts": explanation.acts,
                "standings": explanation.standings,
                "rules": explanation.acts.iter().map(|act| self.example(&act.rule)).collect::<Vec<_>>(),
            }))
        })
        .map_err(bug)
    }
}

impl Coder {
    /// The example sentence that a rule is, by its file and line.
    fn example(&self, rule: &str) -> Option<String> {
        let (file, line) = rule.rsplit_once(':')?;
        let line: u32 = line.parse().ok()?;
        let examples = &self.coder.lexicon().examples;
        let found = examples.iter().find(|example| example.line as u32 == line && &*example.file == file)?;
        Some(found.sentence.to_string())
    }
}

/// Reads a day.
pub fn day(date: Option<String>) -> Outcome<Option<Date>> {
    let read = |date: String| {
        let wrong = |_| Failure::input(format!("the date {date:?} is not understood"), "write it as 2024-05-03");
        date.parse().map_err(wrong)
    };
    Ok(date.map(read).transpose()?)
}
