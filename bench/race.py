"""One bot through the whole course: start, a steady stream, a burst of texts, a burst of presses.

Every bot gets the same acts by the same people in the same order, from a stand-in of its own.
"""

from __future__ import annotations

import gc
import resource
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.audience import Audience, gathered
from bench.process import Contestant, Running, start

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Course:
    """How long a run is.

    Attributes:
        people: who write at once, and then press at once.
        per_second, seconds: the steady stream.
    """

    people: int
    per_second: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Burst:
    """What a burst came to.

    Attributes:
        calls_per_update: of the Bot API, polls apart.
        bot_cpu_ms: processor time of the bot for each update.
        p50_ms, p99_ms: how long people waited, all of whom asked at the same moment.
        stand_in_share: processor time of the stand-in and the people, as a share of the time that passed; near 1 it, and
            not the bot, set the pace.
    """

    updates_per_second: float
    calls_per_update: float
    bot_cpu_ms: float
    stand_in_share: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Run:
    """What one bot did in one round; times in the unit of their name, memory resident after both bursts."""

    contestant: Contestant
    first_reply_s: float
    p50_ms: float
    p99_ms: float
    texts: Burst
    presses: Burst
    memory_mb: float

    @property
    def updates_per_second(self) -> float:
        """Return the pace over both bursts together."""
        return 2 / (1 / self.texts.updates_per_second + 1 / self.presses.updates_per_second)


async def run(contestant: Contestant, course: Course) -> Run:
    """Send one bot through the course on a fresh folder."""
    gc.collect()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with gathered() as audience:
            (first,) = audience.newcomers(1)
            audience.write(first)
            begun_at = perf_counter()
            running = await start(contestant, Path(folder), audience.api_base)
            try:
                await audience.answered()
                first_reply_s = perf_counter() - begun_at
                stream = audience.newcomers(round(course.per_second * course.seconds))
                waits = await audience.write_steadily(stream, course.per_second)
                people = audience.newcomers(course.people)
                texts = await burst(audience, running, people, audience.write)
                presses = await burst(audience, running, people, audience.press_send)
                if contestant is Contestant.OURS:
                    check_receipts(audience.read(people))
                memory_mb = running.resident_bytes() / MEGABYTE
            finally:
                await running.stop()
    return Run(contestant, first_reply_s, median(waits) * 1000, rank(waits, 0.99) * 1000, texts, presses, memory_mb)


async def burst(audience: Audience, running: Running, people: Sequence[int], act: Callable[[int], None]) -> Burst:
    """Let everyone do the same at once, and wait until all are answered."""
    audience.waits.clear()
    calls, cpu, own = audience.calls(), running.cpu_seconds(), _own_cpu_seconds()
    begun_at = perf_counter()
    for person in people:
        act(person)
    await audience.answered()
    took = perf_counter() - begun_at
    return Burst(
        updates_per_second=len(people) / took,
        calls_per_update=(audience.calls() - calls) / len(people),
        bot_cpu_ms=(running.cpu_seconds() - cpu) / len(people) * 1000,
        stand_in_share=(_own_cpu_seconds() - own) / took,
        p50_ms=median(audience.waits) * 1000,
        p99_ms=rank(audience.waits, 0.99) * 1000,
    )


def check_receipts(texts: Sequence[str]) -> None:
    """Make sure that everyone holds a receipt of their own: a burst that lost or doubled one measured nothing."""
    assert all("CB-" in text for text in texts), "somebody has no receipt"
    assert len({text[text.index("CB-") :][:14] for text in texts}) == len(texts), "two people hold one number"


def rank(waits: Sequence[float], share: float) -> float:
    """Return the value that this share of all is not above (nearest rank)."""
    ordered = sorted(waits)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def _own_cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
