-- When somebody's chat may get its next notice: so several processes, or one before and after a restart, keep one pace for it.

ALTER TABLE persons ADD COLUMN notice_at BIGINT NOT NULL DEFAULT 0;  -- not before this moment
