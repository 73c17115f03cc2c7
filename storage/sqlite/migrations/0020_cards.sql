-- Words that belong to no case, such as an objection to a scorecard; and what only one may decide at a time.

CREATE TABLE house_words (
    slot TEXT PRIMARY KEY,                    -- what the ledger holds of them
    body BLOB NOT NULL                        -- sealed: the text and its salt
) STRICT, WITHOUT ROWID;

CREATE TABLE turns (
    name    TEXT PRIMARY KEY,                 -- what is decided on, such as card/2026-11/transport
    version INTEGER NOT NULL                  -- how many entries made it
) STRICT, WITHOUT ROWID;
