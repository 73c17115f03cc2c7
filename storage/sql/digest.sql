-- Counts for the digest. Each query counts several periods at once, and `place` says which (parts.sql).

-- name: digest_received
-- Cases filed in each period, by the unit that had them at its end.
WITH RECURSIVE {periods}, filed AS (
    SELECT periods.place, {unit_before(periods.ends_at)} AS unit
    FROM periods CROSS JOIN cases
    WHERE cases.filed_at >= periods.begins_at AND cases.filed_at < periods.ends_at
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
)
SELECT place, unit, COUNT(*) AS cases
FROM filed WHERE CAST(:unit AS TEXT) IS NULL OR unit = :unit
GROUP BY place, unit;

-- name: digest_breakdown
-- Cases filed in each period, by what they were about at its end, township, channel and kind: by what, which, how many.
WITH RECURSIVE {periods}, known AS (
    SELECT periods.place, {category_before(periods.ends_at)} AS category, cases.township, cases.channel, cases.kind
    FROM periods CROSS JOIN cases
    WHERE cases.filed_at >= periods.begins_at AND cases.filed_at < periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR {unit_before(periods.ends_at)} = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
), filed AS (
    SELECT place, category, township, channel, kind, COUNT(*) AS cases FROM known GROUP BY place, category, township, channel, kind
)
SELECT place, 'category' AS what, category AS which, CAST(SUM(cases) AS BIGINT) AS cases FROM filed GROUP BY place, category
UNION ALL
SELECT place, 'township', township, CAST(SUM(cases) AS BIGINT) FROM filed GROUP BY place, township
UNION ALL
SELECT place, 'channel', channel, CAST(SUM(cases) AS BIGINT) FROM filed GROUP BY place, channel
UNION ALL
SELECT place, 'kind', kind, CAST(SUM(cases) AS BIGINT) FROM filed GROUP BY place, kind;

-- name: digest_accept_limits
-- Limits for signing that fell in each period, by unit: how many, how many were met, and those of cases gone by its end.
WITH RECURSIVE {periods}, limits AS (
    SELECT periods.place, rounds.unit, rounds.accepted_at AS done_at, rounds.accept_due_at AS due_at,
           CASE WHEN {gone_before(periods.ends_at_text)} THEN 1 ELSE 0 END AS gone
    FROM periods CROSS JOIN rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.accept_due_at >= periods.begins_at AND rounds.accept_due_at < periods.ends_at AND rounds.since_at < periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR rounds.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
    UNION ALL -- what was changed after the period
    SELECT periods.place, was.unit, was.accepted_at, was.accept_due_at,
           CASE WHEN {gone_before(periods.ends_at_text)} THEN 1 ELSE 0 END
    FROM periods CROSS JOIN rounds_before AS was JOIN cases ON cases.number = was.number
    WHERE was.accept_due_at >= periods.begins_at AND was.accept_due_at < periods.ends_at
      AND was.since_at < periods.ends_at AND was.until_at >= periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR was.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
)
SELECT place, unit,
       COUNT(*) FILTER (WHERE gone = 0) AS fell,
       COUNT(*) FILTER (WHERE gone = 0 AND done_at <= due_at) AS met,
       COUNT(*) FILTER (WHERE gone = 1) AS gone
FROM limits
GROUP BY place, unit;

-- name: digest_limits
-- Limits for resolving that fell in each period, by unit: how many, how many were met, and those of cases gone by its end.
WITH RECURSIVE {periods}, limits AS (
    SELECT periods.place, rounds.unit, rounds.resolved_at AS done_at, rounds.due_at AS due_at,
           CASE WHEN {gone_before(periods.ends_at_text)} THEN 1 ELSE 0 END AS gone
    FROM periods CROSS JOIN rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.due_at >= periods.begins_at AND rounds.due_at < periods.ends_at AND rounds.since_at < periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR rounds.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
    UNION ALL -- what was changed after the period, when it was not resolved yet
    SELECT periods.place, was.unit, CAST(NULL AS BIGINT), was.due_at,
           CASE WHEN {gone_before(periods.ends_at_text)} THEN 1 ELSE 0 END
    FROM periods CROSS JOIN rounds_before AS was JOIN cases ON cases.number = was.number
    WHERE was.due_at >= periods.begins_at AND was.due_at < periods.ends_at
      AND was.since_at < periods.ends_at AND was.until_at >= periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR was.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
)
SELECT place, unit,
       COUNT(*) FILTER (WHERE gone = 0) AS fell,
       COUNT(*) FILTER (WHERE gone = 0 AND done_at <= due_at) AS met,
       COUNT(*) FILTER (WHERE gone = 1) AS gone
FROM limits
GROUP BY place, unit;

-- name: digest_standing
-- Attempts not yet resolved when a period began, by unit: what was due, what the unit did, what stands at the period's end.
WITH RECURSIVE {periods}, whole (begins_at, ends_at, first_end) AS (
    SELECT MIN(begins_at), MAX(ends_at), MIN(ends_at) FROM periods WHERE place >= 0
), unresolved AS ( -- at some time in any of the periods; each attempt is read once, however many they are
    SELECT number, unit, opened_at, due_at, resolved_at, since_at, CAST(NULL AS BIGINT) AS until_at FROM rounds
    WHERE closed_at IS NULL AND resolved_at IS NULL AND opened_at < (SELECT ends_at FROM whole)
    UNION ALL
    SELECT number, unit, opened_at, due_at, resolved_at, since_at, NULL FROM rounds
    WHERE closed_at IS NULL AND resolved_at >= (SELECT begins_at FROM whole) AND opened_at < (SELECT ends_at FROM whole)
    UNION ALL
    SELECT number, unit, opened_at, due_at, resolved_at, since_at, NULL FROM rounds
    WHERE closed_at >= (SELECT begins_at FROM whole) AND resolved_at >= (SELECT begins_at FROM whole)
      AND opened_at < (SELECT ends_at FROM whole)
    UNION ALL -- what was changed after one of the periods, when it was not resolved yet
    SELECT number, unit, opened_at, due_at, NULL, since_at, until_at FROM rounds_before
    WHERE until_at >= (SELECT first_end FROM whole) AND since_at < (SELECT ends_at FROM whole)
), standing AS (
    SELECT periods.place, periods.ends_at, unresolved.unit, unresolved.opened_at, unresolved.due_at,
           CASE WHEN unresolved.resolved_at < periods.ends_at THEN 1 ELSE 0 END AS handled
    FROM unresolved CROSS JOIN cases CROSS JOIN periods
    WHERE cases.number = unresolved.number
      AND unresolved.opened_at < periods.ends_at AND unresolved.since_at < periods.ends_at
      AND (unresolved.until_at IS NULL OR unresolved.until_at >= periods.ends_at)
      AND (unresolved.resolved_at IS NULL OR unresolved.resolved_at >= periods.begins_at)
      AND (CAST(:unit AS TEXT) IS NULL OR unresolved.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
      AND NOT {gone_before(periods.ends_at_text)}
)
SELECT place, unit,
       COUNT(*) FILTER (WHERE due_at < ends_at) AS due,
       COUNT(*) FILTER (WHERE handled = 1 AND due_at < ends_at) AS handled,
       COUNT(*) FILTER (WHERE handled = 1 AND (due_at IS NULL OR due_at >= ends_at)) AS handled_ahead,
       COUNT(*) FILTER (WHERE handled = 0) AS still_open,
       COUNT(*) FILTER (WHERE handled = 0 AND due_at IS NULL) AS open_without_limit,
       COUNT(*) FILTER (WHERE handled = 0 AND due_at < ends_at) AS overdue,
       COUNT(*) FILTER (WHERE handled = 0 AND ends_at - opened_at > 3 * (due_at - opened_at)) AS long_overdue
FROM standing
WHERE place >= 0
GROUP BY place, unit;

-- name: digest_closings
-- Attempts closed in each period, by unit, and what the voices behind them, or a callback, had said by its end.
WITH RECURSIVE {periods}, closed AS (
    SELECT periods.place, periods.ends_at, rounds.number, rounds.round, rounds.unit,
           CASE WHEN EXISTS (
               SELECT 1 FROM rounds AS again
               WHERE again.number = rounds.number AND again.round = rounds.round + 1 AND again.opened_at < periods.ends_at
           ) THEN 1 ELSE 0 END AS reopened,
           CASE WHEN {confirmed_before(periods.ends_at_text)} THEN 1 ELSE 0 END AS called_back,
           {voices_before(periods.ends_at_text)} AS voices
    FROM periods CROSS JOIN rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.closed_at >= periods.begins_at AND rounds.closed_at < periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR rounds.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
      AND NOT {gone_before(periods.ends_at_text)}
), asked AS (
    SELECT closed.place, closed.unit, closed.reopened, closed.called_back, closed.voices, COUNT(ratings.solved) AS answers,
           COUNT(ratings.score) AS scores,
           COUNT(*) FILTER (WHERE ratings.solved = 'yes') AS yes, COUNT(*) FILTER (WHERE ratings.score >= 4) AS satisfied,
           COUNT(*) FILTER (WHERE ratings.source = 'phone') AS phoned,
           COUNT(ratings.score) FILTER (WHERE ratings.source = 'phone') AS phoned_scores,
           COUNT(*) FILTER (WHERE ratings.source = 'phone' AND ratings.score >= 4) AS phoned_satisfied
    FROM closed LEFT JOIN ratings
      ON ratings.number = closed.number AND ratings.round = closed.round AND ratings.at < closed.ends_at
      AND NOT EXISTS ( -- the last answer before the end counts, however many the table keeps
          SELECT 1 FROM ratings AS later
          WHERE later.number = ratings.number AND later.round = ratings.round AND later.voice = ratings.voice
            AND later.at > ratings.at AND later.at < closed.ends_at
      )
    GROUP BY closed.place, closed.number, closed.round, closed.unit, closed.reopened, closed.called_back, closed.voices
)
SELECT place, unit,
       COUNT(*) AS closed,
       COUNT(*) FILTER (WHERE reopened = 0 AND (yes > 0 AND yes = answers OR answers = 0 AND called_back = 1)) AS solved,
       COUNT(*) FILTER (WHERE answers > 0) AS answered,
       CAST(SUM(CASE WHEN answers > voices THEN answers ELSE voices END) AS BIGINT) AS voices,
       CAST(SUM(scores) AS BIGINT) AS scores,
       CAST(SUM(satisfied) AS BIGINT) AS satisfied,
       COUNT(*) FILTER (WHERE reopened = 0 AND answers = 0 AND called_back = 1) AS called_back,
       COUNT(*) FILTER (WHERE phoned > 0) AS phoned,
       COUNT(*) FILTER (WHERE phoned > 0 AND reopened = 0 AND yes > 0 AND yes = answers) AS phoned_solved,
       CAST(SUM(phoned_scores) AS BIGINT) AS phoned_scores,
       CAST(SUM(phoned_satisfied) AS BIGINT) AS phoned_satisfied
FROM asked
GROUP BY place, unit;

-- name: digest_reopenings
-- Attempts that went on as a new one in each period, by unit, and those of them that digest_closings does not count.
WITH RECURSIVE {periods}
SELECT periods.place, earlier.unit,
       COUNT(*) AS reopened,
       COUNT(*) FILTER (WHERE earlier.closed_at IS NULL OR earlier.closed_at < periods.begins_at) AS not_closed_within
FROM periods CROSS JOIN rounds AS again
JOIN rounds AS earlier ON earlier.number = again.number AND earlier.round = again.round - 1
JOIN cases ON cases.number = again.number
WHERE again.round > 1 AND again.opened_at >= periods.begins_at AND again.opened_at < periods.ends_at
  AND (CAST(:unit AS TEXT) IS NULL OR earlier.unit = :unit)
  AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
  AND NOT {gone_before(periods.ends_at_text)}
GROUP BY periods.place, earlier.unit;

-- name: digest_handling_times
-- Median and 90th percentile by nearest rank, microseconds from filing to resolving, by unit; unit NULL is the whole scope.
WITH RECURSIVE {periods}, times AS (
    SELECT periods.place, rounds.unit, rounds.resolved_at - cases.filed_at AS took
    FROM periods CROSS JOIN rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.closed_at >= periods.begins_at AND rounds.closed_at < periods.ends_at AND rounds.resolved_at IS NOT NULL
      AND (CAST(:unit AS TEXT) IS NULL OR rounds.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
      AND NOT {gone_before(periods.ends_at_text)}
), ranked AS (
    SELECT place, unit, took, ROW_NUMBER() OVER (PARTITION BY place, unit ORDER BY took) AS rank,
           COUNT(*) OVER (PARTITION BY place, unit) AS total
    FROM times
    UNION ALL
    SELECT place, NULL, took, ROW_NUMBER() OVER (PARTITION BY place ORDER BY took), COUNT(*) OVER (PARTITION BY place)
    FROM times
)
SELECT place, unit,
       MAX(total) AS measured,
       MIN(took) FILTER (WHERE 2 * rank >= total) AS median,
       MIN(took) FILTER (WHERE 10 * rank >= 9 * total) AS p90
FROM ranked
GROUP BY place, unit;

-- name: digest_follow_ups
-- Attempts about which a voice was heard again in each period, months after their end, by unit, and those that last.
WITH RECURSIVE {periods}, heard AS (
    SELECT periods.place, rounds.unit, MIN(CASE WHEN follow_ups.solved = 'yes' THEN 1 ELSE 0 END) AS lasting
    FROM periods CROSS JOIN follow_ups -- CROSS: in SQLite this order, so that answers are looked up by their moment
    JOIN rounds ON rounds.number = follow_ups.number AND rounds.round = follow_ups.round
    JOIN cases ON cases.number = follow_ups.number
    WHERE follow_ups.at >= periods.begins_at AND follow_ups.at < periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR rounds.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
      AND NOT {gone_before(periods.ends_at_text)}
    GROUP BY periods.place, follow_ups.number, follow_ups.round, rounds.unit
)
SELECT place, unit, COUNT(*) AS heard, CAST(SUM(lasting) AS BIGINT) AS lasting FROM heard GROUP BY place, unit;

-- name: digest_callbacks
-- Attempts about which a callback was answered in each period, by unit, and those of them that are not solved after all.
WITH RECURSIVE {periods}
SELECT periods.place, rounds.unit,
       COUNT(*) AS heard,
       COUNT(*) FILTER (WHERE ledger.facts LIKE '%"solved":"no"%') AS untrue,
       COUNT(*) FILTER (WHERE ledger.facts LIKE '%"solved":"partly"%') AS partly
FROM periods CROSS JOIN ledger -- CROSS: in SQLite this order, so that callbacks are looked up by their moment
JOIN rounds ON rounds.number = ledger.case_number AND ledger.facts LIKE '%"round":' || rounds.round || ',%'
JOIN cases ON cases.number = ledger.case_number
WHERE periods.place >= 0 AND ledger.kind = 'called_back'
  AND ledger.at >= periods.begins_at_text AND ledger.at < periods.ends_at_text
  AND (CAST(:unit AS TEXT) IS NULL OR rounds.unit = :unit)
  AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
  AND NOT {gone_before(periods.ends_at_text)}
GROUP BY periods.place, rounds.unit;

-- name: digest_lasting
-- As digest_follow_ups, told apart by how long after the end the voices were heard.
WITH RECURSIVE {periods}, heard AS (
    SELECT periods.place, rounds.unit, follow_ups.stage, MIN(CASE WHEN follow_ups.solved = 'yes' THEN 1 ELSE 0 END) AS lasting
    FROM periods CROSS JOIN follow_ups -- CROSS: in SQLite this order, so that answers are looked up by their moment
    JOIN rounds ON rounds.number = follow_ups.number AND rounds.round = follow_ups.round
    JOIN cases ON cases.number = follow_ups.number
    WHERE follow_ups.at >= periods.begins_at AND follow_ups.at < periods.ends_at
      AND (CAST(:unit AS TEXT) IS NULL OR rounds.unit = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
      AND NOT {gone_before(periods.ends_at_text)}
    GROUP BY periods.place, follow_ups.number, follow_ups.round, rounds.unit, follow_ups.stage
)
SELECT place, unit, stage, COUNT(*) AS heard, CAST(SUM(lasting) AS BIGINT) AS lasting FROM heard GROUP BY place, unit, stage;

-- name: digest_milestones
-- What was reached in each period, by project.
WITH RECURSIVE {periods}
SELECT periods.place, milestones.project, COUNT(*) AS reached
FROM periods CROSS JOIN milestones
WHERE milestones.at >= periods.begins_at AND milestones.at < periods.ends_at
GROUP BY periods.place, milestones.project;

-- name: digest_photos
-- The photos of milestones that were entered in each period.
WITH RECURSIVE {periods}
SELECT periods.place, ledger.facts
FROM periods CROSS JOIN ledger -- CROSS: in SQLite this order, so that photos are looked up by their moment
WHERE periods.place >= 0 AND ledger.kind = 'milestone_pictured'
  AND ledger.at >= periods.begins_at_text AND ledger.at < periods.ends_at_text;

-- name: digest_judgements
-- How often each judgement of a project was given in each period, and, at place -1, before the first of them.
WITH RECURSIVE {periods}
SELECT periods.place, ledger.facts, COUNT(*) AS judgements
FROM periods CROSS JOIN ledger -- CROSS: in SQLite this order, so that judgements are looked up by their moment
WHERE periods.place >= 0 AND ledger.kind = 'project_judged'
  AND ledger.at >= periods.begins_at_text AND ledger.at < periods.ends_at_text
GROUP BY periods.place, ledger.facts
UNION ALL
SELECT -1, ledger.facts, COUNT(*)
FROM ledger
WHERE ledger.kind = 'project_judged' AND ledger.at < (SELECT MIN(begins_at_text) FROM periods WHERE place >= 0)
GROUP BY ledger.facts;

-- name: digest_translations
-- Texts to be translated, by the unit of their case: limits that fell in each period, what waits at its end, what is late; and the
-- limits that fell of cases gone by its end.
WITH RECURSIVE {periods}, wanted AS (
    SELECT periods.place, periods.ends_at, periods.ends_at_text, translations.number, translations.done_at, translations.due_at,
           1 AS fell, 0 AS waiting
    FROM periods CROSS JOIN translations
    WHERE translations.due_at >= periods.begins_at AND translations.due_at < periods.ends_at
    UNION ALL
    SELECT periods.place, periods.ends_at, periods.ends_at_text, translations.number, translations.done_at, translations.due_at, 0, 1
    FROM periods CROSS JOIN translations
    WHERE translations.done_at IS NULL AND translations.asked_at < periods.ends_at
    UNION ALL
    SELECT periods.place, periods.ends_at, periods.ends_at_text, translations.number, translations.done_at, translations.due_at, 0, 1
    FROM periods CROSS JOIN translations
    WHERE translations.done_at >= periods.ends_at AND translations.asked_at < periods.ends_at
), told AS (
    SELECT wanted.place, {unit_before(wanted.ends_at)} AS unit, fell, waiting, wanted.ends_at, wanted.done_at, wanted.due_at,
           CASE WHEN {gone_before(wanted.ends_at_text)} THEN 1 ELSE 0 END AS gone
    FROM wanted JOIN cases ON cases.number = wanted.number
    WHERE wanted.place >= 0
      AND (CAST(:unit AS TEXT) IS NULL OR {unit_before(wanted.ends_at)} = :unit)
      AND (CAST(:township AS TEXT) IS NULL OR cases.township = :township)
)
SELECT place, unit,
       COUNT(*) FILTER (WHERE gone = 0 AND fell = 1) AS fell,
       COUNT(*) FILTER (WHERE gone = 0 AND fell = 1 AND done_at <= due_at) AS met,
       COUNT(*) FILTER (WHERE gone = 0 AND waiting = 1) AS waiting,
       COUNT(*) FILTER (WHERE gone = 0 AND waiting = 1 AND due_at < ends_at) AS late,
       COUNT(*) FILTER (WHERE gone = 1 AND fell = 1) AS gone
FROM told
GROUP BY place, unit;
