-- Warnings and integrity signals (bot/rules/warning_life.py), each as its entries make it, and what was said about them.

CREATE TABLE signs (
    number  TEXT PRIMARY KEY,
    version INTEGER NOT NULL,                 -- how many entries made it
    holds   INTEGER NOT NULL,                 -- 1: the last night still found it
    waits   INTEGER NOT NULL,                 -- 1: it is for somebody to do something about it
    body    TEXT NOT NULL                     -- the sign, JSON; the ledger says the same
) STRICT, WITHOUT ROWID;
CREATE INDEX signs_that_matter ON signs (number) WHERE holds = 1 OR waits = 1;

CREATE TABLE sign_words (
    sign TEXT NOT NULL,
    slot TEXT NOT NULL,                       -- note, answer, referral, closing
    body BLOB NOT NULL,                       -- sealed: the text and its salt
    PRIMARY KEY (sign, slot)
) STRICT, WITHOUT ROWID;

-- What a night looks for among what is old is found without reading it whole.
CREATE INDEX rounds_extended ON rounds (opened_at, number) WHERE extensions >= 2;
CREATE INDEX ratings_by_moment ON ratings (at);
CREATE INDEX ledger_of_ratings ON ledger (at) WHERE kind = 'rated';
