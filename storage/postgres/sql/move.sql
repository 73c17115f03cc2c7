-- name: move_tables
-- Every table of ours.
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('leases', 'schema_version') ORDER BY table_name;

-- name: move_count
-- How much there is.
SELECT (SELECT COUNT(*) FROM ledger) + (SELECT COUNT(*) FROM keys) + (SELECT COUNT(*) FROM persons) + (SELECT COUNT(*) FROM inbox);

-- name: move_clear_head
-- Make room for the ledger's head.
DELETE FROM ledger_head;

-- name: move_go_on
-- Let new updates and letters be numbered after those that are here.
SELECT setval('inbox_seq_seq', GREATEST((SELECT MAX(seq) FROM inbox), 1)),
       setval('outbox_id_seq', GREATEST((SELECT MAX(id) FROM outbox), 1));

-- name: move_seal_ledger
-- Only a file is sealed.
SELECT 1;

-- name: move_seal_inbox
-- Only a file is sealed.
SELECT 1;

-- name: move_seal_outbox
-- Only a file is sealed.
SELECT 1;

-- name: present_others
-- How many other living processes of the bot have the database open.
SELECT COUNT(*) FROM present WHERE holder <> :holder;
