-- name: case_many
-- Cases by number, from a JSON array.
SELECT number, version, state, kind, category, township, unit, channel, urgency, deadline_class, confidential, filed_at, officer
FROM cases WHERE number IN (SELECT value FROM json_each(:numbers));

-- name: round_many
-- All attempts at these cases, in order.
SELECT number, round, opened_at, rule, accept_due_at, due_at, accepted_at, resolved_at, closed_at, how
FROM rounds WHERE number IN (SELECT value FROM json_each(:numbers)) ORDER BY number, round;

-- name: rating_many
-- All answers about these cases, in order of voices and time.
SELECT number, round, voice, solved, score, at
FROM ratings WHERE number IN (SELECT value FROM json_each(:numbers)) ORDER BY number, round, voice, at;

-- name: reminder_many
-- Reminders about these cases, in order of time.
SELECT number, at, role, staff, stage, round, told
FROM reminders WHERE number IN (SELECT value FROM json_each(:numbers)) ORDER BY number, at, stage, staff;
