"""What a night finds: signs that begin, change or end, told once each; one message a person, however much it is.

Whoever watches over the county is told of all; the leads of a unit of the warnings about it, never of a signal, which
only a supervisor puts before a unit. Invariant: what holds the next night unchanged is an entry for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.rules.calendar import Calendar
from bot.rules.county import County, Role
from bot.rules.due import Due, LookOut, RemindSign
from bot.rules.effect import Effects, Priority, Send, SignChange
from bot.rules.entry import CLOCK, Entry, SignFact, SignOver
from bot.rules.identity import PersonId, SignNumber
from bot.rules.message.sign import SignAnswer, SignNews, SignNote
from bot.rules.staff import Staff, acting
from bot.rules.warning import Found
from bot.rules.warning_life import Sign, Standing, evolve, graded, number_of, raised

AT: Final = time(5)
"""When a night looks: early enough that whoever is told finds it when the office opens."""

NAMED: Final = 6
"""How many signs one message names; the others stand in the list."""


def plan_look_out(county: County, now: datetime) -> Due:
    """Plan the next look strictly after `now`."""
    zone = county.hours.zone
    on = now.astimezone(zone).date()
    at = datetime.combine(on, AT, zone).astimezone(UTC)
    if at <= now:
        on += timedelta(days=1)
        at = datetime.combine(on, AT, zone).astimezone(UTC)
    return Due(key=f"look_out/{on.isoformat()}", at=at, task=LookOut(on=on.isoformat()))


def midnight_before(calendar: Calendar, now: datetime) -> datetime:
    """Return the last midnight of the county: up to it a night counts."""
    return datetime.combine(calendar.local_date(now), time(0), calendar.zone).astimezone(UTC)


def look_out(
    held: Iterable[Sign], found: Sequence[Found], known: int, staff: Sequence[Staff], year: int, now: datetime
) -> Effects:
    """Bring signs on by what a night found, and tell whoever is concerned.

    Args:
        held: the signs that held the night before.
        known: how many signs there have ever been.
    """
    before = {_key(sign): sign for sign in held}
    changes: list[SignChange] = []
    begun: list[Sign] = []
    worse: list[Sign] = []
    over: list[Sign] = []
    for each in sorted({each.key: each for each in found}.values(), key=lambda each: (-each.grade, each.key)):
        sign = before.pop(each.key, None)
        if sign is None:
            known += 1
            change = _change(None, raised(number_of(year, known), each), now)
            begun.append(change.after)
        elif sign.grade is not each.grade:
            change = _change(sign, graded(sign.number, each), now)
            worse += [change.after] if each.grade > sign.peak else []
        else:
            continue
        changes.append(change)
    for sign in before.values():
        change = _change(sign, SignOver(sign=sign.number), now)
        changes.append(change)
        over += [change.after] if sign.standing is not Standing.CLOSED else []
    return Effects(signs=tuple(changes), sends=_told(begun, worse, over, staff, now))


def _key(sign: Sign) -> str:
    return Found(kind=sign.kind, subject=sign.subject, grade=sign.grade, unit=sign.unit, n=0, days=0).key


def _change(before: Sign | None, fact: SignFact, now: datetime) -> SignChange:
    entry = Entry(at=now, actor=CLOCK, case=None, fact=fact)
    return SignChange(before, evolve(before, entry), (entry,))


def _told(
    begun: Sequence[Sign], worse: Sequence[Sign], over: Sequence[Sign], staff: Sequence[Staff], now: datetime
) -> tuple[Send, ...]:
    sends: dict[PersonId, Send] = {}
    for reader in staff:
        receiver = acting(reader, staff, now)
        if receiver is None or receiver.person in sends:
            continue
        parts = [[sign for sign in part if _concerns(sign, reader)] for part in (begun, worse, over)]
        if any(parts):
            sends[receiver.person] = Send(receiver.person, _news(*parts), Priority.NOTICE)
    return tuple(sends.values())


def _concerns(sign: Sign, reader: Staff) -> bool:
    if reader.role in {Role.SUPERVISOR, Role.ADMIN}:
        return True
    return reader.role is Role.LEAD and reader.unit is not None and reader.unit == sign.unit and not sign.is_signal


def _news(begun: Sequence[Sign], worse: Sequence[Sign], over: Sequence[Sign]) -> SignNews:
    total = len(begun) + len(worse) + len(over)
    shown = [tuple(part[:NAMED]) for part in (begun, worse)]
    ended = tuple(over[: max(0, NAMED - len(begun) - len(worse))])
    named = len(shown[0]) + len(shown[1]) + len(ended)
    return SignNews(begun=shown[0], worse=shown[1], over=ended, more=total - named)


def remind_sign(sign: Sign, staff: Sequence[Staff], words: Mapping[str, str], now: datetime) -> Effects:
    """Tell unit and supervisors that a note is not answered by its limit; nothing where it is, or a later one is."""
    if sign.standing is not Standing.ASKED or sign.unit is None or sign.answer_by is None or now < sign.answer_by:
        return Effects()
    note = SignNote(
        sign=sign,
        unit=sign.unit,
        cases=sign.for_unit,
        answer_by=sign.answer_by,
        words=words.get("note", ""),
        is_draft=False,
    )
    sends: dict[PersonId, Send] = {}
    for each in readers_of(staff, sign, now):
        sends[each.person] = Send(each.person, note, Priority.NOTICE)
    for each in watchers(staff, now):
        sends.setdefault(each.person, Send(each.person, SignAnswer(sign=sign, words=None), Priority.NOTICE))
    return Effects(sends=tuple(sends.values()))


def plan_reminder(number: SignNumber, answer_by: datetime) -> Due:
    """Plan that a note which is not answered by its limit is told."""
    return Due(key=f"sign/{number}/{answer_by.isoformat()}", at=answer_by, task=RemindSign(sign=number))


def readers_of(staff: Sequence[Staff], sign: Sign, now: datetime) -> tuple[Staff, ...]:
    """Return who answers for a unit: its leads, else its officers; deputies in place of those on leave."""
    own = [each for each in staff if each.unit == sign.unit]
    meant = [each for each in own if each.role is Role.LEAD] or [each for each in own if each.role is Role.OFFICER]
    return tuple(filter(None, (acting(each, staff, now) for each in meant)))


def watchers(staff: Sequence[Staff], now: datetime) -> tuple[Staff, ...]:
    """Return the supervisors, else the admins; deputies in place of those on leave."""
    meant = [each for each in staff if each.role is Role.SUPERVISOR] or [each for each in staff if each.role is Role.ADMIN]
    return tuple(filter(None, (acting(each, staff, now) for each in meant)))
