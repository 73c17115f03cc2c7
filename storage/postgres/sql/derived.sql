-- name: derived_visits
-- Visits by their ids (a JSON array).
SELECT id, staff, unit, township, households, firms, at FROM visits
WHERE id = ANY (ARRAY(SELECT json_array_elements_text(CAST(:ids AS JSON))));

-- name: derived_visits_surplus
-- Visits that nobody entered.
SELECT id FROM visits WHERE id NOT IN (
    SELECT CAST(facts AS JSON) ->> 'visit' FROM ledger WHERE case_number IS NULL AND kind = 'visited'
) ORDER BY id;
