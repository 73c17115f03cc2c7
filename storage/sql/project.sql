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
-- Something was reached.
INSERT INTO milestones (project, place, at, words, salt)
SELECT :project, COUNT(*) + 1, :at, :words, :salt FROM milestones WHERE project = :project;

-- name: milestones_of
-- What was reached, the newest first.
SELECT at, words FROM milestones WHERE project = :project ORDER BY place DESC LIMIT :limit;

-- name: project_facts
-- Every judgement of a project that the ledger holds.
SELECT facts FROM ledger WHERE kind = 'project_judged' ORDER BY seq;
