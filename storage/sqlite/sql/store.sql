-- name: store_flaw
-- What is wrong with the file itself, every page, row and index of it: a row that says ok, or what was found first.
PRAGMA integrity_check(1);

-- name: store_unsafe
-- Settings by which a commit can be lost that was told to last: the file's are the program's own.
SELECT NULL WHERE 0;

-- name: schema_parts
-- What the file is made of: tables, indexes, triggers and views as they were made; what SQLite makes by itself has no text.
SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL;
