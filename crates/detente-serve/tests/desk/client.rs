//! A server on a ledger of its own, and a client that speaks to it over a socket.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
use std::time::Duration;
use std::{env, fs, process, thread};

use detente_coder::Coder;
use detente_grammar::Grammar;
use detente_ledger::Ledger;
use detente_ledger::store::{Intake, Vintage, uid};
use detente_lexicon::Lexicon;
use detente_serve::{Bound, Desk, Settings, serve};
use detente_text::{Article, Records};
use jiff::civil::Date;
use serde_json::Value;

/// A running server; it ends with the test program.
pub struct Server {
    pub bound: Bound,
    /// Its ledger's file.
    pub ledger: PathBuf,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

/// The examples folder of the project.
fn chain() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/chain")
}

/// The lexicon of the chain.
pub fn lexicon() -> Lexicon {
    Lexicon::builtin_with_overlay(&chain().join("lexicon")).expect("a lexicon")
}

fn coder() -> Coder {
    Coder::new(Grammar::from_bytes(detente_model::grammar_bytes()).expect("a grammar"), lexicon())
}

fn vintage() -> Vintage {
    Vintage { version: "1".into(), lexicon: "2".into(), model: "3".into() }
}

/// The folder of this run's ledgers.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("desk-{}", process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
});

/// A ledger of the chain, not yet settled, that learned each article on a day.
fn chain_ledger(name: &str, coder: &Coder, learned: impl Fn(&Article) -> Date) -> (PathBuf, Ledger) {
    let path = FOLDER.join(name);
    let intake = Intake::new(coder.lexicon(), vintage());
    let mut ledger = Ledger::create(&path).expect("a ledger");
    for outlet in ["meridian-wire", "velmar-gazette", "dorvak-tribune"] {
        let bytes = fs::read(chain().join(format!("{outlet}.jsonl"))).expect("articles");
        for article in Records::new(bytes.as_slice()) {
            let mut article = article.expect("an article");
            let name = std::mem::take(&mut article.id);
            article.id = uid(&article);
            let coded = coder.code(&article);
            let prepared = intake.prepare(&article, &name, &coded).expect("it is made ready");
            ledger.add(&intake, &[prepared], learned(&article), None).expect("it is added");
        }
    }
    (path, ledger)
}

fn one_day(_: &Article) -> Date {
    "2023-04-01".parse().expect("a day")
}

/// The ledger of the chain, made once and copied for each server.
static CHAIN: LazyLock<PathBuf> = LazyLock::new(|| {
    let coder = coder();
    let (path, mut ledger) = chain_ledger("chain.db", &coder, one_day);
    ledger.settle(coder.lexicon()).expect("it is settled");
    path
});

/// A ledger that nobody settled yet.
pub fn unsettled(name: &str) -> PathBuf {
    chain_ledger(name, &coder(), one_day).0
}

impl Server {
    /// A server for this machine alone.
    pub fn start() -> Server {
        Server::with(Server::alone())
    }

    /// A server with settings of its own, on a copy of the ledger.
    pub fn with(settings: Settings) -> Server {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = CHAIN.with_file_name(format!("copy-{number}.db"));
        fs::copy(&*CHAIN, &path).expect("a copy");
        Server::on(path, settings).0
    }

    /// A server on a ledger that learned of each article on the day on which it came out.
    pub fn learning_day_by_day() -> Server {
        let coder = coder();
        let came_out = |article: &Article| article.date.as_ref().map_or_else(|| one_day(article), |date| date.value);
        let (path, mut ledger) = chain_ledger("day-by-day.db", &coder, came_out);
        ledger.settle(coder.lexicon()).expect("it is settled");
        Server::on(path, Server::alone()).0
    }

    /// Settings of a server for this machine alone.
    pub fn alone() -> Settings {
        Settings { listen: SocketAddr::from(([127, 0, 0, 1], 0)), token: None, hosts: Vec::new() }
    }

    /// A server on a ledger, and the thread that ends with it.
    pub fn on(ledger: PathBuf, settings: Settings) -> (Server, JoinHandle<Result<(), detente_serve::Error>>) {
        let desk = Desk::open(&ledger, coder(), vintage()).expect("a desk");
        let (tell, told) = channel();
        let thread =
            thread::spawn(move || serve(desk, settings, |bound| tell.send(bound.clone()).expect("the test waits")));
        let bound = told.recv_timeout(Duration::from_secs(60)).expect("the server listens");
        (Server { bound, ledger }, thread)
    }

    /// One server for all tests that only read.
    pub fn shared() -> Arc<Server> {
        static SHARED: LazyLock<Arc<Server>> = LazyLock::new(|| Arc::new(Server::start()));
        SHARED.clone()
    }

    fn port(&self) -> u16 {
        self.bound.address.port()
    }

    /// Asks by a method for a path, with more lines of the head and a body.
    pub fn ask(&self, method: &str, path: &str, head: &[(&str, &str)], body: &str) -> Answer {
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !head.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: 127.0.0.1:{}\r\n", self.port()));
        }
        if !body.is_empty() {
            text.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        head.iter().for_each(|(name, value)| text.push_str(&format!("{name}: {value}\r\n")));
        text.push_str("\r\n");
        text.push_str(body);
        let mut stream = TcpStream::connect(("127.0.0.1", self.port())).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time limit");
        stream.write_all(text.as_bytes()).expect("the request is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        Answer::read(&bytes)
    }

    /// Asks for an address of the API.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", &format!("/api/v1{path}"), &[], "")
    }

    /// Asks for an address of the API that answers with an object.
    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    /// Sends an object to an address of the API.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", &format!("/api/v1{path}"), &[], &body.to_string())
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, body: String::from_utf8_lossy(&bytes[end + 4..]).into_owned(), head }
    }

    /// A line of the head, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            (key.to_lowercase() == name).then(|| value.trim())
        })
    }

    /// The body as an object.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// What the server says is wrong.
    pub fn error(&self) -> String {
        self.json()["error"].as_str().expect("an error").to_owned()
    }
}
