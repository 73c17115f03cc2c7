-- Looking back (bot/actions/follow_up.py): what each voice said, months after an attempt was closed as solved.

CREATE TABLE follow_ups (
    number TEXT COLLATE "C" NOT NULL,
    round  BIGINT NOT NULL,
    stage  TEXT COLLATE "C" NOT NULL,                     -- how long after, such as 90cd
    voice  BIGINT NOT NULL,
    solved TEXT COLLATE "C" NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (number, round, stage, voice)
);
CREATE INDEX follow_ups_by_moment ON follow_ups (at);
