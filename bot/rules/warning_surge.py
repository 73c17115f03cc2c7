"""Numbers that rise in a category and township, and channels that fall silent, each against its own history.

A night looks at the last week and at the last four, beside up to 52 weeks before; a week between the two is left out, so
that what is beginning does not count as usual (the guard of EARS C2, and of Noufaily et al. 2013). What the whole county's
numbers have grown by lately, and what the category grew by at the same season of the year before, is no rise of the cell:
a county whose people take to the service is not warned of every township. Nor is what all the other categories do at the
very same time: after a holiday everything comes at once. Weeks that were themselves far out of line are
not taken for usual. Invariant: what was believed a rise stays one until it is no longer unusual at all, so that a sign does
not come and go with the nights.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, NamedTuple

from bot.rules.entry.fact import Channel
from bot.rules.identity import CategoryId, TownshipId
from bot.rules.warning_chance import believed, chance_of_fewer, chance_of_more, roughness_of, spread_of

LEAST_HISTORY: Final = 13
"""Weeks without which nothing is said to be usual: a quarter of a year."""

LONGEST_HISTORY: Final = 52
GUARD: Final = 1
WINDOWS: Final = (1, 4)
"""Weeks that are looked at as one: what comes suddenly, and what comes by and by."""

REACH: Final = LONGEST_HISTORY + GUARD + max(WINDOWS)
"""So many weeks back are looked at."""

FEWEST: Final = 3
"""Fewer cases than these are no rise, whatever the chance."""

FALSE_SHARE: Final = 0.01
"""Of what a night believes, this share may be false; in a quiet night it is the chance of any false alarm."""

STILL_UNUSUAL: Final = 0.05
"""A rise that was believed goes on while its chance, by itself, is below this."""

FAR_OUT: Final = 1e-6
"""A week of the past that was less likely than this beside the others was no usual one."""

FAR_ABOVE: Final = 2
"""Only what is more than so many times the mean is looked at for that."""

FEWEST_OTHERS: Final = 5
"""Of fewer other categories than these the middle one does not say what the whole county does."""

SEASON: Final = range(49, 56)
"""The weeks of the year before that are near this one."""


class Cell(NamedTuple):
    """A category in a township; None: in no township, or in all of them."""

    category: CategoryId
    township: TownshipId | None
    is_everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Rise:
    """More cases than usual.

    Attributes:
        weeks: how many weeks were looked at as one.
        count: how many cases came in them.
        usual: how many would have come.
        chance: how likely so many are if nothing has changed.
    """

    weeks: int
    count: int
    usual: float
    chance: float


def rises(
    counts: Mapping[Cell, Sequence[int]],
    history: int,
    held: Collection[Cell] = (),
    share: float = FALSE_SHARE,
) -> Mapping[Cell, Rise]:
    """Find the cells in which there are more cases than usual.

    Args:
        counts: cases by cell and week, the last seven days first; at most REACH weeks.
        history: for how many whole weeks the county has counted.
        held: where a rise goes on since an earlier night.
    """
    if history < LEAST_HISTORY + GUARD + min(WINDOWS):
        return {}
    by_category: dict[CategoryId, list[Cell]] = {}
    for cell in counts:
        by_category.setdefault(cell.category, []).append(cell)
    sums = {category: _added([counts[cell] for cell in cells]) for category, cells in by_category.items()}
    whole, growth = _added(list(sums.values())), _growth(sums.values(), history)
    lifts = {}
    for category, of in sums.items():
        others, season = [sums[other] for other in sums if other != category], _season(of, whole, history)
        lifts[category] = {weeks: _tide(others, history, weeks, growth) * season for weeks in WINDOWS}
    usual = {cell: _usual(_past(of, history, 1)) for cell, of in counts.items()}
    least = spread_of(usual.values())
    spreads = {category: max(least, spread_of([usual[cell] for cell in cells])) for category, cells in by_category.items()}
    tested = {cell: _tested(of, history, lifts[cell.category], spreads[cell.category]) for cell, of in counts.items()}
    found = _kept(tested, held, share / 2)
    everywhere: dict[Cell, Rise] = {}
    for category, cells in by_category.items():  # what rises besides, though in no township by itself
        rest = _added([counts[cell] for cell in cells if cell not in found])
        if rest:
            spread = max(least, spread_of([_usual(_past(rest, history, 1))]))
            everywhere[Cell(category, None, is_everywhere=True)] = _tested(rest, history, lifts[category], spread)
    return {**found, **_kept(everywhere, held, share / 2)}


def silences(
    counts: Mapping[Channel, Sequence[Sequence[int]]], held: Collection[Channel] = (), share: float = FALSE_SHARE
) -> Mapping[Channel, Rise]:
    """Find the channels by which far fewer cases come than usual.

    Args:
        counts: by channel, for every window that is looked at: its own count first, then those of like windows before it
            (the same days of the week, as many working days).
    """
    chances: dict[Channel, float] = {}
    fewest: dict[Channel, Rise] = {}
    for channel, windows in counts.items():
        best: Rise | None = None
        for days, (now, *past) in zip(SILENT_DAYS, windows, strict=True):
            if len(past) < LEAST_HISTORY:
                continue
            chance = chance_of_fewer(now, 1, sum(past), len(past), spread_of([past]))
            if best is None or chance < best.chance:
                best = Rise(weeks=days, count=now, usual=sum(past) / len(past), chance=chance)
        if best is not None:
            fewest[channel] = best
            chances[channel] = min(1.0, best.chance * len(SILENT_DAYS))
    told = believed(chances, share)
    return {
        channel: rise
        for channel, rise in fewest.items()
        if channel in told or (channel in held and rise.chance <= STILL_UNUSUAL)
    }


SILENT_DAYS: Final = (3, 7)
"""Days that are looked at for a channel that falls silent."""


def _kept(tested: Mapping[Cell, Rise], held: Collection[Cell], share: float) -> dict[Cell, Rise]:
    told = believed({cell: rise.chance for cell, rise in tested.items()}, share)
    return {
        cell: rise
        for cell, rise in tested.items()
        if rise.count >= FEWEST and (cell in told or (cell in held and rise.chance <= STILL_UNUSUAL))
    }


def _tested(counts: Sequence[int], history: int, lifts: Mapping[int, float], spread: float) -> Rise:
    """Test a cell in every window; the chance is that of the most unusual one, as often as there are windows.

    Args:
        lifts: by window, how many times as many as usual are no rise of the cell.
    """
    best = Rise(weeks=WINDOWS[0], count=0, usual=0.0, chance=1.0)
    for weeks in WINDOWS:
        now = sum(counts[:weeks])
        past = _usual(_past(counts, history, weeks))
        if now < FEWEST or len(past) < LEAST_HISTORY:
            continue
        exposure = weeks * lifts[weeks]
        chance = chance_of_more(now, exposure, sum(past), len(past), spread)
        if chance < best.chance:
            best = Rise(weeks=weeks, count=now, usual=sum(past) / len(past) * exposure, chance=chance)
    return Rise(best.weeks, best.count, best.usual, min(1.0, best.chance * len(WINDOWS)))


def _past(counts: Sequence[int], history: int, weeks: int) -> Sequence[int]:
    """Return the weeks before those that are looked at, a guard between them."""
    return counts[weeks + GUARD : min(history, weeks + GUARD + LONGEST_HISTORY)]


def _usual(past: Sequence[int]) -> Sequence[int]:
    """Leave out weeks that were far out of line with the others: what happened then is not what usually happens."""
    whole, others = sum(past), len(past) - 1
    if others < LEAST_HISTORY or max(past) < FEWEST:
        return past
    far = FAR_ABOVE * whole / len(past)
    return [
        count
        for count in past
        if count < FEWEST or count <= far or chance_of_more(count, 1, whole - count, others) > FAR_OUT
    ]


def _growth(categories: Collection[Sequence[int]], history: int) -> float:
    """Return what the county's numbers have grown by in the last quarter, at least 1: the middle one of its categories."""
    grown = []
    for counts in categories:
        past = _past(counts, history, 1)
        lately = past[:LEAST_HISTORY]
        if sum(past) >= len(past):
            grown.append((sum(lately) / len(lately)) / (sum(past) / len(past)))
    return max(1.0, median(grown)) if grown else 1.0


def _tide(others: Collection[Sequence[int]], history: int, weeks: int, growth: float) -> float:
    """Return what the middle one of the other categories has risen by in a window, at least `growth`.

    Only where all of them together have risen by more than chance explains: in a usual week the test is as sharp as ever. A
    category's own rise takes no part in it, and neither do a few that rise at once.
    """
    if len(others) < FEWEST_OTHERS:
        return growth
    whole = _added(list(others))
    past = _past(whole, history, weeks)
    if chance_of_more(sum(whole[:weeks]), weeks * growth, sum(past), len(past), roughness_of(past)) > STILL_UNUSUAL:
        return growth
    risen = []
    for counts in others:
        before = _past(counts, history, weeks)
        if sum(before) >= len(before):
            risen.append((sum(counts[:weeks]) / weeks) / (sum(before) / len(before)))
    return max(growth, median(risen)) if len(risen) >= FEWEST_OTHERS else growth


def _season(counts: Sequence[int], whole: Sequence[int], history: int) -> float:
    """Return what a category, beside all others, had risen by at this season a year ago, against the year since; at least 1.

    Only a rise that chance hardly explains counts: what is never there must not make the test deaf.
    """
    if history < SEASON.stop:
        return 1.0
    others = [all_cases - own for all_cases, own in zip(whole, counts, strict=True)]
    then, then_others = (sum(each[SEASON.start : SEASON.stop]) for each in (counts, others))
    past = _past(counts, history, 1)
    usual = _usual(past)
    year, year_others = sum(usual), sum(_past(others, history, 1)) * len(usual) / len(past)
    if not year or not then_others:
        return 1.0
    if chance_of_more(then, then_others, year, year_others, roughness_of(past)) > STILL_UNUSUAL:
        return 1.0
    return (then / then_others) / (year / year_others)


def _added(series: Sequence[Sequence[int]]) -> Sequence[int]:
    return [sum(week) for week in zip(*series, strict=True)]
