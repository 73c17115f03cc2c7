"""Counting for a night's look: each named query once, and the words of the newest cases opened to be compared.

Invariant: what is opened stays in memory, and only as long as it takes to compare; answers leave it as keyed hashes.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import msgspec

from bot.rules.case import Case
from bot.rules.chain import instant
from bot.rules.county import WatchPlan
from bot.rules.entry import Channel
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from bot.rules.signal import DAYS, LAST_PART, MINUTES, SHORTEST_ANSWER, WINDOWS, Done, evened
from bot.rules.slot import FILED, PLACE, answer_slot
from bot.rules.warning_place import DAYS as PLACE_DAYS
from bot.rules.warning_place import Placed
from bot.rules.warning_surge import REACH, Cell
from bot.rules.warning_texts import LONG_LATE, Waiting
from bot.rules.warning_unit import Limits
from bot.rules.watched import Watched
from storage.case_rows import cases_found
from storage.engine import Engine, Parameters, Row, Session, typed
from storage.keyring import Keyring
from storage.rows import moment, stamp
from storage.words import opened_many

WEEK: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)
MICROSECOND: Final = timedelta(microseconds=1)
LOOKED_AT: Final = 2000
"""Of overdue and suspect cases so many are looked at, the worst; of the newest, so many are compared by their words."""

WORDS_AT_ONCE: Final = 250


@dataclass(frozen=True, slots=True)
class Night:
    """A night's look.

    Attributes:
        evidence: the categories that ask for evidence.
        cut: the midnight up to which is counted.
    """

    plan: WatchPlan
    evidence: frozenset[CategoryId]
    cut: datetime

    def since(self, length: timedelta) -> Parameters:
        """Say from when until when is looked at."""
        since = self.cut - length
        return {
            "since": stamp(since),
            "cut": stamp(self.cut),
            "since_text": instant(since),
            "cut_text": instant(self.cut),
            "week": WEEK // MICROSECOND,
            "day": DAY // MICROSECOND,
            "minutes": timedelta(minutes=MINUTES) // MICROSECOND,
            "part": LAST_PART,
            "limit": LOOKED_AT,
        }

    async def history(self, session: Session) -> int:
        """Return for how many whole weeks the county has counted."""
        ((first,),) = typed(await session.rows("watch_first", {}), tuple[int | None])
        return 0 if first is None else max(0, (self.cut - moment(first)) // WEEK)


async def watch(engine: Engine, keyring: Keyring | None, night: Night) -> Watched:
    """Count what a night looks at."""
    lately = night.since(timedelta(days=DAYS))
    async with engine.reading() as session:
        history = await night.history(session)
        cells, limits, channels = await _counts(session, night)
        overdue = await cases_found(session, "watch_overdue", lately)
        plan = night.plan
        suspects = await cases_found(
            session,
            "watch_suspects",
            {
                **lately,
                "old": stamp(night.cut - timedelta(days=plan.old_days)),
                "urgings": plan.urgings,
                "transfers": plan.transfers,
            },
        )
        filed = await cases_found(session, "watch_filed", night.since(timedelta(days=PLACE_DAYS)))
        resolved = {days: await _resolved(session, night.since(timedelta(days=days))) for days in WINDOWS}
        done = typed(await session.rows("watch_done", lately), DoneColumns)
        categories = f" {' '.join(sorted(night.evidence))} "
        bare = _pairs(await session.rows("watch_bare", {**lately, "categories": categories}))
        lengthened = _pairs(await session.rows("watch_lengthened", lately))
        extended = _pairs(await session.rows("watch_extended", lately))
        own = _pairs(await session.rows("watch_own", lately))
        texts = await _texts(session, night)
        answered = typed(await session.rows("watch_answered", lately), DoneColumns)
        words = _Words(session, keyring)
        placed = await words.placed(filed)
        answers = await words.answers(answered)
    return Watched(
        history=history,
        cells=cells,
        limits=limits,
        channels=channels,
        overdue=_by_unit(overdue),
        suspects=suspects,
        placed=placed,
        resolved=resolved,
        late=[_done(row) for row in done if row.is_late],
        fast=[_done(row) for row in done if row.is_fast],
        comebacks=[_done(row) for row in done if row.came_back],
        bare=bare,
        lengthened=lengthened,
        extended=extended,
        own=own,
        texts=texts,
        answers=answers,
    )


def _by_unit(cases: Sequence[Case]) -> Mapping[UnitId, Sequence[Case]]:
    found: dict[UnitId, list[Case]] = defaultdict(list)
    for case in cases:
        found[case.unit].append(case)
    return found


async def _counts(
    session: Session, night: Night
) -> tuple[Mapping[Cell, Sequence[int]], Mapping[UnitId, Sequence[Limits]], Mapping[Channel, Sequence[int]]]:
    weeks = night.since(REACH * WEEK)
    cells: dict[Cell, list[int]] = defaultdict(lambda: [0] * REACH)
    rows = await session.rows("watch_cells", weeks)
    for category, township, place, count in typed(rows, tuple[CategoryId, TownshipId | None, int, int]):
        cells[Cell(category, township)][place] = count
    limits: dict[UnitId, list[Limits]] = defaultdict(lambda: [Limits()] * REACH)
    for unit, place, fell, met in typed(await session.rows("watch_limits", weeks), tuple[UnitId, int, int, int]):
        limits[unit][place] = Limits(fell, met)
    channels: dict[Channel, list[int]] = defaultdict(lambda: [0] * (REACH * 7))
    for channel, place, count in typed(await session.rows("watch_channels", weeks), tuple[Channel, int, int]):
        channels[channel][place] = count
    return dict(cells), dict(limits), dict(channels)


async def _resolved(session: Session, since: Parameters) -> Mapping[UnitId, int]:
    return dict(typed(await session.rows("watch_resolved", since), tuple[UnitId, int]))


async def _texts(session: Session, night: Night) -> Waiting:
    rows = await session.rows("watch_texts", {"cut": stamp(night.cut), "times": LONG_LATE})
    ((waiting, late, long_late, oldest),) = typed(rows, tuple[int, int, int, int | None])
    return Waiting(waiting, late, long_late, 0 if oldest is None else (night.cut - moment(oldest)) // DAY)


def _pairs(rows: Sequence[Row]) -> Sequence[tuple[UnitId, CaseNumber]]:
    return typed(rows, tuple[UnitId, CaseNumber])


class DoneColumns(NamedTuple):
    """The columns of `watch_done`, of which `watch_answered` has those that say what was resolved."""

    number: CaseNumber
    round: int
    unit: UnitId
    category: CategoryId
    township: TownshipId | None
    opened_at: int
    resolved_at: int
    is_late: int = 0
    is_fast: int = 0
    came_back: int = 0


def _done(row: DoneColumns) -> Done:
    return Done(
        case=row.number,
        unit=row.unit,
        category=row.category,
        township=row.township,
        opened_at=moment(row.opened_at),
        resolved_at=moment(row.resolved_at),
    )


class _Words:
    """Opens words of many cases; what was erased, or cannot be opened without keys, is left out."""

    def __init__(self, session: Session, keyring: Keyring | None) -> None:
        self._session, self._keyring = session, keyring

    async def placed(self, cases: Sequence[Case]) -> list[Placed]:
        """Return cases with what they say of their place."""
        numbers = [case.number for case in cases]
        filed, places = await self._opened(FILED, numbers), await self._opened(PLACE, numbers)
        return [
            Placed(case, filed[case.number], _degrees(places.get(case.number))) for case in cases if case.number in filed
        ]

    async def answers(self, rows: Sequence[DoneColumns]) -> list[tuple[Done, bytes]]:
        """Return what was resolved with the keyed hash of its answer's even form, where that is long enough."""
        by_round: dict[int, list[DoneColumns]] = defaultdict(list)
        for row in rows:
            by_round[row.round].append(row)
        found: list[tuple[Done, bytes]] = []
        for attempt, some in by_round.items():
            opened = await self._opened(answer_slot(attempt), [row.number for row in some])
            for row in some:
                even = evened(opened.get(row.number, ""))
                if self._keyring is not None and len(even) >= SHORTEST_ANSWER:
                    found.append((_done(row), self._keyring.lookup.hash(even)))
        return found

    async def _opened(self, slot: str, numbers: Sequence[CaseNumber]) -> Mapping[CaseNumber, str]:
        found: dict[CaseNumber, str] = {}
        for start in range(0, len(numbers) if self._keyring else 0, WORDS_AT_ONCE):
            page = msgspec.json.encode(numbers[start : start + WORDS_AT_ONCE]).decode()
            rows = await self._session.rows("words_many", {"slot": slot, "numbers": page})
            found |= await asyncio.to_thread(self._open, rows, slot)
        return found

    def _open(self, rows: Sequence[Row], slot: str) -> Mapping[CaseNumber, str]:
        return {} if self._keyring is None else dict(opened_many(self._keyring, rows, slot))


def _degrees(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    north, east = text.split(",")
    return float(north), float(east)
