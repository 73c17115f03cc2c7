-- What was proposed on field visits, and the measures that became of it (bot/rules/measure.py), each as its entries make it.

CREATE TABLE proposals (
    number      TEXT PRIMARY KEY,
    version     INTEGER NOT NULL,             -- how many entries made it
    unit        TEXT,                         -- for whom whoever wrote it down worked; NULL for no unit
    township    TEXT NOT NULL,
    owner_unit  TEXT,                         -- for whom whoever sees to it works
    noted_at    INTEGER NOT NULL,
    measured_at INTEGER,                      -- since when it has been a measure
    due_at      INTEGER,
    ended_at    INTEGER,                      -- since when it has been done or dropped
    is_open     INTEGER NOT NULL,
    is_done     INTEGER NOT NULL,
    body        TEXT NOT NULL                 -- the proposal, JSON; the ledger says the same
) STRICT, WITHOUT ROWID;
CREATE INDEX proposals_that_wait ON proposals (number) WHERE is_open = 1;
CREATE INDEX proposals_by_moment ON proposals (noted_at);
CREATE INDEX proposals_by_date ON proposals (due_at);
