-- Open cases near a draft are looked for by township and category, the newest first (bot/rules/likeness.py).

CREATE INDEX cases_open_near ON cases (township, category, filed_at) WHERE state IN ('triage', 'assigned', 'accepted', 'waiting');
