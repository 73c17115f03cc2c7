"""Integrity signals: figures that look made up, counted with what stands behind them; never a verdict.

What is only somewhat frequent everywhere is held against the other units of the county (Fisher's exact test, one-sided,
with Benjamini and Hochberg's step-up over the units of a night). What should not happen at all is counted. Invariant: an
honest unit that has much to do, or whose cases came together, gives no signal by that alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from bot.rules.warning import Found, Grade, SignKind, Subject, named
from bot.rules.warning_chance import believed, chance_among
from bot.rules.warning_surge import STILL_UNUSUAL

DAYS: Final = 28
"""So far back is looked."""

WINDOWS: Final = (DAYS, 7)
"""What is held against the other units is looked at over each of these: a bad week is not lost in a good month."""

FALSE_SHARE: Final = 0.01
"""Of the units that a night says stand out, this share may not."""

MINUTES: Final = 10
"""Resolved within so many minutes of signing, an ordinary matter was hardly looked at."""

LAST_PART: Final = 10
"""One in so many parts of a limit is its last moment."""

TOGETHER: Final = timedelta(minutes=60)
BULK: Final = 5
"""So many at their last moment within an hour were resolved in bulk, unless they also came together."""

FEWEST: Final = 3
"""Fewer than these are no sign, where some are to be expected."""

COPIES: Final = 4
"""So many different matters with one answer are a sign; twice or three times the same words come of themselves."""

SHORTEST_ANSWER: Final = 8
"""Letters without which an answer is too short to tell one from another."""

MORE: Final = 3
"""From so many on, of what should not happen at all, a signal is graver."""

_SAID: Final = re.compile(r"\w")
_DIGITS: Final = re.compile(r"\d+")


class Done(NamedTuple):
    """An attempt that a unit resolved, as far as signals need it."""

    case: CaseNumber
    unit: UnitId
    category: CategoryId
    township: TownshipId | None
    opened_at: datetime
    resolved_at: datetime


class Share(NamedTuple):
    """Of what a unit resolved, how much was so: resolved within minutes, or reopened afterwards."""

    n: int
    of: int


class Window(NamedTuple):
    """What units resolved in the last so many days, and which cases of it were so."""

    days: int
    shares: Mapping[UnitId, Share]
    cases: Mapping[UnitId, Sequence[CaseNumber]]


def windows_of(done: Iterable[Done], resolved: Mapping[int, Mapping[UnitId, int]], cut: datetime) -> tuple[Window, ...]:
    """Put what was so beside all that was resolved.

    Args:
        done: what was so, in the longest of the times.
        resolved: how many attempts each unit resolved, by days back from `cut`.
    """
    so = sorted(done, key=lambda each: (each.resolved_at, each.case))
    windows = []
    for days, whole in resolved.items():
        cases: dict[UnitId, list[CaseNumber]] = defaultdict(list)
        for each in so:
            if each.resolved_at >= cut - timedelta(days=days):
                cases[each.unit].append(each.case)
        windows.append(Window(days, {unit: Share(len(cases[unit]), count) for unit, count in whole.items()}, cases))
    return tuple(windows)


def stands_out(kind: SignKind, windows: Sequence[Window], held: Collection[UnitId] = ()) -> tuple[Found, ...]:
    """Say of which units more was so than of the others, beside what would be usual; graver where it was half of all.

    Args:
        windows: the longest first; whatever was so for long is told of that time. All their tests are one family, so that
            a further window makes no further false alarms.
    """
    chances = {(place, unit): _chance(window.shares, unit) for place, window in enumerate(windows) for unit in window.shares}
    told = believed(chances, FALSE_SHARE)
    found: dict[UnitId, Found] = {}
    for (place, unit), chance in chances.items():
        n, of = windows[place].shares[unit]
        if unit in found or n < FEWEST or not ((place, unit) in told or (unit in held and chance <= STILL_UNUSUAL)):
            continue
        found[unit] = _found(
            kind,
            unit,
            Grade.BEHIND if 2 * n >= of else Grade.NEAR,
            n,
            windows[place].cases.get(unit, ()),
            of=of,
            usual=round(_usual(windows[place].shares, unit) * 10),
            days=windows[place].days,
        )
    return tuple(found.values())


def _chance(shares: Mapping[UnitId, Share], unit: UnitId) -> float:
    n, of = shares[unit]
    return chance_among(n, of, sum(each.n for each in shares.values()), sum(each.of for each in shares.values()))


def _usual(shares: Mapping[UnitId, Share], unit: UnitId) -> float:
    """Say how many of a unit's would be so at the rate of the others."""
    n, of = shares[unit]
    rest = sum(each.of for each in shares.values()) - of
    return (sum(each.n for each in shares.values()) - n) / rest * of if rest else 0.0


def in_bulk(late: Iterable[Done]) -> tuple[Found, ...]:
    """Find units that resolved many cases within an hour, each at its last moment, which had not come together.

    Args:
        late: what was resolved in the last tenth of its time.
    """
    by_unit: dict[UnitId, list[Done]] = defaultdict(list)
    for each in late:
        by_unit[each.unit].append(each)
    found = []
    for unit, done in by_unit.items():
        done.sort(key=lambda each: (each.resolved_at, each.case))
        behind: dict[CaseNumber, None] = {}
        for first in range(len(done)):
            hour = [each for each in done[first:] if each.resolved_at - done[first].resolved_at <= TOGETHER]
            if len({_matter(each) for each in hour}) >= BULK:
                behind |= dict.fromkeys(each.case for each in hour)
        if behind:
            grade = Grade.BEHIND if len(behind) >= 2 * BULK else Grade.NEAR
            found.append(_found(SignKind.BULK, unit, grade, len(behind), tuple(behind)))
    return tuple(found)


def _matter(done: Done) -> Hashable:
    """Tell matters apart: cases of one category and township that came on one day are about one thing."""
    return done.category, done.township, done.opened_at.date()


def counted(kind: SignKind, cases: Iterable[tuple[UnitId, CaseNumber]], least: int = 1) -> tuple[Found, ...]:
    """Count by unit what should not happen at all."""
    by_unit: dict[UnitId, dict[CaseNumber, None]] = defaultdict(dict)
    for unit, number in cases:
        by_unit[unit][number] = None
    return tuple(
        _found(
            kind, unit, Grade.BEHIND if len(numbers) >= max(MORE, 2 * least) else Grade.NEAR, len(numbers), tuple(numbers)
        )
        for unit, numbers in by_unit.items()
        if len(numbers) >= least
    )


def evened(answer: str) -> str:
    """Write an answer so that copies of it are equal: its letters alone, numbers as one sign."""
    text = _DIGITS.sub("0", unicodedata.normalize("NFKC", answer).casefold())
    return "".join(_SAID.findall(text))


def copied(answers: Iterable[tuple[Done, bytes]]) -> tuple[Found, ...]:
    """Find units that gave one answer to different matters, at least four times.

    Args:
        answers: each with the keyed hash of its even form; those too short to tell apart are left out before.
    """
    heaps: dict[tuple[UnitId, bytes], list[Done]] = defaultdict(list)
    for done, digest in answers:
        heaps[done.unit, digest].append(done)
    by_unit: dict[UnitId, list[Done]] = defaultdict(list)
    for (unit, _), heap in heaps.items():
        if len({_matter(each) for each in heap}) >= COPIES:
            by_unit[unit] += heap
    return tuple(
        _found(
            SignKind.COPIED,
            unit,
            Grade.BEHIND if len(heap) >= 2 * COPIES else Grade.NEAR,
            len(heap),
            tuple(each.case for each in sorted(heap, key=lambda each: each.resolved_at)),
        )
        for unit, heap in by_unit.items()
    )


def _found(  # noqa: PLR0913 (a signal is that much)
    kind: SignKind,
    unit: UnitId,
    grade: Grade,
    n: int,
    cases: Sequence[CaseNumber],
    *,
    of: int | None = None,
    usual: int | None = None,
    days: int = DAYS,
) -> Found:
    return Found(
        kind=kind,
        subject=Subject(unit=unit),
        grade=grade,
        unit=unit,
        n=n,
        of=of,
        usual=usual,
        days=days,
        cases=named(tuple(cases)),
    )
