-- name: ledger_head
-- Where the ledger says that it ends.
SELECT seq, chain_hash FROM ledger_head WHERE id = 1;

-- name: ledger_head_lock
-- Take the head last, just before append and commit, and with it the last entry, which it must name.
SELECT ledger_head.seq, ledger_head.chain_hash, last.seq, last.chain_hash
FROM ledger_head LEFT JOIN ledger AS last ON last.seq = (SELECT MAX(seq) FROM ledger)
WHERE ledger_head.id = 1;

-- name: ledger_head_move
-- Move the head to the last entry appended.
UPDATE ledger_head SET seq = :seq, chain_hash = :chain_hash WHERE id = 1;

-- name: ledger_append
-- Append an entry.
INSERT INTO ledger (seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash)
VALUES (:seq, :at, :kind, :version, :case_number, :actor, :facts, :salts, :entry_hash, :chain_hash);

-- name: ledger_page
-- Read entries in order, from one sequence number on.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger WHERE seq >= :first ORDER BY seq LIMIT :limit;

-- name: ledger_links
-- The same of entries about no case; of those about one what the chain needs alone.
SELECT seq,
       CASE WHEN case_number IS NULL THEN at END, CASE WHEN case_number IS NULL THEN kind END,
       CASE WHEN case_number IS NULL THEN version END, case_number, CASE WHEN case_number IS NULL THEN actor END,
       CASE WHEN case_number IS NULL THEN facts END, CASE WHEN case_number IS NULL THEN salts END, entry_hash, chain_hash
FROM ledger WHERE seq >= :first ORDER BY seq LIMIT :limit;

-- name: ledger_size
-- Count entries, for a progress bar.
SELECT COUNT(*) FROM ledger;

-- name: ledger_of_case
-- Read a case's entries in order.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger WHERE case_number = :number ORDER BY seq;

-- name: counter_take
-- Draw the next :count numbers of a series; returns the last one drawn.
INSERT INTO counters (name, value) VALUES (:name, :count)
ON CONFLICT (name) DO UPDATE SET value = counters.value + :count
RETURNING value;

-- name: counter_names
-- Every series of numbers that has begun.
SELECT name FROM counters ORDER BY name;

-- name: counters_all
-- How far every series has come.
SELECT name, value FROM counters;

-- name: ledger_restored
-- Every entry that says that a backup was put back, in order.
SELECT seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash
FROM ledger WHERE case_number IS NULL AND kind = 'restored' ORDER BY seq;

-- name: ledger_filed_before
-- The case that was filed last before an entry.
SELECT case_number FROM ledger WHERE kind = 'filed' AND seq < :seq ORDER BY seq DESC LIMIT 1;

-- name: counter_raise
-- Let a series go on behind a number.
INSERT INTO counters (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value;

-- name: meta_get
-- Read a fact about the store.
SELECT value FROM meta WHERE name = :name;

-- name: meta_put
-- Remember a fact about the store.
INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value;

-- name: ledger_last_kind
-- The kind of the last entry.
SELECT kind FROM ledger WHERE seq = (SELECT MAX(seq) FROM ledger);
