-- Duty (bot/rules/duty.py): when an official is woken; what is over is left out, as it stands in the ledger.

CREATE TABLE shifts (
    staff     TEXT NOT NULL,
    begins_at INTEGER NOT NULL,
    ends_at   INTEGER NOT NULL,
    PRIMARY KEY (staff, begins_at)
) STRICT, WITHOUT ROWID;
