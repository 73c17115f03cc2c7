-- Sentences that were translated before, each sealed under the key of its case; found by a keyed hash, and erased with the case.

CREATE TABLE memory (
    hash   TEXT COLLATE "C" NOT NULL,                     -- keyed, of both languages and the normalised sentence, hex
    number TEXT COLLATE "C" NOT NULL,
    place  TEXT COLLATE "C" NOT NULL,                     -- the slot of the translation that it is from
    body   BYTEA NOT NULL,                     -- sealed: the translation of the sentence
    at     BIGINT NOT NULL,
    PRIMARY KEY (hash, number, place)
);
CREATE INDEX memory_of_case ON memory (number, place);
