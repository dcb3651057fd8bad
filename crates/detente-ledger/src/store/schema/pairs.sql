-- Sides that act or are acted upon, with what tells pairs of acts apart, each once. Rows are only added: one of which no act is any
-- more does no harm.
CREATE TABLE pairs (
    code TEXT NOT NULL,
    pair TEXT NOT NULL,
    PRIMARY KEY (code, pair)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO pairs (code, pair)
    SELECT sides.code, acts.pair FROM sides JOIN acts ON acts.id = sides.act WHERE role IN ('actor', 'recipient');
