-- Livelihood projects: that somebody judged one, and what was reached.

-- name: project_judge
-- Somebody judges a project for the first time; twice at once cannot be.
INSERT INTO project_judges (project, mark, times, last_at) VALUES (:project, :mark, 1, :at);

-- name: project_judge_again
-- And once more, if that is what the decision rests on.
UPDATE project_judges SET times = times + 1, last_at = :at WHERE project = :project AND mark = :mark AND times = :times;

-- name: project_judged
-- How often somebody judged a project, and when last.
SELECT times, last_at FROM project_judges WHERE project = :project AND mark = :mark;

-- name: milestone_put
-- Something was reached; of two that were decided on at once the second is decided anew.
INSERT INTO milestones (project, place, at, words, salt) VALUES (:project, :place, :at, :words, :salt);

-- name: photo_keep
-- A milestone holds a photo from now on, fetched or not, and it is no longer whoever's sent it.
UPDATE files SET person = :holder, slot = :slot, actor = :actor, secret = :secret
WHERE id = :id AND number IS NULL AND slot IS NULL AND COALESCE(type, '') = :type;

-- name: photos_held
-- The photos of a project's milestones; those that were given up are not there.
SELECT id, person, slot, type FROM files
WHERE number IS NULL AND slot IS NOT NULL AND person >= :first AND person < :last AND failed_at IS NULL ORDER BY person, slot;

-- name: milestones_of
-- What was reached, the newest first.
SELECT place, at, words FROM milestones WHERE project = :project ORDER BY place DESC LIMIT :limit;

-- name: project_facts
-- Every judgement of a project that the ledger holds.
SELECT facts FROM ledger WHERE kind = 'project_judged' ORDER BY seq;
