//! The tables of a ledger, and how those of older versions become those of this one.

use rusqlite::{Connection, TransactionBehavior};

/// "Dten": what tells the file from other SQLite files.
pub const APPLICATION: i64 = 0x4474_656e;

/// What makes each schema from the one before. A step that was released is never changed; a new one is added.
pub const STEPS: &[&str] = &[FIRST, NAMES];

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
