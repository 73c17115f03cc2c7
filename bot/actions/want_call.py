"""Somebody who phoned is to be asked: what a unit wants to know, or whether it is solved. Those who may ask are told."""

from __future__ import annotations

from collections.abc import Iterable

from bot.rules.caller import may_ask
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.effect import Priority, Send
from bot.rules.message import CallLine, CallWanted
from bot.rules.staff import Staff


def want_calls(case: Case, staff: Iterable[Staff]) -> tuple[Send, ...]:
    """Tell whoever asks by telephone that somebody is to be asked about a case: operators, else supervisors."""
    able = [each for each in staff if each.is_reachable and may_ask((each,), case)]
    for role in (Role.OPERATOR, Role.SUPERVISOR):
        people = dict.fromkeys(each.person for each in able if each.role is role)
        if people:
            return tuple(Send(each, CallWanted(line=call_line(case)), Priority.NOTICE) for each in people)
    return ()


def call_line(case: Case) -> CallLine:
    """Describe a case to whoever asks about it, without a word that its caller said."""
    return CallLine(
        case=case.number,
        round=case.now.number,
        category=case.category,
        township=case.township,
        unit=case.unit,
        resolved_at=case.now.resolved_at if case.state is not State.WAITING else None,
        waiting_until=case.now.waiting_until if case.state is State.WAITING else None,
    )
