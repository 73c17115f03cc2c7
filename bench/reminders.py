"""`python -m bench.reminders`: taking what is due among very many open cases, beside the bare SQL; and reckoning a limit.

Both take the same thousand reminders from the same file in turns, one through the store as the clock does, the other through
`sqlite3` alone. What is compared is processor time, so that a busy machine tells the same as an idle one. Cases are made up
as rows: open, each with a reminder that waits for its moment.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final

import msgspec

from bench.machine import describe
from bot.county import read_county, sample_county_path
from bot.rules.calendar import Calendar
from bot.rules.county import Role
from bot.rules.deadline import deadline_for
from bot.rules.due import Due, RemindStaff, due_of_case
from bot.rules.identity import CaseNumber
from storage.masters import Masters
from storage.queries import load
from storage.rows import stamp
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import migrate
from storage.store import Store, open_store
from storage.vault import SystemRandomness, Vault

NOW: Final = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
TAKEN: Final = 1_000
LIMITS: Final = 20_000
GROUP: Final = 20_000
MASTER: Final = bytes(32)
CASES: Final = "INSERT INTO cases (number, version, state, kind, category, unit, channel, urgency, confidential, filed_at, round, voices, due_at) VALUES (?, 2, 'accepted', 'complaint', 'roads', 'transport', 'bot', 'normal', 0, ?, 1, 1, ?)"  # noqa: E501 (one statement)
ROUNDS: Final = (
    "INSERT INTO rounds (number, round, unit, opened_at, due_at, accepted_at) VALUES (?, 1, 'transport', ?, ?, ?)"
)
DUE: Final = "INSERT INTO due (key, at, task) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians: milliseconds of the processor for the taking, microseconds for one limit."""

    cases: int
    taken: int
    whole_ms: float
    bare_ms: float
    limit_us: float

    @property
    def ratio(self) -> float:
        """Return whole / bare."""
        return self.whole_ms / self.bare_ms


def made_up(cases: int, taken: int) -> Iterator[Due]:
    """Make up a reminder for each case: so many are due, spread over all of them, the others later."""
    every = max(cases // taken, 1)
    for place in range(cases):
        is_due = place % every == 0 and place // every < taken
        at = NOW - timedelta(seconds=place // every) if is_due else NOW + timedelta(seconds=1 + place)
        number = CaseNumber(f"CB-2026-{place:07d}")
        yield due_of_case(at, RemindStaff(case=number, round=1, stage="before:1d", to=(Role.OFFICER,), is_last=True))


def fill(path: Path, cases: int, taken: int) -> None:
    """Make the database."""
    migrate(path)
    filed_at, limit_at = stamp(NOW - timedelta(days=5)), stamp(NOW + timedelta(days=1))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        group: list[Due] = []
        for place, due in enumerate(made_up(cases, taken), start=1):
            group.append(due)
            if len(group) == GROUP or place == cases:
                numbers = [due.key.partition("/")[0] for due in group]
                connection.executemany(CASES, [(number, filed_at, limit_at) for number in numbers])
                connection.executemany(ROUNDS, [(number, filed_at, limit_at, filed_at) for number in numbers])
                rows = [(each.key, stamp(each.at), msgspec.json.encode(each.task).decode()) for each in group]
                connection.executemany(DUE, rows)
                connection.commit()
                group = []
        connection.execute("ANALYZE")
        connection.commit()


def bare(path: Path, taken: int) -> float:
    """Run the statements alone; return the seconds of the processor they took."""
    queries = load("sqlite")
    with closing(sqlite3.connect(path)) as connection:
        begun_at = process_time()
        rows = connection.execute(queries["due_take"], {"now": stamp(NOW), "limit": taken}).fetchall()
        numbers = msgspec.json.encode(sorted({str(row[0]).partition("/")[0] for row in rows})).decode()
        connection.execute(queries["due_of_cases"], {"now": stamp(NOW), "cases": numbers}).fetchall()
        took = process_time() - begun_at
    if len(rows) != taken:
        raise AssertionError(f"{len(rows)} were due, not {taken}")
    return took


async def whole(store: Store, taken: int) -> float:
    """Take them as the clock does; return the seconds of the processor it took."""
    begun_at = process_time()
    due = await store.take_due(taken, NOW)
    took = process_time() - begun_at
    if len(due) != taken:
        raise AssertionError(f"{len(due)} were taken, not {taken}")
    return took


def limits() -> float:
    """Reckon both limits of cases of every class, filed at many moments; return the processor's seconds for one case."""
    county = read_county(sample_county_path())
    calendar, classes = Calendar.of(county.hours), tuple(county.classes.values())
    moments = [NOW - timedelta(minutes=17 * place) for place in range(LIMITS)]
    deadline_for(classes[0], moments[-1], calendar)  # years are laid out once
    begun_at = process_time()
    for place, moment in enumerate(moments):
        deadline_for(classes[place % len(classes)], moment, calendar)
    return (process_time() - begun_at) / LIMITS


async def measure(cases: int, taken: int, rounds: int) -> Measured:
    """Let both take turns over one file; the first turn of each only warms the cache."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "reminders.db"
        fill(path, cases, taken)
        engine = await open_sqlite(path, load("sqlite"), read_only=False)
        try:
            store = await open_store(engine, Vault(Masters({1: MASTER}), SystemRandomness()), SystemRandomness())
            took: dict[str, list[float]] = {"whole": [], "bare": []}
            for _ in range(rounds + 1):
                took["bare"].append(bare(path, taken))
                took["whole"].append(await whole(store, taken))
        finally:
            await engine.close()
    whole_ms, bare_ms = (median(times[1:]) * 1000 for times in took.values())
    return Measured(cases, taken, whole_ms, bare_ms, median(limits() for _ in range(3)) * 1e6)


def table(found: Measured) -> str:
    """Write what was measured."""
    return "\n".join(
        (
            f"taking {found.taken:,} due reminders among {found.cases:,} open cases | {found.whole_ms:.1f} ms",
            f"the bare SQL, through sqlite3 | {found.bare_ms:.1f} ms",
            f"whole / bare | {found.ratio:.2f}",
            f"both limits of one case | {found.limit_us:.1f} µs",
        )
    )


def main() -> int:
    """Run and print a table; always 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.reminders", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000, help="how many open cases (default: 1,000,000)")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each (default: 9)")
    options = parser.parse_args()
    found = asyncio.run(measure(options.cases, min(TAKEN, options.cases), max(1, options.rounds)))
    print(describe())
    print(table(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
