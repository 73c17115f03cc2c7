-- name: survey_token_put
-- Somebody may answer once about a unit.
INSERT INTO survey_tokens (digest, period, unit) VALUES (:digest, :period, :unit);

-- name: survey_count
-- Add one answer to a unit's counts, while its token is still there.
INSERT INTO survey_counts (period, unit, question, verdict, count)
SELECT period, unit, CAST(:question AS TEXT), CAST(:verdict AS TEXT), 1 FROM survey_tokens WHERE digest = :digest
ON CONFLICT (period, unit, question, verdict) DO UPDATE SET count = survey_counts.count + 1;

-- name: survey_token_burn
-- The token is used up; nothing says by whom or for what.
DELETE FROM survey_tokens WHERE digest = :digest;

-- name: survey_token_get
-- Which unit a token is about.
SELECT unit FROM survey_tokens WHERE digest = :digest;

-- name: survey_counts_get
-- What was answered in a survey.
SELECT unit, question, verdict, count FROM survey_counts WHERE period = :period ORDER BY unit, question, verdict;

-- name: survey_tokens_drop
-- Nobody can answer any more.
DELETE FROM survey_tokens WHERE period = :period;

-- name: survey_counts_drop
-- What the ledger tells of it is all that stays.
DELETE FROM survey_counts WHERE period = :period;

-- name: survey_entries
-- Entries about surveys, and restores, after which no pledge from before binds; oldest first.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger WHERE case_number IS NULL AND kind IN ('survey_pledged', 'survey_begun', 'survey_ended', 'survey_counted', 'restored') ORDER BY seq;

-- name: survey_closed
-- Cases closed in a period, confidential ones left out, with their unit then: what a survey draws from, but for whom to write to.
SELECT DISTINCT rounds.number, rounds.unit
FROM rounds JOIN cases ON cases.number = rounds.number
WHERE rounds.closed_at >= :begins_at AND rounds.closed_at < :ends_at AND cases.confidential = 0
ORDER BY rounds.number, rounds.unit;

-- name: survey_served
-- Cases closed in a period, confidential ones left out, with their unit then and those behind them who can be written to.
SELECT rounds.number, rounds.unit, voices.person
FROM rounds
JOIN cases ON cases.number = rounds.number
JOIN voices ON voices.number = rounds.number AND voices.has_left = 0
JOIN persons ON persons.id = voices.person
WHERE rounds.closed_at >= :begins_at AND rounds.closed_at < :ends_at AND cases.confidential = 0 AND persons.unreachable_at IS NULL
ORDER BY rounds.number, rounds.round, voices.voice;
