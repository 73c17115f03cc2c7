"""Counting for a night's look: each named query once, and the words of the newest cases opened to be compared.

Invariant: what is opened stays in memory, and only as long as it takes to compare; answers leave it as keyed hashes.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

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
from storage.case_rows import cases_by_number
from storage.engine import Engine, Parameters, Row, Session
from storage.keyring import Keyring
from storage.rows import moment, stamp
from storage.words import opened_text, words_at

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
        ((first,),) = await session.rows("watch_first", {})
        return 0 if first is None else max(0, (self.cut - moment(int(first))) // WEEK)


async def watch(engine: Engine, keyring: Keyring | None, night: Night) -> Watched:
    """Count what a night looks at."""
    lately = night.since(timedelta(days=DAYS))
    async with engine.reading() as session:
        history = await night.history(session)
        cells, limits, channels = await _counts(session, night)
        overdue = await _named(session, "watch_overdue", lately)
        plan = night.plan
        suspects = await _named(
            session,
            "watch_suspects",
            {
                **lately,
                "old": stamp(night.cut - timedelta(days=plan.old_days)),
                "urgings": plan.urgings,
                "transfers": plan.transfers,
            },
        )
        filed = await _named(session, "watch_filed", night.since(timedelta(days=PLACE_DAYS)))
        resolved = {days: await _resolved(session, night.since(timedelta(days=days))) for days in WINDOWS}
        done = await session.rows("watch_done", lately)
        categories = f" {' '.join(sorted(night.evidence))} "
        bare = _pairs(await session.rows("watch_bare", {**lately, "categories": categories}))
        lengthened = _pairs(await session.rows("watch_lengthened", lately))
        extended = _pairs(await session.rows("watch_extended", lately))
        own = _pairs(await session.rows("watch_own", lately))
        texts = await _texts(session, night)
        answered = await session.rows("watch_answered", lately)
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
        late=[_done(row) for row in done if row[7]],
        fast=[_done(row) for row in done if row[8]],
        comebacks=[_done(row) for row in done if row[9]],
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
    for category, township, place, count in await session.rows("watch_cells", weeks):
        cell = Cell(CategoryId(str(category)), TownshipId(str(township)) if township else None)
        cells[cell][int(place or 0)] = int(count or 0)
    limits: dict[UnitId, list[Limits]] = defaultdict(lambda: [Limits()] * REACH)
    for unit, place, fell, met in await session.rows("watch_limits", weeks):
        limits[UnitId(str(unit))][int(place or 0)] = Limits(int(fell or 0), int(met or 0))
    channels: dict[Channel, list[int]] = defaultdict(lambda: [0] * (REACH * 7))
    for channel, place, count in await session.rows("watch_channels", weeks):
        channels[Channel(str(channel))][int(place or 0)] = int(count or 0)
    return dict(cells), dict(limits), dict(channels)


async def _resolved(session: Session, since: Parameters) -> Mapping[UnitId, int]:
    return {UnitId(str(unit)): int(count or 0) for unit, count in await session.rows("watch_resolved", since)}


async def _texts(session: Session, night: Night) -> Waiting:
    ((waiting, late, long_late, oldest),) = await session.rows("watch_texts", {"cut": stamp(night.cut), "times": LONG_LATE})
    days = 0 if oldest is None else (night.cut - moment(int(oldest))) // DAY
    return Waiting(int(waiting or 0), int(late or 0), int(long_late or 0), days)


async def _named(session: Session, query: str, wanted: Parameters) -> tuple[Case, ...]:
    return await cases_by_number(session, [str(row[0]) for row in await session.rows(query, wanted)])


def _pairs(rows: Sequence[Row]) -> Sequence[tuple[UnitId, CaseNumber]]:
    return [(UnitId(str(unit)), CaseNumber(str(number))) for unit, number in rows]


def _done(row: Row) -> Done:
    number, _, unit, category, township, opened_at, resolved_at, *_ = row
    return Done(
        case=CaseNumber(str(number)),
        unit=UnitId(str(unit)),
        category=CategoryId(str(category)),
        township=TownshipId(str(township)) if township else None,
        opened_at=moment(int(opened_at or 0)),
        resolved_at=moment(int(resolved_at or 0)),
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

    async def answers(self, rows: Sequence[Row]) -> list[tuple[Done, bytes]]:
        """Return what was resolved with the keyed hash of its answer's even form, where that is long enough."""
        by_round: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            by_round[int(row[1] or 0)].append(row)
        found: list[tuple[Done, bytes]] = []
        for attempt, some in by_round.items():
            opened = await self._opened(answer_slot(attempt), [CaseNumber(str(row[0])) for row in some])
            for row in some:
                even = evened(opened.get(CaseNumber(str(row[0])), ""))
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
        if self._keyring is None:
            return {}
        found = {}
        for number, body, master_version, wrapped in rows:
            case = CaseNumber(str(number))
            key = self._keyring.of_case_row(case, master_version, wrapped)
            found[case] = opened_text(key, body, words_at(slot))
        return found


def _degrees(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    north, east = text.split(",")
    return float(north), float(east)
