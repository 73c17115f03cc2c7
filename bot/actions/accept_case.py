"""An official signs for a case and is in charge of it from now on; the resident hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.actions.lines import task_anchor, task_notice
from bot.rules.access import Act, require_for
from bot.rules.case import Case
from bot.rules.effect import CaseChange, Effects, Priority, Send
from bot.rules.entry import Accepted, Entry
from bot.rules.identity import PersonId
from bot.rules.life import evolve
from bot.rules.message import CaseAccepted
from bot.rules.staff import Staff


def accepting(case: Case, officer: Staff, now: datetime) -> tuple[Case, Entry]:
    """Return the accepted case and its entry; raises IllegalTransition."""
    entry = Entry(at=now, actor=officer.id, case=case.number, fact=Accepted(unit=case.unit))
    return evolve(case, entry), entry


def accept_case(
    case: Case, words: str, roles: Iterable[Staff], voices: Iterable[PersonId], now: datetime, replaces: int | None
) -> Effects:
    """Sign for a case.

    Args:
        words: what the resident wrote, for the notice that stays on the officer's screen.
        voices: who stands behind the case and is told.

    Raises:
        NotPermitted: the official's role or unit does not reach it.
        IllegalTransition: it was signed for already, or has moved on.
    """
    officer = require_for(roles, Act.ACCEPT, case)
    accepted, entry = accepting(case, officer, now)
    notice = task_notice(accepted, words, officer.id)
    told = CaseAccepted(case=case.number, unit=case.unit, due_at=case.now.due_at)
    return Effects(
        cases=(CaseChange(case, accepted, (entry,)),),
        cancelled=(f"{case.number}/{case.now.number}/unaccepted",),
        sends=(
            Send(officer.person, notice, anchor=task_anchor(case.number, case.now.number), replaces=replaces),
            *(Send(person, told, Priority.NOTICE) for person in voices),
        ),
    )
