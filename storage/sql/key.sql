-- name: key_versions
-- Which versions of the master key are in use, and for how many data keys.
SELECT master_version, COUNT(*) FROM keys GROUP BY master_version ORDER BY master_version;

-- name: keys_older
-- A page of the data keys that are wrapped under an earlier version of the master key, in order of owners.
SELECT owner, master_version, wrapped FROM keys
WHERE owner > :after AND master_version < :version ORDER BY owner LIMIT :limit;

-- name: key_rewrap
-- A data key, wrapped anew; one that was erased or wrapped anew meanwhile stays as it is.
UPDATE keys SET master_version = :master_version, wrapped = :wrapped WHERE owner = :owner AND master_version = :before;

-- name: key_destroy
-- Destroy a data key: what it sealed can never be read again, wherever a copy of that lies.
DELETE FROM keys WHERE owner = :owner;
