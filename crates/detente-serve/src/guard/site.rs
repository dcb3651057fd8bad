//! Refuses requests that a web site of somebody else makes through the user's browser.
//!
//! A site whose name was turned to this machine's address (DNS rebinding) names itself in `Host`. A page of another
//! origin is named in `Origin`, or in `Sec-Fetch-Site` where there is no origin.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::failure::Failure;

/// The names by which the server may be asked.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// Names besides `localhost`, in lower case.
    pub others: Vec<String>,
    /// Only addresses of this machine itself.
    pub only_loopback: bool,
}

impl Names {
    /// Tells whether a `Host` names this server: as `localhost`, by an address, or by a name that the user gave.
    fn has(&self, host: &str) -> bool {
        let name = host_name(host).trim_end_matches('.').to_ascii_lowercase();
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        match address {
            Ok(address) => !self.only_loopback || address.to_canonical().is_loopback(),
            Err(_) => name == "localhost" || self.others.contains(&name),
        }
    }
}

/// A host without its port.
fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => {
            if name.contains(':') && !name.ends_with(']') { host } else { name }
        }
        _ => host,
    }
}

/// Lets through what comes from the user or from the page of this server.
pub(crate) async fn site(State(names): State<Arc<Names>>, request: Request, next: Next) -> Response {
    match check(&names, &request) {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

fn check(names: &Names, request: &Request) -> Result<(), Failure> {
    let refused = |message: String| Failure::new(StatusCode::FORBIDDEN, message);
    let headers = request.headers();
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).filter(|_| hosts.next().is_none());
    let Some(host) = host.or_else(|| request.uri().authority().map(|authority| authority.as_str())) else {
        return Err(Failure::wrong("Host: is missing or given twice"));
    };
    if !names.has(host) {
        return Err(refused(format!(
            "Host: {host:?} is not a name of this server; ask for localhost or its address, or start it with --host"
        )));
    }
    match headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default()) {
        Some(origin) if is_own(origin, host) => Ok(()),
        Some(origin) => Err(refused(format!("Origin: pages of {origin:?} may not ask this server"))),
        None if is_foreign(headers, request.method()) => {
            Err(refused("Sec-Fetch-Site: pages of other sites may not ask this server".to_owned()))
        }
        None => Ok(()),
    }
}

fn is_own(origin: &str, host: &str) -> bool {
    let own = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    own.is_some_and(|own| own.eq_ignore_ascii_case(host))
}

/// Tells whether a browser says that a page of another site asks; a link to the page that the user follows may.
fn is_foreign(headers: &HeaderMap, method: &Method) -> bool {
    let word = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_followed = word("sec-fetch-mode") == Some("navigate")
        && word("sec-fetch-dest") == Some("document")
        && method == Method::GET;
    matches!(word("sec-fetch-site"), Some("cross-site" | "same-site")) && !is_followed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_server_are_hosts() {
        let names = Names { others: vec!["desk.example.org".to_owned()], only_loopback: true };
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:8080", "[::1]", "desk.example.org:1"] {
            assert!(names.has(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:8080", "10.0.0.1", "127.0.0.1.evil.example", "", "[::"] {
            assert!(!names.has(host), "{host}");
        }
        let wide = Names { others: Vec::new(), only_loopback: false };
        assert!(wide.has("10.0.0.1:8080") && !wide.has("evil.example:8080"));
    }

    #[test]
    fn an_origin_is_own_where_it_is_the_host() {
        assert!(is_own("http://127.0.0.1:8080", "127.0.0.1:8080"));
        assert!(!is_own("http://127.0.0.1:3000", "127.0.0.1:8080"));
        assert!(!is_own("null", "127.0.0.1:8080"));
    }
}
