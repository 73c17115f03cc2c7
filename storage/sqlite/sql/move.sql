-- name: move_tables
-- Every table of ours.
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name;

-- name: move_count
-- How much there is.
SELECT (SELECT COUNT(*) FROM ledger) + (SELECT COUNT(*) FROM keys) + (SELECT COUNT(*) FROM persons) + (SELECT COUNT(*) FROM inbox);

-- name: move_clear_head
-- Make room for the ledger's head.
DELETE FROM ledger_head;

-- name: move_go_on
-- New rows are numbered after those that are here by themselves.
SELECT 1;

-- name: move_seal_ledger
-- The county has moved: nothing is entered here any more.
CREATE TRIGGER moved_ledger BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'the county has moved'); END;

-- name: move_seal_inbox
-- The county has moved: no update is taken here any more.
CREATE TRIGGER moved_inbox BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'the county has moved'); END;

-- name: move_seal_outbox
-- The county has moved: no letter is sent from here any more.
CREATE TRIGGER moved_outbox BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'the county has moved'); END;

-- name: present_others
-- How many other processes have the database open: of a file nobody knows.
SELECT 0;
