//! The tables of a ledger, and how those of older versions become those of this one.

use rusqlite::{Connection, TransactionBehavior};

/// "Dten": what tells the file from other SQLite files.
pub const APPLICATION: i64 = 0x4474_656e;

/// What makes each schema from the one before. A step that was released is never changed; a new one is added.
pub const STEPS: &[&str] = &[FIRST, REVIEW];

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

const FIRST: &str = "
-- Which version, lexicon and model coded what.
CREATE TABLE vintages (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    lexicon TEXT NOT NULL,
    model TEXT NOT NULL,
    UNIQUE (version, lexicon, model)
) STRICT;

-- The words of articles. Articles with the very same words share one.
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    signature BLOB
) STRICT;

-- Where texts may meet: two with a hash in common are compared.
CREATE TABLE bands (
    hash INTEGER NOT NULL,
    text INTEGER NOT NULL REFERENCES texts,
    PRIMARY KEY (hash, text)
) STRICT, WITHOUT ROWID;

-- Texts that say nearly the same, one < other.
CREATE TABLE near (
    one INTEGER NOT NULL REFERENCES texts,
    other INTEGER NOT NULL REFERENCES texts,
    likeness REAL NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX near_other ON near (other);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT,
    date TEXT,
    url TEXT,
    source TEXT,
    learned TEXT NOT NULL,
    -- What it says of itself: nothing, or that it corrects or retracts an earlier report.
    notice TEXT CHECK (notice IN ('correction', 'retraction')),
    text INTEGER NOT NULL REFERENCES texts,
    vintage INTEGER NOT NULL REFERENCES vintages,
    -- The article as it was read, compressed: what is coded anew.
    body BLOB NOT NULL
) STRICT;
CREATE INDEX articles_text ON articles (text);
CREATE INDEX articles_vintage ON articles (vintage);
CREATE INDEX articles_date ON articles (date);
CREATE INDEX articles_learned ON articles (learned);

-- Sentences that show an act or a circumstance.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (article, field, start, end)
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'passages', content_rowid = 'id', tokenize = \"porter unicode61 remove_diacritics 2\"
);
CREATE TRIGGER words_of_passages AFTER INSERT ON passages BEGIN
    INSERT INTO words (rowid, text) VALUES (new.id, new.text);
END;

-- What articles report, as it was coded. Rows are added and never changed.
CREATE TABLE acts (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles,
    vintage INTEGER NOT NULL REFERENCES vintages,
    -- Its sides, in order of the alphabet.
    pair TEXT NOT NULL,
    type TEXT NOT NULL,
    quad INTEGER NOT NULL,
    scale REAL NOT NULL,
    factuality TEXT NOT NULL,
    epoch TEXT NOT NULL,
    date TEXT,
    date_precision TEXT NOT NULL,
    -- The day to which it belongs: its own, or that of the article for what is news.
    day TEXT,
    confidence REAL NOT NULL,
    lemmas TEXT NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (uid, vintage)
) STRICT;
CREATE INDEX acts_pair ON acts (pair, type, day);
CREATE INDEX acts_article ON acts (article, vintage);
CREATE INDEX acts_day ON acts (day);

CREATE TABLE sides (
    code TEXT NOT NULL,
    act INTEGER NOT NULL REFERENCES acts,
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'third')),
    PRIMARY KEY (code, act, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX sides_act ON sides (act);

-- The words that show an act, and where the article says it again.
CREATE TABLE evidence (
    act INTEGER NOT NULL REFERENCES acts,
    passage INTEGER REFERENCES passages,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (act, field, start, end)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_passage ON evidence (passage);

-- Circumstances, as they were coded.
CREATE TABLE standings (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles,
    vintage INTEGER NOT NULL REFERENCES vintages,
    json TEXT NOT NULL
) STRICT;
CREATE INDEX standings_article ON standings (article, vintage);

-- What acts and circumstances say of affairs, by the machines of the lexicon of their vintage.
CREATE TABLE sayings (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles,
    vintage INTEGER NOT NULL REFERENCES vintages,
    act TEXT,
    kind TEXT NOT NULL,
    key TEXT,
    makes INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT;
CREATE INDEX sayings_key ON sayings (kind, key);
CREATE INDEX sayings_article ON sayings (article, kind);
CREATE INDEX sayings_act ON sayings (act) WHERE act IS NOT NULL;

CREATE TABLE concerns (
    code TEXT NOT NULL,
    saying INTEGER NOT NULL REFERENCES sayings,
    PRIMARY KEY (code, saying)
) STRICT, WITHOUT ROWID;

-- What the user decided: acts that are reports of nothing else.
CREATE TABLE splits (
    act TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Reports of one act. Computed, like all that follows.
CREATE TABLE merges (
    act TEXT PRIMARY KEY,
    same_as TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merges_same_as ON merges (same_as);

-- Acts that another act denies, or that their own outlet corrected or retracted.
CREATE TABLE corrections (
    act TEXT NOT NULL,
    by TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('denied', 'corrected', 'retracted')),
    PRIMARY KEY (act, by)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrections_by ON corrections (by);

CREATE TABLE affairs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX affairs_key ON affairs (kind, key);

CREATE TABLE parties (
    code TEXT NOT NULL,
    affair TEXT NOT NULL REFERENCES affairs ON DELETE CASCADE,
    PRIMARY KEY (code, affair)
) STRICT, WITHOUT ROWID;
CREATE INDEX parties_affair ON parties (affair);

CREATE TABLE entries (
    affair TEXT NOT NULL REFERENCES affairs ON DELETE CASCADE,
    number INTEGER NOT NULL,
    act TEXT,
    article TEXT NOT NULL,
    state TEXT,
    date TEXT,
    moved INTEGER NOT NULL,
    PRIMARY KEY (affair, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_act ON entries (act) WHERE act IS NOT NULL;

-- What has to be computed anew: merges of a pair and type, affairs of a kind and key.
CREATE TABLE stale (
    what TEXT NOT NULL CHECK (what IN ('acts', 'affairs')),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (what, kind, key)
) STRICT, WITHOUT ROWID;

-- How far each source was read.
CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    read INTEGER NOT NULL,
    added INTEGER NOT NULL,
    fed TEXT NOT NULL,
    is_done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE failures (
    source TEXT NOT NULL,
    message TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (source, message)
) STRICT, WITHOUT ROWID;
";

const REVIEW: &str = "
-- What stands under this vintage is as reviewers leave it.
INSERT INTO vintages (id, version, lexicon, model) VALUES (0, 'reviewed', '', '');

-- The vintage that coded a judged article; its `vintage` then is 0.
ALTER TABLE articles ADD COLUMN coded INTEGER REFERENCES vintages;

-- What reviewers say. Rows are added and never changed; what takes one back is a row too.
CREATE TABLE judgements (
    id TEXT PRIMARY KEY,
    reviewer TEXT NOT NULL,
    -- Microseconds since 1970.
    at INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct', 'missed', 'coded', 'undo')),
    undoes TEXT,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX judgements_at ON judgements (at);
CREATE INDEX judgements_undoes ON judgements (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements BEGIN
    SELECT RAISE(ABORT, 'judgements are never changed');
END;
CREATE TRIGGER judgements_last BEFORE DELETE ON judgements BEGIN
    SELECT RAISE(ABORT, 'judgements are never removed');
END;

-- Which articles and acts they concern, by the ids of the day on which they were made; a passage has no act.
CREATE TABLE targets (
    article TEXT NOT NULL,
    judgement TEXT NOT NULL REFERENCES judgements,
    act TEXT NOT NULL,
    PRIMARY KEY (article, judgement, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX targets_judgement ON targets (judgement);

-- Which act each valid judgement finds, and whether it is the newest one there. Computed.
CREATE TABLE reviewed (
    act TEXT NOT NULL,
    judgement TEXT NOT NULL REFERENCES judgements,
    article INTEGER NOT NULL REFERENCES articles,
    counts INTEGER NOT NULL,
    PRIMARY KEY (act, judgement)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviewed_article ON reviewed (article);
CREATE INDEX reviewed_judgement ON reviewed (judgement);

-- The queue of reviewers begins with what is least certain.
CREATE INDEX acts_confidence ON acts (confidence, uid);

-- Articles whose judgements have to be laid over their acts became one more kind of what is stale.
CREATE TABLE stale_now (
    what TEXT NOT NULL CHECK (what IN ('review', 'acts', 'affairs')),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (what, kind, key)
) STRICT, WITHOUT ROWID;
INSERT INTO stale_now SELECT what, kind, key FROM stale;
DROP TABLE stale;
ALTER TABLE stale_now RENAME TO stale;
";

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
