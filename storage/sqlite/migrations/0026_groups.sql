-- Work groups of units (bot/rules/unit_group.py): codes, and the chats that were linked by them.

CREATE TABLE unit_groups (
    code       TEXT PRIMARY KEY,
    unit       TEXT NOT NULL,
    staff      TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    person     TEXT,
    linked_at  INTEGER
) STRICT, WITHOUT ROWID;
