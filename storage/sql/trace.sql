-- The cases behind a figure of a unit in one period, those that count against it first: number, attempt, what it adds to the
-- figure, what it adds to what that is out of, and how many there are. Each defines what its namesake in digest.sql counts.

-- name: trace_accepted
-- Attempts whose limit for signing fell in the period.
WITH fell AS (
    SELECT number, round, accepted_at, accept_due_at FROM rounds
    WHERE accept_due_at >= :begins AND accept_due_at < :ends AND since_at < :ends AND unit = :unit
    UNION ALL
    SELECT number, round, accepted_at, accept_due_at FROM rounds_before
    WHERE accept_due_at >= :begins AND accept_due_at < :ends AND since_at < :ends AND until_at >= :ends AND unit = :unit
)
SELECT fell.number, fell.round, CASE WHEN fell.accepted_at <= fell.accept_due_at THEN 1 ELSE 0 END AS n,
       1 AS of_all, COUNT(*) OVER () AS total
FROM fell JOIN cases ON cases.number = fell.number
WHERE NOT {gone_before(:ends_text)}
ORDER BY n, fell.number, fell.round LIMIT :limit OFFSET :offset;

-- name: trace_resolved
-- Attempts whose limit for resolving fell in the period.
WITH fell AS (
    SELECT number, round, resolved_at, due_at FROM rounds
    WHERE due_at >= :begins AND due_at < :ends AND since_at < :ends AND unit = :unit
    UNION ALL
    SELECT number, round, CAST(NULL AS BIGINT), due_at FROM rounds_before
    WHERE due_at >= :begins AND due_at < :ends AND since_at < :ends AND until_at >= :ends AND unit = :unit
)
SELECT fell.number, fell.round, CASE WHEN fell.resolved_at <= fell.due_at THEN 1 ELSE 0 END AS n,
       1 AS of_all, COUNT(*) OVER () AS total
FROM fell JOIN cases ON cases.number = fell.number
WHERE NOT {gone_before(:ends_text)}
ORDER BY n, fell.number, fell.round LIMIT :limit OFFSET :offset;

-- name: trace_closed
-- Attempts closed in the period. :figure says what is told of each: whether those behind it, or a callback, confirmed that it is
-- solved; how many gave 4 or 5 of those who gave a score at all ('satisfied'), or of all who could have ('lowest').
WITH closed AS (
    SELECT rounds.number, rounds.round,
           CASE WHEN EXISTS (
               SELECT 1 FROM rounds AS again
               WHERE again.number = rounds.number AND again.round = rounds.round + 1 AND again.opened_at < :ends
           ) THEN 1 ELSE 0 END AS reopened,
           CASE WHEN {confirmed_before(:ends_text)} THEN 1 ELSE 0 END AS called_back,
           {voices_before(:ends_text)} AS voices
    FROM rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.closed_at >= :begins AND rounds.closed_at < :ends AND rounds.unit = :unit
      AND NOT {gone_before(:ends_text)}
), asked AS (
    SELECT closed.number, closed.round, closed.reopened, closed.called_back, closed.voices, COUNT(ratings.solved) AS answers,
           COUNT(ratings.score) AS scores,
           COUNT(*) FILTER (WHERE ratings.solved = 'yes') AS yes, COUNT(*) FILTER (WHERE ratings.score >= 4) AS satisfied
    FROM closed LEFT JOIN ratings
      ON ratings.number = closed.number AND ratings.round = closed.round AND ratings.at < :ends
      AND NOT EXISTS (
          SELECT 1 FROM ratings AS later
          WHERE later.number = ratings.number AND later.round = ratings.round AND later.voice = ratings.voice
            AND later.at > ratings.at AND later.at < :ends
      )
    GROUP BY closed.number, closed.round, closed.reopened, closed.called_back, closed.voices
), told AS (
    SELECT number, round,
           CASE WHEN :figure <> 'solved' THEN satisfied
                WHEN reopened = 0 AND (yes > 0 AND yes = answers OR answers = 0 AND called_back = 1) THEN 1 ELSE 0 END AS n,
           CASE WHEN :figure = 'solved' THEN 1 WHEN :figure = 'satisfied' THEN scores
                WHEN answers > voices THEN answers ELSE voices END AS of_all
    FROM asked
)
SELECT number, round, n, of_all, COUNT(*) OVER () AS total
FROM told WHERE of_all > 0 ORDER BY n - of_all, number, round LIMIT :limit OFFSET :offset;

-- name: trace_overdue
-- Attempts past their limit and not resolved as the period ended.
WITH late AS (
    SELECT number, round, due_at FROM rounds
    WHERE due_at < :ends AND opened_at < :ends AND since_at < :ends AND unit = :unit
      AND (resolved_at >= :ends OR (resolved_at IS NULL AND closed_at IS NULL))
    UNION ALL
    SELECT number, round, due_at FROM rounds_before
    WHERE due_at < :ends AND since_at < :ends AND until_at >= :ends AND unit = :unit
)
SELECT late.number, late.round, 1 AS n, 1 AS of_all, COUNT(*) OVER () AS total
FROM late JOIN cases ON cases.number = late.number
WHERE NOT {gone_before(:ends_text)}
ORDER BY late.due_at, late.number, late.round LIMIT :limit OFFSET :offset;

-- name: trace_reopened
-- Attempts that went on as a new one in the period.
SELECT earlier.number, earlier.round, 1 AS n, 1 AS of_all, COUNT(*) OVER () AS total
FROM rounds AS again
JOIN rounds AS earlier ON earlier.number = again.number AND earlier.round = again.round - 1
JOIN cases ON cases.number = again.number
WHERE again.round > 1 AND again.opened_at >= :begins AND again.opened_at < :ends AND earlier.unit = :unit
  AND NOT {gone_before(:ends_text)}
ORDER BY earlier.number, earlier.round LIMIT :limit OFFSET :offset;

-- name: trace_still_solved
-- Attempts about which a voice was heard again in the period, and whether all that were say that it lasts.
WITH heard AS (
    SELECT follow_ups.number, follow_ups.round, MIN(CASE WHEN follow_ups.solved = 'yes' THEN 1 ELSE 0 END) AS lasting
    FROM follow_ups
    JOIN rounds ON rounds.number = follow_ups.number AND rounds.round = follow_ups.round
    JOIN cases ON cases.number = follow_ups.number
    WHERE follow_ups.at >= :begins AND follow_ups.at < :ends AND rounds.unit = :unit
      AND NOT {gone_before(:ends_text)}
    GROUP BY follow_ups.number, follow_ups.round
)
SELECT number, round, lasting AS n, 1 AS of_all, COUNT(*) OVER () AS total
FROM heard ORDER BY lasting, number, round LIMIT :limit OFFSET :offset;

-- name: trace_false_closures
-- Attempts about which a callback was answered in the period, and whether it is not solved after all.
SELECT rounds.number, rounds.round, CASE WHEN ledger.facts LIKE '%"solved":"no"%' THEN 1 ELSE 0 END AS n,
       1 AS of_all, COUNT(*) OVER () AS total
FROM ledger
JOIN rounds ON rounds.number = ledger.case_number AND ledger.facts LIKE '%"round":' || rounds.round || ',%'
JOIN cases ON cases.number = ledger.case_number
WHERE ledger.kind = 'called_back' AND ledger.at >= :begins_text AND ledger.at < :ends_text AND rounds.unit = :unit
  AND NOT {gone_before(:ends_text)}
ORDER BY n DESC, rounds.number, rounds.round LIMIT :limit OFFSET :offset;
