-- Cases near a draft are found newest first without sorting all that are open: their numbers are part of the order.

DROP INDEX cases_open_near;
CREATE INDEX cases_open_near ON cases (township, category, filed_at, number)
    WHERE state IN ('triage', 'assigned', 'accepted', 'waiting');
