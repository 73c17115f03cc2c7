-- What became of a letter in more than one part, and what waits for its reader to write (bot/workers/delivery.py).

ALTER TABLE outbox ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;   -- how many parts of it have been sent
ALTER TABLE outbox ADD COLUMN contact BIGINT NOT NULL DEFAULT 0; -- 1: waits for its reader to write; 2: who has written since
CREATE INDEX outbox_awaiting ON outbox (person) WHERE contact = 1;
