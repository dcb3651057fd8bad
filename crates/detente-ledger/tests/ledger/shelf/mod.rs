//! A ledger in a folder of its own, and reports to add to it.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use detente_coder::{Act, Coded};
use detente_ledger::Ledger;
use detente_ledger::store::{Intake, Prepared, Vintage, uid};
use detente_text::{Article, Format, Origin, Stated, read_article};
use rusqlite::types::ValueRef;

use crate::news::{LEXICON, article, day};

/// A folder with room for one ledger; it goes with its test.
pub struct Shelf {
    folder: PathBuf,
    /// Where the ledger is.
    pub path: PathBuf,
}

/// An article and what it was coded to.
#[derive(Clone)]
pub struct Report {
    pub article: Article,
    pub coded: Coded,
}

impl Shelf {
    pub fn new() -> Shelf {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("shelf-{}-{number}", process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Shelf { path: folder.join("ledger.db"), folder }
    }

    /// The ledger, made where there is none.
    pub fn ledger(&self) -> Ledger {
        Ledger::open_or_create(&self.path).expect("a ledger")
    }

    /// A report of an outlet, with the acts that it tells.
    pub fn report(&self, outlet: &str, date: &str, words: &str, acts: Vec<Act>) -> Report {
        let mut read = read_article(words.as_bytes(), Format::Text, "report").expect("an article");
        read.source = Some(outlet.to_owned());
        read.date = Some(Stated::new(day(date), Origin::Record));
        read.id = uid(&read);
        let coded = article(&read.id, Some(date), acts, Vec::new());
        Report { article: read, coded }
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        // What cannot be removed lies in the folder of temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Report {
    pub fn prepare(&self) -> Prepared {
        intake().prepare(&self.article, "report", &self.coded).expect("it is made ready")
    }
}

pub fn vintage() -> Vintage {
    Vintage { version: "0".into(), lexicon: "1".into(), model: "2".into() }
}

pub fn intake() -> Intake<'static> {
    Intake::new(&LEXICON, vintage())
}

/// What reviewers said, and which acts that finds.
#[allow(dead_code, reason = "each test file uses its part")]
pub fn dump_of_review(ledger: &Ledger) -> String {
    rows(
        ledger,
        &[
            "SELECT id, reviewer, at, verdict, undoes, json FROM judgements",
            "SELECT article, judgement, act FROM targets",
            "SELECT kind, key, act, judgement FROM reached",
            "SELECT reviewed.act, judgement, articles.uid, counts FROM reviewed JOIN articles ON articles.id = reviewed.article",
        ],
    )
}

/// All that a ledger holds of articles, acts and affairs but for the numbers of its rows.
pub fn dump(ledger: &Ledger) -> String {
    rows(
        ledger,
        &[
            "SELECT uid, name, title, date, url, source, learned, notice, hex(texts.hash) FROM articles JOIN texts ON texts.id = text",
            "SELECT articles.uid, field, start, end, text FROM (SELECT article, field, start, end, text AS text FROM passages) AS p JOIN (SELECT id, uid FROM articles) AS articles ON articles.id = p.article",
            "SELECT articles.uid, acts.uid, pair, type, day, json FROM acts JOIN articles ON articles.id = acts.article",
            "SELECT articles.uid, act, kind, key, makes, json FROM sayings JOIN articles ON articles.id = sayings.article",
            "SELECT code, role, acts.uid FROM sides JOIN acts ON acts.id = sides.act",
            "SELECT acts.uid, field, start, end FROM evidence JOIN acts ON acts.id = evidence.act",
            "SELECT min(hex(a.hash), hex(b.hash)), max(hex(a.hash), hex(b.hash)), likeness FROM near JOIN texts AS a ON a.id = one JOIN texts AS b ON b.id = other",
            "SELECT act, same_as, why FROM merges",
            "SELECT act, by, kind FROM corrections",
            "SELECT act FROM splits",
            "SELECT id, kind, key, state, since, json FROM affairs",
            "SELECT code, affair FROM parties",
            "SELECT affair, number, act, article, state, date, moved FROM entries",
            "SELECT what, kind, key FROM stale",
        ],
    )
}

fn rows(ledger: &Ledger, queries: &[&str]) -> String {
    let connection = rusqlite::Connection::open(ledger.path()).expect("opened");
    let mut dump = String::new();
    for &sql in queries {
        let mut statement = connection.prepare(sql).expect(sql);
        let columns = statement.column_count();
        let mut rows: Vec<String> = statement
            .query_map([], |row| {
                let mut line = String::new();
                for column in 0..columns {
                    let _ = match row.get_ref(column)? {
                        ValueRef::Text(text) => write!(line, "{}|", String::from_utf8_lossy(text)),
                        other => write!(line, "{other:?}|"),
                    };
                }
                Ok(line)
            })
            .expect(sql)
            .collect::<rusqlite::Result<_>>()
            .expect(sql);
        rows.sort();
        let _ = writeln!(dump, "{sql}\n{}\n", rows.join("\n"));
    }
    dump
}

/// Lines that only one of two dumps has.
pub fn difference(one: &str, other: &str) -> Vec<String> {
    let missing = |from: &str, to: &str, mark: char| -> Vec<String> {
        from.lines()
            .filter(|line| !to.lines().any(|known| known == *line))
            .map(|line| format!("{mark} {line}"))
            .collect()
    };
    [missing(one, other, '-'), missing(other, one, '+')].concat()
}
