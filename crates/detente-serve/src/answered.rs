//! What was answered since the ledger last changed: whoever asks the same again is answered from memory.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The longest answer that is kept, and how much all that are kept may hold with their questions, in bytes.
const LONGEST: usize = 512 << 10;
const MOST: usize = 16 << 20;

/// Answers by what was asked.
#[derive(Debug, Default)]
pub(crate) struct Answered(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// How often the ledger had changed.
    changes: u64,
    answers: HashMap<String, (HeaderValue, Bytes)>,
    bytes: usize,
}

impl Answered {
    fn known(&self) -> MutexGuard<'_, Known> {
        // What a panic leaves behind is whole: nothing is changed by halves.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a question about a ledger that changed so often.
    pub fn get(&self, changes: u64, asked: &str) -> Option<Response> {
        let known = self.known();
        let (kind, bytes) = known.answers.get(asked).filter(|_| known.changes == changes)?;
        Some(([(header::CONTENT_TYPE, kind.clone())], bytes.clone()).into_response())
    }

    /// Keeps an answer, and hands it on.
    pub async fn keep(&self, changes: u64, asked: String, response: Response) -> Response {
        let length = response.body().size_hint().exact().and_then(|length| usize::try_from(length).ok());
        let kind = response.headers().get(header::CONTENT_TYPE).cloned();
        let (Some(length @ ..=LONGEST), Some(kind), StatusCode::OK) = (length, kind, response.status()) else {
            return response;
        };
        let (parts, body) = response.into_parts();
        let bytes = match to_bytes(body, LONGEST).await {
            Ok(bytes) => bytes,
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        };
        // A question may be longer than its answer.
        let size = asked.len() + length;
        let mut known = self.known();
        if known.changes < changes || known.changes == changes && known.bytes + size > MOST {
            *known = Known { changes, ..Known::default() };
        }
        // Another request may have asked the same meanwhile.
        if known.changes == changes && !known.answers.contains_key(&asked) {
            known.bytes += size;
            known.answers.insert(asked, (kind, bytes.clone()));
        }
        drop(known);
        Response::from_parts(parts, Body::from(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_of_the_latest_ledger_and_bounded() {
        let answered = Answered::default();
        let answer = |length: usize| ([(header::CONTENT_TYPE, "text/csv")], "a".repeat(length)).into_response();
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let keep = |changes, asked: &str, length| {
            let kept = runtime.block_on(answered.keep(changes, asked.to_owned(), answer(length)));
            assert_eq!(kept.status(), StatusCode::OK);
        };
        let bytes = || answered.known().bytes;
        keep(2, "/acts", 10);
        keep(2, "/acts", 10);
        assert_eq!(bytes(), 15);
        // An answer that was long in the making is of a ledger that has changed since.
        keep(1, "/pairs", LONGEST);
        assert!(answered.get(2, "/acts").is_some() && answered.get(2, "/pairs").is_none());
        keep(2, "/long", LONGEST + 1);
        assert!(answered.get(2, "/long").is_none());
        for number in 0..=MOST / LONGEST {
            keep(2, &format!("/{number}"), LONGEST);
            assert!(bytes() <= MOST);
            keep(1, "/older", LONGEST);
            assert!(answered.get(2, &format!("/{number}")).is_some());
        }
        keep(3, "/acts", 10);
        assert!(answered.get(2, "/acts").is_none() && answered.get(3, "/acts").is_some());
    }
}
