//! What is fetched from a server, and what is refused.

mod server;

use std::time::{Duration, Instant};

use detente_fetch::{Error, ErrorKind, Fetched, Fetcher, Policy, Validators};
use server::{Reply, Server, answer};

/// A fetcher for a server of a test.
fn fetcher(change: impl FnOnce(&mut Policy)) -> Fetcher {
    let mut policy = Policy::new("detente", "detente/0 (test)");
    policy.allow_private = true;
    policy.interval = Duration::ZERO;
    change(&mut policy);
    Fetcher::new(policy)
}

fn fetch(server: &Server, path: &str) -> Result<Fetched, Error> {
    fetcher(|_| {}).fetch(&server.at(path), &Validators::default())
}

/// The content and why it is cut.
fn content(fetched: Fetched) -> (Vec<u8>, Option<Error>, Validators) {
    match fetched {
        Fetched::Content { bytes, cut, validators, .. } => (bytes, cut, validators),
        Fetched::Unchanged => panic!("nothing was sent"),
    }
}

/// The paths of all requests so far, but for robots.txt.
fn paths(server: &Server) -> Vec<String> {
    let path = |head: String| head.split(' ').nth(1).unwrap().to_owned();
    server.requests().into_iter().map(path).filter(|path| path != "/robots.txt").collect()
}

/// A server that forbids nothing.
fn open(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |head| match head.starts_with("get /robots.txt ") {
        true => answer("404 Not Found", "", b""),
        false => reply(head),
    })
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = open(|head| {
        if head.contains("if-none-match: \"v1\"") && head.contains("if-modified-since: sun, 03 nov 2024 10:00:00 gmt") {
            return answer("304 Not Modified", "", b"");
        }
        answer("200 OK", "ETag: \"v1\"\r\nLast-Modified: Sun, 03 Nov 2024 10:00:00 GMT\r\n", b"<rss/>")
    });
    let mut fetcher = fetcher(|_| {});
    let (bytes, cut, validators) = content(fetcher.fetch(&server.at("/feed"), &Validators::default()).unwrap());
    assert_eq!((bytes.as_slice(), cut.is_none()), (&b"<rss/>"[..], true));
    assert!(matches!(fetcher.fetch(&server.at("/feed"), &validators).unwrap(), Fetched::Unchanged));
    let requests = server.requests();
    assert_eq!(requests.iter().filter(|head| head.starts_with("get /robots.txt ")).count(), 1);
    assert!(requests.iter().all(|head| head.contains("user-agent: detente/0 (test)")), "{requests:?}");
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let server = open(|_| answer("200 OK", "", b"x"));
    let mut careful = fetcher(|policy| policy.allow_private = false);
    for address in [server.at("/"), server.at("/").replace("127.0.0.1", "localhost"), "http://[::1]:9/".to_owned()] {
        let error = careful.fetch(&address, &Validators::default()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Private), "{error:?}");
    }
    assert!(server.requests().is_empty());
    assert!(fetch(&server, "/").is_ok());
}

#[test]
fn only_http_and_https_are_fetched() {
    for (address, words) in [
        ("file:///etc/passwd", "not file"),
        ("ftp://strelsau.example/", "not ftp"),
        ("strelsau.example/feed", "not an address"),
    ] {
        let error = fetcher(|_| {}).fetch(address, &Validators::default()).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    let server = open(|_| answer("302 Found", "Location: file:///etc/passwd\r\n", b""));
    assert!(matches!(fetch(&server, "/").unwrap_err().kind(), ErrorKind::Scheme(_)));
}

#[test]
fn redirects_are_followed_a_few_times_and_checked() {
    let server = open(|head| match head.split(' ').nth(1).unwrap() {
        "/old" => answer("301 Moved Permanently", "Location: /new?x=1\r\n", b""),
        "/new?x=1" => answer("200 OK", "", b"here"),
        "/loop" => answer("302 Found", "Location: /loop\r\n", b""),
        "/moved" => answer("302 Found", "Location: /gone\r\n", b""),
        _ => answer("404 Not Found", "", b""),
    });
    assert_eq!(content(fetch(&server, "/old").unwrap()).0, b"here");
    assert!(matches!(fetch(&server, "/loop").unwrap_err().kind(), ErrorKind::Redirects { limit: 5 }));
    assert_eq!(paths(&server).iter().filter(|path| *path == "/loop").count(), 6);
    let gone = fetch(&server, "/gone").unwrap_err();
    assert!(matches!(gone.kind(), ErrorKind::Status { status: 404, .. }));
    assert_eq!(gone.to_string(), format!("{}: the server answers 404", server.at("/gone")));
    let moved = fetch(&server, "/moved").unwrap_err().to_string();
    assert_eq!(moved, format!("{}: it leads to {}: the server answers 404", server.at("/moved"), server.at("/gone")));
}

#[test]
fn robots_are_heeded_also_where_a_redirect_leads() {
    let server = Server::start(|head| match head.split(' ').nth(1).unwrap() {
        "/robots.txt" => {
            answer("200 OK", "", b"User-agent: *\nDisallow: /\n\nUser-agent: detente\nDisallow: /private\n")
        }
        "/open" => answer("302 Found", "Location: /private/feed\r\n", b""),
        _ => answer("200 OK", "", b"x"),
    });
    assert!(fetch(&server, "/feed").is_ok());
    for path in ["/private/feed", "/open"] {
        assert!(matches!(fetch(&server, path).unwrap_err().kind(), ErrorKind::Forbidden), "{path}");
    }
    assert!(!paths(&server).contains(&"/private/feed".to_owned()));
    let down = Server::start(|_| answer("503 Service Unavailable", "Retry-After: 120\r\n", b""));
    let error = fetch(&down, "/feed").unwrap_err();
    assert!(error.may_pass() && error.retry_after() == Some(Duration::from_secs(120)), "{error:?}");
    assert!(paths(&down).is_empty());
}

#[test]
fn an_answer_that_never_ends_is_cut() {
    let endless = open(|_| Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n<rss>".to_vec(), vec![b' '; 4096]));
    let mut small = fetcher(|policy| policy.size = 100_000);
    let (bytes, cut, validators) = content(small.fetch(&endless.at("/"), &Validators::default()).unwrap());
    assert_eq!(bytes.len(), 100_000);
    assert!(matches!(cut.unwrap().kind(), ErrorKind::TooLong { limit: 100_000 }));
    assert_eq!(validators, Validators::default());
}

#[test]
fn a_server_that_falls_silent_is_left() {
    let mut hasty = fetcher(|policy| policy.time = Duration::from_millis(400));
    let started = Instant::now();
    let silent = open(|_| Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>".to_vec(), Vec::new()));
    let (bytes, cut, _) = content(hasty.fetch(&silent.at("/"), &Validators::default()).unwrap());
    assert_eq!(bytes, b"<rss>");
    assert!(matches!(cut.unwrap().kind(), ErrorKind::TooSlow(_)));
    let mute = open(|_| Reply::Endless(Vec::new(), Vec::new()));
    let error = hasty.fetch(&mute.at("/"), &Validators::default()).unwrap_err();
    assert!(error.may_pass(), "{error:?}");
    // It would be a minute if nobody looked at the clock.
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_dead_server_is_named() {
    let server = open(|_| Reply::Bytes(Vec::new()));
    let error = fetch(&server, "/feed").unwrap_err();
    assert!(error.may_pass() && error.to_string().starts_with(&server.at("/feed")), "{error}");
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = fetcher(|_| {}).fetch(&format!("http://{nobody}/"), &Validators::default()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connection(_)), "{error:?}");
}

#[test]
fn a_host_is_not_asked_too_often() {
    let server = open(|_| answer("200 OK", "", b"x"));
    let mut slow = fetcher(|policy| policy.interval = Duration::from_millis(60));
    let started = Instant::now();
    for _ in 0..3 {
        slow.fetch(&server.at("/"), &Validators::default()).unwrap();
    }
    // Four requests, with the one for robots.txt.
    assert!(started.elapsed() >= Duration::from_millis(180));
}
