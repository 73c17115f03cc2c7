-- What entries about no case determine, as the tables hold it, and putting it right (storage/derived.py).

-- name: derived_staff
-- Every role that was ever taken, what its entries say first; then whose it is, what opens what its entry commits to, and
-- whether they are erased.
SELECT staff.id, role, unit, staff.township, joined_at, left_at, away_from, away_until, deputy, staff.language,
       person, salt, persons.chat_key, (SELECT COUNT(*) FROM erasures WHERE subject = 'person:' || staff.person)
FROM staff LEFT JOIN persons ON persons.id = staff.person ORDER BY staff.id;

-- name: derived_staff_drop
-- A role that nobody was given goes.
DELETE FROM staff WHERE id = :id;

-- name: derived_staff_mend
-- A role is what its entries say.
UPDATE staff SET role = :role, unit = :unit, township = :township, joined_at = :joined_at, left_at = :left_at,
                 away_from = :away_from, away_until = :away_until, deputy = :deputy, language = :language
WHERE id = :id;

-- name: derived_invitations
-- Every link that was made.
SELECT digest, role, unit, township, language, expires_at, used_at FROM invitations ORDER BY digest;

-- name: derived_invitation_drop
-- A link that nobody made goes.
DELETE FROM invitations WHERE digest = :digest;

-- name: derived_invitation_put
-- A link is what its entry says.
INSERT INTO invitations (digest, role, unit, township, language, expires_at, used_at)
VALUES (:digest, :role, :unit, :township, :language, :expires_at, :used_at);

-- name: derived_groups
-- Every group that is linked: to which unit, by whom and when.
SELECT unit, staff, linked_at FROM unit_groups WHERE person IS NOT NULL ORDER BY unit, staff, linked_at, code;

-- name: derived_group_drop
-- A group that nobody linked is unlinked.
DELETE FROM unit_groups WHERE code IN (
    SELECT code FROM unit_groups WHERE person IS NOT NULL AND unit = :unit AND staff = :staff AND linked_at = :linked_at
    ORDER BY code LIMIT 1 OFFSET :place
);

-- name: derived_meetings
-- Every meeting that is over.
SELECT id, unit, township, closed_at, people FROM meetings WHERE closed_at IS NOT NULL ORDER BY id;

-- name: derived_meeting_drop
-- A meeting that no entry says was held goes.
DELETE FROM meetings WHERE id = :id;

-- name: derived_meeting_mend
-- A meeting is what its entry says.
UPDATE meetings SET unit = :unit, township = :township, closed_at = :closed_at, people = :people WHERE id = :id;

-- name: derived_milestones
-- Everything that was reached in projects.
SELECT project, place, at, words, salt FROM milestones ORDER BY project, place;

-- name: derived_photos
-- Every photo of a milestone that was fetched, and in how many sealed bytes it lies.
SELECT person, slot, actor, type, size, content,
       CAST((SELECT COALESCE(SUM(LENGTH(body)), 0) FROM file_pieces WHERE file = files.id) AS BIGINT) AS sealed
FROM files
WHERE number IS NULL AND slot IS NOT NULL AND type IS NOT NULL ORDER BY person, slot;

-- name: derived_photo_mend
-- A photo of a milestone is what its entry says.
UPDATE files SET actor = :actor, type = :type, size = :size, content = :content
WHERE number IS NULL AND person = :person AND slot = :slot AND type IS NOT NULL;

-- name: derived_milestone_drop
-- What no entry says was reached goes.
DELETE FROM milestones WHERE project = :project AND place = :place;

-- name: derived_milestone_mend
-- When something was reached.
UPDATE milestones SET at = :at WHERE project = :project AND place = :place;

-- name: derived_signs
-- Every sign.
SELECT number, version, holds, waits, body FROM signs ORDER BY number;

-- name: derived_sign_drop
-- A sign goes, to be made anew.
DELETE FROM signs WHERE number = :number;

-- name: derived_proposals
-- Every proposal.
SELECT number, version, unit, township, due_unit, noted_at, measured_at, due_at, ended_at, is_open, is_done, body
FROM proposals ORDER BY number;

-- name: derived_proposal_drop
-- A proposal goes, to be made anew.
DELETE FROM proposals WHERE number = :number;

-- name: derived_turns
-- How many decisions there were on what only one may decide at a time.
SELECT name, version FROM turns ORDER BY name;

-- name: derived_turn_drop
-- A turn goes, to be made anew.
DELETE FROM turns WHERE name = :name;

-- name: derived_county
-- The county in force and its fingerprint.
SELECT name, value FROM meta WHERE name IN ('county_file', 'county_digest') ORDER BY name;

-- name: derived_visit_drop
-- A visit goes, to be made anew.
DELETE FROM visits WHERE id = :id;

-- name: derived_sign_words
-- Which words lie sealed about signs; sealing alone makes 28 bytes of nothing (storage/vault.py).
SELECT sign, slot FROM sign_words WHERE LENGTH(body) > 28 ORDER BY sign, slot;

-- name: unsealing_sign_words
-- What lies sealed about signs.
SELECT sign, slot, body FROM sign_words ORDER BY sign, slot;

-- name: unsealing_house_words
-- What lies sealed that belongs to no case.
SELECT slot, body FROM house_words ORDER BY slot;

-- name: unsealing_staff
-- Who holds a role, with the sealed chat that they are written to, its keyed hash, and their key.
SELECT staff.id, 0, person, persons.chat, persons.chat_key, keys.master_version, keys.wrapped
FROM staff JOIN persons ON persons.id = staff.person JOIN keys ON keys.owner = 'person:' || persons.id
WHERE left_at IS NULL ORDER BY staff.id;

-- name: derived_house_words
-- Which words lie sealed that belong to no case; see derived_sign_words.
SELECT slot FROM house_words WHERE LENGTH(body) > 28 ORDER BY slot;
