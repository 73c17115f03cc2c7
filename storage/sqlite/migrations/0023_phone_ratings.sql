-- How a rating came (bot/rules/entry/fact.py): by a tap of the voice's own, or heard by telephone; and who waits to be called.

ALTER TABLE ratings ADD COLUMN source TEXT NOT NULL DEFAULT 'bot';
CREATE INDEX cases_to_call ON cases (number) WHERE state = 'resolved' AND channel <> 'bot';
