"""A program that dies at a given point of a complaint's path and is started again; run as a process of its own by its test.

    python -m tests.workers.killed FOLDER POINT…

prints one JSON object a line, one for each point; without any the run that nobody killed, and how many points it passed.
Every life is a forked process; death is `os._exit`, so that nothing is flushed, closed or rolled back.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from bot.ports import Arrival, Letter
from bot.rules.chain import EMPTY, follow
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from bot.workers.delivery import Delivery
from bot.workers.intake import Intake
from bot.workers.worker import Worker
from storage.engine import Claim, Engine, Parameters, Row, Session
from tests.support.clock import TUESDAY_NOON, MovableClock
from tests.support.store import NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, Town, arrival_of, opened_town

CASE = "CB-2026-000001"
ACTS: Sequence[tuple[timedelta, Arrival]] = [
    (timedelta(0), arrival_of(101, RESIDENT, "write", text=POTHOLE)),
    (timedelta(0), arrival_of(102, RESIDENT, "write", text="两盏都不亮")),
    (timedelta(minutes=1), arrival_of(103, RESIDENT, "send")),
    (timedelta(hours=30), arrival_of(104, NEIGHBOUR, "new")),
    (timedelta(hours=31), arrival_of(105, OFFICER, "accept", case=CASE, pressed=7)),
    (timedelta(hours=32), arrival_of(106, OFFICER, "resolve", case=CASE, answer="修好了")),
    (timedelta(hours=33), arrival_of(107, RESIDENT, "rate", case=CASE, solved="yes")),
    (timedelta(hours=34), arrival_of(108, RESIDENT, "score", case=CASE, score=5)),
]
"""What people do, and when; while the neighbour writes, the first reminders have fallen due."""

DIED = 9


class Death:
    """Counts points and dies at one of them."""

    def __init__(self, at: int | None) -> None:
        self.at = at
        self.passed = 0

    def point(self) -> None:
        """Pass a point, or die."""
        self.passed += 1
        if self.passed == self.at:
            os._exit(DIED)


@dataclass
class MortalSession:
    """A session with a point before and after each statement."""

    session: Session
    death: Death

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run a query."""
        self.death.point()
        rows = await self.session.rows(query, parameters)
        self.death.point()
        return rows

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Run a statement."""
        if not parameters:
            return 0
        self.death.point()
        changed = await self.session.run(query, parameters)
        self.death.point()
        return changed


@dataclass
class MortalEngine:
    """An engine with a point before and after each transaction."""

    engine: Engine
    death: Death

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Session]:
        """Open a write transaction."""
        self.death.point()
        async with self.engine.writing() as session:
            yield MortalSession(session, self.death)
        self.death.point()

    @asynccontextmanager
    async def noting(self) -> AsyncIterator[Session]:
        """Open a write transaction that need not last."""
        self.death.point()
        async with self.engine.noting() as session:
            yield MortalSession(session, self.death)
        self.death.point()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """Open a view."""
        async with self.engine.reading() as session:
            yield MortalSession(session, self.death)

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[Session]:
        """Open a short view."""
        async with self.engine.glancing() as session:
            yield MortalSession(session, self.death)

    async def look(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run one query."""
        return await self.engine.look(query, parameters)

    @property
    def holder(self) -> int:
        """Say which process this is."""
        return self.engine.holder

    @asynccontextmanager
    async def claiming(self, what: Claim) -> AsyncIterator[Session]:
        """Open a transaction that claims work."""
        async with self.engine.claiming(what) as session:
            yield MortalSession(session, self.death)

    async def shred(self, *, in_passing: bool) -> bool:
        """Clean the files."""
        return await self.engine.shred(in_passing=in_passing)

    async def intended(self) -> Sequence[Row]:
        """Say what the database is to be made of."""
        return await self.engine.intended()

    async def close(self) -> None:
        """Give the database back."""
        await self.engine.close()


@dataclass
class Server:
    """Telegram's side, which outlives the program: what was confirmed, and what was sent, each in a file."""

    folder: Path
    death: Death
    handed: int = 0

    @property
    def confirmed(self) -> int:
        """Count the updates that the program has confirmed."""
        path = self.folder / "confirmed"
        return int(path.read_text(encoding="ascii")) if path.exists() else 0

    async def fetch(self) -> Sequence[Arrival]:
        """Confirm what was handed out before; hand out the next."""
        if self.handed:
            (self.folder / "confirmed").write_text(str(self.confirmed + self.handed), encoding="ascii")
        self.death.point()
        arrivals = [arrival for _, arrival in ACTS[self.confirmed : self.confirmed + 1]]
        self.handed = len(arrivals)
        return arrivals

    async def carry(self, letter: Letter, now: datetime) -> int:
        """Send a letter; the answer may be lost on the way back."""
        del now
        self.death.point()
        line = [letter.chat_id, letter.id, letter.is_repeatable, type(letter.message).__name__]
        with (self.folder / "sent").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self.death.point()
        return letter.message_id or 1000 + letter.id


async def live(folder: Path, death: Death, seed: str) -> None:
    """Go on from where the last life ended, until nothing is left to do."""
    clock = MovableClock()
    server = Server(folder, death)
    async with opened_town(folder / "bot.db", clock, seed=seed, wrap=lambda engine: MortalEngine(engine, death)) as town:
        bell = Bell(clock)
        ticker = Ticker(town.store, town.desk, clock, bell, ())
        delivery = Delivery(town.store, server, clock, bell, ())
        worker = Worker(town.store, town, clock, bell, (), delivery)
        intake = Intake(server, town.store, clock, bell, bell, lambda: 1.0)
        while arrivals := await server.fetch():
            await clock.move_to(TUESDAY_NOON + ACTS[server.confirmed][0])
            await intake.keep(arrivals)
            while await worker.step():
                pass
            while await ticker.step():
                pass
            await _deliver(delivery, clock)
        if death.at is None:
            (folder / "passed").write_text(str(death.passed), encoding="ascii")  # the report's own reading is no part of it
            await _report(folder, town)


async def _deliver(delivery: Delivery, clock: MovableClock) -> None:
    while True:
        async with asyncio.TaskGroup() as rounds:
            has_begun = await delivery._begin(rounds, clock.now())
        await delivery._settle()
        if not has_begun:
            return


async def _report(folder: Path, town: Town) -> None:
    """Write down all that is true now, but for what is drawn at random."""
    head, entries = EMPTY, list[Any]()
    async for page in town.store.read.ledger():
        for row in page:
            head = follow(head, row)
            facts = {name: value for name, value in json.loads(row.facts).items() if name not in {"words", "answer"}}
            entries.append([row.seq, row.at, row.kind, row.case_number, row.actor, facts])
    assert head == await town.store.read.head()
    cases = [repr(case) async for case in town.store.read.cases()]
    due = [msgspec.to_builtins(due) for due in await town.store.take_due(99, town.clock.now() + timedelta(days=99))]
    words = [await town.store.read.words_of(case.number, "filed") async for case, _ in town.store.read.cases()]
    sent = [json.loads(line) for line in (folder / "sent").read_text(encoding="utf-8").splitlines()]
    counts = [*await town.rows("inbox_counts"), *await town.rows("outbox_counts")]
    told = {"ledger": entries, "cases": cases, "due": due, "words": words, "sent": sent, "counts": counts}
    (folder / "report").write_text(json.dumps(told, default=str), encoding="utf-8")


async def begin(folder: Path) -> None:
    """Make the database that every life starts from: officials have joined and read their letters."""
    async with opened_town(folder / "bot.db") as town:
        await town.staffed()
        await _deliver(Delivery(town.store, Server(folder, Death(None)), town.clock, Bell(town.clock), ()), town.clock)


def forked(folder: Path, death: Death, seed: str) -> int:
    """Live in a process of its own; return its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            asyncio.run(live(folder, death, seed))
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: Path, points: Sequence[int]) -> None:
    """Run unkilled when there are no points, else once for each point, and print what is true in the end."""
    import_module("holidays.countries")  # so that no life spends its time on it, which was half of it
    first = folder / "begin"
    first.mkdir()
    asyncio.run(begin(first))
    (first / "sent").unlink()
    for point in points or (None,):
        place = folder / str(point)
        shutil.copytree(first, place)
        deaths = 0
        if point is not None and forked(place, Death(point), f"killed at {point}") == DIED:
            deaths += 1
        code = forked(place, Death(None), f"after {point}")
        passed = int((place / "passed").read_text(encoding="ascii")) if (place / "passed").exists() else 0
        report = json.loads((place / "report").read_text(encoding="utf-8")) if code == 0 else None
        told = {"point": point, "deaths": deaths, "code": code, "passed": passed, "report": report}
        sys.stdout.write(json.dumps(told) + "\n")
        shutil.rmtree(place)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(point) for point in sys.argv[2:]])
