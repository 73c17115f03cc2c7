"""`python -m bench.ledger`: a short and a long ledger side by side: written, verified, proved, filed into.

The long ledger is set beside the short one, in the same run and where it counts in turns; nothing here fails at any figure.
It is written entry by entry as the program writes it; the case tables beside it are filled with as many made-up cases.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Final

from msgspec.structs import replace

from bench.filing import NOW, Ledger, opened
from bench.machine import describe
from bench.parts import filed
from bench.report import machine
from bot.rules.case import Case, Rating, Round, State
from bot.rules.county import Kind, Role, Urgency
from bot.rules.entry import (
    Accepted,
    AnyFact,
    Channel,
    Closed,
    Closing,
    Entry,
    Rated,
    ReminderDecided,
    ReminderTold,
    Resolved,
    Solved,
)
from bot.rules.identity import CaseNumber, CategoryId, ClassId, StaffId, TownshipId, UnitId
from bot.rules.merkle import Nodes, inclusion_proof, is_included, root
from storage.audit import Audit
from storage.commit import append, unplaced
from storage.rows import case_parameters, rating_parameters, round_parameters
from storage.tree import computed, frontier
from storage.vault import SystemRandomness

AT_ONCE: Final = 5_000
PROOFS: Final = 200
FILINGS: Final = 300
TURNS: Final = 5
REMINDERS: Final = 1_000
UNITS: Final = ("transport", "water", "power", "housing", "health", "education", "police", "agriculture")
STAFF: Final = StaffId("s-0123456789ab")


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing: of the short ledger, of the long one, and the ratio."""

    about: str
    short: float
    long: float
    digits: int = 0

    def drawn(self) -> str:
        """Draw a row of the table."""
        return (
            f"| {self.about} | {self.short:,.{self.digits}f} | {self.long:,.{self.digits}f} | {self.long / self.short:.2f} |"
        )


# ── A ledger ─────────────────────────────────────────────────────────────────


def life(place: int) -> tuple[Entry, ...]:
    """Make the eight entries of a case that is filed, reminded of, resolved, rated and closed."""
    first = filed(place)
    unit = UnitId(UNITS[place % len(UNITS)])
    facts: tuple[AnyFact, ...] = (
        Accepted(unit=unit),
        ReminderDecided(round=1, stage="before:1d", role=Role.OFFICER, staff=STAFF),
        ReminderTold(round=1, stage="before:1d", staff=STAFF, was_told=True),
        Resolved(unit=unit, answer="ab" * 32),
        Rated(round=1, voice=1, solved=Solved.YES, score=None),
        Rated(round=1, voice=1, solved=Solved.YES, score=5),
        Closed(round=1, how=Closing.RATED),
    )
    return (first, *(Entry(at=first.at, actor=STAFF, case=first.case, fact=fact) for fact in facts))


def lives() -> Iterator[Entry]:
    """Make cases without end."""
    place = 0
    while True:
        yield from life(place)
        place += 1


async def write(ledger: Ledger, entries: int) -> float:
    """Append entries, many in a commit; return the entries a second, hashing, tree and fsync and all."""
    randomness, engine = SystemRandomness(), ledger.store.read._engine  # noqa: SLF001 (there is no other way to write entries alone)
    coming = lives()
    begun_at = perf_counter()
    for first in range(0, entries, AT_ONCE):
        rows = [unplaced(next(coming), randomness) for _ in range(min(AT_ONCE, entries - first))]
        async with engine.writing() as session:
            await append(session, rows)
    return entries / (perf_counter() - begun_at)


async def verify(ledger: Ledger) -> tuple[float, float]:
    """Follow chain and tree as `ledger verify` does; return entries a second of the clock, and of the processor."""
    audit = Audit(ledger.store.read._engine)  # noqa: SLF001 (as above)
    begun_at, worked = perf_counter(), process_time()
    await audit.follow_ledger(lambda _: None)
    return audit.head.seq / (perf_counter() - begun_at), audit.head.seq / (process_time() - worked)


async def prove(ledger: Ledger, size: int) -> float:
    """Prove entries anywhere in the ledger, and check each proof; return the median in ms."""
    took = []
    places = Random(1)  # noqa: S311 (any places do, the same in every run)
    async with ledger.store.read._engine.reading() as session:  # noqa: SLF001 (as above)
        its_root = root(await frontier(session, size))
        for _ in range(PROOFS):
            index = places.randrange(size)

            def path(nodes: Nodes, index: int = index) -> tuple[bytes, ...]:
                return inclusion_proof(index, size, nodes)

            begun_at = perf_counter()
            way = await computed(session, path)
            took.append((perf_counter() - begun_at) * 1000)
            ((leaf,),) = await session.rows("tree_leaf", {"seq": index + 1})
            if not is_included(bytes(leaf), index, size, way, its_root):  # type: ignore[arg-type]  # a BLOB column
                raise AssertionError("a proof does not hold")
    return median(took)


async def filings(short: Ledger, long: Ledger) -> tuple[float, float]:
    """File into both in turns; return the medians in ms."""
    filers = [await each.first() for each in (short, long)]
    took: list[list[float]] = [[], []]
    for _ in range(FILINGS):
        for place, ledger in enumerate((short, long)):
            took[place].append(await ledger.file(filers[place]) * 1000)
    return median(took[0]), median(took[1])


# ── Many cases ───────────────────────────────────────────────────────────────


def made_up(place: int) -> Case:
    """Make a case of the last year: most are closed and rated, some are open, some overdue."""
    chance = Random(place)  # noqa: S311 (made up, the same in every run)
    filed_at = NOW - timedelta(minutes=chance.randrange(60 * 24 * 365))
    due_at = filed_at + timedelta(days=7)
    resolved_at = filed_at + timedelta(days=chance.randrange(1, 10))
    is_open = resolved_at > NOW or chance.random() < 0.02
    ratings = () if chance.random() < 0.3 else (Rating(1, Solved.YES, chance.randrange(1, 6), resolved_at),)
    attempt = Round(
        1,
        filed_at,
        UnitId(UNITS[place % len(UNITS)]),
        "accept 2h, handle 7d",
        filed_at + timedelta(hours=2),
        due_at,
        filed_at,
    )
    if not is_open:
        attempt = replace(attempt, resolved_at=resolved_at, closed_at=resolved_at, how=Closing.RATED, ratings=ratings)
    return Case(
        number=CaseNumber(f"ZZ-2026-{place:07d}"),
        version=3,
        state=State.ACCEPTED if is_open else State.CLOSED,
        kind=Kind.COMPLAINT,
        category=CategoryId("roads"),
        township=TownshipId("qapqal"),
        unit=UnitId(UNITS[place % len(UNITS)]),
        channel=Channel.BOT,
        urgency=Urgency.NORMAL,
        deadline_class=ClassId("complaint"),
        is_confidential=False,
        filed_at=filed_at,
        officer=STAFF,
        rounds=(attempt,),
    )


async def fill(ledger: Ledger, cases: int) -> None:
    """Put cases into the tables."""
    engine = ledger.store.read._engine  # noqa: SLF001 (as above)
    for first in range(0, cases, AT_ONCE):
        made = [made_up(place) for place in range(first, min(first + AT_ONCE, cases))]
        async with engine.writing() as session:
            await session.run("case_insert", [case_parameters(case) for case in made])
            await session.run("round_put", [round_parameters(case.number, case.now) for case in made])
            ratings = [rating_parameters(case.number, 1, rating) for case in made for rating in case.now.ratings]
            await session.run("rating_put", ratings)


# ── All of it ────────────────────────────────────────────────────────────────


async def measure(short_size: int, long_size: int, cases: int) -> list[Line]:
    """Measure everything; say on standard error how far it is."""
    with tempfile.TemporaryDirectory(prefix="bench-ledger-") as name:
        folder = Path(name)
        async with opened(folder / "short.db") as short, opened(folder / "long.db") as long:
            say(f"writing {short_size:,} and {long_size:,} entries ...")
            written = await write(short, short_size), await write(long, long_size)
            say("verifying ...")
            memory = [_memory()]
            verified = [await verify(each) for each in (short, long)]
            memory.append(_memory())
            say("proving ...")
            proved = await prove(short, short_size), await prove(long, long_size)
            say(f"filling tables with {cases:,} cases ...")
            await fill(long, cases)
            say("filing ...")
            filed_in = await filings(short, long)
            return [
                Line("entries appended, a second", *written),
                Line("entries verified from the file, a second of the clock", verified[0][0], verified[1][0]),
                Line("entries verified from the file, a second of the processor", verified[0][1], verified[1][1]),
                Line("memory before and after verifying the long one, MB", memory[0], memory[1]),
                Line("proving an entry, ms", *proved, digits=2),
                Line("filing one case, ms", *filed_in, digits=2),
            ]


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(text: str) -> None:
    """Tell whoever waits."""
    print(f"{datetime.now(UTC):%H:%M:%S} {text}", file=sys.stderr, flush=True)


def main() -> int:
    """Run; always 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--short", type=int, default=1_000, metavar="N", help="entries of the short ledger (default 1,000)")
    parser.add_argument("--long", type=int, default=1_000_000, metavar="N", help="of the long one (default 1,000,000)")
    parser.add_argument("--cases", type=int, default=1_000_000, metavar="N", help="cases in the tables (default 1,000,000)")
    options = parser.parse_args()
    seen = machine(describe())  # before anything is measured, so that it says what else was running
    lines = asyncio.run(measure(options.short, options.long, options.cases))
    print(seen)
    about = f"{options.short:,} entries, and {options.long:,} with {options.cases:,} cases"
    print(f"\n| {about} | short | long | ratio |")
    print("|---|--:|--:|--:|")
    print("\n".join(line.drawn() for line in lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
