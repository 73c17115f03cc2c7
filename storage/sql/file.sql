-- name: file_put
-- A file to fetch, for whoever sent it.
INSERT INTO files (id, person, media, secret, created_at, ready_at) VALUES (:id, :person, :media, :secret, :now, :now);

-- name: file_get
-- A file with the keys that open its secret: the case's once a case keeps it, else the person's.
SELECT files.id, files.person, files.number, files.slot, files.actor, files.media, files.secret, files.type, files.size,
       files.content, keys.owner, keys.master_version, keys.wrapped
FROM files
JOIN keys ON keys.owner = CASE WHEN files.number IS NULL THEN 'person:' || files.person ELSE 'case:' || files.number END
WHERE files.id = :id;

-- name: file_keep
-- A case keeps a file, as it was when that was decided: fetched or not. Once it is fetched nothing says whose it was.
UPDATE files SET number = :number, slot = :slot, actor = :actor, secret = :secret, person = CASE :type WHEN '' THEN person ELSE '' END
WHERE id = :id AND number IS NULL AND COALESCE(type, '') = :type;

-- name: file_drop
-- A file of this person that no case keeps is not wanted after all.
DELETE FROM files WHERE id = :id AND person = :person AND number IS NULL;

-- name: file_drop_content
-- The pieces of a file that is there no more.
DELETE FROM file_pieces WHERE file = :id AND NOT EXISTS (SELECT 1 FROM files WHERE files.id = file_pieces.file);

-- name: files_wanted
-- Files to fetch now, those that wait longest first.
SELECT id, ready_at FROM files WHERE type IS NULL AND failed_at IS NULL AND ready_at <= :now ORDER BY ready_at, id LIMIT :limit;

-- name: file_claim
-- Someone fetches a file; whoever claimed it at the same time gets nothing.
UPDATE files SET ready_at = :until, attempts = attempts + 1
WHERE id = :id AND ready_at = :ready_at AND type IS NULL AND failed_at IS NULL;

-- name: files_release
-- Whatever is still to be fetched is wanted at once.
UPDATE files SET ready_at = :now WHERE type IS NULL AND failed_at IS NULL AND ready_at > :now;

-- name: files_next
-- When the next file is to be fetched.
SELECT MIN(ready_at) FROM files WHERE type IS NULL AND failed_at IS NULL;

-- name: file_attempts
-- How often a file was claimed.
SELECT attempts FROM files WHERE id = :id;

-- name: file_done
-- A file is fetched, and a case or a milestone keeps it as it did when its entry was written, or none does.
UPDATE files SET type = :type, size = :size, content = :content, person = CASE :number WHEN '' THEN person ELSE '' END
WHERE id = :id AND type IS NULL AND failed_at IS NULL AND COALESCE(number, '') = :number AND COALESCE(slot, '') = :slot;

-- name: file_piece_put
-- A piece of a file's content.
INSERT INTO file_pieces (file, place, body) VALUES (:file, :place, :body);

-- name: file_postpone
-- A file is tried again later.
UPDATE files SET ready_at = :ready_at WHERE id = :id AND type IS NULL AND failed_at IS NULL;

-- name: file_fail
-- A file is given up.
UPDATE files SET failed_at = :now, reason = :reason WHERE id = :id AND type IS NULL AND failed_at IS NULL;

-- name: file_pieces
-- A file's content from a place on.
SELECT place, body FROM file_pieces WHERE file = :file AND place >= :place ORDER BY place LIMIT :limit;

-- name: files_of_case
-- The files that a case keeps, in the order in which they came; those that were given up are not there.
SELECT id, slot, media, type, size FROM files WHERE number = :number AND failed_at IS NULL ORDER BY created_at, slot;

-- name: case_pieces_erase
-- Destroy the content of a case's files.
DELETE FROM file_pieces WHERE file IN (SELECT id FROM files WHERE number = :number);

-- name: case_files_erase
-- Forget a case's files.
DELETE FROM files WHERE number = :number;

-- name: person_pieces_erase
-- Destroy the content of a person's files that no case keeps.
DELETE FROM file_pieces WHERE file IN (SELECT id FROM files WHERE person = :person AND number IS NULL);

-- name: person_files_untie
-- Forget whose files those were that a case keeps and that are not fetched yet.
UPDATE files SET person = '' WHERE person = :person AND number IS NOT NULL;

-- name: person_files_erase
-- Forget a person's files that no case keeps.
DELETE FROM files WHERE person = :person AND number IS NULL;
