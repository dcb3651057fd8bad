//! The addresses of the API, one file for what belongs together.

mod acts;
mod affairs;
mod articles;
mod coding;
mod counts;
mod pairs;
mod review;
mod status;
mod world;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::desk::Desk;
use crate::failure::Failure;

/// The JSON API of a ledger of Detente: states, pairs, affairs and acts, each with the words that show it.
#[derive(OpenApi)]
#[openapi(info(title = "Detente's desk", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")))]
struct Api;

/// The API and the document that describes it.
pub(crate) fn api() -> (axum::Router<Arc<Desk>>, utoipa::openapi::OpenApi) {
    let (router, mut document) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(status::status))
        .routes(routes!(world::states))
        .routes(routes!(pairs::pairs))
        .routes(routes!(pairs::pair))
        .routes(routes!(affairs::affairs))
        .routes(routes!(affairs::affair))
        .routes(routes!(affairs::claims))
        .routes(routes!(affairs::territories))
        .routes(routes!(affairs::diff))
        .routes(routes!(acts::acts))
        .routes(routes!(acts::act))
        .routes(routes!(articles::articles, coding::add))
        .routes(routes!(articles::article))
        .routes(routes!(articles::search))
        .routes(routes!(counts::timeline))
        .routes(routes!(counts::count))
        .routes(routes!(world::network))
        .routes(routes!(world::places))
        .routes(routes!(coding::code))
        .routes(routes!(review::queue))
        .routes(routes!(review::passages))
        .routes(routes!(review::judgements, review::judge))
        .routes(routes!(review::undo))
        .routes(routes!(review::agreement))
        .routes(routes!(review::gold))
        .split_for_parts();
    env!("CARGO_PKG_VERSION").clone_into(&mut document.info.version);
    document.servers = Some(vec![utoipa::openapi::Server::new("/api/v1")]);
    (router, document)
}

/// Names each answer by the state of the ledger and the question, and answers nothing to who has that answer already.
pub(crate) async fn tagged(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    // Whoever waits for its turn holds no digest: it is taken when the answer is made, and then it may be a newer one.
    let changes = match desk.changes().await {
        Ok(changes) => changes,
        Err(failure) => return failure.into_response(),
    };
    let asked = request.uri().path_and_query().map_or("", |asked| asked.as_str()).to_owned();
    let tag = format!("W/\"{:016x}-{}\"", xxh3_64_with_seed(asked.as_bytes(), desk.run), changes);
    let has = request.headers().get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let is_known = has.flat_map(|value| value.split(',')).any(|one| one.trim() == tag);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else if let Some(response) = desk.answered.get(changes, &asked) {
        response
    } else if is_same_for_all(&request) {
        let response = next.run(request).await;
        desk.answered.keep(changes, asked, response).await
    } else {
        next.run(request).await
    };
    if response.status().is_success() || is_known {
        let headers = response.headers_mut();
        headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// Tells whether the answer is the same for all who ask, as long as the ledger does not change: the status tells the day, and
/// whole articles are given to some alone.
fn is_same_for_all(request: &Request) -> bool {
    let path = request.uri().path();
    request.method() == Method::GET && !path.ends_with("/status") && !path.contains("/articles/")
}

/// What stands behind no address of the API.
pub(crate) async fn nowhere() -> Failure {
    Failure::missing("no such address; see /api/v1/docs for those there are")
}

/// What is told of a method that an address does not take.
pub(crate) async fn not_taken(method: Method) -> Failure {
    let message = format!("{method} is not taken here; see /api/v1/docs for what is");
    Failure::new(StatusCode::METHOD_NOT_ALLOWED, message)
}
