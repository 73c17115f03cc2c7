-- Officials on leave: from when until when, and who is told in their stead.

ALTER TABLE staff ADD COLUMN away_from INTEGER;
ALTER TABLE staff ADD COLUMN away_until INTEGER; -- not counted
ALTER TABLE staff ADD COLUMN deputy TEXT;
