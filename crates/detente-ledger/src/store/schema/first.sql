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
    text, content = 'passages', content_rowid = 'id', tokenize = "porter unicode61 remove_diacritics 2"
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
