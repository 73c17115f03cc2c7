-- The appraisal by those served. Who was asked stands nowhere; who answered is a token that is gone; what was answered is
-- a count that has neither a time nor an order.

CREATE TABLE survey_tokens (
    digest TEXT COLLATE "C" PRIMARY KEY,      -- SHA-256 of the token
    period TEXT NOT NULL,
    unit   TEXT NOT NULL
);

CREATE TABLE survey_counts (
    period   TEXT COLLATE "C" NOT NULL,
    unit     TEXT COLLATE "C" NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    verdict  TEXT COLLATE "C" NOT NULL,       -- good, fair or poor
    count    BIGINT NOT NULL,
    PRIMARY KEY (period, unit, question, verdict)
);
