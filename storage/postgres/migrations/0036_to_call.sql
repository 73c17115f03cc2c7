-- Who is to be called because a unit asks something is found as fast as who is to be asked whether it is solved.
DROP INDEX cases_to_call;
CREATE INDEX cases_to_call ON cases (number) WHERE state IN ('waiting', 'resolved') AND channel <> 'bot';
