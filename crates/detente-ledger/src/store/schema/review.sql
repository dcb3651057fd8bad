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
