-- Texts and voices that are to be put into another language, or were (bot/rules/translation.py); not derived from the ledger.

CREATE TABLE translations (
    id        TEXT PRIMARY KEY,               -- of case, slot and target, for buttons
    number    TEXT NOT NULL,
    slot      TEXT NOT NULL,                  -- which words of the case: filed, answer/1, said/…; or which file
    source    TEXT NOT NULL,
    target    TEXT NOT NULL,
    language  TEXT NOT NULL,                  -- the one that a translator must know beside Chinese
    voice     INTEGER NOT NULL,               -- 1: a voice that is to be written down
    urgent    INTEGER NOT NULL,
    asked_at  INTEGER NOT NULL,
    due_at    INTEGER NOT NULL,
    version   INTEGER NOT NULL,               -- how often it changed hands
    taken_by  TEXT,                           -- the staff id of whoever is at it
    taken_at  INTEGER,
    done_by   TEXT,                           -- of whoever made the translation that there is
    done_role TEXT,
    done_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX translations_of_case ON translations (number);
CREATE INDEX translations_waiting ON translations (language, due_at) WHERE done_at IS NULL;
CREATE INDEX translations_done ON translations (done_by, done_at) WHERE done_at IS NOT NULL;

ALTER TABLE staff ADD COLUMN language TEXT;       -- of a translator: which one; NULL: every one
ALTER TABLE invitations ADD COLUMN language TEXT;
