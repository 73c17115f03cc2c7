-- name: digest_received
-- Cases filed in a period, by unit.
SELECT unit, COUNT(*) AS cases
FROM cases
WHERE filed_at >= :begins_at AND filed_at < :ends_at
  AND (CAST(:unit AS TEXT) IS NULL OR unit = :unit)
  AND (CAST(:township AS TEXT) IS NULL OR township = :township)
GROUP BY unit;

-- name: digest_accept_limits
-- Limits for signing that fell in a period, by unit: how many, how many were met, and those of cases gone by its end.
WITH limits AS (
    SELECT cases.unit, rounds.accepted_at AS done_at, rounds.accept_due_at AS due_at,
           CASE WHEN cases.state IN ('withdrawn', 'refused', 'merged') AND EXISTS (
               SELECT 1 FROM ledger
               WHERE ledger.case_number = cases.number AND ledger.kind = cases.state AND ledger.at < :ends_at_text
           ) THEN 1 ELSE 0 END AS gone
    FROM rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.accept_due_at >= :begins_at AND rounds.accept_due_at < :ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR cases.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
)
SELECT unit,
       COUNT(*) FILTER (WHERE gone = 0) AS fell,
       COUNT(*) FILTER (WHERE gone = 0 AND done_at <= due_at) AS met,
       COUNT(*) FILTER (WHERE gone = 1) AS gone
FROM limits
GROUP BY unit;

-- name: digest_limits
-- Limits for resolving that fell in a period, by unit: how many, how many were met, and those of cases gone by its end.
WITH limits AS (
    SELECT cases.unit, rounds.resolved_at AS done_at, rounds.due_at,
           CASE WHEN cases.state IN ('withdrawn', 'refused', 'merged') AND EXISTS (
               SELECT 1 FROM ledger
               WHERE ledger.case_number = cases.number AND ledger.kind = cases.state AND ledger.at < :ends_at_text
           ) THEN 1 ELSE 0 END AS gone
    FROM rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.due_at >= :begins_at AND rounds.due_at < :ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR cases.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
)
SELECT unit,
       COUNT(*) FILTER (WHERE gone = 0) AS fell,
       COUNT(*) FILTER (WHERE gone = 0 AND done_at <= due_at) AS met,
       COUNT(*) FILTER (WHERE gone = 1) AS gone
FROM limits
GROUP BY unit;

-- name: digest_standing
-- Attempts not yet resolved when a period began, by unit: what was due, what the unit did, what stands at the period's end.
WITH unresolved AS (
    SELECT number, opened_at, due_at, resolved_at FROM rounds
    WHERE closed_at IS NULL AND resolved_at IS NULL AND opened_at < :ends_at
    UNION ALL
    SELECT number, opened_at, due_at, resolved_at FROM rounds
    WHERE closed_at IS NULL AND resolved_at >= :begins_at AND opened_at < :ends_at
    UNION ALL
    SELECT number, opened_at, due_at, resolved_at FROM rounds
    WHERE closed_at >= :begins_at AND resolved_at >= :begins_at AND opened_at < :ends_at
), standing AS (
    SELECT cases.unit, unresolved.opened_at, unresolved.due_at,
           CASE WHEN unresolved.resolved_at < :ends_at THEN 1 ELSE 0 END AS handled
    FROM unresolved JOIN cases ON cases.number = unresolved.number
    WHERE (CAST(:unit AS TEXT) IS NULL OR cases.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
      AND NOT (cases.state IN ('withdrawn', 'refused', 'merged') AND EXISTS (
          SELECT 1 FROM ledger
          WHERE ledger.case_number = cases.number AND ledger.kind = cases.state AND ledger.at < :ends_at_text
      ))
)
SELECT unit,
       COUNT(*) FILTER (WHERE due_at < :ends_at) AS due,
       COUNT(*) FILTER (WHERE handled = 1 AND due_at < :ends_at) AS handled,
       COUNT(*) FILTER (WHERE handled = 1 AND (due_at IS NULL OR due_at >= :ends_at)) AS handled_ahead,
       COUNT(*) FILTER (WHERE handled = 0) AS still_open,
       COUNT(*) FILTER (WHERE handled = 0 AND due_at IS NULL) AS open_without_limit,
       COUNT(*) FILTER (WHERE handled = 0 AND due_at < :ends_at) AS overdue,
       COUNT(*) FILTER (WHERE handled = 0 AND :ends_at - opened_at > 3 * (due_at - opened_at)) AS long_overdue
FROM standing
GROUP BY unit;

-- name: digest_closings
-- Attempts closed in a period, by unit, and what the voices behind them had said by its end.
WITH closed AS (
    SELECT rounds.number, rounds.round, cases.unit,
           CASE WHEN EXISTS (
               SELECT 1 FROM rounds AS again
               WHERE again.number = rounds.number AND again.round = rounds.round + 1 AND again.opened_at < :ends_at
           ) THEN 1 ELSE 0 END AS reopened
    FROM rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.closed_at >= :begins_at AND rounds.closed_at < :ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR cases.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
      AND NOT (cases.state IN ('withdrawn', 'refused', 'merged') AND EXISTS (
          SELECT 1 FROM ledger
          WHERE ledger.case_number = cases.number AND ledger.kind = cases.state AND ledger.at < :ends_at_text
      ))
), people AS ( -- the filer is one, also of a case entered for someone without a chat, or whose tie to it was cut
    SELECT number, round, unit, reopened, 1 AS voice FROM closed
    UNION
    SELECT closed.number, closed.round, closed.unit, closed.reopened, voices.voice
    FROM closed JOIN voices ON voices.number = closed.number AND voices.voice > 1
    UNION
    SELECT closed.number, closed.round, closed.unit, closed.reopened, ratings.voice
    FROM closed JOIN ratings ON ratings.number = closed.number AND ratings.round = closed.round AND ratings.voice > 1
    WHERE ratings.at < :ends_at
), asked AS (
    SELECT people.unit, people.reopened, COUNT(*) AS voices, COUNT(ratings.solved) AS answers,
           COUNT(ratings.score) AS scores,
           COUNT(*) FILTER (WHERE ratings.solved = 'yes') AS yes, COUNT(*) FILTER (WHERE ratings.score >= 4) AS satisfied
    FROM people LEFT JOIN ratings
      ON ratings.number = people.number AND ratings.round = people.round AND ratings.voice = people.voice
      AND ratings.at < :ends_at
      AND NOT EXISTS ( -- the last answer before the end counts, however many the table keeps
          SELECT 1 FROM ratings AS later
          WHERE later.number = ratings.number AND later.round = ratings.round AND later.voice = ratings.voice
            AND later.at > ratings.at AND later.at < :ends_at
      )
    GROUP BY people.number, people.round, people.unit, people.reopened
)
SELECT unit,
       COUNT(*) AS closed,
       COUNT(*) FILTER (WHERE yes > 0 AND yes = answers AND reopened = 0) AS solved,
       COUNT(*) FILTER (WHERE answers > 0) AS answered,
       CAST(SUM(voices) AS BIGINT) AS voices,
       CAST(SUM(scores) AS BIGINT) AS scores,
       CAST(SUM(satisfied) AS BIGINT) AS satisfied
FROM asked
GROUP BY unit;

-- name: digest_reopenings
-- Attempts that went on as a new one in a period, by unit, and those of them that digest_closings does not count.
SELECT cases.unit,
       COUNT(*) AS reopened,
       COUNT(*) FILTER (WHERE earlier.closed_at IS NULL OR earlier.closed_at < :begins_at) AS not_closed_within
FROM rounds AS again
JOIN rounds AS earlier ON earlier.number = again.number AND earlier.round = again.round - 1
JOIN cases ON cases.number = again.number
WHERE again.round > 1 AND again.opened_at >= :begins_at AND again.opened_at < :ends_at
  AND (CAST(:unit AS TEXT) IS NULL OR cases.unit = :unit)
  AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
  AND NOT (cases.state IN ('withdrawn', 'refused', 'merged') AND EXISTS (
      SELECT 1 FROM ledger
      WHERE ledger.case_number = cases.number AND ledger.kind = cases.state AND ledger.at < :ends_at_text
  ))
GROUP BY cases.unit;

-- name: digest_handling_times
-- Median and 90th percentile by nearest rank, microseconds from filing to resolving, by unit; unit NULL is the whole scope.
WITH times AS (
    SELECT cases.unit, rounds.resolved_at - cases.filed_at AS took
    FROM rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.closed_at >= :begins_at AND rounds.closed_at < :ends_at AND rounds.resolved_at IS NOT NULL
      AND (CAST(:unit AS TEXT) IS NULL OR cases.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
      AND NOT (cases.state IN ('withdrawn', 'refused', 'merged') AND EXISTS (
          SELECT 1 FROM ledger
          WHERE ledger.case_number = cases.number AND ledger.kind = cases.state AND ledger.at < :ends_at_text
      ))
), ranked AS (
    SELECT unit, took, ROW_NUMBER() OVER (PARTITION BY unit ORDER BY took) AS place,
           COUNT(*) OVER (PARTITION BY unit) AS total
    FROM times
    UNION ALL
    SELECT NULL, took, ROW_NUMBER() OVER (ORDER BY took), COUNT(*) OVER ()
    FROM times
)
SELECT unit,
       MAX(total) AS measured,
       MIN(took) FILTER (WHERE 2 * place >= total) AS median,
       MIN(took) FILTER (WHERE 10 * place >= 9 * total) AS p90
FROM ranked
GROUP BY unit;
