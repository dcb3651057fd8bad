//! Ledgers of older versions still open, with all that they hold.

use std::fs;

use crate::news::*;
use crate::shelf::*;
use detente_coder::Act;
use detente_ledger::Ledger;
use detente_ledger::store::{Times, Who};
use rusqlite::Connection;

/// The tables as the first version made them.
const FIRST: &str = include_str!("../../src/store/schema/first.sql");

/// What the first step must stay: files of that version are in the world.
const FIRST_HASH: u64 = 0xb939_43d0_6242_556e;

fn deeds() -> Vec<(&'static str, Vec<Act>)> {
    let suspends = on(act(&["TUR"], "SANCTION", &["ARM"], "suspend talk", "talks on a border treaty"), "2024-05-01");
    let imposes = on(act(&["TUR"], "SANCTION", &["ARM"], "impose sanction", "sanctions"), "2024-05-01");
    vec![
        ("Turkey suspended talks on a border treaty with Armenia.", vec![suspends]),
        ("Turkey imposed sanctions on Armenia, it was said in Ankara.", vec![imposes.clone()]),
        ("Sanctions were put on Armenia by Turkey in the spring.", vec![imposes]),
    ]
}

/// Writes a file of the first version with all that a ledger of today holds of its tables.
fn as_first(now: &Shelf, old: &Shelf) {
    let file = Connection::open(&old.path).expect("made");
    file.execute_batch(FIRST).expect("the first step");
    file.pragma_update(None, "application_id", 0x4474_656e).expect("set");
    file.pragma_update(None, "user_version", 1).expect("set");
    file.pragma_update(None, "foreign_keys", false).expect("set");
    file.execute("ATTACH ?1 AS now", [now.path.to_str().expect("a path")]).expect("attached");
    let strings = |sql: &str| -> Vec<String> {
        let mut statement = file.prepare(sql).expect(sql);
        statement.query_map([], |row| row.get(0)).expect(sql).collect::<rusqlite::Result<_>>().expect(sql)
    };
    let tables = strings("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'words%'");
    assert!(tables.len() > 15, "{tables:?}");
    for table in tables {
        if table == "concerns" {
            // It knew each saying that concerns somebody.
            file.execute_batch(
                "INSERT INTO main.concerns (code, saying) SELECT code, id FROM now.concerns JOIN now.sayings USING (kind, key)",
            )
            .expect("copied");
            continue;
        }
        let columns = strings(&format!("SELECT name FROM pragma_table_info('{table}', 'main')")).join(", ");
        let copy = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}");
        file.execute_batch(&copy).expect(&copy);
    }
    // Ids were made otherwise.
    file.execute_batch(
        "UPDATE affairs SET id = 'abcdef00' || substr(id, 9); UPDATE parties SET affair = 'abcdef00' || substr(affair, 9);
         UPDATE entries SET affair = 'abcdef00' || substr(affair, 9); DETACH now;",
    )
    .expect("changed");
}

#[test]
fn a_ledger_of_the_first_version_is_brought_up_to_date() {
    let (now, old) = (Shelf::new(), Shelf::new());
    let mut ledger = now.ledger();
    for (number, (words, acts)) in deeds().into_iter().enumerate() {
        let report = now.report(["gazette", "herald", "courier"][number], "2024-05-02", words, acts);
        ledger.add(&intake(), &[report.prepare()], day("2024-06-01"), None).expect("added");
    }
    ledger.settle(&LEXICON).expect("settled");
    assert_eq!(ledger.merges().expect("merges").len(), 1, "two of the reports are one act");
    as_first(&now, &old);

    let mut opened = Ledger::open(&old.path).expect("it still opens");
    opened.settle(&LEXICON).expect("settled");
    assert_eq!(difference(&dump(&ledger), &dump(&opened)), Vec::<String>::new());
    assert!(opened.check().expect("checked").is_empty());
    // The id that an affair had is not lost.
    for affair in ledger.affairs(&Who::All, Times::default(), &LEXICON).expect("affairs") {
        let old_id = format!("abcdef00{}", &affair.id[8..]);
        let found = opened.affair(&old_id, Times::default(), &LEXICON).expect("found").expect("there");
        assert_eq!(found, affair);
    }
    // It can be added to.
    let report = old.report("gazette", "2024-05-09", "Turkey talked on.", Vec::new());
    opened.add(&intake(), &[report.prepare()], day("2024-06-02"), None).expect("added");
    let version: i64 = Connection::open(&old.path)
        .and_then(|file| file.query_row("PRAGMA user_version", [], |row| row.get(0)))
        .expect("read");
    assert!(version > 1);
}

#[test]
fn a_ledger_of_the_first_version_that_may_not_be_written_is_told_so() {
    let (now, old) = (Shelf::new(), Shelf::new());
    drop(now.ledger());
    as_first(&now, &old);
    let before = fs::read(&old.path).expect("read");
    let refused = Ledger::open_read_only(&old.path).expect_err("it cannot be brought up to date");
    assert!(matches!(refused, detente_ledger::store::Error::Older { found: 1, .. }), "{refused}");
    assert_eq!(fs::read(&old.path).expect("read"), before);
}

#[test]
fn the_first_step_is_never_changed() {
    assert_eq!(xxhash_rust::xxh3::xxh3_64(FIRST.as_bytes()), FIRST_HASH);
}
