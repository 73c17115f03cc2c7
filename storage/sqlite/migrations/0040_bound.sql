-- Who holds a role is bound by the entry with which they came (bot/rules/entry/house.py, Joined); before that, by none.
ALTER TABLE staff ADD COLUMN salt BLOB;   -- of that entry's commitments; NULL: came before there were any, or the person is erased
