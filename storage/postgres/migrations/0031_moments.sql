-- Rows that entries make say when they were made as the ledger does: to the second, and when it was decided, not written.

UPDATE visits SET at = CAST(EXTRACT(EPOCH FROM CAST(entered.at AS TIMESTAMPTZ)) * 1000000 AS BIGINT)
FROM (SELECT CAST(facts AS JSON) ->> 'visit' AS id, at FROM ledger WHERE case_number IS NULL AND kind = 'visited') AS entered
WHERE visits.id = entered.id;

-- Whoever took a role anew ended the one they had, at that moment.
UPDATE staff SET left_at = CAST(EXTRACT(EPOCH FROM CAST(entered.at AS TIMESTAMPTZ)) * 1000000 AS BIGINT)
FROM (SELECT CAST(facts AS JSON) ->> 'staff' AS id, at FROM ledger WHERE case_number IS NULL AND kind = 'joined') AS entered,
     staff AS anew
WHERE anew.id = entered.id AND anew.id <> staff.id AND anew.person = staff.person AND anew.role = staff.role
  AND COALESCE(anew.unit, '') = COALESCE(staff.unit, '') AND COALESCE(anew.language, '') = COALESCE(staff.language, '')
  AND anew.joined_at = staff.left_at;

UPDATE staff SET left_at = CAST(EXTRACT(EPOCH FROM CAST(entered.at AS TIMESTAMPTZ)) * 1000000 AS BIGINT)
FROM (SELECT CAST(facts AS JSON) ->> 'staff' AS id, at FROM ledger WHERE case_number IS NULL AND kind = 'staff_ended') AS entered
WHERE staff.id = entered.id AND staff.left_at IS NOT NULL;

UPDATE staff SET joined_at = CAST(EXTRACT(EPOCH FROM CAST(entered.at AS TIMESTAMPTZ)) * 1000000 AS BIGINT)
FROM (SELECT CAST(facts AS JSON) ->> 'staff' AS id, at FROM ledger WHERE case_number IS NULL AND kind = 'joined') AS entered
WHERE staff.id = entered.id;

UPDATE unit_groups SET linked_at = COALESCE((
    SELECT MAX(CAST(EXTRACT(EPOCH FROM CAST(at AS TIMESTAMPTZ)) * 1000000 AS BIGINT)) FROM ledger
    WHERE case_number IS NULL AND kind = 'group_linked' AND actor = unit_groups.staff
      AND CAST(facts AS JSON) ->> 'unit' = unit_groups.unit
      AND CAST(EXTRACT(EPOCH FROM CAST(at AS TIMESTAMPTZ)) * 1000000 AS BIGINT) <= unit_groups.linked_at
), linked_at) WHERE linked_at IS NOT NULL;

-- Who had come to a meeting is counted as its entry counts.
UPDATE meetings SET people = entered.people
FROM (
    SELECT CAST(facts AS JSON) ->> 'meeting' AS id, CAST(CAST(facts AS JSON) ->> 'people' AS BIGINT) AS people
    FROM ledger WHERE case_number IS NULL AND kind = 'meeting_held'
) AS entered
WHERE meetings.id = entered.id AND meetings.closed_at IS NOT NULL;
