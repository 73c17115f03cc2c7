-- name: case_many
-- Cases by number, from a JSON array.
SELECT number, version, state, kind, category, township, unit, channel, urgency, deadline_class, confidential, filed_at, officer,
       voices, joint, transfers, final, urgings, urged_at, person_asked_at
FROM cases WHERE number IN (SELECT value FROM json_each(:numbers));

-- name: round_many
-- All attempts at these cases, in order.
SELECT number, round, opened_at, rule, accept_due_at, due_at, accepted_at, resolved_at, closed_at, how,
       unit, pauses, waiting_since, waiting_until, extensions, wish_by, wish_due_at, called_back
FROM rounds WHERE number IN (SELECT value FROM json_each(:numbers)) ORDER BY number, round;

-- name: rating_many
-- All answers about these cases, in order of voices and time.
SELECT number, round, voice, solved, score, at
FROM ratings WHERE number IN (SELECT value FROM json_each(:numbers)) ORDER BY number, round, voice, at;

-- name: reminder_many
-- Reminders about these cases, in order of time.
SELECT number, at, role, staff, stage, round, told
FROM reminders WHERE number IN (SELECT value FROM json_each(:numbers)) ORDER BY number, at, stage, staff;

-- name: case_numbers_open
-- Open cases that these units (a JSON array) work on, what runs out first on top; without a limit last.
SELECT number FROM cases
WHERE state IN ('triage', 'assigned', 'accepted', 'waiting') AND state <> 'triage'
  AND (unit IN (SELECT value FROM json_each(:units)) OR joint IS NOT NULL AND EXISTS (
      SELECT 1 FROM json_each(cases.joint) AS other WHERE other.value IN (SELECT value FROM json_each(:units))))
ORDER BY due_at IS NULL, due_at, number LIMIT :limit;

-- name: case_count_open
-- How many open cases these units work on.
SELECT COUNT(*) FROM cases
WHERE state IN ('triage', 'assigned', 'accepted', 'waiting') AND state <> 'triage'
  AND (unit IN (SELECT value FROM json_each(:units)) OR joint IS NOT NULL AND EXISTS (
      SELECT 1 FROM json_each(cases.joint) AS other WHERE other.value IN (SELECT value FROM json_each(:units))));

-- name: staff_of_persons
-- The roles that these people (a JSON array) hold, in the order in which they took them.
SELECT person, id, role, unit, township FROM staff
WHERE person IN (SELECT value FROM json_each(:persons)) AND left_at IS NULL ORDER BY joined_at, id;
