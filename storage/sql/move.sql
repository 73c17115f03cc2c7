-- name: move_rows
-- Every row of a table; the name here stands for whichever is moved.
SELECT * FROM ledger;
