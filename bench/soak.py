"""Many updates through our bot alone, to see whether its memory grows: bursts of texts and presses by the same people."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.audience import gathered
from bench.process import Contestant, start
from bench.race import MEGABYTE, burst

EVERY = 10_000


async def soak(updates: int, people: int) -> str:
    """Send so many updates; return memory and pace after each 10,000 as a Markdown table."""
    drawn = ["| updates | resident memory, MB | updates/s since the line before |", "|--:|--:|--:|"]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with gathered() as audience:
            running = await start(Contestant.OURS, Path(folder), audience.api_base)
            try:
                crowd = audience.newcomers(people)
                done, since, seconds = 0, 0, 0.0
                while done < updates:
                    for act in (audience.write, audience.press_send):
                        seconds += people / (await burst(audience, running, crowd, act)).updates_per_second
                    done += 2 * people
                    if done // EVERY > since // EVERY or done >= updates:
                        memory, pace = running.resident_bytes() / MEGABYTE, (done - since) / seconds
                        drawn.append(f"| {done:,} | {memory:.0f} | {pace:,.0f} |")
                        print(drawn[-1], file=sys.stderr, flush=True)  # it takes long: whoever waits sees how far it is
                        since, seconds = done, 0.0
            finally:
                await running.stop()
    return "\n".join(drawn)
