-- Looking back (bot/actions/follow_up.py): what each voice said, months after an attempt was closed as solved.

CREATE TABLE follow_ups (
    number TEXT NOT NULL,
    round  INTEGER NOT NULL,
    stage  TEXT NOT NULL,                     -- how long after, such as 90cd
    voice  INTEGER NOT NULL,
    solved TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (number, round, stage, voice)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_ups_by_moment ON follow_ups (at);
