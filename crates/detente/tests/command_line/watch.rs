//! `detente watch`: feeds of a server on this machine into a ledger.

#[path = "../../../detente-fetch/tests/server/mod.rs"]
mod server;

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::program::{Folder, Run, folder, run};
use server::{Reply, Server, answer};

const FEED: &str = "<rss version=\"2.0\"><channel><title>Strelsau Times</title>\
    <item><guid>w1</guid><title>Talks resume</title><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate>\
    <description>Kenya and Tanzania resumed talks on Monday.</description></item>\
    <item><guid>w2</guid><title>Ghana & Togo</title><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>\
    <description>Ghana accused Togo of letting smugglers cross the border.</description></item></channel></rss>";

/// A server whose feed does not change, and which has others that fail.
fn server() -> Server {
    Server::start(|head| match head.split(' ').nth(1).unwrap() {
        "/feed" if head.contains("if-none-match: \"v1\"") => answer("304 Not Modified", "", b""),
        "/feed" => answer("200 OK", "ETag: \"v1\"\r\n", FEED.as_bytes()),
        "/page" => answer("200 OK", "", b"<!doctype html><p>Kenya and Uganda resumed talks on Monday.</p>"),
        "/endless" => {
            let start = format!("HTTP/1.1 200 OK\r\n\r\n{}", FEED.replace("</channel></rss>", ""));
            Reply::Endless(start.into_bytes(), vec![b' '; 65_536])
        }
        "/dead" => Reply::Bytes(Vec::new()),
        _ => answer("404 Not Found", "", b""),
    })
}

/// A server whose feed fails when it is asked for changes first.
fn failing_once() -> Server {
    let asked = AtomicUsize::new(0);
    Server::start(move |head| match head.split(' ').nth(1).unwrap() {
        "/feed" if head.contains("if-none-match: \"v1\"") => match asked.fetch_add(1, Ordering::Relaxed) {
            0 => answer("500 Internal Server Error", "", b""),
            _ => answer("304 Not Modified", "", b""),
        },
        "/feed" => answer("200 OK", "ETag: \"v1\"\r\n", FEED.as_bytes()),
        _ => answer("404 Not Found", "", b""),
    })
}

fn watch(folder: &Folder, more: &[&str], feeds: &[String]) -> Run {
    let ledger = folder.write("keep", b"").replace("keep", "news.detente");
    let feeds: Vec<&str> = feeds.iter().map(String::as_str).collect();
    run(&[&["watch", "--once", &ledger], more, &feeds].concat())
}

#[test]
fn what_is_new_is_added_once() {
    let (server, folder) = (server(), folder());
    let feed = server.at("/feed");
    let first = watch(&folder, &["--allow-private"], std::slice::from_ref(&feed));
    assert_eq!(first.status, 0, "{first:?}");
    assert_eq!(first.stdout, format!("{feed}: 2 articles added, 0 known\n"));
    let again = watch(&folder, &["--allow-private"], std::slice::from_ref(&feed));
    assert_eq!(again.stdout, format!("{feed}: unchanged\n"), "a restart asks for changes alone: {again:?}");
    let ledger = folder.write("keep", b"").replace("keep", "news.detente");
    let found = run(&["show", &ledger, "GHA", "TGO"]);
    assert!(found.stdout.contains("ACCUSE"), "{found:?}");
    // Nothing but the feed and the site's rules is asked for.
    assert!(
        server.requests().iter().all(|head| head.starts_with("get /feed ") || head.starts_with("get /robots.txt "))
    );
}

#[test]
fn what_failed_with_a_feed_is_over_when_it_answers() {
    let (server, folder) = (failing_once(), folder());
    let feed = server.at("/feed");
    let ledger = folder.write("keep", b"").replace("keep", "news.detente");
    let status = || crate::program::run(&["status", &ledger]).stdout;
    for (told, fails) in [("2 articles added", false), ("answers 500", true), ("unchanged", false)] {
        let run = watch(&folder, &["--allow-private"], std::slice::from_ref(&feed));
        assert!(run.stdout.contains(told) || run.stderr.contains(told), "{told}: {run:?}");
        assert_eq!(status().contains("answers 500"), fails, "{told}: {}", status());
    }
}

#[test]
fn private_networks_are_not_asked() {
    let (server, folder) = (server(), folder());
    let run = watch(&folder, &[], &[server.at("/feed")]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("not public") && run.stderr.contains("--allow-private"), "{run:?}");
    assert!(server.requests().is_empty());
}

#[test]
fn what_is_no_address_leaves_no_trace() {
    let folder = folder();
    for (words, told) in [("ftp://example.org/feed", "not ftp"), ("example.org/feed", "begins with https://")] {
        let run = watch(&folder, &[], &[words.to_owned()]);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.contains(words) && run.stderr.contains(told), "{run:?}");
    }
    assert!(!std::path::Path::new(&folder.path("news.detente")).exists());
}

#[test]
fn feeds_that_fail_do_not_keep_the_others() {
    let (server, folder) = (server(), folder());
    let feeds = ["/dead", "/gone", "/page", "/feed"].map(|path| server.at(path));
    let run = watch(&folder, &["--allow-private"], &feeds);
    assert_eq!(run.status, 1, "{run:?}");
    for words in ["/dead: ", "/gone: the server answers 404", "/page: no RSS or Atom feed"] {
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
    assert!(run.stdout.contains("/feed: 2 articles added"), "{run:?}");
    assert!(!run.stdout.contains("/page: 1 article added"), "{run:?}");
    let ledger = folder.write("keep", b"").replace("keep", "news.detente");
    let status = crate::program::run(&["status", &ledger]);
    assert!(status.stdout.contains("/gone"), "{status:?}");
}

#[test]
fn a_feed_that_never_ends_gives_what_it_can() {
    let (server, folder) = (server(), folder());
    let run = watch(&folder, &["--allow-private"], &[server.at("/endless")]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stderr.contains("longer than 16777216 bytes"), "{run:?}");
    assert!(run.stdout.contains("articles added"), "{run:?}");
}
