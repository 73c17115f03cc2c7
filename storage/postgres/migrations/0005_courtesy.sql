-- Notices keep the hours (bot/rules/courtesy.py), and whoever has just written is there.

ALTER TABLE outbox ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0; -- held back until then, unless its reader is there
ALTER TABLE persons ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;   -- when they last wrote, to some minutes
