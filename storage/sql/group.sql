-- name: group_code_put
-- A one-time code for a work group of a unit.
INSERT INTO unit_groups (code, unit, staff, expires_at) VALUES (:code, :unit, :staff, :expires_at);

-- name: group_code_get
-- A one-time code by its hash.
SELECT code, unit, staff, expires_at, person FROM unit_groups WHERE code = :code;

-- name: group_link
-- A group is linked by a code, once.
UPDATE unit_groups SET person = :person, linked_at = :now WHERE code = :code AND person IS NULL AND expires_at > :now;

-- name: group_leave
-- A group that is linked anew is not linked to another unit any more.
DELETE FROM unit_groups WHERE person = :person;

-- name: groups_unlink
-- No group is linked to a unit any more, and no code for it is good.
DELETE FROM unit_groups WHERE unit = :unit;

-- name: groups_all
-- The groups that are linked to units.
SELECT unit_groups.person, unit_groups.unit, persons.unreachable_at
FROM unit_groups JOIN persons ON persons.id = unit_groups.person ORDER BY unit_groups.linked_at, unit_groups.code;
