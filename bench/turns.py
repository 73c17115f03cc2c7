"""`python -m bench.turns DIR`: the program as it is here beside another checkout's, in turns: what a change is worth.

People and program run at real-time priority, as far as that is allowed, on a processor each, so that other work counts
little. The least of a few bursts differs by a hundredth or two from run to run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final

from bench.audience import Audience, gathered
from bench.process import ROOT, Contestant, Running, start

WARM: Final = 100
"""People who write before anything is timed."""

PROCESSORS: Final = sorted(os.sched_getaffinity(0))

QUIET_SECONDS: Final = 0.05
"""How long what follows an answer may take: fates are written down after it."""


@dataclass(slots=True)
class Taken:
    """What one program took, in ms an update: by the processor, and by the clock, once for each burst."""

    text_cpu: list[float] = field(default_factory=list)
    press_cpu: list[float] = field(default_factory=list)
    text_clock: list[float] = field(default_factory=list)
    press_clock: list[float] = field(default_factory=list)


async def live(root: Path, people: int, taken: Taken) -> None:
    """Let a program of a checkout live once in a fresh folder, and write down what two bursts took it."""
    with tempfile.TemporaryDirectory(prefix="turns-") as folder:
        async with gathered() as audience:
            audience.write(audience.newcomers(1)[0])
            running = await start(Contestant.OURS, Path(folder), audience.api_base, root)
            hurry(running.process.pid, processor=-1)
            try:
                await audience.answered()
                for person in audience.newcomers(WARM):
                    audience.write(person)
                await audience.answered()
                crowd = audience.newcomers(people)
                await burst(audience, running, crowd, taken.text_cpu, taken.text_clock, is_press=False)
                await burst(audience, running, crowd, taken.press_cpu, taken.press_clock, is_press=True)
            finally:
                await running.stop()


async def burst(
    audience: Audience, running: Running, crowd: Sequence[int], cpu: list[float], clock: list[float], *, is_press: bool
) -> None:
    """Let everyone write, or press, at once; the processor's time has what follows the answers, the clock's has not."""
    await asyncio.sleep(QUIET_SECONDS)
    used, begun_at = running.cpu_nanoseconds(), perf_counter()
    for person in crowd:
        (audience.press_send if is_press else audience.write)(person)
    await audience.answered()
    clock.append((perf_counter() - begun_at) * 1e3 / len(crowd))
    await asyncio.sleep(QUIET_SECONDS)
    cpu.append((running.cpu_nanoseconds() - used) / 1e6 / len(crowd))


def hurry(process: int, *, processor: int) -> None:
    """Keep a process, and what it starts, to one processor, with the right of way as far as it may have it."""
    os.sched_setaffinity(process, [PROCESSORS[processor]])
    with suppress(PermissionError):
        os.sched_setscheduler(process, os.SCHED_FIFO, os.sched_param(1))


async def measure(roots: Sequence[Path], people: int, rounds: int) -> list[Taken]:
    """Let the programs live in turns, each round in the other order."""
    taken = [Taken() for _ in roots]
    for number in range(rounds):
        turn = list(zip(roots, taken, strict=True))
        for root, own in turn if number % 2 == 0 else reversed(turn):
            await live(root, people, own)
    return taken


def table(names: Sequence[str], taken: Sequence[Taken]) -> str:
    """Write the least of each as a table."""
    lines = ["| ms an update, the least | text, CPU | press, CPU | text, clock | press, clock |", "|---|--:|--:|--:|--:|"]
    for name, own in zip(names, taken, strict=True):
        least = (min(own.text_cpu), min(own.press_cpu), min(own.text_clock), min(own.press_clock))
        lines.append(f"| {name} | {' | '.join(f'{each:.3f}' for each in least)} |")
    return "\n".join(lines)


def main() -> int:
    """Measure and print; always 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("other", type=Path, metavar="DIR", help="the other checkout, such as one of `git worktree add`")
    parser.add_argument("--people", type=int, default=1000, help="how many write, and press, at once (default: 1000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each lives (default: 3)")
    options = parser.parse_args()
    hurry(0, processor=0)
    print(table(("there", "here"), asyncio.run(measure((options.other.absolute(), ROOT), options.people, options.rounds))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
