-- A measure's date counts for the unit of whoever saw to it when the date came, so that an old week's figures stay as they were.

ALTER TABLE proposals RENAME COLUMN owner_unit TO due_unit;

-- From the entries there are: the last that set a measure before its date.
UPDATE proposals SET due_unit = (
    SELECT CAST(facts AS JSON) ->> 'unit' FROM ledger
    WHERE case_number IS NULL AND kind = 'measure_set' AND CAST(facts AS JSON) ->> 'proposal' = proposals.number
      AND at < CAST(facts AS JSON) ->> 'due_at'
    ORDER BY seq DESC LIMIT 1
) WHERE due_at IS NOT NULL;
UPDATE proposals SET body = CAST(CAST(body AS JSONB) || jsonb_build_object('due_unit', due_unit) AS TEXT) WHERE due_at IS NOT NULL;
