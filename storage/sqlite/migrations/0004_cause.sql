-- What a message answers, so that the log, and the time from update to reply, can be followed from one end to the other.

ALTER TABLE outbox ADD COLUMN cause INTEGER;    -- inbox.seq of the update that brought it about; NULL: the clock did
ALTER TABLE outbox ADD COLUMN asked_at INTEGER; -- when that update came in
CREATE INDEX inbox_aside ON inbox (seq) WHERE aside_at IS NOT NULL AND done_at IS NULL;
