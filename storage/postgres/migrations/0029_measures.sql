-- What was proposed on field visits, and the measures that became of it (bot/rules/measure.py), each as its entries make it.

CREATE TABLE proposals (
    number      TEXT COLLATE "C" PRIMARY KEY,
    version     BIGINT  NOT NULL,             -- how many entries made it
    unit        TEXT COLLATE "C",                         -- for whom whoever wrote it down worked; NULL for no unit
    township    TEXT COLLATE "C" NOT NULL,
    owner_unit  TEXT COLLATE "C",                         -- for whom whoever sees to it works
    noted_at    BIGINT  NOT NULL,
    measured_at BIGINT ,                      -- since when it has been a measure
    due_at      BIGINT ,
    ended_at    BIGINT ,                      -- since when it has been done or dropped
    is_open     BIGINT  NOT NULL,
    is_done     BIGINT  NOT NULL,
    body        TEXT COLLATE "C" NOT NULL                 -- the proposal, JSON; the ledger says the same
);
CREATE INDEX proposals_that_wait ON proposals (number) WHERE is_open = 1;
CREATE INDEX proposals_by_moment ON proposals (noted_at);
CREATE INDEX proposals_by_date ON proposals (due_at);
