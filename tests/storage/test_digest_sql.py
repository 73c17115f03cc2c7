"""What SQL counts for a digest is what a slow count over the same histories gives, and what a person counts by hand."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.digest import figures_of
from bot.rules.figure import Figure
from bot.rules.identity import UnitId
from bot.rules.period import Period, parse_period
from bot.rules.tally import Closings, Counted, HandlingTimes, Limits, LooksBack, Received, Reopenings, Standing
from storage.figures import listed
from storage.queries import load
from tests.storage.histories import TOWNSHIPS, UNITS, Answer, Attempt, History, enter, put, random_histories, slow_tally

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = parse_period("2026-W47", ZONE)  # Monday 16 to Sunday 22 November
LONG_AFTER = datetime(2100, 1, 1, tzinfo=UTC)
PERIODS = tuple(parse_period(text, ZONE) for text in ("2026-W46", "2026-W47", "2026-W48", "2026-11", "2026-Q4", "2026"))


def local(text: str) -> datetime:
    """Read "16 08:00" as that moment of November 2026 in the county."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    """Yield a database with nothing in it."""
    connection = empty_database()
    yield connection
    connection.close()


def empty_database() -> sqlite3.Connection:
    """Make a database with the newest schema."""
    connection = sqlite3.connect(":memory:")
    for schema in sorted((files("storage") / "sqlite" / "migrations").iterdir(), key=lambda file: file.name):
        connection.executescript(schema.read_text(encoding="utf-8"))
    return connection


@cache
def digest_queries() -> Mapping[str, str]:
    """Read the named blocks once."""
    return load("sqlite")


def counted(connection: sqlite3.Connection, period: Period, unit: str | None = None, township: str | None = None) -> Counted:
    """Run the queries as they stand."""
    (only,) = counted_together(connection, [period], unit, township)
    return only


def counted_together(
    connection: sqlite3.Connection, periods: Sequence[Period], unit: str | None = None, township: str | None = None
) -> Sequence[Counted]:
    """Run the queries over several periods at once."""
    queries = digest_queries()
    parameters = {"periods": listed(periods, LONG_AFTER), "unit": unit, "township": township}
    rows = {name: connection.execute(queries[name], parameters).fetchall() for name in queries if name.startswith("digest_")}
    return [
        _of_period({name: [row[1:] for row in rows[name] if row[0] == place] for name in rows})
        for place in range(len(periods))
    ]


def _of_period(found: Mapping[str, Sequence[Sequence[Any]]]) -> Counted:
    def rows(name: str) -> Mapping[UnitId, Sequence[int]]:
        return {row[0]: row[1:] for row in found[name]}

    return Counted(
        received={unit: Received(*row) for unit, row in rows("digest_received").items()},
        accept_limits={unit: Limits(*row) for unit, row in rows("digest_accept_limits").items()},
        limits={unit: Limits(*row) for unit, row in rows("digest_limits").items()},
        standing={unit: Standing(*row) for unit, row in rows("digest_standing").items()},
        closings={unit: Closings(*row) for unit, row in rows("digest_closings").items()},
        reopenings={unit: Reopenings(*row) for unit, row in rows("digest_reopenings").items()},
        handling_times={unit: HandlingTimes(*row) for unit, row in rows("digest_handling_times").items()},
        looks_back={unit: LooksBack(*row) for unit, row in rows("digest_follow_ups").items()},
    )


def test_every_count_reads_periods_as_they_are_written() -> None:
    """Whatever counts for a digest steps over as many characters as `listed` writes of one period."""
    width = len(listed(PERIODS, LONG_AFTER)) // len(PERIODS)
    reading = [name for name, sql in digest_queries().items() if f"substr(rest, {width + 1})" in sql]
    assert reading == [name for name in digest_queries() if name.startswith("digest_")] != []


@settings(max_examples=25, deadline=None)
@given(random=st.randoms(use_true_random=True))
def test_sql_counts_what_a_slow_reading_counts(random: Random) -> None:
    """Whatever happened, every period of every scope comes out the same, as a whole and unit by unit."""
    connection = empty_database()
    histories = random_histories(random, 25, local("02 00:00"))
    for history in histories:
        put(connection, history)
    for unit in (None, random.choice(UNITS)):
        for township in (None, random.choice(TOWNSHIPS[:2])):
            scope = [h for h in histories if unit in {None, h.unit} and township in {None, h.township}]
            for period, counts in zip(PERIODS, counted_together(connection, PERIODS, unit, township), strict=True):
                assert counts.whole() == slow_tally(scope, period)
                for name, tally in counts.by_unit().items():
                    assert tally == slow_tally([h for h in scope if h.unit == name], period)
    connection.close()


def test_what_was_received_is_told_apart_in_four_ways(database: sqlite3.Connection) -> None:
    """Each way adds up to all cases of the period, also those without a township."""
    random = Random(7)
    histories = random_histories(random, 60, local("02 00:00"))
    for history in histories:
        put(database, history)
    parameters = {"periods": listed(PERIODS, LONG_AFTER), "unit": None, "township": None}
    rows = database.execute(digest_queries()["digest_breakdown"], parameters).fetchall()
    for place, period in enumerate(PERIODS):
        filed = [h for h in histories if period.begins_at <= h.attempts[0].opened_at < period.ends_at]
        found = {what: {row[2]: row[3] for row in rows if row[:2] == (place, what)} for what in ("township", "channel")}
        assert found["township"] == Counter(h.township for h in filed)
        assert sum(found["channel"].values()) == len(filed) > 0
    assert {row[1] for row in rows} == {"category", "township", "channel", "kind"}


ANSWERED = Answer(1, "yes", 5, local("17 12:00"))
SOLVED = Attempt(
    opened_at=local("16 08:00"),
    accept_due_at=local("16 10:00"),
    due_at=local("20 18:00"),
    accepted_at=local("16 09:00"),
    resolved_at=local("17 10:00"),
    closed_at=local("17 12:00"),
    answers=(ANSWERED,),
)
OPEN = Attempt(local("16 08:00"), local("16 10:00"), local("20 18:00"))
JOINED = (local("16 09:00"),)
PRAISE = Attempt(local("16 08:00"))
HANDLED = replace(SOLVED, closed_at=None, answers=())
DUE_AT_THE_END = replace(OPEN, due_at=WEEK.ends_at)
LONG_OPEN = Attempt(local("01 00:00"), local("01 02:00"), local("08 08:00"))  # 176 h; three times that ends on 23rd, 00:00
AGAIN = Attempt(local("23 09:00"), local("23 11:00"), local("27 18:00"))
LASTS = Answer(1, "yes", None, local("19 12:00"))
AGAIN_SOON = replace(AGAIN, opened_at=local("18 08:00"))

SITUATIONS = [
    ("solved and satisfied", History((SOLVED,)), {
        "received": "1", "accepted_in_time": "1/1", "on_time": "1/1", "handled": "1/1",
        "confirmed_solved": "1/1", "answered": "1/1", "satisfied_among_answers": "1/1",
        "satisfied_lowest_case": "1/1", "reopened": "0/1", "handling_time_median": "93600/1",
        "handling_time_p90": "93600/1", "overdue": "0/0", "long_overdue": "0/0",
    }),
    ("signed for and resolved at the very limits",
     History((replace(HANDLED, accepted_at=local("16 10:00"), resolved_at=local("20 18:00")),)),
     {"accepted_in_time": "1/1", "on_time": "1/1", "handled": "1/1", "overdue": "0/0"}),
    ("resolved a second too late",
     History((replace(HANDLED, resolved_at=local("20 18:00") + timedelta(seconds=1)),)),
     {"on_time": "0/1", "handled": "1/1", "overdue": "0/0"}),
    ("never signed for", History((OPEN,)),
     {"accepted_in_time": "0/1", "on_time": "0/1", "handled": "0/1", "overdue": "1/1", "long_overdue": "0/1"}),
    ("the limit is the period's end, and belongs to the next period", History((DUE_AT_THE_END,)),
     {"on_time": "0/0", "handled": "0/0", "overdue": "0/1"}),
    ("resolved ahead of a limit in a later week", History((replace(HANDLED, due_at=local("27 18:00")),)),
     {"on_time": "0/0", "handled": "0/0, 1 left out", "overdue": "0/0"}),
    ("resolved only after the period's end",
     History((replace(HANDLED, resolved_at=WEEK.ends_at),)),
     {"on_time": "0/1", "handled": "0/1", "overdue": "1/1"}),
    ("exactly three times the limit is not yet long overdue", History((LONG_OPEN,)),
     {"received": "0", "on_time": "0/0", "handled": "0/1", "overdue": "1/1", "long_overdue": "0/1"}),
    ("a second more than three times the limit is",
     History((replace(LONG_OPEN, due_at=local("08 08:00") - timedelta(seconds=1)),)),
     {"overdue": "1/1", "long_overdue": "1/1"}),
    ("praise has no limit", History((PRAISE,)),
     {"received": "1", "accepted_in_time": "0/0", "on_time": "0/0", "handled": "0/0",
      "overdue": "0/1, 1 left out", "long_overdue": "0/1, 1 left out"}),
    ("withdrawn within the week is in received only", History((OPEN,), withdrawn_at=local("22 23:59")),
     {"received": "1", "accepted_in_time": "0/0, 1 left out", "on_time": "0/0, 1 left out",
      "handled": "0/0", "overdue": "0/0"}),
    ("withdrawn at the period's end still stands in it", History((OPEN,), withdrawn_at=WEEK.ends_at),
     {"accepted_in_time": "0/1", "on_time": "0/1", "handled": "0/1", "overdue": "1/1"}),
    ("closed without an answer is neither solved nor satisfied", History((replace(SOLVED, answers=()),)),
     {"confirmed_solved": "0/1, 1 left out", "answered": "0/1", "satisfied_among_answers": "0/0, 1 left out",
      "satisfied_lowest_case": "0/1, 1 left out", "reopened": "0/1"}),
    ("partly, and left at that", History((replace(SOLVED, answers=(replace(ANSWERED, solved="partly", score=3),)),)),
     {"confirmed_solved": "0/1", "answered": "1/1", "satisfied_among_answers": "0/1"}),
    ("solved, with no score given", History((replace(SOLVED, answers=(replace(ANSWERED, score=None),)),)),
     {"confirmed_solved": "1/1", "answered": "1/1", "satisfied_among_answers": "0/0, 1 left out",
      "satisfied_lowest_case": "0/1, 1 left out"}),
    ("two voices disagree",
     History((replace(SOLVED, answers=(ANSWERED, Answer(2, "no", 1, local("18 08:00")))),), joined=JOINED),
     {"confirmed_solved": "0/1", "answered": "1/1", "satisfied_among_answers": "1/2", "satisfied_lowest_case": "1/2"}),
    ("one voice says yes, another nothing", History((SOLVED,), joined=JOINED),
     {"confirmed_solved": "1/1", "satisfied_among_answers": "1/1, 1 left out", "satisfied_lowest_case": "1/2, 1 left out"}),
    ("who joins after the week is no voice of that week yet", History((SOLVED,), joined=(WEEK.ends_at,)),
     {"satisfied_among_answers": "1/1", "satisfied_lowest_case": "1/1"}),
    ("who joins once it is reopened is no voice of what had ended",
     History((SOLVED, AGAIN_SOON), joined=(local("18 09:00"),)),
     {"satisfied_among_answers": "1/1", "satisfied_lowest_case": "1/1"}),
    ("the filer is a voice who says nothing", History((replace(SOLVED, answers=()),)),
     {"satisfied_lowest_case": "0/1, 1 left out"}),
    ("answered only after the period's end", History((replace(SOLVED, answers=(replace(ANSWERED, at=WEEK.ends_at),)),)),
     {"confirmed_solved": "0/1, 1 left out", "answered": "0/1", "satisfied_among_answers": "0/0, 1 left out"}),
    ("closed, and reopened the week after", History((SOLVED, AGAIN)),
     {"received": "1", "confirmed_solved": "1/1", "reopened": "0/1", "overdue": "0/0"}),
    ("closed and reopened in one week is closed, not solved", History((SOLVED, AGAIN_SOON)),
     {"confirmed_solved": "0/1", "answered": "1/1", "reopened": "1/1", "overdue": "0/1"}),
    ("reopened by a no without ever being closed",
     History((replace(HANDLED, answers=(Answer(1, "no", 1, local("18 08:00")),)), AGAIN_SOON)),
     {"confirmed_solved": "0/0", "reopened": "1/1", "handled": "1/1", "overdue": "0/1"}),
    ("asked again later, it lasts", History((replace(SOLVED, later=(LASTS,)),)), {"still_solved": "1/1"}),
    ("asked again later, one of two says that it has come back",
     History((replace(SOLVED, later=(LASTS, replace(LASTS, voice=2, solved="no"))),), joined=JOINED),
     {"still_solved": "0/1"}),
    ("heard again only after the period's end", History((replace(SOLVED, later=(replace(LASTS, at=WEEK.ends_at),)),)),
     {"still_solved": "0/0"}),
    ("nobody was heard again", History((SOLVED,)), {"still_solved": "0/0"}),
]  # fmt: skip


def written(figure: Figure) -> str:
    """Write "1/2, 3 left out", leaving off what there is none of."""
    share = f"{figure.n}" if figure.of is None else f"{figure.n}/{figure.of}"
    return share + (f", {figure.left_out} left out" if figure.left_out else "")


@pytest.mark.parametrize(("history", "expected"), [case[1:] for case in SITUATIONS], ids=[case[0] for case in SITUATIONS])
def test_situations_count_as_by_hand(database: sqlite3.Connection, history: History, expected: Mapping[str, str]) -> None:
    """In week 47 a case counts as n of `of`, and is left out where nothing can be said of it."""
    put(database, history)
    figures = figures_of(counted(database, WEEK).whole())
    assert {name: written(figures[name]) for name in expected} == expected


@pytest.mark.parametrize(
    ("at", "said", "expected"),
    [
        (local("19 10:00"), "yes", ("1/1", "0/0, 1 left out")),
        (local("19 10:00"), "partly", ("0/1, 1 left out", "0/0, 1 left out")),
        (WEEK.ends_at, "yes", ("0/1, 1 left out", "0/0, 1 left out")),
    ],
)
def test_a_callback_can_confirm_what_no_voice_answered(
    database: sqlite3.Connection, at: datetime, said: str, expected: tuple[str, str]
) -> None:
    """By the end of the period; it is no answer of a voice's."""
    history = History((replace(SOLVED, answers=()),))
    put(database, history)
    database.execute("UPDATE rounds SET called_back = ?", (said,))
    enter(database, history.number, "called_back", at, f'{{"round":1,"solved":"{said}"}}')
    figures = figures_of(counted(database, WEEK).whole())
    assert tuple(written(figures[name]) for name in ("confirmed_solved", "solved_among_answers")) == expected


def test_an_attempt_counts_for_the_unit_that_had_it(database: sqlite3.Connection) -> None:
    """A case that was closed by one unit and went on with another is the first one's closing and reopening."""
    put(database, History((SOLVED, AGAIN_SOON)))
    database.execute("UPDATE rounds SET unit = 'roads' WHERE round = 2")
    database.execute("UPDATE cases SET unit = 'roads'")
    units = {unit: figures_of(tally) for unit, tally in counted(database, WEEK).by_unit().items()}
    assert {unit: written(figures["reopened"]) for unit, figures in units.items()} == {"water": "1/1", "roads": "0/0"}
    assert (units[UnitId("water")]["overdue"].of, units[UnitId("roads")]["overdue"].of) == (0, 1)
    assert counted(database, WEEK, unit="water").whole().received == Received(0)


def test_a_reopened_case_counts_in_the_week_of_reopening(database: sqlite3.Connection) -> None:
    """Its first attempt is not closed there again, and its second is open with a limit of its own."""
    put(database, History((SOLVED, AGAIN)))
    figures = figures_of(counted(database, parse_period("2026-W48", ZONE)).whole())
    assert (figures["reopened"].n, figures["reopened"].of) == (1, 1)
    assert (figures["confirmed_solved"].of, figures["overdue"].of, figures["on_time"].of) == (0, 1, 1)


def test_handling_time_runs_from_the_first_filing(database: sqlite3.Connection) -> None:
    """A second attempt is measured from when the resident first wrote."""
    again = replace(
        SOLVED, opened_at=local("18 08:00"), resolved_at=local("19 08:00"), closed_at=local("20 08:00"), answers=()
    )
    put(database, History((replace(SOLVED, closed_at=None), again)))
    assert figures_of(counted(database, WEEK).whole())["handling_time_median"].n == 3 * 24 * 3600


def test_percentiles_are_by_nearest_rank(database: sqlite3.Connection) -> None:
    """Of ten handling times the fifth is the median and the ninth the 90th percentile: times that really occurred."""
    for hours in range(1, 11):
        resolved_at = SOLVED.opened_at + timedelta(hours=hours)
        put(database, History((replace(SOLVED, resolved_at=resolved_at),), number=f"CB-2026-{hours:06d}"))
    figures = figures_of(counted(database, WEEK).whole())
    assert (figures["handling_time_median"].n, figures["handling_time_p90"].n) == (5 * 3600, 9 * 3600)


def test_an_answer_changed_later_leaves_the_digest_as_it_was(database: sqlite3.Connection) -> None:
    """A change of mind the week after changes nothing in the week of closing."""
    put(database, History((replace(SOLVED, answers=(ANSWERED, Answer(1, "no", 1, local("24 08:00")))),)))
    figures = figures_of(counted(database, WEEK).whole())
    assert (figures["confirmed_solved"].n, figures["satisfied_among_answers"].n) == (1, 1)


@pytest.mark.parametrize(
    "name",
    [
        "received",
        "breakdown",
        "accept_limits",
        "limits",
        "standing",
        "closings",
        "reopenings",
        "handling_times",
        "follow_ups",
    ],
)
def test_a_digest_reads_by_index(database: sqlite3.Connection, name: str) -> None:
    """What lies outside the period is not read: no table of cases, attempts or entries is scanned."""
    sql = "EXPLAIN QUERY PLAN " + digest_queries()[f"digest_{name}"]
    parameters = {"periods": listed(PERIODS, LONG_AFTER), "unit": None, "township": None}
    plan = [row[3] for row in database.execute(sql, parameters)]
    tables = ("cases", "rounds", "again", "earlier", "ratings", "later", "ledger", "follow_ups")
    assert [step for step in plan if step.startswith(tuple(f"SCAN {table}" for table in tables))] == []


@pytest.mark.parametrize(
    ("asked", "due", "done", "counts"),
    [
        ("16 08:00", "16 12:00", "16 12:00", (1, 1, 0, 0)),
        ("16 08:00", "16 12:00", "16 13:00", (1, 0, 0, 0)),
        ("16 08:00", "16 12:00", None, (1, 0, 1, 1)),
        ("16 08:00", "16 12:00", "23 00:00", (1, 0, 1, 1)),
        ("13 08:00", "13 12:00", None, (0, 0, 1, 1)),
        ("13 08:00", "16 00:00", "13 09:00", (1, 1, 0, 0)),
        ("22 23:00", "23 00:00", None, (0, 0, 1, 0)),
        ("23 00:00", "23 12:00", None, None),
        ("13 08:00", "13 12:00", "14 12:00", None),
    ],
    ids=[
        "at its limit",
        "after it",
        "not at all",
        "as the week ends",
        "late for longer",
        "ahead of a limit in the week",
        "the limit is the week's end",
        "asked for afterwards",
        "all of it before",
    ],
)
def test_each_text_to_be_translated_is_counted_by_its_limit(
    database: sqlite3.Connection, asked: str, due: str, done: str | None, counts: tuple[int, ...] | None
) -> None:
    """Limits that fell in the week, those that were met, what waits at its end, and what of that is late; by unit."""
    put(database, History((OPEN,), unit="water"))
    moments = [None if text is None else round(local(text).timestamp() * 1_000_000) for text in (asked, due, done)]
    database.execute(
        "INSERT INTO translations"
        " (id, number, slot, source, target, language, voice, urgent, version, asked_at, due_at, done_at) VALUES"
        " ('t', 'CB-2026-000001', 'filed', 'ug', 'zh_Hans_CN', 'ug', 0, 0, 1, ?, ?, ?)",
        moments,
    )
    for unit, is_its in ((None, True), ("water", True), ("power", False)):
        parameters = {"periods": listed([WEEK], LONG_AFTER), "unit": unit, "township": None}
        rows = database.execute(digest_queries()["digest_translations"], parameters).fetchall()
        assert rows == ([(0, "water", *counts, 0)] if counts and is_its else [])


def test_a_text_of_a_case_that_is_gone_is_left_out_and_said_to_be(database: sqlite3.Connection) -> None:
    """Withdrawn within the week: its limit is no limit any more, and nobody waits for it, as with all that is due."""
    put(database, History((OPEN,), unit="water", withdrawn_at=local("17 09:00")))
    asked, due = (round(local(text).timestamp() * 1_000_000) for text in ("16 08:00", "18 12:00"))
    database.execute(
        "INSERT INTO translations"
        " (id, number, slot, source, target, language, voice, urgent, version, asked_at, due_at, done_at) VALUES"
        " ('t', 'CB-2026-000001', 'filed', 'ug', 'zh_Hans_CN', 'ug', 0, 0, 1, ?, ?, NULL)",
        (asked, due),
    )
    parameters = {"periods": listed([WEEK], LONG_AFTER), "unit": None, "township": None}
    rows = database.execute(digest_queries()["digest_translations"], parameters).fetchall()
    assert rows == [(0, "water", 0, 0, 0, 0, 1)]
