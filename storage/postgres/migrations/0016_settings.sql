-- What people chose in /settings: how much they want to hear, and whether Chinese stands under their language.

ALTER TABLE persons ADD COLUMN hearing TEXT COLLATE "C" NOT NULL DEFAULT 'all';  -- all, or need: what needs them
ALTER TABLE persons ADD COLUMN beside BIGINT NOT NULL DEFAULT 0;    -- 1: Chinese is shown under it
