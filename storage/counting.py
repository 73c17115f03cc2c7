"""Reading what the figures of a week say of each case, for the entries that assert it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from bot.errors import LedgerBroken
from bot.rules.chain import instant
from bot.rules.entry import WeekCounted
from bot.rules.identity import CaseNumber, CategoryId, ClassId, UnitId
from bot.rules.period import Period
from bot.rules.week import AttemptOfWeek, Facts, VoiceOfWeek, Week
from storage.engine import Parameters, Row, Session, Value, typed
from storage.rows import stamp

FACTS_FROM: Final = 6
"""Where the facts begin among the columns of `week_attempts`."""


async def uncounted(session: Session, last: Period) -> tuple[Week, ...]:
    """Read the weeks up to `last` that no entry counts yet, oldest first; only `last` while none was ever counted."""
    newest = await newest_counted(session)
    periods = [last]
    while newest is not None and (before := periods[0].previous()).text > newest.week:
        periods.insert(0, before)
    return tuple([await _week(session, each) for each in periods if newest is None or each.text > newest.week])


async def newest_counted(session: Session) -> WeekCounted | None:
    """Read which week was counted last.

    Raises:
        LedgerBroken: the entry that says it cannot be read.
    """
    rows = await session.rows("week_last", {})
    if not rows:
        return None
    try:
        return msgspec.json.decode(str(rows[0][0]), type=WeekCounted)
    except msgspec.DecodeError as error:
        raise LedgerBroken(0, "the entry that counts the last week cannot be read") from error


async def _week(session: Session, period: Period) -> Week:
    wanted: Parameters = {"begins_at": stamp(period.begins_at), "ends_at": stamp(period.ends_at)}
    wanted_text: Parameters = {**wanted, "ends_at_text": instant(period.ends_at)}
    attempts = await session.rows("week_attempts", wanted_text)
    voices = await session.rows("week_voices", wanted_text)
    return Week(period, _attempts(attempts), [voice for row in typed(voices, VoicesColumns) for voice in _voices(row)])


def _attempts(rows: Sequence[Row]) -> list[AttemptOfWeek]:
    found = []
    cases = typed([row[:FACTS_FROM] for row in rows], tuple[CaseNumber, int, UnitId, CategoryId, ClassId | None, int])
    for (number, attempt, unit, category, deadline_class, confidential), row in zip(cases, rows, strict=True):
        received, *others = map(_yes, row[FACTS_FROM:])
        facts = Facts(bool(received), *others)
        if facts != Facts():
            found.append(
                AttemptOfWeek(
                    case=number,
                    round=attempt,
                    unit=unit,
                    category=category,
                    deadline_class=deadline_class,
                    is_confidential=bool(confidential),
                    facts=facts,
                )
            )
    return found


class VoicesColumns(NamedTuple):
    """The columns of `week_voices`."""

    number: CaseNumber
    round: int
    unit: UnitId
    confidential: int
    people: int
    scores: int
    satisfied: int


def _voices(row: VoicesColumns) -> Iterator[VoiceOfWeek]:
    """Give each voice behind an attempt what the figures say of it; which voice it is, they do not say."""
    for place in range(row.people):
        yield VoiceOfWeek(
            case=row.number,
            round=row.round,
            place=place,
            unit=row.unit,
            is_confidential=bool(row.confidential),
            satisfied=place < row.satisfied if place < row.scores else None,
        )


def _yes(value: Value) -> bool | None:
    return None if value is None else bool(value)
