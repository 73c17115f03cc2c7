-- name: store_flaw
-- What is wrong with the file itself, every page, row and index of it: a row that says ok, or what was found first.
PRAGMA integrity_check(1);
