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


def standing_out(
    shares: Mapping[UnitId, Share], held: Collection[UnitId] = (), share: float = FALSE_SHARE
) -> Mapping[UnitId, float]:
    """Find the units of which more are so than of the others, and how many would be at the others' rate."""
    whole, marked = sum(each.of for each in shares.values()), sum(each.n for each in shares.values())
    chances = {unit: chance_among(each.n, each.of, marked, whole) for unit, each in shares.items()}
    told = believed(chances, share)
    found = {}
    for unit, each in shares.items():
        goes_on = unit in held and chances[unit] <= STILL_UNUSUAL
        if each.n >= FEWEST and (unit in told or goes_on):
            rest = whole - each.of
            found[unit] = (marked - each.n) / rest * each.of if rest else 0.0
    return found


def stands_out(
    kind: SignKind,
    shares: Mapping[UnitId, Share],
    cases: Mapping[UnitId, Sequence[CaseNumber]],
    held: Collection[UnitId] = (),
) -> tuple[Found, ...]:
    """Say which units stand out, beside what would be usual; graver where it is at least half of what they resolved."""
    found = []
    for unit, usual in standing_out(shares, held).items():
        n, of = shares[unit]
        grade = Grade.BEHIND if 2 * n >= of else Grade.NEAR
        found.append(_found(kind, unit, grade, n, cases.get(unit, ()), of=of, usual=round(usual * 10)))
    return tuple(found)


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
) -> Found:
    return Found(
        kind=kind,
        subject=Subject(unit=unit),
        grade=grade,
        unit=unit,
        n=n,
        of=of,
        usual=usual,
        days=DAYS,
        cases=named(tuple(cases)),
    )
