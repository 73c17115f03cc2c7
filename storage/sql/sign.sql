-- Warnings and integrity signals, and what a night counts to find them. Weeks and days are counted back from :cut.

-- name: sign_insert
-- A new sign; no row changes where its number is taken.
INSERT INTO signs (number, version, holds, waits, body) VALUES (:number, :version, :holds, :waits, :body)
ON CONFLICT (number) DO NOTHING;

-- name: sign_update
-- A sign after more entries, only if it is still what they were decided on.
UPDATE signs SET version = :version, holds = :holds, waits = :waits, body = :body
WHERE number = :number AND version = :before;

-- name: sign_words_put
-- Sealed words about a sign.
INSERT INTO sign_words (sign, slot, body) VALUES (:sign, :slot, :body)
ON CONFLICT (sign, slot) DO UPDATE SET body = excluded.body;

-- name: sign_get
-- One sign.
SELECT body FROM signs WHERE number = :number;

-- name: sign_many
-- Every sign that holds or waits for somebody.
SELECT body FROM signs WHERE holds = 1 OR waits = 1 ORDER BY number;

-- name: sign_count
-- How many signs there have ever been.
SELECT COUNT(*) FROM signs;

-- name: sign_words_all
-- Sealed words about a sign.
SELECT slot, body FROM sign_words WHERE sign = :sign;

-- name: sign_entries
-- Every entry about signs before a moment, in order.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash FROM ledger
WHERE case_number IS NULL AND at < :before
  AND kind IN ('sign_raised', 'sign_graded', 'sign_over', 'sign_asked', 'sign_answered', 'sign_referred', 'sign_closed')
ORDER BY seq;

-- name: watch_first
-- When the first case was filed.
SELECT MIN(filed_at) FROM cases;

-- name: watch_cells
-- Cases by category, township and week.
SELECT category, township, (CAST(:cut AS BIGINT) - 1 - filed_at) / CAST(:week AS BIGINT) AS place, COUNT(*) AS cases
FROM cases WHERE filed_at >= :since AND filed_at < :cut
GROUP BY category, township, place;

-- name: watch_channels
-- Cases by channel and day.
SELECT channel, (CAST(:cut AS BIGINT) - 1 - filed_at) / CAST(:day AS BIGINT) AS place, COUNT(*) AS cases
FROM cases WHERE filed_at >= :since AND filed_at < :cut
GROUP BY channel, place;

-- name: watch_limits
-- Limits that fell, by unit and week, and those of them that were met; none of cases that are gone.
SELECT rounds.unit, (CAST(:cut AS BIGINT) - 1 - rounds.due_at) / CAST(:week AS BIGINT) AS place, COUNT(*) AS fell,
       COUNT(*) FILTER (WHERE rounds.resolved_at <= rounds.due_at) AS met
FROM rounds JOIN cases ON cases.number = rounds.number
WHERE rounds.due_at >= :since AND rounds.due_at < :cut AND cases.state NOT IN ('withdrawn', 'refused', 'merged')
GROUP BY rounds.unit, place;

-- name: watch_overdue
-- The overdue cases, the longest overdue first.
SELECT number FROM cases
WHERE state IN ('triage', 'assigned', 'accepted', 'waiting') AND due_at < :cut
ORDER BY due_at, number LIMIT :limit;

-- name: watch_suspects
-- Open cases that are old, past three times their limit, urged or transferred often; the oldest first.
SELECT cases.number FROM cases JOIN rounds ON rounds.number = cases.number AND rounds.round = cases.round
WHERE cases.state IN ('triage', 'assigned', 'accepted', 'waiting')
  AND (cases.filed_at <= :old OR cases.urgings >= :urgings OR cases.transfers >= :transfers
       OR rounds.opened_at + 3 * (rounds.due_at - rounds.opened_at) < :cut)
ORDER BY cases.filed_at, cases.number LIMIT :limit;

-- name: watch_filed
-- The newest cases of the time in which the same place is looked for, none that is confidential or of no township.
SELECT number FROM cases
WHERE filed_at >= :since AND filed_at < :cut AND confidential = 0 AND township IS NOT NULL
ORDER BY filed_at DESC, number DESC LIMIT :limit;

-- name: watch_cell
-- The newest cases of a category, in a township or in all of them.
SELECT number FROM cases
WHERE filed_at >= :since AND filed_at < :cut AND category = :category
  AND (CAST(:everywhere AS BIGINT) = 1 OR township = :township OR (township IS NULL AND CAST(:township AS TEXT) IS NULL))
ORDER BY filed_at DESC, number DESC LIMIT :limit;

-- name: watch_resolved
-- How many attempts each unit resolved.
SELECT rounds.unit, COUNT(*) FROM rounds
WHERE (rounds.closed_at >= :since OR rounds.closed_at IS NULL) AND rounds.resolved_at >= :since AND rounds.resolved_at < :cut
GROUP BY rounds.unit;

-- name: watch_done
-- Attempts resolved at the last moment, within minutes of signing, or reopened since: which of these, 1 for yes.
-- Enquiries, suggestions and praise may be answered at once, and so may what has a day or less.
SELECT * FROM (
    SELECT rounds.number, rounds.round, rounds.unit, cases.category, cases.township, rounds.opened_at, rounds.resolved_at,
           CASE WHEN rounds.resolved_at <= rounds.due_at
                     AND (rounds.due_at - rounds.resolved_at) * :part <= rounds.due_at - rounds.opened_at THEN 1 ELSE 0 END AS late,
           CASE WHEN rounds.resolved_at - rounds.accepted_at <= :minutes AND rounds.due_at - rounds.opened_at > :day
                     AND cases.kind IN ('complaint', 'request') THEN 1 ELSE 0 END AS fast,
           CASE WHEN EXISTS (
               SELECT 1 FROM rounds AS again WHERE again.number = rounds.number AND again.round = rounds.round + 1
           ) THEN 1 ELSE 0 END AS comeback
    FROM rounds JOIN cases ON cases.number = rounds.number
    WHERE (rounds.closed_at >= :since OR rounds.closed_at IS NULL) AND rounds.resolved_at >= :since AND rounds.resolved_at < :cut
) AS done
WHERE late = 1 OR fast = 1 OR comeback = 1
ORDER BY resolved_at, number;

-- name: watch_bare
-- Attempts resolved without a file of the unit's, of categories that ask for one; a file that was erased since still counts.
SELECT rounds.unit, rounds.number FROM rounds JOIN cases ON cases.number = rounds.number
WHERE (rounds.closed_at >= :since OR rounds.closed_at IS NULL) AND rounds.resolved_at >= :since AND rounds.resolved_at < :cut
  AND CAST(:categories AS TEXT) LIKE '% ' || cases.category || ' %'
  AND NOT EXISTS (
      SELECT 1 FROM ledger WHERE ledger.case_number = rounds.number AND ledger.kind = 'file_added'
        AND ledger.facts LIKE '%"evidence/' || rounds.round || '/%'
  )
  AND NOT EXISTS (
      SELECT 1 FROM files WHERE files.number = rounds.number AND files.slot LIKE 'evidence/' || rounds.round || '/%'
  )
ORDER BY rounds.resolved_at, rounds.number;

-- name: watch_lengthened
-- Cases, open or resolved lately, that were put under a longer class in that time.
SELECT cases.unit, cases.number FROM cases JOIN rounds ON rounds.number = cases.number AND rounds.round = cases.round
WHERE (rounds.closed_at >= :since OR rounds.closed_at IS NULL) AND EXISTS (
    SELECT 1 FROM ledger WHERE ledger.case_number = cases.number AND ledger.kind = 'reclassified'
      AND ledger.at >= :since_text AND ledger.at < :cut_text AND ledger.facts LIKE '%"is_longer":true%'
)
ORDER BY cases.filed_at, cases.number;

-- name: watch_extended
-- Attempts, open or resolved lately, that were given more time more than once.
SELECT rounds.unit, rounds.number FROM rounds
WHERE rounds.extensions >= 2 AND (rounds.closed_at >= :since OR rounds.closed_at IS NULL)
  AND (rounds.resolved_at IS NULL OR rounds.resolved_at >= :since)
ORDER BY rounds.opened_at, rounds.number;

-- name: watch_own
-- Cases called solved, with a good score or none, from the chat of somebody who works for the rated unit, or by their entry.
SELECT rounds.unit, rounds.number
FROM staff JOIN voices ON voices.person = staff.person
JOIN rounds ON rounds.number = voices.number AND rounds.unit = staff.unit
JOIN ratings ON ratings.number = rounds.number AND ratings.round = rounds.round AND ratings.voice = voices.voice
WHERE staff.left_at IS NULL AND ratings.at >= :since AND ratings.at < :cut AND ratings.solved = 'yes'
  AND (ratings.score IS NULL OR ratings.score >= 4)
UNION
SELECT rounds.unit, rounds.number
FROM rounds JOIN ledger ON ledger.case_number = rounds.number AND ledger.kind = 'rated'
JOIN staff ON staff.id = ledger.actor AND staff.unit = rounds.unit
WHERE (rounds.closed_at >= :since OR rounds.closed_at IS NULL) AND rounds.resolved_at IS NOT NULL
  AND ledger.at >= :since_text AND ledger.at < :cut_text
  AND ledger.facts LIKE '%"solved":"yes"%' AND ledger.facts LIKE '%"round":' || rounds.round || ',%'
ORDER BY 1, 2;

-- name: watch_texts
-- How much waits to be translated, how much of it is late and how much long late, and since when the oldest waits.
SELECT COUNT(*), COUNT(*) FILTER (WHERE translations.due_at < :cut),
       COUNT(*) FILTER (WHERE asked_at + :times * (translations.due_at - asked_at) < :cut), MIN(asked_at)
FROM translations JOIN cases ON cases.number = translations.number
WHERE done_at IS NULL AND asked_at < :cut
  AND cases.state <> 'withdrawn' AND (cases.state <> 'refused' OR target <> 'zh_Hans_CN');

-- name: watch_answered
-- What was resolved lately and by whom, the newest first, for comparing the answers.
SELECT rounds.number, rounds.round, rounds.unit, cases.category, cases.township, rounds.opened_at, rounds.resolved_at
FROM rounds JOIN cases ON cases.number = rounds.number
WHERE (rounds.closed_at >= :since OR rounds.closed_at IS NULL) AND rounds.resolved_at >= :since AND rounds.resolved_at < :cut
ORDER BY rounds.resolved_at DESC, rounds.number LIMIT :limit;
