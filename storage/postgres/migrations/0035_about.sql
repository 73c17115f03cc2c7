-- The unit whose officials a confidential case is about: nobody of it sees the case.
ALTER TABLE cases ADD COLUMN about TEXT COLLATE "C";
