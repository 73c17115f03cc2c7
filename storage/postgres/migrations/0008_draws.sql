-- The callback draw (bot/rules/draw.py), and the newest week that is counted.

CREATE TABLE draws (
    since  BIGINT PRIMARY KEY,                -- how many entries there were when the seed was drawn
    pledge TEXT COLLATE "C" NOT NULL,         -- the line of the checkpoint over them that binds to the seed
    seed   BYTEA,                             -- sealed; gone once it stands in the ledger
    until  BIGINT,                            -- drawn was from the entries after `since`, up to this one
    drawn  BIGINT                             -- so many entries right behind say who was drawn
);
CREATE INDEX ledger_without_case ON ledger (kind, seq) WHERE case_number IS NULL;
