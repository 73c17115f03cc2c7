-- Words that belong to no case, such as an objection to a scorecard; and what only one may decide at a time.

CREATE TABLE house_words (
    slot TEXT COLLATE "C" PRIMARY KEY,        -- what the ledger holds of them
    body BYTEA NOT NULL                       -- sealed: the text and its salt
);

CREATE TABLE turns (
    name    TEXT COLLATE "C" PRIMARY KEY,     -- what is decided on, such as card/2026-11/transport
    version BIGINT NOT NULL                   -- how many entries made it
);
