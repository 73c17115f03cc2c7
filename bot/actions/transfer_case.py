"""A unit says that a case is not theirs, and why; whoever watches over the units finds one for it, within hours."""

from __future__ import annotations

from datetime import datetime

from bot.actions.matter import Matter, changed, sealed, shown, urgency_of, watching
from bot.actions.triage import Left, triage_card
from bot.ports import Desk
from bot.rules.dialog import Idle
from bot.rules.due import RemindStaff, due_of_case
from bot.rules.effect import Effects, Send
from bot.rules.entry import Transferred
from bot.rules.handling import Step, class_of
from bot.rules.message import News
from bot.rules.reminder import plan_triage


def transfer_case(desk: Desk, matter: Matter, reason: str, now: datetime) -> Effects:
    """Give a case back with a reason. The clock goes on; its reminders go to those who watch, until a unit has it.

    Raises:
        NotPermitted: the official's role or unit does not reach it.
        IllegalTransition: whose it is was decided for good, or the case has moved on.
    """
    officer = matter.actor(desk, Step.TRANSFER, now)
    case = matter.case
    commitment, words = sealed(desk, case.number, reason)
    change = changed(case, officer.id, (Transferred(unit=case.unit, reason=commitment),), now)
    deadline_class = class_of(desk.county, case)
    clock = deadline_class is not None and deadline_class.runs_round_the_clock
    limit_at, moments = plan_triage(now, desk.calendar, round_the_clock=clock)
    planned = tuple(
        due_of_case(
            moment.at,
            RemindStaff(case=case.number, round=case.now.number, stage=moment.stage, to=moment.to, limit_at=limit_at),
        )
        for moment in moments
    )
    card = triage_card(change.after, matter.words, Left(case.unit, reason, limit_at))
    done = Effects(
        cases=(change,),
        words=(words,),
        dialog=Idle(),
        cancelled=(f"{case.number}/{case.now.number}/unaccepted",),
        planned=planned,
        sends=tuple(Send(each.person, card, urgency_of(case)) for each in watching(matter)),
    )
    return done + shown(desk, matter, change.after, now, News.TRANSFERRED, reason)
