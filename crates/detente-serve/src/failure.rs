//! What goes wrong with a request, as the client reads it.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use detente_ledger::store;
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request is not answered.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    message: String,
    /// Whether the same will be answered a moment later.
    is_passing: bool,
}

/// What the client reads of a failure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What is wrong, where, and what to do.
    pub error: String,
}

impl Failure {
    /// A failure with a status and a message that says what to do.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Failure {
        Failure { status, message: message.into(), is_passing: false }
    }

    /// What cannot be answered yet, but in a moment.
    pub fn later(message: impl Into<String>) -> Failure {
        Failure { is_passing: true, ..Failure::new(StatusCode::SERVICE_UNAVAILABLE, message) }
    }

    /// Something in the request is wrong.
    pub fn wrong(message: impl Into<String>) -> Failure {
        Failure::new(StatusCode::BAD_REQUEST, message)
    }

    /// There is no such thing.
    pub fn missing(message: impl Into<String>) -> Failure {
        Failure::new(StatusCode::NOT_FOUND, message)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Problem { error: self.message })).into_response();
        if self.is_passing {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Failure {
        let status = match &error {
            store::Error::Unknown(_) => StatusCode::NOT_FOUND,
            store::Error::Question(_) | store::Error::Judgement(_) => StatusCode::UNPROCESSABLE_ENTITY,
            store::Error::Busy(_) | store::Error::Full(_) => StatusCode::SERVICE_UNAVAILABLE,
            store::Error::ReadOnly(_) => StatusCode::FORBIDDEN,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        match error {
            // The hint of the command line names a command; here the address of the status serves.
            store::Error::Unknown(what) | store::Error::Question(what) | store::Error::Judgement(what) => {
                Failure::new(status, what)
            }
            error => Failure::new(status, format!("{error}; {}", error.advice())),
        }
    }
}
