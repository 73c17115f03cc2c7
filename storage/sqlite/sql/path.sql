-- name: inbox_oldest
-- Where the oldest waiting update of each chat stands.
SELECT MIN(seq) AS seq FROM inbox WHERE done_at IS NULL AND aside_at IS NULL GROUP BY chat_key ORDER BY 1 LIMIT :limit;

-- name: inbox_oldest_around
-- The same, past chats of which nothing is wanted now (a JSON array): from chat to chat, however much waits of one.
WITH RECURSIVE chats (chat_key) AS (
    SELECT MIN(chat_key) FROM inbox WHERE done_at IS NULL AND aside_at IS NULL
    UNION ALL
    SELECT (SELECT MIN(inbox.chat_key) FROM inbox
            WHERE done_at IS NULL AND aside_at IS NULL AND inbox.chat_key > chats.chat_key)
    FROM chats WHERE chats.chat_key IS NOT NULL
)
SELECT (SELECT MIN(inbox.seq) FROM inbox
        WHERE done_at IS NULL AND aside_at IS NULL AND inbox.chat_key = chats.chat_key) AS seq
FROM chats
WHERE chat_key IS NOT NULL AND lower(hex(chat_key)) NOT IN (SELECT value FROM json_each(:held)) ORDER BY 1 LIMIT :limit;

-- name: inbox_take
-- Updates (a JSON array of their places), with their senders as far as known.
SELECT inbox.seq, inbox.update_id, inbox.body, inbox.received_at, inbox.attempts, inbox.chat_key,
       persons.id, persons.language, persons.township, keys.master_version, keys.wrapped, dialogs.state, persons.hearing, persons.beside
FROM inbox
LEFT JOIN persons ON persons.chat_key = inbox.chat_key
LEFT JOIN keys ON keys.owner = 'person:' || persons.id
LEFT JOIN dialogs ON dialogs.person = persons.id
WHERE inbox.seq IN (SELECT value FROM json_each(:seqs)) ORDER BY inbox.seq;

-- name: inbox_done
-- Updates are handled (a JSON array of their places): their content goes, their numbers stay so that a repeat is known.
UPDATE inbox SET done_at = :now, body = NULL WHERE seq IN (SELECT value FROM json_each(:seqs)) AND done_at IS NULL;

-- name: outbox_ready
-- Messages that can go out now: each person's in order, none behind one that must wait, none of busy people (a JSON array).
-- What is held back for the hours' sake is passed over, unless its reader is there.
WITH chosen AS (
    SELECT person FROM (
        SELECT person FROM outbox
        WHERE priority <= 0 AND failed_at IS NULL AND contact <> 1 AND ready_at <= :now AND (not_before <= :now OR EXISTS (
              SELECT 1 FROM persons WHERE persons.id = outbox.person AND persons.seen_at >= :awake_since))
          AND person NOT IN (SELECT value FROM json_each(:busy))
          AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
                          WHERE earlier.person = outbox.person AND earlier.id < outbox.id AND earlier.failed_at IS NULL
                            AND earlier.ready_at > :now AND earlier.not_before <= :now AND earlier.contact <> 1)
        GROUP BY person ORDER BY MIN(id) LIMIT :limit)
    UNION
    SELECT person FROM (
        SELECT person FROM outbox
        WHERE priority > 0 AND failed_at IS NULL AND contact <> 1 AND ready_at <= :now AND (not_before <= :now OR EXISTS (
              SELECT 1 FROM persons WHERE persons.id = outbox.person AND persons.seen_at >= :awake_since))
          AND person NOT IN (SELECT value FROM json_each(:busy))
          AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
                          WHERE earlier.person = outbox.person AND earlier.id < outbox.id AND earlier.failed_at IS NULL
                            AND earlier.ready_at > :now AND earlier.not_before <= :now AND earlier.contact <> 1)
        GROUP BY person ORDER BY MIN(id) LIMIT :notices)
), line AS (
    SELECT id, ROW_NUMBER() OVER (PARTITION BY person ORDER BY id) AS place,
           MAX(ready_at) OVER (PARTITION BY person ORDER BY id) AS held_until
    FROM outbox
    WHERE failed_at IS NULL AND contact <> 1 AND person IN (SELECT person FROM chosen)
      AND (not_before <= :now OR EXISTS (
          SELECT 1 FROM persons WHERE persons.id = outbox.person AND persons.seen_at >= :awake_since))
)
SELECT outbox.id, outbox.person, outbox.priority, outbox.body, outbox.anchor, outbox.replaces, outbox.tells, outbox.attempts,
       outbox.tried_at, persons.chat, persons.language, keys.master_version, keys.wrapped, anchors.message_id,
       outbox.cause, outbox.asked_at, outbox.parts, outbox.contact,
       EXISTS (SELECT 1 FROM staff AS ended -- it was for a role that has ended since, or all that its reader had
               WHERE ended.person = outbox.person AND ended.left_at IS NOT NULL AND (
                   NOT EXISTS (SELECT 1 FROM staff AS held WHERE held.person = ended.person AND held.left_at IS NULL)
                   OR ended.left_at > outbox.created_at AND NOT EXISTS (
                       SELECT 1 FROM staff AS again WHERE again.person = ended.person AND again.role = ended.role
                         AND COALESCE(again.unit, '') = COALESCE(ended.unit, '') AND again.left_at IS NULL))),
       persons.hearing, persons.beside, persons.notice_at
FROM line
JOIN outbox ON outbox.id = line.id
JOIN persons ON persons.id = outbox.person
JOIN keys ON keys.owner = 'person:' || outbox.person
LEFT JOIN anchors ON anchors.person = outbox.person AND anchors.anchor = outbox.anchor
WHERE line.held_until <= :now AND line.place <= 4 -- more than that never goes out together
ORDER BY line.place, outbox.priority, outbox.id LIMIT :limit;

-- name: outbox_any
-- Whether anything may be ready for this process: more is passed over when it is claimed.
SELECT 1 FROM outbox
WHERE failed_at IS NULL AND contact <> 1 AND ready_at <= :now AND person NOT IN (SELECT value FROM json_each(:busy)) LIMIT 1;

-- name: outbox_of_persons
-- What waits for these people (a JSON array) or is on its way to them, in order, and the messages that it edits.
SELECT outbox.person, outbox.id, anchors.message_id
FROM outbox LEFT JOIN anchors ON anchors.person = outbox.person AND anchors.anchor = outbox.anchor
WHERE outbox.failed_at IS NULL AND outbox.person IN (SELECT value FROM json_each(:persons)) ORDER BY outbox.person, outbox.id;

-- name: outbox_hand
-- The sends of answers (a JSON array) begin as they are written down.
UPDATE outbox SET tried_at = :now, attempts = attempts + 1 WHERE id IN (SELECT value FROM json_each(:ids));

-- name: outbox_try
-- Sends begin (a JSON array).
UPDATE outbox SET tried_at = :now, attempts = attempts + 1 WHERE id IN (SELECT value FROM json_each(:ids));

-- name: outbox_sent
-- Messages went out (a JSON array): nothing of them stays.
DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(:ids));

-- name: outbox_unsettled
-- Those of these letters (a JSON array) whose fate is not written down yet.
SELECT id FROM outbox WHERE failed_at IS NULL AND id IN (SELECT value FROM json_each(:ids)) ORDER BY id;

-- name: lease_take
-- Take a duty, or keep it: the one process that has the file always can.
SELECT 1;

-- name: holders_present
-- How many living processes share the database: one has the file.
SELECT 1;

-- name: lease_drop
-- Give a duty back: there is nobody to take it.
SELECT 1;

-- name: due_of_cases
-- What else is due of some cases (a JSON array), earliest first.
SELECT due.key, due.at, due.task FROM json_each(:cases) AS wanted
JOIN due ON due.key >= wanted.value || '/' AND due.key < wanted.value || '0' -- the sign behind the slash
WHERE due.at <= :now ORDER BY due.at, due.key;
