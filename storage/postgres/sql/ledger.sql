-- name: ledger_head_lock
-- Take the head last, just before append and commit, and with it the last entry, which it must name.
SELECT seq, chain_hash, last_seq, last_hash FROM ledger_end();
