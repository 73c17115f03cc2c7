"""`python -m bench.warnings`: early warnings and integrity signals tried on made-up years, with and without events in them.

Prints what was found, how soon, and how often there was an alarm about nothing; docs/warnings.md holds what it printed.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from statistics import median
from typing import Final, Protocol, TypeVar

from bench.frauds import TRIED, Month
from bench.nights import RUN_UP as DAYS_BEFORE
from bench.nights import back_test
from bench.slips import BEGIN as SLIP_BEGIN
from bench.slips import YEAR as SLIP_YEAR
from bench.slips import limits_of, told
from bench.years import CATEGORIES, RUN_UP, TOWNSHIPS, WEEK, Climate, County, Event, cell_of, nights
from bot.rules.identity import UnitId
from bot.rules.signal import DAYS
from bot.rules.warning import SignKind
from bot.rules.warning_surge import Cell, rises

YEAR: Final = 364
BEGIN: Final = RUN_UP * WEEK
CLIMATES: Final = {
    "as a Poisson, no season": Climate(cluster=1.0, season=1.0),
    "clusters of 1.3, seasons": Climate(),
    "clusters of 2, seasons": Climate(cluster=2.0),
    "clusters of 1.3, doubling each year": Climate(growth=2.0),
    "a small county: 20 a week": Climate(weekly=20.0),
    "a large county: 500 a week": Climate(weekly=500.0),
}
SIZES: Final = (5, 8, 12, 20)
"""Cases in a week that an event brings."""


Made = TypeVar("Made")


class EachYear(Protocol):
    """Does the same with many made-up years, some at once; what it gives stands in the order of the seeds."""

    def __call__(self, do: Callable[[int], Made], seeds: Sequence[int], /) -> Iterable[Made]:
        """Do it."""
        ...


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rise that was told: on which night it started, and where."""

    night: int
    cell: Cell


def alarms(county: County, first: int, last: int, history: int) -> Iterator[Alarm]:
    """Yield what the nights tell, each rise once.

    Args:
        history: for how many weeks the county had counted on the first night.
    """
    held: frozenset[Cell] = frozenset()
    for night, seen in nights(county, first, last):
        now = frozenset(rises(seen, history + (night - first) // WEEK, held))
        for cell in now - held:
            yield Alarm(night, cell)
        held = now


def quiet(climate: Climate, seeds: Sequence[int], each_year: EachYear) -> float:
    """Return how many alarms there were about nothing, a week."""
    return sum(each_year(partial(_quiet_year, climate), seeds)) / (len(seeds) * YEAR / WEEK)


def _quiet_year(climate: Climate, seed: int) -> int:
    county = County.of(seed, climate, BEGIN + YEAR)
    return sum(1 for _ in alarms(county, BEGIN, BEGIN + YEAR, RUN_UP))


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of planted events: how many there were, how many were found, and after how many days, from their first."""

    planted: int
    delays: tuple[int, ...]


def planted(climate: Climate, size: int, seeds: Sequence[int], each_year: EachYear) -> Caught:
    """Plant an event every month into one cell or another and see which are found while they last or in the week after."""
    years = list(each_year(partial(_planted_year, climate, size), seeds))
    return Caught(sum(each.planted for each in years), tuple(delay for each in years for delay in each.delays))


def _planted_year(climate: Climate, size: int, seed: int) -> Caught:
    random = Random(seed)  # noqa: S311 (made-up data)
    events = [
        Event(cell_of(random.randrange(CATEGORIES), random.randrange(TOWNSHIPS)), day, WEEK, size)
        for day in range(BEGIN, BEGIN + YEAR - 2 * WEEK, 28)
    ]
    county = County.of(seed, climate, BEGIN + YEAR, events)
    heard = list(alarms(county, BEGIN, BEGIN + YEAR, RUN_UP))
    found = [min((alarm.night - event.day for alarm in heard if _is_of(alarm, event)), default=None) for event in events]
    return Caught(len(events), tuple(delay for delay in found if delay is not None))


def _is_of(alarm: Alarm, event: Event) -> bool:
    is_there = alarm.cell == event.cell or (alarm.cell.is_everywhere and alarm.cell.category == event.cell.category)
    return is_there and 0 < alarm.night - event.day <= event.days + WEEK


def slips(seeds: Sequence[int]) -> tuple[float, Caught]:
    """Return false alarms a week about units in quiet years, and what became of units that fell behind."""
    false = sum(len(told(limits_of(seed, {}))) for seed in seeds) / (len(seeds) * SLIP_YEAR)
    delays: list[int] = []
    count = 0
    for seed in seeds:
        random = Random(seed)  # noqa: S311 (made-up data)
        begins = {UnitId(f"u{place}"): SLIP_BEGIN + random.randrange(40) for place in range(1, 17, 3)}
        found = told(limits_of(seed, begins))
        for unit, week in begins.items():
            count += 1
            delay = min((at - week for at, which in found if which == unit and week <= at < week + 8), default=None)
            if delay is not None:
                delays.append(delay)
    return false, Caught(count, tuple(delays))


def frauds(seeds: Sequence[int]) -> tuple[dict[SignKind, float], dict[SignKind, float]]:
    """Return signals a week about honest months by kind, and which share of planted frauds was found."""
    honest = Counter(found.kind for seed in seeds for found in Month.of(seed).signals())
    caught: Counter[SignKind] = Counter()
    for kind in TRIED:
        for seed in seeds:
            month = Month.of(seed + len(seeds))
            unit = month.plant(kind)
            caught[kind] += any(found.kind is kind and found.unit == unit for found in month.signals())
    weeks = len(seeds) * DAYS / WEEK
    return {kind: honest[kind] / weeks for kind in TRIED}, {kind: caught[kind] / len(seeds) for kind in TRIED}


def whole_nights(seeds: Sequence[int], weekly: float, days: int) -> None:
    """Play years through a real store and print what every kind of sign did."""
    tally = asyncio.run(back_test(seeds, weekly, DAYS_BEFORE + days))
    _say(f"through the store, {weekly:g} matters a week, {tally.weeks:.0f} quiet weeks:")
    for kind in SignKind:
        found, of = tally.found(kind)
        soon = median([each for each in tally.delays[kind] if each is not None] or [0.0])
        quiet_ones = tally.nothing[kind] / tally.weeks
        _say(f"  {kind.value}: {quiet_ones:.3f} a week of nothing planted; found {found} of {of}, after {soon:.1f} days")
    everything = tally.nothing.total() / tally.weeks
    _say(f"  all: {everything:.2f} a week of nothing planted, at most {tally.busiest} within seven nights")


def main() -> None:
    """Try everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.warnings", description=__doc__)
    parser.add_argument("--years", type=int, default=6, help="how many years of each kind (6: six minutes of a core)")
    parser.add_argument("--nights", type=int, default=0, help="instead: so many years through a real store")
    parser.add_argument("--weekly", type=float, default=80.0, help="with --nights: matters a week (80)")
    parser.add_argument("--days", type=int, default=364, help="with --nights: days of a year that are looked at (364)")
    parser.add_argument("--seed", type=int, default=0, help="with --nights: the seed of the first of these years (0)")
    asked = parser.parse_args()
    if asked.nights:
        whole_nights(range(asked.seed, asked.seed + asked.nights), asked.weekly, asked.days)
        return
    with ProcessPoolExecutor() as pool:
        whole_years(range(asked.years), pool.map)


def whole_years(seeds: Sequence[int], each_year: EachYear) -> None:
    """Try rising numbers, units that fall behind and frauds, and print each line as soon as it is known."""
    _say(f"rising numbers, alarms about nothing a week, {len(seeds)} years each:")
    for name, climate in CLIMATES.items():
        _say(f"  {name}: {quiet(climate, seeds, each_year):.3f}")
    _say("rising numbers, events found, of so many cases more within a week:")
    for size in SIZES:
        _say(f"  {size}: {_caught(planted(Climate(), size, seeds, each_year), 'days')}")
    false, caught = slips(seeds)
    _say(f"units falling behind: {false:.3f} false a week; found {_caught(caught, 'weeks')}")
    honest, found = frauds(range(10 * len(seeds)))
    for kind in TRIED:
        _say(f"signal {kind.value}: {honest[kind]:.3f} false a week; found {found[kind]:.0%} of {10 * len(seeds)}")


def _caught(caught: Caught, unit: str) -> str:
    soon = f", after {median(caught.delays)} {unit} (median)" if caught.delays else ""
    return f"{len(caught.delays) / caught.planted:.0%} of {caught.planted}{soon}"


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
