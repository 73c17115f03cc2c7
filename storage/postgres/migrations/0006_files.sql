-- Files that people send: a row each, their content sealed in pieces under a key of its own.

CREATE TABLE files (
    id         TEXT COLLATE "C" PRIMARY KEY,
    person     TEXT COLLATE "C" NOT NULL,                 -- whoever sent it
    number     TEXT COLLATE "C",                          -- the case that keeps it; NULL while it is only a draft's
    slot       TEXT COLLATE "C",                          -- whose and what in the case: filed/1, evidence/1/2
    actor      TEXT COLLATE "C",                          -- who added it to the case, as in the ledger
    media      TEXT COLLATE "C" NOT NULL,                 -- as what it was sent: photo, voice, video, document
    secret     BYTEA NOT NULL,                 -- sealed under the person's key, then the case's: the file's key, salt and source
    type       TEXT COLLATE "C",                          -- what it really is, such as image/jpeg; NULL until it is fetched
    size       BIGINT,                       -- bytes, as kept
    content    TEXT COLLATE "C",                          -- commitment to its bytes, as in the ledger
    created_at BIGINT NOT NULL,
    ready_at   BIGINT NOT NULL,              -- not fetched before
    attempts   BIGINT NOT NULL DEFAULT 0,
    failed_at  BIGINT,                       -- given up
    reason     TEXT COLLATE "C"
);
CREATE INDEX files_of_case ON files (number, slot) WHERE number IS NOT NULL;
CREATE INDEX files_wanted ON files (ready_at) WHERE type IS NULL AND failed_at IS NULL;

CREATE TABLE file_pieces (
    file  TEXT COLLATE "C" NOT NULL,
    place BIGINT NOT NULL,                   -- from 0
    body  BYTEA NOT NULL,                      -- sealed under the file's key
    PRIMARY KEY (file, place)
);
