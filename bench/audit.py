"""`python -m bench.audit`: the whole of `ledger verify`, by the command itself, over cases filed, answered and rated.

Each case has eight entries, the rows that they make, and words where they bind to some, so that nothing is missed and every
table is compared. The command runs as whoever keeps the county runs it; nothing here fails at any figure.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench.filing import Ledger, opened
from bench.ledger import life, say, write
from bench.machine import describe
from bench.report import machine
from bot.rules.identity import CaseNumber
from bot.rules.slot import FILED, answer_slot
from storage.audit import Audit
from storage.engine import Parameters
from storage.keyring import case_owner

AT_ONCE: Final = 5_000
SEALED: Final = bytes(200)
"""In the place of sealed words and keys, which nobody opens."""


@dataclass(frozen=True, slots=True)
class Took:
    """What one run took: seconds of the clock, seconds of processors, and the largest process in MB."""

    wall: float
    worked: float
    memory_mb: float


async def plant(path: Path, entries: int) -> None:
    """Make a ledger with all that belongs to it."""
    async with opened(path) as ledger:
        await write(ledger, entries)
        numbers = [life(place)[0].case or CaseNumber("") for place in range(entries // len(life(0)))]
        await _seal(ledger, numbers)
        await Audit(ledger.store.read._engine).rebuild(lambda _: None, lambda _: None)  # noqa: SLF001 (as bench.ledger)


async def _seal(ledger: Ledger, numbers: Iterable[CaseNumber]) -> None:
    """Put words there, and a key for each case."""
    rows: dict[str, list[Parameters]] = {"words_put": [], "key_put": []}
    for number in numbers:
        rows["words_put"] += [{"number": number, "slot": slot, "body": SEALED} for slot in (FILED, answer_slot(1))]
        rows["key_put"].append({"owner": case_owner(number), "master_version": 1, "wrapped": SEALED})
    for statement, each in rows.items():
        for first in range(0, len(each), AT_ONCE):
            async with ledger.store.read._engine.writing() as session:  # noqa: SLF001 (as bench.ledger)
                await session.run(statement, each[first : first + AT_ONCE])


def verify(path: Path, entries: int) -> Took:
    """Run the command; raises AssertionError when it finds anything."""
    command = [sys.executable, "-m", "bot", "ledger", "verify", "--json"]
    environment = {**os.environ, "BOT_DATABASE": f"sqlite:///{path}", "PYTHONPATH": os.pathsep.join(sys.path)}
    before, begun_at = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run(command, env=environment, cwd=path.parent, capture_output=True, check=False)
    wall, after = perf_counter() - begun_at, resource.getrusage(resource.RUSAGE_CHILDREN)
    said = json.loads(done.stdout)
    if not said["ok"] or said["entries"] != entries:
        raise AssertionError(said)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(wall, worked, after.ru_maxrss / 1024)


def drawn(entries: int, runs: Iterable[Took]) -> str:
    """Draw the table: medians, and the largest process of all."""
    took = list(runs)
    wall, worked = median(each.wall for each in took), median(each.worked for each in took)
    rows = (
        ("`ledger verify`, s of the clock", f"{wall:.2f}"),
        ("s of processors", f"{worked:.2f}"),
        ("entries a second of the clock", f"{entries / wall:,.0f}"),
        ("entries a second of processors", f"{entries / worked:,.0f}"),
        ("largest process, MB", f"{max(each.memory_mb for each in took):.0f}"),
    )
    head = f"| {entries:,} entries, {len(took)} runs | median |\n|---|--:|\n"
    return head + "\n".join(f"| {about} | {figure} |" for about, figure in rows)


def main() -> int:
    """Run; always 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    parser.add_argument("--entries", type=int, default=160_000, metavar="N", help="of the ledger (default 160,000)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of the command (default 3)")
    options = parser.parse_args()
    seen = machine(describe())  # before anything is measured, so that it says what else was running
    with tempfile.TemporaryDirectory(prefix="bench-audit-") as name:
        path = Path(name) / "bot.db"
        say(f"writing {options.entries:,} entries ...")
        asyncio.run(plant(path, options.entries))
        say("verifying ...")
        took = [verify(path, options.entries) for _ in range(options.runs)]
    print(f"{seen}\n\n{drawn(options.entries, took)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
