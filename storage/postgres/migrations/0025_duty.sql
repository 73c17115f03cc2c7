-- Duty (bot/rules/duty.py): when an official is woken; what is over is left out, as it stands in the ledger.

CREATE TABLE shifts (
    staff     TEXT COLLATE "C" NOT NULL,
    begins_at BIGINT NOT NULL,
    ends_at   BIGINT NOT NULL,
    PRIMARY KEY (staff, begins_at)
);
