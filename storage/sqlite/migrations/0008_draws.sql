-- The callback draw (bot/rules/draw.py), and the newest week that is counted.

CREATE TABLE draws (
    since  INTEGER PRIMARY KEY,               -- how many entries there were when the seed was drawn
    pledge TEXT NOT NULL,                     -- the line of the checkpoint over them that binds to the seed
    seed   BLOB,                              -- sealed; gone once it stands in the ledger
    until  INTEGER,                           -- drawn was from the entries after `since`, up to this one
    drawn  INTEGER                            -- so many entries right behind say who was drawn
) STRICT;
CREATE INDEX ledger_without_case ON ledger (kind, seq) WHERE case_number IS NULL;
