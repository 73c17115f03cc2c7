-- Officials on leave: from when until when, and who is told in their stead.

ALTER TABLE staff ADD COLUMN away_from BIGINT;
ALTER TABLE staff ADD COLUMN away_until BIGINT; -- not counted
ALTER TABLE staff ADD COLUMN deputy TEXT COLLATE "C";
