-- Who was refused in a way that is an entry, so that nobody fills the ledger with such entries.

CREATE TABLE rebuffs (
    person TEXT COLLATE "C" PRIMARY KEY,
    since  BIGINT NOT NULL,                   -- when the first that counts was
    count  BIGINT NOT NULL
);
