-- name: county_mentions
-- What open cases and active officials name of the county file, and how many of them do.
WITH going AS (
    SELECT unit, township, category, deadline_class FROM cases
    WHERE state IN ('triage', 'assigned', 'accepted', 'waiting', 'resolved')
),
named AS (
    SELECT 'unit' AS section, unit AS id, 1 AS cases, 0 AS officials FROM going
    UNION ALL SELECT 'township', township, 1, 0 FROM going WHERE township IS NOT NULL
    UNION ALL SELECT 'category', category, 1, 0 FROM going
    UNION ALL SELECT 'deadline', deadline_class, 1, 0 FROM going WHERE deadline_class IS NOT NULL
    UNION ALL SELECT 'unit', unit, 0, 1 FROM staff WHERE left_at IS NULL AND unit IS NOT NULL
)
SELECT section, id, CAST(SUM(cases) AS BIGINT), CAST(SUM(officials) AS BIGINT) FROM named GROUP BY section, id ORDER BY section, id;
