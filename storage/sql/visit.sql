-- name: visit_put
-- Somebody went out.
INSERT INTO visits (id, staff, unit, township, households, firms, at)
VALUES (:id, :staff, :unit, :township, :households, :firms, :at);

-- name: digest_visits
-- Field visits in each period, by the unit of whoever went: how many, and how many households and firms they saw.
WITH RECURSIVE periods (place, begins_at, ends_at, ends_at_text, rest) AS (
    SELECT -1, CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST('' AS TEXT), CAST(:periods AS TEXT)
    UNION ALL
    SELECT place + 1, CAST(substr(rest, 1, 20) AS BIGINT), CAST(substr(rest, 21, 20) AS BIGINT), substr(rest, 41, 20), substr(rest, 81)
    FROM periods WHERE rest <> ''
)
SELECT periods.place, COALESCE(visits.unit, '') AS unit, COUNT(*) AS visits,
       CAST(SUM(visits.households) AS BIGINT) AS households, CAST(SUM(visits.firms) AS BIGINT) AS firms
FROM periods CROSS JOIN visits
WHERE visits.at >= periods.begins_at AND visits.at < periods.ends_at
  AND (CAST(:unit AS TEXT) IS NULL OR visits.unit = :unit)
  AND (CAST(:township AS TEXT) IS NULL OR visits.township = :township)
GROUP BY periods.place, COALESCE(visits.unit, '');
