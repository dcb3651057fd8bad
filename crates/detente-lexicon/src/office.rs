//! Offices and who held them from which day to which.

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{
    date,
    error::{Error, Problem},
    record::{items, records},
    source::File,
};

/// An office of a state or organisation.
#[derive(Clone, Debug)]
pub struct Office {
    /// Code of the state or organisation.
    pub code: SmolStr,
    /// Name of the office: "prime minister".
    pub title: SmolStr,
    /// PLOVER sector.
    pub sector: SmolStr,
    /// Level, as roles have it.
    pub level: Option<SmolStr>,
    /// Its holders are known for another office: a king of several realms. Their names alone do not stand for it.
    pub shared: bool,
    /// Other titles of the office.
    pub titles: Vec<SmolStr>,
    /// Who held it, in order.
    pub holders: Vec<Holder>,
}

/// A term of a person in an office.
#[derive(Clone, Debug)]
pub struct Holder {
    /// Full name, then other spellings of it.
    pub names: Vec<SmolStr>,
    /// First day.
    pub from: Option<Date>,
    /// Last day, or the last day that can be vouched for.
    pub to: Option<Date>,
    /// The term may go on after `to`: nobody vouches for the days after it.
    pub open: bool,
    /// What vouches for it.
    pub basis: Basis,
    /// Line of the file, from 1.
    pub line: usize,
}

/// What vouches for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A reference file.
    Reference,
    /// News texts.
    Corpus,
    /// Nobody checked it.
    Memory,
}

/// Reads the offices of a file of `offices/`.
pub(crate) fn offices(file: &File) -> Result<Vec<Office>, Error> {
    if !file.path.starts_with("offices/") {
        return Ok(Vec::new());
    }
    records(file)?
        .iter()
        .map(|record| {
            let holders = record
                .fields
                .iter()
                .filter(|field| field.key == "holder")
                .map(|field| holder(field.value, field.line).map_err(|p| Error::new(file.path.as_ref(), field.line, p)))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Office {
                code: record.code.into(),
                title: record.title.into(),
                sector: record.one("sector").unwrap_or("GOV").into(),
                level: record.one("level").map(SmolStr::from),
                shared: record.one("shared") == Some("yes"),
                titles: record.list("titles").map(SmolStr::from).collect(),
                holders,
            })
        })
        .collect()
}

fn holder(value: &str, line: usize) -> Result<Holder, Problem> {
    let bad = || Problem::BadHolder(value.to_owned());
    let mut parts = value.split('|').map(str::trim);
    let name = parts.next().filter(|n| !n.is_empty()).ok_or_else(bad)?;
    let (name, also) = match name.split_once('(') {
        Some((name, also)) => (name.trim(), also.trim_end_matches(')').trim().trim_start_matches("also:")),
        None => (name, ""),
    };
    let (from, to) = (parts.next().ok_or_else(bad)?, parts.next().unwrap_or(""));
    let (open, to) = match to.strip_prefix("known") {
        Some(day) => (true, day.trim()),
        None => (to.is_empty(), to),
    };
    let day = |text: &str, end: bool| match text {
        "" | "?" => Ok(None),
        text => date::read(text, end).map(Some).ok_or_else(|| Problem::BadDate(text.to_owned())),
    };
    let basis = match parts.next().unwrap_or("memory") {
        basis if basis.starts_with("reference") => Basis::Reference,
        basis if basis.starts_with("corpus") => Basis::Corpus,
        basis if basis.starts_with("memory") => Basis::Memory,
        _ => return Err(bad()),
    };
    let names = std::iter::once(name).chain(items(also)).map(SmolStr::from).collect();
    Ok(Holder { names, from: day(from, false)?, to: day(to, true)?, open, basis, line })
}
