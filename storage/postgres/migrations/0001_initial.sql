-- The first schema. Instants are microseconds since 1970 UTC but for the ledger, which is text as it is hashed.
-- Texts are ordered by their bytes (COLLATE "C"), as everywhere else in the program.
-- Sealed columns hold AES-256-GCM values (storage/vault.py); nothing that names a person stands in the clear.

-- ── The ledger: append-only, one row an entry ────────────────────────────────
CREATE TABLE ledger (
    seq         BIGINT PRIMARY KEY,         -- from 1 without gaps
    at          TEXT COLLATE "C" NOT NULL,  -- RFC 3339 UTC, whole seconds
    kind        TEXT COLLATE "C" NOT NULL,  -- bot/rules/entry.py
    version     BIGINT NOT NULL,
    case_number TEXT COLLATE "C",
    actor       TEXT COLLATE "C" NOT NULL,  -- a staff id, resident, clock or system
    facts       TEXT COLLATE "C" NOT NULL,  -- canonical JSON
    salts       BYTEA NOT NULL,             -- 16 bytes a field
    entry_hash  BYTEA NOT NULL,
    chain_hash  BYTEA NOT NULL
);
CREATE INDEX ledger_by_case ON ledger (case_number, seq) WHERE case_number IS NOT NULL;
CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_keeps_entries BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION ledger_refuses();
CREATE TRIGGER ledger_loses_nothing BEFORE TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses();
ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_keeps_entries;  -- also where a session plays the replica
ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_loses_nothing;

CREATE TABLE ledger_head (
    id         BIGINT PRIMARY KEY CHECK (id = 1),
    seq        BIGINT NOT NULL,
    chain_hash BYTEA NOT NULL
);
INSERT INTO ledger_head VALUES (1, 0, decode(repeat('00', 32), 'hex'));

-- The head is locked first and read after that, in a statement of its own, so that what was waited for is seen.
CREATE FUNCTION ledger_end(OUT seq BIGINT, OUT chain_hash BYTEA, OUT last_seq BIGINT, OUT last_hash BYTEA)
RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ledger_head WHERE id = 1 FOR UPDATE;
    RETURN QUERY SELECT head.seq, head.chain_hash, last.seq, last.chain_hash
                 FROM ledger_head AS head LEFT JOIN ledger AS last ON last.seq = (SELECT MAX(ledger.seq) FROM ledger)
                 WHERE head.id = 1;
END $$;

CREATE TABLE tree (          -- the whole nodes above the entries (bot/rules/merkle.py); they never change
    level BIGINT NOT NULL,   -- from 1; level 0 is the ledger itself
    place BIGINT NOT NULL,   -- covers entries (place << level) + 1 to (place + 1) << level
    hash  BYTEA NOT NULL,
    PRIMARY KEY (level, place)
);

CREATE TABLE checkpoints (               -- what was signed of the ledger
    size BIGINT PRIMARY KEY,             -- how many entries it is about
    text TEXT COLLATE "C" NOT NULL,      -- the signed note (docs/ledger.md section 4)
    at   BIGINT NOT NULL
);

-- ── Case tables: a projection of the ledger, made by bot/rules/case.py ───────
CREATE TABLE cases (
    number         TEXT COLLATE "C" PRIMARY KEY,
    version        BIGINT NOT NULL,   -- how many entries made it
    state          TEXT COLLATE "C" NOT NULL,
    kind           TEXT COLLATE "C" NOT NULL,
    category       TEXT COLLATE "C" NOT NULL,
    township       TEXT COLLATE "C",
    unit           TEXT COLLATE "C" NOT NULL,
    channel        TEXT COLLATE "C" NOT NULL,
    urgency        TEXT COLLATE "C" NOT NULL,
    deadline_class TEXT COLLATE "C",
    confidential   BIGINT NOT NULL,
    filed_at       BIGINT NOT NULL,
    officer        TEXT COLLATE "C",  -- the staff id in charge
    round          BIGINT NOT NULL,   -- the current one
    due_at         BIGINT             -- the current limit, for lists of what runs out first
);
CREATE INDEX cases_open_by_unit ON cases (unit, due_at) WHERE state IN ('triage', 'assigned', 'accepted', 'waiting');
CREATE INDEX cases_by_filing ON cases (filed_at);

CREATE TABLE rounds (
    number        TEXT COLLATE "C" NOT NULL REFERENCES cases (number),
    round         BIGINT NOT NULL,   -- from 1; more than one when reopened
    opened_at     BIGINT NOT NULL,
    rule          TEXT COLLATE "C",
    accept_due_at BIGINT,
    due_at        BIGINT,
    accepted_at   BIGINT,
    resolved_at   BIGINT,
    closed_at     BIGINT,
    how           TEXT COLLATE "C",  -- rated, unrated or left
    PRIMARY KEY (number, round)
);
CREATE INDEX rounds_by_closing ON rounds (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX rounds_unclosed ON rounds (resolved_at) WHERE closed_at IS NULL;
CREATE INDEX rounds_by_limit ON rounds (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX rounds_by_accept_limit ON rounds (accept_due_at) WHERE accept_due_at IS NOT NULL;
CREATE INDEX rounds_by_opening ON rounds (opened_at) WHERE round > 1;

CREATE TABLE ratings (
    number TEXT COLLATE "C" NOT NULL,
    round  BIGINT NOT NULL,
    voice  BIGINT NOT NULL,  -- the n-th voice of the case; who that is stands in voices
    solved TEXT COLLATE "C" NOT NULL,
    score  BIGINT,
    at     BIGINT NOT NULL,
    PRIMARY KEY (number, round, voice, at)    -- a later answer replaces an earlier one, which earlier digests still show
);

CREATE TABLE reminders (                      -- decided by the clock; told by delivery
    number TEXT COLLATE "C" NOT NULL,
    round  BIGINT NOT NULL,
    stage  TEXT COLLATE "C" NOT NULL,
    staff  TEXT COLLATE "C" NOT NULL,  -- empty when there was nobody to tell
    role   TEXT COLLATE "C" NOT NULL,
    at     BIGINT NOT NULL,
    told   BIGINT,                     -- NULL until delivery knows
    PRIMARY KEY (number, round, stage, staff)
);

-- ── The vault: people and their words; not derived from the ledger ──────────
CREATE TABLE keys (
    owner          TEXT COLLATE "C" PRIMARY KEY,  -- person:…, case:…, transit, lookup
    master_version BIGINT NOT NULL,
    wrapped        BYTEA NOT NULL                 -- the data key under the master key
);

CREATE TABLE persons (
    id             TEXT COLLATE "C" PRIMARY KEY,
    chat_key       BYTEA NOT NULL UNIQUE,  -- keyed hash of the Telegram chat id
    chat           BYTEA NOT NULL,         -- sealed: the Telegram chat id
    language       TEXT COLLATE "C",
    township       TEXT COLLATE "C",       -- the last one used
    created_at     BIGINT NOT NULL,
    unreachable_at BIGINT                  -- blocked the bot, or the account is gone
);

CREATE TABLE voices (
    number TEXT COLLATE "C" NOT NULL,
    voice  BIGINT NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (number, voice)
);
CREATE INDEX voices_by_person ON voices (person, number);

CREATE TABLE words (
    number TEXT COLLATE "C" NOT NULL,
    slot   TEXT COLLATE "C" NOT NULL,  -- filed, answer/1, …
    body   BYTEA NOT NULL,             -- sealed: the text and its salt
    PRIMARY KEY (number, slot)
);

-- ── Staff ────────────────────────────────────────────────────────────────────
CREATE TABLE staff (
    id        TEXT COLLATE "C" PRIMARY KEY,
    person    TEXT COLLATE "C" NOT NULL,
    role      TEXT COLLATE "C" NOT NULL,
    unit      TEXT COLLATE "C",
    township  TEXT COLLATE "C",
    joined_at BIGINT NOT NULL,
    left_at   BIGINT
);
CREATE INDEX staff_by_person ON staff (person) WHERE left_at IS NULL;
CREATE INDEX staff_by_unit ON staff (unit, role) WHERE left_at IS NULL;

CREATE TABLE invitations (
    digest     TEXT COLLATE "C" PRIMARY KEY,  -- SHA-256 of the link's secret
    role       TEXT COLLATE "C" NOT NULL,
    unit       TEXT COLLATE "C",
    township   TEXT COLLATE "C",
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    asked_by   TEXT COLLATE "C"               -- a person who wants to be a further admin and waits for an admin's word
);

-- ── The durable path ─────────────────────────────────────────────────────────
CREATE TABLE inbox (
    seq         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,  -- order of arrival
    update_id   BIGINT NOT NULL UNIQUE,
    chat_key    BYTEA NOT NULL,
    body        BYTEA,                                                -- sealed: the update as it came; gone when done
    received_at BIGINT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    done_at     BIGINT,
    aside_at    BIGINT,                                               -- set aside after failing; nothing is lost
    reason      TEXT COLLATE "C",
    holder      BIGINT,                                               -- the process that has it in hand
    held_until  BIGINT                                                -- and for how long, if it lives so long
) WITH (fillfactor = 80);
CREATE INDEX inbox_waiting ON inbox (chat_key, seq) WHERE done_at IS NULL AND aside_at IS NULL;
CREATE INDEX inbox_done ON inbox (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE dialogs (
    person TEXT COLLATE "C" PRIMARY KEY,
    state  BYTEA NOT NULL  -- sealed: bot/rules/dialog.py
);

CREATE TABLE due (
    key  TEXT COLLATE "C" PRIMARY KEY,
    at   BIGINT NOT NULL,
    task TEXT COLLATE "C" NOT NULL  -- bot/rules/due.py
);
CREATE INDEX due_by_moment ON due (at);

CREATE TABLE outbox (
    id         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    person     TEXT COLLATE "C" NOT NULL,
    priority   BIGINT NOT NULL,
    body       BYTEA,             -- sealed: bot/rules/message/; gone when sent
    anchor     TEXT COLLATE "C",
    replaces   BIGINT,
    tells      TEXT COLLATE "C",  -- the reminders it carries
    created_at BIGINT NOT NULL,
    ready_at   BIGINT NOT NULL,   -- not sent before
    attempts   BIGINT NOT NULL DEFAULT 0,
    tried_at   BIGINT,            -- set before a send: what stays set was perhaps sent
    failed_at  BIGINT,            -- given up; kept so that it is counted
    reason     TEXT COLLATE "C",
    holder     BIGINT,            -- the process that has it in hand
    held_until BIGINT
) WITH (fillfactor = 80);
CREATE INDEX outbox_waiting ON outbox (person, id) WHERE failed_at IS NULL;
CREATE INDEX outbox_by_priority ON outbox (priority, id) WHERE failed_at IS NULL;
CREATE INDEX outbox_by_moment ON outbox (ready_at) WHERE failed_at IS NULL;

CREATE TABLE anchors (
    person     TEXT COLLATE "C" NOT NULL,
    anchor     TEXT COLLATE "C" NOT NULL,
    message_id BIGINT NOT NULL,
    PRIMARY KEY (person, anchor)
);

CREATE TABLE counters (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE meta (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

-- ── Several processes beside each other ──────────────────────────────────────
CREATE SEQUENCE holders AS INTEGER CYCLE;     -- a number for each process that opens the database

CREATE VIEW present (holder) AS               -- those that live: each holds an advisory lock as long as its session lasts
SELECT objid::BIGINT FROM pg_locks
WHERE locktype = 'advisory' AND classid = 1835626601 AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database());

CREATE UNLOGGED TABLE leases (                -- what one process does at a time; nothing that must outlive the server
    name   TEXT COLLATE "C" PRIMARY KEY,  -- bot/ports/intake.py: Duty
    holder BIGINT NOT NULL,
    until  BIGINT NOT NULL
);
