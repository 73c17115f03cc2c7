-- name: inbox_put
-- Keep an update; one that is there already is left as it is.
INSERT INTO inbox (update_id, chat_key, body, received_at) VALUES (:update_id, :chat_key, :body, :received_at)
ON CONFLICT (update_id) DO NOTHING;

-- name: inbox_last
-- The newest update that was ever kept here.
SELECT MAX(seq) FROM inbox;

-- name: inbox_try
-- Updates that may have ended the program are tried once more.
UPDATE inbox SET attempts = attempts + 1 WHERE seq = :seq;

-- name: inbox_aside
-- An update could not be handled: it is kept, with the reason, for a person to look at.
UPDATE inbox SET aside_at = :now, reason = :reason WHERE seq = :seq AND done_at IS NULL AND aside_at IS NULL;

-- name: inbox_aside_list
-- Updates that were set aside and are not dropped, oldest first.
SELECT seq, update_id, body, received_at, aside_at, reason FROM inbox
WHERE aside_at IS NOT NULL AND done_at IS NULL ORDER BY seq LIMIT :limit;

-- name: inbox_aside_one
-- When an update that was set aside came in.
SELECT received_at FROM inbox WHERE seq = :seq AND aside_at IS NOT NULL AND done_at IS NULL;

-- name: inbox_again
-- An update that was set aside is to be handled again.
UPDATE inbox SET aside_at = NULL, reason = NULL, attempts = 0
WHERE seq = :seq AND aside_at IS NOT NULL AND done_at IS NULL;

-- name: inbox_drop
-- An update that was set aside is given up by a person: its content goes, its number and the reason stay for a while.
UPDATE inbox SET done_at = :now, body = NULL WHERE seq = :seq AND aside_at IS NOT NULL AND done_at IS NULL;

-- name: inbox_forget
-- Numbers of updates handled long ago, but for the newest.
DELETE FROM inbox WHERE done_at IS NOT NULL AND done_at < :before AND seq <= (SELECT MAX(seq) FROM inbox) - :spared;

-- name: inbox_counts
-- How many updates wait, and how many were set aside.
SELECT COUNT(*) FILTER (WHERE done_at IS NULL AND aside_at IS NULL), COUNT(*) FILTER (WHERE aside_at IS NOT NULL) FROM inbox
WHERE done_at IS NULL;

-- name: path_pending
-- What could be done right now: updates to handle, due things, letters to send.
SELECT (SELECT COUNT(*) FROM inbox WHERE done_at IS NULL AND aside_at IS NULL)
     + (SELECT COUNT(*) FROM due WHERE at <= :now)
     + (SELECT COUNT(*) FROM outbox WHERE failed_at IS NULL AND contact <> 1 AND ready_at <= :now AND (not_before <= :now OR EXISTS (
           SELECT 1 FROM persons WHERE persons.id = outbox.person AND persons.seen_at >= :awake_since)));

-- name: path_backlog
-- How much waits, and since when: updates, due things, letters; and where the ledger ends.
SELECT (SELECT COUNT(*) FROM inbox WHERE done_at IS NULL AND aside_at IS NULL),
       (SELECT MIN(received_at) FROM inbox WHERE done_at IS NULL AND aside_at IS NULL),
       (SELECT COUNT(*) FROM inbox WHERE aside_at IS NOT NULL AND done_at IS NULL),
       (SELECT COUNT(*) FROM due WHERE at <= :now),
       (SELECT MIN(at) FROM due),
       (SELECT COUNT(*) FROM outbox WHERE failed_at IS NULL),
       (SELECT MIN(created_at) FROM outbox WHERE failed_at IS NULL),
       (SELECT COUNT(*) FROM outbox WHERE failed_at IS NULL AND tried_at IS NOT NULL),
       (SELECT COUNT(*) FROM outbox WHERE failed_at IS NOT NULL),
       (SELECT seq FROM ledger_head);

-- name: dialog_get
-- Where someone's conversation stands.
SELECT state FROM dialogs WHERE person = :person;

-- name: person_insert
-- Someone writes for the first time.
INSERT INTO persons (id, chat_key, chat, created_at, seen_at) VALUES (:id, :chat_key, :chat, :created_at, :created_at);

-- name: person_settings
-- A person's settings; what is not given stays.
UPDATE persons SET language = COALESCE(:language, language), township = COALESCE(:township, township),
       hearing = COALESCE(:hearing, hearing), beside = COALESCE(:beside, beside) WHERE id = :id;

-- name: person_back
-- Someone has written: they can be reached, and they are there; the moment is kept to some minutes.
UPDATE persons SET unreachable_at = NULL, seen_at = :now WHERE id = :id AND (unreachable_at IS NOT NULL OR seen_at < :stale);

-- name: person_noticed
-- Someone got a notice: when they may get the next.
UPDATE persons SET notice_at = :at WHERE id = :id;

-- name: person_unreachable
-- Someone cannot be written to any more.
UPDATE persons SET unreachable_at = :now WHERE id = :id;

-- name: key_put
-- A wrapped data key; none under a master key that a rotation is taking out of use.
INSERT INTO keys (owner, master_version, wrapped)
SELECT :owner, :master_version, :wrapped
WHERE :master_version >= COALESCE((SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'master_version'), 0);

-- name: key_get
-- One owner's wrapped key.
SELECT master_version, wrapped FROM keys WHERE owner = :owner;

-- name: dialog_put
-- Where a conversation stands.
INSERT INTO dialogs (person, state) VALUES (:person, :state) ON CONFLICT (person) DO UPDATE SET state = excluded.state;

-- name: dialog_end
-- A conversation is over.
DELETE FROM dialogs WHERE person = :person;

-- name: due_put
-- Something to do at its moment; planned twice it is there once.
INSERT INTO due (key, at, task) VALUES (:key, :at, :task) ON CONFLICT (key) DO NOTHING;

-- name: due_take
-- What is due, earliest first.
SELECT key, at, task FROM due WHERE at <= :now ORDER BY at, key LIMIT :limit;

-- name: due_done
-- A due thing is taken.
DELETE FROM due WHERE key = :key;

-- name: due_postpone
-- A due thing is tried again later.
UPDATE due SET at = :at WHERE key = :key;

-- name: due_cancel
-- Due things that no longer apply: all whose key begins like this.
DELETE FROM due WHERE key >= :first AND key < :last;

-- name: due_next
-- The moment of the earliest due thing.
SELECT MIN(at) FROM due;

-- name: outbox_put
-- A message to be sent.
INSERT INTO outbox (person, priority, body, anchor, replaces, tells, created_at, ready_at, not_before, cause, asked_at)
VALUES (:person, :priority, :body, :anchor, :replaces, :tells, :created_at, :ready_at, :not_before, :cause, :asked_at);

-- name: outbox_postpone
-- Try again later; what certainly did not arrive is no longer marked as tried.
UPDATE outbox SET ready_at = :ready_at, tried_at = :tried_at, parts = :parts, contact = :contact WHERE id = :id;

-- name: outbox_anew
-- The message that it edits is gone: it is ready to be sent as a new one, and certainly was not sent yet.
UPDATE outbox SET replaces = NULL, tried_at = NULL, ready_at = 0 WHERE id = :id;

-- name: outbox_wake
-- Somebody has written: what waited for that may be sent to them once more.
UPDATE outbox SET contact = 2, ready_at = 0 WHERE person = :id AND contact = 1 AND failed_at IS NULL;

-- name: chat_moved
-- A chat has another number.
UPDATE persons SET chat = :chat, chat_key = :chat_key WHERE id = :id;

-- name: inbox_moved
-- What came from a chat before it got another number belongs to it still.
UPDATE inbox SET chat_key = :chat_key WHERE chat_key = :before AND done_at IS NULL;

-- name: person_of_chat
-- Whoever has this chat.
SELECT id FROM persons WHERE chat_key = :chat_key;

-- name: outbox_fail
-- Given up: counted, its content gone.
UPDATE outbox SET failed_at = :now, reason = :reason, body = NULL WHERE id = :id;

-- name: outbox_hold
-- After a restore: what waited may have been sent since; it is kept, but not sent, and nothing is on its way.
UPDATE outbox SET failed_at = :now, tried_at = NULL, reason = 'restored' WHERE failed_at IS NULL;

-- name: outbox_set_back
-- The clock was set back: what waits goes out as soon after now as it would have.
UPDATE outbox SET ready_at = ready_at - :by WHERE failed_at IS NULL AND ready_at > :now;

-- name: outbox_next
-- When the next message becomes ready, of those that are not ready yet.
SELECT MIN(CASE WHEN ready_at > not_before THEN ready_at ELSE not_before END) FROM outbox
WHERE failed_at IS NULL AND contact <> 1 AND (ready_at > :after OR not_before > :after);

-- name: outbox_of_person
-- What waits for one person, and the reminders it carries.
SELECT id, tells FROM outbox WHERE person = :person AND failed_at IS NULL ORDER BY id;

-- name: outbox_counts
-- How many messages wait, how many were given up.
SELECT COUNT(*) FILTER (WHERE failed_at IS NULL), COUNT(*) FILTER (WHERE failed_at IS NOT NULL) FROM outbox;

-- name: anchor_open_page
-- The page of a case that someone opened last, by its anchor.
SELECT anchor FROM anchors WHERE person = :person AND anchor >= 'page/' AND anchor < 'page0' -- the sign behind the slash
ORDER BY message_id DESC LIMIT 1;

-- name: anchor_put
-- Under which number a message was sent, while it still is the one that a next message of that name edits.
INSERT INTO anchors (person, anchor, message_id)
SELECT person, anchor, CAST(:message_id AS BIGINT) FROM outbox WHERE id = :id AND anchor IS NOT NULL
ON CONFLICT (person, anchor) DO UPDATE SET message_id = excluded.message_id;

-- name: anchor_get
-- The message that someone was sent under a name.
SELECT message_id FROM anchors WHERE person = :person AND anchor = :anchor;

-- name: anchor_gone
-- The message that a letter edits is not there any more: nothing else is to be edited there either.
DELETE FROM anchors WHERE message_id = :message_id
  AND EXISTS (SELECT 1 FROM outbox WHERE outbox.id = :id AND outbox.person = anchors.person AND outbox.anchor = anchors.anchor);

-- name: anchor_drop
-- The next message of that name is sent anew.
DELETE FROM anchors WHERE person = :person AND anchor = :anchor;

-- name: outbox_unanchor
-- What is on its way, or is sent once more, is not the message that a next one of that name edits.
UPDATE outbox SET anchor = NULL WHERE person = :person AND anchor = :anchor AND failed_at IS NULL;

-- name: staff_put
-- Someone holds a role.
INSERT INTO staff (id, person, role, unit, township, language, joined_at, salt)
VALUES (:id, :person, :role, :unit, :township, :language, :joined_at, :salt);

-- name: person_chat_key
-- The keyed hash of the chat that a person writes from.
SELECT chat_key FROM persons WHERE id = :person;

-- name: staff_end_same
-- Someone who takes a role that they hold already holds it once.
UPDATE staff SET left_at = :now
WHERE person = :person AND role = :role AND COALESCE(unit, '') = :unit AND COALESCE(language, '') = :language AND left_at IS NULL;

-- name: staff_end
-- Someone no longer holds a role.
UPDATE staff SET left_at = :now WHERE id = :id AND left_at IS NULL;

-- name: staff_leave
-- When someone is away, and who is told in their stead.
UPDATE staff SET away_from = :away_from, away_until = :away_until, deputy = :deputy WHERE id = :id AND left_at IS NULL;

-- name: shift_put
-- Someone is on duty; not twice from one moment on.
INSERT INTO shifts (staff, begins_at, ends_at) VALUES (:staff, :begins_at, :ends_at) ON CONFLICT (staff, begins_at) DO NOTHING;

-- name: shift_drop
-- Someone is not on duty after all.
DELETE FROM shifts WHERE staff = :staff AND begins_at = :begins_at;

-- name: shift_tidy
-- What is over stands in the ledger.
DELETE FROM shifts WHERE ends_at < :now;

-- name: shift_all
-- Who is on duty, when, in order.
SELECT staff, begins_at, ends_at FROM shifts ORDER BY begins_at, staff;

-- name: staff_all
-- Active officials.
SELECT staff.id, staff.person, staff.role, staff.unit, staff.township, persons.unreachable_at,
       staff.away_from, staff.away_until, staff.deputy, staff.language
FROM staff JOIN persons ON persons.id = staff.person WHERE staff.left_at IS NULL ORDER BY staff.joined_at, staff.id;

-- name: staff_ever
-- Everybody who ever held a role.
SELECT staff.id, staff.person, staff.role, staff.unit, staff.township, persons.unreachable_at,
       staff.away_from, staff.away_until, staff.deputy, staff.language
FROM staff JOIN persons ON persons.id = staff.person ORDER BY staff.joined_at, staff.id;

-- name: invitation_put
-- A one-time link.
INSERT INTO invitations (digest, role, unit, township, language, expires_at)
VALUES (:digest, :role, :unit, :township, :language, :expires_at);

-- name: invitation_get
-- A one-time link by the hash of its secret.
SELECT digest, role, unit, township, expires_at, used_at, asked_by, language FROM invitations WHERE digest = :digest;

-- name: invitation_ask
-- A link for a further admin is opened, and waits for an admin's word.
UPDATE invitations SET asked_by = :person WHERE digest = :digest AND used_at IS NULL;

-- name: invitation_use
-- A one-time link is used, once.
UPDATE invitations SET used_at = :now WHERE digest = :digest AND used_at IS NULL;
