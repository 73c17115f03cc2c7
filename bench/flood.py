"""One person's flood beside the others' steady stream: how long the others wait with it and without.

Each round is a fresh bot: first the stream alone, then the same again while one person sends their messages, spread over it.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench.audience import Audience, gathered
from bench.process import Contestant, start
from bench.race import Course, rank

TICK_SECONDS: Final = 0.02
WARM_UP: Final = Course(people=0, per_second=30, seconds=1)


@dataclass(frozen=True, slots=True)
class Waits:
    """The others' waits for an answer, in milliseconds, without the flood and with it."""

    quiet_p50: float
    quiet_p99: float
    flooded_p50: float
    flooded_p99: float

    @property
    def p99_ratio(self) -> float:
        """Return by how much the flood moves the 99th percentile."""
        return self.flooded_p99 / self.quiet_p99


async def measure(course: Course, messages: int, rounds: int) -> Sequence[Waits]:
    """Run so many rounds."""
    return [await _round(course, messages) for _ in range(rounds)]


def table(done: Sequence[Waits], messages: int) -> str:
    """Draw the figures of each round and the median of the ratios as a Markdown table."""
    drawn = [
        f"| others' wait beside {messages:,} messages of one person | p50, ms | p99, ms | p99 with / without |",
        "|---|--:|--:|--:|",
    ]
    for number, waits in enumerate(done, start=1):
        drawn.append(f"| round {number}, without | {waits.quiet_p50:.1f} | {waits.quiet_p99:.1f} | |")
        drawn.append(f"| round {number}, with | {waits.flooded_p50:.1f} | {waits.flooded_p99:.1f} | {waits.p99_ratio:.2f} |")
    drawn.append(f"| median | | | {median(waits.p99_ratio for waits in done):.2f} |")
    return "\n".join(drawn)


async def _round(course: Course, messages: int) -> Waits:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with gathered() as audience:
            running = await start(Contestant.OURS, Path(folder), audience.api_base)
            try:
                await _stream(audience, WARM_UP)  # the start is over once these are answered
                quiet = await _stream(audience, course)
                flooding = asyncio.create_task(_flood(audience, course, messages))
                flooded = await _stream(audience, course)
                flooding.cancel()
                with suppress(asyncio.CancelledError):
                    await flooding
            finally:
                await running.stop()
    return Waits(median(quiet) * 1000, rank(quiet, 0.99) * 1000, median(flooded) * 1000, rank(flooded, 0.99) * 1000)


async def _stream(audience: Audience, course: Course) -> Sequence[float]:
    people = audience.newcomers(round(course.per_second * course.seconds))
    return await audience.write_steadily(people, course.per_second)


async def _flood(audience: Audience, course: Course, messages: int) -> None:
    """Let one person send their messages evenly over the stream's time; nobody waits for the answers."""
    (person,) = audience.newcomers(1)
    begun_at, sent = perf_counter(), 0
    while sent < messages:
        due = min(messages, int((perf_counter() - begun_at) / course.seconds * messages) + 1)
        for number in range(sent, due):
            audience.pour(person, f"{number}")
        sent = due
        await asyncio.sleep(TICK_SECONDS)
