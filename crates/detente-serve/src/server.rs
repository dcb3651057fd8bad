//! Listens, answers each connection within limits, and stops when it is told to.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::desk::Desk;
use crate::failure::Failure;
use crate::guard::{Gate, Names, Token, headers, site, token};
use crate::{document, page, routes};

/// The largest body of a request, in bytes.
const LARGEST_BODY: usize = 4 << 20;

/// The longest that the heads of a request may take to come.
const SLOWEST_HEAD: Duration = Duration::from_secs(15);

/// The longest that an answer may take.
const SLOWEST_ANSWER: Duration = Duration::from_secs(60);

/// Connections that are served at once; more wait to be taken.
const CONNECTIONS: usize = 256;

/// The longest that the end of open answers is waited for.
const GRACE: Duration = Duration::from_secs(5);

/// Where the server listens, and for whom.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The token to ask for. An address that others can reach gets one in any case.
    pub token: Option<Token>,
    /// Names besides `localhost` by which the server may be asked.
    pub hosts: Vec<String>,
}

/// What the user is told once the server listens.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The address.
    pub address: SocketAddr,
    /// The link to open; where a token is asked for it works once.
    pub link: String,
    /// The token, where one is asked for.
    pub token: Option<Token>,
}

/// Why a server cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address cannot be listened on.
    #[error("{address}: cannot be listened on: {source}; give another by --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// No token can be had.
    #[error("{0}")]
    Token(String),
    /// The ledger cannot be made ready to be asked.
    #[error("{0}")]
    Ledger(String),
    /// The system gives no threads or signals.
    #[error("the server cannot start: {0}")]
    System(#[from] io::Error),
}

/// The address from which a request comes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client(pub SocketAddr);

/// Serves a desk until Ctrl-C, or until the system asks to end; `listening` is told where as soon as it listens.
///
/// # Errors
///
/// When the address cannot be listened on, the ledger cannot be read, or the system gives no threads.
pub fn serve(desk: Desk, settings: Settings, listening: impl FnOnce(&Bound)) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(run(Arc::new(desk), settings, listening));
    runtime.shutdown_timeout(GRACE);
    result
}

async fn run(desk: Arc<Desk>, settings: Settings, listening: impl FnOnce(&Bound)) -> Result<(), Error> {
    let failed = |source| Error::Listen { address: settings.listen, source };
    let listener = TcpListener::bind(settings.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let is_wide = !address.ip().to_canonical().is_loopback();
    let token = match settings.token {
        None if is_wide => Some(Token::made().map_err(Error::Token)?),
        token => token,
    };
    let gate = token.clone().map(Gate::new).transpose().map_err(Error::Token)?.map(Arc::new);
    let path = gate.as_ref().map_or_else(|| "/".to_owned(), |gate| gate.path());
    let shown =
        if address.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], address.port())) } else { address };
    let others = settings.hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
    let names = Names { others, only_loopback: !is_wide };
    // Signals are heard before anybody is told that there is a server to stop.
    let stop = stop()?;
    // A ledger that cannot be made ready is nothing to serve.
    let failed = {
        let desk = desk.clone();
        async move { desk.failed().await }
    };
    let mut failure = None;
    let stop = async { failure = either(failed, stop).await };
    listening(&Bound { address, link: format!("http://{shown}{path}"), token });
    accept(listener, router(desk, gate, names), stop).await;
    failure.map_or(Ok(()), |failure| Err(Error::Ledger(failure)))
}

/// All addresses, behind all guards.
fn router(desk: Arc<Desk>, gate: Option<Arc<Gate>>, names: Names) -> Router {
    let (api, described) = routes::api();
    let api = api
        .merge(document::routes(&described))
        .fallback(routes::nowhere)
        .method_not_allowed_fallback(routes::not_taken)
        .layer(from_fn_with_state(desk.clone(), routes::tagged))
        // Most who ask are on the same machine: packing must not take longer than sending.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(desk);
    Router::new()
        .nest("/api/v1", api)
        .fallback(page::page)
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, SLOWEST_ANSWER))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(small))
        .layer(from_fn_with_state(gate, token))
        .layer(from_fn_with_state(Arc::new(names), site))
        .layer(from_fn(headers))
}

/// Refuses a body that says that it is too large, before it comes.
async fn small(request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    match length.and_then(|length| length.parse::<usize>().ok()) {
        Some(length) if length > LARGEST_BODY => too_large().into_response(),
        _ => next.run(request).await,
    }
}

/// What is told of a body that is too large.
pub(crate) fn too_large() -> Failure {
    let message = "the text is longer than 4 MB; cut it, or add it with `detente add`";
    Failure::new(StatusCode::PAYLOAD_TOO_LARGE, message)
}

async fn accept(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = match either(next, stop.as_mut()).await {
            Some(next) => next,
            None => break,
        };
        let (stream, client) = match accepted {
            Ok(accepted) => accepted,
            Err(_) => {
                // Out of file handles, or the client is gone: others may be served again in a moment.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let connection = open.watch(connection(stream, client, &router));
        tokio::spawn(async move {
            // A client that breaks off is no fault.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, open.shutdown()).await;
}

fn connection(
    stream: TcpStream,
    client: SocketAddr,
    router: &Router,
) -> http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>> {
    let service = TowerToHyperService::new(router.clone().layer(Extension(Client(client))));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SLOWEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
}

/// What the one gives, or nothing where the other ends first.
async fn either<T>(one: impl Future<Output = T>, other: impl Future<Output = ()>) -> Option<T> {
    let (mut one, mut other) = (std::pin::pin!(one), std::pin::pin!(other));
    std::future::poll_fn(|context| {
        if other.as_mut().poll(context).is_ready() {
            return std::task::Poll::Ready(None);
        }
        one.as_mut().poll(context).map(Some)
    })
    .await
}

/// Ends when the user or the system asks the server to stop.
fn stop() -> Result<impl Future<Output = ()>, io::Error> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            either(interrupt.recv(), async { _ = terminate.recv().await }).await;
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            // Where no signal can be heard, only the end of the process stops it.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
    }
}
