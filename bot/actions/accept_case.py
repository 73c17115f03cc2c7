"""An official signs for a case and is in charge of it from now on; the resident hears of it."""

from __future__ import annotations

from datetime import datetime

from bot.actions.lines import task_anchor, task_notice
from bot.actions.matter import Matter, to_voices
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.effect import CaseChange, Effects, Send
from bot.rules.entry import Accepted, Entry
from bot.rules.handling import Step
from bot.rules.life import evolve
from bot.rules.message import CaseAccepted
from bot.rules.staff import Staff


def accepting(case: Case, officer: Staff, now: datetime) -> tuple[Case, Entry]:
    """Return the accepted case and its entry; raises IllegalTransition."""
    entry = Entry(at=now, actor=officer.id, case=case.number, fact=Accepted(unit=case.unit))
    return evolve(case, entry), entry


def accept_case(desk: Desk, matter: Matter, now: datetime) -> Effects:
    """Sign for a case; the notice stays on the officer's screen, with what can be done next.

    Raises:
        NotPermitted: the official's role or unit does not reach it.
        IllegalTransition: it was signed for already, or has moved on.
    """
    accepted = accepted_quietly(desk, matter, now)
    after = accepted.cases[0].after
    notice = task_notice(desk.county, after, matter.words, matter.roles, now)
    anchor = task_anchor(after.number, after.now.number)
    return Effects(sends=(Send(matter.roles[0].person, notice, anchor=anchor, replaces=matter.pressed),)) + accepted


def accepted_quietly(desk: Desk, matter: Matter, now: datetime) -> Effects:
    """Sign for a case as one of several: the resident hears of it, the officer sees the list; raises as `accept_case`."""
    officer = matter.actor(desk, Step.ACCEPT, now)
    case = matter.case
    after, entry = accepting(case, officer, now)
    told = CaseAccepted(case=case.number, unit=case.unit, due_at=case.now.due_at)
    return Effects(
        cases=(CaseChange(case, after, (entry,)),),
        cancelled=(f"{case.number}/{case.now.number}/unaccepted",),
        sends=to_voices(matter, told),
    )
