"""Who works on a case: it is handed to a colleague, or given to one by the lead; other units join in and do their part.

The unit that has the case stays its lead unit (首接负责): it alone resolves.
"""

from __future__ import annotations

from datetime import datetime

from bot.actions.assignment import officials_of
from bot.actions.manage_staff import HALF_A_DAY, leads_among
from bot.actions.matter import Matter, changed, entry_of, in_charge, sealed, shown, told
from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.access import HANDLING
from bot.rules.dialog import Idle
from bot.rules.effect import Effects
from bot.rules.entry import Noted, Reassigned, UnitAdded, UnitReleased
from bot.rules.handling import Step, units_for
from bot.rules.identity import StaffId, UnitId
from bot.rules.message import Choice, News
from bot.rules.message.official import Away
from bot.rules.staff import Staff, acting


def colleagues(matter: Matter) -> tuple[Staff, ...]:
    """Return who could be in charge of a case instead: officers and leads of its unit, but not whoever is."""
    return tuple(
        each
        for each in matter.staff
        if each.unit == matter.case.unit and each.role in HANDLING and each.id != matter.case.officer and each.is_reachable
    )


def choose_colleague(matter: Matter, now: datetime) -> Choice:
    """Offer who could be in charge instead: whoever is here first, those on leave with until when and who stands in.

    Raises:
        IllegalTransition: there is nobody.
    """
    found = sorted(colleagues(matter), key=lambda each: each.is_away(now))
    if not found:
        raise IllegalTransition
    options = tuple(each.id for each in found)
    return Choice(
        case=matter.case.number,
        step=Step.HAND_OVER,
        options=options,
        leads=leads_among(found),
        own=tuple(each.id for each in matter.roles if each.id in options),
        away=tuple(
            Away(staff=each.id, last_at=each.leave.ends_at - HALF_A_DAY, deputy=each.leave.deputy)
            for each in found
            if each.leave is not None and each.is_away(now)
        ),
    )


def hand_over(desk: Desk, matter: Matter, to: StaffId, now: datetime) -> Effects:
    """Put a colleague in charge of a case.

    Raises:
        NotPermitted: the official is neither in charge of it nor leads its unit.
        IllegalTransition: the case has moved on.
        StaleButton: the colleague is no longer there, or is in charge already.
    """
    official = matter.actor(desk, Step.HAND_OVER, now)
    case = matter.case
    chosen = tuple(each for each in colleagues(matter) if each.id == to)
    if not chosen:
        raise StaleButton
    is_away = acting(chosen[0], matter.staff, now) is not chosen[0]
    before = tuple(each for each in matter.staff if each.id == case.officer)
    change = changed(case, official.id, (Reassigned(staff=to),), now)
    done = Effects(
        cases=(change,),
        dialog=Idle(),
        sends=(
            *told(desk, matter, change.after, chosen, now, News.IN_CHARGE_AWAY if is_away else News.IN_CHARGE),
            *told(desk, matter, change.after, before, now, News.HANDED_OVER),
        ),
    )
    is_own = chosen[0].person == official.person
    return done + shown(desk, matter, change.after, now, News.IN_CHARGE if is_own else News.HANDED_OVER)


def add_unit(desk: Desk, matter: Matter, unit: UnitId, now: datetime) -> Effects:
    """Have another unit work on a case too.

    Raises:
        NotPermitted: the official neither leads its unit nor watches over it.
        IllegalTransition: the case has moved on.
        StaleButton: the unit works on it already, or must not see it.
    """
    official = matter.actor(desk, Step.ADD_UNIT, now)
    if unit not in units_for(desk.county, matter.case):
        raise StaleButton
    change = changed(matter.case, official.id, (UnitAdded(unit=unit),), now)
    joined = told(desk, matter, change.after, officials_of(unit, matter.staff, now), now, News.JOINED)
    lead_unit = told(desk, matter, change.after, in_charge(matter, change.after), now, News.UNIT_ADDED)
    done = Effects(cases=(change,), dialog=Idle(), sends=(*joined, *lead_unit))
    return done + shown(desk, matter, change.after, now, News.UNIT_ADDED)


def do_part(desk: Desk, matter: Matter, text: str, now: datetime) -> Effects:
    """Report that a unit that worked on a case too has done its part, in words for the lead unit.

    Raises:
        NotPermitted: the official's unit does not work on it.
        IllegalTransition: its part was done already, or the case has moved on.
    """
    official = matter.actor(desk, Step.DO_PART, now)
    case = matter.case
    if official.unit is None:
        raise IllegalTransition
    commitment, words = sealed(desk, case.number, text)
    change = changed(case, official.id, (UnitReleased(unit=official.unit),), now)
    readers = in_charge(matter, change.after)
    done = Effects(
        cases=(change,),
        entries=(entry_of(case, official.id, Noted(words=commitment), now),),
        words=(words,),
        dialog=Idle(),
        sends=told(desk, matter, change.after, readers, now, News.PART_DONE, text),
    )
    return done + shown(desk, matter, change.after, now, News.PART_DONE, text)
