-- name: derived_visits
-- Visits by their ids (a JSON array).
SELECT id, staff, unit, township, households, firms, at FROM visits WHERE id IN (SELECT value FROM json_each(:ids));

-- name: derived_visits_surplus
-- Visits that nobody entered.
SELECT id FROM visits WHERE id NOT IN (
    SELECT json_extract(facts, '$.visit') FROM ledger WHERE case_number IS NULL AND kind = 'visited'
) ORDER BY id;
