-- What was erased, and must be erased again in any backup that is put back.

CREATE TABLE erasures (
    subject TEXT PRIMARY KEY,                 -- case:…, person:…, voice:NUMBER/VOICE; closing:NUMBER is still to come
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
