-- name: audit_page
-- Entries before a place that fit a search, the newest first. `kinds` and `staff` are lists as |one|another|, empty: any.
-- `hidden` is one of units: what is about their people is left out.
SELECT ledger.seq, ledger.at, ledger.kind, ledger.version, ledger.case_number, ledger.actor, ledger.facts, ledger.salts,
       ledger.entry_hash, ledger.chain_hash
FROM ledger
WHERE ledger.seq < CAST(:before AS BIGINT) AND ledger.at >= :begins AND ledger.at < :ends
  AND (CAST(:kinds AS TEXT) = '' OR REPLACE(CAST(:kinds AS TEXT), '|' || ledger.kind || '|', '') <> CAST(:kinds AS TEXT))
  AND (CAST(:staff AS TEXT) = '' OR REPLACE(CAST(:staff AS TEXT), '|' || ledger.actor || '|', '') <> CAST(:staff AS TEXT))
  AND (CAST(:unit AS TEXT) IS NULL
       OR ledger.actor IN (SELECT staff.id FROM staff WHERE staff.unit = CAST(:unit AS TEXT))
       OR EXISTS (SELECT 1 FROM cases WHERE cases.number = ledger.case_number AND cases.unit = CAST(:unit AS TEXT)))
  AND (CAST(:hidden AS TEXT) = '' OR NOT EXISTS (
      SELECT 1 FROM cases WHERE cases.number = ledger.case_number
        AND REPLACE(CAST(:hidden AS TEXT), '|' || cases.about || '|', '') <> CAST(:hidden AS TEXT)))
ORDER BY ledger.seq DESC LIMIT :limit;

-- name: audit_of_case
-- The same of one case, which has an index of its own.
SELECT ledger.seq, ledger.at, ledger.kind, ledger.version, ledger.case_number, ledger.actor, ledger.facts, ledger.salts,
       ledger.entry_hash, ledger.chain_hash
FROM ledger
WHERE ledger.case_number = :number AND ledger.seq < CAST(:before AS BIGINT) AND ledger.at >= :begins AND ledger.at < :ends
  AND (CAST(:kinds AS TEXT) = '' OR REPLACE(CAST(:kinds AS TEXT), '|' || ledger.kind || '|', '') <> CAST(:kinds AS TEXT))
  AND (CAST(:staff AS TEXT) = '' OR REPLACE(CAST(:staff AS TEXT), '|' || ledger.actor || '|', '') <> CAST(:staff AS TEXT))
  AND (CAST(:unit AS TEXT) IS NULL
       OR ledger.actor IN (SELECT staff.id FROM staff WHERE staff.unit = CAST(:unit AS TEXT))
       OR EXISTS (SELECT 1 FROM cases WHERE cases.number = :number AND cases.unit = CAST(:unit AS TEXT)))
  AND (CAST(:hidden AS TEXT) = '' OR NOT EXISTS (
      SELECT 1 FROM cases WHERE cases.number = ledger.case_number
        AND REPLACE(CAST(:hidden AS TEXT), '|' || cases.about || '|', '') <> CAST(:hidden AS TEXT)))
ORDER BY ledger.seq DESC LIMIT :limit;

-- name: audit_of_topic
-- The same of what is about no case but a warning, a proposal or a period, which :topic names.
SELECT ledger.seq, ledger.at, ledger.kind, ledger.version, ledger.case_number, ledger.actor, ledger.facts, ledger.salts,
       ledger.entry_hash, ledger.chain_hash
FROM ledger
WHERE ledger.case_number IS NULL
  AND ledger.kind IN (
      'sign_raised', 'sign_graded', 'sign_over', 'sign_asked', 'sign_answered', 'sign_referred', 'sign_closed',
      'proposal_noted', 'measure_set', 'measure_done', 'proposal_dropped',
      'card_shown', 'card_objected', 'objection_answered', 'points_given', 'points_decided', 'card_published',
      'survey_pledged', 'survey_begun', 'survey_ended', 'survey_counted', 'week_counted')
  AND ledger.facts LIKE '%:"' || CAST(:topic AS TEXT) || '"%'
  AND ledger.seq < CAST(:before AS BIGINT) AND ledger.at >= :begins AND ledger.at < :ends
  AND (CAST(:kinds AS TEXT) = '' OR REPLACE(CAST(:kinds AS TEXT), '|' || ledger.kind || '|', '') <> CAST(:kinds AS TEXT))
  AND (CAST(:staff AS TEXT) = '' OR REPLACE(CAST(:staff AS TEXT), '|' || ledger.actor || '|', '') <> CAST(:staff AS TEXT))
  AND (CAST(:unit AS TEXT) IS NULL
       OR ledger.facts LIKE '%"unit":"' || CAST(:unit AS TEXT) || '"%'
       OR ledger.actor IN (SELECT staff.id FROM staff WHERE staff.unit = CAST(:unit AS TEXT)))
ORDER BY ledger.seq DESC LIMIT :limit;

-- name: outbox_failed
-- Messages that were given up, the newest first, with the function of their reader; none is a resident.
SELECT outbox.failed_at, outbox.reason, MIN(staff.role), MIN(staff.unit)
FROM outbox LEFT JOIN staff ON staff.person = outbox.person
WHERE outbox.failed_at IS NOT NULL
GROUP BY outbox.id, outbox.failed_at, outbox.reason
ORDER BY outbox.failed_at DESC, outbox.id DESC LIMIT :limit;
