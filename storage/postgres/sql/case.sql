-- name: case_many
-- Cases by number, from a JSON array.
SELECT number, version, state, kind, category, township, unit, channel, urgency, deadline_class, confidential, filed_at, officer
FROM cases WHERE number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON))));

-- name: round_many
-- All attempts at these cases, in order.
SELECT number, round, opened_at, rule, accept_due_at, due_at, accepted_at, resolved_at, closed_at, how
FROM rounds WHERE number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON)))) ORDER BY number, round;

-- name: rating_many
-- All answers about these cases, in order of voices and time.
SELECT number, round, voice, solved, score, at
FROM ratings WHERE number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON))))
ORDER BY number, round, voice, at;

-- name: reminder_many
-- Reminders about these cases, in order of time.
SELECT number, at, role, staff, stage, round, told
FROM reminders WHERE number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON)))) ORDER BY number, at, stage, staff;

-- name: case_numbers_open
-- Open cases of these units (a JSON array), what runs out first on top; without a limit last.
SELECT number FROM cases
WHERE unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))
  AND state IN ('triage', 'assigned', 'accepted', 'waiting')
ORDER BY due_at IS NULL, due_at, number LIMIT :limit;

-- name: case_count_open
-- How many open cases these units have.
SELECT COUNT(*) FROM cases
WHERE unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))
  AND state IN ('triage', 'assigned', 'accepted', 'waiting');

-- name: staff_of_persons
-- The roles that these people (a JSON array) hold, in the order in which they took them.
SELECT person, id, role, unit, township FROM staff
WHERE person = ANY (ARRAY(SELECT json_array_elements_text(CAST(:persons AS JSON)))) AND left_at IS NULL
ORDER BY joined_at, id;
