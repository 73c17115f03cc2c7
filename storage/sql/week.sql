-- What the figures of one week say of each attempt and each voice; the definitions are those of digest.sql.

-- name: week_last
-- The newest week that is counted.
SELECT facts FROM ledger WHERE case_number IS NULL AND kind = 'week_counted' ORDER BY seq DESC LIMIT 1;

-- name: week_all
-- Every week that is counted, oldest first.
SELECT seq, version, facts FROM ledger WHERE case_number IS NULL AND kind = 'week_counted' ORDER BY seq;

-- name: week_attempts
-- Every attempt of which the week's figures speak: 1 for yes, 0 for no, NULL where they do not.
WITH touched (number, round) AS (
    SELECT number, 1 FROM cases WHERE filed_at >= :begins_at AND filed_at < :ends_at
    UNION
    SELECT number, round FROM rounds WHERE accept_due_at >= :begins_at AND accept_due_at < :ends_at
    UNION
    SELECT number, round FROM rounds WHERE due_at >= :begins_at AND due_at < :ends_at
    UNION
    SELECT number, round FROM rounds WHERE closed_at >= :begins_at AND closed_at < :ends_at
    UNION
    SELECT number, round FROM rounds WHERE closed_at IS NULL AND resolved_at IS NULL AND due_at < :ends_at
    UNION
    SELECT number, round FROM rounds WHERE closed_at IS NULL AND resolved_at >= :begins_at AND due_at < :ends_at
    UNION
    SELECT number, round FROM rounds WHERE closed_at >= :begins_at AND resolved_at >= :begins_at AND due_at < :ends_at
    UNION
    SELECT number, round - 1 FROM rounds WHERE round > 1 AND opened_at >= :begins_at AND opened_at < :ends_at
    UNION
    SELECT number, round FROM rounds_before WHERE until_at >= :ends_at AND since_at < :ends_at
), answers AS ( -- of each voice the last before the end
    SELECT ratings.number, ratings.round, COUNT(*) AS given, COUNT(*) FILTER (WHERE ratings.solved = 'yes') AS yes
    FROM touched CROSS JOIN ratings -- CROSS: in SQLite this order, so that ratings are looked up, not read whole
    WHERE ratings.number = touched.number AND ratings.round = touched.round AND ratings.at < :ends_at AND NOT EXISTS (
        SELECT 1 FROM ratings AS later
        WHERE later.number = ratings.number AND later.round = ratings.round AND later.voice = ratings.voice
          AND later.at > ratings.at AND later.at < :ends_at
    )
    GROUP BY ratings.number, ratings.round
), attempts AS (
    SELECT rounds.number, rounds.round, COALESCE(was.unit, rounds.unit) AS unit, COALESCE(case_was.category, cases.category) AS category,
           CASE WHEN case_was.number IS NULL THEN cases.deadline_class ELSE case_was.deadline_class END AS deadline_class,
           cases.confidential, cases.filed_at,
           CASE WHEN was.number IS NULL THEN rounds.accept_due_at ELSE was.accept_due_at END AS accept_due_at,
           CASE WHEN was.number IS NULL THEN rounds.due_at ELSE was.due_at END AS due_at,
           CASE WHEN was.number IS NULL THEN rounds.accepted_at ELSE was.accepted_at END AS accepted_at,
           rounds.resolved_at, rounds.closed_at, again.opened_at AS again_at,
           CASE WHEN {confirmed_before(:ends_at_text)} THEN 1 ELSE 0 END AS called_back,
           COALESCE(answers.given, 0) AS given, COALESCE(answers.yes, 0) AS yes,
           CASE WHEN {gone_before(:ends_at_text)} THEN 1 ELSE 0 END AS gone
    FROM touched CROSS JOIN rounds -- CROSS: as above
    JOIN cases ON cases.number = rounds.number
    LEFT JOIN rounds_before AS was ON was.number = rounds.number AND was.round = rounds.round
        AND was.since_at < :ends_at AND was.until_at >= :ends_at
    LEFT JOIN cases_before AS case_was ON case_was.number = cases.number
        AND case_was.since_at < :ends_at AND case_was.until_at >= :ends_at
    LEFT JOIN rounds AS again ON again.number = rounds.number AND again.round = rounds.round + 1 AND again.opened_at < :ends_at
    LEFT JOIN answers ON answers.number = rounds.number AND answers.round = rounds.round
    WHERE rounds.number = touched.number AND rounds.round = touched.round AND rounds.opened_at < :ends_at
)
SELECT number, round, unit, category, deadline_class, confidential,
       CASE WHEN round = 1 AND filed_at >= :begins_at AND filed_at < :ends_at THEN 1 ELSE 0 END AS received,
       CASE WHEN gone = 0 AND accept_due_at >= :begins_at AND accept_due_at < :ends_at
           THEN CASE WHEN accepted_at <= accept_due_at THEN 1 ELSE 0 END END AS accepted_in_time,
       CASE WHEN gone = 0 AND due_at >= :begins_at AND due_at < :ends_at
           THEN CASE WHEN resolved_at <= due_at THEN 1 ELSE 0 END END AS in_time,
       CASE WHEN gone = 0 AND due_at < :ends_at AND (resolved_at >= :begins_at OR (resolved_at IS NULL AND closed_at IS NULL))
           THEN CASE WHEN resolved_at < :ends_at THEN 1 ELSE 0 END END AS handled,
       CASE WHEN gone = 0 AND closed_at >= :begins_at AND closed_at < :ends_at
           THEN CASE WHEN given > 0 THEN 1 ELSE 0 END END AS answered,
       CASE WHEN gone = 0 AND closed_at >= :begins_at AND closed_at < :ends_at
           THEN CASE WHEN again_at IS NULL AND (yes > 0 AND yes = given OR given = 0 AND called_back = 1) THEN 1 ELSE 0 END END AS solved,
       CASE WHEN gone = 0 AND again_at >= :begins_at THEN 1
            WHEN gone = 0 AND closed_at >= :begins_at AND closed_at < :ends_at THEN 0 END AS reopened
FROM attempts
ORDER BY number, round;

-- name: week_voices
-- Every attempt closed in the week: how many people stand behind it, how many gave a score, and how many of these 4 or 5.
WITH closed AS (
    SELECT rounds.number, rounds.round, rounds.unit, cases.confidential,
           {voices_before(:ends_at_text)} AS voices
    FROM rounds JOIN cases ON cases.number = rounds.number
    WHERE rounds.closed_at >= :begins_at AND rounds.closed_at < :ends_at
      AND NOT {gone_before(:ends_at_text)}
), asked AS (
    SELECT closed.number, closed.round, closed.unit, closed.confidential, closed.voices, COUNT(ratings.solved) AS answers,
           COUNT(ratings.score) AS scores, COUNT(*) FILTER (WHERE ratings.score >= 4) AS satisfied
    FROM closed LEFT JOIN ratings
      ON ratings.number = closed.number AND ratings.round = closed.round AND ratings.at < :ends_at
      AND NOT EXISTS ( -- the last answer before the end counts, however many the table keeps
          SELECT 1 FROM ratings AS later
          WHERE later.number = ratings.number AND later.round = ratings.round AND later.voice = ratings.voice
            AND later.at > ratings.at AND later.at < :ends_at
      )
    GROUP BY closed.number, closed.round, closed.unit, closed.confidential, closed.voices
)
SELECT number, round, unit, confidential, CASE WHEN answers > voices THEN answers ELSE voices END AS people, scores, satisfied
FROM asked
ORDER BY number, round;

-- name: ledger_counted
-- The entries after :since, up to :until, that count cases.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger WHERE seq > :since AND seq <= :until AND kind = 'counted' ORDER BY seq;

-- name: draw_entries
-- What stands behind the last entry that was drawn from, as long as it says who was drawn.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger
WHERE seq > :until AND seq < COALESCE((SELECT MIN(seq) FROM ledger WHERE seq > :until AND kind <> 'callback_drawn'), :until + 1000000000)
ORDER BY seq;

-- name: drawn_lately
-- Who was drawn in the newest draws: so many entries right behind the last one that was drawn from.
SELECT l.seq, l.at, l.kind, l.version, l.case_number, l.actor, l.facts, l.salts, l.entry_hash, l.chain_hash
FROM (SELECT until, drawn FROM draws WHERE until IS NOT NULL ORDER BY since DESC LIMIT :draws) AS d
JOIN ledger l ON l.seq > d.until AND l.seq <= d.until + d.drawn
WHERE l.kind = 'callback_drawn'
ORDER BY l.seq;

-- name: draw_open
-- The seed that is pledged and not drawn with yet.
SELECT since, pledge, seed FROM draws WHERE until IS NULL ORDER BY since DESC LIMIT 1;

-- name: draw_unpublished
-- Seeds that were drawn with and are not told yet.
SELECT since, until, seed FROM draws WHERE until IS NOT NULL AND seed IS NOT NULL ORDER BY since;

-- name: draw_put
-- Keep a new seed, sealed.
INSERT INTO draws (since, pledge, seed, until, drawn) VALUES (:since, :pledge, :seed, NULL, NULL);

-- name: draw_done
-- Remember up to where a draw went, and how many entries behind that say who was drawn.
UPDATE draws SET until = :until, drawn = :drawn WHERE since = :since AND until IS NULL;

-- name: draw_told
-- Forget a seed that stands in the ledger now.
UPDATE draws SET seed = NULL WHERE since = :since;

-- name: draw_forget_open
-- A seed that may have been told since is drawn with no more.
DELETE FROM draws WHERE until IS NULL;

-- name: draw_all
-- Every draw that was made, the newest first.
SELECT since, until, pledge FROM draws WHERE until IS NOT NULL ORDER BY since DESC;

-- name: draw_pledges
-- What was bound to at which size of the ledger, drawn with or not.
SELECT since, pledge FROM draws ORDER BY since;

-- name: draw_states
-- What is remembered of each draw, the oldest first; sealing alone makes 28 bytes of nothing (storage/vault.py).
SELECT since, until, drawn, CASE WHEN LENGTH(seed) > 28 THEN 1 ELSE 0 END FROM draws ORDER BY since;

-- name: unsealing_seeds
-- The sealed seeds, and what binds to each.
SELECT since, pledge, seed FROM draws WHERE seed IS NOT NULL ORDER BY since;

-- name: restored_last
-- The last time that a backup took the place of the database.
SELECT MAX(seq) FROM ledger WHERE kind = 'restored' AND case_number IS NULL;

-- name: seed_published
-- The seeds that are told.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger WHERE case_number IS NULL AND kind = 'seed_published' ORDER BY seq;
