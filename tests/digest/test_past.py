"""What a week's digest said it says for ever, whatever becomes of its cases later (design.md section 8)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.chain import GENESIS, LedgerRow, instant, read, salts_needed, write
from bot.rules.entry import Entry
from bot.rules.identity import CaseNumber
from bot.rules.life import evolve, past_of
from bot.rules.past import rewound
from bot.rules.period import Period, parse_period
from storage.assertions import Assertions
from storage.figures import listed
from storage.house_reader import OF_CLOSED, TRACES
from storage.projection import Projection
from storage.queries import load
from storage.rows import ledger_parameters, stamp
from tests.digest.year import UNITS, life
from tests.storage.test_digest_sql import LONG_AFTER, empty_database
from tests.support.store import sample_county

ZONE = sample_county().hours.zone
PERIODS = tuple(parse_period(text, ZONE) for text in ("2026-W03", "2026-W09", "2026-W20", "2026-W33", "2026-04", "2026-Q2"))
CASES = 30
PUT = {
    "cases": "case_insert",
    "rounds": "round_put",
    "cases_before": "case_before_put",
    "rounds_before": "round_before_put",
    "ratings": "rating_put",
    "follow_ups": "follow_up_put",
}
Rows = Mapping[str, object]


@cache
def queries() -> Mapping[str, str]:
    """Read the named blocks once."""
    return load("sqlite")


def lived(random: Random) -> list[Entry]:
    """Let cases take their course and return all their entries in order of time; those of one case in its own order."""
    entries = []
    for place in range(CASES):
        number = CaseNumber(f"CB-2026-{place + 1:06d}")
        entries += [Entry(at=each.at, actor=each.actor, case=number, fact=each.fact) for each in life(random)]
    return sorted(entries, key=lambda each: each.at)


def written(entries: Sequence[Entry]) -> list[LedgerRow]:
    """Write entries as a ledger has them; here nobody looks at the chain."""
    return [
        write(entry, seq=seq, salts=bytes(salts_needed(entry)), previous=GENESIS)
        for seq, entry in enumerate(entries, start=1)
    ]


def stored(rows: Iterable[LedgerRow]) -> sqlite3.Connection:
    """Put a ledger, and what its entries make of the tables, into a database."""
    connection = empty_database()
    cases: dict[str | None, Projection] = {}
    for row in rows:
        connection.execute(queries()["ledger_append"], ledger_parameters(row))
        cases.setdefault(row.case_number, Projection(Assertions(()))).add(row.seq, read(row))
    for projection in cases.values():
        for table, made in projection.rows().items():
            if table in PUT:
                connection.executemany(queries()[PUT[table]], made)
    return connection


def said(connection: sqlite3.Connection, period: Period) -> Rows:
    """Return everything that a digest, the entries of a week's end and the cases behind figures are made of."""
    found: dict[str, object] = {}
    for unit in (None, UNITS[0]):
        wanted = {"periods": listed([period], LONG_AFTER), "unit": unit, "township": None}
        for name, sql in queries().items():
            if name.startswith("digest_"):
                found[f"{name} of {unit}"] = sorted(connection.execute(sql, wanted).fetchall(), key=repr)
    week = {"begins_at": stamp(period.begins_at), "ends_at": stamp(period.ends_at), "ends_at_text": instant(period.ends_at)}
    for name in ("week_attempts", "week_voices"):
        rows = connection.execute(queries()[name], week).fetchall()
        found[name] = [row for row in rows if name == "week_voices" or any(value is not None and value for value in row[6:])]
    for figure, name in TRACES.items():
        of = {
            "begins": week["begins_at"],
            "ends": week["ends_at"],
            "begins_text": instant(period.begins_at),
            "ends_text": instant(period.ends_at),
            "unit": UNITS[0],
            "figure": OF_CLOSED.get(figure, ""),
            "limit": 1000,
            "offset": 0,
        }
        found[f"behind {figure}"] = connection.execute(queries()[name], of).fetchall()
    return found


@settings(max_examples=12, deadline=None)
@given(random=st.randoms(use_true_random=True))
def test_an_old_period_says_what_it_said_at_its_end(random: Random) -> None:
    """Transfers, other categories, classes, pauses, more time, ratings and callbacks: what comes later changes nothing."""
    rows = written(lived(random))
    later = stored(rows)
    for period in PERIODS:
        then = stored(row for row in rows if row.at < instant(period.ends_at))
        assert said(later, period) == said(then, period), period.text
        then.close()
    later.close()


@settings(max_examples=60, deadline=None)
@given(random=st.randoms(use_true_random=True), hours=st.integers(0, 200))
def test_a_case_is_rewound_to_what_it_was(random: Random, hours: int) -> None:
    """At any instant: unit, category, class, limits and signature are those of the entries before it."""
    entries = [each for each in life(random) if each.at < LONG_AFTER]
    case, then = None, None
    at = entries[0].at + timedelta(hours=hours, seconds=1)
    for entry in (each for each in entries if hasattr(each.fact, "KIND") and each.fact.KIND != "followed_up"):
        case = evolve(case, entry)
        if entry.at < at:
            then = case
    assert case is not None
    assert then is not None
    again = rewound(case, [past_of(None, case, entries)], at)
    assert (again.unit, again.category, again.deadline_class) == (then.unit, then.category, then.deadline_class)
    for attempt, was in zip(again.rounds, then.rounds, strict=False):
        assert (attempt.unit, attempt.accept_due_at, attempt.due_at) == (was.unit, was.accept_due_at, was.due_at)
        assert attempt.accepted_at == was.accepted_at or (was.accepted_at is None and _after(attempt.accepted_at, at))


def _after(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment >= at
