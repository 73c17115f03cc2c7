-- The first schema. Instants are microseconds since 1970 UTC but for the ledger, which is text as it is hashed.
-- Sealed columns hold AES-256-GCM values (storage/vault.py); nothing that names a person stands in the clear.

-- ── The ledger: append-only, one row an entry ────────────────────────────────
CREATE TABLE ledger (
    seq         INTEGER PRIMARY KEY,          -- from 1 without gaps
    at          TEXT NOT NULL,                -- RFC 3339 UTC, whole seconds
    kind        TEXT NOT NULL,                -- bot/rules/entry.py
    version     INTEGER NOT NULL,
    case_number TEXT,
    actor       TEXT NOT NULL,                -- a staff id, resident, clock or system
    facts       TEXT NOT NULL,                -- canonical JSON
    salts       BLOB NOT NULL,                -- 16 bytes a field
    entry_hash  BLOB NOT NULL,
    chain_hash  BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_by_case ON ledger (case_number, seq) WHERE case_number IS NOT NULL;
CREATE TRIGGER ledger_keeps_entries BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_gives_no_place_twice BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END; -- INSERT OR REPLACE would delete without asking the trigger below
CREATE TRIGGER ledger_loses_nothing BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE ledger_head (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    seq        INTEGER NOT NULL,
    chain_hash BLOB NOT NULL
) STRICT;
INSERT INTO ledger_head VALUES (1, 0, zeroblob(32));

CREATE TABLE tree (                           -- the whole nodes above the entries (bot/rules/merkle.py); they never change
    level INTEGER NOT NULL,                   -- from 1; level 0 is the ledger itself
    place INTEGER NOT NULL,                   -- covers entries (place << level) + 1 to (place + 1) << level
    hash  BLOB NOT NULL,
    PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (                    -- what was signed of the ledger
    size INTEGER PRIMARY KEY,                 -- how many entries it is about
    text TEXT NOT NULL,                       -- the signed note (docs/ledger.md section 4)
    at   INTEGER NOT NULL
) STRICT;

-- ── Case tables: a projection of the ledger, made by bot/rules/case.py ───────
CREATE TABLE cases (
    number         TEXT PRIMARY KEY,
    version        INTEGER NOT NULL,          -- how many entries made it
    state          TEXT NOT NULL,
    kind           TEXT NOT NULL,
    category       TEXT NOT NULL,
    township       TEXT,
    unit           TEXT NOT NULL,
    channel        TEXT NOT NULL,
    urgency        TEXT NOT NULL,
    deadline_class TEXT,
    confidential   INTEGER NOT NULL,
    filed_at       INTEGER NOT NULL,
    officer        TEXT,                      -- the staff id in charge
    round          INTEGER NOT NULL,          -- the current one
    due_at         INTEGER                    -- the current limit, for lists of what runs out first
) STRICT;
CREATE INDEX cases_open_by_unit ON cases (unit, due_at) WHERE state IN ('triage', 'assigned', 'accepted', 'waiting');
CREATE INDEX cases_by_filing ON cases (filed_at);

CREATE TABLE rounds (
    number        TEXT NOT NULL REFERENCES cases (number),
    round         INTEGER NOT NULL,           -- from 1; more than one when reopened
    opened_at     INTEGER NOT NULL,
    rule          TEXT,
    accept_due_at INTEGER,
    due_at        INTEGER,
    accepted_at   INTEGER,
    resolved_at   INTEGER,
    closed_at     INTEGER,
    how           TEXT,                       -- rated, unrated or left
    PRIMARY KEY (number, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX rounds_by_closing ON rounds (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX rounds_unclosed ON rounds (resolved_at) WHERE closed_at IS NULL;
CREATE INDEX rounds_by_limit ON rounds (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX rounds_by_accept_limit ON rounds (accept_due_at) WHERE accept_due_at IS NOT NULL;
CREATE INDEX rounds_by_opening ON rounds (opened_at) WHERE round > 1;

CREATE TABLE ratings (
    number TEXT NOT NULL,
    round  INTEGER NOT NULL,
    voice  INTEGER NOT NULL,                  -- the n-th voice of the case; who that is stands in voices
    solved TEXT NOT NULL,
    score  INTEGER,
    at     INTEGER NOT NULL,
    PRIMARY KEY (number, round, voice, at)    -- a later answer replaces an earlier one, which earlier digests still show
) STRICT, WITHOUT ROWID;

CREATE TABLE reminders (                      -- decided by the clock; told by delivery
    number TEXT NOT NULL,
    round  INTEGER NOT NULL,
    stage  TEXT NOT NULL,
    staff  TEXT NOT NULL,                     -- empty when there was nobody to tell
    role   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    told   INTEGER,                           -- NULL until delivery knows
    PRIMARY KEY (number, round, stage, staff)
) STRICT, WITHOUT ROWID;

-- ── The vault: people and their words; not derived from the ledger ──────────
CREATE TABLE keys (
    owner          TEXT PRIMARY KEY,          -- person:…, case:…, transit, lookup
    master_version INTEGER NOT NULL,
    wrapped        BLOB NOT NULL              -- the data key under the master key
) STRICT, WITHOUT ROWID;

CREATE TABLE persons (
    id             TEXT PRIMARY KEY,
    chat_key       BLOB NOT NULL UNIQUE,      -- keyed hash of the Telegram chat id
    chat           BLOB NOT NULL,             -- sealed: the Telegram chat id
    language       TEXT,
    township       TEXT,                      -- the last one used
    created_at     INTEGER NOT NULL,
    unreachable_at INTEGER                    -- blocked the bot, or the account is gone
) STRICT, WITHOUT ROWID;

CREATE TABLE voices (
    number TEXT NOT NULL,
    voice  INTEGER NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (number, voice)
) STRICT, WITHOUT ROWID;
CREATE INDEX voices_by_person ON voices (person, number);

CREATE TABLE words (
    number TEXT NOT NULL,
    slot   TEXT NOT NULL,                     -- filed, answer/1, …
    body   BLOB NOT NULL,                     -- sealed: the text and its salt
    PRIMARY KEY (number, slot)
) STRICT, WITHOUT ROWID;

-- ── Staff ────────────────────────────────────────────────────────────────────
CREATE TABLE staff (
    id        TEXT PRIMARY KEY,
    person    TEXT NOT NULL,
    role      TEXT NOT NULL,
    unit      TEXT,
    township  TEXT,
    joined_at INTEGER NOT NULL,
    left_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_by_person ON staff (person) WHERE left_at IS NULL;
CREATE INDEX staff_by_unit ON staff (unit, role) WHERE left_at IS NULL;

CREATE TABLE invitations (
    digest     TEXT PRIMARY KEY,              -- of the link's secret
    role       TEXT NOT NULL,
    unit       TEXT,
    township   TEXT,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    asked_by   TEXT                           -- a person who wants to be a further admin and waits for an admin's word
) STRICT, WITHOUT ROWID;

-- ── The durable path ─────────────────────────────────────────────────────────
CREATE TABLE inbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT, -- order of arrival
    update_id   INTEGER NOT NULL UNIQUE,
    chat_key    BLOB NOT NULL,
    body        BLOB,                         -- sealed: the update as it came; gone when done
    received_at INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    done_at     INTEGER,
    aside_at    INTEGER,                      -- set aside after failing; nothing is lost
    reason      TEXT
) STRICT;
CREATE INDEX inbox_waiting ON inbox (chat_key, seq) WHERE done_at IS NULL AND aside_at IS NULL;
CREATE INDEX inbox_done ON inbox (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE dialogs (
    person TEXT PRIMARY KEY,
    state  BLOB NOT NULL                      -- sealed: bot/rules/dialog.py
) STRICT, WITHOUT ROWID;

CREATE TABLE due (
    key         TEXT PRIMARY KEY,
    at          INTEGER NOT NULL,
    task        TEXT NOT NULL                 -- bot/rules/due.py
) STRICT, WITHOUT ROWID;
CREATE INDEX due_by_moment ON due (at);

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    person     TEXT NOT NULL,
    priority   INTEGER NOT NULL,
    body       BLOB,                          -- sealed: bot/rules/message/; gone when sent
    anchor     TEXT,
    replaces   INTEGER,
    tells      TEXT,                          -- the reminders it carries
    created_at INTEGER NOT NULL,
    ready_at   INTEGER NOT NULL,              -- not sent before
    attempts   INTEGER NOT NULL DEFAULT 0,
    tried_at   INTEGER,                       -- set before a send: what stays set was perhaps sent
    failed_at  INTEGER,                       -- given up; kept so that it is counted
    reason     TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (person, id) WHERE failed_at IS NULL;
CREATE INDEX outbox_by_priority ON outbox (priority, id) WHERE failed_at IS NULL;
CREATE INDEX outbox_by_moment ON outbox (ready_at) WHERE failed_at IS NULL;

CREATE TABLE anchors (
    person     TEXT NOT NULL,
    anchor     TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (person, anchor)
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
