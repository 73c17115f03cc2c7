-- name: translation_put
-- A text is to be translated.
INSERT INTO translations (id, number, slot, source, target, language, voice, urgent, asked_at, due_at, version)
VALUES (:id, :number, :slot, :source, :target, :language, :voice, :urgent, :asked_at, :due_at, :version);

-- name: translation_update
-- It changed hands, or is translated; valid only on what that was decided on.
UPDATE translations SET version = :version, taken_by = :taken_by, taken_at = :taken_at, done_by = :done_by,
                        done_role = :done_role, done_at = :done_at
WHERE id = :id AND version = :before;

-- name: translations_of_case
-- What of a case is to be translated, or was, and whether anybody holds a role for it.
SELECT number, slot, source, target, asked_at, due_at, version, taken_by, taken_at, done_by, done_role, done_at, voice, urgent,
       (SELECT COUNT(*) FROM staff WHERE left_at IS NULL
        AND (role = 'translator' AND (staff.language IS NULL OR staff.language = translations.language)
             OR role = 'operator' AND translations.language = 'zh_Hans_CN'))
FROM translations WHERE number = :number ORDER BY asked_at, id;

-- name: translation_get
-- One of them.
SELECT number, slot, source, target, asked_at, due_at, version, taken_by, taken_at, done_by, done_role, done_at, voice, urgent,
       (SELECT COUNT(*) FROM staff WHERE left_at IS NULL
        AND (role = 'translator' AND (staff.language IS NULL OR staff.language = translations.language)
             OR role = 'operator' AND translations.language = 'zh_Hans_CN'))
FROM translations WHERE id = :id;

-- name: translations_done
-- What an official translated, the last first.
SELECT number, slot, source, target, asked_at, due_at, version, taken_by, taken_at, done_by, done_role, done_at, voice, urgent, 1
FROM translations WHERE done_by = :staff AND done_at IS NOT NULL ORDER BY done_at DESC, id LIMIT :limit;

-- name: translations_wanted
-- What waits in a language, what runs out first on top.
SELECT translations.number, slot, source, target, asked_at, translations.due_at, translations.version, taken_by, taken_at,
       done_by, done_role, done_at, voice, translations.urgent, 1
FROM translations JOIN cases ON cases.number = translations.number
WHERE language = :language AND done_at IS NULL
  AND cases.state <> 'withdrawn' AND (cases.state <> 'refused' OR target <> 'zh_Hans_CN')
ORDER BY translations.due_at, translations.id LIMIT :limit;

-- name: translations_backlog
-- How much of that there is, since when, and how much is late, by language.
SELECT language, COUNT(*), MIN(asked_at), COUNT(*) FILTER (WHERE translations.due_at < :now)
FROM translations JOIN cases ON cases.number = translations.number
WHERE done_at IS NULL
  AND cases.state <> 'withdrawn' AND (cases.state <> 'refused' OR target <> 'zh_Hans_CN')
GROUP BY language ORDER BY language;

-- name: translations_erase
-- What of a case was to be translated is forgotten with its words.
DELETE FROM translations WHERE number = :number;

-- name: languages_of_case
-- Which languages those behind a case chose.
SELECT voices.person, persons.language FROM voices JOIN persons ON persons.id = voices.person
WHERE voices.number = :number AND voices.has_left = 0 AND persons.language IS NOT NULL ORDER BY voices.voice;

-- name: memory_drop
-- What is remembered of a translation that is made anew.
DELETE FROM memory WHERE number = :number AND place = :place;

-- name: memory_put
-- A sentence and its translation are remembered.
INSERT INTO memory (hash, number, place, body, at) VALUES (:hash, :number, :place, :body, :at)
ON CONFLICT (hash, number, place) DO UPDATE SET body = excluded.body, at = excluded.at;

-- name: memory_get
-- How a sentence was translated last, sealed, with the key of the case that it is from.
SELECT memory.number, memory.body, keys.master_version, keys.wrapped
FROM memory JOIN keys ON keys.owner = 'case:' || memory.number
WHERE memory.hash = :hash ORDER BY memory.at DESC, memory.number DESC LIMIT 1;

-- name: memory_erase
-- What is remembered of a case is forgotten with its words.
DELETE FROM memory WHERE number = :number;
