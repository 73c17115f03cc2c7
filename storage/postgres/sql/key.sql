-- name: keys_hold
-- Let nobody else write a data key until the end of the transaction; wait for those who are about to.
SELECT keys_hold();
