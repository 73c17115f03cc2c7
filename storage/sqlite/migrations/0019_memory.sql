-- Sentences that were translated before, each sealed under the key of its case; found by a keyed hash, and erased with the case.

CREATE TABLE memory (
    hash   TEXT NOT NULL,                     -- keyed, of both languages and the normalised sentence, hex
    number TEXT NOT NULL,
    place  TEXT NOT NULL,                     -- the slot of the translation that it is from
    body   BLOB NOT NULL,                     -- sealed: the translation of the sentence
    at     INTEGER NOT NULL,
    PRIMARY KEY (hash, number, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_of_case ON memory (number, place);
