//! Answers: one object, or a list in pages and as a table.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::failure::Failure;
use crate::parameters::Paging;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// Items of the whole list.
    pub total: usize,
    /// Items before these.
    pub offset: usize,
    /// The most items that these could be.
    pub limit: usize,
    /// The items.
    pub items: Vec<T>,
}

/// Something that is a row of a table.
pub trait Tabular {
    /// The names of the columns.
    const HEADER: &'static [&'static str];

    /// Its cells, in that order.
    fn cells(&self) -> Vec<String>;
}

/// Writes the part of a list that is asked for, in the format that is asked for; the whole is at hand.
pub fn part<S, T: Serialize + Tabular>(
    all: &[S],
    paging: &Paging,
    view: impl FnMut(&S) -> Result<T, Failure>,
) -> Result<Response, Failure> {
    let items = paging.cut(all)?.iter().map(view).collect::<Result<_, _>>()?;
    list(all.len(), items, paging)
}

/// Writes the part of a list that is asked for, in the format that is asked for.
pub fn list<T: Serialize + Tabular>(total: usize, items: Vec<T>, paging: &Paging) -> Result<Response, Failure> {
    if paging.is_csv()? {
        return csv(T::HEADER, items.iter().map(Tabular::cells));
    }
    let (offset, limit) = paging.stretch()?;
    json(&List { total, offset, limit, items })
}

/// Writes an object.
pub fn json(answer: &impl Serialize) -> Result<Response, Failure> {
    let bytes = serde_json::to_vec(answer).map_err(|error| unwritable(&error))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response())
}

/// Writes rows under a header.
pub fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Response, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).map_err(|error| unwritable(&error))?;
    for row in rows {
        writer.write_record(row).map_err(|error| unwritable(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| unwritable(&error))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"))], bytes).into_response())
}

fn unwritable(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        axum::http::StatusCode::INTERNAL_SERVER_ERROR,
        format!("the answer cannot be written: {error}; this is a bug of detente, please report it"),
    )
}

/// Words of a list in one cell.
pub fn joined<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// What may be missing, as a cell.
pub fn cell(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
