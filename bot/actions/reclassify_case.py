"""A case is put under another deadline class: a shorter one by whoever handles it, a longer one by a supervisor only."""

from __future__ import annotations

from datetime import datetime

from bot.actions.ask_translation import answered
from bot.actions.assignment import OF_THE_LIMIT, replanned
from bot.actions.matter import Matter, changed, in_charge, sealed, shown, to_voices, told
from bot.errors import NotPermitted, StaleButton
from bot.ports import Desk
from bot.rules.access import Act, require_for
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.deadline import Deadline, deadline_for
from bot.rules.dialog import Idle
from bot.rules.effect import Effects
from bot.rules.entry import Reclassified
from bot.rules.handling import Step
from bot.rules.identity import ClassId
from bot.rules.message import LimitMoved, News
from bot.rules.routing import rule_text


def classes_for(desk: Desk, matter: Matter, now: datetime) -> tuple[ClassId, ...]:
    """Return the classes under which someone may put a case, in the order of the county file.

    A shorter one must leave some time; a longer one is for supervisors.
    """
    case, found = matter.case, []
    for each in desk.county.classes:
        new = _limits(desk, matter, each)
        if each == case.deadline_class or new.handle_at <= now or case.now.due_at is None:
            continue
        if new.handle_at < case.now.due_at or (new.handle_at > case.now.due_at and _may_lengthen(matter)):
            found.append(each)
    return tuple(found)


def reclassify_case(desk: Desk, matter: Matter, to: ClassId, reason: str, now: datetime) -> Effects:
    """Put a case under another class; its limits count from when this attempt at it began.

    Raises:
        NotPermitted: the official's role or unit does not reach it, or the class is longer and they are no supervisor.
        IllegalTransition: the case has moved on.
        StaleButton: the class would leave no time, or is no other one.
    """
    official = matter.actor(desk, Step.RECLASSIFY, now)
    case = matter.case
    if to not in classes_for(desk, matter, now):
        raise StaleButton
    new = _limits(desk, matter, to)
    is_longer = case.now.due_at is not None and new.handle_at > case.now.due_at
    if is_longer:
        official = require_for(matter.roles, Act.LENGTHEN, case)
    commitment, words = sealed(desk, case.number, reason)
    fact = Reclassified(
        deadline_class=to,
        rule=rule_text(desk.county.classes[to]),
        accept_due_at=case.now.accept_due_at if case.now.accepted_at else new.accept_at,
        due_at=new.handle_at,
        is_longer=is_longer,
        reason=commitment,
    )
    change = changed(case, official.id, (fact,), now)
    after = change.after
    following, asked = answered(desk, after, (words.slot, reason), matter.languages, matter.staff, now)
    moved = LimitMoved(
        case=case.number,
        unit=case.unit,
        due_at=after.now.due_at,
        reason=reason,
        following=following,
        is_by_supervisor=official.role is Role.SUPERVISOR,
    )
    done = Effects(
        cases=(change,),
        words=(words,),
        dialog=Idle(),
        cancelled=tuple(f"{case.number}/{case.now.number}/{stage}" for stage in _gone(case, after)),
        planned=replanned(desk, after, (now, case.now.due_at), now),
        sends=(
            *to_voices(matter, moved),
            *told(desk, matter, after, in_charge(matter, after), now, News.RECLASSIFIED, reason),
        ),
    )
    return done + asked + shown(desk, matter, after, now, News.RECLASSIFIED, reason)


def _gone(before: Case, after: Case) -> tuple[str, ...]:
    """Return how the stages begin that hang on limits which are no more; the one for signing may be the same as before."""
    return OF_THE_LIMIT if after.now.accept_due_at == before.now.accept_due_at else (*OF_THE_LIMIT, "unaccepted:")


def _limits(desk: Desk, matter: Matter, to: ClassId) -> Deadline:
    return deadline_for(desk.county.classes[to], matter.case.now.opened_at, desk.calendar)


def _may_lengthen(matter: Matter) -> bool:
    try:
        require_for(matter.roles, Act.LENGTHEN, matter.case)
    except NotPermitted:
        return False
    return True
