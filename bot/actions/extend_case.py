"""More time is asked for, with a reason, and granted or denied by somebody else; residents hear of the new date and why."""

from __future__ import annotations

from datetime import datetime

from bot.actions.ask_translation import answered
from bot.actions.assignment import OF_THE_LIMIT, replanned
from bot.actions.matter import Matter, changed, sealed, shown, to_voices, told, watching
from bot.errors import IllegalTransition, NotPermitted
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.dialog import Idle
from bot.rules.effect import Effects
from bot.rules.entry import ExtensionAsked, ExtensionDenied, ExtensionGranted
from bot.rules.handling import Step, class_of
from bot.rules.message import LimitMoved, News
from bot.rules.pause import extended
from bot.rules.staff import Staff


def ask_extension(desk: Desk, matter: Matter, reason: str, now: datetime) -> Effects:
    """Ask for the next extension that the class of the case has.

    Raises:
        NotPermitted: the official's role or unit does not reach it.
        IllegalTransition: no extension is left, the limit has passed, or one is asked for already.
    """
    officer = matter.actor(desk, Step.EXTEND, now)
    case = matter.case
    length, due_at = extended(case.now, class_of(desk.county, case), now, desk.calendar)
    commitment, words = sealed(desk, case.number, reason)
    fact = ExtensionAsked(length=length.text, due_at=due_at, reason=commitment)
    change = changed(case, officer.id, (fact,), now)
    leads = (each for each in matter.staff if each.role is Role.LEAD and each.unit == case.unit)
    deciders = (*leads, *watching(matter))
    done = Effects(
        cases=(change,),
        words=(words,),
        dialog=Idle(),
        sends=told(desk, matter, change.after, deciders, now, News.EXTENSION_WANTED, reason),
    )
    return done + shown(desk, matter, change.after, now, News.EXTENSION_ASKED, reason)


def grant_extension(desk: Desk, matter: Matter, reason: str, now: datetime, slot: str | None = None) -> Effects:
    """Grant what was asked for; the limit moves, reminders are planned anew, everybody behind the case is told.

    Args:
        reason: why more time was asked for, in words; `slot` is where they lie.

    Raises:
        NotPermitted: the one who decides is who asked, or has no right to decide.
        IllegalTransition: nothing is asked for any more.
    """
    decider = matter.actor(desk, Step.GRANT, now)
    case, wish = matter.case, matter.case.now.wish
    if wish is None:
        raise IllegalTransition
    asker = _asker(matter, case)
    change = changed(case, decider.id, (ExtensionGranted(due_at=wish.due_at),), now)
    after = change.after
    said = (slot or "", reason if slot is not None else "")
    following, asked = answered(desk, after, said, matter.languages, matter.staff, now)
    moved = LimitMoved(case=case.number, unit=case.unit, due_at=after.now.due_at, reason=reason, following=following)
    done = Effects(
        cases=(change,),
        cancelled=tuple(f"{case.number}/{case.now.number}/{stage}" for stage in OF_THE_LIMIT),
        planned=replanned(desk, after, (now, case.now.due_at), now),
        sends=(*to_voices(matter, moved), *told(desk, matter, after, asker, now, News.GRANTED)),
    )
    return done + asked + shown(desk, matter, after, now, News.GRANTED)


def deny_extension(desk: Desk, matter: Matter, reason: str, now: datetime) -> Effects:
    """Deny what was asked for, with a reason; the limit stays.

    Raises:
        NotPermitted: the one who decides is who asked, or has no right to decide.
        IllegalTransition: nothing is asked for any more.
    """
    decider = matter.actor(desk, Step.DENY, now)
    case = matter.case
    asker = _asker(matter, case)
    commitment, words = sealed(desk, case.number, reason)
    change = changed(case, decider.id, (ExtensionDenied(reason=commitment),), now)
    done = Effects(
        cases=(change,),
        words=(words,),
        dialog=Idle(),
        sends=told(desk, matter, change.after, asker, now, News.DENIED, reason),
    )
    return done + shown(desk, matter, change.after, now, News.DENIED, reason)


def _asker(matter: Matter, case: Case) -> tuple[Staff, ...]:
    """Return who asked, if they are still there; raises NotPermitted where that is whoever decides, in another role."""
    found = tuple(each for each in matter.staff if case.now.wish is not None and each.id == case.now.wish.by)
    if {each.person for each in found} & {each.person for each in matter.roles}:
        raise NotPermitted
    return found
