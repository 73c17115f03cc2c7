-- What a case and its attempts no longer are, and since when they are what they are: so that an old week's figures stay as they were.

ALTER TABLE cases ADD COLUMN since_at BIGINT NOT NULL DEFAULT 0;   -- since when unit, category and deadline class are these
ALTER TABLE rounds ADD COLUMN since_at BIGINT NOT NULL DEFAULT 0;  -- since when unit, limits and signature are these

CREATE TABLE cases_before (
    number         TEXT COLLATE "C" NOT NULL,
    since_at       BIGINT NOT NULL,
    until_at       BIGINT NOT NULL,          -- when this changed; in figures that end then it still counts
    unit           TEXT COLLATE "C" NOT NULL,
    category       TEXT COLLATE "C" NOT NULL,
    deadline_class TEXT COLLATE "C",
    PRIMARY KEY (number, since_at)
);

CREATE TABLE rounds_before (
    number        TEXT COLLATE "C" NOT NULL,
    round         BIGINT NOT NULL,
    since_at      BIGINT NOT NULL,
    until_at      BIGINT NOT NULL,           -- when this changed; in figures that end then it still counts
    opened_at     BIGINT NOT NULL,
    unit          TEXT COLLATE "C" NOT NULL,
    accept_due_at BIGINT,
    due_at        BIGINT,
    accepted_at   BIGINT,
    PRIMARY KEY (number, round, since_at)
);
CREATE INDEX rounds_before_by_limit ON rounds_before (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX rounds_before_by_accept_limit ON rounds_before (accept_due_at) WHERE accept_due_at IS NOT NULL;
CREATE INDEX rounds_before_by_change ON rounds_before (until_at, since_at);

-- From the entries there are, in order: what each leaves a case and its attempt with.
CREATE TEMP TABLE steps AS
SELECT case_number AS number, seq, CAST(EXTRACT(EPOCH FROM CAST(at AS TIMESTAMPTZ)) * 1000000 AS BIGINT) AS at, kind, facts,
       1 + COUNT(*) FILTER (WHERE kind = 'reopened') OVER of_case AS round,
       MAX(seq) FILTER (WHERE kind IN ('filed', 'assigned')) OVER of_case AS unit_seq,
       MAX(seq) FILTER (WHERE kind IN ('filed', 'reclassified')) OVER of_case AS class_seq,
       MAX(seq) FILTER (WHERE kind IN ('filed', 'reopened', 'assigned', 'reclassified')) OVER of_case AS accept_due_seq,
       MAX(seq) FILTER (WHERE kind IN ('filed', 'reopened', 'asked', 'resumed', 'extension_granted', 'reclassified'))
           OVER of_case AS due_seq,
       MAX(seq) FILTER (WHERE kind = 'accepted') OVER of_case AS accepted_seq,
       MAX(seq) FILTER (WHERE kind IN ('filed', 'reopened', 'assigned', 'transferred')) OVER of_case AS unaccepted_seq
FROM ledger
WHERE case_number IS NOT NULL
  AND kind IN ('filed', 'reopened', 'assigned', 'reclassified', 'asked', 'resumed', 'extension_granted', 'accepted', 'transferred')
WINDOW of_case AS (PARTITION BY case_number ORDER BY seq);
CREATE UNIQUE INDEX steps_by_seq ON steps (seq);

CREATE TEMP TABLE states AS
SELECT steps.number, steps.seq, steps.at, steps.round,
       CAST(of_unit.facts AS JSON) ->> 'unit' AS unit,
       CAST(of_unit.facts AS JSON) ->> 'category' AS category,
       CAST(of_class.facts AS JSON) ->> 'deadline_class' AS deadline_class,
       CAST(EXTRACT(EPOCH FROM CAST(CAST(of_accept.facts AS JSON) ->> 'accept_due_at' AS TIMESTAMPTZ)) * 1000000 AS BIGINT) AS accept_due_at,
       CAST(EXTRACT(EPOCH FROM CAST(CAST(of_due.facts AS JSON) ->> 'due_at' AS TIMESTAMPTZ)) * 1000000 AS BIGINT) AS due_at,
       CASE WHEN steps.accepted_seq > steps.unaccepted_seq THEN signed.at END AS accepted_at
FROM steps
JOIN steps AS of_unit ON of_unit.seq = steps.unit_seq
JOIN steps AS of_class ON of_class.seq = steps.class_seq
JOIN steps AS of_accept ON of_accept.seq = steps.accept_due_seq
JOIN steps AS of_due ON of_due.seq = steps.due_seq
LEFT JOIN steps AS signed ON signed.seq = steps.accepted_seq;

-- Each attempt: whenever unit or limits changed, or a signature fell away, and what was so until then.
CREATE TEMP TABLE round_changes AS
WITH pairs AS (
    SELECT number, round, seq, at, unit, accept_due_at, due_at, accepted_at,
           FIRST_VALUE(at) OVER of_round AS opened_at,
           LAG(seq) OVER of_round AS earlier,
           LAG(unit) OVER of_round AS unit_before,
           LAG(accept_due_at) OVER of_round AS accept_due_before,
           LAG(due_at) OVER of_round AS due_before,
           LAG(accepted_at) OVER of_round AS accepted_before
    FROM states WINDOW of_round AS (PARTITION BY number, round ORDER BY seq)
), changes AS (
    SELECT *, MAX(GREATEST(at, opened_at)) OVER (PARTITION BY number, round ORDER BY seq) AS until_at
    FROM pairs
    WHERE earlier IS NOT NULL AND (unit <> unit_before OR accept_due_at IS DISTINCT FROM accept_due_before OR due_at IS DISTINCT FROM due_before
                                   OR (accepted_before IS NOT NULL AND accepted_at IS NULL))
)
SELECT *, COALESCE(LAG(until_at) OVER (PARTITION BY number, round ORDER BY seq), opened_at) AS since_at FROM changes;

INSERT INTO rounds_before (number, round, since_at, until_at, opened_at, unit, accept_due_at, due_at, accepted_at)
SELECT number, round, since_at, until_at, opened_at, unit_before, accept_due_before, due_before, accepted_before
FROM round_changes WHERE until_at > since_at;

UPDATE rounds SET since_at = COALESCE((
    SELECT MAX(until_at) FROM rounds_before WHERE rounds_before.number = rounds.number AND rounds_before.round = rounds.round
), opened_at);

-- Each case: whenever unit, category or deadline class changed.
CREATE TEMP TABLE case_changes AS
WITH pairs AS (
    SELECT number, seq, at, unit, category, deadline_class,
           FIRST_VALUE(at) OVER of_case AS filed_at,
           LAG(seq) OVER of_case AS earlier,
           LAG(unit) OVER of_case AS unit_before,
           LAG(category) OVER of_case AS category_before,
           LAG(deadline_class) OVER of_case AS class_before
    FROM states WINDOW of_case AS (PARTITION BY number ORDER BY seq)
), changes AS (
    SELECT *, MAX(GREATEST(at, filed_at)) OVER (PARTITION BY number ORDER BY seq) AS until_at
    FROM pairs
    WHERE earlier IS NOT NULL
      AND (unit <> unit_before OR category <> category_before OR deadline_class IS DISTINCT FROM class_before)
)
SELECT *, COALESCE(LAG(until_at) OVER (PARTITION BY number ORDER BY seq), filed_at) AS since_at FROM changes;

INSERT INTO cases_before (number, since_at, until_at, unit, category, deadline_class)
SELECT number, since_at, until_at, unit_before, category_before, class_before
FROM case_changes WHERE until_at > since_at;

UPDATE cases SET since_at = COALESCE((SELECT MAX(until_at) FROM cases_before WHERE cases_before.number = cases.number), filed_at);

DROP TABLE case_changes;
DROP TABLE round_changes;
DROP TABLE states;
DROP TABLE steps;
