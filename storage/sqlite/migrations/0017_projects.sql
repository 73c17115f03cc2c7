-- Livelihood projects: who judged is kept as a keyed hash only, what they said in the ledger only (bot/rules/project.py).

CREATE TABLE project_judges (
    project TEXT NOT NULL,
    mark    BLOB NOT NULL,                    -- keyed hash of project and person
    times   INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (project, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE milestones (
    project TEXT NOT NULL,
    place   INTEGER NOT NULL,                 -- from 1
    at      INTEGER NOT NULL,
    words   TEXT NOT NULL,                    -- an official's, for everybody to read
    salt    BLOB NOT NULL,                    -- with the words it opens the commitment in the ledger
    PRIMARY KEY (project, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_of_projects ON ledger (seq) WHERE kind = 'project_judged';
