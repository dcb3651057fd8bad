-- The words of a correction or retraction: an outlet that they name is corrected too.
ALTER TABLE articles ADD COLUMN notice_words TEXT;

-- Every id that an affair ever had, and what it was about: kept when more is known, or it is coded otherwise.
CREATE TABLE names (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO names (id, kind, key, subject)
    SELECT id, kind, key, lower(coalesce(json ->> '$.subject', '')) FROM affairs;

-- By what to ask each feed whether it changed.
CREATE TABLE validators (
    address TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT
) STRICT, WITHOUT ROWID;

-- What is computed, is computed anew: by other rules than those of the step before.
INSERT OR IGNORE INTO stale (what, kind, key) SELECT DISTINCT 'affairs', kind, key FROM affairs;
INSERT OR IGNORE INTO stale (what, kind, key) SELECT DISTINCT 'acts', type, pair FROM acts;
