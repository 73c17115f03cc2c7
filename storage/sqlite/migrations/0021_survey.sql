-- The appraisal by those served. Who was asked stands nowhere; who answered is a token that is gone; what was answered is
-- a count that has neither a time nor an order.

CREATE TABLE survey_tokens (
    digest TEXT PRIMARY KEY,                  -- SHA-256 of the token
    period TEXT NOT NULL,
    unit   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_counts (
    period   TEXT NOT NULL,
    unit     TEXT NOT NULL,
    question TEXT NOT NULL,
    verdict  TEXT NOT NULL,                   -- good, fair or poor
    count    INTEGER NOT NULL,
    PRIMARY KEY (period, unit, question, verdict)
) STRICT, WITHOUT ROWID;
