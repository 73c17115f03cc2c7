-- Livelihood projects: who judged is kept as a keyed hash only, what they said in the ledger only (bot/rules/project.py).

CREATE TABLE project_judges (
    project TEXT COLLATE "C" NOT NULL,
    mark    BYTEA NOT NULL,                    -- keyed hash of project and person
    times   BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (project, mark)
);

CREATE TABLE milestones (
    project TEXT COLLATE "C" NOT NULL,
    place   BIGINT NOT NULL,                 -- from 1
    at      BIGINT NOT NULL,
    words   TEXT COLLATE "C" NOT NULL,                    -- an official's, for everybody to read
    salt    BYTEA NOT NULL,                    -- with the words it opens the commitment in the ledger
    PRIMARY KEY (project, place)
);

CREATE INDEX ledger_of_projects ON ledger (seq) WHERE kind = 'project_judged';
