"""`python -m bench.audit`: the whole of `ledger verify`, and `rebuild`, by the command itself, over cases filed and rated.

Each case has eight entries, the rows that they make, and words where they bind to some, so that nothing is missed and every
table is compared. The command runs as whoever keeps the county runs it; nothing here fails at any figure.

`--postgres` moves the county to a server of its own before (`copy --to`); the server's processor time is counted with it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from bench.filing import Ledger, opened
from bench.ledger import life, say, write
from bench.machine import describe
from bench.replicas import Database, server
from bench.report import machine
from bot.rules.identity import CaseNumber
from bot.rules.slot import FILED, answer_slot
from storage.audit import Audit
from storage.engine import Parameters
from storage.keyring import case_owner
from storage.sealed import FILER

AT_ONCE: Final = 5_000
SEALED: Final = bytes(200)
"""In the place of sealed words and keys, which nobody opens."""

SOMEBODY: Final[Parameters] = {"id": "p-somebody", "chat_key": SEALED, "chat": SEALED, "created_at": 0}
"""Whoever filed all of it."""


@dataclass(frozen=True, slots=True)
class Took:
    """What one run took: seconds of the clock, seconds of processors, and the largest process in MB."""

    wall: float
    worked: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class County:
    """Where a county is, the folder for what else there is of it, and the server, if it is on one."""

    url: str
    folder: Path
    server: Database | None = None


async def plant(path: Path, entries: int) -> None:
    """Make a ledger with all that belongs to it."""
    async with opened(path) as ledger:
        await write(ledger, entries)
        numbers = [life(place)[0].case or CaseNumber("") for place in range(entries // len(life(0)))]
        await _seal(ledger, numbers)
        await Audit(ledger.store.read._engine).rebuild(lambda _: None, lambda _: None)  # noqa: SLF001 (as bench.ledger)


def _plant(path: Path, entries: int) -> None:
    asyncio.run(plant(path, entries))


def planted(folder: Path, entries: int) -> County:
    """Make a ledger in a process of its own, as a command begins with the memory of whoever begins it."""
    say(f"writing {entries:,} entries ...")
    path = folder / "bot.db"
    planting = get_context("spawn").Process(target=_plant, args=(path, entries))
    planting.start()
    planting.join()
    return County(f"sqlite:///{path}", folder)


@contextmanager
def moved(county: County) -> Iterator[County]:
    """Move a county to a server that ends with the block."""
    with server() as database:
        url = asyncio.run(database.fresh("audited"))
        say("moving it to PostgreSQL ...")
        run(county, "copy", "--to", url, "--json")
        yield County(url, county.folder, database)


async def _seal(ledger: Ledger, numbers: Iterable[CaseNumber]) -> None:
    """Put words there, a key for each case, and somebody behind it."""
    rows: dict[str, list[Parameters]] = {"person_insert": [SOMEBODY], "words_put": [], "key_put": [], "voice_add": []}
    for number in numbers:
        rows["voice_add"].append({"number": number, "voice": FILER, "person": SOMEBODY["id"]})
        rows["words_put"] += [{"number": number, "slot": slot, "body": SEALED} for slot in (FILED, answer_slot(1))]
        rows["key_put"].append({"owner": case_owner(number), "master_version": 1, "wrapped": SEALED})
    for statement, each in rows.items():
        for first in range(0, len(each), AT_ONCE):
            async with ledger.store.read._engine.writing() as session:  # noqa: SLF001 (as bench.ledger)
                await session.run(statement, each[first : first + AT_ONCE])


def verify(county: County, entries: int, processes: int) -> Took:
    """Run the command; raises AssertionError when it finds anything."""
    took, said = run(county, "ledger", "verify", "--json", "--processes", str(processes))
    if not said["ok"] or said["entries"] != entries:
        raise AssertionError(said)
    return took


def rebuild(county: County, entries: int) -> Took:
    """Make the tables anew; raises AssertionError when they are others than those that are there."""
    took, said = run(county, "ledger", "rebuild", "--json")
    if not said["equal"] or said["entries"] != entries:
        raise AssertionError(said)
    return took


def run(county: County, *command: str) -> tuple[Took, dict[str, Any]]:
    """Run the program on a county; return what it took, the server's part of it too, and what it said."""
    before = county.server.cpu_seconds() if county.server else 0.0
    took, said = begun(county, sys.executable, "-m", "bot", *command)
    served = county.server.cpu_seconds() - before if county.server else 0.0
    return replace(took, worked=took.worked + served), json.loads(said)


def begun(county: County, *command: str) -> tuple[Took, bytes]:
    """Run a command beside a county, compiled as `make install` leaves the program; return what it took and printed."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(county.folder / "compiled")}
    where = {"BOT_DATABASE": county.url, "PYTHONPATH": os.pathsep.join(sys.path)}
    begun_at = perf_counter()
    with subprocess.Popen(
        command,
        env={**os.environ, **compiled, **where},
        cwd=county.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)  # of it and of whatever it began itself
        process.returncode = os.waitstatus_to_exitcode(status)
    return Took(perf_counter() - begun_at, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), said


def drawn(entries: int, runs: Mapping[str, Sequence[Took]]) -> str:
    """Draw the table: medians, and the largest process of all."""
    turns = len(next(iter(runs.values())))
    wall, worked = ([median(getattr(each, name) for each in of) for of in runs.values()] for name in ("wall", "worked"))
    rows = (
        ("s of the clock", [f"{each:.2f}" for each in wall]),
        ("s of processors", [f"{each:.2f}" for each in worked]),
        ("entries a second of the clock", [f"{entries / each:,.0f}" for each in wall]),
        ("entries a second of processors", [f"{entries / each:,.0f}" for each in worked]),
        ("largest process, MB", [f"{max(each.memory_mb for each in of):.0f}" for of in runs.values()]),
    )
    head = f"| {entries:,} entries, {turns} turns | {' | '.join(runs)} |\n|---|{'--:|' * len(runs)}\n"
    return head + "\n".join(f"| {about} | {' | '.join(figures)} |" for about, figures in rows)


def measure(county: County, entries: int, turns: int) -> Mapping[str, Sequence[Took]]:
    """Let each command run in turns."""
    took: dict[str, list[Took]] = {"`verify`, one process": [], "two processes": [], "`rebuild`": []}
    verify(county, entries, 1)  # compiles the program
    say("verifying and making anew ...")
    for _ in range(turns):
        one, two, anew = took.values()
        one.append(verify(county, entries, 1))
        two.append(verify(county, entries, 2))
        anew.append(rebuild(county, entries))
    return took


def main() -> int:
    """Run; always 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    parser.add_argument("--entries", type=int, default=160_000, metavar="N", help="of the ledger (default 160,000)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of each command, in turns (default 3)")
    parser.add_argument("--postgres", action="store_true", help="in a database of a server begun for it")
    options = parser.parse_args()
    seen = machine(describe())  # before anything is measured, so that it says what else was running
    with tempfile.TemporaryDirectory(prefix="bench-audit-") as name:
        county = planted(Path(name), options.entries)
        if options.postgres:
            with moved(county) as on_a_server:
                took = measure(on_a_server, options.entries, options.runs)
        else:
            took = measure(county, options.entries, options.runs)
    print(f"{seen}\n\n{drawn(options.entries, took)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
