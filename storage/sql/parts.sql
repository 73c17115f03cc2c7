-- Expressions that several blocks share; `{name}` or `{name(what)}` in a block stands for one, and `{}` in it for what is given.

-- part: periods
-- A table of several periods, read from `:periods`: 80 characters a period, namely beginning and end in microseconds, the end and
-- the beginning as the ledger writes them (20 each). `place` is the period's, from 0; the row at place -1 is none, and ends at 0.
periods (place, begins_at, ends_at, begins_at_text, ends_at_text, rest) AS (
    SELECT -1, CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST('' AS TEXT), CAST('' AS TEXT), CAST(:periods AS TEXT)
    UNION ALL
    SELECT place + 1, CAST(substr(rest, 1, 20) AS BIGINT), CAST(substr(rest, 21, 20) AS BIGINT),
           substr(rest, 61, 20), substr(rest, 41, 20), substr(rest, 81)
    FROM periods WHERE rest <> ''
)

-- part: gone_before
-- A case was withdrawn, refused or merged before a moment, given as the ledger writes it: it counts in what was received alone.
(cases.state IN ('withdrawn', 'refused', 'merged') AND EXISTS (
    SELECT 1 FROM ledger AS ending
    WHERE ending.case_number = cases.number AND ending.kind = cases.state AND ending.at < {}
))

-- part: unit_before
-- Whose a case was before a moment, in microseconds, at which it had been filed.
CASE WHEN cases.since_at < {} THEN cases.unit ELSE (
    SELECT was.unit FROM cases_before AS was WHERE was.number = cases.number AND was.since_at < {} AND was.until_at >= {}
) END

-- part: category_before
-- What a case was about before a moment, in microseconds, at which it had been filed.
CASE WHEN cases.since_at < {} THEN cases.category ELSE (
    SELECT was.category FROM cases_before AS was WHERE was.number = cases.number AND was.since_at < {} AND was.until_at >= {}
) END

-- part: confirmed_before
-- Somebody outside the unit had heard before a moment, given as the ledger writes it, that an attempt solved it.
(rounds.called_back IS NOT NULL AND COALESCE((
    SELECT heard.facts FROM ledger AS heard
    WHERE heard.case_number = rounds.number AND heard.kind = 'called_back' AND heard.at < {}
      AND heard.facts LIKE '%"round":' || rounds.round || ',%'
    ORDER BY heard.seq DESC LIMIT 1
), '') LIKE '%"solved":"yes"%')

-- part: voices_before
-- How many people stood behind an attempt by a moment, given as the ledger writes it: the filer, and whoever joined by then, without
-- those who left before its end. Whoever joined once it had been reopened stands behind later attempts alone.
CASE WHEN cases.voices > 1 THEN (
    SELECT 1 + COUNT(*) - rounds.left_voices FROM ledger AS joining
    WHERE joining.case_number = rounds.number AND joining.kind = 'voice_added' AND joining.at < {}
      AND rounds.round > (
          SELECT COUNT(*) FROM ledger AS again
          WHERE again.case_number = joining.case_number AND again.kind = 'reopened' AND again.seq < joining.seq
      )
) ELSE 1 END
