-- Whoever was reminded says that they have seen it: by the moment at which it was told to them.

CREATE INDEX reminders_of_staff ON reminders (staff, at);
