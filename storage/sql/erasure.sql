-- name: erasure_put
-- Remember what was erased, or is to be as soon as it may.
INSERT INTO erasures (subject, at) VALUES (:subject, :at) ON CONFLICT (subject) DO UPDATE SET at = excluded.at;

-- name: erasure_drop
-- What was to be erased is.
DELETE FROM erasures WHERE subject = :subject;

-- name: erasure_get
-- Whether something was erased.
SELECT at FROM erasures WHERE subject = :subject;

-- name: erasures_all
-- All that was erased, in order.
SELECT subject, at FROM erasures ORDER BY subject;

-- name: words_erase
-- A case's words go.
DELETE FROM words WHERE number = :number;

-- name: code_erase
-- Nobody can link a case any more whose words are gone.
DELETE FROM caller_codes WHERE number = :number;

-- name: voices_erase
-- Who stands behind a case is forgotten.
DELETE FROM voices WHERE number = :number;

-- name: voice_erase
-- That a person is this voice of a case is forgotten.
DELETE FROM voices WHERE number = :number AND voice = :voice;

-- name: person_erase
-- A person goes: their chat, their language, where they live.
DELETE FROM persons WHERE id = :person;

-- name: person_salt_erase
-- What would bind a person to the roles that they held goes.
UPDATE staff SET salt = NULL WHERE person = :person AND salt IS NOT NULL;

-- name: person_voices_erase
-- A person stands behind nothing any more.
DELETE FROM voices WHERE person = :person;

-- name: person_tries_erase
-- That a person guessed at codes is forgotten.
DELETE FROM link_tries WHERE person = :person;

-- name: person_rebuffs_erase
-- That a person was refused something is forgotten.
DELETE FROM rebuffs WHERE person = :person;

-- name: person_meetings_erase
-- That a person came to meetings is forgotten.
DELETE FROM meeting_people WHERE person = :person;

-- name: person_seconds_erase
-- What a person seconded is forgotten.
DELETE FROM meeting_seconds WHERE person = :person;

-- name: person_matters_unsecond
-- Who seconded what a person raised is forgotten with it: its number may be given again.
DELETE FROM meeting_seconds WHERE EXISTS (
    SELECT 1 FROM meeting_matters
    WHERE meeting_matters.meeting = meeting_seconds.meeting AND meeting_matters.number = meeting_seconds.number
      AND meeting_matters.person = :person);

-- name: person_matters_erase
-- What a person raised in a meeting goes.
DELETE FROM meeting_matters WHERE person = :person;

-- name: person_anchors_erase
-- Which messages a person was sent is forgotten.
DELETE FROM anchors WHERE person = :person;

-- name: person_letters_erase
-- What a person was to be sent goes.
DELETE FROM outbox WHERE person = :person;

-- name: person_updates_erase
-- What a person wrote and could not be handled goes, and that it was they who wrote at those moments: a case was filed at one of
-- them. The numbers stay so that a repeat is known.
UPDATE inbox SET body = NULL, chat_key = :nobody
WHERE chat_key = (SELECT persons.chat_key FROM persons WHERE persons.id = :person) AND (done_at IS NOT NULL OR aside_at IS NOT NULL);

-- name: letters_kept
-- A page of letters whose content is kept, with their readers' keys.
SELECT outbox.id, outbox.person, outbox.anchor, outbox.body, outbox.tells, outbox.failed_at, keys.master_version, keys.wrapped
FROM outbox JOIN keys ON keys.owner = 'person:' || outbox.person
WHERE outbox.id > :after AND outbox.body IS NOT NULL ORDER BY outbox.id LIMIT :limit;

-- name: letter_erase
-- A letter about something that was erased: counted as given up, its content gone.
UPDATE outbox SET failed_at = COALESCE(failed_at, :now), reason = 'erased', body = NULL, anchor = NULL WHERE id = :id;

-- name: letters_blank
-- No letter that is given up keeps its content.
UPDATE outbox SET body = NULL, anchor = NULL WHERE failed_at IS NOT NULL AND body IS NOT NULL;

-- name: letters_of_nobody
-- Letters to people who are not known any more.
DELETE FROM outbox WHERE person NOT IN (SELECT persons.id FROM persons);

-- name: dialogs_page
-- A page of conversations, with their people's keys.
SELECT dialogs.person, dialogs.state, keys.master_version, keys.wrapped
FROM dialogs JOIN keys ON keys.owner = 'person:' || dialogs.person
WHERE dialogs.person > :after ORDER BY dialogs.person LIMIT :limit;

-- name: dialogs_blank
-- Every conversation begins anew.
DELETE FROM dialogs;

-- name: anchors_page
-- A page of messages that are remembered by name, as people and names.
SELECT person, anchor FROM anchors
WHERE person > :person OR (person = :person AND anchor > :anchor) ORDER BY person, anchor LIMIT :limit;

-- name: cases_with_content
-- A page of ended cases whose content is there, with when each ended.
SELECT cases.number,
       (SELECT MAX(ledger.at) FROM ledger
        WHERE ledger.case_number = cases.number AND ledger.kind IN ('closed', 'withdrawn', 'refused', 'merged')),
       (SELECT erasures.at FROM erasures WHERE erasures.subject = 'closing:' || cases.number)
FROM (SELECT owner FROM keys WHERE owner > :after AND owner >= 'case:' AND owner < 'case;' ORDER BY owner LIMIT :limit) AS page
JOIN cases ON cases.number = SUBSTR(page.owner, 6)
WHERE cases.state IN ('closed', 'withdrawn', 'refused', 'merged') ORDER BY cases.number;

-- name: case_keys_last
-- The last key of the same page.
SELECT MAX(owner) FROM (SELECT owner FROM keys WHERE owner > :after AND owner >= 'case:' AND owner < 'case;' ORDER BY owner LIMIT :limit) AS page;

-- name: case_is_there
-- Whether a case is known.
SELECT 1 FROM cases WHERE number = :number;

-- name: person_since
-- Since when somebody is known.
SELECT created_at FROM persons WHERE id = :person;

-- name: person_rest
-- Whether somebody has begun something or holds a role, and whether a message to or from them is on its way.
SELECT (SELECT COUNT(*) FROM voices WHERE person = :person) + (SELECT COUNT(*) FROM dialogs WHERE person = :person)
           + (SELECT COUNT(*) FROM staff WHERE person = :person AND left_at IS NULL),
       (SELECT COUNT(*) FROM outbox WHERE person = :person AND failed_at IS NULL)
           + (SELECT COUNT(*) FROM inbox JOIN persons ON persons.chat_key = inbox.chat_key
              WHERE persons.id = :person AND inbox.done_at IS NULL AND inbox.aside_at IS NULL);

-- name: person_of_staff
-- Who holds a role, by staff id.
SELECT person FROM staff WHERE id = :staff AND left_at IS NULL;

-- name: words_of_case
-- All sealed words of a case.
SELECT slot, body FROM words WHERE number = :number ORDER BY slot;
