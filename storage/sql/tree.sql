-- name: tree_peaks
-- The roots of the whole subtrees that the tree over :size entries is made of, largest first; NULL for one that is lost.
WITH RECURSIVE levels (level, width) AS (
    SELECT 0, CAST(:size AS BIGINT) UNION ALL SELECT level + 1, width / 2 FROM levels WHERE width > 1
)
SELECT levels.level, CASE WHEN levels.level = 0 THEN ledger.entry_hash ELSE tree.hash END
FROM levels
LEFT JOIN tree ON tree.level = levels.level AND tree.place = levels.width - 1
LEFT JOIN ledger ON levels.level = 0 AND ledger.seq = levels.width
WHERE levels.width % 2 = 1 ORDER BY levels.level DESC;

-- name: tree_put
-- Keep a whole node.
INSERT INTO tree (level, place, hash) VALUES (:level, :place, :hash);

-- name: tree_node
-- One whole node above the entries.
SELECT hash FROM tree WHERE level = :level AND place = :place;

-- name: tree_leaf
-- An entry as a leaf of the tree.
SELECT entry_hash FROM ledger WHERE seq = :seq;

-- name: tree_of_level
-- Whole nodes of a level that stand beside each other.
SELECT place, hash FROM tree WHERE level = :level AND place BETWEEN :first AND :last ORDER BY place;

-- name: tree_size
-- How many whole nodes are kept, and over how many entries.
SELECT (SELECT COUNT(*) FROM tree), (SELECT seq FROM ledger_head WHERE id = 1);

-- name: tree_mend
-- Put a node right.
INSERT INTO tree (level, place, hash) VALUES (:level, :place, :hash)
ON CONFLICT (level, place) DO UPDATE SET hash = excluded.hash;

-- name: tree_drop_surplus
-- Drop nodes that a tree over :size entries does not have; places of a level are from 0 to size / 2^level.
DELETE FROM tree WHERE level < 1 OR level > 62 OR place < 0 OR place >= CAST(:size AS BIGINT) >> CAST(level AS INTEGER);

-- name: checkpoint_put
-- Keep a checkpoint.
INSERT INTO checkpoints (size, text, at) VALUES (:size, :text, :at) ON CONFLICT (size) DO UPDATE SET text = excluded.text;

-- name: checkpoint_newest
-- The checkpoint over most entries.
SELECT size, text FROM checkpoints ORDER BY size DESC LIMIT 1;

-- name: checkpoint_all
-- Every checkpoint, by size.
SELECT size, text FROM checkpoints ORDER BY size;
