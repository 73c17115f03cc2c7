-- name: house_words_put
-- Sealed words that belong to no case.
INSERT INTO house_words (slot, body) VALUES (:slot, :body) ON CONFLICT (slot) DO NOTHING;

-- name: house_words_get
-- Sealed words that belong to no case.
SELECT body FROM house_words WHERE slot = :slot;

-- name: turn_take
-- Decide on something, only if it is still what it was decided on.
INSERT INTO turns (name, version) VALUES (:name, :after)
ON CONFLICT (name) DO UPDATE SET version = excluded.version WHERE turns.version = excluded.version - 1;

-- name: card_entries
-- Entries about the scorecards of a period, oldest first.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger
WHERE case_number IS NULL
  AND kind IN ('card_shown', 'card_objected', 'objection_answered', 'points_given', 'points_decided', 'card_published')
  AND facts LIKE '%"period":"' || CAST(:period AS TEXT) || '"%'
ORDER BY seq;
