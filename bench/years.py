"""Made-up years of a county's cases, counted as a night sees them: quiet ones, and ones with events planted in them.

Cases come in clusters, as several people report one event, so that counts are spread wider than a Poisson's; categories
have their seasons; the county's people take to the service over the years. Invariant: a year is its seed's alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from bot.rules.identity import CategoryId, TownshipId
from bot.rules.warning_surge import REACH, Cell

CATEGORIES: Final = 13
TOWNSHIPS: Final = 13
WEEK: Final = 7
RUN_UP: Final = REACH
"""Weeks before the year that is looked at."""

SEASONAL: Final = 2
"""The first so many categories come in the cold season mostly (heating, snow)."""


@dataclass(frozen=True, slots=True)
class Climate:
    """What kind of a county it is.

    Attributes:
        weekly: cases a week, all in all, in the middle of its time.
        cluster: cases that come of one event, on average.
        growth: how many times as many cases there are after a year.
        season: how many times as many there are of a seasonal category at its height as in the mean.
    """

    weekly: float = 100.0
    cluster: float = 1.3
    growth: float = 1.0
    season: float = 2.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in one cell: so many cases more, evenly over its days."""

    cell: Cell
    day: int
    days: int
    cases: int


@dataclass(slots=True)
class County:
    """The counts of a county by cell and day, grown day by day."""

    random: Random
    climate: Climate
    daily: dict[Cell, list[int]] = field(default_factory=dict)
    rates: dict[Cell, float] = field(default_factory=dict)

    @classmethod
    def of(cls, seed: int, climate: Climate, days: int, events: Sequence[Event] = ()) -> County:
        """Make a county's days up, the events among them."""
        county = cls(Random(seed), climate)  # noqa: S311 (made-up data)
        weights = [1 / place for place in range(1, CATEGORIES + 1)]
        sizes = [1 / math.sqrt(place) for place in range(1, TOWNSHIPS + 1)]
        whole = sum(weights) * sum(sizes)
        for category, weight in enumerate(weights):
            for township, size in enumerate(sizes):
                cell = cell_of(category, township)
                county.rates[cell] = climate.weekly / WEEK * weight * size / whole
                county.daily[cell] = [county.day(category, cell, day) for day in range(days)]
        for event in events:
            for place in range(event.cases):
                county.daily[event.cell][event.day + place * event.days // event.cases] += 1
        return county

    def day(self, category: int, cell: Cell, day: int) -> int:
        """Count one cell's cases of one day: events of a Poisson, each a cluster of a geometric number of cases."""
        year = day / 365
        wave = 1.0
        if category < SEASONAL:
            wave = 1 + (self.climate.season - 1) * math.cos(2 * math.pi * year)
        working = 1.3 if day % WEEK < 5 else 0.25
        mean = self.rates[cell] * wave * working * self.climate.growth**year
        events = poisson(self.random, mean / self.climate.cluster)
        return sum(self._cluster() for _ in range(events))

    def _cluster(self) -> int:
        count, more = 1, 1 - 1 / self.climate.cluster
        while self.random.random() < more:
            count += 1
        return count


def cell_of(category: int, township: int) -> Cell:
    """Name a cell of the made-up county."""
    return Cell(CategoryId(f"c{category}"), TownshipId(f"t{township}"))


def poisson(random: Random, mean: float) -> int:
    """Draw from a Poisson distribution, by Knuth's product of uniforms; for small means."""
    limit, product, count = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def nights(county: County, first: int, last: int) -> Iterator[tuple[int, Mapping[Cell, Sequence[int]]]]:
    """Yield each night with what it sees: cases by cell and week, the last seven days first."""
    sums = {cell: [0, *_running(days)] for cell, days in county.daily.items()}
    for night in range(first, last):
        seen = {}
        for cell, running in sums.items():
            ends = [max(0, night - WEEK * week) for week in range(REACH + 1)]
            seen[cell] = [running[ends[week]] - running[ends[week + 1]] for week in range(REACH)]
        yield night, seen


def _running(days: Sequence[int]) -> Iterator[int]:
    total = 0
    for count in days:
        total += count
        yield total
