-- What was proposed on field visits, and the measures that became of it.

-- name: visit_get
-- One field visit.
SELECT id, staff, unit, township, households, firms FROM visits WHERE id = :id;

-- name: proposal_insert
-- A new proposal; no row changes where its number is taken.
INSERT INTO proposals (number, version, unit, township, due_unit, noted_at, measured_at, due_at, ended_at, is_open, is_done, body)
VALUES (:number, :version, :unit, :township, :due_unit, :noted_at, :measured_at, :due_at, :ended_at, :is_open, :is_done, :body)
ON CONFLICT (number) DO NOTHING;

-- name: proposal_update
-- A proposal after one more entry, only if it is still what that was decided on.
UPDATE proposals SET version = :version, due_unit = :due_unit, measured_at = :measured_at, due_at = :due_at,
       ended_at = :ended_at, is_open = :is_open, is_done = :is_done, body = :body
WHERE number = :number AND version = :before;

-- name: proposal_get
-- One proposal.
SELECT body FROM proposals WHERE number = :number;

-- name: proposals_open
-- Every proposal that waits for somebody, measures with them.
SELECT body FROM proposals WHERE is_open = 1 ORDER BY number;

-- name: proposal_count
-- How many proposals there have ever been.
SELECT COUNT(*) FROM proposals;

-- name: digest_measures
-- In each period, by unit: what was proposed and what of it became a measure by the period's end (the unit of whoever wrote
-- it down); measures whose date fell in it, and those done by their date (the unit of whoever saw to them then).
WITH RECURSIVE {periods},
counted (place, unit, noted, measured, fell, done) AS (
    SELECT periods.place, COALESCE(proposals.unit, ''), 1, CASE WHEN proposals.measured_at < periods.ends_at THEN 1 ELSE 0 END, 0, 0
    FROM periods CROSS JOIN proposals
    WHERE proposals.noted_at >= periods.begins_at AND proposals.noted_at < periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR proposals.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR proposals.township = :township)
    UNION ALL
    SELECT periods.place, COALESCE(proposals.due_unit, ''), 0, 0, 1,
           CASE WHEN proposals.is_done = 1 AND proposals.ended_at <= proposals.due_at THEN 1 ELSE 0 END
    FROM periods CROSS JOIN proposals
    WHERE proposals.due_at >= periods.begins_at AND proposals.due_at < periods.ends_at
      AND (proposals.is_open = 1 OR proposals.is_done = 1 OR proposals.ended_at > proposals.due_at)
      AND (CAST(:unit AS TEXT) IS NULL OR proposals.due_unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR proposals.township = :township)
)
SELECT place, unit, CAST(SUM(noted) AS BIGINT) AS noted, CAST(SUM(measured) AS BIGINT) AS measured,
       CAST(SUM(fell) AS BIGINT) AS fell, CAST(SUM(done) AS BIGINT) AS done
FROM counted GROUP BY place, unit;
