-- Residents' meetings.

-- name: meeting_put
-- A meeting is opened.
INSERT INTO meetings (id, title, opener, unit, township, opened_at, ends_at)
VALUES (:id, :title, :opener, :unit, :township, :opened_at, :ends_at);

-- name: meeting_attend
-- Somebody comes; once is enough.
INSERT INTO meeting_people (meeting, person) VALUES (:meeting, :person) ON CONFLICT (meeting, person) DO NOTHING;

-- name: matter_put
-- A matter is raised; two under one number cannot be.
INSERT INTO meeting_matters (meeting, number, person, words, kind, category, urgency, standing)
VALUES (:meeting, :number, :person, :words, :kind, :category, :urgency, 'open');

-- name: matter_second
-- Somebody stands behind a matter.
INSERT INTO meeting_seconds (meeting, number, person, place)
SELECT :meeting, :number, :person, COUNT(*) FROM meeting_seconds WHERE meeting = :meeting AND number = :number
ON CONFLICT (meeting, number, person) DO NOTHING;

-- name: matter_unsecond
-- Somebody no longer does.
DELETE FROM meeting_seconds WHERE meeting = :meeting AND number = :number AND person = :person;

-- name: matter_settle
-- A matter is decided, once.
UPDATE meeting_matters SET standing = :standing, case_number = :case_number
WHERE meeting = :meeting AND number = :number AND standing = 'open';

-- name: meeting_end
-- A meeting is over, once.
UPDATE meetings SET closed_at = :at, people = :people WHERE id = :id AND closed_at IS NULL;

-- name: meeting_people_forget
-- Who came is forgotten.
DELETE FROM meeting_people WHERE meeting = :id;

-- name: meeting_seconds_forget
-- Who seconded what is forgotten.
DELETE FROM meeting_seconds WHERE meeting = :id;

-- name: meeting_matters_forget
-- What was raised, and by whom, is forgotten; what was adopted is a case.
DELETE FROM meeting_matters WHERE meeting = :id;

-- name: meeting_get
-- One meeting.
SELECT id, title, opener, unit, township, opened_at, ends_at, closed_at,
       CASE WHEN closed_at IS NULL
            THEN (SELECT COUNT(*) FROM meeting_people WHERE meeting_people.meeting = meetings.id) ELSE people END
FROM meetings WHERE id = :id;

-- name: meetings_open
-- The meetings that are not over, the first to end on top.
SELECT id, title, opener, unit, township, opened_at, ends_at, closed_at,
       (SELECT COUNT(*) FROM meeting_people WHERE meeting_people.meeting = meetings.id)
FROM meetings WHERE closed_at IS NULL ORDER BY ends_at, id LIMIT :limit;

-- name: meeting_people_of
-- Who came.
SELECT person FROM meeting_people WHERE meeting = :id ORDER BY person;

-- name: matters_of
-- What was raised, with the keys under which the words lie.
SELECT meeting_matters.number, meeting_matters.person, meeting_matters.words, meeting_matters.kind, meeting_matters.category,
       meeting_matters.urgency, meeting_matters.standing, meeting_matters.case_number, keys.master_version, keys.wrapped
FROM meeting_matters LEFT JOIN keys ON keys.owner = 'person:' || meeting_matters.person
WHERE meeting_matters.meeting = :id ORDER BY meeting_matters.number;

-- name: seconds_of
-- Who stands behind what.
SELECT number, person FROM meeting_seconds WHERE meeting = :id ORDER BY number, place, person;

-- name: raised_by
-- What somebody raised in meetings that are not over.
SELECT meeting, words FROM meeting_matters WHERE person = :person ORDER BY meeting, number;
