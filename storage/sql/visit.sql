-- name: visit_put
-- Somebody went out.
INSERT INTO visits (id, staff, unit, township, households, firms, at)
VALUES (:id, :staff, :unit, :township, :households, :firms, :at);

-- name: digest_visits
-- Field visits in each period, by the unit of whoever went: how many, and how many households and firms they saw.
WITH RECURSIVE {periods}
SELECT periods.place, COALESCE(visits.unit, '') AS unit, COUNT(*) AS visits,
       CAST(SUM(visits.households) AS BIGINT) AS households, CAST(SUM(visits.firms) AS BIGINT) AS firms
FROM periods CROSS JOIN visits
WHERE visits.at >= periods.begins_at AND visits.at < periods.ends_at
  AND (CAST(:unit AS TEXT) IS NULL OR visits.unit = :unit)
  AND (CAST(:township AS TEXT) IS NULL OR visits.township = :township)
GROUP BY periods.place, COALESCE(visits.unit, '');
