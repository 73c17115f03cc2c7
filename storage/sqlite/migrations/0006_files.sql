-- Files that people send: a row each, their content sealed in pieces under a key of its own.

CREATE TABLE files (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL,                 -- whoever sent it
    number     TEXT,                          -- the case that keeps it; NULL while it is only a draft's
    slot       TEXT,                          -- whose and what in the case: filed/1, evidence/1/2
    actor      TEXT,                          -- who added it to the case, as in the ledger
    media      TEXT NOT NULL,                 -- as what it was sent: photo, voice, video, document
    secret     BLOB NOT NULL,                 -- sealed under the person's key, then the case's: the file's key, salt and source
    type       TEXT,                          -- what it really is, such as image/jpeg; NULL until it is fetched
    size       INTEGER,                       -- bytes, as kept
    content    TEXT,                          -- commitment to its bytes, as in the ledger
    created_at INTEGER NOT NULL,
    ready_at   INTEGER NOT NULL,              -- not fetched before
    attempts   INTEGER NOT NULL DEFAULT 0,
    failed_at  INTEGER,                       -- given up
    reason     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX files_of_case ON files (number, slot) WHERE number IS NOT NULL;
CREATE INDEX files_wanted ON files (ready_at) WHERE type IS NULL AND failed_at IS NULL;

CREATE TABLE file_pieces (
    file  TEXT NOT NULL,
    place INTEGER NOT NULL,                   -- from 0
    body  BLOB NOT NULL,                      -- sealed under the file's key
    PRIMARY KEY (file, place)
) STRICT;
