-- name: keys_hold
-- Let nobody else write a data key until the end of the transaction: in SQLite nobody else writes at all.
SELECT 1;
