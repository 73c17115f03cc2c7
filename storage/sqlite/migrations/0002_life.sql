-- The whole life of a case (bot/rules/life.py): who works on it too, transfers, pauses, extensions, urgings, callbacks.

ALTER TABLE cases ADD COLUMN voices INTEGER NOT NULL DEFAULT 1;      -- how many people stand, or stood, behind it
ALTER TABLE cases ADD COLUMN joint TEXT;                          -- units that work on it too, a JSON array; NULL for none
ALTER TABLE cases ADD COLUMN transfers INTEGER NOT NULL DEFAULT 0;   -- how often a unit said that it is not theirs
ALTER TABLE cases ADD COLUMN final INTEGER NOT NULL DEFAULT 0;       -- 1: whose it is was decided, no unit transfers it any more
ALTER TABLE cases ADD COLUMN urgings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN urged_at INTEGER;
ALTER TABLE cases ADD COLUMN person_asked_at INTEGER;                -- when a voice last asked to be spoken to by a person
CREATE INDEX cases_open_joint ON cases (number) WHERE joint IS NOT NULL AND state IN ('triage', 'assigned', 'accepted', 'waiting');
CREATE INDEX cases_in_triage ON cases (number) WHERE state = 'triage';

ALTER TABLE rounds ADD COLUMN unit TEXT NOT NULL DEFAULT '';      -- who answers for it; the last one where it was transferred
UPDATE rounds SET unit = (SELECT cases.unit FROM cases WHERE cases.number = rounds.number);
ALTER TABLE rounds ADD COLUMN pauses INTEGER NOT NULL DEFAULT 0;     -- how often the clock stood still for the resident
ALTER TABLE rounds ADD COLUMN waiting_since INTEGER;                 -- the pause that lasts now
ALTER TABLE rounds ADD COLUMN waiting_until INTEGER;
ALTER TABLE rounds ADD COLUMN extensions INTEGER NOT NULL DEFAULT 0; -- how often more time was granted
ALTER TABLE rounds ADD COLUMN wish_by TEXT;                       -- more time that is asked for now: by whom, until when
ALTER TABLE rounds ADD COLUMN wish_due_at INTEGER;
ALTER TABLE rounds ADD COLUMN called_back TEXT;                   -- what someone outside the unit heard: yes, partly or no
