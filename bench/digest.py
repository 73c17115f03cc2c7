"""`python -m bench.digest`: a weekly digest over many cases, beside the bare SQL statements that it is made of.

Both ask the same file the same questions in turns, one through the reader that the bot and the command line use, the other
through `sqlite3` alone. What is compared is processor time, so that a busy machine tells the same as an idle one. Cases are
made up as rows, and so is what a digest tells beside them (`bench.house`), with only those entries that a digest looks at.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Final

from bench.house import Closed, Made, beside, of_case
from bench.machine import describe
from bot.county import read_county, sample_county_path
from bot.rules.chain import instant
from bot.rules.county import County, Kind
from bot.rules.digest import TREND, scope_of
from bot.rules.entry import Channel
from bot.rules.period import Period, parse_period
from storage.figures import listed
from storage.queries import load
from storage.reader import StoreReader
from storage.rows import stamp
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import migrate

NOW: Final = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
WEEK: Final = "2026-W47"
LENGTH: Final = timedelta(days=730)
"""How far back the cases go: two years, after which their words are erased."""

GROUP: Final = 20_000
SOLVED: Final = ("yes", "yes", "yes", "partly", "no")
SCORES: Final = (None, 2, 3, 4, 5)
CASES: Final = "INSERT INTO cases (number, version, state, kind, category, township, unit, channel, urgency, confidential, filed_at, round, voices, since_at) VALUES (?, 6, ?, ?, ?, ?, ?, ?, 'normal', 0, ?, 1, ?, ?)"  # noqa: E501 (one statement)
ROUNDS: Final = "INSERT INTO rounds (number, round, unit, opened_at, accept_due_at, due_at, accepted_at, resolved_at, closed_at, since_at, how) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 'rated')"  # noqa: E501 (one statement)
CASES_BEFORE: Final = "INSERT INTO cases_before (number, since_at, until_at, unit, category) VALUES (?, ?, ?, ?, ?)"
ROUNDS_BEFORE: Final = "INSERT INTO rounds_before (number, round, since_at, until_at, opened_at, unit, accept_due_at, due_at) VALUES (?, 1, ?, ?, ?, ?, ?, ?)"  # noqa: E501 (one statement)
GIVEN_ON: Final = timedelta(days=3)
"""How long after filing a case was given to another unit, where it was: one in seven."""

RATINGS: Final = "INSERT INTO ratings (number, round, voice, solved, score, at, source) VALUES (?, 1, 1, ?, ?, ?, ?)"
ENTRIES: Final = "INSERT INTO ledger (at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash) VALUES (?, ?, 1, ?, 'resident', '{}', x'', x'', x'')"  # noqa: E501 (one statement)


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians, in milliseconds of the processor: the digest as the bot makes it, its statements, and those of one week."""

    cases: int
    whole_ms: float
    bare_ms: float
    one_week_ms: float

    @property
    def ratio(self) -> float:
        """Return whole / bare."""
        return self.whole_ms / self.bare_ms


@dataclass(frozen=True, slots=True)
class Rows:
    """What one made-up case puts into each table."""

    case: tuple[object, ...]
    attempt: tuple[object, ...]
    rating: tuple[object, ...] | None
    entry: tuple[object, ...] | None
    beside: tuple[Made, ...]


def made_up(county: County, cases: int, seed: int) -> Iterator[Rows]:
    """Make up cases, spread evenly over the time; most are closed and answered, some are late, some withdrawn."""
    random = Random(seed)  # noqa: S311 (made-up rows, the same in every run)
    units, categories, townships = list(county.units), list(county.categories), [*county.townships, None]
    kinds, channels = list(Kind), list(Channel)
    for place in range(cases):
        number = f"CB-2026-{place:07d}"
        filed_at = NOW - LENGTH * (1 - place / cases)
        due_at = filed_at + timedelta(days=9)
        unit = random.choice(units)
        chance = random.random()
        resolved_at = filed_at + timedelta(days=random.uniform(0.2, 12)) if chance < 0.97 else None
        resolved_at = resolved_at if resolved_at is not None and resolved_at < NOW else None
        closed_at = resolved_at + timedelta(days=random.uniform(0.1, 10)) if resolved_at is not None else None
        closed_at = closed_at if closed_at is not None and closed_at < NOW else None
        is_gone, is_answered, voices = resolved_at is None and chance > 0.98, random.random() < 0.8, 1 + (chance < 0.05)
        state = "withdrawn" if is_gone else "closed" if closed_at else "resolved" if resolved_at else "accepted"
        entry = ("withdrawn", due_at) if is_gone else ("voice_added", filed_at) if voices > 1 else None
        accepted_at = filed_at + timedelta(hours=random.uniform(0.1, 4))
        given_at = filed_at + GIVEN_ON
        is_given = place % 7 == 0 and given_at < (resolved_at or NOW)
        since_at = given_at if is_given else filed_at
        was: list[Made] = []
        if is_given:
            limits = stamp(filed_at + timedelta(hours=2)), stamp(filed_at + timedelta(days=5))
            was = [
                (CASES_BEFORE, (number, stamp(filed_at), stamp(given_at), random.choice(units), random.choice(categories))),
                (ROUNDS_BEFORE, (number, stamp(filed_at), stamp(given_at), stamp(filed_at), random.choice(units), *limits)),
            ]
        yield Rows(
            case=(
                number, state, random.choice(kinds), random.choice(categories), random.choice(townships), unit,
                random.choice(channels), stamp(filed_at), voices, stamp(since_at),
            ),
            attempt=(
                number, unit, stamp(filed_at), stamp(filed_at + timedelta(hours=2)), stamp(due_at), stamp(accepted_at),
                None if resolved_at is None else stamp(resolved_at), None if closed_at is None else stamp(closed_at),
                stamp(since_at),
            ),
            rating=None if closed_at is None or not is_answered else (
                number, random.choice(SOLVED), random.choice(SCORES), stamp(closed_at) - 1,
                "phone" if random.random() < 0.1 else "bot",
            ),
            entry=None if entry is None else (instant(entry[1]), entry[0], number),
            beside=(*was, *of_case(Closed(number, filed_at, closed_at), NOW, random)),
        )  # fmt: skip


def fill(path: Path, county: County, cases: int) -> None:
    """Make the database."""
    migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        rows: list[Rows] = []
        for made in made_up(county, cases, seed=1):
            rows.append(made)
            if len(rows) == GROUP:
                _put(connection, rows)
                rows = []
        _put(connection, rows)
        _put_made(connection, beside(county, cases, NOW - LENGTH, NOW))
        connection.execute("ANALYZE")
        connection.commit()


def _put(connection: sqlite3.Connection, rows: list[Rows]) -> None:
    connection.executemany(CASES, [each.case for each in rows])
    connection.executemany(ROUNDS, [each.attempt for each in rows])
    connection.executemany(RATINGS, [each.rating for each in rows if each.rating is not None])
    connection.executemany(ENTRIES, [each.entry for each in rows if each.entry is not None])
    _put_made(connection, (made for each in rows for made in each.beside))


def _put_made(connection: sqlite3.Connection, made: Iterable[Made]) -> None:
    by_statement: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for statement, row in made:
        by_statement[statement].append(row)
    for statement, of_it in by_statement.items():
        connection.executemany(statement, of_it)
    connection.commit()


def bare(path: Path, periods: tuple[Period, ...]) -> float:
    """Run the statements alone; return the seconds of the processor they took."""
    queries = load("sqlite")
    both = {"unit": None, "township": None}
    with closing(sqlite3.connect(path)) as connection:
        begun_at = process_time()
        for name, sql in queries.items():
            if name.startswith("digest_"):
                asked = periods[:2] if name == "digest_breakdown" else periods
                connection.execute(sql, {"periods": listed(asked, NOW), **both}).fetchall()
        connection.execute(queries["sign_entries"], {"before": instant(periods[0].ends_at)}).fetchall()
        connection.execute(queries["survey_entries"], {}).fetchall()
        return process_time() - begun_at


async def whole(path: Path, week: Period, county: County) -> float:
    """Make the digest as the bot does; return the seconds of the processor it took."""
    engine = await open_sqlite(path, load("sqlite"), read_only=True)
    try:
        reader = StoreReader(engine, None)
        begun_at = process_time()
        digest = await reader.digest(week, scope_of(county), NOW)
        took = process_time() - begun_at
        if empty := [name for name, figure in digest.figures.items() if not (figure.n or figure.of)]:
            raise SystemExit(f"nothing was made up for {', '.join(empty)}")
        return took
    finally:
        await engine.close()


async def measure(cases: int, rounds: int) -> Measured:
    """Let both take turns over one file; the first turn of each only warms the cache."""
    county = read_county(sample_county_path())
    week = parse_period(WEEK, county.hours.zone)
    periods = (week, *week.earlier(TREND[week.stretch]))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "digest.db"
        fill(path, county, cases)
        took: dict[str, list[float]] = {"whole": [], "bare": [], "one": []}
        for _ in range(rounds + 1):
            took["bare"].append(bare(path, periods))
            took["whole"].append(await whole(path, week, county))
            took["one"].append(bare(path, periods[:2]))
    whole_ms, bare_ms, one_ms = (median(times[1:]) * 1000 for times in took.values())
    return Measured(cases, whole_ms, bare_ms, one_ms)


async def on_postgres(cases: int, rounds: int) -> int:
    """Run both in PostgreSQL and print a table; always 0."""
    from bench import digest_on_postgres  # noqa: PLC0415 (an extra, which only this part needs)

    county = read_county(sample_county_path())
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "digest.db"
        fill(path, county, cases)
        week = parse_period(WEEK, county.hours.zone)
        took = await digest_on_postgres.measure(path, county, week, NOW, rounds)
    whole, bare_one = (median(times[1:]) for times in (took["whole"], took["bare"]))
    print(describe())
    print(f"weekly digest over {cases:,} cases in PostgreSQL, server and all | {whole * 1000:,.0f} ms")
    print(f"its statements alone, through asyncpg                        | {bare_one * 1000:,.0f} ms")
    print(f"whole / bare                                                 | {whole / bare_one:.2f}")
    return 0


def main() -> int:
    """Run and print a table; always 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.digest", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000, help="how many cases (default: 1,000,000)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each (default: 5)")
    parser.add_argument("--postgres", action="store_true", help="instead: the same in PostgreSQL, server and all")
    options = parser.parse_args()
    if options.postgres:
        return asyncio.run(on_postgres(options.cases, max(1, options.rounds)))
    found = asyncio.run(measure(options.cases, max(1, options.rounds)))
    print(describe())
    print(f"weekly digest over {found.cases:,} cases, with the 13 weeks before it | {found.whole_ms:,.0f} ms")
    print(f"its statements alone, through sqlite3                              | {found.bare_ms:,.0f} ms")
    print(f"whole / bare                                                       | {found.ratio:.2f}")
    print(f"statements of the week and the week before alone                   | {found.one_week_ms:,.0f} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
