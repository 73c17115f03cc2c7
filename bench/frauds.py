"""Made-up months of what units resolve: honest ones, each with habits of its own, and ones with a fraud planted in them.

Honest officials sit down twice a day and resolve what is ready, leave much to the last day, answer some enquiries by phone
at once, and write some answers twice. Invariant: a month is its seed's alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from bench.years import poisson
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from bot.rules.signal import DAYS, LAST_PART, Done, copied, in_bulk, stands_out, windows_of
from bot.rules.warning import Found, SignKind

UNITS: Final = 17
BEGINS_AT: Final = datetime(2026, 3, 1, 16, tzinfo=UTC)
LIMIT: Final = timedelta(days=10)
_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Month:
    """What every unit resolved in four weeks."""

    random: Random
    done: list[tuple[Done, bool]] = field(default_factory=list)
    fast: list[Done] = field(default_factory=list)
    comebacks: list[Done] = field(default_factory=list)
    answers: list[tuple[Done, bytes]] = field(default_factory=list)

    @classmethod
    def of(cls, seed: int) -> Month:
        """Make an honest month up."""
        month = cls(Random(seed))  # noqa: S311 (made-up data)
        for place in range(UNITS):
            month._unit(UnitId(f"u{place}"), 8 + 160 / (place + 1))
        return month

    def _unit(self, unit: UnitId, cases: float) -> None:
        random = self.random
        slow, quick, again = random.betavariate(4, 4), random.betavariate(2, 90), random.betavariate(8, 92)
        for _ in range(poisson(random, cases)):
            opened_at = BEGINS_AT + _DAY * random.randrange(DAYS) + timedelta(minutes=random.randrange(600))
            taken = LIMIT * min(1.05, random.betavariate(1 + 4 * slow, 2))
            session = opened_at + taken
            resolved_at = session.replace(hour=4 if session.hour < 8 else 11, minute=random.randrange(45), second=0)
            done = self._done(unit, opened_at, max(resolved_at, opened_at + timedelta(hours=1)))
            if random.random() < quick:
                self.fast.append(done)
            if random.random() < again:
                self.comebacks.append(done)
            same = random.random() < 0.03
            text = f"{unit}/{random.randrange(5)}" if same else f"{done.case}"
            self.answers.append((done, text.encode()))

    def _done(self, unit: UnitId, opened_at: datetime, resolved_at: datetime) -> Done:
        random = self.random
        done = Done(
            case=CaseNumber(f"CB-2026-{len(self.done) + 1:06d}"),
            unit=unit,
            category=CategoryId(f"c{random.randrange(3)}"),
            township=TownshipId(f"t{random.randrange(13)}"),
            opened_at=opened_at,
            resolved_at=resolved_at,
        )
        self.done.append((done, LIMIT * (LAST_PART - 1) / LAST_PART <= resolved_at - opened_at <= LIMIT))
        return done

    def plant(self, kind: SignKind) -> UnitId:
        """Let a unit of middling size commit a fraud; return which."""
        random = self.random
        unit = UnitId(f"u{random.randrange(2, 9)}")
        own = [done for done, _ in self.done if done.unit == unit]
        some = random.sample(own, min(len(own), {SignKind.BULK: 8, SignKind.FAST: 6, SignKind.COMEBACK: 9}.get(kind, 6)))
        match kind:
            case SignKind.BULK:
                end = BEGINS_AT + _DAY * 20
                for each in some:
                    opened_at = end - LIMIT * 0.95 - timedelta(hours=random.randrange(12))
                    at = end + timedelta(minutes=random.randrange(40))
                    self.done.append((each._replace(opened_at=opened_at, resolved_at=at), True))
            case SignKind.FAST:
                self.fast += some
            case SignKind.COMEBACK:
                self.comebacks += some
            case _:
                self.answers += [(each, b"copied") for each in some]
        return unit

    def signals(self) -> tuple[Found, ...]:
        """Return what a look at the month finds."""
        whole = {DAYS: Counter(done.unit for done, _ in self.done)}
        found = [*in_bulk(done for done, is_late in self.done if is_late), *copied(self.answers)]
        for kind, some in ((SignKind.FAST, self.fast), (SignKind.COMEBACK, self.comebacks)):
            found += stands_out(kind, windows_of(some, whole, BEGINS_AT + DAYS * _DAY))
        return tuple(found)


TRIED: Final = (SignKind.BULK, SignKind.FAST, SignKind.COMEBACK, SignKind.COPIED)
"""Frauds that have to be told from honest habits; the others are counted, so that each of them is found."""
