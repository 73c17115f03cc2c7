-- Who was refused in a way that is an entry, so that nobody fills the ledger with such entries.

CREATE TABLE rebuffs (
    person TEXT PRIMARY KEY,
    since  INTEGER NOT NULL,                  -- when the first that counts was
    count  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
