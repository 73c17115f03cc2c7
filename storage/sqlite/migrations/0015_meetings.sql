-- Residents' meetings: what is raised and seconded lies here until the meeting is over (bot/rules/meeting.py).

CREATE TABLE meetings (
    id        TEXT PRIMARY KEY,
    title     TEXT NOT NULL,                  -- an official's words
    opener    TEXT NOT NULL,                  -- a staff id
    unit      TEXT,
    township  TEXT,
    opened_at INTEGER NOT NULL,
    ends_at   INTEGER NOT NULL,
    closed_at INTEGER,
    people    INTEGER NOT NULL DEFAULT 0      -- how many had joined, once it is over
) STRICT, WITHOUT ROWID;

CREATE TABLE meeting_people (
    meeting TEXT NOT NULL,
    person  TEXT NOT NULL,
    PRIMARY KEY (meeting, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_people_by_person ON meeting_people (person);

CREATE TABLE meeting_matters (
    meeting     TEXT NOT NULL,
    number      INTEGER NOT NULL,             -- from 1
    person      TEXT,                         -- whoever raised it; NULL once they are forgotten, or the meeting is over
    words       BLOB,                         -- sealed under that person's key
    kind        TEXT NOT NULL,
    category    TEXT NOT NULL,
    urgency     TEXT NOT NULL,
    standing    TEXT NOT NULL,
    case_number TEXT,
    PRIMARY KEY (meeting, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_matters_by_person ON meeting_matters (person) WHERE person IS NOT NULL;

CREATE TABLE meeting_seconds (
    meeting TEXT NOT NULL,
    number  INTEGER NOT NULL,
    person  TEXT NOT NULL,
    place   INTEGER NOT NULL,                 -- the how-manieth
    PRIMARY KEY (meeting, number, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_seconds_by_person ON meeting_seconds (person);
