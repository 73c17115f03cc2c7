"""Rounds become medians, medians become ratios and a table.

A ratio is taken within each round first, where both bots met the same weather, and the median of those is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench import flood, replicas
from bench.filing import Filing
from bench.flood import Waits
from bench.machine import Machine
from bench.parts import Parts
from bench.process import Contestant
from bench.race import Run
from bench.replicas import Together

Figure = Callable[[Run], float]
Round = Mapping[Contestant, Run]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    about: str
    figure: Figure
    digits: int


LINES: Final = (
    Line("updates/s, texts and presses", lambda run: run.updates_per_second, 0),
    Line("updates/s, texts (ours: draft card)", lambda run: run.texts.updates_per_second, 0),
    Line("updates/s, presses (ours: filed + receipt)", lambda run: run.presses.updates_per_second, 0),
    Line("Bot API calls a text", lambda run: run.texts.calls_per_update, 1),
    Line("Bot API calls a press", lambda run: run.presses.calls_per_update, 1),
    Line("bot's CPU a text, ms", lambda run: run.texts.bot_cpu_ms, 2),
    Line("bot's CPU a press, ms", lambda run: run.presses.bot_cpu_ms, 2),
    Line("stand-in's share of a core, texts", lambda run: run.texts.stand_in_share, 2),
    Line("stand-in's share of a core, presses", lambda run: run.presses.stand_in_share, 2),
    Line("reply at the steady pace, p50 ms", lambda run: run.p50_ms, 1),
    Line("reply at the steady pace, p99 ms", lambda run: run.p99_ms, 1),
    Line("start to first reply, s", lambda run: run.first_reply_s, 2),
    Line("memory after the bursts, MB", lambda run: run.memory_mb, 0),
    Line("reply in the burst of texts, p50 ms", lambda run: run.texts.p50_ms, 0),
    Line("reply in the burst of texts, p99 ms", lambda run: run.texts.p99_ms, 0),
    Line("reply in the burst of presses, p50 ms", lambda run: run.presses.p50_ms, 0),
    Line("reply in the burst of presses, p99 ms", lambda run: run.presses.p99_ms, 0),
)

RATIOS: Final = (LINES[0], LINES[1], LINES[2])


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that one call of `make bench` measured."""

    machine: Machine
    rounds: Sequence[Round]
    parts: Parts
    filing: Filing
    flood: Sequence[Waits]
    flood_messages: int
    together: Sequence[Sequence[Together]]


def middle(rounds: Sequence[Round], contestant: Contestant, figure: Figure) -> float:
    """Return the median of a bot's figure over the rounds."""
    return median(figure(each[contestant]) for each in rounds)


def ratio(rounds: Sequence[Round], other: Contestant, figure: Figure) -> float:
    """Return the median over the rounds of ours divided by the other's."""
    return median(figure(each[Contestant.OURS]) / figure(each[other]) for each in rounds)


def table(rounds: Sequence[Round]) -> str:
    """Draw the medians as a Markdown table."""
    names = " | ".join(contestant.label for contestant in Contestant)
    drawn = [f"| median of {len(rounds)} rounds | {names} |", "|---" + "|--:" * len(Contestant) + "|"]
    for line in LINES:
        values = (f"{middle(rounds, each, line.figure):,.{line.digits}f}" for each in Contestant)
        drawn.append(f"| {line.about} | {' | '.join(values)} |")
    return "\n".join(drawn)


def ratios(rounds: Sequence[Round]) -> str:
    """Draw ours over the others, with the goal of design section 12 in the heading."""
    drawn = ["| ratio, median of the rounds' own | ours / python-telegram-bot | ours / aiogram |", "|---|--:|--:|"]
    for line in RATIOS:
        values = (f"{ratio(rounds, each, line.figure):.2f}" for each in (Contestant.PTB, Contestant.AIOGRAM))
        drawn.append(f"| {line.about} | {' | '.join(values)} |")
    return "\n".join(drawn)


def parts(measured: Parts, filing: Filing) -> str:
    """Draw the figures that need no bot."""
    share = measured.entries_verified / measured.entries_barely_hashed
    lines = (
        ("cases' limits computed, a second", f"{measured.deadlines:,.0f}"),
        ("entries hashed and chained in memory, a second", f"{measured.entries_written:,.0f}"),
        ("entries verified in memory, a second", f"{measured.entries_verified:,.0f}"),
        ("bare SHA-256 chain over the same lines, a second", f"{measured.entries_barely_hashed:,.0f}"),
        ("verified / bare chain", f"{share:.3f}"),
        (f"entries verified from the file, {filing.long_entries:,} of them, a second", f"{filing.verified_per_second:,.0f}"),
        (f"filing one case behind {filing.short_entries:,} entries, ms", f"{filing.short_ms:.2f}"),
        (f"filing one case behind {filing.long_entries:,} entries, ms", f"{filing.long_ms:.2f}"),
        ("long / short", f"{filing.long_ms / filing.short_ms:.2f}"),
    )
    return "\n".join(["| part, one core | |", "|---|--:|", *(f"| {about} | {value} |" for about, value in lines)])


def machine(seen: Machine) -> str:
    """Say in one paragraph on what it was measured."""
    return (
        f"{seen.cores} cores, {seen.memory_gb:.0f} GB of memory, 4 KB written and synced in {seen.fsync_ms:.1f} ms, "
        f"load before the run {seen.busy_share:.2f} of the cores; Python {seen.python}, SQLite {seen.sqlite}, "
        f"python-telegram-bot {seen.telegram}, aiogram {seen.aiogram}, aiohttp {seen.aiohttp}"
    )


def whole(result: Result) -> str:
    """Put everything one below the other."""
    return "\n\n".join(
        (
            machine(result.machine),
            table(result.rounds),
            ratios(result.rounds),
            parts(result.parts, result.filing),
            flood.table(result.flood, result.flood_messages),
            replicas.table(result.together),
        )
    )


def document(result: Result) -> str:
    """Put it all under a heading, for the docs."""
    heading = (
        "# The figures of the last `make bench`\n\nHow they are made, and what each is: [performance.md](performance.md)."
    )
    return f"{heading}\n\n{whole(result)}\n"
