-- Field visits of officials (bot/rules/visit.py), to be counted: the ledger says the same of each.

CREATE TABLE visits (
    id         TEXT COLLATE "C" PRIMARY KEY,
    staff      TEXT COLLATE "C" NOT NULL,
    unit       TEXT COLLATE "C",                          -- whom they worked for; NULL for no unit
    township   TEXT COLLATE "C" NOT NULL,
    households BIGINT NOT NULL,
    firms      BIGINT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX visits_by_moment ON visits (at);
