-- name: inbox_oldest
-- Where the oldest waiting update stands of each chat that no other living process has in hand.
WITH elsewhere AS MATERIALIZED (
    SELECT chat_key FROM inbox
    WHERE done_at IS NULL AND aside_at IS NULL AND holder <> :holder AND held_until > :now
      AND holder IN (SELECT present.holder FROM present)
)
SELECT MIN(seq) AS seq FROM inbox
WHERE done_at IS NULL AND aside_at IS NULL AND chat_key NOT IN (SELECT elsewhere.chat_key FROM elsewhere)
GROUP BY chat_key ORDER BY 1 LIMIT :limit;

-- name: inbox_oldest_around
-- The same, past chats of which nothing is wanted now (a JSON array): from chat to chat, however much waits of one.
WITH RECURSIVE chats (chat_key) AS (
    (SELECT chat_key FROM inbox WHERE done_at IS NULL AND aside_at IS NULL ORDER BY chat_key LIMIT 1)
    UNION ALL
    SELECT (SELECT inbox.chat_key FROM inbox WHERE done_at IS NULL AND aside_at IS NULL AND inbox.chat_key > chats.chat_key
            ORDER BY inbox.chat_key LIMIT 1)
    FROM chats WHERE chats.chat_key IS NOT NULL
), elsewhere AS MATERIALIZED (
    SELECT chat_key FROM inbox
    WHERE done_at IS NULL AND aside_at IS NULL AND holder <> :holder AND held_until > :now
      AND holder IN (SELECT present.holder FROM present)
)
SELECT (SELECT inbox.seq FROM inbox WHERE done_at IS NULL AND aside_at IS NULL AND inbox.chat_key = chats.chat_key
        ORDER BY inbox.seq LIMIT 1) AS seq
FROM chats
WHERE chat_key IS NOT NULL AND chat_key NOT IN (SELECT elsewhere.chat_key FROM elsewhere)
  AND encode(chat_key, 'hex') <> ALL (ARRAY(SELECT json_array_elements_text(CAST(:held AS JSON))))
ORDER BY 1 LIMIT :limit;

-- name: inbox_take
-- Claim updates (a JSON array of their places); with their senders as far as known.
WITH free AS ( -- whoever is just now writing that one of them is done keeps it
    SELECT seq FROM inbox
    WHERE seq = ANY (ARRAY(SELECT CAST(json_array_elements_text(CAST(:seqs AS JSON)) AS BIGINT))) AND done_at IS NULL AND aside_at IS NULL
    FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE inbox SET holder = :holder, held_until = :until FROM free WHERE inbox.seq = free.seq
    RETURNING inbox.seq, inbox.update_id, inbox.body, inbox.received_at, inbox.attempts, inbox.chat_key
)
SELECT claimed.seq, claimed.update_id, claimed.body, claimed.received_at, claimed.attempts, claimed.chat_key,
       persons.id, persons.language, persons.township, keys.master_version, keys.wrapped, dialogs.state,
       persons.hearing, persons.beside
FROM claimed
LEFT JOIN persons ON persons.chat_key = claimed.chat_key
LEFT JOIN keys ON keys.owner = 'person:' || persons.id
LEFT JOIN dialogs ON dialogs.person = persons.id
ORDER BY claimed.seq;

-- name: inbox_done
-- Updates are handled (a JSON array of their places): their content goes, their numbers stay so that a repeat is known.
UPDATE inbox SET done_at = :now, body = NULL
WHERE seq = ANY (ARRAY(SELECT CAST(json_array_elements_text(CAST(:seqs AS JSON)) AS BIGINT))) AND done_at IS NULL;

-- name: due_next
-- The moment of the earliest due thing; while another living process has the clock, not before that may end.
SELECT CASE WHEN COUNT(*) > 0 THEN GREATEST(MIN(due.at), (
    SELECT leases.until FROM leases
    WHERE leases.name = 'clock' AND leases.holder <> :holder AND leases.holder IN (SELECT present.holder FROM present)
)) END FROM due;

-- name: outbox_ready
-- Claim messages that can go out now: in order, none behind one that must wait, none of people someone else is writing to.
-- What is held back for the hours' sake is passed over, unless its reader is there.
WITH elsewhere AS MATERIALIZED (
    SELECT person FROM outbox
    WHERE failed_at IS NULL AND holder <> :holder AND held_until > :now AND holder IN (SELECT present.holder FROM present)
), chosen AS (
    SELECT person FROM (
        SELECT person FROM outbox
        WHERE priority <= 0 AND failed_at IS NULL AND contact <> 1 AND ready_at <= :now AND (not_before <= :now OR EXISTS (
              SELECT 1 FROM persons WHERE persons.id = outbox.person AND persons.seen_at >= :awake_since))
          AND person <> ALL (ARRAY(SELECT json_array_elements_text(CAST(:busy AS JSON))))
          AND person NOT IN (SELECT elsewhere.person FROM elsewhere)
          AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
                          WHERE earlier.person = outbox.person AND earlier.id < outbox.id AND earlier.failed_at IS NULL
                            AND earlier.ready_at > :now AND earlier.not_before <= :now AND earlier.contact <> 1)
        GROUP BY person ORDER BY MIN(id) LIMIT :limit) AS answers
    UNION
    SELECT person FROM (
        SELECT person FROM outbox
        WHERE priority > 0 AND failed_at IS NULL AND contact <> 1 AND ready_at <= :now AND (not_before <= :now OR EXISTS (
              SELECT 1 FROM persons WHERE persons.id = outbox.person AND persons.seen_at >= :awake_since))
          AND person <> ALL (ARRAY(SELECT json_array_elements_text(CAST(:busy AS JSON))))
          AND person NOT IN (SELECT elsewhere.person FROM elsewhere)
          AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
                          WHERE earlier.person = outbox.person AND earlier.id < outbox.id AND earlier.failed_at IS NULL
                            AND earlier.ready_at > :now AND earlier.not_before <= :now AND earlier.contact <> 1)
        GROUP BY person ORDER BY MIN(id) LIMIT :notices) AS notices
), line AS (
    SELECT id, priority, ROW_NUMBER() OVER (PARTITION BY person ORDER BY id) AS place,
           MAX(ready_at) OVER (PARTITION BY person ORDER BY id) AS waits_until
    FROM outbox
    WHERE failed_at IS NULL AND contact <> 1 AND person IN (SELECT chosen.person FROM chosen)
      AND (not_before <= :now OR EXISTS (
          SELECT 1 FROM persons WHERE persons.id = outbox.person AND persons.seen_at >= :awake_since))
), next AS (
    SELECT id, place FROM line WHERE waits_until <= :now ORDER BY place, priority, id LIMIT :limit
), claimed AS (
    UPDATE outbox SET holder = :holder, held_until = :until FROM next WHERE outbox.id = next.id AND outbox.failed_at IS NULL
    RETURNING next.place, outbox.id, outbox.person, outbox.priority, outbox.body, outbox.anchor, outbox.replaces, outbox.tells,
              outbox.attempts, outbox.tried_at, outbox.cause, outbox.asked_at, outbox.parts, outbox.contact,
              EXISTS (SELECT 1 FROM staff AS ended -- it was for a role that has ended since, or all that its reader had
                      WHERE ended.person = outbox.person AND ended.left_at IS NOT NULL AND (
                          NOT EXISTS (SELECT 1 FROM staff AS held WHERE held.person = ended.person AND held.left_at IS NULL)
                          OR ended.left_at > outbox.created_at AND NOT EXISTS (
                              SELECT 1 FROM staff AS again WHERE again.person = ended.person AND again.role = ended.role
                                AND COALESCE(again.unit, '') = COALESCE(ended.unit, '') AND again.left_at IS NULL))) AS has_ended
)
SELECT claimed.id, claimed.person, claimed.priority, claimed.body, claimed.anchor, claimed.replaces, claimed.tells,
       claimed.attempts, claimed.tried_at, persons.chat, persons.language, keys.master_version, keys.wrapped, anchors.message_id,
       claimed.cause, claimed.asked_at, claimed.parts, claimed.contact, claimed.has_ended,
       persons.hearing, persons.beside, persons.notice_at
FROM claimed
JOIN persons ON persons.id = claimed.person
JOIN keys ON keys.owner = 'person:' || claimed.person
LEFT JOIN anchors ON anchors.person = claimed.person AND anchors.anchor = claimed.anchor
ORDER BY claimed.place, claimed.priority, claimed.id;

-- name: outbox_any
-- Whether anything may be ready for this process: more is passed over when it is claimed.
SELECT 1 FROM outbox
WHERE failed_at IS NULL AND contact <> 1 AND ready_at <= :now
  AND person <> ALL (ARRAY(SELECT json_array_elements_text(CAST(:busy AS JSON))))
  AND (holder IS NULL OR holder = :holder OR held_until <= :now OR holder NOT IN (SELECT present.holder FROM present))
LIMIT 1;

-- name: outbox_postpone
-- Try again later, whoever then does; what certainly did not arrive is no longer marked as tried.
UPDATE outbox SET ready_at = :ready_at, tried_at = :tried_at, parts = :parts, contact = :contact, holder = NULL, held_until = NULL
WHERE id = :id;

-- name: outbox_of_persons
-- What waits for these people (a JSON array) or is on its way to them, in order, and the messages that it edits.
SELECT outbox.person, outbox.id, anchors.message_id
FROM outbox LEFT JOIN anchors ON anchors.person = outbox.person AND anchors.anchor = outbox.anchor
WHERE outbox.failed_at IS NULL AND outbox.person = ANY (ARRAY(SELECT json_array_elements_text(CAST(:persons AS JSON))))
ORDER BY outbox.person, outbox.id;

-- name: outbox_hand
-- The sends of answers (a JSON array) begin as they are written down, in the process that decided them.
UPDATE outbox SET tried_at = :now, attempts = attempts + 1, holder = :holder, held_until = :until
WHERE id = ANY (ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS JSON)) AS BIGINT)));

-- name: outbox_try
-- Sends begin (a JSON array).
UPDATE outbox SET tried_at = :now, attempts = attempts + 1
WHERE id = ANY (ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS JSON)) AS BIGINT)));

-- name: outbox_sent
-- Messages went out (a JSON array): nothing of them stays.
DELETE FROM outbox WHERE id = ANY (ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS JSON)) AS BIGINT)));

-- name: outbox_unsettled
-- Those of these letters (a JSON array) whose fate is not written down yet.
SELECT id FROM outbox
WHERE failed_at IS NULL AND id = ANY (ARRAY(SELECT CAST(json_array_elements_text(CAST(:ids AS JSON)) AS BIGINT)))
ORDER BY id FOR UPDATE;

-- name: lease_take
-- Take a duty, or keep it: no row when another living process has it.
INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE leases.holder = excluded.holder OR leases.until <= :now OR leases.holder NOT IN (SELECT present.holder FROM present)
RETURNING 1;

-- name: holders_present
-- How many living processes share the database.
SELECT COUNT(*) FROM present;

-- name: lease_drop
-- Give a duty back.
DELETE FROM leases WHERE name = :name AND holder = :holder;

-- name: due_of_cases
-- What else is due of some cases (a JSON array), earliest first.
SELECT due.key, due.at, due.task FROM json_array_elements_text(CAST(:cases AS JSON)) AS wanted (number)
JOIN due ON due.key >= wanted.number || '/' AND due.key < wanted.number || '0' -- the sign behind the slash
WHERE due.at <= :now ORDER BY due.at, due.key;
