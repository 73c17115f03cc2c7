-- Work groups of units (bot/rules/unit_group.py): codes, and the chats that were linked by them.

CREATE TABLE unit_groups (
    code       TEXT COLLATE "C" PRIMARY KEY,
    unit       TEXT COLLATE "C" NOT NULL,
    staff      TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL,
    person     TEXT COLLATE "C",
    linked_at  BIGINT
);

-- Words sort alike on both databases; two columns of 0021 did not say so at first.
ALTER TABLE survey_tokens
    ALTER COLUMN period TYPE TEXT COLLATE "C",
    ALTER COLUMN unit TYPE TEXT COLLATE "C";
