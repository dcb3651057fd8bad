//! Whom the server answers, and what it lets nobody do.

use std::net::SocketAddr;

use detente_serve::{Settings, Token};
use serde_json::json;

use crate::client::Server;

#[test]
fn a_web_site_cannot_ask() {
    let server = Server::shared();
    let port = server.bound.address.port();
    let own = format!("http://127.0.0.1:{port}");
    let neighbour = format!("http://127.0.0.1:{}", port.wrapping_add(1));
    for head in [
        ("Host", "desk.evil.example"),
        ("Host", "127.0.0.1.evil.example"),
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Origin", neighbour.as_str()),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ] {
        for (method, path, body) in
            [("GET", "/api/v1/status", ""), ("GET", "/", ""), ("POST", "/api/v1/code", "{\"text\":\"a\"}")]
        {
            let answer = server.ask(method, path, &[head], body);
            assert_eq!(answer.status, 403, "{head:?} {method} {path}: {}", answer.body);
            assert!(answer.header("access-control-allow-origin").is_none());
        }
    }
    for head in
        [("Origin", own.as_str()), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none"), ("Host", "localhost")]
    {
        assert_eq!(server.ask("GET", "/api/v1/status", &[head], "").status, 200, "{head:?}");
    }
    // A link in a mail opens the page, and only the page.
    let followed = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
    assert_eq!(server.ask("GET", "/", &followed, "").status, 200);
    assert_eq!(server.ask("POST", "/api/v1/code", &followed, "{\"text\":\"a\"}").status, 403);
}

#[test]
fn a_form_of_a_web_site_is_no_request() {
    let server = Server::shared();
    let head = [("Content-Type", "text/plain"), ("Content-Length", "12")];
    let answer = server.ask("POST", "/api/v1/code?", &head, "");
    assert_eq!(answer.status, 415, "{}", answer.body);
}

#[test]
fn browsers_are_told_what_to_refuse() {
    let server = Server::shared();
    for path in ["/", "/api/v1/status", "/api/v1/nothing", "/api/v1/docs", "/nothing.js"] {
        let answer = server.ask("GET", path, &[], "");
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

#[test]
fn the_page_has_addresses_of_its_own() {
    let server = Server::shared();
    for path in ["/", "/pair/QOR/QKE"] {
        let answer = server.ask("GET", path, &[], "");
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")), "{path}");
    }
    for path in ["/missing.js", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        assert_eq!(server.ask("GET", path, &[], "").status, 404, "{path}");
    }
    assert_eq!(server.ask("POST", "/", &[], "{}").status, 405);
}

#[test]
fn who_listens_wider_asks_for_a_token() {
    let everywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let server = Server::with(Settings { listen: everywhere, token: None, hosts: Vec::new() });
    let secret = server.bound.token.as_ref().expect("a token is made").secret().to_owned();
    let status = |head: &[(&str, &str)]| server.ask("GET", "/api/v1/status", head, "");
    let refused = status(&[]);
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")));
    assert!(refused.error().contains("token"));
    assert_eq!(server.ask("GET", "/", &[], "").status, 401, "the page is behind the token as well");
    assert_eq!(status(&[("Authorization", &format!("Bearer {secret}"))]).status, 200);
    assert_eq!(status(&[("Authorization", &format!("Bearer {secret}0"))]).status, 401);
    assert_eq!(status(&[("Authorization", &format!("Basic {secret}"))]).status, 401);
    // A wider server may be asked by any of its addresses, but by no name that it was not given.
    let bearer = format!("Bearer {secret}");
    assert_eq!(status(&[("Authorization", &bearer), ("Host", "10.1.2.3")]).status, 200);
    assert_eq!(status(&[("Authorization", &bearer), ("Host", "evil.example")]).status, 403);

    let path = server.bound.link.split_once("//").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
    let path = path.expect("a link");
    let opened = server.ask("GET", &path, &[], "");
    assert_eq!((opened.status, opened.header("location")), (303, Some("/")));
    let cookie = opened.header("set-cookie").expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().expect("its value").to_owned();
    assert_eq!(status(&[("Cookie", &format!("other=1; {cookie}"))]).status, 200);
    assert_eq!(server.ask("GET", &path, &[], "").status, 401, "the link works once");
}

#[test]
fn a_token_can_be_asked_for_anywhere_and_names_can_be_given() {
    let token = Token::given("0123456789abcdef").expect("a token");
    let settings = Settings {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        token: Some(token),
        hosts: vec!["Desk.Example.org".to_owned()],
    };
    let server = Server::with(settings);
    let head = [("Authorization", "Bearer 0123456789abcdef"), ("Host", "desk.example.org")];
    assert_eq!(server.ask("GET", "/api/v1/status", &[], "").status, 401);
    assert_eq!(server.ask("GET", "/api/v1/status", &head, "").status, 200);
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_comes() {
    let head = [("Content-Type", "application/json"), ("Content-Length", "50000000")];
    let answer = Server::shared().ask("POST", "/api/v1/code?", &head, "");
    assert_eq!(answer.status, 413, "{}", answer.body);
    assert!(answer.error().contains("4 MB"));
}

#[test]
fn hostile_words_stay_words() {
    let server = Server::start();
    let title = "Norway </script><script>alert(1)</script> \u{202e}warns";
    let source = "\"><img src=x onerror=alert(1)>";
    let url = "javascript:alert(1)";
    let text = "Norway imposed sanctions on Finland on Monday. <b onload=alert(1)>They</b> said =cmd|' /C calc'!A0.";
    let given = json!({"text": text, "title": title, "source": source, "url": url, "date": "2022-05-03"});
    let added = server.post("/articles", &given);
    assert_eq!((added.status, added.header("content-type")), (200, Some("application/json")), "{}", added.body);
    let id = added.json()["article"].as_str().expect("an id").to_owned();
    let article = server.json(&format!("/articles/{id}"));
    assert_eq!((&article["source"], &article["url"]), (&json!(source), &json!(url)));
    assert!(article["title"].as_str().expect("a title").contains("<script>alert(1)</script>"));
    let found = server.json("/search?q=sanctions%20Finland");
    assert!(found["items"][0]["text"].as_str().expect("words").contains("sanctions on Finland"));
    for path in [format!("/articles/{id}"), "/search?q=sanctions".to_owned(), "/acts?who=FIN".to_owned()] {
        let answer = server.get(&path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{path}");
    }
    let huge = "x".repeat(1_000_000);
    let long = json!({"text": "Norway met Finland on Monday.", "title": huge, "source": huge});
    let added = server.post("/articles", &long);
    assert!([200, 400].contains(&added.status), "{}", &added.body[..200.min(added.body.len())]);
}
