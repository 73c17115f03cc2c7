-- name: projection_further
-- The case that so many entries lead to, from those of a case on, in order of numbers.
SELECT case_number FROM ledger WHERE case_number >= :first ORDER BY case_number LIMIT 1 OFFSET :entries;

-- name: projection_next
-- The case after one, where that has more entries than are looked at in one go.
SELECT case_number FROM ledger WHERE case_number > :first ORDER BY case_number LIMIT 1;

-- name: projection_entries
-- The entries about a range of cases, each case's in order, without what only the chain needs.
SELECT seq, at, kind, version, case_number, actor, facts FROM ledger WHERE case_number >= :first AND case_number < :beyond ORDER BY case_number, seq;

-- name: projection_lines
-- The same with what binds each.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger WHERE case_number >= :first AND case_number < :beyond ORDER BY case_number, seq;

-- name: projection_cases
-- A range of cases as the tables have them.
SELECT number, version, state, kind, category, township, unit, channel, urgency, deadline_class, confidential, filed_at,
       officer, round, due_at, voices, left_voices, joint, transfers, final, urgings, urged_at, person_asked_at, about, since_at
FROM cases WHERE number >= :first AND number < :beyond;

-- name: projection_rounds
-- Attempts at a range of cases as the tables have them.
SELECT number, round, opened_at, rule, accept_due_at, due_at, accepted_at, resolved_at, closed_at, how,
       unit, pauses, waiting_since, waiting_until, extensions, wish_by, wish_due_at, called_back, since_at, left_voices
FROM rounds WHERE number >= :first AND number < :beyond;

-- name: projection_cases_before
-- What a range of cases no longer is.
SELECT number, since_at, until_at, unit, category, deadline_class
FROM cases_before WHERE number >= :first AND number < :beyond;

-- name: projection_rounds_before
-- What the attempts at a range of cases no longer are.
SELECT number, round, since_at, until_at, opened_at, unit, accept_due_at, due_at, accepted_at
FROM rounds_before WHERE number >= :first AND number < :beyond;

-- name: projection_ratings
-- Answers about a range of cases, the replaced ones too.
SELECT number, round, voice, solved, score, at, source FROM ratings WHERE number >= :first AND number < :beyond;

-- name: projection_reminders
-- Reminders about a range of cases.
SELECT number, round, stage, staff, role, at, told FROM reminders WHERE number >= :first AND number < :beyond;

-- name: projection_follow_ups
-- What was said of a range of cases months after their end.
SELECT number, round, stage, voice, solved, at FROM follow_ups WHERE number >= :first AND number < :beyond;

-- name: projection_files
-- What a range of cases keeps of files that were fetched, and in how many sealed bytes; each has an entry by then.
SELECT number, slot, actor, type, size, content,
       CAST((SELECT COALESCE(SUM(LENGTH(body)), 0) FROM file_pieces WHERE file = files.id) AS BIGINT) AS sealed
FROM files WHERE number >= :first AND number < :beyond AND type IS NOT NULL;

-- name: projection_translations
-- By whom and when texts of a range of cases were translated last.
SELECT number, slot, target, done_by, done_at FROM translations
WHERE number >= :first AND number < :beyond AND done_at IS NOT NULL;

-- name: projection_mend_files
-- Put right what is told of a file that is there.
UPDATE files SET actor = :actor, type = :type, size = :size, content = :content WHERE number = :number AND slot = :slot;

-- name: projection_mend_translations
-- Put right by whom and when a text was translated.
UPDATE translations SET done_by = :done_by, done_at = :done_at WHERE number = :number AND slot = :slot AND target = :target;

-- name: projection_beyond
-- How many rows are behind the last number that there can be.
SELECT COUNT(*) FROM (
    SELECT number FROM cases WHERE number >= :last UNION ALL SELECT number FROM rounds WHERE number >= :last
    UNION ALL SELECT number FROM ratings WHERE number >= :last UNION ALL SELECT number FROM reminders WHERE number >= :last
    UNION ALL SELECT number FROM follow_ups WHERE number >= :last
    UNION ALL SELECT number FROM cases_before WHERE number >= :last
    UNION ALL SELECT number FROM rounds_before WHERE number >= :last
    UNION ALL SELECT number FROM files WHERE number >= :last UNION ALL SELECT number FROM translations WHERE number >= :last
) AS beyond;

-- name: projection_drop_cases
-- Forget a range of cases in the tables, to make them anew; :last is the end of all numbers.
DELETE FROM cases WHERE number >= :first AND (number < :beyond OR :beyond = :last);

-- name: projection_drop_rounds
-- Forget the attempts at a range of cases.
DELETE FROM rounds WHERE number >= :first AND (number < :beyond OR :beyond = :last);

-- name: projection_drop_cases_before
-- Forget what a range of cases was.
DELETE FROM cases_before WHERE number >= :first AND (number < :beyond OR :beyond = :last);

-- name: projection_drop_rounds_before
-- Forget what the attempts at a range of cases were.
DELETE FROM rounds_before WHERE number >= :first AND (number < :beyond OR :beyond = :last);

-- name: projection_drop_ratings
-- Forget the answers about a range of cases.
DELETE FROM ratings WHERE number >= :first AND (number < :beyond OR :beyond = :last);

-- name: projection_drop_reminders
-- Forget the reminders about a range of cases.
DELETE FROM reminders WHERE number >= :first AND (number < :beyond OR :beyond = :last);

-- name: projection_drop_follow_ups
-- Forget what was said of a range of cases months after their end.
DELETE FROM follow_ups WHERE number >= :first AND (number < :beyond OR :beyond = :last);

-- name: sealed_slots
-- What lies sealed of a range of cases; sealing alone makes 28 bytes of nothing (storage/vault.py).
SELECT number, slot FROM words WHERE number >= :first AND number < :beyond AND LENGTH(body) > 28;

-- name: sealed_keys
-- The keys of a range of cases.
SELECT owner FROM keys WHERE owner >= 'case:' || :first AND owner < 'case:' || :beyond;

-- name: sealed_files
-- Those of a range of cases that keep a file, fetched or not.
SELECT DISTINCT number FROM files WHERE number >= :first AND number < :beyond;

-- name: sealed_voices
-- Which voices of a range of cases are somebody, whoever that is, and whether they have left.
SELECT number, voice, has_left FROM voices WHERE number >= :first AND number < :beyond;

-- name: sealed_erasures
-- What the list of erasures says of a range of cases, and of their voices, done or still to come.
SELECT subject FROM erasures WHERE subject >= 'case:' || :first AND subject < 'case:' || :beyond
UNION ALL
SELECT subject FROM erasures WHERE subject >= 'voice:' || :first AND subject < 'voice:' || :beyond
UNION ALL
SELECT subject FROM erasures WHERE subject >= 'closing:' || :first AND subject < 'closing:' || :beyond;

-- name: planned_of_cases
-- What is planned of a range of cases.
SELECT key FROM due WHERE key >= :first AND key < :beyond;

-- name: planned_digest
-- The digests that are planned.
SELECT key FROM due WHERE key >= 'digest/' AND key < 'digest0';

-- name: unsealing_keys
-- The wrapped keys of a range of cases.
SELECT owner, master_version, wrapped FROM keys WHERE owner >= 'case:' || :first AND owner < 'case:' || :beyond;

-- name: unsealing_words
-- Sealed words of a range of cases.
SELECT number, slot, body FROM words WHERE number >= :first AND number < :beyond;

-- name: unsealing_voices
-- Who stands behind a range of cases, with the sealed chat that they are written to, its keyed hash, and their key.
SELECT voices.number, voices.voice, voices.person, persons.chat, persons.chat_key, keys.master_version, keys.wrapped
FROM voices LEFT JOIN persons ON persons.id = voices.person LEFT JOIN keys ON keys.owner = 'person:' || voices.person
WHERE voices.number >= :first AND voices.number < :beyond ORDER BY voices.number, voices.voice;

-- name: unsealing_files
-- Fetched files of a range of cases.
SELECT id, number, secret, content FROM files WHERE number >= :first AND number < :beyond AND type IS NOT NULL;
