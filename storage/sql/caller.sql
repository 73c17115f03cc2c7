-- name: code_put
-- A case has a code from now on, or another one; not once somebody has linked it.
INSERT INTO caller_codes (number, digest, tries, made_at) VALUES (:number, :digest, 0, :now)
ON CONFLICT (number) DO UPDATE SET digest = excluded.digest, tries = 0, made_at = excluded.made_at
WHERE caller_codes.used_at IS NULL;

-- name: code_get
-- A case's code that nobody has used, hashed, and how often was guessed wrongly at it.
SELECT digest, tries FROM caller_codes WHERE number = :number AND used_at IS NULL;

-- name: code_wrong
-- One more wrong code, as long as nobody else has guessed meanwhile.
UPDATE caller_codes SET tries = tries + 1 WHERE number = :number AND tries = :tries AND used_at IS NULL;

-- name: code_use
-- Somebody links a case, once.
UPDATE caller_codes SET used_at = :now WHERE number = :number AND used_at IS NULL;

-- name: link_tries_get
-- Since when, and how often, a person guessed wrongly.
SELECT since, count FROM link_tries WHERE person = :person;

-- name: link_tries_put
-- A person guessed wrongly.
INSERT INTO link_tries (person, since, count) VALUES (:person, :since, :count)
ON CONFLICT (person) DO UPDATE SET since = excluded.since, count = excluded.count;

-- name: case_numbers_to_call
-- Cases of people who phoned or were visited, left a number, and neither stand behind them in a chat nor left them
-- there: asked something, or resolved.
SELECT cases.number FROM cases
JOIN rounds ON rounds.number = cases.number AND rounds.round = cases.round
WHERE cases.state IN ('waiting', 'resolved') AND cases.channel <> 'bot'
  AND EXISTS (SELECT 1 FROM words WHERE words.number = cases.number AND words.slot = :slot)
  AND NOT EXISTS (
      SELECT 1 FROM voices WHERE voices.number = cases.number AND (voices.has_left = 0 OR voices.voice = 1))
ORDER BY cases.state DESC, COALESCE(rounds.waiting_since, rounds.resolved_at), cases.number LIMIT :limit;

-- name: rebuffs_get
-- Since when, and how often, a person was refused in a way that is entered.
SELECT since, count FROM rebuffs WHERE person = :person;

-- name: rebuffs_put
-- A person was refused once more.
INSERT INTO rebuffs (person, since, count) VALUES (:person, :since, :count)
ON CONFLICT (person) DO UPDATE SET since = excluded.since, count = excluded.count;
