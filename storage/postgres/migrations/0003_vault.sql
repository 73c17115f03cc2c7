-- What was erased, and must be erased again in any backup that is put back; and how a rotation of the master key holds the keys.

CREATE TABLE erasures (
    subject TEXT COLLATE "C" PRIMARY KEY,  -- case:…, person:…, voice:NUMBER/VOICE; closing:NUMBER is still to come
    at      BIGINT NOT NULL
);

-- Whoever is writing a key is waited for, and nobody begins to until the transaction ends.
CREATE FUNCTION keys_hold() RETURNS BIGINT LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE keys IN SHARE ROW EXCLUSIVE MODE;
    RETURN 1;
END $$;
