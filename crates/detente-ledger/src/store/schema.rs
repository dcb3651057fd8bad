//! The tables of a ledger, and how those of older versions become those of this one.

use rusqlite::{Connection, TransactionBehavior};

/// "Dten": what tells the file from other SQLite files.
pub const APPLICATION: i64 = 0x4474_656e;

/// What makes each schema from the one before. A step that was released is never changed; a new one is added.
pub const STEPS: &[&str] = &[FIRST, NAMES, REVIEW, REACHED, PAIRS];

/// The vintage under which judged articles keep their acts as reviewers leave them.
pub const REVIEWED: i64 = 0;

/// The schema that this version writes.
pub const NEWEST: i64 = STEPS.len() as i64;

/// Brings the tables to the newest schema, in one transaction.
pub fn migrate(connection: &mut Connection, from: i64) -> rusqlite::Result<()> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited.
    let now: i64 = change.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in STEPS.iter().skip(usize::try_from(now.max(from)).unwrap_or(usize::MAX)) {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", NEWEST)?;
    change.commit()
}

/// The tables of the first version.
const FIRST: &str = include_str!("schema/first.sql");

/// Ids that last, corrections of other outlets, feeds that are asked for changes.
const NAMES: &str = include_str!("schema/names.sql");

/// What reviewers say, and what it makes of the acts.
const REVIEW: &str = include_str!("schema/review.sql");

/// Judgements hold for reports that come later.
const REACHED: &str = include_str!("schema/reached.sql");

/// Acts are found by any of their sides.
const PAIRS: &str = include_str!("schema/pairs.sql");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_of_the_first_schema_is_brought_up_to_date() {
        let mut connection = Connection::open_in_memory().expect("a database");
        connection.execute_batch("PRAGMA foreign_keys = ON").expect("set");
        connection.execute_batch(FIRST).expect("the first schema");
        connection
            .execute_batch(
                "INSERT INTO vintages (version, lexicon, model) VALUES ('0', '1', '2');
                 INSERT INTO texts (hash) VALUES (x'00');
                 INSERT INTO articles (uid, name, learned, text, vintage, body) VALUES ('a', 'a', '2024-05-01', 1, 1, x'');
                 INSERT INTO stale (what, kind, key) VALUES ('acts', 'AID', 'ARM TUR');
                 PRAGMA user_version = 1;",
            )
            .expect("rows");
        migrate(&mut connection, 1).expect("it is brought up to date");
        let row = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0));
        assert_eq!(row("SELECT key FROM stale").as_deref(), Ok("ARM TUR"));
        assert_eq!(row("SELECT uid FROM articles WHERE vintage = 1 AND coded IS NULL").as_deref(), Ok("a"));
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a number");
        assert_eq!(version, NEWEST);
        let changed = connection.execute_batch(
            "INSERT INTO judgements (id, reviewer, at, verdict, json) VALUES ('j', 'Anna', 0, 'reject', '{}');
             UPDATE judgements SET reviewer = 'Ben';",
        );
        assert!(changed.is_err_and(|error| error.to_string().contains("never changed")));
    }
}
