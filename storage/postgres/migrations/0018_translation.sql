-- Texts and voices that are to be put into another language, or were (bot/rules/translation.py); not derived from the ledger.

CREATE TABLE translations (
    id        TEXT COLLATE "C" PRIMARY KEY,               -- of case, slot and target, for buttons
    number    TEXT COLLATE "C" NOT NULL,
    slot      TEXT COLLATE "C" NOT NULL,                  -- which words of the case: filed, answer/1, said/…; or which file
    source    TEXT COLLATE "C" NOT NULL,
    target    TEXT COLLATE "C" NOT NULL,
    language  TEXT COLLATE "C" NOT NULL,                  -- the one that a translator must know beside Chinese
    voice     BIGINT NOT NULL,               -- 1: a voice that is to be written down
    urgent    BIGINT NOT NULL,
    asked_at  BIGINT NOT NULL,
    due_at    BIGINT NOT NULL,
    version   BIGINT NOT NULL,               -- how often it changed hands
    taken_by  TEXT COLLATE "C",                           -- the staff id of whoever is at it
    taken_at  BIGINT,
    done_by   TEXT COLLATE "C",                           -- of whoever made the translation that there is
    done_role TEXT COLLATE "C",
    done_at   BIGINT
);
CREATE INDEX translations_of_case ON translations (number);
CREATE INDEX translations_waiting ON translations (language, due_at) WHERE done_at IS NULL;
CREATE INDEX translations_done ON translations (done_by, done_at) WHERE done_at IS NOT NULL;

ALTER TABLE staff ADD COLUMN language TEXT COLLATE "C";       -- of a translator: which one; NULL: every one
ALTER TABLE invitations ADD COLUMN language TEXT COLLATE "C";
