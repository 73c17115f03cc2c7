-- People who phone or come to a counter: the code by which they may link their case to a chat, and who guessed wrongly.

CREATE TABLE caller_codes (
    number  TEXT PRIMARY KEY,                 -- the case
    digest  BLOB NOT NULL,                    -- keyed hash of its code; the code itself is nowhere
    tries   INTEGER NOT NULL,                 -- wrong codes that were said for it
    made_at INTEGER NOT NULL,
    used_at INTEGER                           -- when somebody linked the case to their chat
) STRICT, WITHOUT ROWID;

CREATE TABLE link_tries (
    person TEXT PRIMARY KEY,
    since  INTEGER NOT NULL,                  -- when the first of the wrong codes that count was said
    count  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
