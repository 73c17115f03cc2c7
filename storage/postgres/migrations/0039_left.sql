-- Whoever stands behind a case may leave it to the others (bot/rules/entry/life.py, VoiceLeft).
ALTER TABLE cases ADD COLUMN left_voices TEXT COLLATE "C";                          -- those that left, as a JSON array; none so far: NULL
ALTER TABLE rounds ADD COLUMN left_voices BIGINT NOT NULL DEFAULT 0;   -- how many had left by its end
ALTER TABLE voices ADD COLUMN has_left BIGINT NOT NULL DEFAULT 0;      -- 1: has left: told and asked nothing more
