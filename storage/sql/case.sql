-- name: case_insert
-- A new case.
INSERT INTO cases (number, version, state, kind, category, township, unit, channel, urgency, deadline_class, confidential,
                   filed_at, officer, round, due_at, voices, left_voices, joint, transfers, final, urgings, urged_at, person_asked_at,
                   about, since_at)
VALUES (:number, :version, :state, :kind, :category, :township, :unit, :channel, :urgency, :deadline_class, :confidential,
        :filed_at, :officer, :round, :due_at, :voices, :left_voices, :joint, :transfers, :final, :urgings, :urged_at, :person_asked_at,
        :about, :since_at);

-- name: case_update
-- A case after more entries, only if it is still what they were decided on.
UPDATE cases SET version = :version, state = :state, category = :category, unit = :unit, deadline_class = :deadline_class,
                 officer = :officer, round = :round, due_at = :due_at, voices = :voices,
                 left_voices = :left_voices, joint = :joint, transfers = :transfers, final = :final, urgings = :urgings, urged_at = :urged_at, person_asked_at = :person_asked_at,
                 since_at = :since_at
WHERE number = :number AND version = :before;

-- name: round_put
-- One attempt at a case as it is now.
INSERT INTO rounds (number, round, opened_at, rule, accept_due_at, due_at, accepted_at, resolved_at, closed_at, how,
                    unit, pauses, waiting_since, waiting_until, extensions, wish_by, wish_due_at, called_back, since_at, left_voices)
VALUES (:number, :round, :opened_at, :rule, :accept_due_at, :due_at, :accepted_at, :resolved_at, :closed_at, :how,
        :unit, :pauses, :waiting_since, :waiting_until, :extensions, :wish_by, :wish_due_at, :called_back, :since_at, :left_voices)
ON CONFLICT (number, round) DO UPDATE SET rule = excluded.rule, accept_due_at = excluded.accept_due_at, due_at = excluded.due_at,
    accepted_at = excluded.accepted_at, resolved_at = excluded.resolved_at, closed_at = excluded.closed_at, how = excluded.how,
    unit = excluded.unit, pauses = excluded.pauses, waiting_since = excluded.waiting_since,
    waiting_until = excluded.waiting_until, extensions = excluded.extensions, wish_by = excluded.wish_by,
    wish_due_at = excluded.wish_due_at, called_back = excluded.called_back, since_at = excluded.since_at,
    left_voices = excluded.left_voices;

-- name: case_before_put
-- What a case no longer is.
INSERT INTO cases_before (number, since_at, until_at, unit, category, deadline_class)
VALUES (:number, :since_at, :until_at, :unit, :category, :deadline_class);

-- name: round_before_put
-- What an attempt at a case no longer is.
INSERT INTO rounds_before (number, round, since_at, until_at, opened_at, unit, accept_due_at, due_at, accepted_at)
VALUES (:number, :round, :since_at, :until_at, :opened_at, :unit, :accept_due_at, :due_at, :accepted_at);

-- name: rating_put
-- One voice's answer; what it said before stays, so that an earlier digest can be computed again.
INSERT INTO ratings (number, round, voice, solved, score, at, source)
VALUES (:number, :round, :voice, :solved, :score, :at, :source)
ON CONFLICT (number, round, voice, at) DO UPDATE SET solved = excluded.solved, score = excluded.score, source = excluded.source;

-- name: rating_drop_later
-- What a voice said before, at a moment that has not come: the clock has been set back since, and the new answer is the last.
DELETE FROM ratings WHERE number = :number AND round = :round AND voice = :voice AND at > :at;

-- name: voice_add
-- Someone stands behind a case.
INSERT INTO voices (number, voice, person) VALUES (:number, :voice, :person);

-- name: words_put
-- Sealed words of a case.
INSERT INTO words (number, slot, body) VALUES (:number, :slot, :body)
ON CONFLICT (number, slot) DO UPDATE SET body = excluded.body;

-- name: words_get
-- Sealed words of a case, with the case's key.
SELECT words.body, keys.master_version, keys.wrapped
FROM words JOIN keys ON keys.owner = 'case:' || words.number
WHERE words.number = :number AND words.slot = :slot;

-- name: words_all
-- All sealed words of a case, with the case's key.
SELECT words.slot, words.body, keys.master_version, keys.wrapped
FROM words JOIN keys ON keys.owner = 'case:' || words.number
WHERE words.number = :number;

-- name: case_numbers_newest
-- The newest cases of all units, for a search by those who see all.
SELECT number FROM cases ORDER BY filed_at DESC, number DESC LIMIT :limit;

-- name: case_numbers_near
-- The newest open cases of a category in a township, from one on: no confidential ones, no person's own, none without words.
SELECT number FROM cases
WHERE township = :township AND category = :category AND confidential = 0 AND state IN ('triage', 'assigned', 'accepted', 'waiting')
  AND NOT EXISTS (SELECT 1 FROM voices WHERE voices.number = cases.number AND voices.person = :person AND voices.has_left = 0)
  AND EXISTS (SELECT 1 FROM words WHERE words.number = cases.number AND words.slot = :slot)
ORDER BY filed_at DESC, number DESC LIMIT :limit OFFSET :begins;

-- name: case_numbers_triage
-- Cases that no unit has, the longest without one first: what gave them back is their last entry of that kind.
SELECT cases.number FROM cases WHERE cases.state = 'triage'
ORDER BY (SELECT MAX(ledger.seq) FROM ledger WHERE ledger.case_number = cases.number AND ledger.kind = 'transferred'), cases.number
LIMIT :limit;

-- name: case_count_triage
-- How many cases no unit has.
SELECT COUNT(*) FROM cases WHERE state = 'triage';

-- name: case_numbers_of_person
-- A person's own cases, newest first, from one on.
SELECT voices.number FROM voices JOIN cases ON cases.number = voices.number
WHERE voices.person = :person AND voices.has_left = 0 ORDER BY cases.filed_at DESC, cases.number DESC LIMIT :limit OFFSET :begins;

-- name: case_count_of_person
-- How many cases a person stands behind.
SELECT COUNT(*) FROM voices WHERE person = :person AND has_left = 0;

-- name: case_numbers_page
-- Every case, in order of numbers, after one.
SELECT number FROM cases WHERE number > :after ORDER BY number LIMIT :limit;

-- name: voices_of_case
-- Who stands behind a case.
SELECT voice, person FROM voices WHERE number = :number AND has_left = 0 ORDER BY voice;

-- name: ties_of_case
-- Who stands behind a case, or did and has left it.
SELECT voice, person, has_left FROM voices WHERE number = :number ORDER BY voice;

-- name: cases_tied
-- Every case that somebody stands behind, or has left.
SELECT DISTINCT number FROM voices WHERE person = :person ORDER BY number;

-- name: voice_leave
-- Somebody stands behind a case no longer.
UPDATE voices SET has_left = 1 WHERE number = :number AND voice = :voice AND has_left = 0;

-- name: has_left
-- Whether somebody stood behind a case and has left it.
SELECT 1 FROM voices WHERE number = :number AND person = :person AND has_left = 1 LIMIT 1;

-- name: follow_up_put
-- What a voice said months after a case was closed; the first answer counts.
INSERT INTO follow_ups (number, round, stage, voice, solved, at) VALUES (:number, :round, :stage, :voice, :solved, :at)
ON CONFLICT (number, round, stage, voice) DO NOTHING;

-- name: reminder_put
-- A reminder was decided; where the limit has moved since, the same stage comes again, and the last one counts.
INSERT INTO reminders (number, round, stage, staff, role, at, told) VALUES (:number, :round, :stage, :staff, :role, :at, NULL)
ON CONFLICT (number, round, stage, staff) DO UPDATE SET role = excluded.role, at = excluded.at, told = NULL;

-- name: reminder_told
-- Delivery knows what became of a reminder.
UPDATE reminders SET told = :told WHERE number = :number AND round = :round AND stage = :stage AND staff = :staff;
