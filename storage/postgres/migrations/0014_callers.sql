-- People who phone or come to a counter: the code by which they may link their case to a chat, and who guessed wrongly.

CREATE TABLE caller_codes (
    number  TEXT COLLATE "C" PRIMARY KEY,                 -- the case
    digest  BYTEA NOT NULL,                    -- keyed hash of its code; the code itself is nowhere
    tries   BIGINT NOT NULL,                 -- wrong codes that were said for it
    made_at BIGINT NOT NULL,
    used_at BIGINT                           -- when somebody linked the case to their chat
);

CREATE TABLE link_tries (
    person TEXT COLLATE "C" PRIMARY KEY,
    since  BIGINT NOT NULL,                  -- when the first of the wrong codes that count was said
    count  BIGINT NOT NULL
);
