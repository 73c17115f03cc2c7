-- name: case_many
-- Cases by number, from a JSON array.
SELECT number, version, state, kind, category, township, unit, channel, urgency, deadline_class, confidential, filed_at, officer,
       voices, left_voices, joint, transfers, final, urgings, urged_at, person_asked_at, about, since_at
FROM cases WHERE number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON))));

-- name: round_many
-- All attempts at these cases, in order.
SELECT number, round, opened_at, rule, accept_due_at, due_at, accepted_at, resolved_at, closed_at, how,
       unit, pauses, waiting_since, waiting_until, extensions, wish_by, wish_due_at, called_back, since_at, left_voices
FROM rounds WHERE number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON)))) ORDER BY number, round;

-- name: rating_many
-- All answers about these cases, in order of voices and time.
SELECT number, round, voice, solved, score, at, source
FROM ratings WHERE number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON))))
ORDER BY number, round, voice, at;

-- name: reminder_many
-- Reminders about these cases, in order of time.
SELECT number, at, role, staff, stage, round, told
FROM reminders WHERE number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON)))) ORDER BY number, at, stage, staff;

-- name: reminders_at
-- What was decided to be told to these officials (a JSON array) at one moment.
SELECT DISTINCT number, round, stage FROM reminders
WHERE staff = ANY (ARRAY(SELECT json_array_elements_text(CAST(:staff AS JSON)))) AND at = :at ORDER BY number, round, stage;

-- name: case_numbers_open
-- Open cases that these units (a JSON array) work on, what runs out first on top; without a limit last.
SELECT number FROM cases
WHERE state IN ('triage', 'assigned', 'accepted', 'waiting') AND state <> 'triage'
  AND (unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))
       OR joint IS NOT NULL AND EXISTS (
           SELECT 1 FROM json_array_elements_text(CAST(joint AS JSON)) AS other (unit)
           WHERE other.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))))
ORDER BY due_at IS NULL, due_at, number LIMIT :limit;

-- name: case_count_open
-- How many open cases these units work on.
SELECT COUNT(*) FROM cases
WHERE state IN ('triage', 'assigned', 'accepted', 'waiting') AND state <> 'triage'
  AND (unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))
       OR joint IS NOT NULL AND EXISTS (
           SELECT 1 FROM json_array_elements_text(CAST(joint AS JSON)) AS other (unit)
           WHERE other.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))));

-- name: staff_of_persons
-- The roles that these people (a JSON array) hold, in the order in which they took them.
SELECT person, id, role, unit, township, language FROM staff
WHERE person = ANY (ARRAY(SELECT json_array_elements_text(CAST(:persons AS JSON)))) AND left_at IS NULL
ORDER BY joined_at, id;

-- name: task_numbers
-- A page of the open cases that these units (a JSON array) work on, by one of the filters, what runs out first on top.
SELECT number FROM cases
WHERE state IN ('triage', 'assigned', 'accepted', 'waiting') AND state <> 'triage'
  AND (cases.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON)))) OR joint IS NOT NULL AND EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(cases.joint AS JSON)) AS other (unit)
      WHERE other.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))))
  AND CASE CAST(:only AS TEXT)
      WHEN 'm' THEN officer = ANY (ARRAY(SELECT json_array_elements_text(CAST(:staff AS JSON))))
      WHEN 'a' THEN state = 'assigned'
      WHEN 'o' THEN due_at IS NOT NULL AND due_at < :now
      WHEN 'w' THEN state = 'waiting'
      WHEN 'j' THEN joint IS NOT NULL
      ELSE 1 = 1 END
ORDER BY due_at IS NULL, due_at, number LIMIT :limit OFFSET :offset;

-- name: task_counts
-- How many open cases these units work on: all, in charge of these officials (a JSON array), not signed for, late, waiting, shared.
SELECT COUNT(*), COUNT(*) FILTER (WHERE officer = ANY (ARRAY(SELECT json_array_elements_text(CAST(:staff AS JSON))))),
       COUNT(*) FILTER (WHERE state = 'assigned'), COUNT(*) FILTER (WHERE due_at IS NOT NULL AND due_at < :now),
       COUNT(*) FILTER (WHERE state = 'waiting'), COUNT(*) FILTER (WHERE joint IS NOT NULL)
FROM cases
WHERE state IN ('triage', 'assigned', 'accepted', 'waiting') AND state <> 'triage'
  AND (cases.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON)))) OR joint IS NOT NULL AND EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(cases.joint AS JSON)) AS other (unit)
      WHERE other.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))));

-- name: case_numbers_to_search
-- Cases of these units (a JSON array): the open ones, those filed since, and those resolved or closed since; the newest first.
WITH recent (number) AS (
    SELECT number FROM cases
    WHERE state IN ('triage', 'assigned', 'accepted', 'waiting') AND (cases.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON)))) OR joint IS NOT NULL AND EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(cases.joint AS JSON)) AS other (unit)
      WHERE other.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))))
    UNION
    SELECT number FROM cases WHERE filed_at >= :since AND (cases.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON)))) OR joint IS NOT NULL AND EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(cases.joint AS JSON)) AS other (unit)
      WHERE other.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))))
    UNION
    SELECT rounds.number FROM rounds CROSS JOIN cases
    WHERE rounds.closed_at >= :since AND cases.number = rounds.number AND (cases.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON)))) OR joint IS NOT NULL AND EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(cases.joint AS JSON)) AS other (unit)
      WHERE other.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))))
    UNION
    SELECT rounds.number FROM rounds CROSS JOIN cases
    WHERE rounds.closed_at IS NULL AND rounds.resolved_at >= :since AND cases.number = rounds.number AND (cases.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON)))) OR joint IS NOT NULL AND EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(cases.joint AS JSON)) AS other (unit)
      WHERE other.unit = ANY (ARRAY(SELECT json_array_elements_text(CAST(:units AS JSON))))))
)
SELECT cases.number FROM recent CROSS JOIN cases WHERE cases.number = recent.number
ORDER BY cases.filed_at DESC, cases.number DESC LIMIT :limit;

-- name: words_many
-- What was first written about these cases (a JSON array), sealed, with their keys.
SELECT words.number, words.body, keys.master_version, keys.wrapped
FROM words JOIN keys ON keys.owner = 'case:' || words.number
WHERE words.slot = :slot AND words.number = ANY (ARRAY(SELECT json_array_elements_text(CAST(:numbers AS JSON))));

-- name: offices_of
-- In which role and unit these people of the staff (a JSON array of ids) act or acted.
SELECT id, role, unit FROM staff WHERE id = ANY (ARRAY(SELECT json_array_elements_text(CAST(:staff AS JSON))));
