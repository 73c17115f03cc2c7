-- Field visits of officials (bot/rules/visit.py), to be counted: the ledger says the same of each.

CREATE TABLE visits (
    id         TEXT PRIMARY KEY,
    staff      TEXT NOT NULL,
    unit       TEXT,                          -- whom they worked for; NULL for no unit
    township   TEXT NOT NULL,
    households INTEGER NOT NULL,
    firms      INTEGER NOT NULL,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_by_moment ON visits (at);
