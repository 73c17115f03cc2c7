-- Residents' meetings: what is raised and seconded lies here until the meeting is over (bot/rules/meeting.py).

CREATE TABLE meetings (
    id        TEXT COLLATE "C" PRIMARY KEY,
    title     TEXT COLLATE "C" NOT NULL,                  -- an official's words
    opener    TEXT COLLATE "C" NOT NULL,                  -- a staff id
    unit      TEXT COLLATE "C",
    township  TEXT COLLATE "C",
    opened_at BIGINT NOT NULL,
    ends_at   BIGINT NOT NULL,
    closed_at BIGINT,
    people    BIGINT NOT NULL DEFAULT 0      -- how many had joined, once it is over
);

CREATE TABLE meeting_people (
    meeting TEXT COLLATE "C" NOT NULL,
    person  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (meeting, person)
);
CREATE INDEX meeting_people_by_person ON meeting_people (person);

CREATE TABLE meeting_matters (
    meeting     TEXT COLLATE "C" NOT NULL,
    number      BIGINT NOT NULL,             -- from 1
    person      TEXT COLLATE "C",                         -- whoever raised it; NULL once they are forgotten, or the meeting is over
    words       BYTEA,                         -- sealed under that person's key
    kind        TEXT COLLATE "C" NOT NULL,
    category    TEXT COLLATE "C" NOT NULL,
    urgency     TEXT COLLATE "C" NOT NULL,
    standing    TEXT COLLATE "C" NOT NULL,
    case_number TEXT COLLATE "C",
    PRIMARY KEY (meeting, number)
);
CREATE INDEX meeting_matters_by_person ON meeting_matters (person) WHERE person IS NOT NULL;

CREATE TABLE meeting_seconds (
    meeting TEXT COLLATE "C" NOT NULL,
    number  BIGINT NOT NULL,
    person  TEXT COLLATE "C" NOT NULL,
    place   BIGINT NOT NULL,                 -- the how-manieth
    PRIMARY KEY (meeting, number, person)
);
CREATE INDEX meeting_seconds_by_person ON meeting_seconds (person);
