-- A letter is not sent to somebody who has lost the role that it was written for: whoever had one is found quickly.

CREATE INDEX staff_ended ON staff (person) WHERE left_at IS NOT NULL;
