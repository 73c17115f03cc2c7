"""What the clock reads for a night's look, and what the rules make of it: the same counts for every sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.actions.look_out import look_out, midnight_before, plan_look_out
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.effect import Effects
from bot.rules.entry import Channel
from bot.rules.identity import UnitId
from bot.rules.signal import copied, counted, in_bulk, stands_out, windows_of
from bot.rules.staff import Staff
from bot.rules.warning import EVERYWHERE, Found, Grade, SignKind, Subject, named
from bot.rules.warning_life import Sign
from bot.rules.warning_place import repeated_places
from bot.rules.warning_surge import Cell, Rise, rises, silences
from bot.rules.warning_texts import translators_behind
from bot.rules.warning_unit import old_cases, slipping, transferred_cases, units_behind, urged_cases
from bot.rules.watched import Watched, silent_windows

LEAST_OWN_RATINGS: Final = 2
"""One rating from a chat of the unit's own may be of somebody who had a matter there."""


async def look(desk: Desk, staff: tuple[Staff, ...], now: datetime) -> Effects:
    """Look for signs, tell what has changed, and plan the next look."""
    county, read = desk.county, desk.read
    cut = midnight_before(desk.calendar, now)
    held = tuple(sign for sign in await read.signs() if sign.holds)
    evidence = frozenset(each.id for each in county.categories.values() if each.wants_evidence)
    seen = await read.watch(county.watch, evidence, cut)
    found = [
        *await _rising(desk, seen, held, cut),
        *_units(desk, seen, held, cut),
        *_silent(desk, seen, held, cut),
        *_signals(seen, held, cut),
    ]
    effects = look_out(held, found, await read.sign_count(), staff, desk.calendar.local_date(now).year, now)
    return effects + Effects(planned=(plan_look_out(county, now),))


def _of(held: Iterable[Sign], kind: SignKind) -> list[Sign]:
    return [sign for sign in held if sign.kind is kind]


def _held_units(held: Iterable[Sign], kind: SignKind) -> Collection[UnitId]:
    return {sign.subject.unit for sign in _of(held, kind) if sign.subject.unit is not None}


async def _rising(desk: Desk, seen: Watched, held: Sequence[Sign], cut: datetime) -> list[Found]:
    before = {cell for sign in _of(held, SignKind.SURGE) if (cell := _cell_of(sign.subject)) is not None}
    found = []
    for cell, rise in rises(seen.cells, seen.history, before).items():
        cases = await desk.read.cases_in(cell, cut - timedelta(weeks=rise.weeks), cut)
        found.append(_surge(desk, cell, rise, cases, cut))
    return found


def _cell_of(subject: Subject) -> Cell | None:
    if subject.category is None:
        return None
    is_everywhere = subject.township == EVERYWHERE
    return Cell(subject.category, None if is_everywhere else subject.township, is_everywhere)


def _surge(desk: Desk, cell: Cell, rise: Rise, cases: Sequence[Case], now: datetime) -> Found:
    """Grade a rise by how its cases fare; what is confidential is for no unit's eyes."""
    category = desk.county.categories.get(cell.category)
    is_open_to_units = category is not None and not category.is_confidential
    units = Counter(case.unit for case in cases)
    unit = units.most_common(1)[0][0] if units and is_open_to_units else None
    return Found(
        kind=SignKind.SURGE,
        subject=Subject(category=cell.category, township=EVERYWHERE if cell.is_everywhere else cell.township),
        grade=_grade(cases, now),
        unit=unit,
        n=rise.count,
        usual=round(rise.usual * 10),
        days=rise.weeks * 7,
        cases=named(tuple(case.number for case in cases)),
    )


def _grade(cases: Sequence[Case], now: datetime) -> Grade:
    """Grade by what is late: red with a case past its limit, yellow with one that was not signed for in time."""
    if any(case.is_overdue(now) for case in cases):
        return Grade.OVERDUE
    return Grade.BEHIND if any(_is_unsigned(case, now) for case in cases) else Grade.NEAR


def _is_unsigned(case: Case, now: datetime) -> bool:
    limit_at, signed_at = case.now.accept_due_at, case.now.accepted_at
    return case.is_open and limit_at is not None and (signed_at or now) > limit_at


def _units(desk: Desk, seen: Watched, held: Sequence[Sign], cut: datetime) -> list[Found]:
    plan = desk.county.watch
    slips = slipping(seen.limits, float(desk.county.digest.minimum_on_time), _held_units(held, SignKind.BEHIND))
    places = {number: sign.subject for sign in _of(held, SignKind.PLACE) for number in sign.cases}
    return [
        *units_behind(slips, seen.overdue),
        *old_cases(seen.suspects, plan, cut),
        *urged_cases(seen.suspects, plan, cut),
        *transferred_cases(seen.suspects, plan, cut),
        *repeated_places(seen.placed, plan, cut, places),
        *translators_behind(seen.texts, plan, is_held=bool(_of(held, SignKind.TRANSLATORS))),
    ]


def _silent(desk: Desk, seen: Watched, held: Sequence[Sign], cut: datetime) -> list[Found]:
    last_on = desk.calendar.local_date(cut - timedelta(seconds=1))
    before = {sign.subject.channel for sign in _of(held, SignKind.SILENT) if sign.subject.channel is not None}
    windows = {
        Channel(channel): silent_windows(daily, last_on, desk.calendar, seen.history * 7)
        for channel, daily in seen.channels.items()
    }
    return [
        Found(
            kind=SignKind.SILENT,
            subject=Subject(channel=channel),
            grade=Grade.NEAR if rise.count else Grade.BEHIND,
            unit=None,
            n=rise.count,
            usual=round(rise.usual * 10),
            days=rise.weeks,
        )
        for channel, rise in silences(windows, before).items()
    ]


def _signals(seen: Watched, held: Sequence[Sign], cut: datetime) -> list[Found]:
    hasty, sent_home = (windows_of(done, seen.resolved, cut) for done in (seen.fast, seen.comebacks))
    return [
        *in_bulk(seen.late),
        *stands_out(SignKind.FAST, hasty, _held_units(held, SignKind.FAST)),
        *stands_out(SignKind.COMEBACK, sent_home, _held_units(held, SignKind.COMEBACK)),
        *counted(SignKind.BARE, seen.bare),
        *counted(SignKind.LENGTHENED, seen.lengthened),
        *counted(SignKind.EXTENDED, seen.extended),
        *counted(SignKind.OWN_RATING, seen.own, LEAST_OWN_RATINGS),
        *copied(seen.answers),
    ]
