-- The newest judgement of an act, for a report of it that nobody judged by itself: it came after the judgement. Type and pair are
-- those under which it was coded. Computed.
CREATE TABLE reached (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    act TEXT NOT NULL,
    judgement TEXT NOT NULL REFERENCES judgements,
    PRIMARY KEY (kind, key, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX reached_act ON reached (act);
CREATE INDEX reached_judgement ON reached (judgement);

-- Types and pairs whose judgements may reach other reports became one more kind of what is stale.
CREATE TABLE stale_now (
    what TEXT NOT NULL CHECK (what IN ('review', 'reach', 'acts', 'affairs')),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (what, kind, key)
) STRICT, WITHOUT ROWID;
INSERT INTO stale_now SELECT what, kind, key FROM stale;
DROP TABLE stale;
ALTER TABLE stale_now RENAME TO stale;

-- Kinds and keys of what concerns whom, each once. Rows are only added: one of which nobody says anything any more does no harm.
CREATE TABLE concerns_now (
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (code, kind, key)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO concerns_now (code, kind, key)
    SELECT code, kind, key FROM concerns JOIN sayings ON sayings.id = concerns.saying WHERE key IS NOT NULL;
DROP TABLE concerns;
ALTER TABLE concerns_now RENAME TO concerns;

-- What judgements reach is to be computed; the ids of affairs come from the first subject, whatever reports became one act.
INSERT OR IGNORE INTO stale (what, kind, key)
    SELECT DISTINCT 'review', '', targets.article FROM targets JOIN articles ON articles.uid = targets.article;
INSERT OR IGNORE INTO stale (what, kind, key) SELECT DISTINCT 'affairs', kind, key FROM affairs;
