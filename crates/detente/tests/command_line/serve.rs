//! `detente serve` from the start to a clean end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// Starts the server; gives it, what it said first and the address it named.
fn start(arguments: &[&str]) -> (Child, String, String) {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("serve-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let ledger = folder.join(format!("{}.db", arguments.join("").replace(['.', ':', '-'], "")));
    let mut server = Command::new(env!("CARGO_BIN_EXE_detente"))
        .arg("serve")
        .arg(&ledger)
        .args(arguments)
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut said = BufReader::new(server.stderr.take().expect("its standard error"));
    let mut first = String::new();
    said.read_line(&mut first).expect("it says where it serves");
    let address = first.split_whitespace().find(|word| word.contains(':') && word.contains('.')).expect("an address");
    let address = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
    (server, first, address)
}

fn ask(address: &str, head: &str) -> String {
    let port = address.rsplit(':').next().expect("a port");
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).expect("a connection");
    // In one piece: the server may answer and close before the second one.
    let request = format!("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{head}\r\n");
    stream.write_all(request.as_bytes()).expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[cfg(unix)]
fn terminate(mut server: Child) -> Option<i32> {
    let told = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().expect("kill runs");
    assert!(told.success());
    server.wait().expect("it ends").code()
}

#[cfg(unix)]
#[test]
fn it_serves_a_new_ledger_until_it_is_told_to_stop() {
    let (server, first, address) = start(&["--listen", "127.0.0.1:0"]);
    assert!(first.contains("serving at http://127.0.0.1:"), "{first}");
    let answer = ask(&address, "");
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"articles\":0"), "{answer}");
    assert_eq!(terminate(server), Some(0));
}

#[cfg(unix)]
#[test]
fn a_wider_address_asks_for_the_token_that_it_was_given() {
    let (server, first, address) = start(&["--listen", "0.0.0.0:0", "--token", "0123456789abcdef"]);
    assert!(first.contains("serving on 0.0.0.0:"), "{first}");
    assert!(ask(&address, "").starts_with("HTTP/1.1 401"));
    assert!(ask(&address, "Authorization: Bearer 0123456789abcdef\r\n").starts_with("HTTP/1.1 200"));
    assert_eq!(terminate(server), Some(0));
}

#[test]
fn what_cannot_be_served_is_told() {
    let serve = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_detente")).arg("serve").args(arguments).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = serve(&["x.db", "--token", "short"]);
    assert!(code == Some(2) && said.contains("at least 16 characters"), "{said}");
    let (code, said) = serve(&[env!("CARGO_MANIFEST_DIR"), "--listen", "127.0.0.1:0"]);
    assert!(code == Some(1) && said.contains("hint:"), "{said}");
}
