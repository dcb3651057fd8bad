//! The start: the server listens before the ledger is read, and tells what keeps it from being read.

use std::fs;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use crate::client::{Server, unsettled};

#[test]
fn who_asks_before_the_ledger_is_read_waits_for_it() {
    let path = unsettled("unread.db");
    // As long as another program writes, the server cannot settle the ledger, and so cannot read it.
    let other = Connection::open(&path).expect("a connection");
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
    let (server, _) = Server::on(path, Server::alone());
    assert_eq!(server.ask("GET", "/", &[], "").status, 200, "the page is there at once");
    let (first, code) = thread::scope(|scope| {
        let asked = scope.spawn(|| server.get("/pairs"));
        // A text is coded without the ledger.
        let code = server.ask("POST", "/api/v1/code", &[], "{\"text\": \"Norway met Finland on Monday.\"}");
        thread::sleep(Duration::from_millis(300));
        assert!(!asked.is_finished(), "nothing is told of a ledger that is not read");
        other.execute_batch("COMMIT").expect("the lock is given back");
        (asked.join().expect("an answer"), code)
    });
    assert_eq!((first.status, code.status), (200, 200), "{} {}", first.body, code.body);
    assert_eq!(first.json()["total"], Server::shared().json("/pairs")["total"]);
}

#[test]
fn a_ledger_that_cannot_be_read_ends_the_server() {
    let path = Server::start().ledger;
    let broken = path.with_file_name("broken.db");
    fs::copy(&path, &broken).expect("a copy");
    Connection::open(&broken).and_then(|file| file.execute_batch("DROP TABLE sayings")).expect("a table less");
    let (_, thread) = Server::on(broken, Server::alone());
    let error = thread.join().expect("it ends").expect_err("it tells why").to_string();
    assert!(error.contains("broken.db") && error.contains("sayings"), "{error}");
}
