-- name: store_flaw
-- What is wrong with the database itself: the server looks at a page's checksum whenever it reads it.
SELECT 'ok';

-- name: store_unsafe
-- Settings by which a commit can be lost that was told to last, where the machine of the server goes down.
SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name;

-- name: schema_parts
-- What the schema is made of: tables, sequences, columns, indexes, constraints, triggers, rules, policies and functions; and
-- what lets another table speak for one of ours (its rows are read with ours, but guarded by none of our triggers) or hold
-- fast what is to be erased (a reference to it).
-- Casts and brackets are left out: how a server writes those that nobody wrote differs from version to version. Keys are
-- compared as indexes, what may not be empty as a column's; what extensions bring is theirs.
WITH ours AS (
    SELECT oid, relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
), parts (kind, name, owner, body) AS (
    SELECT 'table', relname, relname,
           concat_ws(' ', relkind, relpersistence, CASE WHEN relrowsecurity OR relforcerowsecurity THEN 'secured by row' END,
                     'by ' || seqincrement, seqmin, seqmax, CASE WHEN seqcycle THEN 'round and round' END)
    FROM ours LEFT JOIN pg_sequence ON seqrelid = ours.oid
    UNION ALL
    SELECT 'heir', heir.relname, ours.relname, heir.relkind::text
    FROM ours JOIN pg_inherits ON inhparent = ours.oid JOIN pg_class AS heir ON heir.oid = inhrelid WHERE ours.relkind = 'r'
    UNION ALL
    SELECT 'reference', conname, ours.relname, conrelid::regclass::text
    FROM ours JOIN pg_constraint ON confrelid = ours.oid
    UNION ALL
    SELECT 'column', attname, relname,
           concat_ws(' ', format_type(atttypid, atttypmod), (SELECT collname FROM pg_collation WHERE oid = attcollation),
                     CASE WHEN attnotnull THEN 'not null' END, NULLIF(attidentity, ''), NULLIF(attgenerated, ''),
                     (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum))
    FROM ours JOIN pg_attribute ON attrelid = ours.oid WHERE relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'index', named.relname, ours.relname, concat_ws(' ', pg_get_indexdef(indexrelid), CASE WHEN NOT indisvalid THEN 'invalid' END)
    FROM ours JOIN pg_index ON indrelid = ours.oid JOIN pg_class AS named ON named.oid = indexrelid
    UNION ALL
    SELECT 'constraint', conname, relname,
           concat_ws(' ', pg_get_constraintdef(made.oid),
                     CASE WHEN EXISTS (SELECT 1 FROM pg_trigger WHERE tgconstraint = made.oid AND tgenabled = 'D') THEN 'off' END)
    FROM ours JOIN pg_constraint AS made ON conrelid = ours.oid WHERE contype IN ('c', 'f', 'x')
    UNION ALL
    SELECT 'trigger', tgname, relname, concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), tgenabled)
    FROM ours JOIN pg_trigger ON tgrelid = ours.oid WHERE NOT tgisinternal
    UNION ALL
    SELECT 'rule', rulename, relname, concat_ws(' ', pg_get_ruledef(pg_rewrite.oid), ev_enabled)
    FROM ours JOIN pg_rewrite ON ev_class = ours.oid WHERE rulename <> '_RETURN'
    UNION ALL
    SELECT 'policy', polname, relname, concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    FROM ours JOIN pg_policy ON polrelid = ours.oid
    UNION ALL
    SELECT 'function', proname, proname,
           concat_ws(' ', lanname, pg_get_function_arguments(pg_proc.oid), pg_get_function_result(pg_proc.oid),
                     CASE WHEN prosecdef THEN 'as its owner' END, array_to_string(proconfig, ' '), prosrc)
    FROM pg_proc JOIN pg_language ON pg_language.oid = prolang WHERE pronamespace = current_schema()::regnamespace
)
SELECT kind, name, owner, regexp_replace(replace(body, quote_ident(current_schema()) || '.', ''), '::[a-z]+|[()]', ' ', 'g')
FROM parts ORDER BY kind, owner, name;
