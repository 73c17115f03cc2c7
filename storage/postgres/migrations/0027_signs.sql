-- Warnings and integrity signals (bot/rules/warning_life.py), each as its entries make it, and what was said about them.

CREATE TABLE signs (
    number  TEXT COLLATE "C" PRIMARY KEY,
    version BIGINT NOT NULL,                  -- how many entries made it
    holds   BIGINT NOT NULL,                  -- 1: the last night still found it
    waits   BIGINT NOT NULL,                  -- 1: it is for somebody to do something about it
    body    TEXT COLLATE "C" NOT NULL         -- the sign, JSON; the ledger says the same
);
CREATE INDEX signs_that_matter ON signs (number) WHERE holds = 1 OR waits = 1;

CREATE TABLE sign_words (
    sign TEXT COLLATE "C" NOT NULL,
    slot TEXT COLLATE "C" NOT NULL,           -- note, answer, referral, closing
    body BYTEA NOT NULL,                      -- sealed: the text and its salt
    PRIMARY KEY (sign, slot)
);

-- What a night looks for among what is old is found without reading it whole.
CREATE INDEX rounds_extended ON rounds (opened_at, number) WHERE extensions >= 2;
CREATE INDEX ratings_by_moment ON ratings (at);
CREATE INDEX ledger_of_ratings ON ledger (at) WHERE kind = 'rated';
