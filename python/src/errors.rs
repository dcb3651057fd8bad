//! What goes wrong, as Python exceptions in the program's words: the one place where errors cross the border.

use std::error::Error as StdError;

use pyo3::PyErr;
use pyo3::prelude::*;

/// A failure: which exception, what is wrong, and what the user can do about it.
pub struct Failure {
    class: &'static str,
    message: String,
    hint: Option<String>,
}

impl Failure {
    /// Something that the caller gives is wrong.
    pub fn input(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure { class: "InputError", message: message.into(), hint: Some(hint.into()) }
    }
}

/// A failure, or what Python itself reports.
pub type Outcome<T> = Result<T, PyErr>;

impl From<detente_builtin::Error> for Failure {
    fn from(error: detente_builtin::Error) -> Self {
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            message.push_str(&format!(": {inner}"));
            source = inner.source();
        }
        Failure { class: "LexiconError", message, hint: None }
    }
}

impl From<detente_columns::Error> for Failure {
    fn from(error: detente_columns::Error) -> Self {
        Failure::input(error.to_string(), format!("{}: columns={{\"text\": NAME}}", error.advice()))
    }
}

impl From<detente_ledger::store::Error> for Failure {
    fn from(error: detente_ledger::store::Error) -> Self {
        Failure { class: "LedgerError", message: error.to_string(), hint: Some(error.advice().to_owned()) }
    }
}

impl From<detente_text::Error> for Failure {
    fn from(error: detente_text::Error) -> Self {
        Failure::input(error.to_string(), error.advice())
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> PyErr {
        Python::attach(|py| {
            let class = py.import("detente.errors").and_then(|module| module.getattr(failure.class));
            match class.and_then(|class| class.call1((failure.message, failure.hint))) {
                Ok(exception) => PyErr::from_value(exception),
                Err(error) => error,
            }
        })
    }
}

/// Turns an error into the exception of its kind.
pub fn raise<E>(error: E) -> PyErr
where
    Failure: From<E>,
{
    Failure::from(error).into()
}

/// An error that no user can cause.
pub fn bug(error: impl std::fmt::Display) -> PyErr {
    Failure {
        class: "Error",
        message: format!("{error}"),
        hint: Some("this is a bug of detente; please report it".into()),
    }
    .into()
}
