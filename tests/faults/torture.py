"""The real program, killed and lied to while many people use it, and the reconciliation of what they saw with the ledger.

    python -m tests.faults.torture --kills 1000 --updates 100000 --engine postgres --intake webhook --processes 2 --seed 5

The faults, the kills and what people do are drawn from the seed; the timing is the machine's. Prints what it does while it
lasts and the figures at the end. Exit code 0: all of it reconciles; 1: it does not, and the findings say where.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

from bot.sandbox.clock import OffsetClock
from bot.sandbox.faults import CallFault, Fault, UpdateFault
from bot.sandbox.server import Sandbox
from tests.faults.fleet import Fleet, Shape, opened_fleet
from tests.faults.people import Crowd, Person
from tests.faults.reconcile import Outcome, read_books, reconcile
from tests.support.postgres import apart, running_server
from tests.support.program import TOKEN

OFFICER: Final = 9_000_001
FIRST_RESIDENT: Final = 1_001
UNIT: Final = "agriculture"
SETTLING_SECONDS: Final = 120.0
"""A bound on what is left to do when the people are done, or between two kills: a send in doubt is repeated after 30 s."""

TURNS_TO_READ: Final = 50
"""Turns of the loop in which the stand-in reads and carries out what a process had sent before it died: a few are enough."""

LIVES_A_KILL: Final = 2
"""Lives are counted as `Sight` says: one goes on without the process that was killed, and one with it again."""

HISTORY: Final = 1_000
"""Messages that the stand-in keeps in each chat: what it has forgotten cannot be edited any more, and comes anew."""

SENDING: Final = ("sendMessage", "editMessageText", "answerCallbackQuery")
CALL_FAULTS: Final = (
    (CallFault.TOO_MANY_REQUESTS, 0.003), (CallFault.SERVER_ERROR, 0.003), (CallFault.BAD_GATEWAY, 0.003),
    (CallFault.RESET_BEFORE, 0.001), (CallFault.RESET_AFTER, 0.001), (CallFault.TRUNCATED, 0.001),
    (CallFault.MALFORMED, 0.001), (CallFault.STALL, 0.003), (CallFault.STALL_AFTER, 0.003),
)  # fmt: skip
IN_DOUBT: Final = frozenset({CallFault.RESET_BEFORE, CallFault.RESET_AFTER, CallFault.TRUNCATED, CallFault.MALFORMED})
UPDATE_FAULTS: Final = (
    (UpdateFault.DUPLICATE, 0.02), (UpdateFault.REORDER, 0.02), (UpdateFault.UNKNOWN_KIND, 0.005),
    (UpdateFault.EXTRA_FIELDS, 0.02),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How much of what, at least: people go on until there were so many kills, and so many updates."""

    kills: int
    updates: int
    residents: int
    seed: int
    shape: Shape
    #: Whether answers to sends are lost on the way, each of which takes half a minute to be made good.
    loses_answers: bool = True
    #: How long people begin anything new, in seconds: a run that is too long for the hour ends early, and is reckoned up.
    seconds: float = inf


@dataclass
class Run:
    """One run: the program, its people, and how often it died."""

    plan: Plan
    sandbox: Sandbox
    fleet: Fleet
    crowd: Crowd
    random: Random
    kills: int = 0
    unasked_ends: list[str] = field(default_factory=list)

    async def hire(self) -> Person:
        """Have the officer join before anything goes wrong."""
        officer = self.crowd.join(OFFICER)
        await self.fleet.first.start()
        await self.fleet.first.hire(OFFICER, "officer", UNIT)
        for program in self.fleet.programs[1:]:
            await program.start()
        return officer

    async def people_act(self, officer: Person) -> None:
        """Let residents come and live until all that was planned is done."""
        serving = asyncio.create_task(officer.serve())
        residents = [self.crowd.join(FIRST_RESIDENT + place) for place in range(self.plan.residents)]
        try:
            await asyncio.gather(*(resident.reside() for resident in residents))
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    async def die_and_rise(self, acting: asyncio.Task[None]) -> None:
        """Kill the program at random moments, spread over what people do, and start it again each time."""
        while self.kills < self.plan.kills and not acting.done():
            await self._moment(acting)
            await self._rise()

    async def _moment(self, acting: asyncio.Task[None]) -> None:
        """Let some time go by: some of the kills fall into the start, most between two calls of the program."""
        if self.random.random() < 0.2:
            await asyncio.sleep(self.random.uniform(0.0, 1.0))  # a moment of the start, which shows nothing to wait for
            return
        per_kill = max(self.plan.updates - self.crowd.acts, 0) / (self.plan.kills - self.kills)
        acts = self.crowd.acts + self.random.uniform(0.1, 1.9) * per_kill
        calls = self.random.randrange(8)
        counts = self.sandbox.world.scene.call_counts
        await self._until(lambda: self.crowd.acts >= min(acts, self.plan.updates) or acting.done())
        calls += counts.total()
        await self._until(lambda: counts.total() >= calls or acting.done())

    async def _until(self, is_so: Callable[[], bool]) -> None:
        def is_time() -> bool:
            return is_so() or bool(self.fleet.ended())

        await self.sandbox.world.wait_for(is_time, SETTLING_SECONDS)

    async def _rise(self) -> None:
        """Kill one of them and start it again, and count lives as `Sight` says."""
        self.note_end()
        program = self.random.choice(self.fleet.programs)
        program.strike()
        self.crowd.life += 1
        await program.kill()
        self.kills += 1
        for _ in range(TURNS_TO_READ):
            await asyncio.sleep(0)
        await program.start()
        self.crowd.life += 1

    def note_end(self) -> None:
        """Take down if one of them has ended without being killed."""
        self.unasked_ends += [
            f"process {place} ended by itself with {code} after kill {self.kills}" for place, code in self.fleet.ended()
        ]

    async def report(self, begun_at: float) -> None:
        """Say every now and then how far it is."""
        while True:
            await asyncio.sleep(15)  # a line for whoever watches
            _say(f"{monotonic() - begun_at:6.0f} s  {self.crowd.acts:7,} acts  {self.kills:5,} kills")


def endanger(sandbox: Sandbox, plan: Plan) -> None:
    """Put every fault into force, each with its chance, for calls that send, for polls and for updates."""
    sandbox.faults.reseed(plan.seed)
    for kind, chance in CALL_FAULTS:
        for method in SENDING if plan.loses_answers or kind not in IN_DOUBT else ():
            sandbox.faults.add(Fault(kind, method, times=None, probability=chance, seconds=0.5))
        sandbox.faults.add(Fault(kind, "getUpdates", times=None, probability=chance * 3, seconds=0.5))
    for update_kind, chance in UPDATE_FAULTS:
        sandbox.faults.add(Fault(update_kind, times=None, probability=chance))


async def torture(plan: Plan, folder: Path, location: Path | str, *, is_watched: bool = False) -> tuple[Outcome, Run]:
    """Do all of it; return the reconciliation."""
    sandbox = Sandbox(clock=OffsetClock(), token=TOKEN, username="minsheng_bot", history=HISTORY, recorded_calls=1)
    await sandbox.start()
    url = location if isinstance(location, str) else f"sqlite:///{location}"
    random = Random(plan.seed)
    try:
        async with opened_fleet(sandbox, folder, url, plan.shape, random) as fleet:
            lives = plan.kills * LIVES_A_KILL
            crowd = Crowd(sandbox, random, plan.updates, lives, monotonic() + plan.seconds)
            run = Run(plan, sandbox, fleet, crowd, random)
            officer = await run.hire()
            endanger(sandbox, plan)
            acting = asyncio.create_task(run.people_act(officer))
            watching = asyncio.create_task(run.report(monotonic())) if is_watched else None
            await run.die_and_rise(acting)
            await acting
            sandbox.faults.clear()
            await _settled(run, location)
            if watching is not None:
                watching.cancel()
            return await _reckon(run, location), run
    finally:
        await sandbox.stop()


async def _settled(run: Run, location: Path | str) -> None:
    """Wait until the queues are empty; what is still in them after a long while is for the reconciliation to say."""
    until = monotonic() + SETTLING_SECONDS
    while monotonic() < until:
        run.note_end()
        is_taken = not run.sandbox.world.scene.updates.pending
        if run.unasked_ends or (is_taken and (await read_books(location)).is_settled):
            return
        await asyncio.sleep(0.2)  # another process's doing, on a disk: it has no event


async def _reckon(run: Run, location: Path | str) -> Outcome:
    codes = await run.fleet.stop()
    outcome = reconcile(run.crowd.diaries.values(), await read_books(location))
    verified = await run.fleet.first.ask("ledger", "verify", "--json")
    struck = run.sandbox.faults.struck
    figures = {
        "kills": run.kills,
        "updates by people": run.crowd.acts,
        "updates in all, with repeats and unknown kinds": run.crowd.acts
        + struck.get(UpdateFault.DUPLICATE, 0)
        + struck.get(UpdateFault.UNKNOWN_KIND, 0),
        "faults that struck": sum(struck.values()),
        **outcome.figures,
        "answers waited for in vain": sum(len(diary.unanswered) for diary in run.crowd.diaries.values()),
        **_waits([wait for diary in run.crowd.diaries.values() for wait in diary.waits]),
    }
    findings = [*outcome.findings, *run.unasked_ends]
    findings += [f"told to stop, a process ended with {code}" for code in codes if code != 0]
    if verified.code != 0:
        findings.append(f"ledger verify: {verified.out or verified.err}")
    if run.kills < run.plan.kills and run.plan.seconds == inf:
        findings.append(f"only {run.kills} of {run.plan.kills} kills came to be")
    return Outcome(figures, findings)


def _waits(waits: Sequence[float]) -> dict[str, int]:
    """Say how long people waited, in vain or not, in milliseconds."""
    ordered = sorted(waits)
    ranks = {"median": 0.5, "99 of 100": 0.99, "999 of 1,000": 0.999}
    return {f"ms waited, {name}": round(ordered[int(rank * (len(ordered) - 1))] * 1000) for name, rank in ranks.items()}


# ── Command line ─────────────────────────────────────────────────────────────


@contextmanager
def database(engine: str, folder: Path) -> Iterator[Path | str]:
    """Lend an empty database of one or the other kind."""
    if engine == "sqlite":
        yield folder / "bot.db"
    else:
        with running_server() as server:
            apart(server.run("ALTER SYSTEM SET autovacuum = on", "SELECT pg_reload_conf()"))  # as wherever it runs for long
            yield server.fresh()


def main() -> int:
    """Run once; see the module."""
    options = _options()
    shape = Shape(options.intake, options.processes, options.fresh)
    until = inf if options.minutes is None else options.minutes * 60.0
    plan = Plan(options.kills, options.updates, options.residents, options.seed, shape, seconds=until)
    with tempfile.TemporaryDirectory(prefix="torture-") as name, database(options.engine, Path(name)) as location:
        begun_at = monotonic()
        work: Awaitable[tuple[Outcome, Run]] = torture(plan, Path(name), location, is_watched=True)
        outcome, run = asyncio.run(_awaited(work))
        for what, figure in outcome.figures.items():
            _say(f"{figure:12,}  {what}")
        for kind, times in sorted(run.sandbox.faults.struck.items()):
            _say(f"{times:12,}  {kind}")
        for diary in run.crowd.diaries.values():
            for what in diary.unanswered:
                _say(f"in vain: {diary.person} waited for {what}")
        for finding in outcome.findings:
            _say(f"FINDING  {finding}")
        verdict = "does not reconcile" if outcome.findings else "reconciles"
        took = f"{monotonic() - begun_at:.0f} s"
        _say(f"{options.engine}, {options.intake}, {options.processes} at once, seed {options.seed}, {took}: {verdict}")
        if outcome.findings and options.keep:
            shutil.copy(Path(name) / "log", options.keep)
    return 1 if outcome.findings else 0


async def _awaited(work: Awaitable[tuple[Outcome, Run]]) -> tuple[Outcome, Run]:
    return await work


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.torture", description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=1000, help="how often the program is killed")
    parser.add_argument("--updates", type=int, default=100_000, help="how many updates people cause, at least")
    parser.add_argument("--residents", type=int, default=200)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--intake", choices=("polling", "webhook"), default="polling")
    parser.add_argument("--minutes", type=float, help="how long at most people begin anything new; then it is reckoned up")
    parser.add_argument("--processes", type=int, default=1, help="how many share the database (PostgreSQL)")
    parser.add_argument("--fresh", type=float, default=0.1, help="share of starts that read the modules in; others fork")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="where the program's log goes when the run does not reconcile")
    options = parser.parse_args()
    if options.processes > 1 and options.engine == "sqlite":
        parser.error("several processes share a PostgreSQL database, never an SQLite file")
    return options


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
